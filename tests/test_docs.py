"""The documentation points to what is there."""

import re
import runpy
from pathlib import Path

import pytest

from tm import registry
from tm.formats import Format

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


def test_the_table_of_formats_says_what_each_of_ours_can_do():
    table = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    rows = {
        name: re.split(r" \| ", row.removesuffix(" |"))[1:]
        for row in re.findall(r"^\| (`.*)$", table, re.MULTILINE)
        for name in re.findall(r"`([\w-]+)`", row.partition(" | ")[0])
        if row.count(" | ") == 4
    }
    for format_ in registry.offers("tm.formats", Format):
        is_document = format_.read_document is not None
        can = (
            (
                ("read", format_.read_units),
                ("write", format_.write_units),
                ("fill", format_.fill and not is_document),
            ),
            (("read", format_.read_concepts), ("write", format_.write_concepts)),
            (("read", format_.read_document), ("fill", format_.fill and is_document)),
        )
        said = [", ".join(verb for verb, can_do in verbs if can_do) or "–" for verbs in can]
        assert rows[format_.name][1:] == said, format_.name
        assert [end for end in format_.extensions if f"`{end}`" not in rows[format_.name][0]] == []
