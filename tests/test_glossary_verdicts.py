"""Decisions made on the glossary page: applied once, compared with the glossary as it is, taken back."""

import json

import pytest

from tm.cli import main
from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.formats import read_concepts, write_concepts
from tm.model import Concept, Evidence, Term
from tm.terminology.verdicts import Verdict, applied
from tm.work.applying import apply_decisions, apply_verdicts
from tm.work.deciding import decide_terms, undo_terms
from tm.work.decision_log import read_log
from tm.work.glossary_file import By

FR_PT = Direction("fr", "pt-BR")
COLUMNS = "concept fr pt-BR status decision new_fr new_pt-BR old_note note author date".split()


def concept(id_, source, *targets, status="candidate"):
    seen = Evidence(3, 3, 3, 0.9)
    return Concept(
        id_,
        (Term(source, "fr"), *(Term(text, "pt-BR", status, evidence=seen) for text in targets)),
    )


BAKERY = (
    concept("c-four", "fours", "forno", "fogão"),
    concept("c-sel", "sel", "sal"),
    concept("c-jour", "jour", "dia"),
    concept("c-ble", "blé", "trigo"),
)


@pytest.fixture
def glossary(tmp_path):
    path = tmp_path / "glossary.tsv"
    write_concepts(path, BAKERY, direction=FR_PT)
    return path


def decisions(glossary, *rows, name="decisions.tsv"):
    """The file that the page hands out."""
    path = glossary.with_name(name)
    lines = [COLUMNS] + [[row.get(column, "") for column in COLUMNS] for row in rows]
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    return path


def row(id_, source, target, decision="", **cells):
    named = {"concept": id_, "fr": source, "pt-BR": target, "status": "candidate", "decision": decision}
    return named | {"author": "ana", "date": "2026-11-28T10:00:00Z"} | cells


def statuses(path):
    return {term.text: term.status for one in read_concepts(path) for term in one.terms}


def ruled(*verdicts, concepts=BAKERY):
    return applied(concepts, verdicts, FR_PT)


def test_decisions_wordings_and_notes_are_one_change(glossary):
    file = decisions(
        glossary,
        row("c-four", "fours", "forno", "preferred", new_fr="four"),
        row("c-four", "fours", "fogão", "forbidden"),
        row("c-sel", "sel", "sal", "approved", note="de mesa"),
        row("c-jour", "jour", "dia", "no-term"),
    )
    before = glossary.read_text("utf-8")
    result = apply_decisions(file, glossary, by=By(date="2026-11-29T08:00:00Z"))
    assert [len(result.done), result.conflicts] == [4, ()]
    assert statuses(glossary) == {
        "four": "approved", "forno": "preferred", "fogão": "forbidden", "sel": "approved", "sal": "approved",
        "jour": "rejected", "dia": "rejected", "blé": "candidate", "trigo": "candidate",
    }  # fmt: skip
    (entry,) = read_log(glossary)
    assert (entry.action, entry.author, entry.details["decisions"]) == ("apply", "ana", "decisions.tsv")
    assert list(entry.details["rows"].values()) == [["ana", "2026-11-28T10:00:00Z"]] * 4
    undo_terms(glossary)
    assert glossary.read_text("utf-8") == before


def test_the_same_file_is_applied_once_whatever_was_decided_since(glossary):
    file = decisions(glossary, row("c-sel", "sel", "sal", "approved"))
    apply_decisions(file, glossary)
    decide_terms(glossary, "forbidden", "sel", "sal")
    again = apply_decisions(file, glossary)
    assert (len(again.applied_before), again.done, again.conflicts) == (1, (), ())
    assert statuses(glossary)["sal"] == "forbidden"


def test_a_later_file_of_the_same_page_brings_what_is_new_in_it(glossary):
    first, second = row("c-sel", "sel", "sal", "approved"), row("c-ble", "blé", "trigo", "approved")
    apply_decisions(decisions(glossary, first), glossary)
    result = apply_decisions(decisions(glossary, first, second, name="later.tsv"), glossary)
    assert ([v.source for v in result.done], [v.source for v in result.applied_before]) == (["blé"], ["sel"])


