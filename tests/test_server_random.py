"""Calls made at random of the OpenAPI description: no answer is a fault of the server, and each fits its schema."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemas import fits
from starlette.testclient import TestClient

from tm.model import Segment, Unit, Variant
from tm.server.api import OPERATIONS
from tm.server.app import application
from tm.server.openapi import ERROR
from tm.server.settings import Settings
from tm.store import open_store

WORDS = st.sampled_from(
    ["Le pain est prêt.", "four", "pain", "c-four", "fr", "pt", "tsv", "", " ", "a=b", "**", "\x00"]
)
TEXTS = WORDS | st.text(max_size=30)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("random")
    (folder / "glossary.tsv").write_text("concept\tstatus\tfr\tpt\nc-four\tcandidate\tfour\tforno\n")
    with open_store(folder / "m.tm", create=True) as store:
        pairs = [("Le pain est prêt.", "O pão está pronto."), ("Le four.", "O forno.")]
        store.add([Unit((Variant("fr", Segment(fr)), Variant("pt", Segment(pt)))) for fr, pt in pairs])
    served = Settings((str(folder / "m.tm"),), lambda: "2026-11-28T10:00:00Z", str(folder / "glossary.tsv"))
    with TestClient(application(served), "http://localhost") as client:
        yield client


def values(schema):
    """Values of a schema, and some that are none."""
    match schema.get("type"):
        case "object":
            fields = {name: values(each) for name, each in schema["properties"].items()}
            needed = {name: fields.pop(name) for name in schema["required"]}
            return st.fixed_dictionaries(needed, optional=fields)
        case "array":
            return st.lists(values(schema["items"]), max_size=3)
        case "string" if "enum" in schema:
            return st.sampled_from(schema["enum"]) | TEXTS
        case "string":
            return TEXTS
        case "boolean":
            return st.booleans() | st.none()
        case _:
            return st.integers(-2, 60) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS


def calls():
    """An operation, with its parameters and its body."""
    return st.sampled_from(OPERATIONS).flatmap(
        lambda operation: st.tuples(
            st.just(operation), values(operation.parameters), values(operation.body or {"type": "boolean"})
        )
    )


def ask(client, call):
    operation, parameters, body = call
    number = quote(str(parameters.get("number", ""))[:9], safe="") or "x"
    path = operation.path.replace("{number}", number)
    rest = {name: value for name, value in parameters.items() if f"{{{name}}}" not in operation.path}
    answer = client.request(
        operation.method, f"/api/v1{path}", params=rest, json=body if operation.body else None
    )
    assert answer.status_code < 500, (operation.name, parameters, body, answer.text)
    if answer.headers["content-type"] == "application/json":
        fits(answer.json(), operation.answer if answer.status_code < 400 else ERROR)
    else:
        assert answer.status_code in (404, 405)


@settings(max_examples=75, deadline=None, suppress_health_check=list(HealthCheck))
@given(calls())
def test_a_call_at_random_is_answered_as_described(client, call):
    ask(client, call)


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(calls())
def test_ten_thousand_calls_at_random_are_answered_as_described(client, call):
    ask(client, call)
