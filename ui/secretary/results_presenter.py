"""The results of a closed round: ranking, advice beside it, one application in detail."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.atomic import write_file
from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _, ngettext
from reviewer_app.core.recheck import Flag
from reviewer_app.core.round import ApplicationNumber, ExpertNumber
from reviewer_app.papers.workbook import summary_workbook
from reviewer_app.services.corrections import (
    Correction,
    CorrectionState,
    Wish,
    state_of,
)
from reviewer_app.services.result_workbook import workbook_facts
from ui.secretary.bureau import Bureau
from ui.secretary.correction_choices import fitting
from ui.secretary.detail_views import DetailView, detail_view
from ui.secretary.results_known import Found, read_found
from ui.secretary.results_prints import apart, write_application, write_explanation
from ui.secretary.results_views import (
    ResultsView,
    flag_place,
    flag_words,
)
from ui.secretary.steps import DELIBERATE
from ui.views import NOTHING, Act, FootView, Message

if TYPE_CHECKING:
    from collections.abc import Callable


class ResultsPresenter:
    """Holds the results, which row is looked at, and which findings have been looked at."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._round = ""
        self._found: Found | None = None
        self._selected, self._detail = "", ""
        self._seen: set[str] = set()
        self._notice = NOTHING
        self.changed: Act = lambda: None
        self.round_left: Act = lambda: None
        self.wish_made: Callable[[Wish], None] = lambda _wish: None
        self.print_wanted: Callable[[Path], None] = lambda _path: None
        self.correction_wanted: Callable[[int], None] = lambda _number: None

    def enter(self) -> None:
        """Read the results of the open round, in the background."""
        if self._round != self.bureau.round_id:
            self._round, self._found = self.bureau.round_id, None
            self._selected, self._detail, self._notice = "", "", NOTHING
            self._seen.clear()
            self.round_left()
        if not self.ready:
            self._notice = NOTHING
            self.changed()
        bureau, round_id = self.bureau, self.bureau.round_id
        bureau.tasks.run(
            lambda: read_found(bureau.open_bureau, round_id),
            done=self._on_found,
            failed=self._on_failed,
        )

    @property
    def ready(self) -> bool:
        """Tell whether the results have been read."""
        return self._found is not None

    def waiting(self) -> Message:
        """Return what is said as long as there are no results."""
        return self._notice if self._notice.text else Message(_("Working out the results"))

    @property
    def in_detail(self) -> bool:
        """Tell whether one application is open."""
        return bool(self._detail)

    def select(self, number: str) -> None:
        """Take over which row is looked at."""
        self._selected = number

    def open_detail(self, number: str) -> None:
        """Open one application; its findings count as looked at."""
        self._detail, self._selected, self._notice = number, number, NOTHING
        self._seen |= {_key(flag) for flag in self._flags if flag.application == number}
        self.changed()

    def close_detail(self) -> None:
        """Go back to the ranking."""
        self._detail = ""
        self.changed()

    def step_detail(self, step: int) -> None:
        """Open the next or the previous application by rank."""
        if self._found is None:
            return
        numbers = [each.number for each in self._found.results.tally.ranked()]
        now = self._detail or self._selected
        place = numbers.index(now) if now in numbers else 0
        self.open_detail(numbers[(place + step) % len(numbers)])

    def next(self) -> None:
        """Take the step that the primary button names."""
        first, flag = self._first(), self._asked()
        waiting = self._waiting()
        if self._detail and flag:
            self.correct(flag)
        elif self._detail:
            self.close_detail()
        elif waiting:
            self.correction_wanted(waiting.number)
        elif first:
            self.open_detail(first.application)
        elif self.ready:
            self.bureau.go(DELIBERATE)

    def correct(self, flag: Flag | None) -> None:
        """Begin a correction of what a finding points at, or of the open application."""
        results, opened = self.known().results, self._detail
        self._detail = ""
        if flag is None:
            blank = Wish(ExpertNumber(""), ApplicationNumber(opened), "", "")
            self.wish_made(fitting(results, blank))
            return
        expert, application = ExpertNumber(flag.expert), ApplicationNumber(flag.application)
        wish = Wish(expert, application, flag.indicator, flag_words(flag))
        self.wish_made(fitting(results, wish))

    def _asked(self) -> Flag | None:
        """Return the first finding of the open application that no correction took up."""
        taken = {
            (each.wish.application, each.wish.expert, each.wish.indicator)
            for each in (self._found.corrections if self._found else ())
        }
        mine = (flag for flag in self._flags if flag.application == self._detail)
        return next(
            (f for f in mine if (f.application, f.expert, f.indicator) not in taken), None
        )

    def _waiting(self) -> Correction | None:
        """Return the first correction that waits for its new sheet."""
        if self._found is None:
            return None
        seating, state = self._found.results.seating, CorrectionState.OPEN
        found = self._found.corrections
        return next((each for each in found if state_of(each, seating) is state), None)

    def export(self, path: Path) -> None:
        """Write the summary as a workbook with live formulas."""
        if self._found is None:
            return
        results = self._found.results

        def work() -> Path:
            write_file(path, summary_workbook(workbook_facts(results)))
            return path

        def done(written: Path) -> None:
            words = _("Written: {path}").format(path=written)
            self._notice = Message(words, "ok", "circle-check")
            self.changed()

        self.bureau.tasks.run(work, done=done, failed=self._on_failed)

    def export_application(self, path: Path) -> None:
        """Write the open application, every expert's marks and words, as PDF."""
        bureau, round_id, number = self.bureau, self.bureau.round_id, self._detail
        now = bureau.now()

        def done(written: Path) -> None:
            words = _("Written: {path}").format(path=written)
            self._notice = Message(words, "ok", "circle-check")
            self.changed()

        bureau.tasks.run(
            lambda: write_application(bureau.open_bureau, round_id, number, path, now),
            done=done,
            failed=self._on_failed,
        )

    def print_slip(self, expert: str) -> None:
        """Make the slip that asks an expert to explain, and show it to be printed."""
        bureau, now, results = self.bureau, self.bureau.now(), self.known().results
        flag, plan = apart(self._flags, self._detail)[expert], bureau.plan
        folder = bureau.folder() / "papers"
        bureau.tasks.run(
            lambda: write_explanation(results, flag, plan, folder, now),
            done=self.print_wanted,
            failed=self._on_failed,
        )

    def view(self) -> ResultsView:
        """Return the page as it stands; only once the results are ready."""
        return replace(
            self.known().page, selected=self._selected, notice=self._notice, foot=self._foot()
        )

    def detail(self) -> DetailView:
        """Return the open application."""
        words = _("Only the expert can correct a score, with a new sheet")
        said = self._notice if self._notice.text else Message(words, "2", "info")
        flag = self._asked()
        step = _("Back to the ranking")
        if flag and flag.expert:
            step = _("Ask expert {expert}").format(expert=flag.expert)
        foot = FootView(step, left=said)
        return detail_view(self.known().results, self._detail, foot)

    def known(self) -> Found:
        """Return what was read last; only once the results are ready."""
        if self._found is None:
            raise RuntimeError("the results are not read yet")
        return self._found

    @property
    def _flags(self) -> tuple[Flag, ...]:
        return self._found.flags if self._found else ()

    def _first(self) -> Flag | None:
        return next((flag for flag in self._flags if _key(flag) not in self._seen), None)

    def _foot(self) -> FootView:
        first, count, waiting = self._first(), len(self._flags), self._waiting()
        if waiting:
            words = _("Correction {number} waits for the new sheet")
            left = Message(words.format(number=waiting.number), "accent", "circle-dot")
            step = _("Go on with correction {number}").format(number=waiting.number)
            return FootView(step, left=left)
        if first:
            words = ngettext(
                "{count} finding to look at; it changes no score",
                "{count} findings to look at; they change no score",
                count,
            ).format(count=count)
            left = Message(words, "warn", "triangle-alert")
            return FootView(_("Look at {place}").format(place=flag_place(first)), left=left)
        if count:
            words = ngettext(
                "{count} finding, looked at", "{count} findings, all looked at", count
            ).format(count=count)
            return FootView(_("Deliberate"), left=Message(words, "ok", "circle-check"))
        left = Message(_("No finding in the re-checks"), "ok", "circle-check")
        return FootView(_("Deliberate"), left=left)

    def _on_found(self, found: Found) -> None:
        self._found = found
        ranked = found.results.tally.ranked()
        if not self._selected and ranked:
            self._selected = ranked[0].number
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._notice = Message(str(error), "bad", "circle-x")
        self.changed()


def _key(flag: Flag) -> str:
    return f"{flag.kind.value} {flag.application} {flag.expert} {flag.indicator}"
