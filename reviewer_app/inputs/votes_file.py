"""Votes as a list: who voted what, or paper ballots counted by hand (VOTES.csv)."""

from pathlib import Path

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.votes import Ballots, CastVote, Choice, Vote
from reviewer_app.inputs import columns
from reviewer_app.inputs.numbering import AS_TYPED, Numbering
from reviewer_app.inputs.tables import Column, Row, read_table

_APPLICATION = Column(
    "application",
    columns.APPLICATION,
    required=True,
    filled=True,
    code=True,
)
_NAMED = (
    _APPLICATION,
    Column("expert", (*columns.EXPERT, "编号"), required=True, filled=True, code=True),
    Column("vote", ("vote", "表决", "意见"), required=True, filled=True, code=True),
    Column("reservation", ("reservation", "保留意见"), lines=True),
)
_COUNTED = (
    _APPLICATION,
    *(
        Column(choice.value, (choice.value, *names), required=True, filled=True, code=True)
        for choice, names in (
            (Choice.APPROVE, ("赞成", "同意")),
            (Choice.REJECT, ("反对", "不同意")),
            (Choice.ABSTAIN, ("弃权",)),
        )
    ),
)
_WORDS = {
    **{choice.value: choice for choice in Choice},
    "赞成": Choice.APPROVE,
    "同意": Choice.APPROVE,
    "反对": Choice.REJECT,
    "不同意": Choice.REJECT,
    "弃权": Choice.ABSTAIN,
}
_MOST_DIGITS = 4


def load_votes(
    path: Path, applications: Numbering = AS_TYPED, experts: Numbering = AS_TYPED
) -> tuple[CastVote, ...] | tuple[Ballots, ...]:
    """Return the votes of a list, or the counted ballots; the header tells which it is.

    Raises InputError naming the cell, also for a second vote on the same application.
    """
    try:
        rows = read_table(path, _NAMED).rows
    except InputError as named:
        try:
            counted = read_table(path, _COUNTED).rows
        except InputError:
            raise named from None
        return _ballots(counted, applications)
    return _cast(rows, applications, experts)


def _cast(
    rows: tuple[Row, ...], applications: Numbering, experts: Numbering
) -> tuple[CastVote, ...]:
    votes: dict[tuple[str, str], CastVote] = {}
    for row in rows:
        application = applications.find(row["application"], row.where("application"))
        expert = experts.find(row["expert"], row.where("expert"))
        choice = _WORDS.get(row["vote"].casefold())
        if choice is None:
            row.refuse("vote", _("“{text}” is no vote").format(text=row["vote"][:40]))
        if (application, expert) in votes:
            row.refuse("expert", _("a second vote on {number}").format(number=application))
        vote = Vote(choice, row["reservation"])
        votes[application, expert] = CastVote(application, expert, vote)
    return tuple(votes.values())


def _ballots(rows: tuple[Row, ...], applications: Numbering) -> tuple[Ballots, ...]:
    counted: dict[str, Ballots] = {}
    for row in rows:
        application = applications.find(row["application"], row.where("application"))
        if application in counted:
            row.refuse(
                "application", _("a second count of {number}").format(number=application)
            )
        counts = [_count(row, choice.value) for choice in Choice]
        counted[application] = Ballots(application, *counts)
    return tuple(counted.values())


def _count(row: Row, key: str) -> int:
    text = row[key]
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        row.refuse(key, _("“{text}” is not a count").format(text=text[:40]))
    return int(text)
