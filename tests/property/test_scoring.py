"""Our figures are sacrebleu's, to the last digit, on any text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF, TER

from tm.language import nfc
from tm.scoring.overlap import METRICS, measure
from tm.scoring.uncertainty import draws, intervals, resampled

SACREBLEU = {
    "bleu": (BLEU, {"effective_order": True}),
    "chrf": (CHRF, {"word_order": 2}),
    "ter": (TER, {}),
}
CORPUS = {"bleu": {}, "chrf": {"word_order": 2}, "ter": {}}

word = st.sampled_from(
    "o a ponte pontes velha Velha de do, rio. (rio) não sim! 2018 3,5 l'eau e\u0301te …".split()
)
sentence = st.lists(word, max_size=12).map(" ".join)
segment = st.one_of(sentence, st.text(max_size=30), st.sampled_from(["", " ", "ponte"]))
row = st.tuples(segment, st.lists(segment, min_size=1, max_size=3))
job = st.lists(row, min_size=1, max_size=6)


def streams(references):
    most = max(map(len, references))
    return [[nfc(r[i]) if i < len(r) else None for r in references] for i in range(most)]


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
@given(rows=job)
@settings(deadline=None, max_examples=150)
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


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_the_resamples_are_sacrebleus(metric):
    translations = [f"a ponte {'velha ' * (n % 5)}sobre o rio {n % 7}" for n in range(40)]
    references = [[f"a velha ponte sobre o rio {n % 6}"] for n in range(40)]
    ours = measure(metric, translations, references)
    kind, _ = SACREBLEU[metric.key]
    theirs = kind(**CORPUS[metric.key]).corpus_score(translations, streams(references), n_bootstrap=1000)
    scores = metric.of_sums(resampled(ours.statistics))
    assert np.mean(scores) == pytest.approx(theirs._mean, abs=1e-4)
    ((low, high),) = intervals([(ours.statistics, metric.of_sums)])
    assert (high - low) / 2 == pytest.approx(theirs._ci, abs=1e-4)


@given(st.integers(1, 40), st.integers(1, 30))
@settings(deadline=None, max_examples=30)
def test_every_resample_draws_as_many_segments_as_there_are(segments, resamples):
    counts = np.vstack(list(draws(segments, resamples)))
    assert counts.shape == (resamples, segments)
    assert (counts.sum(axis=1) == segments).all()
