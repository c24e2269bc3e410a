"""Aligned sentence pairs to concepts, best first: the recipe."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tm.language import tagger
from tm.language.languages import language_of
from tm.language.lemmas import general_rate, is_acronym
from tm.language.text import fold
from tm.model import Concept, Context, Evidence, Term
from tm.terminology import pairing, sentences, termhood, words
from tm.terminology.gathering import Gathering
from tm.terminology.glossary import merge
from tm.terminology.termhood import Domain, Rates, Rivals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tm.model import Pair
    from tm.terminology.gathering import Gathered, Key
    from tm.terminology.sentences import Sentence

LEAST = 0.4
"""Term pairs less likely are not listed. Where what is missed and what is wrong weigh the same (F1), the best bound is half
the F1 reached (Lipton, Elkan & Naryanaswamy 2014), which is about 0.8."""

_KNOWN = 10.0  # observations that a translation somebody approved is worth to the word aligner
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
        least: the confidence below which nothing is listed, 0–1.

    Returns:
        Concepts with candidate terms, best first; several target terms of a concept likewise. Each target term has its
        evidence. An acronym and its full form are one concept.

    >>> from tm.model import Pair, Segment
    >>> rows = [("Il vend des fours à pain.", "Ele vende fornos de pão."), ("Ce four à pain coûte cher.", "Este forno de pão custa caro.")]
    >>> concepts = extract([Pair(Segment(fr), Segment(pt)) for fr, pt in rows], "fr", "pt")
    >>> [[term.text for term in concept.terms] for concept in concepts]
    [['fours à pain', 'fornos de pão'], ['four', 'forno'], ['pain', 'pão']]
    """
    ours = sentences.analyse([pair.source.text for pair in pairs], source)
    theirs = sentences.analyse([pair.target.text for pair in pairs], target)
    for number, both in enumerate(zip(ours, theirs, strict=True)):
        ours[number], theirs[number] = sentences.share_names(*both)
    gathering = Gathering(source, target)
    tagged = tagger.has_tagger(source), tagger.has_tagger(target)
    known = _known(decided, source, target)
    for number, links in words.align(_words(ours, source), _words(theirs, target), known=known):
        phrases = list(pairing.pair_phrases(number, ours[number], theirs[number], links, tagged=tagged))
        gathering.add(ours[number], theirs[number], phrases, links.trust)
    domain = Domain(
        (_rates(ours, source), _rates(theirs, target)),
        (language_of(source).general_nouns, language_of(target).general_nouns),
        (language_of(source).general_adjectives, language_of(target).general_adjectives),
        _names(gathering),
        frozenset(gathering.found[full].words[0] for full in gathering.acronyms if full in gathering.found),
    )
    judged = [choice for choice in _judge(gathering.found, domain) if choice.confidence >= least]
    return merge(_concepts(judged, gathering.acronyms, pairs, (source, target)), ())


def _words(sentences: Sequence[Sentence], language: str) -> words.Words:
    """The content words of one side, as the aligner wants them."""
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
    rarity = [math.log10(general_rate(form, language) + 0.01) for form, _ in numbers]
    forms = [form for form, _ in numbers]
    return words.Words(forms, np.array(speech, np.int64), np.array(rarity), rows, places)


def _known(decided: Iterable[Concept], source: str, target: str) -> dict[tuple[str, str], float]:
    """The word pairs of approved one-word terms."""
    result = {}
    for concept in decided:
        for one in concept.of(source):
            for other in concept.of(target):
                keys = sentences.term_key(one.text, source), sentences.term_key(other.text, target)
                if other.status in ("approved", "preferred") and not any(" " in key for key in keys):
                    result[keys] = _KNOWN
    return result


def _rates(sentences: Iterable[Sentence], language: str) -> Rates:
    counts: Counter[str] = Counter()
    general: dict[str, float] = {}
    forms: set[tuple[str, str]] = set()
    tokens = 0
    for sentence in sentences:
        tokens += len(sentence.lemmas)
        counts.update(sentence.lemmas[at] for at in sentence.content)
        forms.update((sentence.lemmas[at], fold(sentence.surface(at, at + 1))) for at in sentence.content)
    for lemma, form in forms:
        # Some lemmas are rarer than their forms: nobody writes of one datum.
        rate = max(general_rate(lemma, language), general_rate(form, language))
        general[lemma] = max(general.get(lemma, 0.0), rate)
    return Rates(counts, general, tokens)


