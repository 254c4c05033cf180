"""Preparing: look through the plan, set weights, set checks aside with a reason, then issue."""

from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer_app.core.adjust import with_weights
from reviewer_app.core.messages import _
from reviewer_app.core.panel_checks import PanelCheck, with_override
from reviewer_app.core.round import ApplicationNumber, ExpertNumber, RoundPlan
from reviewer_app.services.assignment_editing import everyone, proposed, with_tick
from ui.secretary.bureau import Bureau
from ui.secretary.gates_view import gates_view
from ui.secretary.list_presenter import ListPresenter
from ui.secretary.plan_desk import PlanDesk
from ui.secretary.prepare_views import (
    APPLICATIONS,
    EXPERTS,
    RULES,
    WEIGHTS,
    PrepareView,
    check_lines,
    part_name,
    part_of,
    part_tabs,
    tick_heads,
    tick_rows,
)
from ui.secretary.rules_presenter import RulesPresenter
from ui.secretary.scheme_presenter import SchemePresenter
from ui.secretary.steps import COLLECT, ISSUE
from ui.secretary.weights_view import weight_of, weights_view
from ui.views import NOTHING, Act, FootView, Message

if TYPE_CHECKING:
    from fractions import Fraction

CONFIRMED = "weights-confirmed"


class PreparePresenter:
    """Holds which part is open and what is being typed; the plan lies in the database."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau, self.desk = bureau, PlanDesk(bureau)
        self.rules, self.scheme = RulesPresenter(self.desk), SchemePresenter(self.desk)
        self.lists = {key: ListPresenter(self.desk, key) for key in (APPLICATIONS, EXPERTS)}
        self.desk.changed = self.rules.changed = self.scheme.changed = self._show
        for each in self.lists.values():
            each.changed = self._show
        self._round = ""
        self._part = APPLICATIONS
        self._name, self._reason, self._override = "", "", ""
        self.changed: Act = lambda: None
        self.focus_reason: Act = lambda: None
        self.focus_name: Act = lambda: None

    def enter(self) -> None:
        """Show the open round, at the part of its first open check."""
        self.desk.enter()
        if self._round != self.bureau.round_id:
            self._round = self.bureau.round_id
            self._forget()
            self._leave()
            self._name = self._plan.weights_confirmed_by
            first = self._first()
            self._part = part_of(first.id) if first else APPLICATIONS
        self.rules.enter()
        self._choose_override()
        self.changed()

    def open_part(self, key: str) -> None:
        """Open one of the five parts."""
        self._part = key
        self.changed()

    def open_check(self, check_id: str) -> None:
        """Go to where a check is put right, and to its reason if one may be written."""
        check = self._check(check_id)
        self._part = part_of(check_id)
        if check and check.overridable and not check.ok:
            self._override, self._reason = check_id, check.reason
            self.changed()
            self.focus_reason()
            return
        self.changed()

    def type_reason(self, text: str) -> None:
        """Take over the reason for setting the open check aside."""
        self._reason = text
        self.changed()

    def type_weight(self, code: str, text: str) -> None:
        """Take over a weight as it is being typed; it counts once all are confirmed."""
        self.scheme.drafts[code] = text
        self.changed()

    def type_name(self, text: str) -> None:
        """Take over who confirms the weights."""
        self._name = text
        self.changed()

    def record_override(self) -> None:
        """Set the open check aside for the reason written."""
        check, reason = self._override, self._reason
        self.desk.change(lambda plan: with_override(plan, check, reason), self._forget)

    def confirm_weights(self) -> None:
        """Keep the weights and the name of who confirmed them."""
        drafts, name = dict(self.scheme.drafts), self._name.strip()
        method = self.scheme.weight_method

        def change(plan: RoundPlan) -> RoundPlan:
            weights: dict[str, Fraction] = {}
            for code, text in drafts.items():
                weight = weight_of(text)
                if weight is not None:
                    weights[code] = weight
            scheme = plan.scheme
            if weights:
                scheme = replace(with_weights(scheme, weights), weight_method=method)
            return replace(plan, scheme=scheme, weights_confirmed_by=name)

        self.desk.change(change, self.scheme.forget)

    def next(self) -> None:
        """Take the step that the primary button names."""
        act = self._next()[2]
        if act:
            act()

    def view(self) -> PrepareView:
        """Return the page as it stands."""
        plan, checks = self._plan, self.bureau.round.view.checks
        open_checks = sum(check.blocks for check in checks)
        words, key, _act, enabled = self._next()
        override = self._check(self._override)
        return PrepareView(
            part=self._part,
            tabs=part_tabs(plan, checks),
            lists={key: each.view() for key, each in self.lists.items()},
            heads=tick_heads(plan),
            ticks=tick_rows(plan),
            weights=weights_view(plan, self.scheme.drafts, self._name, self.desk.trouble),
            scheme=self.scheme.view(),
            rules=self.rules.view(),
            undo=self.desk.can_undo or self._typing,
            checks=check_lines(checks, editable=self._editable),
            checks_line=_("{met} met, {open} open").format(
                met=len(checks) - open_checks, open=open_checks
            ),
            gates=gates_view(plan, editable=self._editable),
            override_id=self._override if self._editable else "",
            override_title=override.sentence if override else "",
            reason=self._reason,
            editable=self._editable,
            ready=not open_checks,
            trouble=self.desk.trouble,
            foot=FootView(words, key, enabled, self._missing(open_checks), self.desk.saved),
        )

    # -- what comes next

    def _next(self) -> tuple[str, str, Act | None, bool]:
        go = self.bureau.go
        if not self._editable:
            return _("Go to collecting"), "Enter", lambda: go(COLLECT), True
        if self.rules.faulty:
            words = _("Put the rules right")
            return words, "Enter", lambda: self.open_part(RULES), self._part != RULES
        wrong = self._wrong_list()
        if wrong:
            words = _("Put “{part}” right").format(part=part_name(wrong))
            return words, "Enter", lambda: self.open_part(wrong), self._part != wrong
        first = self._first()
        if (self.scheme.drafts and self._part == WEIGHTS) or (first and first.id == CONFIRMED):
            return self._weights_step()
        if first is None:
            return _("Freeze and issue"), "Enter", lambda: go(ISSUE), True
        return self._check_step(first)

    def _check_step(self, first: PanelCheck) -> tuple[str, str, Act | None, bool]:
        if first.overridable:
            return self._exception_step(first)
        part = part_of(first.id)
        words = _("Look at “{part}”").format(part=part_name(part))
        return words, "Enter", lambda: self.open_part(part), self._part != part

    def _exception_step(self, first: PanelCheck) -> tuple[str, str, Act | None, bool]:
        if self._override and self._reason.strip():
            return _("Record the exception"), "Ctrl Enter", self.record_override, True
        words = _("Write the reason, or change the list")
        return words, "Enter", lambda: self.open_check(first.id), True

    def _weights_step(self) -> tuple[str, str, Act | None, bool]:
        if self._part != WEIGHTS:
            return _("Go and confirm the weights"), "Enter", self._to_weights, True
        weights = weights_view(self._plan, self.scheme.drafts, self._name, NOTHING)
        ready = weights.fits and bool(self._name.strip() or not weights.suggested)
        return _("Confirm the weights"), "Ctrl Enter", self.confirm_weights, ready

    def _to_weights(self) -> None:
        self.open_part(WEIGHTS)
        self.focus_name()

    def _missing(self, open_checks: int) -> Message:
        if not self._editable:
            return Message(_("Frozen and signed; nothing here can be changed."), "2", "lock")
        words = self._hindrance()
        if self.desk.trouble.text:
            return self.desk.trouble
        if not words and open_checks:
            words = _("{count} checks are open").format(count=open_checks)
        if words:
            return Message(words, "warn", "triangle-alert")
        return Message(_("All checks are met"), "ok", "circle-check")

    def _hindrance(self) -> str:
        """Return what of the things being typed cannot be kept yet."""
        if self.rules.faulty:
            words = _("{count} rules hold a fault; what was kept before still counts")
            return words.format(count=self.rules.faulty)
        wrong = self._wrong_list()
        if wrong:
            words = _("“{part}” holds faults; what was kept before still counts")
            return words.format(part=part_name(wrong))
        if self._part != WEIGHTS:
            return ""
        weights = weights_view(self._plan, self.scheme.drafts, self._name, NOTHING)
        if self.scheme.drafts and not weights.fits:
            words = _("The weights sum to {total}; they must sum to {full}")
            return words.format(total=weights.total, full=weights.full)
        return _("Name who confirms the weights") if not self._name.strip() else ""

    # -- changing the plan

    @property
    def _plan(self) -> RoundPlan:
        return self.desk.plan

    @property
    def _editable(self) -> bool:
        return self.desk.editable

    def _first(self) -> PanelCheck | None:
        blocking = [check for check in self.bureau.round.view.checks if check.blocks]
        others = [check for check in blocking if check.id != CONFIRMED]
        return next(iter([*others, *blocking]), None)

    def _check(self, check_id: str) -> PanelCheck | None:
        return next((c for c in self.bureau.round.view.checks if c.id == check_id), None)

    def _choose_override(self) -> None:
        check = self._check(self._override)
        if check and not check.ok and check.overridable:
            return
        first = self._first()
        asks = first is not None and first.overridable
        self._override = first.id if first and asks else ""
        self._reason = ""

    def undo(self) -> None:
        """Leave what is typed and not kept, else take the last change back."""
        if self._typing:
            self._leave()
            self.changed()
            return
        self.desk.undo()

    def tick(self, application: str, expert: str) -> None:
        """Set or take one tick of who scores what."""
        self.desk.change(
            lambda plan: with_tick(plan, ApplicationNumber(application), ExpertNumber(expert))
        )

    def propose(self, each_by: int) -> None:
        """Give every application so many experts, of mixed specialisms."""
        self.desk.change(lambda plan: proposed(plan, each_by))

    def everyone(self) -> None:
        """Let everybody score everything but known conflicts."""
        self.desk.change(everyone)

    def _wrong_list(self) -> str:
        return next((key for key, each in self.lists.items() if each.faulty), "")

    @property
    def _typing(self) -> bool:
        typed = bool(self.rules.faulty or self.scheme.drafts)
        return typed or any(each.typing for each in self.lists.values())

    def _leave(self) -> None:
        self.rules.forget()
        self.scheme.forget()
        for each in self.lists.values():
            each.forget()

    def _show(self) -> None:
        self.changed()

    def _forget(self) -> None:
        self._reason, self._override = "", ""
