"""How many plural forms a language has in gettext, and which number takes which (Unicode CLDR, "Language Plural Rules")."""

from __future__ import annotations

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
    """The value of the header's ``Plural-Forms``; that of the language, or another one when it has not that many forms.

    >>> rule("pt-BR"), rule("pt-PT")
    ('nplurals=2; plural=(n > 1);', 'nplurals=2; plural=(n != 1);')
    >>> rule("be", 2)
    'nplurals=2; plural=(n != 1);'
    """
    own = _BY_LANGUAGE.get(bcp47.canonical(language)) or _BY_LANGUAGE.get(bcp47.base(language), _OTHERS)
    wanted = f"nplurals={forms};"
    if not forms or own.startswith(wanted):
        return own
    return next((each for each in (_OTHERS, *_RULES) if each.startswith(wanted)), own)
