"""The scoring page as one value, from the sitting and the open indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.levels import level_place
from reviewer_app.core.marks import MISSING, Mark, MarkState
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import Indicator, Scheme
from reviewer_app.core.scoring import total_sheet
from reviewer_app.services.desk import Desk
from reviewer_app.services.desk_status import ApplicationStatus
from reviewer_app.services.records import MarkRecord
from ui.expert.score_parts import (
    STATES,
    bounds_words,
    citation_views,
    groups,
    level_views,
    mark_word,
    rail_item,
    target_strip,
    weight_words,
)
from ui.expert.score_state import Open, Step
from ui.expert.second_words import second_strip
from ui.expert.sitting import Sitting
from ui.views import FootView, FormView, GroupView, Message, RailItem

Kept = tuple[ApplicationStatus, bool, bool, RailItem]
"""An item of the rail with what it was made from: status, flag, signature."""
SomeDesk = Desk | None


@dataclass(frozen=True, slots=True)
class DocumentTab:
    """One material of the open application."""

    entry: str
    title: str
    file: str


@dataclass(frozen=True, slots=True)
class ScoreView:
    """The whole scoring page."""

    number: str
    name: str
    short_name: str
    rail: tuple[RailItem, ...]
    rail_count: str
    recused: str
    groups: tuple[GroupView, ...]
    group: int
    form: FormView
    total: str
    weight: str
    done: int
    of: int
    documents: tuple[DocumentTab, ...]
    note: str
    flagged: bool
    locked: bool
    waiting: bool
    """Whether something waits for the disk."""
    foot: FootView


class ScoreViews:
    """Makes the page's value; what did not change since the last time is taken over."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._items: dict[str, Kept] = {}
        self._documents: dict[str, list[DocumentTab]] = {}
        self._desk: SomeDesk = None

    def view(self, now: Open, step: Step) -> ScoreView:
        """Return the page as it stands."""
        sitting = self._sitting
        status, scheme = sitting.status(now.number), sitting.scheme(now.number)
        answers = sitting.answers(now.number)
        whole = total_sheet(
            scheme,
            {code: record.mark for code, record in answers.items()},
            facts=status.application.facts,
            category=status.application.category,
        )
        asked = frozenset(sitting.codes(now.number))
        given = status.scored + status.not_applicable + status.abstained
        tabs = self._tabs(now.number)
        return ScoreView(
            number=now.number,
            name=status.application.name,
            short_name=status.application.short_name,
            rail=self._rail(),
            rail_count=_("{done}／{total} complete").format(
                done=sum(sitting.status(each).complete for each in sitting.numbers()),
                total=len(sitting.applications),
            ),
            recused=recused_words(sitting),
            groups=groups(scheme, asked, answers, status, whole.computed),
            group=_group_of(sitting, now),
            form=_form(sitting, now, {each.file: each.title for each in tabs}),
            total=status.shown or "—",
            weight=_scored_words(whole.weight_scored, scheme),
            done=given - len(status.reasons_missing),
            of=given + len(status.missing),
            documents=tabs,
            note=now.note,
            flagged=now.number in sitting.flags,
            locked=sitting.locked,
            waiting=sitting.is_waiting(),
            foot=_foot(sitting, now, step),
        )

    def _rail(self) -> tuple[RailItem, ...]:
        """Return every application as the rail shows it."""
        return tuple(self._item(number) for number in self._sitting.numbers())

    def _item(self, number: str) -> RailItem:
        status, signed = self._sitting.status(number), self._sitting.locked
        flagged = number in self._sitting.flags
        kept = self._items.get(number)
        if kept is None or kept[0] is not status or kept[1:3] != (flagged, signed):
            item = rail_item(status, flagged=flagged, signed=signed)
            kept = self._items[number] = (status, flagged, signed, item)
        return kept[3]

    def _tabs(self, number: str) -> tuple[DocumentTab, ...]:
        """Return the materials of an application in the pack's order."""
        desk = self._sitting.desk
        if self._desk is not desk:
            self._desk, self._documents = desk, {}
            for each in desk.pack.assignment.document.materials:
                title = each.material.title or each.material.file
                tab = DocumentTab(each.entry, title, each.material.file)
                self._documents.setdefault(each.application, []).append(tab)
        return tuple(self._documents.get(number, ()))


def _scored_words(scored: Fraction, scheme: Scheme) -> str:
    words = _("weight scored {scored}／{full}")
    return words.format(scored=plain_text(scored), full=plain_text(scheme.full_marks))


def recused_words(sitting: Sitting) -> str:
    """Return what stays of recused applications: how many, no more."""
    if not sitting.recused:
        return ""
    return _("{count} stepped back from, no longer shown").format(count=sitting.recused)


