"""Whether a word is the noun or the verb, where its form can be both: asked only then.

1. ``is_asked`` says whether the readings of a form leave it open.
2. ``Parts.reads`` first looks at the words around: behind a pronoun a verb stands, behind a determiner a
   noun, behind *être*, *avoir*, *ser* or *ter* a participle; a determiner stands behind a verb.
3. Where they say nothing, ``Parts`` has the text tagged, once; ``Parts.tag_together`` tags many texts before.

>>> from tm.terminology.wording import word_row
>>> for text in ("Elle ferme la porte.", "La ferme est loin."):
...     row = word_row(text, "fr")
...     print(row.parts.reads(row.token(row.places["ferme"][0]), "NOUN"))
False
True
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tm import bcp47
from tm.language import fold, tagger
from tm.language.languages import language_of
from tm.language.readings import has_readings, is_entry, readings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.terminology.wording import Row

NOMINAL = frozenset({"NOUN", "ADJ", "PROPN", "X", "NUM", "SYM"})
"""The tags of a word that stands as a noun term does."""

_AUXILIARIES = frozenset("être avoir ser estar ter haver ficar".split())

_PARTICIPLE = {
    "fr": tuple("é ée és ées i ie is ies u ue us ues t ts te tes ise ises".split()),
    "pt": tuple(stem + ending for stem in ("d", "t", "rs", "st", "ess") for ending in ("o", "a", "os", "as")),
}
"""Endings of participles."""

_BEFORE_INFINITIVE = frozenset("de d' à a pour para sans sem".split())

_BEFORE_VERB = {
    "fr": frozenset("il elle on ils elles je j' tu ne n' se s' me m' te t' y qui".split()),
    "pt": frozenset(
        "ele ela eles elas eu tu você vocês se me te lhe lhes não que quem nunca ninguém".split()
    ),
}
"""Words that a verb follows, and no noun."""

_PRONOUNS = {"fr": frozenset("il elle on ils elles je j' ne n'".split()), "pt": frozenset("eu tu".split())}
"""Words that nothing but a verb, or another pronoun, follows."""

_BEFORE_NOUN = {
    "fr": frozenset(
        """
        un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leurs
        chaque plusieurs quelques aucun aucune toute toutes certains certaines nul nulle telle telles
        deux trois quatre cinq six dix d' de quel quelle quels quelles
        """.split()
    ),
    "pt": frozenset(
        """
        todo toda todos todas qualquer algum alguma alguns algumas nenhum nenhuma outro outra
        um uma uns umas do da dos das no na nas ao aos à às pelo pela pelos pelas este esta estes estas esse
        essa esses essas aquele aquela meu minha meus minhas seu sua seus suas nosso nossa cada vários várias
        dois duas três quatro cinco de num numa neste nesta nesse nessa deste desta desse dessa
        """.split()
    ),
}
"""Words that a noun follows, and no finite verb."""

_AFTER_VERB = {
    "fr": frozenset(
        "le la les l' un une ce cette ces mon ma mes son sa ses notre nos votre vos leurs".split()
    ),
    "pt": frozenset(
        "o os as um uma este esta esse essa meu minha seu sua nosso nossa isso isto tudo".split()
    ),
}
"""Words that follow a verb which has an object."""

_PLURAL = frozenset(
    "les des ces mes tes ses nos vos leurs os as dos das nos nas estes estas seus suas".split()
)
"""Determiners behind whose noun no singular verb stands."""

_CLAUSE = frozenset(
    ". ; : ! ? , ( ) « » \" – — … qui que qu' dont où si s' quand lorsque lorsqu' car mais donc et ou"
    " quem cujo cuja onde se quando mas porque e".split()
)
"""Tokens at which a clause may begin or end."""

_NEGATED = frozenset("personne pas point rien".split())
"""French nouns that are pronouns or adverbs beside *ne*."""

_DEGREE = frozenset("très trop si plus moins assez aussi peu muito tão mais menos bem pouco".split())
"""Adverbs behind which no noun stands, but an adjective."""

_LINKS = frozenset(
    "de d' du des à au aux en et ou , ; : ( sans par pour sur e do da dos das com em a ao".split()
)
"""Words that stand before a noun, or between nouns: the determiner behind says little there."""

_ARTICLES = {"fr": frozenset("le la les l'".split()), "pt": frozenset("o a os as".split())}
"""Articles that are pronouns as well."""

_BEFORE_PRONOUN = {
    "fr": frozenset("il elle on ils elles je j' tu ne n' nous vous me te se".split()),
    "pt": frozenset({"não"}),
}
"""Words behind which an article is a pronoun."""


@functools.lru_cache(maxsize=1 << 14)
def is_asked(form: str, language: str, part: str) -> bool:
    """Whether a form can be something else than a term of this part of speech.

    >>> [is_asked(form, "fr", "NOUN") for form in ("porte", "boulangerie")]
    [True, False]
    """
    if not has_readings(language) or not tagger.has_tagger(language):
        return False
    folded = fold(form)
    if folded in language_of(language).stop_words:
        return True
    nominal = {reading.part in NOMINAL for reading in readings(folded, language)}
    return (part == "VERB") in nominal


@functools.cache
def _locutions(base: str) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """By each of their words the locutions of a language, with the number of words before it."""
    by_word: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for locution in language_of(base).locutions:
        words = tuple(locution.replace("'", "' ").split())
        for at, word in enumerate(words):
            by_word.setdefault(word, []).append((at, words))
    return by_word


class Parts:
    """What the words of one text are.

    Args:
        row: its words.
    """

    def __init__(self, row: Row) -> None:
        """Tag nothing yet."""
        self._forms = row.tokens
        self._language = row.language

    @staticmethod
    def tag_together(several: Sequence[Parts], language: str) -> None:
        """Tag texts of one language side by side, which takes a third of the time.

        >>> from tm.terminology.wording import word_row
        >>> several = [Parts(word_row(text, "fr")) for text in ("Il mange un pain.", "La maison est grande.")]
        >>> Parts.tag_together(several, "fr")
        >>> [parts.tag(1) for parts in several]
        ['VERB', 'NOUN']
        """
        if several and tagger.has_tagger(language):
            tags = tagger.tag([parts._tagged_forms() for parts in several], language)
            for parts, tags_of_one in zip(several, tags, strict=True):
                parts._tags = tags_of_one

    def reads(self, token: int, part: str, *, surely: bool = False) -> bool:
        """Whether a token is a noun or, for the part VERB, a verb; where that is open, yes.

        Args:
            token: its number.
            part: NOUN or VERB.
            surely: take for something else only what the words around show to be, and participles.
        """
        shown = self._shown(token)
        if shown:
            return shown == part
        base = bcp47.base(self._language)
        if surely and (not token or not fold(self._forms[token]).endswith(_PARTICIPLE.get(base, ()))):
            return True
        return (self._tags[token] in NOMINAL) == (part == "NOUN")

    def is_after_pronoun(self, token: int) -> bool:
        """Whether a pronoun that only verbs follow stands before a token, known as a verb or not.

        >>> from tm.terminology.wording import word_row
        >>> Parts(word_row("Elle liste tout", "fr")).is_after_pronoun(1)
        True
        """
        pronouns = _PRONOUNS.get(bcp47.base(self._language), ())
        return token > 0 and fold(self._forms[token - 1]) in pronouns

    def is_participle(self, token: int) -> bool:
        """Whether a participle stands behind *be* or *have*, be it one that no dictionary has.

        >>> from tm.terminology.wording import word_row
        >>> Parts(word_row("O arroz foi cozido demais.", "pt")).is_participle(3)
        True
        """
        base = bcp47.base(self._language)
        if not token or not fold(self._forms[token]).endswith(_PARTICIPLE.get(base, ())):
            return False
        before = readings(fold(self._forms[token - 1]), self._language)
        return any(reading.lemma in _AUXILIARIES for reading in before) and self.tag(token) == "VERB"

    def is_after_degree(self, token: int) -> bool:
        """Whether a word like *very* stands before a token.

        >>> from tm.terminology.wording import word_row
        >>> Parts(word_row("un sable très fin", "fr")).is_after_degree(3)
        True
        """
        is_read = bcp47.base(self._language) in _BEFORE_VERB
        return is_read and token > 0 and fold(self._forms[token - 1]) in _DEGREE

    def is_function(self, token: int) -> bool:
        """Whether a token belongs to a locution, or to a negation.

        >>> from tm.terminology.wording import word_row
        >>> [Parts(word_row(text, "fr")).is_function(1) for text in ("par rapport au prix", "un rapport au juge")]
        [True, False]
        """
        forms = self._forms
        for before, locution in _locutions(bcp47.base(self._language)).get(fold(forms[token]), ()):
            first = token - before
            standing = forms[first : first + len(locution)] if first >= 0 else []
            if len(standing) == len(locution) and all(map(self._is_word, standing, locution)):
                return True
        if fold(forms[token]) not in _NEGATED or self._shown(token) == "NOUN":
            return False
        around = {fold(form) for form in forms[max(0, token - 4) : token + 3]}
        return not around.isdisjoint(("ne", "n'"))

    def _is_word(self, form: str, word: str) -> bool:
        """Whether a form is a word, or a contraction that begins with it."""
        folded = fold(form)
        return word in (folded, language_of(self._language).contractions.get(folded, ("",))[0])

    def is_name(self, token: int) -> bool:
        """Whether a token belongs to a person's or a place's name, in a text that is not all in capitals.

        >>> from tm.terminology.wording import word_row
        >>> [Parts(word_row("Jean de La Fontaine voit une fontaine.", "fr")).is_name(at) for at in (3, 6)]
        [True, False]
        """
        forms = self._forms
        stop_words = language_of(self._language).stop_words
        words = [form for form in forms if form.isalpha() and fold(form) not in stop_words]
        if not forms[token][:1].isupper() or all(form[0].isupper() for form in words):
            return False  # in a title all words have a capital
        if self.tag(token) != "PROPN":
            return False
        if not token:
            is_subject = self._is_finite(1) and not fold(forms[0]).endswith("s")
            return is_subject or self._is_named(1)
        before, base = forms[token - 1], bcp47.base(self._language)
        if fold(before) in _BEFORE_NOUN[base] | _ARTICLES[base] and (before.islower() or token == 1):
            return False  # an office, a body: le Conseil municipal
        return self._is_named(token - 1) or self._is_named(token + 1) or (before[0].isupper() and token > 1)

    def _is_named(self, at: int) -> bool:
        """Whether a token is a name with a capital."""
        return at < len(self._forms) and self._forms[at][0].isupper() and self.tag(at) == "PROPN"

    def may_stand_inside(self, token: int) -> bool:
        """Whether a token is an adjective, an adverb or a participle that stands for one.

        >>> from tm.terminology.wording import word_row
        >>> [Parts(word_row("une base partagée de données", "fr")).may_stand_inside(at) for at in (1, 2)]
        [False, True]
        """
        if self.tag(token) in ("ADJ", "ADV"):
            return True
        ending = _PARTICIPLE.get(bcp47.base(self._language), ())
        return self.tag(token) == "VERB" and fold(self._forms[token]).endswith(ending)

    def tag(self, token: int) -> str:
        """The universal tag of a token; "" in a language without a tagger."""
        return self._tags[token] if tagger.has_tagger(self._language) else ""

    def _shown(self, at: int) -> str:
        """The part of speech that the words before show: NOUN, VERB or ""."""
        base = bcp47.base(self._language)
        if at == 0 or base not in _BEFORE_VERB:
            return ""
        before, form = fold(self._forms[at - 1]), fold(self._forms[at])
        if before in _BEFORE_INFINITIVE and is_entry(form, "VERB", self._language):
            return "VERB"
        if before in _BEFORE_VERB[base]:
            return "VERB"
        if before in _ARTICLES[base]:
            is_pronoun = at > 1 and fold(self._forms[at - 2]) in _BEFORE_PRONOUN[base]
            return "VERB" if is_pronoun else "NOUN"
        if before in _BEFORE_NOUN[base]:
            return "NOUN"
        known = readings(before, self._language)
        is_auxiliary = any(reading.lemma in _AUXILIARIES for reading in known) and form.endswith(
            _PARTICIPLE[base]
        )
        if is_auxiliary:
            return "VERB"
        after = fold(self._forms[at + 1]) if at + 1 < len(self._forms) else ""
        if (after in _AFTER_VERB[base] and before not in _LINKS) or self._is_only_verb(at):
            return "VERB"
        return "ADV" if "ADV" in self._known(at) and self._is_adjective(at + 1) else ""

    def _is_adjective(self, at: int) -> bool:
        """Whether a token can be an adjective, or a participle that stands for one."""
        if at >= len(self._forms):
            return False
        known = self._known(at)
        ends = fold(self._forms[at]).endswith(_PARTICIPLE[bcp47.base(self._language)])
        return "ADJ" in known or ("VERB" in known and ends)

    def _is_only_verb(self, at: int) -> bool:
        """Whether a form stands behind a noun with its determiner, in a clause without another verb.

        Behind the last word of a text without a full stop nothing is said: *la touche marche*.
        """
        forms, base = self._forms, bcp47.base(self._language)
        if at < 2 or at + 1 == len(forms) or forms[at].endswith("s"):
            return False
        determiners = _BEFORE_NOUN[base] | _ARTICLES[base]
        before = [fold(form) for form in forms[max(0, at - 3) : at]]
        if before[-1] in determiners | _LINKS:
            return False
        has_determiner = before[-2] in determiners or (
            len(before) == 3
            and before[0] in determiners
            and "ADJ" in self._known(at - 2)
            and "NOUN" in self._known(at - 1)
        )
        if not has_determiner or _PLURAL.intersection(before):
            return False
        first, last = at, at
        while first > 0 and fold(forms[first - 1]) not in _CLAUSE:
            first -= 1
        while last + 1 < len(forms) and fold(forms[last + 1]) not in _CLAUSE:
            last += 1
        return not any(self._is_finite(other) for other in range(first, last + 1) if other != at)

    def _is_finite(self, at: int) -> bool:
        """Whether a token is nothing but a finite verb, or a form of *be* or *have* not behind a determiner."""
        if at >= len(self._forms):
            return False
        base, form = bcp47.base(self._language), fold(self._forms[at])
        before = fold(self._forms[at - 1]) if at else ""
        known = readings(form, self._language)
        if not known or before in _BEFORE_NOUN[base] or before in _LINKS:
            return False
        if any(reading.part == "VERB" and reading.lemma in _AUXILIARIES for reading in known):
            return before not in _ARTICLES[base]
        is_verb = all(reading.part == "VERB" and reading.lemma != form for reading in known)
        return is_verb and not form.endswith((*_PARTICIPLE[base], "ant", "ndo"))

    def _known(self, at: int) -> set[str]:
        """What a token can be."""
        return {reading.part for reading in readings(fold(self._forms[at]), self._language)}

    @functools.cached_property
    def _tags(self) -> list[str]:
        return tagger.tag([self._tagged_forms()], self._language)[0]

    def _tagged_forms(self) -> list[str]:
        """The forms as the tagger reads them: capitals of a whole text say nothing."""
        capitals = all(form.isupper() or not form.isalpha() for form in self._forms)
        return [form.lower() for form in self._forms] if capitals else self._forms
