"""The right side of the compare page: the cell in words, own ranking, what is to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from reviewer_app.core.messages import _
from ui.components.check import LinkLine
from ui.components.rank_list import RankList
from ui.components.text import key, label, rule
from ui.expert.compare_views import CompareView, Gap
from ui.look.scaling import Box, column, empty, fix, row


class CompareSide(QScrollArea):
    """The side; ``gap_opened`` carries application and indicator of a gap to go to."""

    gap_opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._gaps_shown: tuple[Gap, ...] = ()
        side = column(self._make_card(), rule())
        side.addLayout(self._make_ranking())
        side.addWidget(rule())
        side.addLayout(self._make_gaps())
        side.addStretch(1)
        inside = QWidget()
        inside.setProperty("ground", "rail")
        inside.setLayout(side)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fix(self, width=352)

    def show_side(self, view: CompareView) -> None:
        """Show the side as it stands."""
        card = view.card
        self._application.setText(card.application)
        self._level.setText(card.level)
        self._indicator.setText(card.indicator)
        said = ((self._panel, card.panel), (self._comment, card.comment))
        for words, text in (*said, (self._cited, card.citations)):
            words.setText(text)
            words.setVisible(bool(text))
        self._ranking.show_lines(view.ranking, view.number)
        self._gap_count.setText(view.gap_count)
        self._more.setText(view.more_gaps)
        self._more.setVisible(bool(view.more_gaps))
        if view.gaps != self._gaps_shown:
            self._show_gaps(view.gaps)

    def _make_card(self) -> QWidget:
        self._application = label("", "strong", wrap=True)
        self._level = label("", "small", "2")
        self._indicator = label("", "small", "2", wrap=True)
        self._panel = label("", "small-strong", wrap=True)
        self._comment = label("", "small", wrap=True)
        self._cited = label("", "small", "accent", wrap=True)
        head = row(gap=8)
        head.addWidget(self._application, 1)
        head.addWidget(self._level, 0, Qt.AlignmentFlag.AlignTop)
        keys = row(gap=6)
        for name, words in (
            ("Enter", _("down")),
            ("Tab", _("right")),
            ("F5", _("open the item")),
        ):
            keys.put(key(name), label(words, "smallest", "2"))
        keys.addStretch(1)
        parts = (head, self._indicator, self._panel, self._comment, self._cited, keys)
        card = QWidget()
        card.setLayout(column(*parts, margins=(14, 10, 14, 10), gap=3))
        return card

    def _make_ranking(self) -> Box:
        self._ranking = RankList(_("In the order of my totals"))
        hint = row(
            label(_("Last column: behind the one before;"), "smallest", "2"),
            label(_("under 0.5 is marked"), "smallest", "warn"),
            None,
            gap=4,
        )
        return column(
            row(
                label(_("In the order of my totals"), "strong"),
                None,
                label(_("for you alone"), "small", "2"),
            ),
            self._ranking,
            hint,
            margins=(14, 8, 14, 8),
            gap=4,
        )

    def _make_gaps(self) -> Box:
        self._gaps = column(gap=2)
        self._gap_count = label("", "small", "2")
        self._more = label("", "small", "2")
        holder = QWidget()
        holder.setLayout(self._gaps)
        return column(
            row(label(_("To do"), "strong"), None, self._gap_count),
            holder,
            self._more,
            margins=(14, 8, 14, 8),
            gap=4,
        )

    def _show_gaps(self, gaps: tuple[Gap, ...]) -> None:
        self._gaps_shown = gaps
        empty(self._gaps)
        for gap in gaps:
            line = LinkLine(gap.words, gap.icon, "warn")
            line.clicked.connect(lambda _c=False, g=gap: self.gap_opened.emit(g.number, g.code))
            self._gaps.addWidget(line)
