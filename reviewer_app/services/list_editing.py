"""The lists of applications and experts as rows that are typed, and plans made of them.

A row keeps the number it had when it was read, so that whoever is renumbered keeps what was
assigned; one that is new scores everything it is not recused from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer_app.core.names import short_names
from reviewer_app.core.round import Application, ApplicationNumber, Expert, RoundPlan
from reviewer_app.core.rules import ReviewRules
from reviewer_app.inputs import lists
from reviewer_app.inputs.application_folder import read_all_packages
from reviewer_app.inputs.application_package import read_package
from reviewer_app.inputs.list_rows import (
    Cells,
    ReadRow,
    read_application_rows,
    read_expert_rows,
)
from reviewer_app.inputs.numbering import Numbering

Paths = Mapping[tuple[ApplicationNumber, str], Path]


@dataclass(frozen=True, slots=True)
class ListLine:
    """One row being typed: the number it was read with, empty for a new one, and its cells."""

    was: str
    cells: Cells


def expert_lines(plan: RoundPlan) -> tuple[ListLine, ...]:
    """Return the experts as rows of the 专家名册."""
    return tuple(
        ListLine(
            expert.number,
            {
                "number": expert.number,
                "name": expert.name,
                "employer": expert.employer,
                "title": expert.title,
                "specialism": expert.specialism.value if expert.specialism else "",
                "from_bureau": "是" if expert.from_bureau else "否",
                "phone": expert.phone,
                "recused": "、".join(sorted(expert.recused)),
            },
        )
        for expert in plan.experts
    )


def application_lines(plan: RoundPlan) -> tuple[ListLine, ...]:
    """Return the applications as rows of the 申报清单; no folder means its materials stay."""
    return tuple(
        ListLine(
            each.number,
            {
                "number": each.number,
                "name": each.name,
                "short_name": each.short_name,
                "unit": each.unit,
                "recommender": each.recommender,
                "class": each.category,
                "folder": "",
            },
        )
        for each in plan.applications
    )


def read_experts(plan: RoundPlan, lines: Sequence[ListLine]) -> tuple[ReadRow[Expert], ...]:
    """Return each line as an expert or its faults."""
    numbering = Numbering(each.number for each in plan.applications)
    return read_expert_rows([line.cells for line in lines], numbering)


def read_applications(lines: Sequence[ListLine]) -> tuple[ReadRow[Application], ...]:
    """Return each line as an application or its faults."""
    return read_application_rows([line.cells for line in lines])


def with_experts(plan: RoundPlan, lines: Sequence[ListLine]) -> RoundPlan:
    """Return the plan with the experts typed; lines with faults are left out."""
    experts, assignment, renamed = [], {}, {}
    for line, read in zip(lines, read_experts(plan, lines), strict=True):
        expert = read.value
        if expert is None:
            continue
        experts.append(expert)
        assignment[expert.number] = _scored(plan, line.was, expert)
        renamed[line.was] = expert.number
    rules = _with_experts_named(plan.rules, renamed)
    return replace(plan, experts=tuple(experts), assignment=assignment, rules=rules)


def _with_experts_named(rules: ReviewRules, renamed: Mapping[str, str]) -> ReviewRules:
    """Return the rules whose weights name the experts by their numbers of now."""
    weights = tuple(
        (renamed.get(name, name), weight) for name, weight in rules.aggregation.expert_weights
    )
    return replace(rules, aggregation=replace(rules.aggregation, expert_weights=weights))


def _scored(plan: RoundPlan, was: str, expert: Expert) -> tuple[ApplicationNumber, ...]:
    """Return what an expert scores: what was ticked, less new conflicts; all for a new one."""
    before = next((each for each in plan.experts if each.number == was), None)
    given = plan.assignment.get(before.number, ()) if before else ()
    free = before.recused - expert.recused if before else frozenset()
    return tuple(
        each.number
        for each in plan.applications
        if each.number not in expert.recused
        and (before is None or each.number in given or each.number in free)
    )


def with_applications(
    plan: RoundPlan, lines: Sequence[ListLine], unpack_to: Path
) -> tuple[RoundPlan, Paths]:
    """Return the plan with the applications typed, and where new materials lie.

    A folder that is named is read as an application package; InputError names what in it
    cannot be taken.
    """
    before = {str(each.number): each for each in plan.applications}
    applications: list[Application] = []
    paths: dict[tuple[ApplicationNumber, str], Path] = {}
    renamed: dict[str, ApplicationNumber] = {}
    for line, read in zip(lines, read_applications(lines), strict=True):
        if read.value is None:
            continue
        renamed[line.was or str(read.value.number)] = read.value.number
        folder = line.cells.get("folder", "").strip()
        if folder:
            package = read_package(Path(folder), unpack_to, read.value)
            applications.append(replace(package.application, number=read.value.number))
            paths |= {(read.value.number, file): at for file, at in package.paths.items()}
        else:
            applications.append(_kept(before.get(line.was), read.value))
    plan = replace(plan, applications=_named(applications))
    return _renumbered(plan, renamed, set(before)), paths


def _kept(before: Application | None, typed: Application) -> Application:
    if before is None:
        return typed
    return replace(
        typed, materials=before.materials, facts=before.facts, changes=before.changes
    )


def _named(applications: Sequence[Application]) -> tuple[Application, ...]:
    proposed = short_names([each.name for each in applications])
    return tuple(
        replace(each, short_name=each.short_name or short)
        for each, short in zip(applications, proposed, strict=True)
    )


def _renumbered(
    plan: RoundPlan, renamed: Mapping[str, ApplicationNumber], known: set[str]
) -> RoundPlan:
    """Return the plan whose experts name the applications by their numbers of now."""
    new = [each.number for each in plan.applications]
    fresh = {number for was, number in renamed.items() if was not in known}
    experts = tuple(
        replace(
            expert,
            recused=frozenset(renamed[each] for each in expert.recused if each in renamed),
        )
        for expert in plan.experts
    )
    assignment = {}
    for expert in experts:
        given = {renamed[each] for each in plan.assignment[expert.number] if each in renamed}
        assignment[expert.number] = tuple(each for each in new if each in given | fresh)
    rules = _with_applications_named(plan.rules, renamed)
    return replace(plan, experts=experts, assignment=assignment, rules=rules)


def _with_applications_named(
    rules: ReviewRules, renamed: Mapping[str, ApplicationNumber]
) -> ReviewRules:
    """Return the rules whose groups name the applications by their numbers of now."""
    if rules.groups is None:
        return rules
    members = tuple(
        (name, tuple(renamed.get(each, each) for each in numbers))
        for name, numbers in rules.groups.members
    )
    return replace(rules, groups=replace(rules.groups, members=members))


def experts_from(plan: RoundPlan, path: Path) -> RoundPlan:
    """Return the plan with the experts of a 专家名册; InputError names the cell at fault."""
    numbering = Numbering(each.number for each in plan.applications)
    experts, _notes = lists.read_experts(path, numbering)
    assignment = {each.number: _scored(plan, each.number, each) for each in experts}
    return replace(plan, experts=experts, assignment=assignment)


def applications_from(plan: RoundPlan, path: Path, unpack_to: Path) -> tuple[RoundPlan, Paths]:
    """Return the plan with the applications of a 申报清单 or a folder, and their materials.

    A number that was there before keeps its ticks, none included; everybody scores a new one.
    """
    found = read_all_packages(path, unpack_to)
    known = {str(each.number) for each in plan.applications}
    plan = replace(plan, applications=tuple(each.application for each in found.packages))
    paths = {
        (each.application.number, file): at
        for each in found.packages
        for file, at in each.paths.items()
    }
    renamed = {str(each.number): each.number for each in plan.applications}
    return _renumbered(plan, renamed, known), paths


def pasted(
    lines: Sequence[ListLine], at: tuple[int, int], columns: Sequence[str], text: str
) -> tuple[ListLine, ...]:
    """Return the lines with cells of Excel laid over them from (line, column) on.

    Lines that are not there yet are added; cells beyond the last column are left out.
    """
    result = list(lines)
    first, left = at
    for offset, row in enumerate(text.rstrip("\r\n").splitlines()):
        if first + offset >= len(result):
            result.append(ListLine("", dict.fromkeys(columns, "")))
        line = result[first + offset]
        cells = dict(line.cells)
        for key, cell in zip(columns[left:], row.split("\t"), strict=False):
            cells[key] = cell.strip()
        result[first + offset] = ListLine(line.was, cells)
    return tuple(result)
