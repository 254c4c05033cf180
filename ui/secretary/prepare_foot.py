"""What the prepare page offers as the next step, and what it says is missing."""

from typing import TYPE_CHECKING

from reviewer_app.core.messages import _
from reviewer_app.core.panel_checks import PanelCheck
from ui.secretary.prepare_views import RULES, WEIGHTS, part_name, part_of
from ui.secretary.steps import COLLECT, ISSUE
from ui.secretary.weights_view import weights_view
from ui.views import NOTHING, Act, FootView, Message

if TYPE_CHECKING:
    from ui.secretary.prepare_presenter import PreparePresenter

CONFIRMED = "weights-confirmed"
"""The check that somebody confirmed suggested weights."""
_Step = tuple[str, str, Act | None, bool]
"""The primary button: its words, its key, what it does, whether it can be pressed."""


class PrepareFoot:
    """The foot of a preparation as it stands."""

    def __init__(self, presenter: "PreparePresenter") -> None:
        self._at = presenter

    def view(self, open_checks: int) -> FootView:
        """Return the foot."""
        words, key, _act, enabled = self._step()
        missing, saved = self._missing(open_checks), self._at.desk.saved
        return FootView(words, key, enabled, missing, saved)

    def next(self) -> None:
        """Take the step that the primary button names."""
        act = self._step()[2]
        if act:
            act()

    def _step(self) -> _Step:
        go = self._at.bureau.go
        if not self._at.editable:
            return _("Go to collecting"), "Enter", lambda: go(COLLECT), True
        if self._at.rules.faulty:
            words = _("Put the rules right")
            return words, "Enter", lambda: self._at.open_part(RULES), self._at.part != RULES
        wrong = self._at.wrong_part
        if wrong:
            words = _("Put “{part}” right").format(part=part_name(wrong))
            return words, "Enter", lambda: self._at.open_part(wrong), self._at.part != wrong
        first = self._at.first_check()
        if (self._at.scheme.drafts and self._at.part == WEIGHTS) or (
            first and first.id == CONFIRMED
        ):
            return self._weights_step()
        if first is None:
            return _("Freeze and issue"), "Enter", lambda: go(ISSUE), True
        return self._check_step(first)

    def _check_step(self, first: PanelCheck) -> _Step:
        if first.overridable:
            return self._exception_step(first)
        part = part_of(first.id)
        words = _("Look at “{part}”").format(part=part_name(part))
        return words, "Enter", lambda: self._at.open_part(part), self._at.part != part

    def _exception_step(self, first: PanelCheck) -> _Step:
        if self._at.override and self._at.reason.strip():
            return _("Record the exception"), "Ctrl Enter", self._at.record_override, True
        words = _("Write the reason, or change the list")
        return words, "Enter", lambda: self._at.open_check(first.id), True

    def _weights_step(self) -> _Step:
        if self._at.part != WEIGHTS:
            return _("Go and confirm the weights"), "Enter", self._to_weights, True
        weights = weights_view(self._at.plan, self._at.scheme.drafts, self._at.name, NOTHING)
        ready = weights.fits and bool(self._at.name.strip() or not weights.suggested)
        return _("Confirm the weights"), "Ctrl Enter", self._at.confirm_weights, ready

    def _to_weights(self) -> None:
        self._at.open_part(WEIGHTS)
        self._at.focus_name()

    def _missing(self, open_checks: int) -> Message:
        if not self._at.editable:
            return Message(_("Frozen and signed; nothing here can be changed."), "2", "lock")
        words = self._hindrance()
        if self._at.desk.trouble.text:
            return self._at.desk.trouble
        if not words and open_checks:
            words = _("{count} checks are open").format(count=open_checks)
        if words:
            return Message(words, "warn", "triangle-alert")
        return Message(_("All checks are met"), "ok", "circle-check")

    def _hindrance(self) -> str:
        """Return what of the things being typed cannot be kept yet."""
        if self._at.rules.faulty:
            words = _("{count} rules hold a fault; what was kept before still counts")
            return words.format(count=self._at.rules.faulty)
        wrong = self._at.wrong_part
        if wrong:
            words = _("“{part}” holds faults; what was kept before still counts")
            return words.format(part=part_name(wrong))
        if self._at.part != WEIGHTS:
            return ""
        weights = weights_view(self._at.plan, self._at.scheme.drafts, self._at.name, NOTHING)
        if self._at.scheme.drafts and not weights.fits:
            words = _("The weights sum to {total}; they must sum to {full}")
            return words.format(total=weights.total, full=weights.full)
        return _("Name who confirms the weights") if not self._at.name.strip() else ""
