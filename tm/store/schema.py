"""The tables of a memory in SQLite, as the steps by which they came about.

``REFERENCES`` says which table a number belongs to. SQLite is not asked to check it: that would take a fifth
of an import's time.
"""

APPLICATION_ID = 0x506F6E74  # "Pont"
MIGRATIONS = (
    """
    CREATE TABLE change (
        id INTEGER PRIMARY KEY, date TEXT NOT NULL, action TEXT NOT NULL, name TEXT NOT NULL,
        added INTEGER NOT NULL DEFAULT 0, removed INTEGER NOT NULL DEFAULT 0, finished INTEGER NOT NULL DEFAULT 0,
        undone INTEGER REFERENCES change
    );
    CREATE TABLE unit (
        id INTEGER PRIMARY KEY, source INTEGER NOT NULL, content INTEGER NOT NULL, whole INTEGER NOT NULL,
        added INTEGER NOT NULL REFERENCES change, removed INTEGER REFERENCES change, extra TEXT
    );
    CREATE INDEX unit_source ON unit (source);
    CREATE INDEX unit_removed ON unit (removed) WHERE removed IS NOT NULL;
    CREATE TABLE language (
        id INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE, base TEXT NOT NULL, variants INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE variant (
        unit INTEGER NOT NULL REFERENCES unit, position INTEGER NOT NULL, language INTEGER NOT NULL REFERENCES language,
        text TEXT NOT NULL, extra TEXT, PRIMARY KEY (unit, position)
    ) WITHOUT ROWID;
    CREATE TABLE run (
        id INTEGER PRIMARY KEY, base TEXT NOT NULL, last INTEGER NOT NULL, digest TEXT NOT NULL,
        lengths BLOB NOT NULL, units BLOB NOT NULL, tokens BLOB NOT NULL
    );
    CREATE TABLE posting (
        token INTEGER NOT NULL, run INTEGER NOT NULL, ranks BLOB NOT NULL, PRIMARY KEY (token, run)
    ) WITHOUT ROWID;
    CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    DROP TABLE run;
    DROP TABLE posting;
    CREATE TABLE run (
        id INTEGER PRIMARY KEY, base TEXT NOT NULL, after INTEGER NOT NULL, last INTEGER NOT NULL,
        digest TEXT NOT NULL, sizes BLOB NOT NULL, units BLOB NOT NULL
    );
    CREATE TABLE posting (id INTEGER PRIMARY KEY, width INTEGER NOT NULL, gaps BLOB NOT NULL);
    CREATE TABLE word (base TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (base, text)) WITHOUT ROWID;
    """,
    """
    DROP INDEX unit_source;
    DROP TABLE run;
    DROP TABLE posting;
    DROP TABLE word;
    CREATE TABLE run (
        id INTEGER PRIMARY KEY, base TEXT NOT NULL, after INTEGER NOT NULL, last INTEGER NOT NULL,
        digest TEXT NOT NULL, sizes BLOB NOT NULL, units BLOB NOT NULL
    );
    CREATE TABLE posting (id INTEGER PRIMARY KEY, width INTEGER NOT NULL, gaps BLOB NOT NULL);
    CREATE TABLE word (base TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (base, text)) WITHOUT ROWID;
    """,
    """
    ALTER TABLE change ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE unit ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE language ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE variant ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE note ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE run RENAME TO earlier_run;
    CREATE TABLE run (
        id INTEGER PRIMARY KEY, base TEXT NOT NULL, after INTEGER NOT NULL, last INTEGER NOT NULL,
        digest TEXT NOT NULL, seal INTEGER NOT NULL, unit_seal INTEGER NOT NULL,
        sizes BLOB NOT NULL, units BLOB NOT NULL
    );
    INSERT INTO run SELECT id, base, after, last, digest, seal(id, base, after, last, digest, sizes),
        seal(id, units), sizes, units FROM earlier_run;
    DROP TABLE earlier_run;
    ALTER TABLE posting RENAME TO earlier_posting;
    CREATE TABLE posting (
        id INTEGER PRIMARY KEY, next INTEGER NOT NULL, seal INTEGER NOT NULL, width INTEGER NOT NULL,
        gaps BLOB NOT NULL
    );
    INSERT INTO posting SELECT id, next, seal(id, next, width, gaps), width, gaps FROM (
        SELECT *, lead(id, 1, ((id >> 32) + 1) << 32) OVER (PARTITION BY id >> 32 ORDER BY id) AS next
        FROM (SELECT id, width, gaps FROM earlier_posting UNION ALL SELECT id << 32, 1, x'' FROM run
            WHERE length(sizes) > 0 AND id << 32 NOT IN (SELECT id FROM earlier_posting)));
    DROP TABLE earlier_posting;
    CREATE TABLE kept (
        units INTEGER NOT NULL, present INTEGER NOT NULL, changes INTEGER NOT NULL, runs INTEGER NOT NULL,
        seal INTEGER NOT NULL
    );
    """,
)
"""Entry n takes a memory from schema version n to n + 1; a new memory goes through all of them. Units that
lose their index in a step are indexed again. After the third their identities are computed again, and
``SOURCES`` is made. The fourth gives rows their seals (``seals.py``), for which the connection must know the
function ``seal``; the rest of them is done by ``migration.py``."""

SOURCES = "CREATE INDEX unit_source ON unit (source)"

NEWER = "has schema version {}, this program knows up to {}; a newer ponte-tm is needed"

RENEWED = "was brought up to date by a newer version of the program meanwhile; run it again with that one"

GUARDS = tuple(
    f"CREATE TRIGGER {name} BEFORE {what} BEGIN SELECT RAISE(ABORT, '{RENEWED}'); END"
    for name, what in (
        ("change_begun", "INSERT ON change WHEN NEW.finished = 0 AND NEW.added = 0"),
        ("change_continued", "UPDATE OF added ON change WHEN OLD.id <= {last}"),
    )
)
"""A program of the versions before that has the memory open already writes nothing any more: it would compute
identities and an index that this version does not understand. It begins a change with 0 units added, this one
with -1, which is counted before the transaction ends; and it goes on with a change of before, whose last number
is ``last``."""
