"""Apple's string catalogues (``Localizable.xcstrings``): JSON with all languages, states, plurals and devices.

In: a file's bytes. Out: a unit for each text of each key, a plural form or a device's text being one of its own; or
the file with translations in it, every other byte as it was.

1. ``_catalogue`` sees that the file is one, ``_texts`` finds the texts of a key in a language by their paths:
   ``()``, ``("plural", "one")``.
2. ``_units`` makes the units; ``_place`` finds a value for a filling, or ``_written`` makes the language's part anew.

A key without a text in the source language is its own text. What is not to be translated is left out.

>>> from tm.formats.authoring import Reading
>>> file = b'{"sourceLanguage": "fr", "strings": {"Ouvrir": {"comment": "menu"}}, "version": "1.0"}'
>>> (unit,) = XCSTRINGS.read_units(iter([file]), Reading("a.xcstrings"))
>>> unit.variants[0].segment.text, unit.annotations[0].text
('Ouvrir', 'menu')
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeAlias

from tm import bcp47
from tm.formats import _bytes, _json_places, states
from tm.formats._format import Format
from tm.formats._json_places import Edit, Style
from tm.formats._strings import line_finder, whole
from tm.formats.demands import IDENTIFIER
from tm.language import plural_categories
from tm.model import Annotation, Place, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.formats._format import Chunks, Filling, Reading

_Path: TypeAlias = tuple[str, ...]
_Texts: TypeAlias = "dict[_Path, tuple[str, str]]"
"""The texts of a key in a language by their paths, each with its state."""
_UNIT = "stringUnit"
_LEVEL = 3
"""How deep the members of a key stand in the file."""


class _Catalogue(NamedTuple):
    """A file: its text, what it says, and the languages it is in, that of the sources first."""

    file: _bytes.TextFile
    data: dict[str, Any]
    languages: list[str]

    @property
    def keys(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The keys that are to be translated, each with what is said of it."""
        for key, about in self.data["strings"].items():
            if isinstance(about, dict) and about.get("shouldTranslate") is not False:
                yield key, about

    def source_of(self, key: str, about: dict[str, Any]) -> _Texts:
        """The texts that are translated from."""
        found = _texts(_localizations(about).get(self.languages[0]))
        return found or ({(): (key, "")} if key.strip() else {})


def _catalogue(chunks: Chunks, reading: Reading) -> _Catalogue:
    file = _bytes.TextFile.read(chunks, reading)
    data = _json_places.loaded(file.text, reading, "a string catalogue was")
    if not (isinstance(data, dict) and isinstance(data.get("strings"), dict)):
        raise reading.error('no "strings" in it; a string catalogue of Apple has them', 1, 1)
    source = data.get("sourceLanguage")
    languages = [source if isinstance(source, str) and source else reading.source or "und"]
    for about in data["strings"].values():
        languages += _localizations(about)
    return _Catalogue(file, data, list(dict.fromkeys(languages)))


def _localizations(about: object) -> dict[str, Any]:
    said = about.get("localizations") if isinstance(about, dict) else None
    return {tag: part for tag, part in said.items() if tag} if isinstance(said, dict) else {}


def _texts(part: object, path: _Path = ()) -> _Texts:
    """The texts of a language's part of a key.

    >>> _texts({"variations": {"plural": {"one": {"stringUnit": {"state": "new", "value": "jour"}}}}})
    {('plural', 'one'): ('jour', 'new')}
    """
    found: _Texts = {}
    if not isinstance(part, dict):
        return found
    unit = part.get(_UNIT)
    if isinstance(unit, dict) and isinstance(unit.get("value"), str):
        found[path] = unit["value"], str(unit.get("state", ""))
    for name in ("variations", "substitutions"):
        above = part.get(name)
        for kind, inner in above.items() if isinstance(above, dict) else ():
            if name == "substitutions":
                found |= _texts(inner, (*path, name, kind))
            elif isinstance(inner, dict):
                for case, leaf in inner.items():
                    found |= _texts(leaf, (*path, kind, case))
    return found


