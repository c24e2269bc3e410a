"""The server as a process: what it says at its start, a clean end, and what a kill in the middle of writes costs."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading

import pytest

from tm.model import Segment, Unit, Variant
from tm.store import open_store

TEXT = "Phrase {} toute neuve"


@pytest.fixture
def serve(tmp_path):
    """Starts a server over a small memory; the process, its port and its memory."""
    path = tmp_path / "m.tm"
    with open_store(path, create=True) as store:
        store.add([Unit((Variant("fr", Segment("four")), Variant("pt", Segment("forno"))))])
    started = []

    def serve(*options):
        command = [sys.executable, "-m", "tm", "serve", "-m", str(path), "--port", "0", *options]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        started.append(process)
        line = process.stderr.readline()
        port = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert port, line + process.stderr.read()
        return process, int(port[1]), path

    yield serve
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def post(connection, number):
    body = json.dumps({"source": TEXT.format(number), "target": f"Frase {number}"})
    connection.request("POST", "/api/v1/units", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def test_a_kill_in_the_middle_of_writes_loses_nothing_acknowledged(serve):
    process, port, path = serve()
    acknowledged = []

    def write(first):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            for number in range(first, 10_000, 4):
                if post(connection, number) == 201:
                    acknowledged.append(number)
                    if len(acknowledged) == 60:
                        os.kill(process.pid, signal.SIGKILL)
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(first,)) for first in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    process.wait()
    with open_store(path) as store:
        kept = {unit.variants[0].segment.text for unit in store.units()}
    assert len(acknowledged) >= 60
    assert {TEXT.format(number) for number in acknowledged} <= kept


def test_a_signal_ends_the_server_cleanly(serve):
    process, port, _ = serve("--access-log")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    assert post(connection, 1) == 201
    connection.close()
    process.terminate()
    assert process.wait(timeout=60) == 0
    line = json.loads(process.stderr.readline())
    assert (line["method"], line["route"], line["status"]) == ("POST", "/api/v1/units", 201)


def test_what_others_could_reach_needs_tokens(tmp_path):
    command = [sys.executable, "-m", "tm", "serve", "-m", str(tmp_path / "m.tm"), "--listen", "0.0.0.0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "--tokens" in done.stderr) == (2, True)


def test_a_memory_that_is_not_there_is_one_line(tmp_path):
    command = [sys.executable, "-m", "tm", "serve", "-m", str(tmp_path / "m.tm"), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "no such memory" in done.stderr
