"""What is SQLite's own: one file, its index, its locks, its damage. What every store does: ``contract/``."""

import contextlib
import functools
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tm.errors import OptionError, StoreError
from tm.language import key_tokens
from tm.language.keys import unaccented
from tm.language.text import nfc
from tm.model import Annotation, Code, Segment, Unit, Variant
from tm.store import (
    Added,
    arrayfile,
    lexicon,
    migration,
    open_store,
    opening,
    postings,
    records,
    renew,
    runs,
    tables,
    vocabulary,
)
from tm.store import index as index_module
from tm.store import variants as variants_module
from tm.store.identity import identify
from tm.store.layout import Layout
from tm.store.places import Places


@pytest.fixture
def address(tmp_path):
    return f"sqlite:{tmp_path / 'memory.tm'}"


@pytest.fixture
def store(address):
    with open_store(address, create=True) as store:
        yield store


def unit(source, target, source_language="fr", target_language="pt-BR", **properties):
    annotations = tuple(Annotation("prop", text, f"x-{name}") for name, text in properties.items())
    return Unit(
        (Variant(source_language, Segment(source)), Variant(target_language, Segment(target))),
        annotations=annotations,
    )


RICH = Unit(
    (
        Variant(
            "FR-fr",
            Segment(
                "Tournez la  clé.\u00a0\n",
                (
                    Code(8, "open", "bpt", (("i", "1"), ("x", "2")), Segment("<b>")),
                    Code(10, "close", "ept", (("i", "1"),), Segment("</b>", (Code(2, "alone", "sub"),))),
                    Code(16, "alone", "ph"),
                ),
            ),
            (("creationid", "ana"), ("changedate", "20240102T030405Z")),
            (Annotation("note", "vue", attributes=(("xml:lang", "fr"),)), Annotation("prop", "1", "x-a")),
        ),
        Variant("pt_BR", Segment("Gire a chave\x00 e\u0301.")),
        Variant("fr-CA", Segment("")),
    ),
    (("tuid", "7"), ("srclang", "fr-FR")),
    (Annotation("prop", "b", "x-b"), Annotation("note", "primeira"), Annotation("prop", "b", "x-b")),
)


def test_the_same_units_again_add_nothing_and_leave_the_bytes_alone(address, tmp_path):
    units = [RICH, unit("Oui.", "Sim."), unit("Oui.", "Pois é.")]
    with open_store(address, create=True) as store:
        store.add(units)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for on_same in ("keep", "replace", "both"):
        with open_store(address) as store:
            assert store.add(units, on_same=on_same) == Added(same=3)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_same_work_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        with open_store(tmp_path / name, create=True) as store:
            store.add([RICH, unit("Oui.", "Sim.")], name="a.tmx", date="2024-01-01T00:00:00Z")
            store.set_note("built", "3")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_nothing_is_left_beside_the_file(address, tmp_path):
    with open_store(address, create=True) as store:
        store.add([RICH])
    with open_store(address) as store:
        list(store.units())
    assert [path.name for path in tmp_path.iterdir()] == ["memory.tm"]


# ------------------------------------------------------------------------------------------------- the same source


