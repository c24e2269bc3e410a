"""A glossary's life: decided on by many at once, noted, merged, taken back."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from click.testing import CliRunner

from tm.cli import group
from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.formats import read_concepts
from tm.store import open_store
from tm.work.building import build
from tm.work.deciding import add_terms, decide_terms, merge_terms, note_terms, undo_terms
from tm.work.decision_log import log_beside, read_log
from tm.work.extracting import extract_terms
from tm.work.glossary_file import By, change_glossary
from tm.work.importing import import_terms

RUI = By("rui", "2026-11-28T10:00:00Z")

WORDS = [f"mot{letter}{number}" for letter in "abcd" for number in range(5)]


@pytest.fixture
def glossary(tmp_path):
    path = tmp_path / "glossary.tsv"
    rows = [f"{number}\tcandidate\t{word}\tp{word}\n" for number, word in enumerate(WORDS, 1)]
    path.write_text("concept\tstatus\tfr\tpt-BR\n" + "".join(rows), encoding="utf-8")
    return path


def terms(path):
    return {term.text: term.status for concept in read_concepts(path) for term in concept.of("pt-BR")}


def sources(path):
    return [[term.text for term in concept.of("fr")] for concept in read_concepts(path)]


# ------------------------------------------------------------------------------------------- many at once


DECIDER = """
import sys
from tm.work.deciding import decide_terms
for word in sys.argv[2:]:
    decide_terms(sys.argv[1], "approved", word, f"p{word}")
"""


def test_decisions_of_four_processes_at_once_are_all_kept(glossary):
    shares = [WORDS[start::4] for start in range(4)]
    deciders = [subprocess.Popen([sys.executable, "-c", DECIDER, glossary, *share]) for share in shares]
    assert [decider.wait() for decider in deciders] == [0, 0, 0, 0]
    assert set(terms(glossary).values()) == {"approved"}
    assert len(read_log(glossary)) == len(WORDS)
    assert sorted(path.name for path in glossary.parent.iterdir()) == ["glossary.tsv", "glossary.tsv.log"]


def test_decisions_beside_two_builds_at_once_are_all_kept(glossary):
    documents = [glossary.with_name("a.fr.txt"), glossary.with_name("a.pt.txt")]
    documents[0].write_text("Le robinet fuit.\n\nFermez le robinet.\n", encoding="utf-8")
    documents[1].write_text("A torneira vaza.\n\nFeche a torneira.\n", encoding="utf-8")
    added = []
    with ThreadPoolExecutor(2) as pool:
        builders = [pool.submit(build, documents, glossary.parent) for _ in range(2)]
        while len(added) < 60 and not all(builder.done() for builder in builders):
            added.append(f"neuf{len(added)}")
            add_terms(glossary, added[-1], f"p{added[-1]}", asked=Direction("fr", "pt-BR"))
        assert [len(builder.result().written) > 5 for builder in builders] == [True, True]
    kept = terms(glossary)
    assert [word for word in added if kept.get(f"p{word}") != "approved"] == []
    assert kept["torneira"] == "candidate"


def test_three_programs_that_begin_one_glossary_are_all_in_it(tmp_path):
    begin = """
