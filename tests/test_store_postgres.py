"""Memories on PostgreSQL: addresses, what can go wrong, several hosts. What every store does is in tests/contract."""

import contextlib
import socket
import sys

import pytest
from click.testing import CliRunner
from postgres_server import running
from postgres_stand_in import StandIn
from psycopg import errors

from tm.cli import group
from tm.errors import FormatError, OptionError, StoreError
from tm.model import Annotation, Code, Segment, Unit, Variant
from tm.store import Added, Prefix, Texts, _postgres_connection, history, open_store
from tm.store.addresses import exists, take_back
from tm.store.asking import asked_once
from tm.store.mirror import Mirror, cache_folder
from tm.store.opening import Naming
from tm.store.postgres_address import parsed
from tm.store.records import DamagedError
from tm.store.seals import seal
from tm.work.copying import Copied, copy_memory
from tm.work.decision_log import read_log
from tm.work.open_glossary import OpenGlossary
from tm.work.shared_glossary import local_glossary

on_server = pytest.mark.client


def unit(source, target):
    return Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))


RICH = Unit(
    (
        Variant("fr", Segment("la\0clé\x1a0", (Code(2, "open", "b", (("i", "1"),), Segment("<b>")),))),
        Variant("pt", Segment("a chave"), (("creationid", "ana\0"),)),
    ),
    (("tuid", "7"),),
    (Annotation("note", "primeira\n"),),
)


def found(store, text):
    (hits,) = store.similar(Texts([Segment(text)], "fr"), "fr", 0.7)
    return [number for _, number in hits]


@pytest.fixture(params=["a stand-in", pytest.param("a server", marks=on_server)])
def address(request, tmp_path, monkeypatch):
    """Of a memory on a server, or on what stands in for one."""
    if request.param == "a server":
        return request.getfixturevalue("postgres").address(tmp_path.name)
    monkeypatch.setattr(StandIn, "folder", tmp_path)
    monkeypatch.setattr(_postgres_connection, "PostgresConnection", StandIn)
    return f"postgresql://h/db?user=postgres&memory={tmp_path.name}"


@pytest.fixture
def calls(monkeypatch):
    """How often a connection was made and languages were counted."""
    calls = []
    for module, name in ((_postgres_connection, "PostgresConnection"), (history, "languages")):
        original = getattr(module, name)
        monkeypatch.setattr(
            module, name, lambda it, name=name, original=original: calls.append(name) or original(it)
        )
    return calls


def test_a_connection_is_taken_again_and_languages_are_counted_only_when_units_came(address, calls):
    with open_store(address, create=True) as store:
        store.add([unit("la clé", "a chave")])
        calls.clear()
        for _ in range(3):
            assert store.languages() == {"fr": 1, "pt": 1}
        store.add([unit("le pont", "a ponte")])
        assert store.languages() == {"fr": 2, "pt": 2}
    assert calls == ["languages", "languages"]


@pytest.fixture
def served(postgres, tmp_path):
    """The address of a memory that only a server will do for."""
    return postgres.address(tmp_path.name)


@pytest.fixture
def other_host(monkeypatch, tmp_path):
    """Goes over to a host with another cache."""
    return lambda name: monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name))


@pytest.mark.parametrize(
    "rest",
    ["//ana:s3cret@h/db", "//h/db?password=s3cret", "//ana:s3cret@h:5432,g/db?memory=a&password=s3cret"],
)
def test_a_password_in_an_address_is_refused_and_not_shown(rest):
    result = CliRunner().invoke(group, ["log", "-m", f"postgresql:{rest}"])
    assert result.exit_code != 0
    with pytest.raises(OptionError, match="PGPASSWORD") as caught:
        parsed(rest)
    assert "s3cret" not in f"{caught.value}{result.output}"


@pytest.mark.parametrize(
    "rest", ["h/db", "//h/db?memory=a&memory=b", "//h/db?memory=", f"//h/db?memory={'a' * 58}"]
)
def test_what_is_no_address_is_refused(rest):
    with pytest.raises(OptionError):
        parsed(rest)


def test_a_server_that_is_not_there_is_one_line_and_exit_code_3(tmp_path, caplog):
    with pytest.raises(StoreError, match="does not answer") as caught:
        open_store(f"postgresql:///db?host={tmp_path}")
    assert caught.value.exit_code == 3
    assert "\n" not in str(caught.value)