def test_an_import_that_was_cut_off_is_taken_up_again(store, monkeypatch):
    monkeypatch.setattr(tables, "BATCH", 1)
    units = [unit("Ouvrir", "Abrir"), unit("Ouvrir", "Aberto"), unit("Fermer", "Fechar")]

    def broken():
        yield units[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add(broken())
    assert [change.finished for change in store.log()] == [False]
    assert store.add(units) == Added(added=2, same=1)
    assert list(store.units()) == units


def test_batches_are_on_disk_when_they_are_acknowledged(address, monkeypatch):
    monkeypatch.setattr(tables, "BATCH", 2)
    seen = []
    with open_store(address, create=True) as store:

        def acknowledge(count):
            with open_store(address) as other:
                seen.append((count, len(other)))

        store.add([unit(str(number), "x") for number in range(5)], acknowledge=acknowledge)
    assert seen == [(2, 2), (4, 4), (5, 5)]


def test_a_dry_run_counts_and_changes_nothing(address, tmp_path):
    with open_store(address, create=True) as store:
        store.add([unit("Ouvrir", "Abrir")])
    before = (tmp_path / "memory.tm").read_bytes()
    with open_store(address, create=True) as other, open_store(address) as store:
        other._connection.execute("BEGIN IMMEDIATE")  # nobody need wait for who only asks
        units = [unit("Ouvrir", "Abrir"), unit("Ouvrir", "Aberto"), unit("Oui", "Sim"), unit("Oui", "Sim")]
        assert store.add(units, dry_run=True) == Added(added=1, same=2, kept=1)
        assert len(store) == 1
    assert (tmp_path / "memory.tm").read_bytes() == before


# ------------------------------------------------------------------------------------------------- history and notes


def test_every_number_in_the_file_is_of_something_although_sqlite_does_not_look(tmp_path):
    path = tmp_path / "memory.tm"
    with open_store(path, create=True) as store:
        store.add([unit("Oui", "Sim"), RICH], name="a.tmx")
        store.add([unit("Oui", "Claro")], name="a.tmx", on_same="replace")
        store.add([unit("Non", "Não")], name="a.tmx", supersede=True)
        store.undo()
    assert sqlite3.connect(path).execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize(
    ("kept", "numbers"),
    [
        (RICH, (2023367273846035710, -1460586607473113653, -4790792671452549142)),
        (
            unit("Un pont.", "Uma ponte.", previous="Avant."),
            (-6465494192452558514, -2003831443190507038, -6583797404029608979),
        ),
    ],
)
def test_identities_are_those_that_memories_out_there_have(kept, numbers):
    assert identify(kept, records.record_of(kept)) == numbers


# ------------------------------------------------------------------------------------------------- what can go wrong


def refusal(address, **options):
    with pytest.raises(StoreError) as caught, open_store(address, **options) as store:
        list(store.units())
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_missing_memory_is_named(tmp_path):
    assert "no such memory" in refusal(tmp_path / "none.tm")
    assert "does not exist" in refusal(tmp_path / "none" / "none.tm", create=True)
    assert not (tmp_path / "none").exists()


def test_a_folder_is_no_memory(tmp_path):
    assert "folder" in refusal(tmp_path, create=True)


def test_other_files_are_left_alone(tmp_path):
    picture = tmp_path / "logo.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "not a memory" in refusal(picture, create=True)
    assert picture.read_bytes()[:4] == b"\x89PNG"


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE tune (name TEXT)")
    connection.close()
    assert "another program" in refusal(path, create=True)


def test_a_newer_memory_says_so(tmp_path):
    open_store(tmp_path / "new.tm", create=True).close()
    with sqlite3.connect(tmp_path / "new.tm") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "version 99" in refusal(tmp_path / "new.tm")


def test_an_empty_file_becomes_a_memory_only_when_one_may_be_made(tmp_path):
    (tmp_path / "empty.tm").touch()
    assert "empty" in refusal(tmp_path / "empty.tm")
    with open_store(tmp_path / "empty.tm", create=True) as store:
        assert len(store) == 0


def test_a_damaged_memory_says_so(tmp_path):
    path = tmp_path / "damaged.tm"
    with open_store(path, create=True) as store:
        store.add([unit(f"Phrase {number}", f"Frase {number}") for number in range(500)])
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * 12288 + content[16384:])
    assert "damaged" in refusal(path)


def test_whatever_is_damaged_it_is_said_and_nothing_breaks(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 20)
    whole, damaged = tmp_path / "whole.tm", tmp_path / "damaged.tm"
    words = "pont rive quai phare digue".split()
    with open_store(whole, create=True) as store:
        store.add(
            unit(f"{a} {b} {c}", f"{a}{b}{c}", document="d.txt") for a in words for b in words for c in words
        )
    content, chance = whole.read_bytes(), random.Random(5)
    uses = (
        lambda store: list(store.similar([["pont", "rive", "quai"]], "fr", 0.3)),
        lambda store: list(store.similar([["pont", "rive", "quai"]] * 100, "fr", 0.3)),
        lambda store: list(store.containing(["rive", "quai"], "fr")),
        lambda store: store.stretches(["rive", "quai", "pont"], "fr", [0, 1, 2]),
        lambda store: list(store.units()),
    )
    said = 0
    for _ in range(40):
        broken = bytearray(content)
        for place in chance.choices(range(100, len(content)), k=chance.choice((1, 30, 300))):
            broken[place] = chance.randrange(256)
        damaged.write_bytes(broken)
        for use in uses:
            try:
                with open_store(damaged) as store:
                    use(store)
            except StoreError as error:
                said += "damaged" in str(error)
    assert said > 40


