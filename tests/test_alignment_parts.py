"""The aligner's parts, each against a plain computation of the same thing."""

import itertools
import math
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.alignment import align_texts, anchors, layout, lengths, likeness, priors, stages
from tm.alignment.beads import PAIR, SOURCE, TARGET, Evidence, best
from tm.alignment.cognates import cognates
from tm.alignment.evidence import Knowledge, evidence
from tm.alignment.lexicon import Lexicon, from_cognates, learn, together
from tm.alignment.options import Options
from tm.alignment.roots import of_roots, roots, with_roots
from tm.alignment.sparse import table
from tm.alignment.vocabulary import KINDS, Side, Vocabulary, side
from tm.alignment.words import word_evidence
from tm.document import Bead, Text
from tm.shelves import MemoryShelf
from tm.vectors.small import units

OPTIONS = Options()

FRENCH = (
    "Le phare du cap",
    "Le phare fut allumé en 1871 par Yves Le Bras.",
    "Il porte à 24 milles.",
    "Partager",
    "La nuit, le gardien montait 298 marches ; il redescendait à l’aube.",
    "En 1994 le phare fut automatisé.",
)
PORTUGUESE = (
    "O farol do cabo",
    "O farol foi aceso em 1871 por Yves Le Bras.",
    "Alcança 24 milhas.",
    "À noite, o guarda subia 298 degraus.",
    "Descia ao amanhecer.",
    "Em 1994 o farol foi automatizado.",
)
PARAGRAPHS = (0, 1, 1, 2, 3, 4), (0, 1, 1, 2, 2, 3)
KIND_NAMES = (
    ("heading", "text", "text", "item", "text", "text"),
    ("heading", "text", "text", "text", "text", "text"),
)


def texts(**more):
    return (
        Text(FRENCH, PARAGRAPHS[0], kinds=KIND_NAMES[0], language="fr", **more),
        Text(PORTUGUESE, PARAGRAPHS[1], kinds=KIND_NAMES[1], language="pt", **more),
    )


# ------------------------------------------------------------------------------------------------- evidence


class Case:
    """Two small texts with all that the evidence is made from."""

    def __init__(self, *, kinds=False, vectors=False):
        self.vocabularies = Vocabulary(), Vocabulary()
        self.sides = [
            side(segments, vocabulary, language, names if kinds else ())
            for segments, vocabulary, language, names in zip(
                (FRENCH, PORTUGUESE), self.vocabularies, ("fr", "pt"), KIND_NAMES, strict=True
            )
        ]
        if vectors:
            random = np.random.default_rng(5)
            self.parts = [random.normal(size=(6, 4)).astype(np.float32) for _ in self.sides]
            self.sides = [
                replace(each, vectors=likeness.layers(parts, units))
                for each, parts in zip(self.sides, self.parts, strict=True)
            ]
        alike = cognates(self.vocabularies[0].words, self.vocabularies[1].words)
        frequencies = [
            (np.bincount(each.words, minlength=len(words)) + 0.5) / (len(each.words) + len(words) / 2)
            for each, words in zip(self.sides, self.vocabularies, strict=True)
        ]
        self.lexicons = (
            from_cognates(alike, frequencies[1]),
            from_cognates(alike.transposed(), frequencies[0]),
        )
        self.lengths = lengths.assumed([tuple(each.lengths for each in self.sides)], OPTIONS)
        self.priors = priors.Priors(
            ((1, 1, 0.7), (2, 1, 0.1), (1, 2, 0.15), (2, 3, 0.05)), (), np.full((3, 3), 1 / 3)
        )
        self.looks = [
            layout.unknown([layout.layout(segments, paragraphs, {})], OPTIONS)[0]
            for segments, paragraphs in zip((FRENCH, PORTUGUESE), PARAGRAPHS, strict=True)
        ]
        random = np.random.default_rng(7)
        known = likeness.Likeness(
            *(random.uniform(*ends, (6, 6)) for ends in ((1, 9), (0.0, 0.2), (0.5, 0.9)))
        )
        self.knowledge = Knowledge(self.lexicons, self.lengths, self.priors, known, free=(0.02, 0.1))

    def evidence(self, starts, width):
        """What ``evidence`` says."""
        judged, _ = evidence(
            tuple(self.sides), tuple(self.looks), np.array(starts), width, self.knowledge, OPTIONS
        )
        return judged

    def words(self, number, given, told):
        """Log p(words of some segments | words of others) / p(words), by the definition of IBM model 1."""
        lexicon, total, free = self.lexicons[number], 0.0, self.knowledge.free[number]
        given_words = [word for segment in given for word in self.words_of(number, segment)]
        for segment in told:
            closely = 1.0
            for word in self.words_of(1 - number, segment):
                explained = sum(
                    float(
                        lexicon.known.at(np.array([source]), np.array([word]))[0] / lexicon.frequencies[word]
                    )
                    + lexicon.rest[source]
                    for source in given_words
                )
                no_word = OPTIONS.no_word * lexicon.lost[word]
                by_model = no_word + (1 - no_word) * explained / len(given_words)
                closely *= by_model**OPTIONS.word_weight
            total += math.log(free + (1 - free) * closely)
        return total

    def words_of(self, number, segment):
        """The word numbers of one segment."""
        return self.sides[number].passage([segment]).tolist()

    def pair(self, i, j, a, b, share):
        """The evidence for one bead, part by part."""
        source, target = range(i, i + a), range(j, j + b)
        sizes = [
            np.array([sum(float(each.lengths[n]) for n in numbers)])
            for each, numbers in zip(self.sides, (source, target), strict=True)
        ]
        broken = sum(
            paragraphs[n] != paragraphs[n - 1]
            for paragraphs, numbers in zip(PARAGRAPHS, (source, target), strict=True)
            for n in numbers[1:]
        )
        words = self.words(0, source, target) + self.words(1, target, source)
        return (
            math.log(share)
            + words
            + OPTIONS.length_weight * float(self.lengths.evidence(*sizes, (a, b))[0])
            - OPTIONS.paragraph_break * broken
        )


