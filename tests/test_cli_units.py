"""tm edit and tm remove before a person and in a script: what is asked, what is printed, who is named."""

import io
import json
import sys

import pytest

from tm.cli import main
from tm.model import Segment, Unit, Variant
from tm.store import open_store


class Keyboard(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def memory(tmp_path):
    path = tmp_path / "{cats}.tm"
    with open_store(path, create=True) as store:
        pairs = [("Le chat dort.", "O gato dorme."), ("Le chien dort.", "O cão dorme."), ("Oui", "Sim")]
        store.add([Unit((Variant("fr", Segment(one)), Variant("pt", Segment(two)))) for one, two in pairs])
    return path


@pytest.fixture
def tm(memory, monkeypatch, capsys):
    """Run a verb on the memory; its exit code, stdout and stderr."""
    monkeypatch.delenv("TM_AUTHOR", raising=False)

    def run(*words, typed=None):
        monkeypatch.setattr(sys, "stdin", io.StringIO() if typed is None else Keyboard(typed))
        monkeypatch.setattr(sys, "argv", ["tm", *words, "-m", str(memory)])
        with pytest.raises(SystemExit) as leaving:
            main()
        return leaving.value.code, *capsys.readouterr()

    return run


def numbers(memory):
    with open_store(memory) as store:
        return [stored.number for stored in store.all_stored()]


def test_several_units_are_asked_about_on_a_terminal_only(tm, memory):
    code, _, notes = tm("remove", "--where", "text=dort")
    assert (code, "take out 2 units? If so, say --yes; --dry-run shows them." in notes) == (2, True)
    code, _, notes = tm("remove", "--where", "text=dort", typed="n\n")
    assert (code, "{cats}.tm: take out 2 units? [y/N]" in notes, numbers(memory)) == (1, True, [1, 2, 3])
    assert tm("remove", "--where", "text=dort", typed="y\n")[0] == 0
    assert numbers(memory) == [3]
    assert tm("remove", "--where", "text=Oui")[0] == 0


@pytest.fixture
def dirty(memory):
    """The memory with one unit that goes."""
    with open_store(memory) as store:
        store.add(
            [Unit((Variant("fr", Segment("Le chat mange.")), Variant("pt", Segment("TODO: traduzir"))))]
        )
    return memory


def test_a_memory_is_cleaned_after_a_question_on_a_terminal_and_without_one_elsewhere(tm, dirty):
    question = "0 would be repaired; do it? [y/N]"
    assert (question in tm("clean", "--dry-run", typed="n\n")[2], numbers(dirty)) == (False, [1, 2, 3, 4])
    code, lines, notes = tm("clean", typed="n\n")
    assert (code, lines, question in notes, numbers(dirty)) == (1, "", True, [1, 2, 3, 4])
    assert notes.endswith("no unit is meant; nothing was changed\n")
    code, lines, notes = tm("clean", "--json", typed="\n")
    assert (code, json.loads(lines)["changes"], numbers(dirty)) == (1, [], [1, 2, 3, 4])
    code, lines, notes = tm("clean", typed="y\n")
    assert (code, "\tremoved\t" in lines, question in notes, numbers(dirty)) == (0, True, True, [1, 2, 3])
    assert (tm("clean", typed="n\n")[0], tm("undo")[0]) == (0, 0)  # nothing to clean, nothing asked
    assert (question in tm("clean")[2], len(numbers(dirty))) == (False, 3)


def test_a_cleaning_that_is_meant_asks_nothing_on_a_terminal(tm, dirty):
    code, _, notes = tm("clean", "--yes", typed="n\n")
    assert (code, "do it?" in notes, numbers(dirty)) == (0, False, [1, 2, 3])


def test_what_would_go_is_shown_before_the_question_and_once(tm, dirty, monkeypatch):
    monkeypatch.setattr("tm.cli.clean.sys.stdout.isatty", lambda: True)
    code, lines, _ = tm("clean", typed="y\n")
    assert (code, lines.count("would remove"), lines.count("\tremoved\t")) == (0, 1, 0)


@pytest.mark.parametrize(("language", "answer"), [("fr", "o"), ("pt", "sim"), ("fr", "yes")])
def test_a_question_is_answered_in_the_language_of_the_messages_or_in_english(
    tm, dirty, monkeypatch, language, answer
):
    monkeypatch.setenv("TM_LANGUAGE", language)
    assert (tm("clean", typed=f"{answer}\n")[0], numbers(dirty)) == (0, [1, 2, 3])


def test_units_that_are_numbered_are_not_asked_about(tm, memory):
    code, lines, _ = tm("edit", "1", "2", "--note", "vu")
    assert (code, lines.splitlines()[0]) == (0, "changed 1 to 4: Le chat dort. = O gato dorme.")
    assert numbers(memory) == [3, 4, 5]


def test_what_was_done_is_one_object_of_json(tm):
    code, printed, _ = tm("edit", "1", "--target", "O gato está dormindo.", "--json")
    assert code == 0
    assert json.loads(printed)["changes"] == [
        {
            "before": {"number": 1, "texts": {"fr": "Le chat dort.", "pt": "O gato dorme."}},
            "after": {"number": 4, "texts": {"fr": "Le chat dort.", "pt": "O gato está dormindo."}},
            "codes_left_out": 0,
        }
    ]
    fields = json.loads(tm("remove", "3", "--dry-run", "--json")[1])
    assert (fields["dry_run"], fields["changes"][0]["after"]) == (True, None)


def test_who_somebody_is_signs_a_change_and_is_none_by_itself(tm, memory, monkeypatch):
    monkeypatch.setenv("TM_AUTHOR", "ana")
    assert tm("edit", "1")[0] == 2
    assert tm("edit", "1", "--target", "O gato ronca.")[0] == 0
    assert tm("edit", "2", "--author", "rui")[0] == 0
    with open_store(memory) as store:
        assert [(each.number, each.author) for each in store.all_stored()] == [
            (3, ""),
            (4, "ana"),
            (5, "rui"),
        ]


def test_matches_say_what_they_are_named_by(tm, memory):
    match = json.loads(tm("find", "Oui", "--json")[1])["queries"][0]["matches"][0]
    named = {
        name: match[name] for name in ("number", "memory", "file", "author", "origin", "document", "context")
    }
    assert named == {
        "number": 3, "memory": str(memory), "file": "", "author": "", "origin": "", "document": "", "context": "",
    }  # fmt: skip
    _, lines, notes = tm("find", "Oui", "--details", "--where", "number<3")
    assert (lines, notes) == ("", "nothing at 70 percent or more\nleft out 1 unit by --where\n")


def test_a_table_taken_back_is_one_object_of_json(tm, tmp_path):
    path = tmp_path / "cats.tsv"
    assert tm("export", str(path), "--numbers")[0] == 0
    lines = path.read_text(encoding="utf-8").replace("O cão", "O cachorro").splitlines(keepends=True)
    path.write_text("".join([*lines[:1], *lines[2:], "neuf\tnovo\n"]), encoding="utf-8")
    dry, done = (
        json.loads(tm("edit", "--table", str(path), "--json", *words)[1])
        for words in (["--dry-run"], ["--remove-missing", "--author", "rui"])
    )
    assert tm("log")[1].count("  rui") == 2
    assert (dry["dry_run"], dry["missing"], dry["left_alone"], dry["unnumbered"]) == (True, [1], [], 1)
    assert [(change["before"]["number"], bool(change["after"])) for change in done["changes"]] == [
        (2, True),
        (1, False),
    ]


def test_another_white_space_is_told(tm):
    printed = tm("edit", "3", "--target", " Sim")[1]
    assert printed == "changed 3 to 4: Oui = Sim\n  only its white space was another\n"


def test_a_table_says_all_by_itself(tm):
    for words in (["1", "--table", "a.csv"], ["--table", "a.csv", "--target", "x"], ["--remove-missing"]):
        code, _, notes = tm("edit", *words)
        assert (code, "--table FILE says all by itself" in notes) == (2, True)


def test_of_many_units_that_are_so_already_some_are_named(tm, memory):
    with open_store(memory) as store:
        store.add(
            [Unit((Variant("fr", Segment(f"un {n}")), Variant("pt", Segment("um")))) for n in range(25)]
        )
    assert tm("edit", "--where", "text=un", "--note", "vu", "--yes")[0] == 0
    notes = tm("edit", "--where", "text=un", "--note", "vu", "--yes")[2].splitlines()
    assert (len(notes), notes[-1]) == (21, "25 units in all are so already")


def test_units_that_were_reviewed_may_be_called_so(tm, memory):
    assert tm("edit", "1", "--origin", "reviewed")[::2] == (0, "")
    assert tm("edit", "2", "--origin", "unreviewd")[0] == 2
    with open_store(memory) as store:
        assert [each.origin for each in store.all_stored()] == ["", "", "reviewed"]


def test_whoever_is_known_to_the_environment_is_the_author_of_each_change(tm, memory, monkeypatch, tmp_path):
    monkeypatch.setenv("TM_AUTHOR", "ana")
    (tmp_path / "more.tsv").write_text("fr\tpt\nNon\tNÃ£o\n", encoding="utf-8")
    for words in (
        ["add", str(tmp_path / "more.tsv")],
        ["clean"],
        ["remove", "1"],
        ["undo", "--author", "rui"],
    ):
        assert tm(*words)[0] == 0
    with open_store(memory) as store:
        changes = [(change.action, change.author) for change in store.log()[1:]]
    assert changes == [("add", "ana"), ("edit", "ana"), ("remove", "ana"), ("undo", "rui")]
