"""Makes the files of ``tm/language/genders.py``: which endings, and which nouns, have which gender.

    python bench/make_genders.py UD_DIR FREEDICT [--languages fr pt]

UD_DIR holds ``fr-*-train.tsv.xz`` and ``pt-*-train.tsv.xz``: one token a line, form, lemma and universal part of
speech. FREEDICT is freedict-fra-por.dict.dz, whose French nouns have their genders (``<n, fem>``).

1. ``_of_treebanks`` counts which articles stand before each noun.
2. ``_of_freedict`` adds the nouns of the dictionary.
3. ``_rules`` finds the endings that nearly always have one gender, the shortest first.
4. What no ending says, or says wrongly, is listed as a word.

Prints how many nouns get which gender by endings learnt from the other nine tenths of them.
"""

from __future__ import annotations

import argparse
import gzip
import lzma
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from tm.language.genders import LONGEST
from tm.language.singular import singular
from tm.language.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ARTICLES = {
    "fr": {"le": "m", "un": "m", "du": "m", "au": "m", "la": "f", "une": "f"},
    "pt": {
        **dict.fromkeys("o os um uns do dos no nos ao aos pelo pelos este esse".split(), "m"),
        **dict.fromkeys("a as uma umas da das na nas à às pela pelas esta essa".split(), "f"),
    },
}

PURE = 0.93
"""The share of nouns with an ending that must have its gender."""

LEAST = 6
"""Nouns that an ending must have."""

SURE = 0.8
"""The share of its articles that must show a noun's gender."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("freedict", type=Path)
    parser.add_argument("--languages", nargs="+", default=["fr", "pt"])
    args = parser.parse_args()
    for language in args.languages:
        genders = _of_treebanks(language, sorted(args.treebanks.glob(f"{language}-*-train.tsv.xz")))
        if language == "fr":
            genders |= _of_freedict(args.freedict)
        _report(language, genders)
        file = Path("tm/language/data") / f"genders-{language}.txt"
        file.write_text(_written(genders), encoding="utf-8")
        print(f"{file}: {len(genders)} nouns, {file.stat().st_size} bytes")


def _of_treebanks(language: str, files: Iterable[Path]) -> dict[str, str]:
    """The nouns whose articles show one gender."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for file in files:
        before = ""
        for line in lzma.decompress(file.read_bytes()).decode().splitlines():
            form, _, part = line.split("\t") if line else ("", "", "")
            if part == "NOUN" and form.isalpha() and form.islower() and before in ARTICLES[language]:
                counts[singular(fold(form), language)][ARTICLES[language][before]] += 1
            before = form.lower()
    return {
        noun: gender
        for noun, seen in counts.items()
        for gender, count in seen.most_common(1)
        if count > SURE * seen.total() and len(noun) > 2
    }


def _of_freedict(file: Path) -> dict[str, str]:
    """The nouns of the dictionary that have one gender."""
    genders: dict[str, set[str]] = defaultdict(set)
    for line in gzip.decompress(file.read_bytes()).decode().splitlines():
        if match := re.fullmatch(r"([a-zà-ÿœ]+) /.*<n, (masc|fem)>", line.strip()):
            genders[match[1]].add(match[2][0])
    return {noun: min(letters) for noun, letters in genders.items() if len(letters) == 1}


def _rules(genders: Mapping[str, str]) -> dict[str, str]:
    """The endings with one gender that no shorter one has said."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for noun, gender in genders.items():
        for length in range(1, min(LONGEST, len(noun) - 1) + 1):
            counts[noun[-length:]][gender] += 1
    rules: dict[str, str] = {}
    for ending in sorted(counts, key=lambda ending: (len(ending), ending)):
        gender, count = counts[ending].most_common(1)[0]
        if count >= max(LEAST, PURE * counts[ending].total()) and _ruled(ending, rules) != gender:
            rules[ending] = gender
    return rules


def _ruled(noun: str, rules: Mapping[str, str]) -> str:
    endings = (noun[-length:] for length in range(min(LONGEST, len(noun)), 0, -1))
    return next((rules[ending] for ending in endings if ending in rules), "")


def _written(genders: Mapping[str, str]) -> str:
    """The file: a line for each gender, endings first."""
    rules = _rules(genders)
    words = {noun: gender for noun, gender in genders.items() if _ruled(noun[1:], rules) != gender}
    return "".join(
        " ".join(
            [
                letter,
                *sorted(f"-{ending}" for ending, gender in rules.items() if gender == letter),
                *sorted(noun for noun, gender in words.items() if gender == letter),
            ]
        )
        + "\n"
        for letter in "fm"
    )


def _report(language: str, genders: Mapping[str, str]) -> None:
    nouns = sorted(genders)
    right = wrong = 0
    for fold_number in range(10):
        rules = _rules({noun: genders[noun] for at, noun in enumerate(nouns) if at % 10 != fold_number})
        for noun in nouns[fold_number::10]:
            ruled = _ruled(noun[1:], rules)
            right += ruled == genders[noun]
            wrong += ruled not in ("", genders[noun])
    print(f"{language}: of {len(nouns)} nouns not learnt from, {right} right, {wrong} wrong")


if __name__ == "__main__":
    main()
