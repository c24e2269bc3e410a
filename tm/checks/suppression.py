"""Findings that a project has decided to live with: one finding, one check, one file, or all of a baseline.

1. A ``Rule`` says which findings are ignored, and why; ``Rule.parsed`` reads one from ``tm.toml`` or a
   command line.
2. A baseline (``baseline.py``) counts the findings that were there on a day, by ``fingerprint``.
3. ``sorted_out`` parts the findings into those that are reported and those that are not, and names the rules
   that ignored nothing.

>>> from tm.model import Finding
>>> findings = [Finding(check, "error", "50 became 5", "a.po", 8) for check in ("number", "french")]
>>> outcome = sorted_out(findings, [Rule(check="french", reason="no no-break spaces on this platform")])
>>> [finding.check for finding in outcome.reported], [why for _, why in outcome.suppressed]
(['number'], ['no no-break spaces on this platform'])
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from tm.errors import OptionError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tm.model import Finding


def fingerprint(finding: Finding) -> str:
    """What makes a finding the same one when its file has changed elsewhere: its check and both texts.

    Its line, its number and often its unit's id change when others are put in before it; its message may name
    lines.

    >>> from tm.model import Finding
    >>> one, moved = (Finding("number", "error", "50 became 5", "a.po", line, target="5 g") for line in (8, 9))
    >>> fingerprint(one) == fingerprint(moved)
    True
    """
    parts = finding.check, finding.source, finding.target
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Rule:
    """Which findings are ignored: those that all of its fields agree with.

    Attributes:
        check: a check's name, "" for any.
        file: a path, or a pattern with ``*``; without "/" it is the name in any folder. "" for any file.
        unit: a unit's id, or a pattern.
        finding: the fingerprint of one finding.
        reason: for those who read the rule.
    """

    check: str = ""
    file: str = ""
    unit: str = ""
    finding: str = ""
    reason: str = ""

    @classmethod
    def parsed(cls, given: str | Mapping[str, object]) -> Rule:
        """The rule that somebody wrote: a table of ``tm.toml``, or its fields as one text.

        Raises:
            OptionError: a field that rules have not, or a rule that says nothing.

        >>> Rule.parsed("check=french,file=docs/*.po") == Rule.parsed({"check": "french", "file": "docs/*.po"})
        True
        >>> Rule.parsed("chek=french")
        Traceback (most recent call last):
        tm.errors.OptionError: a rule has no 'chek'; did you mean check?
        """
        if isinstance(given, str):
            given = {
                name.strip(): value.strip()
                for name, _, value in (part.partition("=") for part in given.split(","))
            }
        names = [field.name for field in fields(cls)]
        for name, value in given.items():
            if name not in names:
                hint = nearest(name, names) or f"; it has {', '.join(names)}"
                raise OptionError(f"a rule has no {name!r}{hint}")
            if not isinstance(value, str):
                raise OptionError(f"{name} of a rule is {value!r}; a text was expected")
        rule = cls(**{name: str(value) for name, value in given.items()})
        if not any((rule.check, rule.file, rule.unit, rule.finding)):
            raise OptionError(f"a rule that ignores everything; say one of {', '.join(names[:-1])}")
        return rule

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is ignored.

        >>> from tm.model import Finding
        >>> number = Finding("number", "error", "50 became 5", "docs/a.po", 8, id="menu.open")
        >>> [Rule(**rule).covers(number) for rule in ({"file": "docs/*"}, {"file": "a.po"}, {"unit": "menu"})]
        [True, True, False]
        """
        return (
            self.check in ("", finding.check)
            and (not self.file or self.is_about(finding.file))
            and (not self.unit or fnmatchcase(finding.id, self.unit) or finding.id == self.unit)
            and (not self.finding or fingerprint(finding) == self.finding)
        )

    def is_about(self, path: str) -> bool:
        """Whether the rule may ignore something in this file."""
        path = path.replace("\\", "/").removeprefix("./")
        wanted = self.file.removeprefix("./")
        return not wanted or fnmatchcase(path if "/" in wanted else path.rpartition("/")[2], wanted)

    def __str__(self) -> str:
        """As it is written on a command line."""
        return ",".join(f"{name}={value}" for name, value in asdict(self).items() if value)


@dataclass(frozen=True, slots=True)
class SortedOut:
    """Findings, sorted into those that are reported and those that are not.

    Attributes:
        reported: in order.
        suppressed: the others, each with the reason.
        unused: rules that could have ignored something, and did not.
        outdated: how many findings of the baseline are no longer there.
    """

    reported: tuple[Finding, ...]
    suppressed: tuple[tuple[Finding, str], ...] = ()
    unused: tuple[Rule, ...] = ()
    outdated: int = 0


BY_BASELINE = "in the baseline"
"""The reason for not reporting what a baseline has."""


def sorted_out(
    findings: Iterable[Finding], rules: Sequence[Rule] = (), baseline: Mapping[str, int] | None = None
) -> SortedOut:
    """Sort findings by rules, then by the baseline.

    Args:
        findings: of one run.
        rules: those that can ignore something in this run.
        baseline: how often each finding was there, by its fingerprint: that often it is not reported.

    >>> from tm.model import Finding
    >>> twice = [Finding("number", "error", "50 became 5", "a.po", line) for line in (8, 9)]
    >>> outcome = sorted_out(twice, baseline={fingerprint(twice[0]): 1})
    >>> [finding.line for finding in outcome.reported], outcome.suppressed[0][1]
    ([9], 'in the baseline')
    """
    reported, suppressed = [], []
    used: set[Rule] = set()
    left = Counter(baseline or {})
    for finding in findings:
        key = fingerprint(finding) if left else ""
        is_expected = left[key] > 0
        left[key] -= is_expected
        rule = next((rule for rule in rules if rule.covers(finding)), None)
        if rule:
            used.add(rule)
            suppressed.append((finding, rule.reason or f"ignored by {rule}"))
        elif is_expected:
            suppressed.append((finding, BY_BASELINE))
        else:
            reported.append(finding)
    unused = tuple(rule for rule in rules if rule not in used)
    return SortedOut(tuple(reported), tuple(suppressed), unused, sum(left.values()))
