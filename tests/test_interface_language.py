"""The command line in the languages of its readers."""

import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tm.cli import VERBS, group, main
from tm.cli.interface_language import VARIABLES, interface_language


@pytest.fixture
def speak(monkeypatch):
    """Run a command in a language: its output, both streams, and the exit code."""

    def run(language, *arguments):
        monkeypatch.setenv("TM_LANGUAGE", language)
        result = CliRunner().invoke(group, arguments, prog_name="tm", terminal_width=60)
        return result.output, result.exit_code

    return run


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "pt_PT"}, "pt-BR"),
        ({"LANG": "pt_BR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "de:pt_BR:fr", "LANG": "en_GB.UTF-8"}, "pt-BR"),
        ({"LANGUAGE": "fr", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "fr"}, "fr"),
        ({"TM_LANGUAGE": "en", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"TM_LANGUAGE": "pt"}, "pt-BR"),
        ({"LANG": "de_AT.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_one_that_gettext_would_take_unless_ours_is_set(monkeypatch, settings, expected):
    for name in (*VARIABLES, "LANGUAGE", "TM_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert interface_language() == expected


@pytest.mark.parametrize("language", ["fr", "pt-BR"])
def test_the_list_of_verbs_is_in_the_readers_language(speak, language):
    output, code = speak(language, "--help")
    assert code == 0
    assert not any(first_line in output for first_line in VERBS.values())
    assert all(f"  {verb}" in output for verb in VERBS)


def test_help_has_its_examples_as_they_are_and_its_options_explained(speak):
    output, _ = speak("pt-BR", "find", "--help")
    assert 'tm find "apprentissage en profondeur" -m out/memory.tm' in output
    assert re.search(r"--words\s+TEXT são palavras", output)
    assert "padrão:" in output


def test_a_group_of_verbs_and_help_on_one_are_in_the_readers_language(speak):
    assert "Un terme et sa traduction sont bons." in speak("fr", "terms", "--help")[0]
    assert speak("fr", "help", "terms", "add")[0].startswith("Usage\N{NO-BREAK SPACE}: tm terms add")


def test_a_language_is_forgotten_with_the_command_that_it_was_for(speak):
    speak("fr", "find", "--help")
    assert "Look a text up in the memory." in speak("en", "find", "--help")[0]


def test_wrong_usage_is_told_in_the_readers_language(speak):
    output, code = speak("fr", "find", "chat", "--in", "middle")
    assert "n’est pas l’un de 'source', 'target'" in output
    assert code == 2


def test_no_catalogue_is_read_in_english():
    code = (
        "import sys; from tm.cli import group; group(['find', '--help'], standalone_mode=False);"
        "sys.exit(','.join({'tm.pages.messages', 'polib'} & set(sys.modules)) or 0)"
    )
    environment = os.environ | {"TM_LANGUAGE": "en"}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_what_verbs_print_is_in_the_readers_language_and_json_is_not(speak, tmp_path):
    (tmp_path / "a.tsv").write_text("fr\tpt-BR\nLe chat dort.\tO gato dorme.\n", encoding="utf-8")
    memory = str(tmp_path / "m.tm")
    output, code = speak("fr", "add", str(tmp_path / "a.tsv"), "-m", memory)
    assert (output, code) == (f"enregistrées\N{NO-BREAK SPACE}: 1\n1 sur 1 unité ajoutée à {memory}\n", 0)
    assert speak("pt-BR", "stats", "-m", memory)[0].startswith("1 unidade\nidioma")
    assert '"units": 1' in speak("pt-BR", "stats", "-m", memory, "--json")[0]
    assert "mesmo contexto" not in speak("en", "find", "Le chat dort.", "-m", memory)[0]


def test_an_error_names_the_file_as_it_is_and_says_the_rest_in_the_readers_language():
    environment = os.environ | {"TM_LANGUAGE": "fr"}
    command = [sys.executable, "-m", "tm", "stats", "missing.tsv"]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (result.stderr, result.returncode) == ("missing.tsv: pas de tel fichier ni dossier\n", 3)


def test_a_misspelt_verb_is_answered_with_the_nearest_in_the_readers_language(speak):
    output, code = speak("pt-BR", "fnd")
    assert "Não existe o comando 'fnd'; você quis dizer find?" in output
    assert code == 2


@pytest.mark.parametrize("language", ["fr", "pt-BR"])
def test_reasons_for_a_percent_are_said_in_the_readers_language(language):
    from tm.memory.penalties import KINDS
    from tm.pages.sentences import in_language

    assert [kind for kind in KINDS if kind != "codes" and in_language(kind, language) == kind] == []
    line = in_language("a.png: units can be read from .tmx, .po; not .png", language)
    assert "units" not in line
    assert ".tmx, .po" in line


def test_what_is_to_be_typed_is_not_translated():
    from tm.pages.sentences import in_language

    assert in_language("no check is called 'varity'; did you mean variety?", "fr").endswith(
        "variety\N{NO-BREAK SPACE}?"
    )


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        (
            "en",
            "left out 1 unit without text in both languages",
            "left out 2 units without text in both languages",
        ),
        (
            "fr",
            "laissé de côté\u00a0: 1 unité sans texte dans les deux langues",
            "laissé de côté\u00a0: 2 unités sans",
        ),
        ("pt", "deixado de fora: 1 unidade sem texto nos dois idiomas", "deixado de fora: 2 unidades sem"),
    ],
)
def test_what_a_format_leaves_out_is_said_with_its_number_in_the_readers_language(
    tmp_path, monkeypatch, capsys, language, one, several
):
    monkeypatch.setenv("TM_LANGUAGE", language)
    for empty, said in ((1, one), (2, several)):
        table = tmp_path / f"{empty}.tsv"
        table.write_text("fr\tpt\noui\tsim\n" + "non\t\n" * empty, encoding="utf-8")
        monkeypatch.setattr(sys, "argv", ["tm", "convert", str(table), f"{tmp_path}/{empty}.fr-pt"])
        with pytest.raises(SystemExit):
            main()
        assert said in capsys.readouterr().err
