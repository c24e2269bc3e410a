"""What all pages share: the templates, one style, one script, and the rule that no text ever becomes markup.

A page is a template that extends ``base.html``. Style and script are inlined, and the page's Content-Security-Policy
names their hashes: nothing else can run or load, whatever a term, a sentence or a file name contains.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tm import bcp47

_MANY = 500  # entries that a browser lays out at once without delay; of more it lays out those in sight
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = frozenset("Adlm Arab Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".split())


def render(template: str, **values: object) -> str:
    """A template of this room as a page.

    Args:
        template: its name, e.g. "glossary.html".
        values: what it shows; missing ones are an error.
    """
    style, script = _resource("page.css"), _resource("page.js")
    return (
        _environment()
        .get_template(template)
        .render(style=style, script=script, policy=_policy(style, script), **values)
    )


def visible(text: str) -> str:
    r"""The text without characters that act instead of being seen: they are named, or become spaces where they are space.

    Control characters, bidirectional overrides, lone surrogates (which no file could hold) and non-characters.

    >>> visible("a\x00b\rc\u202ed\ud800")
    'a⟨U+0000⟩b c⟨U+202E⟩d⟨U+D800⟩'
    """
    return _CONTROL.sub(lambda found: " " if found[0].isspace() else f"⟨U+{ord(found[0]):04X}⟩", text)


@functools.cache
def language_attributes(tag: str) -> Markup:
    """The attributes ``lang`` and ``dir`` of a text in that language; an unknown language lets its first letter decide.

    >>> language_attributes("pt_br"), language_attributes("fa"), language_attributes("")
    (Markup('lang="pt-BR" dir="ltr"'), Markup('lang="fa" dir="rtl"'), Markup('lang="" dir="auto"'))
    """
    if not bcp47.is_tag(tag):
        return Markup('lang="" dir="auto"')
    import langcodes

    script = langcodes.Language.get(tag.replace("_", "-")).maximize().script
    direction = "rtl" if script in _RIGHT_TO_LEFT else "ltr"
    return Markup('lang="{}" dir="{}"').format(bcp47.canonical(tag), direction)


def percent(share: float) -> str:
    """A share as whole percent, rounded down, so that a number never reaches a threshold that its value misses.

    >>> percent(0.799), percent(0.29), percent(1)
    ('79\xa0%', '29\xa0%', '100\xa0%')
    """
    return f"{int(share * 100 + 1e-9)}\u00a0%"


def count(number: int, noun: str) -> str:
    """A number with its noun in the right form; a noun that is not made plural by an s is given in both forms.

    >>> count(1, "concept"), count(1234, "concept"), count(2, "entry/entries")
    ('1 concept', '1,234 concepts', '2 entries')
    """
    one, _, many = noun.partition("/")
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tm.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible_unless_markup,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(many=_MANY)
    environment.filters.update(lang=language_attributes, percent=percent, count=count)
    return environment


def _visible_unless_markup(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@functools.cache
def _resource(name: str) -> Markup:
    # Ours, not anybody's text: safe to stand in the page as it is.
    return Markup(resources.files("tm.pages").joinpath(name).read_text(encoding="utf-8"))  # noqa: S704


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_source_hash(style)}; script-src {_source_hash(script)};"
        " base-uri 'none'; form-action 'none'"
    )


def _source_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
