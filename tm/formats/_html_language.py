"""The language that a page of HTML says it is in, changed to that of its translation.

In: a page whose texts were filled, and where its ``<html>`` tag stands. Out: the page, whose ``lang``,
``xml:lang`` and ``dir`` are those of the language. A page that does not say its language stays as it is.

>>> page = '<!DOCTYPE html><html lang="fr" class="a"><p>Sim.</p></html>'
>>> with_language(page, (15, 41), "pt-BR")
'<!DOCTYPE html><html lang="pt-BR" class="a"><p>Sim.</p></html>'
>>> with_language(page, (15, 41), "ar")
'<!DOCTYPE html><html lang="ar" dir="rtl" class="a"><p>Sim.</p></html>'
"""

from __future__ import annotations

from tm import bcp47
from tm.formats._html_attributes import value_span


def with_language(page: str, tag: tuple[int, int], language: str) -> str:
    """The page with another language.

    Args:
        page: the page.
        tag: where its ``<html>`` tag begins and ends; -1 when it has none.
        language: a tag of BCP 47; "" = the page stays as it is.
    """
    start, end = tag
    spans = {name: value_span(page, start, end, name) for name in ("lang", "xml:lang", "dir")}
    values = {name: span for name, span in spans.items() if span[0] >= 0}
    if start < 0 or not language or not values.keys() & {"lang", "xml:lang"}:
        return page
    direction = "rtl" if bcp47.is_right_to_left(language) else "ltr"
    if direction == "rtl" and "dir" not in values:
        name = max(values, key=values.__getitem__)
        page = f'{page[: values[name][1]]} dir="rtl"{page[values[name][1] :]}'
    for name, (first, last) in sorted(values.items(), key=lambda item: -item[1][0]):
        quote = page[first] if page[first] in "\"'" else ""
        new = direction if name == "dir" else language
        page = f"{page[:first]}{quote}{new}{quote}{page[last:]}"
    return page
