"""The score of a job: what it stands on, what it says, and what it must not say."""

import json
import sys
import xml.etree.ElementTree as ET

import lxml.html
import pytest
from click.testing import CliRunner
from sacrebleu.metrics import BLEU, CHRF, TER

from tm.cli import group, main
from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.memory.leverage import BANDS
from tm.model import Annotation, Concept, Pair, Segment, Term, Unit, Variant
from tm.scoring import compare, overlap, score, score_page
from tm.scoring.metrics import measure
from tm.scoring.thresholds import missed, parse, thresholds
from tm.scoring.uncertainty import draws
from tm.store import open_store

MEMORY = [
    ("Le vieux pont franchit la rivière depuis trois siècles.", "A velha ponte cruza o rio há três séculos."),
    (
        "Le pont a été fermé en 2018 après une longue dispute.",
        "A ponte foi fechada em 2018 após uma longa disputa.",
    ),
    ("Les bateaux attendent devant l'écluse ouverte.", "Os barcos esperam diante da eclusa aberta."),
]
JOB = [
    ("Le vieux pont franchit la rivière depuis trois siècles.", "A velha ponte cruza o rio há três séculos."),
    (
        "Le pont a été fermé en 2018 après une longue dispute.",
        "Fecharam a ponte em 2008 depois de uma briga.",
    ),
    ("Les bateaux attendent devant l'écluse fermée.", "Os barcos esperam diante da eclusa fechada."),
    ("Personne ne connaît la profondeur du canal.", "Personne ne connaît la profondeur du canal."),
]
GLOSSARY = [
    Concept("1", (Term("écluse", "fr"), Term("eclusa", "pt-BR"))),
    Concept("2", (Term("dispute", "fr"), Term("disputa", "pt-BR"))),
]


def unit(source, target, **properties):
    annotations = tuple(
        Annotation("prop", text, type=name.replace("_", "-")) for name, text in properties.items()
    )
    variants = (Variant("fr", Segment(source)), Variant("pt-BR", Segment(target)))
    return Unit(variants, annotations=annotations)


def pairs(texts):
    return [Pair(Segment(source), Segment(target)) for source, target in texts]


@pytest.fixture
def store():
    with open_store(":memory:", create=True) as memory:
        memory.add(unit(*texts) for texts in MEMORY)
        yield memory


@pytest.fixture(scope="module")
def report():
    with open_store(":memory:", create=True) as memory:
        memory.add(unit(*texts) for texts in MEMORY)
        return score(pairs(JOB), memory, GLOSSARY, Direction("fr", "pt-BR"))


# ------------------------------------------------------------------------------------------------- the headline


def test_the_headline_stands_on_sources_the_memory_has_and_on_nothing_else(report):
    translations, references = ([texts[1] for texts in these[:2]] for these in (JOB, MEMORY))
    assert report.agreement.segments == 2
    for metric, theirs in zip(
        (overlap.BLEU, overlap.CHRF, overlap.CHRF2, overlap.TER),
        (BLEU(), CHRF(word_order=2), CHRF(), TER()),
        strict=True,
    ):
        found = report.agreement.scores[metric.key]
        assert found.value == theirs.corpus_score(translations, [references]).score
        assert found.signature == str(theirs.get_signature())


def test_figures_of_a_segment_are_those_of_sacrebleu_for_it_alone(report):
    for row, (_, reference) in zip(report.rows[:3], MEMORY, strict=True):
        assert row.scores == {
            "bleu": BLEU(effective_order=True).sentence_score(row.translation, [reference]).score,
            "chrf": CHRF(word_order=2).sentence_score(row.translation, [reference]).score,
            "chrf2": CHRF().sentence_score(row.translation, [reference]).score,
            "ter": TER().sentence_score(row.translation, [reference]).score,
        }
    assert report.rows[3].scores == {}


def test_identical_translations_are_counted(report):
    assert report.agreement.identical.value == 0.5
    assert [row.identical for row in report.rows] == [True, False, False, False]


def test_fuzzy_bands_stand_apart(report):
    assert [(band.band, band.segments) for band in report.bands] == [("85–94", 1)]
    assert report.bands[0].identical is None


def test_every_translation_that_the_memory_has_is_a_reference(store):
    store.add([unit(MEMORY[0][0], "A ponte velha atravessa o rio há trezentos anos.")], on_same="both")
    job = [(MEMORY[0][0], "A ponte velha atravessa o rio há trezentos anos."), JOB[1]]
    report = score(pairs(job), store, [], Direction("fr", "pt-BR"))
    assert len(report.rows[0].references) == 2
    assert report.rows[0].identical
    assert report.agreement.segments == 2
    assert "nrefs:var" in report.agreement.scores["bleu"].signature


