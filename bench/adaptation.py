"""Whether what is adapted is right: numbers and inline codes put into real translations, against what translators wrote.

    python bench/adaptation.py MEMORY.tsv

MEMORY as in ``match.py``. *Numbers*: two units whose sources differ in what is no word alone; one translation is adapted to the
source of the other, and right when its numbers are those of the other's translation. *Codes*: units with as many ``**marked**``,
``*marked*`` or ````marked```` words on both sides; the marks become codes, those of the translation are taken out, put in again by
the source alone, and right when they stand where the translator had them, white space and quotation marks apart.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from match import SOURCE, TARGET, read

from tm.cli.terminal import table
from tm.direction import Direction
from tm.language import key_tokens, numbers
from tm.memory.adaptation import adapt
from tm.memory.similarity import likeness
from tm.model import Code, Pair, Segment

DIRECTION = Direction(SOURCE, TARGET)
MARKED = re.compile(r"\*\*([^*]+)\*\*|``([^`]+)``|\*([^*\s][^*]*)\*")
BETWEEN = " \t'\"`"


def main() -> None:
    """Print a line for numbers and one for codes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("memory", type=Path)
    rows = [row for row in read(parser.parse_args().memory) if len(row) == 2]
    lines = [("", "there are", "adapted", "right")]
    lines += [
        (name, *map(str, counts(rows))) for name, counts in (("numbers", of_numbers), ("codes", of_codes))
    ]
    for line in table(lines, right=[1, 2, 3]):
        print(line)


def of_numbers(rows: list[tuple[str, str]]) -> tuple[int, int, int]:
    """Pairs of units that differ in what is no word, how many could be adapted, and how many so that the numbers are right."""
    alike = defaultdict(dict)
    for source, target in rows:
        if re.search(r"\d", source):
            alike[tuple(key_tokens(Segment(source), SOURCE))].setdefault(source, target)
    chance = random.Random(1)
    count = adapted = right = 0
    for words, translations in alike.items():
        units = list(translations.items())
        chance.shuffle(units)
        for (stored, translation), (new, expected) in pairwise(units if len(words) > 2 else []):
            changes = likeness(Segment(stored), Segment(new), SOURCE).changes
            if not changes:
                continue
            made = adapt(Pair(Segment(stored), Segment(translation)), Segment(new), changes, DIRECTION)
            count += 1
            if not made.unadapted:
                adapted += 1
                right += sorted(numbers(made.target.text, TARGET)) == sorted(numbers(expected, TARGET))
    return count, adapted, right


def of_codes(rows: list[tuple[str, str]]) -> tuple[int, int, int]:
    """Marked words, how many of them got their codes, and how many where the translator had them."""
    count = placed = right = 0
    for source, target in rows:
        new, translation = coded(source), coded(target)
        if not new.codes or len(new.codes) != len(translation.codes):
            continue
        count += len(new.codes) // 2
        bare = Pair(Segment(new.text), Segment(translation.text))
        made = adapt(bare, new, (), DIRECTION).target
        expected = marked(translation)
        placed += len(marked(made))
        right += sum(1 for part in marked(made) if part in expected)
    return count, placed, right


def coded(text: str) -> Segment:
    """The text with codes in the place of its marks."""
    plain, codes, upto = "", list[Code](), 0
    for match in MARKED.finditer(text):
        plain += text[upto : match.start()]
        inner = next(filter(None, match.groups()))
        number = (("id", str(len(codes))),)
        codes += [
            Code(len(plain), "open", "b", number),
            Code(len(plain) + len(inner), "close", "b"),
        ]
        plain, upto = plain + inner, match.end()
    return Segment(plain + text[upto:], tuple(codes))


def marked(segment: Segment) -> list[tuple[int, str]]:
    """The text in each pair of codes, and how many characters stand before it, white space and quotes apart."""
    opened, parts = list[int](), []
    for code in segment.codes:
        if code.kind == "open":
            opened.append(code.position)
            continue
        start = opened.pop()
        inner = segment.text[start : code.position].strip(BETWEEN)
        parts.append((len(re.sub(f"[{BETWEEN}]", "", segment.text[:start])), inner))
    return parts


if __name__ == "__main__":
    main()
