"""What every metric does: scores sums of its rows, knows what is better, and is in each place where figures are."""

import dataclasses
import json

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tm.cli import group
from tm.direction import Direction
from tm.model import Pair, Segment, Unit, Variant
from tm.scoring import compare, metrics, score, score_page
from tm.scoring.metrics import measure
from tm.scoring.thresholds import missed, parse, thresholds
from tm.store import open_store

REFERENCE = "A velha ponte sobre o rio foi fechada em 2018."
WORSE = "Ponte."
FR_PT = Direction("fr", "pt")


@pytest.fixture
def report(tmp_path):
    with open_store(tmp_path / "memory.tm", create=True) as store:
        store.add(
            Unit((Variant("fr", Segment(f"Le pont {name}.")), Variant("pt", Segment(f"{REFERENCE} {name}"))))
            for name in "abcde"
        )
        sources = [Segment(f"Le pont {name}.") for name in "abcde"]
        for first, second in ((f"{REFERENCE} a", WORSE),):
            targets = [Segment(text) for text in (first, second, REFERENCE, REFERENCE, WORSE)]
        job = [Pair(source, target) for source, target in zip(sources, targets, strict=True)]
        worse = [Pair(source, Segment(WORSE)) for source in sources]
        return score(job, store, [], FR_PT), score(worse, store, [], FR_PT)


def test_it_has_a_key_of_its_own_and_a_name(metric):
    assert [each.key for each in metrics()].count(metric.key) == 1
    assert metric.key.isidentifier()
    assert metric.key.islower()
    assert metric.name


def test_what_is_the_reference_is_best_and_what_is_better_scores_so(metric):
    same, worse = (measure(metric, [text], [[REFERENCE]]).score for text in (REFERENCE, WORSE))
    assert (same > worse) == metric.higher_is_better
    assert same != worse


rows = st.lists(
    st.tuples(
        st.sampled_from(["", " ", REFERENCE, WORSE, "12 %", "古い橋", "e\u0301"]) | st.text(max_size=12),
        st.lists(st.sampled_from(["", REFERENCE, "ponte", "橋"]), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=5,
)


@given(drawn=rows, target=st.sampled_from(["", "pt-BR", "ja"]))
def test_rows_are_finite_and_their_sums_are_scored(metric, drawn, target):
    texts, references = (list(side) for side in zip(*drawn, strict=True))
    measured = measure(metric, texts, references, target)
    statistics = measured.statistics
    assert statistics.shape == (len(texts), metric.columns)
    assert statistics.dtype == np.float64
    assert np.isfinite(statistics).all()
    sums = np.vstack([statistics, statistics.sum(axis=0), np.zeros(metric.columns)])
    scores = metric.of_sums(sums)
    assert scores.shape == (len(texts) + 2,)
    assert np.isfinite(scores).all()
    assert measured.score == pytest.approx(scores[-2])
    assert len(measured.segments) == len(texts)
    again = measure(metric, texts, references, target)
    assert (again.score, again.signature, again.segments) == (
        measured.score,
        measured.signature,
        measured.segments,
    )


def test_the_best_of_several_references_counts(metric):
    one, several = (measure(metric, [REFERENCE], [texts]) for texts in ([REFERENCE], [WORSE, REFERENCE]))
    assert measure(metric, [REFERENCE], [[WORSE]]).score != one.score
    better = several.score >= measure(metric, [REFERENCE], [[WORSE]]).score
    assert better == metric.higher_is_better or several.score == one.score
    assert several.signature != one.signature


def test_it_says_what_its_figure_depends_on(metric):
    signature = measure(metric, [REFERENCE], [[REFERENCE]]).signature
    assert "nrefs:1" in signature
    assert "version:" in signature


def test_it_is_in_the_report_the_page_and_the_comparison(metric, report):
    first, second = report
    figure = first.agreement.scores[metric.key]
    assert (figure.name, figure.segments) == (metric.name, 5)
    assert figure.low <= figure.value <= figure.high
    assert metric.key in first.rows[0].scores
    assert (
        json.loads(json.dumps(dataclasses.asdict(first)))["agreement"]["scores"][metric.key]["value"]
        == figure.value
    )
    assert metric.name in score_page(first, title="Score")
    figures = compare(first, second).figures[metric.key]
    assert (figures.first > figures.second) == metric.higher_is_better
    assert 0 < figures.bootstrap <= 1


def test_a_build_can_demand_it(metric, report):
    first, _ = report
    value = first.agreement.scores[metric.key].value
    assert metric.name in thresholds()[metric.key].about
    better, worse = (value + 1, value - 1) if metric.higher_is_better else (value - 1, value + 1)
    assert missed(first, parse(f"{metric.key}={value}")) == []
    assert missed(first, parse(f"{metric.key}={worse}")) == []
    (line,) = missed(first, parse(f"{metric.key}={better}"))
    assert line.startswith(f"{metric.key} is ")


def test_the_command_shows_it_and_fails_by_it(metric, tmp_path):
    memory, job = tmp_path / "memory.tm", tmp_path / "job.tsv"
    with open_store(memory, create=True) as store:
        store.add([Unit((Variant("fr", Segment("Le pont.")), Variant("pt", Segment(REFERENCE))))])
    job.write_text(f"fr\tpt\nLe pont.\t{WORSE}\n", encoding="utf-8")
    demand = f"{metric.key}={1000 if metric.higher_is_better else 0}"
    result = CliRunner().invoke(group, ["score", str(job), "-m", str(memory), "--fail-under", demand])
    assert result.exit_code == 1, result.output
    assert f"missed: {metric.key} is " in result.output
    assert metric.name in result.output