def test_a_locked_memory_says_how_long_was_waited(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "WAIT", 0.05)
    path = tmp_path / "busy.tm"
    open_store(path, create=True).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        open_store(path) as store,
        pytest.raises(StoreError, match=r"another program .* waited 0\.05 seconds"),
    ):
        store.add([unit("Oui", "Sim")])
    other.close()


BEGIN = """
import sys
from tm.model import Segment, Unit, Variant
from tm.store import open_store
path, text = sys.argv[1:]
print("ready", flush=True)
sys.stdin.read()
with open_store(path, create=True) as store:
    store.add([Unit((Variant("fr", Segment(text)), Variant("pt", Segment("sim"))))])
"""


@pytest.mark.parametrize("is_there", [False, True])
def test_programs_that_begin_one_memory_at_once_all_put_their_units_into_it(tmp_path, is_there):
    path = tmp_path / "new.tm"
    if is_there:
        path.touch()
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", BEGIN, path, f"oui {name}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in "abcd"
    ]
    for program in programs:
        assert program.stdout.readline() == b"ready\n"
    with ThreadPoolExecutor(len(programs)) as pool:
        said = pool.map(lambda program: program.communicate()[1], programs)
        assert [*said] == [b""] * 4
    with open_store(path) as store:
        assert sorted(each.variants[0].segment.text for each in store.units()) == [
            f"oui {name}" for name in "abcd"
        ]
    assert list(tmp_path.iterdir()) == [path]


def test_a_memory_that_cannot_be_begun_leaves_nothing(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"new\.tm: cannot be written: no space left on device"):
        open_store(tmp_path / "new.tm", create=True)
    assert list(tmp_path.iterdir()) == []


def test_several_read_and_write_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 40)
    path = tmp_path / "shared.tm"
    open_store(path, create=True).close()
    words = "pont rive quai phare digue môle".split()

    def write(name):
        for batch in range(6):
            with open_store(path) as store:
                store.add([unit(f"{name} {batch} {word} {other}", word) for word in words for other in words])

    def read(_):
        sizes = []
        for _ in range(12):
            with open_store(path) as store:
                hits = next(store.similar([["pont", "pont"]], "fr", 0.4))
                sizes.append(len(store.fetch([number for _, number in hits])))
        return sizes == sorted(sizes)

    with ThreadPoolExecutor(5) as pool:
        writers = [pool.submit(write, name) for name in ("alpha", "bêta")]
        assert all(pool.map(read, range(3)))
        for writer in writers:
            writer.result()
    with open_store(path) as store:
        # Numbers are alike in keys, so that each word pair is found in all batches of both writers.
        assert len(store) == 2 * 6 * 36
        (hits,) = store.similar([["alpha", "\x02", "pont", "quai"]], "fr", 1.0)
        assert len(hits) == 6


def test_a_full_disk_leaves_what_was_acknowledged(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "BATCH", 50)
    path, acknowledged = tmp_path / "full.tm", []
    with open_store(path, create=True) as store:
        store._connection.execute("PRAGMA max_page_count = 40")
        units = [unit(f"Phrase {number} " * 9, f"Frase {number}") for number in range(2000)]
        with pytest.raises(StoreError, match="disk is full"):
            store.add(units, acknowledge=acknowledged.append)
        assert len(store) == acknowledged[-1]
    with open_store(path) as store:
        assert store.add(units) == Added(added=2000 - acknowledged[-1], same=acknowledged[-1])


