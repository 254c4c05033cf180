"""Arrival and leaving on the finish page, where the rules of the round ask for it."""

from PySide6.QtCore import Signal

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.card import Card
from ui.components.text import label
from ui.expert.attendance_view import AttendanceView
from ui.look.scaling import row


class AttendanceCard(Card):
    """Both times, and the button that records the leaving; hidden where nobody asks."""

    leaving = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(20, 10, 20, 12), gap=6)
        self._times = label("", "strong", wrap=True)
        self._leave = Button(_("Record that I leave now"), icon="log-out", size="compact")
        self._leave.clicked.connect(self.leaving)
        promise = _(
            "By this computer's clock, not checked. Write the same on the sign-in sheet: ink "
            "counts. The score sheet does not carry these times."
        )
        line = row(gap=12)
        line.addWidget(self._times, 1)
        line.addWidget(self._leave)
        self.body.put(label(_("Arrival and leaving"), "card-title"), line)
        self.body.put(label(promise, "small", "2", wrap=True))
        self.hide()

    def show_attendance(self, view: AttendanceView | None) -> None:
        """Show both times, or nothing at all."""
        self.setVisible(view is not None)
        if view is not None:
            words = _("Arrived {arrived}　Left {left}")
            none = _("not recorded yet")
            self._times.setText(
                words.format(arrived=view.arrived or none, left=view.left or none)
            )
