"""The arrays of an index: however they are put together, they are the same; what fails leaves no half of a file."""

import errno
from collections import Counter
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.model import Segment, Unit, Variant
from tm.store import arrayfile, assembly, distance, open_store
from tm.store.arrays import _AGAIN
from tm.store.runs import Run, ranked

SEGMENTS = st.lists(st.lists(st.integers(1, 6), max_size=7), max_size=12)


def run_of(segments, first_unit=1):
    lengths = np.array([*map(len, segments)], np.uint32)
    units = np.arange(first_unit, first_unit + len(segments), dtype=np.uint32)
    return ranked(
        Run(lengths, units, np.array([token for tokens in segments for token in tokens], np.uint32))
    )


def values(arrays):
    return {name: getattr(arrays, name).tolist() for name in arrays.__dataclass_fields__}


def plainly(segments):
    """What the arrays of some segments say, without arrays."""
    ordered = sorted(enumerate(segments, 1), key=lambda numbered: len(numbered[1]))
    lists, words = {}, []
    for rank, (_, tokens) in enumerate(ordered):
        seen = Counter()
        for token in tokens:
            lists.setdefault((token + seen[token] * _AGAIN) & 0xFFFFFFFF, []).append(rank)
            seen[token] += 1
        words += tokens
    vocabulary = sorted(lists)
    frequent = sorted(vocabulary, key=lambda token: (-len(lists[token]), token))
    return {
        "lengths": [len(tokens) for _, tokens in ordered],
        "units": [unit for unit, _ in ordered],
        "vocabulary": vocabulary,
        "letters": [frequent.index(token) for token in vocabulary],
        "words": distance.characters(np.array([frequent.index(token) for token in words], int)).tolist(),
        "ranks": [rank for token in vocabulary for rank in sorted(lists[token])],
    }


@settings(max_examples=60, deadline=None)
@given(SEGMENTS, st.lists(st.integers(0, 12), max_size=3), st.integers(1, 5), st.integers(1, 9))
def test_blocks_of_any_size_give_the_same_arrays(segments, cuts, block, entries):
    bounds = [0, *sorted(min(cut, len(segments)) for cut in cuts), len(segments)]
    runs = [run_of(segments[a:b], a + 1) for a, b in pairwise(bounds)]
    at_once = values(assembly.in_memory([run_of(segments)]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assembly, "SEGMENTS", block)
        patch.setattr(assembly, "ENTRIES", entries)
        assert values(assembly.in_memory(runs)) == at_once
    plain = plainly(segments)
    assert {name: at_once[name] for name in plain} == plain


@pytest.fixture
def memory(tmp_path, monkeypatch):
    monkeypatch.setattr(arrayfile, "WORTH_A_FILE", 1)
    monkeypatch.setattr("tm.store.index.LEAST", 2)
    monkeypatch.setattr("tm.store.index.MANY", 1)
    with open_store(tmp_path / "memory.tm", create=True) as store:
        store.add([Unit((Variant("fr", Segment(f"un mot {letter}")),)) for letter in "abcdefgh"])
    return tmp_path / "memory.tm"


def likest(memory):
    with open_store(memory) as store:
        [hits] = store.similar([["un", "mot", "c"]], "fr", 0.6)
        return hits[0], len(hits)


class Full:
    """A disk that has room for so many bytes more."""

    def __init__(self, stream, room):
        self._stream, self._room = stream, room

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def write(self, content):
        self._room -= memoryview(content).nbytes
        if self._room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self._stream.write(content)


@pytest.mark.parametrize(("which", "room"), [(0, 0), (0, 100), (0, 900), (1, 0), (1, 100), (1, 250)])
def test_a_full_disk_leaves_no_file_and_the_answer_is_the_same(memory, monkeypatch, which, room):
    assemble = assembly.assemble

    def on_full_disk(*streams_and_runs):
        streams = [*streams_and_runs[:2]]
        if not isinstance(streams[0], BytesIO):
            streams[which] = Full(streams[which], room)
        return assemble(*streams, *streams_and_runs[2:])

    monkeypatch.setattr(assembly, "assemble", on_full_disk)
    assert likest(memory) == ((1.0, 3), 8)
    assert {path.name for path in memory.parent.iterdir()} == {"memory.tm"}


def test_who_is_stopped_in_the_middle_leaves_the_file_of_before(memory, monkeypatch):
    assert likest(memory) == ((1.0, 3), 8)
    arrays = memory.with_name("memory.tm.fr.arrays")
    written = arrays.read_bytes()

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(assembly._Assembly, "merge", stopped)
    with pytest.raises(KeyboardInterrupt):
        arrayfile.save(arrays, "digest", [], [])
    assert arrays.read_bytes() == written
    assert {path.name for path in memory.parent.iterdir()} == {"memory.tm", "memory.tm.fr.arrays"}


def test_arrays_that_were_written_are_used_from_the_file(memory):
    with open_store(memory) as store:
        assert [*store.similar([["un"]], "fr", 0.3)]
        (arrays,) = store._index._shared.of_languages["fr"].follow(None, None, (8, 8), 1).parts()
        assert not arrays.words.flags.writeable


def test_a_file_that_another_program_puts_there_meanwhile_is_not_taken_for_ones_own(memory, monkeypatch):
    likest(memory)
    of_eight = memory.with_name("memory.tm.fr.arrays").read_bytes()
    with open_store(memory) as store:
        store.add([Unit((Variant("fr", Segment(f"un mot {letter}")),)) for letter in "ijklmnop"])
    save = arrayfile.save

    def saved(path, *rest):
        is_saved = save(path, *rest)
        path.write_bytes(of_eight)
        return is_saved

    monkeypatch.setattr(arrayfile, "save", saved)
    assert likest(memory) == ((1.0, 3), 16)
