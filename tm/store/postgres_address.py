"""The address of a memory on PostgreSQL: ``postgresql://host/db?memory=name``, with all that libpq understands.

A database holds many memories, each in a schema of its own, so that rights are given by schema. What does not stand
in the address (host, user, password …) libpq takes from PGHOST, PGPASSWORD, a service file or ``~/.pgpass``. A
password in the address is refused: lists of processes, histories of shells and messages would show it.

>>> parsed("//localhost/office?memory=news&sslmode=require")
Address(shown='postgresql://localhost/office?memory=news&sslmode=require', \
database='postgresql://localhost/office?sslmode=require', schema='ponte_news')
>>> parsed("//ana:secret@localhost/office")
Traceback (most recent call last):
tm.errors.OptionError: postgresql://ana:***@localhost/office: a password in an address is shown to everybody; \
put it into PGPASSWORD, ~/.pgpass or a service file
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from tm.errors import OptionError

SCHEME = "postgresql"
SCHEMA = "ponte_"
"""What the names of the schemas begin with that are memories."""

MEMORY = "memory"
"""The name of a memory whose address has none, as ``memory.tm`` is a file's."""

_LONGEST = 63 - len(SCHEMA)
"""Bytes of a name: PostgreSQL cuts longer ones short."""

_PASSWORD = re.compile(r"(?<=:)[^:/@]*(?=@)")
_HIDDEN = "***"


class Address(NamedTuple):
    """Where a memory is.

    Attributes:
        shown: the address as it may be shown.
        database: what libpq connects to.
        schema: the memory's schema there.
    """

    shown: str
    database: str
    schema: str


def parsed(rest: str) -> Address:
    """What follows the scheme of an address.

    Raises:
        OptionError: it has a password, two names of memories, or a name that cannot be one.

    >>> parsed("///?service=office").schema, parsed("///office?memory=Droit%20civil").schema
    ('ponte_memory', 'ponte_Droit civil')
    """
    text = f"{SCHEME}:{rest}"
    place, _, query = rest.partition("?")
    fields = parse_qsl(query, keep_blank_values=True)
    shown = _without_passwords(place, fields)
    if shown != text and _HIDDEN in shown:
        raise OptionError(
            f"{shown}: a password in an address is shown to everybody; "
            "put it into PGPASSWORD, ~/.pgpass or a service file"
        )
    if not place.startswith("//"):
        raise OptionError(f"{text}: is no address; it begins like postgresql://host/database?memory=name")
    names = [value for name, value in fields if name == "memory"] or [MEMORY]
    name, *more = names
    if more or not name or not name.isprintable() or len(name.encode()) > _LONGEST:
        raise OptionError(
            f"{text}: memory= is one name of 1 to {_LONGEST} bytes, of letters, digits, signs and spaces"
        )
    others = urlencode([field for field in fields if field[0] != "memory"], safe="/:,")
    database = f"{SCHEME}:{place}{'?' if others else ''}{others}"
    return Address(text, database, f"{SCHEMA}{name}")


def _without_passwords(place: str, fields: list[tuple[str, str]]) -> str:
    place = _PASSWORD.sub(_HIDDEN, place, count=1) if "@" in place else place
    hidden = [(name, _HIDDEN if name in ("password", "sslpassword") else value) for name, value in fields]
    query = urlencode(hidden, safe="/:,*")
    return f"{SCHEME}:{place}{'?' if query else ''}{query}"
