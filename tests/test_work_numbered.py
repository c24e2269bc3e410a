"""A table with numbers: what a spreadsheet does to it, and what comes back into the memory."""

import csv
import io

import openpyxl
import pytest

from tm.errors import OptionError
from tm.model import Annotation, Code, Segment, Unit, Variant
from tm.store import open_store
from tm.work.adding import add_files
from tm.work.alteration import Alteration
from tm.work.editing import Selection, edit_units, remove_units
from tm.work.exporting import export, export_memory
from tm.work.numbered import compare_table, take_back


def unit(source, target, *annotations, author=""):
    attributes = (("creationid", author),) if author else ()
    return Unit((Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))), attributes, annotations)


UNITS = [
    unit("=1+1", "-0,5 pão", Annotation("note", "vu")),
    unit('dit "oui"', "diz; «sim»", author="rui"),
    unit("deux\nlignes", "duas\nlinhas", Annotation("prop", "machine", "x-origin")),
    unit("  bords ", "bordas"),
    unit("bien", "bem", author="rui"),
]


@pytest.fixture
def store():
    with open_store(":memory:", create=True) as store:
        store.add(UNITS, name="a.tmx")
        yield store


def cells_of(path):
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).active
        return [
            ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
    if path.suffix == ".tsv":
        return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def save(path, rows):
    """As a person saves it: a workbook with numbers as numbers; CSV as Excel writes it, with ; and a mark."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        number = rows[0].index("number")
        for row in rows:
            book.active.append(
                [int(cell) if at == number and cell.isdecimal() else cell for at, cell in enumerate(row)]
            )
            for cell in book.active[book.active.max_row]:
                cell.data_type = "n" if isinstance(cell.value, int) else "s"
        book.save(path)
    elif path.suffix == ".tsv":
        path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    else:
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def exported(store, path, **options):
    export_memory(store, path, numbers=True, **options)
    return cells_of(path)


def taken(store, path, **options):
    done = take_back(store, compare_table(store, path), **options)
    changed = {change.before.number: change.after.variants[1].segment.text for change in done.edits.changes}
    return changed, [change.before.number for change in done.removals.changes]


@pytest.mark.parametrize("extension", [".tsv", ".csv", ".xlsx"])
def test_what_only_went_through_a_spreadsheet_changes_nothing(store, tmp_path, extension):
    path = tmp_path / f"table{extension}"
    rows = exported(store, path)
    assert taken(store, path, remove_missing=True) == ({}, [])
    save(path, rows[:1] + rows[:0:-1])
    assert taken(store, path, remove_missing=True) == ({}, [])
    assert len(store.log()) == 1


@pytest.mark.parametrize("extension", [".tsv", ".csv", ".xlsx"])
def test_edited_cells_are_edits_and_deleted_rows_are_removals(store, tmp_path, extension):
    path = tmp_path / f"table{extension}"
    header, *rows = exported(store, path)
    rows[1][header.index("pt-BR")] = "=diz"
    rows[0][header.index("note")] = "revu"
    save(path, [header, *rows[:3], rows[4]])
    assert taken(store, path, dry_run=True, remove_missing=True)[1] == [4]
    assert taken(store, path) == ({1: "-0,5 pão", 2: "=diz"}, [])
    assert taken(store, path, remove_missing=True) == ({}, [4])
    kept = {each.number: each for each in store.all_stored()}
    assert [each.text for each in kept[6].unit.annotations if each.name == "note"] == ["revu"]
    assert (kept[7].origin, kept[7].file) == ("edited", "a.tmx")
    assert [change.action for change in store.log()] == ["add", "edit", "remove"]
    for _ in range(2):
        store.undo()
    assert list(store.units()) == UNITS


def test_the_history_names_who_changed_the_table(store, tmp_path):
    header, *rows = exported(store, tmp_path / "table.tsv")
    rows[1][header.index("pt-BR")] = "diz"
    save(tmp_path / "table.tsv", [header, *rows[:-1]])
    taken(store, tmp_path / "table.tsv", remove_missing=True, author="ana")
    assert [(change.action, change.author) for change in store.log()][1:] == [
        ("edit", "ana"),
        ("remove", "ana"),
    ]


def test_only_what_the_table_covered_is_taken_out(store, tmp_path):
    path = tmp_path / "rui.tsv"
    rows = exported(store, path, where='author=rui text!="rien du tout"')
    assert len(rows) == 3
    store.add([unit("neuf", "novo", author="rui"), Unit((Variant("fr", Segment("seul")),))])
    save(path, rows[:2])
    comparison = compare_table(store, path)
    assert [each.number for each in comparison.missing] == [5]


def test_rows_of_another_region_are_covered_and_counted(store, tmp_path, caplog):
    pair = Variant("fr-CA", Segment("char")), Variant("pt-PT", Segment("carro"))
    store.add([Unit(pair), Unit((pair[0], Variant("de", Segment("Wagen"))))])
    path = tmp_path / "table.csv"
    rows = exported(store, path)
    assert ":memory:: no pt-BR, but pt-PT, in 1 unit" in caplog.text
    save(path, rows[:-1])
    assert taken(store, path, remove_missing=True) == ({}, [6])


@pytest.mark.parametrize(
    "written", ["1003.0", "1003,00", "1.003", "1,003.00", "1 003", "1\u202f003", "1'003"]
)
def test_a_number_may_be_written_as_spreadsheets_write_whole_numbers(tmp_path, written):
    path = tmp_path / "table.csv"
    with open_store(":memory:", create=True) as store:
        store.add([unit(f"le {number}", f"o {number}") for number in range(1003)])
        store.remove(range(1, 1001))
        header, *rows = exported(store, path)
        rows[-1][1:3] = ["o último", written]
        save(path, [header, *rows])
        assert taken(store, path, remove_missing=True) == ({1003: "o último"}, [])


def test_the_history_names_the_table_or_the_conditions(store, tmp_path):
    path = tmp_path / "table.csv"
    header, *rows = exported(store, path)
    for row in rows[:2]:
        row[1] += "!"
    save(path, [header, *rows[:3]])
    taken(store, path, remove_missing=True)
    edit_units(store, Selection(where="text!=rien"), Alteration(note="revu"))
    assert [change.name for change in store.log()][1:] == [
        "2 units: table.csv",
        "2 units: table.csv",
        "3 units: text!=rien",
    ]


def test_units_that_came_back_by_undo_are_not_taken_for_deleted_rows(store, tmp_path, caplog):
    remove_units(store, Selection((5,)))
    path = tmp_path / "table.tsv"
    exported(store, path)
    store.undo()
    assert compare_table(store, path).missing == []
    assert "was taken back since the export; missing rows are passed over" in caplog.text


def test_rows_that_cannot_be_taken_are_named_and_left_alone(store, tmp_path):
    path = tmp_path / "table.tsv"
    header, *rows = exported(store, path)
    edit_units(store, Selection((1,)), Alteration(target="outro"))
    rows[0][1] = "tarde demais"
    rows[1][1] = ""
    rows.append([*rows[2][:1], "três linhas", *rows[2][2:]])
    rows[3][1] = "as bordas"
    save(path, [header, *rows, ["neuf", "novo", *[""] * (len(header) - 2)]])
    comparison = compare_table(store, path)
    assert [line.split(": ", 1)[1] for line in comparison.left_alone] == [
        "1: has changed or gone in the memory since the export; left alone",
        "2: a text is empty; left alone (to take the unit out, delete its row, or tm remove)",
        "3: stands in 2 rows, which differ; left alone",
    ]
    assert comparison.left_alone[0].startswith(f"{path}:2: ")
    assert [each.number for each, _, _ in comparison.changed] == [4]
    assert comparison.unnumbered == 1


def test_a_table_of_another_memory_is_refused(store, tmp_path):
    path = tmp_path / "table.tsv"
    header, *rows = exported(store, path)
    with open_store(":memory:", create=True) as other:
        other.add([unit("autre", "outro")])
        with pytest.raises(
            OptionError, match=r"table\.tsv:2: 1 is another unit in :memory:: the table is of"
        ):
            compare_table(other, path)
    save(path, [header[:2], *(row[:2] for row in rows)])
    with pytest.raises(OptionError, match="has no numbers of units; tm export FILE --numbers writes them"):
        compare_table(store, path)
    rows[0][header.index("number")] = "1e3"
    save(path, [header, *rows])
    with pytest.raises(OptionError, match=r"table\.tsv:2: '1e3' is no number of a unit"):
        compare_table(store, path)


def test_codes_of_an_edited_cell_are_kept_where_their_place_is_certain(tmp_path):
    bold = Segment("um pão", (Code(3, "open", "b"), Code(6, "close", "b")))
    with open_store(":memory:", create=True) as store:
        store.add([Unit((Variant("fr", Segment("un pain")), Variant("pt", bold)))])
        path = tmp_path / "table.tsv"
        header, row = exported(store, path)
        save(path, [header, [row[0], "um bolo", *row[2:]]])
        taken(store, path)
        assert [code.position for code in next(store.units()).variants[1].segment.codes] == [3, 7]


def test_the_numbers_are_no_part_of_units_that_are_added(store, tmp_path):
    path = tmp_path / "table.csv"
    exported(store, path)
    assert add_files(store, path).added.same == 5
    with open_store(":memory:", create=True) as other:
        add_files(other, path)
        assert {each.type for kept in other.units() for each in kept.annotations} == {"", "x-origin"}
    mine = tmp_path / "mine.tsv"
    mine.write_text("fr\tpt\tnumber\tcheck\noui\tsim\t7\tok\n")
    with open_store(":memory:", create=True) as other:
        add_files(other, mine)
        assert [each.type for each in next(other.units()).annotations] == ["x-number", "x-check"]


@pytest.mark.parametrize("out", ["table.tmx", "omegat:project"])
def test_numbers_are_for_tables_of_one_memory(tmp_path, out):
    with open_store(tmp_path / "a.tm", create=True) as store:
        store.add(UNITS)
    with pytest.raises(OptionError, match=r"\.tsv, \.csv, \.xlsx"):
        export(str(tmp_path / out) if ":" not in out else out, memory=tmp_path / "a.tm", numbers=True)
    with pytest.raises(OptionError, match="numbers are of the units of one memory"):
        export(tmp_path / "t.tsv", memory=[tmp_path / "a.tm"] * 2, numbers=True)
