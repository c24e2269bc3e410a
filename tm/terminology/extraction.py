"""Aligned sentence pairs to concepts, best first: the recipe.

The steps of ``extract``, in the order in which they work:

1. ``sentences.analyse`` gives each word its class and lemma, ``sentences.share_names`` marks names.
2. ``words.link_words`` links the words of each sentence pair; what was approved teaches it (``_approved``).
3. ``pairing.pair_phrases`` pairs the phrases of each sentence pair.
4. ``Gathering.add`` counts what is seen of each phrase pair over all sentence pairs.
5. ``_judge`` weighs that (``termhood.features``, ``termhood.confidence``).
6. ``entries`` makes concepts of the pairs that are likely enough: headwords, full forms with their acronyms.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tm.choices import check_share
from tm.language import tagger
from tm.language.languages import language_of
from tm.language.lemmas import general_rate
from tm.language.text import fold
from tm.terminology import termhood
from tm.terminology.entries import Choice, entries, is_piece, small_words
from tm.terminology.gathering import Gathering
from tm.terminology.glossary import merge
from tm.terminology.pairing import pair_phrases
from tm.terminology.sentences import analyse, share_names, term_key
from tm.terminology.termhood import Domain, Rates, Rivals
from tm.terminology.words import Words, link_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tm.direction import Direction
    from tm.model import Concept, Pair
    from tm.terminology.gathering import Gathered, Key
    from tm.terminology.sentences import Sentence

LEAST = 0.4
"""Term pairs less likely are not listed. Where what is missed and what is wrong weigh the same (F1), the best
bound is half the F1 reached (Lipton, Elkan & Naryanaswamy 2014), which is about 0.8."""

_APPROVED = 10.0
"""How many observed links an approved translation is worth to the word aligner. No measurement is kept:
several times the prior of two nouns that are spelt alike, which is 2.7."""

_SPEECH = {kind: number for number, kind in enumerate("NAVRM#")} | {"P": 0, "p": 2}


def extract(
    pairs: Iterable[Pair], direction: Direction, *, decided: Sequence[Concept] = (), least: float = LEAST
) -> list[Concept]:
    """The terms of aligned texts with their translations.

    Args:
        pairs: sentence pairs.
        direction: from which language into which.
        decided: a glossary whose approved terms teach the word alignment.
        least: the confidence below which nothing is listed, 0–1.

    Returns:
        Concepts with candidate terms in their base forms, best first, names after all others, and the target terms of a concept best first. Each target
        term has its evidence. An acronym and its full form are one concept.

    >>> from tm.direction import Direction
    >>> from tm.model import Pair, Segment
    >>> french = "Il vend des fours à pain.", "Ce four à pain coûte cher."
    >>> portuguese = "Ele vende fornos de pão.", "Este forno de pão custa caro."
    >>> pairs = [Pair(Segment(fr), Segment(pt)) for fr, pt in zip(french, portuguese)]
    >>> concepts = extract(pairs, Direction("fr", "pt"))
    >>> [[term.text for term in concept.terms] for concept in concepts]
    [['four à pain', 'forno de pão'], ['four', 'forno'], ['pain', 'pão']]
    """
    check_share("least", least)
    pairs = list(pairs)
    sources = analyse([pair.source.text for pair in pairs], direction.source)
    targets = analyse([pair.target.text for pair in pairs], direction.target)
    for number, sentence_pair in enumerate(zip(sources, targets, strict=True)):
        sources[number], targets[number] = share_names(*sentence_pair)
    gathering = Gathering(direction)
    tagged = tagger.has_tagger(direction.source), tagger.has_tagger(direction.target)
    approved = _approved(decided, direction)
    for number, links in link_words(
        _words(sources, direction.source), _words(targets, direction.target), approved=approved
    ):
        phrases = list(pair_phrases(number, sources[number], targets[number], links, tagged=tagged))
        gathering.add(sources[number], targets[number], phrases, links.trust)
    languages = direction.source, direction.target
    choices = judged(gathering, sources, targets, direction, least)
    small = small_words(sources, targets), small_words(targets, sources)
    return merge(entries(choices, gathering.acronyms, pairs, languages, small), ())


def judged(
    gathering: Gathering,
    sources: Sequence[Sentence],
    targets: Sequence[Sentence],
    direction: Direction,
    least: float,
) -> list[Choice]:
    """The phrase pairs that are likely enough, the best first.

    Args:
        gathering: what is seen of each phrase pair.
        sources: the sentences of one side.
        targets: those of the other.
        direction: their languages.
        least: the confidence below which none is given, 0–1.

    >>> from tm.direction import Direction
    >>> judged(Gathering(Direction("fr", "pt")), [], [], Direction("fr", "pt"), 0.4)
    []
    """
    languages = direction.source, direction.target
    phrase_pairs = gathering.phrase_pairs
    source, target = (language_of(language) for language in languages)
    domain = Domain(
        (_rates(sources, direction.source), _rates(targets, direction.target)),
        (source.general_nouns, target.general_nouns),
        (source.general_adjectives, target.general_adjectives),
        _names(gathering),
        frozenset(phrase_pairs[full].words[0] for full in gathering.acronyms if full in phrase_pairs),
    )
    whole = {key: gathered for key, gathered in phrase_pairs.items() if not is_piece(gathered, languages)}
    return [choice for choice in _judge(whole, domain) if choice.confidence >= least]


def _words(sentences: Sequence[Sentence], language: str) -> Words:
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
    return Words(forms, np.array(speech, np.int64), np.array(rarity), rows, places)


def _approved(decided: Iterable[Concept], direction: Direction) -> dict[tuple[str, str], float]:
    """The word pairs of approved one-word terms, each with its worth."""
    approved = {}
    for concept in decided:
        for term in concept.of(direction.source):
            for translation in concept.of(direction.target):
                lemmas = (
                    term_key(term.text, direction.source),
                    term_key(translation.text, direction.target),
                )
                if translation.status in ("approved", "preferred") and not any(" " in key for key in lemmas):
                    approved[lemmas] = _APPROVED
    return approved


def _rates(sentences: Iterable[Sentence], language: str) -> Rates:
    """How often the texts use each lemma of one side, and how often the language at large does."""
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
    """The words of names that stand alone in at least one place; "Mayor of Lyon" makes no name of the
    mayor."""
    return frozenset(
        word
        for gathered in gathering.phrase_pairs.values()
        if gathered.named and gathered.free and set("".join(gathered.shape)) == {"P"}
        for word in gathered.words[0]
    )


def _judge(phrase_pairs: Mapping[Key, Gathered], domain: Domain) -> list[Choice]:
    """Each possible pair with its confidence, the best first.

    Judged twice: a phrase is worth less when its boundary cuts a better one, and which are better is known
    only after the first time.
    """
    totals: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    best: dict[str, int] = defaultdict(int)
    for (source_key, target_key), gathered in phrase_pairs.items():
        totals[0][source_key] += gathered.count
        totals[1][target_key] += gathered.count
        best[source_key] = max(best[source_key], gathered.count)
    possible = [key for key in phrase_pairs if termhood.is_possible(phrase_pairs[key])]
    # The longest first: how sure a term is must be known before its parts are judged.
    possible.sort(key=lambda key: (-len(key[0].split()), key))
    before: dict[Key, float] = {}
    choices: list[Choice] = []
    for _ in range(2):
        around: dict[Key, float] = {}
        choices = []
        for key in possible:
            gathered = phrase_pairs[key]
            cut = _cut(gathered, before.get(key, 1.0), before)
            rivals = Rivals(totals[0][key[0]], totals[1][key[1]], best[key[0]], cut)
            reasons = termhood.features(gathered, domain, rivals, around)
            around[key] = termhood.confidence(reasons)
            choices.append(Choice(key, around[key], reasons, gathered, rivals))
        before = around
    return sorted(choices, key=lambda choice: choice.rank)


def _cut(gathered: Gathered, confidence: float, confidences: Mapping[Key, float]) -> float:
    """By how much the surest phrase pair across this one's boundary is surer, times the share of places where
    it is."""
    better = ((confidences.get(key, 0.0) - confidence) * times for key, times in gathered.across.items())
    return max(0.0, max(better, default=0.0)) / gathered.count
