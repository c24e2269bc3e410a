"""What can be wrong with a translation, seen without understanding it: one check, one file.

In: pairs of segments, their languages, a glossary. Out: findings, each with severity, place and message.
Precision comes first: a check that cries wolf is switched off by its first user. Start with ``check.py``,
then any check, e.g. ``numbers.py``; a new check is one file with one ``Check`` value.
"""

from tm.checks.check import Check, checks, run_checks

__all__ = ["Check", "checks", "run_checks"]
