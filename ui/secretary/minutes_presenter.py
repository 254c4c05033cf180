"""Papers of a closed round: made in the background, looked at, exported; two machines agree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import CancelledError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.services.dossier import make_dossier, write_dossier
from reviewer_app.services.result_papers import results_code
from reviewer_app.services.results import results_of
from reviewer_app.services.transfer import export_round
from ui.secretary.bureau import Bureau
from ui.secretary.steps import SEAL
from ui.tasks import Report, Running
from ui.views import NOTHING, Act, Cell, FootView, Message, TableRow

Made = tuple[Mapping[str, bytes], str]
_CODE_DIGITS = 16


@dataclass(frozen=True, slots=True)
class MinutesView:
    """The whole page."""

    rows: tuple[TableRow, ...]
    selected: str
    working: str
    keeps: str
    code: str
    agreement: Message
    notice: Message
    exported: str
    foot: FootView


class MinutesPresenter:
    """Holds the papers in memory, which one is looked at, the other machine's code."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._made_for: tuple[object, ...] = ()
        self._papers: Mapping[str, bytes] = {}
        self._code, self._other, self._selected = "", "", ""
        self._working, self._keeps, self._exported = "", "", ""
        self._notice = NOTHING
        self._running: Running | None = None
        self.changed: Act = lambda: None
        self.paper_chosen: Callable[[str, bytes], None] = lambda _name, _data: None
        self.progressed: Callable[[int, int, str], None] = lambda _d, _t, _w: None
        self.folder_wanted: Act = lambda: None

    def enter(self) -> None:
        """Make the papers anew if anything they say has changed."""
        outline = self.bureau.round
        state = (outline.view.id, outline.opinions, outline.received, outline.state)
        if state != self._made_for and not self._working:
            if not self._made_for or self._made_for[0] != state[0]:
                self._other, self._exported, self._selected = "", "", ""
            self._made_for = state
            self.make()
        else:
            self.changed()

    def make(self) -> None:
        """Make every paper in memory, in the background."""
        bureau, now = self.bureau, self.bureau.now()
        round_id = bureau.round_id

        def work(report: Report) -> Made:
            code = results_code(results_of(bureau.open_bureau, round_id))
            return make_dossier(bureau.open_bureau, round_id, now, report), code

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
        if name != self._selected and name in self._papers:
            self._selected = name
            self.paper_chosen(name, self._papers[name])
            self.changed()

    def export(self, folder: Path) -> None:
        """Write every paper into a folder."""
        bureau, now = self.bureau, self.bureau.now()
        round_id = bureau.round_id
        keeps = _("Cancelling keeps the finished files and leaves no half-written one.")
        self._begin(_("Writing the papers"), keeps)

        def done(paths: list[Path]) -> None:
            self._working, self._exported = "", str(folder)
            words = _("{count} files written to {folder}")
            text = words.format(count=len(paths), folder=folder)
            self._notice = Message(text, "ok", "circle-check")
            self.changed()

        self._running = bureau.tasks.run_long(
            lambda report: write_dossier(bureau.open_bureau, round_id, folder, now, report),
            progress=self._on_progress,
            done=done,
            failed=self._on_failed,
        )

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

    def type_other(self, text: str) -> None:
        """Take over the results code of the other machine."""
        self._other = text
        self.changed()

    def next(self) -> None:
        """Take the step that the primary button names."""
        if self._working:
            return
        if self._exported:
            self.bureau.go(SEAL)
        else:
            self.folder_wanted()

    def view(self) -> MinutesView:
        """Return the page as it stands."""
        return MinutesView(
            rows=tuple(
                TableRow(name, (Cell(_stem(name)), Cell(_kind(name), tone="text_2")))
                for name in self._papers
            ),
            selected=self._selected,
            working=self._working,
            keeps=self._keeps,
            code=self._code,
            agreement=self._agreement(),
            notice=self._notice,
            exported=self._exported,
            foot=self._foot(),
        )

    def _agreement(self) -> Message:
        typed = "".join(char for char in self._other.upper() if char.isalnum())
        if not typed:
            words = _("Merge the same sheets on a second machine and type its code here.")
            return Message(words, "2", "git-compare-arrows")
        own = self._code.replace(" ", "")
        if typed == own:
            return Message(_("Both machines agree"), "ok", "circle-check")
        if len(typed) < _CODE_DIGITS and own.startswith(typed):
            return Message(_("Go on typing"), "2", "circle-dot")
        words = _("The codes differ: compare who handed in on both machines")
        return Message(words, "bad", "circle-x")

    def _foot(self) -> FootView:
        if self._working:
            left = Message(self._working, "accent", "loader")
            return FootView(_("Please wait"), "", enabled=False, left=left)
        if self._exported:
            words = _("Exported to {folder}").format(folder=self._exported)
            return FootView(_("Go to the archive"), left=Message(words, "ok", "circle-check"))
        words = _("Every figure comes from the signed sheets")
        count = len(self._papers)
        return FootView(
            _("Export all {count} files").format(count=count),
            enabled=bool(count),
            left=Message(words, "2", "info"),
        )

    def _begin(self, what: str, keeps: str) -> None:
        self._working, self._keeps, self._notice = what, keeps, NOTHING
        self.changed()

    def _on_progress(self, done: int, total: int, what: str) -> None:
        self.progressed(done, total, what)

    def _on_made(self, made: Made) -> None:
        self._papers, self._code = made
        self._working = ""
        wanted = self._selected if self._selected in self._papers else ""
        usual = next((name for name in self._papers if name.startswith("03")), "")
        self._selected = wanted or usual
        if self._selected:
            self.paper_chosen(self._selected, self._papers[self._selected])
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._working = ""
        if not self._papers:
            self._made_for = ()
        tone = "2" if isinstance(error, CancelledError) else "bad"
        self._notice = Message(str(error), tone, "info" if tone == "2" else "circle-x")
        self.changed()


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _kind(name: str) -> str:
    return name.rpartition(".")[2].upper()
