"""Where a unit stands in its file: path, line, column and id, in every format that holds units."""

import dataclasses

import pytest

from tm.formats import _values, read_units, write_units
from tm.model import Annotation, Code, Concept, DataCategory, Place, Segment, Term, Unit, Variant

XLIFF_1 = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="fr" target-language="pt" original="a" datatype="x"><body>
<trans-unit id="salt"><source>Le sel</source><target>O sal</target></trans-unit>
  <group><trans-unit
    id="oil"><source>L’huile</source></trans-unit></group>
</body></file></xliff>
"""
XLIFF_2 = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr" trgLang="pt">
<file id="f"><unit id="u">
 <segment id="a"><source>Un.</source></segment>
 <segment><source>Deux.</source></segment>
</unit></file></xliff>
"""
PO = r"""msgid ""
msgstr "Language: pt\n"

# the cook says
#: kitchen.c:7
msgctxt "verb"
msgid "Salt"
msgstr "Salgar"

msgid ""
"Two "
"lines"
msgstr ""
#~ msgid "Pepper"
#~ msgstr "Pimenta"

msgid "Oil"
msgid_plural "Oils"
msgstr[0] ""
msgstr[1] ""
"""
TMX = """<tmx version="1.4"><header srclang="fr"/>
<body>
<tu tuid="1">
<tuv xml:lang="fr"><seg>un</seg></tuv>
<tuv xml:lang="pt"><seg>um</seg></tuv>
</tu>
<tu><tuv xml:lang="fr"><seg>deux</seg></tuv><tuv xml:lang="pt"><seg>dois</seg></tuv></tu>

<tu creationid="ana" tuid="3">
<tuv xml:lang="fr"><seg>trois</seg></tuv>
<tuv xml:lang="pt"><seg>três</seg></tuv></tu>
<tu tuid="4"><tuv xml:lang="fr"><seg>qua<ph>x</ph>tre</seg></tuv>
<tuv xml:lang="pt"><seg>quatro</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>cinq</seg></tuv><tuv xml:lang="pt"><seg>cinco</seg></tuv></tu>
</body></tmx>
"""
FILES = [
    ("a.xlf", XLIFF_1, [(4, 1, "salt"), (5, 10, "oil")]),
    ("a.xlf2", XLIFF_2, [(3, 2, "u/a"), (4, 2, "u/2")]),
    ("a.po", PO, [(7, 0, "verb|Salt"), (10, 0, "Two lines"), (17, 0, "Oil")]),
    ("a.tmx", TMX, [(3, 0, "1"), (7, 0, ""), (9, 0, "3"), (12, 0, "4"), (14, 0, "")]),
    ("a.tsv", "tuid\tfr\tpt\nk1\toui\tsim\n\n\tnon\tnão\n", [(2, 0, "k1"), (4, 0, "")]),
    ("a.csv", 'fr,pt\n"un\ndeux",x\ntrois,y\n', [(2, 0, ""), (4, 0, "")]),
    (
        "a.jsonl",
        '{"translation": {"fr": "oui"}, "id": "7"}\n\n{"translation": {"fr": "non"}}\n',
        [(1, 0, "7"), (3, 0, "")],
    ),
]


@pytest.mark.parametrize(("name", "content", "expected"), FILES, ids=[name for name, *_ in FILES])
def test_a_unit_knows_its_line_column_and_id(tmp_path, name, content, expected):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert [unit.place for unit in read_units(path)] == [Place(str(path), *place) for place in expected]


def test_a_unit_of_a_workbook_knows_its_row(tmp_path):
    units = [Unit((Variant("fr", Segment(text)), Variant("pt", Segment(text)))) for text in ("a", "b")]
    write_units(tmp_path / "a.xlsx", units)
    assert [unit.place.line for unit in read_units(tmp_path / "a.xlsx")] == [2, 3]


def test_lines_are_right_after_a_fault_that_was_gone_past(tmp_path):
    broken = TMX.replace('<tu><tuv xml:lang="fr"><seg>deux</seg></tuv>', "<tu><tuv><seg>deux</seg></tuv>")
    (tmp_path / "a.tmx").write_text(broken, encoding="utf-8")
    units = read_units(tmp_path / "a.tmx", problems=[])
    assert [unit.place.line for unit in units] == [3, 9, 12, 14]


def test_the_place_is_no_part_of_what_a_unit_says():
    variants = (Variant("fr", Segment("oui")),)
    placed = Unit(variants, place=Place("a.tsv", 2))
    assert placed == Unit(variants)
    assert hash(placed) == hash(Unit(variants))


@pytest.mark.parametrize("kind", [Annotation, Code, Concept, DataCategory, Segment, Term, Unit, Variant])
def test_values_made_quickly_equal_the_frozen_ones_in_every_field(kind):
    """The quick class takes over names and plain defaults; a factory or __post_init__ of a model class it would lose."""
    fields = dataclasses.fields(kind)
    assert not hasattr(kind, "__post_init__")
    assert all(each.default_factory is dataclasses.MISSING for each in fields)
    quick = getattr(_values, kind.__name__.lower())
    for count in range(len(fields) + 1):
        values = [f"value {number}" for number in range(count)]
        required = [each for each in fields if each.default is dataclasses.MISSING]
        if count < len(required):
            continue
        made = quick(*values)
        assert type(made) is kind
        for each in fields:
            assert getattr(made, each.name) == getattr(kind(*values), each.name)


def test_a_property_with_one_attribute_that_is_no_type_has_none(tmp_path):
    body = '<tu><prop lang="fr">x</prop><tuv xml:lang="fr"><seg>oui</seg></tuv><tuv xml:lang="pt"><seg>sim</seg></tuv></tu>'
    (tmp_path / "a.tmx").write_text(f'<tmx version="1.4"><body>{body}</body></tmx>', encoding="utf-8")
    (unit,) = read_units(tmp_path / "a.tmx")
    assert unit.annotations == (Annotation("prop", "x", "", (("lang", "fr"),)),)