def test_more_translations_of_one_source_than_are_looked_up_at_first_are_all_references(store):
    others = [f"A velha ponte cruza o rio há {n} séculos." for n in "um dois quatro cinco seis sete".split()]
    store.add([unit(MEMORY[0][0], text) for text in others], on_same="both")
    report = score(pairs(JOB[:1]), store, [], Direction("fr", "pt-BR"))
    assert set(report.rows[0].references) == {MEMORY[0][1], *others}


def test_another_variety_is_a_reference_only_where_there_is_no_other(store):
    european = Variant("fr", Segment(MEMORY[0][0])), Variant("pt-PT", Segment("A ponte atravessa o rio."))
    store.add([Unit(european)], on_same="both")
    assert score(pairs(JOB[:1]), store, [], Direction("fr", "pt-BR")).rows[0].references == (MEMORY[0][1],)
    assert score(pairs(JOB[1:2]), store, [], Direction("fr", "pt-PT")).rows[0].references == (MEMORY[1][1],)


def test_a_source_that_differs_in_its_numbers_only_is_scored_against_adapted_numbers(store):
    job = [("Le pont a été fermé en 2021 après une longue dispute.", MEMORY[1][1].replace("2018", "2021"))]
    report = score(pairs(job), store, [], Direction("fr", "pt-BR"))
    assert report.agreement.identical.value == 1.0


def test_typography_is_told_apart_from_words(store):
    store.add([unit("L'eau de l'écluse monte.", "A 'água' da 'eclusa' sobe."), unit(*MEMORY[1])])
    job = [("L’eau de l’écluse monte.", "A ‘água’ da ‘eclusa’ sobe.")]
    report = score(pairs(job), store, [], Direction("fr", "pt-BR"))
    assert report.agreement.scores["bleu"].value < 60
    assert report.agreement.folded["bleu"].value > 99.9
    assert not report.agreement.identical.value


def test_composed_and_decomposed_accents_are_the_same(store):
    decomposed = MEMORY[0][1].replace("é", "e\u0301").replace("á", "a\u0301")
    report = score(pairs([(MEMORY[0][0], decomposed)]), store, [], Direction("fr", "pt-BR"))
    assert report.agreement.identical.value == 1.0
    assert report.agreement.folded == {}


def test_units_that_came_from_the_job_itself_are_left_out(store):
    store.add([unit(*JOB[3], x_document="job.tsv")])
    report = score(pairs(JOB), store, [], Direction("fr", "pt-BR"), files=["folder/job.tsv"])
    assert report.rows[3].band == "new"
    assert score(pairs(JOB), store, [], Direction("fr", "pt-BR")).rows[3].band == "100"


# ------------------------------------------------------------------------------------------------- the rest


def test_coverage_has_every_band_in_order_and_adds_up(report):
    assert tuple(count.band for count in report.coverage) == BANDS
    assert sum(count.segments for count in report.coverage) == len(JOB)
    assert {c.band: c.segments for c in report.coverage if c.segments} == {"100": 2, "85–94": 1, "new": 1}
    assert sum(count.characters for count in report.coverage) == sum(len(source) for source, _ in JOB)


def test_a_segment_that_stood_before_in_the_job_is_a_repetition(store):
    report = score(pairs([JOB[3], JOB[0], JOB[3], JOB[0]]), store, [], Direction("fr", "pt-BR"))
    assert [row.band for row in report.rows] == ["new", "100", "repetitions", "100"]


def test_the_segment_before_is_context(store):
    store.add([unit("Il pleut.", "Chove.", x_previous=JOB[0][0])])
    report = score(pairs([JOB[0], ("Il pleut.", "Chove.")]), store, [], Direction("fr", "pt-BR"))
    assert report.rows[1].band == "101"


def test_drift_is_what_left_the_memory_though_the_source_did_not(report):
    assert report.drifted == (2,)
    assert report.rows[0].drift == 0.0
    assert report.rows[3].drift is None


@pytest.mark.parametrize(("kept", "drifted"), [(7, (1,)), (8, ())])
def test_drift_begins_at_three_tenths(store, kept, drifted):
    source, words = "un deux trois", "a b c d e f g h i j".split()
    store.add([unit(source, " ".join(words))])
    job = pairs([(source, " ".join([*words[:kept], *"uvwxyz"[: 10 - kept]]))])
    report = score(job, store, [], Direction("fr", "pt-BR"))
    assert (report.rows[0].drift, report.drifted) == ((10 - kept) / 10, drifted)


