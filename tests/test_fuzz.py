"""Damaged files: each reader gives what it can, or one of our own errors, whatever the damage.

Our own samples are damaged by turns of a seeded generator. ``pytest tests/test_fuzz.py --fuzz 1000`` reads a
thousand times as many.
"""

import functools
import io
import random
import zipfile
from pathlib import Path

import pytest

from tm import formats
from tm.direction import Direction
from tm.errors import TMError
from tm.model import Segment, Unit, Variant

SAMPLES = Path(__file__).parent / "samples"
TEXTS = {
    "strings.json": b'{"@@locale": "fr", "a": {"b": ["oui", 1, null]}, "c": "\\u00e9\\ud83d\\ude00"}',
    "strings.xml": b"<resources><string name='a'>L\\'<b>ami</b> %1$s</string><plurals name='p'><item quantity='one'>x</item>"
    b"</plurals><string name='c'><![CDATA[<i>]]></string></resources>",
    "a.properties": b"# note\na.b = Oui {0}\\\n  non\nc: \\u00e9\n",
    "a.ftl": b"a = Oui { $n }\n    .t = Non\nb = { $n ->\n    [one] un\n   *[other] deux\n }\n",
    "a.md": b'# Titre\n\nUn *pont* [neuf](x.md "y").\n\n| a | b |\n|---|---|\n| `c` | d |\n\n- e\n  > f\n',
    "a.html": b"<html lang=fr><p title='oui'>Un <b>pont</b> &eacute;<br>neuf<script>x</script><table><tr><td>a",
}
INSERTED = (
    *(
        b"\0",
        b"\xff\xfe",
        b"<",
        b">",
        b"&#0;",
        b"&x;",
        b'"',
        b"\r",
        b"\\",
        b"{",
        b"]]>",
        b"\xe2\x80\xae",
        b"\t\t",
    ),
    *(
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"-1",
        b"9" * 400,
        b"[" * 300,
        b"xml:lang=''",
        b"\xed\xa0\x80",
        b"msgid",
    ),
)
ROUNDS = 12
"""The damaged files that are made of one sample in an ordinary run."""


@functools.cache
def samples():
    found = {path.name: path.read_bytes() for path in sorted(SAMPLES.rglob("*")) if formats.formats_of(path)}
    units = [Unit((Variant("fr", Segment("le pont < 3")), Variant("pt-BR", Segment("a ponte < 3"))))]
    for written in ("tmx", "xliff", "xliff2", "po", "csv", "jsonl", "xlsx"):
        stream = io.BytesIO()
        kind = next(kind for kind in formats.formats() if kind.name == written)
        kind.write_units(stream, iter(units), formats.authoring.Writing("a"))
        found[f"written{kind.extensions[0]}"] = stream.getvalue()
    return found | TEXTS


def damaged(data, draw):
    """The bytes after one to four changes; of a zip those of one of its parts."""
    if data[:2] == b"PK" and draw.random() < 0.8:
        return _damaged_part(data, draw)
    content = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        at, end = sorted(draw.randrange(len(content) + 1) for _ in range(2))
        end = min(end, at + draw.choice((1, 8, 200)))
        match draw.randrange(5):
            case 0 if content:
                content[min(at, len(content) - 1)] ^= 1 << draw.randrange(8)
            case 1:
                del content[at:end]
            case 2:
                content[at:at] = content[at:end] * draw.choice((1, 2, 50))
            case 3:
                del content[at:]
            case _:
                content[at:at] = draw.choice(INSERTED)
    return bytes(content)


def _damaged_part(data, draw):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as changed:
        chosen = draw.choice(package.namelist())
        for name in package.namelist():
            part = package.read(name)
            changed.writestr(name, damaged(part, draw) if name == chosen else part)
    return out.getvalue()


def read(path):
    """All that any format reads from a file of this name."""
    for kind in formats.formats_of(path):
        if kind.read_units:
            list(formats.read_units(path, format=kind.name, direction=Direction("fr", "pt")))
        if kind.read_concepts:
            formats.read_concepts(path, format=kind.name, direction=Direction("fr", "pt"))
        if kind.read_document:
            formats.read_document(path, format=kind.name)


def outcome(path):
    """What our error says, "" when the file was read."""
    try:
        read(path)
    except TMError as error:
        return str(error)
    return ""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", samples())
def test_a_damaged_file_is_read_or_refused_in_one_line(name, tmp_path, request):
    draw = random.Random(name)
    sample, path = samples()[name], tmp_path / name
    for _ in range(ROUNDS * request.config.getoption("--fuzz")):
        content = damaged(sample, draw)
        path.write_bytes(content)
        said = outcome(path)
        assert "fault of ours" not in said, f"{said}\n{content!r}"
        assert "\n" not in said


def test_what_a_reader_raises_beside_our_errors_is_one_line(tmp_path, monkeypatch):
    def broken(_chunks, _reading):
        raise IndexError("no\nsuch item")

    path = tmp_path / "a.jsonl"
    path.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(
        formats.files, "look_up", lambda *_: formats.authoring.Format("x", (".x",), "", broken)
    )
    with pytest.raises(
        TMError, match=r"a\.jsonl: cannot be read by a fault of ours \(IndexError: no such item\); please"
    ):
        list(formats.read_units(path))
