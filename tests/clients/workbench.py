"""The workbench in a browser: a server of its own for each test module, and axe-core's opinion of a page."""

import contextlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

SECONDS = 60
"""How long a busy machine may need to start a server."""


@contextlib.contextmanager
def served(*options):
    """The address of a server that ``tm serve`` runs with these options."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tm", "serve", *map(str, options), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            line = process.stderr.readline()
            assert "serving" in line, line + process.stderr.read()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.stderr.close()


def axe():
    """The script of axe-core, which ``.ci/run`` fetches with npm; "" where it is not."""
    path = os.environ.get("AXE_CORE", "")
    return Path(path).read_text(encoding="utf-8") if path else ""


def violations(tab, script):
    """What axe-core finds wrong with the page, a line for each."""
    tab.run(f"{script}; 0")
    return tab.run(
        """axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`)))"""
    )


def sideways(tab):
    """How many pixels the page is wider than its window."""
    return tab.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def later(tab, expression, times=1000):
    """What an expression gives when it gives something; the page works meanwhile."""
    for _ in range(times):
        if value := tab.run(f"new Promise((tell) => setTimeout(() => tell({expression}), 20))"):
            return value
    raise AssertionError(f"never came: {expression}; the page has {json.dumps(tab.errors)[:500]}")