# ------------------------------------------------------------------------------------------- reading


def read(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """Read a unit for each text; its translations are those that are asked for, else all."""
    catalogue = _catalogue(chunks, reading)
    for language in catalogue.languages:
        reading.account.declare(bcp47.canonical(language))
    tree = _json_places.tree(catalogue.file.text)
    line_of = line_finder(catalogue.file.text)
    targets = catalogue.languages[1:]
    chosen = bcp47.choose(reading.target, targets) if reading.target else None
    wanted = [chosen] if chosen else [] if reading.target else targets
    for key, _ in catalogue.keys:
        place = Place(reading.path, line_of(tree.members["strings"].members[key].key))
        yield from _units(catalogue, key, wanted, place)


def _units(catalogue: _Catalogue, key: str, wanted: list[str], place: Place) -> Iterator[Unit]:
    about = catalogue.data["strings"][key]
    parts = {language: _texts(_localizations(about).get(language)) for language in wanted}
    note = about.get("comment")
    notes = [Annotation("note", note)] if isinstance(note, str) and note else []
    for path, (text, _) in catalogue.source_of(key, about).items():
        variants = [Variant(bcp47.canonical(catalogue.languages[0]), Segment(whole(text)))]
        said = []
        for language, texts in parts.items():
            translation, state = texts.get(path) or texts.get(()) or _last(texts, path)
            if translation:
                variants.append(Variant(bcp47.canonical(language), Segment(whole(translation))))
                said.append(state)
        worst = next(
            (word for word in said if word and states.state_of_word(word) not in states.FINISHED), ""
        )
        name = whole(".".join((key, *path)))
        annotations = (*notes, Annotation("prop", name, IDENTIFIER), *states.described(worst))
        yield Unit(tuple(variants), (), annotations, place._replace(id=name))


def _last(texts: _Texts, path: _Path) -> tuple[str, str]:
    """The text for all other numbers and devices, where the source has one text for all."""
    others = (text for other, text in texts.items() if other[-1] == "other" and "substitutions" not in other)
    return next(others, ("", "")) if not path else ("", "")


# ------------------------------------------------------------------------------------------- filling


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the catalogue again with the fillings; see ``tm.formats.fill``.

    A filling below 100 %, and a plural form that the sources lack, needs a review.
    """
    catalogue = _catalogue(chunks, reading)
    supply, count, edits = iter(fillings), 0, list[Edit]()
    tree = _json_places.tree(catalogue.file.text).members["strings"]
    style = Style.of(catalogue.file.text)
    for key, about in catalogue.keys:
        sources = catalogue.source_of(key, about)
        given = {path: filling for path in sources if (filling := next(supply, None))}
        language = _target(catalogue, reading) if given else ""
        present = _texts(_localizations(about).get(language))
        new = {
            path: (filling.target.text, "translated" if filling.percent >= 100 else "needs_review")
            for path, filling in given.items()
            if present.get(path, ("", ""))[0] != filling.target.text
        }
        if new:
            new = _with_all_forms(new, present, language)
            edits += _edits(tree.members[key], (catalogue.languages[0], language), new, about, style)
            count += sum(path in given for path in new)
    stream.write(catalogue.file.encoded(_json_places.edited(catalogue.file.text, edits)))
    return count


def _target(catalogue: _Catalogue, reading: Reading) -> str:
    """The name of the language that is filled in, as the file writes it.

    Raises:
        FormatError: nothing says which of several it is.
    """
    targets = catalogue.languages[1:]
    if reading.target:
        return bcp47.choose(reading.target, targets) or bcp47.canonical(reading.target)
    if len(targets) != 1:
        raise reading.error("translated into several languages, or none; say with -t which is filled in")
    return targets[0]


def _with_all_forms(new: _Texts, present: _Texts, language: str) -> _Texts:
    """The texts with the plural forms that the language has beyond those of the source, which need a review.

    >>> sorted(_with_all_forms({("plural", "other"): ("dias", "translated")}, {}, "pt"))
    [('plural', 'many'), ('plural', 'one'), ('plural', 'other')]
    """
    further: _Texts = {}
    for path, (text, _) in new.items():
        if path[-2:] == ("plural", "other"):
            for name in plural_categories.categories(language):
                if (form := (*path[:-1], name)) not in new and form not in present:
                    further[form] = text, "needs_review"
    return new | further


def _edits(
    owner: _json_places.Value, pair: tuple[str, str], new: _Texts, about: dict[str, Any], style: Style
) -> Iterator[Edit]:
    """What changes where: values where all are there, else the part of the language."""
    source, language = pair
    all_parts = owner.members.get("localizations")
    part = all_parts.members.get(language) if all_parts else None
    places = [_place(part, path) for path in new] if part else []
    if part and all(places):
        for place, (text, state) in zip(places, new.values(), strict=True):
            assert place is not None
            for name, value in (("value", text), ("state", state)):
                if name in place.members:
                    found = place.members[name]
                    yield Edit(found.start, found.end, json.dumps(value, ensure_ascii=False))
                else:
                    yield _json_places.added(place, (name, value), _LEVEL, style)
        return
    parts = _localizations(about)
    written = _written(parts.get(language), new, parts.get(source))
    if part:
        yield Edit(part.key, part.end, style.member(language, written, _LEVEL + 1))
    elif all_parts:
        yield _json_places.added(all_parts, (language, written), _LEVEL + 1, style)
    else:
        yield _json_places.added(owner, ("localizations", {language: written}), _LEVEL, style)


def _place(part: _json_places.Value, path: _Path) -> _json_places.Value | None:
    """The ``stringUnit`` of a path; None where there is none."""
    value: _json_places.Value | None = part
    steps = [*path]
    while steps and value:
        for name in _members(steps):
            value = value.members.get(name) if value else None
    return value.members.get(_UNIT) if value else None


def _members(steps: list[str]) -> list[str]:
    """The names of the members that the first two steps of a path go through; the steps are taken out.

    >>> _members(["plural", "one"]), _members(["substitutions", "days", "plural", "one"])
    (['variations', 'plural', 'one'], ['substitutions', 'days'])
    """
    name = steps.pop(0)
    return [*([] if name == "substitutions" else ["variations"]), name, steps.pop(0)]


def _written(part: object, new: _Texts, source: object = None) -> dict[str, Any]:
    """The part of a language with new texts; what the source says of its substitutions goes along.

    >>> _written({"stringUnit": {}}, {("plural", "one"): ("dia", "translated")})["variations"]["plural"]["one"]
    {'stringUnit': {'state': 'translated', 'value': 'dia'}}
    """
    result: dict[str, Any] = json.loads(json.dumps(part)) if isinstance(part, dict) else {}
    for path, (text, state) in new.items():
        at, like, steps = result, source, [*path]
        while steps:
            names = _members(steps)
            if names[0] == "variations":
                at.pop(_UNIT, None)
            for name in names:
                at = at.setdefault(name, {})
                like = like.get(name) if isinstance(like, dict) else None
            if names[0] == "substitutions" and isinstance(like, dict):
                at |= {name: value for name, value in like.items() if name != "variations" and name not in at}
        at.pop("variations", None)
        at[_UNIT] = {"state": state, "value": text}
    if "substitutions" in result and _UNIT not in result and isinstance(source, dict) and _UNIT in source:
        result = {_UNIT: {**source[_UNIT], "state": "needs_review"}, **result}
    return result


XCSTRINGS = Format(
    "xcstrings",
    (".xcstrings",),
    "String catalogue of Apple's Xcode, with all its languages",
    read_units=read,
    fill=fill,
)
