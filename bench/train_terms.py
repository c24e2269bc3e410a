"""Train the judge of terms: python bench/train_terms.py GOLD_DIR [OUT_DIR]; needs ``pip install lightgbm``.

Each folder of GOLD_DIR is one domain, with sentence pairs and a complete gold list, as bench/terms.py reads
them. First each domain is judged by what is learnt from the others only, and a table says how good that is, for
the pairs that the program would list and for the first 20 and 50 of them; "best F1" is with the bound that is
best for that very domain, "reach" the share of core terms among all candidates, "transl." the share of right
translations among the listed pairs whose source term the gold list has. A second table says how many of the
pairs of each tenth of confidence are right. Then what is learnt from all domains is written to OUT_DIR, the
log-odds scaled so that the confidence of the domains not learnt from is right.

What is learnt, in this order (``learn``):

1. Trees from each two thirds of the domains judge the last third (``judged_by_others``).
2. By how much they judge the pairs with each label too low gives the priors (``residuals``, ``priors_of``).
3. The trees of the program look at the priors too: at those of the *other* domains (``grow``).
4. A network looks at the same columns as the trees (``learn_network.py``).

All of this is done twice: for languages with a tagger (judge.xz, network.xz, priors.xz), and for others, as if
French and Portuguese had no tagger and no dictionary, without priors (judge-untagged.xz, network-untagged.xz).
How much the rule of thumb counts stands in scale.json.
"""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from unittest import mock

import lightgbm
import numpy as np
from learn_network import learn_network
from terms import read

from tm.direction import Direction
from tm.files import writing
from tm.language import tagger
from tm.terminology import entries, extraction, features
from tm.terminology.priors import Priors, labels_of
from tm.terminology.sentences import term_key
from tm.terminology.termhood import bound, column_names, competing, is_best
from tm.terminology.thumb import rule_of_thumb
from tm.terminology.trees import Forest

ROUNDS = 400
OPTIONS = {
    "objective": "binary",
    "extra_trees": True,
    "learning_rate": 0.03,
    "num_leaves": 8,
    "max_depth": 4,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 31,
    "num_threads": 1,
    "deterministic": True,
    "seed": 0,
    "verbose": -1,
}
"""Bounds drawn at random (extra_trees) and half of the rows for each tree: best mean F1 .754 instead of .750.
Twice as many trees at half the learning rate: the figures of other texts differ less from seed to seed."""

CORE = 3.0
"""Weight of a core term: listing one adds to precision and to recall, listing another right pair to precision
only. Mean F1 with it .742, without .732."""

STRANGE = 1.0
"""Information that a prior of nothing is worth: a label seen in one or two pairs says little."""

MOST = 2.0
"""Log-odds beyond which no prior goes."""


class Domain:
    """The candidates of some pairs: rows of features, which are right, and which core terms each one hits."""

    def __init__(self, folder, *, tagged):
        pairs, gold, source, target = read(folder)
        self.name, self.size, direction = folder.name, len(pairs), Direction(source, target)
        with (
            mock.patch.object(tagger, "has_tagger", tagger.has_tagger if tagged else (lambda _: False)),
            mock.patch.object(
                extraction, "dictionary_of", extraction.dictionary_of if tagged else (lambda *_: None)
            ),
        ):
            gathering, *sentences = extraction.gather(pairs, direction)
            texts = extraction.texts_of(gathering, *sentences, direction)
        possible = extraction.possible(gathering, direction)
        self.rows, self.lemmas = features.matrix(possible, texts), list(possible)
        self.start = rule_of_thumb(self.rows)
        shapes = [seen.shape for seen in possible.values()]
        self.labels = labels_of(self.lemmas, shapes, texts.languages)
        right = {
            (one, other) for grade, ones, others in gold if grade != "no" for one in ones for other in others
        }
        self.sources = {one for one, _ in right}
        self.core_terms = [
            {(one, other) for one in ones for other in others}
            for grade, ones, others in gold
            if grade == "core"
        ]
        small = entries.small_words(*sentences), entries.small_words(*reversed(sentences))
        self.keys = [gold_key(seen, (source, target), small, right) for seen in possible.values()]
        self.right = np.array([key in right for key in self.keys])
        core = set().union(*self.core_terms)
        self.weights = np.where([key in core for key in self.keys], CORE, 1.0)

    def curve(self, confidences):
        """Recall, precision, F1 and precision of translations of the best N candidates, for each N, and the
        confidence of the last."""
        listed, right, seen, seen_right, missed = set(), 0, 0, 0, list(self.core_terms)
        rows = []
        for at in np.argsort(-confidences, kind="stable"):
            key = self.keys[at]
            if key in listed:
                continue
            listed.add(key)
            right += self.right[at]
            seen += key[0] in self.sources
            seen_right += self.right[at]
            missed = [term for term in missed if key not in term]
            recall, precision = 1 - len(missed) / len(self.core_terms), right / len(listed)
            f1 = 2 * recall * precision / (recall + precision) if right else 0.0
            rows.append((recall, precision, f1, seen_right / max(1, seen), confidences[at]))
        return np.array(rows)

    def reach(self):
        """The share of core terms among the candidates."""
        keys = set(self.keys)
        return sum(not keys.isdisjoint(term) for term in self.core_terms) / len(self.core_terms)


