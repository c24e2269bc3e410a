"""The quick ways of readers give what the thorough ones give."""

import re

import pytest

from tm.formats import _messages, _tbx_shapes, _xliff_plain
from tm.formats._format import Reading
from tm.formats._po_reader import read as read_po
from tm.formats._xliff_reader import placed, read
from tm.formats.tbx import read as read_tbx

UNITS = """
<trans-unit id="1"><source>oui &amp; non</source><target state="translated">sim &lt;e&gt; n&#227;o</target></trans-unit>
<trans-unit id="2" resname="menu" approved="yes"><source xml:lang="fr">« é »</source>
  <target xml:lang="pt-PT" state="needs-adaptation" state-qualifier="fuzzy-match">&quot;é&quot;</target>
  <note from="Rui">vu
ici</note><note>deux</note></trans-unit>
<trans-unit id="3" translate="no"><source>a</source></trans-unit>\t<trans-unit id="4"><source>b</source><target/></trans-unit>
<trans-unit id="5"><source>un <g id="1">pont</g></source><target>  </target></trans-unit>
<trans-unit id="6" xml:space="preserve"><source> c  d </source><target> e </target></trans-unit>
<trans-unit id="7" resname="x"><source>deux
   lignes</source><target state-qualifier="rejected-grammar" state="final">dois</target></trans-unit>
<trans-unit id="9"><source>Le <g id="1">pont</g> <x id="2" equiv-text="&lt;br&gt;"/>et <bpt id="3">&lt;b a=<sub>titre<x id="4"/></sub></bpt>é
</source></trans-unit>
<trans-unit id="10"><source>Le <g id="1">pont</g> <x id="2" equiv-text="&lt;br&gt;"/>et <bpt id="3">&lt;b a=<sub>titre<x id="4"/></sub></bpt>é\
<ept id="3"/><mrk mtype="seg" mid="1"><g id="5"/>a</mrk></source><target><x id="1" /></target></trans-unit>
<trans-unit id="11"><source>a<x id="1">b</x></source></trans-unit>
<trans-unit id="12"><source><ph id="1"><ph id="2">&amp;</ph>c</ph>d</source><target><mq:ch val="x"/>e<it id="1" pos="open">f</it></target></trans-unit>
<trans-unit id="13"><source>a <g id="1" id="2">b</g></source></trans-unit>
"""
SEGMENTS = """
<unit id="1" name="menu"><segment id="s" state="final"><source>oui</source><target>sim &apos;</target></segment></unit>
<unit id="2"><notes><note id="n">vu</note></notes><segment><source>a</source></segment><segment><source>b</source></segment></unit>
<unit id="3"><notes><note>vu</note></notes>
  <segment state="initial" subState="ponte:fuzzy"><source>c</source><target>d</target></segment></unit>
<unit id="4"><segment><source>e</source><target xml:lang="pt">f</target></segment></unit>
"""
FILES = {
    "1": '<xliff version="1.2"><file original="a" source-language="fr" target-language="pt"><body>'
    + UNITS
    + f'<group translate="no"><trans-unit id="8"><source>z</source></trans-unit>{UNITS}</group></body></file></xliff>',
    "2": '<xliff version="2.0" srcLang="fr" trgLang="pt"><file id="f">' + SEGMENTS * 2 + "</file></xliff>",
    "prefix": '<x:xliff version="1.2" xmlns:x="u"><x:file original="a" source-language="fr"><x:body>'
    + re.sub("<(/?)", r"<\1x:", UNITS)
    + "</x:body></x:file></x:xliff>",
}  # fmt: skip
BROKEN = {
    "twice": FILES["1"].replace('id="4"', 'id="4" id="5"'),
    "an entity": FILES["1"].replace("&quot;é", "&eacute;é"),
    "not nested": FILES["1"].replace("</g></source>", "</b></source>", 1),
    "ends twice": FILES["1"].replace("</g></source>", "</g></g></source>", 1),
    "no source": FILES["1"].replace('<source xml:lang="fr">« é »</source>', ""),
}


def outcome(way, data, size=1 << 16):
    reading = Reading("a.xlf", problems=[])
    pieces = (data[at : at + size] for at in range(0, len(data), size))
    return list(way(pieces, reading)), [str(fault) for fault in reading.problems], reading.account


