"""The tables, one class each, named and filled exactly as the records of ``services.ports``."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db.columns import Answer, Texts, UtcTime, choice
from reviewer_app.core.marks import Mark
from reviewer_app.services.records import RoundState, SheetSource

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_TYPES = {
    str: Text(),
    bytes: LargeBinary(),
    datetime: UtcTime(),
    Mark: Answer(),
    tuple[str, ...]: Texts(),
    RoundState: choice(RoundState),
    SheetSource: choice(SheetSource),
}


class BureauTable(DeclarativeBase):
    """A table of the bureau's database."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = _TYPES


class DeskTable(DeclarativeBase):
    """A table of an expert's own file."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = _TYPES


def _key() -> Mapped[str]:
    return mapped_column(Text(), primary_key=True)


def _round() -> Mapped[str]:
    return mapped_column(Text(), ForeignKey("round.id"), primary_key=True)


def _arrival() -> Mapped[int]:
    """Return a key that only says in which order rows arrived."""
    return mapped_column(primary_key=True)


def _in_round() -> Mapped[str]:
    return mapped_column(ForeignKey("round.id"), index=True)


class SettingRow(BureauTable):
    """One named value of the bureau, such as its signing key."""

    __tablename__ = "setting"
    name: Mapped[str] = _key()
    value: Mapped[bytes]


class RoundRow(BureauTable):
    """A round; see RoundRecord."""

    __tablename__ = "round"
    id: Mapped[str] = _key()
    title: Mapped[str]
    state: Mapped[RoundState]
    created: Mapped[datetime]
    plan: Mapped[str]
    document: Mapped[bytes | None]


class MaterialRow(BureauTable):
    """Where a material lies on this machine; see MaterialRecord."""

    __tablename__ = "material"
    round_id: Mapped[str] = _round()
    application: Mapped[str] = _key()
    file: Mapped[str] = _key()
    path: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]


class SeatRow(BureauTable):
    """One expert's place in an issued round; see SeatRecord."""

    __tablename__ = "seat"
    id: Mapped[int] = _arrival()
    round_id: Mapped[str] = _in_round()
    expert: Mapped[str]
    pack_id: Mapped[str] = mapped_column(unique=True)
    assignment: Mapped[bytes]
    enrolment: Mapped[bytes]
    pinned_key: Mapped[bytes | None]
    withdrawn: Mapped[str]


class RosterRow(BureauTable):
    """One signed version of the roster; see RosterRecord."""

    __tablename__ = "roster"
    round_id: Mapped[str] = _round()
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[bytes]


class SheetRow(BureauTable):
    """A verified sheet; see SheetRecord. A second key may bring the same revision again."""

    __tablename__ = "sheet"
    __table_args__ = (UniqueConstraint("round_id", "digest"),)
    id: Mapped[int] = _arrival()
    round_id: Mapped[str] = _in_round()
    expert: Mapped[str]
    stage: Mapped[int]
    revision: Mapped[int]
    digest: Mapped[bytes]
    sheet: Mapped[bytes]
    comments: Mapped[bytes | None]
    source: Mapped[SheetSource]
    received: Mapped[datetime]
    late_reason: Mapped[str]


class TypingRow(BureauTable):
    """A paper form as one person typed it; see TypingRecord."""

    __tablename__ = "typing"
    id: Mapped[int] = _arrival()
    round_id: Mapped[str] = _in_round()
    expert: Mapped[str]
    stage: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]
    cells: Mapped[str]
    salt: Mapped[str]
    scan_file: Mapped[str]
    scan_sha256: Mapped[str]
    reason: Mapped[str]


class RefusalRow(BureauTable):
    """A refused file with its reason; see RefusalRecord."""

    __tablename__ = "refusal"
    id: Mapped[int] = _arrival()
    round_id: Mapped[str] = _in_round()
    name: Mapped[str]
    sha256: Mapped[str]
    data: Mapped[bytes]
    refusal: Mapped[str]
    sentence: Mapped[str]
    at: Mapped[datetime]


class LogRow(BureauTable):
    """One line of the append-only log; see LogRecord."""

    __tablename__ = "log"
    round_id: Mapped[str] = _round()
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[bytes]


class ClosingRow(BureauTable):
    """The one closing a round can have; see ClosingRecord."""

    __tablename__ = "closing"
    round_id: Mapped[str] = _round()
    at: Mapped[datetime]
    reason: Mapped[str]
    log_head: Mapped[str]


class VoteRow(BureauTable):
    """One vote or one count of ballots; see VoteRecord."""

    __tablename__ = "vote"
    round_id: Mapped[str] = _round()
    application: Mapped[str] = _key()
    expert: Mapped[str] = _key()
    approve: Mapped[int]
    reject: Mapped[int]
    abstain: Mapped[int]
    reservation: Mapped[str]


class OpinionRow(BureauTable):
    """The panel's opinion on one application; see OpinionRecord."""

    __tablename__ = "opinion"
    round_id: Mapped[str] = _round()
    application: Mapped[str] = _key()
    overall: Mapped[str]
    problems: Mapped[str]
    advice: Mapped[str]
    dissent: Mapped[str]


class AttachmentRow(BureauTable):
    """A scan of a hand-signed paper; see AttachmentRecord."""

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("round_id", "name"),)
    id: Mapped[int] = _arrival()
    round_id: Mapped[str] = _in_round()
    name: Mapped[str]
    data: Mapped[bytes]
    added: Mapped[datetime]


class HistoryRow(BureauTable):
    """One published result of a unit; it outlives its round, hence no foreign key."""

    __tablename__ = "history"
    unit: Mapped[str] = _key()
    round_id: Mapped[str] = _key()
    application: Mapped[str] = _key()
    round_title: Mapped[str]
    kind: Mapped[str]
    date: Mapped[str]
    name: Mapped[str]
    scheme: Mapped[str]
    published: Mapped[str]
    rank: Mapped[int | None]
    band: Mapped[str]
    archive: Mapped[str]
    bureau_key: Mapped[str]


class DeskSettingRow(DeskTable):
    """One named value of the desk, such as the wrapped signing key."""

    __tablename__ = "setting"
    name: Mapped[str] = _key()
    value: Mapped[bytes]


class MarkRow(DeskTable):
    """One answer with what the expert wrote beside it; see MarkRecord."""

    __tablename__ = "mark"
    application: Mapped[str] = _key()
    indicator: Mapped[str] = _key()
    mark: Mapped[Mark]
    comment: Mapped[str]
    reason: Mapped[str]
    citations: Mapped[tuple[str, ...]]
    updated: Mapped[datetime | None]


class RecusalRow(DeskTable):
    """A conflict declared on the day; see DeskRecusal."""

    __tablename__ = "recusal"
    application: Mapped[str] = _key()
    ground: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]


class NoteRow(DeskTable):
    """A private note; never exported."""

    __tablename__ = "note"
    application: Mapped[str] = _key()
    text: Mapped[str]


class SignedRow(DeskTable):
    """One signed revision, byte for byte; see SignedRecord."""

    __tablename__ = "signed"
    stage: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file: Mapped[bytes]
    reason: Mapped[str]
    at: Mapped[datetime]


class FeedbackRow(DeskTable):
    """The feedback that opened a later scoring, byte for byte; see FeedbackRecord."""

    __tablename__ = "feedback"
    stage: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file: Mapped[bytes]
    at: Mapped[datetime]
