"""Languages by their names, as people head the columns of a spreadsheet: ``Français``, ``Portuguese (Brazil)``.

A name is one in the language itself, in English, French, Portuguese, Spanish, German, Italian, Dutch or Danish.
What stands beside it may only say a region.

>>> [language_of_name(name) for name in ("Français", "português (Brasil)", "Brazilian Portuguese", "Fransk")]
['fr', 'pt-BR', 'pt-BR', 'fr']
>>> [language_of_name(name) for name in ("French toast", "le français", "Canada", "")]
['', '', '', '']
"""

from __future__ import annotations

import functools
import re
import unicodedata

from tm import bcp47

_NAMES = """
fr french français francés francês francese französisch frans fransk
pt portuguese português portugais portugués portoghese portugiesisch portugees portugisisk
en english anglais inglês inglés inglese englisch engels engelsk
es spanish español castellano espagnol espanhol spagnolo spanisch spaans spansk castilian castelhano
de german deutsch allemand alemão alemán tedesco duits tysk
it italian italiano italien italienisch italiaans italiensk
nl dutch nederlands néerlandais holandês neerlandês neerlandés holandés olandese niederländisch hollandsk flemish
da danish dansk danois dinamarquês danés danese dänisch deens
sv swedish svenska suédois sueco svedese schwedisch zweeds svensk
no norwegian norsk norvégien norueguês noruego norvegese norwegisch noors
nb bokmål
nn nynorsk
fi finnish suomi finnois finlandês finés finlandés finlandese finnisch fins finsk
is icelandic íslenska islandais islandês islandés islandese isländisch ijslands islandsk
pl polish polski polonais polonês polaco polacco polnisch pools polsk
cs czech čeština tchèque tcheco checo ceco tschechisch tsjechisch tjekkisk
sk slovak slovenčina slovaque eslovaco slovacco slowakisch slowaaks slovakisk
sl slovenian slovene slovenščina slovène esloveno sloveno slowenisch sloveens slovensk
hr croatian hrvatski croate croata croato kroatisch kroatisk
sr serbian srpski српски serbe sérvio serbio serbo serbisch servisch serbisk
bg bulgarian български bulgare búlgaro bulgaro bulgarisch bulgaars bulgarsk
ro romanian română roumain romeno rumano rumeno rumänisch roemeens rumænsk
hu hungarian magyar hongrois húngaro ungherese ungarisch hongaars ungarsk
el greek ελληνικά grec grego griego greco griechisch grieks græsk
tr turkish türkçe turc turco türkisch turks tyrkisk
ru russian русский russe russo ruso russisch russisk
uk ukrainian українська ukrainien ucraniano ucraino ukrainisch oekraïens ukrainsk
be belarusian беларуская biélorusse bielorrusso bielorruso bielorusso weißrussisch belarussisch
lt lithuanian lietuvių lituanien lituano litauisch litouws litauisk
lv latvian latviešu letton letão letón lettone lettisch lets lettisk
et estonian eesti estonien estoniano estonio estone estnisch estisch estisk
mt maltese malti maltais maltês maltés maltesisch
ga irish gaeilge irlandais irlandês irlandés irlandese irisch iers irsk
cy welsh cymraeg gallois galês galés gallese walisisch
ca catalan català catalão catalán catalano katalanisch catalaans
gl galician galego gallego galicien galiziano galicisch
eu basque euskara basco vasco euskera baskisch
ar arabic العربية arabe árabe arabo arabisch arabisk
he hebrew עברית hébreu hebraico hebreo ebraico hebräisch hebreeuws hebraisk
fa persian farsi فارسی persan persa persiano persisch perzisch
hi hindi हिन्दी
ja japanese 日本語 japonais japonês japonés giapponese japanisch japans japansk
ko korean 한국어 coréen coreano koreanisch koreaans koreansk
zh chinese 中文 chinois chinês chino cinese chinesisch chinees kinesisk
vi vietnamese tiếng_việt vietnamien vietnamita vietnamesisch
th thai ไทย thaï tailandês tailandés
id indonesian bahasa_indonesia indonésien indonésio indonesio indonesiano indonesisch
eo esperanto
la latin latim latín latino latein latijn
"""

_REGIONS = """
BR brazil brasil brésil brasile brasilien brazilië brazilian brasileiro brésilien brasileño brasiliano brasilianisch
PT portugal european europeu européen europeo europäisch
FR france frança francia frankreich
CA canada canadá kanada canadian canadien canadense canadiense canadese kanadisch québec quebec
BE belgium belgique bélgica belgien
CH switzerland suisse suíça suiza svizzera schweiz swiss
GB uk britain british britannique britânico británico britisch
US usa united_states us american américain americano amerikanisch
ES spain espagne espanha españa spagna spanien
MX mexico méxico mexique mexicano mexicain
AT austria autriche áustria österreich
DE germany allemagne alemanha alemania deutschland
IT italy italie itália italia
NL netherlands pays_bas holland
LU luxembourg
IE ireland irlande irlanda
DK denmark
SE sweden
NO norway
FI finland
PL poland
CZ czechia czech_republic
HU hungary
RO romania
GR greece
TR turkey türkiye
UA ukraine
RU russia
IL israel
MA morocco maroc marrocos
AO angola
MZ mozambique moçambique
AR argentina
CL chile
CO colombia
PE peru
419 latin_america latinoamérica
AU australia
NZ new_zealand
ZA south_africa
IN india
JP japan
KR korea
CN china prc
TW taiwan
HK hong_kong
"""

