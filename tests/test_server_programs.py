"""The protocols of other programs: what each reads of an answer."""

import pytest
from starlette.testclient import TestClient

from tm.model import Segment, Unit, Variant
from tm.server.app import application
from tm.server.settings import Settings
from tm.store import open_store

NOW = "2026-11-28T10:00:00Z"


def unit(source, target, language="pt-BR"):
    return Unit((Variant("fr", Segment(source)), Variant(language, Segment(target))))


@pytest.fixture
def memory(tmp_path):
    path = tmp_path / "m.tm"
    with open_store(path, create=True) as store:
        store.add(
            [unit("Le pain est prêt.", "O pão está pronto."), unit("Le four/la cave", "O forno/a adega")]
        )
    return path


@pytest.fixture
def client(memory):
    with TestClient(application(Settings((str(memory),), lambda: NOW)), "http://localhost") as client:
        yield client


def test_tmserver_answers_the_best_match_first_with_quality_as_a_decimal(client):
    answer = client.get("/tmserver/fr/pt_br/unit/Le%20pain%20est%20cuit.?min_similarity=30")
    rows = answer.json()
    assert (rows[0]["source"], rows[0]["target"]) == ("Le pain est prêt.", "O pão está pronto.")
    assert '"quality":75.0' in answer.text
    assert [row["quality"] for row in rows] == sorted((row["quality"] for row in rows), reverse=True)


@pytest.mark.parametrize("code", ["pt", "pt_br", "pt_BR", "pt-BR", "PT-br"])
def test_tmserver_takes_every_spelling_of_a_language(client, code):
    (row,) = client.get(f"/tmserver/fr/{code}/unit/Le%20pain%20est%20pr%C3%AAt.").json()
    assert row["target"] == "O pão está pronto."


def test_tmserver_takes_a_text_with_a_slash_in_the_address_and_as_a_parameter(client):
    in_path = client.get("/tmserver/fr/pt/unit/Le%20four%2Fla%20cave").json()
    as_parameter = client.get("/tmserver/fr/pt/unit/", params={"source": "Le four/la cave"}).json()
    assert in_path == as_parameter
    assert in_path[0]["target"] == "O forno/a adega"


@pytest.mark.parametrize("path", ["fr/pt/unit/", "fr/fr/unit/four", "de/pt/unit/four", "fr/12/unit/four"])
def test_tmserver_has_404_for_an_empty_text_and_for_languages_that_it_lacks(client, path):
    assert client.get(f"/tmserver/{path}").status_code == 404


def test_tmserver_lists_each_language_with_and_without_its_region(client):
    codes = client.get("/tmserver/languages/").json()
    assert codes["sourceLanguages"] == codes["targetLanguages"] == ["fr", "pt_br", "pt"]
