"""Every fault of a table of who scores what, cell by cell."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.round import Application, Expert
from reviewer_app.inputs.assignment import TEXT_HEADERS, find_header, number_column, ticked
from reviewer_app.inputs.numbering import Numbering
from reviewer_app.inputs.tables import Grid, header_key


def assignment_problems(
    path: Path, applications: Sequence[Application], experts: Sequence[Expert]
) -> tuple[str, ...]:
    """Return what hinders, each sentence with its cell; InputError where there is no table."""
    grid, header = find_header(path)
    grid.refuse_merged(header)
    found = _Found(grid, header)
    columns = found.columns(experts)
    rows = found.rows(applications)
    for application in applications:
        for expert in experts:
            row, column = rows.get(application.number), columns.get(expert.number)
            if row is not None and column is not None:
                found.look(ticked, grid, row, column, expert, application)
    found.problems += _absent(grid, [e.number for e in experts if e.number not in columns])
    found.problems += _absent(grid, [a.number for a in applications if a.number not in rows])
    return tuple(found.problems)


class _Found:
    """Goes through heads and first column, and remembers faults."""

    def __init__(self, grid: Grid, header: int) -> None:
        self.grid, self.header = grid, header
        self.problems: list[str] = []

    def look(self, act: Callable[..., object], *given: object) -> object:
        """Return what ``act`` returns, None after a fault that was noted."""
        try:
            return act(*given)
        except InputError as error:
            self.problems.append(str(error))
            return None

    def columns(self, experts: Sequence[Expert]) -> dict[str, int]:
        """Return the experts' columns as far as they can be told."""
        numbering = Numbering(each.number for each in experts)
        first, grid = number_column(self.grid, self.header), self.grid
        texts = {
            column: grid.text(self.header, column, code=True)
            for column in range(len(grid.rows[self.header]))
            if column != first
        }
        named = {c: text.split()[0] for c, text in texts.items() if self._names(text)}
        return self._places(numbering, named, lambda column: grid.where(self.header, column))

    def rows(self, applications: Sequence[Application]) -> dict[str, int]:
        """Return the applications' rows as far as they can be told."""
        numbering = Numbering(each.number for each in applications)
        column, grid = number_column(self.grid, self.header), self.grid
        below = range(self.header + 1, len(grid.rows))
        texts = {row: grid.text(row, column, code=True) for row in below}
        named = {row: text for row, text in texts.items() if text}
        return self._places(numbering, named, lambda row: grid.where(row, column))

    def _names(self, text: str) -> bool:
        return header_key(text) not in TEXT_HEADERS

    def _places(
        self, numbering: Numbering, named: dict[int, str], where: Callable[[int], str]
    ) -> dict[str, int]:
        places: dict[str, int] = {}
        for place, text in named.items():
            number = self.look(numbering.find, text, where(place))
            if number is not None and str(number) in places:
                words = _("{where}: {number} is there twice")
                self.problems.append(words.format(where=where(place), number=number))
            elif number is not None:
                places[str(number)] = place
        return places


def _absent(grid: Grid, numbers: Sequence[str]) -> Iterator[str]:
    words = _("{file} says nothing about {numbers}")
    if numbers:
        yield words.format(file=grid.name, numbers=", ".join(numbers))