_WITH_TAG = re.compile(r"(?P<name>.+?)\s*[\[(]\s*(?P<tag>[A-Za-z]{2,3}(?:[-_]\w{2,4}){0,2})\s*[\])]")
"""``Spanish (es-MX)``, as Phrase and Smartcat write it, or ``Spanish (Mexico) [es-MX]``."""
_FILLERS = frozenset(("do", "da", "de", "du"))
_SPACED = re.compile(
    r"\b(united|latin|czech|new|south|hong|pays) (states|america|republic|zealand|africa|kong|bas)\b"
)
"""Regions whose names have two words."""


def _by_word(table: str) -> dict[str, str]:
    rows = (line.split() for line in table.strip().splitlines())
    return {_plain(name.replace("_", " ")): tag for tag, *names in rows for name in names}


def _plain(text: str) -> str:
    """Without capitals and accents: columns are headed in haste."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@functools.cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    return _by_word(_NAMES), {place.replace(" ", ""): code for place, code in _by_word(_REGIONS).items()}


def _region_code(place: str, name: str) -> str:
    """The region that a name of a language says by its code, in capitals or in brackets.

    >>> _region_code("br", "Portuguese (br)"), _region_code("br", "BR Portuguese"), _region_code("in", "in French")
    ('BR', 'BR', '')
    """
    code = place.upper()
    is_meant = re.search(rf"\b{re.escape(code)}\b|[\[(]\s*{re.escape(place)}\s*[\])]", name)
    return code if is_meant and code in _tables()[1].values() else ""


@functools.lru_cache(maxsize=1 << 10)  # the first rows of a table are asked for again and again
def language_of_name(name: str) -> str:
    """The tag of a language that is called so; "" when this is no name of a language.

    >>> [language_of_name(name) for name in ("Bahasa Indonesia", "Chinese (Simplified)", "Spanish [es-MX]")]
    ['id', 'zh-Hans', 'es-MX']
    >>> [language_of_name(name) for name in ("Portuguese (BR)", "English (United States)", "Spanish (Latin America)")]
    ['pt-BR', 'en-US', 'es-419']
    """
    if not name or len(name) > 40:
        return ""
    languages, regions = _tables()
    plain = _plain(name.strip())
    if plain in languages:
        return languages[plain]
    if match := _WITH_TAG.fullmatch(name.strip()):
        tag, named = bcp47.canonical(match["tag"]), language_of_name(match["name"])
        if named and bcp47.is_tag(tag) and bcp47.base(tag) == bcp47.base(named):
            return tag
    plain = _SPACED.sub(r"\1\2", plain)
    words = [word for word in re.split(r"[\W_]+", plain) if word and word not in _FILLERS]
    if len(words) != 2:
        return ""
    for language, place in (words, words[::-1]):
        region = regions.get(place) or _region_code(place, name)
        if language in languages and region:
            return f"{languages[language]}-{region}"
        if languages.get(language) == "zh" and place in _SCRIPTS:
            return f"zh-{_SCRIPTS[place]}"
    return ""


_SCRIPTS = {"simplified": "Hans", "simplifie": "Hans", "simplificado": "Hans", "vereinfacht": "Hans"} | {
    "traditional": "Hant",
    "traditionnel": "Hant",
    "tradicional": "Hant",
    "traditionell": "Hant",
}


def name_of_language(tag: str) -> str:
    """The English name of a language, as ``language_of_name`` reads it; the tag itself where it has none.

    >>> name_of_language("pt-BR"), name_of_language("fr"), name_of_language("oc")
    ('Portuguese (Brazil)', 'French', 'oc')
    >>> [language_of_name(name_of_language(tag)) for tag in ("en-US", "zh-Hans", "de-AT")]
    ['en-US', 'zh-Hans', 'de-AT']
    """
    language, _, rest = tag.partition("-")
    name = _first_name(_NAMES, language)
    place = _first_name(_REGIONS, rest) or next(
        (word for word, script in _SCRIPTS.items() if script == rest), ""
    )
    if not name or (rest and not place):
        return tag
    return f"{name.title()} ({place.title() if len(place) > 3 else place.upper()})" if rest else name.title()


def _first_name(table: str, code: str) -> str:
    rows = (line.split() for line in table.strip().splitlines())
    return next((names[0].replace("_", " ") for row_code, *names in rows if row_code == code), "")