def test_where_nothing_may_be_written_texts_are_found_all_the_same(tmp_path, monkeypatch):
    path = tmp_path / "read-only.tm"
    with open_store(path, create=True) as store:
        store.add([unit("Oui.", "Sim.")])
    monkeypatch.setattr(os, "access", lambda *_: False)
    with open_store(path) as store:
        assert store.fetch([hit[1] for hit in next(store.similar([["oui"]], "fr", 1.0))])
        with pytest.raises(StoreError, match="may not be written"):
            store.add([unit("Non.", "Não.")])
    assert [found.name for found in tmp_path.iterdir()] == ["read-only.tm"]


def test_an_unknown_kind_of_memory_is_refused():
    with pytest.raises(OptionError, match="known are: postgresql, sqlite"):
        open_store("floppy:a.tm")


# ------------------------------------------------------------------------------------------------- the index


def test_the_index_grows_with_the_memory_and_outlives_removals(address, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 3)
    with open_store(address, create=True) as store:
        store.add([unit(f"un mot {letter}", "x") for letter in "abcd"])
        store.add([unit("un mot e", "x")])
        store.add([unit("un mot a", "y")], on_same="replace")
        found = [number for _, number in next(store.similar([["un", "mot", "a"]], "fr", 0.6))]
        assert [each.variants[1].segment.text for each in store.fetch(found)] == ["y", "x", "x", "x", "x"]
        exact = [number for _, number in next(store.similar([["un", "mot", "a"]], "fr", 1.0))]
        assert [each.variants[1].segment.text for each in store.fetch(exact)] == ["y"]


def test_two_threads_fill_two_memories_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 20)

    def fill(name):
        units = [unit(f"{name}{n} dit non{n % 7} à {name}.", f"O {n}.") for n in range(200)]
        with open_store(tmp_path / f"{name}.tm", create=True) as store:
            for first in range(0, len(units), 20):
                store.add(units[first : first + 20])
            queries = [key_tokens(each.variants[0].segment, "fr") for each in units[::10]]
            return [hits[0] for query in queries for hits in store.similar([query], "fr", 1)]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(2) as pool:
            both = list(pool.map(fill, ("un", "deux")))
    finally:
        sys.setswitchinterval(interval)
    assert both == [[(1.0, number) for number in range(1, 201, 10)]] * 2


def test_the_index_is_the_same_however_much_is_read_and_made_together(tmp_path, monkeypatch):
    units = [unit(f"Le texte {n} 000 dit {'oui ' * (n % 5)}.", f"O texto {n}.") for n in range(40)]
    monkeypatch.setattr(index_module, "LEAST", 10)
    digests = set()
    for rows, characters in ((1, 1), (3, 100), (100, 10_000)):
        monkeypatch.setattr(runs, "ROWS", rows)
        monkeypatch.setattr(runs, "CHARACTERS", characters)
        with open_store(tmp_path / f"{rows}.tm", create=True) as store:
            store.add(units)
        with contextlib.closing(sqlite3.connect(tmp_path / f"{rows}.tm")) as connection:
            digests.add(tuple(connection.execute("SELECT base, digest FROM run ORDER BY base")))
    assert len(digests) == 1
    assert [base for base, _ in digests.pop()] == ["fr", "fr letters", "pt", "pt letters"]


def test_a_memory_fed_little_by_little_has_few_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 2)
    memory = tmp_path / "memory.tm"
    for number in range(21):
        with open_store(memory, create=True) as store:
            store.add([unit(f"un mot {number} {letter}", "x") for letter in "ab"])
    with contextlib.closing(sqlite3.connect(memory)) as connection:
        rows = connection.execute("SELECT after, last FROM run WHERE base = 'fr' ORDER BY last").fetchall()
        lists = connection.execute(
            "SELECT count(*) FROM posting WHERE id >> 32 NOT IN (SELECT id FROM run)"
        ).fetchone()
    assert rows == [(0, 32), (32, 40), (40, 42)]
    assert lists == (0,)
    with open_store(memory) as store:
        assert len(next(store.similar([["un", "mot", "\x02", "a"]], "fr", 1.0))) == 21


