"""The papers of collecting: who is to be reminded, receipts, the closing statement; no Qt."""

from collections.abc import Callable
from pathlib import Path

from reviewer_app.core.errors import ReviewerError
from reviewer_app.services.closing import closing_statement
from reviewer_app.services.closing_paper import write_closing_statement
from reviewer_app.services.collection_paper import write_receipts, write_reminder
from ui.secretary.bureau import Bureau


class CollectPapers:
    """Makes a paper in the background; ``wanted`` is told where it lies."""

    def __init__(self, bureau: Bureau, failed: Callable[[ReviewerError], None]) -> None:
        self.bureau, self._failed = bureau, failed
        self.wanted: Callable[[Path], None] = lambda _path: None

    @property
    def statement(self) -> Path:
        """Return where the closing statement lies."""
        return self._place("封存单")

    def show_statement(self) -> None:
        """Show the closing statement, made anew if its file is gone."""
        bureau, path = self.bureau, self.statement
        round_id, now = bureau.round_id, bureau.now()

        def work() -> Path:
            statement = closing_statement(bureau.open_bureau, round_id)
            write_closing_statement(statement, path, now)
            return path

        self._make(work)

    def print_reminder(self) -> None:
        """Show the list of the experts who are still to hand in."""
        bureau, path = self.bureau, self._place("催收单")
        round_id, now = bureau.round_id, bureau.now()

        def work() -> Path:
            write_reminder(bureau.open_bureau, round_id, path, now)
            return path

        self._make(work)

    def print_receipts(self) -> None:
        """Show the receipts, for the experts to compare and sign."""
        bureau, path = self.bureau, self._place("回执单")
        round_id, now = bureau.round_id, bureau.now()

        def work() -> Path:
            write_receipts(bureau.open_bureau, round_id, path, now)
            return path

        self._make(work)

    def _make(self, work: Callable[[], Path]) -> None:
        self.bureau.tasks.run(work, done=self.wanted, failed=self._failed)

    def _place(self, name: str) -> Path:
        return self.bureau.folder() / "papers" / f"{name}.pdf"
