"""Draws docs/pictures from the seeds: ``python docs/make_pictures.py``, with Chromium and the extra ``web``.

The pages are those that a user gets; the window is the one in which they are read.
"""

import base64
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
sys.path.insert(0, str(ROOT / "tests" / "clients"))

from chromium import Tab, chromium  # noqa: E402
from workbench import later, served  # noqa: E402

SENTENCE = "La nature exacte du projet reste pourtant un mystère."


def main() -> None:
    """Build the seeds, open their pages, draw them."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, chromium(Path(name)) as tab:
        out = Path(name) / "out"
        subprocess.run(
            [sys.executable, "-m", "tm", "build", str(ROOT / "seeds"), "-o", str(out), "-q"], check=True
        )
        tab.size(1000, 560)
        for page in ("alignment", "glossary"):
            tab.open(out / f"{page}.html")
            _draw(tab, page)
        options = ("-m", str(out / "memory.tm"), "--terms", str(out / "glossary.tsv"))
        with served(*options) as address:
            tab.open(f"{address}/")
            tab.run("document.querySelector('input[type=search], textarea').focus()")
            tab.type(SENTENCE)
            later(tab, "document.querySelector('main ins, main del, main mark') !== null")
            _draw(tab, "workbench")


def _draw(tab: Tab, name: str) -> None:
    shot = tab.call("Page.captureScreenshot", format="webp", quality=70)
    path = PICTURES / f"{name}.webp"
    path.write_bytes(base64.b64decode(shot["data"]))
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    main()
