"""An expert's own encrypted file as the services see it."""

from sqlalchemy import delete, select

from db.tables import DeskSettingRow, FeedbackRow, MarkRow, NoteRow, RecusalRow, SignedRow
from db.unit import Database, Unit, to_record
from reviewer_app.core.round import ApplicationNumber
from reviewer_app.services.records import DeskRecusal, FeedbackRecord, MarkRecord, SignedRecord


class SqlDeskUnit(Unit):
    """One unit of work on one expert's file; implements ``ports.DeskUnit``."""

    def lock(self) -> None:
        """Hold the desk until the unit ends, so that windows take turns."""
        self._take_turn()

    def setting(self, name: str) -> bytes | None:
        """Return a named value, if it was ever set."""
        row = self._session.get(DeskSettingRow, name)
        return row.value if row else None

    def set_setting(self, name: str, value: bytes) -> None:
        """Set a named value."""
        self._take_turn()
        self._session.merge(DeskSettingRow(name=name, value=value))
        self._session.flush()

    def settings(self) -> dict[str, bytes]:
        """Return every named value."""
        return {row.name: row.value for row in self._session.scalars(select(DeskSettingRow))}

    def put_mark(self, record: MarkRecord) -> None:
        """Store an answer, replacing the one before."""
        self._put(MarkRow, record)

    def mark(self, application: ApplicationNumber, indicator: str) -> MarkRecord | None:
        """Return the answer to one indicator, if there is one."""
        row = self._session.get(MarkRow, (application, indicator))
        return to_record(MarkRecord, row) if row else None

    def marks(self) -> list[MarkRecord]:
        """Return every answer, by application and indicator."""
        rows = self._session.scalars(select(MarkRow))
        found = [to_record(MarkRecord, row) for row in rows]
        return sorted(found, key=lambda mark: (mark.application, mark.indicator))

    def remove_application(self, application: ApplicationNumber) -> None:
        """Delete every mark, comment and note of a recused application."""
        self._take_turn()
        for table in (MarkRow, NoteRow):
            self._session.execute(delete(table).where(table.application == application))

    def add_recusal(self, record: DeskRecusal) -> None:
        """Remember a conflict declared on the day."""
        self._add(RecusalRow, record)

    def remove_recusal(self, application: ApplicationNumber) -> None:
        """Forget a declared conflict."""
        self._take_turn()
        self._session.execute(delete(RecusalRow).where(RecusalRow.application == application))

    def recusals(self) -> list[DeskRecusal]:
        """Return the declared conflicts, by application."""
        found = [
            to_record(DeskRecusal, row) for row in self._session.scalars(select(RecusalRow))
        ]
        return sorted(found, key=lambda recusal: recusal.application)

    def put_note(self, application: ApplicationNumber, text: str) -> None:
        """Store the private note on an application, replacing the one before."""
        self._take_turn()
        self._session.merge(NoteRow(application=application, text=text))
        self._session.flush()

    def note(self, application: ApplicationNumber) -> str:
        """Return the private note on an application, or nothing."""
        row = self._session.get(NoteRow, application)
        return row.text if row else ""

    def notes(self) -> dict[ApplicationNumber, str]:
        """Return every private note by application."""
        rows = self._session.scalars(select(NoteRow))
        return {ApplicationNumber(row.application): row.text for row in rows}

    def add_signed(self, record: SignedRecord) -> None:
        """Keep a signed revision, byte for byte."""
        self._add(SignedRow, record)

    def signed(self) -> list[SignedRecord]:
        """Return the signed revisions, oldest first."""
        rows = self._session.scalars(
            select(SignedRow).order_by(SignedRow.stage, SignedRow.revision)
        )
        return [to_record(SignedRecord, row) for row in rows]

    def add_feedback(self, record: FeedbackRecord) -> None:
        """Keep the feedback of a later scoring, byte for byte."""
        self._add(FeedbackRow, record)

    def feedback(self) -> list[FeedbackRecord]:
        """Return the feedback of every later scoring, oldest first."""
        rows = self._session.scalars(select(FeedbackRow).order_by(FeedbackRow.stage))
        return [to_record(FeedbackRecord, row) for row in rows]


class DeskDatabase(Database):
    """Starts units of work on one expert's file."""

    def __call__(self) -> SqlDeskUnit:
        """Start a unit of work."""
        return SqlDeskUnit(self)
