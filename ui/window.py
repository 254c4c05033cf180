"""The window: a start page and the door that is open; it knows doors, not what is in them."""

from collections.abc import Callable  # noqa: TC003 - read at run time by PySide
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedWidget

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import Language, _
from reviewer_app.services.records import RoundRecord
from ui.components.button import Button
from ui.language import qt_words, speak
from ui.look import theme
from ui.look.theme import TEXT_SIZES, Mode, look
from ui.needs import Needs
from ui.settings import Settings
from ui.start import StartPage
from ui.start_presenter import known_packs, start_view
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from ui.expert.door import ExpertDoor
    from ui.secretary.door import SecretaryDoor

_START, _EXPERT, _SECRETARY = "start", "expert", "secretary"
_USUAL_SIZE = {_START: 100, _EXPERT: 125, _SECRETARY: 100}


class Window(QMainWindow):
    """The program's one window."""

    def __init__(self, needs: Needs, settings: Settings, language: Language) -> None:
        super().__init__()
        self.needs, self.settings, self.tasks = needs, settings, TaskRunner(self)
        self._language, self._place = language, _START
        self._door: ExpertDoor | SecretaryDoor | None = None
        self._qt_words = qt_words(language, QCoreApplication.instance() or QApplication([]))
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setWindowTitle(_("Expert Review"))
        self._start = self._make_start()
        self._stack.addWidget(self._start)
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
        self._shut_door()
        self._enter(_START)
        self._stack.setCurrentWidget(self._start)
        self._start.hide_trouble()
        packs = known_packs(self.needs, self.settings)
        self._start.show_start(start_view(packs, []))
        self._start.focus()
        self.tasks.run(self._rounds, done=self._show_rounds, failed=self._show_trouble)

    def open_pack(self, source: Path | str) -> None:
        """Open the expert's door on a pack file, or on the id of a pack opened before."""
        from ui.expert.door import ExpertDoor  # noqa: PLC0415 - the window comes first

        self._enter(_EXPERT)
        door = ExpertDoor(self.needs, self.settings, self.tasks)
        door.left.connect(self.show_start)
        door.refused.connect(self._refused)
        door.text_size_chosen.connect(self.set_text_size)
        self._open_door(door)
        door.open(source)

    def open_secretary(self, round_id: str = "") -> None:
        """Open the secretary's door, on a round if one is named."""
        from ui.secretary.door import SecretaryDoor  # noqa: PLC0415 - the window comes first

        self._enter(_SECRETARY)
        door = SecretaryDoor(self.needs, self.settings, self.tasks)
        door.left.connect(self.show_start)
        door.pack_requested.connect(self.open_pack)
        self._open_door(door)
        door.open(round_id)

    def set_text_size(self, size: int) -> None:
        """Use a text size for the door that is open, and remember it."""
        self.settings.set_text_size(self._place, size)
        self._dress()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is being typed, remember the place, end the worker."""
        self._shut_door()
        self.settings.set_state("window", self.saveGeometry())
        self.tasks.close()
        super().closeEvent(event)

    def _make_start(self) -> StartPage:
        start = StartPage(self.settings.mode(), self._language)
        start.open_pack_requested.connect(self._choose_pack)
        start.pack_dropped.connect(self.open_pack)
        start.secretary_requested.connect(self.open_secretary)
        start.recent_requested.connect(self._open_recent)
        start.sample_requested.connect(lambda: self.open_secretary("sample"))
        start.mode_chosen.connect(self._choose_mode)
        start.language_chosen.connect(self._choose_language)
        return start

    def _shortcuts(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            "Ctrl++": lambda: self._step_text(1),
            "Ctrl+=": lambda: self._step_text(1),
            "Ctrl+-": lambda: self._step_text(-1),
            "Ctrl+0": lambda: self.set_text_size(_USUAL_SIZE[self._place]),
        }
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _step_text(self, step: int) -> None:
        place = TEXT_SIZES.index(look().text_size) + step
        if 0 <= place < len(TEXT_SIZES):
            self.set_text_size(TEXT_SIZES[place])

    def _enter(self, place: str) -> None:
        self._place = place
        self._dress()

    def _dress(self) -> None:
        application = QApplication.instance()
        size = self.settings.text_size(self._place, _USUAL_SIZE[self._place])
        mode = self.settings.mode()
        if isinstance(application, QApplication) and (size, mode) != (
            look().text_size,
            theme.mode(),
        ):
            theme.apply(application, mode, size)

    def _open_door(self, door: "ExpertDoor | SecretaryDoor") -> None:
        self._shut_door()
        self._door = door
        self._stack.addWidget(door)
        self._stack.setCurrentWidget(door)
        self._dress()

    def _shut_door(self) -> None:
        if self._door:
            self._door.shut()
            self._stack.removeWidget(self._door)
            self._door.deleteLater()
            self._door = None

    def _choose_pack(self) -> None:
        kinds = _("Review packs (*.reviewpack);;All files (*)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Open review pack"), "", kinds)
        if name:
            self.open_pack(Path(name))

    def _open_recent(self, key: str) -> None:
        kind, _sep, name = key.partition(":")
        if kind == "pack":
            self.open_pack(name)
        else:
            self.open_secretary(name)

    def _choose_mode(self, mode: str) -> None:
        self.settings.set_mode(Mode(mode))
        self._dress()

    def _choose_language(self, language: str) -> None:
        self._language = Language(language)
        self.settings.set_language(self._language)
        speak(self._language)
        application = QCoreApplication.instance()
        if application:
            if self._qt_words:
                application.removeTranslator(self._qt_words)
            self._qt_words = qt_words(self._language, application)
        old, self._start = self._start, self._make_start()
        self._stack.addWidget(self._start)
        self._stack.removeWidget(old)
        old.deleteLater()
        self.setWindowTitle(_("Expert Review"))
        self.show_start()

    def _rounds(self) -> list[RoundRecord]:
        with self.needs.open_bureau() as unit:
            return unit.rounds()

    def _show_rounds(self, rounds: list[RoundRecord]) -> None:
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
        self._start.show_trouble(title, what, [again, copy])
