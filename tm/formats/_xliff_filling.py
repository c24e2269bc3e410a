"""Translations put into an XLIFF file; every other byte stays, but for the encoding, which becomes UTF-8.

In: a file's bytes and the fillings. Out: the new file's bytes.

1. ``fill`` reads the units with their offsets (``_xliff_reader.placed``) and gives each its fillings.
2. ``_Rewriting.put`` collects edits (from offset, to offset, new bytes): ``_put_1`` for XLIFF 1.x, ``_put_2``
   for 2.x. ``fitted`` gives the translation the codes of the file's source.
3. ``_Rewriting.pieces`` applies the edits.

In 1.x a target gets a ``state`` and a ``state-qualifier``, and an ``<alt-trans>`` names percent and origin.
In 2.x the segment gets a ``state``, and a ``<match>`` of the Translation Candidates module names them.

>>> import io
>>> from tm.formats._format import Filling, Reading
>>> file = b'''<xliff version="1.2"><file source-language="fr" target-language="pt" original="a"><body>
... <trans-unit id="7"><source>oui</source></trans-unit></body></file></xliff>'''
>>> stream = io.BytesIO()
>>> fill(iter([file]), stream, [Filling(Segment("sim"), 100)], Reading("a.xlf"))
1
>>> print(stream.getvalue().decode().splitlines()[1].partition("<alt-trans")[0])
<trans-unit id="7"><source>oui</source><target state="translated" state-qualifier="exact-match">sim</target>
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO

from tm.formats import _escaping, _xml
from tm.formats._white_space import needs_preserving
from tm.formats._xliff_codes import Content1, Content2, in_order, is_segment, pairs
from tm.formats._xliff_reader import placed
from tm.formats.filling import fitted
from tm.formats.parts import between, marked, parts
from tm.model import Code, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.formats._format import Chunks, Filling, Reading
    from tm.formats._xliff_parts import Offsets
    from tm.model import Attributes, Unit

_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
_DECLARED = re.compile(rb"""(<\?xml\s[^>]*?\bencoding\s*=\s*["'])([A-Za-z0-9._:-]+)""")
_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_END = re.compile(rb"</(?:[\w.-]+:)?(?:source|seg-source|target)\s*>")
_ID = re.compile(rb"""\bid\s*=\s*["']([^"']*)""")
_INDENT = re.compile(rb"\s*$")
_PIECE = 1 << 16


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the file again with the fillings; see ``tm.formats.fill``."""
    text = b"".join(_xml.utf8(chunks, reading))
    reading = replace(reading, encoding="utf-8", problems=None)
    rewriting = _Rewriting(text)
    supply = iter(fillings)
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    for unit, offsets in placed(pieces, reading):
        fillings_of_unit = [next(supply, None) for _ in parts(unit)]
        if any(fillings_of_unit):
            rewriting.put(unit, offsets, fillings_of_unit)
    if reading.target:
        rewriting.declare(_escaping.language_tag(reading.target))
    stream.writelines(rewriting.pieces())
    return rewriting.written


class _Names(_escaping.Escaper):
    """Writes attributes that come from the file itself; the file declares their prefixes."""

    def attributes(self, attributes: Attributes) -> str:
        """The attributes as they stand in a start tag."""
        return "".join(f' {name}="{self._value(value)}"' for name, value in attributes)


@dataclass(slots=True)
class _Rewriting:
    """A file, and what is put into it.

    Attributes:
        text: the file as UTF-8.
        written: the number of fillings put in.
        edits: from offset, to offset, new bytes.
        matches: the ``<match>`` elements of each ``<unit>``, by its offset and that of its ``<matches>``.
        files: the offsets of the elements that name the languages.
        ids: the ids of all elements of a unit, by its offset, where they were asked for.
    """

    text: bytes
    written: int = 0
    edits: list[tuple[int, int, bytes]] = field(default_factory=list)
    matches: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    files: set[int] = field(default_factory=set)
    ids: dict[int, set[bytes]] = field(default_factory=dict)

    def put(self, unit: Unit, offsets: Offsets, fillings: list[Filling | None]) -> None:
        """Put the fillings of a unit into it."""
        self.written += sum(filling is not None for filling in fillings)
        self.files.add(offsets.file)
        if offsets.segment < 0:
            self._put_1(unit, offsets, fillings)
        else:
            self._put_2(unit, offsets, fillings[0])

    def pieces(self) -> Iterator[bytes]:
        """The pieces of the new file."""
        for (unit_at, matches_at), markup in self.matches.items():
            self._add_matches(unit_at, matches_at, "".join(markup))
        if (declared := _DECLARED.match(self.text)) and declared[2].lower() not in (
            b"utf-8",
            b"ascii",
            b"us-ascii",
        ):
            self.edits.append((declared.start(2), declared.end(2), b"UTF-8"))
        position = 0
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2]):
            yield self.text[position:start]
            yield new
            position = end
        yield self.text[position:]

    def declare(self, language: str) -> None:
        """Name the target language where the file does not."""
        for at in self.files - {-1}:
            names = {name for name, _ in _attributes(self._tag(at))}
            name = "trgLang" if "srcLang" in names else "target-language"
            if name not in names:
                end = at + len(self._tag(at)) - 1
                self.edits.append((end, end, f' {name}="{language}"'.encode()))

    # What both versions need.

    def _tag(self, at: int) -> bytes:
        match = _TAG.match(self.text, at)
        assert match is not None  # the parser was here
        return match[0]

    def _after(self, at: int) -> int:
        """The offset behind the tag that begins here."""
        return at + len(self._tag(at))

    def _end(self, at: int) -> int:
        """The offset behind an element that the parser saw end here.

        The parser names the end tag's offset, or the offset behind an element with a single tag.
        """
        match = _END.match(self.text, at)
        return match.end() if match else at

    def _indent(self, at: int) -> str:
        """The white space before a tag, so that the next tag stands below it."""
        match = _INDENT.search(self.text, max(0, at - 200), at)
        return match[0].decode() if match else ""

    def _space(self, offsets: Offsets, target: Segment) -> Attributes:
        """The attribute that keeps a reader from folding the text, where the file does not say it already."""
        had = dict(_attributes(self._tag(offsets.target))) if offsets.target >= 0 else {}
        return _space(had.get("xml:space", offsets.space).strip("\"'"), target)

    def _put_target(self, offsets: Offsets, attributes: Attributes, content: str) -> int:
        """Replace the target, or add one behind the source; the offset in the old file where it ends."""
        kept = _attributes(self._tag(offsets.target)) if offsets.target >= 0 else []
        raw = _raw(
            attribute
            for attribute in kept
            if attribute[0] not in ("state", "state-qualifier", *dict(attributes))
        )
        name = f"{offsets.prefix}target"
        new = f"<{name}{raw}{_Names().attributes(attributes)}>{content}</{name}>"
        if offsets.target >= 0:
            end = self._end(offsets.target_end)
            self.edits.append((offsets.target, end, new.encode()))
            return end
        end = self._end(offsets.source_end)
        self.edits.append((end, end, (self._indent(offsets.source) + new).encode()))
        return end

    # 1.x

    def _put_1(self, unit: Unit, offsets: Offsets, fillings: list[Filling | None]) -> None:
        source = in_order(unit.variants[0].segment)
        given = [filling for filling in fillings if filling]
        if any(map(is_segment, source.codes)):
            existing = unit.variants[1].segment if len(unit.variants) > 1 else None
            target = _recomposed(source, existing, fillings)
            mids = _mids(source)
        else:
            target, mids = fitted(given[0].target, source), [""]
        exact = min(filling.percent for filling in given) >= 100
        state = (
            ("state", "translated" if exact else "needs-translation"),
            ("state-qualifier", "exact-match" if exact else "fuzzy-match"),
        )
        content = Content1(_Names(), offsets.prefix).of(target)
        end = self._put_target(offsets, (*self._space(offsets, target), *state), content)
        indent = self._indent(offsets.source)
        proposals = (
            indent + _alt_trans(filling, mid, offsets)
            for mid, filling in zip(mids, fillings, strict=True)
            if filling
        )
        self.edits.append((end, end, "".join(proposals).encode()))

    # 2.x

    def _put_2(self, unit: Unit, offsets: Offsets, filling: Filling | None) -> None:
        if filling is None:
            return
        target = fitted(filling.target, unit.variants[0].segment)
        content = Content2(_Names(), offsets.prefix, keep=True)
        self._put_target(offsets, self._space(offsets, target), content.of(target))
        id_ = self._state(offsets, "translated" if filling.percent >= 100 else "initial")
        self.matches.setdefault((offsets.unit, offsets.matches), []).append(_match(filling, id_, offsets))

    def _state(self, offsets: Offsets, state: str) -> str:
        """Put the state into the tag of the segment, and an id when it has none; return the id."""
        tag = self._tag(offsets.segment)
        kept = [attribute for attribute in _attributes(tag) if attribute[0] not in ("state", "subState")]
        id_ = next((value[1:-1] for name, value in kept if name == "id"), "")
        if not id_:
            id_ = self._free_id(offsets)
            kept.append(("id", f'"{id_}"'))
        new = f'<{offsets.prefix}segment{_raw(kept)} state="{state}">'
        self.edits.append((offsets.segment, self._after(offsets.segment), new.encode()))
        return id_

    def _free_id(self, offsets: Offsets) -> str:
        """An id that no element of the unit has."""
        if offsets.unit not in self.ids:
            end = self.text.find(b"</%sunit" % offsets.prefix.encode(), offsets.unit)
            self.ids[offsets.unit] = set(_ID.findall(self.text, offsets.unit, end))
        # The count of tags before the segment differs for each segment of the unit.
        number = self.text.count(b"<", offsets.unit, offsets.segment)
        while f"s{number}".encode() in self.ids[offsets.unit]:
            number += 1000
        return f"s{number}"

    def _add_matches(self, unit_at: int, matches_at: int, markup: str) -> None:
        if matches_at >= 0 and not self._tag(matches_at).endswith(b"/>"):
            at = self._after(matches_at)
            self.edits.append((at, at, markup.encode()))
            return
        at = self._after(unit_at)
        new = f'<mtc:matches xmlns:mtc="{_MATCHES}">{markup}</mtc:matches>'
        start, end = (matches_at, self._after(matches_at)) if matches_at >= 0 else (at, at)
        self.edits.append((start, end, new.encode()))


def _attributes(tag: bytes) -> list[tuple[str, str]]:
    r"""The attributes of a tag as they stand in it, the values with their quotes.

    >>> _attributes(b"<target xml:lang='pt' state=\"new\">")
    [('xml:lang', "'pt'"), ('state', '"new"')]
    """
    return [(name.decode(), value.decode()) for name, value in _ATTRIBUTE.findall(tag)]


def _raw(attributes: Iterable[tuple[str, str]]) -> str:
    return "".join(f" {name}={value}" for name, value in attributes)


def _space(space: str, segment: Segment) -> Attributes:
    """The attribute that keeps a reader from folding the text; none where the ``xml:space`` around it does."""
    if space == "preserve" or not needs_preserving(segment.text):
        return ()
    return (("xml:space", "preserve"),)


def _recomposed(source: Segment, existing: Segment | None, fillings: list[Filling | None]) -> Segment:
    """The text of the source between its segments, and in each segment its filling.

    A segment without a filling gets what the target had there.
    """
    old = in_order(existing) if existing else Segment("")
    had = {mid: between(old, first, last) for mid, first, last in marked(old)}
    text, codes, position, done = "", list[Code](), 0, 0
    for (mid, first, last), filling in zip(marked(source), fillings, strict=True):
        start, end = source.codes[first], source.codes[last]
        shift = len(text) - position
        codes += [replace(code, position=code.position + shift) for code in source.codes[done : first + 1]]
        text += source.text[position : start.position]
        inner = fitted(filling.target, between(source, first, last)) if filling else had.get(mid, Segment(""))
        codes += [replace(code, position=code.position + len(text)) for code in inner.codes]
        text += inner.text
        position, done = end.position, last
    shift = len(text) - position
    codes += [replace(code, position=code.position + shift) for code in source.codes[done:]]
    return Segment(text + source.text[position:], tuple(codes))


def _mids(source: Segment) -> list[str]:
    """The ``mid`` of each segment, for its ``<alt-trans>``; "" for a segment inside another element."""
    ends = pairs(source.codes)
    mids, reach = list[str](), -1  # how far the elements go that began before
    begun = 0
    for mid, first, _ in marked(source):
        reach = max([reach, *(ends.get(number, -1) for number in range(begun, first))])
        mids.append("" if reach > first else mid)
        begun = first
    return mids


def _text(name: str, segment: Segment, content: Content1 | Content2, offsets: Offsets) -> str:
    """A text of an alternative as the element of that name."""
    space = _escaping.Escaper().attributes(_space(offsets.space, segment))
    return f"<{offsets.prefix}{name}{space}>{content.of(segment)}</{offsets.prefix}{name}>"


def _alt_trans(filling: Filling, mid: str, offsets: Offsets) -> str:
    prefix = offsets.prefix
    attributes = [("mid", mid), ("match-quality", f"{filling.percent}%"), ("origin", filling.origin)]
    escaper = _escaping.Escaper()
    content = Content1(escaper, prefix)
    source = _text("source", filling.source, content, offsets) if filling.source else ""
    target = _text("target", filling.target, content, offsets)
    remarks = ", ".join(filling.remarks)
    remarks = f"<{prefix}note>{escaper.text(remarks)}</{prefix}note>" if remarks else ""
    start = escaper.attributes(tuple((name, value) for name, value in attributes if value))
    return f"<{prefix}alt-trans{start}>{source}{target}{remarks}</{prefix}alt-trans>"


def _match(filling: Filling, id_: str, offsets: Offsets) -> str:
    escaper = _escaping.Escaper()
    content = Content2(escaper, offsets.prefix)
    source = _text("source", filling.source or Segment(""), content, offsets)
    target = _text("target", filling.target, content, offsets)
    attributes = [
        ("ref", f"#{id_}"),
        ("matchQuality", str(min(100, filling.percent))),
        ("origin", filling.origin),
    ]
    data = content.original_data()
    start = escaper.attributes(tuple((name, value) for name, value in attributes if value))
    return f"<mtc:match{start}>{data}{source}{target}</mtc:match>"
