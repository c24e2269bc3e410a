"""What all pages share: templates, styles and scripts, and the rule that no text ever becomes markup.

A page is a template that extends ``base.html``. Style and script are inlined, and the page's
Content-Security-Policy names their hashes: nothing else can run or load, whatever a term, a sentence or a
file name contains.

``render`` fills a template. In it, every text passes through ``visible``; ``language_attributes``
and ``percent`` are there as filters, ``_`` and ``counted`` give texts in the page's language
(``messages.py``). ``_policy`` writes the Content-Security-Policy. ``environment`` is for pages of other rooms, which
load their styles and scripts from a server.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from importlib import resources
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tm import bcp47
from tm.pages.messages import ENGLISH, messages
from tm.pages.sentences import in_language

_MANY = 500
"""Entries that a browser lays out at once without delay; of more it lays out only those in sight."""

STYLES = ("page.css",)
SCRIPTS = ("common.js", "page.js")

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def render(
    template: str,
    *,
    styles: tuple[str, ...] = STYLES,
    scripts: tuple[str, ...] = SCRIPTS,
    language: str = ENGLISH,
    **values: object,
) -> str:
    """A template of this room as a page.

    Args:
        template: its name, e.g. "glossary.html".
        styles: the files that its style is made of.
        scripts: the files that its script is made of.
        language: of the page, one of ``messages.LANGUAGES``.
        values: the variables of the template; a missing one is an error.

    >>> counts = {"sections": (), "beads": 0, "doubtful": 0, "unaligned": 0, "threshold": 0.8}
    >>> "<title>Bread" in render("alignment.html", title="Bread", **counts)
    True
    """
    style, script = _resources(styles), _resources(scripts)
    return (
        environment(language)
        .get_template(template)
        .render(style=style, script=script, policy=_policy(style, script), **values)
    )


def render_part(template: str, *, language: str = ENGLISH, **values: object) -> Markup:
    """A template that is part of a page.

    >>> render_part("glossary_plain.html", sections=()).strip()
    Markup('')
    """
    # The template escapes its values.
    return Markup(environment(language).get_template(template).render(**values))  # noqa: S704


def visible(text: str) -> str:
    r"""The text with its invisible characters named; those that are white space become spaces.

    Invisible are control characters, bidirectional overrides, lone surrogates (which no file could hold) and
    non-characters.

    >>> visible("a\x00b\rc\u202ed\ud800")
    'a⟨U+0000⟩b c⟨U+202E⟩d⟨U+D800⟩'
    """
    return CONTROL.sub(
        lambda character: " " if character[0].isspace() else f"⟨U+{ord(character[0]):04X}⟩", text
    )


@functools.cache
def language_attributes(tag: str) -> Markup:
    """The attributes ``lang`` and ``dir`` for a text in that language; "auto" lets the first letter decide.

    >>> language_attributes("pt_br"), language_attributes("fa"), language_attributes("")
    (Markup('lang="pt-BR" dir="ltr"'), Markup('lang="fa" dir="rtl"'), Markup('lang="" dir="auto"'))
    """
    if not bcp47.is_tag(tag):
        return Markup('lang="" dir="auto"')
    order = "rtl" if bcp47.is_right_to_left(tag) else "ltr"
    return Markup('lang="{}" dir="{}"').format(bcp47.canonical(tag), order)


def percent(share: float) -> str:
    """A share as whole percent, rounded down: a share below a threshold is never shown as reaching it.

    >>> percent(0.799), percent(0.29), percent(1)
    ('79\xa0%', '29\xa0%', '100\xa0%')
    """
    return f"{int(share * 100 + 1e-9)}\u00a0%"


@functools.cache
def environment(language: str, *packages: str) -> Environment:
    """What fills the templates of this room and of other packages, with texts in a language.

    >>> environment("pt-BR").from_string("{{ counted('{number} concept', '{number} concepts', 1234) }}").render()
    '1.234 conceitos'
    """
    texts = messages(language)

    def translated(text: str, **values: object) -> str:
        return texts.gettext(text).format_map(values) if values else texts.gettext(text)

    def counted(one: str, many: str, number: int) -> str:
        return texts.ngettext(one, many, number).replace("{number}", texts.number(number))

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in (*packages, "tm.pages")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible_unless_markup,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        many=_MANY, messages=texts, page_language=texts.language, _=translated, counted=counted
    )
    environment.filters["sentence"] = functools.partial(in_language, language=texts.language)
    environment.filters.update(lang=language_attributes, percent=percent, json=_json)
    return environment


def _visible_unless_markup(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@functools.cache
def _resources(names: tuple[str, ...]) -> Markup:
    # Files of this package, not a user's text: safe as markup.
    folder = resources.files("tm.pages")
    texts = [folder.joinpath(name).read_text(encoding="utf-8") for name in names]
    return Markup("\n".join(texts))  # noqa: S704


def _json(text: str) -> Markup:
    # Made by this room so that it has no "<": nothing in it can end the element it stands in.
    assert "<" not in text
    return Markup(text)  # noqa: S704


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_source_hash(style)}; script-src {_source_hash(script)};"
        " base-uri 'none'; form-action 'none'"
    )


def _source_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
