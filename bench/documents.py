"""What of real documents comes back as it was: python bench/documents.py FOLDER... [--kinds odt,docx].

Of each document that can be filled:

1. nothing is put in, and its own texts are: not a byte may differ;
2. each text gets a mark in front and is put in: read again, all texts are those that were put in, with their
   codes.

Prints how many documents of each kind passed, then each failure. With --keep DIR the marked documents are
kept, to be opened by other programs.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from tm.direction import Direction
from tm.errors import TMError
from tm.formats import fill, look_up, read_document
from tm.formats.authoring import Filling
from tm.language import omegat_tags
from tm.model import Segment

MARK = "×"
INTO = Direction("", "pt-BR")
DASH = re.compile(r"(?:[-–—‐]\s*)?")


def shown(paragraph) -> str:
    """A paragraph with its codes."""
    return omegat_tags.shown(Segment(paragraph.text, paragraph.codes))


def marked(paragraph) -> Segment:
    """The text with a mark in front, but behind a dash, which tells who speaks; codes keep their words."""
    at = len(DASH.match(paragraph.text)[0])
    codes = (
        replace(code, position=code.position + len(MARK) * (code.position >= at)) for code in paragraph.codes
    )
    return Segment(paragraph.text[:at] + MARK + paragraph.text[at:], tuple(codes))


def faults(path: Path, out: Path):
    """What is wrong with a document that was filled, in words; nothing is right."""
    paragraphs = read_document(path).paragraphs
    before = path.read_bytes()
    for name, given in (("nothing", ()), ("itself", [Segment(each.text, each.codes) for each in paragraphs])):
        fill(path, out, [Filling(segment, 100) for segment in given], direction=INTO)
        if out.read_bytes() != before:
            yield f"filled with {name} it differs"
    put = list(map(marked, paragraphs))
    fill(path, out, [Filling(segment, 100) for segment in put], direction=INTO)
    expected, read = list(map(omegat_tags.shown, put)), list(map(shown, read_document(out).paragraphs))
    lines = [line for line in difflib.ndiff(expected, read) if line[0] in "+-"] if expected != read else []
    unfilled = sum(line.startswith("+ ") and MARK not in line for line in lines)
    if lines:
        yield f"{len(lines)} of {len(expected)} texts read otherwise, {unfilled} not filled; e.g. {lines[:2]}"


def documents(folders, kinds):
    """The documents that can be filled, by kind."""
    for folder in folders:
        for path in sorted(Path(folder).rglob("*") if Path(folder).is_dir() else [Path(folder)]):
            kind = path.suffix.lower().removeprefix(".")
            form = look_up(path, "read_document") if not kinds or kind in kinds else None
            if form and form.fill and not form.is_by_line and path.is_file():
                yield kind, path


def main() -> None:
    """Read the arguments, try the documents, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folders", nargs="+")
    options.add_argument("--kinds", default="")
    options.add_argument("--most", type=int, default=10**9, help="documents of each kind")
    options.add_argument("--keep", default="")
    given = options.parse_args()
    tried, passed, refused, empty, failures = Counter(), Counter(), Counter(), Counter(), []
    keep = Path(given.keep or tempfile.mkdtemp())
    keep.mkdir(exist_ok=True)
    for kind, path in documents(given.folders, set(filter(None, given.kinds.split(",")))):
        if tried[kind] >= given.most:
            continue
        out = keep / f"{tried[kind]}-{path.name}"
        try:
            problems = list(faults(path, out))
        except TMError as error:
            if "there is no text" in str(error):
                empty[kind] += 1
                continue
            refused[kind] += 1
            failures.append(f"refused: {error}")
            continue
        tried[kind] += 1
        passed[kind] += not problems
        failures += [f"{path}: {problem}" for problem in problems]
        if not given.keep:
            os.unlink(out)
    for kind in sorted(tried | refused | empty):
        print(
            f"{kind}: {passed[kind]} of {tried[kind]} passed, {refused[kind]} refused, {empty[kind]} without text"
        )
    print(*failures, sep="\n")


if __name__ == "__main__":
    main()
