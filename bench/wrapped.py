"""How many sentences are whole again when lines were broken at a width: python bench/wrapped.py DIR [DIR…].

DIR is as for ``segment.py``. Its paragraphs are wrapped at several widths, with blank lines, indents or nothing between
them, with words hyphenated, and quoted as e-mail does; counted are the sentences that come out as they do of the
paragraphs that were never wrapped.
"""

import logging
import random
import sys
import tempfile
import textwrap
from collections import defaultdict
from pathlib import Path

from segment import gold, ours

from tm.cli.terminal import table
from tm.work.segmenting import segment_file

WIDTHS, PARAGRAPHS = (40, 60, 72, 100), 25


def hyphenated(text: str, width: int, chance: random.Random) -> list[str]:
    """Lines of a text, at whose ends half of the long words are broken."""
    lines, line = [], ""
    for word in text.split():
        room = width - len(line) - 2
        if len(line) + 1 + len(word) <= width:
            line = f"{line} {word}".strip()
        elif len(word) > 8 and word.isalpha() and 3 <= room <= len(word) - 3 and chance.random() < 0.5:
            lines.append(f"{line} {word[:room]}-")
            line = word[room:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def wrapped(paragraphs: list[str], width: int, how: str) -> str:
    chance, lines = random.Random(1), []
    for text in paragraphs:
        if how == "hyphenated":
            own = hyphenated(text, width, chance)
        else:
            indent = "    " if how == "indented" else ""
            own = textwrap.wrap(
                text, width, initial_indent=indent, break_long_words=False, break_on_hyphens=False
            )
        lines += [f"> {line}" for line in own] if how == "quoted" else own
        lines += {"quoted": [">"], "blank lines": [""], "hyphenated": [""]}.get(how, [])
    return "\n".join(lines) + "\n"


def whole(sentences: list[str], text: str, language: str) -> float:
    """The share of the sentences that come out of a wrapped text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_text(text, encoding="utf-8")
        found = {segment.removeprefix("> ") for segment in segment_file(path, language=language).segments}
    return sum(sentence in found for sentence in sentences) / len(sentences)


def main(folders: list[str]) -> None:
    logging.disable(logging.WARNING)
    shares = defaultdict(list)
    for path in sorted(path for folder in folders for path in Path(folder).glob("*.gold")):
        language = path.stem.split("-")[0]
        paragraphs = [" ".join(block) for block in gold(path)[:PARAGRAPHS]]
        sentences = [sentence for block in ours(paragraphs, language) for sentence in block]
        for how in ("blank lines", "indented", "nothing between", "hyphenated", "quoted"):
            for width in WIDTHS:
                shares[how].append(whole(sentences, wrapped(paragraphs, width, how), language))
    rows = [[how, f"{sum(each) / len(each):.3f}", f"{min(each):.3f}"] for how, each in shares.items()]
    print(*table(rows, header=["paragraphs", "whole", "least"], right=[1, 2]), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:] or sys.exit(__doc__))
