"""Subtitles read and filled: a cue is a text, and keeps its number, times and lines."""

import pytest

from tm.errors import FormatError
from tm.formats import fill, read_document
from tm.formats.authoring import Filling
from tm.language import omegat_tags
from tm.model import Segment

SRT = """\
1
00:00:01,000 --> 00:00:02,500
{\\an8}Le <i>pont</i> relie
les deux rives.

2
00:00:03,000 --> 00:00:04,000 X1:40 X2:600
- Tu viens ?
- <i>Non & oui.</i>

3
00:00:05,000 --> 00:00:06,000

4
00:00:07,000 --> 00:00:08,000
I <3 Paris >
"""
VTT = """\
WEBVTT - essai

NOTE rien
à lire

STYLE
::cue { color: red }

un
01:00.000 --> 01:02.000 align:start
<v Ana>Le &lt;pont&gt; <00:01:01.000>tient
"""


def texts(path):
    return [omegat_tags.shown(Segment(each.text, each.codes)) for each in read_document(path).paragraphs]


def filled(path, *targets):
    fillings = [None if target is None else Filling(omegat_tags.hidden(target), 100) for target in targets]
    out = path.with_name(f"filled{path.suffix}")
    fill(path, out, fillings)
    return out


@pytest.fixture(params=["\n", "\r\n"])
def cues(request, tmp_path):
    path = tmp_path / "a.srt"
    path.write_bytes(b"\xef\xbb\xbf" + SRT.replace("\n", request.param).encode())
    return path


def test_lines_of_a_cue_are_one_text_unless_each_begins_with_a_dash(cues):
    assert texts(cues) == [
        "Le <i0>pont</i0> relie les deux rives.",
        "- Tu viens ?",
        "- <i0>Non & oui.</i0>",
        "I <3 Paris >",
    ]


def test_a_cue_keeps_its_times_and_the_number_of_its_lines(cues):
    before = cues.read_bytes().decode()
    out = filled(cues, "A <i0>ponte</i0> liga as duas margens.", None, "- <i0>Não.</i0>", None)
    newline = "\r\n" if "\r\n" in before else "\n"
    expected = before.replace(
        f"Le <i>pont</i> relie{newline}les deux rives.", f"A <i>ponte</i> liga as{newline}duas margens."
    ).replace("Non & oui.", "Não.")
    assert out.read_bytes().decode() == expected


def test_nothing_changes_where_nothing_or_the_same_is_put(cues):
    assert filled(cues).read_bytes() == cues.read_bytes()
    assert filled(cues, *texts(cues)).read_bytes() == cues.read_bytes()


def test_notes_and_styles_of_webvtt_are_no_text_and_its_signs_are_escaped(tmp_path):
    path = tmp_path / "a.vtt"
    path.write_text(VTT, encoding="utf-8")
    assert texts(path) == ["Le <pont> <t0/>tient"]
    out = filled(path, "A <ponte> <t0/>fica & resiste").read_text(encoding="utf-8")
    assert out == VTT.replace(
        "Le &lt;pont&gt; <00:01:01.000>tient", "A &lt;ponte&gt; <00:01:01.000>fica &amp; resiste"
    )


def test_a_file_without_cues_is_refused_in_one_line(tmp_path):
    (tmp_path / "a.srt").write_text("Le pont tient.\n", encoding="utf-8")
    with pytest.raises(FormatError, match="no line of times"):
        read_document(tmp_path / "a.srt")


def test_lines_behind_a_blank_one_in_a_cue_are_left_out_and_counted(tmp_path, caplog):
    path = tmp_path / "a.srt"
    path.write_text(SRT.replace("les deux rives.", "\nles deux rives.\nOui."), encoding="utf-8")
    assert texts(path)[:2] == ["Le <i0>pont</i0> relie", "- Tu viens ?"]
    assert "a.srt: left out 2 lines behind a blank line in a cue; take that line out" in caplog.text
    caplog.clear()
    (tmp_path / "b.srt").write_text(SRT, encoding="utf-8")
    (tmp_path / "c.vtt").write_text(VTT, encoding="utf-8")
    assert texts(tmp_path / "b.srt")
    assert texts(tmp_path / "c.vtt")
    assert not caplog.text
