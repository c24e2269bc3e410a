"""Which document translates which, when names say nothing: python bench/pairing.py FOLDER [SOURCE TARGET] [--documents N].

FOLDER has NAME.src, NAME.tgt and NAME.gold, one segment or bead a line, which translate each other. Prints how well each
document fits its translation and four others (``tm.alignment.contents.TRANSLATED`` lies between), and what pairing
makes of them.

With ``--documents`` it cuts so many documents of 8 to 20 beads out of FOLDER, no two with the same sentences, puts the
noise of ``make_corpus.py`` into them, takes the translation of some away (``--lone .3``), and pairs the rest by content. With
``--names`` it pairs so many by their names instead.
"""

import argparse
import random
import time
from pathlib import Path

from make_corpus import beads, noisy

from tm.alignment import align_texts, pair_documents, translated
from tm.direction import Direction
from tm.document import Text

SIZE = 8, 20


def texts(folder: Path, ending: str, language: str) -> list[Text]:
    """The documents of one side, without names."""
    return [
        Text(tuple(path.read_text(encoding="utf-8").splitlines()), language=language)
        for path in sorted(folder.glob(f"*{ending}"))
    ]


def fit(source: Text, target: Text) -> float:
    return translated(source, target, align_texts([(source, target)])[0])


def distinct(folder: Path) -> list[list[tuple[list[str], list[str]]]]:
    """The beads of each document without those of which a third was seen before, by runs of four words."""
    seen: set[str] = set()
    documents = []
    for document in beads(folder):
        kept = []
        for bead in document:
            words = " ".join(bead[0]).casefold().split()
            runs = {" ".join(words[n : n + 4]) for n in range(max(1, len(words) - 3))}
            if all(bead) and len(runs & seen) <= len(runs) / 3:
                seen |= runs
                kept.append(bead)
        documents.append(kept)
    return documents


def cut(folder: Path, count: int, languages: tuple[str, str], chance: random.Random) -> list[list[Text]]:
    """Pairs of documents that are truly different, with noise."""
    documents = distinct(folder)
    others = [[line for document in documents for bead in document for line in bead[k]] for k in (0, 1)]
    cuts = []
    for document in documents:
        place = 0
        while len(document) - place >= SIZE[0]:
            size = chance.randint(*SIZE)
            cuts.append(document[place : place + size])
            place += size
    chance.shuffle(cuts)
    return [
        [
            Text(
                tuple(noisy([line for bead in part for line in bead[k]], others[k], chance)),
                language=languages[k],
            )
            for k in (0, 1)
        ]
        for part in cuts[:count]
    ]


def by_content(folder: Path, count: int, languages: tuple[str, str], lone: float, seed: int) -> None:
    chance = random.Random(seed)
    pairs = cut(folder, count, languages, chance)
    order = chance.sample(range(len(pairs)), round(len(pairs) * (1 - lone)))
    both = [source for source, _ in pairs] + [pairs[number][1] for number in order]
    begin = time.process_time()
    found = pair_documents(both, Direction(*languages)).pairs
    seconds = time.process_time() - begin
    right = sum(order[j - len(pairs)] == i for i, j, _ in found)
    print(
        f"{len(pairs)} documents and {len(order)} translations: {right} pairs found, {len(found) - right} wrong;"
        f" {seconds:.1f} s of CPU"
    )


def by_name(count: int, languages: tuple[str, str]) -> None:
    both = [
        Text((), language=tag, name=f"{tag}/part{number % 100}/page{number}.md")
        for tag in languages
        for number in range(count)
    ]
    begin = time.process_time()
    found = pair_documents(both, Direction(*languages)).pairs
    seconds = time.process_time() - begin
    print(f"{count} documents by their names: {len(found)} pairs; {seconds:.1f} s of CPU")


def fits(folder: Path, source: str, target: str) -> None:
    sources, targets = texts(folder, ".src", source), texts(folder, ".tgt", target)
    right, wrong = [], []
    for number, text in enumerate(sources):
        right.append(fit(text, targets[number]))
        wrong += [fit(text, targets[(number + step) % len(targets)]) for step in (1, 2, 3, 5)]
    print(
        f"{len(sources)} documents; fit of translations: least {min(right):.2f}, of others: most {max(wrong):.2f}"
    )
    pairing = pair_documents([*sources, *targets], Direction(source, target))
    found = sum(j - len(sources) == i for i, j, _ in pairing.pairs)
    print(
        f"paired by content: {found} right, {len(pairing.pairs) - found} wrong, {len(pairing.alone)} documents left alone"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("languages", nargs="*", default=("fr", "pt"))
    parser.add_argument("--documents", type=int, default=0)
    parser.add_argument("--lone", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--names", action="store_true")
    arguments = parser.parse_args()
    languages = tuple(arguments.languages)
    if arguments.names:
        by_name(arguments.documents, languages)
    elif arguments.documents:
        by_content(arguments.folder, arguments.documents, languages, arguments.lone, arguments.seed)
    else:
        fits(arguments.folder, *languages)


if __name__ == "__main__":
    main()
