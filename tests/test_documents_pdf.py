"""The text layer of PDF: lines joined, heads left out, and what has none is said to be scanned."""

import pytest

from tm.errors import FormatError
from tm.formats import read_document

HEAD = [(50, 800, 8, "Guide du pont - page {}")]
PAGES = [
    [
        (50, 700, 20, "Le grand pont"),
        (50, 650, 10, "Le pont relie les deux rives de la ri-"),
        (50, 638, 10, "vière. Il est plus ancien que le porte-"),
        (50, 626, 10, "manteau."),
        (50, 590, 10, "Un porte-manteau est en bois, et il va"),
    ],
    [
        (50, 700, 10, "bien dans une entrée."),
        (50, 660, 10, "- Premier point"),
        (50, 648, 10, "- Second point"),
        (50, 600, 10, "Rive . . . . . . . . . . 12"),
        (300, 20, 10, "2"),
    ],
    [(50, 700, 10, "Fin.")],
]


def pdf(path, pages):
    """A PDF of these pages as a file."""
    path.write_bytes(pdf_of(pages))
    return path


def pdf_of(pages):
    """The bytes of a PDF of these pages: lines with their places and sizes."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]  # fmt: skip
    for number, lines in enumerate(pages):
        content = b"".join(
            b"BT /F %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, text.encode("cp1252"))
            for x, y, size, text in lines
        )
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
        objects += [page % (5 + 2 * number), b"<</Length %d>>stream\n%sendstream" % (len(content), content)]
    data, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def test_lines_are_joined_to_paragraphs_and_heads_are_left_out(tmp_path):
    pages = [
        [(x, y, size, text.format(number)) for x, y, size, text in HEAD] + lines
        for number, lines in enumerate(PAGES, 1)
    ]
    document = read_document(pdf(tmp_path / "a.pdf", pages))
    assert [(each.line, each.kind, each.text) for each in document.paragraphs] == [
        (1, "heading", "Le grand pont"),
        (1, "text", "Le pont relie les deux rives de la rivière. Il est plus ancien que le porte-manteau."),
        (1, "text", "Un porte-manteau est en bois, et il va bien dans une entrée."),
        (2, "item", "Premier point"),
        (2, "item", "Second point"),
        (2, "text", "Rive"),
        (3, "text", "Fin."),
    ]


def test_pages_without_a_text_layer_are_counted_and_a_file_of_them_is_scanned(tmp_path, caplog):
    read_document(pdf(tmp_path / "a.pdf", [[], [(50, 700, 10, "Le pont")]]))
    assert "no text layer in 1 of 2 pages" in caplog.text
    with pytest.raises(FormatError, match="scanned"):
        read_document(pdf(tmp_path / "b.pdf", [[], []]))


@pytest.mark.parametrize("data", [b"%PDF-1.4\nstartxref\n9\n%%EOF", b"%PDF-1.7", b"Le pont"])
def test_a_damaged_file_is_refused_in_one_line(data, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(FormatError) as raised:
        read_document(path)
    assert "\n" not in str(raised.value)


COLUMNS = [
    [
        (50, 700, 10, "Le pont relie les deux rives de la ri-"),
        (50, 688, 10, "vière, et il est vieux"),
        (50, 676, 10, "Rui"),
        (50, 664, 10, "Ana"),
        (50, 640, 10, "- Un point dont la fin"),
        (62, 620, 10, "se lit plus bas"),
        (320, 700, 10, "Les bateaux passent dessous sans peine"),
        (320, 688, 10, "Quand l'eau est haute, rien ne bouge."),
    ]
]


def test_a_line_ends_a_paragraph_where_the_next_word_had_room(tmp_path):
    assert [each.text for each in read_document(pdf(tmp_path / "a.pdf", COLUMNS)).paragraphs] == [
        "Le pont relie les deux rives de la rivière, et il est vieux",
        "Rui",
        "Ana",
        "Un point dont la fin se lit plus bas",
        "Les bateaux passent dessous sans peine Quand l'eau est haute, rien ne bouge.",
    ]


def test_a_file_with_a_password_says_so(tmp_path):
    path = pdf(tmp_path / "a.pdf", PAGES)
    lock = b"/ID[(a)(a)]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>" % (b"o" * 32, b"u" * 32)
    path.write_bytes(path.read_bytes().replace(b"/Root 1 0 R", b"/Root 1 0 R" + lock))
    with pytest.raises(FormatError, match="asks for a password"):
        read_document(path)


def test_a_page_of_very_many_boxes_is_read_from_the_top_to_the_bottom(tmp_path):
    cells = [
        (40 + 90 * column, 800 - 30 * row, 8, f"Case {row}.{column}")
        for row in range(26)
        for column in range(6)
    ]
    document = read_document(pdf(tmp_path / "a.pdf", [cells]))
    assert [each.text for each in document.paragraphs][7:9] == ["Case 1.1", "Case 1.2"]
