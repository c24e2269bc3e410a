"""What people decide on terms, and how it outlives extractions."""

import sys
from pathlib import Path

import pytest

from tm.cli import main
from tm.direction import Direction
from tm.errors import OptionError
from tm.formats import read_concepts
from tm.model import Concept, Evidence, Term
from tm.terminology import decide, merge, sentences
from tm.terminology.joining import join


def concept(id_, fr, *pt, status="candidate", **more):
    return Concept(id_, (Term(fr, "fr"), *(Term(text, "pt", status=status, **more) for text in pt)))


def shown(concepts):
    return [(c.id, [(t.text, t.status) for t in c.terms]) for c in concepts]


# ------------------------------------------------------------------------------------------------- merge


def test_a_rejected_pair_does_not_come_back():
    merged = merge([concept("", "moyeu", "meio")], [concept("7", "moyeu", "meio", status="rejected")])
    assert shown(merged) == [("7", [("moyeu", "candidate"), ("meio", "rejected")])]


@pytest.mark.parametrize("status", ["approved", "preferred", "rejected", "forbidden", "do-not-translate"])
def test_every_decision_survives_though_the_term_is_not_found_again(status):
    decided = [concept("7", "moyeu", "cubo", status=status)]
    assert merge([], decided) == decided


def test_a_note_is_a_decision_too():
    decided = [concept("7", "moyeu", "cubo", note="ask the mechanic")]
    assert merge([], decided) == decided


def test_candidates_come_and_go_but_keep_their_ids():
    before = [concept("x1", "moyeu", "cubo"), concept("x2", "jante", "aro")]
    after = merge([concept("", "moyeux", "cubos")], before)
    assert shown(after) == [("x1", [("moyeux", "candidate"), ("cubos", "candidate")])]


def test_a_decided_term_gets_fresh_evidence_and_stays_before_candidates():
    found = concept("", "jante", "roda", "aro", evidence=Evidence(pair_count=5))
    merged = merge([found], [concept("9", "jantes", "aros", status="approved")])
    assert shown(merged) == [("9", [("jantes", "candidate"), ("aros", "approved"), ("roda", "candidate")])]
    assert merged[0].of("pt")[0].evidence.pair_count == 5


def test_decisions_on_two_forms_of_one_term_both_stay():
    terms = Term("jante", "fr", "approved"), Term("aro", "pt", "approved"), Term("aros", "pt", "forbidden")
    decided = [Concept("9", terms)]
    assert merge([], decided) == decided
    assert shown(merge([concept("", "jante", "aro")], decided)) == shown(decided)


def test_a_glossary_for_another_target_language_takes_the_translations_in():
    decided = [Concept("9", (Term("jante", "fr", "approved"), Term("rim", "en", "approved")))]
    (merged,) = merge([concept("", "jante", "aro")], decided)
    assert [term.text for term in merged.terms] == ["jante", "rim", "aro"]


def test_a_pair_that_is_decided_in_one_concept_does_not_come_back_in_its_homonym():
    decided = [
        concept("1", "rayon", "raio", status="approved"),
        concept("2", "rayon", "seção", status="rejected"),
    ]
    assert shown(merge([concept("", "rayon", "seção")], decided)) == shown(decided)


def test_ids_are_names_and_no_two_are_alike():
    merged = merge([concept("", "Pédalier", "a"), concept("", "pédalier !", "b"), concept("", "?", "c")], [])
    assert [c.id for c in merged] == ["c-pedalier", "c-pedalier-2", "c-term"]


def test_a_new_concept_takes_no_id_of_one_that_stays():
    old = [concept("c-jante", "moyeu", "cubo", status="approved")]
    merged = merge([concept("", "jante", "aro")], old)
    assert [c.id for c in merged] == ["c-jante-2", "c-jante"]


def test_an_extracted_acronym_joins_the_concept_that_has_it():
    old = [Concept("7", (Term("TVA", "fr", status="approved"), Term("IVA", "pt", status="approved")))]
    found = Concept("", (Term("taxe", "fr"), Term("TVA", "fr"), Term("imposto", "pt")))
    assert [(c.id, [t.text for t in c.terms]) for c in merge([found], old)] == [
        ("7", ["TVA", "taxe", "IVA", "imposto"])
    ]


