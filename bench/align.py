"""How well and how fast we align: python bench/align.py FOLDER… [--parts] [--alone] [--dictionary FILE] [--vectors MODEL].

    python bench/align.py frpt/heavy frpt/light frpt/clean textberg-dev
    python bench/align.py udhr --alone                                       # each document is another pair of languages

A FOLDER holds NAME.src, NAME.tgt (one segment a line) and NAME.gold (one bead a line, ``[0,1]:[0]``); it is one run. Printed are,
strictly (a bead is right when both its sides are): F1 over all beads in precision and those with two sides in recall, the same
for the documents on which weights were tuned (those whose name's MD5 is even) and for the others, F1 of segments left alone, and
how far in the worst tenth of the scale (of 50 beads and more) confidence is from the share that is right. Time is CPU time.

``--alone`` aligns each document as a run of its own, as documents in several pairs of languages must be; ``--dictionary FILE`` or ``auto`` teaches words; ``--parts`` leaves out one part
of the aligner after the other. ``--vectors use`` adds a row with sentence vectors (``tm.vectors.opened`` has what else it may be), whose
time is with that of making them. Other aligners are measured when they are installed: Gale & Church of the package nltk.
"""

import argparse
import hashlib
import re
import sys
import time
from collections import Counter
from pathlib import Path

from tm.alignment import Options, align_texts
from tm.alignment.dictionaries import Dictionary, installed
from tm.cli.terminal import table
from tm.document import Bead, Text
from tm.language import detect
from tm.vectors import opened

NEVER = 1e9
PARTS = {
    "all": Options(),
    "without words": Options(word_weight=0.0),
    "without lengths": Options(length_weight=0.0),
    "one pass: nothing learnt": Options(passes=1),
    "two passes": Options(passes=2),
    "four passes": Options(passes=4),
    "shares of beads as assumed": Options(prior_beads=NEVER, prior_steps=NEVER, least_share=0.0),
    "ratio of lengths of the whole texts": Options(prior_lengths=NEVER),
    "nothing from other places of a line": Options(held_lines=NEVER),
    "nothing from ends of lines": Options(held_joints=NEVER),
    "word counts not discounted": Options(discount=0.0),
    "word counts discounted by .9": Options(discount=0.9),
    "words' weight 1": Options(word_weight=1.0),
    "lengths' weight 1": Options(length_weight=1.0),
    "beads to 2-2 only": Options(types=tuple(kind for kind in Options().types if max(kind[:2]) < 3)),
}


def lines(path):
    return tuple(path.read_text(encoding="utf-8").removesuffix("\n").split("\n"))