def test_drift_is_against_the_nearest_of_several_translations(store):
    other = "A velha passagem atravessa as águas desde o tempo dos reis."
    store.add([unit(MEMORY[0][0], other)], on_same="both")
    for text in (other, MEMORY[0][1]):
        report = score(pairs([(MEMORY[0][0], text)]), store, [], Direction("fr", "pt-BR"))
        assert (report.rows[0].drift, report.drifted) == (0.0, ())
    fuzzy = MEMORY[0][0].replace("trois", "quatre")
    report = score(pairs([(fuzzy, other)]), store, [], Direction("fr", "pt-BR"))
    assert (report.rows[0].exact, report.drifted) == (False, ())


@pytest.mark.parametrize(
    ("source", "stored", "new", "drifted"),
    [
        ("Ouvrir", "Abrir", "Aberto", ()),
        ("Vider le panier", "Esvaziar carrinho", "Limpar cesta", ()),
        ("Vider le panier", "Esvaziar o carrinho", "Limpar esta cesta", (1,)),
    ],
)
def test_one_or_two_other_words_are_no_drift_however_short_the_segment(source, stored, new, drifted):
    with open_store(":memory:", create=True) as store:
        store.add([unit(source, stored)])
        assert score(pairs([(source, new)]), store, [], Direction("fr", "pt-BR")).drifted == drifted


def test_characters_are_counted_of_the_composed_text(store):
    for text in ("L'été à la ferme.", "L'e\u0301te\u0301 a\u0300 la ferme."):
        report = score(pairs([(text, "O verão na quinta.")]), store, [], Direction("fr", "pt-BR"))
        assert sum(count.characters for count in report.coverage) == 17


def test_an_empty_translation_is_unfinished_whoever_gives_it(store):
    report = score(pairs([*JOB[:2], (JOB[2][0], " ")]), store, [], Direction("fr", "pt-BR"))
    assert (report.segments, report.unfinished.waiting, report.findings[0].segment) == (2, 1, 2)
    assert "empty" not in {finding.check for finding in report.findings}


def test_figures_stand_by_what_made_the_memorys_unit(store):
    store.add([unit("Il pleut sur le pont.", "Chove na ponte.", x_origin="aligned")])
    store.add([unit("Il neige sur le pont.", "Neva na ponte.", x_origin="reviewed")])
    job = [
        *MEMORY[:2],
        ("Il pleut sur le pont.", "Está chovendo."),
        ("Il neige sur le pont.", "Neva na ponte."),
    ]
    report = score(pairs(job), store, [], Direction("fr", "pt-BR"))
    assert [(each.band, each.origin, each.segments) for each in report.origins] == [
        ("exact", "not said", 2),
        ("exact", "aligned", 1),
        ("exact", "person", 1),
    ]
    expected = TER().corpus_score(["Está chovendo."], [["Chove na ponte."]]).score
    assert [each.scores["ter"].value for each in report.origins] == [0, expected, 0]


def test_only_the_segments_with_references_in_another_variety_are_warned_of(store):
    store.add([unit("Il pleut.", "Chove.")])
    store.add([Unit((Variant("fr", Segment("Il neige.")), Variant("pt-PT", Segment("Neva."))))])
    job = [("Il pleut.", "Chove."), ("Il neige.", "Neva.")]
    (_, warning) = score(pairs(job), store, [], Direction("fr", "pt-PT")).warnings
    assert warning.startswith(
        "in 1 of 2 segments the memory's translations are pt-BR, those of the job pt-PT"
    )


def test_references_may_come_from_elsewhere(store):
    references = [("A velha ponte.", "A ponte antiga."), (), ("Os barcos.",), ("O canal.",)]
    report = score(
        pairs(JOB),
        store,
        [],
        Direction("fr", "pt-BR"),
        references=references,
        reference_files=["a.tsv", "b.tsv"],
    )
    assert report.agreement.segments == 3
    assert [row.references for row in report.rows] == [
        references[0],
        (MEMORY[1][1],),
        references[2],
        references[3],
    ]
    streams = [["A velha ponte.", "Os barcos.", "O canal."], ["A ponte antiga.", None, None]]
    texts = [JOB[place][1] for place in (0, 2, 3)]
    assert report.agreement.scores["chrf"].value == CHRF(word_order=2).corpus_score(texts, streams).score
    assert report.rows[0].drift == 0


def test_terms_are_counted_by_concept(report):
    assert (report.terms.kept, report.terms.wanted) == (1, 2)
    assert report.terms.score.value == 0.5
    assert {use.term: (use.kept, use.missing) for use in report.terms.concepts} == {
        "écluse": (1, 0),
        "dispute": (0, 1),
    }


