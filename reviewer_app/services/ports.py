"""What the services ask of a database: stores and the unit of work.

``db`` implements these; nothing here knows SQL. What is stored are the frozen values of
``records``.
"""

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from reviewer_app.core.round import ApplicationNumber, ExpertNumber, PackId, RoundId
from reviewer_app.services.records import (
    AttachmentRecord,
    ClosingRecord,
    DeskRecusal,
    FeedbackRecord,
    HistoryRecord,
    LogRecord,
    MarkRecord,
    MaterialRecord,
    OpinionRecord,
    RefusalRecord,
    RosterRecord,
    RoundRecord,
    SeatRecord,
    SheetRecord,
    SignedRecord,
    TypingRecord,
    VoteRecord,
)


class BureauUnit(Protocol):
    """One unit of work on the bureau's database; leaving without ``commit`` undoes it."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
    def commit(self) -> None:
        """Make everything since the start durable."""
        ...

    def setting(self, name: str) -> bytes | None:
        """Return a stored value, or None where it was never set."""
        ...

    def set_setting(self, name: str, value: bytes) -> None:
        """Store a value under a name, replacing an earlier one."""
        ...

    def add_round(self, record: RoundRecord, materials: Sequence[MaterialRecord]) -> None:
        """Keep a new round and where its materials lie."""
        ...

    def round(self, round_id: RoundId) -> RoundRecord:
        """Return the round; raises NotFoundError."""
        ...

    def round_locked(self, round_id: RoundId) -> RoundRecord:
        """Return the round and hold it until the unit ends, so that writers take turns."""
        ...

    def rounds(self) -> list[RoundRecord]:
        """Return every round, oldest first."""
        ...

    def update_round(self, record: RoundRecord) -> None:
        """Replace a round's record."""
        ...

    def replace_materials(self, round_id: RoundId, records: Sequence[MaterialRecord]) -> None:
        """Put these in the place of what was known of the round's materials."""
        ...

    def materials(self, round_id: RoundId) -> list[MaterialRecord]:
        """Return where the round's materials lie."""
        ...

    def add_seat(self, record: SeatRecord) -> None:
        """Keep an issued place."""
        ...

    def seats(self, round_id: RoundId) -> list[SeatRecord]:
        """Return every seat ever issued in the round, withdrawn ones included."""
        ...

    def update_seat(self, record: SeatRecord, pack_id: PackId | None = None) -> None:
        """Replace a seat's record; ``pack_id`` is that of its pack before, if that changed."""
        ...

    def add_roster(self, record: RosterRecord) -> None:
        """Keep one more version of the roster."""
        ...

    def rosters(self, round_id: RoundId) -> list[RosterRecord]:
        """Return every version, oldest first."""
        ...

    def add_sheet(self, record: SheetRecord) -> None:
        """Keep an accepted sheet."""
        ...

    def sheets(self, round_id: RoundId) -> list[SheetRecord]:
        """Return every accepted sheet in the order of arrival."""
        ...

    def update_sheet(self, record: SheetRecord) -> None:
        """Replace a sheet's record (its comments arrive later than its paper)."""
        ...

    def add_typing(self, record: TypingRecord) -> None:
        """Keep a paper form as one person typed it."""
        ...

    def typings(self, round_id: RoundId) -> list[TypingRecord]:
        """Return the typings not yet made an entry, in the order of arrival."""
        ...

    def remove_typings(self, round_id: RoundId, expert: ExpertNumber, stage: int) -> None:
        """Forget what was typed of one form: it is an entry now, or was begun anew."""
        ...

    def add_refusal(self, record: RefusalRecord) -> None:
        """Keep a refused file with its reason."""
        ...

    def refusals(self, round_id: RoundId) -> list[RefusalRecord]:
        """Return every refused file in the order of arrival."""
        ...

    def has_refusal(self, round_id: RoundId, sha256: str, refusal: str) -> bool:
        """Tell whether the same bytes were refused for the same reason before."""
        ...

    def append_log(self, record: LogRecord) -> None:
        """Add the next log line; there is no way to change or remove one."""
        ...

    def last_log(self, round_id: RoundId) -> LogRecord | None:
        """Return the last log line, or None before the first; the others are not read."""
        ...

    def log(self, round_id: RoundId) -> list[LogRecord]:
        """Return the whole log, oldest first."""
        ...

    def set_closing(self, record: ClosingRecord) -> None:
        """Keep the closing; a round closes once."""
        ...

    def closing(self, round_id: RoundId) -> ClosingRecord | None:
        """Return the closing, or None while collection is open."""
        ...

    def replace_votes(self, round_id: RoundId, records: Sequence[VoteRecord]) -> None:
        """Put these votes in the place of the round's earlier ones."""
        ...

    def votes(self, round_id: RoundId) -> list[VoteRecord]:
        """Return the recorded votes."""
        ...

    def put_opinion(self, record: OpinionRecord) -> None:
        """Keep the opinion on one application, replacing an earlier one."""
        ...

    def opinions(self, round_id: RoundId) -> list[OpinionRecord]:
        """Return every opinion."""
        ...

    def add_attachment(self, record: AttachmentRecord) -> None:
        """Keep a scan."""
        ...

    def attachments(self, round_id: RoundId) -> list[AttachmentRecord]:
        """Return every scan in the order of arrival."""
        ...

    def put_history(self, records: Sequence[HistoryRecord]) -> None:
        """Keep published results with their units; a round's new ones replace its old."""
        ...

    def history(self, unit: str) -> list[HistoryRecord]:
        """Return a unit's published results."""
        ...

    def history_of_round(self, round_id: RoundId) -> list[HistoryRecord]:
        """Return what is kept of one round, by unit and application."""
        ...

    def history_units(self) -> list[str]:
        """Return the units with a published result, in the order of their names."""
        ...


