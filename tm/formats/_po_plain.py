r"""Plain messages of a catalogue as polib's entries, without polib's going through them line by line.

In: a run of lines between blank lines. Out: an entry. ``PLAIN`` matches what polib would get as it stands; ``entry_of``
makes an entry of a match, the same that polib makes. A previous ``msgid`` and one that is empty are left to polib.

>>> entry = entry_of(PLAIN.fullmatch('#: a.c:1\nmsgid "Oui"\nmsgstr ""\n"Si"\n"m\\n"\n'), 7)
>>> entry.msgid, entry.msgstr, entry.occurrences, entry.linenum
('Oui', 'Sim\n', [('a.c', '1')], 8)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polib

_STRING = r'"(?:[^"\\\n]++|\\[ntr"\\])*+"\n'
_STRINGS = rf" ((?:{_STRING})++)"
_COMMENTS = rf"((?:#[.:,]?(?: [^\s][^\n]*+(?<!\s))?\n|(#\|) (?:msg(?:ctxt|id|id_plural) )?{_STRING})*+)"
PLAIN = re.compile(
    rf"{_COMMENTS}(?:msgctxt{_STRINGS})?(msgid){_STRINGS}"
    rf"(?:msgstr{_STRINGS}|msgid_plural{_STRINGS}(?P<plural>(?:msgstr\[\d\]{_STRINGS})++))"
)
"""A message that polib gets as it stands; most are so."""
_ONE_STRING = re.compile(r'"((?:[^"\\\n]++|\\.)*+)"')
_ONE_FORM = re.compile(rf"msgstr\[(\d)\]{_STRINGS}")
_ESCAPE = re.compile(r'\\([ntr"\\])')
_MEANT = {"n": "\n", "t": "\t", "r": "\r"}


def entry_of(match: re.Match[str], line: int) -> polib.POEntry | None:
    """The entry of a plain message that begins in a line; None where polib is to make it."""
    import polib

    comments, has_previous, context, _, msgid, msgstr, plural = match.groups()[:7]
    if has_previous or not (text := _text(msgid)):
        return None
    entry = polib.POEntry(
        msgid=text,
        msgstr=_text(msgstr) if msgstr else "",
        msgctxt=None if context is None else _text(context),
        linenum=line + match.string.count("\n", 0, match.start(4)),
    )
    if plural:
        entry.msgid_plural = _text(plural)
        entry.msgstr_plural = {
            int(number): _text(form) for number, form in _ONE_FORM.findall(match["plural"])
        }
    if comments:
        _comment(entry, comments[:-1].split("\n"))
    return entry


def _comment(entry: polib.POEntry, lines: list[str]) -> None:
    """Give an entry what its comments say."""
    notes: dict[str, list[str]] = {"#": [], "#.": []}
    for line in lines:
        kind, _, text = line.partition(" ")
        if kind == "#:":
            entry.occurrences += [_place(place) for place in text.split()]
        elif kind == "#,":
            entry.flags += [flag.strip() for flag in text.split(",")] if text else []
        elif text or kind == "#":
            notes[kind].append(text)
    entry.tcomment, entry.comment = ("\n".join(notes[kind]) for kind in ("#", "#."))


def _place(occurrence: str) -> tuple[str, str]:
    file, _, line = occurrence.rpartition(":")
    return (file, line) if line.isdigit() and file else (occurrence, "")


def _text(strings: str) -> str:
    r"""The text of strings one a line.

    >>> _text('"a\\n"\n"\\\\n"\n')
    'a\n\\n'
    """
    text = "".join(_ONE_STRING.findall(strings))
    return _ESCAPE.sub(lambda match: _MEANT.get(match[1], match[1]), text) if "\\" in text else text