def test_a_host_that_was_away_catches_up_by_the_numbers_of_units(address, other_host):
    other_host("a")
    with open_store(address, create=True) as store:
        store.add([unit("le pont", "a ponte")])
        assert found(store, "le pont") == [1]
        other_host("b")
        with open_store(address) as other:
            assert other.add([unit("le pont !", "a ponte!"), unit("oui", "sim")]) == Added(added=2)
            assert found(other, "oui") == [3]
        assert sorted(found(store, "le pont")) == [1, 2]
    other_host("a")
    with open_store(address) as store:
        assert found(store, "oui") == [3]


def test_a_cache_of_a_copy_of_earlier_days_begins_anew(address):
    with open_store(address, create=True) as store:
        store.add([unit("le pont", "a ponte"), unit("oui", "sim")])
        assert found(store, "oui") == [2]
        with store._writing() as tables:
            for table in ("unit", "variant", "change", "kept"):
                tables.execute(f"DELETE FROM {table}")
            tables.execute("INSERT INTO kept SELECT 0, 0, 0, 0, ?", (seal(0, 0, 0, 0),))
        store.add([unit("non", "não"), unit("si", "se")])
    with open_store(address) as store:
        assert found(store, "oui") == []
        assert found(store, "si") == [2]


def test_a_unit_that_is_not_what_was_written_is_named(address):
    with open_store(address, create=True) as store:
        store.add([unit("oui", "sim"), unit("non", "não")])
        with store._writing() as tables:
            tables.execute("UPDATE variant SET text = 'nom' WHERE unit = 2 AND position = 0")
        assert [*map(str, store.damages())][:1] == ["unit 2: not what was written"]
        with pytest.raises(StoreError, match="damaged"):
            store.fetch([2])
        assert [each.variants[0].segment.text for each in store.fetch([1])] == ["oui"]


def test_without_the_extra_one_line_says_how_it_is_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    result = CliRunner().invoke(group, ["log", "-m", "postgresql://h/db"])
    assert str(result.exception) == (
        "a memory on PostgreSQL needs an extra; install it with: pip install 'ponte-tm[postgres]'"
    )


def test_a_memory_goes_onto_a_server_and_back_with_all_that_ever_was_in_it(address, tmp_path):
    first, last = f"{tmp_path}/first.tm", f"{tmp_path}/last.tm"
    with open_store(first, create=True) as store:
        store.add(
            [RICH, unit("oui", "sim"), unit("non", "não")], name="a.tsv", date="2026-11-29", author="ana"
        )
        store.remove([2], author="rui")
        store.edit({3: unit("non", "nunca")})
        store.set_note("of a page", "seen\0")
    assert copy_memory(first, address) == copy_memory(address, last) == Copied(units=2, changes=3)
    with open_store(first) as one, open_store(address) as two, open_store(last) as three:
        for read in (
            lambda store: [*store.all_stored()],
            lambda store: store.log(),
            lambda store: store.languages(),
            lambda store: store.note("of a page"),
            lambda store: [*store.damages()],
            lambda store: found(store, "non"),
            lambda store: [store.undo(), store.undo(), len(store), store.log()],
        ):
            assert read(one) == read(two) == read(three)
    with pytest.raises(OptionError, match="holds something"):
        copy_memory(last, address)


def test_of_a_damaged_memory_nothing_is_copied(address, tmp_path):
    path = f"{tmp_path}/hurt.tm"
    with open_store(path, create=True) as store:
        store.add([unit("oui", "sim")])
        store._connection.execute("UPDATE variant SET text = 'sin' WHERE position = 1")
    with pytest.raises(StoreError, match="damaged"):
        copy_memory(path, address)
    with pytest.raises(StoreError, match="no such memory"):
        open_store(address)


def test_a_damaged_search_of_a_host_is_said_once_and_made_anew(address):
    with open_store(address, create=True) as store:
        store.add([unit("le pont", "a ponte"), unit("oui", "sim")])
        assert found(store, "oui") == [2]
        store._mirror._connection.execute("UPDATE variant SET text = 'ouf'")
    with open_store(address) as store:
        with pytest.raises(StoreError, match="made anew; ask again"):
            found(store, "oui")
        assert found(store, "oui") == [2]
    path = cache_folder() / "memories" / f"{store._identity}.tm"
    path.write_bytes(path.read_bytes()[:4096] + bytes(8192))
    with open_store(address) as store:
        assert found(store, "oui") == [2]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.InsufficientPrivilege("permission denied"), "the owner of the memory can grant it"),
        (errors.ReadOnlySqlTransaction("read-only"), "may not be written or read"),
        (errors.DiskFull("no space"), "disk is full"),
        (errors.OperationalError("server closed the connection"), "does not answer"),
        (errors.AdminShutdown("terminating connection due to command"), "does not answer"),
        (errors.UndefinedTable('relation "unit" does not exist'), 'relation "unit" does not exist'),
    ],
)
def test_an_error_of_the_server_says_what_to_do(error, words):
    assert words in _postgres_connection.reason(error)


