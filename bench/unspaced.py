"""How many terms of texts without spaces between words are what programs call them: python bench/unspaced.py PAIRS LANGUAGE LOCALES….

PAIRS is a table, an English sentence and its translation into LANGUAGE (a folder's name, as ``zh_CN``) in each line. LOCALES are folders
of catalogues as programs install them (LANGUAGE/LC_MESSAGES/NAME.mo): their messages of three words at most are the list of words. Of
the first 300 pairs of terms those are counted whose English term the list has, and those whose translation it has, too: with each
character as a word, and with the words of ``tm.language.unspaced``. Time is CPU time.
"""

import argparse
import gettext
import re
import time
from pathlib import Path

from tm.cli.terminal import table
from tm.direction import Direction
from tm.language import unspaced
from tm.model import Pair, Segment
from tm.terminology.extraction import extract

FIRST = 300


def messages(folders, language):
    """English message → its translations, both without marks."""
    known = {}
    for path in (path for folder in folders for path in folder.glob(f"{language}/LC_MESSAGES/*.mo")):
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog
        for message, translation in catalogue.items():
            if isinstance(message, str) and message and len(message.split()) <= 3:
                english, other = plain(message.rpartition("\x04")[2]), plain(translation)
                if english != other:
                    known.setdefault(english, set()).add(other)
    return known


def plain(text):
    return re.sub(r"\(_\w\)|\.\.\.|[_&:：.…\u200b]", "", text).strip().lower()


def counted(pairs, language, known):
    """The pairs of terms, those whose English term is known, those right, CPU seconds."""
    begin = time.process_time()
    concepts = extract(pairs, Direction("en", language))
    seconds = time.process_time() - begin
    terms = [[plain(term.text) for term in concept.terms[:2]] for concept in concepts[:FIRST]]
    both = [
        (known.get(source) or known.get(source.rstrip("s")), target)
        for source, target in terms
        if source != target
    ]
    found = [target in targets for targets, target in both if targets]
    return len(concepts), len(found), sum(found), seconds


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("language")
    parser.add_argument("locales", nargs="+", type=Path)
    arguments = parser.parse_args()
    lines = arguments.pairs.read_text(encoding="utf-8").splitlines()
    pairs = [Pair(*map(Segment, line.split("\t")[:2])) for line in lines]
    known = messages(arguments.locales, arguments.language)
    language = arguments.language.replace("_", "-")
    rows = []
    counted(pairs[:1], language, known)  # the lists are read
    for name, cut in (
        ("characters", lambda run, *_: unspaced._CHARACTER.findall(run)),
        ("words", unspaced._cut),
    ):
        unspaced._cut = cut
        count, asked, right, seconds = counted(pairs, language, known)
        rows.append(
            [name, str(count), str(asked), str(right), f"{right / max(asked, 1):.2f}", f"{seconds:.1f} s"]
        )
    print(
        *table(rows, header=["cut into", "pairs", "known", "right", "share", "CPU"], right=range(1, 6)),
        sep="\n",
    )


if __name__ == "__main__":
    main()