def test_two_extracted_concepts_for_one_old_one_are_one():
    old = [concept("7", "jante", "aro", status="approved"), concept("8", "moyeu", "cubo")]
    merged = merge([concept("", "jante", "roda"), concept("", "jantes", "calota")], old)
    assert shown(merged) == [
        ("7", [("jante", "candidate"), ("aro", "approved"), ("roda", "candidate"), ("calota", "candidate")])
    ]


def test_an_old_concept_without_decisions_gives_its_id_and_nothing_else():
    old = Concept("7", (Term("jante", "fr"), Term("roue", "fr"), Term("roda", "pt"), Term("aro", "pt")))
    found = [concept("", "jantes", "aro", "roda"), concept("", "roue", "roda")]
    merged = merge(found, [old])
    assert [c.terms for c in merged] == [c.terms for c in found]
    assert [c.id for c in merged] == ["7", "c-roue"]


def test_a_candidate_of_a_decided_concept_goes_when_it_is_not_found_again():
    old = Concept(
        "7",
        (Term("jante", "fr"), Term("aro", "pt", status="approved"), Term("roda", "pt"), Term("rim", "pt")),
    )
    merged = merge([concept("", "jante", "rim")], [old])
    assert [term.text for term in merged[0].terms] == ["jante", "aro", "rim"]


def test_a_rejected_source_term_takes_no_new_translations():
    old = Concept("1", (Term("chose", "fr", status="rejected"), Term("coisa", "pt", status="rejected")))
    assert merge([concept("", "chose", "negócio")], [old]) == [old]


def test_merging_twice_changes_nothing_more():
    found = [concept("", "jante", "aro"), concept("", "moyeu", "cubo")]
    once = merge(found, [concept("9", "moyeu", "cubo", status="approved")])
    assert merge(found, once) == once


# ------------------------------------------------------------------------------------------------- decide


GLOSSARY = [
    concept("1", "jante", "aro"),
    Concept(
        "2",
        (
            Term("taxe sur la valeur ajoutée", "fr"),
            Term("TVA", "fr", kind="acronym"),
            Term("imposto sobre o valor agregado", "pt"),
            Term("IVA", "pt", kind="acronym"),
        ),
    ),
]


def status_of(glossary, text):
    return next(t.status for c in glossary for t in c.terms if t.text == text)


def decided(decision, text, translation=""):
    return decide(GLOSSARY, decision, text, translation, direction=Direction("fr", "pt"))


def test_the_only_translation_need_not_be_named():
    assert status_of(decided("approved", "Jantes"), "aro") == "approved"


def test_an_acronym_is_approved_with_its_acronym():
    assert status_of(decided("approved", "TVA"), "IVA") == "approved"
    assert status_of(decided("approved", "TVA"), "imposto sobre o valor agregado") == "candidate"


def test_an_acronym_does_not_fall_with_its_full_form():
    after = decided("rejected", "taxe sur la valeur ajoutée")
    assert status_of(after, "imposto sobre o valor agregado") == "rejected"
    assert status_of(after, "IVA") == "candidate"


def test_a_new_translation_can_be_approved_or_forbidden():
    assert [t.text for t in decided("approved", "jante", "jante de roda")[0].of("pt")] == [
        "jante de roda",
        "aro",
    ]
    assert status_of(decided("forbidden", "jante", "roda"), "roda") == "forbidden"


@pytest.mark.parametrize(
    ("decision", "source_status"), [("approved", "approved"), ("forbidden", "candidate")]
)
def test_a_pair_that_the_glossary_does_not_have_is_added(decision, source_status):
    after = decided(decision, "Pédale", "pedal")
    assert after[:2] == GLOSSARY
    assert shown(after[2:]) == [("c-pedale", [("Pédale", source_status), ("pedal", decision)])]
    assert [term.language for term in after[2].terms] == ["fr", "pt"]


def test_a_new_concept_takes_no_id_that_is_in_use():
    before = [concept("c-pedale", "jante", "aro")]
    after = decide(before, "approved", "pédale", "pedal", direction=Direction("fr", "pt"))
    assert [known.id for known in after] == ["c-pedale", "c-pedale-2"]


