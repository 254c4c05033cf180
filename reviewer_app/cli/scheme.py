"""``scheme`` and ``score``: indicator tables, and what one sheet makes under one of them."""

import argparse
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from reviewer_app.cli.context import Context
from reviewer_app.cli.output import Output
from reviewer_app.cli.usage import Verbs, command, commands
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, exact_text, plain_text, publish
from reviewer_app.core.scheme import Dimension, Indicator, Scheme, WeightOrigin
from reviewer_app.core.scheme_data import scheme_to_data
from reviewer_app.inputs.claims_file import read_claims
from reviewer_app.services.schemes import (
    ScoredSheet,
    ScoreRequest,
    export_scheme,
    known_schemes,
    open_scheme,
    score_sheets,
)

_DIGITS = 2


def add(subparsers: Verbs) -> None:
    """Register both commands."""
    words = _("indicator tables")
    scheme = command(subparsers, "scheme", words, example="scheme list")
    actions = commands(scheme, "ACTION")
    words = _("the tables that come with the program")
    command(actions, "list", words, example="scheme list").set_defaults(run=_list)
    words = _("print a table")
    show = command(actions, "show", words, example="scheme show nb-consortium-annual")
    show.set_defaults(run=_show)
    words = _("check a TOML or XLSX file")
    check = command(actions, "check", words, example="scheme check own.toml")
    check.set_defaults(run=_check)
    words = _("write a table as a workbook to edit")
    export = command(
        actions, "export", words, example="scheme export nb-consortium-annual own.xlsx"
    )
    export.set_defaults(run=_export)
    for parser in (show, check, export):
        parser.add_argument("scheme", metavar="ID|FILE", help=_scheme_words())
    words = _("the workbook, which must not exist")
    export.add_argument("file", type=Path, metavar="FILE.xlsx", help=words)
    words = _("turn an edited workbook into a scheme file")
    take = command(actions, "import", words, example="scheme import own.xlsx --out own.toml")
    words = _("the edited workbook")
    take.add_argument("file", type=Path, metavar="FILE.xlsx", help=words)
    take.add_argument("--out", type=Path, metavar="FILE.toml", help=_("default: beside it"))
    take.set_defaults(run=_import)
    _add_score(subparsers)


def _add_score(subparsers: Verbs) -> None:
    score = command(
        subparsers,
        "score",
        _("what one sheet adds up to, by section"),
        example="score marks.csv --scheme nb-consortium-annual",
        about=_("Prints one sheet's points by section, its total, the scheme's conclusion."),
    )
    words = _("CSV or XLSX with the columns indicator (指标) and score (分值)")
    score.add_argument("marks", type=Path, metavar="MARKS.csv", help=words)
    score.add_argument("--scheme", required=True, metavar="ID|FILE", help=_scheme_words())
    words = _("claimed figures (申报数据), CSV or XLSX")
    score.add_argument("--facts", type=Path, metavar="FILE", help=words)
    words = _("category of the application")
    score.add_argument("--category", default="", metavar="NAME", help=words)
    words = _("only what such an expert is asked")
    score.add_argument("--specialism", default="", metavar="NAME", help=words)
    score.set_defaults(run=_score)


def _scheme_words() -> str:
    return _("an id of “scheme list”, or the path of a TOML or XLSX file")


def _list(_options: argparse.Namespace, out: Output, _context: Context) -> int:
    schemes = known_schemes()
    out.data({"schemes": [_summary(scheme) for scheme in schemes]})
    for scheme in schemes:
        count = len(scheme.indicators())
        out.line(f"{scheme.id:<24} {count:>3}  {scheme.title}  {'、'.join(scheme.kinds)}")
    return 0


def _summary(scheme: Scheme) -> dict[str, Any]:
    return {
        "id": scheme.id,
        "title": scheme.title,
        "document": scheme.document,
        "indicators": len(scheme.indicators()),
        "targets": len(scheme.targets),
        "gates": len(scheme.gates),
        "total": plain_text(scheme.full_marks),
        "weight_origin": scheme.weight_origin.value,
        "kinds": list(scheme.kinds),
    }


def _show(options: argparse.Namespace, out: Output, _context: Context) -> int:
    scheme = open_scheme(options.scheme)
    out.data(scheme_to_data(scheme))
    for line in _described(scheme):
        out.line(line)
    return 0


def _described(scheme: Scheme) -> Iterator[str]:
    """Yield the table as a person reads it."""
    yield f"{scheme.id}  {scheme.title}"
    if scheme.document:
        yield scheme.document
    if scheme.weight_origin is WeightOrigin.SUGGESTED:
        yield _("Weights are suggested, not official; the organiser confirms or changes them.")
    for dimension in scheme.dimensions:
        yield from _node_lines(dimension, 0)
    for gate in scheme.gates:
        yield _("gate {code}  {title}").format(code=gate.code, title=gate.title)
    for outcome in scheme.outcomes:
        yield _("conclusion {name}").format(name=outcome.name)


