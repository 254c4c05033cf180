"""Indicator tables for whoever prepares a round: list, open, export, score one sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from resources import scheme_ids, scheme_path
from reviewer_app.core.atomic import write_file
from reviewer_app.core.claims import Claims, claims_of
from reviewer_app.core.errors import InputError, MarkError, NotFoundError
from reviewer_app.core.marks import Mark
from reviewer_app.core.messages import _
from reviewer_app.core.round import Fact
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_category import for_category, for_specialism
from reviewer_app.core.scheme_checks import known_figures
from reviewer_app.core.scheme_data import load_scheme, scheme_to_data
from reviewer_app.core.scoring import SheetTotal, check_mark, total_sheet
from reviewer_app.core.toml_text import write_toml
from reviewer_app.inputs.marks_table import MarksTable, read_marks
from reviewer_app.inputs.scheme_workbook import read_scheme_workbook, scheme_workbook


@dataclass(frozen=True, slots=True)
class ScoredSheet:
    """One expert's sheet for one application with what it adds up to."""

    application: str
    expert: str
    scheme: Scheme
    total: SheetTotal


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """What is to be scored, of which category, and by which kind of expert (any if blank)."""

    scheme: Scheme
    marks: Path
    facts: Sequence[tuple[str, Fact]] = ()
    category: str = ""
    specialism: str = ""


def known_schemes() -> tuple[Scheme, ...]:
    """Return the indicator tables that come with the program."""
    return tuple(load_scheme(scheme_path(each)) for each in scheme_ids())


def open_scheme(name: str) -> Scheme:
    """Return the scheme of an id, or of a TOML or XLSX file.

    Raises NotFoundError for neither, SchemeError for a table that contradicts itself.
    """
    if name in scheme_ids():
        return load_scheme(scheme_path(name))
    path = Path(name)
    if not path.is_file():
        raise NotFoundError(
            _("{name} is neither a file nor one of the schemes {ids}").format(
                name=name[:60], ids=", ".join(scheme_ids())
            )
        )
    return (
        read_scheme_workbook(path) if path.suffix.casefold() == ".xlsx" else load_scheme(path)
    )


def export_scheme(scheme: Scheme, path: Path) -> None:
    """Write the scheme as a workbook that a clerk can edit (.xlsx), or else as TOML."""
    if path.suffix.casefold() == ".xlsx":
        write_file(path, scheme_workbook(scheme))
    else:
        write_file(path, write_toml(scheme_to_data(scheme)).encode())


def score_sheets(request: ScoreRequest) -> tuple[ScoredSheet, ...]:
    """Return every sheet of a table of marks, checked against the scheme and totalled.

    Rows about inputs, targets and formula items are claimed figures, not marks.
    """
    table = read_marks(request.marks)
    scheme = for_category(request.scheme, request.category)
    if request.specialism:
        scheme = for_specialism(scheme, request.specialism)
    sheets = []
    for expert, applications in table.marks.items():
        for application, given in applications.items():
            place = _place(table, application, expert)
            marks, facts = _parted(request.scheme, given, place)
            facts += _own_facts(request, application)
            _check(scheme, marks, claims_of(scheme, facts), place)
            total = total_sheet(scheme, marks, facts=facts)
            sheets.append(ScoredSheet(application, expert, scheme, total))
    return tuple(sheets)


def _own_facts(request: ScoreRequest, application: str) -> list[Fact]:
    """Return the facts about one application; raises InputError for an unknown figure."""
    known = known_figures(request.scheme)
    own = [fact for number, fact in request.facts if number in ("", application)]
    for fact in own:
        if fact.target not in known:
            raise InputError(
                _("{name} is no input, target or formula item of {scheme}").format(
                    name=fact.target, scheme=request.scheme.id
                )
            )
    return own


def _place(table: MarksTable, application: str, expert: str) -> str:
    if len(table.applications) == len(table.experts) == 1:
        return ""
    return _("application {application}, expert {expert}: ").format(
        application=application, expert=expert
    )


def _parted(
    scheme: Scheme, given: Mapping[str, Mark], place: str
) -> tuple[dict[str, Mark], list[Fact]]:
    """Return the marks and the claimed figures among the rows of one sheet."""
    judged = {leaf.code for leaf in scheme.indicators() if not leaf.is_formula}
    figures = known_figures(scheme)
    marks: dict[str, Mark] = {}
    claims: list[Fact] = []
    for code, mark in given.items():
        if code in judged:
            marks[code] = mark
        elif code not in figures:
            raise InputError(
                place
                + _("{code} is no indicator or claimed figure of {scheme}").format(
                    code=code, scheme=scheme.id
                )
            )
        elif mark.value is not None:
            claims.append(Fact(mark.value, "", target=code))
    return marks, claims


def _check(scheme: Scheme, marks: Mapping[str, Mark], claims: Claims, place: str) -> None:
    """Refuse marks off their scale, and marks this kind of expert is not asked for."""
    asked = {leaf.code: leaf for leaf in scheme.indicators()}
    for code, mark in marks.items():
        if code not in asked:
            raise MarkError(
                place + _("{code} is not asked of this kind of expert").format(code=code)
            )
        try:
            check_mark(asked[code], mark, claims)
        except MarkError as error:
            raise MarkError(f"{place}{error}") from error
