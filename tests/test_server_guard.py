"""Who comes in: names, origins, lengths, tokens, and what every answer says to a browser."""

import asyncio
from unittest.mock import Mock

import pytest
from starlette.testclient import TestClient
from uvicorn import Config
from uvicorn.server import ServerState

from tm.errors import FormatError
from tm.model import Segment, Unit, Variant
from tm.server.app import application
from tm.server.callers import Caller, Token, TokenFile, digest_of, read_tokens
from tm.server.running import HEAD, _Protocol
from tm.server.settings import Limits, Settings
from tm.store import open_store

SECRET = "b3ZxcGluZ3Vpbm8x"


@pytest.fixture
def serving(tmp_path):
    path = tmp_path / "m.tm"
    with open_store(path, create=True) as store:
        store.add([Unit((Variant("fr", Segment("four")), Variant("pt", Segment("forno"))))])

    def client(**settings):
        settings = Settings((str(path),), lambda: "2026-11-28T10:00:00Z", **settings)
        return TestClient(application(settings), "http://localhost")

    return client


def test_every_answer_tells_a_browser_to_run_nothing_from_elsewhere(serving):
    with serving() as client:
        for path in ("/", "/static/page.css", "/health", "/no/such/page"):
            headers = client.get(path).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("path", ["/api/v1/units", "/api/v1/units/1"])
def test_a_fault_of_ours_is_an_answer_that_is_counted(serving, monkeypatch, path):
    with serving() as client:
        monkeypatch.setattr("tm.server.operations.from_query", Mock(side_effect=ZeroDivisionError))
        faulty = TestClient(client.app, "http://localhost", raise_server_exceptions=False)
        answer = faulty.get(path)
        assert (answer.status_code, answer.headers["x-content-type-options"]) == (500, "nosniff")
        assert 'status="500"} 1' in client.get("/metrics").text


