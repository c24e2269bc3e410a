"""What the cells of a glossary's row say of its terms, and whether that can be read.

In: a row's cells by our names (``_term_columns.cells_of``). Out: ``fault_of`` says what is wrong in them; ``term_of``,
``source_term_of`` and ``evidence_of`` make terms of them.

>>> cells = {"status": "approved", "part_of_speech": "noun", "count": "x"}
>>> fault_of(cells, ["pont", "ponte"]), term_of("ponte", "pt", cells).part_of_speech
("count 'x' is no number", 'noun')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, get_args

from tm.model import Context, Evidence, Status, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STATUSES = get_args(Status)

Cells: TypeAlias = "dict[str, str]"
"""The cells of a row by our names."""


def fault_of(filled: Cells, texts: Sequence[str]) -> str:
    """What is wrong in a row; "" when nothing is."""
    if not any(texts):
        return "no term in either language"
    for name in ("status", "source_status"):
        if (status := filled.get(name) or "candidate") not in STATUSES:
            return f"{name} {status!r} is none of {', '.join(STATUSES)}"
    for name, (number, expected) in _NUMBERS.items():
        if name in filled:
            try:
                number(filled[name] or "0")
            except ValueError:
                return f"{name} {filled[name]!r} is no {expected}"
    return ""


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _share(text: str) -> float:
    """A number from 0 to 1, with a point or with the comma that some spreadsheets write.

    >>> _share("0,85")
    0.85
    """
    share = float(text.replace(",", "."))
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


_NUMBERS: dict[str, tuple[Callable[[str], float], str]] = {
    **dict.fromkeys(("count", "source_count", "target_count", "line"), (_count, "number")),
    "confidence": (_share, "number from 0 to 1"),
}


def term_of(text: str, language: str, filled: Cells, evidence: Evidence | None = None) -> Term:
    """The term that a row describes."""
    get = filled.get
    return Term(
        text,
        language,
        filled["status"],  # type: ignore[arg-type]  # ``fault_of`` looked
        get("part_of_speech", ""),
        get("gender", ""),
        get("kind", ""),
        get("note", ""),
        evidence,
    )


def source_term_of(text: str, language: str, filled: Cells) -> Term:
    """The source term of a row; its part of speech is the target's unless the row says another."""
    get = filled.get
    return Term(
        text,
        language,
        get("source_status") or "candidate",  # type: ignore[arg-type]
        get("source_part_of_speech", get("part_of_speech", "")),
        get("source_gender", ""),
        get("source_kind", ""),
        get("source_note", ""),
    )


def evidence_of(filled: Cells) -> Evidence | None:
    """The counts, the confidence and the context of a row; None when it has none of these.

    >>> evidence_of({"count": "12", "confidence": "0.9"}).pair_count, evidence_of({"note": "x"})
    (12, None)
    """
    get = filled.get
    source, target = get("source_context", ""), get("target_context", "")
    contexts = (
        (Context(source, target, get("document", ""), int(get("line") or 0)),) if source or target else ()
    )
    source_count, target_count, pair_count = [
        int(get(name) or 0) for name in ("source_count", "target_count", "count")
    ]
    confidence = _share(get("confidence") or "0")
    if not (contexts or source_count or target_count or pair_count or confidence):
        return None
    return Evidence(source_count, target_count, pair_count, confidence, contexts=contexts)
