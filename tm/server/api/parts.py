"""Parts of requests and answers that several operations have: languages, units, matches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tm.direction import Direction, parsed
from tm.errors import TMError
from tm.server.schemas import array, choice, flag, number, record, text, whole

if TYPE_CHECKING:
    from tm.server.operations import Call
    from tm.server.schemas import Schema
    from tm.store.stored import Stored

TAG = text(35, about="A language tag, like fr or pt-BR; empty = the memory's own.", default="")
LANGUAGES: dict[str, Schema] = {"source_lang": TAG, "target_lang": TAG}
TAG_OF_FILE = text(35, about="A language tag; empty = as the files say.", default="")
SHORT = text(500)
WHERE = text(2_000, about="Which units are meant, like: author=rui date>=2020", default="")
COUNT = whole(0, 1 << 53)
NUMBER = whole(1, 1 << 53)

ANYTHING: Schema = {}
"""Of what only a script of ours reads, which takes whatever names it has."""

PLACE = record({"start": COUNT, "end": COUNT})
ORIGIN = {
    "number": COUNT,
    "memory": text(1 << 20),
    "file": text(1 << 20),
    "added": text(1 << 20),
    "date": text(1 << 20),
    "author": text(1 << 20),
    "origin": text(1 << 20),
    "document": text(1 << 20),
    "line": COUNT,
    "context": text(1 << 30),
    "previous": text(1 << 30),
    "notes": array(text(1 << 30)),
}
ANY = text(1 << 30)
"""A text that comes from a memory or a file."""

MATCH = record(
    {
        "percent": whole(0, 102),
        "base": whole(0, 102),
        "penalties": array(record({"reason": ANY, "percent": whole(-102, 102)})),
        "source": ANY,
        "target": ANY,
        "stored_target": ANY,
        "adapted": flag(),
        "adaptations": array({}),
        "unadapted": array({}),
        "edits": array({"type": "object"}),
        **ORIGIN,
    }
)
PASSAGE = record(
    {
        "source": ANY,
        "target": ANY,
        "by": choice(["words", "accents", "forms"]),
        "places": array(PLACE),
        **ORIGIN,
    }
)
UNIT = record(
    {
        "number": NUMBER,
        "variants": array(record({"language": ANY, "text": ANY})),
        "source": ANY,
        "target": ANY,
        "source_lang": ANY,
        "target_lang": ANY,
        "origin": ANY,
        "author": ANY,
        "date": ANY,
        "file": ANY,
        "document": ANY,
        "context": ANY,
        "previous": ANY,
        "notes": array(ANY),
    },
    about="A unit; its number is its version too: whoever changes it gives it a new one.",
)
CONFIDENCE = number(0, 1)


def asked_of(call: Call, source: str = "source_lang", target: str = "target_lang") -> Direction:
    """The languages that a request asks for; a side that it does not name is the server's, if that has one.

    Args:
        call: the request.
        source: what it calls the language translated from.
        target: likewise the other one.

    Raises:
        OptionError: one is no language, or both are the same.
    """
    settings = call.settings.direction
    asked = parsed(call[source], call[target])
    return Direction(asked.source or settings.source, asked.target or settings.target)


def unit_fields(stored: Stored, asked: Direction) -> dict[str, Any]:
    """A unit as the API shows it; of one in other languages the first and the last text.

    >>> from tm.model import Segment, Unit, Variant
    >>> from tm.store.stored import Stored
    >>> unit = Unit((Variant("fr", Segment("four")), Variant("pt", Segment("forno"))))
    >>> fields = unit_fields(Stored(3, unit, 1, "news.tmx", ""), Direction("pt", "fr"))
    >>> fields["number"], fields["source"], fields["target"]
    (3, 'forno', 'four')
    """
    from tm.store.records import context
    from tm.work.alteration import sides

    unit = stored.unit
    try:
        source, target = (unit.variants[position] for position in sides(unit, asked))
    except TMError:
        source, target = unit.variants[0], unit.variants[-1]
    before, key = context(unit)
    return {
        "number": stored.number,
        "variants": [
            {"language": variant.language, "text": variant.segment.text} for variant in unit.variants
        ],
        "source": source.segment.text,
        "target": target.segment.text,
        "source_lang": source.language,
        "target_lang": target.language,
        "origin": stored.origin,
        "author": stored.author,
        "date": stored.changed,
        "file": stored.file,
        "document": stored.document,
        "context": key,
        "previous": before,
        "notes": [note.text for note in unit.annotations if note.name == "note"],
    }
