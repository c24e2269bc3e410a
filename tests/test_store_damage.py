"""Damage to a memory's file is named; another text than was added is never shown."""

import contextlib
import sqlite3

import pytest

from tm.errors import StoreError
from tm.formats import read_units
from tm.memory import find
from tm.model import Segment, Unit, Variant
from tm.store import index as index_module
from tm.store import open_store
from tm.work.exporting import export
from tm.work.inspecting import inspect_memory

DAMAGED = "damaged; restore a copy"


def unit(number):
    texts = {
        "fr": f"La vanne {number} reste fermée la nuit.",
        "pt": f"A válvula {number} fica fechada à noite.",
    }
    return Unit(tuple(Variant(language, Segment(text)) for language, text in texts.items()))


@pytest.fixture
def memory(tmp_path, monkeypatch):
    """Thirty indexed units and five that are not, one of them removed."""
    monkeypatch.setattr(index_module, "LEAST", 10)
    path = tmp_path / "memory.tm"
    with open_store(path, create=True) as store:
        store.add([unit(number) for number in range(30)], name="a.tsv")
        store.add([unit(number) for number in range(30, 35)], name="b.tsv")
        store.remove([35])
        store.set_note("built", "x")
    return path


def altered(path, statement):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute(statement).rowcount > 0
        connection.commit()


ALL = [
    lambda store: list(store.units()),
    lambda store: list(store.all_stored()),
    lambda store: store.fetch([7]),
    len,
    lambda store: store.log(),
    lambda store: store.languages(),
    lambda store: store.note("built"),
    lambda store: find(store, "La vanne 6 reste fermée la nuit.", "fr", "pt"),
    lambda store: find(store, "La vanne 33 reste fermée la nuit.", "fr", "pt"),
    lambda store: store.add([unit(99)]),
]
NAMES = ["units", "stored", "fetch", "len", "log", "languages", "note", "find", "find in tail", "add"]


def seeing(path):
    """The names of the questions that see the damage."""
    noticed = []
    for name, question in zip(NAMES, ALL, strict=True):
        with open_store(path) as store:
            try:
                question(store)
            except StoreError as error:
                noticed.append((name, DAMAGED in str(error)))
    assert all(is_named for _, is_named in noticed)
    return [name for name, _ in noticed]


def test_a_sound_memory_answers_everything(memory):
    assert seeing(memory) == []


READERS = ["units", "stored", "fetch", "find"]


@pytest.mark.parametrize(
    ("statement", "seen"),
    [
        ("UPDATE variant SET text = 'La canne' WHERE unit = 7 AND position = 0", READERS),
        ("UPDATE variant SET extra = '[[],[],[]]' WHERE unit = 7 AND position = 1", READERS),
        ("DELETE FROM variant WHERE unit = 7 AND position = 1", READERS),
        ("DELETE FROM variant WHERE unit = 7", READERS),
        ("UPDATE unit SET extra = '[[],[]]' WHERE id = 7", READERS),
        ("UPDATE unit SET removed = 1 WHERE id = 7", [*READERS, "len"]),
        ("UPDATE unit SET removed = NULL WHERE id = 35", ["units", "stored", "len"]),
        ("DELETE FROM unit WHERE id = 7", [*READERS, "len"]),
        ("DELETE FROM unit WHERE id = 34", ["units", "stored", "len", "find in tail"]),
        ("UPDATE change SET name = 'c.tsv' WHERE id = 1", ["log"]),
        ("DELETE FROM change WHERE id = 3", ["log"]),
        ("UPDATE language SET variants = 3 WHERE tag = 'fr'", ["languages"]),
        ("UPDATE note SET value = 'y'", ["note"]),
        ("UPDATE run SET sizes = units WHERE base = 'fr'", ["find", "find in tail"]),
        ("UPDATE run SET units = zeroblob(120) WHERE base = 'fr'", ["find", "find in tail"]),
        ("DELETE FROM run WHERE base = 'fr'", ["find", "find in tail"]),
        ("UPDATE posting SET gaps = zeroblob(length(gaps))", ["find", "find in tail"]),
        ("UPDATE kept SET present = 40", ["units", "stored", "len", "log", "find", "find in tail", "add"]),
        ("DELETE FROM kept", ["units", "stored", "len", "log", "find", "find in tail", "add"]),
    ],
)  # fmt: skip
def test_what_is_not_as_it_was_written_is_named_by_all_who_read_it(memory, statement, seen):
    altered(memory, statement)
    assert set(seen) <= set(seeing(memory))


def test_a_lost_list_is_missed_even_where_no_unit_is_shown(memory):
    with open_store(memory) as store:
        assert list(store.containing(["vanne"], "fr"))
    altered(memory, "DELETE FROM posting WHERE length(gaps) > 20")
    with open_store(memory) as store, pytest.raises(StoreError, match=DAMAGED):
        list(store.containing(["vanne"], "fr"))


def test_any_flipped_bit_changes_no_answer(memory):
    def answers(path):
        with open_store(path) as store:
            found = [
                [
                    (match.percent, match.target)
                    for match in find(store, f"La vanne {number} reste fermée", "fr", "pt")
                ]
                for number in (3, 31)
            ]
            return found, list(store.units()), store.log(), len(store)

    right, content = answers(memory), memory.read_bytes()
    for place in range(0, len(content), 1999):
        memory.write_bytes(content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :])
        try:
            assert answers(memory) == right
        except StoreError:
            continue


def test_an_inspection_names_what_is_hurt_and_what_is_whole_is_saved(memory, tmp_path):
    assert inspect_memory(memory).damages == ()
    altered(memory, "UPDATE variant SET text = 'La canne' WHERE unit = 7 AND position = 0")
    altered(memory, "DELETE FROM unit WHERE id = 12")
    altered(memory, "UPDATE change SET name = 'c.tsv' WHERE id = 1")
    altered(memory, "UPDATE posting SET gaps = zeroblob(length(gaps)) WHERE id % 2 = 0")
    found = inspect_memory(memory)
    assert [damage.place for damage in found.damages if damage.place != "the file"] == [
        "unit 7",
        "unit 12",
        "the history",
        "the index of fr",
        "the index of pt",
    ]
    assert found.units == 32
    (written,) = export(tmp_path / "whole.tmx", memory=memory, recover=True)
    assert (written.count, [damage.place for damage in written.damages]) == (32, ["unit 7", "unit 12"])
    with open_store(tmp_path / "new.tm", create=True) as store:
        assert store.add(read_units(tmp_path / "whole.tmx")).added == 32


def test_pages_that_cannot_be_read_are_named_and_the_rest_is_saved(tmp_path):
    memory = tmp_path / "memory.tm"
    with open_store(memory, create=True) as store:
        store.add([unit(number) for number in range(400)])
    content, page = bytearray(memory.read_bytes()), 4096
    place = content.index(b"La vanne 200 ") // page * page
    content[place : place + page] = bytes(page)
    memory.write_bytes(content)
    found = inspect_memory(memory)
    lost = [damage for damage in found.damages if damage.place.startswith("unit")]
    assert 0 < len(lost) < 100
    (written,) = export(tmp_path / "whole.tmx", memory=memory, recover=True)
    assert (written.count, list(written.damages)) == (400 - len(lost), lost)
