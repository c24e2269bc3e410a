"""What the columns of a glossary say beside the terms, as our own tables and those of other programs head them.

In: the names of columns. Out: which column says what of which term, and a row's cells by our names.

1. ``meanings`` gives each column one of our names (``status``, ``source_gender`` …): ``parted`` parts the name
   of a language from it (``Status [fr]``, ``pt_description``, ``French_Def``), ``_NAMES`` has the rest.
2. ``cells_of`` reads a row: values of Crowdin, Weblate, Lokalise and memoQ become ours (``cell_value``).

>>> columns = meanings([(1, "description [fr]"), (2, "status [pt-br]")], [(0, "fr"), (3, "pt-BR")], ("fr", "pt-BR"))
>>> cells_of(["four", "pour le pain", "Not recommended", "forno"], columns)
{'definition': 'pour le pain', 'status': 'forbidden'}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.formats._language_names import language_of_name
from tm.formats._statuses import status_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = {
    name: ours
    for ours, names in {
        "concept": "concept|concept id|concept_id|entry_id|entry id|entryid|e_id|cid",
        "status": "status|term status|usage status|administrative status|term_status|approval status|t_evaluation|approval"
        "|state|statut|état|estado|situação|stato|freigabe",
        "reliability": "t_reliability|reliability|reliability code|reliability_code",
        "part_of_speech": "part_of_speech|part of speech|pos|partofspeech|word class",
        "gender": "gender|grammatical gender|grammatical_gender",
        "kind": "kind|type|term type|term_type|termtype|t_type",
        "note": "note|notes|comment|comments|remark|remarks|usage|usage note|translator_comments|explanation|t_note",
        "definition": "definition|description|def|concept definition|meaning|l_definition|entrydescription",
        "subject": "subject|domain|concept subject|subject field|entry_subject|category|e_domains",
        "concept_note": "concept_note|concept note|entry_note|e_note",
        "forbidden": "forbidden|is forbidden|is_forbidden",
        "preferred": "preferred|is preferred|is_preferred",
        "translatable": "translatable|is translatable|entrytranslatable",
        "fuzzy": "fuzzy",
        "info": "term_info|term info",
    }.items()
    for name in names.split("|")
}
_OF_TERMS = ("status", "part_of_speech", "gender", "kind", "note", "forbidden", "preferred", "info")
"""What may be said of either term; in a row without the name of a language it is said of the target term."""
_PARTED = re.compile(r"(?P<name>[^\[\](){}]+?)\s*[\[({](?P<language>[^\[\](){}]+)[\])}]")
_TRUE = frozenset("true yes 1 x y t oui sim sí si ja vrai verdadeiro verdadero vero wahr".split())
_FALSE = frozenset(("", *"false no 0 n f - non não nein faux falso falsch".split()))
_RELIABILITY = {
    **dict.fromkeys(("1", "2"), "candidate"),
    **dict.fromkeys(("3", "4"), "approved"),
}
"""IATE's codes: not verified, minimum reliability, reliable, very reliable."""
_GENDERS = {"m": "masculine", "masc": "masculine", "f": "feminine", "fem": "feminine", "n": "neuter"}
_KINDS = {
    "full form": "fullForm",
    "short form": "shortForm",
    "full_form": "fullForm",
    "short_form": "shortForm",
    "abbrev": "abbreviation",
    "term": "",
}
_PARTS_OF_SPEECH = {
    "n": "noun",
    "v": "verb",
    "adj": "adjective",
    "adv": "adverb",
    "proper noun": "properNoun",
    "proper_noun": "properNoun",
}

_VALUES = {"gender": _GENDERS, "kind": _KINDS, "part_of_speech": _PARTS_OF_SPEECH}
_WITH_VALUES = frozenset(f"{side}{name}" for side in ("", "source_") for name in ("status", *_VALUES))
"""The cells with values of ours."""
_FLAGS = frozenset(
    f"{side}{name}"
    for side in ("", "source_")
    for name in ("forbidden", "preferred", "info", "reliability", "translatable", "fuzzy")
)
"""The cells that say a status in their own way."""


