"""Papers of a closed round: made in the background, looked at, exported; two machines agree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.atomic import make_folder, write_file
from reviewer_app.core.errors import CancelledError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.people import RoundPeople
from reviewer_app.core.round import RoundId
from reviewer_app.services.dossier import make_dossier
from reviewer_app.services.people import record_people
from reviewer_app.services.records import RoundState
from reviewer_app.services.results import results_of
from reviewer_app.services.second_machine import second_agreed, wait_for_second, waits
from reviewer_app.services.transfer import export_round
from ui.secretary.bureau import Bureau
from ui.secretary.minutes_fields import FIELDS, field_text, with_field
from ui.secretary.minutes_views import (
    ALL,
    MinutesView,
    agreement_words,
    code_of,
    minutes_foot,
    same_code,
)
from ui.secretary.outline import OpenUnit
from ui.secretary.steps import SEAL
from ui.tasks import Report, Running
from ui.views import NOTHING, Act, Message


@dataclass(frozen=True, slots=True)
class Made:
    """The papers in memory, and what they were made from."""

    papers: Mapping[str, bytes]
    digest: str
    waits: bool = False
    agreed: bool = False


class MinutesPresenter:
    """Holds the papers in memory, which one is looked at, the other machine's code."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._made_for: tuple[object, ...] = ()
        self._made = Made({}, "")
        self._people: RoundPeople | None = None
        self._other, self._selected = "", ""
        self._working, self._keeps, self._exported = "", "", ""
        self._notice = NOTHING
        self._running: Running | None = None
        self.changed: Act = lambda: None
        self.paper_chosen: Callable[[str, bytes], None] = lambda _name, _data: None
        self.progressed: Callable[[int, int, str], None] = lambda _d, _t, _w: None
        self.folder_wanted: Callable[[str], None] = lambda _kind: None
        self.code_wanted: Act = lambda: None

    def enter(self) -> None:
        """Make the papers anew if anything they say has changed."""
        outline = self.bureau.round
        people = outline.view.plan.people
        state = (
            outline.view.id,
            outline.opinions,
            outline.received,
            outline.state,
            outline.scans,
            people,
        )
        if state != self._made_for and not self._working:
            if not self._made_for or self._made_for[0] != state[0]:
                self._other, self._exported, self._selected = "", "", ""
                self._people = None
            self._made_for = state
            self.make()
        else:
            self.changed()

    def make(self) -> None:
        """Make every paper in memory, in the background."""
        bureau, now = self.bureau, self.bureau.now()
        round_id = bureau.round_id

        def work(report: Report) -> Made:
            digest = results_of(bureau.open_bureau, round_id).digest
            papers = make_dossier(bureau.open_bureau, round_id, now, report)
            return Made(papers, digest, *waits(bureau.open_bureau, round_id, digest))

        self._begin(_("Making the papers"), _("Cancelling changes nothing."))
        self._running = bureau.tasks.run_long(
            work, progress=self._on_progress, done=self._on_made, failed=self._on_failed
        )

    def cancel(self) -> None:
        """Stop what is being made or written."""
        if self._running:
            self._running.cancel()

    def select(self, name: str) -> None:
        """Look at another paper."""
        if name != self._selected and name in self._made.papers:
            self._selected = name
            self.paper_chosen(name, self._made.papers[name])
            self.changed()

    # -- what may be written

    def type(self, field: str, text: str) -> None:
        """Take over a field of the minutes; it stands in them once it is written in."""
        self._people = with_field(self._draft(), field, text)
        self.changed()

    def write_in(self) -> None:
        """Keep what was written and make the papers anew."""
        bureau, now, people = self.bureau, self.bureau.now(), self._draft()
        round_id = bureau.round_id

        def done(_nothing: None) -> None:
            self._people = None
            bureau.reload()

        bureau.tasks.run(
            lambda: record_people(bureau.open_bureau, round_id, people, now),
            done=done,
            failed=self._on_failed,
        )

    # -- two machines

    def type_other(self, text: str) -> None:
        """Take over the results code of the other machine; the same code is kept."""
        self._other = text
        agreed = same_code(text, self._made.digest)
        if agreed and not self._made.agreed:
            digest = self._made.digest
            self._keep(lambda open_it, round_id: second_agreed(open_it, round_id, digest))
        self.changed()

    def wait_for_other(self, *, wanted: bool) -> None:
        """Let the export wait for the other machine, or no more."""
        self._keep(lambda open_it, round_id: wait_for_second(open_it, round_id, wanted=wanted))

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
        """Write the papers that were looked at into a folder: all, or those of one kind."""
        if self._locked:
            self.code_wanted()
            return
        papers = {
            name: data
            for name, data in self._made.papers.items()
            if kind in (ALL, name.rpartition(".")[2])
        }
        keeps = _("Cancelling keeps the finished files and leaves no half-written one.")
        self._begin(_("Writing the papers"), keeps)

        def done(count: int) -> None:
            self._working, self._exported = "", str(folder)
            words = _("{count} files written to {folder}").format(count=count, folder=folder)
            self._notice = Message(words, "ok", "circle-check")
            self.changed()

        self._running = self.bureau.tasks.run_long(
            lambda report: _write(papers, folder, report),
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
        made, draft = self._made, self._draft()
        return MinutesView(
            papers=tuple(made.papers),
            selected=self._selected,
            fields={field: field_text(draft, field) for field in FIELDS},
            editable=self.bureau.state is RoundState.CLOSED,
            unwritten=draft != self._recorded,
            working=self._working,
            keeps=self._keeps,
            code=code_of(made.digest),
            waits=made.waits,
            locked=self._locked,
            agreement=agreement_words(self._other, made.digest, agreed=made.agreed),
            notice=self._notice,
            exported=self._exported,
            foot=minutes_foot(
                self._working, self._exported, len(made.papers), locked=self._locked
            ),
        )

    @property
    def _locked(self) -> bool:
        return self._made.waits and not self._made.agreed

    @property
    def _recorded(self) -> RoundPeople:
        return self.bureau.plan.people

    def _draft(self) -> RoundPeople:
        return self._recorded if self._people is None else self._people

    def _keep(self, act: Callable[[OpenUnit, RoundId], None]) -> None:
        """Keep something about the second machine and look again how it stands."""
        bureau, round_id, made = self.bureau, self.bureau.round_id, self._made

        def work() -> Made:
            act(bureau.open_bureau, round_id)
            known = waits(bureau.open_bureau, round_id, made.digest)
            return Made(made.papers, made.digest, *known)

        def done(now: Made) -> None:
            self._made = now
            self.changed()

        bureau.tasks.run(work, done=done, failed=self._on_failed)

    def _begin(self, what: str, keeps: str) -> None:
        self._working, self._keeps, self._notice = what, keeps, NOTHING
        self.changed()

    def _on_progress(self, done: int, total: int, what: str) -> None:
        self.progressed(done, total, what)

    def _on_made(self, made: Made) -> None:
        self._made = made
        self._working = self._exported = ""
        wanted = self._selected if self._selected in made.papers else ""
        usual = next((name for name in made.papers if "纪要" in name), "")
        self._selected = wanted or usual
        if self._selected:
            self.paper_chosen(self._selected, made.papers[self._selected])
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._working = ""
        if not self._made.papers:
            self._made_for = ()
        tone = "2" if isinstance(error, CancelledError) else "bad"
        self._notice = Message(str(error), tone, "info" if tone == "2" else "circle-x")
        self.changed()


def _write(papers: Mapping[str, bytes], folder: Path, report: Report) -> int:
    make_folder(folder)
    for done, (name, data) in enumerate(papers.items(), start=1):
        write_file(folder / name, data)
        report(done, len(papers), name)
    return len(papers)
