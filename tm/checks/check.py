"""What a check is: a name, a sentence about it, and a function from a job to findings; and how all of them are run."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tm import language, registry
from tm.errors import OptionError
from tm.model import Finding, Pair

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.checks.terms import TermUse
    from tm.model import Concept


Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Translation:
    """One pair as the checks see it; tokens are made once, when a check first asks for them.

    Attributes:
        pair: the two segments.
        source_language: a tag, "" when not known.
        target_language: likewise.
    """

    pair: Pair
    source_language: str
    target_language: str

    @property
    def source(self) -> str:
        """The source's text."""
        return self.pair.source.text

    @property
    def target(self) -> str:
        """The translation's text."""
        return self.pair.target.text

    @functools.cached_property
    def source_tokens(self) -> list[language.Token]:
        """The source's tokens."""
        return language.tokens(self.source, self.source_language)

    @functools.cached_property
    def target_tokens(self) -> list[language.Token]:
        """The translation's tokens."""
        return language.tokens(self.target, self.target_language)


@dataclass(frozen=True)
class Job:
    """What is checked together: some checks compare translations with each other.

    Attributes:
        translations: in order.
        concepts: the glossary.
    """

    translations: Sequence[Translation]
    concepts: Sequence[Concept] = ()

    @functools.cached_property
    def term_uses(self) -> list[list[TermUse]]:
        """The glossary's concepts in each translation, looked for once."""
        from tm.checks.terms import term_uses

        return [term_uses(translation, self.concepts) for translation in self.translations]


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding before it is said where.

    Attributes:
        message: one line, in the user's terms.
        severity: as in ``Finding``.
        suggestion: the corrected translation, when there is a safe one.
    """

    message: str
    severity: Severity = "error"
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A check; a module of this room that holds one is found by the registry.

    Attributes:
        name: as in ``Finding.check`` and ``--only``.
        about: what it looks for, one line.
        examine: gives the remarks with the number of the translation (from 0) that each is about.
    """

    name: str
    about: str
    examine: Callable[[Job], Iterable[tuple[int, Remark]]]


def one_by_one(
    examine: Callable[[Translation], Iterable[Remark]],
) -> Callable[[Job], Iterator[tuple[int, Remark]]]:
    """The ``examine`` of a check that looks at each translation alone; those that are still empty are passed over."""

    def examine_all(job: Job) -> Iterator[tuple[int, Remark]]:
        for number, translation in enumerate(job.translations):
            if translation.target.strip():
                for remark in examine(translation):
                    yield number, remark

    return examine_all


def without(text: str, *patterns: re.Pattern[str]) -> str:
    """The text with what matches blanked, every other character in its place.

    >>> import re
    >>> without("2 x 10", re.compile(r"\\d+"))
    '_ x __'
    """
    for pattern in patterns:
        text = pattern.sub(lambda found: "_" * len(found[0]), text)
    return text


def difference(missing: Iterable[str], added: Iterable[str]) -> str:
    """How a message says what only the source has and what only the translation has; each named once.

    >>> difference(["2018"], ["2008"]), difference([], ["%s", "%d", "%s"])
    ('2018 in the source, 2008 in the translation', '%s, %d of the translation is not in the source')
    """
    was, became = (", ".join(dict.fromkeys(side)) for side in (missing, added))
    if was and became:
        return f"{was} in the source, {became} in the translation"
    return (
        f"{was} of the source is not in the translation"
        if was
        else f"{became} of the translation is not in the source"
    )


def checks() -> dict[str, Check]:
    """All checks by name.

    >>> "number" in checks()
    True
    """
    return {check.name: check for check in registry.offers("tm.checks", Check)}


def run_checks(
    pairs: Sequence[Pair],
    source: str = "",
    target: str = "",
    *,
    concepts: Sequence[Concept] = (),
    only: Iterable[str] = (),
) -> list[Finding]:
    """What the checks have to say about these translations.

    Args:
        pairs: source and translation; a pair's document and line go into the finding's file and line.
        source: language tag; "" leaves out what needs to know the language.
        target: likewise.
        concepts: the glossary; without one the check "term" is silent.
        only: names of checks; none = all.

    Returns:
        In order of pairs, then of checks' names.

    Raises:
        OptionError: a name in ``only`` is no check's; names the nearest.

    >>> from tm.model import Segment
    >>> [finding.message for finding in run_checks([Pair(Segment("10 000 ans"), Segment("1.000 anos"))], "fr", "pt")]
    ['number 10 000 in the source, 1.000 in the translation']
    """
    return examine(Job([Translation(pair, source, target) for pair in pairs], concepts), only=only)


def examine(job: Job, *, only: Iterable[str] = ()) -> list[Finding]:
    """``run_checks`` for a caller that has the job already, and wants what was found out about it too."""
    findings = []
    for check in _chosen(only):
        for number, remark in check.examine(job):
            pair = job.translations[number].pair
            findings.append(
                Finding(
                    check.name,
                    remark.severity,
                    remark.message,
                    file=pair.document,
                    line=pair.line,
                    segment=number + 1,
                    suggestion=remark.suggestion,
                )
            )
    return sorted(findings, key=lambda finding: (finding.segment, finding.check))


def _chosen(only: Iterable[str]) -> list[Check]:
    known = checks()
    names = list(only) or list(known)
    for name in names:
        if name not in known:
            import difflib

            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}"
            raise OptionError(f"no check is called {name!r}; {hint}")
    return [check for name, check in sorted(known.items()) if name in names]
