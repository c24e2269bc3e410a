"""Documents as paragraphs."""

from pathlib import Path

import pytest

from tm.errors import FormatError
from tm.formats import read_document, reads_documents
from tm.model import Document, Paragraph

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
