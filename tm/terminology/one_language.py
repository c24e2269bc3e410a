"""The terms of texts in one language, without a translation: the same tagger, candidates and judge.

Each sentence is taken as its own translation: a phrase translates itself, so that everything the judge of term
pairs asks of one side is asked, and nothing that only a translation can tell. The steps of ``extract_terms``:

1. ``sentences.analyse`` gives each word its class and lemma.
2. ``_gather`` takes each phrase that may be a term (``candidates.phrases``) as a pair with itself.
3. ``extraction.judged`` weighs them; ``entries.entries`` makes concepts of them, and ``_alone`` leaves each of
   their terms once.

>>> from tm.model import Pair, Segment
>>> french = "Il vend des fours à pain.", "Le four à pain est vieux."
>>> concepts = extract_terms([Pair(Segment(text), Segment("")) for text in french], "fr")
>>> [(term.text, term.evidence.pair_count) for concept in concepts for term in concept.terms]
[('four à pain', 2), ('pain', 2), ('four', 2)]
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tm.choices import check_share
from tm.direction import Direction
from tm.terminology.candidates import phrases
from tm.terminology.entries import entries, small_words
from tm.terminology.extraction import judged
from tm.terminology.gathering import Gathering
from tm.terminology.glossary import merge
from tm.terminology.pairing import PhrasePair
from tm.terminology.sentences import analyse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.model import Concept, Pair
    from tm.terminology.sentences import Sentence

LEAST = 0.4
"""Terms less likely are not listed: the bound with the best F1 on the French side of the seeds, .76."""


def extract_terms(pairs: Iterable[Pair], language: str, *, least: float = LEAST) -> list[Concept]:
    """The terms of texts, best first, names after all others.

    Args:
        pairs: sentences with their places; their translations are not looked at.
        language: of the sentences.
        least: the confidence below which nothing is listed, 0–1.

    Returns:
        Concepts with candidate terms in their base forms, each with its evidence: how often it stands in the
        texts, how sure it is a term, the best contexts, the forms seen. An acronym and its full form are one
        concept.
    """
    check_share("least", least)
    pairs = list(pairs)
    sentences = analyse([pair.source.text for pair in pairs], language)
    both = Direction(language, language)
    gathering = _gather(sentences, both)
    choices = judged(gathering, sentences, sentences, both, least)
    small = small_words(sentences, ())
    alone = [replace(pair, target=replace(pair.target, text="")) for pair in pairs]
    concepts = entries(choices, gathering.acronyms, alone, (language, language), (small, small))
    return merge([_alone(concept) for concept in concepts], ())


def _gather(sentences: Sequence[Sentence], both: Direction) -> Gathering:
    """What is seen of each phrase, each taken as its own translation."""
    gathering = Gathering(both)
    for number, sentence in enumerate(sentences):
        spans = dict.fromkeys(phrases(sentence))
        gathering.add(
            sentence, sentence, [PhrasePair(number, span, span, 1.0, strict=True) for span in spans], 1.0
        )
    return gathering


def _alone(concept: Concept) -> Concept:
    """The concept with each term once: the translations are the terms again, with their evidence."""
    return replace(concept, terms=concept.terms[len(concept.terms) // 2 :])
