"""The secretary's door: the rail of rounds, the seven steps, and the page of the open one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QLayout, QStackedWidget, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner
from ui.components.steps import StepBar
from ui.components.text import post
from ui.key_lines import KeyMap
from ui.look.scaling import column, row
from ui.look.theme import look
from ui.needs import Needs
from ui.secretary.begin_page import BeginPage
from ui.secretary.bureau import Bureau
from ui.secretary.head import RoundHead
from ui.secretary.key_map import key_map
from ui.secretary.page import LockedPage, locked_words
from ui.secretary.rounds_presenter import RoundsPresenter
from ui.secretary.rounds_rail import RoundsRail
from ui.secretary.steps import STEPS, step_name, usual_step
from ui.secretary.wires import make_pages
from ui.settings import Settings
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.secretary.pages import Pages

_RAIL_FROM = 1180
_LEAST_WIDE, _LEAST_HIGH = 1000, 480


class SecretaryDoor(QWidget):
    """The secretary's pages; ``left`` goes back to the start page."""

    left = Signal()
    pack_requested = Signal(object)
    help_requested = Signal()

    def __init__(self, needs: Needs, settings: Settings, tasks: TaskRunner) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.bureau = Bureau(needs, settings, tasks)
        self.rounds = RoundsPresenter(self.bureau)
        self.rail, self.head, self.steps = RoundsRail(), RoundHead(), StepBar()
        self.begin, self.locked = BeginPage(), LockedPage()
        self.pages: Pages = make_pages(self.bureau, self._try_pack)
        self._wanted_rail: bool | None = None
        self._shown = ("none", "")
        self._build()
        self._wire()

    def open(self, round_id: str) -> None:
        """Show a round, the sample, or the newest if none is named."""
        self.rounds.begin(round_id)

    def shut(self) -> None:
        """Finish what is being typed."""
        self.rounds.cancel()
        self.pages.shut()

    def key_map(self) -> KeyMap:
        """Return the keys of the page that is open."""
        return key_map(self._shown[0])

    def minimumSizeHint(self) -> QSize:
        """Return less than the rail and a page want together: the rail makes room first."""
        return QSize(_LEAST_WIDE, _LEAST_HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the rail make room where the window is narrow."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Look again what there is room for when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    # -- building

    def _build(self) -> None:
        self.stack = QStackedWidget()
        for page in (self.begin, self.locked):
            self.stack.addWidget(page)
        self.pages.made, self.pages.room_changed = self._take, self._fit
        self._post = post()
        right = column(self.head, self.steps, self._strip())
        right.addWidget(self.stack, 1)
        body = row(self.rail, self._post, gap=0)
        body.addLayout(right, 1)
        body.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(body)

    def _take(self, page: QWidget) -> None:
        self.stack.addWidget(page)

    def _strip(self) -> QWidget:
        """Return the place for what the lists held and the round did not take."""
        self.unused, self.strip = Banner(closable=True), QWidget()
        self.strip.setLayout(column(self.unused, margins=(20, 12, 20, 0)))
        self.strip.hide()
        return self.strip

    def _wire(self) -> None:
        self.unused.closed.connect(self.rounds.forget_warnings)
        self.rounds.changed = self._show
        self.rounds.progressed = self.begin.progress.show_progress
        self.pages.open_made = self.rounds.show_made
        self.rail.round_requested.connect(self._open_round)
        self.rail.new_requested.connect(lambda: self._extra("new"))
        self.rail.history_requested.connect(lambda: self._extra("history"))
        self.rail.log_requested.connect(lambda: self._extra("log"))
        self.rail.removed_requested.connect(lambda: self._extra("removed"))
        self.rail.back_requested.connect(self.left)
        self.head.rail_requested.connect(self._toggle_rail)
        self.head.help_requested.connect(self.help_requested)
        self.rail.help_requested.connect(self.help_requested)
        self.steps.chosen.connect(self._open_step)
        self.begin.sample_requested.connect(self.rounds.open_sample)
        self.begin.new_requested.connect(lambda: self._extra("new"))
        self.begin.file_requested.connect(self._choose_file)
        self.begin.folder_requested.connect(self._choose_folder)
        self.begin.dropped.connect(lambda paths: self.rounds.create_from(Path(paths[0])))
        self.begin.cancel_requested.connect(self.rounds.cancel)
        self.locked.next_requested.connect(self._to_usual)
        acts: dict[str, Callable[[], None]] = {
            "Ctrl+N": lambda: self._extra("new"),
            "F9": self._toggle_rail,
        }
        acts |= {
            f"Alt+{place}": lambda key=key: self._open_step(key)  # type: ignore[misc]
            for place, key in enumerate(STEPS, start=1)
        }
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.begin_keys = QShortcut(QKeySequence("Ctrl+O"), self.begin)
        self.begin_keys.activated.connect(self._choose_file)

    # -- showing

    def _show(self) -> None:
        view = self.rounds.view()
        self.rail.show_rounds(view.items, view.current, view.removed)
        self.head.setVisible(bool(view.steps))
        self.steps.setVisible(bool(view.steps))
        self._show_unused(view.warnings if view.steps and not view.working else ())
        self.begin.show_begin(view)
        if view.working or view.trouble.text or not view.steps:
            self._turn(self.begin, "", "")
            return
        self.head.show_round(view.title, view.fingerprint, "")
        self.steps.show_steps(view.steps, view.step)
        if self.rounds.step_open():
            self._turn(self.pages.page(view.step), view.step, view.current)
            return
        usual = usual_step(self.bureau.round)
        button = _("Go to “{step}”").format(step=step_name(usual))
        self.locked.show_locked(step_name(view.step), locked_words(), button)
        self._turn(self.locked, view.step, view.current)

    def _show_unused(self, sentences: tuple[str, ...]) -> None:
        words = _("The round is made. Please check what was not taken from the lists")
        self.unused.say(words, "\n".join(sentences), "warn")
        self.unused.setVisible(bool(sentences))
        self.strip.setVisible(bool(sentences))

    def _turn(self, page: QWidget, step: str, round_id: str) -> None:
        fresh = self.stack.currentWidget() is not page or self._shown != (step, round_id)
        self._shown = (step, round_id)
        self.stack.setCurrentWidget(page)
        if step and page is not self.locked:
            self.pages.enter(step, fresh=fresh)
        if fresh and isinstance(page, (BeginPage, LockedPage)):
            page.begin()
        self._fit()

    def _fit(self) -> None:
        room = self.width() / look().scale >= _RAIL_FROM
        wants = bool(getattr(self.stack.currentWidget(), "wants_room", False))
        shown = self._wanted_rail if self._wanted_rail is not None else room and not wants
        shown = shown or not self.bureau.outline
        self.rail.setVisible(shown)
        self._post.setVisible(shown)
        self.head.toggle.setVisible(not shown or not room or wants)
        self.head.set_narrow(narrow=not room)

    def _toggle_rail(self) -> None:
        self._wanted_rail = not self.rail.isVisible()
        self._fit()
        self._wanted_rail = self.rail.isVisible()

    # -- going about

    def _open_round(self, key: str) -> None:
        self.rounds.open_round(key)

    def _open_step(self, key: str) -> None:
        if self.bureau.outline:
            self.rounds.open_step(key)

    def _to_usual(self) -> None:
        self.rounds.open_step(usual_step(self.bureau.round))

    def _extra(self, key: str) -> None:
        page = self.pages.page(key)
        self._shown = ("", "")
        self.head.setVisible(False)
        self.steps.setVisible(False)
        self.stack.setCurrentWidget(page)
        self.pages.enter(key, fresh=True)
        self._fit()

    def _try_pack(self, pack: Path, passcode: str) -> None:
        QGuiApplication.clipboard().setText(passcode)
        self.pack_requested.emit(pack)

    def _choose_file(self) -> None:
        kinds = _("Rounds (ROUND.toml *.toml *.round);;All files (*)")
        name, _kind = QFileDialog.getOpenFileName(self, _("From a description"), "", kinds)
        if name:
            self.rounds.create_from(Path(name))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Folder with a ROUND.toml"))
        if name:
            self.rounds.create_from(Path(name))