def test_what_was_taken_back_can_be_applied_again(glossary):
    file = decisions(glossary, row("c-sel", "sel", "sal", "approved"))
    apply_decisions(file, glossary)
    undo_terms(glossary)
    assert len(apply_decisions(file, glossary).done) == 1
    assert statuses(glossary)["sal"] == "approved"


def test_without_a_log_too_a_second_time_changes_nothing(glossary):
    file = decisions(glossary, row("c-four", "fours", "forno", "approved", new_fr="four", note="a gás"))
    apply_decisions(file, glossary)
    glossary.with_name("glossary.tsv.log").unlink()
    before = glossary.read_bytes()
    again = apply_decisions(file, glossary)
    assert (len(again.unchanged), again.done, again.conflicts) == (1, (), ())
    assert glossary.read_bytes() == before


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (Verdict("c-pain", "pain", "pão", "candidate", "approved"), "the concept is gone"),
        (Verdict("c-sel", "sels", "sal", "candidate", "approved"), "the term is sel now"),
        (Verdict("c-sel", "sel", "sais", "candidate", "approved"), "the translation is sal now"),
        (Verdict("c-sel", "sel", "sal", "rejected", "approved"), "sal is candidate now"),
        (Verdict("c-sel", "sel", "sal", "candidate", old_note="a", note="b"), "the note is empty now"),
    ],
)
def test_what_changed_since_the_page_was_made_is_a_conflict_and_the_rest_is_done(verdict, reason):
    result = ruled(verdict, Verdict("c-ble", "blé", "trigo", "candidate", "approved"))
    assert [conflict.reason for conflict in result.conflicts] == [reason]
    assert [verdict.source for verdict in result.done] == ["blé"]


def test_a_note_alone_does_not_ask_what_was_decided_meanwhile():
    decided = [concept("c-sel", "sel", "sal", status="approved")]
    result = ruled(Verdict("c-sel", "sel", "sal", "candidate", note="fino"), concepts=decided)
    assert [(term.status, term.note) for term in result.concepts[0].of("pt")] == [("approved", "fino")]


def test_a_new_wording_by_itself_is_an_approval():
    (term,) = ruled(Verdict("c-sel", "sel", "sal", "candidate", new_target="sais")).concepts[1].of("pt")
    assert (term.text, term.status, term.evidence.pair_count) == ("sais", "approved", 3)


def test_an_old_wording_that_an_extraction_would_find_again_stays_as_rejected():
    result = ruled(
        Verdict("c-sel", "sel", "sal", "candidate", new_source="sel marin", new_target="sal marinho")
    )
    assert [(term.text, term.status) for term in result.concepts[1].terms] == [
        ("sel marin", "approved"),
        ("sel", "rejected"),
        ("sal marinho", "approved"),
        ("sal", "rejected"),
    ]


def test_another_translation_is_added_and_preferred():
    result = ruled(Verdict("c-sel", "sel", "", "", "preferred", new_target="cloreto de sódio"))
    assert [(term.text, term.status) for term in result.concepts[1].of("pt")] == [
        ("cloreto de sódio", "preferred"),
        ("sal", "candidate"),
    ]


def test_a_term_falls_only_with_its_last_translation():
    first = ruled(Verdict("c-four", "fours", "forno", "candidate", "no-term"))
    assert [term.status for term in first.concepts[0].terms] == ["candidate", "rejected", "candidate"]
    rest = ruled(Verdict("c-four", "fours", "fogão", "candidate", "no-term"), concepts=first.concepts)
    assert {term.status for term in rest.concepts[0].terms} == {"rejected"}


def test_a_term_without_a_translation_is_decided_on_by_itself():
    alone = [Concept("c-sel", (Term("sel", "fr"),))]
    for ruling, status in (("approved", "approved"), ("no-term", "rejected"), ("forbidden", "forbidden")):
        result = ruled(Verdict("c-sel", "sel", "", "candidate", ruling), concepts=alone)
        assert [term.status for term in result.concepts[0].terms] == [status]
    late = ruled(Verdict("c-sel", "sel", "", "candidate", "rejected"), concepts=[
        Concept("c-sel", (Term("sel", "fr", "approved"),))
    ])  # fmt: skip
    assert late.conflicts[0].reason == "sel is approved now"


