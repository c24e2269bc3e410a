"""The protocols of other programs: what each reads of an answer."""

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tm.model import Segment, Unit, Variant
from tm.server.app import application
from tm.server.callers import Caller, Token, digest_of
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


def test_tmserver_takes_every_letter_in_an_address(client):
    text = quote("a/b?c#d%20 100 % « é »\n\\\n", safe="")
    assert client.get(f"/tmserver/fr/pt_br/unit/{text}").json() == []


def test_omegat_finds_the_status_of_an_answer_in_its_body(client):
    good = client.get("/apertium/translate?q=Le%20pain%20est%20pr%C3%AAt.&markUnknown=no&langpair=fr|pt_BR")
    assert good.json() == {
        "responseData": {"translatedText": "O pão está pronto."},
        "responseStatus": 200,
        "responseDetails": None,
    }
    none = client.get("/apertium/translate", params={"q": "Rien du tout ici", "langpair": "fr|pt_BR"})
    assert (none.status_code, none.json()["responseStatus"]) == (404, 404)
    assert none.json()["responseDetails"]
    assert client.get("/apertium/listPairs").json()["responseStatus"] == 200


def test_no_program_is_told_that_a_language_is_translated_into_its_own_region(client):
    targets = {each["code"]: each["targets"] for each in client.get("/libre/languages").json()}
    assert targets == {"fr": ["pt-BR", "pt"], "pt-BR": ["fr"], "pt": ["fr"]}
    pairs = client.get("/apertium/listPairs").json()["responseData"]
    assert {(pair["sourceLanguage"], pair["targetLanguage"]) for pair in pairs} == {
        (code, target) for code, of_code in targets.items() for target in of_code
    }


@pytest.mark.parametrize(
    "path", ["/apertium/translate", "/get", "/mt", "/tmserver/de/pt/unit/pain", "/libre/translate"]
)
def test_no_protocol_tells_where_a_memory_lies(client, path, memory):
    given = {"q": "pain", "source": "de", "target": "pt"}
    answers = [
        client.get(path, params={**given, "langpair": "de|pt", "text": "pain"}),
        client.post(path, json=given),
    ]
    assert not any(str(memory.parent) in answer.text for answer in answers)


def test_libretranslate_gives_as_many_translations_as_it_was_asked_for(client):
    texts = ["Le pain est prêt.", "Rien du tout ici", "Le four/la cave"]
    body = {"q": texts, "source": "fr", "target": "pt", "api_key": ""}
    answer = client.post("/libre/translate", json=body).json()
    assert answer == {"translatedText": ["O pão está pronto.", "Rien du tout ici", "O forno/a adega"]}
    one = client.post("/libre/translate", json={**body, "q": texts[0]}).json()
    assert one == {"translatedText": "O pão está pronto."}
    assert [each["code"] for each in client.get("/libre/languages").json()] == ["fr", "pt-BR", "pt"]
    assert client.post("/libre/translate", json={"q": 7}).status_code == 400


def test_mymemory_has_the_names_that_its_clients_take_without_asking(client):
    answer = client.get("/get", params={"q": "Le pain est cuit.", "langpair": "fr|pt-BR"}).json()
    assert answer["responseData"] == {"translatedText": "O pão está pronto.", "match": 0.75}
    assert {"id", "segment", "quality", "last-updated-by", "last-update-date", "reference"} <= set(
        answer["matches"][0]
    )
    assert client.get("/get", params={"q": "oui", "langpair": "fr"}).json()["responseStatus"] == 403


def test_the_simplest_plug_in_gets_one_translation(client):
    asked = {"source": "fr", "target": "pt", "text": "Le pain est prêt."}
    assert client.get("/mt", params=asked).json() == {"translation": "O pão está pronto."}


