"""The backup page: write every round into one file, or bring those of a file back."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from reviewer_app.core.messages import _, ngettext
from reviewer_app.services.backup import SUFFIX
from ui.backup_presenter import BackupView
from ui.components.banner import Hint
from ui.components.bars import FootBar, TopBar
from ui.components.button import Button
from ui.components.card import Card
from ui.components.check import TickBox
from ui.components.lane import lane
from ui.components.passcode import PasscodeBoxes
from ui.components.text import code, label
from ui.look.scaling import column, row
from ui.look.theme import look
from ui.views import FootView, Message

_WIDTH, _SIDE_BY_SIDE = 1120, 980


class BackupPage(QWidget):
    """Backup at the left, restore at the right; every wish leaves it as a signal."""

    closed = Signal()
    backup_requested = Signal(object)
    chosen = Signal(object)
    typed = Signal(str)
    agreed = Signal(bool)
    restore_requested = Signal()

    def __init__(self, proposed_name: str) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self._proposed, self._busy, self._ready = proposed_name, False, False
        self.write = Button(_("Choose a place and back up"), icon="database-backup")
        self.choose = Button(_("Choose a backup"), icon="folder-open")
        self.boxes = PasscodeBoxes()
        self.foot = FootBar()
        self._columns = row(self._make_backup(), self._make_restore(), gap=16)
        top = TopBar()
        top.show_title(_("Backup and restore"))
        middle = lane(column(self._columns, None), width=_WIDTH, top=28)
        self.setLayout(column(top, middle, self.foot))
        self._wire()

    def begin(self) -> None:
        """Give the keyboard to the first button."""
        self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_backup(self, view: BackupView) -> None:
        """Show the page as it stands."""
        self._busy = view.busy
        words = ngettext(
            "{count} round is on this computer.",
            "{count} rounds are on this computer.",
            view.here,
        ).format(count=view.here)
        self._here.setText(words if view.here else _("No round is on this computer yet."))
        self.write.setEnabled(bool(view.here) and not view.busy)
        _say(self._written, view.written)
        self._code_part.setVisible(bool(view.code))
        self._code.setText(view.code)
        self._chosen.setText(view.chosen)
        self._chosen.setVisible(bool(view.chosen))
        self._restore_part.setVisible(bool(view.chosen))
        self._aside.setVisible(bool(view.here))
        self.choose.setEnabled(not view.busy)
        _say(self._restored, view.restored)
        self._ready = view.ready
        alone = Message(_("Nothing is sent anywhere; the file lies where you put it."))
        self.foot.show_foot(
            FootView(_("Bring the rounds back"), left=alone)
            if view.ready
            else FootView(_("Back to the start"), key="Esc", enabled=not view.busy, left=alone)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, once no work is under way; Enter takes the next step."""
        if event.key() == Qt.Key.Key_Escape and not self._busy:
            self.closed.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._ready:
            self.restore_requested.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards below each other where the window is narrow."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        beside = self.width() >= look().px(_SIDE_BY_SIDE)
        self._columns.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def _make_backup(self) -> Card:
        self._here = label("", "", "2", wrap=True)
        self._written = Hint()
        self._code = code("")
        self._code.setProperty("role", "receipt")
        self._code.setAccessibleName(_("Backup code"))
        copy = Button(_("Copy"), icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._code.text()))
        self._code_part = QWidget()
        self._code_part.setLayout(
            column(
                label(_("Backup code: write it down"), "strong"),
                self._code,
                row(copy, None),
                Hint(
                    _("Without it nobody opens the backup. Keep it apart from the file."),
                    "warn",
                    "triangle-alert",
                ),
                gap=8,
            )
        )
        words = _(
            "One encrypted file holds every round: plans, signed papers, sheets, scans, logs. "
            "Materials, packs and experts' desks are not in it; copy their folders."
        )
        return Card(
            label(_("Back up"), "card-title"),
            self._here,
            label(words, "small", "2", wrap=True),
            row(self.write, None),
            self._written,
            self._code_part,
            None,
            gap=12,
        )

    def _make_restore(self) -> Card:
        self._chosen = label("", "strong", wrap=True)
        self._aside = TickBox(
            _("Keep the rounds of this computer in a file aside and take the backup's")
        )
        self._restored = Hint()
        self._restore_part = QWidget()
        self._restore_part.setLayout(
            column(
                label(_("Backup code"), "small", "2"),
                self.boxes,
                self._aside,
                gap=10,
            )
        )
        words = _("On this computer or another one: everything is as it was at the backup.")
        return Card(
            label(_("Restore"), "card-title"),
            label(words, "small", "2", wrap=True),
            row(self.choose, None),
            self._chosen,
            self._restore_part,
            self._restored,
            None,
            gap=12,
        )

    def _wire(self) -> None:
        self.write.clicked.connect(self._on_write)
        self.choose.clicked.connect(self._on_choose)
        self.boxes.changed.connect(self.typed)
        self._aside.toggled.connect(self.agreed)
        self.foot.asked.connect(self._on_next)

    def _on_next(self) -> None:
        if self._ready:
            self.restore_requested.emit()
        else:
            self.closed.emit()

    def _on_write(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, self.write.text(), self._proposed)
        if name:
            self.backup_requested.emit(Path(name))

    def _on_choose(self) -> None:
        kinds = _("Backups (*{suffix});;All files (*)").format(suffix=SUFFIX)
        name, _kind = QFileDialog.getOpenFileName(self, self.choose.text(), "", kinds)
        if name:
            self.chosen.emit(Path(name))
            self.boxes.setFocus(Qt.FocusReason.OtherFocusReason)


def _say(hint: Hint, message: Message) -> None:
    hint.say(message.text, message.tone, message.icon)
