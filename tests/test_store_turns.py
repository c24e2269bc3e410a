"""Turns of those who write into one memory, and who puts its log into the file."""

import contextlib
import os
import signal
import subprocess
import sys
import threading

import pytest

from tm.model import Segment, Unit, Variant
from tm.store import log as log_module
from tm.store import open_store, tickets, turns
from tm.store.tickets import Queue

needs_tickets = pytest.mark.skipif(not tickets.IS_KNOWN, reason="the system has no locks of open files")

HOLDER = """
import fcntl, os, sys
from tm.store.tickets import Queue
with Queue(os.open(sys.argv[1], os.O_RDWR)).ticket() as ticket:
    ticket.take()
    print("held", flush=True)
    sys.stdin.read()
"""


def unit(number):
    return Unit((Variant("fr", Segment(f"mot {number}")), Variant("pt", Segment(f"palavra {number}"))))


@pytest.fixture
def path(tmp_path):
    with open_store(tmp_path / "memory.tm", create=True) as store:
        store.add([unit(0)])
    return tmp_path / "memory.tm"


@pytest.fixture
def queue_of(path):
    """Makes queues as different programs see them."""
    with contextlib.ExitStack() as stack:
        yield lambda: Queue(stack.enter_context(path.open("r+b")).fileno())


@needs_tickets
def test_those_who_queue_up_have_their_turn_in_the_order_in_which_they_came(queue_of):
    with contextlib.ExitStack() as stack:
        waiting = [stack.enter_context(queue_of().ticket()) for _ in range(4)]
        for ticket in waiting:
            ticket.take()
        for _ in range(4):
            assert [ticket.is_first() for ticket in waiting] == [True] + [False] * (len(waiting) - 1)
            waiting.pop(0).give_back()
        assert stack.enter_context(queue_of().ticket()).is_first()


@needs_tickets
def test_a_ticket_goes_with_the_program_that_had_it(path, queue_of):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        with queue_of().ticket() as ticket:
            ticket.take()
            assert not ticket.is_first()
            holder.send_signal(signal.SIGKILL)
            holder.wait()
            assert ticket.is_first()


@needs_tickets
def test_who_has_waited_long_does_not_wait_for_one_that_was_stopped(path, queue_of, monkeypatch):
    monkeypatch.setattr(turns, "OVERTAKING", 0.0)
    with queue_of().ticket() as ticket, open_store(path) as store:
        ticket.take()
        store.add([unit(1)])
        assert len(store) == 2


def test_threads_that_write_at_once_all_have_their_turn(path):
    with open_store(path) as store:
        threads = [threading.Thread(target=lambda n=n: store.add([unit(n)])) for n in range(1, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store) == 9


def test_the_log_begins_anew_once_those_who_read_are_done(path, monkeypatch):
    monkeypatch.setattr(log_module, "STEP", 1 << 16)
    monkeypatch.setattr(log_module, "LARGE", 1 << 17)
    monkeypatch.setattr(log_module, "MOMENT", 0.0)

    def sizes(store, numbers):
        return [store.add([unit(number)]) and os.path.getsize(f"{path}-wal") for number in numbers]

    with open_store(path) as store, open_store(path) as other:
        with turns.Snapshot(other._connection):
            assert len(other) == 1
            assert max(sizes(store, range(1, 20))) > 1 << 17
            assert len(other) == 1
        assert max(sizes(store, range(20, 40))[10:]) <= 1 << 17
        assert len(other) == 40