def test_a_wording_that_the_concept_has_already_makes_one_term_of_two():
    result = ruled(Verdict("c-four", "fours", "fogão", "candidate", "approved", new_target="forno"))
    assert [(term.text, term.status) for term in result.concepts[0].of("pt")] == [
        ("forno", "approved"),
        ("fogão", "rejected"),
    ]


def test_undo_gives_a_reworded_term_its_evidence_back(glossary):
    apply_decisions(
        decisions(glossary, row("c-ble", "blé", "trigo", "", **{"new_pt-BR": "trigos"})), glossary
    )
    assert statuses(glossary)["trigos"] == "approved"
    undo_terms(glossary)
    (term,) = read_concepts(glossary)[3].of("pt")
    assert (term.text, term.status, term.evidence.pair_count) == ("trigo", "candidate", 3)


def test_a_table_that_a_spreadsheet_wrote_again_is_read(glossary):
    path = glossary.with_name("again.tsv")
    path.write_text(
        "\ufeffnew_fr\tnew_pt-BR\tconcept\tdecision\tstatus\tfr\tpt-BR\tnote\r\n"
        '\t\tc-sel\tapproved\tcandidate\tsel\tsal\t"dito ""fino"""\r\n\t\t\t\t\t\t\t\r\n',
        encoding="utf-8",
    )
    apply_decisions(path, glossary)
    assert read_concepts(glossary)[1].of("pt")[0].note == 'dito "fino"'


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_with_other_separators_spaces_and_capitals_is_read(glossary, separator):
    path = glossary.with_name("again.csv")
    names = ("concept", "status", "fr", "pt-BR", "decision", "new_fr", "new_pt-BR")
    row = (" c-sel", "candidate ", " sel ", "sal ", "Approved ", "", "")
    path.write_text(f"{separator.join(names)}\r\n{separator.join(row)}\r\n", encoding="utf-8")
    applied = apply_decisions(path, glossary)
    assert (len(applied.done), applied.conflicts) == (1, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "decisions.tsv:1: is no file of decisions; one that the glossary page made was expected"),
        ("concept\tfr\tpt\tstatus\n", "decisions.tsv:1: is no file of decisions (it lacks decision)"),
        (
            "concept\tfr\tpt\tdecision\tnew_fr\tnew_pt\n",
            "decisions.tsv:1: is no file of decisions (it lacks status); one that",
        ),
        (
            "concept\tstatus\tfr\tpt\tdecision\tnew_fr\tnew_pt\nc\t\tsel\tsal\taproved\t\t\n",
            "decisions.tsv:2: no decision is called 'aproved'",
        ),
        (
            "concept\tstatus\tfr\tpt\tdecision\tnew_fr\tnew_pt\nc\t\t\tsal\tapproved\t\t\n",
            "decisions.tsv:2: a row lacks the id of its concept or the source term",
        ),
        (
            'concept\tstatus\tfr\tpt\tdecision\tnew_fr\tnew_pt\nc\t\t"sel\n',
            "decisions.tsv:2: unexpected end of data; rows of cells with '\\t' between were expected",
        ),
    ],
)
def test_a_fault_is_named_with_its_line_and_nothing_is_changed(glossary, text, message):
    path = glossary.with_name("decisions.tsv")
    path.write_text(text, encoding="utf-8")
    before = glossary.read_bytes()
    with pytest.raises(FormatError) as error:
        apply_decisions(path, glossary)
    assert str(error.value).removeprefix(f"{glossary.parent}/").startswith(message)
    assert glossary.read_bytes() == before


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        (
            [row("c-sel", "sel", "sal", "approved"), row("c-sel", "sel", "sal", "rejected")],
            ["line 3 says rejected", "line 2 says approved"],
        ),
        (
            [row("c-four", "fours", "forno", "preferred"), row("c-four", "fours", "fogão", "preferred")],
            ["line 3 says fogão is preferred", "line 2 says forno is preferred"],
        ),
        (
            [row("c-sel", "sel", "sal", new_fr="sels"), row("c-sel", "sel", "sal", new_fr="le sel")],
            ["line 3 says le sel", "line 2 says sels"],
        ),
        (
            [row("c-sel", "sel", "sal", note="cru"), row("c-sel", "sel", "sal", note="cuit")],
            ["line 3 says cuit", "line 2 says cru"],
        ),
    ],
)
def test_two_rows_that_contradict_each_other_are_named_and_neither_is_applied(glossary, rows, reasons):
    file = decisions(glossary, *rows, row("c-jour", "jour", "dia", "approved"))
    result = apply_decisions(file, glossary)
    assert [conflict.reason for conflict in result.conflicts] == reasons
    assert [verdict.source for verdict in result.done] == ["jour"]
    assert statuses(glossary) == {**statuses(glossary), "sal": "candidate", "forno": "candidate"}
    decisions(glossary, rows[1])
    assert apply_decisions(file, glossary).conflicts == ()