def test_a_forbidden_form_is_counted_apart_from_a_missing_one(store):
    terms = (Term("écluse", "fr"), Term("eclusa", "pt-BR"), Term("comporta", "pt-BR", status="forbidden"))
    job = [("L'écluse.", "A comporta."), ("L'écluse.", "O canal."), ("L'écluse.", "A eclusa.")]
    (use,) = score(pairs(job), store, [Concept("1", terms)], Direction("fr", "pt-BR")).terms.concepts
    assert (use.wanted, use.kept, use.forbidden, use.missing) == (3, 1, 1, 1)


def test_without_a_glossary_there_is_no_figure_for_terms(store):
    assert score(pairs(JOB), store, [], Direction("fr", "pt-BR")).terms.score is None


def test_consistency_tells_the_job_and_the_memory_apart(store):
    job = [JOB[0], JOB[1], ("Fermé.", "Fechado."), ("fermé.", "Encerrado."), ("Clos.", "Fechado.")]
    found = score(pairs(job), store, [], Direction("fr", "pt-BR")).consistency
    assert [(each.segments, each.others) for each in found.sources] == [((3, 4), ("Fechado.", "Encerrado."))]
    assert [each.others for each in found.targets] == [("Fermé.", "Clos.")]
    assert (found.repeated, found.alike) == (1, 0)
    assert (found.known, found.kept) == (2, 1)
    assert [(each.segments, each.others) for each in found.unlike_memory] == [
        ((2,), (JOB[1][1], MEMORY[1][1]))
    ]


def test_a_source_that_the_memory_has_in_two_ways_may_be_either(store):
    store.add([unit(MEMORY[0][0], "A ponte velha.")], on_same="both")
    found = score(pairs([MEMORY[0]]), store, [], Direction("fr", "pt-BR")).consistency
    assert (found.known, found.kept, found.sources, found.unlike_memory) == (1, 1, (), ())


def test_findings_stand_with_their_segment(report):
    assert [finding.check for finding in report.rows[1].findings] == ["number", "term"]
    assert [finding.check for finding in report.rows[3].findings] == ["untranslated"]


def test_few_segments_are_warned_of(report):
    assert "the memory has only 2 of the sources exactly" in report.warnings[0]


@pytest.mark.parametrize(("target", "warned"), [("pt-PT", True), ("pt-BR", False), ("pt", False)])
def test_references_in_another_variety_are_warned_of(store, target, warned):
    report = score(pairs(JOB), store, [], Direction("fr", target))
    what = "the memory's translations are pt-BR, those of the job pt-PT: varieties differ in words"
    assert (what in report.warnings) == warned


def test_a_job_the_memory_knows_nothing_of_has_no_headline(store):
    report = score(pairs(JOB[3:]), store, [], Direction("fr", "pt-BR"))
    assert (report.agreement.segments, report.agreement.scores, report.agreement.identical) == (0, {}, None)
    assert "nothing to agree with" in report.warnings[0]


def test_intervals_hold_the_figure_and_are_the_same_every_time(store):
    report, again = (score(pairs(JOB[:2] * 3), store, GLOSSARY, Direction("fr", "pt-BR")) for _ in range(2))
    for found in report.agreement.scores.values():
        assert found.low <= found.value <= found.high
    assert again == report


def test_a_metric_of_a_few_segments_has_no_interval(report):
    assert [found.low for found in report.agreement.scores.values()] == [None] * 4


def test_draws_do_not_depend_on_how_many_are_held_at_a_time(monkeypatch):
    whole = [block.tolist() for block in draws(7, resamples=20)]
    monkeypatch.setattr("tm.scoring.uncertainty._CELLS", 21)
    parts = [row for block in draws(7, resamples=20) for row in block.tolist()]
    assert [parts] == whole


# ------------------------------------------------------------------------------------------------- overlap


def test_lists_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="2 translations, but references for 1"):
        measure(overlap.BLEU, ["a", "b"], [["a"]])


@pytest.mark.parametrize("references", [["a ponte"], [[]]])
def test_a_translation_without_a_list_of_references_is_refused(references):
    with pytest.raises(ValueError, match="a list of references, one at least"):
        measure(overlap.BLEU, ["a ponte"], references)


def test_languages_without_spaces_have_a_tokenizer_of_their_own():
    assert "tok:zh" in measure(overlap.BLEU, ["古桥"], [["古老的桥"]], "zh-CN").signature
    assert "tok:char" in measure(overlap.BLEU, ["古い橋"], [["橋"]], "ja").signature


# ------------------------------------------------------------------------------------------------- comparison


