"""The hooks of ``mkdocs build`` (mkdocs.yml): pages that lie outside docs/ come along, and links between all of them lead on.

1. ``on_config`` names the pages of tests/commands in the navigation, ``on_files`` adds them, the README (as the first page) and
   the other pages of the project.
2. ``on_page_markdown`` makes links lead to pages of the site; where a link leads to code, its words stay. A block that
   makes a file is shown under the file's name.
3. ``on_post_page`` loads what searches in a folder from the site itself, not from elsewhere.
"""

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
BESIDE = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "bench/README.md", "glossaries/README.md")
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)]*)?\)")
_FILE = re.compile(r"^```file (.+)$", re.MULTILINE)


def _pages() -> dict[str, str]:
    """The name in the site of each page that lies outside docs/, by its path in the project."""
    commands = (
        path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "tests" / "commands").glob("*.md"))
    )
    beside = {name: name for name in BESIDE if (ROOT / name).exists()}
    return {"README.md": "index.md", **beside, **{path: path.removeprefix("tests/") for path in commands}}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of the commands where the navigation says COMMANDS."""
    commands = [name for name in _pages().values() if name.startswith("commands/")]
    for entry in config.nav or []:
        for title, place in entry.items():
            if place == "COMMANDS":
                entry[title] = commands
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie outside docs/."""
    for path, name in _pages().items():
        files.append(File.generated(config, name, abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Page, files: Files, **_: Any) -> str:
    """The page with links that lead on, and with the names of files."""
    named = {name: path for path, name in _pages().items()}
    here = posixpath.dirname(named.get(page.file.src_uri, f"docs/{page.file.src_uri}"))
    there = {
        **_pages(),
        **{f"docs/{file.src_uri}": file.src_uri for file in files if file.src_uri not in named},
    }

    def led(link: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(here, link[3]))
        if path not in there:
            return link[2]
        place = posixpath.relpath(there[path], posixpath.dirname(page.file.src_uri) or ".")
        return f"{link[1]}[{link[2]}]({place}{link[4] or ''})"

    return _FILE.sub(r"*\1*\n\n```text", _LINK.sub(led, markdown))


def on_post_page(output: str, page: Page, **_: Any) -> str:
    """The page of the theme, which would load a script from a server."""
    up = "../" * page.file.dest_uri.count("/")
    return re.sub(r"https://unpkg\.com/iframe-worker/shim", f"{up}assets/search_in_a_folder.js", output)
