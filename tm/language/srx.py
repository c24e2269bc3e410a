"""Segmentation rules as files: SRX (Segmentation Rules eXchange) 1.0 and 2.0, LISA 2004 and 2008.

An SRX file holds *language rules* (named lists of rules) and *maps* from language tags to those lists. A rule says what
stands before a place and what after it, in ICU regular expressions, and whether the text is cut there. Files of OmegaT,
Okapi, LanguageTool and others are read as they are; what they ask for beyond the standard is told in ``Rules.notes``.
"""

from __future__ import annotations

import functools
import io
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

import regex

from tm.errors import FormatError
from tm.files import reading
from tm.language.icu import python_expression

if TYPE_CHECKING:
    from collections.abc import Iterator


_LONGEST = 100_000
"""Characters of an expression. Those of LanguageTool, the longest known, have some hundreds."""

_DEEPEST = 50
"""Elements within elements; SRX has six."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Cut, or do not cut, where ``before`` ends and ``after`` begins.

    Attributes:
        breaks: whether the text is cut.
        before: expression for the ``regex`` package, "" for anything.
        after: likewise.
        line: 1-based line of its file.
        column: likewise.
    """

    breaks: bool
    before: str
    after: str
    line: int = 0
    column: int = 0

    @property
    def expression(self) -> str:
        """Fits, with no width, every place the rule speaks of."""
        return f"(?<={self.before})(?={self.after})"


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What an SRX file says.

    Attributes:
        path: the file's name, for messages.
        lists: the lists of rules by name.
        maps: (expression that must fit the whole tag, name of a list), in order.
        cascade: whether a tag takes the lists of all maps that fit, in order, or of the first only.
        notes: what the file asks for and we do not do, one line each.
    """

    path: str
    lists: dict[str, tuple[Rule, ...]]
    maps: tuple[tuple[str, str], ...]
    cascade: bool
    notes: tuple[str, ...] = ()

    def of(self, language: str) -> tuple[Rule, ...]:
        """The rules for a tag, in order; () when no map fits. Case makes no difference, as in OmegaT.

        >>> len(own_rules().of("pt-BR")) > len(own_rules().of("sw")) > 0
        True
        """
        fitting = [name for pattern, name in self.maps if _compiled(pattern).fullmatch(language)]
        chosen = fitting if self.cascade else fitting[:1]
        return tuple(rule for name in chosen for rule in self.lists[name])


@functools.cache
def own_rules() -> Rules:
    """The rules that come with this program: French, Portuguese, English, and a general list for all languages."""
    return read_rules(Path(__file__).with_name("rules.srx"))


def read_rules(path: str | os.PathLike[str]) -> Rules:
    """Read an SRX file, 1.0 or 2.0. Every rule is tried, also those of languages not asked for.

    Raises:
        FormatError: it is not well-formed, is no SRX, or an expression is wrong; with line and column.
    """
    name = os.fspath(path)
    with reading(path) as stream:
        root = _tree(stream.read(), name)
    version = root.attributes.get("version", "")
    if root.name != "srx" or version[:2] not in ("1.", "2."):
        raise _fault(root, name, f'this is <{root.name} version="{version}">; SRX 1.0 or 2.0 was expected')
    lists = {
        _attribute(listed, "languagerulename", name): tuple(_rule(rule, name) for rule in listed.all("rule"))
        for listed in root.all("languagerule")
    }
    maps = tuple(_map(element, lists, name) for element in root.all("languagemap"))
    if not maps:
        raise _fault(root, name, "no <languagemap>; at least one was expected")
    cascade = any(header.attributes.get("cascade") == "yes" for header in root.all("header"))
    return Rules(name, lists, maps, cascade, tuple(_notes(root, name)))


@functools.cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.V1 | regex.IGNORECASE)


# ------------------------------------------------------------------------------------------------- elements


@dataclass(slots=True)
class _Element:
    """An XML element with its place; names are without their namespace."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[_Element] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> Iterator[_Element]:
        """The elements of that name below this one, in order."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)


def _tree(content: bytes, path: str) -> _Element:
    parser = expat.ParserCreate(namespace_separator=" ")
    document = _Element("", {}, 1, 1)
    above = [document]

    def start(name: str, attributes: dict[str, str]) -> None:
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        element = _Element(name.rpartition(" ")[2], attributes, *place)
        if len(above) > _DEEPEST:
            raise _fault(element, path, f"elements {_DEEPEST} deep; an SRX file was expected")
        above[-1].children.append(element)
        above.append(element)

    def text(characters: str) -> None:
        above[-1].text += characters
        if len(above[-1].text) > 2 * _LONGEST:
            raise _fault(above[-1], path, f"more than {2 * _LONGEST} characters; an SRX file was expected")

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: above.pop()
    parser.CharacterDataHandler = text
    try:
        parser.ParseFile(io.BytesIO(content))
    except expat.ExpatError as error:
        what = f"not well-formed XML: {expat.ErrorString(error.code)}; an SRX file was expected"
        raise FormatError(what, path=path, line=error.lineno, column=error.offset + 1) from error
    return document.children[0]


def _fault(element: _Element, path: str, what: str) -> FormatError:
    return FormatError(what, path=path, line=element.line, column=element.column)


def _attribute(element: _Element, name: str, path: str) -> str:
    if name not in element.attributes:
        raise _fault(element, path, f"<{element.name}> has no {name}; SRX requires one")
    return element.attributes[name]


def _rule(element: _Element, path: str) -> Rule:
    parts = {"beforebreak": "", "afterbreak": ""}
    for part in element.children:
        if part.name in parts:
            parts[part.name] = _expression(part.text, part, path)
    breaks = element.attributes.get("break", "yes") != "no"
    return Rule(breaks, parts["beforebreak"], parts["afterbreak"], element.line, element.column)


def _map(element: _Element, lists: dict[str, tuple[Rule, ...]], path: str) -> tuple[str, str]:
    listed = _attribute(element, "languagerulename", path)
    if listed not in lists:
        raise _fault(element, path, f"there are no rules named {listed!r}; there are: {', '.join(lists)}")
    return _expression(_attribute(element, "languagepattern", path), element, path), listed


def _expression(icu: str, element: _Element, path: str) -> str:
    expression = python_expression(icu)
    if len(icu) > _LONGEST:
        raise _fault(
            element, path, f"an expression of {len(icu)} characters; at most {_LONGEST} were expected"
        )
    try:
        groups = regex.compile(expression, regex.V1).groups
    except (regex.error, RecursionError) as error:
        what = f"wrong regular expression {_short(icu)}: {error}"
        raise _fault(element, path, what) from error
    if groups and regex.search(r"(?<!\\)(?:\\\\)*\\[1-9]|\(\?P=", expression):
        raise _fault(element, path, f"{_short(icu)} refers back to a group, which is not supported")
    return expression


def _short(icu: str) -> str:
    return repr(icu if len(icu) <= 60 else f"{icu[:60]}…")


def _notes(root: _Element, path: str) -> Iterator[str]:
    """What Okapi adds to the header and we do not do."""
    for options in root.all("options"):
        if options.attributes.get("oneSegmentIncludesAll") == "yes":
            yield f"{path}:{options.line}: oneSegmentIncludesAll is not supported; white space between segments is left out"
    for name in ("rangeRule", "maskRule"):
        for element in root.all(name):
            if element.text.strip():
                yield f"{path}:{element.line}: <{name}> is not supported; the whole text is segmented"
