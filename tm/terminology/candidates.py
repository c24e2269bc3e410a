"""Sentences as words with their classes, and the noun phrases among them that may be terms.

Justeson & Katz (1995), "Technical terminology: some linguistic properties and an algorithm for identification in text":
a term is a noun phrase of a few patterns. Where there is a tagger for the language the patterns run over its tags; where
there is none, over the two classes that a word's general rate tells apart, content words and function words.
"""

from __future__ import annotations

import functools
import re
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm.language import fold, tagger, tokens
from tm.language.languages import language as language_of
from tm.language.lemmas import general_rate, is_acronym, lemma

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
"""One letter for each universal tag that counts here; ``L`` is a preposition that links the parts of terms, ``p`` a
participle, ``#`` a number in digits, ``.`` all the rest."""

CONTENT = "NPAVpRM#"
_UNIT = r"A{0,2}[NP]+(?:[NP]|R?[Ap]){0,2}"
_LINK = rf"L(?:D?{_UNIT}|MN)"
_CHUNK = re.compile(rf"{_UNIT}(?:{_LINK})*")
_PHRASE = re.compile(rf"{_UNIT}(?:{_LINK}){{0,3}}")
_UNTAGGED = re.compile(r"[NP]{1,4}")
_PARTNER = re.compile(r"(?=[^NPp]*[NPp])[NPAp](?:[NPAVpRMLOD#]*[NPApVM#])?")
LONGEST = 6
"""Content words of a term; longer phrases are sentences' business."""

