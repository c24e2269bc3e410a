"""Documents as paragraphs."""

from pathlib import Path

import pytest

from tm.document import Document, Paragraph
from tm.errors import FormatError
from tm.formats import read_document, reads_documents

SAMPLES = Path(__file__).parent / "samples/text"


def test_each_line_is_a_paragraph_with_its_number_and_the_encoding_is_said(caplog):
    path = str(SAMPLES / "cp1252.txt")
    assert read_document(path) == Document(
        path,
        (
            Paragraph("Le pont suspendu", 1),
            Paragraph("Il a été construit en 1905 — voilà.", 3),
            Paragraph("Il tient.", 4),
        ),
        "windows-1252",
    )
    assert "not UTF-8, read as windows-1252" in caplog.text


def test_utf16_is_recognised_without_a_mark():
    document = read_document(SAMPLES / "utf16le.txt")
    assert (document.encoding, [each.text for each in document.paragraphs]) == (
        "utf-16-le",
        ["Le pont suspendu", "Il a été construit en 1905."],
    )


@pytest.mark.parametrize(("end", "numbers"), [("\n", [1, 3]), ("\r\n", [1, 3]), ("\r", [1, 3])])
def test_line_breaks_of_every_system_count(end, numbers, tmp_path):
    (tmp_path / "a.txt").write_bytes(f"un{end}{end}deux\u2028suite{end}".encode())
    document = read_document(tmp_path / "a.txt")
    assert [(each.line, each.text) for each in document.paragraphs] == [(1, "un"), (3, "deux\u2028suite")]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "1:1: the file is empty; text was expected"),
        (b" \n\n", "1:1: the file is empty; text was expected"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", " this is a binary file; text was expected"),
    ],
)
def test_what_is_no_text_says_so(content, fault, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(FormatError) as raised:
        read_document(path)
    assert str(raised.value) == f"{path}:{fault}"


def test_documents_are_told_from_other_files():
    assert reads_documents("a/B.TXT")
    assert reads_documents("a.txt.gz")
    assert not reads_documents("a.tmx")


def kinds(path):
    return [(each.line, each.kind, each.text) for each in read_document(path).paragraphs]


MARKDOWN = """\
---
title: Pont
---
# Le pont *suspendu* #

Un paragraphe sur
deux **lignes** avec un [lien](http://x.y/a(b)) et ![image](i.png).

Sous-titre
----------

- premier
  suite
- [ ] second `co*de*`

  sa suite
  1. dedans

> Citation
> longue

```py
code = 1
~~~
```

    indenté

| a | b |
|---|:-:|
| c \\| d | **e** |

***
<!-- commentaire
sur deux lignes -->
Fin avec snake_case_nom, 2 * 3 * 4, \\*étoile\\*, <https://x.y> et &eacute;.

[lien]: http://x.y
"""


def test_markdown_is_read_block_by_block(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    assert kinds(path) == [
        (4, "heading", "Le pont suspendu"),
        (6, "text", "Un paragraphe sur deux lignes avec un lien et ."),
        (7, "text", "image"),
        (9, "heading", "Sous-titre"),
        (12, "item", "premier suite"),
        (14, "item", "second co*de*"),
        (16, "item", "sa suite"),
        (17, "item", "dedans"),
        (19, "text", "Citation longue"),
        (29, "cell", "a"),
        (29, "cell", "b"),
        (31, "cell", "c | d"),
        (31, "cell", "e"),
        (36, "text", "Fin avec snake_case_nom, 2 * 3 * 4, *étoile*, https://x.y et é."),
    ]


HTML = """\
<!DOCTYPE html>
<html lang="pt_BR"><head><meta charset="{}"><title>A ponte</title><style>p {{}}</style></head>
<body><h1>A <b>ponte</b>
 pênsil</h1>
<p>Um par&aacute;grafo<br>quebrado <i>em</i> dois.
<ul><li>um<ul><li>dentro</li></ul></li><li><p>dois</p></ul>
<table><tr><td>a</td><td>b &amp; c</table>
<pre>linha 1
linha 2</pre>
<script>var x = "<p>não</p>";</script>
texto
solto</body></html>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_html_is_read_block_by_block(encoding, tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(HTML.format(encoding).encode(encoding))
    document = read_document(path)
    assert document.language == "pt-BR"
    assert kinds(path) == [
        (2, "heading", "A ponte"),
        (3, "heading", "A ponte pênsil"),
        (5, "text", "Um parágrafo"),
        (5, "text", "quebrado em dois."),
        (6, "item", "um"),
        (6, "item", "dentro"),
        (6, "item", "dois"),
        (7, "cell", "a"),
        (7, "cell", "b & c"),
        (8, "text", "linha 1"),
        (9, "text", "linha 2"),
        (11, "text", "texto solto"),
    ]


@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_a_document_without_text_says_so(name, tmp_path):
    (tmp_path / name).write_text("<!-- rien -->\n", encoding="utf-8")
    with pytest.raises(FormatError, match="there is no text in the file"):
        read_document(tmp_path / name)
