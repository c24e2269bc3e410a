"""URLs and e-mail addresses: the translation leads where the source leads.

A translation may lead to the page in its own language: fr.example.org for pt.example.org, /fr-fr/ for
/pt-br/. A text of nothing but e-mail addresses names the translators. A name that is kept for examples (RFC
2606), or is its translation, is an example in any language.

>>> ADDRESSES.messages("Voir https://exemple.org/a.", "Veja https://exemple.org/b.")
['address https://exemple.org/a in the source, https://exemple.org/b in the translation']
>>> from tm.direction import Direction
>>> to_portuguese = Direction("fr", "pt")
>>> ADDRESSES.messages("Voir https://fr.exemple.org/a.", "Veja https://pt.exemple.org/b.", to_portuguese)
[]
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
    r"""(?:(?:https?|ftps?|file)://|\bwww\.) (?:[^\s<>|"«»“”()\[\]]|\([^\s<>"«»“”()]*\))+ (?<![.,;:!?\]}'’*`_])
      | [\w.+-]+@[\w-]+(?:\.[\w-]+)+""",
    re.IGNORECASE | re.VERBOSE,
)
"""The address of a page, a file or a person, without the mark that ends the sentence or the markup around
it."""
_KEPT = frozenset(("example", "invalid", "localhost", "test"))
"""The last labels that are kept for examples."""
_EXAMPLES = frozenset(
    "example exemple exemplo ejemplo esempio beispiel voorbeeld eksempel exempel esimerkki przyklad priklad"
    " pelda exemplu ornek primer exempla server serveur servidor domain domaine dominio".split()
)
"""The names that are kept for examples before .com, .net, .org, and those that translators make of them."""
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2})?")


def _examine(translation: Translation) -> Iterator[Remark]:
    source, target = _addresses(translation.source), _addresses(translation.target)
    missing = [written for address, written in source.items() if address not in target]
    added = [written for address, written in target.items() if address not in source]
    rest = ADDRESS.sub("", translation.source).strip(" ,;\n")
    is_list = not rest and all("@" in address for address in source)
    localised = [written for written in target.values() if _names(written, translation.direction.target)]
    for address in missing:
        same_host = (candidate for candidate in added if _host(candidate) == _host(address))
        counterpart = next(same_host, added[0] if added else "")
        if not counterpart:
            # A page in the source language may be of no use to the reader of the translation.
            if any(_site(address) == _site(written) for written in localised):
                continue
            is_one_of_several = len(source) > 1 and "@" not in address
            of_source = _names(address, translation.direction.source) or _is_kept(_host(address))
            severity: Severity = "info" if of_source or is_one_of_several or is_list else "error"
            yield Remark(f"address {address} of the source is not in the translation", severity)
            continue
        added.remove(counterpart)
        if not _is_localised(address, counterpart, translation):
            severity = "info" if is_list else _severity(address, counterpart)
            if severity == "error" and _names(address, translation.direction.source):
                severity = "warning"  # a page for readers of the source may have no counterpart on its site
            message = f"address {address} in the source, {counterpart} in the translation"
            yield Remark(message, severity)
    for address in added:
        yield Remark(f"address {address} of the translation is not in the source", "info")


def _addresses(text: str) -> dict[str, str]:
    """The addresses of a text in order, each by the part that two equal addresses share: no scheme, no final
    slash."""
    return {re.sub(r"^\w+://(?:www\.)?|^www\.|/$", "", address): address for address in ADDRESS.findall(text)}


def _host(address: str) -> str:
    rest = address.partition("://")[2] or address.partition("@")[2] or address
    return re.split("[/?#]", rest)[0].rpartition("@")[2].casefold()


def _severity(address: str, counterpart: str) -> Severity:
    """How bad it is that an address became another: an example may be translated."""
    hosts = _host(address), _host(counterpart)
    examples = [_example(host) for host in hosts]
    if all(examples) and (examples[0] != examples[1] or (hosts[0] == hosts[1] and _is_kept(hosts[0]))):
        return "info"
    return "warning" if "@" in address and hosts[0] == hosts[1] else "error"


def _example(host: str) -> str:
    """The label that makes a host an example, "" for any other; one label alone is no host of the web.

    >>> _example("www.exemple.com"), _example("host.test"), _example("ponte.org")
    ('exemple', 'test', '')
    """
    labels = host.rpartition("@")[2].partition(":")[0].split(".")
    if len(labels) == 1:
        return labels[0]
    if labels[-1] in _KEPT:
        return labels[-1]
    return labels[-2] if len(labels) > 1 and labels[-2] in _EXAMPLES else ""


def _is_kept(host: str) -> bool:
    """Whether RFC 2606 keeps the host for examples."""
    return _example(host) in _KEPT or bool(re.search(r"(?:^|\.)example\.(?:com|net|org)$", host))


def _is_localised(source: str, target: str, translation: Translation) -> bool:
    """Whether both lead to one site, and one of them names its language."""
    return _site(source) == _site(target) and (
        _names(source, translation.direction.source) or _names(target, translation.direction.target)
    )


def _site(address: str) -> list[str]:
    """The labels of the host without those that may name a language."""
    return [label for label in _host(address).split(".") if not _LANGUAGE.fullmatch(label)]


def _names(address: str, language: str) -> bool:
    """Whether a label or a folder of the address is the language's tag."""
    named = {bcp47.base(label) for label in re.split("[./?=&]", address) if _LANGUAGE.fullmatch(label)}
    return bool(language) and bcp47.base(language) in named


ADDRESSES = Check("address", "URLs and e-mail addresses lost or changed.", one_by_one(_examine))
