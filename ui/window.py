"""The window: a start page and the door that is open; it knows doors, not what is in them."""

from collections.abc import Callable  # noqa: TC003 - read at run time by PySide
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedWidget

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import Language, _
from ui.asides import Asides
from ui.components.button import Button
from ui.dressing import EXPERT, SECRETARY, START, Dressing
from ui.help_page import HelpPage
from ui.key_lines import start_keys
from ui.look.theme import look
from ui.needs import Needs
from ui.settings import Settings
from ui.start import StartPage
from ui.start_presenter import known_packs, start_view
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from reviewer_app.services.records import RoundRecord
    from ui.expert.door import ExpertDoor
    from ui.secretary.door import SecretaryDoor


class Window(QMainWindow):
    """The program's one window."""

    def __init__(self, needs: Needs, settings: Settings, language: Language) -> None:
        super().__init__()
        self.needs, self.settings, self.tasks = needs, settings, TaskRunner(self)
        self.dressing = Dressing(settings, language)
        self._door: ExpertDoor | SecretaryDoor | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setWindowTitle(_("Expert Review"))
        self._start = self._make_start()
        self._stack.addWidget(self._start)
        self._asides = Asides(self._stack)
        self._shortcuts()
        self.resize(look().px(1280), look().px(720))
        self.setMinimumSize(1040, 560)
        self.restoreGeometry(settings.state("window"))

    def begin(self, pack: Path | None = None) -> None:
        """Show what was used last, and open a pack if one was given."""
        self.show_start()
        if pack:
            self.open_pack(pack)

    def show_start(self) -> None:
        """Go back to the start page."""
        self._asides.close()
        self._shut_door()
        self.dressing.enter(START)
        self._stack.setCurrentWidget(self._start)
        self._start.hide_trouble()
        packs = known_packs(self.needs, self.settings)
        self._start.show_start(start_view(packs, []))
        self._start.focus()
        self.tasks.run(self._rounds, done=self._show_rounds, failed=self._show_trouble)

    def open_pack(self, source: Path | str, locked: str = "") -> None:
        """Open the expert's door on a pack file, or on the id of a pack opened before.

        ``locked`` says why a desk was locked that is to go on where it stood.
        """
        self._asides.close()
        self.dressing.enter(EXPERT)
        door = self._make_expert_door()
        self._open_door(door)
        door.open(source, locked)

    def _make_expert_door(self) -> "ExpertDoor":
        from ui.expert.door import ExpertDoor  # noqa: PLC0415 - the window comes first

        door = ExpertDoor(self.needs, self.settings, self.tasks)
        door.left.connect(self.show_start)
        door.refused.connect(self._refused)
        door.locked.connect(self.open_pack)
        door.text_size_chosen.connect(self.dressing.set_text_size)
        door.mode_chosen.connect(self.dressing.choose_mode)
        door.language_chosen.connect(
            lambda words: QTimer.singleShot(0, self, lambda: self._speak_at_door(door, words))
        )
        door.identity.show_appearance(self.settings.mode(), self.dressing.language)
        return door

    def _speak_at_door(self, before: "ExpertDoor", language: str) -> None:
        """Make the expert's pages anew in another language; the open pack stays open."""
        self._remake_start(language)
        door, handed = self._make_expert_door(), before.hand_over()
        self._open_door(door)
        door.take_over(handed)
        door.identity.foot.primary.setFocus()

    def open_secretary(self, round_id: str = "") -> None:
        """Open the secretary's door, on a round if one is named."""
        from ui.secretary.door import SecretaryDoor  # noqa: PLC0415 - the window comes first

        try:
            self.needs.hold_bureau()
        except ReviewerError as error:  # another window has the rounds: nothing is opened here
            self._show_trouble(error)
            return
        self.dressing.enter(SECRETARY)
        door = SecretaryDoor(self.needs, self.settings, self.tasks)
        door.left.connect(self.show_start)
        door.pack_requested.connect(self.open_pack)
        self._open_door(door)
        door.open(round_id)

    def show_help(self) -> None:
        """Show the keys of the page that is open; once more goes back to it."""
        if isinstance(self._asides.open(), HelpPage):
            self._asides.close()
            return
        page = HelpPage(self._door.key_map() if self._door else start_keys())
        page.closed.connect(self._asides.close)
        self._asides.show(page)
        page.begin()

    def show_backup(self) -> None:
        """Show the page that backs up the rounds, or brings them back."""
        from ui.backup_page import BackupPage  # noqa: PLC0415 - the window comes first
        from ui.backup_presenter import BackupPresenter  # noqa: PLC0415 - as above

        presenter = BackupPresenter(self.needs, self.tasks)
        page = BackupPage(presenter.proposed_name())
        presenter.changed = lambda: page.show_backup(presenter.view)
        page.backup_requested.connect(presenter.back_up)
        page.chosen.connect(presenter.choose)
        page.typed.connect(presenter.typed)
        page.agreed.connect(lambda on: presenter.keep_aside(agreed=on))
        page.restore_requested.connect(presenter.restore)
        page.closed.connect(self.show_start)
        self._asides.show(page)
        presenter.begin()
        page.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is being typed, remember the place, end the worker."""
        self._shut_door()
        self.settings.set_state("window", self.saveGeometry())
        self.tasks.close()
        super().closeEvent(event)

    def _make_start(self) -> StartPage:
        start = StartPage(self.settings.mode(), self.dressing.language)
        start.open_pack_requested.connect(self._choose_pack)
        start.pack_dropped.connect(self.open_pack)
        start.secretary_requested.connect(self.open_secretary)
        start.recent_requested.connect(self._open_recent)
        start.sample_requested.connect(lambda: self.open_secretary("sample"))
        start.mode_chosen.connect(self.dressing.choose_mode)
        start.help_requested.connect(self.show_help)
        start.backup_requested.connect(self.show_backup)
        start.language_chosen.connect(self._choose_language)
        return start

    def _shortcuts(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            "Ctrl++": lambda: self.dressing.step_text(1),
            "Ctrl+=": lambda: self.dressing.step_text(1),
            "Ctrl+-": lambda: self.dressing.step_text(-1),
            "Ctrl+0": self.dressing.set_usual_size,
            "F1": self.show_help,
        }
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _open_door(self, door: "ExpertDoor | SecretaryDoor") -> None:
        self._shut_door()
        self._door = door
        self._stack.addWidget(door)
        self._stack.setCurrentWidget(door)
        door.help_requested.connect(self.show_help)
        self.dressing.dress()

    def _shut_door(self) -> None:
        if self._door:
            self._door.shut()
            self._stack.removeWidget(self._door)
            self._door.deleteLater()
            self._door = None

    def _choose_pack(self) -> None:
        kinds = _("Review packs, feedback (*.reviewpack *.reviewfeedback);;All files (*)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Open review pack"), "", kinds)
        if name:
            self.open_pack(Path(name))

    def _open_recent(self, key: str) -> None:
        kind, _sep, name = key.partition(":")
        if kind == "pack":
            self.open_pack(name)
        else:
            self.open_secretary(name)

    def _choose_language(self, language: str) -> None:
        self._remake_start(language)
        self.show_start()

    def _remake_start(self, language: str) -> None:
        self.dressing.choose_language(language)
        old, self._start = self._start, self._make_start()
        self._stack.addWidget(self._start)
        self._stack.removeWidget(old)
        old.deleteLater()
        self.setWindowTitle(_("Expert Review"))

    def _rounds(self) -> "list[RoundRecord]":
        with self.needs.open_bureau() as unit:
            return unit.rounds()

    def _show_rounds(self, rounds: "list[RoundRecord]") -> None:
        packs = known_packs(self.needs, self.settings)
        self._start.show_start(start_view(packs, rounds))
        if self._stack.currentWidget() is self._start and not self._start.has_keyboard():
            self._start.focus()

    def _show_trouble(self, error: ReviewerError) -> None:
        self._start.show_trouble(str(error), "")

    def _refused(self, what: str, source: object) -> None:
        """Answer a damaged file in a banner above the doors."""
        QTimer.singleShot(0, self, lambda: self._answer_refused(what, source))

    def _answer_refused(self, what: str, source: object) -> None:
        self.show_start()
        again = Button(
            _("Read it again from the stick"),
            kind="primary",
            icon="hard-drive-download",
            size="middle",
        )
        again.clicked.connect(
            lambda: self.open_pack(source if isinstance(source, Path) else Path())
        )
        copy = Button(_("Copy this text"), kind="quiet", icon="copy", size="middle")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(what))
        name = source.name if isinstance(source, Path) else str(source)
        title = _("Cannot open “{name}”").format(name=name)
        kept = _("Nothing of yours was changed.")
        self._start.show_trouble(
            title, f"{what.removeprefix(f'{name}: ')}　{kept}", [again, copy]
        )
