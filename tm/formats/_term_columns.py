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

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING

from tm import bcp47
from tm.formats._language_names import language_of_name
from tm.formats._statuses import RELIABILITY, status_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = {
    name.replace(" ", ""): ours
    for ours, names in {
        "concept": "concept|concept id|entry id|e id|cid|entry uid|concept uid|entry guid|concept guid",
        "context": "context|example|example of use|term example|usage example|sample|contexte|exemple|exemple d'emploi"
        "|contexto|exemplo|ejemplo|beispiel|kontext",
        "term_id": "tid|term id|t id|term uid|term guid",
        "status": "status|term status|usage status|administrative status|approval status|t evaluation|approval|state|statut"
        "|process status|validity|statut du terme|status do termo|état|estado|situação|stato|freigabe",
        "reliability": "t reliability|reliability|reliability code",
        "part_of_speech": "part of speech|pos|word class|partie du discours|catégorie grammaticale|classe grammaticale"
        "|classe gramatical|categoria gramatical|categoría gramatical|wortart",
        "gender": "gender|grammatical gender|genre|gênero|género|genus",
        "kind": "kind|type|term type|t type",
        "note": "note|notes|comment|comments|remark|remarks|usage|usage note|translator comments|explanation|t note"
        "|commentaire|commentaires|remarque|remarques|comentário|comentários|observação|observações|nota|notas|comentario"
        "|comentarios|kommentar|anmerkung|bemerkung",
        "definition": "definition|description|def|concept definition|term definition|entry definition|meaning|l definition"
        "|entry description|developer comments|définition|definição|definición|definizione",
        "subject": "subject|domain|concept subject|concept domain|subject field|entry subject|category|topic|e domains"
        "|domaine|domínio",
        "concept_note": "concept note|entry note|e note",
        "forbidden": "forbidden|is forbidden|forbidden term|deprecated|do not use|banned|blacklist|blacklisted|prohibited"
        "|obsolete|avoid|interdit|proibido|prohibido|verboten|vietato",
        "preferred": "preferred|is preferred|preferred term|préféré|preferido|bevorzugt",
        "accepted": "approved|is approved|validated|verified|reviewed|confirmed|accepted|approuvé|validé|aprovado|validado"
        "|aprobado|genehmigt|approvato",
        "fixed": "dnt|do not translate|non translatable|not translatable|untranslatable|ne pas traduire|não traduzir",
        "translatable": "translatable|is translatable|entry translatable|concept translatable",
        "fuzzy": "fuzzy",
        "info": "term info|flags",
    }.items()
    for name in names.split("|")
}
_OF_TERMS = frozenset(
    "status part_of_speech gender kind note context forbidden preferred accepted reliability fixed fuzzy info".split()
)
"""What may be said of either term; in a row without the name of a language it is said of the target term."""
_TRANSLATION_WORDS = frozenset(
    "translation traduction tradução traducción target übersetzung traduzione".split()
)
"""What stands beside the language of a translation, where the source column names no language."""
_TERM_WORDS = _TRANSLATION_WORDS.union(
    ("term", "terme", "termo", "término", "termine", "benennung", "entry", "source"),
    ("term text", "source term", "target term", "source text", "target text"),
)
"""What stands beside a language over a column of terms."""
SAYING_STATUS = ("status", "accepted", "reliability")
"""Columns that say of each term whether it is approved: where their cell is empty, it is not."""
_PARTED = re.compile(r"(?P<name>[^\[\](){}]+?)\s*[\[({](?P<language>[^\[\](){}]+)[\])}]")
_LONGEST_HEAD = 300
"""Characters; what is longer is a text, and trying all its words would take long."""
_TRUE = frozenset("true yes 1 x y t oui sim sí si ja vrai verdadeiro verdadero vero wahr ✓ ✔".split())
_NO = frozenset("false no 0 n f - non não nein faux falso falsch".split())
_FALSE = _NO | {""}
_GENDERS = {
    **dict.fromkeys(("m", "masc", "masculin", "masculino", "maskulin"), "masculine"),
    **dict.fromkeys(("f", "fem", "féminin", "feminino", "femenino", "feminin"), "feminine"),
    **dict.fromkeys(("n", "neutre", "neutro"), "neuter"),
}
_KINDS = {
    "full form": "fullForm",
    "short form": "shortForm",
    "full_form": "fullForm",
    "short_form": "shortForm",
    "abbrev": "abbreviation",
    "term": "",
}
_PARTS_OF_SPEECH = {
    word: part
    for part, words in {
        "noun": "n|noun|nom|substantif|substantivo|nome|sustantivo|substantiv",
        "verb": "v|verb|verbe|verbo",
        "adjective": "adj|adjective|adjectif|adjetivo|adjektiv",
        "adverb": "adv|adverb|adverbe|advérbio|adverbio",
        "properNoun": "proper noun|proper_noun|nom propre|nome próprio|substantivo próprio|nombre propio",
    }.items()
    for word in words.split("|")
}