@pytest.mark.parametrize(
    ("starts", "width"), [([0] * 7, 7), ([0, 0, 1, 1, 2, 3, 3], 4), ([0, 1, 2, 3, 4, 5, 5], 2)]
)
def test_the_evidence_is_that_of_each_bead_by_itself(starts, width):
    case = Case()
    beads = case.evidence(starts, width)
    for k, (a, b, share) in enumerate(case.priors.types):
        for i in range(6):
            for w in range(width):
                j = starts[i] + w
                value = beads.pairs[i, k, w]
                if i + a > 6 or j + b > 6:
                    assert value == -np.inf
                else:
                    assert value == pytest.approx(case.pair(i, j, a, b, share), abs=2e-3)


def test_a_word_that_is_everywhere_in_its_text_tells_less_of_its_segments():
    case = Case()
    plain = case.evidence([0] * 7, 7)
    counts = [
        np.bincount(each.words, minlength=len(v))
        for each, v in zip(case.sides, case.vocabularies, strict=True)
    ]
    usual = tuple(column / column.sum() for column in counts)
    alone = [each.within(frequent, 1000.0) for each, frequent in zip(case.sides, usual, strict=True)]
    assert all(each.rarer == pytest.approx(1) for each in alone)  # a run of one text
    case.sides = alone
    assert case.evidence([0] * 7, 7).pairs == pytest.approx(plain.pairs, abs=1e-3)
    case.sides = [replace(each, rarer=each.rarer / 4) for each in alone]
    found = np.isfinite(plain.pairs)
    assert (case.evidence([0] * 7, 7).pairs[found] < plain.pairs[found]).all()
    assert (
        case.sides[0].part(2, 4).rarer.tolist()
        == case.sides[0].rarer[slice(*case.sides[0].bounds[[2, 4]])].tolist()
    )


def test_a_pass_counts_the_segments_whose_words_tell_nothing():
    case = Case()
    words = word_evidence(
        tuple(case.sides), np.zeros(7, dtype=np.int64), 7, case.lexicons, (0.2, 0.1), (2, 2), OPTIONS
    )
    beads = [Bead((0,), (0,), 0.5), Bead((1,), (1, 2), 1.0), Bead((3,), (), 1.0)]
    target, source = words.freedom(beads[:1])
    one = 0.2 * math.exp(-float(words.sums[0][0, 0, 1] - words.sums[0][0, 0, 0]))
    assert target == pytest.approx((0.5 * one, 0.5))
    assert source[1] == 0.5
    assert words.freedom(beads)[0][1] == 2.5
    assert not words.freedom(beads[2:]).any()


