"""How well and how fast our rules cut: python bench/segment.py DIR [DIR…].

DIR holds NAME.txt (paragraphs, one a line) and NAME.gold (sentences, one a line, a blank line between paragraphs), where
NAME begins with the language: fr-pud.txt. Counted are the cuts within paragraphs. Time is CPU time of this process,
against the package sentence-splitter on the same paragraphs in the same run, where it is installed.
"""

import sys
import time
from itertools import accumulate
from pathlib import Path

from tm.cli.terminal import table
from tm.document import Document, Paragraph
from tm.language import segment

ROUNDS = 5


def cuts(sentences):
    """Where the sentences of a paragraph end, but the last; counted in characters that are no white space."""
    return set(list(accumulate(len("".join(sentence.split())) for sentence in sentences))[:-1])


def gold(path):
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return [
        lines
        for lines in ([line for line in block.splitlines() if line.strip()] for block in blocks)
        if lines
    ]


def ours(paragraphs, language):
    document = Document("", tuple(Paragraph(text, number) for number, text in enumerate(paragraphs, 1)))
    text = segment(document, language=language)
    found = [[] for _ in paragraphs]
    for sentence, number in zip(text.segments, text.paragraphs, strict=True):
        found[number].append(sentence)
    return found


def peer(language):
    """The other package's function for a language, None when it is not here."""
    try:
        from sentence_splitter import SentenceSplitter
    except ImportError:
        return None
    return SentenceSplitter(language=language).split


def seconds(function):
    function()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return min(times)


def score(expected, found):
    """Cuts that are right, false, missed."""
    pairs = [(cuts(one), cuts(other)) for one, other in zip(expected, found, strict=True)]
    return (
        sum(len(one & other) for one, other in pairs),
        sum(len(other - one) for one, other in pairs),
        sum(len(one - other) for one, other in pairs),
    )


def f1(right, false, missed):
    return f"{2 * right / max(1, 2 * right + false + missed):.4f}"


def main(folders):
    rows, pooled = [], {}
    for path in sorted(path for folder in folders for path in Path(folder).glob("*.gold")):
        language = path.stem.split("-")[0]
        paragraphs = [
            line for line in path.with_suffix(".txt").read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        mine = score(gold(path), ours(paragraphs, language))
        row = [path.stem, f1(*mine), mine[1], mine[2]]
        split = peer(language)
        if split:
            other = score(gold(path), [split(text) for text in paragraphs])
            fast = seconds(lambda: ours(paragraphs, language))  # noqa: B023 - called at once
            slow = seconds(lambda: [split(text) for text in paragraphs])  # noqa: B023
            row += [f1(*other), f"{slow / fast:.1f}×"]
        else:
            other = (0, 0, 0)
            row += ["–", "–"]
        rows.append(row)
        sums = pooled.setdefault(language, [(0, 0, 0), (0, 0, 0)])
        pooled[language] = [
            tuple(map(sum, zip(*pair, strict=True))) for pair in zip(sums, (mine, other), strict=True)
        ]
    for language, (mine, other) in pooled.items():
        rows.append(
            [f"{language}, pooled", f1(*mine), mine[1], mine[2], f1(*other) if any(other) else "–", ""]
        )
    header = ["set", "F1", "false", "missed", "sentence-splitter F1", "we are faster by"]
    print(*table(rows, header=header, right=[1, 2, 3, 4, 5]), sep="\n")
    if not any(any(other) for _, other in pooled.values()):
        print("sentence-splitter is not installed: no comparison; pip install sentence-splitter")


if __name__ == "__main__":
    main(sys.argv[1:] or sys.exit(__doc__))