def test_a_comparison_stands_on_the_same_segments_and_shows_those_that_differ(store, report):
    better = [JOB[0], (JOB[1][0], "A ponte foi fechada em 2018 depois de uma briga."), *JOB[2:]]
    found = compare(score(pairs(better), store, [], Direction("fr", "pt-BR")), report)
    assert (found.segments, found.unequal) == (2, 1)
    assert [each.number for each in found.differing] == [2]
    assert found.figures["chrf"].first > found.figures["chrf"].second
    assert found.figures["bleu"].second == report.agreement.scores["bleu"].value


def test_segments_that_only_one_side_may_take_from_the_memory_are_not_compared(store):
    store.add([unit("Il pleut.", "Chove.", x_document="rain.tsv")])
    job = pairs([JOB[0], ("Il pleut.", "Chove muito.")])
    sides = [score(job, store, [], Direction("fr", "pt-BR"), files=files) for files in (["rain.tsv"], [])]
    assert [side.agreement.segments for side in sides] == [1, 2]
    assert compare(*sides).segments == compare(*reversed(sides)).segments == 1


def test_terms_and_findings_of_both_translations_are_compared(store, report):
    other = score(pairs([JOB[0], MEMORY[1], *JOB[2:]]), store, GLOSSARY, Direction("fr", "pt-BR"))
    found = compare(report, other)
    assert (found.terms.first, found.terms.second, found.unequal_terms) == (0.5, 1.0, 1)
    assert [(each.severity, each.check, each.first, each.second) for each in found.findings] == [
        ("error", "number", 1, 0),
        ("error", "untranslated", 1, 1),
        ("warning", "term", 1, 0),
    ]


def test_jobs_without_terms_have_none_to_compare(store):
    plain = score(pairs(JOB), store, [], Direction("fr", "pt-BR"))
    assert compare(plain, plain).terms is None


def test_equal_translations_do_not_differ(report):
    found = compare(report, report)
    assert found.unequal == 0
    assert {each.randomisation for each in found.figures.values()} == {1 / 10_001}


@pytest.mark.parametrize(
    ("other", "message"),
    [(JOB[:3], "4 and 3 segments"), ([JOB[0], JOB[0], *JOB[2:]], "segment 2: the two jobs have different")],
)
def test_jobs_with_other_sources_are_not_compared(store, report, other, message):
    with pytest.raises(OptionError, match=message):
        compare(report, score(pairs(other), store, [], Direction("fr", "pt-BR")))


def test_jobs_the_memory_knows_nothing_of_have_no_figures(store):
    unknown = score(pairs(JOB[3:]), store, [], Direction("fr", "pt-BR"))
    assert compare(unknown, unknown).figures == {}


# ------------------------------------------------------------------------------------------------- thresholds


def test_a_threshold_that_is_met_says_nothing(report):
    assert missed(report, {"chrf": 1.0, "ter": 100.0, "errors": 2.0, "drift": 1.0}) == []


def test_a_missed_threshold_names_both_numbers(report):
    assert missed(report, {"terms": 0.9, "errors": 0.0}) == [
        "terms is 0.5, less than 0.9",
        "errors is 2, more than 0",
    ]


@pytest.mark.parametrize(
    ("name", "job", "glossary", "why"),
    [
        ("bleu", JOB[3:], [], "the memory has none of the sources"),
        ("identical", JOB[2:], [], "the memory has none of the sources"),
        ("drift", JOB[3:], [], "the memory has nothing like the sources"),
        ("terms", JOB, [], "there is no glossary (--terms)"),
        ("terms", JOB[3:], GLOSSARY, "no term of the glossary is in the sources"),
        ("terms", [], GLOSSARY, "no segment of the job is finished"),
        ("errors", [], [], "no segment of the job is finished"),
        (
            "leverage",
            [("Oui.", "")],
            [],
            "no segment of the job is finished (1 unfinished: 1 waits for translation)",
        ),
    ],
)
def test_a_figure_that_could_not_be_measured_meets_no_demand(store, name, job, glossary, why):
    report = score(pairs(job), store, glossary, Direction("fr", "pt-BR"))
    assert missed(report, {name: 0.0}) == [f"{name} could not be measured: {why}"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("chfr=60", "did you mean chrf"),
        ("xyzzy=1", "known are bleu"),
        ("chrf", "no number"),
        ("chrf=sixty", "no number"),
    ],
)
def test_a_threshold_that_makes_no_sense_is_answered(text, message):
    with pytest.raises(OptionError, match=message):
        parse(text)


@pytest.mark.parametrize("name", thresholds())
def test_every_threshold_has_a_figure(report, name):
    assert thresholds()[name].figure(report) is not None


# ------------------------------------------------------------------------------------------------- the page


