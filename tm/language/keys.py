"""A segment's words as they are compared: what its percent and its index are made of.

Two texts are compared by their *key tokens*: their words in a form without case and typography. A
number is any number; a placeholder, an address and a name in code are one kind. Marks and inline codes are no
words; only a text without any word is compared by these. docs/metrics.md has an example of each rule.

The steps:

1. ``fold_with_places`` folds the text: all else sees the folded text only, so that texts which fold to the
   same have the same key tokens.
2. ``_grammar`` chooses the expressions; ``keyed`` runs them over the folded text and says where each token
   stands in the text as it came.
3. ``key_tokens`` keeps the words' keys; ``letters`` joins them, for compounds written in one word or two;
   ``key`` joins everything, marks and codes included.

Steps 2 and 3 have a fast way for millions of segments: ``keyed`` and ``_keys`` cut the text at white space
into chunks, unless a token may hold white space (``reaches_across``), and look up what each chunk gave
before.

>>> from tm.model import Segment
>>> [(token.key, token.kind) for token in keyed("L’e-mail : -5 %, voir %s", "fr")][:4]
[("l'", 'word'), ('e', 'word'), ('-', 'hyphen'), ('mail', 'word')]
>>> key_tokens(Segment("L’e-mail : -5 %, voir %s"), "fr") == ["l'", "e", "mail", NUMBER_KEY, "voir", NAME_KEY]
True
"""

from __future__ import annotations

import functools
import re
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from tm.language.languages import language_of
from tm.language.numerals import GROUPED
from tm.language.text import INVISIBLE, fold, fold_with_places, without_accents
from tm.language.tokens import COMBINING, LETTER_APOSTROPHE, TAG_ACROSS, UNSPACED, ChunkCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tm.model import Segment

NUMBER_KEY = "\x02"
"""Stands for any number in a key: two texts that differ only in their numbers have the same key tokens."""

NAME_KEY = "\x03"
"""Stands for any placeholder, address or name in code."""

KeyKind = Literal[
    "word", "number", "placeholder", "address", "code name", "tag", "access key", "hyphen", "mark"
]

WORDS = frozenset({"word", "number", "placeholder", "address", "code name"})
"""The kinds that are compared as words."""

EXTENSIONS = (
    "asp|bak|bat|bmp|cfg|conf|cpp|cs|css|csv|dll|docx?|env|exe|gif|gz|hpp|html?|ini|ipynb|jar|java|jpe?g|js|json|"
    "jsx|lock|log|md|mo|mp3|mp4|odp|ods|odt|pdf|php|png|pot?|pptx?|pyc?|rar|rst|sh|so|sql|srt|srx|svg|tar|tbx|"
    "tiff?|tmx|toml|tsv|tsx?|txt|vue|wav|webp|whl|xlf|xliff|xlsx?|xml|ya?ml|zip"
)
"""What a file's name ends with. Without such a list each missing space behind a full stop made a name."""

_MARKUP = re.compile(r"[@%{<&$_/\\]|--|\(\)|::|->|[a-z0-9]\.[a-z]|(?<![^\W_])[-.][a-z]")
"""A text without any of these has words, numbers and marks only: most texts need a simpler expression."""
_DIGITS_ACROSS = re.compile(rf"\d[{INVISIBLE}]*\s[\s{INVISIBLE}]*\d")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_PLAIN = re.compile(r"[\0-\u02ff\u2010-\u2bff]*")
"""Folded texts in Latin letters: the expressions for those compile quickly."""
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_LETTERS = "[a-zß-öø-ÿœ]+"
_BEHIND = r"""\**[.,;:!?)\]"']*"""
_PLAIN_CHUNK = re.compile(rf"""["'(\[*]*(?:({_LETTERS}(?:['-]{_LETTERS})*)|[0-9]+){_BEHIND}""")
"""A folded chunk that is plain words, or one number, between marks: most chunks are."""


class KeyToken(NamedTuple):
    """A token as it is compared, and where it stands in the text as it came: ``text[start:end]``.

    Attributes:
        key: equal for tokens that are compared as equal: without case and typography; ``NUMBER_KEY``,
            ``NAME_KEY``.
        kind: words are those in ``WORDS``. A tag is one in the text (``<b>``), an access key one that stands
            alone (``(&O)``), a hyphen one between two words, a mark anything else.
        folded: the token without case and typography.
        start, end: offsets.
    """

    key: str
    kind: KeyKind
    folded: str
    start: int
    end: int


