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
    from tm.cli import main

    try:
        main()
    except SystemExit as end:
        code = end.code
    with contextlib.suppress(OSError, ValueError):  # of streams that are closed, or that nobody reads
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    run()