def difference(case, plain):
    """What a case gains over a plain one, for each possible bead."""
    pairs = [each.evidence([0] * 7, 7).pairs for each in (case, plain)]
    possible = np.isfinite(pairs[1])
    assert (np.isfinite(pairs[0]) == possible).all()
    return np.subtract(*pairs, where=possible, out=np.zeros_like(pairs[0]))


def test_vectors_speak_by_how_much_more_than_chance_they_are_alike():
    plain, case = Case(), Case(vectors=True)
    gained = difference(case, plain)
    source, target = (parts.astype(float) for parts in case.parts)
    known, beyond = case.knowledge.likeness, OPTIONS.vector_beyond
    for k, (a, b, _) in enumerate(case.priors.types):
        low, high = known.lows[a, b], known.highs[a, b]
        for i in range(7 - a):
            for j in range(7 - b):
                one, other = source[i : i + a].sum(axis=0), target[j : j + b].sum(axis=0)
                cosine = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
                telling = min(max(cosine, low - beyond), high + beyond)
                expected = known.slopes[a, b] * (telling - (low + high) / 2)
                assert gained[i, k, j] == pytest.approx(expected, abs=0.1)


def test_the_likeness_of_each_size_is_learnt_from_beads_against_other_places():
    random = np.random.default_rng(3)
    rows = units(random.normal(size=(40, 64)).astype(np.float32))
    near = units(rows + 0.1 * random.normal(size=rows.shape).astype(np.float32))
    text = replace(Case().sides[0], lengths=np.ones(40))
    sides = tuple(replace(text, vectors=likeness.layers(each, units)) for each in (rows, near))
    beads = [Bead((n,), (n,), 1.0) for n in range(38)] + [Bead((38, 39), (38, 39), 1.0)]
    first = likeness.assumed([0.05], OPTIONS)
    known = likeness.learnt([likeness.seen([sides], [beads])], first, OPTIONS)
    true = [float(one @ other) for one, other in zip(rows[:38], near[:38], strict=True)]
    assert known.highs[1, 1] == pytest.approx(np.mean(true), abs=0.05)
    assert known.lows[1, 1] == pytest.approx(0.05, abs=0.05)
    assert 0 < known.slopes[2, 2] < 2 * known.slopes[1, 1]
    assert likeness.learnt([likeness.seen([Case().sides], [beads])], first, OPTIONS) is None


def test_vectors_that_know_nothing_say_nothing():
    random = np.random.default_rng(4)
    sides = tuple(
        replace(
            Case().sides[0], lengths=np.ones(400), vectors=likeness.layers(rows.astype(np.float32), units)
        )
        for rows in random.normal(size=(2, 400, 64))
    )
    shown = likeness.seen([sides], [[Bead((n,), (n,), 1.0) for n in range(400)]])
    known = likeness.learnt([shown], likeness.assumed([0.0], OPTIONS), OPTIONS)
    say = likeness.evidence(*sides, known, OPTIONS)
    assert abs(say(1, 1, np.arange(400), np.arange(400))).max() < 1


def test_kinds_speak_for_pairs_of_one_kind_by_how_rare_the_kind_is():
    plain, case = Case(), Case(kinds=True)
    gained = difference(case, plain)[:, 0]

    def kept(kind, names, *, same):
        share = (names.count(kind) + 1) / (len(names) + len(KINDS))
        return math.log(0.9 / share) if same else math.log(0.1 / (1 - share))

    for i, kind in enumerate(KIND_NAMES[0]):
        for j, translated in enumerate(KIND_NAMES[1]):
            same = kind == translated
            expected = (kept(kind, KIND_NAMES[1], same=same) + kept(translated, KIND_NAMES[0], same=same)) / 2
            assert gained[i, j] == pytest.approx(expected, abs=1e-3)


def test_a_side_that_is_all_of_one_kind_says_nothing_of_kinds():
    case = Case(kinds=True)
    case.sides[1] = replace(case.sides[1], kinds=np.zeros(6, dtype=np.int64))
    assert (case.evidence([0] * 7, 7).pairs == Case().evidence([0] * 7, 7).pairs).all()


