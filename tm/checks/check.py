"""What a check is, and how the checks are run.

A check is a name, a sentence about it, and a function from a job to remarks; a remark becomes a finding when
it is known which pair it is about. The steps:

1. ``run_checks`` makes a ``Job`` of pairs, languages and glossary (``Job.of``): finished translations, each
   plural form by itself. ``examine`` takes a job that is there already.
2. ``_chosen`` picks the checks by name from ``checks()``, which asks the registry.
3. Each check's ``examine`` yields ``(number, Remark)``; ``one_by_one`` makes such a function from one that
   looks at a single ``Translation``.
4. ``examine`` turns the remarks into findings, in the order of segments.

A check of one's own, tried by hand:

>>> from tm.model import Segment
>>> def shouts(translation):
...     if translation.target.endswith("!!"):
...         yield Remark("two exclamation marks", "warning")
>>> job = Job([Translation(Pair(Segment("Oui !"), Segment("Sim!!")), Direction("fr", "pt"))])
>>> [(number, remark.message) for number, remark in one_by_one(shouts)(job)]
[(0, 'two exclamation marks')]
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm import language, registry
from tm.checks.faults import is_told, pair_faults
from tm.checks.plural_forms import form_pairs
from tm.direction import UNDECIDED, Direction
from tm.errors import OptionError, nearest
from tm.formats import states
from tm.formats.demands import forms
from tm.language.protected import prose_tokens, spans, without_code
from tm.language.quantities.comparison import compared
from tm.language.syntaxes import blanked, chosen_syntaxes
from tm.model import Finding, Pair, Segment
from tm.progress import unwatched

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tm.language.quantities.comparison import Comparison
    from tm.language.syntaxes.syntax import Fault, Group
    from tm.model import Concept, Severity, Span
    from tm.progress import Progress
    from tm.terminology.use import TermUse

_PART = 1000
"""Translations whose tokens and quantities are kept at a time."""


@dataclass(frozen=True)
class Translation:
    """One pair as the checks see it. Its tokens are made once, when a check first asks for them.

    Attributes:
        pair: the two segments.
        direction: from which language into which; either may be unknown.
        number: 1-based number of the pair in the job.
        form: number of the plural form, from 0; 0 for a message without plural.
        syntaxes: names of the syntaxes that its texts are said to have (``tm.language.syntaxes``).
        alternatives: the same translation beside other sources that would do (``plural_forms.py``).
    """

    pair: Pair
    direction: Direction
    number: int = 0
    form: int = 0
    syntaxes: frozenset[str] = frozenset()
    alternatives: tuple[Translation, ...] = ()

    @property
    def source(self) -> str:
        """The source's text."""
        return self.pair.source.text

    @property
    def target(self) -> str:
        """The translation's text."""
        return self.pair.target.text

    @functools.cached_property
    def source_code(self) -> list[Span]:
        """The places of what is no prose in the source (``tm.language.protected``)."""
        return spans(self.source, self.direction.source)

    @functools.cached_property
    def target_code(self) -> list[Span]:
        """The places of what is no prose in the translation."""
        return spans(self.target, self.direction.target)

    @functools.cached_property
    def source_tokens(self) -> list[language.Token]:
        """The source's tokens; a path, an option, an address … is one (``tm.language.protected``)."""
        return prose_tokens(self.source, self.direction.source, self.source_code)

    @functools.cached_property
    def target_tokens(self) -> list[language.Token]:
        """The translation's tokens."""
        return prose_tokens(self.target, self.direction.target, self.target_code)

    @functools.cached_property
    def source_prose(self) -> str:
        """The source with ``_`` in place of what is no prose."""
        return without_code(self.source, self.direction.source, self.source_code)

    @functools.cached_property
    def target_prose(self) -> str:
        """The translation with ``_`` in place of what is no prose; all else keeps its place."""
        return without_code(self.target, self.direction.target, self.target_code)

    @functools.cached_property
    def comparison(self) -> Comparison:
        """The quantities of both texts (numbers, dates, units), compared by value; without those of a broken
        placeholder."""
        source, target = self.source_prose, self.target_prose
        for _, fault in self.faults:
            source, target = blanked(source, fault.source), blanked(target, fault.target)
        return compared(source, target, self.direction)

    @functools.cached_property
    def faults(self) -> list[tuple[Group, Fault]]:
        """What is wrong with placeholders and markup, by all syntaxes."""
        return pair_faults(self.pair, self.direction, self.syntaxes)