def test_runs_of_one_language_are_joined_too_as_far_as_they_fit(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 2)
    monkeypatch.setattr(variants_module, "RUN", 8)
    memory = tmp_path / "memory.tm"
    words = [f"mot {letter} {number}" for number in range(9) for letter in "ab"]
    for first in range(0, len(words), 2):
        with open_store(memory, create=True) as store:
            store.add([Unit((Variant("fr", Segment(text)),)) for text in words[first : first + 2]])
    with contextlib.closing(sqlite3.connect(memory)) as connection:
        assert connection.execute("SELECT DISTINCT after, last FROM run ORDER BY last").fetchall() == [
            (0, 8),
            (8, 16),
            (16, 18),
        ]
    with open_store(memory) as store:
        assert list(store.containing(["mot", "b"], "fr")) == list(range(18, 0, -2))


def test_a_reader_sees_all_while_others_join_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 2)
    memory = tmp_path / "memory.tm"
    with open_store(memory, create=True) as writer, open_store(memory) as reader:
        for pair in ("ab", "cd", "ef", "gh", "ij"):
            writer.add([unit(f"un mot {letter}", "x") for letter in pair])
        found = reader.containing(["mot"], "fr")
        numbers = [next(found), next(found), next(found)]
        for pair in ("kl", "mn", "op"):
            writer.add([unit(f"un mot {letter}", "x") for letter in pair])
        assert numbers + list(found) == list(range(10, 0, -1))


SAMPLES = Path(__file__).parent / "samples" / "memory"
"""Memories that older versions made; each with a history, an undone change, codes, contexts and regions."""


@pytest.fixture(params=["version1.tm", "version2.tm", "version3.tm"])
def older(request, tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 2)
    return shutil.copy(SAMPLES / request.param, tmp_path / "old.tm")


def targets(store):
    return [each.variants[1].segment.text for each in store.units()]


NOW = [
    "O moinho é velho.",
    "Sim.",
    "Clique em OK.",
    "Fechar",
    "Encerrar",
    "O trigo",
    "Bom dia",
    "A roda está girando.",
]
BEFORE = [
    "O moinho é velho.",
    "A roda gira.",
    "Sim.",
    "Clique em OK.",
    "Fechar",
    "Encerrar",
    "O trigo",
    "Bom dia",
]


def test_an_older_memory_is_brought_up_to_date_with_its_units_and_its_history(older):
    for _ in range(2):
        with open_store(older) as store:
            assert targets(store) == NOW
            assert [(c.action, c.added, c.removed) for c in store.log()] == [
                ("add", 3, 0), ("add", 5, 0), ("add", 1, 1), ("add", 1, 1), ("undo", 1, 1),
            ]  # fmt: skip
            assert store.note("built") == "x"
            (hits,) = store.similar([["le", "moulin", "est", "vieux"]], "fr", 0.5)
            assert [number for _, number in hits] == [1]
            assert store.fetch([4])[0].variants[0].segment.codes[0].content == Segment("<b>")
    with contextlib.closing(sqlite3.connect(older)) as connection:
        assert connection.execute("SELECT max(last) FROM run WHERE base = 'fr'").fetchone() == (10,)


def test_what_an_older_memory_has_is_known_again(older):
    again = [
        unit("La roue tourne.", "A roda está girando."),
        unit("Fermer", "Encerrar", context="session"),
        unit("Le blé", "O trigo", "fr"),
        unit("Bonjour", "Bom dia", target_language="pt"),
    ]
    with open_store(older) as store:
        assert store.add(again) == Added(same=3, confirmed=1)
        assert store.add([unit("Oui.", "Claro.")], on_same="replace") == Added(replaced=1, gone=1)


def test_changes_of_an_older_memory_are_taken_back(older):
    with open_store(older) as store:
        assert store.undo().name == "c.tsv"
        assert targets(store) == BEFORE
        assert store.undo().name == "b.tmx"
        assert targets(store) == BEFORE[:3]


