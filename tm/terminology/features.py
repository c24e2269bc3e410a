"""What can be counted of a phrase pair, as numbers: what the judge of terms looks at.

``SIDE_FEATURES`` are counted of each side, ``WORD_FEATURES`` of each word of a side, and of them the first,
the last, the least and the greatest are taken; ``PAIR_FEATURES`` are counted of both sides together.
``names`` lists all of them in the order of the columns of ``matrix``.

The steps of ``matrix``, in the order in which they work:

1. ``_side_columns`` counts each phrase of a side, with ``_of_shape``; the words were counted by ``sides.py``.
2. ``_pair_columns`` compares both sides, with ``_of_rivals``, ``_of_spelling`` and ``_of_dictionary``.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from tm.language.text import without_accents
from tm.terminology import candidates
from tm.terminology.gathering import NEIGHBOURS
from tm.terminology.sentences import CONTENT
from tm.terminology.sides import WORD_FEATURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tm.terminology.dictionary import Dictionary
    from tm.terminology.gathering import Gathered, Key
    from tm.terminology.sides import Side

    Floats = NDArray[np.floating[Any]]

SIDE_FEATURES = {
    "words": "how many content words it has",
    "links": "how many prepositions, articles and the like stand between them",
    "nouns": "how many of its words are nouns or names here",
    "names": "how many are names, acronyms among them",
    "adjectives": "how many are adjectives or participles",
    "verbs": "how many are verbs",
    "others": "how many are adverbs, numbers or months",
    "noun phrase": "whether it has the pattern of a noun phrase",
    "begins with adjective": "whether its first word is an adjective or participle",
    "ends with participle": "whether its last word is a participle",
    "begins with function word": "whether it begins with a preposition or a negation",
    "article inside": "whether an article stands in it",
    "other preposition inside": "whether a preposition stands in it that seldom links terms",
    "and, or inside": "whether it joins two things",
    "link after adjective": "whether a preposition follows an adjective in it",
    "adjective after link": "whether an adjective follows a preposition in it",
    "count": "how often it stands in the texts, whatever translates it, as a power of two",
    "per first word": "how often it stands there for each place of its first word",
    "per last word": "how often it stands there for each place of its last word",
    "per rarest word": "how often it stands there for each place of its rarest word",
    "cohesion": "how much more often it stands there than its words would meet by chance, as a power of two",
    "same before": "largest share of its places with one and the same word before it",
    "same behind": "largest share of its places with one and the same word behind it",
    "translated": "share of its places where it has this translation",
    "capital": "share of places where it begins with a capital, the first of a sentence aside",
    "quoted": "share of places in quotation marks or brackets",
    **{f"before: {name}": f"share of places where {name} stands before it" for name in NEIGHBOURS},
    **{f"behind: {name}": f"share of places where {name} stands behind it" for name in NEIGHBOURS},
}
"""What is counted of each side of a phrase pair."""

PAIR_FEATURES = {
    "count": "how often the phrases translate each other, as a power of two",
    "overlap": "how far the links of their words stay between them, 0–1",
    "trust": "how far the sentences around them translate each other, 0–1",
    "both noun phrases": "share of places where both are noun phrases",
    "free": "share of places where no longer noun phrase holds them",
    "within": "how many different longer noun phrases hold them, as a power of two",
    "rival": "how much oftener the source phrase has its commonest translation, as a power of two",
    "overlap below rival": "how much better the links of the source phrase's best translation stay together",
    "overlap below target rival": "the same for the target phrase",
    "length apart": "how many more words the source phrase has",
    "alike": "how alike the phrases are spelt, 0–1",
    "first words alike": "how alike their first words are spelt, 0–1",
    "same": "whether they are written the same, accents aside",
    "same pattern": "whether their words are of the same kinds",
    "rate apart": "how far apart the general rates of their words are, as a power of ten",
    "one article for two": "share of places where an article or the like stands before two joined nouns",
    "name in phrase": "whether a word is a name by itself elsewhere, but the phrase is not",
    "has an acronym": "whether the texts introduce an acronym for the source phrase",
    "in the dictionary": "whether the dictionary has the phrase with this translation",
    "words in the dictionary": "share of the source words whose translation in the dictionary is in the target",
    "first words in the dictionary": "whether the dictionary translates the first word by the first word",
}
"""What is counted of both sides together."""

_JOINED = re.compile(r"A?[NP][Ap]?CA?[NP][Ap]?")
"""Two nouns joined by "and" or "or", the second without an article."""

_USUAL_LIKENESS = 0.75
"""How alike a French term and its Portuguese translation are spelt, on average."""

_SIDES = ("source", "target")
_PICKS = ("first", "last", "least", "most")


def names() -> list[str]:
    """The names of the columns of ``matrix``.

    >>> len(names()), names()[0], names()[-1]
    (201, 'source: words', 'first words in the dictionary')
    """
    columns = []
    for side in _SIDES:
        columns += [f"{side}: {name}" for name in SIDE_FEATURES]
        columns += [f"{side}: {name} ({pick} word)" for name in WORD_FEATURES for pick in _PICKS]
    return [*columns, *PAIR_FEATURES]


@dataclass(frozen=True, slots=True)
class Texts:
    """What is known of the texts as a whole.

    Attributes:
        sides: their words and phrases.
        tagged: whether there is a tagger for both languages.
        names: source words that are names by themselves in these texts: a phrase with one of them is about
            somebody.
        acronyms: keys of full forms → keys of the acronyms that the texts introduce for them.
        size: how many sentence pairs they are.
        dictionary: what translates their words, if anything does.
        languages: base tags of the source and the target language.
    """

    sides: tuple[Side, Side]
    tagged: bool
    names: frozenset[str]
    acronyms: Mapping[Key, Key]
    size: int
    dictionary: Dictionary | None
    languages: tuple[str, str]


def matrix(phrase_pairs: Mapping[Key, Gathered], texts: Texts) -> Floats:
    """One row for each phrase pair, one column for each of ``names``.

    Numbers are rounded, so that no machine's way to add decides on which side of a bound one falls.
    """
    import numpy as np

    keys, gathered = list(phrase_pairs), list(phrase_pairs.values())
    columns: list[Floats] = []
    for number, side in enumerate(texts.sides):
        columns += _side_columns([key[number] for key in keys], gathered, number, side)
    columns += _pair_columns(keys, gathered, texts)
    return np.round(np.column_stack(columns), 3)


def _side_columns(
    keys: Sequence[str], gathered: Sequence[Gathered], number: int, side: Side
) -> Iterator[Floats]:
    """The columns of one side, number 0 or 1."""
    import numpy as np

    counts = np.array([pair.count for pair in gathered], np.float64)
    sizes = np.array([len(pair.words[number]) for pair in gathered])
    words = np.zeros((len(gathered), int(sizes.max(initial=1))), np.int64)
    for row, pair in enumerate(gathered):
        words[row, : sizes[row]] = [side.numbers[word] for word in pair.words[number]]
    is_word = np.arange(words.shape[1]) < sizes[:, None]
    last = words[np.arange(len(words)), sizes - 1]
    total = np.maximum([side.phrases[key] for key in keys], counts)
    chance = np.where(is_word, np.log2(side.counts[words] / max(1, side.tokens)), 0.0).sum(1)
    yield from np.array([_of_shape(pair.shape[number]) for pair in gathered], np.float64).T
    yield np.log2(total)
    yield total / side.counts[words[:, 0]]
    yield total / side.counts[last]
    yield total / np.where(is_word, side.counts[words], np.inf).min(1)
    yield np.log2(total / max(1, side.tokens)) - chance
    yield np.array([side.same_before.get(key, 0.0) for key in keys])
    yield np.array([side.same_behind.get(key, 0.0) for key in keys])
    yield counts / total
    yield np.array([pair.capitals[number] for pair in gathered]) / counts
    yield np.array([pair.quoted[number] for pair in gathered]) / counts
    yield from (np.array([pair.before[number] for pair in gathered]) / counts[:, None]).T
    yield from (np.array([pair.behind[number] for pair in gathered]) / counts[:, None]).T
    for column in side.table.T:
        yield column[words[:, 0]]
        yield column[last]
        yield np.where(is_word, column[words], np.inf).min(1)
        yield np.where(is_word, column[words], -np.inf).max(1)


@functools.lru_cache(maxsize=1 << 14)
def _of_shape(shape: str) -> tuple[float, ...]:
    """The first of ``SIDE_FEATURES``, which the classes of the tokens tell.

    >>> dict(zip(SIDE_FEATURES, _of_shape("NLDNA")))["adjectives"]
    1
    """
    kinds = [kind for kind in shape if kind in CONTENT]
    return (
        len(kinds),
        len(shape) - len(kinds),
        sum(kind in "NP" for kind in kinds),
        kinds.count("P"),
        sum(kind in "Ap" for kind in kinds),
        kinds.count("V"),
        sum(kind in "RM#" for kind in kinds),
        candidates.has_noun_pattern(shape),
        kinds[0] in "Ap",
        kinds[-1] == "p",
        shape[0] not in CONTENT,
        "D" in shape,
        "O" in shape,
        "C" in shape,
        re.search("[Ap]L", shape) is not None,
        re.search("LD?A", shape) is not None,
    )


def _pair_columns(keys: Sequence[Key], gathered: Sequence[Gathered], texts: Texts) -> Iterator[Floats]:
    """The columns of both sides together, as in ``PAIR_FEATURES``."""
    import numpy as np

    counts = np.array([pair.count for pair in gathered], np.float64)
    overlap = np.array([pair.overlap for pair in gathered]) / counts
    yield np.log2(counts)
    yield overlap
    for name in ("trust", "strict", "free"):
        yield np.array([getattr(pair, name) for pair in gathered]) / counts
    yield np.log2([1 + len(pair.within) for pair in gathered])
    yield from _of_rivals(keys, counts, overlap)
    yield np.array([len(pair.words[0]) - len(pair.words[1]) for pair in gathered], np.float64)
    yield from _of_spelling(keys, texts.languages)
    yield np.array([_pattern(pair.shape[0]) == _pattern(pair.shape[1]) for pair in gathered], np.float64)
    rates = [dict(zip(side.numbers, side.table[:, 0].tolist(), strict=True)) for side in texts.sides]
    yield np.array([_rates_apart(pair, rates) for pair in gathered])
    yield np.array([_one_article(pair) / pair.count for pair in gathered])
    is_name_inside = [not texts.names.isdisjoint(pair.words[0]) and not pair.named for pair in gathered]
    yield np.array(is_name_inside, np.float64)
    abbreviated = {full for full, _ in texts.acronyms}
    yield np.array([source in abbreviated for source, _ in keys], np.float64)
    yield from _of_dictionary(keys, gathered, texts.dictionary)


def _one_article(gathered: Gathered) -> int:
    """In how many places both nouns of "droits et obligations" share what stands before them: joined for the
    moment, things have an article each.

    >>> from tm.terminology.gathering import Gathered
    >>> joined = Gathered(("NCN", "NCN"), (("droit", "devoir"), ("direito", "dever")), count=1)
    >>> joined.before[0][NEIGHBOURS.index("an article")] = 1
    >>> _one_article(joined)
    1
    """
    if not all(_JOINED.fullmatch(shape) for shape in gathered.shape):
        return 0
    return sum(gathered.before[0][NEIGHBOURS.index(name)] for name in ("an article", "another word"))


@functools.lru_cache(maxsize=1 << 14)
def _pattern(shape: str) -> str:
    """The classes of the content words."""
    return "".join(kind for kind in shape if kind in CONTENT)


def _of_rivals(keys: Sequence[Key], counts: Floats, overlap: Floats) -> Iterator[Floats]:
    """How the other translations of the same phrases compare."""
    import numpy as np

    numbers = [np.unique([key[side] for key in keys], return_inverse=True)[1].ravel() for side in (0, 1)]
    best_count = np.zeros(len(keys))
    np.maximum.at(best_count, numbers[0], counts)
    yield np.log2(best_count[numbers[0]] / counts)
    for number in numbers:
        best_overlap = np.zeros(len(keys))
        np.maximum.at(best_overlap, number, overlap)
        yield best_overlap[number] - overlap


def _of_spelling(keys: Sequence[Key], languages: tuple[str, str]) -> Iterator[Floats]:
    """How alike the phrases are spelt; where a phrase is its own translation, as two languages have it."""
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    if languages[0] == languages[1]:
        yield from np.array([_USUAL_LIKENESS, _USUAL_LIKENESS, 0.0])[:, None] * np.ones(len(keys))
        return
    plain = [[without_accents(key[side]) for key in keys] for side in (0, 1)]
    first = [[key.partition(" ")[0] for key in side] for side in plain]
    for sides in (plain, first):
        yield process.cpdist(*sides, scorer=JaroWinkler.normalized_similarity, dtype=np.float64)
    yield np.array([one == other for one, other in zip(*plain, strict=True)], np.float64)


def _rates_apart(gathered: Gathered, rates: Sequence[Mapping[str, float]]) -> float:
    """How far apart the general rates are, per word; words of both sides do not count."""
    (one, other), (first, second) = gathered.words, rates
    return abs(
        sum([first[word] for word in one if word not in other]) / len(one)
        - sum([second[word] for word in other if word not in one]) / len(other)
    )


def _of_dictionary(
    keys: Sequence[Key], gathered: Sequence[Gathered], dictionary: Dictionary | None
) -> Iterator[Floats]:
    """Which translations the dictionary has too."""
    import numpy as np

    if dictionary is None:
        yield from np.zeros((3, len(keys)))
        return
    word_pairs = list({words for pair in gathered for words in product(*pair.words)})
    hashes = []
    for side, words in enumerate(zip(*word_pairs, strict=True)):
        distinct = list(set(words))
        hash_of = dict(zip(distinct, dictionary.hashes(side, distinct).tolist(), strict=True))
        hashes.append(np.array([hash_of[word] for word in words], np.uint32))
    known = dict(zip(word_pairs, dictionary.translates_hashes(*hashes).tolist(), strict=True))
    yield dictionary.translates(*zip(*keys, strict=True)).astype(np.float64)
    yield np.array(
        [
            sum(any(known[one, other] for other in pair.words[1]) for one in pair.words[0])
            / len(pair.words[0])
            for pair in gathered
        ]
    )
    yield np.array([known[pair.words[0][0], pair.words[1][0]] for pair in gathered], np.float64)