class _Grammar:
    """Expressions for the tokens of a folded text: plain apostrophes, hyphens and spaces, small letters.

    Each is compiled when it is first used.
    """

    def __init__(self, marks: str = "", alone: str = "") -> None:
        """Prepare the parts.

        Args:
            marks: a range of combining marks, which continue a word.
            alone: ranges of characters that are words by themselves.
        """
        none = LETTER_APOSTROPHE + "_" + alone
        letters = rf"[^\W{none}]+(?:[{marks}]+[^\W{none}]*)*" if marks else rf"[^\W{none}]+"
        single = rf"(?=\w)[{alone}][{COMBINING}]* |" if alone else ""
        version = r"v\d+(?:\.\d+)+(?!\w)"
        number = rf"""
            (?: (?<! [\w)\]}}%'"] ) [-+±] )? (?<![^\W{LETTER_APOSTROPHE}{alone}])
            (?: {GROUPED} | \d+(?:[.,:/-]\d+)+ | \d+(?![^\W{none}]) ) """
        word = rf"(?: {version} | {single} {letters} ) (?: '(?=[^\W\d_{LETTER_APOSTROPHE}]) )?"
        short = r"[^\W\d_]"
        # & or _ before a letter; but not in R&D and AT&T, nor in &amp;
        access = rf"""
            (?<!\w) {short}(?=&{short}{{1,2}}(?!\w)) | (?<!\w) {short}{{2}}(?=&{short}(?!\w))
          | (?: (?<![\w&])[&_] )? (?: {version} | {single} {letters} (?: [&_](?!\#?\w+;) {letters} )? )
            (?: '(?=[&_]?[^\W\d_{LETTER_APOSTROPHE}]) )?"""
        mark = rf"\.\.\. | [^\w\s{marks and INVISIBLE}] | [_{LETTER_APOSTROPHE}]"
        hyphen = r"(?P<hyphen>(?<=[^\W_])-(?=[^\W_]))"
        # Most words stand between white space and marks: nothing else need be tried for them.
        simple = rf"(?P<simple>(?<!\S){_LETTERS}(?={_BEHIND}(?:\s|$)))"
        self._plain = rf"{simple} | (?P<number>{number}) | (?P<word>{word}) | {hyphen} | (?P<mark>{mark})"
        self._with_markup = rf"""
            {simple} | (?P<address>{_ADDRESS}) | (?P<placeholder>{_PLACEHOLDER}) | (?P<tag></?[a-z][^<>]*>)
          | (?P<entity>&\#?\w+;) | (?P<name>{_NAME}) | (?P<access>\([&_][^\W_]\))
          | (?P<number>{number}) | (?P<word>{access}) | {hyphen} | (?P<mark>{mark})"""

    @functools.cached_property
    def plain(self) -> re.Pattern[str]:
        """One token of a text without markup; the group that matched names its kind."""
        return re.compile(self._plain, re.VERBOSE)

    @functools.cached_property
    def with_markup(self) -> re.Pattern[str]:
        """One token of any text."""
        return re.compile(self._with_markup, re.VERBOSE)


_ADDRESS = r"""
    (?:https?|ftp|file)://[^\s<>"]*[^\s<>".,;:!?)\]}']
  | \bwww\.[^\s<>"]*[^\s<>".,;:!?)\]}']
  | (?<![\w.+-]) [\w.+-]++@[\w-]+(?:\.[\w-]+)+
  | (?<![\w.@/-]) (?:[\w-]+\.)+(?:com|edu|gov|net|org)(?![\w-])(?:/[^\s<>"]*[^\s<>".,;:!?)\]}'])? """
_PLACEHOLDER = r"""
    %(?:\(\w+\))?[-+0\#]*\d*(?:\.\d+)?(?:[sdifgxrc]|l?l[diux]|z[du])(?!\w) | (?<!\d)%[nu@](?!\w)
  | %\d+\$?[sd@]? (?=\W|$)(?<!\d%) | (?<![\w%])%[a-z_]\w*%(?!\w)
  | \{\{[^{}]*\}\} | [$%\#]?\{\w*(?:[.:!\[][^{}\s]*)?\} """
_NAME = rf"""
    (?<![\w-]) (?: --[a-z][a-z0-9_-]* | -[a-z](?![\w'-]) )
  | (?<![\w.]) [a-z0-9_]+(?:(?:\.|::|->)[a-z0-9_]+)*\(\)
  | (?<![\w.]) _*[a-z0-9]+(?:_+[a-z0-9]+)+_*(?![\w&]) | (?<!\w) __\w+
  | (?<![\w.]) [a-z_][a-z0-9_]*(?:(?:::|->)[a-z_][a-z0-9_]*)+(?!\w)
  | (?<![\w.]) [a-z_][a-z0-9_]+(?:\.[a-z_][a-z0-9_]+){{2,}}(?!\w)
  | (?<![\w./~-]) [\w./~-]*\w\.(?:{EXTENSIONS})(?!\w) | (?<![\w.]) \.(?:{EXTENSIONS})(?!\w)
  | (?<![\w./<]) (?: (?:~|\.\.?)/[\w.-]+(?:/[\w.-]+)*/? | /[\w.-]+(?:/[\w.-]+)+/? )
  | (?<!\w) [a-z]:\\[^\s"]* | (?<![\w$]) \$[a-z_]\w{{2,}} """