def test_chance_is_the_mean_likeness_of_everything_with_everything():
    random = np.random.default_rng(2)
    rows = [units(random.normal(size=(count, 5)) + 1) for count in (3, 4)]
    layers = [likeness.layers(each.astype(np.float32), units) for each in rows]
    chance = np.mean(rows[0] @ rows[1].T)
    assert likeness.mean_cosine(*layers) == pytest.approx(chance, abs=0.01)
    first = likeness.assumed([0.1, 0.3], OPTIONS)
    assert (first.lows[1, 1], first.highs[2, 1]) == (pytest.approx(0.2), pytest.approx(0.6))
    assert likeness.assumed([], OPTIONS) is None


# ------------------------------------------------------------------------------------------------- lengths


def test_lengths_are_weighed_by_the_formula_of_the_paper():
    assumed = lengths.Lengths(1.2, 2.5, ((4.0, 0.8), (4.2, 0.6)))
    source, target, sizes = 40.0, 70.0, (1, 2)

    def normal(x, mean, variance):
        return -((x - mean) ** 2) / 2 / variance - math.log(2 * math.pi * variance) / 2

    x, y = source + 1, target + 1
    fit = normal(y, 1.2 * x, 2.5 * (1.2 * x + y) / 2 + 1)
    by_chance = normal(math.log(x), 4.0, 0.8**2) - math.log(x)
    by_chance += normal(math.log(y), 4.2 + math.log(2), 0.6**2 / 2) - math.log(y)
    expected = fit + math.log(1.2) / 2 - by_chance / 2
    assert assumed.evidence(np.array([source]), np.array([target]), sizes)[0] == pytest.approx(expected)


def test_the_ratio_of_the_texts_is_assumed_and_then_counted():
    sides = Case().sides
    assumed = lengths.assumed([(sides[0].telling, sides[1].telling)], OPTIONS)
    assert assumed.ratio == pytest.approx(sides[1].lengths.sum() / sides[0].lengths.sum())
    logs = np.log(sides[0].lengths + 1)
    assert assumed.usual[0] == pytest.approx((logs.mean(), max(logs.std(), 0.5)))
    counted = np.array([[30.0, 60.0], [15.0, 3.0], [20.0, 20_000.0]])
    after = assumed.after(counted, np.array([1.0, 0.5, 1.0]), OPTIONS)
    assert after.ratio == pytest.approx((61.5 + 5000 * assumed.ratio) / (37.5 + 5000))


def test_empty_texts_have_the_ratio_one():
    empty = np.zeros(0)
    assert lengths.assumed([(empty, np.ones(1))], OPTIONS).ratio == 1.0
    assert lengths.assumed([(empty, empty)], OPTIONS).usual == ((0.0, 0.5), (0.0, 0.5))


# ------------------------------------------------------------------------------------------------- the lexicon


def plain_lexicon(passages, weights, rounds, prior, near=0.0):
    """p(target | source) by IBM model 1 with absolute discounting, written out word by word."""

    def before(source, target):
        known = float(prior.known.at(np.array([source]), np.array([target]))[0])
        return known + prior.rest[source] * prior.frequencies[target]

    probability = {(s, t): before(s, t) for one, other in passages for s in one for t in other}
    for _ in range(rounds):
        counts = defaultdict(float)
        for (one, other), weight in zip(passages, weights, strict=True):
            for k, t in enumerate(other):
                apart = [abs((n + 0.5) / len(one) - (k + 0.5) / len(other)) for n in range(len(one))]
                close = np.exp(-near * np.array(apart))
                shares = (1 - OPTIONS.no_word) * close / close.sum()
                by_word = [share * probability[s, t] for share, s in zip(shares, one, strict=True)]
                whole = OPTIONS.no_word * prior.frequencies[t] + sum(by_word)
                for s, part in zip(one, by_word, strict=True):
                    counts[s, t] += weight * part / whole
        sums, freed = defaultdict(float), defaultdict(float)
        for (s, _), count in counts.items():
            sums[s] += count
            freed[s] += min(count, OPTIONS.discount)
        for (s, t), count in counts.items():
            kept = max(count - OPTIONS.discount, 0) / sums[s]
            probability[s, t] = kept + freed[s] / sums[s] * before(s, t)
    return probability


