"""Markdown that comes back translated: read by its blocks and inline markup, written so that it is read back."""

import pytest

from tm.formats import fill, read_document
from tm.formats.authoring import Filling
from tm.language import omegat_tags
from tm.model import Segment

PAGE = """\
---
title: Pont
---
# Le *pont* suspendu #

Il **tient** sur [deux rives](a.html "Les rives")
> et ![vue](p.png) [nord].

> - [x] Premier
>   suite\\
>   et fin
> - un `mot_clé`

| a | b \\| c |
|---|---|
| `x` | *e* |

```
code
```

Voir[^1] <b title="gras">ici</b>.

[^1]: Bâti en 1345.

[nord]: http://example.org
"""
TARGETS = {
    "Le <e0>pont</e0> suspendu": "A <e0>ponte</e0> #",
    "Il <s0>tient</s0> sur <a1>deux rives</a1>": "Em <a1>duas margens</a1> ela<s0> resiste</s0>",
    "Les rives": 'As "margens"',
    "et <i0> <a1>nord</a1>.": "1. <a1>norte</a1> e <i0>*.",
    "vue": "vista [x]",
    "Premier suite<br0>": "Primeiro<br0>",
    "un <c0>mot_clé</c0>": "uma <c0>palavra_*chave*</c0>",
    "b | c": "b | d",
    "e": "_e_",
    "Voir<n0/> <b1>ici</b1>.": "Ver <b1>aqui</b1><n0/>.",
    "Bâti en 1345.": "De 1345.",
}
CHANGES = [
    ("Le *pont* suspendu", "A *ponte* \\#"),
    (
        'Il **tient** sur [deux rives](a.html "Les rives")\r\n> et ![vue](p.png) [nord].',
        'Em [duas margens](a.html "As \\"margens\\"") ela **resiste**\r\n> 1\\. [norte][nord] e ![vista \\[x\\]](p.png)\\*.',
    ),
    ("Premier\r\n>   suite\\\r\n>   et", "Primeiro\\\r\n>   et"),
    ("un `mot_clé`", "uma `palavra_*chave*`"),
    ("b \\| c", "b \\| d"),
    ("*e*", "*\\_e\\_*"),
    ('Voir[^1] <b title="gras">ici</b>.', 'Ver <b title="gras">aqui</b>[^1].'),
    ("Bâti en 1345.", "De 1345."),
]


def texts(path):
    return [omegat_tags.shown(Segment(each.text, each.codes)) for each in read_document(path).paragraphs]


def filled(path, *targets):
    fillings = [None if target is None else Filling(omegat_tags.hidden(target), 100) for target in targets]
    out = path.with_name("filled.md")
    fill(path, out, fillings)
    return out


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(PAGE.replace("\n", "\r\n").encode())
    return path


def test_only_the_texts_of_a_page_change_and_are_read_as_they_were_put(page):
    out = filled(page, *map(TARGETS.get, texts(page)))
    expected = PAGE.replace("\n", "\r\n")
    for before, after in CHANGES:
        assert before in expected
        expected = expected.replace(before, after)
    assert out.read_bytes().decode() == expected
    read = texts(out)
    assert read[:2] == ["A <e0>ponte</e0> #", "Em <a0>duas margens</a0> ela <s1>resiste</s1>"]
    assert [text for text in TARGETS.values() if "<" not in text and text not in read] == []


def test_nothing_changes_where_nothing_or_the_same_is_put(page):
    assert filled(page).read_bytes() == page.read_bytes()
    assert filled(page, *texts(page)).read_bytes() == page.read_bytes()


@pytest.mark.parametrize(
    ("target", "markdown"),
    [
        ("2 * 3 e snake_case", "2 * 3 e snake_case"),
        ("*x* __init__", r"\*x\* \_\_init\_\_"),
        ("- a", r"\- a"),
        ("# a", r"\# a"),
        ("1. a", r"1\. a"),
        ("[x] <b> &amp; R&D", r"\[x\] \<b> \&amp; R&D"),
        ("a ponte<s0> </s0>preta", "a ponte <strong></strong>preta"),
        ("a <s0>“ponte”</s0>s", "a <strong>“ponte”</strong>s"),
    ],
)
def test_a_text_that_looks_like_markup_is_text(target, markdown, tmp_path):
    path = tmp_path / "a.md"
    path.write_text("un **pont** noir\n", encoding="utf-8")
    assert filled(path, target).read_text(encoding="utf-8") == f"{markdown}\n"


def test_front_matter_and_the_encoding_of_the_file_stay(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes("---\ntitre: \xe9t\xe9\n---\n\xc9t\xe9\n".encode("cp1252"))
    assert texts(path) == ["Été"]
    assert filled(path, "Verão →").read_bytes() == "---\ntitre: été\n---\nVerão &#8594;\n".encode("cp1252")


GUIDE = """\
import Tabs from '@site/tabs';

:::note Titre
Une note.
:::

{% tip %}
Un terme
: sa définition,
  en deux lignes
{: .grand}

{{< video id="1" >}} {/* rien */}

{/* rien */}

> [!NOTE]
> Attention.

$$
x = y
$$
$$z$$

Il importe : import a.
"""


def test_lines_for_programs_stay_lines_of_their_own(tmp_path):
    path = tmp_path / "guide.md"
    path.write_text(GUIDE, encoding="utf-8")
    pairs = {
        "Une note.": "Uma nota.",
        "Un terme": "Um termo",
        "sa définition, en deux lignes": "a sua definição",
        '{{< video id="1" >}} {/* rien */}': None,
        "Attention.": "Atenção.",
        "Il importe : import a.": "Importa: import a.",
    }
    assert texts(path) == list(pairs)
    expected = GUIDE.replace("sa définition,\n  en deux lignes", "a sua definição")
    for source, target in pairs.items():
        expected = expected.replace(source, target or source)
    assert filled(path, *pairs.values()).read_text(encoding="utf-8") == expected


def test_front_matter_that_never_ends_is_text_at_once(tmp_path):
    # If ``\r\n`` could be two ends of lines as well, each line would double the time: an hour for these.
    path = tmp_path / "guide.md"
    path.write_bytes(b"---\r\n" + b"title: a\r\n" * 40 + b"\r\nLe pont\r\n")
    assert texts(path)[-1] == "Le pont"


def test_many_blanks_behind_a_word_of_a_program_take_no_time(tmp_path):
    path = tmp_path / "guide.md"
    path.write_text("Le pont\n\nimport" + " " * 200_000 + "x\n", encoding="utf-8")
    assert len(texts(path)) == 2
