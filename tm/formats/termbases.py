"""Glossaries for other programs, as the tables that they import: ``tm export g.csv --terms g.tsv --to deepl``.

Each is a ``Table`` of ``_program_tables``; reading needs no name, since tables are told by their columns. Terms
whose status a program has no word for are left out and named; what else it does not hold stands in
``holds_of_terms``. The columns are those of the programs' manuals: DeepL (help on glossaries), Google (Cloud
Translation, equivalent term sets), Microsoft (Azure Document Translation), Weblate (CSV of translate-toolkit),
Crowdin, Lokalise, memoQ (CSV of the web service), Phrase (Strings) and IATE (download, a term a row).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tm.formats import _program_tables
from tm.formats._format import Format, TermFeature
from tm.formats._program_tables import Table, concepts_side_by_side, entries, pairs, terms

if TYPE_CHECKING:
    from tm.model import Status

_ACCEPTED: dict[Status, dict[str, str]] = {"preferred": {}, "approved": {}, "do-not-translate": {}}


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