@dataclass(frozen=True)
class Job:
    """The translations that are checked together: some checks compare them with each other.

    Attributes:
        translations: in order.
        concepts: the glossary.
        inserted: how many adjectives may stand inside a term, see ``tm.terminology.Recogniser``.
    """

    translations: Sequence[Translation]
    concepts: Sequence[Concept] = ()
    inserted: int = 0

    @classmethod
    def of(
        cls,
        pairs: Sequence[Pair],
        direction: Direction,
        concepts: Sequence[Concept] = (),
        *,
        inserted: int = 0,
        syntaxes: Iterable[str] = (),
    ) -> Job:
        """The job of these pairs: what is not finished, or not to be translated, is left out.

        Raises:
            OptionError: no syntax has one of the names.
        """
        translations = []
        chosen = chosen_syntaxes(syntaxes)
        for number, pair in enumerate(pairs, 1):
            if pair.unit is not None and not states.is_examined(pair):
                continue
            for form, (one, others) in enumerate(form_pairs(pair, direction.target)):
                alternatives = tuple(Translation(other, direction, syntaxes=chosen) for other in others)
                translations.append(Translation(one, direction, number, form, chosen, alternatives))
        return cls(translations, concepts, inserted)

    @functools.cached_property
    def term_uses(self) -> list[list[TermUse]]:
        """What became of the glossary's terms in each translation; made once, when first asked for."""
        from tm.terminology.use import GlossaryInUse

        glossary = GlossaryInUse(self.concepts, inserted=self.inserted)
        return glossary.all_uses([(each.pair, each.direction) for each in self.translations])


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check reports about a translation: a finding without its place.

    Attributes:
        message: one line, in the user's terms.
        severity: as in ``Finding``.
        suggestion: the corrected translation, when there is a safe one.
        source_spans: the places of the source that it is about, from the first to the last; none for all of
            it.
        target_spans: those of the translation.
    """

    message: str
    severity: Severity = "error"
    suggestion: str | None = None
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A check. The registry finds it at the top level of a module of this room.

    Attributes:
        name: as in ``Finding.check`` and ``--only``.
        about: what it looks for, one line.
        examine: yields each remark with the number of its translation, from 0.
    """

    name: str
    about: str
    examine: Callable[[Job], Iterable[tuple[int, Remark]]]

    def messages(self, source: str, target: str, direction: Direction = UNDECIDED) -> list[str]:
        """The check's remarks about one translation, to try a check by hand.

        Args:
            source: a text without inline codes.
            target: its translation.
            direction: their languages.

        >>> checks()["empty"].messages("Oui.", ""), checks()["empty"].messages("Oui.", "Sim.")
        (['the translation is empty'], [])
        """
        translation = Translation(Pair(Segment(source), Segment(target)), direction)
        return [remark.message for _, remark in self.examine(Job([translation]))]


def _as_they_are(remarks: Sequence[tuple[int, Remark]], _: int) -> Sequence[tuple[int, Remark]]:
    return remarks