_grammar_of = functools.cache(_Grammar)


def _grammar(text: str) -> _Grammar:
    """The expressions that are enough for this folded text."""
    if text.isascii() or _PLAIN.fullmatch(text):
        return _grammar_of()
    return _grammar_of(COMBINING, UNSPACED if re.search(f"[{UNSPACED}]", text) else "")


_KINDS: dict[str, KeyKind] = {
    "address": "address",
    "placeholder": "placeholder",
    "tag": "tag",
    "entity": "mark",
    "name": "code name",
    "access": "access key",
    "number": "number",
    "simple": "word",
    "word": "word",
    "hyphen": "hyphen",
    "mark": "mark",
}


def _found(text: str, language_tag: str) -> Iterator[tuple[KeyKind, int, int]]:
    """The kind and the place of each token of a folded text."""
    elisions = language_of(language_tag).elisions
    grammar = _grammar(text)
    pattern = grammar.with_markup if _MARKUP.search(text) else grammar.plain
    word_start = -1
    for match in pattern.finditer(text):
        kind = _KINDS[match.lastgroup or ""]
        start, end = match.span()
        if word_start >= 0:
            start, word_start = word_start, -1
        if kind == "word" and text[end - 1] == "'" and text[start : end - 1].lstrip("&_") not in elisions:
            # An apostrophe inside a word: go on to its end.
            word_start = start
            continue
        yield kind, start, end


def _key(kind: KeyKind, folded: str) -> str:
    if kind == "number":
        return NUMBER_KEY
    if kind == "word":
        return _bare(folded)
    if kind in WORDS:
        return NAME_KEY
    return folded if folded >= " " else f"\x05{folded}"  # a control character is no key of another kind


def _bare(word: str) -> str:
    """A folded word without access keys.

    >>> _bare("&ouvrir"), _bare("pré_férer")
    ('ouvrir', 'préférer')
    """
    return word.replace("&", "").replace("_", "") if "&" in word or "_" in word else word


@functools.lru_cache(maxsize=1 << 16)
def unaccented(key: str) -> str:
    """A key without accents and ligatures. The index takes keys for equal that are the same so.

    >>> unaccented("élève"), unaccented("cœur")
    ('eleve', 'coeur')
    """
    return key if key.isascii() else without_accents(key).translate(_LIGATURES)


def keyed(text: str, language_tag: str = "") -> list[KeyToken]:
    """The tokens of a text as they are compared, marks among them.

    >>> [(token.kind, token.start, token.end) for token in keyed("Ou&vrir «%s»…")]
    [('word', 0, 7), ('mark', 8, 9), ('placeholder', 9, 11), ('mark', 11, 12), ('mark', 12, 13)]
    """
    if reaches_across(text):
        return _keyed(text, language_tag)
    tokens, start = [], 0
    by_chunk = _keyed_by_chunk(language_tag)
    for chunk in text.split():
        start = text.index(chunk, start)
        tokens += [
            KeyToken(key, kind, folded, start + first, start + end)
            for key, kind, folded, first, end in by_chunk[chunk]
        ]
        start += len(chunk)
    return tokens


def _keyed(text: str, language_tag: str) -> list[KeyToken]:
    """``keyed``, in one piece."""
    folded, starts, ends = fold_with_places(text)
    return [
        KeyToken(_key(kind, folded[start:end]), kind, folded[start:end], starts[start], ends[end - 1])
        for kind, start, end in _found(folded, language_tag)
    ]


@functools.cache
def _keyed_by_chunk(language_tag: str) -> ChunkCache[list[KeyToken]]:
    return ChunkCache(lambda chunk: _keyed(chunk, language_tag))


def key_tokens(segment: Segment, language_tag: str = "") -> list[str]:
    """The comparable words of a segment; of one without any word its marks, and its codes by their kind.

    Segments with equal key tokens have the same words but for case, typography and access keys; their
    numbers, placeholders, addresses, names in code, marks and codes may be any.

    >>> from tm.model import Code, Segment
    >>> key_tokens(Segment("L’an-2018 !"), "fr") == key_tokens(Segment("&L'AN 2019"), "fr")
    True
    >>> key_tokens(Segment("Un mot", (Code(3, "open", "b"),))), key_tokens(Segment("!", (Code(0, "alone", "x"),)))
    (['un', 'mot'], ['\\x01alone', '!'])
    """
    return _keys(segment.text, language_tag) or _with_codes(segment, language_tag, lambda token: token.key)