@pytest.mark.parametrize(("rounds", "near"), [(1, 0.0), (2, 4.0), (7, 0.0), (7, 4.0)])
def test_the_lexicon_is_that_of_the_definition(rounds, near):
    passages = [([0, 1], [0, 2]), ([1], [2]), ([0, 2, 3], [0, 1, 3]), ([2], [1, 1])]
    weights = [1.0, 0.5, 0.9, 1.0]
    alike = table(np.array([0, 3]), np.array([0, 3]), np.array([0.8, 0.4]), (4, 4))
    prior = from_cognates(alike, np.array([0.4, 0.3, 0.2, 0.1]))
    arrays = [tuple(np.array(words, dtype=np.int32) for words in passage) for passage in passages]
    lexicon = learn(together(arrays, weights, near=near), 1, prior, replace(OPTIONS, rounds=rounds))
    for (s, t), expected in plain_lexicon(passages, weights, rounds, prior, near).items():
        value = lexicon.known.at(np.array([s]), np.array([t]))[0] + lexicon.rest[s] * lexicon.frequencies[t]
        assert value == pytest.approx(expected, abs=1e-9)
    turned = together([(t, s) for s, t in arrays], weights, near=near)
    back = learn(turned, 0, prior, replace(OPTIONS, rounds=rounds))
    assert back.known.values.tolist() == pytest.approx(lexicon.known.values.tolist())


def test_a_word_that_stands_beside_nothing_it_translates_counts_less_against_a_bead():
    # 0 and 0 translate each other; the target's 1 stands beside anything.
    random = np.random.default_rng(3)
    passages = [([0, int(random.integers(2, 40))], [0, 1] if n % 2 else [0]) for n in range(60)]
    arrays = [tuple(np.array(words, dtype=np.int32) for words in passage) for passage in passages]
    prior = from_cognates(table(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0), (40, 3)), np.full(3, 1 / 3))
    lexicon = learn(together(arrays, [1.0] * 60), 1, prior, OPTIONS)
    assert lexicon.lost[0] < 0.7
    assert lexicon.lost[1] > 1.0
    assert lexicon.lost[2] == 1.0


def rooted_lexicon(passages, words, prior):
    """The lexicon of these passages of two lists of words, learnt by way of their roots."""
    own = roots(words[0], OPTIONS.root), roots(words[1], OPTIONS.root)
    arrays = [tuple(np.array(side, dtype=np.int32) for side in passage) for passage in passages]
    counted = together(arrays, [1.0] * len(arrays))
    return learn(counted, 1, with_roots(of_roots(counted, own), 1, prior, own, OPTIONS), OPTIONS)


def unknown_words(words):
    """A lexicon of two lists of words that knows nothing."""
    shape = len(words[0]), len(words[1])
    return from_cognates(
        table(*(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0), shape), np.full(shape[1], 1 / shape[1])
    )


def test_a_form_that_was_never_seen_is_translated_as_the_other_forms_of_its_word():
    words = ["wandern", "wanderst", "wandert", "Ofen"], ["marcher", "marches", "four", "pain"]
    passages = [([0, 3], [0, 2]), ([1, 3], [1, 2]), ([0], [0]), ([1], [1])] * 5
    lexicon = rooted_lexicon(passages, words, unknown_words(words))
    known = lexicon.known.at(np.array([2, 2, 2, 2]), np.arange(4))
    assert known[0] == pytest.approx(known[1])
    assert known[:2].sum() > 0.5
    assert known[2:].sum() < 0.1


def test_a_form_that_was_seen_often_is_translated_as_it_was_seen():
    words = ["wandern", "wanderst", "Ofen"], ["marcher", "bagages", "four"]
    passages = [([0], [0])] * 20 + [([1], [1])] * 20
    lexicon = rooted_lexicon(passages, words, unknown_words(words))
    assert lexicon.known.at(np.array([0, 1]), np.array([0, 1])).min() > 0.9


def test_what_a_word_is_translated_by_adds_up_to_one_with_roots_too():
    words = ["wandern", "wanderst", "wandert", "1924"], ["marcher", "marches", "1924", "pain"]
    prior = from_cognates(cognates(*words), np.array([0.4, 0.3, 0.2, 0.1]))
    lexicon = rooted_lexicon([([0, 3], [0, 2]), ([1], [1, 3])] * 3, words, prior)
    assert (lexicon.known.sums() + lexicon.rest).tolist() == pytest.approx([1.0] * 4)


