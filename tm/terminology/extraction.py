"""Aligned sentence pairs to concepts, best first: the recipe.

The steps of ``extract``, in the order in which they work:

1. ``sentences.analyse`` gives each word its class and lemma, ``sentences.share_names`` marks names.
2. ``words.link_words`` links the words of each sentence pair; a dictionary and what was approved
   (``approved_words``) teach it.
3. ``pairing.pair_phrases`` pairs the phrases of each sentence pair, and ``Gathering.add`` counts what is seen
   of each phrase pair over all sentence pairs (``gather``).
4. ``judged`` has ``termhood.judge`` weigh that.
5. ``entries`` makes concepts of the pairs that are likely enough: headwords, full forms with their acronyms.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tm import bcp47
from tm.choices import check_share
from tm.language import tagger
from tm.language.lemmas import general_rate
from tm.terminology.dictionary import dictionary_of
from tm.terminology.entries import entries, is_piece, small_words
from tm.terminology.features import Texts
from tm.terminology.gathering import Gathering
from tm.terminology.glossary import merge
from tm.terminology.pairing import pair_phrases
from tm.terminology.sentences import analyse, share_names, term_key, with_speech
from tm.terminology.sides import side_of
from tm.terminology.termhood import is_piece_of_name, judge
from tm.terminology.words import VERB, Words, link_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.direction import Direction
    from tm.model import Concept, Pair
    from tm.terminology.dictionary import Dictionary
    from tm.terminology.gathering import Gathered, Key
    from tm.terminology.sentences import Sentence
    from tm.terminology.termhood import Judged

_APPROVED = 10.0
"""How many observed links an approved translation is worth to the word aligner. No measurement is kept:
several times the prior of two nouns that are spelt alike, which is 2.7."""

_SPEECH = {"N": 0, "P": 0, "A": 1, "V": VERB, "p": VERB, "R": 3, "r": 3, "M": 4, "#": 5}


def extract(
    pairs: Iterable[Pair],
    direction: Direction,
    *,
    decided: Sequence[Concept] = (),
    least: float | None = None,
) -> list[Concept]:
    """The terms of aligned texts with their translations.

    Args:
        pairs: sentence pairs.
        direction: from which language into which.
        decided: a glossary whose approved terms teach the word alignment.
        least: the confidence below which nothing is listed, 0–1; None = ``termhood.bound`` of these texts.

    Returns:
        Concepts with candidate terms in their base forms, best first, names after all others, and the target
        terms of a concept best first. Each target term has its evidence. An acronym and its full form are one
        concept.

    >>> from tm.direction import Direction
    >>> from tm.model import Pair, Segment
    >>> french = "Il vend des fours à pain.", "Ce four à pain coûte cher."
    >>> portuguese = "Ele vende fornos de pão.", "Este forno de pão custa caro."
    >>> pairs = [Pair(Segment(fr), Segment(pt)) for fr, pt in zip(french, portuguese)]
    >>> concepts = extract(pairs, Direction("fr", "pt"))
    >>> [[term.text for term in concept.terms] for concept in concepts]
    [['four à pain', 'forno de pão'], ['four', 'forno'], ['pain', 'pão']]
    """
    if least is not None:
        check_share("least", least)
    pairs = list(pairs)
    gathering, sources, targets = gather(pairs, direction, decided)
    likely = judged(gathering, sources, targets, direction, least)
    small = small_words(sources, targets), small_words(targets, sources)
    languages = direction.source, direction.target
    return merge(entries(likely, gathering.acronyms, pairs, languages, small), ())


def gather(
    pairs: Sequence[Pair], direction: Direction, decided: Sequence[Concept] = ()
) -> tuple[Gathering, list[Sentence], list[Sentence]]:
    """What is seen of each phrase pair, and the sentences of both sides.

    >>> from tm.direction import Direction
    >>> from tm.model import Pair, Segment
    >>> gathering, sources, targets = gather([Pair(Segment("Le four."), Segment("O forno."))], Direction("fr", "pt"))
    >>> list(gathering.phrase_pairs), sources[0].classes
    ([('four', 'forno')], 'DN.')
    """
    sources = analyse([pair.source.text for pair in pairs], direction.source)
    targets = analyse([pair.target.text for pair in pairs], direction.target)
    dictionary = dictionary_of(direction.source, direction.target)
    if dictionary:
        sources = with_speech(sources, _speech(sources, direction.source, dictionary))
        targets = with_speech(targets, _speech(targets, direction.target, dictionary))
    for number, sentence_pair in enumerate(zip(sources, targets, strict=True)):
        sources[number], targets[number] = share_names(*sentence_pair)
    words = _words(sources, direction.source), _words(targets, direction.target)
    gathering = Gathering(direction)
    approved = dict.fromkeys(approved_words(decided, direction), _APPROVED)
    for number, links in link_words(*words, approved=approved, dictionary=dictionary):
        phrases = pair_phrases(number, sources[number], targets[number], links)
        gathering.add(sources[number], targets[number], phrases, links.trust)
    return gathering, sources, targets


def _speech(sentences: Sequence[Sentence], language: str, dictionary: Dictionary) -> dict[str, str]:
    """The parts of speech that the dictionary gives the words of one side."""
    words = sorted({sentence.lemmas[at] for sentence in sentences for at in sentence.content})
    return dict(zip(words, dictionary.speech(words, language), strict=True))


def judged(
    gathering: Gathering,
    sources: Sequence[Sentence],
    targets: Sequence[Sentence],
    direction: Direction,
    least: float | None,
) -> list[Judged]:
    """The phrase pairs that are likely enough, the best first.

    Args:
        gathering: what is seen of each phrase pair.
        sources: the sentences of one side.
        targets: those of the other.
        direction: their languages.
        least: the confidence below which none is given, 0–1; None = ``termhood.bound`` of these texts.

    >>> from tm.direction import Direction
    >>> judged(Gathering(Direction("fr", "pt")), [], [], Direction("fr", "pt"), 0.3)
    []
    """
    return judge(possible(gathering, direction), texts_of(gathering, sources, targets, direction), least)


def possible(gathering: Gathering, direction: Direction) -> dict[Key, Gathered]:
    """The phrase pairs that may be terms: neither pieces of a phrase nor of a name.

    >>> from tm.direction import Direction
    >>> possible(Gathering(Direction("fr", "pt")), Direction("fr", "pt"))
    {}
    """
    languages = direction.source, direction.target
    return {
        key: gathered
        for key, gathered in gathering.phrase_pairs.items()
        if not is_piece_of_name(gathered) and not is_piece(gathered, languages)
    }


def texts_of(
    gathering: Gathering, sources: Sequence[Sentence], targets: Sequence[Sentence], direction: Direction
) -> Texts:
    """What is known of the texts as a whole.

    >>> from tm.direction import Direction
    >>> texts_of(Gathering(Direction("fr", "pt-BR")), [], [], Direction("fr", "pt-BR")).languages
    ('fr', 'pt')
    """
    dictionary = dictionary_of(direction.source, direction.target)
    return Texts(
        sides=(
            side_of(sources, direction.source, dictionary),
            side_of(targets, direction.target, dictionary),
        ),
        tagged=tagger.has_tagger(direction.source) and tagger.has_tagger(direction.target),
        names=_names(gathering),
        acronyms=gathering.acronyms,
        dictionary=dictionary,
        size=len(sources),
        languages=(bcp47.base(direction.source), bcp47.base(direction.target)),
    )


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


def approved_words(decided: Iterable[Concept], direction: Direction) -> list[tuple[str, str]]:
    """The lemmas of approved terms of one word with those of their translations: what teaches the aligner.

    >>> from tm.direction import Direction
    >>> from tm.model import Concept, Term
    >>> oven = Concept("1", (Term("fours", "fr"), Term("forno", "pt", "approved"), Term("fogão", "pt")))
    >>> approved_words([oven], Direction("fr", "pt"))
    [('four', 'forno')]
    """
    pairs = (
        (term_key(term.text, direction.source), term_key(translation.text, direction.target))
        for concept in decided
        for term in concept.of(direction.source)
        for translation in concept.of(direction.target)
        if translation.status in ("approved", "preferred")
    )
    return [pair for pair in dict.fromkeys(pairs) if not any(" " in lemma for lemma in pair)]


def _names(gathering: Gathering) -> frozenset[str]:
    """The words of names that stand alone in at least one place; "Mayor of Lyon" makes no name of the
    mayor."""
    return frozenset(
        word
        for gathered in gathering.phrase_pairs.values()
        if gathered.named and gathered.free and set("".join(gathered.shape)) == {"P"}
        for word in gathered.words[0]
    )