def _names(gathering: Gathering) -> frozenset[str]:
    """The words of names that stand alone somewhere; "Mayor of Lyon" makes no name of the mayor."""
    return frozenset(
        word
        for gathered in gathering.found.values()
        if gathered.named and gathered.free and set("".join(gathered.shape)) == {"P"}
        for word in gathered.words[0]
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    """A phrase pair that was judged."""

    key: Key
    confidence: float
    reasons: dict[str, float]
    gathered: Gathered
    rivals: Rivals

    @property
    def rank(self) -> tuple[float, int, Key]:
        return -self.confidence, -self.gathered.count, self.key


def _judge(found: Mapping[Key, Gathered], domain: Domain) -> list[_Choice]:
    """Each possible pair with its confidence, the best first.

    Twice over, since a phrase is worth less when its boundary cuts a better one, which is known after the first time only.
    """
    totals: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    best: dict[str, int] = defaultdict(int)
    for (one, other), gathered in found.items():
        totals[0][one] += gathered.count
        totals[1][other] += gathered.count
        best[one] = max(best[one], gathered.count)
    possible = [key for key in found if termhood.is_possible(found[key])]
    possible.sort(
        key=lambda key: (-len(key[0].split()), key)
    )  # the longest first: parts of terms are worth less
    before: dict[Key, float] = {}
    result: list[_Choice] = []
    for _ in range(2):
        around: dict[Key, float] = {}
        result = []
        for key in possible:
            gathered = found[key]
            cut = _cut(gathered, before.get(key, 1.0), before)
            rivals = Rivals(totals[0][key[0]], totals[1][key[1]], best[key[0]], cut)
            reasons = termhood.features(gathered, domain, rivals, around)
            around[key] = termhood.confidence(reasons)
            result.append(_Choice(key, around[key], reasons, gathered, rivals))
        before = around
    return sorted(result, key=lambda choice: choice.rank)


def _cut(gathered: Gathered, sure: float, others: Mapping[Key, float]) -> float:
    """By how much the surest phrase across this one's boundary is surer, in the share of places where it is."""
    better = ((others.get(key, 0.0) - sure) * times for key, times in gathered.across.items())
    return max(0.0, max(better, default=0.0)) / gathered.count


def _concepts(
    judged: Sequence[_Choice],
    acronyms: Mapping[Key, Key],
    pairs: Sequence[Pair],
    languages: tuple[str, str],
) -> list[Concept]:
    """One concept for each source phrase, with its translations; full forms take in their acronyms."""
    groups: dict[str, list[_Choice]] = {}
    for choice in judged:
        groups.setdefault(choice.key[0], []).append(choice)
    shortened = {
        full: short for (full, _), (short, _) in acronyms.items() if full != short and short in groups
    }
    # The best full form of several takes the acronym; groups are in order of confidence.
    owner = {shortened[full]: full for full in reversed(groups) if full in shortened}
    return [
        _concept([choices, *(groups[short] for short in owner if owner[short] == source)], pairs, languages)
        for source, choices in groups.items()
        if source not in owner
    ]


def _concept(
    members: Sequence[Sequence[_Choice]], pairs: Sequence[Pair], languages: tuple[str, str]
) -> Concept:
    """Source terms first, then their translations, the best first; ``members`` are a full form's and its acronyms'."""
    sources, targets = [], []
    for choices in members:
        kind: Literal["acronym", "fullForm", ""] = "fullForm" if len(members) > 1 else ""
        sources.append(_term(choices[0], 0, languages[0], kind, None))
        targets += [_term(choice, 1, languages[1], kind, _evidence(choice, pairs)) for choice in choices]
    return Concept("", (*sources, *targets))


def _term(choice: _Choice, side: int, language: str, kind: str, evidence: Evidence | None) -> Term:
    text = choice.gathered.surface[side]
    return Term(
        text,
        language,
        part_of_speech=_part_of_speech(choice.gathered),
        gender=choice.gathered.gender(side),
        kind="acronym" if is_acronym(text) else kind,
        evidence=evidence,
    )


def _part_of_speech(gathered: Gathered) -> str:
    match gathered.shape[0]:
        case "A":
            return "adjective"
        case "V":
            return "verb"
        case _:
            return "properNoun" if gathered.named else "noun"


def _evidence(choice: _Choice, pairs: Sequence[Pair]) -> Evidence:
    reasons = ((name, round(termhood.WEIGHTS[name] * value, 3)) for name, value in choice.reasons.items())
    return Evidence(
        source_count=choice.rivals.source,
        target_count=choice.rivals.target,
        pair_count=choice.gathered.count,
        confidence=round(choice.confidence, 4),
        reasons=tuple((name, value) for name, value in reasons if value),
        contexts=tuple(
            Context(pairs[at].source.text, pairs[at].target.text, pairs[at].document, pairs[at].line)
            for _, at in choice.gathered.places
        ),
    )