def test_the_page_holds_every_figure_segment_and_finding(report):
    page = score_page(report, title="Ponts")
    text = lxml.html.fromstring(page).text_content()
    for each in report.agreement.scores.values():
        assert f"{each.value:.2f}" in text
        assert each.signature in text
    for row in report.rows:
        assert row.source[:20] in text
        assert all(finding.message in text for finding in row.findings)


def test_the_page_shows_what_differs_from_the_memory_the_worst_first(report):
    page = lxml.html.fromstring(score_page(report, title="Ponts"))
    items = page.xpath("//li[@data-item]")
    assert [item.get("data-number") for item in items] == ["2", "4", "3", "1"]
    assert [item.get("data-worst") for item in items] == ["1", "2", "3", "4"]
    assert items[3].xpath(".//del | .//ins") == []
    struck = " ".join(each.text_content() for each in items[0].xpath(".//div[@class='target']//del"))
    assert "disputa" in struck
    assert [item.get("data-state") for item in items] == [
        "errors findings different drift",
        "errors findings",
        "",
        "",
    ]


def test_the_page_shows_missed_demands_and_the_other_translation(store, report):
    other = score(pairs([JOB[0], MEMORY[1], *JOB[2:]]), store, GLOSSARY, Direction("fr", "pt-BR"))
    demands = missed(report, {"chrf": 99.0})
    page = lxml.html.fromstring(
        score_page(report, title="Ponts", comparison=compare(report, other), missed=demands)
    )
    text = " ".join(page.text_content().split())
    assert f"missed: {demands[0]}" in text
    assert "Compared with the other translation" in text
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//table[@class='report']//tr")]
    assert ["terms", "50\u00a0%", "100\u00a0%", "", ""] in rows
    assert ["number", "1", "0", "error"] in rows


def test_a_line_of_a_segment_has_two_columns_its_number_and_its_text(report):
    page = lxml.html.fromstring(score_page(report, title="Ponts"))
    lines = page.xpath("//li[@data-item]//p")
    assert page.xpath("//li[@data-item]//p//mark")
    assert {len(line) for line in lines} == {2}


def test_no_text_becomes_markup_on_the_page(store):
    nasty = "<script>alert(1)</script>\"'{{ 7 * 7 }}\x1b[31m"
    concepts = [Concept("1", (Term(nasty, "fr"), Term(nasty, "pt-BR")))]
    job = [
        Pair(Segment(f"{nasty} {MEMORY[0][0]}"), Segment(nasty)),
        Pair(Segment(MEMORY[0][0]), Segment(nasty)),
    ]
    page = lxml.html.fromstring(
        score_page(score(job, store, concepts, Direction("fr", "pt-BR")), title=nasty)
    )
    assert len(page.xpath("//script")) == 1
    assert "{{ 7 * 7 }}" in page.text_content()
    assert "\x1b" not in page.text_content()


# ------------------------------------------------------------------------------------------------- the command


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with open_store("memory.tm", create=True) as memory:
        memory.add(unit(*texts) for texts in MEMORY)
    tsv = "".join("\t".join(texts) + "\n" for texts in JOB)
    (tmp_path / "job.tsv").write_text(tsv, encoding="utf-8")
    (tmp_path / "terms.tsv").write_text("fr\tpt-BR\nécluse\teclusa\ndispute\tdisputa\n", encoding="utf-8")
    for name, column in (("source.txt", 0), ("translation.txt", 1)):
        text = "".join(texts[column] + "\n" for texts in JOB)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(group, ["score", *arguments])


def test_the_table_says_what_the_report_says(folder, report):
    shown = run("job.tsv", "--terms", "terms.tsv")
    assert shown.exit_code == 0, shown.output
    for each in report.agreement.scores.values():
        assert f"{each.value:.2f}" in shown.stdout
        assert each.signature in shown.stdout
    for line in ("1 of 2", "error: number 2018 in the source, 2008 in the translation", "ouverte → fermée"):
        assert line in shown.stdout


def test_json_is_one_object_with_every_number(folder, report):
    shown = run("job.tsv", "--terms", "terms.tsv", "--json")
    fields = json.loads(shown.stdout)
    assert fields["schema"] == 1
    assert fields["agreement"]["scores"]["chrf"]["value"] == report.agreement.scores["chrf"].value
    assert len(fields["rows"]) == len(JOB)


