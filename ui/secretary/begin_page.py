"""Where to begin: the sample round, a new one, one that is described in a file."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.button import Button
from ui.components.card import Card
from ui.components.flow import Flow
from ui.components.lane import lane
from ui.components.places import DropCatcher, ProgressCard
from ui.components.text import Icon, label
from ui.look.scaling import bound, column, row
from ui.secretary.lanes import Lanes
from ui.secretary.rounds_presenter import RoundsView

_WIDTH, _BESIDE = 932, 800


class BeginPage(QWidget):
    """Shown while no round is open; every wish leaves it as a signal."""

    sample_requested = Signal()
    new_requested = Signal()
    file_requested = Signal()
    folder_requested = Signal()
    dropped = Signal(list)
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.progress = ProgressCard()
        self.progress.cancelled.connect(self.cancel_requested)
        self.progress.hide()
        self.trouble = Banner(tone="bad")
        self.trouble.hide()
        self._working = ""
        self._build()
        catcher = DropCatcher(self)
        catcher.dropped.connect(self.dropped)

    def show_begin(self, view: RoundsView) -> None:
        """Show what is being made, or what hinders."""
        if view.working and view.working != self._working:
            keeps = _("Cancelling leaves no half-made round.")
            self.progress.begin(view.working, keeps)
        self._working = view.working
        self.progress.setVisible(bool(view.working))
        self.trouble.setVisible(bool(view.trouble.text))
        advice = _("Nothing was changed. Correct the file and choose it again.")
        self.trouble.say(view.trouble.text, advice if view.trouble.text else "", "bad")
        for button in (self.sample, self.new, self.file, self.folder):
            button.setEnabled(not view.working)

    def begin(self) -> None:
        """Give the keyboard to the next step."""
        self.sample.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the sample, Esc stops what is being made."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.sample.isEnabled():
            self.sample.click()
        elif event.key() == Qt.Key.Key_Escape and self._working:
            self.cancel_requested.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        title = label(_("Where to begin?"), "page-title", wrap=True)
        words = label(
            _("First time here? Walk through the sample: issue, score, collect, minutes."),
            "",
            "2",
            wrap=True,
        )
        for text in (title, words):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        content = column(
            *(title, 2, words, 20, self.trouble, self.progress, 8),
            *(self._make_cards(), None),
            gap=4,
        )
        self.setLayout(column(lane(content, width=_WIDTH, top=56)))

    def _make_cards(self) -> Lanes:
        self.sample = Button(_("Open the sample"), kind="primary", key="Enter", size="middle")
        self.sample.clicked.connect(self.sample_requested)
        self.new = Button(_("New"), key="Ctrl N", size="middle")
        self.new.clicked.connect(self.new_requested)
        self.file = Button(_("Choose file"), size="middle")
        self.file.clicked.connect(self.file_requested)
        self.folder = Button(_("Choose folder"), size="middle")
        self.folder.clicked.connect(self.folder_requested)
        return Lanes(
            _card(
                "flask-conical",
                _("Open the sample round"),
                _("Twelve invented applications and seven experts. Change what you like."),
                self.sample,
            ),
            _card(
                "file-plus",
                _("New round"),
                _("From folders of applications and a list of experts in Excel."),
                self.new,
            ),
            _card(
                "file-up",
                _("From a description"),
                _("A ROUND.toml, a folder with one, or a round carried from another machine."),
                self.file,
                self.folder,
            ),
            least=_BESIDE,
        )


def _card(icon: str, title: str, words: str, *buttons: Button) -> Card:
    line = QWidget()
    line.setLayout(Flow(*buttons))
    card = Card(
        row(Icon(icon, 26, "accent"), None),
        6,
        label(title, "card-title", wrap=True),
        label(words, "", "2", wrap=True),
        None,
        12,
        line,
        margins=(20, 18, 20, 18),
        gap=4,
    )
    bound(card, min_width=220)
    return card
