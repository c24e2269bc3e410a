"""A settings file: options by their long names, for all verbs at its top, for one in the table of that name.

It looks like this::

memory = "work/news.tm"
source-lang = "fr"

[score]
fail-under = "chrf=60,terms=0.9"
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tm.errors import FormatError, nearest

if TYPE_CHECKING:
    import os
    from collections.abc import Collection


def read_settings(
    path: str | os.PathLike[str],
    verb: str,
    *,
    options: Collection[str],
    shared: Collection[str],
    verbs: Collection[str],
) -> dict[str, Any]:
    """What a file says for a verb, by the long names of options; nothing when there is no such file.

    Args:
        path: of a TOML file.
        verb: whose table counts, before what stands at the top.
        options: the long names of the verb's options.
        shared: those that may stand at the top, where a verb that lacks them passes over them.
        verbs: the names that tables may have.

    Raises:
        FormatError: the file is no TOML, or sets what is no option; the nearest one is named.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
    ...     print("quiet = true", "[find]", "min = 80", "[score]", sep="\\n", file=file, flush=True)
    ...     read_settings(file.name, "find", options=["min"], shared=["quiet"], verbs=["find", "score"])
    {'min': 80}
    """
    if not Path(path).is_file():
        return {}
    import tomllib

    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"not a settings file: {error}; TOML was expected", path=path) from error
    tables = {key: value for key, value in content.items() if isinstance(value, dict)}
    top = {key: value for key, value in content.items() if key not in tables}
    own = tables.get(verb, {})
    for keys, names in ((top, shared), (tables, verbs), (own, options)):
        for key in keys:
            _check_key(key, names, path)
    return {**{key: value for key, value in top.items() if key in options}, **own}


def _check_key(key: str, names: Collection[str], path: str | os.PathLike[str]) -> None:
    if key not in names:
        raise FormatError(f"{key!r} is no setting{nearest(key, names)}", path=path)
