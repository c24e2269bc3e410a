r"""Our segmentation rules for OmegaT, so that its segments are ours.

OmegaT takes the rules of a project from its folder ``omegat``: up to version 5 from ``segmentation.conf``, a
Java bean as XML, from version 6 on from ``segmentation.srx``. Its engine differs from the standard's in three
ways, which ``_rule`` makes up for:

1. It looks for the two expressions of a rule apart from each other, one match after the other, so that a match
   can hide the next: the second one is made to look only, without taking any text. (The first one ends with
   what ends a sentence; Java cannot look behind as far.)
2. Java's ``\s`` and ``\b`` know ASCII alone, unless ``(?U)`` stands before them.
3. Inline codes are text there, like ``<t0/>``: they may stand behind what ends a sentence, and behind the
   white space that follows.

>>> print(java_bean(rules()).decode().splitlines()[1])
<java version="1.8.0" class="java.beans.XMLDecoder">
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import tm.language

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = r"(?:</?\p{L}{1,9}\p{N}{1,5}/?>)"
"""An inline code as OmegaT shows it."""
_VERSION = "0.2.2"
"""Of the rules; OmegaT adds its own rules to those of an older version."""
_MARK = " Made by Ponte from its own rules; a file without this line is never replaced. "
_SRX = "http://www.lisa.org/srx20"


@dataclass(frozen=True, slots=True)
class JavaRule:
    """A rule for OmegaT's engine: cut, or do not cut, where both expressions fit."""

    breaks: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RuleList:
    """The rules of a language.

    Attributes:
        name: of the list.
        pattern: fits the tags of the languages that it is for.
        rules: in order.
    """

    name: str
    pattern: str
    rules: tuple[JavaRule, ...]


def rules() -> list[RuleList]:
    """Our rules, the lists in the order of their maps; before them that a ``<br>`` ends a line.

    >>> [listed.name for listed in rules()][:3], rules()[1].pattern
    (['HTML', 'French', 'Portuguese'], 'fr(-.*)?')
    """
    tree = ET.parse(Path(tm.language.__file__).with_name("rules.srx"))  # noqa: S314 - a file of this package
    names = {"srx": _SRX}
    lists = {
        listed.get("languagerulename", ""): tuple(_rule(rule) for rule in listed.iterfind("srx:rule", names))
        for listed in tree.iterfind(".//srx:languagerule", names)
    }
    at_breaks = RuleList("HTML", ".*", (JavaRule(True, r"(?U)<br\p{N}{1,5}/?>", "."),))  # noqa: FBT003
    return [at_breaks] + [
        RuleList(name, language_map.get("languagepattern", ""), lists[name])
        for language_map in tree.iterfind(".//srx:languagemap", names)
        for name in [language_map.get("languagerulename", "")]
    ]


def _rule(rule: ET.Element) -> JavaRule:
    before, after = (rule.findtext(f"{{{_SRX}}}{name}", "") for name in ("beforebreak", "afterbreak"))
    if after.startswith(r"\s+"):
        after = rf"\s++(?:{_TAG}\s*+)*+{after[3:]}"
    if after.startswith(r"\s"):
        before += rf"{_TAG}{{0,9}}"
    return JavaRule(rule.get("break") != "no", f"(?U){before}", f"(?U)(?={after})")


def java_bean(lists: list[RuleList]) -> bytes:
    """The content of ``segmentation.conf``, as OmegaT 2 to 5 read it."""
    java = ET.Element("java", {"version": "1.8.0", "class": "java.beans.XMLDecoder"})
    java.append(ET.Comment(_MARK))
    bean = ET.SubElement(java, "object", {"class": "org.omegat.core.segmentation.SRX"})
    mapping = _property(bean, "mappingRules")
    for listed in lists:
        entry = _added(mapping, "MapRule")
        _value(entry, "language", listed.name)
        _value(entry, "pattern", listed.pattern)
        array = ET.SubElement(_property(entry, "rules"), "object", {"class": "java.util.ArrayList"})
        for rule in listed.rules:
            element = _added(array, "Rule")
            _value(element, "afterbreak", rule.after)
            _value(element, "beforebreak", rule.before)
            _value(element, "breakRule", "true" if rule.breaks else "false", "boolean")
    _value(bean, "version", _VERSION)
    return _written(java)


def _property(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, "void", {"property": name})


def _added(parent: ET.Element, name: str) -> ET.Element:
    """A new object of one of the engine's classes in a list."""
    method = ET.SubElement(parent, "void", {"method": "add"})
    return ET.SubElement(method, "object", {"class": f"org.omegat.core.segmentation.{name}"})


def _value(parent: ET.Element, name: str, text: str, kind: str = "string") -> None:
    ET.SubElement(_property(parent, name), kind).text = text


def srx_file(lists: list[RuleList]) -> bytes:
    """The content of ``segmentation.srx``, as OmegaT reads it from version 6 on.

    >>> srx_file(rules()).count(b"<languagemap")
    9
    """
    root = ET.Element("srx", {"version": "2.0", "xmlns": _SRX})
    root.append(ET.Comment(_MARK))
    ET.SubElement(root, "header", {"segmentsubflows": "yes", "cascade": "yes"})
    body = ET.SubElement(root, "body")
    of_languages, maps = (ET.SubElement(body, name) for name in ("languagerules", "maprules"))
    for listed in lists:
        language = ET.SubElement(of_languages, "languagerule", {"languagerulename": listed.name})
        for rule in listed.rules:
            element = ET.SubElement(language, "rule", {"break": "yes" if rule.breaks else "no"})
            ET.SubElement(element, "beforebreak").text = rule.before
            ET.SubElement(element, "afterbreak").text = rule.after
        named = {"languagepattern": listed.pattern, "languagerulename": listed.name}
        ET.SubElement(maps, "languagemap", named)
    return _written(root)


def files() -> Iterator[tuple[str, bytes]]:
    """Both files, by their names.

    >>> [name for name, _ in files()]
    ['segmentation.conf', 'segmentation.srx']
    """
    lists = rules()
    yield "segmentation.conf", java_bean(lists)
    yield "segmentation.srx", srx_file(lists)


def is_ours(content: bytes) -> bool:
    """Whether a file of rules is one of ours that nobody has changed in OmegaT.

    >>> is_ours(java_bean(rules())), is_ours(b"<java/>")
    (True, False)
    """
    return _MARK.encode() in content


def _written(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    content: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + content + b"\n"
