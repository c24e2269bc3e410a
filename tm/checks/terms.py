"""Terms of the glossary: a translation that lacks one, or has a form that the glossary forbids.

``tm.terminology.use`` says what became of each term; this check says it in a sentence.

>>> from tm.direction import Direction
>>> from tm.checks import run_checks
>>> from tm.model import Concept, Pair, Segment, Term
>>> bridge = Concept("1", (Term("pont", "fr"), Term("ponte", "pt", status="approved")))
>>> texts = [("Deux ponts.", "Duas pontes."), ("Un pont.", "Um arco.")]
>>> pairs = [Pair(Segment(source), Segment(target)) for source, target in texts]
>>> findings = run_checks(pairs, Direction("fr", "pt"), concepts=[bridge], only=["term"])
>>> [(finding.segment, finding.message) for finding in findings]
[(2, 'term pont must be ponte')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.checks.check import Job
    from tm.terminology.use import TermUse


def _examine(job: Job) -> Iterator[tuple[int, Remark]]:
    for number, (translation, uses) in enumerate(zip(job.translations, job.term_uses, strict=True)):
        for use in uses if translation.target.strip() else ():
            if use.forbidden or use.kept < use.wanted:
                yield number, Remark(_message(use), use.severity, None, use.source_spans, use.target_spans)


def _message(use: TermUse) -> str:
    if use.is_fixed and not use.kept:
        must = f"{use.expected[0]} must stand as it is"
        return f"{must}; found {use.instead}" if use.instead else must
    term = f"{use.term} ({use.written})" if use.written else use.term
    should_be = f"term {term}" + (f" must be {' or '.join(use.expected)}" if use.expected else "")
    if use.forbidden:
        return f"{should_be}; {', '.join(use.forbidden)} is forbidden"
    if use.kept:
        return f"term {term}: {' or '.join(use.expected)} stands {use.kept} of {use.wanted} times"
    return f"{should_be}; found {use.instead}" if use.instead else should_be


TERMS = Check("term", "Terms of the glossary that are missing, or forms that it forbids.", _examine)