def gold(path):
    found = (re.match(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]", line) for line in lines(path))
    return [
        tuple(tuple(map(int, re.findall(r"\d+", side))) for side in bead.groups()) for bead in found if bead
    ]


def documents(folder):
    paths = sorted(folder.glob("*.gold"))
    columns = [[lines(path.with_suffix(ending)) for path in paths] for ending in (".src", ".tgt")]
    tags = [detect("\n".join(map("\n".join, column))).language for column in columns]
    texts = zip(
        *([Text(text, language=tag) for text in column] for column, tag in zip(columns, tags, strict=True)),
        strict=True,
    )
    return [path.stem for path in paths], list(texts), [gold(path) for path in paths]


def f1(right, found, wanted, right_wanted=None):
    precision = right / found if found else 0.0
    recall = (right if right_wanted is None else right_wanted) / wanted if wanted else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def strict(golds, results):
    counts = Counter()
    for known, beads in zip(golds, results, strict=True):
        found = {(bead.source, bead.target) for bead in beads}
        pairs = {bead for bead in known if all(bead)}
        counts += Counter(
            right=len(found & set(known)), found=len(found), wanted=len(pairs), pairs=len(found & pairs)
        )
    return f1(counts["right"], counts["found"], counts["wanted"], counts["pairs"])


def alone(golds, results):
    def segments(beads):
        return {(side, n) for bead in beads for side in (0, 1) if not bead[1 - side] for n in bead[side]}

    counts = Counter()
    for known, beads in zip(golds, results, strict=True):
        one, other = segments(known), segments([(bead.source, bead.target) for bead in beads])
        counts += Counter(right=len(one & other), found=len(other), wanted=len(one))
    return f1(counts["right"], counts["found"], counts["wanted"])


def reliability(golds, results):
    """The greatest difference between confidence and truth, None when no tenth of the scale has 50 beads."""
    tenths = [[] for _ in range(10)]
    for known, beads in zip(golds, results, strict=True):
        for bead in beads:
            tenths[min(9, int(10 * bead.confidence))].append(
                (bead.confidence, (bead.source, bead.target) in known)
            )
    means = [
        [sum(column) / len(tenth) for column in zip(*tenth, strict=True)]
        for tenth in tenths
        if len(tenth) >= 50
    ]
    return max((abs(said - true) for said, true in means), default=None)


def tuned(name):
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % 2 == 0


def row(label, names, golds, results, seconds):
    def figure(value):
        return "–" if value is None else f"{value:.4f}"

    halves = []
    for wanted in (True, False):
        chosen = [number for number, name in enumerate(names) if tuned(name) == wanted]
        halves.append(
            strict(*([column[n] for n in chosen] for column in (golds, results))) if chosen else None
        )
    some_alone = any(not all(bead) for known in golds for bead in known)
    figures = (strict(golds, results), *halves, alone(golds, results) if some_alone else None)
    return [label, *map(figure, figures), figure(reliability(golds, results)), f"{seconds:.1f} s"]


def timed(function, *arguments, **options):
    begin = time.process_time()
    result = function(*arguments, **options)
    return result, time.process_time() - begin


def ours(texts, options, *, apart, dictionary, model=None):
    if apart:
        return [ours([pair], options, apart=False, dictionary=dictionary, model=model)[0] for pair in texts]
    languages = texts[0][0].language, texts[0][1].language
    known = installed(languages) if dictionary == "auto" else [Dictionary(dictionary)] if dictionary else ()
    return align_texts(texts, options=options, dictionaries=known, model=model)


def gale_church(texts):
    from nltk.translate.gale_church import align_blocks

    results = []
    for source, target in texts:
        links = align_blocks(*([len(segment) for segment in text.segments] for text in (source, target)))
        results.append(joined(links, len(source.segments), len(target.segments)))
    return results


def joined(links, rows, columns):
    """Links between segments as beads: what hangs together is one."""
    beads = []
    for i, j in sorted(links):
        if beads and (i in beads[-1][0] or j in beads[-1][1]):
            beads[-1][0].add(i)
            beads[-1][1].add(j)
        else:
            beads.append(({i}, {j}))
    beads += [({i}, set()) for i in set(range(rows)) - {i for i, _ in links}]
    beads += [(set(), {j}) for j in set(range(columns)) - {j for _, j in links}]
    return [Bead(tuple(sorted(source)), tuple(sorted(target))) for source, target in beads]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--parts", action="store_true")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--dictionary", default="")
    parser.add_argument("--vectors", metavar="MODEL")
    arguments = parser.parse_args()
    model = opened(arguments.vectors) if arguments.vectors else None
    runs = [
        (label, options, None)
        for label, options in (PARTS if arguments.parts else {"all": Options()}).items()
    ]
    runs += [("with vectors", Options(), model)] if model else []
    rows = []
    for folder in arguments.folders:
        names, texts, golds = documents(folder)
        for label, options, vectors in runs:
            how = {"apart": arguments.alone, "dictionary": arguments.dictionary, "model": vectors}
            results, seconds = timed(ours, texts, options, **how)
            name = f"{folder.name}: {label}" if len(runs) > 1 else folder.name
            rows.append(row(name, names, golds, results, seconds))
        if not arguments.parts:
            try:
                results, seconds = timed(gale_church, texts)
                rows.append(row(f"{folder.name}: nltk's Gale & Church", names, golds, results, seconds))
            except ImportError:
                print("nltk is not installed; its Gale & Church is not measured", file=sys.stderr)
    header = ["set", "strict F1", "tuned on", "not seen", "alone F1", "off by", "CPU"]
    print(*table(rows, header=header, right=range(1, 7)), sep="\n")


if __name__ == "__main__":
    main()
