"""The correction, in the ranking's place: four steps, old beside new, the effect beside it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Banner, Hint
from ui.components.button import Button
from ui.components.card import Card
from ui.components.chip import StateChip
from ui.components.choice import Choice
from ui.components.lines import Field, WordsField
from ui.components.text import Icon, label, rule
from ui.look.scaling import column, empty, fix, row
from ui.secretary.correction_views import Box, CorrectionStep, CorrectionView, EffectLine
from ui.secretary.page import TwoColumns, held, side
from ui.views import State


class CorrectionPane(QWidget):
    """No dialog but the one that finds the new sheet; every wish leaves it as a signal."""

    back_requested = Signal()
    chosen = Signal(str, str)
    typed = Signal(str, str)
    tried = Signal(str)
    sheets_given = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.may_keep = False
        self._editable = True
        self.keep = Button(_("The expert keeps the mark"), size="tall")
        self._steps = row(gap=0)
        self._notice, self._others = Banner(), Hint()
        self._title, self._chip = label("", "card-title"), StateChip(State("", "circle-dot"))
        self.choices: dict[str, Choice] = {}
        self._facts = {name: label("", wrap=True) for name in self._names()}
        self._boxes = row(gap=12)
        self.ground = self._words("ground", _("Ground, in words of the finding"))
        self.note = self._words("note", _("What the expert is asked (printed)"))
        self.keep_reason = self._words("keep", _("Why the expert keeps the mark (printed)"))
        self._effect = column(gap=0)
        columns = TwoColumns(self._make_left(), self._make_side(), 372)
        lane = column(self._make_head())
        lane.addWidget(columns, 1)
        self.setLayout(lane)

    def show_correction(self, view: CorrectionView) -> None:
        """Show the correction as it stands."""
        self._editable, self.may_keep = view.editable, bool(view.chip.tone == "accent")
        self._title.setText(view.title)
        self._chip.show_state(State(view.chip.text, view.chip.icon, view.chip.tone))
        empty(self._steps)
        for place, step in enumerate(view.steps, start=1):
            self._steps.addWidget(_step(place, step), 1)
        self._notice.say(view.notice.text, "", _tint(view.notice.tone))
        self._notice.setVisible(bool(view.notice.text))
        self._show_wish(view)
        empty(self._boxes)
        self._boxes.addWidget(_box(view.old), 1)
        self._boxes.addWidget(Icon("arrow-right", 22))
        self._boxes.addWidget(_box(view.new), 1)
        self._others.say(view.others.text, view.others.tone, view.others.icon)
        self._keep_box.setVisible(view.keeping)
        self.keep_reason.show_words(view.keep_reason)
        self._show_effect(view)

    def begin(self) -> None:
        """Give the keyboard to the ground, or to what is beside the new sheet."""
        target: QWidget = self.ground if self._editable else self.trial
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_keep(self) -> None:
        """Give the keyboard to why the mark is kept."""
        self.keep_reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_sheet(self) -> None:
        """Ask for the expert's new sheet."""
        if not self.isVisible() or self._editable:
            return
        kinds = _("Sheets and scans (*.scoresheet *.pdf *.png *.jpg *.jpeg *.tif *.tiff *.txt)")
        names, _kind = QFileDialog.getOpenFileNames(self, _("The new sheet"), "", kinds)
        if names:
            self.sheets_given.emit([Path(name) for name in names])

    # -- building

    def _names(self) -> dict[str, str]:
        return {
            "application": _("Application"),
            "indicator": _("Indicator"),
            "expert": _("Expert"),
        }

    def _words(self, name: str, words: str) -> WordsField:
        field = WordsField(words, 2, 5)
        field.typed.connect(lambda text: self.typed.emit(name, text))
        return field

    def _make_head(self) -> QWidget:
        back = Button(_("Results"), kind="quiet", icon="arrow-left", key="Esc")
        back.clicked.connect(self.back_requested)
        words = label(_("The old value stays; the expert signs the new one"), "small", "2")
        head = row(back, label(_("Correction"), "card-title"), words, None, gap=10)
        steps = Card(self._steps, margins=(0, 0, 0, 0))
        return held(column(head, steps, margins=(20, 8, 20, 0), gap=8))

    def _make_left(self) -> QWidget:
        head = row(self._title, None, self._chip)
        card = Card(self._notice, head, gap=8)
        self._notice.hide()
        for name, words in self._names().items():
            choice = Choice(words)
            choice.activated.connect(
                lambda place, name=name, choice=choice: self.chosen.emit(
                    name, str(choice.itemData(place))
                )
            )
            self.choices[name] = choice
            title = label(words, "small", "2")
            fix(title, width=76)
            line = row(title, gap=12)
            line.addWidget(choice, 1)
            line.addWidget(self._facts[name], 1)
            card.body.put(line, rule())
        card.body.put(label(_("Ground"), "strong"), self.ground)
        card.body.put(self._boxes, self._others)
        asked = row(label(_("To the expert"), "strong"), None)
        asked.put(label(_("printed with the slip"), "small", "2"))
        card.body.put(asked, self.note)
        kept = label(_("Why the expert keeps the mark"), "strong")
        self._keep_box = held(column(kept, self.keep_reason, gap=4))
        card.body.put(self._keep_box, None)
        return card

    def _make_side(self) -> QWidget:
        self.trial = Field()
        self.trial.setAccessibleName(_("If it were"))
        self.trial.setAlignment(Qt.AlignmentFlag.AlignRight)
        fix(self.trial, width=90)
        self.trial.textEdited.connect(self.tried)
        self._note = Hint()
        head = column(label(_("What it would change"), "strong"))
        head.put(label(_("an estimate until the new sheet is here"), "small", "2", wrap=True))
        line = row(label(_("If it were"), "small", "2"), self.trial, None)
        self._trial_box = held(column(line, self._effect, self._note, gap=6))
        effect = Card(head, self._trial_box, gap=6)
        self._how = label("", "small", wrap=True)
        how = Card(label(_("What the expert does"), "strong"), self._how, gap=6)
        words = _("Leaving this page loses nothing: the correction stays beside the ranking.")
        self._kept = Banner(words)
        return side(effect, how, self._kept)

    # -- showing

    def _show_wish(self, view: CorrectionView) -> None:
        wish = view.wish
        offers = {
            "application": (view.applications, str(wish.application)),
            "indicator": (view.indicators, wish.indicator),
            "expert": (view.experts, str(wish.expert)),
        }
        for name, (choices, key) in offers.items():
            self.choices[name].offer(list(choices), key)
            self.choices[name].setVisible(view.editable)
            self._facts[name].setText(dict(choices).get(key, key))
            self._facts[name].setVisible(not view.editable)
        for field, text in ((self.ground, wish.ground), (self.note, wish.note)):
            field.show_words(text)
            field.setReadOnly(not view.editable)
        self._how.setText(_how(wish.expert, wish.application, wish.indicator))

    def _show_effect(self, view: CorrectionView) -> None:
        self._trial_box.setEnabled(bool(view.wish.indicator))
        if self.trial.text() != view.trial:
            self.trial.setText(view.trial)
        note = view.trial_note
        words = "" if view.wish.indicator else _("Choose one indicator for an estimate.")
        self._note.say(words or note.text, note.tone, note.icon)
        empty(self._effect)
        if view.effect:
            self._effect.addWidget(_effect(EffectLine("", _("now"), _("then")), head=True))
        for each in view.effect:
            self._effect.addWidget(_effect(each))


