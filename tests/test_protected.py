"""What is no prose: found by one function, left alone by recognition and by the checks."""

import pytest

from tm.checks import run_checks
from tm.direction import Direction
from tm.language.protected import prose_tokens, spans, without_code
from tm.model import Concept, Pair, Segment, Term
from tm.terminology import Recogniser

PLACES = [
    "fichier.txt", "/home/fichier/a", "~/fichier", "C:\\fichier\\a", "--fichier", "-fichier", "--fichier=a",
    "fichier_source", "fichier()", "serveur.fichier", "serveur::fichier", "`fichier`", "``le fichier``",
    "`ouvrir le fichier`", "$fichier", "${fichier}", "%(fichier)s", "{fichier}", "{{ fichier }}", "<fichier>",
    '<a href="fichier">', "https://exemple.org/fichier", "www.fichier.fr", "fichier@exemple.org", "@fichier",
    "fichier-local.conf", "fichier:8080", ".fichier.json",
]  # fmt: skip

PROSE = [
    "Un fichier, un porte-fichier.", "Le fichier - le seul - manque.", "Oui.Le fichier manque.", "(fichier)",
    "Un outil -un fichier- manque.", "Le fichier et/ou le dossier.", "Le « fichier » : 3,5 Mo.", "5.fichier",
]  # fmt: skip

FRENCH = Direction("pt", "fr")


@pytest.mark.parametrize("place", PLACES)
def test_code_is_protected_as_a_whole_and_no_term_is_found_in_it(place):
    text = f"Voir {place} ici."
    assert [text[start:end] for start, end in spans(text, "fr")] == [place]
    glossary = [Concept("1", (Term("fichier", "fr"),))]
    assert Recogniser(glossary, "fr").recognise(text) == []


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_not_protected(text):
    assert spans(text, "fr") == []


def test_code_is_one_token_and_the_tokens_around_keep_their_places():
    text = "L'outil a.txt, /b/c et %s."
    tokens = prose_tokens(text, "fr")
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert [token.text for token in tokens if token.kind == "code"] == ["a.txt", "/b/c", "%s"]


def test_a_text_without_its_code_is_as_long():
    text = "Le fichier a.txt de {nom}"
    assert len(without_code(text)) == len(text)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Veja `a  b` e `,,`.", "Voir `a  b` et `,,`."),
        ("Veja print print().", "Voir print print()."),
        ("abrir arquivo.txt", "/home/a ouvre arquivo.txt"),
        ("Use /a/o/os/arquivo/e/da/casa agora.", "Utilisez /a/o/os/arquivo/e/da/casa maintenant."),
        ("Digite `a:b?` aqui.", "Tapez `a:b?` ici."),
        ("Veja C:\\a?b aqui.", "Voir C:\\a?b ici."),
    ],
)
def test_no_check_touches_code(source, target):
    assert run_checks([Pair(Segment(source), Segment(target))], FRENCH) == []


def test_code_keeps_its_letters_in_a_suggestion_in_capitals():
    pair = Pair(Segment("ABRA O ARQUIVO a.txt"), Segment("Ouvrez le fichier a.txt"))
    (finding,) = run_checks([pair], FRENCH, only=["capital"])
    assert finding.suggestion == "OUVREZ LE FICHIER a.txt"


def test_spaces_are_mended_outside_code():
    pair = Pair(Segment("Veja `a  b` aqui."), Segment("Voir  `a  b` ici."))
    assert run_checks([pair], FRENCH, only=["space"]) == []  # the source has two spaces, too
    pair = Pair(Segment("Veja aqui."), Segment("Voir  ici `a  b`."))
    (finding,) = run_checks([pair], FRENCH, only=["space"])
    assert finding.suggestion == "Voir ici `a  b`."