def test_rows_that_say_the_same_twice_are_no_contradiction(glossary):
    same = [row("c-sel", "sel", "sal", "approved", note="cru"), row("c-sel", "sel", "sal", "approved")]
    assert apply_decisions(decisions(glossary, *same), glossary).conflicts == ()
    assert statuses(glossary)["sal"] == "approved"


def test_a_contradiction_is_named_with_both_lines(glossary, monkeypatch, capsys):
    rows = row("c-sel", "sel", "sal", "approved"), row("c-sel", "sel", "sal", "forbidden")
    code, _, err = command(monkeypatch, capsys, decisions(glossary, *rows), "--terms", glossary)
    assert code == 1
    assert "decisions.tsv:2: sel = sal: line 3 says forbidden; not approved" in err
    assert "decisions.tsv:3: sel = sal: line 2 says approved; not forbidden" in err


def command(monkeypatch, capsys, *arguments):
    monkeypatch.setattr("sys.argv", ["tm", "terms", "apply", *map(str, arguments)])
    with pytest.raises(SystemExit) as leaving:
        main()
    return leaving.value.code or 0, *capsys.readouterr()


def test_a_dry_run_changes_nothing_and_json_says_all(glossary, monkeypatch, capsys):
    file = decisions(glossary, row("c-sel", "sel", "sal", "approved"), row("c-x", "x", "y", "approved"))
    before = glossary.read_bytes()
    code, out, _ = command(monkeypatch, capsys, file, "--terms", glossary, "--dry-run", "--json")
    told = json.loads(out)
    assert (code, told["dry_run"], [change["source"] for change in told["changes"]]) == (1, True, ["sel"])
    assert [conflict["reason"] for conflict in told["conflicts"]] == ["the concept is gone"]
    assert glossary.read_bytes() == before
    assert not glossary.with_name("glossary.tsv.log").exists()


def table(path):
    path.write_text("concept\tstatus\tfr\tpt\nc-four\tcandidate\tfour\tforno\nc-sel\tcandidate\tsel\tsal\n")
    return path


def test_of_two_people_the_second_is_told_and_nothing_of_it_is_done(tmp_path):
    path = table(tmp_path / "glossary.tsv")
    apply_verdicts([Verdict("c-four", "four", "forno", "candidate", "approved")], path, by=By("ana"))
    late = [
        Verdict("c-sel", "sel", "sal", "candidate", "approved"),
        Verdict("c-four", "four", "forno", "candidate", "forbidden"),
    ]
    told = apply_verdicts(late, path, by=By("rui"))
    assert [conflict.reason for conflict in told.conflicts] == ["forno is approved now"]
    assert [concept.terms[1].status for concept in read_concepts(path)] == ["approved", "candidate"]
    assert [entry.author for entry in read_log(path)] == ["ana"]


def test_what_was_decided_already_is_not_noted_again(tmp_path):
    path = table(tmp_path / "glossary.tsv")
    verdicts = [Verdict("c-four", "four", "forno", "candidate", "approved")]
    assert apply_verdicts(verdicts, path).is_new
    assert not apply_verdicts(verdicts, path).is_new
    assert len(read_log(path)) == 1


def test_a_change_is_taken_back_by_its_mark_whatever_came_after_it(tmp_path):
    path = table(tmp_path / "glossary.tsv")
    ana = apply_verdicts([Verdict("c-four", "four", "forno", "candidate", "approved")], path)
    apply_verdicts([Verdict("c-sel", "sel", "sal", "candidate", "rejected")], path)
    assert undo_terms(path, mark=ana.mark).entry.action == "approved"
    assert [concept.terms[1].status for concept in read_concepts(path)] == ["candidate", "rejected"]
    with pytest.raises(OptionError, match="nothing to take back"):
        undo_terms(path, mark=ana.mark)
