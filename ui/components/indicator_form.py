"""The open indicator: guidance, target strip, levels, score, reason, comment, cited pages."""

import re
from html import escape

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from reviewer_app.core.messages import _
from ui.components.banner import Hint
from ui.components.button import Button
from ui.components.flow import Flow
from ui.components.levels import LevelGroup
from ui.components.lines import CitationChip, WordsField
from ui.components.score_field import ScoreField
from ui.components.text import Icon, label, post
from ui.look.scaling import Box, column, empty, row
from ui.look.theme import look
from ui.views import Citation, FormView, LevelView, RowState, StripPart

_FIGURE = re.compile(r"^([≥≤<>≈=]?\s*−?[\d,]+(?:\.\d+)?)(.*)$", re.DOTALL)


class TargetStrip(QFrame):
    """Target, claim and comparison side by side; nothing in it can be edited."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "strip")
        self._row = row(gap=0)
        self.setLayout(self._row)
        self._parts: tuple[StripPart, ...] = ()

    def show_parts(self, parts: tuple[StripPart, ...]) -> None:
        """Show the parts, or nothing at all if there are none."""
        self.setVisible(bool(parts))
        if parts == self._parts:
            return
        self._parts = parts
        empty(self._row)
        for place, part in enumerate(parts):
            if place:
                self._row.addWidget(post())
            self._row.addWidget(self._cell(part), 1)
        self.setAccessibleName("，".join(f"{part.head} {part.text}" for part in parts))

    def _cell(self, part: StripPart) -> QWidget:
        cell = QWidget()
        words = label("", "small", wrap=True)
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setText(figure_in_bold(part.text))
        line = row(gap=5)
        if part.icon:
            line.addWidget(Icon(part.icon, 15, part.tone or "text_2"))
        line.addWidget(words, 1)
        cell.setLayout(
            column(label(part.head, "smallest", "2"), line, margins=(10, 4, 6, 4), gap=0)
        )
        return cell


class IndicatorForm(QFrame):
    """The one open indicator; it says what the person did, and shows what it is told."""

    level_chosen = Signal(int)
    level_pressed = Signal(int)
    score_typed = Signal(str)
    score_settled = Signal(str)
    score_stepped = Signal(int)
    other_chosen = Signal(str)
    reason_typed = Signal(str)
    comment_typed = Signal(str)
    citation_opened = Signal(int)
    citation_removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "open-row")
        self._view: FormView | None = None
        self._narrow = self._explained = False
        self._citations: tuple[Citation, ...] = ()
        self._build()
        self._wire()

    def show_form(self, view: FormView) -> None:
        """Show an indicator; a text that is being typed in the same one is left alone."""
        if self._view is None or self._view.place != view.place:
            self.field.drop()
            self.reason.forget_steps()
            self.comment.forget_steps()
            self._explained = False
        self._view = view
        self._show_head(view)
        self.levels.show_levels(view.levels, view.chosen)
        self._show_answer(view)
        self._show_words(view)
        self._show_citations(view.citations)
        self.setEnabled(True)
        self.setAccessibleName(view.spoken)

    def set_narrow(self, *, narrow: bool) -> None:
        """Fold guidance and strip away behind F2 where the window is narrow."""
        self._narrow = narrow
        if self._view:
            self._show_head(self._view)

    def explain(self) -> None:
        """Show what every level means, or fold that away again."""
        self._explained = not self._explained
        if self._view:
            self._show_head(self._view)
            self._show_descriptor(self._view)

    def end_of_answer(self) -> int:
        """Return how far down that reaches which must be seen while answering, in pixels."""
        parts = [self.field, self._hint, self.reason]
        focus = self.focusWidget()
        if focus and self.isAncestorOf(focus) and focus.hasFocus():
            parts.append(focus)
        ends = [
            part.mapTo(self, QPoint(0, part.height())).y()
            for part in parts
            if not part.isHidden()
        ]
        return max(ends) + look().px(8)

    def changeEvent(self, event: QEvent) -> None:
        """Colour the rich lines anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._view:
            self._show_descriptor(self._view)

    def focusNextPrevChild(self, onward: bool) -> bool:  # noqa: FBT001 - Qt's own
        """Let Tab go from a low mark straight to its reason."""
        if onward and self.field.hasFocus():
            self.field.settle()
            view = self._view
            if view is not None and view.reason_required and not view.reason.strip():
                self.reason.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().focusNextPrevChild(onward)

    def _build(self) -> None:
        self._code = label("", "strong", "accent")
        self._title = label("", "strong", wrap=True)
        self._weight = label("", "small", "2")
        self._guidance = label("", "small", "2", wrap=True)
        self._strip = TargetStrip()
        self.levels = LevelGroup()
        self._descriptor = label("", "small", "2", wrap=True)
        self._descriptor.setTextFormat(Qt.TextFormat.RichText)
        self.field = ScoreField()
        self._unit = label(_("points"), "small", "2")
        self._bounds = label("", "small", "2", wrap=True)
        self._other = Button(_("N/A or abstain"), kind="quiet", icon="")
        self._other.setProperty("cut", "compact")
        self._other.setMenu(self._menu())
        self._hint = Hint()
        self.reason = WordsField("", 2)
        self.comment = WordsField(_("Comment (sent with the sheet)"))
        self._cited = QWidget()
        self._flow = Flow()
        self._cited.setLayout(self._flow)
        self.setLayout(
            column(
                self._head_line(),
                self._guidance,
                self._strip,
                self.levels,
                self._descriptor,
                self._answer_line(),
                self._hint,
                self.reason,
                self.comment,
                self._cited,
                margins=(10, 9, 14, 11),
                gap=7,
            )
        )

    def _head_line(self) -> Box:
        line = row(gap=14)
        line.addWidget(self._code, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._title, 1)
        line.addWidget(self._weight, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _answer_line(self) -> Box:
        self._other.add_chevron()
        line = row(self.field, self._unit, gap=8)
        line.addWidget(self._bounds, 1)
        line.addWidget(self._other)
        return line

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for key, text in (
            (RowState.NOT_APPLICABLE, _("Not applicable")),
            (RowState.ABSTAINED, _("Abstain")),
            (RowState.MISSING, _("Clear this mark")),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _c=False, key=key: self.other_chosen.emit(key))
        return menu

    def _wire(self) -> None:
        self.levels.chosen.connect(self.level_chosen)
        self.levels.pressed.connect(self.level_pressed)
        self.levels.begun.connect(self.field.begin)
        self.field.typed.connect(self.score_typed)
        self.field.settled.connect(self.score_settled)
        self.field.stepped.connect(self.score_stepped)
        self.reason.typed.connect(self.reason_typed)
        self.comment.typed.connect(self.comment_typed)
        self._descriptor.linkActivated.connect(lambda _link: self.explain())

    def _show_head(self, view: FormView) -> None:
        self._code.setText(view.code)
        self._title.setText(view.title)
        facts = [f"{part.head} {part.text}" for part in view.strip] if self._narrow else []
        self._weight.setText("　".join([*facts[:2], view.weight]))
        folded = self._narrow and not self._explained
        self._guidance.setText(view.guidance)
        self._guidance.setVisible(bool(view.guidance) and not folded)
        self._strip.show_parts(() if folded else view.strip)
        self._show_descriptor(view)

    def _show_descriptor(self, view: FormView) -> None:
        chosen = None if view.chosen is None else view.levels[view.chosen]
        described = [level for level in view.levels if level.descriptor]
        if self._explained:
            lines = [_descriptor(level) for level in described]
        elif chosen and chosen.descriptor:
            lines = [_descriptor(chosen)]
        else:
            lines = [escape(view.hint)] if view.hint else []
        if described and (chosen or self._explained):
            words = _("Fold F2") if self._explained else _("All levels F2")
            lines[-1:] = [f"{lines[-1]}&nbsp;&nbsp;&nbsp;{_link(words)}"]
        self._descriptor.setText("<br>".join(lines))
        self._descriptor.setVisible(bool(lines))

    def _show_answer(self, view: FormView) -> None:
        self.field.show_score(view.score, view.field_state)
        self.field.setReadOnly(view.locked)
        self.field.setAccessibleName(_("Score, {bounds}").format(bounds=view.bounds))
        self.levels.setEnabled(not view.locked)
        self._other.setVisible(not view.locked)
        self._bounds.setText(view.bounds)
        others = {
            RowState.NOT_APPLICABLE: _("Not applicable"),
            RowState.ABSTAINED: _("Abstained"),
        }
        words = others.get(view.state, _("N/A or abstain"))
        self._other.show_words(words)
        self._hint.say(view.message.text, view.message.tone, view.message.icon)

    def _show_words(self, view: FormView) -> None:
        self.reason.setVisible(view.reason_needed or bool(view.reason))
        bare = view.reason_required and not view.reason.strip()
        self.reason.setPlaceholderText(view.reason_words)
        self.reason.setAccessibleName(view.reason_words)
        self.reason.show_words(view.reason, "warn" if bare else "")
        self.comment.show_words(view.comment)
        self.comment.setReadOnly(view.locked and not view.levels)

    def _show_citations(self, citations: tuple[Citation, ...]) -> None:
        if citations == self._citations:
            return
        self._citations = citations
        empty(self._flow)
        for place, citation in enumerate(citations):
            chip = CitationChip(citation.text)
            chip.clicked.connect(lambda _c=False, i=place: self.citation_opened.emit(i))
            chip.removed.connect(lambda i=place: self.citation_removed.emit(i))
            self._flow.addWidget(chip)
        self._cited.setVisible(bool(citations))


def figure_in_bold(text: str) -> str:
    """Return ``text`` as rich text, its leading figure bold."""
    found = _FIGURE.match(text)
    return f"<b>{escape(found[1])}</b>{escape(found[2])}" if found else escape(text)


def _descriptor(level: LevelView) -> str:
    ink = look().hex("text")
    name = f'<b style="color:{ink}">{escape(level.name)}</b>'
    return f"{name}&nbsp;&nbsp;&nbsp;{escape(level.descriptor)}"


def _link(words: str) -> str:
    ink = look().hex("accent")
    return f'<a href="levels" style="color:{ink}; text-decoration:none">{escape(words)}</a>'