def gold_key(gathered, languages, small, right):
    """How a gold list has a candidate: under its headwords or as the texts have it, by spelling or by lemmas."""
    headwords = entries.headwords(gathered, languages, small)
    keys = [
        tuple(form(text, language) for text, language in zip(texts, languages, strict=True))
        for texts in (headwords, gathered.commonest)
        for form in (lambda text, _: text.casefold(), term_key)
    ]
    return next((key for key in keys if key in right), keys[1])


def together(domains):
    """Which pairs of some domains are right, where their log-odds start, and their weights."""
    return (
        np.concatenate([getattr(domain, name) for domain in domains])
        for name in ("right", "start", "weights")
    )


def grow(domains, tables):
    """Trees from some domains and the columns that they see."""
    rows = np.concatenate(tables)
    right, start, weights = together(domains)
    return lightgbm.train(OPTIONS, lightgbm.Dataset(rows, right, weight=weights, init_score=start), ROUNDS)


def judged_by_others(domains):
    """For each domain the chances of its pairs, judged by trees from two thirds of the domains without it."""
    chances = {}
    for third in range(3):
        judged = domains[third::3]
        learnt = [domain for domain in domains if domain not in judged]
        trees = grow(learnt, [domain.rows for domain in learnt])
        for domain in judged:
            odds = domain.start + trees.predict(domain.rows, raw_score=True)
            chances[domain.name] = 1 / (1 + np.exp(-odds))
    return chances


def residuals(domain, chances):
    """For each label by how much the pairs with it were judged too low, and how much information that is."""
    sums = {}
    error, information = domain.right - chances, chances * (1 - chances)
    for column in domain.labels:
        for label, *values in zip(column, error, information, strict=True):
            if label:
                before = sums.get(label, (0.0, 0.0))
                sums[label] = before[0] + values[0], before[1] + values[1]
    return sums


def priors_of(sums):
    """The priors from the residuals of some domains: one step of Newton's method for each label."""
    total = {}
    for each in sums:
        for label, (error, information) in each.items():
            before = total.get(label, (0.0, STRANGE))
            total[label] = before[0] + error, before[1] + information
    return Priors.of(
        {label: float(np.clip(error / weight, -MOST, MOST)) for label, (error, weight) in total.items()}
    )


class Judge:
    """Trees and a network that vote together, each with half of its log-odds: mean F1 .765 with the best
    bound for all domains, with the trees alone .753, with the network alone .759."""

    def __init__(self, domains, tables):
        self.trees = grow(domains, tables)
        right, start, weights = together(domains)
        self.network = learn_network(np.concatenate(tables), right.astype(float), weights, start)

    def log_odds(self, rows):
        """What is added to the rule of thumb."""
        return (self.trees.predict(rows, raw_score=True) + self.network.log_odds(rows)) / 2


def learn(domains, *, tagged):
    """The judge learnt from some domains, and the priors from them."""
    if not tagged:
        return Judge(domains, [domain.rows for domain in domains]), None
    chances = judged_by_others(domains)
    sums = {domain.name: residuals(domain, chances[domain.name]) for domain in domains}
    tables = []
    for domain in domains:
        elsewhere = priors_of([each for name, each in sums.items() if name != domain.name])
        tables.append(seen_by_trees(domain, elsewhere))
    return Judge(domains, tables), priors_of(sums.values())


def judged_unseen(number, domains, tagged):
    """The log-odds of the pairs of one domain, judged by what is learnt from the others."""
    judge, priors = learn([*domains[:number], *domains[number + 1 :]], tagged=tagged)
    return judge.log_odds(seen_by_trees(domains[number], priors))


def seen_by_trees(domain, priors):
    """The columns of a domain, with the priors if there are some."""
    if priors is None:
        return domain.rows
    return np.column_stack([domain.rows, priors.columns(domain.labels)])


