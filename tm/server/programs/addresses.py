"""Addresses of the tmserver protocol, in which a text stands as it is."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor


class _Segment(Convertor[str]):
    """All that is left of an address, line breaks too, which ``path`` would not take."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        """As it is."""
        return value

    def to_string(self, value: str) -> str:
        """As it is."""
        return value


register_url_convertor("segment", _Segment())

UNIT, STORE = (
    f"/tmserver/{{source_code}}/{{target_code}}/{kind}/{{{name}:segment}}"
    for kind, name in (("unit", "text"), ("store", "name"))
)
"""The addresses of a text, and of a file."""
