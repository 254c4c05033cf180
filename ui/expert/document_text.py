"""A Word or Excel document as text: read, searched, quoted; what it holds is never run."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from reviewer_app.core.messages import _
from ui.look.theme import look
from ui.reading.words import joined, places_of, snippet

_MOST_CELLS = 1_500
"""A larger table is set as lines: Qt needs seconds to lay out its cells."""
_STEP = 1.15


class DocumentText(QTextEdit):
    """The words of one document, in order; ``chosen`` when words are chosen or let go."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setAccessibleName(_("Document as text"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(24)
        self.selectionChanged.connect(self.chosen)
        self._places: list[tuple[int, int]] = []
        self._factor = 1.0

    def show_blocks(self, blocks: Sequence[Sequence[Any]]) -> None:
        """Show another document: headings, paragraphs, tables as (kind, text, rows)."""
        self.clear()
        self._places = []
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for kind, text, rows in blocks:
            if kind == "table":
                self._insert_table(cursor, rows)
            else:
                self._insert_words(cursor, str(text), heading=kind == "heading")
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_nothing(self) -> None:
        """Let go of the document."""
        self.clear()
        self._places = []

    def look_for(self, words: str) -> list[dict[str, Any]]:
        """Mark words and return the hits."""
        text = self.toPlainText()
        self._places = places_of(words, text)
        self._show_marks(-1)
        return [
            {"page": 0, "place": place} | snippet(text, first, end)
            for place, (first, end) in enumerate(self._places)
        ]

    def go_hit(self, place: int) -> None:
        """Show one hit."""
        if not 0 <= place < len(self._places):
            return
        cursor = self.textCursor()
        cursor.setPosition(self._places[place][0])
        self.setTextCursor(cursor)
        self._show_marks(place)
        self.ensureCursorVisible()

    def choice(self) -> str:
        """Return the chosen words in one line."""
        return joined(self.textCursor().selectedText())

    def choice_end(self) -> QRect:
        """Return where the chosen words end, in the viewport; empty where none are."""
        return self.cursorRect() if self.textCursor().hasSelection() else QRect()

    def clear_choice(self) -> None:
        """Choose no words."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def zoom(self, step: int) -> None:
        """Enlarge (+1) or reduce (−1); 0 is the usual size."""
        target = max(0.6, min(3.0, self._factor * (_STEP if step > 0 else 1 / _STEP)))
        self._factor = target if step else 1.0
        font = self.font()
        font.setPixelSize(max(6, round(look().px(15) * self._factor)))
        self.setFont(font)

    def zoom_words(self) -> str:
        """Return how large the words are shown."""
        return f"{round(self._factor * 100)}%"

    def _insert_words(self, cursor: QTextCursor, text: str, *, heading: bool) -> None:
        spacing, letters = QTextBlockFormat(), QTextCharFormat()
        spacing.setTopMargin(look().px(12 if heading else 4))
        spacing.setBottomMargin(look().px(4))
        letters.setFontWeight(600 if heading else 400)
        if not cursor.atStart():
            cursor.insertBlock()
        cursor.setBlockFormat(spacing)
        cursor.insertText(text, letters)

    def _insert_table(self, cursor: QTextCursor, rows: Sequence[Sequence[str]]) -> None:
        across = max(map(len, rows), default=0)
        if not across:
            return
        if across * len(rows) > _MOST_CELLS:
            lines = ("　".join(filter(None, row)) for row in rows)
            self._insert_words(cursor, "\n".join(lines), heading=False)
            return
        shape = QTextTableFormat()
        shape.setCellPadding(look().px(4))
        shape.setCellSpacing(0)
        shape.setBorder(1)
        shape.setBorderCollapse(True)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(look().colour("line_strong"))
        table = cursor.insertTable(len(rows), across, shape)
        for down, row in enumerate(rows):
            for right, words in enumerate(row):
                table.cellAt(down, right).firstCursorPosition().insertText(words)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _show_marks(self, here: int) -> None:
        marks = []
        for place, (first, end) in enumerate(self._places):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(first)
            mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            style = QTextCharFormat()
            style.setBackground(look().colour("search"))
            style.setForeground(Qt.GlobalColor.black)
            style.setFontUnderline(place == here)
            mark.format = style
            marks.append(mark)
        self.setExtraSelections(marks)
