"""The secretary's door: for now what there is, until its pages are built."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.bars import TopBar
from ui.components.button import Button
from ui.components.places import EmptyState
from ui.look.scaling import column
from ui.needs import Needs
from ui.settings import Settings
from ui.tasks import TaskRunner


class SecretaryDoor(QWidget):
    """The secretary's pages; ``left`` goes back to the start page."""

    left = Signal()
    pack_requested = Signal(object)

    def __init__(self, needs: Needs, settings: Settings, tasks: TaskRunner) -> None:
        super().__init__()
        self.needs, self.settings, self.tasks = needs, settings, tasks
        self.setProperty("ground", "window")
        top = TopBar()
        top.show_title(_("Rounds"))
        back = Button(_("Back to the start"), icon="arrow-left", size="middle")
        back.clicked.connect(self.left)
        words = _("Rounds are managed by command for now: reviewer-app round --help")
        empty = EmptyState("briefcase-business", _("Rounds"), words, back)
        self.setLayout(column(top, column(empty, None, margins=(40, 40, 40, 40))))

    def open(self, round_id: str) -> None:
        """Show a round, or the list if none is named."""

    def shut(self) -> None:
        """Finish what is being typed."""
