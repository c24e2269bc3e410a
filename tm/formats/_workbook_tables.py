"""Tables of a workbook whose headers were translated: columns and formulas take the new names.

Excel calls a workbook damaged in which the name of a column of a table is not what its header's cell says.
``rename`` goes through the parts with tables, and through the sheets whose formulas name a column.

>>> formula_with("=SUM(Sales[Total]) + Sales[[#This Row],[Total]]*[@Total]", {"Total": "Soma"})
'=SUM(Sales[Soma]) + Sales[[#This Row],[Soma]]*[@Soma]'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.formats import _package
from tm.formats._office_names import name

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping

    from lxml.etree import _Element

    from tm.formats._format import Reading

_TABLE = re.compile(r"xl/tables/[^/]+\.xml")
_WITH_FORMULAS = re.compile(r"xl/(?:worksheets/[^/]+|charts/[^/]+|workbook)\.xml")
_FORMULAS = ("f", "calculatedColumnFormula", "totalsRowFormula", "definedName", "formula1", "formula2")
_COLUMN = re.compile(r"(\[@?)((?:[^\[\]'@#]|'.)+)(\])")
_SPECIAL = re.compile(r"[\[\]#']")


def rename(
    package: zipfile.ZipFile, changed: dict[str, _Element], texts: Mapping[str, str], reading: Reading
) -> None:
    """Rename the columns of tables, and what refers to them.

    Args:
        package: the workbook.
        changed: the parts that changed; takes those that change here.
        texts: the texts of cells before, and after.
        reading: for errors.
    """
    columns: dict[str, str] = {}
    for path in filter(_TABLE.fullmatch, package.NameToInfo):
        table = _root(package, path, changed, reading)
        for column in table.iter("{*}tableColumn"):
            before = column.get("name", "").replace("_x000a_", "\n")
            if before in texts:
                columns[before] = texts[before]
                column.set("name", texts[before].replace("\n", "_x000a_"))
                changed[path] = table
    if not columns:
        return
    for path in package.NameToInfo:
        if _TABLE.fullmatch(path) or (
            _WITH_FORMULAS.fullmatch(path) and b"[" in _package.content(package, path, reading)
        ):
            root = _root(package, path, changed, reading)
            for element in root.iter():
                if name(element) in _FORMULAS and element.text:
                    new = formula_with(element.text, columns)
                    if new != element.text:
                        element.text = new
                        changed[path] = root


def _root(package: zipfile.ZipFile, path: str, changed: Mapping[str, _Element], reading: Reading) -> _Element:
    root = changed.get(path)
    if root is None:
        root = _package.part(package, path, reading)
    assert root is not None
    return root


def formula_with(formula: str, columns: Mapping[str, str]) -> str:
    """A formula with other names for columns of tables; special signs have ``'`` before them."""

    def renamed(match: re.Match[str]) -> str:
        """The reference with the column's new name."""
        column = re.sub(r"'(.)", r"\1", match[2])
        new = columns.get(column)
        return match[0] if new is None else f"{match[1]}{_SPECIAL.sub(_escaped, new)}{match[3]}"

    return _COLUMN.sub(renamed, formula)


def _escaped(sign: re.Match[str]) -> str:
    return f"'{sign[0]}"
