"""Four boxes of five for the passcode: they advance by themselves and take a whole paste."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewer_app.core.messages import _
from ui.components.text import label
from ui.look.scaling import fix, row
from ui.look.theme import set_property

GROUPS, LENGTH = 4, 5
_DROPPED = re.compile(r"[\s\-–—_.]+")


class _Box(QLineEdit):
    """One group; tells when Backspace finds it empty."""

    emptied_back = Signal()
    left_edge = Signal()
    right_edge = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cross to the box before at the left edge, to the one after at the right edge."""
        at_start = self.cursorPosition() == 0 and not self.hasSelectedText()
        at_end = self.cursorPosition() == len(self.text()) and not self.hasSelectedText()
        if event.key() == Qt.Key.Key_Backspace and at_start:
            self.emptied_back.emit()
        elif event.key() == Qt.Key.Key_Left and at_start:
            self.left_edge.emit()
        elif event.key() == Qt.Key.Key_Right and at_end:
            self.right_edge.emit()
        else:
            super().keyPressEvent(event)


class PasscodeBoxes(QWidget):
    """The passcode as typed; ``changed`` carries it, groups parted by dashes."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        line = row(gap=8)
        self._boxes = [self._make(place) for place in range(GROUPS)]
        for place, box in enumerate(self._boxes):
            if place:
                line.addWidget(label("–", "", "3"))
            line.addWidget(box)
        line.addStretch(1)
        self.setLayout(line)
        self.setFocusProxy(self._boxes[0])

    def text(self) -> str:
        """Return what is typed, groups parted by dashes."""
        return "-".join(box.text() for box in self._boxes).rstrip("-")

    def set_text(self, text: str) -> None:
        """Fill the boxes from a whole passcode."""
        self._spread(0, text)

    def show_wrong(self, group: int | None) -> None:
        """Redden the border of the group (from 0) that holds a slip, or of none."""
        for place, box in enumerate(self._boxes):
            set_property(box, "state", "error" if place == group else "")

    def show_covered(self, *, covered: bool) -> None:
        """Cover the characters, or show them."""
        mode = QLineEdit.EchoMode.Password if covered else QLineEdit.EchoMode.Normal
        for box in self._boxes:
            box.setEchoMode(mode)

    def focus_group(self, group: int) -> None:
        """Give the keyboard to one group, its text selected."""
        self._boxes[group].setFocus(Qt.FocusReason.OtherFocusReason)
        self._boxes[group].selectAll()

    def boxes(self) -> tuple[QLineEdit, ...]:
        """Return the four fields."""
        return tuple(self._boxes)

    def _make(self, place: int) -> _Box:
        box = _Box()
        box.setProperty("kind", "passcode")
        box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name = _("Passcode, group {group} of 4").format(group=place + 1)
        box.setAccessibleName(name)
        box.setInputMethodHints(
            Qt.InputMethodHint.ImhUppercaseOnly | Qt.InputMethodHint.ImhNoPredictiveText
        )
        fix(box, width=104)
        box.textEdited.connect(lambda text: self._spread(place, text))
        box.emptied_back.connect(lambda: self._back(place))
        box.left_edge.connect(lambda: self._go(place - 1, end=True))
        box.right_edge.connect(lambda: self._go(place + 1, end=False))
        return box

    def _spread(self, place: int, text: str) -> None:
        """Put ``text`` into the box at ``place``, what is over into those after it."""
        clean = _DROPPED.sub("", text).upper()
        if len(clean) > LENGTH:
            for offset in range(GROUPS - place):
                part = clean[offset * LENGTH : (offset + 1) * LENGTH]
                if part or not offset:
                    self._boxes[place + offset].setText(part)
            reached = min(GROUPS - 1, place + (len(clean) - 1) // LENGTH)
            self._boxes[reached].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._keep(place, clean)
            if (
                len(clean) == LENGTH
                and place + 1 < GROUPS
                and not self._boxes[place + 1].text()
            ):
                self._boxes[place + 1].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self.text())

    def _keep(self, place: int, clean: str) -> None:
        box = self._boxes[place]
        if box.text() != clean:
            cursor = box.cursorPosition()
            box.setText(clean)
            box.setCursorPosition(min(cursor, len(clean)))

    def _back(self, place: int) -> None:
        if place:
            box = self._boxes[place - 1]
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            box.setText(box.text()[:-1])
            self.changed.emit(self.text())

    def _go(self, place: int, *, end: bool) -> None:
        if 0 <= place < GROUPS:
            box = self._boxes[place]
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            box.setCursorPosition(len(box.text()) if end else 0)
