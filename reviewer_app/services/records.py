"""What a database keeps for the services: frozen records.

Bytes in them are exactly what was signed or received. Times are UTC.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from reviewer_app.core.marks import Mark
from reviewer_app.core.round import ApplicationNumber, ExpertNumber, PackId, RoundId


class RoundState(StrEnum):
    """How far a round has come; it only moves forward, or is put away and taken back."""

    PREPARING = "preparing"
    ISSUED = "issued"
    CLOSED = "closed"
    SEALED = "sealed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """A round as kept by the bureau; ``document`` is the signed round once issued."""

    id: RoundId
    title: str
    state: RoundState
    created: datetime
    plan: str
    """The RoundPlan as canonical JSON."""
    document: bytes | None = None


@dataclass(frozen=True, slots=True)
class MaterialRecord:
    """Where a material of an application lies on this machine."""

    application: ApplicationNumber
    file: str
    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SeatRecord:
    """One expert's place in an issued round."""

    round_id: RoundId
    expert: ExpertNumber
    pack_id: PackId
    assignment: bytes
    enrolment: bytes = field(repr=False)
    pinned_key: bytes | None = None
    withdrawn: str = ""
    """The reason, once the expert has been withdrawn or replaced."""


@dataclass(frozen=True, slots=True)
class RosterRecord:
    """One signed version of who must answer for what."""

    round_id: RoundId
    version: int
    document: bytes


class SheetSource(StrEnum):
    """How a sheet reached the bureau."""

    FILE = "file"
    PAPER = "paper"
    REENTERED = "re-entered"


@dataclass(frozen=True, slots=True)
class SheetRecord:
    """A verified sheet; ``comments`` is None while only the paper has arrived.

    Of a re-entered one ``sheet`` is the entry's whole file and ``digest`` that of its content.
    """

    round_id: RoundId
    expert: ExpertNumber
    stage: int
    revision: int
    digest: bytes
    sheet: bytes
    comments: bytes | None
    source: SheetSource
    received: datetime
    late_reason: str = ""
    """Why it was accepted after closing, if it was."""


@dataclass(frozen=True, slots=True)
class TypingRecord:
    """A paper form as one person typed it, kept until both typings are one entry."""

    round_id: RoundId
    expert: ExpertNumber
    stage: int
    by: str
    at: datetime
    cells: str = field(repr=False)
    """The cells as canonical JSON, by application and indicator."""
    salt: str = field(repr=False)
    """What makes their digest in the log say nothing until the entry reveals it."""
    scan_file: str
    scan_sha256: str
    """The scan of the hand-signed form; only the first typing names it."""
    reason: str


@dataclass(frozen=True, slots=True)
class RefusalRecord:
    """A file that was refused, kept with its reason."""

    round_id: RoundId
    name: str
    sha256: str
    data: bytes
    refusal: str
    sentence: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One line of the append-only log, byte for byte as hashed and exported."""

    round_id: RoundId
    sequence: int
    line: bytes


@dataclass(frozen=True, slots=True)
class ClosingRecord:
    """The one-way closing of collection, as printed on the closing statement."""

    round_id: RoundId
    at: datetime
    reason: str
    log_head: str


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """One expert's vote, or (expert empty) counted paper ballots: approve, reject, abstain."""

    round_id: RoundId
    application: ApplicationNumber
    expert: str
    approve: int
    reject: int
    abstain: int
    reservation: str = ""


@dataclass(frozen=True, slots=True)
class OpinionRecord:
    """The panel's opinion on one application."""

    round_id: RoundId
    application: ApplicationNumber
    overall: str
    problems: str
    advice: str
    dissent: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """A scan of a hand-signed paper."""

    round_id: RoundId
    name: str
    data: bytes
    added: datetime


@dataclass(frozen=True, slots=True)
class HistoryRecord:
    """One published result, kept with the unit reviewed; ``published`` as printed."""

    unit: str
    round_id: RoundId
    round_title: str
    kind: str
    date: str
    application: ApplicationNumber
    name: str
    scheme: str
    published: str
    rank: int | None
    band: str
    archive: str = ""
    """SHA-256 of the archive it was taken from; empty for a round sealed in this database."""
    bureau_key: str = ""
    """Fingerprint of the key that signed that archive."""


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """One stored answer with what the expert wrote beside it."""

    application: ApplicationNumber
    indicator: str
    mark: Mark
    comment: str = ""
    reason: str = ""
    citations: tuple[str, ...] = ()
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeskRecusal:
    """A conflict declared on the day; ``ground`` is a key of ``core.recusal``."""

    application: ApplicationNumber
    ground: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """One signed revision: the file's exact bytes."""

    revision: int
    file: bytes
    reason: str
    at: datetime
    stage: int = 1
    """Which scoring it is of; revisions count from 1 in each."""


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """The bureau's feedback that opened a later scoring: the decrypted file's exact bytes."""

    stage: int
    file: bytes
    at: datetime
