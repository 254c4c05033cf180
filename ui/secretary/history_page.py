"""The page of results by unit over the years: units, results, what the documents foresee."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.card import Card
from ui.components.table import Table
from ui.components.text import Icon, label
from ui.look.scaling import column, empty, fix, row
from ui.secretary.aside_pages import AsidePage
from ui.secretary.history_presenter import HistoryView, ProposalView
from ui.secretary.page import TwoColumns, held, side
from ui.views import Column


class HistoryPage(AsidePage):
    """Units at the left, one unit's results, and at the right what follows by the rules."""

    unit_requested = Signal(str)
    archives_given = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.units = Table(_("Units"), (Column(_("Unit")), Column("", 86)), sortable=False)
        self.units.chosen.connect(self.unit_requested)
        self.table = Table(
            _("Results by unit"),
            (
                Column(_("Date"), 106),
                Column(_("Round and application")),
                Column(_("Result"), 70, right=True),
                Column(_("Rank"), 54, right=True),
                Column(_("Band"), 66),
            ),
            sortable=False,
        )
        left = Card(margins=(6, 6, 6, 6), gap=0)
        left.body.addWidget(self.units, 1)
        self.archives = Button(_("Take in archives"), icon="archive-restore", key="Ctrl O")
        self.archives.clicked.connect(self.choose_archives)
        self.key("Ctrl+O", self.choose_archives)
        left.body.addLayout(row(self.archives, None, margins=(6, 8, 6, 6)))
        fix(left, width=236)
        self._title, self._words = (
            label("", "card-title", wrap=True),
            label("", "", "2", wrap=True),
        )
        middle = Card(self._title, self._words, margins=(12, 10, 12, 8), gap=6)
        middle.body.addWidget(self.table, 1)
        both = row(left, gap=16)
        both.addWidget(middle, 1)
        self._proposals = column(gap=10)
        head = row(Icon("scale", 18), label(_("What the documents foresee"), "strong"), gap=8)
        self._none = label(
            _("Nothing follows from these results by the rules."), "", "2", wrap=True
        )
        foreseen = Card(head, self._none, self._proposals, gap=8)
        self.lay(TwoColumns(held(both), side(foreseen), 264))
        self._lay.setStretch(0, 1)

    def show_history(self, view: HistoryView) -> None:
        """Show the units and one unit's results."""
        self.units.show_rows(view.units)
        self.units.select(view.unit)
        self._title.setText(view.unit)
        self._words.setText(view.words)
        self._words.setVisible(bool(view.words))
        self.table.show_rows(view.rows)
        empty(self._proposals)
        for each in view.proposals:
            self._proposals.addWidget(_proposal(each))
        self._none.setVisible(not view.proposals)
        self.foot.show_foot(view.foot)

    def choose_archives(self) -> None:
        """Ask for sealed archives of earlier years."""
        kinds = _("Archives (*.zip)")
        names, _kind = QFileDialog.getOpenFileNames(self, _("Take in archives"), "", kinds)
        if names:
            self.archives_given.emit([Path(name) for name in names])

    def begin(self) -> None:
        """Give the keyboard to the units."""
        self.units.setFocus(Qt.FocusReason.OtherFocusReason)


def _proposal(each: ProposalView) -> QWidget:
    what = row(Icon("triangle-alert", 18, "warn"), gap=8)
    what.addWidget(label(each.what, "strong", wrap=True), 1)
    card = Card(
        what,
        label(each.quote, "", wrap=True),
        label(each.source, "small", "2", wrap=True),
        label(each.evidence, "small", "2", wrap=True),
        margins=(12, 10, 12, 10),
        gap=4,
        state="warn",
    )
    card.setAccessibleName(f"{each.what} {each.quote} {each.source} {each.evidence}")
    return card
