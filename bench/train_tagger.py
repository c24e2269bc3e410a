"""Train the part-of-speech tagger of one language: python bench/train_tagger.py fr OUT.xz TRAIN.tsv.xz… [--test DEV.tsv.xz…].

The files hold one token a line (form TAB lemma TAB universal tag) and a blank line between sentences. The same files
give the same bytes. Prints the accuracy on each test file.
"""

import argparse
import lzma
import random
from collections import Counter
from pathlib import Path

import numpy as np

from tm.files import writing
from tm.language import tagger

EPOCHS = 10
BLIND = (
    0.1  # share of tokens whose form is hidden in training, so that the neighbours' weights are learnt too
)
RAREST = 1  # a feature seen less often is not trained


FORM = [0, 1, 3, 4, 5, 6, 7, 8]
"""Columns of the features that tell a token's own form; column 2, how it is capitalised, is never hidden."""


def read(path):
    """The sentences of a file, each a list of forms and a list of tags."""
    blocks = lzma.decompress(Path(path).read_bytes()).decode().split("\n\n")
    for block in blocks:
        rows = [line.split("\t") for line in block.splitlines() if line]
        if rows:
            yield [row[0] for row in rows], [row[2].split("+")[0] for row in rows]


def rows_of(forms):
    """For each token the rows of all its features."""
    padded = ["", "", *forms, "", ""]
    table = []
    for at in range(len(forms)):
        rows = []
        for role in tagger.ROLES:
            rows += cached(padded[2 + at + role], role, first=at + role == 0)
        table.append(rows)
    return np.array(table)


memory = {}


def cached(form, role, *, first):
    """The features of a form, computed once."""
    key = form, role, first
    if key not in memory:
        memory[key] = list(tagger.features(form, role, first=first))
    return memory[key]


def train(sentences):
    """Collins's algorithm with averaged weights, quantised to eight bits."""
    tags = sorted({tag for _, tagged in sentences for tag in tagged})
    number = {tag: at for at, tag in enumerate(tags)}
    rows = [rows_of(forms) for forms, _ in sentences]
    gold = [np.array([number[tag] for tag in tagged]) for _, tagged in sentences]
    counts = Counter()
    for table in rows:
        counts.update(table.ravel().tolist())
    rare = np.array([counts[row] < RAREST for row in range(tagger.ROWS)])
    rows = [np.where(rare[table], 0, table) for table in rows]

    weights = np.zeros((tagger.ROWS, len(tags)), np.float32)
    steps = np.zeros((len(tags) + 1, len(tags)), np.float32)
    late_weights, late_steps = weights.copy().astype(np.float64), steps.copy().astype(np.float64)
    order, clock = list(range(len(rows))), 1
    shuffle, blind = random.Random(0).shuffle, np.random.default_rng(0)
    for epoch in range(EPOCHS):
        shuffle(order)
        wrong = 0
        for at in order:
            table = rows[at].copy()
            table[np.ix_(blind.random(len(table)) < BLIND, FORM)] = 0
            scores = weights[table].sum(1)
            found = np.array(tagger.best_sequences(scores[None], steps, [len(table)])[0])
            for position in np.flatnonzero(found != gold[at]):
                wrong += 1
                for tag, change in ((gold[at][position], 1), (found[position], -1)):
                    touched = table[position]
                    np.add.at(weights, (touched, tag), change)
                    np.add.at(late_weights, (touched, tag), change * clock)
            if (found != gold[at]).any():
                for sequence, change in ((gold[at], 1), (found, -1)):
                    before = np.concatenate([[len(tags)], sequence[:-1]])
                    np.add.at(steps, (before, sequence), change)
                    np.add.at(late_steps, (before, sequence), change * clock)
            weights[0] = late_weights[0] = 0
            clock += 1
        print(f"epoch {epoch + 1}: {wrong} wrong of {sum(map(len, gold))}", flush=True)
    averaged, averaged_steps = weights - late_weights / clock, steps - late_steps / clock
    scale = 127 / np.quantile(np.abs(averaged)[np.abs(averaged) > 0], 0.9999)
    return tagger.Model(
        tuple(tags),
        np.clip(np.rint(averaged * scale), -127, 127).astype(np.int8),
        np.clip(np.rint(averaged_steps * scale), -127, 127).astype(np.int8),
    )


def accuracy(path, language):
    """The share of tokens tagged right."""
    sentences = list(read(path))
    found = tagger.tag([forms for forms, _ in sentences], language)
    pairs = [
        pair
        for (_, tagged), tags in zip(sentences, found, strict=True)
        for pair in zip(tagged, tags, strict=True)
    ]
    return sum(gold == tag for gold, tag in pairs) / len(pairs), Counter(
        pair for pair in pairs if pair[0] != pair[1]
    )


def main():
    """Train, write, test."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("output")
    parser.add_argument("train", nargs="+")
    parser.add_argument("--test", nargs="*", default=[])
    chosen = parser.parse_args()
    model = train([sentence for path in chosen.train for sentence in read(path)])
    content = model.to_bytes()
    with writing(chosen.output) as stream:
        stream.write(content)
    print(f"{chosen.output}: {len(content)} bytes")
    for path in chosen.test:
        right, confused = accuracy(path, chosen.language)
        print(f"{Path(path).name}: {right:.4f}", confused.most_common(8))


if __name__ == "__main__":
    main()
