"""Quick look-ups are done in the loop, all that wait at once, and by readers where they are slow."""

import asyncio
import threading

import pytest

from tm.errors import OptionError
from tm.server.quick import AWAY, FAR_TOO_SLOW, SLOW, Quick
from tm.server.threads import Threads


def asked(rounds, seconds=0.0, work=lambda _, items: list(items)):
    """What each of some rounds of items gives, with the thread and the size of each work."""
    works, now = [], [0.0]

    def watched(opened, items):
        works.append((threading.current_thread().name, len(items)))
        now[0] += seconds
        return work(opened, items)

    async def ask():
        readers = Threads("reader", 1, None)
        readers.start()
        quick = Quick(readers, lambda: now[0])
        try:
            return [
                await asyncio.gather(
                    *[quick.ask("key", item, watched) for item in items], return_exceptions=True
                )
                for items in rounds
            ], quick._away
        finally:
            readers.close()

    results, away = asyncio.run(ask())
    return results, works, away


def test_all_that_wait_are_done_at_once_in_the_loop():
    here = threading.current_thread().name
    results, works, _ = asked(["a", "bcd"])
    assert results == [["a"], ["b", "c", "d"]]
    assert works == [("reader-1", 1), (here, 3)]


def test_what_is_slow_is_done_by_readers_for_a_while():
    _, works, away = asked("abcde", seconds=2 * SLOW)
    assert [name.startswith("reader") for name, _ in works] == [True, False, False, False, True]
    assert away == AWAY - 1


def test_what_is_far_too_slow_is_done_in_the_loop_once():
    _, works, _ = asked("abc", seconds=2 * FAR_TOO_SLOW)
    assert [name.startswith("reader") for name, _ in works] == [True, False, True]


@pytest.mark.parametrize("rounds", [["a"], ["a", "bc"]])
def test_an_error_is_raised_for_each_that_asked(rounds):
    def fail(_, items):
        raise OptionError("no")

    results, _, _ = asked(rounds, work=fail)
    assert all(isinstance(result, OptionError) for of_round in results for result in of_round)


def test_an_error_for_which_nobody_waits_is_in_the_log(caplog):
    threads = Threads("maker", 1, [])
    threads.start()
    threads.add(lambda opened: opened[0])
    threads.close()
    assert "what nobody waits for has failed: list index out of range" in caplog.text
    assert "IndexError" in caplog.text
