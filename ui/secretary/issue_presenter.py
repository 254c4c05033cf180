"""Issuing: freeze and sign, one encrypted pack an expert, slips; then copies on sticks."""

from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.core.errors import CancelledError, ReviewerError
from reviewer_app.core.messages import _
from reviewer_app.core.round import PackId
from reviewer_app.core.rules_words import rules_in_words
from reviewer_app.services.handover import SlipState, mark_slips
from reviewer_app.services.issuing import Issue, issue
from reviewer_app.services.records import RoundState
from ui.secretary.bureau import Bureau
from ui.secretary.issue_views import (
    IssueView,
    issue_foot,
    issued_rows,
    planned_rows,
    unprinted,
)
from ui.secretary.packs import (
    IssuedFiles,
    PackFile,
    copy_pack,
    copy_packs,
    issued_files,
    remember_places,
)
from ui.secretary.reissue_presenter import ReissuePresenter
from ui.secretary.roster_presenter import RosterPresenter
from ui.secretary.sample import passcodes, sample_slips, sample_title
from ui.secretary.steps import COLLECT
from ui.secretary.void_presenter import VoidPresenter
from ui.tasks import Report, Running
from ui.views import NOTHING, Act, Message

if TYPE_CHECKING:
    from collections.abc import Callable


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
        self.roster = RosterPresenter(bureau)
        self.roster.chosen, self.roster.changed = self._pack, self._show
        self.roster.done = self._read_files
        self.void = VoidPresenter(bureau)
        self.void.changed = self._show
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
            self.void.forget()
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
        if self._files and unprinted(self._files):
            self.show_slips()
        elif self._issued:
            self.collect()
        elif not self._working:
            self.issue()

    def collect(self) -> None:
        """Go on to collecting."""
        self.bureau.go(COLLECT)

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
        """Show slips to be printed: those not printed yet first, else the chosen expert's."""
        files, pack = self._files, self._pack()
        if files:
            waiting = unprinted(files)
            path = waiting[0].slip_file if waiting else pack.slip_file if pack else files.slips
            paper = path.with_suffix(".pdf")
            self.slips_wanted(paper if paper.is_file() else path)

    def slips_printed(self, paper: Path) -> None:
        """Record that the slips of a file went to the printer."""
        packs = [
            each.pack_id
            for each in self._packs()
            if each.slip is SlipState.WRITTEN and each.slip_file.with_suffix(".pdf") == paper
        ]
        self._mark(packs, SlipState.PRINTED)

    def hand_over(self) -> None:
        """Record that the chosen expert has the slip, or take that back."""
        pack = self._pack()
        if pack:
            given = pack.slip is SlipState.HANDED
            self._mark([pack.pack_id], SlipState.PRINTED if given else SlipState.HANDED)

    def try_pack(self) -> None:
        """Open the chosen pack of the sample as its expert."""
        pack = self._pack()
        if pack and self._files:
            code = passcodes(self._files.slips).get(pack.path.name, "")
            self.try_wanted(pack.path, code)

    def view(self) -> IssueView:
        """Return the page as it stands."""
        plan, files = self.bureau.plan, self._files
        rows = issued_rows(files, plan, self._copied) if files else planned_rows(plan)
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
            handed=pack is not None and pack.slip is SlipState.HANDED,
            can_hand=pack is not None and not pack.withdrawn,
            reissue=self.reissue.view(),
            roster=self.roster.view(),
            void=self.void.view(),
            foot=issue_foot(files, len(plan.experts), self._working, issued=self._issued),
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

    def _mark(self, packs: list[PackId], state: SlipState) -> None:
        bureau, round_id = self.bureau, self.bureau.round_id
        bureau.tasks.run(
            lambda: mark_slips(bureau.open_bureau, round_id, packs, state),
            done=lambda _none: self._read_files(),
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
