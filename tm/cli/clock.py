"""The time at which a verb runs, for the histories: nothing below this room reads a clock."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """As ISO 8601 has it, in UTC: "2026-11-28T10:00:00Z"."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
