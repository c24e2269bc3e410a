"""How OmegaT shows the sentences of a project's texts: with codes that a memory does not have.

OmegaT counts codes through each paragraph, and shows one wherever Word begins a new run. A memory counts them in
each sentence and keeps those alone that mean something, so that the same sentence is the same wherever it stands.
The texts say how one becomes the other:

1. ``forms_in`` reads the texts of a project.
2. ``Forms.shown`` writes a unit in each way in which OmegaT shows its source; ``Forms.numbers`` says for what OmegaT
   has written which of its codes the memory has, and how it counts them.

>>> from tm.model import Segment
>>> codes = (omegat_tags.alone(3, "t", 4), omegat_tags.alone(3, "t", 5, "+b"))
>>> forms = Forms([Segment("Le pont", codes)])
>>> unit = omegat_tags.hidden("Le <t0/>pont"), omegat_tags.hidden("A <t0/>ponte")
>>> list(forms.shown(*unit))
[('Le <t4/><t5/>pont', 'A <t5/>ponte')]
>>> forms.numbers(omegat_tags.hidden("Le <t4/><t5/>pont"))
{5: 0}
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tm.errors import TMError
from tm.formats import look_up, read_document
from tm.language import omegat_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tm.model import Segment

log = logging.getLogger(__name__)


class Forms:
    """The sentences of texts, in OmegaT's form and in a memory's."""

    def __init__(self, segments: Iterable[Segment] = ()) -> None:
        """Of sentences with the codes of their documents."""
        self._counts: dict[str, dict[int, int]] = {}
        self._forms: dict[str, dict[str, dict[int, int]]] = {}
        for segment in segments:
            shown = omegat_tags.shown(segment)
            if shown not in self._counts:
                seen = [code for code in segment.codes if omegat_tags.type_of(code)]
                counts = self._counts[shown] = omegat_tags.counts(seen)
                plain = omegat_tags.shown(omegat_tags.counted(segment, counts))
                self._forms.setdefault(plain, {})[shown] = {place: number for number, place in counts.items()}

    def shown(self, source: Segment, target: Segment) -> Iterator[tuple[str, str]]:
        """The texts of a unit with their codes, once for each way in which OmegaT shows its source."""
        counts = omegat_tags.counts(source.codes)
        texts = [omegat_tags.counted(segment, counts) for segment in (source, target)]
        plain = omegat_tags.shown(texts[0])
        if plain not in self._forms:
            yield plain, omegat_tags.shown(texts[1])
        for shown, numbers in self._forms.get(plain, {}).items():
            yield shown, omegat_tags.shown(omegat_tags.counted(texts[1], numbers))

    def numbers(self, source: Segment) -> dict[int, int]:
        """For the codes of a sentence of OmegaT that a memory has the number that each has there."""
        shown = omegat_tags.shown(source)
        return self._counts[shown] if shown in self._counts else omegat_tags.counts(source.codes)


def forms_in(folder: Path, language: str) -> Forms:
    """The sentences of the texts in a folder; a text that cannot be read is logged.

    >>> from pathlib import Path
    >>> from tm.model import Segment
    >>> list(forms_in(Path("no such folder"), "fr").shown(Segment("Le pont"), Segment("A ponte")))
    [('Le pont', 'A ponte')]
    """
    return Forms(_segments(folder, language))


def _segments(folder: Path, language: str) -> Iterator[Segment]:
    from tm.language import segment as cut  # the rules are loaded for a project alone

    for path in sorted(folder.rglob("*")):
        if not (path.is_file() and look_up(path, "read_document")):
            continue
        try:
            text = cut(read_document(path), language=language)
        except TMError as error:
            log.warning("%s; OmegaT may show its codes otherwise", error)
            continue
        yield from map(text.segment, range(len(text.segments)))