@dataclass(frozen=True, slots=True)
class OneByOne:
    """The ``examine`` of a check that looks at each translation alone; empty translations are passed over.

    Such checks are run over a large job in parts, and the tokens of a part are then forgotten.

    Attributes:
        look_at: yields the remarks about a translation.
        settle: makes of all remarks, and the number of translations, those that are reported.
    """

    look_at: Callable[[Translation], Iterable[Remark]]
    settle: Callable[[Sequence[tuple[int, Remark]], int], Iterable[tuple[int, Remark]]] = _as_they_are

    def __call__(self, job: Job) -> Iterator[tuple[int, Remark]]:
        """Examine a whole job."""
        return iter(self.settle(list(self.remarks(job.translations)), len(job.translations)))

    def remarks(self, translations: Sequence[Translation]) -> Iterator[tuple[int, Remark]]:
        """What is not settled yet, with the index of the translation."""
        for number, translation in enumerate(translations):
            if translation.target.strip():
                for remark in _remarks(translation, self.look_at):
                    yield number, remark


def one_by_one(look_at: Callable[[Translation], Iterable[Remark]]) -> OneByOne:
    """The ``examine`` of a check from a function that looks at a single translation.

    >>> job = Job([Translation(Pair(Segment("Oui"), Segment(text)), UNDECIDED) for text in ("Sim", " ")])
    >>> list(one_by_one(lambda translation: [Remark(translation.target)])(job))
    [(0, Remark(message='Sim', severity='error', suggestion=None, source_spans=(), target_spans=()))]
    """
    return OneByOne(look_at)


def _remarks(translation: Translation, examine: Callable[[Translation], Iterable[Remark]]) -> list[Remark]:
    """What a check reports about a translation; nothing when it is right beside one of its other sources."""
    remarks = list(examine(translation))
    if remarks and not all(any(examine(other)) for other in translation.alternatives):
        return []
    return remarks


def without(text: str, *patterns: re.Pattern[str]) -> str:
    """The text with each match of the patterns blanked out; all other characters keep their place.

    >>> import re
    >>> without("2 x 10", re.compile(r"\\d+"))
    '_ x __'
    """
    for pattern in patterns:
        text = pattern.sub(lambda match: "_" * len(match[0]), text)
    return text


def replaced(text: str, spans: Sequence[tuple[int, int]], replacement: str) -> str:
    """The text with another one in these places.

    >>> replaced("Où ?", [(2, 3)], "_")
    'Où_?'
    """
    for start, end in reversed(spans):
        text = text[:start] + replacement + text[end:]
    return text


def spans_of(text: str, *parts: str) -> tuple[Span, ...]:
    """Where these parts first stand in a text; those that do not are passed over.

    >>> spans_of("Où est-il ?", "est", "?", "a"), spans_of("Oui", "")
    (((3, 6), (10, 11)), ())
    """
    starts = ((text.find(part), part) for part in parts if part)
    return tuple((start, start + len(part)) for start, part in starts if start >= 0)


def checks() -> dict[str, Check]:
    """All checks by name, with those of installed packages; of two with one name this program's is taken.

    >>> "number" in checks()
    True
    """
    return _by_name(registry.listed("tm.checks", Check))


def _by_name(offered: Sequence[Check]) -> dict[str, Check]:
    return {check.name: check for check in reversed(offered)}


def run_checks(
    pairs: Sequence[Pair],
    direction: Direction | str = UNDECIDED,
    target: str = "",
    *,
    concepts: Sequence[Concept] = (),
    only: Iterable[str] = (),
    inserted: int = 0,
    syntaxes: Iterable[str] = (),
    progress: Progress = unwatched,
) -> list[Finding]:
    """Check translations.

    Args:
        pairs: source and translation; a pair's document and line go into the finding's file and line. Pairs
            whose unit is not finished, or not to be translated, are passed over.
        direction: from which language into which; or the source language's tag.
        target: with a tag: the other language's.
        concepts: the glossary; without one the check "term" is silent.
        only: names of checks, or one name; none = all.
        inserted: how many adjectives may stand inside a term that the term has not.
        syntaxes: names of the syntaxes that the texts are in (``tm.language.syntaxes``), or their flags in
            PO; none = what they look like.
        progress: takes parts of the pairs as they are checked, and their number.

    Returns:
        In order of pairs, then of checks' names.

    Raises:
        OptionError: a name in ``only`` is no check's, or one in ``syntaxes`` no syntax's; names the nearest.

    >>> from tm.model import Segment
    >>> pairs = [Pair(Segment("10 000 ans"), Segment("1.000 anos")), Pair(Segment("2 ans"), Segment("2"))]
    >>> [(finding.segment, finding.message) for finding in run_checks(pairs, Direction("fr", "pt"))]
    [(1, 'number 10 000 in the source, 1.000 in the translation')]
    >>> run_checks(pairs, Direction("fr", "pt"), only=["space", "empty"])
    []
    >>> run_checks(pairs, only=["numbr"])
    Traceback (most recent call last):
    tm.errors.OptionError: no check is called 'numbr'; did you mean number?
    """
    job = Job.of(pairs, Direction.of(direction, target), concepts, inserted=inserted, syntaxes=syntaxes)
    return examine(job, only=only, progress=progress)