def _how(expert: str, application: str, indicator: str) -> str:
    change = indicator or _("the marks")
    return _(
        "1　Expert {expert} opens this round's pack and asks for a new revision\n"
        "2　changes {indicator} of {application} and writes the reason\n"
        "3　signs again, writes the stick, prints"
    ).format(expert=expert, indicator=change, application=application)


def _step(place: int, step: CorrectionStep) -> QWidget:
    icon, tone = ("circle-check", "ok") if step.done else ("circle-dashed", "text_2")
    if step.current:
        icon, tone = "circle-dot", "accent"
    words = column(
        label(f"{place}　{step.name}", "strong" if step.current else "", wrap=True),
        label(step.words, "small", "2", wrap=True),
    )
    line = row(Icon(icon, 22, tone), margins=(12, 6, 12, 6), gap=10)
    line.addLayout(words, 1)
    state = _("done") if step.done else _("now") if step.current else _("not yet")
    return held(line, f"{place} {step.name} {step.words} {state}")


def _box(view: Box) -> QWidget:
    figure = label(view.figure, "card-title", wrap=True)
    words = label(view.words, "small", "2", wrap=True)
    card = Card(label(view.title, "small", "2", wrap=True), figure, words, gap=2)
    card.setAccessibleName(f"{view.title} {view.figure}")
    return card


def _effect(each: EffectLine, *, head: bool = False) -> QWidget:
    role, tone = ("small", "2") if head else ("", "")
    line = row(margins=(0, 5, 0, 5), gap=8)
    line.addWidget(label(each.name, role, tone, wrap=True), 1)
    for text, strong in ((each.now, False), (each.then, not head)):
        figure = label(text, "strong" if strong else role, tone)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        fix(figure, width=72)
        line.addWidget(figure)
    return held(column(line, rule()), f"{each.name} {each.now} {each.then}")


def _tint(tone: str) -> str:
    return tone if tone in ("ok", "warn", "bad") else ""
