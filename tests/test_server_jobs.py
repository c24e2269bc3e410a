"""Long work as jobs: each is begun, looked at and fetched; one that is cancelled ends at once and leaves nothing."""

import base64
import os
import subprocess
import sys
import time

import pytest
from schemas import fits
from starlette.testclient import TestClient

from tm.model import Segment, Unit, Variant
from tm.server import jobs
from tm.server.api.jobs import JOB
from tm.server.app import application
from tm.server.callers import Caller, Token, digest_of
from tm.server.openapi import ERROR
from tm.server.settings import Settings
from tm.store import open_store

TABLE = base64.b64encode(b"fr\tpt\nEn 2018.\tEm 2008.\n").decode()
SECRETS = {"ana": "b3ZxcGluZ3Vpbm8x", "rui": "cnVpLW91dHJvLXNlZ3JlZG8"}


@pytest.fixture
def settings(tmp_path):
    with open_store(tmp_path / "m.tm", create=True) as store:
        store.add([Unit((Variant("fr", Segment("four")), Variant("pt", Segment("forno"))))])
    return Settings((str(tmp_path / "m.tm"),), lambda: "2026-11-28T10:00:00Z", author="ana")


@pytest.fixture
def client(settings):
    with TestClient(application(settings), "http://localhost") as client:
        yield client


def begin(client, operation, **values):
    answer = client.post("/api/v1/jobs", json={"operation": operation, "values": values})
    assert answer.status_code == 202, answer.text
    return answer.json()["number"]


def ended(client, number, **options):
    """The job when it is over."""
    while True:
        job = client.get(f"/api/v1/jobs/{number}", **options).json()
        fits(job, JOB)
        if job["state"] not in ("waiting", "running"):
            return job
        time.sleep(0.02)


def test_a_job_gives_what_its_operation_answers(client):
    pairs = [{"source": "En 2018.", "target": "Em 2008."}]
    number = begin(client, "check", pairs=pairs)
    assert ended(client, number)["state"] == "done"
    direct = client.post("/api/v1/check", json={"pairs": pairs}).json()
    assert client.get(f"/api/v1/jobs/{number}/result").json() == direct
    assert client.delete(f"/api/v1/jobs/{number}").json() == {"cancelled": False}
    assert client.get(f"/api/v1/jobs/{number}/result").status_code == 404


def test_a_job_that_fails_says_why_in_one_line(client):
    number = begin(client, "extractTerms", files=[{"name": "a.tmx", "content": TABLE}])
    job = ended(client, number)
    assert (job["state"], len(job["error"].splitlines())) == ("failed", 1)
    assert "ponte-" not in job["error"]
    assert "failed" in client.get(f"/api/v1/jobs/{number}/result").json()["error"]


def test_a_job_that_no_process_can_be_had_for_fails(client, monkeypatch, tmp_path):
    monkeypatch.setattr(jobs.sys, "executable", str(tmp_path / "gone"))
    job = ended(client, begin(client, "check", pairs=[]))
    assert (job["state"], job["error"]) == ("failed", "no process for it: no such file or directory")


def test_what_a_library_prints_is_no_line_of_a_job(client, monkeypatch, tmp_path):
    noise = "import atexit, os; atexit.register(lambda: os.write(1, b'bye'))"
    (tmp_path / "sitecustomize.py").write_text(noise)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    assert ended(client, begin(client, "check", pairs=[]))["state"] == "done"


def test_a_job_whose_process_tells_what_nobody_understands_fails(client, monkeypatch, tmp_path):
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho noise\n")
    program.chmod(0o700)
    monkeypatch.setattr(jobs.sys, "executable", str(program))
    job = ended(client, begin(client, "check", pairs=[]))
    assert (job["state"], job["error"]) == ("failed", "the process ended before the work did")


def test_a_result_stays_though_the_process_takes_its_folder_away_when_nobody_listens(
    client, monkeypatch, tmp_path
):
    class Slow(jobs.subprocess.Popen):
        def kill(self):
            time.sleep(0.2)
            super().kill()

    program = tmp_path / "program"
    program.write_text('#!/bin/sh\necho 1 > "$3/result.json"\nexec >/dev/null\ncat\nrm -r "$3"\n')
    program.chmod(0o700)
    monkeypatch.setattr(jobs.sys, "executable", str(program))
    monkeypatch.setattr(jobs.subprocess, "Popen", Slow)
    assert ended(client, begin(client, "check", pairs=[]))["state"] == "done"