def examine(job: Job, *, only: Iterable[str] = (), progress: Progress = unwatched) -> list[Finding]:
    """Like ``run_checks``, for a caller that keeps the job: its tokens and term uses can be read
    afterwards."""
    chosen = _chosen(only)
    alone = {check.name: check.examine for check in chosen if isinstance(check.examine, OneByOne)}
    remarks = _in_parts(job.translations, alone, progress)
    findings = []
    for check in chosen:
        if check.name in alone:
            settled = alone[check.name].settle(remarks[check.name], len(job.translations))
        else:
            settled = check.examine(job)
        findings += [
            _finding(check.name, remark, job.translations[number], number) for number, remark in settled
        ]
    return sorted(findings, key=lambda finding: (finding.segment, finding.check))


def _in_parts(
    translations: Sequence[Translation], alone: Mapping[str, OneByOne], progress: Progress
) -> dict[str, list[tuple[int, Remark]]]:
    """The remarks of checks that look at one translation at a time, by the check's name.

    A part has copies of the translations: their tokens and quantities, 25 kB each, go with it.
    """
    remarks: dict[str, list[tuple[int, Remark]]] = {name: [] for name in alone}
    tells = alone.keys() >= {"placeholder", "markup"}
    firsts = range(0, len(translations), _PART)
    for first in progress(firsts, len(firsts)):
        part = [replace(translation) for translation in translations[first : first + _PART]]
        for name, examine_all in alone.items():
            for number, remark in examine_all.remarks(part):
                if not (tells and name == "punctuation" and is_told(remark.target_spans, part[number])):
                    remarks[name].append((first + number, remark))
    return remarks


def _finding(check: str, remark: Remark, translation: Translation, index: int) -> Finding:
    """A remark with the place of its translation."""
    pair = translation.pair
    place = pair.unit.place if pair.unit else None
    message = " ".join(remark.message.splitlines())
    several = translation.form or (pair.unit and len(forms(pair.unit.variants[0])) > 1)
    return Finding(
        check,
        remark.severity,
        f"plural form {translation.form + 1}: {message}" if several else message,
        file=pair.document,
        line=pair.line,
        column=place.column if place else 0,
        id=place.id if place else "",
        segment=translation.number or index + 1,
        source=translation.source,
        target=translation.target,
        suggestion=remark.suggestion,
        source_spans=remark.source_spans,
        target_spans=remark.target_spans,
    )


def _chosen(only: Iterable[str]) -> list[Check]:
    """The checks of these names, or all; installed packages are asked only for what the room does not
    have."""
    by_name = _by_name(registry.offers("tm.checks", Check))
    names = [only] if isinstance(only, str) else list(only)
    if not names or not by_name.keys() >= set(names):
        by_name = checks()
        names = names or list(by_name)
    for name in names:
        if name not in by_name:
            hint = nearest(name, by_name) or f"; known are {', '.join(sorted(by_name))}"
            raise OptionError(f"no check is called {name!r}{hint}")
    return [check for name, check in sorted(by_name.items()) if name in names]
