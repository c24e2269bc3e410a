"""Sentences as words: each with a letter for its class, and its lemma.

The steps, in the order in which they work:

1. ``analyse`` cuts texts into tokens and has them tagged, if there is a tagger for the language.
2. ``_class`` gives each word one letter: from its tag, from the language's own lists, or, without a tagger,
   from how often the language uses the word: function words are frequent.
3. ``_lemma`` gives each token the lemma by which its forms are one word; ``term_key`` gives those
   of any text, without tagging.
4. ``share_names`` looks at a sentence and its translation together: what is written alike on both sides is a
   name.

A sentence, worked to the end. The letters: D article, N noun, L linking preposition, A adjective:

>>> sentence = analyse(["Le four à pain des boulangers"], "fr")[0]
>>> sentence.classes, sentence.lemmas
('DNLNLN', ('', 'four', 'à', 'pain', 'de', 'boulanger'))
>>> sentence.content, sentence.surface(1, 4), sentence.key(1, 4)
((1, 3, 5), 'four à pain', 'four à pain')
"""

from __future__ import annotations

import functools
import re
import sys
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm.language import fold, readings, tagger
from tm.language.languages import language_of
from tm.language.lemmas import general_rate, is_acronym, lemma, without_genitive
from tm.language.unspaced import word_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CLASSES = {
    "NOUN": "N",
    "PROPN": "P",
    "X": "P",
    "ADJ": "A",
    "VERB": "V",
    "ADV": "R",
    "NUM": "M",
    "ADP": "O",
    "DET": "D",
}
"""The letter of each universal tag that counts here. ``L`` is a preposition that links the parts of terms,
``p`` a participle, ``#`` a number in digits, ``.`` all the rest."""

_CONTRADICTED = {("N", kind): "N" for kind in "AVpR"} | {("A", kind): "A" for kind in "NV"}
"""What a word is that a dictionary has only as this and the tagger takes for that."""

CONTENT = "NPAVpRM#"
"""The classes of words that carry meaning."""

_FUNCTION_RATE = 400.0
"""Uses per million words above which a word is a function word, where there is neither a tagger nor a list of
stop words.
No measurement is kept: in English, *still* and *why* are above it, *brake*, *bread* and *wheel* below."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """An analysed sentence; ``starts``, ``ends``, ``classes`` and ``lemmas`` have one value for each token.

    Attributes:
        text: the sentence, unchanged.
        starts: where each token begins.
        ends: where each token ends.
        classes: the letter of each token, see ``_CLASSES``.
        lemmas: folded. A contracted or elided token has the lemma of the first word that it stands for, an
            article "".
        content: numbers of the tokens that carry meaning.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    classes: str
    lemmas: tuple[str, ...]
    content: tuple[int, ...]

    def surface(self, start: int, end: int) -> str:
        """The text of the tokens from start to end (exclusive).

        >>> analyse(["Un pain au levain"], "fr")[0].surface(1, 4)
        'pain au levain'
        """
        return self.text[self.starts[start] : self.ends[end - 1]]

    def spelling(self, start: int, end: int) -> str:
        """The text of these tokens, each run of white space one space.

        >>> analyse(["Un pain  au levain"], "fr")[0].spelling(1, 4)
        'pain au levain'
        """
        return " ".join(self.text[self.starts[start] : self.ends[end - 1]].split())

    def words(self, start: int, end: int) -> tuple[str, ...]:
        """The lemmas of those of these tokens that carry meaning.

        >>> analyse(["Un pain au levain"], "fr")[0].words(0, 4)
        ('pain', 'levain')
        """
        content, lemmas = self.content, self.lemmas
        places = content[bisect_left(content, start) : bisect_left(content, end)]
        return tuple([lemmas[at] for at in places])

    def key(self, start: int, end: int) -> str:
        """The lemmas of these tokens without articles: the same for the forms of one term.

        >>> analyse(["Les fours de la boulangerie"], "fr")[0].key(1, 5)
        'four de boulangerie'
        """
        return " ".join(filter(None, self.lemmas[start:end]))


def analyse(texts: Sequence[str], language: str) -> list[Sentence]:
    """Tokens, classes and lemmas of sentences.

    >>> sentence = analyse(["Le four de la boulangère"], "fr")[0]
    >>> sentence.classes, sentence.key(1, 5)
    ('DNLDN', 'four de boulanger')
    """
    tokenised = [word_tokens(text, language) for text in texts]
    forms = [[token.text for token in sentence] for sentence in tokenised]
    tagged = (
        tagger.tag(forms, language) if tagger.has_tagger(language) else [[""] * len(form) for form in forms]
    )
    sentences = []
    for text, sentence, tags in zip(texts, tokenised, tagged, strict=True):
        classes = "".join(
            _class(token.text, tag, language)
            if token.kind == "word"
            else "#"
            if token.kind == "number"
            else "."
            for token, tag in zip(sentence, tags, strict=True)
        )
        # A participle with a complement of its own (based on, paid by) is a verb, not part of a term.
        classes = re.sub("p(?=O)", "V", classes)
        sentences.append(
            Sentence(
                text,
                tuple(token.start for token in sentence),
                tuple(token.end for token in sentence),
                classes,
                tuple(
                    (kind == "N" and _noun_of(token.text, language)) or _lemma(token.text, language)
                    for token, kind in zip(sentence, classes, strict=True)
                ),
                _content(classes),
            )
        )
    return sentences


def _content(classes: str) -> tuple[int, ...]:
    return tuple(at for at, kind in enumerate(classes) if kind in CONTENT)