def test_what_more_words_begin_with_than_a_word_has_forms_is_no_root():
    words = [f"cons{letter}" for letter in "abcdefghijk"], [f"kons{letter}" for letter in "abcdefghijk"]
    own = roots(words[0], OPTIONS.root), roots(words[1], OPTIONS.root)
    passage = np.arange(11, dtype=np.int32)
    rooted = of_roots(together([(passage, passage)] * 5, [1.0] * 5), own)
    assert not len(with_roots(rooted, 1, unknown_words(words), own, OPTIONS).known.values)


def test_of_very_many_passages_every_so_many_one_is_counted_across_the_shards():
    def shelf(*numbers):
        words = [np.array([n], dtype=np.int32) for n in numbers]
        count = len(words)
        whole = Side(np.concatenate(words), np.arange(count + 1), np.ones(count))
        beads = [Bead((n,), (n,)) for n in range(count)]
        return MemoryShelf({"sides": [(whole, whole)], "beads-1": [beads]})

    chosen = [(shelf(0, 1, 2, 3), 0), (shelf(4, 5), 2), (shelf(6, 7), 0)]
    counted = [int(source[0]) for part in chosen for source, _ in stages.passages(part, 1, 3)]
    assert counted == [0, 3, 6]


def test_ratios_are_probabilities_against_the_frequency():
    lexicon = Lexicon(
        table(np.array([0]), np.array([1]), np.array([0.5]), (1, 2)),
        np.ones(1),
        np.array([0.9, 0.1]),
        np.ones(2),
    )
    assert lexicon.ratios.values.tolist() == [5.0]


# ------------------------------------------------------------------------------------------------- looks and priors


def learnt(look, beads, side):
    habits = layout.habits([layout.seen([look], [beads], side)], OPTIONS)
    (leanings,) = layout.learnt([look], [beads], side, habits, OPTIONS)
    return leanings


def test_a_line_is_judged_by_its_other_places():
    segments = ["Menu", "Un.", "Menu", "Deux.", "Menu"]
    look = layout.layout(segments, (0, 0, 1, 1, 1), {})
    beads = [
        Bead((0,), (), 0.9),
        Bead((1,), (0,), 0.8),
        Bead((2, 3), (1,), 0.7),
        Bead((4,), (), 0.6),
        Bead((), (2,), 0.5),
    ]
    leanings = learnt(look, beads, 0)
    usual = (0.9 + 0.6 + 1) / (5 + 10)

    def against(share, usual):
        return math.log(share / (1 - share)) - math.log(usual / (1 - usual))

    elsewhere = [0.6, 0, 1.5, 0, 0.9]
    places = [2, 0, 2, 0, 2]
    for number in range(5):
        share = (elsewhere[number] + usual) / (places[number] + 1)
        assert leanings.alone[number] == pytest.approx(against(share, usual))
    usual = (0.7 + 1) / (5 + 10)
    # Segment 3 is joined to 2: no end mark, then a capital, as before segments 1 (and 3); others end with a full stop.
    same_class = [look.joints.tolist().count(joint) for joint in look.joints.tolist()]
    joined = {int(look.joints[3]): 0.7}
    for number, joint in enumerate(look.joints.tolist()):
        share = (joined.get(joint, 0.0) + 10 * usual) / (same_class[number] + 10)
        broken = OPTIONS.paragraph_break if number == 2 else 0.0
        assert leanings.joined[number] == pytest.approx(against(share, usual) - broken)


def test_the_target_side_looks_at_the_target_segments():
    look = layout.layout(["Um.", "Dois."], (), {})
    leanings = learnt(look, [Bead((0,), (0, 1), 1.0)], 1)
    mirrored = learnt(look, [Bead((0, 1), (0,), 1.0)], 0)
    assert leanings.joined.tolist() == mirrored.joined.tolist()
    assert leanings.joined[1] > leanings.joined[0]