def _with_codes(segment: Segment, language_tag: str, form: Callable[[KeyToken], str]) -> list[str]:
    """All tokens, each in a form of it, and the codes by their kind.

    A code comes before the token that starts at its position.
    """
    placed = [(code.position, f"\x01{code.kind}") for code in segment.codes]
    placed += [(token.start, form(token)) for token in keyed(segment.text, language_tag)]
    return [part for _, part in sorted(placed, key=lambda item: item[0])]


def _keys(text: str, language_tag: str) -> list[str]:
    """``keys_of``, many times as fast: a memory makes millions of them."""
    if tag_reaches_across(text):
        return keys_of(text, language_tag)
    keys = list(chain.from_iterable(map(_keys_by_chunk(language_tag).__getitem__, text.split())))
    # What stands before the white space in a number is a number in its chunk: few texts need the search.
    if NUMBER_KEY in keys and _DIGITS_ACROSS.search(text):
        return keys_of(text, language_tag)
    return keys


def reaches_across(text: str) -> bool:
    """Whether a token of the text may hold white space.

    >>> reaches_across("10 000 mots"), reaches_across("3 mots")
    (True, False)
    """
    return bool(_DIGITS_ACROSS.search(text)) or tag_reaches_across(text)


def tag_reaches_across(text: str) -> bool:
    """Whether a tag or a placeholder of the text may hold white space.

    >>> tag_reaches_across('<a href="x">'), tag_reaches_across("{{ name }}"), tag_reaches_across("<b> x < y")
    (True, True, False)
    """
    return ("<" in text or "{" in text) and bool(TAG_ACROSS.search(_INVISIBLE.sub("", text)))


def keys_of(text: str, language_tag: str) -> list[str]:
    """The keys of a text's words, looked for one after the other.

    A text may be cut at white space and each piece given by itself, except between digits (10 000) and inside
    what ``tag_reaches_across`` finds: white space ends every other token.

    >>> keys_of("L'eau, l’air", "fr")
    ["l'", 'eau', "l'", 'air']
    """
    folded = fold(text)
    if plain := _PLAIN_CHUNK.fullmatch(folded):
        return _plain_words(plain[1], language_tag) if plain[1] else [NUMBER_KEY]
    return [
        _key(kind, folded[start:end]) for kind, start, end in _found(folded, language_tag) if kind in WORDS
    ]


def _plain_words(text: str, language_tag: str) -> list[str]:
    """The words of letters, apostrophes and hyphens, which stand between letters only.

    >>> _plain_words("qu'aujourd'hui", "fr"), _plain_words("quelqu'un-là", "fr")
    (["qu'", "aujourd'hui"], ["quelqu'", 'un', 'là'])
    """
    if "'" not in text:
        return text.split("-")
    elisions = language_of(language_tag).elisions
    words = []
    for joined in text.split("-"):
        start, end = 0, joined.find("'")
        while end >= 0:
            if joined[start:end] in elisions:
                words.append(joined[start : end + 1])
                start = end + 1
            end = joined.find("'", end + 1)
        words.append(joined[start:])
    return words


@functools.cache
def _keys_by_chunk(language_tag: str) -> ChunkCache[list[str]]:
    return ChunkCache(lambda chunk: keys_of(chunk, language_tag))


def letters(keys: Sequence[str]) -> str:
    """The words as one, without apostrophes and accents; "" where there are no words.

    Texts whose compounds are written in one word, in two or with a hyphen have the same letters.

    >>> letters(["envoyer", "un", "e", "mail"]), letters(["envoyer", "un", "email"])
    ('envoyerunemail', 'envoyerunemail')
    >>> letters(["l'", "été"]), letters(["?"])
    ('lete', '')
    """
    if not keys or not (keys[0][0].isalnum() or keys[0] in (NUMBER_KEY, NAME_KEY)):
        return ""
    return "".join(map(_letters.__getitem__, keys))


_letters = ChunkCache(lambda word: unaccented(word).replace("'", ""))


def key(segment: Segment, language_tag: str = "") -> str:
    """All tokens as one string, marks and codes included: the segment's identity where words are not enough.

    Case, white space, typography and the value of numbers do not count; accents, hyphens and marks do.

    >>> from tm.model import Segment
    >>> key(Segment("« Oui ! »"), "fr") == key(Segment('"oui!"'), "fr")
    True
    >>> key(Segment("Oui"), "fr") == key(Segment("Oui."), "fr"), key(Segment("e-mail")), key(Segment("e - mail"))
    (False, 'e-mail', 'e - mail')
    """
    return " ".join(_with_codes(segment, language_tag, _strict)).replace(f" {_JOINING} ", "-")


_JOINING = "\x04"


def _strict(token: KeyToken) -> str:
    if token.kind == "number":
        return NUMBER_KEY
    return _JOINING if token.kind == "hyphen" else token.folded
