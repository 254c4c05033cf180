"""What the pages before any material share: cards in the middle, a foot, numbered lines."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.components.bars import FootBar
from ui.components.text import label
from ui.look.scaling import bound, column, fix, row
from ui.look.theme import repolish


class EntryPage(QWidget):
    """A page with cards in the middle and a foot below; Enter takes the next step."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.foot = FootBar()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the next step."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.foot.primary.click()
            return
        super().keyPressEvent(event)

    def lay_out(self, *cards: tuple[QWidget, int], top: int = 64) -> None:
        """Put cards of given widths side by side, the foot below."""
        lane = row(gap=24)
        lane.addStretch(1)
        for card, wide in cards:
            bound(card, min_width=min(wide, 320), max_width=wide)
            lane.addWidget(card, wide, Qt.AlignmentFlag.AlignTop)
        lane.addStretch(1)
        inside = QWidget()
        inside.setProperty("ground", "window")
        inside.setLayout(column(lane, None, margins=(20, top, 20, 20)))
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(scroll, self.foot))


def numbered(place: int, words: str, *, current: bool) -> QWidget:
    """Return one step of a list: its number in a disc, its sentence."""
    disc = label(str(place), "small-strong", "")
    disc.setProperty("role", "disc-current" if current else "disc")
    disc.setAlignment(Qt.AlignmentFlag.AlignCenter)
    fix(disc, width=26, height=26)
    repolish(disc)
    line = row(gap=12)
    line.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(words, "", wrap=True), 1)
    holder = QWidget()
    holder.setLayout(line)
    return holder
