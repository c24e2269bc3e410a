"""What the marks of two texts say of their ends: one that is cut off has lost its final mark, one to which
another was added has a sentence more; and whether both have the same names of code.

>>> cues("Le pain est cuit.", "O pão") == OTHER_MARK | LOST_MARK
True
>>> cues("Le pain.", "O pão. A ponte.") == MORE, cues("Le pain.", "O pão.")
(True, 0)
>>> cues("Lire %s et 12", "Ler 13") == LOST_CODE | NEW_CODE
True
"""

from __future__ import annotations

import re

from tm.checks.punctuation import final_mark

OTHER_MARK, LOST_MARK, MORE, FEWER, LOST_CODE, NEW_CODE = 1, 2, 4, 8, 16, 32
"""The target ends with another mark; with none, where the source has one; it has sentences more; or fewer; it
lacks a placeholder, a number or another name of code; or has one that the source has not."""

_SENTENCE = re.compile(r"[.!?:;…](?=\s+[^\W\d_a-zà-ÿ])")
_CODE = re.compile(
    r"%[-#0 +]*\d*(?:\.\d+|\.\*)?(?:\(\w+\))?[a-zA-Z]|\{[\w.!:]*\}|<[^<>]+>"
    r"|\S{0,100}[\d_/\\@$`=|]\S*|--?[a-z][\w-]*|[A-Z]{2,}\w*|\w{1,100}[a-z][A-Z]\w*"
)
"""Before the sign that tells a name of code at most a hundred letters are looked through: without a bound, that
takes time with the square of a text that has no spaces."""

_EDGES = ".,:;!?()«»\"'“”"


def cues(source: str, target: str) -> int:
    """The cues of a unit, added up."""
    source_mark, target_mark = final_mark(source), final_mark(target)
    cues = (
        0
        if source_mark == target_mark
        else OTHER_MARK | (LOST_MARK if not target_mark and source_mark != "," else 0)
    )
    source_sentences, target_sentences = len(_SENTENCE.findall(source)), len(_SENTENCE.findall(target))
    cues |= (
        MORE if target_sentences > source_sentences else FEWER if target_sentences < source_sentences else 0
    )
    source_names, target_names = _names(source), _names(target)
    if source_names == target_names:
        return cues
    lacks = any(source_names.count(name) > target_names.count(name) for name in set(source_names))
    has_new = any(target_names.count(name) > source_names.count(name) for name in set(target_names))
    return cues | (LOST_CODE if lacks else 0) | (NEW_CODE if has_new else 0)


def _names(text: str) -> list[str]:
    """The names of code in a text, as they are compared.

    >>> _names("Lire %s (fichier_1), puis UTF-8.")
    ['%s', 'fichier_1', 'utf-8']
    """
    return sorted(match.strip(_EDGES).casefold() for match in _CODE.findall(text))