_FUNCTION_RATE = (
    400.0  # per million; a word that a language uses more often is a function word where nothing else tells
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """An analysed sentence; the tuples are of one length.

    Attributes:
        text: as it came.
        starts: where each token begins.
        ends: where each token ends.
        classes: a letter for each token, see above.
        lemmas: folded; of contracted and elided words that of the first word they stand for; "" for articles.
        content: numbers of the tokens that carry meaning.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    classes: str
    lemmas: tuple[str, ...]
    content: tuple[int, ...]

    def surface(self, start: int, end: int) -> str:
        """The text of the tokens from start to end (exclusive)."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def key(self, start: int, end: int) -> str:
        """The lemmas of these tokens without articles: the same for the forms of one term."""
        return " ".join(lemma for lemma in self.lemmas[start:end] if lemma)


def analyse(texts: Sequence[str], language: str) -> list[Sentence]:
    """Tokens, classes and lemmas of sentences.

    >>> sentence = analyse(["Le four de la boulangère"], "fr")[0]
    >>> sentence.classes, sentence.key(1, 5)
    ('DNLDN', 'four de boulanger')
    """
    parted = [tokens(text, language) for text in texts]
    forms = [[token.text for token in sentence] for sentence in parted]
    tagged = (
        tagger.tag(forms, language) if tagger.has_tagger(language) else [[""] * len(form) for form in forms]
    )
    result = []
    for text, sentence, tags in zip(texts, parted, tagged, strict=True):
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
        result.append(
            Sentence(
                text,
                tuple(token.start for token in sentence),
                tuple(token.end for token in sentence),
                classes,
                tuple(_lemma(token.text, language) for token in sentence),
                tuple(at for at, kind in enumerate(classes) if kind in CONTENT),
            )
        )
    return result


def word_keys(text: str, language: str) -> list[tuple[str, int, int]]:
    """What a term's words are recognised by: each token's lemma ("" for an article), with its start and end in the text.

    >>> [key for key, _, _ in word_keys("nas padarias da cidade", "pt")]
    ['em', 'padaria', 'de', 'cidade']
    """
    return [(_lemma(token.text, language), token.start, token.end) for token in tokens(text, language)]


def term_key(text: str, language: str) -> str:
    """The same for two spellings of one term: its lemmas without articles.

    >>> term_key("les fours de la boulangerie", "fr") == term_key("four de boulangerie", "fr")
    True
    """
    return " ".join(key for key, _, _ in word_keys(text, language) if key)


def share_names(source: Sentence, target: Sentence) -> tuple[Sentence, Sentence]:
    """The two with names marked as such: what is written alike on both sides, begins with a capital and is no common word.

    A word between two such words that is the same on both sides belongs to the name ("Museum of Bread").
    """
    ours, theirs = _forms(source), _forms(target)
    shared = {form for form in set(ours) & set(theirs) if len(form) > 2 and form[0].isupper()}
    return _named(source, ours, shared, set(theirs)), _named(target, theirs, shared, set(ours))


def _may_name(form: str, kind: str) -> bool:
    return kind in "NPAVRp" or (kind == "." and form.isalpha())


def _forms(sentence: Sentence) -> list[str]:
    return [sentence.text[start:end] for start, end in zip(sentence.starts, sentence.ends, strict=True)]


def _named(sentence: Sentence, forms: list[str], shared: set[str], other: set[str]) -> Sentence:
    names = [
        form in shared and _may_name(form, kind) for form, kind in zip(forms, sentence.classes, strict=True)
    ]
    for at in range(1, len(names) - 1):
        if names[at - 1] and forms[at + 1] in shared and forms[at] in other and forms[at].isalpha():
            names[at] = True
    if not any(names):
        return sentence
    classes = "".join("P" if name else kind for name, kind in zip(names, sentence.classes, strict=True))
    return replace(
        sentence, classes=classes, content=tuple(at for at, kind in enumerate(classes) if kind in CONTENT)
    )


def phrases(sentence: Sentence, *, tagged: bool) -> Iterator[tuple[int, int]]:
    """The noun phrases of a sentence, those within others included, and its adjectives and verbs, as token ranges."""
    for found in (_CHUNK if tagged else _UNTAGGED).finditer(sentence.classes):
        for start, end in _parts(found[0], tagged=tagged):
            yield found.start() + start, found.start() + end
    for at, kind in enumerate(sentence.classes):
        if kind in "AV":
            yield at, at + 1


def is_partner(sentence: Sentence, start: int, end: int) -> bool:
    """Whether these tokens may translate a noun phrase although the tagger did not see one in them."""
    return _PARTNER.fullmatch(sentence.classes, start, end) is not None


_BESIDE = re.compile(r"[NPAp]")
_LINKED = re.compile(r"LD?[NPA]")
_BEFORE = re.compile(r"(?:[NPAp]|[NPAp]LD?)$")


def goes_on(sentence: Sentence, end: int) -> float:
    """How likely a noun phrase that ends here is cut off: 1 when a noun or adjective follows, less when a linked one does."""
    if _BESIDE.match(sentence.classes, end):
        return 1.0
    return 0.4 if _LINKED.match(sentence.classes, end) else 0.0


def comes_from(sentence: Sentence, start: int) -> bool:
    """Whether a noun phrase that begins here could begin before."""
    return _BEFORE.search(sentence.classes, max(0, start - 3), start) is not None


@functools.lru_cache(maxsize=1 << 16)
def _parts(classes: str, *, tagged: bool) -> tuple[tuple[int, int], ...]:
    pattern = _PHRASE if tagged else _UNTAGGED
    return tuple(
        (start, end)
        for start in range(len(classes))
        for end in range(start + 1, len(classes) + 1)
        if sum(kind in CONTENT for kind in classes[start:end]) <= LONGEST
        and pattern.fullmatch(classes, start, end)
    )


@functools.lru_cache(maxsize=1 << 16)
def _class(form: str, tag: str, language: str) -> str:
    known = language_of(language)
    if is_acronym(form):
        return "P"
    if fold(form) in known.months:
        return "M"
    if not tag:
        common = fold(form) in known.stop_words or general_rate(fold(form), language) > _FUNCTION_RATE
        return "." if common else "N"
    if fold(form) in known.stop_words and tag not in ("ADP", "DET"):
        return "."
    if (
        tag == "VERB"
        and known.participle
        and re.search(known.participle, f"{fold(form)} {lemma(form, language)}")
    ):
        return "p"
    if tag == "ADP" and (not known.linking or _lemma(form, language) in known.linking):
        return "L"
    if tag == "DET" and known.articles:
        # "durée d'un projet", "durée de ce projet" speak of one thing; a term names a kind.
        return "D" if fold(form) in known.articles.keys() - known.numerals.keys() else "."
    return _CLASSES.get(tag, ".")


@functools.lru_cache(maxsize=1 << 16)
def _lemma(form: str, language: str) -> str:
    """The lemma of a token, of a contracted or elided one that of its first word; "" for an article."""
    known = language_of(language)
    folded = fold(form)
    if folded in known.articles and folded not in known.contractions:
        return ""
    contracted = known.contractions.get(folded)
    return sys.intern(contracted[0] if contracted else lemma(form, language))