def _node_lines(node: Dimension | Indicator, depth: int) -> Iterator[str]:
    inferred = " †" if node.inferred else ""
    weight = node.weight if isinstance(node, Indicator) else node.full_weight
    code = f"{'  ' * depth}{node.code}"
    yield f"{code:<12} {plain_text(weight):>6}  {node.title}{inferred}"
    if isinstance(node, Dimension):
        for child in node.children:
            yield from _node_lines(child, depth + 1)


def _check(options: argparse.Namespace, out: Output, _context: Context) -> int:
    scheme = open_scheme(options.scheme)
    out.data({**_summary(scheme), "valid": True})
    out.line(
        _("{id}: valid, {count} indicators, weights sum to {total}").format(
            id=scheme.id,
            count=len(scheme.indicators()),
            total=plain_text(scheme.full_marks),
        )
    )
    return 0


def _export(options: argparse.Namespace, out: Output, _context: Context) -> int:
    scheme = open_scheme(options.scheme)
    export_scheme(scheme, options.file)
    out.data({"id": scheme.id, "file": str(options.file)})
    out.line(_("{id} written to {file}").format(id=scheme.id, file=options.file))
    return 0


def _import(options: argparse.Namespace, out: Output, _context: Context) -> int:
    scheme = open_scheme(str(options.file))
    file = options.out or options.file.with_suffix(".toml")
    export_scheme(scheme, file)
    out.data({**_summary(scheme), "valid": True, "file": str(file)})
    out.line(_("{id} written to {file}").format(id=scheme.id, file=file))
    return 0


def _score(options: argparse.Namespace, out: Output, _context: Context) -> int:
    scheme = open_scheme(options.scheme)
    facts = read_claims(options.facts) if options.facts else ()
    sheets = score_sheets(
        ScoreRequest(scheme, options.marks, facts, options.category, options.specialism)
    )
    rows = [_sheet_data(sheet) for sheet in sheets]
    out.data(rows[0] if len(rows) == 1 else {"scheme": scheme.id, "sheets": rows})
    for sheet in sheets:
        for line in _sheet_lines(sheet, several=len(sheets) > 1):
            out.line(line)
    return 0


def _sheet_data(sheet: ScoredSheet) -> dict[str, Any]:
    total, scheme = sheet.total, sheet.scheme
    worth = dict(_worth(scheme.dimensions, Fraction(1)))
    return {
        "scheme": scheme.id,
        "application": sheet.application,
        "expert": sheet.expert,
        **_figure(total.total, "total"),
        "maximum": plain_text(scheme.full_marks),
        "by_section": [
            {
                "code": dimension.code,
                "title": dimension.title,
                **_figure(total.by_dimension[dimension.code], "score"),
                "maximum": plain_text(dimension.full_weight),
            }
            for dimension in scheme.dimensions
        ],
        "by_indicator": {
            leaf.code: {
                **_figure(total.by_indicator[leaf.code], "score"),
                "maximum": plain_text(worth[leaf.code]),
            }
            for leaf in scheme.indicators()
        },
        "conclusion": total.conclusion,
        "missing": list(total.missing),
        "notes": list(total.notes),
    }


def _worth(
    nodes: Iterable[Indicator | Dimension], unit: Fraction
) -> Iterator[tuple[str, Fraction]]:
    """Yield what each indicator is worth in points of the total, sub-tables converted."""
    for node in nodes:
        if isinstance(node, Indicator):
            yield node.code, node.weight * unit
            continue
        inner = node.full_weight / node.full_marks if node.full_marks else Fraction(1)
        yield from _worth(node.children, unit * inner)


def _figure(value: Fraction | None, name: str) -> dict[str, str | None]:
    if value is None:
        return {name: None, "exact": None}
    return {name: publish(value, _DIGITS, Rounding.HALF_UP), "exact": exact_text(value)}


def _sheet_lines(sheet: ScoredSheet, *, several: bool) -> Iterator[str]:
    total = sheet.total
    if several:
        yield f"{sheet.application}  {sheet.expert}"
    for dimension in sheet.scheme.dimensions:
        value = total.by_dimension[dimension.code]
        points = "—" if value is None else publish(value, _DIGITS, Rounding.HALF_UP)
        full = plain_text(dimension.full_weight)
        yield f"{dimension.code:<6} {points:>8} / {full:<6} {dimension.title}"
    points = "—" if total.total is None else publish(total.total, _DIGITS, Rounding.HALF_UP)
    yield _("total  {points} / {full}").format(
        points=points, full=plain_text(sheet.scheme.full_marks)
    )
    if total.conclusion:
        yield _("conclusion  {name}").format(name=total.conclusion)
    if total.missing:
        yield _("missing, so that the total is not final: {codes}").format(
            codes=", ".join(total.missing)
        )
    yield from total.notes
