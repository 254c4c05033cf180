"""The secretary's pages with their presenters, and the wires between them."""

from collections.abc import Callable
from pathlib import Path

from ui.secretary.bureau import Bureau
from ui.secretary.collect_page import CollectPage
from ui.secretary.collect_presenter import CollectPresenter
from ui.secretary.issue_page import IssuePage
from ui.secretary.issue_presenter import IssuePresenter
from ui.secretary.pages import Pages
from ui.secretary.paper_window import show_paper
from ui.secretary.prepare_page import PreparePage
from ui.secretary.prepare_presenter import PreparePresenter
from ui.secretary.steps import COLLECT, ISSUE, PREPARE
from ui.secretary.wires_after import wire_deliberate, wire_minutes, wire_results, wire_seal
from ui.secretary.wires_aside import wire_history, wire_log, wire_new

TryPack = Callable[[Path, str], None]
"""Opens a pack of the sample as its expert; the passcode is offered for pasting."""


def make_pages(bureau: Bureau, try_pack: TryPack) -> Pages:
    """Return all pages, wired."""
    pages = Pages()
    _prepare(pages, bureau)
    _issue(pages, bureau, try_pack)
    _collect(pages, bureau)
    wire_results(pages, bureau)
    wire_deliberate(pages, bureau)
    wire_minutes(pages, bureau)
    wire_seal(pages, bureau)
    wire_new(pages, bureau)
    wire_history(pages, bureau)
    wire_log(pages, bureau)
    return pages


def _prepare(pages: Pages, bureau: Bureau) -> None:
    page, presenter = PreparePage(), PreparePresenter(bureau)
    presenter.changed = lambda: page.show_prepare(presenter.view())
    presenter.focus_reason, presenter.focus_name = page.focus_reason, page.focus_name
    page.part_requested.connect(presenter.open_part)
    page.check_requested.connect(presenter.open_check)
    page.reason_typed.connect(presenter.type_reason)
    page.rules_chosen.connect(presenter.use_rules)
    page.weights.typed.connect(presenter.type_weight)
    page.weights_side.named.connect(presenter.type_name)
    page.next_requested.connect(presenter.next)
    page.issue_requested.connect(lambda: bureau.go(ISSUE))
    pages.add(PREPARE, page, presenter.enter)


def _issue(pages: Pages, bureau: Bureau, try_pack: TryPack) -> None:
    page, presenter = IssuePage(), IssuePresenter(bureau)
    presenter.changed = lambda: page.show_issue(presenter.view())
    presenter.progressed = page.progress.show_progress
    presenter.slips_wanted = lambda path: show_paper(path, page)
    presenter.try_wanted = try_pack
    page.selected.connect(presenter.select)
    page.folder_chosen.connect(presenter.choose_folder)
    page.copy_requested.connect(presenter.copy_to)
    page.slips_requested.connect(presenter.show_slips)
    page.try_requested.connect(presenter.try_pack)
    page.cancel_requested.connect(presenter.cancel)
    page.next_requested.connect(presenter.next)
    pages.add(ISSUE, page, presenter.enter)


def _collect(pages: Pages, bureau: Bureau) -> None:
    page, presenter = CollectPage(), CollectPresenter(bureau)
    presenter.changed = lambda: page.show_collect(presenter.view())
    presenter.progressed = page.progress.show_progress
    presenter.files_wanted, presenter.focus_reason = page.choose_files, page.focus_reason
    presenter.statement_wanted = lambda path: show_paper(path, page)
    page.files_given.connect(presenter.take)
    page.reason_typed.connect(presenter.type_reason)
    page.late_typed.connect(presenter.type_late)
    page.key_reason_typed.connect(presenter.type_key_reason)
    page.key_accepted.connect(presenter.accept_key)
    page.close_requested.connect(presenter.ask_close)
    page.statement_requested.connect(presenter.show_statement)
    page.roster_chosen.connect(presenter.change_roster)
    page.sample_requested.connect(presenter.hand_in_sample)
    page.cancel_requested.connect(presenter.cancel)
    page.next_requested.connect(presenter.next)
    pages.add(COLLECT, page, presenter.enter)
