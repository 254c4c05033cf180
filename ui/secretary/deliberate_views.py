"""What the deliberate page shows: the list by rank, the votes, the opinion being written."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer_app.core.messages import _
from reviewer_app.core.round import ApplicationNumber, RoundId, RoundKind
from reviewer_app.core.votes import Choice, VoteCount
from reviewer_app.services.records import OpinionRecord
from reviewer_app.services.results import Results
from ui.secretary.deliberate_drafts import Shape
from ui.secretary.deliberate_votes import VoteDraft
from ui.secretary.results_views import short_name
from ui.views import NOTHING, Cell, FootView, Message, State, TableRow

PARTS = ("overall", "problems", "advice", "dissent")
MANDATORY = ("overall", "problems", "advice")


@dataclass(frozen=True, slots=True)
class SeatVote:
    """One expert's vote as the page shows it; ``choice`` is "" where none is known."""

    expert: str
    name: str
    choice: str
    recused: bool


@dataclass(frozen=True, slots=True)
class DeliberateView:
    """The whole page."""

    items: tuple[TableRow, ...]
    written: str
    number: str
    title: str
    votes: tuple[SeatVote, ...]
    ballots: Mapping[str, str]
    by_paper: bool
    unrecorded: bool
    """Whether votes are said that are not recorded yet."""
    vote_line: str
    verdict: Message
    parts: Mapping[str, str]
    lacking: str
    claim: str
    """What is said where the opinion claims a unanimity that the votes do not show."""
    conflict: str
    """What was recorded elsewhere while this was being written."""
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


def with_part(opinion: OpinionRecord, part: str, text: str) -> OpinionRecord:
    """Return the opinion with one part as written."""
    parts = {name: getattr(opinion, name) for name in PARTS} | {part: text}
    return OpinionRecord(opinion.round_id, opinion.application, *parts.values())


def opinion_words(opinion: OpinionRecord) -> tuple[str, ...]:
    """Return what the parts of an opinion say, in their order."""
    return tuple(getattr(opinion, part) for part in PARTS)


def opinion_shape(round_id: RoundId) -> Shape[OpinionRecord]:
    """Return how an opinion of a round is kept until it is recorded."""

    def read(number: str, plain: object) -> OpinionRecord:
        texts = [str(each) for each in plain] if isinstance(plain, list) else []
        return OpinionRecord(round_id, ApplicationNumber(number), *texts)

    return Shape("opinion", lambda opinion: list(opinion_words(opinion)), read)


def false_claim(opinion: OpinionRecord, count: VoteCount | None) -> str:
    """Return what to mend where an opinion says 一致同意 and the votes do not."""
    if count is not None and count.unanimous:
        return ""
    wrong = [part for part in PARTS if "一致同意" in getattr(opinion, part)]
    if not wrong:
        return ""
    return _("The votes are not unanimous: “{part}” cannot say 一致同意").format(
        part=part_name(wrong[0])
    )


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


def seat_votes(results: Results, draft: VoteDraft) -> tuple[SeatVote, ...]:
    """Return every expert's vote on one application; who may not vote is recused."""
    shown = []
    for seat in results.seating.active:
        name = results.seating.expert(seat.expert).name.split("（")[0]
        choice = draft.choices.get(seat.expert)
        shown.append(SeatVote(seat.expert, name, choice or "", recused=choice is None))
    return tuple(shown)


def vote_word(choice: str) -> str:
    """Return a vote in a word."""
    return {
        "": _("no vote yet"),
        Choice.APPROVE.value: _("for"),
        Choice.REJECT.value: _("against"),
        Choice.ABSTAIN.value: _("abstained"),
    }[choice]


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


def vote_line(count: VoteCount | None) -> str:
    """Return who voted and how many approvals pass."""
    if count is None:
        return _("not voted on yet")
    return _("{present} of {entitled} voted, {needed} approvals pass").format(
        present=count.present, entitled=count.entitled, needed=count.needed
    )


def verdict(count: VoteCount | None) -> Message:
    """Return how the vote came out."""
    if count is None:
        return NOTHING
    words = _("{verdict}　{approve} for　{reject} against　{abstain} abstained").format(
        verdict=_("passed") if count.passed else _("not passed"),
        approve=count.approve,
        reject=count.reject,
        abstain=count.abstain,
    )
    tone, icon = ("ok", "circle-check") if count.passed else ("bad", "circle-x")
    return Message(words, tone, icon)


def archived_foot() -> FootView:
    """Return the next step once the round is archived."""
    left = Message(_("Archived; opinions cannot be changed."), "2", "lock")
    return FootView(_("Minutes and papers"), left=left)


def deliberate_foot(
    opinion: OpinionRecord, trouble: str, following: str, saved: Message
) -> FootView:
    """Return the next step: what is missing, what is to be mended, who comes next."""
    number, lacking = opinion.application, missing_part(opinion)
    if lacking:
        name = part_name(lacking)
        words = _("{number}: “{part}” is missing").format(number=number, part=name)
        step = _("Write “{part}” of {number}").format(part=name, number=number)
        left = Message(words, "warn", "circle-dashed")
    elif trouble:
        step, left = _("Mend the opinion"), Message(trouble, "warn", "triangle-alert")
    else:
        left = Message(_("The three parts are written"), "ok", "circle-check")
        step = _("Finish, minutes and papers")
        if following:
            step = _("Finish, next {number}").format(number=following)
    return FootView(step, "Ctrl Enter", left=left, save=saved)
