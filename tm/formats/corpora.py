"""The names of parallel corpora: ``corpus.fr-pt`` is two texts, an ``.xml`` may be links of two documents.

``pair_of`` gives the two languages that a name ends in, ``corpus_format`` the format that a name stands for.

>>> pair_of("corpus.fr-pt.gz"), pair_of("notes.pt-br"), corpus_format("corpus.fr-pt")
(('fr', 'pt'), None, 'bitext')
"""

from __future__ import annotations

import locale
import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tm import bcp47
from tm.errors import TMError
from tm.formats import _bytes
from tm.formats._format import Reading
from tm.formats.packing import unpacked_name

if TYPE_CHECKING:
    import os

BITEXT, OPUS = "bitext", "opus"
"""The names of the two formats."""

_PAIR = re.compile(r"(?:.*[._-])?([a-z]{2,3}(?:_[A-Za-z]{2,4})?)-([a-z]{2,3}(?:_[A-Za-z]{2,4})?)")
_HEAD = 4_000
"""The bytes in which a file of links says that it is one."""


def pair_of(path: str | os.PathLike[str]) -> tuple[str, str] | None:
    """The two languages in which a name ends, as it writes them; None for none, or for a language in a region.

    >>> pair_of("news.fr-pt_BR"), pair_of("news.fr-ca"), pair_of("news.txt")
    (('fr', 'pt_BR'), None, None)
    """
    name = PurePath(unpacked_name(path)).name
    match = _PAIR.fullmatch(name.rpartition(".")[2])
    if not match or not all(bcp47.is_tag(tag.replace("_", "-")) for tag in match.groups()):
        return None
    is_region = f"{match[1]}_{match[2]}".lower() in locale.locale_alias or match[1] == match[2]
    return None if is_region else (match[1], match[2])


def corpus_format(path: str | os.PathLike[str]) -> str:
    """The format of a corpus that a path stands for, "" for none: by its name, ``.xml`` also by its content.

    >>> corpus_format("xml/fr-pt.xml.gz"), corpus_format("strings.xml")
    ('opus', '')
    """
    name = unpacked_name(path)
    if name.lower().endswith(".xml"):
        return OPUS if pair_of(name[:-4]) or _has_links(path) else ""
    return BITEXT if PurePath(name).suffix and pair_of(name) else ""


def _has_links(path: str | os.PathLike[str]) -> bool:
    """Whether a file begins as links do, packed or not."""
    file = Path(path)
    if not file.is_file():
        return False
    try:
        with file.open("rb") as stream:
            start, _ = _bytes.at_least(_HEAD, _bytes.chunks(stream, Reading(str(path))))
    except (OSError, TMError):  # the reader names it
        return False
    return b"<cesAlign" in start or b"<linkGrp" in start
