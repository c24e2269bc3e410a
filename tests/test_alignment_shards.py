"""A run cut into shards gives the same beads, whatever the cut."""

from itertools import islice
from pathlib import Path

import pytest

from tm.alignment.beads import STEPS
from tm.alignment.passes import Taught, align_shards, beads_of
from tm.document import Text
from tm.shelves import FileShelf, MemoryShelf

SEEDS = Path(__file__).parent.parent / "seeds"


def texts():
    """Six text pairs cut from the two seeds, some of whose lines stand in all of them."""
    columns = [
        [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        for path in sorted(SEEDS.glob("*.txt"))
    ]
    pairs = []
    for number in range(6):
        cut = [
            ["Publicité", *column[number % 3 :: 1 + number % 2], "2024", "Publicité"] for column in columns
        ]
        pairs.append(
            tuple(Text(tuple(lines), language=tag) for lines, tag in zip(cut, ("fr", "pt"), strict=True))
        )
    return pairs


def aligned(pairs, shards, shelf, run, **more):
    rest = iter(pairs)
    sizes = [len(pairs) // shards + (number < len(pairs) % shards) for number in range(shards)]
    shelves = [shelf(number) for number in range(shards)]
    for place, size in zip(shelves, sizes, strict=True):
        place.put("texts", list(islice(rest, size)))
    align_shards(shelves, run, Taught((("pont", "ponte"),), ("fr", "pt")), **more)
    return [beads for place in shelves for beads in beads_of(place)]


@pytest.mark.parametrize("largest", [1000, 10**9])
def test_shards_of_any_size_give_the_same_beads(monkeypatch, largest, tmp_path):
    monkeypatch.setattr("tm.alignment.lexicon.LARGEST", largest)
    pairs = texts()
    whole = aligned(pairs, 1, lambda _: MemoryShelf(), MemoryShelf())
    assert whole == aligned(pairs, 4, lambda _: MemoryShelf(), MemoryShelf())
    in_files = aligned(
        pairs, 6, lambda number: FileShelf(f"{tmp_path}/{number}"), FileShelf(f"{tmp_path}/run")
    )
    assert whole == in_files


def test_a_run_that_was_cut_off_goes_on_where_it_was(tmp_path):
    pairs = texts()
    taught = []

    def cut_off(function, things):
        for thing in things:
            taught.append(function)
            if len(taught) == 14:
                raise KeyboardInterrupt
            yield function(thing)

    def shelf(number):
        return FileShelf(f"{tmp_path}/{number}")

    with pytest.raises(KeyboardInterrupt):
        aligned(pairs, 3, shelf, FileShelf(f"{tmp_path}/run"), each=cut_off)
    calls = len(taught)
    assert aligned(pairs, 3, shelf, FileShelf(f"{tmp_path}/run"), each=cut_off) == aligned(
        pairs, 1, lambda _: MemoryShelf(), MemoryShelf()
    )
    again = len(taught)
    aligned(pairs, 3, shelf, FileShelf(f"{tmp_path}/run"), each=cut_off)
    assert calls < again == len(taught)


def test_confidences_that_are_added_up_are_multiples_of_one_step():
    shelf = MemoryShelf()
    aligned(texts(), 1, lambda _: shelf, MemoryShelf())
    steps = shelf.get("shown-1").sizes[:, 2] * STEPS
    assert (steps == steps.round()).all()