def test_a_server_that_has_hung_up_is_noticed():
    here, there = socket.socketpair()
    with here:
        assert not _postgres_connection._readable(here.fileno())
        there.close()
        assert _postgres_connection._readable(here.fileno())


@on_server
def test_a_database_that_is_not_there_is_named(postgres):
    with pytest.raises(StoreError, match=r'refuses \(database "nowhere" does not exist\)') as caught:
        open_store(postgres.address("a", "nowhere"))
    assert "\n" not in str(caught.value)


@on_server
def test_a_password_is_taken_from_where_libpq_looks_and_is_never_shown(
    postgres, served, monkeypatch, tmp_path
):
    with open_store(served, create=True) as store, store._writing() as tables:
        tables.execute("CREATE ROLE ana LOGIN PASSWORD 's3cret'")
        tables.execute("GRANT CREATE ON DATABASE postgres TO ana")
        with postgres.asking_for_passwords_of("ana", tables):
            service = tmp_path / "services"
            service.write_text(
                f"[office]\nhost={postgres.folder}\nuser=ana\ndbname=postgres\npassword=s3cret\n"
            )
            theirs = f"{served}-2".replace("user=postgres", "user=ana")
            with pytest.raises(StoreError, match=r"refuses .* PGPASSWORD"):
                open_store(theirs, create=True)
            (tmp_path / "a.tsv").write_text("fr\tpt\noui\tsim\n")
            shown = []
            for password, code in (("s3cre", 3), ("s3cret", 0)):
                monkeypatch.setenv("PGPASSWORD", password)
                result = CliRunner().invoke(group, ["add", str(tmp_path / "a.tsv"), "-m", theirs])
                shown.append(f"{result.output}{result.exception}")
                assert getattr(result.exception, "exit_code", 0) == code
            monkeypatch.delenv("PGPASSWORD")
            monkeypatch.setenv("PGSERVICEFILE", str(service))
            shown.append(
                tm("log", "-m", f"postgresql:///?service=office&memory={served.rpartition('=')[2]}-2").output
            )
            assert "a.tsv" in shown[-1]
            assert "s3cre" not in "".join(shown)


@on_server
def test_rights_are_given_by_schema(postgres, served, monkeypatch):
    monkeypatch.setenv("TM_MEMORY", served.replace("user=postgres", "user=reader"))
    with open_store(served, create=True) as store:
        store.add([unit("oui", "sim")])
        with store._writing() as tables:
            schema = f'"{parsed(served.partition(":")[2]).schema}"'
            tables.execute("CREATE ROLE reader LOGIN")
            tables.execute(f"GRANT USAGE ON SCHEMA {schema} TO reader")
            tables.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader")
    found = CliRunner().invoke(group, ["find", "oui"])
    assert (found.exit_code, found.stdout[:8]) == (0, "100  oui")
    refused = CliRunner().invoke(group, ["undo"])
    assert "may not be written or read" in str(refused.exception)


@on_server
def test_who_may_make_no_memory_on_the_server_reads_why_nothing_is_copied_there(postgres, served, tmp_path):
    with open_store(served, create=True) as store, store._writing() as tables:
        tables.execute("CREATE ROLE guest LOGIN")
    with open_store(tmp_path / "a.tm", create=True) as store:
        store.add([unit("oui", "sim")])
    with pytest.raises(StoreError, match="may not be written or read"):
        copy_memory(tmp_path / "a.tm", f"{served}-2".replace("user=postgres", "user=guest"))
    with pytest.raises(
        StoreError, match='may not be read; its owner grants it by GRANT USAGE ON SCHEMA "ponte'
    ):
        open_store(served.replace("user=postgres", "user=guest"))


def cut_off(store, server):
    with store.changing_notes() as notes:
        server.kill()
        notes.read("a")


