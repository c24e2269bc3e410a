r"""Segmentation rules as files: SRX (Segmentation Rules eXchange) 1.0 and 2.0, LISA 2004 and 2008.

An SRX file holds *language rules* (named lists of rules) and *maps* from language tags to those lists. A rule
says what stands before a position and what after it, in ICU regular expressions, and whether the text is cut
there. Files of OmegaT, Okapi, LanguageTool and others are read as they are. ``Rules.notes`` lists what they
ask for beyond the standard. The steps:

1. ``read_rules`` has ``_tree`` parse the file; the elements keep their line and column for messages.
2. ``_rule`` and ``_map`` make the rules and the maps; ``_expression`` translates each expression
   (``tm.language.icu``) and compiles it, so that a wrong one is named at once.
3. ``_notes`` collects what is not supported.
4. ``Rules.of`` gives the rules for a language tag.

>>> import tempfile
>>> folder = tempfile.TemporaryDirectory()
>>> file = Path(folder.name, "semicolon.srx")
>>> _ = file.write_text(
...     '<srx version="2.0"><header cascade="no"/><body>'
...     '<languagerules><languagerule languagerulename="Short"><rule break="yes">'
...     '<beforebreak>;</beforebreak><afterbreak>\\h</afterbreak></rule></languagerule></languagerules>'
...     '<maprules><languagemap languagepattern="FR.*" languagerulename="Short"/></maprules></body></srx>'
... )
>>> rules = read_rules(file)
>>> [(rule.breaks, rule.before, rule.after, rule.line) for rule in rules.of("fr-CA")], rules.of("pt")
([(True, ';', '[\\t\\p{Zs}]', 1)], ())
>>> folder.cleanup()
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
"""Characters of an expression. The longest known, LanguageTool's, have some hundreds."""

_DEEPEST = 50
"""Elements within elements; SRX has six."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Cut, or do not cut, where ``before`` ends and ``after`` begins.

    Attributes:
        breaks: whether the text is cut.
        before: expression of the ``regex`` package, "" for anything.
        after: another one.
        line: 1-based line of the rule in its file.
        column: 1-based column.
    """

    breaks: bool
    before: str
    after: str
    line: int = 0
    column: int = 0

    @property
    def expression(self) -> str:
        """Fits, with no width, every position at which the rule decides.

        >>> Rule(breaks=True, before="[.!]", after=" ").expression
        '(?<=[.!])(?= )'
        """
        return f"(?<={self.before})(?={self.after})"


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The content of an SRX file.

    Attributes:
        path: the file's name, for messages.
        lists: the lists of rules by name.
        maps: (expression that must fit the whole tag, name of a list), in order.
        cascade: whether a tag takes the lists of all maps that fit, in order, or only of the first.
        notes: what the file asks for and this program does not support, one line each.
    """

    path: str
    lists: dict[str, tuple[Rule, ...]]
    maps: tuple[tuple[str, str], ...]
    cascade: bool
    notes: tuple[str, ...] = ()

    def of(self, language: str) -> tuple[Rule, ...]:
        """The rules for a tag, in order; () when no map fits. Case does not matter, as in OmegaT.

        >>> len(own_rules().of("pt-BR")) > len(own_rules().of("sw")) > 0
        True
        """
        fitting = [name for pattern, name in self.maps if _compiled(pattern).fullmatch(language)]
        chosen = fitting if self.cascade else fitting[:1]
        return tuple(rule for name in chosen for rule in self.lists[name])


@functools.cache
def own_rules() -> Rules:
    """The rules that come with this program: for seven languages, and a general list for all.

    >>> len(own_rules().of("fr")) > len(own_rules().of("sw"))
    True
    """
    return read_rules(Path(__file__).with_name("rules.srx"))


def read_rules(path: str | os.PathLike[str]) -> Rules:
    """Read an SRX file, 1.0 or 2.0. Every rule is compiled, whatever its language.

    Raises:
        FormatError: the file is not well-formed or no SRX, or an expression is wrong; with line and column.

    >>> read_rules(Path(__file__).with_name("rules.srx")).cascade
    True
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
    """An XML element with its line and column; names are without their namespace."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[_Element] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> Iterator[_Element]:
        """The elements of that name at any depth below this one, in order."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)


def _tree(content: bytes, path: str) -> _Element:
    """The root element of an XML file. External entities are not read; depth and length are limited."""
    parser = expat.ParserCreate(namespace_separator=" ")
    document = _Element("", {}, 1, 1)
    open_elements = [document]

    def start(name: str, attributes: dict[str, str]) -> None:
        """An element begins: note it below the open one, with its place."""
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        element = _Element(name.rpartition(" ")[2], attributes, line, column)
        if len(open_elements) > _DEEPEST:
            raise _fault(element, path, f"elements {_DEEPEST} deep; an SRX file was expected")
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def text(characters: str) -> None:
        """Characters inside the open element."""
        innermost = open_elements[-1]
        innermost.text += characters
        if len(innermost.text) > 2 * _LONGEST:
            raise _fault(innermost, path, f"more than {2 * _LONGEST} characters; an SRX file was expected")

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_elements.pop()
    parser.CharacterDataHandler = text
    try:
        parser.ParseFile(io.BytesIO(content))
    except expat.ExpatError as error:
        what = f"not well-formed XML: {expat.ErrorString(error.code)}; an SRX file was expected"
        raise FormatError(what, path=path, line=error.lineno, column=error.offset + 1) from error
    except (LookupError, ValueError) as error:  # an encoding that Python does not know, or of several bytes
        what = f"the encoding that the file declares is not known ({error}); UTF-8 was expected"
        raise FormatError(what, path=path, line=1, column=1) from error
    return document.children[0]


def _fault(element: _Element, path: str, what: str) -> FormatError:
    return FormatError(what, path=path, line=element.line, column=element.column)


def _attribute(element: _Element, name: str, path: str) -> str:
    if name not in element.attributes:
        raise _fault(element, path, f"<{element.name}> has no {name}; SRX requires one")
    return element.attributes[name]


def _rule(element: _Element, path: str) -> Rule:
    expressions = {"beforebreak": "", "afterbreak": ""}
    for child in element.children:
        if child.name in expressions:
            expressions[child.name] = _expression(child.text, child, path)
    breaks = element.attributes.get("break", "yes") != "no"
    return Rule(breaks, expressions["beforebreak"], expressions["afterbreak"], element.line, element.column)


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
    """What Okapi adds to the header and this program does not support."""
    for options in root.all("options"):
        if options.attributes.get("oneSegmentIncludesAll") == "yes":
            yield (
                f"{path}:{options.line}: oneSegmentIncludesAll is not supported; white space between segments"
                " is left out"
            )
    for name in ("rangeRule", "maskRule"):
        for element in root.all(name):
            if element.text.strip():
                yield f"{path}:{element.line}: <{name}> is not supported; the whole text is segmented"
