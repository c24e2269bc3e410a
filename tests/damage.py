"""Damaged files: our own samples of every format, damaged by turns of a seeded generator, and what reading them says.

``tests/test_fuzz.py`` reads a few of each, ``bench/fuzz.py`` as many as are asked for.
"""

import functools
import io
import random
import zipfile
from pathlib import Path

import test_documents_epub
import test_documents_odt
import test_documents_office
import test_documents_pdf

from tm import formats
from tm.errors import TMError
from tm.formats._bytes import chunks
from tm.formats.authoring import Filling, Reading, Writing
from tm.model import Code, Segment, Unit, Variant

SAMPLES = Path(__file__).parent / "samples"
TEXTS = {
    "strings.json": b'{"@@locale": "fr", "a": {"b": ["oui", 1, null]}, "c": "\\u00e9\\ud83d\\ude00"}',
    "strings.xml": b"<resources><string name='a'>L\\'<b>ami</b> %1$s</string><plurals name='p'><item quantity='one'>x</item>"
    b"</plurals><string name='c'><![CDATA[<i>]]></string></resources>",
    "a.properties": b"# note\na.b = Oui {0}\\\n  non\nc: \\u00e9\n",
    "a.ftl": b"a = Oui { $n }\n    .t = Non\nb = { $n ->\n    [one] un\n   *[other] deux\n }\n",
    "a.md": b'# Titre\n\nUn *pont* [neuf](x.md "y").\n\n| a | b |\n|---|---|\n| `c` | d |\n\n- e\n  > f\n',
    "a.html": b"<html lang=fr><p title='oui'>Un <b>pont</b> &eacute;<br>neuf<script>x</script><table><tr><td>a",
    "a.srt": b"1\n00:00:01,000 --> 00:00:02,000\n- <i>Oui.</i>\n- Non.\n\n2\n00:00:03,000 --> 00:00:04,000\nLe pont\ntient.\n",
    "a.vtt": b"WEBVTT\n\nNOTE x\n\n1\n00:01.000 --> 00:02.000 align:left\n<v Ana>Le pont &amp; <00:01.500>la rive\n",
    "mtf.xml": b"<?xml version='1.0'?><mtf><conceptGrp><concept>1</concept><languageGrp><language type='French' lang='FR'/>"
    b"<termGrp><term>pont</term><descripGrp><descrip type='Status'>approved</descrip></descripGrp></termGrp></languageGrp>"
    b"<languageGrp><language type='Portuguese' lang='PT'/><termGrp><term>ponte</term></termGrp></languageGrp></conceptGrp></mtf>",
    "a.wordfast": b"%20260101~000000\t%User ID\t%TU=1\t%FR\t%Wordfast TM v.5.51w/00\t%PT\t%---\n20260101~000000\tA\t0\tFR\tLe &tA;pont\tPT\tA &tA;ponte\n",
    "rich.tbx": b"<martif type='TBX' xml:lang='fr'><text><body>" + 3 * (
        b'<termEntry id="c1"><transacGrp><transac type="transactionType">origination</transac><date>2026-11-29</date></transacGrp>\n'
        b'<langSet xml:lang="fr"><descripGrp><descrip type="definition">Bati &amp; neuf.</descrip><admin type="source">atlas</admin>'
        b'</descripGrp><ntig><termGrp><term id="t">pont</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>\n'
        b'<langSet xml:lang="pt"><tig><term>ponte</term><termNote type="administrativeStatus">forbidden</termNote><note>vu</note></tig>'
        b"</langSet></termEntry>\n") + b"</body></text></martif>",
    "codes.xlf": b"<xliff version='1.2'><file source-language='fr' target-language='pt' original='a'><body>" + 3 * (
        b'\n<trans-unit id="1"><source>Le <g id="1">pont</g><x id="2" equiv-text="&lt;br/&gt;"/> <bpt id="3">&lt;b <sub>x</sub></bpt>y'
        b'<ept id="3">&gt;</ept></source><target state="final"><mrk mtype="seg" mid="1">ponte</mrk></target><note>vu</note></trans-unit>'
        ) + b"</body></file></xliff>",
    "programs.csv": b'Concept ID,Term [fr],Term [pt],Status [fr],Status [pt]\n1,pont,ponte,preferred,"not\nrecommended"\n',
}  # fmt: skip
INSERTED = (
    *(b"\0", b"\xff\xfe", b"<", b">", b"&#0;", b"&x;", b'"', b"\r", b"\\", b"{", b"]]>", b"\xe2\x80\xae", b"\t\t"),
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"-1", b"9" * 400, b"[" * 300, b"xml:lang=''", b"\xed\xa0\x80", b"msgid"),
)  # fmt: skip
_OFFICE = test_documents_office


