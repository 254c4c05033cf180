"""Preparing: look through the plan, set weights, set checks aside with a reason, then issue."""

from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer_app.core.adjust import with_weights
from reviewer_app.core.messages import _
from reviewer_app.core.panel_checks import PanelCheck, with_override
from reviewer_app.core.round import ApplicationNumber, ExpertNumber, RoundPlan
from reviewer_app.services.assignment_editing import everyone, proposed, with_tick
from ui.secretary.basics_presenter import BasicsPresenter
from ui.secretary.bureau import Bureau
from ui.secretary.gates_view import GatesView, gates_view
from ui.secretary.list_presenter import ListPresenter
from ui.secretary.plan_desk import PlanDesk
from ui.secretary.prepare_foot import CONFIRMED, PrepareFoot
from ui.secretary.prepare_views import (
    APPLICATIONS,
    ASSIGNMENT,
    BASICS,
    EXPERTS,
    RULES,
    WEIGHTS,
    OpenPart,
    PrepareView,
    check_lines,
    part_of,
    part_tabs,
    tick_heads,
    tick_rows,
)
from ui.secretary.rules_presenter import RulesPresenter
from ui.secretary.scheme_presenter import SchemePresenter
from ui.secretary.weights_view import weight_of, weights_view

if TYPE_CHECKING:
    from fractions import Fraction

    from ui.views import Act


class PreparePresenter:
    """Holds which part is open and what is being typed; the plan lies in the database."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau, self.desk = bureau, PlanDesk(bureau)
        self.rules, self.scheme = RulesPresenter(self.desk), SchemePresenter(self.desk)
        self.basics = BasicsPresenter(self.desk)
        self.lists = {key: ListPresenter(self.desk, key) for key in (APPLICATIONS, EXPERTS)}
        self.desk.changed = self.rules.changed = self.scheme.changed = self._show
        for each in self._typed.values():
            each.changed = self._show
        self._round = ""
        self._gated: tuple[RoundPlan | None, bool, GatesView] = (None, False, GatesView())
        self.part = APPLICATIONS
        self.name, self.reason, self.override = "", "", ""
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
            self.name = self.plan.weights_confirmed_by
            first = self.first_check()
            self.part = part_of(first.id) if first else APPLICATIONS
        self.rules.enter()
        self._choose_override()
        self.changed()

    def open_part(self, key: str) -> None:
        """Open one of the five parts."""
        self.part = key
        self.changed()

    def open_check(self, check_id: str) -> None:
        """Go to where a check is put right, and to its reason if one may be written."""
        check = self._check(check_id)
        self.part = part_of(check_id)
        if check and check.overridable and not check.ok:
            self.override, self.reason = check_id, check.reason
            self.changed()
            self.focus_reason()
            return
        self.changed()

    def type_reason(self, text: str) -> None:
        """Take over the reason for setting the open check aside."""
        self.reason = text
        self.changed()

    def type_weight(self, code: str, text: str) -> None:
        """Take over a weight as it is being typed; it counts once all are confirmed."""
        self.scheme.drafts[code] = text
        self.changed()

    def type_name(self, text: str) -> None:
        """Take over who confirms the weights."""
        self.name = text
        self.changed()

    def record_override(self) -> None:
        """Set the open check aside for the reason written."""
        check, reason = self.override, self.reason
        self.desk.change(lambda plan: with_override(plan, check, reason), self._forget)

    def confirm_weights(self) -> None:
        """Keep the weights and the name of who confirmed them."""
        drafts, name = dict(self.scheme.drafts), self.name.strip()
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
        PrepareFoot(self).next()

    def view(self) -> PrepareView:
        """Return the page as it stands."""
        plan, checks = self.plan, self.bureau.round.view.checks
        open_checks = sum(check.blocks for check in checks)
        override = self._check(self.override)
        return PrepareView(
            part=self.part,
            tabs=part_tabs(plan, checks),
            open=self._open_part(plan),
            undo=self.desk.can_undo or self._typing,
            checks=check_lines(checks, editable=self.editable),
            checks_line=_("{met} met, {open} open").format(
                met=len(checks) - open_checks, open=open_checks
            ),
            gates=self._gates(plan),
            override_id=self.override if self.editable else "",
            override_title=override.sentence if override else "",
            reason=self.reason,
            editable=self.editable,
            ready=not open_checks,
            trouble=self.desk.trouble,
            foot=PrepareFoot(self).view(open_checks),
        )

    def _open_part(self, plan: RoundPlan) -> OpenPart:
        """Return the open part alone: of 300 applications every other one costs as much."""
        if self.part in self.lists:
            return OpenPart(list=self.lists[self.part].view())
        if self.part == ASSIGNMENT:
            return OpenPart(ticks=(tick_heads(plan), tick_rows(plan)))
        if self.part == WEIGHTS:
            drafts, trouble = self.scheme.drafts, self.desk.trouble
            weights = weights_view(plan, drafts, self.name, trouble)
            return OpenPart(weights=(weights, self.scheme.view()))
        if self.part == RULES:
            return OpenPart(rules=self.rules.view())
        return OpenPart(basics=self.basics.view())

    def _gates(self, plan: RoundPlan) -> GatesView:
        """Return the gates, checked once a plan."""
        if self._gated[0] is not plan or self._gated[1] != self.editable:
            view = gates_view(plan, editable=self.editable)
            self._gated = plan, self.editable, view
        return self._gated[2]

    # -- changing the plan

    @property
    def plan(self) -> RoundPlan:
        """Return the plan with every change made so far."""
        return self.desk.plan

    @property
    def editable(self) -> bool:
        """Tell whether the round is still in preparation."""
        return self.desk.editable

    def first_check(self) -> PanelCheck | None:
        """Return the check to put right first; who confirms the weights comes last."""
        blocking = [check for check in self.bureau.round.view.checks if check.blocks]
        others = [check for check in blocking if check.id != CONFIRMED]
        return next(iter([*others, *blocking]), None)

    def _check(self, check_id: str) -> PanelCheck | None:
        return next((c for c in self.bureau.round.view.checks if c.id == check_id), None)

    def _choose_override(self) -> None:
        check = self._check(self.override)
        if check and not check.ok and check.overridable:
            return
        first = self.first_check()
        asks = first is not None and first.overridable
        self.override = first.id if first and asks else ""
        self.reason = ""

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

    @property
    def wrong_part(self) -> str:
        """Return the part in which something typed cannot be taken yet, "" for none."""
        return next((key for key, each in self._typed.items() if each.faulty), "")

    @property
    def _typed(self) -> dict[str, BasicsPresenter | ListPresenter]:
        return {BASICS: self.basics, **self.lists}

    @property
    def _typing(self) -> bool:
        typed = bool(self.rules.faulty or self.scheme.drafts)
        return typed or any(each.typing for each in self._typed.values())

    def _leave(self) -> None:
        self.rules.forget()
        self.scheme.forget()
        for each in self._typed.values():
            each.forget()

    def _show(self) -> None:
        self.changed()

    def _forget(self) -> None:
        self.reason, self.override = "", ""
