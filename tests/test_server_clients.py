"""Real programs ask a server of ours: Weblate's own classes, OmegaT's engine for Apertium. .ci/run fetches them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tm.model import Segment, Unit, Variant
from tm.store import open_store

pytestmark = pytest.mark.client

ROOT = Path(__file__).parent.parent
OMEGAT = os.environ.get("OMEGAT_JAR", "/usr/share/omegat/OmegaT.jar")
TEXTS = ["Le pain est prêt.", "Le four/la cave ?\n50 %", "Rien du tout ici"]


@pytest.fixture
def server(tmp_path):
    path = tmp_path / "m.tm"
    with open_store(path, create=True) as store:
        pairs = [(TEXTS[0], "O pão está pronto."), (TEXTS[1], "O forno/a adega?\n50%")]
        store.add([Unit((Variant("fr", Segment(fr)), Variant("pt-BR", Segment(pt)))) for fr, pt in pairs])
    command = [sys.executable, "-m", "tm", "serve", "-m", str(path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        yield re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())[0]
        process.terminate()


def test_weblate_reads_matches_and_whole_batches(server):
    script = ROOT / "tests" / "clients" / "weblate_machinery.py"
    folder = os.environ["WEBLATE_MACHINERY"]
    done = subprocess.run(
        [sys.executable, script, folder, server],
        input=json.dumps(TEXTS),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["supported"]
    assert [[(row["text"], row["quality"]) for row in rows] for rows in found["tmserver"]] == [
        [("O pão está pronto.", 100)],
        [("O forno/a adega?\n50%", 100)],
        [],
    ]
    assert "pt-BR" in found["languages"]
    assert [found["libre"][text][0]["text"] for text in TEXTS] == [
        "O pão está pronto.",
        "O forno/a adega?\n50%",
        TEXTS[2],
    ]


def test_omegat_reads_the_translations_of_our_apertium_address(server, tmp_path):
    """Its engine is asked for itself: in its console OmegaT asks for no machine translation. 3.6 shows a line break as
    JSON writes it."""
    home = [f"-Duser.home={tmp_path}", "-Djava.awt.headless=true"]
    program = ROOT / "tests" / "clients" / "AskApertium.java"
    command = ["java", *home, "-cp", OMEGAT, program, f"{server}/apertium", "FR", "PT-BR", *TEXTS[:2]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "O pão está pronto.\nO forno/a adega?\\n50%\n"