def test_a_term_spelt_so_goes_before_another_form_of_it():
    before = [concept("1", "jantes", "aros"), concept("2", "Jante", "aro")]
    assert (
        status_of(decide(before, "approved", "jante", "", direction=Direction("fr", "pt")), "aro")
        == "approved"
    )
    after = decide(before[:1], "approved", "jante", "aro", direction=Direction("fr", "pt"))
    assert shown(after) == [("1", [("jantes", "approved"), ("aros", "approved")])]


def test_terms_spelt_as_asked_need_no_dictionary(monkeypatch):
    def refuse(text, language):
        raise AssertionError(f"{text}: a dictionary was read")

    monkeypatch.setattr("tm.terminology.sentences.term_key", refuse)
    for decision in ("approved", "rejected", "forbidden"):
        assert status_of(decided(decision, "JANTE", "aro"), "aro") == decision


def test_a_decision_on_one_concept_leaves_the_others_and_their_order_alone():
    after = decided("approved", "TVA", "IVA")
    assert after[0] == GLOSSARY[0]
    assert [term.text for term in after[1].of("pt")] == ["IVA", "imposto sobre o valor agregado"]
    assert {term.status for term in after[1].of("fr")} == {"approved"}


def test_a_rejected_source_term_stays_so_unless_it_is_named():
    terms = Term("jante", "fr"), Term("pourtour", "fr", "rejected"), Term("aro", "pt"), Term("roda", "pt")
    decided = decide([Concept("1", terms)], "approved", "jante", "aro", direction=Direction("fr", "pt"))
    assert shown(decided)[0][1][:2] == [("jante", "approved"), ("pourtour", "rejected")]
    decided = decide(decided, "approved", "pourtour", "roda", direction=Direction("fr", "pt"))
    assert shown(decided)[0][1][:2] == [("jante", "approved"), ("pourtour", "approved")]


def test_a_forbidden_translation_comes_last_and_approves_nothing():
    after = decided("forbidden", "TVA", "imposto sobre o valor agregado")[1]
    assert [(term.text, term.status) for term in after.of("pt")] == [
        ("IVA", "candidate"),
        ("imposto sobre o valor agregado", "forbidden"),
    ]
    assert {term.status for term in after.of("fr")} == {"candidate"}


def test_terms_of_a_third_language_outlive_a_decision():
    before = [Concept("1", (Term("jante", "fr"), Term("rim", "en"), Term("aro", "pt-BR")))]
    after = decide(before, "approved", "jante", "roda", direction=Direction("fr", "pt"))
    assert [(term.text, term.language, term.status) for term in after[0].terms] == [
        ("jante", "fr", "approved"),
        ("roda", "pt-BR", "approved"),
        ("aro", "pt-BR", "candidate"),
        ("rim", "en", "candidate"),
    ]


def test_which_translation_must_be_said_where_there_are_several_or_none():
    two = [concept("1", "jante", "aro", "roda"), Concept("2", (Term("moyeu", "fr"),))]
    with pytest.raises(OptionError, match="'jante': say which translation; the glossary has aro, roda"):
        decide(two, "approved", "jante", "", direction=Direction("fr", "pt"))
    with pytest.raises(OptionError, match="'moyeu': say which translation; the glossary has none"):
        decide(two, "approved", "moyeu", "", direction=Direction("fr", "pt"))
    with pytest.raises(OptionError, match="the glossary has no term 'jante'; it has no terms"):
        decide([], "approved", "jante", "", direction=Direction("fr", "pt"))


def test_excluded_translations_are_not_meant_when_none_is_named():
    glossary = decide(
        [concept("1", "jante", "aro", "roda")], "rejected", "jante", "roda", direction=Direction("fr", "pt")
    )
    assert (
        status_of(decide(glossary, "approved", "jante", "", direction=Direction("fr", "pt")), "aro")
        == "approved"
    )


@pytest.mark.parametrize(
    ("text", "translation", "message"),
    [
        ("jente", "", "the nearest are jante"),
        ("cadre", "quadro", "the nearest are"),
        ("jante", "roda", "the glossary has aro"),
    ],
)
def test_a_wrong_term_is_answered_with_what_there_is(text, translation, message):
    with pytest.raises(OptionError, match=message):
        decided("rejected", text, translation)


# ------------------------------------------------------------------------------------------------- the command


