"""Fifteen sheets on a stick, a database to merge them into, and what must come out."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer_app.bootstrap import wire
from reviewer_app.services import closing, collecting, results
from reviewer_app.sheets.log import check_log, read_line
from tests.faults import altering
from tests.faults.processes import put_back
from tests.services.day import NOON, Day


@dataclass
class Merge:
    """One stick and one database, as often as wanted."""

    day: Day
    stick: Path
    empty: bytes
    digest: str
    revisions: dict[str, int]
    seconds: float

    def collect(self) -> None:
        context = wire(self.home)
        collecting.collect(context.open_bureau, self.day.round_id, [self.stick], NOON)

    @property
    def home(self) -> Path:
        return self.day.folder / "home"

    def reset(self) -> None:
        put_back(self.home / altering.FILE, self.empty)

    def fresh(self) -> Day:
        return replace(self.day, context=wire(self.home))

    def check_between(self) -> int:
        """See a state before or after a sheet, never within; return how many are in."""
        day = self.fresh()
        with day.context.open_bureau() as unit:
            sheets, seats = unit.sheets(day.round_id), unit.seats(day.round_id)
            lines = [record.line for record in unit.log(day.round_id)]
        check_log(lines)
        logged = [
            entry.details["digest"]
            for entry in (read_line(line).entry for line in lines)
            if entry.event == "sheet-received"
        ]
        assert logged == [each.digest.hex() for each in sheets]
        pinned = {seat.expert for seat in seats if seat.pinned_key}
        assert pinned == {each.expert for each in sheets}
        closing.standing(day.context.open_bureau, day.round_id)
        altering.close(day)
        return len(sheets)

    def finish(self) -> str:
        """Merge again, close, and return the results digest."""
        day = self.fresh()
        bureau = day.context.open_bureau
        collecting.collect(bureau, day.round_id, [self.stick], NOON)
        closing.close_round(bureau, day.round_id, NOON)
        found = results.results_of(bureau, day.round_id)
        assert {e: s.content.revision for e, s in found.seating.counted.items()} == (
            self.revisions
        )
        altering.close(day)
        return found.digest


def make_merge(day: Day, folder: Path) -> Merge:
    """Return a merge ready to be tried, and tried once for the digest."""
    stick = folder / "stick"
    stick.mkdir()
    revisions = dict.fromkeys(day.laptops, 2) | {"01": 3}
    for number, machine in day.laptops.items():
        for step in range(revisions[number]):
            content = machine.content({1: 60 + step, 2: 70 + int(number), 3: 80 - int(number)})
            machine.sign(stick, content)
    altering.close(day)
    empty = (day.folder / "home" / altering.FILE).read_bytes()
    found = Merge(day, stick, empty, "", revisions, 0)
    begun = time.monotonic()
    found.digest = found.finish()
    found.seconds = time.monotonic() - begun
    return found