import sys
from tm.cli import group
from tm.direction import Direction
from tm.work.deciding import add_terms
add_terms(sys.argv[1], sys.argv[2], sys.argv[3], asked=Direction("fr", "pt-BR"))
"""
    path = tmp_path / "glossary.tsv"
    programs = [subprocess.Popen([sys.executable, "-c", begin, path, f"mot{n}", f"pal{n}"]) for n in range(3)]
    assert [program.wait() for program in programs] == [0, 0, 0]
    assert sorted(terms(path)) == ["pal0", "pal1", "pal2"]


def test_what_changes_a_glossary_waits_for_what_changes_it_already(glossary):
    waiter = threading.Thread(target=decide_terms, args=(glossary, "approved", WORDS[0], f"p{WORDS[0]}"))

    def change(concepts, _):
        waiter.start()
        waiter.join(0.2)
        assert waiter.is_alive()
        return concepts[:2]

    change_glossary(glossary, change)
    waiter.join()
    assert terms(glossary) == {"pmota0": "approved", "pmota1": "candidate"}


def test_a_decision_during_an_extraction_is_in_what_the_extraction_writes(tmp_path, monkeypatch):
    pairs, out = tmp_path / "pairs.tsv", tmp_path / "out.tsv"
    pairs.write_text("fr\tpt-BR\nLe robinet fuit.\tA torneira vaza.\nFermez le robinet.\tFeche a torneira.\n")
    extract_terms([pairs], out=out)
    from tm.work import extracting as room

    def extract(*given, **options):
        decide_terms(out, "rejected", "robinet", "torneira")
        add_terms(out, "vanne", "válvula")
        return original(*given, **options)

    original = room.terms_of_memory
    monkeypatch.setattr(room, "terms_of_memory", extract)
    extract_terms([pairs], out=out)
    assert (terms(out)["torneira"], terms(out)["válvula"]) == ("rejected", "approved")


def test_a_decision_during_a_build_is_in_what_the_build_writes(tmp_path):
    (tmp_path / "a.fr.txt").write_text("Le robinet fuit.\n\nFermez le robinet.\n", encoding="utf-8")
    (tmp_path / "a.pt.txt").write_text("A torneira vaza.\n\nFeche a torneira.\n", encoding="utf-8")
    documents, out = [tmp_path / "a.fr.txt", tmp_path / "a.pt.txt"], tmp_path / "out"
    build(documents, out)
    stages = []

    def stage(name):
        stages.append(name)
        if name == "writing":
            decide_terms(out / "glossary.tsv", "forbidden", "robinet", "bica")

    built = build(documents, out, stage=stage)
    assert "forbidden" in [term.status for concept in built.concepts for term in concept.terms]
    assert terms(out / "glossary.tsv")["bica"] == "forbidden"
    assert "bica" in (out / "glossary.csv").read_text(encoding="utf-8")


def test_what_was_decided_stays_in_a_file_that_gets_only_the_best(tmp_path):
    pairs, out = tmp_path / "pairs.tsv", tmp_path / "out.tsv"
    pairs.write_text("fr\tpt-BR\nLe robinet fuit.\tA torneira vaza.\nFermez le robinet.\tFeche a torneira.\n")
    add_terms(out, "vanne", "válvula", asked=Direction("fr", "pt-BR"))
    extract_terms([pairs], out=out, limit=1)
    assert list(terms(out)) == ["torneira", "válvula"]


def test_a_glossary_in_a_folder_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(FormatError, match=r"glossary\.tsv: no such file or folder"):
        decide_terms(tmp_path / "none" / "glossary.tsv", "approved", "four", "forno")


# ------------------------------------------------------------------------------------------- the verbs


def test_a_preferred_translation_is_the_only_one(glossary):
    decide_terms(glossary, "preferred", "mota0", "pmota0")
    add_terms(glossary, "mota0", "outro", status="preferred", note="mais curto")
    [concept, *_] = read_concepts(glossary)
    assert [(term.text, term.status, term.note) for term in concept.of("pt-BR")] == [
        ("outro", "preferred", "mais curto"),
        ("pmota0", "approved", ""),
    ]


def test_what_is_added_must_be_new(glossary):
    with pytest.raises(OptionError, match=r"'mota0' = 'pmota0' is in the glossary already \(candidate\)"):
        add_terms(glossary, "mota0", "pmota0")
    with pytest.raises(OptionError, match="a term is blank"):
        add_terms(glossary, " ", "pmota0")


def test_a_term_that_two_concepts_have_is_decided_in_that_with_the_translation(tmp_path):
    path = tmp_path / "glossary.tsv"
    path.write_text(
        "concept\tstatus\tfr\tpt\n1\tcandidate\tbureau\tmesa\n2\tcandidate\tbureau\tescritório\n",
        encoding="utf-8",
    )
    decide_terms(path, "approved", "bureau", "escritório")
    assert path.read_text(encoding="utf-8").splitlines()[1:] == [
        "1\tcandidate\tbureau\tmesa" + "\t" * 10,
        "2\tapproved\tbureau\tescritório" + "\t" * 10,
    ]


def test_a_reset_takes_a_decision_back_and_keeps_the_note(glossary):
    decide_terms(glossary, "approved", "mota0")
    note_terms(glossary, "mota0", "pmota0", "vérifié")
    decide_terms(glossary, "candidate", "mota0")
    [concept, *_] = read_concepts(glossary)
    assert [(term.status, term.note) for term in concept.terms] == [
        ("candidate", ""),
        ("candidate", "vérifié"),
    ]


def test_two_concepts_become_one_with_the_id_of_the_first(glossary):
    note_terms(glossary, "mota1", "", "le second")
    merge_terms(glossary, "mota0", "2")
    [concept, *rest] = read_concepts(glossary)
    assert (concept.id, concept.note, len(rest)) == ("1", "le second", len(WORDS) - 2)
    assert [term.text for term in concept.terms] == ["mota0", "mota1", "pmota0", "pmota1"]
    with pytest.raises(OptionError, match="are one concept already"):
        merge_terms(glossary, "mota0", "mota1")


def test_of_two_concepts_that_become_one_only_one_translation_is_preferred(glossary):
    decide_terms(glossary, "preferred", "mota0")
    decide_terms(glossary, "preferred", "mota1")
    merge_terms(glossary, "mota0", "mota1")
    translations = read_concepts(glossary)[0].terms[2:]
    assert [term.status for term in translations] == ["preferred", "approved"]


# ------------------------------------------------------------------------------------------- log and undo


@pytest.mark.parametrize("other", ["1", "2", "7", str(len(WORDS))])
def test_a_merge_that_is_taken_back_leaves_each_concept_where_it_stood(glossary, other):
    before = read_concepts(glossary)
    merge_terms(glossary, "3", other)
    merge_terms(glossary, "9", "8")
    undo_terms(glossary)
    undo_terms(glossary)
    assert read_concepts(glossary) == before


def test_concepts_that_are_gone_together_come_back_in_their_order(glossary):
    before = read_concepts(glossary)
    change_glossary(glossary, lambda concepts, _: [concepts[3], *concepts[8:]], action="clear")
    undo_terms(glossary)
    assert read_concepts(glossary) == before


def test_every_change_can_be_taken_back_the_last_one_first(glossary):
    before = glossary.read_bytes()
    decide_terms(glossary, "approved", "mota0", by=RUI)
    note_terms(glossary, "mota1", "", "une note", by=RUI)
    merge_terms(glossary, "mota2", "mota3", by=RUI)
    add_terms(glossary, "vanne", "válvula", by=RUI)
    decide_terms(glossary, "rejected", "mota4", by=RUI)
    actions = [undo_terms(glossary).entry.action for _ in range(5)]
    assert actions == ["rejected", "add", "merge", "note", "approved"]
    after = glossary.read_text(encoding="utf-8").splitlines()
    rows = [line.rstrip("\t") for line in after]
    assert sorted(rows[1:]) == sorted(before.decode().splitlines()[1:])
    with pytest.raises(OptionError, match="nothing to take back"):
        undo_terms(glossary)


def test_what_was_decided_anew_by_hand_is_not_taken_back(glossary):
    decide_terms(glossary, "approved", "mota0")
    glossary.write_text(
        glossary.read_text(encoding="utf-8").replace("1\tapproved", "1\tforbidden"), encoding="utf-8"
    )
    assert undo_terms(glossary).kept == ("pmota0",)
    assert terms(glossary)["pmota0"] == "forbidden"


def test_the_log_says_who_and_when(glossary):
    decide_terms(glossary, "approved", "mota0", by=RUI)
    [entry] = read_log(glossary)
    assert (entry.author, entry.date, entry.action) == ("rui", "2026-11-28T10:00:00Z", "approved")


def test_a_line_of_the_log_that_was_cut_off_is_passed_over(glossary):
    decide_terms(glossary, "approved", "mota0", by=RUI)
    log = log_beside(glossary)
    log.write_bytes(log.read_bytes() + b'{"action": "appro')
    decide_terms(glossary, "approved", "mota1", by=RUI)
    assert [entry.number for entry in read_log(glossary)] == [1, 3]
    assert undo_terms(glossary).entry.number == 3


KILLED = """
import os, sys
from tm.work import glossary_file
glossary_file.write_concepts = lambda *given, **options: os._exit(9)
from tm.work.deciding import decide_terms
decide_terms(sys.argv[1], "approved", "mota0")
"""


def test_a_decision_whose_process_was_killed_before_it_was_written_is_taken_back_in_the_log(glossary):
    decide_terms(glossary, "forbidden", "mota1", "pmota1", by=RUI)
    assert subprocess.run([sys.executable, "-c", KILLED, glossary], check=False).returncode == 9
    assert terms(glossary)["pmota0"] == "candidate"
    decide_terms(glossary, "approved", "mota2", by=RUI)
    assert [entry.action for entry in read_log(glossary)] == ["forbidden", "approved", "undo", "approved"]
    undone = [undo_terms(glossary).entry.changes[0].after.terms[0].text for _ in range(2)]
    assert undone == ["mota2", "mota1"]
    assert set(terms(glossary).values()) == {"candidate"}


def test_a_decision_that_cannot_be_written_is_taken_back_in_the_log(glossary, monkeypatch):
    from tm.work import glossary_file

    def write_concepts(path, *_, **__):
        raise FormatError("cannot be written: no space left on device", path=path)

    with monkeypatch.context() as full:
        full.setattr(glossary_file, "write_concepts", write_concepts)
        with pytest.raises(FormatError):
            decide_terms(glossary, "approved", "mota0")
    with pytest.raises(OptionError, match="nothing to take back"):
        undo_terms(glossary)


def test_a_table_of_ours_is_read_without_the_register_of_languages(glossary, monkeypatch):
    decide_terms(glossary, "approved", "mota0")
    monkeypatch.setitem(sys.modules, "langcodes", None)
    assert terms(glossary)["pmota0"] == "approved"


def test_a_decision_that_changes_nothing_is_not_noted(glossary):
    decide_terms(glossary, "approved", "mota0")
    decide_terms(glossary, "approved", "mota0")
    assert len(read_log(glossary)) == 1


def test_a_decision_loads_neither_other_formats_nor_taggers(glossary):
    script = (
        "import sys; from tm.work.deciding import decide_terms;"
        f"decide_terms({str(glossary)!r}, 'approved', 'mota0', 'pmota0');"
        "print(*sorted(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    needless = (
        "tm.formats.xliff",
        "tm.formats.html",
        "tm.language.tagger",
        "tm.terminology.extraction",
        "numpy",
    )
    assert [name for name in needless if name in loaded.split()] == []


def test_an_import_is_noted_and_taken_back_like_a_decision(glossary, tmp_path):
    before = read_concepts(glossary)
    (tmp_path / "client.csv").write_text(
        "fr,pt-BR,Do not use\nmota0,pmota0,x\nvanne,válvula,\n", encoding="utf-8"
    )
    import_terms(tmp_path / "client.csv", glossary, by=RUI)
    assert (terms(glossary)["pmota0"], terms(glossary)["válvula"]) == ("forbidden", "approved")
    [entry] = read_log(glossary)
    assert (entry.action, entry.author, entry.details["file"]) == ("import", "rui", "client.csv")
    undo_terms(glossary)
    assert read_concepts(glossary) == before


@pytest.mark.parametrize(
    "decide",
    [
        lambda path: decide_terms(path, "approved", "mota0"),
        lambda path: decide_terms(path, "preferred", "mota0", "outro"),
        lambda path: decide_terms(path, "rejected", "mota0"),
        lambda path: decide_terms(path, "forbidden", "mota0", "outro"),
        lambda path: decide_terms(path, "do-not-translate", "mota0", "mota0"),
        lambda path: add_terms(path, "vanne", "válvula", note="nova"),
        lambda path: note_terms(path, "mota0", "pmota0", "curto"),
        lambda path: note_terms(path, "mota0", "", "conceito"),
        lambda path: merge_terms(path, "mota0", "mota1"),
    ],
)
def test_each_verb_is_noted_and_taken_back(glossary, decide):
    read = read_concepts(glossary)
    decide(glossary)
    assert read_concepts(glossary) != read
    assert len(read_log(glossary)) == 1
    undo_terms(glossary)
    restored = read_concepts(glossary)
    assert sorted(restored, key=lambda concept: int(concept.id)) == read


def test_a_note_with_a_tab_and_what_came_before_it_is_taken_back(glossary):
    as_it_was = terms(glossary)
    add_terms(glossary, "mota0", "broa\tde  milho")
    note_terms(glossary, "mota0", "broa de milho", "du client:\nle\tpain")
    note_terms(glossary, "mota0", "", "à\tvoir")
    assert [undo_terms(glossary).kept for _ in range(3)] == [(), (), ()]
    assert terms(glossary) == as_it_was


def test_a_translation_that_an_approval_adds_is_new(glossary):
    assert decide_terms(glossary, "approved", "mota0", "broa").is_larger
    assert not decide_terms(glossary, "approved", "mota0", "broa").is_larger


def test_a_decision_is_taken_back_though_an_extraction_learnt_the_gender_since(glossary):
    decide_terms(glossary, "rejected", "mota0")
    change_glossary(
        glossary,
        lambda concepts, _: [
            replace(concepts[0], terms=tuple(replace(term, gender="feminine") for term in concepts[0].terms)),
            *concepts[1:],
        ],
    )
    assert undo_terms(glossary).kept == ()
    translation = read_concepts(glossary)[0].of("pt-BR")[0]
    assert (translation.status, translation.gender) == ("candidate", "feminine")


def test_a_glossary_and_a_memory_with_nothing_to_take_back_say_so_alike(tmp_path):
    (tmp_path / "glossary.tsv").write_text("fr\tpt\nfour\tforno\n", encoding="utf-8")
    memory = tmp_path / "memory.tm"
    with open_store(memory, create=True):
        pass
    for verb in (["terms", "undo"], ["undo"]):
        result = CliRunner().invoke(group, [*verb, "-m", str(memory)], prog_name="tm")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.endswith(": nothing to take back\n")
        result = CliRunner().invoke(group, [*verb, "-m", str(memory), "--json"], prog_name="tm")
        assert (result.exit_code, json.loads(result.stdout)["undone"]) == (1, None)


def test_a_form_that_may_be_of_two_words_means_the_one_that_the_glossary_has(glossary):
    add_terms(glossary, "vanne d'eau", "registro de água", by=RUI)
    decide_terms(glossary, "rejected", "vannes d'eau", by=RUI)  # vannes: of vanne, and of vanner
    last = read_log(glossary)[-1]
    assert (last.action, last.changes[0].after.terms[1].text) == ("rejected", "registro de água")
