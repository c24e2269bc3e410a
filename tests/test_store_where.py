"""The conditions of ``--where``: what they admit, and what they say of a mistake."""

import pytest

from tm.errors import OptionError
from tm.model import Annotation, Segment, Unit, Variant
from tm.store import Stored
from tm.store.where import FIELDS, SYNTAX, parsed_where

PLAIN = Stored(1, Unit((Variant("fr", Segment("oui")), Variant("pt-PT", Segment("sim")))), 1, "", "")
FULL = Stored(
    12,
    Unit(
        (
            Variant("fr", Segment("L’École est fermée.")),
            Variant("pt-BR", Segment("A escola está fechada."), (("changeid", "Rui, o revisor"),)),
        ),
        (("creationid", "ana"), ("creationdate", "20190101T000000Z"), ("changedate", "20210615T120000Z")),
        (Annotation("prop", "aligned", "x-origin"), Annotation("prop", "loc/Menu.DOCX", "x-document")),
    ),
    3,
    "loc/a.fr.txt = loc/a.pt.txt",
    "2026-11-28T10:00:00Z",
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "language=pt",
        "language=PT_br",
        "language=de,fr",
        "not language=pt-PT",
        "language!=pt-PT",
        "origin=aligned",
        "origin=machine,ALIGNED",
        "origin=a*",
        'author="rui, o revisor"',
        "author='Rui, o revisor'",
        "author=rui*",
        "author!=ana",
        "date=2021",
        "date=2021-06",
        "date=20210615",
        "date>=2021-06-15",
        "date<=2021",
        "date>2020",
        "date<2021-07",
        "date=2019..2021-06",
        "date=2020..",
        "date=..2021",
        "date >= 2020  date < 2022",
        "document=menu.docx",
        "document=loc/*",
        'document="*.docx"',
        "file=a.fr.txt",
        "file=*.pt.txt",
        'file="loc/a.fr.txt = loc/a.pt.txt"',
        'text="l\'école" text!=x text=ESCOLA',
        "source=fermée",
        "target=fechada",
        "not target=fermée",
        "number=12",
        "number=1,10..20",
        "number>=12 number<13",
        "change=3",
        "Author=rui*",
    ],
)
def test_what_a_unit_is_admitted_by(text):
    assert parsed_where(text).admits(FULL)


@pytest.mark.parametrize(
    "text",
    [
        "language=pt-PT",
        "origin=align",
        "author=rui",
        "author=ana",
        'author=""',
        "date=2019",
        "date>2021",
        "date<2021-06-15",
        "document=menu",
        "file=b.txt",
        "source=fechada",
        "target=fermée",
        "number=13..",
        "change!=3",
        "author=rui* date=2019",
    ],
)
def test_what_a_unit_is_left_out_by(text):
    assert not parsed_where(text).admits(FULL)


@pytest.mark.parametrize("field", ["origin", "author", "document", "file", "date"])
def test_an_empty_value_means_that_there_is_none(field):
    assert parsed_where(f'{field}=""').admits(PLAIN)
    assert parsed_where(f"{field}=").admits(PLAIN)
    assert not parsed_where(f"{field}!=").admits(PLAIN)
    assert not parsed_where(f'{field}=""').admits(FULL)


def test_a_unit_without_a_date_is_in_no_time():
    assert not parsed_where("date>=1900").admits(PLAIN)
    assert not parsed_where("date<2100").admits(PLAIN)
    assert parsed_where("not date>=1900").admits(PLAIN)


@pytest.mark.parametrize("named", ["pt-PT", "PT_pt", "pt"])
def test_the_source_is_the_text_that_srclang_names(named):
    unit = Unit(PLAIN.unit.variants, (("srclang", named),))
    backwards = Stored(1, unit, 1, "", "")
    assert parsed_where("source=sim target=oui").admits(backwards)
    assert parsed_where("source=oui target=sim").admits(PLAIN)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("authr=rui", "authr is no field; did you mean author?"),
        ("zzz=rui", "zzz is no field; fields are: language, origin,"),
        ("rui", "rui: no condition; field=value was expected, such as author=rui"),
        ("author=rui machine", "machine: no condition"),
        ('document="a b.docx', 'document="a: no condition'),
        ("author>=rui", ">= is for dates and numbers; author=rui was expected"),
        ("date=yesterday", "date=yesterday: no date; 2026, 2026-11 or 2026-11-28 was expected"),
        ("date=2026-13", "no date"),
        ("date=2026-02-30", "no date"),
        ("date>=", "no date"),
        ("number=x", "number=x: no number; one such as 12 or 12..20 was expected"),
        ("number>=1..2", "no number"),
        ("number=20..12", "number=20..12: ends before it begins; 12..20 was expected"),
        ("date!=2021..2019-02", "ends before it begins; 2019-02..2021 was expected"),
        ("number=²", "no number"),
        ("language=klingonese", "no language tag; one like fr or pt-BR was expected"),
    ],
)
def test_a_mistake_is_answered_with_what_was_expected(text, message):
    with pytest.raises(OptionError) as raised:
        parsed_where(text)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_the_document_is_known_by_the_word_of_omegat_too():
    unit = Unit(PLAIN.unit.variants, (), (Annotation("prop", "menu.docx", "file"),))
    assert parsed_where("document=*.docx").admits(Stored(1, unit, 1, "", ""))


def test_the_help_names_every_field():
    assert [field for field in FIELDS if f"{field}=" not in SYNTAX and f"{field}>=" not in SYNTAX] == []
