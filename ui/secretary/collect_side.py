"""Beside the collect board: the drop zone, late sheets, what was read, what was refused."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.lines import WordsField
from ui.components.places import DropZone
from ui.components.text import Icon, label
from ui.drives import drives
from ui.look.scaling import column, empty, row
from ui.secretary.collect_views import CollectView, RefusedView


class CollectSide(QWidget):
    """The column beside the board; every wish leaves it as a signal."""

    files_given = Signal(list)
    choose_requested = Signal()
    late_typed = Signal(str)
    key_reason_typed = Signal(str, str)
    key_accepted = Signal(str)
    sample_requested = Signal()
    receipts_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._notes, self._refused = column(gap=4), column(gap=12)
        self.zone = self._make_zone()
        self.late = WordsField(_("Why it comes after closing"), 1, 3)
        self.late.typed.connect(self.late_typed)
        self._late_card = Card(
            label(_("Late sheets"), "strong"),
            label(_("Taken only with a reason, and marked so."), "small", "2", wrap=True),
            self.late,
            gap=5,
        )
        self._sample_card = self._make_sample()
        self._notes_card = Card(label(_("Read just now"), "strong"), self._notes, gap=6)
        cards = (self.zone, self._late_card, self._sample_card, self._notes_card)
        body = column(*cards, self._refused, self._make_receipts(), gap=12)
        body.addStretch(1)
        self.setLayout(body)

    def show_collect(self, view: CollectView) -> None:
        """Show what belongs beside the board."""
        self.zone.setVisible(not view.sealed)
        self._late_card.setVisible(view.closed and not view.sealed)
        self.late.show_words(view.late)
        self._sample_card.setVisible(view.sample and not view.working)
        empty(self._notes)
        for note in view.notes:
            self._notes.addWidget(Hint(note.text, note.tone, note.icon))
        self._notes_card.setVisible(bool(view.notes))
        empty(self._refused)
        for each in view.refused:
            self._refused.addWidget(self._refused_card(each))

    def _make_zone(self) -> DropZone:
        stick = Button(_("From the stick"), icon="hard-drive-download")
        stick.clicked.connect(self._on_stick)
        choose = Button(_("Choose files"), icon="folder-open", key="Ctrl O")
        choose.clicked.connect(self.choose_requested)
        zone = DropZone(
            _("Drop score sheets or scans here"),
            _("*.scoresheet, or scanned PDF and pictures"),
            stick,
            choose,
        )
        zone.dropped.connect(self.files_given)
        return zone

    def _make_sample(self) -> Card:
        sample = Button(_("Let them hand in"), icon="play")
        sample.clicked.connect(self.sample_requested)
        words = _("The sample's experts are invented: they can score and sign by themselves.")
        return Card(
            row(Icon("flask-conical", 18, "accent"), label(_("Try it"), "strong"), None, gap=8),
            label(words, "small", "2", wrap=True),
            row(sample, None),
            gap=6,
        )

    def _refused_card(self, view: RefusedView) -> Card:
        head = row(Icon("circle-x", 18, "bad"), label(_("Refused"), "strong"), None, gap=8)
        head.addWidget(label(view.time, "small", "2"))
        copy = Button(_("Copy this text"), icon="copy", size="compact")
        text = f"{view.name}\n{view.why}\n{view.advice}"
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        card = Card(
            head,
            label(view.name, "small-strong", wrap=True),
            label(view.why, "small", wrap=True),
            label(view.advice, "small", "2", wrap=True),
            gap=4,
            state="bad",
        )
        if view.second_key:
            self._add_second_key(card, view.second_key, copy)
        else:
            card.body.put(row(copy, None))
        return card

    def _add_second_key(self, card: Card, expert: str, copy: Button) -> None:
        """Add where a second key is accepted with a reason."""
        field = WordsField(_("Why a second key is accepted"), 1, 3)
        field.typed.connect(lambda words: self.key_reason_typed.emit(expert, words))
        accept = Button(_("Accept the new key"), icon="key-round", size="compact")
        accept.clicked.connect(lambda: self.key_accepted.emit(expert))
        card.body.put(field, row(accept, copy, None))

    def _on_stick(self) -> None:
        sticks = [drive.root for drive in drives()]
        if sticks:
            self.files_given.emit(sticks)
            return
        name = QFileDialog.getExistingDirectory(self, _("Folder with score sheets"))
        if name:
            self.files_given.emit([Path(name)])

    def _make_receipts(self) -> Card:
        words = _(
            "Each expert compares the receipt with the own paper. It proves that the "
            "sheet arrived unaltered and shows no score."
        )
        self.receipts = Button(_("Print the receipts"), kind="link")
        self.receipts.clicked.connect(self.receipts_requested)
        return Card(
            row(label(_("Check the receipts"), "strong"), None, self.receipts, gap=8),
            label(words, "small", "2", wrap=True),
            gap=5,
        )
