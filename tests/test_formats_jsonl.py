"""JSON lines of translations."""

import json

import pytest

from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import read_units, write_units
from tm.model import Annotation, Segment, Unit, Variant

TOLD = Unit(
    (Variant("fr", Segment("Le pont\n")), Variant("pt-BR", Segment("A « ponte »"))),
    (("tuid", "7"),),
    (
        Annotation("prop", "pont.txt", "x-document"),
        Annotation("note", "vu"),
        Annotation("note", "relu"),
        Annotation("prop", "a", "x-translation"),
        Annotation("prop", "b", "Client"),
    ),
)


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_unit_comes_back_with_all_that_is_said_of_it(tmp_path):
    assert write_units(tmp_path / "a.jsonl", [TOLD]) == 1
    assert list(read_units(tmp_path / "a.jsonl")) == [TOLD]
    assert records(tmp_path / "a.jsonl") == [
        {
            "translation": {"fr": "Le pont\n", "pt-BR": "A « ponte »"},
            "id": "7",
            "document": "pont.txt",
            "note": ["vu", "relu"],
            "prop:x-translation": "a",
            "prop:Client": "b",
        }
    ]


def test_two_languages_asked_for_are_written_alone_and_units_without_them_counted(tmp_path, caplog):
    write_units(
        tmp_path / "a.jsonl", [TOLD, Unit((Variant("de", Segment("ja")),))], direction=Direction("pt", "fr")
    )
    assert records(tmp_path / "a.jsonl")[0]["translation"] == {"pt-BR": "A « ponte »", "fr": "Le pont\n"}
    assert caplog.messages == [f"{tmp_path / 'a.jsonl'}: left out 1 unit without text in these languages"]


def test_half_a_character_is_kept(tmp_path):
    unit = Unit((Variant("fr", Segment("\ud83d")), Variant("pt", Segment("é"))))
    write_units(tmp_path / "a.jsonl", [unit])
    assert list(read_units(tmp_path / "a.jsonl")) == [unit]


def test_values_that_are_no_text_are_read_as_json(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"translation": {"fr": "a", "pt": "b", "de": null}, "score": 0.5, "ok": true, "none": null}\n\n',
        encoding="utf-8",
    )
    (unit,) = read_units(tmp_path / "a.jsonl")
    assert [(each.type, each.text) for each in unit.annotations] == [("x-score", "0.5"), ("x-ok", "true")]
    assert [each.language for each in unit.variants] == ["fr", "pt"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"translation": {"fr" "a"}}', "2:23: not JSON: Expecting ':' delimiter"),
        ("[]", '2: an object with "translation"'),
        ('{"translation": {"fr": 1}}', '2: an object with "translation"'),
        ('{"translation": {}}', "2: no text in any language"),
        ("[" * 100_000, "2: maximum recursion depth exceeded"),
        ("1" * 10_000, "2: Exceeds the limit"),
    ],
)
def test_a_faulty_line_has_a_place_and_can_be_gone_past(line, fault, tmp_path):
    path = tmp_path / "a.jsonl"
    good = '{"translation": {"fr": "a", "pt": "b"}}'
    path.write_text(f"{good}\n{line}\n{good}\n", encoding="utf-8")
    with pytest.raises(FormatError) as raised:
        list(read_units(path))
    assert str(raised.value).startswith(f"{path}:{fault}")
    problems = []
    assert len(list(read_units(path, problems=problems))) == 2
    assert len(problems) == 1