_VALUES = {"gender": _GENDERS, "kind": _KINDS, "part_of_speech": _PARTS_OF_SPEECH}
_WITH_VALUES = frozenset(f"{side}{name}" for side in ("", "source_") for name in ("status", *_VALUES))
"""The cells with values of ours."""
YES_OR_NO = ("forbidden", "preferred", "accepted", "fixed", "translatable", "fuzzy")
"""Our names of what is said of a term by yes or no."""
_FLAGS = frozenset(
    f"{side}{name}" for side in ("", "source_") for name in (*YES_OR_NO, "info", "reliability")
)
"""The cells that say a status in their own way."""

_OF_GLOSSARIES = frozenset(
    (
        *("concept", "part_of_speech", "source_status", "l_code", "locale", "language"),
        *SAYING_STATUS,
        *(name for name in _FLAGS if name != "fuzzy"),
    )
)
"""Cells that units have not."""


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
    often = Counter(head for _, head in named)
    first = {head: column for column, head in reversed(named)}
    result = []
    for column, head in named:
        name, language = parted(head)
        ours = our_name(name)
        if ours == "info" or (often[head] > 1 and not language):
            language = _beside(column, languages, is_before=first[head] < languages[0][0])
        tag = bcp47.choose(language, tags) if language else None  # "new status" is of no language
        if tag and tag not in pair:
            continue
        of_source = tag == pair[0] and tag != pair[1] and ours in _OF_TERMS
        side = "source_" if of_source else "target_" if ours == "context" and tag else ""
        result.append((column, f"{side}{ours}"))
    return result


def _beside(column: int, languages: Sequence[tuple[int, str]], *, is_before: bool) -> str:
    """The language of the terms that a column describes which each language has: "fr, note, pt, note".

    >>> languages = [(0, "fr"), (2, "pt")]
    >>> _beside(1, languages, is_before=False), _beside(1, languages, is_before=True)
    ('fr', 'pt')
    """
    if is_before:
        return next((tag for number, tag in languages if number > column), "")
    return next((tag for number, tag in reversed(languages) if number < column), "")


def is_translation_in(head: str) -> bool:
    """Whether a head says that its column has translations into a language: ``translation_pt_BR``.

    >>> is_translation_in("translation_pt_BR"), is_translation_in("Term [pt-BR]"), is_translation_in("pt-BR")
    (True, False, False)
    """
    name, language = parted(head.lower())
    return bool(language) and name in _TRANSLATION_WORDS


def language_in(head: str) -> str:
    """The language of the terms under a column's head: ``Term [fr]``, ``French term``; "" for another head.

    >>> language_in("Term [pt-BR]"), language_in("FR term"), language_in("Status [pt-BR]"), language_in("note")
    ('pt-BR', 'fr', '', '')
    """
    name, language = parted(head.lower())
    return language if language and name in _TERM_WORDS else ""


@functools.lru_cache(maxsize=1 << 10)  # termbases have the same few categories in every entry
def our_name(name: str) -> str:
    """Our name for a column, without capitals; an unknown one stays as it is.

    >>> our_name("t_evaluation"), our_name("term-status"), our_name("client")
    ('status', 'status', 'client')
    """
    return _NAMES.get(_squeezed(name), name)


def is_named(head: str) -> bool:
    """Whether a head is a name of ours, or of an identifier, and so no language: "id" is not Indonesian there.

    >>> [is_named(head) for head in ("id", "dnt", "pos", "fr")]
    [True, True, True, False]
    """
    return head == "id" or _squeezed(head) in _NAMES