def forest_of(booster, names, slope, offset):
    """The trees as the program reads them, log-odds scaled; the offset is a tree of one leaf."""
    columns, bounds, children, values, roots = [], [], [], [], []

    def place(node, at):
        """Write a node and what is below it; gives its mean value and how many rows came to it."""
        if "leaf_value" in node:
            values[at] = slope * node["leaf_value"]
            return values[at], node.get("leaf_count", 1)
        first = len(columns)
        columns[at], bounds[at], children[at] = node["split_feature"], node["threshold"], first
        add(2)
        below = [place(node["left_child"], first), place(node["right_child"], first + 1)]
        count = sum(rows for _, rows in below)
        values[at] = sum(value * rows for value, rows in below) / count
        return values[at], count

    def add(count):
        """Room for nodes, leaves until they are something else."""
        for _ in range(count):
            children.append(len(columns))
            columns.append(-1)
            bounds.append(0.0)
            values.append(0.0)

    for tree in booster.dump_model()["tree_info"]:
        roots.append(len(columns))
        add(1)
        place(tree["tree_structure"], roots[-1])
    roots.append(len(columns))
    add(1)
    values[-1] = offset
    arrays = (np.array(array) for array in (roots, columns, bounds, children, values))
    return Forest(names, *arrays)


def calibration(domains, log_odds):
    """Slope and offset with which the log-odds, of the rule of thumb with what the trees and the network add,
    become chances to be right (Platt 1999), by Newton's method; of the pairs that are the best of both their
    phrases.
    """
    odds = [domain.start + each for domain, each in zip(domains, log_odds, strict=True)]
    best = np.concatenate([is_best(each, domain.lemmas) for each, domain in zip(odds, domains, strict=True)])
    right = np.concatenate([domain.right for domain in domains])[best]
    table = np.column_stack([np.concatenate(odds)[best], np.ones(best.sum())])
    weights = np.array([1.0, 0.0])
    for _ in range(20):
        chances = 1 / (1 + np.exp(-table @ weights))
        slopes = (chances * (1 - chances))[:, None] * table
        weights = weights + np.linalg.solve(table.T @ slopes, table.T @ (right - chances))
    return weights.tolist()


def report(domains, log_odds, scale):
    """The table, and how right the confidences are."""
    confidences = []
    for domain, odds in zip(domains, log_odds, strict=True):
        confidences.append(competing(scale[0] * (domain.start + odds) + scale[1], domain.lemmas))
    print(
        f"{'':12}{'recall':>8}{'prec.':>7}{'F1':>7}{'transl.':>9}{'best F1':>9}{'20':>6}{'50':>6}{'reach':>7}"
    )
    rows = []
    for domain, confidence in zip(domains, confidences, strict=True):
        curve = domain.curve(confidence)
        last = curve[max(0, (curve[:, 4] >= bound(confidence, domain.size)).sum() - 1)]
        rows.append([*last[:4], curve[:, 2].max(), curve[19, 1], curve[49, 1], domain.reach()])
        print(line(domain.name, rows[-1]))
    print(line("mean", np.mean(rows, 0)))
    print(line("worst", np.min(rows, 0)))
    confidences, right = np.concatenate(confidences), np.concatenate([domain.right for domain in domains])
    for low in np.arange(10) / 10:
        inside = (confidences >= low) & (confidences < low + 0.1)
        mean = confidences[inside].mean()
        print(
            f"confidence {low:.1f}–{low + 0.1:.1f}, mean {mean:.3f}: {inside.sum():5} pairs, {right[inside].mean():.3f} right"
        )


def line(name, row):
    """A line of the table."""
    return f"{name:12}{row[0]:8.3f}{row[1]:7.3f}{row[2]:7.3f}{row[3]:9.3f}{row[4]:9.3f}{row[5]:6.2f}{row[6]:6.2f}{row[7]:7.3f}"


def main():
    """Learn from all but one, report; learn from all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("output", nargs="?", type=Path)
    chosen = parser.parse_args()
    scales = {}
    for name, tagged in (("judge.xz", True), ("judge-untagged.xz", False)):
        domains = [Domain(path.parent, tagged=tagged) for path in sorted(chosen.gold.glob("*/gold.tsv"))]
        with ProcessPoolExecutor(2) as pool:
            log_odds = list(pool.map(judged_unseen, range(len(domains)), repeat(domains), repeat(tagged)))
        scale = calibration(domains, log_odds)
        report(domains, log_odds, scale)
        if chosen.output:
            judge, priors = learn(domains, tagged=tagged)
            slope, offset = scale
            scales[name] = round(slope, 4)
            forest = forest_of(judge.trees, column_names(tagged=tagged), slope / 2, offset)
            write(chosen.output / name, forest.to_bytes())
            network = judge.network.times(slope / 2)
            write(chosen.output / name.replace("judge", "network"), network.to_bytes())
            if priors:
                write(chosen.output / "priors.xz", priors.to_bytes())
    if chosen.output:
        write(chosen.output / "scale.json", (json.dumps(scales) + "\n").encode())


def write(path, content):
    """Write a file and say how large it is."""
    with writing(path) as stream:
        stream.write(content)
    print(f"{path.name}: {len(content)} bytes\n")


if __name__ == "__main__":
    main()