@pytest.mark.parametrize(
    "body", [{"operation": "edit", "values": {}}, {"operation": "check", "values": 3}, {"operation": "check"}]
)
def test_what_is_no_job_is_refused_at_once(client, body):
    answer = client.post("/api/v1/jobs", json=body)
    assert answer.status_code == 400
    fits(answer.json(), ERROR)
    assert client.get("/api/v1/jobs").json() == {"jobs": []}


SLEEPER = """
import json, os, sys, time
print(json.dumps({"done": 1, "total": 2}), flush=True)
open(os.path.join(sys.argv[-1], "half-done"), "w").close()
time.sleep(600)
"""


@pytest.fixture
def processes(monkeypatch, tmp_path):
    """The jobs' processes, which say how far they are and then sleep; their folders are in the test's."""
    started = []

    def popen(command, **options):
        started.append(original([command[0], "-c", SLEEPER, command[-1]], **options))
        return started[-1]

    original = jobs.subprocess.Popen
    monkeypatch.setattr(jobs.subprocess, "Popen", popen)
    monkeypatch.setattr(jobs.tempfile, "tempdir", str(tmp_path / "folders"))
    (tmp_path / "folders").mkdir()
    return started


def until(condition):
    while not condition():
        time.sleep(0.02)


def test_a_job_that_is_cancelled_ends_at_once_and_leaves_nothing(client, processes, tmp_path):
    number = begin(client, "check", pairs=[])
    until(lambda: client.get(f"/api/v1/jobs/{number}").json()["done"] == 1)
    assert client.delete(f"/api/v1/jobs/{number}").json() == {"cancelled": True}
    until(lambda: not os.listdir(tmp_path / "folders"))
    assert processes[0].poll() is not None
    assert client.get("/api/v1/jobs").json() == {"jobs": []}


def test_a_server_that_ends_stops_its_jobs(settings, processes, tmp_path):
    with TestClient(application(settings), "http://localhost") as client:
        numbers = [begin(client, "check", pairs=[]) for _ in range(3)]
        until(lambda: client.get(f"/api/v1/jobs/{numbers[1]}").json()["state"] == "running")
        assert client.get(f"/api/v1/jobs/{numbers[2]}").json()["state"] == "waiting"
    assert [process.poll() is None for process in processes] == [False, False]
    assert os.listdir(tmp_path / "folders") == []


@pytest.mark.parametrize("limit", ["MOST_WAITING", "MOST_BYTES"])
def test_too_many_waiting_jobs_are_told_to_come_back(client, processes, monkeypatch, limit):
    monkeypatch.setattr(jobs, limit, 1)
    numbers = [begin(client, "check", pairs=[]) for _ in range(2)]
    until(lambda: client.get(f"/api/v1/jobs/{numbers[1]}").json()["state"] == "running")
    begin(client, "check", pairs=[])
    answer = client.post("/api/v1/jobs", json={"operation": "check", "values": {"pairs": []}})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


def test_nobody_sees_the_job_of_somebody_else(settings, processes):
    tokens = tuple(Token(Caller(name, "read"), digest_of(SECRETS[name])) for name in SECRETS)
    settings = Settings(settings.memories, settings.now, tokens=tokens)
    with TestClient(application(settings), "http://localhost") as client:
        client.headers["authorization"] = f"Bearer {SECRETS['ana']}"
        number = begin(client, "check", pairs=[])
        client.headers["authorization"] = f"Bearer {SECRETS['rui']}"
        assert client.get("/api/v1/jobs").json() == {"jobs": []}
        assert client.delete(f"/api/v1/jobs/{number}").status_code == 404


def test_a_job_whose_server_was_killed_ends_and_leaves_nothing(settings, tmp_path):
    folder = tmp_path / "job"
    folder.mkdir()
    told = jobs.order("check", {"pairs": [], "only": []}, settings, Caller("ana", "read"))
    command = [sys.executable, "-m", "tm.server.worker", str(folder)]
    done = subprocess.run(command, input=told, capture_output=True, check=False)  # stdin ends after it
    assert (done.returncode, done.stdout, folder.exists()) == (1, b"", False)


def test_the_oldest_results_are_forgotten(client, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_KEPT", 1)
    numbers = []
    for _ in range(2):
        numbers.append(begin(client, "check", pairs=[]))
        assert ended(client, numbers[-1])["state"] == "done"
    assert [job["number"] for job in client.get("/api/v1/jobs").json()["jobs"]] == numbers[1:]
