"""Glossaries for other programs, as the tables and TBX files that they import: ``tm export g.csv --terms g.tsv --to deepl``.

Each is a ``Table`` of ``_program_tables``; reading needs no name, since tables are told by their columns. Terms
whose status a program has no word for are left out and named; what else it does not hold stands in
``holds_of_terms``. The columns are those of the programs' manuals: DeepL (help on glossaries), Google (Cloud
Translation, equivalent term sets), Microsoft (Azure Document Translation), Weblate (CSV of translate-toolkit),
Crowdin, Lokalise, memoQ (CSV of the web service), Phrase (Strings) and IATE (download, a term a row).
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tm.formats import _program_tables, _tbx, multiterm
from tm.formats._format import Format, TermFeature
from tm.formats._offer import ACCEPTED
from tm.formats._program_tables import Table, concepts_side_by_side, entries, pairs, terms
from tm.formats._tbx import Dialect, Saying

if TYPE_CHECKING:
    from tm.model import Status

_ACCEPTED: dict[Status, dict[str, str]] = {status: {} for status in ACCEPTED}


def _format(name: str, table: Table, *holds: TermFeature) -> Format:
    return Format(
        name,
        (),
        f"Glossary for {table.program}: CSV",
        write_concepts=partial(_program_tables.write, table=table),
        holds_of_terms=frozenset(holds),
    )


DEEPL = _format(
    "deepl",
    Table(
        "DeepL",
        (("", "source"), ("", "target"), ("", "source_code"), ("", "target_code")),
        pairs,
        _ACCEPTED,
        has_header=False,
        has_one=True,
    ),
)
GOOGLE = _format(
    "google",
    Table(
        "Google",
        (
            ("{source}", "source"),
            ("{target}", "target"),
            ("pos", "part_of_speech"),
            ("description", "definition"),
        ),
        pairs,
        _ACCEPTED,
        has_one=True,
    ),
)
MICROSOFT = _format(
    "microsoft",
    Table(
        "Microsoft",
        (("", "source"), ("", "target")),
        pairs,
        _ACCEPTED,
        has_header=False,
        has_one=True,
    ),
)
PHRASE = _format(
    "phrase",
    Table(
        "Phrase",
        (
            ("term", "source"),
            ("case_sensitive", "case"),
            ("translatable", "translatable"),
            ("description", "definition"),
            ("{source}", "source"),
            ("{target}", "target"),
        ),
        pairs,
        {
            "preferred": {"translatable": "true"},
            "approved": {"translatable": "true"},
            "do-not-translate": {"translatable": "false"},
        },
        words={"case": {"": "false"}},
        has_one=True,
    ),
)
LOKALISE = _format(
    "lokalise",
    Table(
        "Lokalise",
        (
            ("term", "source"),
            ("description", "definition"),
            ("casesensitive", "case"),
            ("translatable", "translatable"),
            ("forbidden", "forbidden"),
            ("tags", "tags"),
            ("{source}", "source"),
            ("{target}", "target"),
        ),
        pairs,
        {
            "preferred": {"translatable": "yes", "forbidden": "no"},
            "approved": {"translatable": "yes", "forbidden": "no"},
            "do-not-translate": {"translatable": "no", "forbidden": "no"},
            "forbidden": {"translatable": "yes", "forbidden": "yes"},
        },
        words={"case": {"": "no"}},
        delimiter=";",
        has_one=True,
    ),
)
WEBLATE_CSV = _format(
    "weblate-csv",
    Table(
        "Weblate",
        (
            ("location", "location"),
            ("source", "source"),
            ("target", "target"),
            ("id", "id"),
            ("fuzzy", "fuzzy"),
            ("context", "context"),
            ("translator_comments", "note"),
            ("developer_comments", "definition"),
        ),
        pairs,
        {
            "preferred": {"fuzzy": ""},
            "approved": {"fuzzy": ""},
            "do-not-translate": {"fuzzy": ""},
            "candidate": {"fuzzy": "True"},
        },
    ),
    "notes",
)
CROWDIN = _format(
    "crowdin",
    Table(
        "Crowdin",
        (
            ("Concept ID", "concept"),
            ("Concept Subject", "subject"),
            ("Concept Definition", "definition"),
            ("Concept Note", "concept_note"),
            ("Term [{source}]", "source"),
            ("Part of Speech [{source}]", "source_part_of_speech"),
            ("Status [{source}]", "source_status"),
            ("Type [{source}]", "source_kind"),
            ("Gender [{source}]", "source_gender"),
            ("Note [{source}]", "source_note"),
            ("Term [{target}]", "target"),
            ("Part of Speech [{target}]", "part_of_speech"),
            ("Status [{target}]", "status"),
            ("Type [{target}]", "kind"),
            ("Gender [{target}]", "gender"),
            ("Note [{target}]", "note"),
        ),
        concepts_side_by_side,
        {
            "preferred": {"status": "preferred"},
            "approved": {"status": "admitted"},
            "do-not-translate": {"status": "preferred"},
            "forbidden": {"status": "not recommended"},
            "candidate": {"status": ""},
        },
        words={
            "part_of_speech": {"properNoun": "proper noun"},
            "kind": {"fullForm": "full form", "shortForm": "short form"},
        },
    ),
    *("statuses", "definitions", "notes", "grammar", "synonyms", "identifiers"),
)
MEMOQ = _format(
    "memoq",
    Table(
        "memoQ",
        (
            ("Entry_ID", "number"),
            ("Entry_Subject", "subject"),
            ("Entry_Note", "concept_note"),
            ("{name}_Def", "definition"),
            ("{name}", "target"),
            ("Term_Info", "info"),
        ),
        entries,
        {
            "preferred": {"info": "CasePermissive"},
            "approved": {"info": "CasePermissive"},
            "do-not-translate": {"info": "CasePermissive"},
            "forbidden": {"info": "CasePermissive;Forbidden"},
        },
        delimiter=";",
    ),
    *("definitions", "synonyms"),
)
IATE = _format(
    "iate",
    Table(
        "IATE",
        (
            ("E_ID", "concept"),
            ("E_DOMAINS", "subject"),
            ("L_CODE", "language"),
            ("T_TERM", "target"),
            ("T_TYPE", "kind"),
            ("T_RELIABILITY", "reliability"),
            ("T_EVALUATION", "status"),
        ),
        terms,
        {
            "preferred": {"status": "Preferred", "reliability": "3"},
            "approved": {"status": "Admitted", "reliability": "3"},
            "do-not-translate": {"status": "Preferred", "reliability": "3"},
            "forbidden": {"status": "Deprecated", "reliability": "3"},
            "candidate": {"status": "Proposed", "reliability": "1"},
        },
        words={
            "kind": {
                "": "Term",
                "fullForm": "Term",
                "variant": "Term",
                "acronym": "Abbrev",
                "abbreviation": "Abbrev",
                "shortForm": "Short form",
                "phrase": "Phrase",
            }
        },
        delimiter="|",
    ),
    *("statuses", "synonyms", "identifiers"),
)


def _tbx_format(name: str, dialect: Dialect, *holds: TermFeature) -> Format:
    return Format(
        name,
        (),
        f"Glossary for {dialect.program}: TBX",
        write_concepts=partial(_tbx.write, dialect=dialect),
        holds_of_terms=frozenset(holds),
    )


_DEFAULT_2008 = replace(
    _tbx.BASIC_2008,
    head='<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n'
    '<martif type="TBX" xml:lang="{language}">\n<martifHeader>\n',
    middle="</martifHeader>\n<text>\n<body>\n",
)
_FIXED = Saying("preferredTerm-admn-sts")

WEBLATE = _tbx_format(
    "weblate",
    replace(
        _DEFAULT_2008,
        program="Weblate",
        is_paired=True,
        statuses={
            "preferred": Saying("preferredTerm-admn-sts"),
            "approved": Saying("admittedTerm-admn-sts"),
            "forbidden": Saying("forbidden"),
            "do-not-translate": Saying("no", category="translationNote"),
        },
    ),
    *("statuses", "contexts", "definitions", "notes", "grammar"),
)
TERMWEB = _tbx_format(
    "termweb",
    replace(
        _DEFAULT_2008,
        program="TermWeb",
        statuses={
            "preferred": Saying("preferredTerm-admn-sts"),
            "approved": Saying("admittedTerm-admn-sts"),
            "forbidden": Saying("deprecatedTerm-admn-sts"),
            "candidate": Saying("unprocessed", category="processStatus"),
            "do-not-translate": _FIXED,
        },
    ),
    *_tbx.HOLDS,
)
MULTITERM_TBX = _tbx_format(
    "multiterm-tbx",
    replace(
        _DEFAULT_2008,
        program="MultiTerm",
        statuses={status: Saying(word, category="Status") for status, word in multiterm.STATUSES.items()},
    ),
    *_tbx.HOLDS,
)
IATE_TBX = _tbx_format(
    "iate-tbx",
    replace(
        _DEFAULT_2008,
        program="IATE",
        statuses={
            "preferred": Saying("preferredTerm-admn-sts", reliability="3"),
            "approved": Saying("admittedTerm-admn-sts", reliability="3"),
            "forbidden": Saying("deprecatedTerm-admn-sts", reliability="3"),
            "candidate": Saying(reliability="1"),
            "do-not-translate": replace(_FIXED, reliability="3"),
        },
    ),
    *_tbx.HOLDS,
)
