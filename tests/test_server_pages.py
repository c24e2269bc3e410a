"""The pages of the server without a browser: what they hold, and what their scripts may ask."""

import base64
import threading

import pytest

pytest.importorskip("starlette")

from starlette.testclient import TestClient

from tm.formats import read_concepts
from tm.model import Segment, Unit, Variant
from tm.server.app import application
from tm.server.pages import PAGES
from tm.server.settings import Limits, Settings
from tm.store import open_store
from tm.work import reviewing
from tm.work.decision_log import read_log

NOW = "2026-11-28T10:00:00Z"


@pytest.fixture
def folder(tmp_path):
    with open_store(tmp_path / "m.tm", create=True) as store:
        pairs = ("Le four est chaud.", "O forno está quente."), ("Un pain", "Um pão")
        store.add([Unit((Variant("fr", Segment(one)), Variant("pt", Segment(two)))) for one, two in pairs])
    rows = "c-four\tcandidate\tfour\tforno\nc-pain\tapproved\tpain\tpão\n"
    (tmp_path / "glossary.tsv").write_text(f"concept\tstatus\tfr\tpt\n{rows}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(folder):
    settings = Settings((str(folder / "m.tm"),), lambda: NOW, str(folder / "glossary.tsv"), author="ana")
    with TestClient(application(settings), "http://localhost") as client:
        yield client


def verdict(status, decision):
    return {"concept": "c-four", "source": "four", "target": "forno", "status": status, "decision": decision}


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_has_no_script_and_no_style_of_its_own(client, path):
    text = client.get(path).text
    assert "<style" not in text
    assert " style=" not in text
    assert "<script>" not in text


def test_a_page_is_in_the_language_that_the_browser_wants_or_that_was_chosen(client):
    wants = {"accept-language": "fr-FR,fr;q=0.9"}
    assert '<html lang="fr"' in client.get("/", headers=wants).text
    assert '<html lang="pt-BR"' in client.get("/?language=pt-BR", headers=wants).text
    assert '<html lang="pt-BR"' in client.get("/terms", headers=wants).text
    assert '<html lang="pt-BR"' in client.get("/?language=xx", headers=wants).text


def test_a_page_works_without_a_glossary(folder):
    with TestClient(
        application(Settings((str(folder / "m.tm"),), lambda: NOW)), "http://localhost"
    ) as client:
        assert client.get("/terms").status_code == 200
        assert client.get("/pages/matches", params={"q": "le four"}).json()["terms"] == []
        undone = client.post("/pages/terms/undo", json={})
        assert undone.json()["error"].startswith("no glossary is served")


def test_the_search_page_has_a_switch_for_meaning_or_says_what_to_install(client, monkeypatch):
    page = client.get("/").text
    assert 'name="meaning" data-knows="ar de en es fr ' in page
    assert "pip install" not in page
    monkeypatch.setattr("tm.vectors.encoder.is_installed", lambda: False)
    page = client.get("/?language=fr").text
    assert 'name="meaning"' not in page
    assert (
        "Pour chercher par le sens, installez un supplément et redémarrez le serveur : <code>pip install"
        in page
    )


def test_a_text_gets_its_matches_its_terms_and_the_lines_in_which_it_stands(client):
    found = client.get("/pages/matches", params={"q": "Le four est froid.", "source": "fr", "target": "pt"})
    assert [match["target"] for match in found.json()["queries"][0]["matches"]] == ["O forno está quente."]
    assert [term["translations"][0]["text"] for term in found.json()["terms"]] == ["forno"]
    assert found.json()["queries"][0]["matches"][0]["memory"] == "m.tm"
    lines = client.get("/pages/lines", params={"q": "fou", "begun": "true"}).json()["queries"][0][
        "concordance"
    ]
    assert [line["places"] for line in lines] == [[{"start": 3, "end": 7}]]


def test_lines_that_take_too_long_are_those_that_were_found_so_far(folder):
    settings = Settings((str(folder / "m.tm"),), lambda: NOW, limits=Limits(seconds=-1))
    with TestClient(application(settings), "http://localhost") as client:
        (answer,) = client.get("/pages/lines", params={"q": "four"}).json()["queries"]
    assert (answer["concordance"], answer["partial"]) == ([], True)


def test_a_decision_is_written_with_its_author_and_taken_back_by_its_mark(client, folder):
    body = {"verdicts": [verdict("candidate", "preferred")], "author": "ana"}
    answer = client.post("/pages/terms/verdicts", json=body).json()
    assert answer["rows"]["concepts"][0][2] == [["forno", 2]]
    assert [(entry.author, entry.date) for entry in read_log(folder / "glossary.tsv")] == [("ana", NOW)]
    undone = client.post("/pages/terms/undo", json={"mark": answer["mark"]}).json()
    assert undone == {"kept": [], "concepts": ["c-four"]}
    assert [one.terms[1].status for one in read_concepts(folder / "glossary.tsv")] == [
        "candidate",
        "approved",
    ]


def test_a_decision_on_what_somebody_else_decided_is_refused(client, folder):
    client.post("/pages/terms/verdicts", json={"verdicts": [verdict("candidate", "approved")]})
    late = client.post("/pages/terms/verdicts", json={"verdicts": [verdict("candidate", "forbidden")]})
    assert (late.status_code, late.json()) == (409, {"error": "forno is approved now"})
    assert len(read_log(folder / "glossary.tsv")) == 1


def test_no_decision_at_all_is_refused(client):
    assert client.post("/pages/terms/verdicts", json={"verdicts": []}).status_code == 400


def test_a_refusal_tells_no_folder(client, folder):
    answers = [
        client.get("/pages/matches", params={"q": "four", "source": "de"}),
        client.post("/pages/terms/undo", json={}),
        client.post("/pages/files/findings", json={"file": given("a.docx", "no document")}),
    ]
    for answer, begin in zip(answers, ("m.tm: ", "glossary.tsv: ", "a.docx: "), strict=True):
        assert answer.status_code in (400, 422)
        assert answer.json()["error"].startswith(begin)


def test_the_pages_read_a_language_as_the_api_does(client):
    answer = client.get("/pages/matches", params={"q": "four", "source": "no tag"})
    assert answer.status_code == 400
    assert "no tag" in answer.json()["error"]


def test_two_concepts_become_one_and_two_again(client, folder):
    client.post("/pages/terms/merge", json={"into": "c-four", "other": "c-pain"})
    assert [one.id for one in read_concepts(folder / "glossary.tsv")] == ["c-four"]
    client.post("/pages/terms/undo", json={})
    assert [one.id for one in read_concepts(folder / "glossary.tsv")] == ["c-four", "c-pain"]


def given(name, text):
    return {"name": name, "content": base64.b64encode(text.encode()).decode()}


def test_documents_are_aligned_and_come_into_the_memory_as_a_person_left_them(client, folder):
    files = [
        given("a.fr.txt", "Le sel est là. La table est grande."),
        given("a.pt.txt", "O sal está aí. A mesa é grande."),
    ]
    body = {"files": files, "source": "fr", "target": "pt"}
    answer = client.post("/pages/files/alignment", json=body).json()
    assert answer["source"]["segments"] == ["Le sel est là.", "La table est grande."]
    joined = [{"source": [0, 1], "target": [0, 1], "confidence": 1}]
    assert client.post("/pages/files/reviewed", json=body | {"beads": joined}).json() == {"added": 1}
    with open_store(folder / "m.tm") as store:
        unit = list(store.units())[-1]
        assert unit.pair("fr", "pt").source.text == "Le sel est là. La table est grande."
        assert unit.property("x-document") == "a.fr.txt"
        assert (store.log()[-1].name, store.log()[-1].author) == ("a.fr.txt – a.pt.txt", "ana")
    wrong = [{"source": [7], "target": [0], "confidence": 1}]
    assert client.post("/pages/files/reviewed", json=body | {"beads": wrong}).status_code == 400
    assert client.post("/pages/files/alignment", json=body | {"source": "%%"}).status_code == 400


def test_documents_are_aligned_beside_the_thread_that_writes(client, monkeypatch):
    threads = []

    def to_review(*arguments):
        threads.append(threading.current_thread().name)
        return original(*arguments)

    original = reviewing.to_review
    monkeypatch.setattr(reviewing, "to_review", to_review)
    bead = {"source": [0], "target": [0], "confidence": 1}
    body = {"files": [given("a.tsv", "fr\tpt\nsel\tsal\n")], "beads": [bead]}
    assert client.post("/pages/files/reviewed", json=body).json() == {"added": 1}
    assert len(threads) == 1
    assert not threads[0].startswith("writer")


def test_the_rows_of_a_table_are_beads(client):
    answer = client.post("/pages/files/alignment", json={"files": [given("a.tsv", "fr\tpt\nsel\tsal\n")]})
    assert answer.json()["beads"] == [{"source": [0], "target": [0], "confidence": 1.0}]


def test_the_inline_codes_of_a_table_come_into_the_memory(client, folder):
    row = '<tu><tuv xml:lang="fr"><seg>Un <ph>{0}</ph> ici</seg></tuv><tuv xml:lang="pt"><seg>Um <ph>{0}</ph> aqui</seg></tuv></tu>'
    head = '<header srclang="fr" creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" datatype="xml"/>'
    files = [given("a.tmx", f'<tmx version="1.4">{head}<body>{row}</body></tmx>')]
    bead = {"source": [0], "target": [0], "confidence": 1}
    assert client.post("/pages/files/reviewed", json={"files": files, "beads": [bead]}).json() == {"added": 1}
    with open_store(folder / "m.tm") as store:
        source = list(store.units())[-1].pair("fr", "pt").source
    assert [(code.position, code.content.text) for code in source.codes] == [(3, "{0}")]


def test_a_file_is_analysed_filled_checked_mended_and_scored(client):
    file = given("job.tsv", "fr\tpt\nLe four est chaud.\tO  forno está quente.\nUn pain\t\n")
    body = {"file": file, "source": "fr", "target": "pt"}
    ask = lambda step, **more: client.post(f"/pages/files/{step}", json=body | more).json()  # noqa: E731
    assert [band["segments"] for band in ask("analysis")["bands"]] == [2]
    filled = base64.b64decode(ask("pretranslated")["content"]).decode()
    assert "Um pão" in filled
    assert [finding["suggestion"] for finding in ask("findings")["findings"]] == ["O forno está quente."]
    assert "O forno está" in base64.b64decode(ask("fixed", checks=["space"])["content"]).decode()
    assert ask("score")["segments"] == 1


def test_the_name_of_a_file_leads_nowhere(client):
    body = {"file": given("../../etc/passwd", ""), "source": "fr", "target": "pt"}
    refused = client.post("/pages/files/analysis", json=body)
    assert refused.status_code == 400
    assert "no extension" in refused.json()["error"]
