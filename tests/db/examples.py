"""One of every record, with texts that break careless storage."""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, scored
from reviewer_app.core.round import ApplicationNumber, ExpertNumber, PackId, RoundId
from reviewer_app.services.ports import BureauUnit, DeskUnit
from reviewer_app.services.records import (
    AttachmentRecord,
    ClosingRecord,
    DeskRecusal,
    HistoryRecord,
    LogRecord,
    MarkRecord,
    MaterialRecord,
    OpinionRecord,
    RefusalRecord,
    RosterRecord,
    RoundRecord,
    RoundState,
    SeatRecord,
    SheetRecord,
    SheetSource,
    SignedRecord,
    TypingRecord,
    VoteRecord,
)

ROUND = RoundId("00112233445566aa")
FIRST, SECOND = ApplicationNumber("01"), ApplicationNumber("02")
NOON = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
BYTES = bytes(range(256)) * 3
HARD = "喆堃珺镕翀昇 𠮷 '\"; DROP TABLE round; --\n\t%s {x}"

A_ROUND = RoundRecord(ROUND, HARD, RoundState.PREPARING, NOON, '{"title": "评审会"}')
MATERIALS = (
    MaterialRecord(FIRST, "建设方案.pdf", "/媒体/建设方案.pdf", "ab" * 32, 2_000_000_000),
    MaterialRecord(SECOND, "建设方案.pdf", "C:\\评审\\建设方案.pdf", "cd" * 32, 0),
)
SEATS = tuple(
    SeatRecord(ROUND, ExpertNumber(f"0{number}"), PackId(f"{number:016x}"), BYTES, b"s" * 32)
    for number in (1, 2)
)
SHEETS = tuple(
    SheetRecord(
        ROUND,
        ExpertNumber("01"),
        1,
        revision,
        bytes([revision]) * 32,
        BYTES,
        None,
        source,
        NOON,
    )
    for revision, source in ((1, SheetSource.FILE), (2, SheetSource.PAPER))
)
REFUSAL = RefusalRecord(ROUND, "a.scoresheet", "ef" * 32, BYTES, "malformed", HARD, NOON)
LOG = tuple(LogRecord(ROUND, number, f"line {number}".encode()) for number in range(1, 12))
CLOSING = ClosingRecord(ROUND, NOON, "缺一份", "aa" * 32)
TYPINGS = tuple(
    TypingRecord(
        *(ROUND, ExpertNumber("02"), 1, by, NOON, '{"01":{"6.2":"84"}}'), "5a" * 16, *scan
    )
    for by, scan in (("张", ("a.pdf", "aa" * 32, HARD)), ("李", ("", "", "")))
)
VOTES = (
    VoteRecord(ROUND, FIRST, "01", 1, 0, 0, "保留意见"),
    VoteRecord(ROUND, SECOND, "", 5, 1, 1),
)
OPINION = OpinionRecord(ROUND, FIRST, "总体", "问题", "建议", HARD)
ATTACHMENT = AttachmentRecord(ROUND, "签字页.pdf", BYTES, NOON)
HISTORY = HistoryRecord(
    "单位（示例）",
    ROUND,
    "评审会",
    "论证",
    "2026-11-21",
    FIRST,
    "中心",
    "zj-tic",
    "83.29",
    1,
    "良",
)

MARKS = (
    MarkRecord(
        FIRST, "10.2", scored(Fraction(17, 2)), HARD, "理由", ("建设方案.pdf#47",), NOON
    ),
    MarkRecord(FIRST, "6.2", scored(0)),
    MarkRecord(FIRST, "6.3", NOT_APPLICABLE),
    MarkRecord(SECOND, "6.2", ABSTAINED),
    MarkRecord(SECOND, "6.3", MISSING),
    MarkRecord(SECOND, "6.4", scored(Fraction(-1, 3)), citations=("", "a,b", '"')),
)
RECUSAL = DeskRecusal(SECOND, "office", HARD, NOON)
SIGNED = (SignedRecord(1, BYTES, "", NOON), SignedRecord(2, b"", "笔误", NOON))


def fill_bureau(unit: BureauUnit) -> None:
    """Store one of everything."""
    unit.set_setting("bureau-key", BYTES)
    unit.add_round(A_ROUND, MATERIALS)
    for seat in SEATS:
        unit.add_seat(seat)
    unit.add_roster(RosterRecord(ROUND, 1, BYTES))
    for sheet in SHEETS:
        unit.add_sheet(sheet)
    unit.add_refusal(REFUSAL)
    for line in LOG:
        unit.append_log(line)
    unit.set_closing(CLOSING)
    unit.replace_votes(ROUND, VOTES)
    unit.put_opinion(OPINION)
    unit.add_attachment(ATTACHMENT)
    unit.put_history([HISTORY])


def everything_in_bureau(unit: BureauUnit) -> list[object]:
    """Return what ``fill_bureau`` stored, as it is read back."""
    return [
        unit.setting("bureau-key"),
        unit.rounds(),
        unit.materials(ROUND),
        unit.seats(ROUND),
        unit.rosters(ROUND),
        unit.sheets(ROUND),
        unit.refusals(ROUND),
        unit.log(ROUND),
        unit.closing(ROUND),
        unit.votes(ROUND),
        unit.opinions(ROUND),
        unit.attachments(ROUND),
        unit.history("单位（示例）"),
    ]


BUREAU_AS_STORED: list[object] = [
    BYTES,
    [A_ROUND],
    list(MATERIALS),
    list(SEATS),
    [RosterRecord(ROUND, 1, BYTES)],
    list(SHEETS),
    [REFUSAL],
    list(LOG),
    CLOSING,
    list(VOTES),
    [OPINION],
    [ATTACHMENT],
    [HISTORY],
]


def fill_desk(unit: DeskUnit) -> None:
    """Store one of everything on a desk."""
    unit.set_setting("signing-key", BYTES)
    for mark in MARKS:
        unit.put_mark(mark)
    unit.put_note(FIRST, HARD)
    unit.add_recusal(RECUSAL)
    for revision in SIGNED:
        unit.add_signed(revision)


def everything_on_desk(unit: DeskUnit) -> list[object]:
    """Return what ``fill_desk`` stored, as it is read back."""
    return [
        unit.setting("signing-key"),
        unit.marks(),
        unit.note(FIRST),
        unit.recusals(),
        unit.signed(),
    ]


DESK_AS_STORED: list[object] = [BYTES, list(MARKS), HARD, [RECUSAL], list(SIGNED)]
LATER = datetime(2026, 11, 22, tzinfo=UTC)
