"""Gettext's names of languages (``pt_BR``, ``sr@latin``) and BCP 47 tags; the language in a file's name.

``tag`` gives the tag of a name, ``locale`` the name of a tag; ``of_path`` finds the language of a file.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from tm import bcp47
from tm.formats.packing import unpacked_name

_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}
_MODIFIERS = {script: modifier for modifier, script in _SCRIPTS.items()}
_LOCALE = re.compile(r"(?P<language>[^.@]+)(?:\.[\w-]+)?(?:@(?P<modifier>\w+))?")
_NAME = r"[a-z]{2}(?:[-_][A-Z][a-z]{3})?(?:[-_](?:[A-Z]{2}|\d{3}))?(?:@[a-z]+)?"
_IN_NAME = re.compile(rf"(?:^|(?P<mark>[-._]))(?P<locale>{_NAME})$")
_FOLDER = re.compile(_NAME)
_ANDROID = re.compile(r"^values-(?:b\+)?([a-z]{2,3})(-)?r?([A-Z]{2})?$")
"""A folder of texts in a language, as Android names it."""
_CATEGORY = re.compile(r"LC_[A-Z]+")


def tag(locale: str) -> str:
    """The BCP 47 tag of a name; "" when the name is no language.

    >>> [tag(locale) for locale in ("pt_BR", "pt_BR.UTF-8", "sr@latin", "ca@valencia", "Brazilian")]
    ['pt-BR', 'pt-BR', 'sr-Latn', 'ca', '']
    """
    match = _LOCALE.fullmatch(locale.strip())
    if match is None or not bcp47.is_tag(match["language"]):
        return ""
    language, script = bcp47.canonical(match["language"]), _SCRIPTS.get(match["modifier"] or "")
    base, *rest = language.split("-")
    return "-".join([base, script, *rest]) if script and len((rest or [""])[0]) != 4 else language


def locale(language: str) -> str:
    """The name of a tag in gettext.

    >>> locale("pt-BR"), locale("sr-Latn"), locale("zh-Hans-CN")
    ('pt_BR', 'sr@latin', 'zh_Hans_CN')
    """
    base, *rest = bcp47.canonical(language).split("-")
    if rest and rest[0] in _MODIFIERS and base != "zh":
        return "_".join([base, *rest[1:]]) + f"@{_MODIFIERS[rest[0]]}"
    return "_".join([base, *rest])


def of_path(path: str) -> tuple[str, str]:
    """The language that the name of a catalogue says, "" for none; and the name without it.

    >>> of_path("po/pt_BR.po"), of_path("locale/fr/LC_MESSAGES/shop.po")
    (('pt-BR', ''), ('fr', 'shop'))
    >>> of_path("shop-fr.po"), of_path("one.po")
    (('fr', 'shop'), ('', 'one'))
    >>> of_path("res/values-pt-rBR/strings.xml"), of_path("res/values/strings.xml")
    (('pt-BR', 'strings'), ('', 'strings'))
    >>> of_path("pt-BR.lproj/Localizable.strings")
    ('pt-BR', 'Localizable')
    """
    file = PurePath(unpacked_name(path))
    match = _IN_NAME.search(file.stem)
    if match and (language := tag(match["locale"])):
        return language, file.stem[: match.start()]
    folders = [part for part in file.parts[-4:-1] if not _CATEGORY.fullmatch(part)][-1:]
    in_category = bool(file.parts[:-1]) and bool(_CATEGORY.fullmatch(file.parts[-2]))
    for folder in folders:
        folder = _ANDROID.sub(r"\1\2\3", folder.removesuffix(".lproj"))  # noqa: PLW2901
        if (in_category or _FOLDER.fullmatch(folder)) and (language := tag(folder)):
            return language, file.stem
    return "", file.stem