@pytest.mark.parametrize(
    ("before", "after", "end", "begin"),
    [
        ("Fim.", "Outra", 1, 1),
        ("Fim?»", "outra", 1, 0),
        ("Ele disse:", "1924", 2, 2),
        ("um;", "— dois", 3, 0),
        ("um,", "…", 4, 3),
        ("sem nada", "猫", 0, 3),
        ("", "", 0, 3),
    ],
)
def test_a_place_is_classed_by_the_end_before_and_the_beginning_behind(before, after, end, begin):
    assert layout.layout([before, after], (), {}).joints[1] == 4 * end + begin


def test_priors_are_counted_with_pseudo_counts():
    first = priors.assumed(OPTIONS)
    beads = [Bead((0,), (0,), 0.9), Bead((1,), (), 0.8), Bead((2, 3), (1,), 0.7), Bead((), (2,), 0.6)]
    after = first.after([priors.counted([beads, [Bead((), (0,), 1.0), Bead((0,), (), 0.5)]])], OPTIONS)
    total = sum(share for _, _, share in OPTIONS.types)
    shares = {(a, b): 50 * share / total for a, b, share in OPTIONS.types}
    shares[1, 1] += 0.9
    shares[2, 1] += 0.7
    expected = {kind: count / sum(shares.values()) for kind, count in shares.items()}
    looked_for = {(a, b): share for a, b, share in after.types}
    for kind in ((1, 1), (1, 2), (2, 1)):
        assert looked_for[kind] == pytest.approx(expected[kind])
    assert set(looked_for) == set(expected)
    assert after.later == ()
    alone, run = OPTIONS.alone, OPTIONS.run
    both = OPTIONS.both_alone
    steps = 20 * np.array([[1 - 2 * alone, alone, alone], [1 - run - both, run, both], [1 - run, 0.0, run]])
    steps[PAIR, PAIR] += 0.9
    steps[PAIR, SOURCE] += 0.8
    steps[SOURCE, PAIR] += 0.7
    steps[PAIR, TARGET] += 0.6 + 1.0  # the target segment that comes before a source segment is no step
    assert after.steps == pytest.approx(steps / steps.sum(axis=1, keepdims=True))
    again = after.after([priors.counted([beads])] * 2000, OPTIONS)
    assert {(a, b) for a, b, _ in again.types} < set(expected)


def test_what_is_left_alone_on_both_sides_of_a_place_does_not_teach_that_it_should_be():
    beads = [Bead((n,), ()) if side else Bead((), (n,)) for n in range(90) for side in (1, 0)]
    steps = priors.assumed(OPTIONS).after([priors.counted([beads])], OPTIONS).steps
    assert steps[SOURCE, TARGET] == pytest.approx(OPTIONS.both_alone)
    assert steps.sum(axis=1) == pytest.approx([1, 1, 1])


def test_the_price_of_a_segment_left_alone_joins_it_to_what_it_may_translate():
    pairs = np.full((2, 1, 3), -np.inf, dtype=np.float32)
    pairs[0, 0, 0], pairs[1, 0, 1] = 9.0, 0.0
    alone, starts = np.zeros(2), np.zeros(3, dtype=np.int64)
    judged = Evidence(((1, 1),), pairs, alone, alone, np.zeros((3, 3)), starts, 3)
    assert [len(beads) for beads in (best([judged])[0], best([judged], price=0.5)[0])] == [3, 2]


# ------------------------------------------------------------------------------------------------- anchors


@given(
    st.lists(st.tuples(st.integers(1, 299), st.integers(0, 500)), max_size=6),
    st.integers(300, 320),
    st.integers(500, 900),
)
def test_a_corridor_can_be_walked_from_the_beginning_to_the_end(points, rows, columns):
    chain = sorted(points)
    chain = [point for n, point in enumerate(chain) if all(before[1] <= point[1] for before in chain[:n])]
    around = anchors.corridor(chain, rows, columns)
    assert (around.low[0], around.high[-1]) == (0, columns)
    assert (around.low >= 0).all()
    assert (around.high <= columns).all()
    assert (around.low <= around.high).all()
    assert (around.low[1:] <= around.high[:-1]).all()


def test_a_corridor_reaches_eight_segments_beyond_its_anchors():
    around = anchors.corridor([(50, 50)], 100, 100)
    assert [(int(around.low[i]), int(around.high[i])) for i in (42, 43, 57, 58)] == [
        (0, 58),
        (0, 100),
        (0, 100),
        (42, 100),
    ]
    wide = anchors.corridor([], 2000, 2000)
    assert (int(wide.low[1000]), int(wide.high[1000])) == (800, 1200)
    assert wide.middle(1000) == 1000


