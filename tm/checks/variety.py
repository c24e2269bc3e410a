"""Words and turns of another variety of the language: "ficheiro" in a translation for Brazil.

What distinguishes varieties is data of the language (``tm.language.varieties``). Only forms count that the
variety of the translation hardly knows; one that shows it only as the translation of a certain word
(*descarregar* for *télécharger*, not for *vider*) counts there, and is an info where both varieties know it.
A form that the source quotes too stands there on purpose, and one in code is no word.

>>> from tm.direction import Direction
>>> VARIETY.messages("Ouvrez le fichier.", "Abra o ficheiro.", Direction("fr", "pt-BR"))
['ficheiro: pt-PT, not pt-BR']
>>> VARIETY.messages("Ouvrez le fichier.", "Abra o ficheiro.", Direction("fr", "pt-PT"))
[]
>>> VARIETY.messages("« ficheiro » veut dire fichier.", "“ficheiro” é um arquivo.", Direction("fr", "pt-BR"))
[]
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tm import bcp47, language, registry
from tm.checks.check import Check, Remark, Translation, one_by_one, spans_of
from tm.language.varieties import Variety

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Span

_FOREIGN = 4.0
"""The weight of a form that is fifty times likelier in the other variety."""


def _examine(translation: Translation) -> Iterator[Remark]:
    target, text = translation.direction.target, language.nfc(translation.target_prose)
    for variety in _sisters(target):
        source = language.nfc(translation.source_prose)
        marks = [mark for mark, weight in variety.marks_in(text).items() if weight >= _FOREIGN]
        marks = [mark for mark in marks if variety.is_shown(mark, source)]
        if marks:  # few translations have any
            quoted = variety.marks_in(language.nfc(translation.source))
            marks = [mark for mark in marks if mark not in quoted]
        if marks:
            places = _places(translation.target, marks)
            yield Remark(f"{', '.join(marks)}: {variety.tag}, not {target}", "warning", target_spans=places)
        senses = [form for form in variety.senses_in(text, source) if form.casefold() not in marks]
        if senses:
            message = f"{', '.join(senses)}: more usual in {variety.tag} than in {target}"
            yield Remark(message, "info", target_spans=_places(translation.target, senses))


def _places(text: str, marks: list[str]) -> tuple[Span, ...]:
    """Where marks stand in a text, in any case."""
    return spans_of(text.lower(), *(mark.lower() for mark in marks))


@functools.cache
def _sisters(tag: str) -> tuple[Variety, ...]:
    """The sister varieties of a variety; none for any other tag."""
    canonical = bcp47.canonical(tag)
    varieties = registry.listed("tm.language", Variety)
    if canonical not in {variety.tag for variety in varieties}:
        return ()
    base = bcp47.base(canonical)
    return tuple(v for v in varieties if bcp47.base(v.tag) == base and v.tag != canonical)


VARIETY = Check("variety", "Words of another variety of the language.", one_by_one(_examine))