def term_key(text: str, language: str) -> str:
    """The same for two spellings of one term: its lemmas without articles.

    >>> term_key("les fours de la boulangerie", "fr") == term_key("four de boulangerie", "fr")
    True
    """
    lemmas = (_lemma(token.text, language) for token in word_tokens(text, language))
    return " ".join(filter(None, lemmas))


def with_speech(sentences: Sequence[Sentence], speech: Mapping[str, str]) -> list[Sentence]:
    """The sentences with the classes of a dictionary where the tagger contradicts it: what it has only as a noun
    is no verb and no adjective, what it has only as an adjective is neither noun nor verb.

    Args:
        sentences: of one side.
        speech: lemma → letters of the parts of speech that a dictionary gives it, "" if it has none.

    >>> sentence = replace(analyse(["apprentissage profond"], "fr")[0], classes="AN")
    >>> with_speech([sentence], {"apprentissage": "N", "profond": "A"})[0].classes
    'NA'
    """
    corrected = []
    for sentence in sentences:
        classes = "".join(
            _CONTRADICTED.get((speech.get(lemma, ""), kind), kind)
            for lemma, kind in zip(sentence.lemmas, sentence.classes, strict=True)
        )
        corrected.append(sentence if classes == sentence.classes else replace(sentence, classes=classes))
    return corrected


def share_names(source: Sentence, target: Sentence) -> tuple[Sentence, Sentence]:
    """The two sentences with the words of names marked ``P``.

    A name is written alike on both sides, begins with a capital and is no function word. A word between two
    words of names that is the same on both sides belongs to the name ("Museum of Bread").

    >>> source, target = analyse(["Visitez Bread and Co"], "fr")[0], analyse(["Visite Bread and Co"], "pt")[0]
    >>> [sentence.classes[1:] for sentence in share_names(source, target)]
    ['PPP', 'PPP']
    """
    source_forms, target_forms = _forms(source), _forms(target)
    shared = {form for form in set(source_forms) & set(target_forms) if len(form) > 2 and form[0].isupper()}
    return (
        _named(source, source_forms, shared, set(target_forms)),
        _named(target, target_forms, shared, set(source_forms)),
    )


def _forms(sentence: Sentence) -> list[str]:
    return [sentence.text[start:end] for start, end in zip(sentence.starts, sentence.ends, strict=True)]


def _named(sentence: Sentence, forms: list[str], shared: set[str], translation: set[str]) -> Sentence:
    """The sentence with its names marked; ``shared`` are surely names, ``translation`` all words of the other
    side."""
    names = [
        form in shared and _may_name(form, kind) for form, kind in zip(forms, sentence.classes, strict=True)
    ]
    for at in range(1, len(names) - 1):
        if names[at - 1] and forms[at + 1] in shared and forms[at] in translation and forms[at].isalpha():
            names[at] = True
    if not any(names):
        return sentence
    classes = "".join("P" if name else kind for name, kind in zip(names, sentence.classes, strict=True))
    return replace(sentence, classes=classes, content=_content(classes))


def _may_name(form: str, kind: str) -> bool:
    """Whether a word of this class may be a name."""
    return kind in "NPAVRp" or (kind == "." and form.isalpha())


@functools.lru_cache(maxsize=1 << 16)
def _class(form: str, tag: str, language: str) -> str:
    """The letter of a word, from its universal tag ("" without a tagger)."""
    rules = language_of(language)
    if is_acronym(form):
        return "P"
    if fold(form) in rules.months:
        return "M"
    if not tag:
        common = fold(form) in rules.stop_words or general_rate(fold(form), language) > _FUNCTION_RATE
        return "." if common else "N"
    if tag == "CCONJ":
        return "C"
    if tag == "NOUN" and _noun_of(form, language):
        return "N"
    if fold(form) in rules.stop_words and tag not in ("ADP", "DET"):
        if rules.linking and tag not in ("PRON", "SCONJ") and _lemma(form, language) in rules.linking:
            return "L"
        return "r" if tag in ("ADV", "PART") else "."
    if (
        tag == "VERB"
        and rules.participle
        and re.search(rules.participle, f"{fold(form)} {lemma(form, language)}")
    ):
        return "p"
    if tag == "ADP" and (not rules.linking or _lemma(form, language) in rules.linking):
        return "L"
    if tag == "DET" and rules.articles:
        # "durée d'un projet", "durée de ce projet" speak of one thing; a term names a kind.
        return "D" if fold(form) in rules.articles.keys() - rules.numerals.keys() else "."
    return _CLASSES.get(tag, ".")


@functools.lru_cache(maxsize=1 << 16)
def _noun_of(form: str, language: str) -> str:
    """The noun of which a function word is a form, too: Portuguese "nós", we, is the plural of "nó", node; ""
    if there is none.

    >>> _noun_of("nós", "pt"), _noun_of("todos", "pt"), _noun_of("redes", "pt")
    ('nó', '', '')
    """
    stop_words = language_of(language).stop_words
    if fold(form) not in stop_words or not readings.has_readings(language):
        return ""
    nouns = (
        fold(reading.lemma) for reading in readings.readings(fold(form), language) if reading.part == "NOUN"
    )
    return next((noun for noun in nouns if noun not in stop_words), "")


@functools.lru_cache(maxsize=1 << 16)
def _lemma(form: str, language: str) -> str:
    """The lemma of a token, of a contracted or elided one that of its first word; "" for an article."""
    rules = language_of(language)
    folded = fold(form)
    if folded in rules.articles and folded not in rules.contractions:
        return ""
    contracted = rules.contractions.get(folded)
    owner = without_genitive(folded, language)
    return sys.intern(contracted[0] if contracted else lemma(form if owner == folded else owner, language))
