"""Issuing: freeze and sign, one encrypted pack an expert, slips; then copies on sticks."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.errors import CancelledError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.rules_words import rules_in_words
from reviewer_app.services.issuing import Issue, issue
from reviewer_app.services.records import RoundState
from ui.secretary.bureau import Bureau
from ui.secretary.packs import (
    IssuedFiles,
    PackFile,
    copy_pack,
    copy_packs,
    issued_files,
    remember_places,
)
from ui.secretary.prepare_views import megabytes
from ui.secretary.reissue_presenter import ReissuePresenter, ReissueView
from ui.secretary.sample import passcodes, sample_slips, sample_title
from ui.secretary.steps import COLLECT
from ui.tasks import Report, Running
from ui.views import NOTHING, Act, Cell, FootView, Message, State, TableRow, state

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class IssueView:
    """The whole page."""

    rows: tuple[TableRow, ...]
    subtitle: str
    issued: bool
    working: str
    keeps: str
    rules: str
    fingerprint: str
    bureau_fingerprint: str
    folder: str
    slips: str
    selected: str
    can_copy: bool
    can_try: bool
    notice: Message
    reissue: ReissueView
    foot: FootView


class IssuePresenter:
    """Holds where packs go and what is being written."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self._out: Path | None = None
        self._files: IssuedFiles | None = None
        self._round = ""
        self._selected, self._working, self._keeps = "", "", ""
        self._copied: dict[str, Path] = {}
        self._notice = NOTHING
        self._running: Running | None = None
        self.reissue = ReissuePresenter(bureau)
        self.reissue.chosen = lambda: (self._pack(), self._files)
        self.reissue.changed = self._show
        self.reissue.done = self._read_files
        self.changed: Act = lambda: None
        self.progressed: Callable[[int, int, str], None] = lambda _d, _t, _w: None
        self.slips_wanted: Callable[[Path], None] = lambda _path: None
        self.try_wanted: Callable[[Path, str], None] = lambda _path, _code: None

    def enter(self) -> None:
        """Show the open round."""
        if self._round != self.bureau.round_id:
            self._round, self._out, self._files = self.bureau.round_id, None, None
            self._selected, self._notice = "", NOTHING
            self._copied.clear()
        if self._issued:
            self._read_files()
        self.changed()

    def choose_folder(self, folder: Path) -> None:
        """Write the packs somewhere else."""
        self._out = folder / "packs"
        self.changed()

    def select(self, expert: str) -> None:
        """Take an expert's pack for copying or trying."""
        self._selected = expert
        self.changed()

    def next(self) -> None:
        """Take the step that the primary button names."""
        if self._issued:
            self.bureau.go(COLLECT)
        elif not self._working:
            self.issue()

    def issue(self) -> None:
        """Freeze the round and write every pack, in the background."""
        bureau, plan = self.bureau, self.bureau.plan
        sample = plan.title == sample_title()
        out = self._packs_folder()
        slips = self._slips(sample=sample)
        round_id, now = bureau.round_id, bureau.now()

        def work(report: Report) -> Issue:
            made = issue(bureau.open_bureau, round_id, out, slips, now, report)
            if sample:
                sample_slips(slips)
            remember_places(bureau.open_bureau, round_id, out, slips)
            return made

        keeps = _(
            "Cancelling removes the packs written so far; the round stays in preparation."
        )
        self._begin(_("Writing {count} packs").format(count=len(plan.experts)), keeps)
        self._running = bureau.tasks.run_long(
            work,
            progress=self.progressed,
            done=self._on_issued,
            failed=self._on_failed,
        )

    def cancel(self) -> None:
        """Stop writing."""
        if self._running:
            self._running.cancel()

    def copy_to(self, folder: Path) -> None:
        """Copy the chosen pack to a stick and read it back."""
        pack = self._pack()
        if pack is None:
            return
        self._begin(_("Copying to {folder}").format(folder=folder), "")
        expert = pack.expert

        def done(target: Path) -> None:
            self._working = ""
            self._copied[expert] = target
            words = _("Written to {path} and read back").format(path=target)
            self._notice = Message(words, "ok", "circle-check")
            self.changed()

        self.bureau.tasks.run(
            lambda: copy_pack(pack.path, folder), done=done, failed=self._on_failed
        )

    def copy_all(self, folder: Path) -> None:
        """Copy every pack into a folder; stopping keeps those that are finished."""
        packs = tuple(each for each in self._packs() if each.size and not each.withdrawn)
        keeps = _("Cancelling keeps the finished packs and leaves no half-written one.")
        self._begin(_("Copying to {folder}").format(folder=folder), keeps)

        def done(_none: None) -> None:
            self._working = ""
            words = _("{count} packs written to {folder} and read back")
            text = words.format(count=len(packs), folder=folder)
            self._notice = Message(text, "ok", "circle-check")
            self.changed()

        self._running = self.bureau.tasks.run_long(
            lambda report: copy_packs(packs, folder, self._copied, report),
            progress=self.progressed,
            done=done,
            failed=self._on_failed,
        )

    def show_slips(self) -> None:
        """Show the slips, to be printed."""
        if self._files:
            path = self._files.slips
            paper = path.with_suffix(".pdf")
            self.slips_wanted(paper if paper.is_file() else path)

    def try_pack(self) -> None:
        """Open the chosen pack of the sample as its expert."""
        pack = self._pack()
        if pack and self._files:
            code = passcodes(self._files.slips).get(pack.path.name, "")
            self.try_wanted(pack.path, code)

    def view(self) -> IssueView:
        """Return the page as it stands."""
        plan, files = self.bureau.plan, self._files
        rows = self._issued_rows(files) if files else self._planned_rows()
        pack = self._pack()
        known = passcodes(files.slips) if files else {}
        return IssueView(
            rows=rows,
            subtitle=_("one encrypted pack an expert, the passcode on paper"),
            issued=self._issued,
            working=self._working,
            keeps=self._keeps,
            rules="；".join(rules_in_words(plan.rules, plan.scheme)) + "。",
            fingerprint=self.bureau.round.fingerprint,
            bureau_fingerprint=files.bureau_fingerprint if files else "",
            folder=str(files.folder if files else self._packs_folder()),
            slips=str(files.slips if files else self._slips(sample=False)),
            selected=self._selected,
            can_copy=pack is not None and pack.size > 0 and not self._working,
            can_try=pack is not None and pack.path.name in known and pack.size > 0,
            notice=self._notice,
            reissue=self.reissue.view(),
            foot=self._foot(),
        )

    # -- rows

    def _planned_rows(self) -> tuple[TableRow, ...]:
        waiting = state("not-begun", _("not written"))
        plan = self.bureau.plan
        return tuple(
            _row(e.number, e.name, e.employer, len(plan.assignment[e.number]), waiting)
            for e in plan.experts
        )

    def _issued_rows(self, files: IssuedFiles) -> tuple[TableRow, ...]:
        people = {e.number: e for e in self.bureau.plan.experts}
        rows = []
        for pack in files.packs:
            expert = people.get(pack.expert)
            chip = State(_("written"), "package-check", "ok")
            if pack.withdrawn:
                chip = state("absent", _("withdrawn"))
            elif not pack.size:
                chip = state("attention", _("not at its place"))
            copied = self._copied.get(pack.expert)
            stick = state("done", _("copied, read back")) if copied else None
            rows.append(
                _row(
                    pack.expert,
                    expert.name if expert else "",
                    expert.employer if expert else "",
                    pack.applications,
                    chip,
                    megabytes(pack.size) if pack.size else "—",
                    stick,
                )
            )
        return tuple(rows)

    def _foot(self) -> FootView:
        if self._working:
            left = Message(self._working, "accent", "loader")
            return FootView(_("Writing…"), "", enabled=False, left=left)
        if self._issued:
            count = len(self._files.packs) if self._files else 0
            words = _("{count} packs written; hand out packs and slips separately")
            left = Message(words.format(count=count), "ok", "circle-check")
            return FootView(_("Go to collecting"), left=left)
        words = _("From here on weights and rules cannot be changed")
        count = len(self.bureau.plan.experts)
        return FootView(
            _("Freeze and write {count} packs").format(count=count),
            left=Message(words, "warn", "lock"),
        )

    # -- work

    @property
    def _issued(self) -> bool:
        return self.bureau.state is not RoundState.PREPARING

    def _packs_folder(self) -> Path:
        return self._out or self.bureau.folder() / "packs"

    def _slips(self, *, sample: bool) -> Path:
        name = "slips.csv" if sample else "slips.pdf"
        return self._packs_folder().parent / "slips" / name

    def _show(self) -> None:
        self.changed()

    def _packs(self) -> tuple[PackFile, ...]:
        return self._files.packs if self._files else ()

    def _pack(self) -> PackFile | None:
        return next((pack for pack in self._packs() if pack.expert == self._selected), None)

    def _read_files(self) -> None:
        bureau = self.bureau
        round_id, usual = bureau.round_id, bureau.folder()
        self.bureau.tasks.run(
            lambda: issued_files(bureau.open_bureau, round_id, usual),
            done=self._on_files,
            failed=self._on_failed,
        )

    def _on_files(self, files: IssuedFiles) -> None:
        self._files = files
        if not self._selected and files.packs:
            self._selected = files.packs[0].expert
        self.changed()

    def _on_issued(self, _made: Issue) -> None:
        self._working = ""
        self.bureau.reload()

    def _begin(self, what: str, keeps: str) -> None:
        self._working, self._keeps, self._notice = what, keeps, NOTHING
        self.changed()

    def _on_failed(self, error: ReviewerError) -> None:
        self._working = ""
        tone = "2" if isinstance(error, CancelledError) else "bad"
        self._notice = Message(str(error), tone, "info" if tone == "2" else "circle-x")
        self.changed()


def _row(  # noqa: PLR0913, PLR0917 - the columns of one row
    number: str,
    name: str,
    employer: str,
    given: int,
    chip: State,
    size: str = "—",
    stick: State | None = None,
) -> TableRow:
    return TableRow(
        number,
        (
            Cell(number, tone="text_2"),
            Cell(name, employer),
            Cell(str(given), sort=given),
            Cell(chip=chip),
            Cell(size),
            Cell("" if stick else "—", chip=stick, tone="text_2"),
        ),
    )
