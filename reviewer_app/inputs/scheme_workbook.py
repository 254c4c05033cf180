"""A scheme as an Excel workbook for a bureau's clerk, and back: nothing is lost on the way.

Cells hold texts, numbers where a sum may be wanted; a fault found on reading names the sheet
and the cell.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from reviewer_app.core.errors import InputError, SchemeError
from reviewer_app.core.messages import _
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_data import scheme_from_data, scheme_to_data
from reviewer_app.inputs.scheme_forms import (
    LEVEL_FORM,
    NODE_FORM,
    PLAIN_FORMS,
    SCHEME_FORM,
    VARIANT_FORM,
    Form,
    FormColumn,
    Kind,
)
from reviewer_app.inputs.tables import Grid, read_grids

_STEP = re.compile(r"[a-z_]+\[\d+\]")
_LONG = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
_GUIDE = (
    "各表第一行为列名，不要改动；每行一项，可以增删行。",
    "指标表：标题和指标按印出的次序排列，“上级代码”填所属标题的代码，一级标题不填。",
    "权重之和须等于“方案”表的满分；档次须首尾相接、不重叠，最高档上限等于最高分。",
    "计分方式、要求两列的写法见 docs/schemes.md；专家直接打分的指标不填计分方式。",
    "多项内容之间用分号“；”隔开；是否类的列填“是”或留空。",
)
Row = Mapping[str, Any]


def scheme_workbook(scheme: Scheme) -> bytes:
    """Return the workbook of a scheme as the bytes of an XLSX file."""
    data = scheme_to_data(scheme)
    book = Workbook()
    guide = book.active
    guide.title = "说明"
    guide.column_dimensions["A"].width = 100
    for line in _GUIDE:
        guide.append([line])
    rows: list[tuple[Form, Iterable[Row]]] = [
        (SCHEME_FORM, [data]),
        (NODE_FORM, _node_rows(data["dimension"], "")),
        (LEVEL_FORM, _level_rows(data["dimension"])),
        *((form, data.get(form.key, [])) for form in PLAIN_FORMS),
        (VARIANT_FORM, _variant_rows(data.get("variant", []))),
    ]
    for form, entries in rows:
        _write(book.create_sheet(form.title), form, entries)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _node_rows(nodes: Sequence[Row], parent: str) -> Iterator[Row]:
    for node in nodes:
        children = node.get("indicator")
        yield {**node, "parent": parent, "node": "dimension" if children else "indicator"}
        yield from _node_rows(children or [], node["code"])


def _level_rows(nodes: Sequence[Row]) -> Iterator[Row]:
    for node in nodes:
        for level in node.get("levels", []):
            yield {**level, "code": node["code"]}
        yield from _level_rows(node.get("indicator", []))


def _variant_rows(variants: Sequence[Row]) -> Iterator[Row]:
    for variant in variants:
        for code, weight in variant["weights"].items():
            yield {"category": variant["category"], "code": code, "weight": weight}


def _write(sheet: Any, form: Form, entries: Iterable[Row]) -> None:  # noqa: ANN401 - openpyxl ships no types
    for position, column in enumerate(form.columns, start=1):
        head = sheet.cell(1, position, column.header)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DCE6F1")
        sheet.column_dimensions[get_column_letter(position)].width = column.width
    for index, entry in enumerate(entries, start=2):
        for position, column in enumerate(form.columns, start=1):
            _put(sheet.cell(index, position), column, entry.get(column.key))
    sheet.freeze_panes = "A2"


def _put(cell: Any, column: FormColumn, value: object) -> None:  # noqa: ANN401 - openpyxl ships no types
    """Write a value so that Excel neither computes with a text nor changes a number."""
    text = column.to_cell(value)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if not text:
        return
    if column.kind is Kind.NUMBER and _LONG.fullmatch(text):
        cell.value = float(text) if "." in text else int(text)
        return
    cell.value, cell.data_type, cell.number_format = text, "s", "@"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet as read: its form, its cells, and where each column stands."""

    form: Form
    grid: Grid
    columns: Mapping[str, int]

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield (row, values by key) of every row that is not blank."""
        for row in range(1, len(self.grid.rows)):
            values = dict(self._values(row))
            if values:
                yield row, values

    def _values(self, row: int) -> Iterator[tuple[str, Any]]:
        for column in self.form.columns:
            place = self.columns.get(column.key)
            if place is None:
                continue
            code = column.kind in (Kind.NUMBER, Kind.LIST, Kind.FLAG)
            text = self.grid.text(row, place, code=code, lines=True)
            if text:
                try:
                    yield column.key, column.from_cell(text)
                except InputError as error:
                    raise InputError(f"{self.grid.where(row, place)}: {error}") from error

    def where(self, row: int, key: str) -> str:
        """Return the place of a cell as a person finds it."""
        return self.grid.where(row, self.columns.get(key, 0))


@dataclass(slots=True)
class _Reading:
    """The data gathered so far, and which cell each place of it came from."""

    data: dict[str, Any]
    places: dict[str, tuple[_Sheet, int]] = field(default_factory=dict)
    nodes: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)


def read_scheme_workbook(path: Path) -> Scheme:
    """Return the scheme of a workbook; raises InputError naming the sheet and the cell."""
    sheets = {grid.title: grid for grid in read_grids(path)}
    head = next(iter(_open(sheets, SCHEME_FORM, path).rows()), None)
    if head is None:
        raise InputError(
            _("{file} [{sheet}]: there is no row").format(
                file=path.name, sheet=SCHEME_FORM.title
            )
        )
    reading = _Reading(head[1])
    reading.places[""] = (_open(sheets, SCHEME_FORM, path), head[0])
    _read_nodes(_open(sheets, NODE_FORM, path), reading)
    _read_levels(_open(sheets, LEVEL_FORM, path), reading)
    for form in PLAIN_FORMS:
        if form.title in sheets:
            _read_list(_open(sheets, form, path), reading)
    if VARIANT_FORM.title in sheets:
        _read_variants(_open(sheets, VARIANT_FORM, path), reading)
    try:
        return scheme_from_data(reading.data, path.name)
    except SchemeError as error:
        raise _placed(error, reading, path) from error


def _open(sheets: Mapping[str, Grid], form: Form, path: Path) -> _Sheet:
    """Return the sheet of a form; raises InputError for a missing sheet or unknown column."""
    grid = sheets.get(form.title)
    if grid is None or not grid.rows:
        raise InputError(
            _("{file}: there is no sheet “{sheet}”").format(file=path.name, sheet=form.title)
        )
    grid.refuse_merged(-1)
    headers = {column.header: column.key for column in form.columns}
    columns: dict[str, int] = {}
    for place in range(len(grid.rows[0])):
        header = grid.text(0, place)
        if header and (header not in headers or headers[header] in columns):
            raise InputError(
                _("{cell}: unknown or repeated column “{header}”").format(
                    cell=grid.where(0, place), header=header[:40]
                )
            )
        if header:
            columns[headers[header]] = place
    return _Sheet(form, grid, columns)


def _read_nodes(sheet: _Sheet, reading: _Reading) -> None:
    reading.data["dimension"] = []
    for row, values in sheet.rows():
        parent, kind = values.pop("parent", ""), values.pop("node", "")
        if parent and parent not in reading.nodes:
            raise InputError(
                _("{cell}: there is no heading {code} above this row").format(
                    cell=sheet.where(row, "parent"), code=parent
                )
            )
        if kind == "dimension":
            values["indicator"] = []
        over, place = reading.nodes.get(parent, (reading.data, ""))
        name = "indicator" if parent else "dimension"
        if name not in over or (not parent and kind != "dimension"):
            raise InputError(
                _("{cell}: an indicator needs the code of its heading").format(
                    cell=sheet.where(row, "parent")
                )
            )
        over[name].append(values)
        own = f"{place} {name}[{len(over[name])}]".strip()
        code = str(values.get("code", ""))
        if code and code in reading.nodes:
            raise InputError(
                _("{cell}: the code {code} is given twice").format(
                    cell=sheet.where(row, "code"), code=code
                )
            )
        reading.nodes[code] = (values, own)
        reading.places[own] = (sheet, row)


def _read_levels(sheet: _Sheet, reading: _Reading) -> None:
    for row, values in sheet.rows():
        code = values.pop("code", "")
        if code not in reading.nodes or "indicator" in reading.nodes[code][0]:
            raise InputError(
                _("{cell}: there is no indicator {code}").format(
                    cell=sheet.where(row, "code"), code=code
                )
            )
        node, place = reading.nodes[code]
        node.setdefault("levels", []).append(values)
        reading.places.setdefault(f"{place} levels", (sheet, row))


def _read_list(sheet: _Sheet, reading: _Reading) -> None:
    entries = reading.data.setdefault(sheet.form.key, [])
    for row, values in sheet.rows():
        entries.append(values)
        reading.places[f"{sheet.form.key}[{len(entries)}]"] = (sheet, row)


def _read_variants(sheet: _Sheet, reading: _Reading) -> None:
    variants: dict[str, dict[str, Any]] = {}
    for row, values in sheet.rows():
        category = values.get("category", "")
        if category not in variants:
            reading.places[f"variant[{len(variants) + 1}]"] = (sheet, row)
        weights = variants.setdefault(category, {})
        weights[values.get("code", "")] = values.get("weight", "")
    reading.data["variant"] = [
        {"category": category, "weights": weights} for category, weights in variants.items()
    ]


def _placed(error: SchemeError, reading: _Reading, path: Path) -> SchemeError:
    """Return the error with the sheet and cell it is about."""
    text = str(error).removeprefix(path.name).lstrip(" :")
    before = text.partition(":")[0]
    place = " ".join(_STEP.findall(before))
    inner = re.search(r"[a-z]+", _STEP.sub("", before)) if place else None
    quoted = re.search(r"“([^”]+)”", before if "“" in before else text)
    key = inner[0] if inner else quoted[1] if quoted else "code"
    code = re.search(r"\(([^()]+)\)", text)
    if not place and code and code[1] in reading.nodes:
        place = reading.nodes[code[1]][1]
    if key == "levels" and f"{place} levels" in reading.places:
        place = f"{place} levels"
    while place not in reading.places:
        place = place.rpartition(" ")[0]
    sheet, row = reading.places[place]
    return SchemeError(f"{sheet.where(row, key)}: {text}")
