"""The collect page: the board at the left; the drop zone and what was refused at the right."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner, Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.lines import WordsField
from ui.components.places import DropZone, ProgressCard
from ui.components.table import Table
from ui.components.text import Icon, label, rule
from ui.drives import drives
from ui.look.scaling import column, empty, fix, row
from ui.secretary.collect_views import CollectView, RefusedView
from ui.secretary.page import StepPage, TwoColumns, side
from ui.views import Column


class CollectPage(StepPage):
    """Who has handed in; every wish leaves it as a signal, and no score enters it."""

    files_given = Signal(list)
    reason_typed = Signal(str)
    late_typed = Signal(str)
    key_reason_typed = Signal(str, str)
    key_accepted = Signal(str)
    close_requested = Signal()
    statement_requested = Signal()
    roster_chosen = Signal(object)
    sample_requested = Signal()
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._working, self._confirming = "", False
        self._make_board()
        left = QWidget()
        lane = column(self.progress, self.trouble, self._confirm, gap=10)
        lane.addWidget(self._board, 1)
        left.setLayout(lane)
        self._close = Button(_("Close and see the results"), icon="lock", size="tall")
        self._close.clicked.connect(self.close_requested)
        self._statement = Button(_("Closing statement"), icon="printer", size="tall")
        self._statement.clicked.connect(self.statement_requested)
        self.foot.add_button(self._close)
        self.foot.add_button(self._statement)
        self.lay(TwoColumns(left, self._make_side(), 356))
        self._lay.setStretch(0, 1)
        self.zone.watch(self)
        self.key("Ctrl+O", self.choose_files)

    def show_collect(self, view: CollectView) -> None:
        """Show the page as it stands."""
        if view.working and view.working != self._working:
            keeps = _("What has been taken in stays; taking a file in twice changes nothing.")
            self.progress.begin(view.working, keeps)
        self.settle_focus(self.progress.cancel, before=self._working, now=view.working)
        self._working, self._confirming = view.working, view.confirming
        self.progress.setVisible(bool(view.working))
        self.table.show_rows(view.rows)
        self._counts.setText(view.counts)
        self._bar.setValue(round(view.share * 1000))
        self._hidden.setVisible(not view.closed)
        self.trouble.setVisible(bool(view.trouble.text))
        self.trouble.say(view.trouble.text, "", "bad")
        self._show_confirm(view)
        self.zone.setVisible(not view.sealed)
        self._late_card.setVisible(view.closed and not view.sealed)
        self.late.show_words(view.late)
        self._sample_card.setVisible(view.sample and not view.working)
        self._show_notes(view)
        self._show_refused(view.refused)
        self._roster.setVisible(not view.closed)
        self._morning.setVisible(not view.closed)
        self._close.setVisible(not view.closed and not view.confirming and bool(view.missing))
        self._close.setEnabled(view.can_close)
        self._statement.setVisible(view.closed)
        self.foot.show_foot(view.foot)

    def choose_files(self) -> None:
        """Ask for sheets or scans."""
        kinds = _("Sheets and scans (*.scoresheet *.pdf *.png *.jpg *.jpeg *.tif *.tiff *.txt)")
        names, _kind = QFileDialog.getOpenFileNames(self, _("Take in sheets"), "", kinds)
        if names:
            self.files_given.emit([Path(name) for name in names])

    def focus_reason(self) -> None:
        """Give the keyboard to the reason for closing without every sheet."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops reading, or takes back the wish to close."""
        if event.key() == Qt.Key.Key_Escape and (self._working or self._confirming):
            self.cancel_requested.emit()
            return
        super().keyPressEvent(event)

    # -- building

    def _make_board(self) -> None:
        self.progress = ProgressCard()
        self.progress.cancelled.connect(self.cancel_requested)
        self.progress.hide()
        self.trouble = Banner(tone="bad")
        self._make_confirm()
        self.table = Table(
            _("Score sheets"),
            (
                Column(_("No."), 48),
                Column(_("Expert")),
                Column(_("State"), 96),
                Column(_("Revision"), 66),
                Column(_("Time"), 82),
                Column(_("Way"), 74),
                Column(_("Receipt"), 166),
            ),
        )
        self._counts = label("", "small", "2")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setProperty("kind", "thin")
        fix(self._bar, width=110)
        self._hidden = QWidget()
        words = label(_("No score can be seen before closing"), "small", "2")
        self._hidden.setLayout(row(Icon("eye-off", 16), words, gap=6))
        head = row(label(_("Score sheets"), "card-title"), margins=(8, 4, 8, 4), gap=12)
        head.put(self._counts, self._bar, None, self._hidden)
        self._roster = Button(_("replace or withdraw an expert"), kind="link")
        self._roster.clicked.connect(self._on_roster)
        self._morning = label(_("On the morning:"), "small", "2")
        below = row(Icon("info", 16), margins=(8, 8, 8, 4), gap=8)
        below.put(
            label(_("Taking a file in twice changes nothing."), "small", "2"),
            self._morning,
            self._roster,
            None,
        )
        self._board = Card(head, margins=(8, 6, 8, 6), gap=0)
        self._board.body.addWidget(self.table, 1)
        self._board.body.put(rule(), below)

    def _make_confirm(self) -> None:
        self._ask = label("", "strong", wrap=True)
        words = _(
            "Nothing more can be handed in then, except late with a reason. The closing "
            "statement is written for supervisor and experts to sign."
        )
        self.reason = WordsField(_("Why it is closed without them (printed)"), 1, 3)
        self.reason.typed.connect(self.reason_typed)
        cancel = Button(_("Not yet"), kind="quiet", key="Esc")
        cancel.clicked.connect(self.cancel_requested)
        title = row(Icon("lock", 18, "warn"), gap=8)
        title.addWidget(self._ask, 1)
        title.addWidget(cancel)
        self._confirm = Card(
            title, label(words, "small", "2", wrap=True), self.reason, gap=6, state="warn"
        )

    def _make_side(self) -> QWidget:
        stick = Button(_("From the stick"), icon="hard-drive-download")
        stick.clicked.connect(self._on_stick)
        choose = Button(_("Choose files"), icon="folder-open")
        choose.clicked.connect(self.choose_files)
        self.zone = DropZone(
            _("Drop score sheets or scans here"),
            _("*.scoresheet, or scanned PDF and pictures"),
            stick,
            choose,
        )
        self.zone.dropped.connect(self.files_given)
        self.late = WordsField(_("Why it comes after closing"), 1, 3)
        self.late.typed.connect(self.late_typed)
        self._late_card = Card(
            label(_("Late sheets"), "strong"),
            label(_("Taken only with a reason, and marked so."), "small", "2", wrap=True),
            self.late,
            gap=5,
        )
        sample = Button(_("Let them hand in"), icon="play")
        sample.clicked.connect(self.sample_requested)
        words = _("The sample's experts are invented: they can score and sign by themselves.")
        self._sample_card = Card(
            row(Icon("flask-conical", 18, "accent"), label(_("Try it"), "strong"), None, gap=8),
            label(words, "small", "2", wrap=True),
            row(sample, None),
            gap=6,
        )
        self._notes, self._notes_card = column(gap=4), Card(gap=6)
        self._notes_card.body.put(label(_("Read just now"), "strong"), self._notes)
        self._refused = column(gap=12)
        receipts = Card(
            label(_("Check the receipts"), "strong"),
            label(
                _(
                    "Each expert compares the receipt with the own paper. It proves that the "
                    "sheet arrived unaltered and shows no score."
                ),
                "small",
                "2",
                wrap=True,
            ),
            gap=5,
        )
        return side(
            self.zone,
            self._late_card,
            self._sample_card,
            self._notes_card,
            self._refused,
            receipts,
        )

    # -- showing

    def _show_confirm(self, view: CollectView) -> None:
        self._confirm.setVisible(view.confirming)
        words = _("Close collection for good?")
        if view.missing:
            words = _("Close collection without {names}?").format(names=view.missing)
        self._ask.setText(words)
        self.reason.setVisible(bool(view.missing))
        self.reason.show_words(view.reason)

    def _show_notes(self, view: CollectView) -> None:
        empty(self._notes)
        for note in view.notes:
            self._notes.addWidget(Hint(note.text, note.tone, note.icon))
        self._notes_card.setVisible(bool(view.notes))

    def _show_refused(self, refused: tuple[RefusedView, ...]) -> None:
        empty(self._refused)
        for each in refused:
            self._refused.addWidget(self._refused_card(each))

    def _refused_card(self, view: RefusedView) -> Card:
        name = label(view.name, "small-strong", wrap=True)
        head = row(Icon("circle-x", 18, "bad"), label(_("Refused"), "strong"), None, gap=8)
        head.addWidget(label(view.time, "small", "2"))
        copy = Button(_("Copy this text"), icon="copy", size="compact")
        text = f"{view.name}\n{view.why}\n{view.advice}"
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        card = Card(
            head,
            name,
            label(view.why, "small", wrap=True),
            label(view.advice, "small", "2", wrap=True),
            gap=4,
            state="bad",
        )
        if view.second_key:
            field = WordsField(_("Why a second key is accepted"), 1, 3)
            field.typed.connect(
                lambda words: self.key_reason_typed.emit(view.second_key, words)
            )
            accept = Button(_("Accept the new key"), icon="key-round", size="compact")
            accept.clicked.connect(lambda: self.key_accepted.emit(view.second_key))
            card.body.put(field, row(accept, copy, None))
        else:
            card.body.put(row(copy, None))
        return card

    # -- acts

    def _on_stick(self) -> None:
        sticks = [drive.root for drive in drives()]
        if sticks:
            self.files_given.emit(sticks)
            return
        name = QFileDialog.getExistingDirectory(self, _("Folder with score sheets"))
        if name:
            self.files_given.emit([Path(name)])

    def _on_roster(self) -> None:
        kinds = _("Roster changes (*.toml)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Roster change"), "", kinds)
        if name:
            self.roster_chosen.emit(Path(name))