def test_bringing_a_memory_up_to_date_may_be_watched(older):
    seen = []

    def progress(steps, length):
        for step in steps:
            seen.append((step, length))
            yield step

    renew(older, progress)
    assert seen
    assert seen == [(number, len(seen)) for number in range(len(seen))]
    renew(older, progress)
    renew(f"{older}.absent", progress)
    assert len(seen) == seen[0][1]


@pytest.mark.parametrize("older", ["version1.tm", "version2.tm"], indirect=True)
def test_a_program_of_before_that_has_the_memory_open_writes_no_more_into_it(older):
    begin = "INSERT INTO change (date, action, name) VALUES ('', 'add', 'd.tsv')"  # as that program does
    with contextlib.closing(sqlite3.connect(older)) as program:
        number = program.execute(begin).lastrowid
        program.commit()
        with open_store(older) as store:
            for statement in (begin, f"UPDATE change SET added = 2, removed = 0 WHERE id = {number}"):
                with pytest.raises(sqlite3.IntegrityError, match="was brought up to date by a newer version"):
                    program.execute(statement)
                program.rollback()
            store.add([unit("un", "um")], name="e.tsv")
            assert [(change.name, change.added) for change in store.log()][-2:] == [
                ("d.tsv", 0),
                ("e.tsv", 1),
            ]
            assert store.undo().name == "e.tsv"


def test_a_memory_that_a_newer_version_renewed_meanwhile_is_not_written(tmp_path):
    path = tmp_path / "new.tm"
    with open_store(path, create=True) as store:
        store.add([unit("un", "um")])
        with contextlib.closing(sqlite3.connect(path)) as newer:
            newer.execute("PRAGMA user_version = 5")
        for write in (lambda: store.add([unit("deux", "dois")]), store.undo, lambda: store.remove([1])):
            with pytest.raises(StoreError, match="was brought up to date by a newer version of the program"):
                write()
        assert len(store) == 1


def test_a_memory_is_not_half_brought_up_to_date(older, monkeypatch):
    before = Path(older).read_bytes()
    monkeypatch.setattr(
        migration.seals, "_seal_languages", lambda tables, _: tables.execute("UPDATE absent SET seal = 1")
    )
    with pytest.raises(StoreError, match="no such table"):
        open_store(older)
    assert Path(older).read_bytes() == before
    monkeypatch.undo()
    with open_store(older) as store:
        assert targets(store) == NOW


def test_two_that_open_an_older_memory_at_once_bring_it_up_to_date_once(older):
    def opened(_):
        with open_store(older) as store:
            return targets(store)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(opened, range(4))) == [NOW] * 4


def test_an_older_memory_that_may_not_be_written_says_so_in_one_line(older, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "old.tm: of an older version, and may not be written; copy it" in refusal(older)


def test_arrays_of_old_tokens_are_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 2)
    monkeypatch.setattr(arrayfile, "WORTH_A_FILE", 1)
    memory = tmp_path / "memory.tm"
    with open_store(memory, create=True) as store:
        store.add([unit(f"un mot {letter}", "x") for letter in "abcd"])
    with monkeypatch.context() as patch:
        patch.setattr("tm.store.variants.zlib", SimpleNamespace(crc32=lambda *_: 7))
        with open_store(memory) as store:
            list(store.similar([["un"]] * index_module.MANY, "fr", 0.3))
    assert texts_like(memory, "un mot a") == [[f"un mot {letter}" for letter in "adcb"]]


def texts_like(address, *queries):
    with open_store(address) as store:
        found = store.similar([query.split() for query in queries], "fr", 0.6)
        return [
            [each.variants[0].segment.text for each in store.fetch([n for _, n in some])] for some in found
        ]


