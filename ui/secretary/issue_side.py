"""Beside the issue table: packs and slips, sticks, what is frozen, making the issue void."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.lines import WordsField
from ui.components.text import Icon, code, label, rule
from ui.drives import drives
from ui.look.scaling import column, row
from ui.secretary.issue_views import IssueView
from ui.secretary.page import held
from ui.secretary.void_presenter import VoidView


class PlacesCard(Card):
    """Where packs and slips lie; printing the slips and noting who has one."""

    folder_chosen = Signal(object)
    slips_requested = Signal()
    handed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=6)
        self._folder = ""
        self._places, self._slips_place = (
            label("", "small", wrap=True),
            label("", "small", wrap=True),
        )
        self._elsewhere = Button(_("Another folder"), icon="folder-open")
        self._elsewhere.clicked.connect(self._on_elsewhere)
        self._open = Button(_("Open the folder"), kind="link")
        self._open.clicked.connect(self._on_open)
        self.slips = Button(_("Print the slips"), icon="printer", key="Ctrl P")
        self.slips.clicked.connect(self.slips_requested)
        self.hand = Button("", icon="ticket-check")
        self.hand.clicked.connect(self.handed)
        words = _("One slip each, handed over in person or in a sealed envelope.")
        self.body.put(
            row(Icon("ticket-check", 18), label(_("Packs and slips"), "strong"), None, gap=8),
            label(words, "small", "2", wrap=True),
            self._places,
            self._slips_place,
            row(self._open, None),
            row(self._elsewhere, None),
            row(self.slips, None),
            row(self.hand, None),
        )

    def show_places(self, view: IssueView) -> None:
        """Show where they lie and what can be done with the chosen expert's slip."""
        self._folder = view.folder
        self._places.setText(_("Packs: {folder}").format(folder=view.folder))
        self._slips_place.setText(_("Slips: {file}").format(file=view.slips))
        self._elsewhere.setVisible(not view.issued and not view.working)
        self._open.setVisible(view.issued)
        self.slips.setVisible(view.issued)
        self.hand.setVisible(view.issued and view.can_hand)
        words = _("Slip {number} was handed over")
        if view.handed:
            words = _("Slip {number}: not handed over after all")
        self.hand.show_words(words.format(number=view.selected))

    def _on_elsewhere(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Where to write the packs"))
        if name:
            self.folder_chosen.emit(Path(name))

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))


class StickCard(Card):
    """Copies of packs on sticks, each read back."""

    copy_requested = Signal(object)
    all_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=6)
        self.copy = Button("", icon="hard-drive-download")
        self.copy.clicked.connect(self._on_copy)
        self.all = Button(_("Write all packs to a folder"), icon="folder-open")
        self.all.clicked.connect(self._on_all)
        words = _("Each copy is read back; a stick pulled out too early is noticed.")
        self.body.put(
            row(Icon("hard-drive", 18), label(_("Sticks"), "strong"), None, gap=8),
            label(words, "small", "2", wrap=True),
            row(self.copy, None),
            row(self.all, None),
        )

    def show_sticks(self, view: IssueView) -> None:
        """Show whose pack would be copied."""
        self.setVisible(view.issued)
        self.copy.setEnabled(view.can_copy)
        self.all.setEnabled(not view.working)
        words = _("Write pack {number} to a stick")
        self.copy.show_words(words.format(number=view.selected))

    def _on_copy(self) -> None:
        sticks = [drive for drive in drives() if not drive.read_only]
        if len(sticks) == 1:
            self.copy_requested.emit(sticks[0].root)
            return
        name = QFileDialog.getExistingDirectory(self, _("Which stick"))
        if name:
            self.copy_requested.emit(Path(name))

    def _on_all(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Where to write the packs"))
        if name:
            self.all_requested.emit(Path(name))


class FrozenCard(Card):
    """What is frozen and signed, or will be; after issue the way to begin anew."""

    void_asked = Signal()
    void_typed = Signal(str)
    void_made = Signal()

    def __init__(self) -> None:
        super().__init__(gap=6)
        self._title, self._rules = label("", "strong", wrap=True), label("", "small", wrap=True)
        self._icon, self._round, self._bureau = Icon("lock", 18), code(), code()
        self._prints = held(
            column(
                rule(),
                4,
                label(_("Fingerprint of the round"), "small", "2"),
                self._round,
                label(_("Fingerprint of the bureau"), "small", "2"),
                self._bureau,
                gap=2,
            )
        )
        title = row(self._icon, gap=8)
        title.addWidget(self._title, 1)
        self.body.put(title, self._rules, self._prints, self._make_void())

    def show_frozen(self, view: IssueView) -> None:
        """Show rules before issue, fingerprints after it."""
        self._icon.show_icon("lock" if view.issued else "info", "ok" if view.issued else "")
        self._title.setText(
            _("Weights and rules are frozen and signed")
            if view.issued
            else _("What will be frozen and signed")
        )
        self._rules.setText(view.rules)
        self._rules.setVisible(not view.issued)
        self._prints.setVisible(view.issued)
        self._round.setText(view.fingerprint)
        self._bureau.setText(view.bureau_fingerprint)
        self._show_void(view.void)

    def _make_void(self) -> QWidget:
        words = _("To change them, every pack has to be made void and issued again.")
        self.ask = Button(_("What that would shut out"), kind="link")
        self.ask.clicked.connect(self.void_asked)
        self._effects = label("", "small", wrap=True)
        self.reason = WordsField(_("Reason, kept in the log"), 1, 3)
        self.reason.typed.connect(self.void_typed)
        self.make = Button("", icon="archive-x", kind="danger", size="compact")
        self.make.clicked.connect(self.void_made)
        self._said = Hint()
        inside = column(self._effects, self.reason, row(self.make, None), self._said, gap=6)
        self._asked = held(inside)
        self._void = held(
            column(
                label(words, "small", "2", wrap=True), row(self.ask, None), self._asked, gap=4
            )
        )
        return self._void

    def _show_void(self, view: VoidView) -> None:
        self._void.setVisible(view.offered)
        self._asked.setVisible(view.asking)
        self._effects.setText("\n".join(view.effects))
        self.reason.show_words(view.reason)
        self.make.show_words(view.step)
        self.make.setEnabled(bool(view.reason.strip()))
        self._said.say(view.said.text, view.said.tone, view.said.icon)