def test_programs_write_only_where_they_may(client, memory):
    body = {"source": "Bon.", "target": "Bom."}
    assert client.put("/tmserver/fr/pt_br/unit/Bon.", json=body).status_code == 403
    settings = Settings((str(memory),), lambda: NOW, programs_write=True, author="ana")
    with TestClient(application(settings), "http://localhost") as writing:
        assert writing.put("/tmserver/fr/pt_br/unit/Bon.", json=body).status_code == 200
        assert writing.get("/tmserver/fr/pt_br/unit/Bon.").json()[0]["target"] == "Bom."
    with open_store(memory) as store:
        assert store.log()[-1].author == "ana"


@pytest.fixture
def writing(memory):
    settings = Settings((str(memory),), lambda: NOW, programs_write=True, author="ana")
    with TestClient(application(settings), "http://localhost") as client:
        yield client


def targets(client, text):
    return [row["target"] for row in client.get(f"/tmserver/fr/pt_br/unit/{quote(text, safe='')}").json()]


def test_tmserver_forgets_the_units_with_a_text(writing, memory):
    address = f"/tmserver/fr/pt_br/unit/{quote('Le four/la cave', safe='')}"
    assert writing.delete(address).status_code == 200
    assert targets(writing, "Le four/la cave") == []
    assert writing.delete(address).status_code == 404
    assert writing.delete("/tmserver/fr/pt_br/unit/").status_code == 404
    with open_store(memory) as store:
        assert (store.log()[-1].action, store.log()[-1].author) == ("remove", "ana")


def test_tmserver_takes_a_list_of_units_and_a_file(writing, memory):
    units = [{"source": f"Page {n}.", "target": f"Página {n}.", "context": "x"} for n in (1, 2)]
    added = writing.post("/tmserver/fr/pt_br/store/pages.po", json=units)
    assert added.json() == "added 2 units from pages.po"
    table = "fr\tpt-BR\nOui.\tSim.\nNon.\tNão.\n".encode()
    assert (
        writing.put("/tmserver/fr/pt_br/store/a/b.tsv", content=table).json() == "added 2 units from a/b.tsv"
    )
    assert [targets(writing, text)[0] for text in ("Page 2.", "Non.")] == ["Página 2.", "Não."]
    with open_store(memory) as store:
        assert [(change.name, change.author) for change in store.log()[-1:]] == [("a/b.tsv", "ana")]


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("POST", "store/a.po", b'[{"source": "Oui."}]', 400),
        ("POST", "store/a.po", b"[]", 200),
        ("PUT", "store/a.tmx", b"no tmx", 422),
        ("PUT", "store/a.tm", b"no memory", 422),
        ("PUT", "store/a", b"Oui.\tSim.", 400),
    ],
)
def test_what_tmserver_cannot_take_is_refused_in_one_line(writing, method, path, content, status):
    headers = {"content-type": "application/json"}
    answer = writing.request(method, f"/tmserver/fr/pt_br/{path}", content=content, headers=headers)
    assert answer.status_code == status, answer.text
    if status > 200:
        assert len(answer.json()["error"].splitlines()) == 1
        assert "ponte-" not in answer.text


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "unit/Oui."), ("PUT", "store/a.tsv"), ("POST", "store/a")]
)
def test_nothing_is_written_where_writing_is_off(client, method, path):
    assert client.request(method, f"/tmserver/fr/pt_br/{path}", json=[]).status_code == 403


def test_libretranslate_shows_its_token_in_the_body(memory):
    token = "bGlicmUtdHJhbnNsYXRl"
    settings = Settings(
        (str(memory),), lambda: NOW, tokens=(Token(Caller("weblate", "read"), digest_of(token)),)
    )
    body = {"q": "Le pain est prêt.", "source": "fr", "target": "pt"}
    with TestClient(application(settings), "http://localhost") as client:
        for key, status in ((token, 200), (token + "x", 401), (None, 401), (7, 401)):
            assert client.post("/libre/translate", json=body | {"api_key": key}).status_code == status
        bearer = {"authorization": f"Bearer {token}"}
        assert client.post("/libre/translate", json=body, headers=bearer).status_code == 200
        assert client.get("/libre/languages").status_code == 401
