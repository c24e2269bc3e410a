"""The tables of a memory on PostgreSQL, as the steps by which they came about.

They are those of an SQLite memory (``schema.py``) without the index: that is made where it is asked
(``mirror.py``). Texts are in the order of their code points (``COLLATE "C"``), whatever the server's language.
Which table a number belongs to is not checked by the server, which would take a fifth of an import's time.
"""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE memory (version INTEGER NOT NULL, identity TEXT NOT NULL);
    CREATE TABLE change (
        id BIGINT PRIMARY KEY, date TEXT NOT NULL, action TEXT NOT NULL, name TEXT COLLATE "C" NOT NULL,
        added BIGINT NOT NULL DEFAULT 0, removed BIGINT NOT NULL DEFAULT 0, finished INTEGER NOT NULL DEFAULT 0,
        undone BIGINT, seal BIGINT NOT NULL DEFAULT 0
    );
    CREATE TABLE unit (
        id BIGINT PRIMARY KEY, source BIGINT NOT NULL, content BIGINT NOT NULL, whole BIGINT NOT NULL,
        added BIGINT NOT NULL, removed BIGINT, extra TEXT COLLATE "C", seal BIGINT NOT NULL
    );
    CREATE INDEX unit_source ON unit (source);
    CREATE INDEX unit_removed ON unit (removed) WHERE removed IS NOT NULL;
    CREATE TABLE language (
        id BIGINT PRIMARY KEY, tag TEXT COLLATE "C" NOT NULL UNIQUE, base TEXT COLLATE "C" NOT NULL,
        variants BIGINT NOT NULL DEFAULT 0, seal BIGINT NOT NULL DEFAULT 0
    );
    CREATE TABLE variant (
        unit BIGINT NOT NULL, position INTEGER NOT NULL, language BIGINT NOT NULL, text TEXT COLLATE "C" NOT NULL,
        extra TEXT COLLATE "C", seal BIGINT NOT NULL, PRIMARY KEY (unit, position)
    );
    CREATE TABLE note (name TEXT COLLATE "C" PRIMARY KEY, value TEXT NOT NULL, seal BIGINT NOT NULL);
    CREATE TABLE kept (
        units BIGINT NOT NULL, present BIGINT NOT NULL, changes BIGINT NOT NULL, runs BIGINT NOT NULL,
        seal BIGINT NOT NULL
    );
    """,
)
"""Entry n takes a memory from schema version n to n + 1; a new memory goes through all of them."""
