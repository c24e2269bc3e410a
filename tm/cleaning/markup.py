"""Markup that one text has and the other has not: tags, entities and placeholders, left by a conversion.

Codes that a file marks as such are none of the text (``tm.model.Code``); this is about what stands in the
text as letters. A translation that lacks tags of its source is looked at by ``tm check``; here it counts only
what is there and means nothing.

>>> left("Um <b>pão", "Un pain"), left("Um&nbsp;pão", "Un pain"), left("{1}Um pão{2}", "Un pain")
('a tag that the source has not: <b>', 'an entity that the source has not: &nbsp;', 'a placeholder that the source has not: {1}')
>>> left("Um <b>pão</b>", "Un <b>pain</b>"), left("Digite <nome>.", "Tapez <nom>."), left("AT&T;", "AT&T")
('', '', '')
>>> repaired("Um&nbsp;p&#227;o"), repaired("Um <b>pão</b>")
('Um\xa0pão', '')
"""

from __future__ import annotations

import html
import re
from collections import Counter

from tm.checks.entities import ENTITY, added

_LIKELY = re.compile(r"[<{&]")
_TAG = re.compile(r"</?([A-Za-z][\w:.-]*)(?:\s[^<>]*?)?/?>")
_NUMBERED = re.compile(r"\{/?\d{1,3}\}|\{\\\w+[^{}]{0,20}\}|<[gxb]px? id=\S+>")
_CODE = re.compile(r"``.*?``|`[^`]*`")


def left(target: str, source: str) -> str:
    """The markup that only the target has, "" when there is none."""
    if not _LIKELY.search(target):
        return ""
    target = _CODE.sub("``", target)
    if entity := added(target, source):
        return f"an entity that the source has not: {entity}"
    tags, of_source = (Counter(match[1] for match in _TAG.finditer(text)) for text in (target, source))
    # As many tags as the source has, under other names, are words for the reader to fill in: <nome>.
    if tags.total() > of_source.total() and (name := next(iter(tags - of_source), "")):
        tag = next(match[0] for match in _TAG.finditer(target) if match[1] == name)
        return f"a tag that the source has not: {tag}"
    marks = Counter(_NUMBERED.findall(target)) - Counter(_NUMBERED.findall(source))
    return f"a placeholder that the source has not: {next(iter(marks))}" if marks else ""


def repaired(target: str) -> str:
    """The target with its entities as letters; "" where that leaves markup."""
    text = ENTITY.sub(lambda match: html.unescape(match[0]), target)
    return "" if text == target or _TAG.search(text) or ENTITY.search(text) else text
