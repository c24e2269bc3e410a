"""How fast TMX is read and written, and in how much memory: python bench/tmx.py [MEGABYTES] [--from MEMORY.tmx].

A file of that size is made of the units of MEMORY, again and again, or of sentences of our own in fr and pt-BR, with two
properties and an identifier each. Reading gives full units; against it, in the same run, stand two loops over expat: one that
keeps of each unit its languages and texts, one that keeps attributes and properties too, both as tuples. Writing is
measured against a loop that fills in a template. CPU time, the best of three rounds; memory is the peak of a process of its own.
"""

import itertools
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape

from tm.cli.terminal import table
from tm.formats import read_units, write_units
from tm.model import Annotation, Segment, Unit, Variant

ROUNDS = 3
FRENCH = "Le pont numéro {} relie les deux rives depuis {}, et il tient toujours malgré les crues."
PORTUGUESE = "A ponte número {} liga as duas margens desde {}, e continua firme apesar das cheias."


def generated():
    """Units without end."""
    for number in itertools.count(1):
        texts = [text.format(number, 1800 + number % 200) for text in (FRENCH, PORTUGUESE)]
        yield Unit(
            (Variant("fr", Segment(texts[0])), Variant("pt-BR", Segment(texts[1]))),
            (("tuid", str(number)),),
            (Annotation("prop", "pont.txt", "x-document"), Annotation("prop", str(number), "x-line")),
        )


def make(path, size, origin):
    """A file of about that many bytes; how many units it has."""
    units = itertools.cycle(list(read_units(origin))) if origin else generated()
    sample = [next(units) for _ in range(1_000)]
    write_units(path, sample)
    count = max(1, size * len(sample) // path.stat().st_size)
    return write_units(path, itertools.islice(itertools.chain(sample, units), count))


def parse(path, start, end, characters):
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    with path.open("rb") as stream:
        parser.ParseFile(stream)


def texts_by_expat(path):
    """The minimal loop: languages and texts."""
    parts, variants, language = [], [], ""

    def start(name, attributes):
        nonlocal language
        if name == "tuv":
            language = attributes[attributes.index("xml:lang") + 1]
        elif name == "seg":
            parts.clear()

    def end(name):
        if name == "seg":
            variants.append((language, "".join(parts)))
        elif name == "tu":
            tuple(variants)
            variants.clear()

    parse(path, start, end, parts.append)


def units_by_expat(path):
    """The same with attributes, notes and properties."""
    parts, variants, said, here, language = [], [], [], (), ""

    def start(name, attributes):
        nonlocal language, here
        if name in ("seg", "prop", "note"):
            parts.clear()
            here = attributes
        elif name == "tuv":
            language = attributes[attributes.index("xml:lang") + 1]
        elif name == "tu":
            here = attributes
            said.append(("tu", tuple(attributes)))

    def end(name):
        if name == "seg":
            variants.append((language, "".join(parts)))
        elif name in ("prop", "note"):
            said.append((name, tuple(here), "".join(parts)))
        elif name == "tu":
            (tuple(variants), tuple(said))
            variants.clear()
            said.clear()

    parse(path, start, end, parts.append)


def ours(path):
    for _ in read_units(path):
        pass


def by_template(path, units):
    """The minimal writer: what our units hold, filled in."""
    with path.open("w", encoding="utf-8") as stream:
        for unit in units:
            attributes = "".join([f' {name}="{escape(value)}"' for name, value in unit.attributes])
            said = "".join(
                [f'<prop type="{each.type}">{escape(each.text)}</prop>\n' for each in unit.annotations]
            )
            texts = "".join(
                [
                    f'<tuv xml:lang="{each.language}"><seg>{escape(each.segment.text)}</seg></tuv>\n'
                    for each in unit.variants
                ]
            )
            stream.write(f"<tu{attributes}>\n{said}{texts}</tu>\n")


def seconds(job, *arguments):
    """CPU time of the best round."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = time.process_time()
        job(*arguments)
        best = min(best, time.process_time() - begin)
    return best


def peak(code, *arguments):
    """Megabytes of a process that runs this."""
    measured = (
        f"import resource, sys\n{code}print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", measured, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def main(arguments):
    origin = Path(arguments[arguments.index("--from") + 1]) if "--from" in arguments else None
    size = int(arguments[0]) if arguments and arguments[0].isdecimal() else 20
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "memory.tmx", Path(folder) / "out.tmx"
        count = make(path, size * 1_000_000, origin)
        print(f"{path.stat().st_size / 1e6:.0f} MB, {count} units, Python {sys.version.split()[0]}\n")
        # First of all, since a process begins with the peak of the one that started it.
        read_all = "from tm.formats import read_units\nfor _ in read_units(sys.argv[1]): pass\n"
        copy_all = "from tm.formats import read_units, write_units\nwrite_units(sys.argv[2], read_units(sys.argv[1]))\n"
        peaks = peak(read_all, path), peak(copy_all, path, out)
        units = list(itertools.islice(read_units(path), 50_000))
        read = seconds(ours, path)
        written, template = seconds(write_units, out, units), seconds(by_template, out, units)
        rows = [["read: full units", f"{count / read:.0f}", ""]]
        for name, job in (("expat, texts", texts_by_expat), ("expat, all of a unit", units_by_expat)):
            taken = seconds(job, path)
            rows.append([f"read: {name}", f"{count / taken:.0f}", f"{taken / read:.2f}"])
        rows.append(["write: full units", f"{len(units) / written:.0f}", ""])
        rows.append(["write: template", f"{len(units) / template:.0f}", f"{template / written:.2f}"])
        print("\n".join(table(rows, header=["", "units per CPU-second", "ours : this"], right=[1, 2])))
        print("\npeak memory: {} MB to read, {} MB to read and write".format(*peaks))


if __name__ == "__main__":
    main(sys.argv[1:])
