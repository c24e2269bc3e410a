"""Which document translates which, when names say nothing: python bench/pairing.py FOLDER [SOURCE TARGET].

FOLDER has NAME.src and NAME.tgt, one segment a line, which translate each other. Prints how well each document fits its
translation and four others (``tm.alignment.documents.TRANSLATED`` lies between), and what pairing makes of them.
"""

import sys
from pathlib import Path

from tm.alignment import align_texts, pair_documents, translated
from tm.direction import Direction
from tm.document import Text


def texts(folder: Path, ending: str, language: str) -> list[Text]:
    """The documents of one side, without names."""
    return [
        Text(tuple(path.read_text(encoding="utf-8").splitlines()), language=language)
        for path in sorted(folder.glob(f"*{ending}"))
    ]


def fit(source: Text, target: Text) -> float:
    return translated(source, target, align_texts([(source, target)])[0])


def main() -> None:
    folder = Path(sys.argv[1])
    source, target = sys.argv[2:4] or ("fr", "pt")
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


if __name__ == "__main__":
    main()
