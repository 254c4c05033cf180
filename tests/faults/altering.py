"""A secretary with the database key and SQL: a whole closed round, and one thing changed."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, inspect

from db.begin import OUTSIDE
from db.engine import connect_file
from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.round import ExpertNumber
from reviewer_app.core.votes import Ballots, CastVote, Choice, Vote
from reviewer_app.services import (
    closing,
    deliberating,
    keystore,
    paper_entry,
    paper_form,
    results,
    roster,
    sealing,
)
from reviewer_app.services.paper_entry import Form, Paper
from reviewer_app.services.records import OpinionRecord
from tests.archive.verifying import both
from tests.faults import forging
from tests.services.day import NOON, Day, app

FILE = "bureau.db"


class Outcome(StrEnum):
    """What became of one alteration made behind the program's back."""

    REFUSED = "refused"
    REPORTED = "reported"
    CHANGED = "changed"
    SAME = "same"


def whole_day(day: Day) -> Day:
    """Bring a round to its end with something in every table."""
    bureau = day.context.open_bureau
    change = forging.write(
        day.folder / "ROSTER.toml", '[[withdraw]]\nexpert = "07"\nreason = "突发"\n'.encode()
    )
    roster.change_roster(bureau, day.round_id, change, roster.Places(None, None), NOON)
    points = {1: 80, 2: 71, 3: 60}
    paths = [
        laptop.sign(
            day.folder, laptop.content({key: n + int(number) for key, n in points.items()})
        )
        for number, laptop in day.laptops.items()
    ]
    first = day.laptops["01"]
    paths.append(first.sign(day.folder, first.content({1: 90, 2: 70, 3: 60})))
    paths.append(forging.write(day.folder / "junk.scoresheet", b"junk"))
    day.collect(*(path for path in paths if not path.name.startswith(("04", "06", "07"))))
    type_in(day, 84, ("张一", "李二"))
    type_in(day, 83, ("张一",))
    closing.close_round(bureau, day.round_id, NOON, "等专家06（示例）")
    day.collect(*(path for path in paths if path.name.startswith("06")), late_reason="晚到")
    deliberate(day)
    return day


def type_in(day: Day, points: int, names: tuple[str, ...]) -> None:
    """Type in the form of expert 04, by one person or two."""
    bureau, form = day.context.open_bureau, Form(day.round_id, ExpertNumber("04"))
    scan = day.folder / f"form-{points}.pdf"
    blank = paper_form.write_form(bureau, form, scan, NOON)
    cells = {(str(number), row.code): str(points) for row in blank.rows for number in row.boxes}
    papers = (Paper(scan, "电脑损坏（示例）"), None)
    for name, paper in zip(names, papers, strict=False):
        paper_entry.type_in(bureau, form, name, cells, NOON, paper)


def deliberate(day: Day) -> None:
    """Record votes, an opinion and a scan; seal once, so that the history is filled."""
    bureau = day.context.open_bureau
    vote = CastVote("01", "01", Vote(Choice.APPROVE, "保留（示例）"))
    reject = CastVote("01", "02", Vote(Choice.REJECT))
    votes: list[CastVote | Ballots] = [vote, reject, Ballots("02", 4, 1, 1)]
    deliberating.record_votes(bureau, day.round_id, votes, NOON)
    opinion = OpinionRecord(day.round_id, app(1), "总体", "问题", "建议", "异议")
    deliberating.record_opinion(bureau, opinion, NOON)
    scan = forging.write(day.folder / "scan.pdf", b"%PDF-1.7 signed\n")
    sealing.attach(bureau, day.round_id, [scan], NOON)
    day.seal(day.folder / "first.zip")


@dataclass(frozen=True)
class Altered:
    """What the round says after an alteration."""

    outcome: Outcome
    checks: str = ""


@dataclass(frozen=True)
class Bureau:
    """A finished round whose database can be altered and put back, as often as wanted."""

    day: Day
    original: bytes
    digest: str

    @classmethod
    def of(cls, day: Day) -> "Bureau":
        found = results.results_of(day.context.open_bureau, day.round_id)
        close(day)
        return cls(day, (day.folder / "home" / FILE).read_bytes(), found.digest)

    @property
    def path(self) -> Path:
        return self.day.folder / "home" / FILE

    def after(self, *statements: str) -> Altered:
        """Put the database back, change it by SQL, and ask the program and both verifiers."""
        for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
            self.path.with_name(name).unlink(missing_ok=True)
        self.path.write_bytes(self.original)
        self.run(*statements)
        day = replace(self.day, context=self.day.context.at(self.path.parent))
        archive = day.folder / "again.zip"
        archive.unlink(missing_ok=True)
        try:
            found = results.results_of(day.context.open_bureau, day.round_id)
            day.seal(archive)
        except ReviewerError as error:
            return Altered(Outcome.REFUSED, str(error))
        finally:
            close(day)
        alone, _program = both(archive)
        if not alone.ok:
            return Altered(Outcome.REPORTED, " ".join(sorted(alone.failed)))
        return Altered(Outcome.SAME if found.digest == self.digest else Outcome.CHANGED)

    def run(self, *statements: str) -> None:
        engine = connect_file(self.path, keystore.bureau_key(self.path.parent))
        with engine.connect().execution_options(**OUTSIDE) as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()

    def columns(self) -> dict[tuple[str, str], str]:
        """Return for every stored column the SQL that changes it in the first filled row."""
        engine = connect_file(self.path, keystore.bureau_key(self.path.parent))
        with engine.connect() as connection:
            found = {
                (table, str(column["name"])): change
                for table in inspect(connection).get_table_names()
                if table != "alembic_version"
                for column in inspect(connection).get_columns(table)
                if (change := _change(connection, table, str(column["name"])))
            }
        engine.dispose()
        return found


def close(day: Day) -> None:
    """Give back the handles of the day's database and fold its log in."""
    with day.context.open_bureau() as unit:
        database = unit._database  # type: ignore[attr-defined]
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


OTHER_WORDS = {"state": "'issued'", "source": "'paper'"}


def _change(connection: Connection, table: str, column: str) -> str:
    row = connection.exec_driver_sql(
        f'SELECT rowid, "{column}", typeof("{column}") FROM "{table}" '  # noqa: S608 - own names
        f'WHERE "{column}" IS NOT NULL ORDER BY rowid LIMIT 1'
    ).first()
    if row is None:
        return ""
    number, value, kind = row
    new = OTHER_WORDS.get(column) or _other(value, str(kind))
    return f'UPDATE "{table}" SET "{column}" = {new} WHERE rowid = {number}'  # noqa: S608 - own names


def _other(value: object, kind: str) -> str:
    if isinstance(value, bytes):
        middle = len(value) // 2
        return f"x'{(value[:middle] + bytes([value[middle] ^ 1]) + value[middle + 1 :]).hex()}'"
    if isinstance(value, str):
        moved = value.replace("2026-", "2025-", 1) if value[:5] == "2026-" else f"{value}0"
        return "'" + moved.replace("'", "''") + "'"
    assert kind == "integer", kind
    return str(int(str(value)) + 1000)
