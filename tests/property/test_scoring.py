"""Our figures are sacrebleu's, to the last digit, on any text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.metrics.lib_ter import translation_edit_rate
from sacrebleu.significance import PairedTest

from tm.language import nfc
from tm.scoring import chrf, overlap, ter, uncertainty
from tm.scoring.comparison import TRIALS, compare_figures
from tm.scoring.metrics import measure
from tm.scoring.uncertainty import draws, resampled

METRICS = (overlap.BLEU, overlap.CHRF, overlap.CHRF2, overlap.TER)
SACREBLEU = {
    "bleu": (BLEU, {"effective_order": True}),
    "chrf": (CHRF, {"word_order": 2}),
    "chrf2": (CHRF, {}),
    "ter": (TER, {}),
}
CORPUS = {"bleu": {}, "chrf": {"word_order": 2}, "chrf2": {}, "ter": {}}

word = st.sampled_from(
    "o a ponte pontes velha Velha de do, rio. (rio) não sim! 2018 3,5 l'eau e\u0301te …".split()
)
sentence = st.lists(word, max_size=12).map(" ".join)
scripts = st.sampled_from(
    [
        "水火木金土。",
        "שלום\u05b0\u05b8 ",
        "مرحبا\u064b\u200f ",
        "ae\u0301\u0323 ",
        "👍🏽\u200d❤️ ",
        "ab ",
        ".,!… ",
        "a\u00a0\u3000\t",
    ]
)
segment = st.one_of(
    sentence,
    st.text(max_size=30),
    st.sampled_from(["", " ", "ponte", "ponte " * 30, "p" * 300]),
    scripts.flatmap(lambda characters: st.text(characters, max_size=40)),
)
row = st.tuples(segment, st.lists(segment, min_size=1, max_size=3))
job = st.lists(row, min_size=1, max_size=6)


def streams(references):
    most = max(map(len, references))
    return [[nfc(r[i]) if i < len(r) else None for r in references] for i in range(most)]


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
@given(rows=job)
def test_corpus_segments_and_signature_are_sacrebleus(metric, rows):
    translations, references = [text for text, _ in rows], [texts for _, texts in rows]
    ours = measure(metric, translations, references)
    kind, single = SACREBLEU[metric.key]
    theirs = kind(**CORPUS[metric.key])
    texts = [nfc(text) for text in translations]
    assert ours.score == theirs.corpus_score(texts, streams(references)).score
    assert ours.signature == str(theirs.get_signature())
    by_segment = kind(**single)
    for text, of_one, found in zip(texts, references, ours.segments, strict=True):
        assert found == by_segment.sentence_score(text, [nfc(reference) for reference in of_one]).score


few_words = st.lists(st.sampled_from("abcdefgh"), max_size=60)
many_words = st.lists(st.integers(0, 200).map(str), max_size=60)


@st.composite
def moved(draw):
    """A text and the same with some phrases moved and words changed, as translators do."""
    words = draw(st.one_of(few_words, many_words))
    other = list(words)
    for _ in range(draw(st.integers(0, 4))):
        if other:
            start = draw(st.integers(0, len(other) - 1))
            phrase = other[start : start + draw(st.integers(1, 12))]
            del other[start : start + len(phrase)]
            place = draw(st.integers(0, len(other)))
            other[place:place] = phrase
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(other)))
        other[place : place + draw(st.integers(0, 2))] = draw(st.lists(st.sampled_from("abxyz"), max_size=2))
    return words, other


@given(moved())
def test_edits_and_moves_are_sacrebleus(texts):
    reference, translation = texts
    assert ter.edits(translation, reference) == translation_edit_rate(translation, reference)[0]


@given(few_words, many_words)
def test_texts_with_nothing_in_common_too(translation, reference):
    assert ter.edits(translation, reference) == translation_edit_rate(translation, reference)[0]


def test_two_hundred_words_far_apart_enough_to_leave_plain_distances():
    reference = [str(n) for n in range(200)]
    changed = [word if n % 7 else "x" for n, word in enumerate(reference)]
    translation = changed[4:80] + reference[:4] + changed[80:]
    assert ter.edits(translation, reference) == translation_edit_rate(translation, reference)[0]


def test_halves_that_changed_places_beyond_the_beam():
    reference = [str(n) for n in range(54)]
    translation = reference[27:] + reference[:27]
    assert ter.edits(translation, reference) == translation_edit_rate(translation, reference)[0]


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), min_size=1, max_size=8))
def test_batches_count_n_grams_as_single_segments_do(pairs):
    translations, references = zip(*pairs, strict=True)
    together = chrf.statistics(translations, references)
    alone = [chrf.statistics([one], [other])[0] for one, other in pairs]
    assert together.tolist() == np.array(alone).tolist()


def test_more_different_characters_than_fit_into_an_integer():
    translation, reference = (
        "".join(map(chr, range(0x4E00, 0x5500))),
        "".join(map(chr, range(0x4F00, 0x5600))),
    )
    found = measure(METRICS[1], [translation, "ponte"], [[reference], ["pontes"]])
    theirs = CHRF(word_order=2)
    assert found.score == theirs.corpus_score([translation, "ponte"], [[reference, "pontes"]]).score


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
@given(rows=job)
def test_formulas_over_many_sums_are_sacrebleus(metric, rows):
    measured = measure(metric, [text for text, _ in rows], [texts for _, texts in rows])
    sums = np.vstack([measured.statistics, measured.statistics.sum(axis=0, keepdims=True)])
    corpus, _ = metric.sacrebleu("")
    theirs = [corpus._compute_score_from_stats(row).score for row in sums.tolist()]
    assert metric.of_sums(sums) == pytest.approx(theirs, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("dropped", [5, 29])
def test_p_values_are_sacrebleus(dropped):
    references = [f"a velha ponte sobre o rio {n % 6} foi fechada em {n}" for n in range(30)]
    first = [text.replace("velha", "antiga") if n % 3 else text for n, text in enumerate(references)]
    second = [text.replace("foi ", "") if n % dropped == 0 else text for n, text in enumerate(first)]
    lists = [[reference] for reference in references]
    sides = ([measure(metric, side, lists) for metric in METRICS] for side in (first, second))
    ours = compare_figures(*sides, resamples=300, trials=1000)
    metrics = {"BLEU": BLEU(), "chrF2++": CHRF(word_order=2), "chrF2": CHRF(), "TER": TER()}
    for test, found, usual, tried in (
        ("bs", "bootstrap", uncertainty.RESAMPLES, 300),
        ("ar", "randomisation", TRIALS, 1000),
    ):
        named = [("second", second), ("first", first)]
        assert PairedTest(named, metrics, [references], test_type=test).n_samples == usual
        _, theirs = PairedTest(named, metrics, [references], test_type=test, n_samples=tried)()
        for each in ours:
            assert getattr(each, found) == pytest.approx(theirs[each.name][1].p_value, abs=1e-9)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_the_resamples_are_sacrebleus(metric):
    translations = [f"a ponte {'velha ' * (n % 5)}sobre o rio {n % 7}" for n in range(40)]
    references = [[f"a velha ponte sobre o rio {n % 6}"] for n in range(40)]
    ours = measure(metric, translations, references)
    kind, _ = SACREBLEU[metric.key]
    theirs = kind(**CORPUS[metric.key]).corpus_score(translations, streams(references), n_bootstrap=1000)
    scores = metric.of_sums(resampled(ours.statistics))
    assert np.mean(scores) == pytest.approx(theirs._mean, abs=1e-4)
    ordered = np.sort(scores)
    assert (ordered[-26] - ordered[25]) / 2 == pytest.approx(theirs._ci, abs=1e-4)


@given(st.integers(1, 40), st.integers(1, 30))
def test_every_resample_draws_as_many_segments_as_there_are(segments, resamples):
    counts = np.vstack(list(draws(segments, resamples)))
    assert counts.shape == (resamples, segments)
    assert (counts.sum(axis=1) == segments).all()