@pytest.mark.parametrize("path", ["/api/v1/units", "/api/v1/units/1", "/libre/translate"])
def test_who_hangs_up_in_the_middle_of_a_request_is_counted_and_no_fault_of_ours(serving, path):
    def count(scope, status, seconds):
        counted.append(status)

    parts = iter(
        [
            {"type": "http.request", "body": b'{"source": "fo', "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    headers = [(b"host", b"localhost"), (b"content-type", b"application/json"), (b"content-length", b"99")]
    method = "PATCH" if path.endswith("1") else "POST"
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": headers}
    counted, guard = [], serving().app
    guard.finished = count

    async def receive():
        return next(parts)

    async def send(_):
        """Nobody is there any more."""

    asyncio.run(guard(scope, receive, send))
    assert counted == [499]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "a@localhost"])
def test_a_foreign_name_of_the_server_is_refused(serving, host):
    with serving() as client:
        assert client.get("/health", headers={"host": host}).status_code == 421


def test_two_names_are_refused(serving):
    with serving() as client:
        assert (
            client.get("/health", headers=[("host", "localhost"), ("host", "evil.example")]).status_code
            == 400
        )


@pytest.mark.parametrize(
    "header", [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_page_of_another_site_changes_nothing(serving, header):
    with serving() as client:
        assert client.post("/api/v1/units", json={}, headers=header).status_code == 403


def test_a_body_that_is_too_long_is_refused_before_it_is_read(serving):
    with serving(limits=Limits(body=10)) as client:
        assert client.post("/api/v1/units", content=b"12345678901").status_code == 413


def test_many_headers_are_refused(serving):
    with serving() as client:
        assert client.get("/health", headers=[(f"x-{n}", "1") for n in range(120)]).status_code == 431


def test_with_tokens_everybody_needs_one_but_for_the_health(serving):
    with serving(tokens=(Token(Caller("ana", "read"), digest_of(SECRET)),)) as client:
        assert client.get("/health").status_code == 200
        assert client.get("/").status_code == 401
        assert client.get("/", headers={"authorization": f"Bearer {SECRET}x"}).status_code == 401
        assert client.get("/", headers={"authorization": f"Bearer {SECRET}"}).status_code == 200
        assert client.get("/", headers={"cookie": f"ponte-token={SECRET}"}).status_code == 200
        assert client.get("/matches", params={"key": SECRET}).status_code == 404


def test_a_browser_keeps_the_token_of_an_address(serving):
    with serving(tokens=(Token(Caller("ana", "read"), digest_of(SECRET)),)) as client:
        client.cookies.set("ponte-token", "an-old-token-of-ana")
        answer = client.get("/memory", params={"key": SECRET}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/memory")
        assert "HttpOnly" in answer.headers["set-cookie"]
        kept = client.get("/", params={"q": "pain & four", "key": SECRET}, follow_redirects=False)
        assert kept.headers["location"] == "/?q=pain+%26+four"
        client.cookies.clear()
        client.cookies.set("ponte-token", answer.cookies["ponte-token"])
        assert client.get("/api/v1/units").status_code == 200


def test_an_address_of_version_6_is_a_name_of_the_server(serving):
    with serving(hosts=("2001:db8::1",)) as client:
        assert client.get("/health", headers={"host": "[2001:db8::1]:8765"}).status_code == 200


def test_a_body_without_a_length_is_counted_while_it_comes(serving):
    with serving(limits=Limits(body=1000)) as client:
        answer = client.post(
            "/api/v1/check", content=iter([b" " * 600] * 2), headers={"content-type": "application/json"}
        )
        assert (answer.status_code, answer.json()) == (413, {"error": "a shorter body was expected"})


def test_what_is_not_there_is_refused_in_json(serving):
    with serving() as client:
        assert client.get("/api/v1/nothing").json() == {"error": "Not Found"}
        assert client.put("/api/v1/search").headers["allow"]


def test_a_server_that_is_busy_says_so_to_who_looks_after_it(serving):
    with serving(limits=Limits(waiting=0)) as client:
        for path in ("/health", "/metrics", "/libre/languages", "/apertium/listPairs"):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1"), path


async def empty_answer(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body"})


def connected():
    """A connection to a server, its state and the transport that it writes to."""
    transport = Mock(get_extra_info=lambda *_: None, is_closing=lambda: transport.close.called)
    config = Config(empty_answer, lifespan="off", log_config=None)
    config.load()
    state = ServerState()
    connection = _Protocol(config, state, {})
    connection.connection_made(transport)
    return connection, state, transport


def test_the_head_of_each_request_has_a_time_limit():
    async def converse():
        connection, state, transport = connected()
        connection.data_received(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
        assert connection._alarm is None
        await asyncio.gather(*state.tasks)
        transport.close.assert_not_called()
        connection.data_received(b"G")
        assert connection._alarm is not None
        connection._close_without_head()
        transport.close.assert_called_once()
        connection.connection_lost(None)

    asyncio.run(converse())


@pytest.mark.parametrize("part", [b"a" * (HEAD // 2), b"a" * (HEAD + 1) + b"\r\n\r\n"])
def test_a_head_that_is_too_long_is_refused_at_once_and_in_parts(part):
    async def converse():
        connection, _, transport = connected()
        connection.data_received(b"GET / HTTP/1.1\r\nhost: localhost\r\nx: ")
        transport.write.assert_not_called()
        while not transport.close.called:
            connection.data_received(part)
        assert transport.write.call_args.args[0].startswith(b"HTTP/1.1 400")
        transport.close.assert_called_once()
        connection.connection_lost(None)

    asyncio.run(converse())


def test_the_file_of_tokens_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "tokens"
    path.write_text(f"# who\nana decide {SECRET}\n")
    path.chmod(0o640)
    with pytest.raises(FormatError, match="others may read it"):
        read_tokens(path)
    path.chmod(0o600)
    assert read_tokens(path) == (Token(Caller("ana", "decide"), digest_of(SECRET)),)


def test_tokens_are_read_again_when_their_file_was_changed(tmp_path, serving, caplog):
    path = tmp_path / "tokens"

    def write(line):
        (tmp_path / "new").write_text(line)
        (tmp_path / "new").chmod(0o600)
        (tmp_path / "new").replace(path)

    write(f"ana read {SECRET}\n")
    with serving(tokens=TokenFile(path)) as client:
        client.headers["authorization"] = f"Bearer {SECRET}"
        assert client.get("/api/v1/units").status_code == 200
        write("ana read\n")
        assert client.get("/api/v1/units").status_code == 200
        assert "2 words" in caplog.text
        assert SECRET not in caplog.text
        write(f"rui read {SECRET[::-1]}\n")
        assert client.get("/api/v1/units").status_code == 401


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("", "no token"),
        ("ana read", "2 words"),
        (f"ana rite {SECRET}", "write"),
        ("ana read short", "5 letters"),
    ],
)
def test_a_wrong_line_of_tokens_is_named_without_its_secret(tmp_path, line, what):
    path = tmp_path / "tokens"
    path.write_text(line)
    path.chmod(0o600)
    with pytest.raises(FormatError, match=what) as caught:
        read_tokens(path)
    assert SECRET not in str(caught.value)