@on_server
def test_a_server_that_was_started_again_is_asked_again(tmp_path, caplog):
    with running() as server, open_store(server.address("a"), create=True) as store:
        store.add([unit("oui", "sim")])
        server.kill()
        with pytest.raises(StoreError, match="does not answer"):
            len(store)
        server.start()
        with pytest.raises(StoreError, match="does not answer"):
            cut_off(store, server)
        assert not caplog.records
        server.start()
        assert (len(store), found(store, "oui")) == (1, [1])
        assert store.add([unit("non", "não")]) == Added(added=1)


def tm(*words):
    return CliRunner().invoke(group, [*map(str, words)], catch_exceptions=False)


def test_a_glossary_on_a_server_is_called_by_its_address_and_made_there(address):
    with open_store(address, create=True) as store:
        store.add([unit("le four à pain", "o forno de pão")])
    none = CliRunner().invoke(group, ["terms", "approve", "four", "-m", address])
    assert str(none.exception).startswith(f"{address}: has no glossary yet; tm terms extract -m")
    assert tm("terms", "extract", "-m", address, "-o", address).stderr.startswith(f"{address}: ")
    assert tm("terms", "approve", "four à pain", "-m", address).stderr.startswith(f"{address}: four à pain")
    assert tm("terms", "undo", "-m", address).stderr.startswith(f"{address}: taken back")
    assert "four à pain" in tm("terms", "list", "-m", address).output


