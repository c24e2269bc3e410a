"""How many plural forms a language has in gettext, and which numbers take which form.

``rule`` gives the ``Plural-Forms`` of a language, ``single_number`` the number that a form stands for when it
is only one. The rules are those of Unicode CLDR ("Language Plural Rules"); gettext's have no form of their own for
millions in French and Portuguese. The names that other formats have for the forms: ``tm.language.plural_categories``.

>>> rule("fr"), single_number("fr", 0), single_number("pl", 0)
('nplurals=2; plural=(n > 1);', 1, 1)
"""

from __future__ import annotations

import functools
import operator
import re

from tm import bcp47

_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
)
_RULES = {
    "nplurals=1; plural=0;": "id ja ko lo ms my th vi zh",
    "nplurals=2; plural=(n > 1);": "ak am br fa fr hi hy kab ln oc pt-BR ti uz wa",
    "nplurals=2; plural=(n%10!=1 || n%100==11);": "is mk",
    _SLAVIC: "be bs hr ru sr uk",
    "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);": "cs sk",
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);": "pl",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);": "lt",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n!=0 ? 1 : 2);": "lv",
    "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2);": "ro",
    "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);": "sl",
    "nplurals=4; plural=(n==1 ? 0 : n==0 || (n%100>1 && n%100<11) ? 1 : n%100>10 && n%100<20 ? 2 : 3);": "mt",
    "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n>2 && n<7 ? 2 : n>6 && n<11 ? 3 : 4);": "ga",
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);": "ar",
}
_OTHERS = "nplurals=2; plural=(n != 1);"
_BY_LANGUAGE = {tag: rule for rule, tags in _RULES.items() for tag in tags.split()}


def rule(language: str, forms: int = 0) -> str:
    """The value of ``Plural-Forms`` of a header.

    Args:
        language: a tag.
        forms: the number of forms; 0 = as many as the language has. Another number gives the rule of another
            language.

    >>> rule("pt-BR"), rule("pt-PT")
    ('nplurals=2; plural=(n > 1);', 'nplurals=2; plural=(n != 1);')
    >>> rule("be", 2)
    'nplurals=2; plural=(n != 1);'
    """
    usual = _BY_LANGUAGE.get(bcp47.canonical(language)) or _BY_LANGUAGE.get(bcp47.base(language), _OTHERS)
    beginning = f"nplurals={forms};"
    if not forms or usual.startswith(beginning):
        return usual
    return next((candidate for candidate in (_OTHERS, *_RULES) if candidate.startswith(beginning)), usual)


@functools.cache
def single_number(language: str, form: int) -> int | None:
    """The only number that a plural form stands for; None when there are several.

    Zero and one count as one number, since some languages have one form for both.

    Args:
        language: a tag; a language without a rule here has one form for 1 and one for all other numbers.
        form: from 0, as in ``msgstr[0]``.

    >>> single_number("pt-BR", 0), single_number("pt-BR", 1), single_number("ru", 0), single_number("ar", 2)
    (1, None, None, 2)
    """
    expression = rule(language).partition("plural=")[2].rstrip(";").removeprefix("(").removesuffix(")")
    numbers = {number for number in range(_TRIED) if _form_of(number, expression) == form}
    numbers = numbers - {0} if 1 in numbers else numbers
    return numbers.pop() if len(numbers) == 1 else None


_TRIED = 211
"""The numbers below this show whether a form stands for several: no rule looks at more than two digits."""


def _form_of(number: int, expression: str) -> int:
    """The form that the expression of a rule gives a number.

    >>> [_form_of(number, "n==1 ? 0 : n>=2 && n<=4 ? 1 : 2") for number in (1, 3, 5)]
    [0, 1, 2]
    """
    while " ? " in expression:
        condition, _, rest = expression.partition(" ? ")
        form, _, expression = rest.partition(" : ")
        if _holds(number, condition):
            return int(form)
    return int(expression) if expression.isdecimal() else int(_holds(number, expression))


def _holds(number: int, condition: str) -> bool:
    """Whether a condition of a rule is true.

    It has one level of parentheses; inside them there is no ``||`` or no ``&&``.

    >>> _holds(12, "n%10>=2 && (n%100<12 || n%100>14)")
    False
    """
    for sign, combined in (("||", any), ("&&", all)):
        parts = re.split(re.escape(sign) + r"(?![^()]*\))", condition)
        if len(parts) > 1:
            return combined(_holds(number, part) for part in parts)
    condition = condition.strip()
    if condition.startswith("("):
        return _holds(number, condition[1:-1])
    match = re.fullmatch(r"n(?:%(\d+))?\s*([=!<>]+)\s*(\d+)", condition)
    assert match is not None  # the rules stand above
    value, right = number % int(match[1] or _TRIED), int(match[3])
    return bool(_COMPARED[match[2]](value, right))


_COMPARED = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