@functools.cache
def samples():
    """The samples of every format by their names: files, those that our writers write, documents."""
    found = {path.name: path.read_bytes() for path in sorted(SAMPLES.rglob("*")) if formats.formats_of(path)}
    codes = (Code(3, "open", "g", (("id", "1"),)), Code(7, "close", "g", (("id", "1"),)))
    source, target = Segment("le pont < 3", codes), Segment("a ponte < 3")
    units = [Unit((Variant("fr", source), Variant("pt-BR", target)))]
    for written in ("tmx", "xliff", "xliff2", "po", "csv", "jsonl", "xlsx"):
        stream = io.BytesIO()
        kind = next(kind for kind in formats.formats() if kind.name == written)
        kind.write_units(stream, iter(units), Writing("a"))
        found[f"written{kind.extensions[0]}"] = stream.getvalue()
    return found | TEXTS | _documents()


def _documents():
    odt = test_documents_odt
    return {
        "letter.docx": _zipped({"word/document.xml": _OFFICE.LETTER}),
        "slides.pptx": _zipped(_OFFICE.SLIDES),
        "book.xlsx": _zipped(_OFFICE.BOOK),
        "guide.odt": _zipped({"content.xml": odt.CONTENT, "styles.xml": odt.STYLES, "meta.xml": odt.META}),
        "book.epub": _zipped(test_documents_epub.PARTS),
        "pages.pdf": test_documents_pdf.pdf_of(test_documents_pdf.PAGES),
    }


def _zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def damaged(data, draw):
    """The bytes after one to four changes; of a zip those of one of its parts."""
    if data[:2] == b"PK" and draw.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        chosen = draw.choice(list(parts))
        return _zipped({**parts, chosen: damaged(parts[chosen], draw)})
    content = bytearray(data)
    for _ in range(1 + _below(4, draw)):
        at, end = sorted((_below(len(content) + 1, draw), _below(len(content) + 1, draw)))
        end = min(end, at + (1, 8, 200)[_below(3, draw)])
        match _below(5, draw):
            case 0 if content:
                content[min(at, len(content) - 1)] ^= 1 << _below(8, draw)
            case 1:
                del content[at:end]
            case 2:
                content[at:at] = content[at:end] * (1, 2, 50)[_below(3, draw)]
            case 3:
                del content[at:]
            case _:
                content[at:at] = INSERTED[_below(len(INSERTED), draw)]
    return bytes(content)


def _below(count, draw):
    """A number from 0 on; ``randrange`` takes longer than reading a small file."""
    return int(draw.random() * count)


def outcome(name, content, *, go_on=False, fill=False):
    """What our error says of a file, "" when it was read.

    Args:
        name: the file's name; all that any format reads from a file of this name is read.
        content: its bytes.
        go_on: whether reading goes on behind a fault.
        fill: whether it is written again with its texts filled.
    """
    try:
        for kind in _formats_of(name):
            _read(name, content, kind, [] if go_on else None)
            if fill and kind.fill:
                fillings = [Filling(Segment("a ponte"), 100)] * 100
                kind.fill(iter([content]), io.BytesIO(), fillings, Reading(name, "fr", "pt"))
    except TMError as error:
        return str(error)
    return ""


_formats_of = functools.cache(formats.formats_of)


def _read(name, content, kind, problems):
    """Read a file as from a disk, unpacked when it is packed."""
    for read in (kind.read_units, kind.read_concepts):
        if read:
            reading = Reading(name, "fr", "pt", problems=problems)
            for _ in read(chunks(io.BytesIO(content), reading), reading):
                pass
    if kind.read_document:
        kind.read_document(iter([content]), Reading(name))


def damages(name, seed):
    """Damaged files of a sample without end, the same ones for the same seed."""
    draw = random.Random(f"{name} {seed}")
    while True:
        yield damaged(samples()[name], draw)
