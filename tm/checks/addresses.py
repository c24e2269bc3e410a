"""URLs and e-mail addresses: the translation leads where the source leads.

A translation may lead to the page in its own language: fr.example.org for pt.example.org, /fr-fr/ for /pt-br/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.checks.check import Check, Remark, Translation, one_by_one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Severity

ADDRESS = re.compile(
    r"""(?:(?:https?|ftps?|file)://|\bwww\.) (?:[^\s<>"«»“”()]|\([^\s<>"«»“”()]*\))+ (?<![.,;:!?\]}'’*`_])
      | [\w.+-]+@[\w-]+(?:\.[\w-]+)+""",
    re.IGNORECASE | re.VERBOSE,
)
"""Of a page, a file or a person, without the mark that ends the sentence or the markup around it."""
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2})?")


def _examine(translation: Translation) -> Iterator[Remark]:
    source, target = _addresses(translation.source), _addresses(translation.target)
    missing = [written for address, written in source.items() if address not in target]
    added = [written for address, written in target.items() if address not in source]
    for address in missing:
        other = next((one for one in added if _host(one) == _host(address)), added[0] if added else "")
        if not other:
            # A page in the source language may be of no use to the reader of the translation.
            severity: Severity = "warning" if _names(address, translation.source_language) else "error"
            yield Remark(f"address {address} of the source is not in the translation", severity)
            continue
        added.remove(other)
        if not _is_localised(address, other, translation):
            # The person of an e-mail address in an example is translated: vous@example.org, you@example.org.
            yield Remark(
                f"address {address} in the source, {other} in the translation",
                "warning" if "@" in address and _host(other) == _host(address) else "error",
            )
    for address in added:
        yield Remark(f"address {address} of the translation is not in the source", "warning")


def _addresses(text: str) -> dict[str, str]:
    """The addresses of a text in the order they stand, by what must be equal of them."""
    return {re.sub(r"^\w+://(?:www\.)?|^www\.|/$", "", address): address for address in ADDRESS.findall(text)}


def _host(address: str) -> str:
    return re.split("[/?#]", address.partition("://")[2] or address.partition("@")[2] or address)[
        0
    ].casefold()


def _is_localised(address: str, other: str, translation: Translation) -> bool:
    """Whether both are of one site, and the one names the source language or the other the target language."""
    sites = [
        [part for part in _host(one).split(".") if not _LANGUAGE.fullmatch(part)] for one in (address, other)
    ]
    return sites[0] == sites[1] and (
        _names(address, translation.source_language) or _names(other, translation.target_language)
    )


def _names(address: str, language: str) -> bool:
    named = {bcp47.base(part) for part in re.split("[./?=&]", address) if _LANGUAGE.fullmatch(part)}
    return bool(language) and bcp47.base(language) in named


ADDRESSES = Check("address", "URLs and e-mail addresses lost or changed.", one_by_one(_examine))
