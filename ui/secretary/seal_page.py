"""The archive page: points that fail first, what goes in, the archive and its verification."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import _, ngettext
from ui.components.banner import Banner
from ui.components.button import Button
from ui.components.card import Card
from ui.components.confirm import ConfirmCard
from ui.components.places import ProgressCard
from ui.components.table import Table
from ui.components.text import Icon, code, label, rule
from ui.look.scaling import column, empty, row
from ui.secretary.page import StepPage, TwoColumns, held, side
from ui.secretary.seal_views import SealLine, SealView, mend_words
from ui.views import Cell, Column, TableRow, state


class SealPage(StepPage):
    """One plain ZIP with everything; every wish leaves it as a signal."""

    scans_given = Signal(list)
    place_chosen = Signal(object)
    verify_chosen = Signal(object)
    cancel_requested = Signal()
    mend_requested = Signal(str)
    write_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._working = ""
        self._view: SealView | None = None
        self.progress = ProgressCard()
        self.progress.cancelled.connect(self.cancel_requested)
        self.progress.hide()
        self._notice = Banner()
        self._notice.hide()
        self.table = Table(
            _("Points"),
            (Column("", 100), Column(_("Point"), 230), Column(_("Found"))),
            sortable=False,
        )
        self._open_points = column(gap=0)
        left = QWidget()
        self.confirm = ConfirmCard("archive")
        self.confirm.taken_back.connect(self.cancel_requested)
        lane = column(self.progress, self._notice, self.confirm, gap=10)
        lane.addWidget(self._make_list(), 1)
        left.setLayout(lane)
        self._write = Button(_("Write the archive"), icon="archive", size="tall")
        self._write.clicked.connect(self.write_requested)
        self.foot.add_button(self._write)
        self.lay(TwoColumns(left, self._make_side(), tables=[self.table]))
        self._lay.setStretch(0, 1)

    def show_seal(self, view: SealView) -> None:
        """Show the page as it stands."""
        self._view = view
        if view.working and view.working != self._working:
            self.progress.begin(view.working, view.keeps, cancellable=bool(view.keeps))
        self.settle_focus(self.progress.cancel, before=self._working, now=view.working)
        self._working = view.working
        self.progress.setVisible(bool(view.working))
        tone = view.notice.tone if view.notice.tone in ("ok", "warn", "bad") else ""
        self._notice.say(view.notice.text, "", tone)
        self._notice.setVisible(bool(view.notice.text))
        self._title.setText(view.title)
        self._counts.setText(view.counts)
        self._show_lines(view)
        self._show_facts(view)
        self._archive.setText(view.archive or _("not written yet"))
        self._code.setText(view.code)
        self._open.setVisible(bool(view.archive))
        self._scans.setVisible(view.editable)
        self._show_confirm(view)
        named = view.foot.primary == self._write.text()
        self._write.setVisible(view.editable and not view.lacking and not named)
        self._write.setEnabled(view.can_write)
        waited = not self.foot.primary.isEnabled()
        self.foot.show_foot(view.foot)
        if waited and view.foot.enabled and not view.working:
            QTimer.singleShot(0, self.begin)

    def ask_place(self, proposed: Path) -> None:
        """Ask where the archive goes."""
        proposed.parent.mkdir(parents=True, exist_ok=True)
        kinds = _("Archives (*.zip)")
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Write the archive"), str(proposed), kinds
        )
        if name:
            self.place_chosen.emit(Path(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops writing, or takes back the wish to archive with points open."""
        if event.key() == Qt.Key.Key_Escape and (self._working or self.confirm.isVisible()):
            self.cancel_requested.emit()
            return
        super().keyPressEvent(event)

    # -- building

    def _make_list(self) -> Card:
        self._title, self._counts = label("", "card-title"), label("", "small", "2")
        head = row(self._title, self._counts, None, margins=(8, 4, 8, 4), gap=12)
        words = label(
            _("Anyone can derive every figure again with verify.py from the archive."),
            "small",
            "2",
            wrap=True,
        )
        below = row(Icon("info", 16), margins=(8, 8, 8, 4), gap=8)
        below.addWidget(words, 1)
        card = Card(head, margins=(8, 6, 8, 6), gap=0)
        card.body.put(self._open_points)
        card.body.addWidget(self.table, 1)
        card.body.put(rule(), below)
        return card

    def _open_point(self, line: SealLine) -> QWidget:
        button = Button(mend_words(line.act), size="compact")
        button.setAccessibleName(f"{line.what}　{button.text()}")
        button.clicked.connect(lambda: self.mend_requested.emit(line.act))
        parts = row(Icon("circle-x", 18, "bad"), margins=(8, 7, 8, 7), gap=10)
        parts.addWidget(label(line.what, "strong", wrap=True), 1)
        parts.put(label(line.detail, "small", "2"), button)
        return held(column(parts, rule()), f"{line.what} {line.detail}")

    def _make_side(self) -> QWidget:
        self._facts = column(gap=0)
        self._scans = Button(_("Attach scans"), icon="file-up", size="compact")
        self._scans.clicked.connect(self.choose_scans)
        contents = Card(
            label(_("What goes in"), "strong"), self._facts, row(self._scans, None), gap=4
        )
        self._archive, self._code = label("", "small", "2", wrap=True), code()
        self._open = Button(_("Open the folder"), icon="folder-open")
        self._open.clicked.connect(self._on_open)
        other = Button(_("Verify a file"), icon="shield-check")
        other.clicked.connect(self._on_verify)
        archive = Card(
            label(_("The archive"), "strong"),
            self._archive,
            label(_("Results code"), "small", "2"),
            self._code,
            row(self._open, other, None, gap=8),
            gap=5,
        )
        return side(contents, archive)

    def _show_lines(self, view: SealView) -> None:
        """Show what can be mended here above, each with its button, and the rest as a table."""
        words = {True: state("done", _("holds")), False: state("attention", _("open"))}
        empty(self._open_points)
        rows = []
        for place, line in enumerate(view.lines):
            if not line.ok and line.act and view.editable:
                self._open_points.addWidget(self._open_point(line))
                continue
            chip, detail = Cell(chip=words[line.ok]), Cell(line.detail, tone="text_2")
            rows.append(TableRow(f"{place}", (chip, Cell(line.what), detail)))
        self.table.show_rows(rows)

    def _show_facts(self, view: SealView) -> None:
        empty(self._facts)
        for name, figure in view.facts:
            line = row(label(name, "small"), None, label(figure, "small"), margins=(0, 5, 0, 5))
            holder = QWidget()
            holder.setLayout(column(line, rule()))
            self._facts.addWidget(holder)

    def _show_confirm(self, view: SealView) -> None:
        count = len(view.lacking)
        question = ngettext(
            "Archive now, with {count} point open? It stays missing for good",
            "Archive now, with {count} points open? They stay missing for good",
            count,
        ).format(count=count)
        self.confirm.ask(question, "\n".join(f"{x.what}　{x.detail}" for x in view.lacking))
        if self.confirm.isHidden() == bool(view.lacking):
            self.confirm.setVisible(bool(view.lacking))
            QTimer.singleShot(0, self.begin)

    # -- acts

    def choose_scans(self) -> None:
        """Ask for scans of signed papers."""
        kinds = _("Scans (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)")
        names, _kind = QFileDialog.getOpenFileNames(self, _("Attach scans"), "", kinds)
        if names:
            self.scans_given.emit([Path(name) for name in names])

    def _on_verify(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Verify a file"))
        if name:
            self.verify_chosen.emit(Path(name))

    def _on_open(self) -> None:
        if self._view and self._view.archive:
            folder = Path(self._view.archive).parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
