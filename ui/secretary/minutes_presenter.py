"""Papers of a closed round: made in the background, looked at, exported; two machines agree."""

from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.errors import CancelledError, ReviewerError
from reviewer_app.core.messages import _, ngettext
from reviewer_app.services.dossier import Dossier, open_dossier
from reviewer_app.services.records import RoundState
from reviewer_app.services.second_machine import TwoMachines, compare_code
from reviewer_app.services.transfer import export_round
from ui.secretary.bureau import Bureau
from ui.secretary.minutes_fields import FIELDS, field_text, with_field
from ui.secretary.minutes_views import (
    ALL,
    MinutesView,
    agreement_words,
    minutes_foot,
)
from ui.secretary.people_draft import PeopleDraft
from ui.secretary.steps import SEAL
from ui.views import NOTHING, Act, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.work import Running


class MinutesPresenter:
    """Holds the papers in memory, which one is looked at, the other machine's code."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self.people = PeopleDraft(bureau, "minutes", self._on_failed)
        self._made_for: tuple[str, int] = "", 0
        self._dossier: Dossier | None = None
        self._by_application = False
        self._other, self._selected = "", ""
        self._working, self._keeps, self._exported = "", "", ""
        self._looking = False
        self._notice = NOTHING
        self._running: Running | None = None
        self.changed: Act = lambda: None
        self.paper_chosen: Callable[[str, bytes], None] = lambda _name, _data: None
        self.progressed: Callable[[int, int, str], None] = lambda _d, _t, _w: None
        self.folder_wanted: Callable[[str], None] = lambda _kind: None
        self.code_wanted: Act = lambda: None

    def enter(self) -> None:
        """Name the papers anew if anything has been recorded since."""
        if self.people.enter():
            self._other, self._exported, self._selected = "", "", ""
        state = self.bureau.round_id, self.bureau.round.log_lines
        if state != self._made_for and not self._working:
            self._made_for = state
            self.make()
        else:
            self.changed()

    def make(self) -> None:
        """Name every paper; one is made when it is looked at, all when they are exported."""
        bureau, now = self.bureau, self.bureau.now()
        round_id, forms = bureau.round_id, self._by_application

        def work() -> Dossier:
            return open_dossier(bureau.open_bureau, round_id, now, by_application=forms)

        self._looking = True
        bureau.tasks.run(work, done=self._on_made, failed=self._on_failed)
        self.changed()

    def cancel(self) -> None:
        """Stop what is being made or written."""
        if self._running:
            self._running.cancel()

    def select(self, name: str) -> None:
        """Look at another paper."""
        if self._dossier and name != self._selected and name in self._dossier.names:
            self._selected = name
            self._look()

    def with_forms(self, *, wanted: bool) -> None:
        """Add a score form for each application, or leave those out again."""
        self._by_application = wanted
        self.make()

    # -- what may be written

    def type(self, field: str, text: str) -> None:
        """Take over a field of the minutes; it stands in them once it is written in."""
        self.people.change(with_field(self.people.now, field, text))
        self.changed()

    def write_in(self) -> None:
        """Keep what was written; the minutes are made anew."""
        self.people.record(self.people.now, lambda: None)

    # -- two machines

    def type_other(self, text: str) -> None:
        """Take over the code of the other machine; that it is the same is recorded."""
        self._other, two = text, self._two
        if two and not two.agreed and two.same(text) and self._editable:
            bureau, now, round_id = self.bureau, self.bureau.now(), self.bureau.round_id
            bureau.tasks.run(
                lambda: compare_code(bureau.open_bureau, round_id, text, now),
                done=lambda _digest: bureau.reload(),
                failed=self._on_failed,
            )
        self.changed()

    def carry(self, path: Path) -> None:
        """Write the issued round for a second machine."""
        bureau, round_id = self.bureau, self.bureau.round_id

        def done(_nothing: None) -> None:
            words = _("Written to {path}; take it in on the other machine, collect there too")
            self._notice = Message(words.format(path=path), "ok", "circle-check")
            self.changed()

        bureau.tasks.run(
            lambda: export_round(bureau.open_bureau, round_id, path),
            done=done,
            failed=self._on_failed,
        )

    # -- export

    def export(self, folder: Path, kind: str = ALL) -> None:
        """Write the papers into a folder: all, or those of one kind."""
        dossier = self._dossier
        if self._locked or dossier is None:
            self.code_wanted()
            return
        keeps = _("Cancelling keeps the finished files and leaves no half-written one.")
        self._begin(_("Writing the papers"), keeps)
        suffix = "" if kind == ALL else kind

        def done(paths: list[Path]) -> None:
            self._working, self._exported = "", str(folder)
            words = ngettext(
                "{count} file written to {folder}",
                "{count} files written to {folder}",
                len(paths),
            ).format(count=len(paths), folder=folder)
            self._notice = Message(words, "ok", "circle-check")
            self.changed()

        self._running = self.bureau.tasks.run_long(
            lambda report: dossier.write(folder, suffix, report),
            progress=self._on_progress,
            done=done,
            failed=self._on_failed,
        )

    def say(self, message: Message) -> None:
        """Show what came of printing."""
        self._notice = message
        self.changed()

    def next(self) -> None:
        """Take the step that the primary button names."""
        if self._working:
            return
        if self._exported:
            self.bureau.go(SEAL)
        elif self._locked:
            self.code_wanted()
        else:
            self.folder_wanted(ALL)

    def view(self) -> MinutesView:
        """Return the page as it stands."""
        two, draft = self._two, self.people.now
        names = self._dossier.names if self._dossier else ()
        return MinutesView(
            papers=names,
            by_application=self._by_application,
            selected=self._selected,
            fields={field: field_text(draft, field) for field in FIELDS},
            editable=self._editable,
            unwritten=self.people.unrecorded,
            working=self._working,
            keeps=self._keeps,
            two=two,
            locked=self._locked,
            agreement=agreement_words(self._other, two),
            notice=self._notice,
            exported=self._exported,
            foot=minutes_foot(
                self._working or self._waiting, self._exported, len(names), locked=self._locked
            ),
        )

    @property
    def _editable(self) -> bool:
        return self.bureau.state is RoundState.CLOSED

    @property
    def _two(self) -> TwoMachines | None:
        return self._dossier.closed.two if self._dossier else None

    @property
    def _locked(self) -> bool:
        return self._two is not None and self._two.locked

    @property
    def _waiting(self) -> str:
        return _("Making the paper") if self._looking else ""

    def _begin(self, what: str, keeps: str) -> None:
        self._working, self._keeps, self._notice = what, keeps, NOTHING
        self.changed()

    def _on_progress(self, done: int, total: int, what: str) -> None:
        self.progressed(done, total, what)

    def _on_made(self, made: Dossier) -> None:
        self._dossier, self._exported, self._looking = made, "", False
        if self._selected not in made.names:
            usual = (name for name in made.names if "纪要" in name)
            self._selected = next(usual, made.names[0])
        self._look()

    def _look(self) -> None:
        """Make the paper that is looked at, and show it unless another was chosen since."""
        dossier, name = self._dossier, self._selected
        if dossier is None:
            return

        def done(data: bytes) -> None:
            self._working = ""
            if dossier is self._dossier and name == self._selected:
                self._looking = False
                self.paper_chosen(name, data)
            self.changed()

        self._looking = True
        self._running = self.bureau.tasks.run_long(
            lambda report: dossier.paper(name, report),
            progress=self._on_progress,
            done=done,
            failed=self._on_failed,
        )
        if name == dossier.names[-1]:  # it lists the others and has them made
            self._begin(_("Making the papers"), _("Cancelling changes nothing."))
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._working, self._looking = "", False
        if self._dossier is None:
            self._made_for = "", 0
        tone = "2" if isinstance(error, CancelledError) else "bad"
        self._notice = Message(str(error), tone, "info" if tone == "2" else "circle-x")
        self.changed()