def test_arrays_are_kept_in_a_file_that_may_be_old_lost_or_broken(tmp_path, monkeypatch):
    monkeypatch.setattr(arrayfile, "WORTH_A_FILE", 1)
    for name, value in {"LEAST": 2, "MANY": 1}.items():
        monkeypatch.setattr(index_module, name, value)
    memory, arrays = tmp_path / "memory.tm", tmp_path / "memory.tm.fr.arrays"
    with open_store(memory, create=True) as store:
        store.add([unit(f"un mot {letter}", "x") for letter in "abcdefgh"])
    queries, expected = ["un mot a", "deux mots"], [[f"un mot {letter}" for letter in "ahgfedcb"], []]
    assert texts_like(memory, *queries) == expected
    written = arrays.read_bytes()
    assert texts_like(memory, *queries) == expected
    assert arrays.read_bytes() == written

    with open_store(memory) as store:
        store.add([unit("un mot i", "x"), unit("deux mots", "y")])
        store.add([unit("trois mots", "z")])
    newer = [["un mot a", *(f"un mot {letter}" for letter in "ihgfedcb")], ["deux mots"]]
    assert texts_like(memory, *queries) == newer
    assert arrays.read_bytes() == written  # what is newer is little

    for broken in (b"", b"{}\n", written[:-1], written[:-70] + b"\x01" * 70, b"\xff" * 200, written * 2):
        arrays.write_bytes(broken)
        assert texts_like(memory, *queries) == newer
    arrays.unlink()
    arrays.mkdir()
    assert texts_like(memory, *queries) == newer


def test_a_file_of_arrays_outlives_the_joining_of_small_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(arrayfile, "WORTH_A_FILE", 1)
    monkeypatch.setattr(variants_module, "RUN", 8)
    for name, value in {"LEAST": 1, "MANY": 1}.items():
        monkeypatch.setattr(index_module, name, value)
    memory, arrays = tmp_path / "memory.tm", tmp_path / "memory.tm.fr.arrays"
    with open_store(memory, create=True) as store:
        store.add([unit(f"un mot {letter}", "x") for letter in "abcdefgh"])
        store.add([unit("un mot i", "x")])
    expected = [f"un mot {letter}" for letter in "aihgfedcb"]
    assert texts_like(memory, "un mot a") == [expected]
    written = arrays.read_bytes()
    with open_store(memory) as store:
        store.add([unit("un mot j", "x")])  # whose run takes in the one of i
    assert texts_like(memory, "un mot a") == [[expected[0], "un mot j", *expected[1:]]]
    assert arrays.read_bytes() == written


def test_a_memory_that_is_asked_one_by_one_loads_arrays_that_lie_beside_it(tmp_path, monkeypatch):
    monkeypatch.setattr(arrayfile, "WORTH_A_FILE", 3)
    monkeypatch.setattr(index_module, "LEAST", 2)
    monkeypatch.setattr(index_module, "SOME", 3)
    memory = tmp_path / "memory.tm"
    with open_store(memory, create=True) as store:
        store.add([unit(f"un mot {letter}", "x") for letter in "abcdefgh"])
    expected = list("chgfedba")

    def asked_singly(store, times):
        [numbers] = {
            tuple(number for _, number in next(store.similar([["un", "mot", "c"]], "fr", 0.6)))
            for _ in range(times)
        }
        letters = [each.variants[0].segment.text[-1] for each in store.fetch(numbers)]
        return letters, "fr" in store._index._shared.of_languages

    with open_store(memory) as store:
        assert asked_singly(store, 9) == (expected, False)  # no file
        list(store.similar([["un"]] * index_module.MANY, "fr", 0.6))
    with open_store(memory) as store, open_store(memory) as other:
        assert asked_singly(store, 3) == (expected, False)
        assert asked_singly(store, 2) == (expected, True)
        other.add([unit("un mot i", "x"), unit("deux mots", "y")])
        assert asked_singly(store, 1) == (["c", "i", *expected[1:]], True)
        other.add([unit("un mot j", "x"), unit("trois mots", "y")])
        assert asked_singly(store, 1) == (["c", "j", "i", *expected[1:]], True)
    with open_store(memory) as store:
        assert asked_singly(store, 9) == (
            ["c", "j", "i", *expected[1:]],
            False,
        )  # too much is newer than the file