PAIRS = """fr\tpt-BR
Le cadre en acier vibre peu.\tO quadro de aço vibra pouco.
Un cadre en acier dure longtemps.\tUm quadro de aço dura muito.
La potence tient le guidon.\tA mesa segura o guidão.
Desserrez la potence.\tAfrouxe a mesa.
"""


@pytest.fixture
def tm(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pairs.tsv").write_text(PAIRS, encoding="utf-8")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["tm", "terms", *arguments])
        with pytest.raises(SystemExit) as leaving:
            main()
        printed = capsys.readouterr()
        return leaving.value.code, printed.out, printed.err

    return run


def test_extract_prints_pairs_best_first(tm):
    code, out, _ = tm("extract", "pairs.tsv")
    rows = [line.split("\t") for line in out.splitlines()]
    assert code == 0
    assert ["cadre en acier", "quadro de aço"] in [row[:2] for row in rows]
    assert [float(row[2]) for row in rows] == sorted((float(row[2]) for row in rows), reverse=True)


def test_a_glossary_file_lives_through_decisions_and_extractions(tm):
    assert tm("extract", "pairs.tsv", "-o", "glossary.tsv", "-q") == (0, "", "")
    assert tm("approve", "cadres en acier")[0] == 0
    assert tm("reject", "potence", "mesa")[0] == 0
    assert tm("forbid", "guidon", "volante")[0] == 0
    tm("extract", "pairs.tsv", "-o", "glossary.tsv", "-q")
    found = {t.text: t.status for c in read_concepts("glossary.tsv") for t in c.of("pt-BR")}
    assert (found["quadro de aço"], found["mesa"], found["volante"]) == ("approved", "rejected", "forbidden")
    assert "mesa" not in tm("extract", "pairs.tsv", "--glossary", "glossary.tsv")[1]
    assert "approved" in tm("list", "--status", "approved")[1]


def test_import_takes_another_glossary_in(tm, tmp_path):
    tm("extract", "pairs.tsv", "-o", "glossary.tsv", "-q")
    (tmp_path / "client.tsv").write_text("fr\tpt-BR\npotence\tavanço\n", encoding="utf-8")
    assert tm("import", "client.tsv")[0] == 0
    found = {t.text: t.status for c in read_concepts("glossary.tsv") for t in c.of("pt-BR")}
    assert found["avanço"] == "approved"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("approve", "x"), 3, "glossary.tsv: no such file"),
        (("extract", "none.tsv"), 3, "none.tsv: no such file"),
        (("extract", "pairs.tsv", "-t", "de"), 3, "pairs.tsv: 0 of 4 units are fr → de; found: fr, pt-BR"),
    ],
)
def test_what_cannot_be_done_is_one_line(tm, arguments, code, message):
    left, _, err = tm(*arguments)
    assert (left, err.count("\n")) == (code, 1)
    assert message in err


def test_merged_terms_come_by_what_was_decided_on_them():
    statuses = ["rejected", "forbidden", "candidate", "do-not-translate", "approved", "preferred"]
    old = Concept("1", (Term("jante", "fr"), *(Term(status, "pt", status=status) for status in statuses)))
    (merged,) = merge([concept("", "jante", "candidate")], [old])
    assert [term.text for term in merged.of("pt")] == [
        "preferred",
        "do-not-translate",
        "approved",
        "candidate",
        "forbidden",
        "rejected",
    ]


def test_an_import_of_twice_as_many_concepts_reads_terms_twice_as_often(monkeypatch):
    reads = []
    monkeypatch.setattr(sentences, "term_key", lambda text, _: reads.append(text) or text)

    def reads_for(count):
        ours, imported = (
            [Concept(f"{start + n}", (Term(f"mot{start + n}", "fr"), Term("p", "pt"))) for n in range(count)]
            for start in (0, count // 2)
        )
        reads.clear()
        assert len(join(ours, imported).concepts) == count + count // 2
        return len(reads)

    assert reads_for(80) == 2 * reads_for(40)


def test_a_decision_tells_which_form_the_glossary_has(tm):
    Path("glossary.tsv").write_text("fr\tpt\tstatus\njante\taro\tapproved\n", encoding="utf-8")
    code, out, error = tm("forbid", "jante", "aros", "--terms", "glossary.tsv")
    assert (code, "jante = aro: forbidden" in out + error) == (0, True)
