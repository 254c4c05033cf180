"""The level buttons: letter over range, the key digit in the corner, one of them chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.components.paint import CENTRE, MIDDLE, RIGHT, TOP, outline, pen, write
from ui.look.fonts import Role
from ui.look.scaling import empty, row
from ui.look.theme import look
from ui.views import LevelView

HEIGHT = 51
_BEGINNINGS = "0123456789.-"


class LevelButton(QAbstractButton):
    """One level; chosen: two pixels of accent round the tint, of ink while it has the focus."""

    def __init__(self, view: LevelView, place: int) -> None:
        super().__init__()
        self._place = place
        self.setCheckable(True)
        self.show_level(view)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_level(self, view: LevelView) -> None:
        """Show another indicator's level."""
        self._view = view
        self.setAccessibleName(f"{view.name} {view.range}")
        self.setToolTip(view.descriptor)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the two lines."""
        return QSize(look().px(72), look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the least that still shows letter and range."""
        return QSize(look().px(56), look().px(HEIGHT))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        self.update()
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint border, letter, range and key digit."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focus = self.isChecked(), self.hasFocus()
        fill = "accent_tint" if chosen else "button_hover" if self.underMouse() else "button"
        border = pen("text" if chosen and focus else "accent", 2)
        if not chosen and not focus:
            border = pen("line_strong")
        if not self.isEnabled():
            fill, border = "window", pen("line")
        outline(painter, QRectF(self.rect()), radius=6, border=border, fill=look().colour(fill))
        self._write(painter)

    def _write(self, painter: QPainter) -> None:
        px, chosen = look().px, self.isChecked()
        ink = "text_3" if not self.isEnabled() else "accent" if chosen else "text"
        letter = QRect(0, px(5), self.width(), px(24))
        write(painter, letter, self._view.name, Role.CARD_TITLE, ink, CENTRE | MIDDLE)
        range_ = QRect(0, px(27), self.width(), px(20))
        write(painter, range_, self._view.range, Role.SMALL, "text_2", CENTRE | MIDDLE)
        corner = self.rect().adjusted(0, px(5), -px(8), 0)
        tone = "accent" if chosen else "text_2"
        write(painter, corner, str(self._place + 1), Role.SMALLEST, tone, RIGHT | TOP)


class LevelGroup(QWidget):
    """The level buttons of one indicator; 1–4 choose while one of them has the focus.

    Arrow keys move the focus, Space chooses. ``chosen`` carries the place of a level that was
    clicked, ``pressed`` of one chosen by its digit, ``begun`` a digit that is no level's key,
    a point or a minus: the beginning of a score, or of what is refused as none.
    """

    chosen = Signal(int)
    pressed = Signal(int)
    begun = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row = row(gap=6)
        self.setLayout(self._row)
        self._buttons: list[LevelButton] = []

    def show_levels(self, views: Sequence[LevelView], chosen: int | None) -> None:
        """Show ``views`` with the one at ``chosen`` pressed, or none."""
        if len(views) != len(self._buttons):
            self._rebuild(views)
        for view, button in zip(views, self._buttons, strict=True):
            button.show_level(view)
        for place, button in enumerate(self._buttons):
            button.setChecked(place == chosen)
        self.setVisible(bool(views))

    def focus(self) -> None:
        """Give the keyboard to the chosen level, or to the first."""
        chosen = [button for button in self._buttons if button.isChecked()]
        for button in (chosen or self._buttons)[:1]:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Tell whether one of the levels has the keyboard."""
        return any(button.hasFocus() for button in self._buttons)

    def buttons(self) -> tuple[LevelButton, ...]:
        """Return the level buttons in order."""
        return tuple(self._buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with the digit keys, move with the arrow keys."""
        place = event.key() - Qt.Key.Key_1
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif 0 <= place < len(self._buttons):
            self._choose(place)
        elif event.text() and event.text() in _BEGINNINGS:
            self.begun.emit(event.text())
        elif step is not None and self.has_focus():
            self._move(step)
        else:
            super().keyPressEvent(event)

    def _choose(self, place: int) -> None:
        if self._buttons[place].isEnabled():
            self._buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)
            self.pressed.emit(place)

    def _move(self, step: int) -> None:
        now = next(i for i, button in enumerate(self._buttons) if button.hasFocus())
        self._buttons[(now + step) % len(self._buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _rebuild(self, views: Sequence[LevelView]) -> None:
        empty(self._row)
        self._buttons = [LevelButton(view, place) for place, view in enumerate(views)]
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda _checked=False, place=place: self._clicked(place))
            self._row.addWidget(button)
            button.show()

    def _clicked(self, place: int) -> None:
        self.chosen.emit(place)
