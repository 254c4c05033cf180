"""The second scoring at the expert's desk: opening the feedback, what changed since."""

from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.services.desk_second import SecondBegun, begin_second
from ui.expert.sitting import Sitting
from ui.views import NOTHING, Act, Message


@dataclass(frozen=True, slots=True)
class SecondView:
    """What the card says; ``words`` one line a sentence."""

    shown: bool
    begun: bool
    words: tuple[str, ...]
    message: Message = NOTHING


class SecondPresenter:
    """Holds only what went wrong; the scoring itself lies on the desk."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._message = NOTHING
        self.changed: Act = lambda: None
        self.begun: Act = lambda: None

    def open(self, file: Path) -> None:
        """Begin the second scoring with the bureau's feedback; what cannot be is said."""
        sitting = self._sitting
        desk, now = sitting.desk, sitting.session.now()

        def done(begun: SecondBegun) -> None:
            self._message = NOTHING
            if begun.restored:
                words = _(
                    "Your marks come from the first sheet. This is another computer: tell the "
                    "secretary, who has to accept it."
                )
                self._message = Message(words, "warn", "triangle-alert")
            self.begun()

        sitting.session.tasks.run(
            lambda: begin_second(desk, file, now), done=done, failed=self._on_failed
        )

    def view(self) -> SecondView:
        """Return the card as it stands."""
        look = self._sitting.look
        if look is None:
            shown = self._sitting.locked or not self._sitting.has_answers()
            words = _(
                "If the panel scores a second time, the secretary hands you a feedback file "
                "on a stick."
            )
            return SecondView(shown, begun=False, words=(words,), message=self._message)
        count = self._changes()
        words = _("You go on from your first sheet, receipt {receipt}.")
        lines = [words.format(receipt=look.first_receipt)]
        lines.append(_("Marks changed so far: {count}").format(count=count))
        lines.append(
            _("Who does not sign again keeps the first sheet.")
            if look.counts
            else _("By the rules the first sheet decides; this one goes on record.")
        )
        if look.reasons:
            lines.append(_("Every changed mark needs a written reason."))
        return SecondView(shown=True, begun=True, words=tuple(lines), message=self._message)

    def _changes(self) -> int:
        sitting = self._sitting
        return sum(
            len(sitting.look.changed(number, marks))
            for number in sitting.numbers()
            if sitting.look is not None
            and (marks := {c: r.mark for c, r in sitting.answers(number).items()})
        )

    def _on_failed(self, error: ReviewerError) -> None:
        self._message = Message(str(error), "bad", "circle-x")
        self.changed()