def test_an_address_is_no_file_or_folder_to_write(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("a.fr.txt", "Un pain."), ("a.pt.txt", "Um pão.")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for verb, told in (("align", f"tm add SOURCE TARGET -m '{address}'"), ("build", "a folder was expected")):
        result = CliRunner().invoke(group, [verb, "a.fr.txt", "a.pt.txt", "-o", address])
        assert told in str(result.exception)
    assert sorted(path.name for path in tmp_path.iterdir() if "postgres" in path.name) == []


def test_decisions_live_with_the_memory_whichever_host_makes_them(address, other_host, tmp_path):
    with open_store(address, create=True) as store:
        store.add([unit("le four", "o forno")])
    for host, (term, translation) in {"a": ("four", "forno"), "b": ("pain", "pão")}.items():
        other_host(host)
        made = tm("terms", "add", term, translation, "-m", address, "-s", "fr", "-t", "pt", "--author", host)
        assert made.exit_code == 0, made.output
    assert tm("terms", "reject", "four", "-m", address).exit_code == 0
    other_host("a")
    shown = tm("find", "le pain du four", "-m", address, "--terms", address).output
    assert "pain: pão" in shown
    edition = OpenGlossary(local_glossary(address)).now()
    statuses = {concept.terms[0].text: concept.terms[0].status for concept in edition.concepts}
    assert statuses == {"four": "rejected", "pain": "approved"}
    assert [entry.author for entry in read_log(local_glossary(address))] == ["a", "b", ""]
    (tmp_path / "x").mkdir()
    assert copy_memory(address, tmp_path / "x" / "a.tm").has_glossary
    assert "pain" in (tmp_path / "x" / "glossary.tsv").read_text(encoding="utf-8")
    copy_memory(tmp_path / "x" / "a.tm", f"{address}-2")
    assert len(read_log(local_glossary(f"{address}-2"))) == 3


def test_a_host_without_a_place_for_the_glossary_of_a_server_says_so(tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(FormatError, match="a folder was expected"):
        local_glossary("postgresql://localhost/office")


@on_server
def test_a_look_up_asks_the_server_one_thing(served, monkeypatch):
    from tm.memory import find
    from tm.store._postgres_connection import PostgresConnection

    with open_store(served, create=True) as store:
        store.add([unit("le pont", "a ponte"), unit("le vieux pont", "a ponte velha")])
        find(store, "le pont", "fr", "pt")
        store.languages()
        asked = []
        execute, kept = PostgresConnection.execute, PostgresConnection.kept
        monkeypatch.setattr(PostgresConnection, "execute", lambda *a: asked.append(a[1]) or execute(*a))
        monkeypatch.setattr(PostgresConnection, "kept", lambda self: asked.append("kept") or kept(self))
        for minimum in (100, 50):
            with asked_once():
                assert store.languages() == {"fr": 2, "pt": 2}
                (first, *_) = find(store, "le pont", "fr", "pt", minimum=minimum)
                (stored,) = store.stored([first.number])
            assert (first.percent, stored.unit, asked) == (100, first.unit, ["kept"])
            asked.clear()


def test_what_a_host_has_hurt_is_shown_as_the_server_has_it(address):
    with open_store(address, create=True) as store:
        store.add([unit("oui", "sim")])
        assert found(store, "oui") == [1]
        store._mirror._connection.execute("UPDATE unit SET whole = 1")
        assert [each.variants[1].segment.text for each in store.fetch([1])] == ["sim"]
        assert store._mirror is None


@contextlib.contextmanager
def hurt_search(store):
    """A search that meets damage at its end."""
    with store._searching(), Naming("m"):
        yield
        raise DamagedError


def test_of_two_threads_that_meet_damage_the_second_leaves_what_was_made_anew(address):
    def meet_damage():
        with pytest.raises(StoreError, match="made anew; ask again"), hurt_search(store):
            pass
        assert found(store, "oui") == [1]
        return store._mirror

    with open_store(address, create=True) as store:
        store.add([unit("oui", "sim")])
        assert found(store, "oui") == [1]
        anew = []
        with pytest.raises(StoreError, match="made anew; ask again"), hurt_search(store):
            anew.append(meet_damage())
        assert [store._mirror] == anew
        assert found(store, "oui") == [1]


def test_what_a_host_has_may_be_removed_while_it_is_open(address):
    with open_store(address, create=True) as store:
        store.add([unit("oui", "sim")])
        assert found(store, "oui") == [1]
        for file in (cache_folder() / "memories").iterdir():
            file.unlink()
        assert found(store, "oui") == [1]
        with (
            store._mirror._sessions.lent(),
            pytest.raises(StoreError, match="has gone, and is made anew; ask again"),
        ):
            found(store, "oui")
        assert found(store, "oui") == [1]


def test_a_memory_on_a_server_answers_as_a_file_does(address, tmp_path):
    units = [
        unit("le vieux pont", "a ponte velha"),
        unit("le pont", "a ponte"),
        unit("les ponts", "as pontes"),
    ]
    with open_store(address, create=True) as there, open_store(tmp_path / "a.tm", create=True) as here:
        for store in (there, here):
            store.add(units)
            store.remove([2])
            store.set_note("seen", "1")
        for ask in (
            lambda store: [*store.containing(["vieux", "pont"], "fr")],
            lambda store: [*store.holding(["pont", "le"], "fr")],
            lambda store: store.words(Prefix("pont"), "fr"),
            lambda store: store.stretches(["le", "vieux", "pont"], "fr", [1]),
            lambda store: store.exact(Texts([Segment("le pont"), Segment("les ponts")], "fr"), "fr"),
            lambda store: [store.fetch([1, 2, 3]), store.stored([3, 2])],
            lambda store: [store.generation(), store.note("seen"), len(store), store.languages()],
        ):
            assert ask(there) == ask(here)


def test_a_memory_of_a_newer_version_is_not_written(address):
    with open_store(address, create=True) as store:
        with store._writing() as tables:
            tables.execute("UPDATE memory SET version = 99")
        with pytest.raises(StoreError, match="newer version of the program"):
            store.add([unit("oui", "sim")])
        assert len(store) == 0
    with pytest.raises(StoreError, match="has schema version 99"):
        open_store(address)


def test_a_memory_is_taken_back_as_long_as_nothing_came_into_it(address):
    open_store(address, create=True).close()
    assert exists(address)
    take_back(address)
    assert not exists(address)
    with open_store(address, create=True) as store:
        store.add([unit("oui", "sim")])
    take_back(address)
    assert exists(address)


def test_a_connection_that_was_hung_up_is_made_anew_and_a_closed_memory_says_so(address):
    store = open_store(address, create=True)
    for connection in store._free:
        connection.close()
    assert len(store) == 0
    store.close()
    with pytest.raises(StoreError, match="closed; open it again"):
        len(store)


def test_what_another_host_adds_within_a_stretch_of_work_is_followed_once(address, monkeypatch):
    with open_store(address, create=True) as store, open_store(address) as other:
        store.add([unit("oui", "sim")])
        followed = []
        with asked_once():
            assert store.languages() == {"fr": 1, "pt": 1}
            other.add([unit("non", "não")])
            assert found(store, "non") == [2]
            follow = Mirror.follow
            monkeypatch.setattr(Mirror, "follow", lambda *a: followed.append(1) or follow(*a))
            assert [each.variants[1].segment.text for each in store.fetch([1, 2])] == ["sim", "não"]
        assert not followed