def test_arrays_of_another_memory_are_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(arrayfile, "WORTH_A_FILE", 1)
    for name, value in {"LEAST": 2, "MANY": 1}.items():
        monkeypatch.setattr(index_module, name, value)
    for name, letters in (("a.tm", "abcd"), ("b.tm", "efgh")):
        with open_store(tmp_path / name, create=True) as store:
            store.add([unit(f"un mot {letter}", "x") for letter in letters])
        texts_like(tmp_path / name, "un mot e")
    (tmp_path / "a.tm.fr.arrays").replace(tmp_path / "b.tm.fr.arrays")
    assert texts_like(tmp_path / "b.tm", "un mot e") == [["un mot e", "un mot h", "un mot g", "un mot f"]]


# ------------------------------------------------------------------------------------------------- what is damaged


@pytest.mark.parametrize(
    ("width", "gaps", "size"),
    [
        (3, b"\1\2\3", 9),  # no such width
        (2, b"\1", 9),  # half a gap
        (1, b"", 9),  # no place
        (1, b"\xff", 999),  # a gap that does not end
        (1, b"\5", 5),  # behind the run's last token
    ],
)
def test_a_list_that_cannot_have_been_written_is_damage(width, gaps, size):
    with pytest.raises(records.DamagedError):
        Places(width, gaps, size)


@pytest.mark.parametrize(
    "sizes", [b"", b"\1\0\0\0", ((2, 2), (1, 1)), ((3, 2), (1, 1)), ((1 << 16,), (1 << 16,))]
)
def test_lengths_that_do_not_ascend_or_hold_too_many_tokens_are_damage(sizes):
    with pytest.raises(records.DamagedError):
        Layout.read(sizes if isinstance(sizes, bytes) else np.array(sizes, "<u4").tobytes())


def test_the_largest_last_place_and_the_largest_run_are_no_damage():
    assert Places(1, b"\4", 5).all() == [4]
    assert Layout.read(np.array([[(1 << 32) - 1], [1]], "<u4").tobytes()).ranks == [0, 1]


@pytest.mark.parametrize("gap", [0, 254, 255, 256, 65_534, 65_535, 65_536, 200_000, 1 << 24])
def test_a_gap_of_any_size_is_read_as_it_was_written(gap):
    places = np.array([7, 7 + gap, 8 + gap]) if gap else np.array([7])
    ((width, gaps),) = runs.packed(places, np.array([0]))
    assert Places(width, gaps, 9 + gap).all() == places.tolist()


def test_encoders_start_again_once_a_language_has_too_many_tokens(monkeypatch):
    encoders = runs.Encoders()
    encoders["fr"](["un deux trois"], {})
    monkeypatch.setattr(runs, "TOKENS", 3)
    encoders.forget_many()
    assert list(encoders) == ["fr"]
    encoders["fr"](["quatre"], {})
    encoders.forget_many()
    assert not encoders


def test_a_lexicon_starts_again_once_it_has_too_many_chunks(monkeypatch):
    read = lexicon.Lexicon("fr")
    before = read.read([Segment("un deux trois")])
    monkeypatch.setattr(lexicon, "MOST", 2)
    (hashes, tokens, lengths), letters = read.read([Segment("un deux trois")])
    assert (hashes.tolist(), tokens.tolist()) == (before[0].hashes.tolist(), before[0].tokens.tolist())
    assert (lengths.tolist(), letters) == ([3], before[1])


def test_lists_that_are_forgotten_are_read_again(monkeypatch):
    monkeypatch.setattr(index_module, "LEAST", 2)
    monkeypatch.setattr(postings, "KEPT", 0)
    with open_store(":memory:", create=True) as store:
        store.add([unit("le vieux pont", "a"), unit("le pont", "b"), unit("un vieux", "c")])
        for query, hits in ((["le", "pont"], [2, 1]), (["un", "vieux"], [3]), (["vieux", "pont"], [1])) * 2:
            assert [number for _, number in next(store.similar([query], "fr", 0.6))] == hits


def test_every_character_with_accents_is_looked_for_where_its_letter_is():
    written = functools.cache(lambda letter: {*vocabulary._written(letter)})
    for code in range(0x80, 0x20000):
        character = chr(code)
        letter = unaccented(character)[:1]
        if letter != character and (letter.isalpha() or not letter) and nfc(character) == character:
            assert character in written(letter or "e")
