"""Every fault of a round's files at once, for whoever has to put them right.

``load_round`` stops at the first fault; this looks into every part on its own: keys of the
ROUND.toml, rules, every package, every cell of the lists, figures, ticks, people and groups.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from resources import scheme_ids, scheme_path
from reviewer_app.core.errors import InputError, ReviewerError
from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.people import ROLES, RoundPeople
from reviewer_app.core.rules_data import load_rules
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_data import load_scheme
from reviewer_app.inputs.application_package import read_package
from reviewer_app.inputs.assignment_problems import assignment_problems
from reviewer_app.inputs.list_rows import ReadRow, read_application_rows, read_expert_rows
from reviewer_app.inputs.lists import (
    APPLICATION_COLUMNS,
    EXPERT_COLUMNS,
    FACT_COLUMNS,
    fact_of,
)
from reviewer_app.inputs.materials import is_left_lying, natural
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.people_file import read_people
from reviewer_app.inputs.round_file import UNPACKED, LoadedRound, load_round
from reviewer_app.inputs.round_groups import group_problems
from reviewer_app.inputs.tables import Column, Row, read_table
from reviewer_app.inputs.toml_file import clean, clean_filled, read_fields

if TYPE_CHECKING:
    from reviewer_app.core.round import Application, Expert

T = TypeVar("T")
_NEEDED = ("title", "organiser")


def load_or_report(path: Path, unpack_to: Path | None = None) -> LoadedRound:
    """Return the round of a ROUND.toml; InputError carries every fault, one a line."""
    try:
        return load_round(path, unpack_to)
    except InputError as error:
        found = round_problems(path, unpack_to)
        first = str(error)
        if any(first in each for each in found):
            raise InputError("\n".join(found)) from None
        raise InputError("\n".join((first, *found))) from None


def round_problems(path: Path, unpack_to: Path | None = None) -> tuple[str, ...]:
    """Return what hinders, part by part, each sentence with its file and place."""
    search = _Search(path.absolute().parent, unpack_to)
    top = search.attempt(lambda: read_fields(path))
    head = search.attempt(lambda: top.table("round")) if top else None
    if top is None or head is None:
        return tuple(search.problems)
    for key in _NEEDED:
        search.attempt(lambda k=key: clean_filled(head, k))  # type: ignore[misc]
    search.attempt(lambda: head.date("date"))
    if head.has("rules"):
        search.look(head, "rules", load_rules)
    numbers = search.look(head, "applications", search.applications) or ()
    panel = search.look(head, "experts", lambda file: search.experts(file, numbers)) or ()
    if head.has("facts"):
        search.look(head, "facts", lambda file: search.facts(file, numbers, head))
    if head.has("assignment"):
        search.look(head, "assignment", search.assignment)
    if top.has("people"):
        search.people(top.table("people"))
    search.problems += group_problems(top, numbers, panel)
    return tuple(dict.fromkeys(search.problems))


class _Search:
    """Goes on after a fault and remembers it."""

    def __init__(self, folder: Path, unpack_to: Path | None) -> None:
        self.folder, self.unpack_to = folder, unpack_to or folder / UNPACKED
        self.problems: list[str] = []
        self._applications: tuple[Application, ...] = ()
        self._experts: tuple[Expert, ...] = ()

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Return what ``act`` returns, None after a fault that was noted."""
        try:
            return act()
        except ReviewerError as error:
            if str(error) not in self.problems:
                self.problems.append(str(error))
            return None

    def look(self, head: Fields, key: str, read: Callable[[Path], T]) -> T | None:
        """Read the file or folder that a key names, if it is there."""

        def act() -> T:
            name = head.filled(key)
            place = self.folder / name
            if not place.exists():
                head.refuse(_("“{key}”: there is no {path}").format(key=key, path=name))
            return read(place)

        return self.attempt(act)

    def applications(self, place: Path) -> tuple[str, ...]:
        """Look into every package and every cell of the list; return the numbers found."""
        if place.is_dir():
            names = sorted((e.name for e in place.iterdir()), key=natural)
            found = [
                self.attempt(lambda n=name: read_package(place / n, self.unpack_to))  # type: ignore[misc]
                for name in names
                if not is_left_lying(name)
            ]
            self._applications = tuple(each.application for each in found if each)
            return tuple(str(each.number) for each in self._applications)
        rows = _rows(place, APPLICATION_COLUMNS)
        read = read_application_rows([row.values for row in rows])
        self._note(rows, read)
        self._applications = tuple(each.value for each in read if each.value)
        for row, each in zip(rows, read, strict=True):
            folder = place.parent / row["folder"]
            if each.value and row["folder"] and folder.exists():
                self.attempt(
                    lambda f=folder, v=each.value: read_package(f, self.unpack_to, v)  # type: ignore[misc]
                )
            elif row["folder"]:
                words = _("{where}: there is no “{folder}” beside the list")
                self.problems.append(
                    words.format(where=row.where("folder"), folder=row["folder"][:80])
                )
        return tuple(row["number"] for row in rows)

    def experts(self, file: Path, numbers: Sequence[str]) -> tuple[str, ...]:
        """Look into every cell of the list of experts; return the numbers found."""
        rows = _rows(file, EXPERT_COLUMNS)
        read = read_expert_rows([row.values for row in rows], Numbering(numbers))
        self._note(rows, read)
        self._experts = tuple(each.value for each in read if each.value)
        return tuple(str(each.number) for each in self._experts)

    def facts(self, file: Path, numbers: Sequence[str], head: Fields) -> None:
        """Look into every row of the claimed figures."""
        rows, numbering = _rows(file, FACT_COLUMNS), Numbering(numbers)
        scheme = self.attempt(lambda: self._scheme(head))
        for row in rows:
            self.attempt(lambda r=row: numbering.find(r["number"], r.where("number")))  # type: ignore[misc]
            if scheme:
                self.attempt(lambda r=row: fact_of(r, scheme))  # type: ignore[misc]

    def assignment(self, file: Path) -> None:
        """Look into every cell of who scores what."""
        self.problems += assignment_problems(file, self._applications, self._experts)

    def people(self, table: Fields) -> None:
        """Look into everybody who runs the day."""
        for key in (*ROLES, "serial", "hours"):
            self.attempt(lambda k=key: clean(table, k, ""))  # type: ignore[misc]
        self.attempt(lambda: read_people(table, RoundPeople()))

    def _scheme(self, head: Fields) -> Scheme:
        name = head.text("scheme")
        return load_scheme(scheme_path(name) if name in scheme_ids() else self.folder / name)

    def _note(self, rows: Sequence[Row], read: Sequence[ReadRow[T]]) -> None:
        self.problems += _faults(rows, read)


def _rows(file: Path, columns: Sequence[Column]) -> tuple[Row, ...]:
    """Return the rows of a list, empty cells not refused yet."""
    return read_table(file, [replace(column, filled=False) for column in columns]).rows


def _faults(rows: Sequence[Row], read: Sequence[ReadRow[T]]) -> Iterator[str]:
    for row, each in zip(rows, read, strict=True):
        for key, fault in each.faults.items():
            yield f"{row.where(key)}: {fault}"