class OpenBureau(Protocol):
    """Starts a unit of work on the bureau's database."""

    def __call__(self) -> BureauUnit:
        """Return the unit, to be entered with ``with``."""
        ...


class DeskUnit(Protocol):
    """One unit of work on one expert's own encrypted file."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
    def commit(self) -> None:
        """Make everything since the start durable."""
        ...

    def lock(self) -> None:
        """Hold the desk until the unit ends, before reading what is then written anew."""
        ...

    def setting(self, name: str) -> bytes | None:
        """Return a stored value, or None where it was never set."""
        ...

    def set_setting(self, name: str, value: bytes) -> None:
        """Store a value under a name, replacing an earlier one."""
        ...

    def settings(self) -> dict[str, bytes]:
        """Return every stored value by its name."""
        ...

    def put_mark(self, record: MarkRecord) -> None:
        """Keep one answer, replacing the earlier one."""
        ...

    def mark(self, application: ApplicationNumber, indicator: str) -> MarkRecord | None:
        """Return the answer to one indicator, or None where there is none."""
        ...

    def marks(self) -> list[MarkRecord]:
        """Return every answer given so far."""
        ...

    def remove_application(self, application: ApplicationNumber) -> None:
        """Delete every mark, comment and note of a recused application."""
        ...

    def add_recusal(self, record: DeskRecusal) -> None:
        """Remember a conflict declared on the day."""
        ...

    def remove_recusal(self, application: ApplicationNumber) -> None:
        """Forget a conflict declared by mistake."""
        ...

    def recusals(self) -> list[DeskRecusal]:
        """Return the declared conflicts."""
        ...

    def put_note(self, application: ApplicationNumber, text: str) -> None:
        """Keep a private note."""
        ...

    def note(self, application: ApplicationNumber) -> str:
        """Return a private note, empty where there is none."""
        ...

    def notes(self) -> dict[ApplicationNumber, str]:
        """Return every private note by application."""
        ...

    def add_signed(self, record: SignedRecord) -> None:
        """Keep one signed revision."""
        ...

    def signed(self) -> list[SignedRecord]:
        """Return every signed revision, oldest first."""
        ...

    def add_feedback(self, record: FeedbackRecord) -> None:
        """Keep the feedback that opens a later scoring."""
        ...

    def feedback(self) -> list[FeedbackRecord]:
        """Return the feedback of every later scoring, oldest first."""
        ...


class OpenDesk(Protocol):
    """Starts a unit of work on the expert's file of one pack."""

    def __call__(self) -> DeskUnit:
        """Return the unit, to be entered with ``with``."""
        ...

    def close(self) -> None:
        """Give back every handle on the file, so that it can be moved or wiped."""
        ...
