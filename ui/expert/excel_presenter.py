"""The Excel path in the window: a workbook out, a filled one looked at and then taken over.

Nothing is taken over before the expert has seen what it changes; what was taken over can be
put back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reviewer_app.core.errors import FaultsError, ReviewerError
from reviewer_app.core.messages import _
from ui.expert.sitting import Sitting
from ui.views import NOTHING, Act, Message

if TYPE_CHECKING:  # loads openpyxl, which only this path needs
    from reviewer_app.services.desk_excel import CheckedMarks

T = TypeVar("T")
TAKE, CLEAR, KEEP, PUT_BACK, CLOSE = "take", "clear", "keep", "put-back", "close"


@dataclass(frozen=True, slots=True)
class ExcelView:
    """What stands under the head of the compare page; ``acts`` as (key, words on a button)."""

    message: Message = NOTHING
    then: str = ""
    faults: tuple[str, ...] = ()
    acts: tuple[tuple[str, str], ...] = ()


class ExcelPresenter:
    """Holds the file that is looked at and what was taken over from it."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._view = ExcelView()
        self._file = Path()
        self._clear = False
        self._taken: CheckedMarks | None = None
        self.changed: Act = lambda: None
        self.taken: Act = lambda: None

    def view(self) -> ExcelView:
        """Return what is to be said now."""
        return self._view

    def write(self, path: Path) -> None:
        """Write the workbook with every mark to give, and what the desk has so far."""
        sitting, file = self._sitting, path.with_suffix(".xlsx")
        desk = sitting.desk
        left = sum(len(sitting.status(each).missing) for each in sitting.numbers())

        def work() -> int:
            from reviewer_app.services import desk_excel  # noqa: PLC0415 - loads openpyxl

            return desk_excel.write_workbook(desk, file)

        def written(rows: int) -> None:
            words = _("Written: {file}, {rows} rows, {left} of them still to fill in").format(
                file=file, rows=rows, left=left
            )
            then = _("Only the yellow cells can be filled in; then read the file in here.")
            self._say(ExcelView(Message(words, "ok"), then, acts=_closing()))

        self._run(work, written)

    def look_at(self, path: Path, *, clear: bool = False) -> None:
        """Look what a filled workbook would change; nothing is taken over yet."""
        desk, now = self._sitting.desk, self._sitting.session.now()
        self._file, self._clear = path, clear

        def work() -> "CheckedMarks":
            from reviewer_app.services import desk_excel  # noqa: PLC0415 - loads openpyxl

            return desk_excel.check_marks(desk, path, now, clear=clear)

        self._run(work, self._on_checked)

    def act(self, key: str) -> None:
        """Do what a button says."""
        acts: dict[str, Act] = {
            TAKE: self._take,
            CLEAR: lambda: self.look_at(self._file, clear=True),
            KEEP: lambda: self.look_at(self._file),
            PUT_BACK: self._put_back,
            CLOSE: self.forget,
        }
        acts[key]()

    def forget(self) -> None:
        """Say nothing any more."""
        self._taken = None
        self._say(ExcelView())

    def _take(self) -> None:
        desk, now = self._sitting.desk, self._sitting.session.now()
        file, clear = self._file, self._clear

        def work() -> "CheckedMarks":
            from reviewer_app.services import desk_excel  # noqa: PLC0415 - loads openpyxl

            return desk_excel.import_marks(desk, file, now, clear=clear)

        self._run(work, self._on_taken)

    def _put_back(self) -> None:
        desk, now, taken = self._sitting.desk, self._sitting.session.now(), self._taken

        def work() -> None:
            from reviewer_app.services import desk_excel  # noqa: PLC0415 - loads openpyxl

            if taken is not None:
                desk_excel.take_back(desk, taken, now)

        def back(_nothing: None) -> None:
            self._taken = None
            words = _("Put back: everything stands as it did before the file was read in")
            self._say(ExcelView(Message(words, "ok"), acts=_closing()))
            self._sitting.say_saved()
            self.taken()

        self._run(work, back)

    def _on_checked(self, checked: "CheckedMarks") -> None:
        name = self._file.name
        if not checked.records and not checked.kept:
            words = _("{file}: {rows} rows, nothing in them differs").format(
                file=name, rows=checked.rows
            )
            self._say(ExcelView(Message(words, "ok"), _left_out(checked), acts=_closing()))
            return
        words = _("{file}: {rows} rows; {changed} answers would change").format(
            file=name, rows=checked.rows, changed=len(checked.records)
        )
        then = [_left_out(checked), _empties(checked)]
        if self._sitting.locked and checked.records:
            then.append(_("Your sheet is signed: this begins a new revision."))
        acts = [(TAKE, _("Take them over"))] if checked.records else []
        if checked.kept:
            clear = _("Clear the {count} marks").format(count=checked.kept)
            acts.append((CLEAR, clear))
        if checked.cleared:
            acts.append((KEEP, _("Leave those marks")))
        tone = "warn" if checked.kept or checked.cleared else ""
        shown = " ".join(filter(None, then))
        self._say(ExcelView(Message(words, tone), shown, acts=(*acts, *_closing())))

    def _on_taken(self, taken: "CheckedMarks") -> None:
        self._taken = taken
        words = _("{count} answers taken over from {file}").format(
            count=len(taken.records), file=self._file.name
        )
        acts = ((PUT_BACK, _("Put back what stood before")), *_closing())
        self._say(ExcelView(Message(words, "ok"), acts=acts))
        self._sitting.say_saved()
        self.taken()

    def _on_failed(self, error: ReviewerError) -> None:
        if isinstance(error, FaultsError):
            words = _("{file}: {count} faults; nothing was taken over").format(
                file=self._file.name, count=len(error.faults)
            )
            then = _("Mend these cells in the workbook, save it, and read it in again.")
            view = ExcelView(Message(words, "bad"), then, error.faults, _closing())
        else:
            view = ExcelView(Message(str(error), "bad"), acts=_closing())
        self._say(view)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Work in the background; what another desk has begun meanwhile is not talked into."""
        desk = self._sitting.session.opened
        here: Callable[[], bool] = lambda: self._sitting.session.opened is desk  # noqa: E731
        self._say(ExcelView(Message(_("Working …"), "")))
        self._sitting.session.tasks.run(
            work,
            done=lambda result: done(result) if here() else None,
            failed=lambda error: self._on_failed(error) if here() else None,
        )

    def _say(self, view: ExcelView) -> None:
        self._view = view
        self.changed()


def _closing() -> tuple[tuple[str, str], ...]:
    return ((CLOSE, _("Close")),)


def _left_out(checked: "CheckedMarks") -> str:
    words = [
        _("The column “{column}” was not read.").format(column=column)
        for column in checked.unknown_columns
    ]
    return " ".join(words)


def _empties(checked: "CheckedMarks") -> str:
    if checked.cleared:
        return _("{count} marks would be cleared.").format(count=checked.cleared)
    if checked.kept:
        words = _("{count} cells are empty where you have a mark; those marks stay.")
        return words.format(count=checked.kept)
    return ""
