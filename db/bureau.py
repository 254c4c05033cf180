"""The bureau's database as the services see it, on a file or on a server."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import delete, select

from db.tables import (
    AttachmentRow,
    ClosingRow,
    HistoryRow,
    LogRow,
    MaterialRow,
    OpinionRow,
    RefusalRow,
    RosterRow,
    RoundRow,
    SeatRow,
    SettingRow,
    SheetRow,
    TypingRow,
    VoteRow,
)
from db.unit import Database, Record, Row, Unit, to_record
from reviewer_app.core.errors import NotFoundError
from reviewer_app.core.messages import _
from reviewer_app.core.round import ExpertNumber, PackId, RoundId
from reviewer_app.services.records import (
    AttachmentRecord,
    ClosingRecord,
    HistoryRecord,
    LogRecord,
    MaterialRecord,
    OpinionRecord,
    RefusalRecord,
    RosterRecord,
    RoundRecord,
    SeatRecord,
    SheetRecord,
    TypingRecord,
    VoteRecord,
)

Arriving = TypeVar("Arriving", SeatRow, SheetRow, RefusalRow, AttachmentRow, TypingRow)


class _Rounds(Unit):
    """Settings and rounds with what was prepared and issued."""

    def setting(self, name: str) -> bytes | None:
        """Return a named value, if it was ever set."""
        row = self._session.get(SettingRow, name)
        return row.value if row else None

    def set_setting(self, name: str, value: bytes) -> None:
        """Set a named value."""
        self._take_turn()
        self._session.merge(SettingRow(name=name, value=value))
        self._session.flush()

    def add_round(self, record: RoundRecord, materials: Sequence[MaterialRecord]) -> None:
        """Keep a new round with the places of its materials."""
        self._add(RoundRow, record)
        self._add_materials(record.id, materials)

    def round(self, round_id: RoundId) -> RoundRecord:
        """Return the round; raises NotFoundError."""
        return _found(self._session.get(RoundRow, round_id), round_id)

    def round_locked(self, round_id: RoundId) -> RoundRecord:
        """Return the round and hold it until the unit ends, so that writers take turns."""
        self._take_turn()
        chosen = select(RoundRow).where(RoundRow.id == round_id).with_for_update()
        fresh = chosen.execution_options(populate_existing=True)
        return _found(self._session.scalar(fresh), round_id)

    def rounds(self) -> list[RoundRecord]:
        """Return every round, oldest first."""
        found = [to_record(RoundRecord, row) for row in self._session.scalars(select(RoundRow))]
        return sorted(found, key=lambda record: (record.created, record.id))

    def update_round(self, record: RoundRecord) -> None:
        """Overwrite a round; raises NotFoundError."""
        self._take_turn()
        self.round(record.id)
        self._put(RoundRow, record)

    def replace_materials(self, round_id: RoundId, records: Sequence[MaterialRecord]) -> None:
        """Make these the materials of the round, whatever was there."""
        self._take_turn()
        self._session.execute(delete(MaterialRow).where(MaterialRow.round_id == round_id))
        self._add_materials(round_id, records)

    def _add_materials(self, round_id: RoundId, records: Sequence[MaterialRecord]) -> None:
        for record in records:
            self._add(MaterialRow, record, round_id=round_id)

    def materials(self, round_id: RoundId) -> list[MaterialRecord]:
        """Return where the materials lie, by application and file."""
        found = self._all(MaterialRow, MaterialRecord, round_id)
        return sorted(found, key=lambda material: (material.application, material.file))

    def add_seat(self, record: SeatRecord) -> None:
        """Give an expert a place in an issued round."""
        self._add(SeatRow, record)

    def seats(self, round_id: RoundId) -> list[SeatRecord]:
        """Return every place ever issued in a round, by expert, then in the order of issue."""
        found = self._arrived(SeatRow, SeatRecord, round_id)
        return sorted(found, key=lambda seat: seat.expert)

    def update_seat(self, record: SeatRecord, pack_id: PackId | None = None) -> None:
        """Overwrite an expert's place, the one with ``pack_id`` where the pack is another."""
        self._replace(SeatRow, record, pack_id=pack_id or record.pack_id)

    def add_roster(self, record: RosterRecord) -> None:
        """Keep a signed version of the roster."""
        self._add(RosterRow, record)

    def rosters(self, round_id: RoundId) -> list[RosterRecord]:
        """Return the signed versions of the roster, oldest first."""
        found = self._all(RosterRow, RosterRecord, round_id)
        return sorted(found, key=lambda roster: roster.version)

    def _all(self, table: type[Row], kind: type[Record], round_id: RoundId) -> list[Record]:
        rows = self._session.scalars(select(table).filter_by(round_id=round_id))
        return [to_record(kind, row) for row in rows]

    def _arrived(
        self, table: type[Arriving], kind: type[Record], round_id: RoundId
    ) -> list[Record]:
        chosen = select(table).filter_by(round_id=round_id).order_by(table.id)
        return [to_record(kind, row) for row in self._session.scalars(chosen)]


