"""The documentation points to what is there."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "glossaries").glob("*.md"),
        *(ROOT / "bench").glob("*.md"),
    ]
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_script_of_bench_is_in_its_table():
    table = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in (ROOT / "bench").glob("*.py") if f"`{path.name}`" not in table] == []


def test_the_map_of_files_is_what_the_files_say():
    page = runpy.run_path(str(ROOT / "docs" / "make_map.py"))["page"]()
    written = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert written == page, "run: python docs/make_map.py"
