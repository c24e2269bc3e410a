"""Aligned units to concepts, best first: the recipe."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tm.language import tagger
from tm.language.languages import language as language_of
from tm.language.lemmas import general_rate, is_acronym
from tm.language.text import fold
from tm.model import Concept, Context, Evidence, Term
from tm.terminology import candidates, pairing, termhood, words
from tm.terminology.termhood import Gathered, Rates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tm.model import Pair
    from tm.terminology.candidates import Sentence
    from tm.terminology.pairing import PhrasePair

Key = tuple[str, str]

LEAST = 0.7
"""Term pairs that are less likely than not are not listed."""

_MANY = 400_000  # phrase pairs held at once; beyond that those seen once are forgotten (Manku & Motwani 2002)
_SPEECH = {kind: number for number, kind in enumerate("NAVRM#")} | {"P": 0, "p": 2}


def extract(
    pairs: Sequence[Pair], source: str, target: str, *, decided: Sequence[Concept] = (), least: float = LEAST
) -> list[Concept]:
    """The terms of aligned texts with their translations.

    Args:
        pairs: sentence pairs.
        source: language of the source side, a tag.
        target: likewise.
        decided: a glossary whose approved terms teach the word alignment.
        least: the confidence below which nothing is listed.

    Returns:
        Concepts with candidate terms, best first. Each target term has its evidence.
    """
    ours = candidates.analyse([pair.source.text for pair in pairs], source)
    theirs = candidates.analyse([pair.target.text for pair in pairs], target)
    shared = [candidates.share_names(*both) for both in zip(ours, theirs, strict=True)]
    ours, theirs = [one for one, _ in shared], [other for _, other in shared]
    links = words.align(_words(ours, source), _words(theirs, target), known=_known(decided, source, target))
    found: dict[Key, Gathered] = {}
    for number, link in links:
        one, other = ours[number], theirs[number]
        phrase_pairs = list(
            pairing.pair_phrases(
                number,
                one,
                other,
                link,
                source_tagged=tagger.has_tagger(source),
                target_tagged=tagger.has_tagger(target),
            )
        )
        trust = float(link.support.sum()) / max(1, min(link.support.shape))
        _gather(found, one, other, phrase_pairs, trust)
        if len(found) > _MANY:
            found = {key: value for key, value in found.items() if value.count > 1}
    return _concepts(found, pairs, ours, theirs, source, target, least)


def _words(sentences: Sequence[Sentence], language: str) -> words.Words:
    import numpy as np

    numbers: dict[tuple[str, bool], int] = {}
    speech: list[int] = []
    rows, places = [], []
    for sentence in sentences:
        row = []
        for at in sentence.content:
            kind = sentence.classes[at]
            # A verb is another word than the noun written like its infinitive (Portuguese "poder").
            key = sentence.lemmas[at], kind == "V"
            if key not in numbers:
                numbers[key] = len(numbers)
                speech.append(_SPEECH[kind])
            row.append(numbers[key])
        rows.append(np.array(row, np.int64))
        places.append(np.array(sentence.content) / max(1, len(sentence.lemmas)))
    return words.Words(
        [form for form, _ in numbers],
        np.array(speech, np.int64),
        np.array([math.log10(general_rate(form, language) + 0.01) for form, _ in numbers]),
        rows,
        places,
    )


def _known(decided: Sequence[Concept], source: str, target: str) -> dict[tuple[str, str], float]:
    """Word pairs of approved one-word terms, each worth ten observations."""
    result = {}
    for concept in decided:
        for one in concept.of(source):
            for other in concept.of(target):
                if other.status in ("approved", "preferred", "do-not-translate"):
                    left, right = (candidates.analyse([term.text], term.language)[0] for term in (one, other))
                    if len(left.lemmas) == len(right.lemmas) == 1:
                        result[left.lemmas[0], right.lemmas[0]] = 10.0
    return result


def _gather(
    found: dict[Key, Gathered],
    source: Sentence,
    target: Sentence,
    phrase_pairs: Sequence[PhrasePair],
    trust: float,
) -> None:
    keys = [(source.key(*pair.source), target.key(*pair.target)) for pair in phrase_pairs]
    for pair, key in zip(phrase_pairs, keys, strict=True):
        gathered = found.get(key)
        if gathered is None:
            gathered = found[key] = Gathered(
                (source.classes[slice(*pair.source)], target.classes[slice(*pair.target)]),
                (termhood.content_words(source, *pair.source), termhood.content_words(target, *pair.target)),
            )
        gathered.count += 1
        gathered.overlap += pair.overlap
        gathered.strict += pair.strict
        gathered.trust += trust
        for sentence, (start, end) in ((source, pair.source), (target, pair.target)):
            gathered.goes_on += 0.5 * candidates.goes_on(sentence, end)
            gathered.comes_from += 0.5 * candidates.comes_from(sentence, start)
        outer = [other for at, other in enumerate(phrase_pairs) if _contains(other, pair) and keys[at] != key]
        if outer:
            nearest = min(outer, key=lambda other: (other.source[1] - other.source[0], other.source))
            gathered.within.add((source.key(*nearest.source), target.key(*nearest.target)))
        else:
            gathered.free += 1
        surface = source.surface(*pair.source), target.surface(*pair.target)
        gathered.surfaces[surface] = gathered.surfaces.get(surface, 0) + 1
        rank = abs(math.log((len(source.text) + 20) / 120)) + (1 - pair.overlap)
        termhood.gather_place(gathered, rank, pair.sentence)


def _contains(outer: PhrasePair, inner: PhrasePair) -> bool:
    return (
        outer.source[0] <= inner.source[0]
        and inner.source[1] <= outer.source[1]
        and outer.target[0] <= inner.target[0]
        and inner.target[1] <= outer.target[1]
        and outer.source[1] - outer.source[0] > inner.source[1] - inner.source[0]
    )


def _rates(sentences: Sequence[Sentence], language: str) -> Rates:
    counts: Counter[str] = Counter()
    general: dict[str, float] = {}
    tokens = 0
    seen: set[tuple[str, str]] = set()
    for sentence in sentences:
        tokens += len(sentence.lemmas)
        for at in sentence.content:
            lemma, form = sentence.lemmas[at], sentence.surface(at, at + 1)
            counts[lemma] += 1
            if (lemma, form) not in seen:
                seen.add((lemma, form))
                rate = max(general_rate(lemma, language), general_rate(fold(form), language))
                general[lemma] = max(general.get(lemma, 0.0), rate)
    return Rates(counts, general, tokens)


def _concepts(
    found: Mapping[Key, Gathered],
    pairs: Sequence[Pair],
    ours: Sequence[Sentence],
    theirs: Sequence[Sentence],
    source: str,
    target: str,
    least: float,
) -> list[Concept]:
    general = language_of(source).general_nouns, language_of(target).general_nouns
    source_rates, target_rates = _rates(ours, source), _rates(theirs, target)
    source_totals: Counter[str] = Counter()
    target_totals: Counter[str] = Counter()
    for (one, other), gathered in found.items():
        source_totals[one] += gathered.count
        target_totals[other] += gathered.count
    names = frozenset(
        word
        for gathered in found.values()
        if termhood.is_name(gathered) and gathered.free and not is_acronym(next(iter(gathered.surfaces))[0])
        for word in gathered.words[0]
    )
    translations: dict[str, list[tuple[float, str, dict[str, float]]]] = defaultdict(list)
    around: dict[Key, float] = {}
    for one, other in sorted(found, key=lambda key: (-len(key[0].split()) - len(key[1].split()), key)):
        gathered = found[one, other]
        if not termhood.is_possible(gathered):
            continue
        reasons = termhood.features(
            gathered,
            source_rates,
            target_rates,
            source_total=source_totals[one],
            target_total=target_totals[other],
            general=general,
            names=names,
            around=around,
        )
        sure = around[one, other] = termhood.confidence(reasons)
        if sure >= least:
            translations[one].append((sure, other, reasons))
    result = []
    for one, choices in translations.items():
        choices.sort(key=lambda choice: (-choice[0], choice[1]))
        text, _ = _surface(found[one, choices[0][1]])
        terms = [Term(text, source, kind="acronym" if is_acronym(text) else "")]
        for sure, other, reasons in choices:
            gathered = found[one, other]
            terms.append(
                Term(
                    _surface(gathered)[1],
                    target,
                    kind="acronym" if is_acronym(_surface(gathered)[1]) else "",
                    evidence=Evidence(
                        source_totals[one],
                        target_totals[other],
                        gathered.count,
                        round(sure, 4),
                        tuple(
                            (name, round(termhood.WEIGHTS[name] * value, 4))
                            for name, value in reasons.items()
                        ),
                        tuple(
                            Context(
                                pairs[at].source.text,
                                pairs[at].target.text,
                                pairs[at].document,
                                pairs[at].line,
                            )
                            for _, at in gathered.places
                        ),
                    ),
                )
            )
        result.append((-choices[0][0], -source_totals[one], one, tuple(terms)))
    result.sort(key=lambda entry: entry[:3])
    return [Concept(f"c{number}", terms) for number, (_, _, _, terms) in enumerate(result, 1)]


def _surface(gathered: Gathered) -> tuple[str, str]:
    """The spelling seen most often; of an adjective or verb the dictionary form."""
    if gathered.shape in (("A", "A"), ("V", "V")):
        return gathered.words[0][0], gathered.words[1][0]
    return min(gathered.surfaces, key=lambda surface: (-gathered.surfaces[surface], surface))
