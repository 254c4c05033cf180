"""The help page: the keys of the page one came from, and those that work everywhere."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QWidget

from reviewer_app.core.messages import _
from ui.components.bars import FootBar, TopBar
from ui.components.card import Card
from ui.components.lane import lane
from ui.components.text import key, label
from ui.key_lines import KeyGroup, KeyMap, keys_everywhere
from ui.look.scaling import column, row
from ui.look.theme import look
from ui.views import FootView, Message

_WIDTH, _SIDE_BY_SIDE = 1120, 820


class HelpPage(QWidget):
    """Keys and what they do; ``closed`` goes back to where one was."""

    closed = Signal()

    def __init__(self, keys: KeyMap) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self._columns = row(*map(_lane, _shared((*keys.groups, keys_everywhere()))), gap=16)
        self.foot = FootBar()
        self.foot.show_foot(
            FootView(_("Back to where I was"), key="Esc", left=Message(_fn_words()))
        )
        self.foot.asked.connect(self.closed)
        top = TopBar()
        top.show_title(_("Help"))
        title = label(_("Keys: {page}").format(page=keys.page), "page-title", wrap=True)
        content = column(title, self._columns, None, gap=16)
        name = _("Keys and what they do")
        self.setLayout(column(top, lane(content, width=_WIDTH, top=28, name=name), self.foot))

    def begin(self) -> None:
        """Give the keyboard to the way back."""
        self.foot.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards below each other where the window is narrow."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        beside = self.width() >= look().px(_SIDE_BY_SIDE)
        self._columns.setDirection(ways.LeftToRight if beside else ways.TopToBottom)


def _fn_words() -> str:
    return _("On some laptops F1 to F12 need the Fn key; each has a button too.")


def _shared(groups: tuple[KeyGroup, ...]) -> tuple[list[KeyGroup], list[KeyGroup]]:
    """Share the groups between two columns: each goes where fewer lines stand so far."""
    lanes: tuple[list[KeyGroup], list[KeyGroup]] = ([], [])
    for group in groups:
        min(lanes, key=lambda lane: sum(len(each.lines) for each in lane)).append(group)
    return lanes


def _lane(groups: list[KeyGroup]) -> QWidget:
    lane = QWidget()
    lane.setLayout(column(*map(_card, groups), None, gap=16))
    return lane


def _card(group: KeyGroup) -> Card:
    grid = QGridLayout()
    grid.setHorizontalSpacing(look().px(16))
    grid.setVerticalSpacing(look().px(8))
    grid.setColumnStretch(1, 1)
    for place, line in enumerate(group.lines):
        cap, words = key(line.keys), label(line.words, "", wrap=True)
        _read_together(cap, words)
        grid.addWidget(cap, place, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, place, 1)
    card = Card(label(group.title, "card-title", wrap=True), grid, gap=12)
    card.setAccessibleName(group.title)
    return card


def _read_together(cap: QLabel, words: QLabel) -> None:
    """Let a screen reader say key and meaning as one line."""
    words.setAccessibleName(f"{cap.text()}　{words.text()}")
