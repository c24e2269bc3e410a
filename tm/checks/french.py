"""French typography: a no-break space before ; : ! ? % » and after «, and « » for "quotation marks".

U+00A0 and U+202F are both right, and so are their entities. The marks may stand behind a tag, a placeholder,
an entity or code. Times (10:30), addresses, options, CSS and emoticons are left alone; so is Swiss and
Canadian French, which has other rules.

>>> from tm.direction import Direction
>>> FRENCH.messages("Onde?", "Où?", Direction("pt", "fr"))
['a space that does not break is missing before ?']
>>> FRENCH.messages("<b>Nota:</b> ler", "<b>Note</b> : à lire", Direction("pt", "fr"))
['the space before : may break']
>>> FRENCH.messages("Um não.", 'Un "non".', Direction("pt", "fr"))
['"non": French has « »']
>>> FRENCH.messages("Às 10:30?", "À 10:30\N{NO-BREAK SPACE}?", Direction("pt", "fr"))
[]
>>> FRENCH.messages("Apagar “%s”?", "Supprimer «&nbsp;%s&nbsp;»&nbsp;?", Direction("pt", "fr"))
[]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.checks.check import Check, Remark, Translation, one_by_one, replaced
from tm.checks.entities import NO_BREAK
from tm.language.protected import spans

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRENCH = ("fr", "fr-FR", "fr-BE", "fr-LU")
_SPACE = "\N{NO-BREAK SPACE}"
_BEFORE = re.compile(
    r"(?<=[^\s«;:!?(\[/=])[ ]?(?=(?:[;!?]|::?)(?:[\s»)\]*\"'”’]|$)|[;:!?]_)|(?<=\S)[ ]?(?=»)|(?<=\d) (?=%)"
)
_AFTER = re.compile(r"(?<=«)[ ]?(?=\S)")
_QUOTED = re.compile(r"(?<![\w=(\[_])\"([^\"\s][^\"]*)\"(?![\w)\]])")


def _examine(translation: Translation) -> Iterator[Remark]:
    if bcp47.canonical(translation.direction.target) not in _FRENCH:
        return
    text, prose = translation.target, _prose(translation.target)
    places = sorted(match.span() for expression in (_BEFORE, _AFTER) for match in expression.finditer(prose))
    if places:
        marked = tuple((start, max(end, start + 1)) for start, end in places)
        yield Remark(
            _message(prose, places),
            "info",
            replaced(text, places, _SPACE),
            target_spans=marked,
        )
    if quotation := _QUOTED.search(prose):
        yield Remark(f"{quotation[0]}: French has « »", "info", target_spans=(quotation.span(),))


def _message(text: str, places: list[tuple[int, int]]) -> str:
    """Where no space stands, and where one stands that may break.

    >>> _message("Où ? Là!", [(2, 3), (7, 7)])
    'a space that does not break is missing before !; the space before ? may break'
    """
    missing, breaking = (
        ", ".join(
            dict.fromkeys(_where(text, *place) for place in places if (place[0] < place[1]) == is_there)
        )
        for is_there in (False, True)
    )
    parts = [f"a space that does not break is missing {missing}"] if missing else []
    return "; ".join(parts + ([f"the space {breaking} may break"] if breaking else []))


def _where(text: str, start: int, end: int) -> str:
    """Where a space is missing, by the mark there.

    >>> _where("Où ?", 2, 3), _where("« non", 1, 2)
    ('before ?', 'after «')
    """
    return "after «" if text[start - 1] == "«" else f"before {text[end]}"


def _prose(text: str) -> str:
    """The text with ``_`` for what is no prose; entities that do not break are the space they stand for."""
    bare = text
    for start, end in spans(text, "fr"):
        place = NO_BREAK.sub(lambda match: _SPACE * len(match[0]), text[start:end])
        bare = bare[:start] + re.sub(rf"[^{_SPACE}]", "_", place) + bare[end:]
    return bare


FRENCH = Check("french", "Spaces and quotation marks as French typography wants them.", one_by_one(_examine))