class SqlBureauUnit(_Rounds):
    """One unit of work on the bureau's database; implements ``ports.BureauUnit``."""

    def add_sheet(self, record: SheetRecord) -> None:
        """Keep a verified sheet, byte for byte."""
        self._add(SheetRow, record)

    def sheets(self, round_id: RoundId) -> list[SheetRecord]:
        """Return the verified sheets in the order of arrival."""
        return self._arrived(SheetRow, SheetRecord, round_id)

    def update_sheet(self, record: SheetRecord) -> None:
        """Overwrite what came with a sheet, such as comments that arrived later."""
        self._replace(SheetRow, record, round_id=record.round_id, digest=record.digest)

    def add_typing(self, record: TypingRecord) -> None:
        """Keep a paper form as one person typed it."""
        self._add(TypingRow, record)

    def typings(self, round_id: RoundId) -> list[TypingRecord]:
        """Return the typings that are no entry yet, in the order of arrival."""
        return self._arrived(TypingRow, TypingRecord, round_id)

    def remove_typings(self, round_id: RoundId, expert: ExpertNumber, stage: int) -> None:
        """Forget what was typed of one form."""
        self._take_turn()
        same = {"round_id": round_id, "expert": expert, "stage": stage}
        self._session.execute(delete(TypingRow).filter_by(**same))

    def add_refusal(self, record: RefusalRecord) -> None:
        """Keep a refused file with its reason."""
        self._add(RefusalRow, record)

    def refusals(self, round_id: RoundId) -> list[RefusalRecord]:
        """Return the refused files in the order of arrival."""
        return self._arrived(RefusalRow, RefusalRecord, round_id)

    def has_refusal(self, round_id: RoundId, sha256: str, refusal: str) -> bool:
        """Tell whether the same bytes were refused for the same reason; none are read."""
        same = {"round_id": round_id, "sha256": sha256, "refusal": refusal}
        chosen = select(RefusalRow.id).filter_by(**same).limit(1)
        return self._session.scalars(chosen).first() is not None

    def append_log(self, record: LogRecord) -> None:
        """Add a line to the log."""
        self._add(LogRow, record)

    def last_log(self, round_id: RoundId) -> LogRecord | None:
        """Return the last line of the log, if there is one; the others stay unread."""
        chosen = select(LogRow).filter_by(round_id=round_id)
        row = self._session.scalars(chosen.order_by(LogRow.sequence.desc()).limit(1)).first()
        return to_record(LogRecord, row) if row else None

    def log(self, round_id: RoundId) -> list[LogRecord]:
        """Return the log, oldest line first."""
        found = self._all(LogRow, LogRecord, round_id)
        return sorted(found, key=lambda line: line.sequence)

    def set_closing(self, record: ClosingRecord) -> None:
        """Close collection; there is no way back."""
        self._add(ClosingRow, record)

    def closing(self, round_id: RoundId) -> ClosingRecord | None:
        """Return the closing, once there is one."""
        row = self._session.get(ClosingRow, round_id)
        return to_record(ClosingRecord, row) if row else None

    def replace_votes(self, round_id: RoundId, records: Sequence[VoteRecord]) -> None:
        """Make these the votes of the round, whatever was there."""
        self._take_turn()
        self._session.execute(delete(VoteRow).where(VoteRow.round_id == round_id))
        for record in records:
            self._add(VoteRow, record)

    def votes(self, round_id: RoundId) -> list[VoteRecord]:
        """Return the votes, by application and expert."""
        found = self._all(VoteRow, VoteRecord, round_id)
        return sorted(found, key=lambda vote: (vote.application, vote.expert))

    def put_opinion(self, record: OpinionRecord) -> None:
        """Store the panel's opinion on an application, replacing the one before."""
        self._put(OpinionRow, record)

    def opinions(self, round_id: RoundId) -> list[OpinionRecord]:
        """Return the opinions, by application."""
        found = self._all(OpinionRow, OpinionRecord, round_id)
        return sorted(found, key=lambda opinion: opinion.application)

    def add_attachment(self, record: AttachmentRecord) -> None:
        """Keep a scan of a hand-signed paper."""
        self._add(AttachmentRow, record)

    def attachments(self, round_id: RoundId) -> list[AttachmentRecord]:
        """Return the scans in the order of arrival."""
        return self._arrived(AttachmentRow, AttachmentRecord, round_id)

    def put_history(self, records: Sequence[HistoryRecord]) -> None:
        """Keep published results with their units, replacing this round's earlier ones."""
        self._take_turn()
        rounds = {record.round_id for record in records}
        self._session.execute(delete(HistoryRow).where(HistoryRow.round_id.in_(rounds)))
        for record in records:
            self._add(HistoryRow, record)

    def history(self, unit: str) -> list[HistoryRecord]:
        """Return a unit's published results, oldest first."""
        rows = self._session.scalars(select(HistoryRow).where(HistoryRow.unit == unit))
        found = [to_record(HistoryRecord, row) for row in rows]
        return sorted(found, key=lambda result: (result.date, result.round_id))

    def history_of_round(self, round_id: RoundId) -> list[HistoryRecord]:
        """Return what is kept of one round, by unit and application."""
        found = self._all(HistoryRow, HistoryRecord, round_id)
        return sorted(found, key=lambda result: (result.unit, result.application))

    def history_units(self) -> list[str]:
        """Return the units with a published result, in the order of their names."""
        return sorted(self._session.scalars(select(HistoryRow.unit).distinct()))


class BureauDatabase(Database):
    """Starts units of work on the bureau's database."""

    def __call__(self) -> SqlBureauUnit:
        """Start a unit of work."""
        return SqlBureauUnit(self)


def _found(row: RoundRow | None, round_id: RoundId) -> RoundRecord:
    if row is None:
        raise NotFoundError(
            _(
                "There is no round {round}; `reviewer-app round list` shows those there are"
            ).format(round=round_id)
        )
    return to_record(RoundRecord, row)