def thorough(chunks, reading):
    for unit, _ in placed(chunks, reading):
        yield unit


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", [*FILES, *BROKEN])
def test_plain_units_of_xliff_are_read_as_expat_reads_them(name, end):
    data = (FILES | BROKEN)[name].replace("\n", end).encode()
    for broken in (data, data.replace("é".encode(), b"\xe9", 1) if name == "1" else data):
        for size in (1 << 16, 700, 61):
            assert outcome(read, broken, size) == outcome(thorough, broken, size)


def test_most_units_are_plain():
    for first, plain in (("2", ["2"]), ("10", ["10"]), ("12", ["12"])):
        data, units = FILES["1"].encode(), []
        start = data.index(f'<trans-unit id="{first}"'.encode()) - 1
        _xliff_plain.take(data, start, 2, _xliff_plain.Around("a.xlf", ("fr", "pt")), units)
        assert [unit.place.id for unit in units] == plain


CATALOGUE = r"""# us
msgid ""
msgstr "Language: pt\n"

#. note
#: a.c:1
#, c-format, fuzzy
#| msgid "Old"
#| "er"
msgctxt "menu"
msgid "Open \"%s\"\n"
msgstr ""
"Abrir \t\"%s\"\n"

msgid "day"
msgid_plural "days"
msgstr[0] "dia"
msgstr[1] ""

#~ msgid "Gone"
#~ msgstr "Foi"

# alone

msgid "after"
msgstr "depois"

 msgid "\a bell"
msgstr  "x"

#,no-wrap
msgid "é"
msgstr "ê"

# the end
"""


