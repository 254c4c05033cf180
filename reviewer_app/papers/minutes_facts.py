"""What the minutes say, in plain values; the papers of that name word and set it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MinutesResult:
    """One application's line in the result table, as published."""

    rank: str
    number: str
    name: str
    unit: str
    result: str
    vote: str = ""
    """``同意5票、不同意1票、弃权1票``; empty where nobody voted."""
    conclusion: str = ""
    """``建议通过论证``, a band, or empty."""


@dataclass(frozen=True, slots=True)
class MinutesReceipt:
    """One expert's sheet that was counted."""

    expert: str
    name: str
    revision: str
    receipt: str
    key_fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class MinutesProof:
    """What lets anybody derive the figures again; digests in full."""

    results_digest: str
    verify_digest: str
    """SHA-256 of verify.py, which re-derives everything."""
    bureau_fingerprint: str
    round_fingerprint: str
    log_head: str
    """The log's head at closing, as the closing statement prints it."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was there, as printed; empty where nobody is named."""

    host: str
    leader: str
    supervisor: str
    secretary: str
    experts: tuple[str, ...]
    observers: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    leader_election: str = ""


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """Everything the minutes say; sequences of sentences are printed one a paragraph."""

    title: str
    """The round's title; 纪要 is added."""
    serial: str
    organiser: str
    date: str
    place: str
    kind: str
    subject: str
    """What was judged: ``建设方案``."""
    attendance: Attendance
    results: tuple[MinutesResult, ...]
    receipts: tuple[MinutesReceipt, ...]
    proof: MinutesProof
    rules: tuple[str, ...] = ()
    hours: str = ""
    """``8:30—16:40``."""
    closing: str = ""
    """When collection closed and where the statement is, in a sentence."""
    recusals: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    result_notes: tuple[str, ...] = ()
    """What the table does not say: the cut line's gap, ties, gates."""
    corrections: tuple[str, ...] = ()
    dissents: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    """What is said of a second scoring, where one was held."""
    interference: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    recommended: int = 0
    result_label: str = "平均分"
    mark: str = "评审会议纪要"