def test_the_page_is_written_as_asked(folder):
    assert run("job.tsv", "--html", "score.html").exit_code == 0
    assert (folder / "score.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_two_text_files_are_a_job(folder):
    table, lines = run("job.tsv"), run("source.txt", "translation.txt")
    assert lines.exit_code == 0, lines.output
    assert lines.stdout.replace("translation.txt", "job.tsv") == table.stdout


def test_text_files_of_different_lengths_are_refused(folder):
    (folder / "short.txt").write_text("Só uma.\n", encoding="utf-8")
    failure = run("source.txt", "short.txt").exception
    assert isinstance(failure, FormatError)
    assert "4 and 1 lines" in str(failure)


def test_another_translation_is_compared(folder):
    text = (folder / "job.tsv").read_text(encoding="utf-8").replace("em 2008", "em 2018")
    (folder / "better.tsv").write_text(text, encoding="utf-8")
    shown = run("better.tsv", "--compare", "job.tsv")
    assert "on 2 segments the memory has" in shown.stdout
    assert "on 1 segment only" in shown.stdout
    assert shown.stdout.index("p randomisation") < shown.stdout.index("p bootstrap")
    assert "  error     number           0      1\n" in shown.stdout
    fields = json.loads(run("better.tsv", "--compare", "job.tsv", "--json").stdout)
    assert fields["comparison"]["figures"]["ter"]["first"] < fields["comparison"]["figures"]["ter"]["second"]


@pytest.mark.parametrize(
    "names", [("job.fr", "job.pt", "other.pt"), ("wmt.src", "wmt.hyp", "wmt.old"), ("a", "b", "c")]
)
def test_two_line_files_of_any_name_are_a_job_and_so_is_the_other_translation(folder, names):
    sources, texts, others = names
    for name, lines in zip(
        names,
        ([s for s, _ in JOB], [t for _, t in JOB], [t.replace("2008", "2018") for _, t in JOB]),
        strict=True,
    ):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    shown = run(sources, texts, "-s", "fr", "-t", "pt-BR", "--compare", others)
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith("4 segments, fr → pt-BR\n")
    assert "Compared with the other translation, on 2 segments" in shown.stdout


def test_references_are_files_by_line_or_by_source(folder):
    (folder / "mine.fr").write_text("Oui.\nNon.\nOui.\n", encoding="utf-8")
    (folder / "mine.pt").write_text("Sim.\nNão.\nPois.\n", encoding="utf-8")
    (folder / "first.pt").write_text("Sim.\n\nPois.\n", encoding="utf-8")
    (folder / "second.tsv").write_text("fr\tpt-BR\nNon.\tNão.\nPeut-être.\tTalvez.\n", encoding="utf-8")
    shown = run(
        "mine.fr", "mine.pt", "--reference", "first.pt", "--reference", "second.tsv", "--json", "-m", "no.tm"
    )
    assert shown.exit_code == 0, shown.output
    fields = json.loads(shown.stdout)
    assert [row["references"] for row in fields["rows"]] == [["Sim."], ["Não."], ["Pois."]]
    assert (fields["agreement"]["identical"]["value"], fields["reference_files"]) == (
        1,
        ["first.pt", "second.tsv"],
    )


def test_a_machines_job_is_not_listed_against_the_memory(folder):
    with open_store("machine.tm", create=True) as made:
        made.add([unit(*texts, x_origin="machine") for texts in JOB])
    CliRunner().invoke(group, ["export", "machine.tmx", "-m", "machine.tm"])
    shown = run("machine.tmx").stdout
    assert "against the memory: 1 of 2 sources that it has are translated as there\n\nSegments" in shown
    assert "    1 otherwise\n" in run("job.tsv").stdout


def test_a_build_server_gets_annotations_and_junit(folder):
    shown = run("job.tsv", "--github", "--junit", "score.xml", "--fail-under", "chrf=99")
    assert "::error file=job.tsv,line=2,title=number::number 2018" in shown.stdout
    assert "::error title=threshold::chrf is" in shown.stdout
    suite = ET.parse(folder / "score.xml").getroot()
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert failed == ["number", "untranslated", "chrf"]
    assert (suite.get("tests"), suite.get("failures")) == (str(len(suite)), "3")


def test_a_missed_threshold_is_exit_code_1(folder):
    shown = run("job.tsv", "--fail-under", "chrf=99")
    assert shown.exit_code == 1
    assert "missed: chrf is" in shown.stderr


def test_a_threshold_without_its_figure_is_missed_and_says_why(folder):
    shown = run("job.tsv", "--fail-under", "terms=0.9", "--github")
    assert shown.exit_code == 1
    assert "missed: terms could not be measured: there is no glossary (--terms)" in shown.stderr
    assert "::error title=threshold::terms could not be measured" in shown.stdout


def test_a_met_threshold_is_exit_code_0(folder):
    assert run("job.tsv", "--fail-under", "chrf=10,errors=2").exit_code == 0


def test_other_languages_than_the_jobs_are_answered_with_those_it_has(folder):
    (folder / "job.tmx").write_text(
        '<tmx version="1.4"><header/><body><tu><tuv xml:lang="en"><seg>yes</seg></tuv>'
        '<tuv xml:lang="de"><seg>ja</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    failure = run("job.tmx", "-s", "fr", "-t", "pt-BR").exception
    assert str(failure) == "job.tmx: 0 of 1 units are fr → pt-BR; found: en, de"


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["job.tsv", "--fail-under", "chfr=1"], 2, "did you mean chrf?"),
        (["nowhere.tsv"], 3, "nowhere.tsv: no such file or folder"),
        (["job.tsv", "-m", "nowhere.tm"], 3, "nowhere.tm"),
        ([], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_an_exit_code(folder, arguments, code, line, capfd, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["tm", "score", *arguments])
    with pytest.raises(SystemExit) as leaving:
        main()
    errors = capfd.readouterr().err
    assert leaving.value.code == code
    assert line in errors
    assert len(errors.splitlines()) == 1


def test_what_is_not_finished_is_counted_and_not_scored(folder):
    texts = [
        ("Le pont a été fermé en 2018.", "A ponte foi fechada em 2018.", ""),
        ("Oui.", "", ""),
        ("Le pont a été fermé en 2018.", "A ponte", "fuzzy"),
        ("Non.", "Não.", "final"),
    ]
    rows = ["fr\tpt-BR\tstate", *("\t".join(each) for each in texts)]
    (folder / "part.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    fields = json.loads(run("part.tsv", "--json").stdout)
    assert (fields["segments"], fields["waiting"], fields["drafts"], fields["unfinished"]) == (2, 1, 1, 2)
    assert [row["number"] for row in fields["rows"]] == [1, 4]
    assert "2 unfinished: 1 waits for translation, 1 draft\n" in run("part.tsv").stdout


def test_a_comparison_passes_over_what_one_side_has_not_finished(folder):
    head = "fr\tpt-BR\tstate\n"
    one = "Oui.\tSim.\t\nNon.\tNão.\t\n"
    (folder / "one.tsv").write_text(head + one, encoding="utf-8")
    (folder / "two.tsv").write_text(head + one.replace("Sim.\t", "Pois.\tfuzzy"), encoding="utf-8")
    assert run("one.tsv", "--compare", "two.tsv").exit_code == 0


def test_the_findings_of_a_score_name_their_lines(folder):
    (folder / "part.tsv").write_text("fr\tpt-BR\nOui.\t\nEn 2018.\tEm 2008.\n", encoding="utf-8")
    assert "part.tsv:3: error: number 2018" in run("part.tsv").stdout
    (finding,) = [
        each for each in json.loads(run("part.tsv", "--json").stdout)["findings"] if each["check"] == "number"
    ]
    assert (finding["line"], finding["segment"]) == (3, 2)


def test_a_job_in_which_nothing_is_finished_has_a_report_without_figures(folder):
    (folder / "part.tsv").write_text("fr\tpt-BR\nOui.\t\nNon.\t\n", encoding="utf-8")
    shown = run("part.tsv", "-s", "fr", "-t", "pt-BR")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith("0 segments, fr → pt-BR\n2 unfinished: 2 wait for translation\n")


def test_an_empty_job_has_an_empty_report():
    with open_store(":memory:", create=True) as store:
        report = score([], store, [], Direction("fr", "pt"))
    assert (report.segments, report.rows, report.findings, report.leverage) == (0, (), (), 0)
    assert report.warnings == ("no segment of the job is in the memory: there is nothing to agree with",)


def test_the_leverage_is_the_share_of_words_in_matches_from_75_percent_and_repetitions(store):
    source = MEMORY[0][0]
    job = pairs([(source, "x"), ("Tout autre chose ici", "y"), ("Tout autre chose ici", "y")])
    words = {count.band: count.words for count in score(job, store, [], Direction("fr", "pt-BR")).coverage}
    assert words["new"] == words["repetitions"] == 4
    leverage = score(job, store, [], Direction("fr", "pt-BR")).leverage
    assert leverage == (words["100"] + 4) / (words["100"] + 8)


def test_the_share_of_identical_translations_has_its_own_interval(report):
    identical = report.agreement.identical
    assert 0 <= identical.low <= identical.value <= identical.high <= 1


def test_a_glossary_without_a_term_of_the_job_has_no_share(store):
    report = score(pairs([("Rien de tel.", "Nada disso.")]), store, GLOSSARY, Direction("fr", "pt-BR"))
    assert (report.terms.score, report.terms.kept, report.terms.wanted) == (None, 0, 0)
