"""How fast TBX, XLIFF and PO are read, beside bare loops over lxml and polib: python bench/reading.py [UNITS].

Files of ours with that many units or concepts, of sentences and terms of our own. Ours are full units and concepts; the
loops keep of each its languages and texts: lxml's ``iterparse`` with each entry cleared behind, polib's list of entries.
CPU time, the best of three rounds, taken by turns.
"""

import sys
import tempfile
import time
from pathlib import Path

import polib
from lxml import etree

from tm.cli.terminal import table
from tm.formats import read_concepts, read_units

ROUNDS = 3
FRENCH = "Le pont numéro {} relie les deux rives depuis {}, et il tient toujours malgré les crues."
PORTUGUESE = "A ponte número {} liga as duas margens desde {}, e continua firme apesar das cheias."
XLIFF_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
    '<file original="pont.txt" source-language="fr" target-language="pt-BR" datatype="plaintext"><body>\n'
)
TBX_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<martif type="TBX" xml:lang="fr"><martifHeader><fileDesc><sourceDesc>'
    "<p>ours</p></sourceDesc></fileDesc></martifHeader><text><body>\n"
)
XLIFF2_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="2.0" srcLang="fr" trgLang="pt-BR" '
    'xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f">\n'
)
PO_HEAD = 'msgid ""\nmsgstr ""\n"Language: pt_BR\\n"\n"X-Source-Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
WAYS = {
    "xlf": (
        XLIFF_HEAD,
        (
            '<trans-unit id="{n}"><source>{fr}</source><target state="translated">{pt}</target><note>vérifié</note>'
            "</trans-unit>\n"
        ),
        "</body></file></xliff>\n",
    ),
    "xliff2": (
        XLIFF2_HEAD,
        '<unit id="{n}"><segment state="translated"><source>{fr}</source><target>{pt}</target></segment></unit>\n',
        "</file></xliff>\n",
    ),
    "tbx": (
        TBX_HEAD,
        (
            '<termEntry id="c{n}"><descrip type="subjectField">ponts</descrip>'
            '<langSet xml:lang="fr"><tig><term>pont {n}</term><termNote type="partOfSpeech">noun</termNote></tig></langSet>'
            '<langSet xml:lang="pt-BR"><tig><term>ponte {n}</term><termNote type="partOfSpeech">noun</termNote>'
            '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet></termEntry>\n'
        ),
        "</body></text></martif>\n",
    ),
    "po": (PO_HEAD, '#: pont.txt:{n}\nmsgid "{fr}"\nmsgstr "{pt}"\n\n', ""),
}
"""Of each format its beginning, a unit, and its end."""


def make(path, count):
    head, unit, tail = WAYS[path.suffix[1:]]
    with path.open("w", encoding="utf-8") as stream:
        stream.write(head)
        for n in range(1, count + 1):
            year = 1800 + n % 200
            stream.write(unit.format(n=n, fr=FRENCH.format(n, year), pt=PORTUGUESE.format(n, year)))
        stream.write(tail)


def by_lxml(path):
    """Languages and texts of each entry."""
    entries = {"xlf": "{*}trans-unit", "xliff2": "{*}unit", "tbx": "termEntry"}
    sides = {"xlf": ("{*}source", "{*}target"), "xliff2": ("{*}source", "{*}target"), "tbx": ("langSet",)}
    kind = path.suffix[1:]
    for _, entry in etree.iterparse(str(path), tag=entries[kind]):
        tuple(
            (element.get("{http://www.w3.org/XML/1998/namespace}lang"), "".join(element.itertext()))
            for element in entry.iter(*sides[kind])
        )
        entry.clear()
        while entry.getprevious() is not None:
            del entry.getparent()[0]


def by_polib(path):
    for entry in polib.pofile(str(path), encoding="utf-8"):
        (entry.msgid, entry.msgstr)  # noqa: B018


def ours(path):
    for _ in (read_concepts if path.suffix == ".tbx" else read_units)(path):
        pass


def seconds(path, *jobs):
    """CPU time of the best round of each."""
    best = [float("inf")] * len(jobs)
    for _ in range(ROUNDS):
        for number, job in enumerate(jobs):
            begin = time.process_time()
            job(path)
            best[number] = min(best[number], time.process_time() - begin)
    return best


def main(count=20_000):
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in WAYS:
            path = Path(folder) / f"file.{kind}"
            make(path, count)
            other = by_polib if kind == "po" else by_lxml
            mine, bare = seconds(path, ours, other)
            rows.append(
                [kind, f"{count / mine:.0f}", other.__name__[3:], f"{count / bare:.0f}", f"{bare / mine:.2f}"]
            )
    print(
        "\n".join(
            table(rows, header=["", "units per CPU-second", "loop", "its", "ours : its"], right=[1, 3, 4])
        )
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
