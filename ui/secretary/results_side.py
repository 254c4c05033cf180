"""Beside the ranking: re-checks, corrections, stability, agreement, the results code."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.core.messages import _
from ui.components.button import Button
from ui.components.card import Card
from ui.components.text import Icon, code, label, rule
from ui.look.scaling import column, empty, row
from ui.secretary.page import held
from ui.secretary.results_views import (
    CorrectionLine,
    RecheckLine,
    ResultsView,
    StabilityLine,
)

_CARD = (16, 10, 16, 8)


class ResultsSide(QWidget):
    """The column beside the ranking; it advises and changes nothing."""

    detail_requested = Signal(str)
    correction_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rechecks, self._corrections = column(gap=0), column(gap=0)
        self._stability, self._agreement = column(gap=0), row(gap=28)
        head = row(label(_("Re-checks"), "strong"), None)
        head.put(label(_("point, change nothing"), "small", "2"))
        rechecks = Card(head, self._rechecks, margins=_CARD, gap=2)
        self._corrections_card = Card(
            label(_("Corrections"), "strong"), self._corrections, margins=_CARD, gap=2
        )
        self._stability_card = self._make_stability()
        cards = (rechecks, self._corrections_card, self._stability_card)
        body = column(*cards, self._make_agreement(), self._make_digest(), gap=12)
        body.addStretch(1)
        self.setLayout(body)

    def show_results(self, view: ResultsView) -> None:
        """Show what belongs beside the ranking."""
        empty(self._rechecks)
        for each in view.rechecks:
            self._rechecks.addWidget(self._recheck(each))
        empty(self._corrections)
        for line in view.corrections:
            self._corrections.addWidget(self._correction(line))
        self._corrections_card.setVisible(bool(view.corrections))
        self._stability_card.setVisible(bool(view.stability))
        self._stability_title.setText(view.stability_title)
        empty(self._stability)
        for variant in view.stability:
            self._stability.addWidget(_variant(variant))
        self._show_agreement(view)
        self._digest.setText(view.digest)

    # -- building

    def _make_stability(self) -> Card:
        self._stability_title = label("", "small", wrap=True)
        head = row(Icon("scale", 18), label(_("How firm the cut line is"), "strong"), gap=8)
        head.put(None, label(_("advisory"), "small", "2"))
        return Card(head, self._stability_title, self._stability, margins=_CARD, gap=4)

    def _make_agreement(self) -> Card:
        self._agreement_note = label("", "small", "2", wrap=True)
        head = row(label(_("Agreement of the experts"), "strong"), None)
        head.put(label(_("advisory"), "small", "2"))
        return Card(head, self._agreement, self._agreement_note, margins=_CARD, gap=4)

    def _make_digest(self) -> Card:
        self._digest = code()
        text = _("Results code; two machines are compared with the minutes")
        words = label(text, "small", "2", wrap=True)
        return Card(words, self._digest, margins=(16, 10, 16, 10), gap=2)

    # -- showing

    def _recheck(self, each: RecheckLine) -> QWidget:
        icon, tone = ("triangle-alert", "warn") if each.found else ("circle-check", "ok")
        line = row(Icon(icon, 18, tone), margins=(0, 4, 0, 4), gap=9)
        line.addWidget(label(each.name, "", wrap=True), 1)
        if each.found:
            link = Button(each.where, kind="link")
            link.clicked.connect(lambda: self.detail_requested.emit(each.application))
            line.addWidget(link)
        line.addWidget(label(str(each.found), "strong"))
        return held(line, f"{each.name} {each.found} {each.where}")

    def _correction(self, each: CorrectionLine) -> QWidget:
        line = row(Icon(each.icon, 18, each.tone), margins=(0, 4, 0, 4), gap=9)
        link = Button(each.what, kind="link")
        link.clicked.connect(lambda: self.correction_requested.emit(each.number))
        line.put(link, None, label(each.state, "small", "2"))
        return held(line, f"{each.what} {each.state}")

    def _show_agreement(self, view: ResultsView) -> None:
        empty(self._agreement)
        for name, figure in view.agreement:
            parts = column(label(name, "small", "2"), label(figure, "card-title"), gap=0)
            self._agreement.addWidget(held(parts, f"{name} {figure}"))
        self._agreement.addStretch(1)
        self._agreement_note.setText(view.agreement_note)


def _variant(each: StabilityLine) -> QWidget:
    line = row(margins=(0, 4, 0, 4), gap=8)
    line.addWidget(label(each.name, "small", wrap=True), 1)
    line.addWidget(label(each.outcome, "small-strong"))
    words = _("changes") if each.changes else _("stays")
    line.addWidget(label(words, "small", "warn" if each.changes else "ok"))
    return held(column(line, rule()), f"{each.name} {each.outcome} {words}")
