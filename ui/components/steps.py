"""The seven steps of a round across the top: disc, name, state in words."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
)

from ui.components import paint
from ui.components.paint import LEFT, MIDDLE, outline, pen, tick, write
from ui.look.fonts import Role
from ui.look.scaling import bound
from ui.look.theme import look
from ui.views import Step, StepState

HEIGHT = 60
_DISC, _SMALL_DISC = 26, 18


class StepButton(QAbstractButton):
    """One step; done, current, open or not yet, told by shape, word and colour."""

    def __init__(self, step: Step, place: int) -> None:
        super().__init__()
        self._place = place
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(step)

    def show_step(self, step: Step) -> None:
        """Show the step's state."""
        self._step = step
        self.setText(step.name)
        self.setAccessibleName(f"{self._place + 1} {step.name}，{step.line}")
        self.setToolTip(f"{step.name}　{step.line}　Alt+{self._place + 1}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for disc and words."""
        wide = look().px(16 + _DISC + 8 + 8) + self._words()
        return QSize(wide, look().px(HEIGHT) - 1)

    def minimumSizeHint(self) -> QSize:
        """Return the words alone: the disc makes room before a word is cut."""
        return QSize(look().px(4) + self._words(), look().px(HEIGHT) - 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint disc, name, state and the line below the current step."""
        painter, px = QPainter(self), look().px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), look().colour("button_hover"))
        edge, side, gap = self._room()
        if side:
            disc = QRectF(edge, (self.height() - side) / 2, side, side)
            self._paint_disc(painter, disc)
        now = self._step.state is StepState.CURRENT
        left = edge + side + gap
        half = self.height() // 2
        name = QRect(left, half - px(22), self.width() - left, px(22))
        ink = "accent" if now else "text" if self._reached() else "text_2"
        write(
            painter,
            name,
            self._step.name,
            Role.STRONG if now else Role.BASE,
            ink,
            MIDDLE | LEFT,
        )
        line = QRect(left, half, self.width() - left, px(20))
        write(painter, line, self._step.line, Role.SMALLEST, "text_2", MIDDLE | LEFT)
        if self.isChecked():
            below = QRect(0, self.height() - px(3), self.width(), px(3))
            painter.fillRect(below, look().colour("accent"))
        if self.hasFocus():
            outline(painter, QRectF(self.rect()), radius=4, border=pen("accent", 2), fill=None)

    def _words(self) -> int:
        name = paint.width(self._step.name, Role.STRONG)
        return max(name, paint.width(self._step.line, Role.SMALLEST))

    def _room(self) -> tuple[int, int, int]:
        """Return edge, disc and gap: the largest that leave the words their width."""
        px, rest = look().px, self.width() - self._words()
        for edge, disc, gap in ((16, _DISC, 8), (8, _DISC, 6), (4, _SMALL_DISC, 4)):
            if px(edge + disc + gap) <= rest:
                return px(edge), px(disc), px(gap)
        return px(4), 0, 0

    def _reached(self) -> bool:
        return self._step.state in (StepState.DONE, StepState.CURRENT)

    def _paint_disc(self, painter: QPainter, disc: QRectF) -> None:
        state, centre = self._step.state, Qt.AlignmentFlag.AlignCenter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        circle = disc.adjusted(1, 1, -1, -1)
        if state is StepState.CURRENT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent"))
            painter.drawEllipse(disc)
        elif state is StepState.LOCKED:
            line = QPen(look().colour("line_strong"), 1.2)
            line.setDashPattern([2.5, 2.0])
            painter.setPen(line)
            painter.drawEllipse(circle)
        else:
            token = "ok" if state is StepState.DONE else "line_strong"
            painter.setPen(pen(token, 1.5))
            painter.drawEllipse(circle)
        inset = disc.width() * 6 / _DISC
        inner = disc.adjusted(inset, inset, -inset, -inset)
        if state is StepState.DONE:
            tick(painter, inner.adjusted(-1, -1, 1, 1), "ok", 1.8 * look().scale)
        elif state is StepState.LOCKED:
            look().draw_icon(painter, "lock", inner, "text_3")
        else:
            painter.setFont(look().font(Role.SMALL_STRONG))
            token = "on_accent" if state is StepState.CURRENT else "text_2"
            painter.setPen(look().colour(token))
            painter.drawText(disc, centre, str(self._place + 1))


class StepBar(QFrame):
    """All steps; ``chosen`` carries the key of the one asked for, locked ones too."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "head")
        bound(self, min_height=HEIGHT, max_height=HEIGHT)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, StepButton] = {}

    def show_steps(self, steps: Sequence[Step], current: str) -> None:
        """Show every step's state and which one's page is open."""
        if not self._buttons:
            for place, step in enumerate(steps):
                self._add(step, place)
        for step in steps:
            self._buttons[step.key].show_step(step)
        self._buttons[current].setChecked(True)

    def button(self, key: str) -> StepButton:
        """Return the button of a step."""
        return self._buttons[key]

    def _add(self, step: Step, place: int) -> None:
        button = StepButton(step, place)
        button.clicked.connect(lambda _c=False, key=step.key: self.chosen.emit(key))
        self._buttons[step.key] = button
        self._group.addButton(button)
        self._row.addWidget(button, 1)
