"""The command ``tm``, and ``python -m tm``: the command line in a process of its own."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import NoReturn

GARBAGE = 100_000
"""New objects after which the interpreter looks for garbage in cycles; left to itself it does so after 700.
"""


def run() -> NoReturn:
    """Run the command line and end the process.

    The interpreter is not asked to look for cycles of objects after every few hundred new ones: there are
    hardly any, while the modules alone make tens of thousands of others, an import of units millions (a sixth
    of its time). What it would tidy up at the end is left to the system: all files and memories are closed by
    then, and taking modules apart one by one would be a sixth of a look-up's time.
    """
    gc.set_threshold(GARBAGE)
    try:
        from tm.cli import main

        main()
    except SystemExit as end:
        code = end.code
    except KeyboardInterrupt:  # while parts of the program are loaded, before ``main`` listens
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write("tm: interrupted\n")
        code = 130
    except (OSError, ImportError) as error:  # a disk that fails while parts of the program are loaded
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"{_said_of(error)}\n")
        code = 3
    with contextlib.suppress(OSError, ValueError):  # of streams that are closed, or that nobody reads
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


def _said_of(error: BaseException) -> str:
    """One line about an error of the system, made without loading anything more.

    >>> _said_of(OSError(5, "Input/output error", "memory.tm"))
    'tm: memory.tm: input/output error'
    >>> _said_of(ImportError("numpy could not be loaded.\\n\\nPlease read this."))
    'tm: a part of the program cannot be loaded: numpy could not be loaded.; try again, or install it again'
    """
    while error.__cause__:
        error = error.__cause__
    if isinstance(error, OSError):
        reason = (error.strerror or str(error)).lower()
        if error.filename is not None:
            return f"tm: {error.filename}: {reason}"
    else:
        reason = str(error).partition("\n")[0]
    return f"tm: a part of the program cannot be loaded: {reason}; try again, or install it again"


if __name__ == "__main__":
    run()
