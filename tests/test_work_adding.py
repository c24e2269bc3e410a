"""Files, texts and units into a memory."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tm.cli import group
from tm.direction import Direction
from tm.errors import FormatError, OptionError, StoreError
from tm.store import open_store
from tm.store.beginning import begin, take_back
from tm.work.adding import add_files

PO = """msgid ""
msgstr "Language: pt_BR\\nContent-Type: text/plain; charset=UTF-8\\n"

msgid "Open"
msgstr "Abrir"

#, fuzzy
msgid "Close"
msgstr "Fechar"

msgid "Wait"
msgstr ""
"""


@pytest.fixture
def store():
    with open_store(":memory:", create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    files = {
        "loc/pt_BR.po": PO,
        "loc/sub/news.tsv": "en\tpt-BR\nBread\tPão\n",
        "loc/~$news.tsv": "x",
        "loc/logo.png": "x",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def texts(store):
    return [tuple(each.segment.text for each in unit.variants) for unit in store.units()]


def run(*arguments):
    return CliRunner().invoke(group, list(map(str, arguments)), catch_exceptions=False, standalone_mode=False)


# ------------------------------------------------------------------------------------------- files


def test_a_folder_gives_its_finished_translations_and_says_what_is_left_out(store, folder):
    addition = add_files(store, folder / "loc")
    assert texts(store) == [("Open", "Abrir"), ("Bread", "Pão")]
    assert (addition.added.added, addition.read) == (2, 4)
    assert addition.left_out == addition.unfinished == {"untranslated": 1, "draft": 1}
    assert [path[-8:] for path in addition.passed_over] == ["logo.png"]


def test_units_in_other_languages_are_left_out_and_counted(store, folder):
    table = folder / "mixed.csv"
    table.write_text("en,pt-BR,de\nBread,Pão,\nOven,,Ofen\n", encoding="utf-8")
    addition = add_files(store, table, direction=Direction("en", "pt"))
    assert (texts(store)[0][:2], addition.left_out) == (("Bread", "Pão"), {"not en → pt": 1})


def test_a_direction_that_no_unit_has_is_refused(store, folder):
    with pytest.raises(FormatError, match=r"pt_BR\.po: 0 of 1 units are en → de; found: en, pt-BR$"):
        add_files(store, folder / "loc/pt_BR.po", direction=Direction("en", "de"), format="po")
    assert len(store) == 0


def test_one_bad_file_of_many_costs_only_itself(store, folder):
    (folder / "loc/a.tmx").write_text("<tmx", encoding="utf-8")
    addition = add_files(store, [folder / "loc", folder / "absent.tsv"])
    assert len(store) == 2
    assert ([str(error).split(":")[0][-10:] for error in addition.rejected], addition.count) == (
        ["/loc/a.tmx", "absent.tsv"],
        4,
    )
    with pytest.raises(FormatError, match="no such file or folder"):
        add_files(store, "absent.tsv")


def test_a_fault_in_a_file_is_gone_past_when_asked_for(store, folder):
    (folder / "a.tsv").write_text("fr\tpt\nun\tum\ttrop\ndeux\tdois\n", encoding="utf-8")
    problems = []
    add_files(store, folder / "a.tsv", problems=problems)
    assert (len(store), len(problems)) == (1, 1)


def test_a_memory_is_made_when_there_is_none_and_not_left_behind_empty(folder):
    memory = folder / "new.tm"
    add_files(memory, folder / "loc", dry_run=True)
    with pytest.raises(FormatError):
        add_files(memory, folder / "absent.tsv")
    assert not memory.exists()
    add_files(str(memory), [folder / "loc"], date="2026-01-02")
    with open_store(memory) as store:
        assert [(change.date, change.added) for change in store.log()] == [
            ("2026-01-02", 1),
            ("2026-01-02", 1),
        ]


def test_what_is_on_disk_is_acknowledged_for_the_whole_addition(store, folder):
    counts = []
    add_files(store, folder / "loc", acknowledge=counts.append)
    assert counts == [1, 2]


# ------------------------------------------------------------------------------------------- documents


def test_two_documents_are_aligned_in_the_order_of_the_arguments(store, folder):
    (folder / "a.txt").write_text("Le pont tient. Il est vieux.\n", encoding="utf-8")
    (folder / "b.txt").write_text("A ponte resiste. É velha.\n", encoding="utf-8")
    add_files(store, [folder / "b.txt", folder / "a.txt"])
    assert texts(store)[0] == ("A ponte resiste.", "Le pont tient.")
    (change,) = store.log()
    assert change.name == f"{folder / 'b.txt'} = {folder / 'a.txt'}"


def test_two_documents_in_one_language_are_refused(store, folder):
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("Le pont tient. Il est vieux.\n", encoding="utf-8")
    with pytest.raises(OptionError, match="are both in fr; say which is what with -s and -t"):
        add_files(store, [folder / "a.txt", folder / "b.txt"])


def test_lines_are_taken_as_they_are_when_extensions_are_languages(store, folder):
    (folder / "test.fr").write_text("Oui. Non.\n\n12 h\n", encoding="utf-8")
    (folder / "hyp.pt_BR").write_text("Sim. Não.\nx\n12:00\n", encoding="utf-8")
    add_files(store, [folder / "test.fr", folder / "hyp.pt_BR"])
    assert texts(store) == [("Oui. Non.", "Sim. Não."), ("12 h", "12:00")]
    assert list(store.languages()) == ["fr", "pt-BR"]
    assert [unit.property("x-line") for unit in store.units()] == ["1", "3"]


def test_a_line_without_translation_is_counted_as_waiting(store, folder):
    (folder / "test.fr").write_text("Oui.\nNon.\n\n", encoding="utf-8")
    (folder / "hyp.pt").write_text("Sim.\n\n\n", encoding="utf-8")
    addition = add_files(store, [folder / "test.fr", folder / "hyp.pt"])
    assert (addition.read, addition.unfinished) == (2, {"untranslated": 1})
    assert texts(store) == [("Oui.", "Sim.")]


def test_a_folder_of_two_texts_is_added_as_the_two_are(store, folder):
    (folder / "job").mkdir()
    (folder / "job" / "test.fr").write_text("Oui.\n", encoding="utf-8")
    (folder / "job" / "hyp.pt").write_text("Sim.\n", encoding="utf-8")
    add_files(store, folder / "job")
    assert (texts(store), list(store.languages())) == ([("Oui.", "Sim.")], ["fr", "pt"])


def test_texts_of_different_length_are_aligned_whatever_their_extensions(store, folder):
    (folder / "test.fr").write_text("Le pont tient.\nIl est vieux.\n", encoding="utf-8")
    (folder / "hyp.pt").write_text("A ponte resiste. É velha.\n", encoding="utf-8")
    add_files(store, [folder / "test.fr", folder / "hyp.pt"])
    assert "aligned" in {unit.property("x-origin") for unit in store.units()}


def test_a_document_that_is_alone_is_refused(store, folder):
    (folder / "a.txt").write_text("Le pont.\n", encoding="utf-8")
    with pytest.raises(OptionError, match=r"a\.txt: a document; two of them were expected"):
        add_files(store, folder / "a.txt")
    assert len(add_files(store, [folder / "a.txt", folder / "loc"]).rejected) == 1


# ------------------------------------------------------------------------------------------- catalogues


def test_catalogues_are_joined_and_one_bad_one_is_left_out(store, folder):
    french = PO.replace("pt_BR", "fr").replace("Abrir", "Ouvrir").replace("#, fuzzy\n", "")
    (folder / "loc/fr.po").write_text(french, encoding="utf-8")
    (folder / "loc/de.po").write_text('msgid "x\n', encoding="utf-8")
    addition = add_files(store, folder / "loc", pivot="EN", direction=Direction("fr", "pt-BR"))
    assert texts(store) == [("Ouvrir", "Abrir")]
    assert (len(addition.rejected), addition.count) == (1, 3)
    assert addition.left_out == {"untranslated": 2, "draft": 1, "in one language only": 1}


# ------------------------------------------------------------------------------------------- units and choices


def test_a_wrong_choice_is_refused_with_the_nearest(store, caplog):
    with pytest.raises(OptionError, match=r"on_same is 'Keep'.*did you mean keep"):
        add_files(store, [], on_same="Keep")
    with pytest.raises(OptionError, match=r"origin is 'Machine'.*did you mean machine"):
        add_files(store, [], origin="Machine")
    with pytest.raises(OptionError, match="no file is named"):
        add_files(store, [], origin="dictated")
    assert caplog.messages == [
        "origin dictated: none of imported, aligned, unreviewed, machine; it will cost a match nothing"
    ]
    with pytest.raises(OptionError, match="not a language tag"):
        add_files(store, "a.po", pivot="english")
    with pytest.raises(StoreError):
        add_files("absent/memory.tm", [])


def test_the_command_says_what_is_left_out_and_why(folder, monkeypatch):
    monkeypatch.chdir(folder)
    done = run("add", "loc", "absent.tsv", "-m", "m.tm")
    assert done.return_value == 1
    assert done.stdout.splitlines() == [
        "added 2 of 4 units to m.tm",
        "left out: 1 untranslated, 1 draft",
        "passed over, of no format with units: loc/logo.png",
    ]
    assert done.stderr.splitlines()[-2:] == [
        "absent.tsv: no such file or folder",
        "left out: 1 of 3 files",
    ]


def test_lines_and_strings_are_read_in_the_encoding_that_is_said(store, tmp_path):
    written = {
        "a.fr": "Froid",
        "a.pl": "Płyn",
        "s/en.json": '{"k": "Cold"}',
        "s/pl.json": '{"k": "Zimny płyn"}',
    }
    for name, text in written.items():
        (tmp_path / "s").mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.encode("iso-8859-2"))
    table = tmp_path / "s" / "b.tsv"
    table.write_bytes("en\tpl\nWall\tŚciana\n".encode("iso-8859-2"))
    for paths in ([tmp_path / "a.fr", tmp_path / "a.pl"], [tmp_path / "s"]):
        add_files(store, paths, encoding="iso-8859-2")
    assert [pair[1] for pair in texts(store)] == ["Płyn", "Ściana", "Zimny płyn"]
    with pytest.raises(
        FormatError, match=r"a\.pl:1: byte 0xB3 is not ascii; say the right one with --encoding"
    ):
        add_files(store, [tmp_path / "a.fr", tmp_path / "a.pl"], encoding="ascii")
    with pytest.raises(FormatError, match="unknown encoding 'asci'; UTF-8 was expected"):
        add_files(store, [tmp_path / "a.fr", tmp_path / "a.pl"], encoding="asci")


def test_faults_of_strings_that_stand_among_tables_are_gone_past(store, tmp_path):
    for name, text in {
        "en.ftl": "k = Cold\n",
        "pl.ftl": "k = Zimny\n?\n",
        "b.tsv": "en\tpl\nWall\tMur\n",
    }.items():
        (tmp_path / name).write_text(text)
    problems = []
    add_files(store, [tmp_path], problems=problems)
    assert [(problem.line, pair) for problem in problems for pair in texts(store)] == [
        (2, ("Wall", "Mur")),
        (2, ("Cold", "Zimny")),
    ]


# ------------------------------------------------------------------------------------------- made for nothing


def test_a_memory_made_for_nothing_stays_as_long_as_another_program_has_it_open(tmp_path):
    path, nothing = tmp_path / "new.tm", tmp_path / "none.tsv"
    nothing.write_text("fr\tpt\noui\t\n", encoding="utf-8")
    (tmp_path / "news.tsv").write_text("fr\tpt\noui\tsim\n", encoding="utf-8")
    assert begin(path)
    with open_store(path) as store:
        assert not take_back(path)
        add_files(store, tmp_path / "news.tsv")
    assert not take_back(path)
    with open_store(path) as store:
        assert texts(store) == [("oui", "sim")]


def test_whoever_opens_a_memory_that_is_being_taken_back_is_told_and_adds_nothing(tmp_path, monkeypatch):
    path = tmp_path / "new.tm"
    assert begin(path)
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)  # the moment before it is gone
    assert take_back(path)
    with pytest.raises(StoreError, match=r"new\.tm: "):
        open_store(path)


def test_a_memory_that_got_nothing_is_not_left_behind(tmp_path):
    (tmp_path / "none.tsv").write_text("fr\tpt\noui\t\n", encoding="utf-8")
    add_files(tmp_path / "new.tm", tmp_path / "none.tsv")
    assert [path.name for path in tmp_path.iterdir()] == ["none.tsv"]
