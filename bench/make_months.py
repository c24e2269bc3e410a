"""Writes tm/language/data/months.tsv: the names of the months in each language of CLDR.

usage: pip install babel; python bench/make_months.py > tm/language/data/months.tsv

Columns: language; then for each month its names, the one of a date first, parted by "|", case-folded. Languages
whose months are numbers (3月) have no line. Babel brings the data of CLDR (https://cldr.unicode.org).
"""

from babel import Locale, UnknownLocaleError, localedata

FORMS = [
    ("format", "wide"),
    ("stand-alone", "wide"),
    ("format", "abbreviated"),
    ("stand-alone", "abbreviated"),
]


def names(locale, month):
    found = (locale.months[context][width][month] for context, width in FORMS)
    return list(dict.fromkeys(name.casefold().rstrip(".") for name in found))


print("# CLDR by way of Babel (Unicode License v3); made by bench/make_months.py")
for tag in sorted(localedata.locale_identifiers()):
    if "_" in tag:
        continue
    try:
        locale = Locale(tag)
        rows = [names(locale, month) for month in range(1, 13)]
    except (UnknownLocaleError, KeyError, AttributeError):
        continue
    if any(any(c.isdigit() for c in name) for row in rows for name in row) or rows[0] == ["m01"]:
        continue
    print(tag, *("|".join(row) for row in rows), sep="\t")
