"""What the deliberate page shows: the list by rank, the votes, the opinion being written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, RoundKind
from reviewer_app.core.votes import CastVote, Choice, VoteCount
from reviewer_app.services.deliberating import entitled
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.results import Results
from ui.secretary.results_views import short_name
from ui.views import Cell, FootView, Message, State, TableRow, state

PARTS = ("overall", "problems", "advice", "dissent")
MANDATORY = ("overall", "problems", "advice")


@dataclass(frozen=True, slots=True)
class SeatVote:
    """One expert's vote as the page shows it."""

    expert: str
    name: str
    vote: State


@dataclass(frozen=True, slots=True)
class DeliberateView:
    """The whole page."""

    items: tuple[TableRow, ...]
    written: str
    number: str
    title: str
    votes: tuple[SeatVote, ...]
    vote_line: str
    verdict: Message
    parts: Mapping[str, str]
    lacking: str
    conclusion: str
    editable: bool
    sample: bool
    notice: Message
    foot: FootView


def part_name(part: str) -> str:
    """Return what a part of the opinion is called."""
    return {
        "overall": _("Overall opinion"),
        "problems": _("Problems"),
        "advice": _("Advice"),
        "dissent": _("Dissent"),
    }[part]


def missing_part(opinion: OpinionRecord) -> str:
    """Return the first mandatory part that is empty, "" if none is."""
    return next((part for part in MANDATORY if not getattr(opinion, part).strip()), "")


def opinion_items(
    results: Results, opinions: Mapping[str, OpinionRecord], current: str
) -> tuple[TableRow, ...]:
    """Return the applications by rank with how far each opinion is; the cut line between."""
    rows: list[TableRow] = []
    above: bool | None = None
    for result in results.tally.ranked():
        if above and result.recommended is False:
            rows.append(TableRow("cut-line", band=_("Cut line")))
        above = result.recommended
        opinion = opinions.get(result.number)
        chip = State("", "circle-dashed", "")
        if opinion and not missing_part(opinion):
            chip = State("", "circle-check", "ok")
        elif result.number == current:
            chip = State("", "pencil", "accent")
        rank = "—" if result.rank is None else str(result.rank)
        name = f"{result.number} {short_name(results, result.number)}"
        rows.append(
            TableRow(result.number, (Cell(rank, tone="text_2"), Cell(name), Cell(chip=chip)))
        )
    return tuple(rows)


def seat_votes(
    results: Results, votes: Sequence[CastVote], number: ApplicationNumber
) -> tuple[SeatVote, ...]:
    """Return every expert's vote on one application; who may not vote is recused."""
    cast = {vote.expert: vote.vote for vote in votes if vote.application == number}
    may = set(entitled(results.seating, number))
    shown = []
    for seat in results.seating.active:
        vote = cast.get(seat.expert)
        if seat.expert not in may:
            how = state("recused", _("Recused"))
        elif vote is None:
            how = state("missing", "—")
        else:
            how = {
                Choice.APPROVE: State(_("for"), "circle-check", "ok"),
                Choice.REJECT: State(_("against"), "circle-x", "bad"),
                Choice.ABSTAIN: State(_("abstained"), "circle-minus", ""),
            }[vote.choice]
        name = results.seating.expert(seat.expert).name.split("（")[0]
        shown.append(SeatVote(seat.expert, name, how))
    return tuple(shown)


def conclusion(count: VoteCount | None, kind: RoundKind) -> str:
    """Return the sentence that the votes make, as the papers print it in Chinese."""
    if count is None:
        return ""
    verdict = "同意通过" if count.passed else "不同意通过"
    if count.unanimous:
        return f"经表决，专家组一致同意通过{kind.value}。"
    return (
        f"经表决，同意 {count.approve} 票、不同意 {count.reject} 票、弃权 {count.abstain} 票，"
        f"专家组{verdict}{kind.value}。"
    )