def is_of_terms(head: str) -> bool:
    """Whether only a glossary has a column of that head: an id of concepts, a status in any form.

    >>> [is_of_terms(head) for head in ("Status [fr]", "do not use", "note", "L_CODE", "client")]
    [True, True, False, True, False]
    """
    name = our_name(parted(head.lower())[0])
    return name in _OF_GLOSSARIES


def _squeezed(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name)


@functools.lru_cache(maxsize=1 << 10)
def parted(head: str) -> tuple[str, str]:
    """A column's head without the language in it, and the language.

    >>> parted("status [pt-br]"), parted("french_def"), parted("part of speech"), parted("fr description")
    (('status', 'pt-BR'), ('def', 'fr'), ('part of speech', ''), ('description', 'fr'))
    >>> parted("french (fr): term status"), parted("portuguese (brazil) [pt-br] term")
    (('term status', 'fr'), ('term', 'pt-BR'))
    >>> parted("fr (source)"), parted("termo em português")
    (('source', 'fr'), ('termo', 'pt'))
    >>> parted("pt_br usage status"), parted("term portuguese brazil"), parted("le pain")
    (('usage status', 'pt-BR'), ('term', 'pt-BR'), ('le pain', ''))
    """
    if len(head) > _LONGEST_HEAD:
        return head, ""
    if match := _PARTED.fullmatch(head):
        name, within = match["name"].strip(), match["language"].strip()
        if language := language_named(within):
            return name, language
        language = language_named(name) if within in _TERM_WORDS or _squeezed(within) in _NAMES else ""
        return (within, language) if language else (head, "")
    if _squeezed(head) in _NAMES:
        return head, ""
    words = re.split(r"[\s_]+", head)
    for count in range(1, len(words)):
        for language_words, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            name = " ".join(rest[:-1] if len(rest) > 1 and rest[-1] in ("em", "en", "in") else rest)
            if name in _TERM_WORDS or _squeezed(name) in _NAMES:
                spaced = " ".join(language_words).rstrip(" :/–-")
                language = language_named(spaced) or language_named("-".join(language_words))
                if language:
                    return name, language
    return head, ""


def language_named(name: str) -> str:
    """The language that a head or a cell names, by its tag or otherwise; "" for any other.

    >>> language_named("French"), language_named("pt_br"), language_named("le pain")
    ('fr', 'pt-BR', '')
    """
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
            if status := flagged(filled, side):
                filled[f"{side}status"] = status
    return filled


@functools.lru_cache(maxsize=1 << 10)  # the rows of a table have the same few words
def cell_value(name: str, text: str) -> str:
    """What a cell of that name says, by our value where it is known.

    >>> cell_value("gender", "Masc."), cell_value("part_of_speech", "proper noun"), cell_value("note", "Masc.")
    ('masculine', 'properNoun', 'Masc.')
    """
    lower = text.lower()
    if name == "status":
        return status_of(text) or lower
    return _VALUES.get(name, {}).get(lower.rstrip("."), text)


def flagged(filled: dict[str, str], side: str = "") -> str | None:
    """The status that cells for one status alone say; they are taken out.

    What is neither yes nor no is no status, and no approval: it stays to be named.

    >>> flagged({"forbidden": "no", "accepted": "yes"}), flagged({"source_forbidden": "x"}, "source_")
    ('approved', 'forbidden')
    """
    said = {name: filled.pop(f"{side}{name}", "").lower() for name in YES_OR_NO}
    info, reliability = (filled.pop(f"{side}{name}", "").lower() for name in ("info", "reliability"))
    status = filled.get(f"{side}status")
    if said["forbidden"] in _TRUE or re.search(r"\bforbidden\b", info):
        return "forbidden"
    if unclear := next((word for word in said.values() if word not in _TRUE | _FALSE), ""):
        return unclear
    if said["fuzzy"] in _TRUE or said["accepted"] in _NO:
        return "candidate"
    is_fixed = said["fixed"] in _TRUE or said["translatable"] in _NO or re.search(r"\bread-?only\b", info)
    if is_fixed and status not in ("forbidden", "rejected"):
        return "do-not-translate"
    if said["preferred"] in _TRUE and status != "candidate":
        return "preferred"
    if status or not (reliability or said["accepted"]):
        return None
    return RELIABILITY.get(reliability) or status_of(reliability) or reliability or "approved"
