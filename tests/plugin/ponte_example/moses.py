"""A format: ``source ||| target``, one pair a line. The file does not say its languages."""

from itertools import chain, islice

from tm.formats.authoring import Format, encoded, notice, text_languages, text_lines
from tm.model import Segment, Unit, Variant

BAR = "|||"


def read(chunks, reading):
    rows = (
        (line, text.split(BAR)) for line, text in enumerate(text_lines(chunks, reading), 1) if text.strip()
    )
    first = list(islice(rows, 100))
    languages = text_languages(first, (0, 1), reading)
    for line, cells in chain(first, rows):
        if len(cells) != 2:
            reading.fault(f"a source and a target were expected, with {BAR} between", line)
            continue
        variants = zip(languages, map(str.strip, cells), strict=True)
        yield Unit(tuple(Variant(language, Segment(text)) for language, text in variants if text))


def write(stream, units, writing):
    written = left_out = 0

    def lines():
        nonlocal written, left_out
        for unit in units:
            pair = unit.pair(writing.source, writing.target) if writing.source and writing.target else None
            texts = (
                [v.segment.text for v in unit.variants[:2]]
                if pair is None
                else [pair.source.text, pair.target.text]
            )
            if len(texts) != 2:
                left_out += 1
            else:
                written += 1
                yield f" {BAR} ".join(" ".join(text.replace(BAR, "¦").split()) for text in texts) + "\n"

    stream.writelines(encoded(lines(), writing.path))
    notice("{path}: left out {units} without text in both languages", path=writing.path, units=left_out)
    return written


MOSES = Format("moses", (".moses",), "Pairs with ||| between", read, write, bilingual=True, translated=True)