def meanings(
    named: Sequence[tuple[int, str]], languages: Sequence[tuple[int, str]], pair: tuple[str, str]
) -> list[tuple[int, str]]:
    """The columns with our name for each; columns of third languages are left out.

    Args:
        named: numbers and names of the columns without terms, names without capitals.
        languages: numbers and languages of the columns with terms.
        pair: the source and the target language.
    """
    tags = [tag for _, tag in languages]
    result = []
    for column, head in named:
        name, language = parted(head)
        ours = our_name(name)
        if ours == "info":  # memoQ says it of the language whose column stands before
            before = [tag for number, tag in languages if number < column]
            language = before[-1] if before else ""
        tag = bcp47.choose(language, tags) or language if language else ""
        if tag and tag not in pair:
            continue
        of_source = tag == pair[0] and tag != pair[1] and ours in _OF_TERMS
        result.append((column, f"source_{ours}" if of_source else ours))
    return result


def language_in(head: str) -> str:
    """The language of the terms under a column's head: ``Term [fr]``, ``Terme (français)``; "" for another head.

    >>> language_in("Term [pt-BR]"), language_in("Status [pt-BR]"), language_in("note")
    ('pt-BR', '', '')
    """
    name, language = parted(head.lower())
    return language if language and name in ("term", "terme", "termo", "term text", "target term") else ""


def our_name(name: str) -> str:
    """Our name for a column, without capitals; an unknown one stays as it is.

    >>> our_name("t_evaluation"), our_name("client")
    ('status', 'client')
    """
    return _NAMES.get(name, name)


def parted(head: str) -> tuple[str, str]:
    """A column's head without the language in it, and the language.

    >>> parted("status [pt-br]"), parted("french_def"), parted("part of speech"), parted("fr description")
    (('status', 'pt-BR'), ('def', 'fr'), ('part of speech', ''), ('description', 'fr'))
    """
    if match := _PARTED.fullmatch(head):
        if language := _language(match["language"].strip()):
            return match["name"].strip(), language
        return head, ""
    if head in _NAMES:
        return head, ""
    before, _, name = head.replace("_", " ").rpartition(" ")
    if name in _NAMES and (language := _language(before)):
        return name, language
    return head, ""


def _language(name: str) -> str:
    return language_of_name(name) or (bcp47.canonical(name) if bcp47.is_tag(name) else "")


def cells_of(cells: Sequence[str], columns: Sequence[tuple[int, str]]) -> dict[str, str]:
    """The filled cells of a row by our names, with our values; the first of several is taken.

    A status that is not known stays as it is.

    >>> cells_of(["yes", "noun", "m"], [(0, "forbidden"), (1, "source_part_of_speech"), (2, "gender")])
    {'source_part_of_speech': 'noun', 'gender': 'masculine', 'status': 'forbidden'}
    """
    filled: dict[str, str] = {}
    width = len(cells)
    for column, name in columns:
        if column < width and (text := cells[column].strip()) and not filled.get(name):
            filled[name] = cell_value(name.removeprefix("source_"), text) if name in _WITH_VALUES else text
    if not filled.keys().isdisjoint(_FLAGS):
        for side in ("source_", ""):
            if status := _flagged(filled, side):
                filled[f"{side}status"] = status
    return filled


def cell_value(name: str, text: str) -> str:
    """What a cell of that name says, by our value where it is known.

    >>> cell_value("gender", "Masc."), cell_value("part_of_speech", "proper noun"), cell_value("note", "Masc.")
    ('masculine', 'properNoun', 'Masc.')
    """
    lower = text.lower()
    if name == "status":
        return status_of(text) or lower
    return _VALUES.get(name, {}).get(lower.rstrip("."), text)


def _flagged(filled: dict[str, str], side: str) -> str | None:
    """The status that a column for one status alone says; these columns are taken out.

    What is neither yes nor no is no status, and no approval: it stays to be named.
    """
    forbidden = filled.pop(f"{side}forbidden", "").lower()
    preferred = filled.pop(f"{side}preferred", "").lower()
    info = filled.pop(f"{side}info", "").lower()
    if forbidden in _TRUE or re.search(r"\bforbidden\b", info):
        return "forbidden"
    if unclear := next((word for word in (forbidden, preferred) if word not in _TRUE | _FALSE), ""):
        return unclear
    reliability = filled.pop(f"{side}reliability", "").lower()
    if preferred in _TRUE and filled.get(f"{side}status") != "candidate":
        return "preferred"
    if reliability and not filled.get(f"{side}status"):
        return _RELIABILITY.get(reliability) or status_of(reliability) or reliability
    if side:
        return None
    is_fixed = filled.pop("translatable", "").lower() in _FALSE - {""}
    is_open = filled.pop("fuzzy", "").lower() in _TRUE
    return "do-not-translate" if is_fixed else "candidate" if is_open else None
