"""The start page: two doors, what was used last, the sample round, a banner for a bad file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from reviewer_app import __version__
from reviewer_app.core.messages import Language, _
from ui.appearance import colour_choice, language_choice
from ui.components.banner import Banner
from ui.components.bars import TopBar
from ui.components.button import Button
from ui.components.card import Card
from ui.components.lane import lane
from ui.components.places import DropCatcher, EmptyState
from ui.components.text import Icon, key, label
from ui.look.scaling import column, fix, row
from ui.look.theme import Mode
from ui.start_presenter import StartView
from ui.start_recent import RecentCard

_WIDTH = 1040


class StartPage(QWidget):
    """The first page; every wish leaves it as a signal."""

    open_pack_requested = Signal()
    pack_dropped = Signal(object)
    secretary_requested = Signal()
    recent_requested = Signal(str)
    sample_requested = Signal()
    help_requested = Signal()
    backup_requested = Signal()
    mode_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, mode: Mode, language: Language) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self._working = False
        self._top = self._make_top(mode, language)
        self._banner = Banner(tone="bad", closable=True)
        self._banner.hide()
        self._banner.closed.connect(self.hide_trouble)
        self._open = Button(_("Open review pack"), kind="primary", key="Ctrl O", size="tall")
        self._manage = Button(_("Manage rounds"), key="Ctrl M", size="tall")
        self._rounds = label("", "small", "2", wrap=True)
        self._recent = RecentCard()
        self._empty = self._make_empty()
        self._lay_out()
        self._wire()

    def show_start(self, view: StartView) -> None:
        """Show what was used last."""
        self._rounds.setText(view.rounds)
        self._recent.setVisible(bool(view.recent))
        self._empty.setVisible(not view.recent)
        self._working = view.working
        self._recent.show_recent(view.recent)
        self._fill_one()

    def show_trouble(self, what: str, then: str, buttons: Sequence[QWidget] = ()) -> None:
        """Show in a banner above the doors what could not be opened, and what to do."""
        self._banner.clear_buttons()
        self._banner.say(what, then, "bad")
        for button in buttons:
            self._banner.add_button(button)
        self._banner.show()
        self._fill_one()
        for button in buttons[:1]:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_trouble(self) -> None:
        """Take the banner away: what it was about is over."""
        self._banner.hide()
        self._fill_one()

    def focus(self) -> None:
        """Give the keyboard to the next step."""
        going_on = self._recent.going_on()
        (going_on or self._open).setFocus(Qt.FocusReason.OtherFocusReason)

    def has_keyboard(self) -> bool:
        """Tell whether a part of the page has the keyboard."""
        focus = self.focusWidget()
        return focus is not None and focus.hasFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on with the pack in work, else opens one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            going_on = self._recent.going_on()
            if going_on:
                self.recent_requested.emit(going_on.key)
            else:
                self._open.click()
            return
        super().keyPressEvent(event)

    def _fill_one(self) -> None:
        """Fill the one button that is the next step, and no other."""
        troubled = not self._banner.isHidden()
        self._open.set_kind("" if troubled or self._working else "primary")
        self._recent.fill_first(filled=not troubled)

    def _make_top(self, mode: Mode, language: Language) -> TopBar:
        top = TopBar()
        top.show_title(_("Expert Review"))
        top.add_left(label(f"Reviewer　{__version__}", "small", "2"))
        modes, tongues = colour_choice(mode), language_choice(language)
        modes.chosen.connect(self.mode_chosen)
        tongues.chosen.connect(self.language_chosen)
        top.add_right(modes, tongues)
        return top

    def _make_empty(self) -> QWidget:
        sample = Button(_("Open the sample round"), icon="play", size="middle")
        sample.clicked.connect(self.sample_requested)
        return EmptyState(
            "inbox",
            _("No review on this computer yet"),
            _("First time here? Open the sample and walk from scoring to the archive."),
            sample,
        )

    def _door(self, icon: str, title: str, words: str, *below: QWidget) -> Card:
        badge = QFrame()
        badge.setProperty("kind", "badge")
        fix(badge, width=56, height=56)
        holder = row(None, Icon(icon, 30, "accent"), None, gap=0)
        badge.setLayout(holder)
        texts = column(
            label(title, "page-title", wrap=True), label(words, "", "2", wrap=True), gap=2
        )
        head = row(badge, gap=16)
        head.addLayout(texts, 1)
        line = row(below[0], gap=12)
        line.addWidget(below[1], 1)
        return Card(head, None, line, margins=(28, 24, 28, 22), gap=20)

    def _lay_out(self) -> None:
        expert = self._door(
            "file-pen",
            _("I am an expert"),
            _("Open the review pack the secretary gave you; read, score, sign."),
            self._open,
            label(_("or drop the file from the stick here"), "small", "2", wrap=True),
        )
        secretary = self._door(
            "briefcase-business",
            _("I am the secretary"),
            _("Prepare rounds, issue packs, collect sheets, print results and minutes."),
            self._manage,
            self._rounds,
        )
        doors = row(gap=24)
        doors.addWidget(expert, 1)
        doors.addWidget(secretary, 1)
        content = column(self._banner, doors, 8, self._recent, self._empty, None, gap=16)
        middle = lane(content, width=_WIDTH, top=36)
        self.setLayout(column(self._top, middle, self._footer(), gap=0))

    def _footer(self) -> QWidget:
        footer = QWidget()
        words = _(
            "This program uses no network. Your data stay on this computer and your stick."
        )
        backup = Button(_("Backup and restore"), kind="quiet", icon="database-backup")
        backup.clicked.connect(self.backup_requested)
        help_ = Button(_("Help"), kind="quiet", key="F1")
        help_.clicked.connect(self.help_requested)
        line = row(Icon("wifi-off", 16), margins=(16, 6, 16, 8), gap=7)
        line.addWidget(label(words, "small", "2", wrap=True), 1)
        line.put(backup, help_, 8, key("Ctrl +"), label(_("Larger text"), "small", "2"))
        footer.setLayout(line)
        return footer

    def _wire(self) -> None:
        self._open.clicked.connect(self.open_pack_requested)
        self._manage.clicked.connect(self.secretary_requested)
        for keys, button in (("Ctrl+O", self._open), ("Ctrl+M", self._manage)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(button.click)
        self._recent.asked.connect(self.recent_requested)
        self._recent.sample_requested.connect(self.sample_requested)
        catcher = DropCatcher(self)
        catcher.dropped.connect(self._on_dropped)

    def _on_dropped(self, paths: list[Path]) -> None:
        if paths:
            self.pack_dropped.emit(paths[0])