def _group_of(sitting: Sitting, now: Open) -> int:
    for place, dimension in enumerate(sitting.scheme(now.number).dimensions):
        if any(leaf.code == now.code for leaf in dimension.indicators()):
            return place
    return 0


def _form(sitting: Sitting, now: Open, titles: Mapping[str, str]) -> FormView:
    leaf, record = sitting.leaf(now.number, now.code), sitting.record(now.number, now.code)
    application = sitting.status(now.number).application
    mark, draft = record.mark, sitting.draft(now.number, now.code)
    stored = level_place(leaf, mark.value)
    chosen = draft.level if draft and draft.level is not None else stored
    low = sitting.is_low(now.number, now.code)
    changed = sitting.must_say_why(now.number, now.code)
    shown = plain_text(mark.value) if mark.value is not None else ""
    unscored = mark == MISSING and chosen is None and bool(leaf.levels)
    abstained = mark.state is MarkState.ABSTAINED
    return FormView(
        place=f"{now.number} {now.code}",
        code=leaf.code,
        title=leaf.title,
        weight=weight_words(leaf),
        guidance=leaf.guidance,
        strip=(
            *target_strip(leaf, sitting.scheme(now.number), application),
            *second_strip(sitting, now.number, now.code),
        ),
        levels=level_views(leaf),
        state=STATES[mark.state],
        chosen=chosen,
        score=draft.text if draft else shown,
        bounds=bounds_words(leaf, chosen),
        hint=_("Choose a level (keys 1–4) or type the score; the level follows.")
        if unscored
        else "",
        message=_message(now, _wanted(sitting, record, low=low, changed=changed), shown),
        field_state=_field_state(now, record, required=low or changed),
        reason_needed=low or changed or abstained,
        reason_required=low or changed,
        reason_words=_reason_words(low=low, changed=changed),
        reason=record.reason,
        comment=record.comment,
        citations=citation_views(record, titles),
        locked=sitting.locked,
        spoken=_spoken(leaf, mark, chosen, shown),
    )


def _spoken(leaf: Indicator, mark: Mark, chosen: int | None, shown: str) -> str:
    """Return the row as a screen reader says it (look.md, section 7)."""
    level = leaf.levels[chosen].name if chosen is not None else mark_word(mark)
    points = _("{score} points").format(score=shown) if shown else ""
    saved = _("saved") if mark != MISSING else ""
    parts = (f"{leaf.code} {leaf.title}", weight_words(leaf), level, points, saved)
    return "，".join(filter(None, parts))


def _field_state(now: Open, record: MarkRecord, *, required: bool) -> str:
    if now.error:
        return "error"
    return "warn" if required and not record.reason else ""


def _reason_words(*, low: bool, changed: bool) -> str:
    """Return what the reason of a mark is for."""
    if low and changed:
        return _("Reason for the changed and low mark (required, sent with the sheet)")
    if changed:
        return _("Reason for the changed mark (required, sent with the sheet)")
    if low:
        return _("Reason for the low mark (required, sent with the sheet)")
    return _("Reason (sent with the sheet)")


def _wanted(sitting: Sitting, record: MarkRecord, *, low: bool, changed: bool) -> str:
    """Return why a reason is asked for that is not written yet, nothing where none is."""
    share = sitting.low_share()
    if record.reason.strip():
        return ""
    if low and share is not None:
        words = _("Below {share} % of the maximum: the rules ask for a reason.")
        return words.format(share=plain_text(100 * share))
    return _("Changed in the second scoring: the rules ask for a reason.") if changed else ""


def _message(now: Open, wanted: str, shown: str) -> Message:
    if now.error:
        words = _("Not saved: {why}. {advice}").format(why=now.error, advice=now.advice).strip()
        if shown:
            words += _(" {score} still counts.").format(score=shown)
        return Message(words, "bad", "circle-x")
    if wanted:
        return Message(f"{wanted} {now.said.text}".strip(), "warn", "triangle-alert")
    return now.said


def _foot(sitting: Sitting, now: Open, step: Step) -> FootView:
    words = {
        "fix": _("Correct {code}").format(code=step.code),
        "number": _("Enter the score of {code}").format(code=step.code),
        "reason": _("Write the reason first"),
        "item": _("Next: {code}").format(code=step.code),
        "here": _("Score {code}").format(code=step.code),
        "application": _("Next application: {number}").format(number=step.application),
        "compare": _("Compare"),
    }
    save = sitting.save
    if now.error:
        words_ = _("{code} not saved: {why}").format(code=now.code, why=now.error)
        save = Message(words_, "bad", "circle-x")
    elif save.tone == "ok" and step.kind == "reason":
        save = Message(save.text + _(", reason not written"), "ok", save.icon)
    key = "Tab" if step.kind == "reason" else "Enter"
    return FootView(words[step.kind], key, save=save)