def plain_chain(points):
    """The length of the longest chain in which neither side goes back."""
    best = []
    for n, (i, j) in enumerate(points):
        best.append(
            1 + max((best[m] for m in range(n) if points[m][0] <= i and points[m][1] <= j), default=0)
        )
    return max(best, default=0)


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_the_longest_chain_is_kept(points):
    points = sorted(points)
    chain = anchors._chain(np.array(points, dtype=np.int64).reshape(-1, 2))
    assert len(chain) == plain_chain(points)
    assert chain == sorted(chain)
    assert set(chain) <= set(points)
    assert all(one[1] <= other[1] for one, other in itertools.pairwise(chain))


def test_rare_words_that_are_written_alike_are_anchors():
    names = [f"Nom{chr(65 + n)}{chr(97 + n) * 3}" for n in range(12)]
    source = [f"le mot {name}" for name in names] + ["partout"] * 11
    target = [f"a palavra {name}" for name in names[:6]] + ["meio"] + [f"a palavra {n}" for n in names[6:]]
    target += ["partout"] * 3
    numbers = Vocabulary(), Vocabulary()
    sides = side(source, numbers[0], "fr"), side(target, numbers[1], "pt")
    points = anchors.from_words(*sides, cognates(numbers[0].words, numbers[1].words))
    assert points == [(n, n if n < 6 else n + 1) for n in range(12)]


def test_a_lone_point_is_not_believed():
    assert anchors._agreeing([(0, 0), (1, 1), (2, 2), (90, 90), (120, 121), (121, 122), (122, 123)]) == [
        (0, 0),
        (1, 1),
        (2, 2),
        (120, 121),
        (121, 122),
        (122, 123),
    ]
    assert anchors._agreeing([(0, 0), (1, 1)]) == []
    assert anchors._agreeing([]) == []


def test_sure_beads_are_anchors():
    beads = [Bead((3,), (4,), 0.95), Bead((5,), (5,), 0.94), Bead((), (6,), 1.0), Bead((6,), (), 1.0)]
    assert anchors.from_beads(beads) == [(3, 4)]


# ------------------------------------------------------------------------------------------------- the whole


def percents(pairs, **more):
    """Each bead of the last pair of texts, with its confidence in percent."""
    beads = align_texts(pairs, **more)[-1]
    return {str(bead).rsplit(":", 1)[0]: 100 * bead.confidence for bead in beads}


@pytest.mark.parametrize(
    ("changes", "options", "expected"),
    [
        ({}, Options(), [100, 99, 88, 87, 75, 98]),
        ({}, Options(passes=1), [98, 96, 83, 83, 70, 87]),
        ({"kinds": (), "paragraphs": ()}, Options(), [99, 97, 76, 63, 64, 96]),
    ],
)
def test_confidences_are_what_they_were(changes, options, expected):
    """These are no measure of quality: they show that nothing changed which was not meant to change."""
    source, target = (replace(text, **changes) for text in texts())
    beads = percents([(source, target)], options=options)
    assert list(beads) == ["[0]:[0]", "[1]:[1]", "[2]:[2]", "[3]:[]", "[4]:[3,4]", "[5]:[5]"]
    assert list(beads.values()) == pytest.approx(expected, abs=0.6)


def test_in_a_long_run_the_forms_of_a_word_teach_each_other_nothing():
    long, apart = (
        percents([texts()], options=options) for options in (Options(rooted=1), Options(root_weight=0.0))
    )
    assert long == pytest.approx(apart)
    assert long != percents([texts()], options=Options())


def test_texts_that_say_the_same_make_each_other_surer():
    beads = percents([texts()] * 3)
    assert list(beads.values()) == pytest.approx([100, 100, 97, 97, 87, 98], abs=0.6)


def test_without_paragraphs_nothing_breaks():
    assert not layout.layout(["Un.", "Deux."], (), {}).breaks.any()
    assert layout.layout(["Un.", "Deux.", "Trois."], (4, 4, 5), {}).breaks.tolist() == [False, False, True]
    assert layout.layout([], (), {}).breaks.tolist() == []