@pytest.mark.parametrize("spoilt", ["", 'msgstr "twice"', 'msgid "a"', '"x', "msgstr[2] x"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_plain_messages_of_po_are_read_as_those_that_are_looked_at_line_by_line(monkeypatch, spoilt, end):
    data = CATALOGUE.replace('msgstr[1] ""\n', f'msgstr[1] ""\n\n{spoilt}\n').replace("\n", end).encode()
    quick = outcome(read_po, data)
    monkeypatch.setattr(_messages, "PLAIN", re.compile("(?!)"))
    assert quick == outcome(read_po, data)
    assert len(quick[0]) >= 4


ENTRIES = """
<termEntry id="a"><descrip type="subjectField">eau</descrip><descrip type="definition">x &amp; y</descrip><note>n</note>
<langSet xml:lang="fr"><tig id="t"><term id="u">pont
neuf</term><termNote type="partOfSpeech">noun</termNote><descripGrp><descrip type="context">Le pont.</descrip>
<admin type="source">a.txt:3</admin></descripGrp></tig></langSet>
<langSet xml:lang="pt_br"><ntig><termGrp><term>ponte</term><termNote type="administrativeStatus">obsolete</termNote></termGrp>
<descripGrp><descrip type="context">A ponte.</descrip><admin type="source">a.txt:3</admin></descripGrp><note>o</note></ntig>
<tig><term>viaduto</term><admin type="projectSubset">candidate</admin></tig></langSet></termEntry>
<termEntry><langSet xml:lang="fr"><tig><term>rive</term><termNote type="partOfSpeech">Noun phrase</termNote></tig></langSet></termEntry>
<termEntry><langSet xml:lang="fr"><tig><term>quai</term><note>1</note><note>2</note></tig></langSet></termEntry>
<termEntry id="b"><langSet xml:lang="fr"><tig><term> </term></tig><tig><term>eau</term></tig></langSet></termEntry>
<termEntry id="c"><descrip type="definition">1</descrip><descrip type="definition">2</descrip><langSet xml:lang="fr"><tig>
<term>mer</term><admin type="customerSubset">nous</admin><admin type="source">a</admin></tig></langSet></termEntry>
<termEntry id="d"><langSet xml:lang="fr"><tig><term>lac</term><termNote type="forbidden">true</termNote></tig></langSet></termEntry>
<termEntry id="e"><langSet xml:lang="fr"><tig><term>ru</term></tig></langSet><langSet xml:lang="en"></langSet></termEntry>
<termEntry><langSet xml:lang="fr"></langSet></termEntry>
<termEntry><langSet xml:lang="fr"><tig><term>étang</term></tig></langSet></termEntry>
<termEntry id="f"><transacGrp><transac type="transactionType">proposal</transac><date>2026-11-29</date></transacGrp>
<admin type="projectSubset">port</admin><descripGrp><descrip type="subjectField">mer</descrip><admin type="source">x</admin>
</descripGrp><langSet xml:lang="fr"><descripGrp><descrip type="definition">« Abri » pour
 bateaux.</descrip><admin type="source">manuel</admin></descripGrp><note>usage</note>
<ntig id="n"><termGrp><term id="i">port</term><termNote type="partOfSpeech">Noun</termNote><termNote type="termType">entryTerm</termNote>
<termNote type="geographicalUsage">FR</termNote><termNote type="processStatus">unprocessed</termNote></termGrp>
<transacGrp><transac type="transactionType">modification</transac><transacNote type="responsibility">Ana</transacNote></transacGrp>
<xref type="xGraphic" target="port.png">vue</xref><descrip type="reliabilityCode">3</descrip><admin type="sortKey">pending</admin></ntig>
</langSet><langSet xml:lang="pt"><descrip type="definition">Abrigo.</descrip><ntig><termGrp><term>porto</term></termGrp></ntig>
<ntig><termGrp><term>cais</term><termNote type="administrativeStatus">in the drawer</termNote></termGrp></ntig></langSet></termEntry>
<termEntry id="g"><langSet xml:lang="fr"><tig><term>digue</term><hint>x</hint></tig></langSet></termEntry>
<termEntry id="h"><langSet xml:lang="fr"><tig><term>mât <hi>haut</hi></term></tig></langSet></termEntry>
<termEntry id="i"><langSet xml:lang="fr"><x:tig><x:term>vague</x:term></x:tig></langSet></termEntry>
"""
MULTITERM = """<mtf>{}<conceptGrp><concept>7</concept><languageGrp><language type="French" lang="FR"/><termGrp><term>pont</term>
<descripGrp><descrip type="Status">approved</descrip></descripGrp></termGrp></languageGrp><languageGrp>
<language lang="PT" type="Portuguese"/><termGrp><term>ponte</term><descripGrp><descrip type="Client">Rui</descrip></descripGrp></termGrp>
</languageGrp></conceptGrp></mtf>"""
MARTIF = '<martif type="TBX" xml:lang="fr"><text><body>{}</body></text></martif>'


@pytest.mark.parametrize(
    "bad", ["", "<termEntry/>", '<termEntry id="a" id="b"></termEntry>', "<termEntry>\x01</termEntry>"]
)
@pytest.mark.parametrize("names", [("termEntry", "langSet"), ("conceptEntry", "langSec")])
def test_plain_entries_of_a_termbase_are_read_as_expat_reads_them(monkeypatch, caplog, names, bad):
    text = MARTIF.format(ENTRIES + bad + ENTRIES).replace("termEntry", names[0]).replace("langSet", names[1])
    concept = MULTITERM[MULTITERM.index("<conceptGrp") : MULTITERM.index("</mtf>")]
    multiterm = MULTITERM.format(concept * 3)
    for data in (text.encode(), text.encode().replace("é".encode(), b"\xe9", 1), multiterm.encode()):
        for size in (1 << 16, 500, 61):
            quick = outcome(read_tbx, data, size), caplog.messages
            caplog.clear()
            with monkeypatch.context() as patched:
                patched.setattr(_tbx_shapes, "take", lambda _, start, __: start)
                assert quick == (outcome(read_tbx, data, size), caplog.messages)
            caplog.clear()


def test_an_entry_with_grammar_status_and_contexts_is_read_by_its_shape():
    made = []
    piece = ENTRIES.encode()
    assert _tbx_shapes.take(piece, 0, made.append) < len(piece)
    assert [term.text for parts in made for term, _ in parts.terms] == ["pont neuf", "ponte", "viaduto"]


def test_an_entry_with_groups_and_transactions_is_read_by_its_shape():
    entry = ENTRIES[ENTRIES.index('<termEntry id="f"') : ENTRIES.index('<termEntry id="g"')]
    clear = entry.replace("pending", "007").replace("in the drawer", "Proposed")
    unclear = (entry, clear.replace("007", "pending"), clear.replace("vue", " "), clear.replace(">FR<", "><"))
    made = []
    assert _tbx_shapes.take(clear.encode() * 3, 0, made.append) > len(clear)
    assert len(made) == 3
    for text in unclear:  # what is to be named has a line, which only expat knows
        assert _tbx_shapes.take(text.encode(), 0, made.append) == 0
