"""The secretary's pages with their presenters, and the wires between them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from ui.secretary.bureau import Bureau
from ui.secretary.issue_page import IssuePage
from ui.secretary.issue_presenter import IssuePresenter
from ui.secretary.pages import Pages
from ui.secretary.paper_window import show_paper
from ui.secretary.steps import COLLECT, DELIBERATE, ISSUE, MINUTES, PREPARE, RESULTS, SEAL
from ui.secretary.wires_after import wire_deliberate, wire_minutes, wire_seal
from ui.secretary.wires_aside import (
    HISTORY,
    LOG,
    NEW,
    REMOVED,
    wire_history,
    wire_log,
    wire_new,
    wire_removed,
)
from ui.secretary.wires_collect import wire_collect
from ui.secretary.wires_prepare import wire_order, wire_prepare
from ui.secretary.wires_results import wire_results

TryPack = Callable[[Path, str], None]
"""Opens a pack of the sample as its expert; the passcode is offered for pasting."""
Wire = Callable[[Pages, Bureau], None]
"""Builds a page with its presenter, connects them, and adds it to the pages."""


def make_pages(bureau: Bureau, try_pack: TryPack) -> Pages:
    """Return all pages; each is built and wired when it is first wanted."""
    pages = Pages()
    wires: dict[str, Wire] = {
        PREPARE: wire_prepare,
        ISSUE: partial(_issue, try_pack),
        COLLECT: wire_collect,
        RESULTS: wire_results,
        DELIBERATE: wire_deliberate,
        MINUTES: wire_minutes,
        SEAL: wire_seal,
        NEW: wire_new,
        HISTORY: wire_history,
        LOG: wire_log,
        REMOVED: wire_removed,
    }
    for key, wire in wires.items():
        pages.promise(key, partial(wire, pages, bureau))
    return pages


def _issue(try_pack: TryPack, pages: Pages, bureau: Bureau) -> None:
    page, presenter = IssuePage(), IssuePresenter(bureau)
    presenter.changed = lambda: page.show_issue(presenter.view())
    presenter.progressed = page.progress.show_progress
    presenter.slips_wanted = lambda path: show_paper(path, page, presenter.slips_printed)
    presenter.void.made = pages.show_made
    presenter.try_wanted = try_pack
    page.selected.connect(presenter.select)
    page.places.folder_chosen.connect(presenter.choose_folder)
    page.sticks.copy_requested.connect(presenter.copy_to)
    page.sticks.all_requested.connect(presenter.copy_all)
    page.reissue.typed.connect(presenter.reissue.type)
    page.reissue.asked.connect(presenter.reissue.write)
    page.places.slips_requested.connect(presenter.show_slips)
    page.places.handed.connect(presenter.hand_over)
    page.roster.typed.connect(presenter.roster.type)
    page.roster.withdrawn.connect(presenter.roster.withdraw)
    page.roster.replaced.connect(presenter.roster.replace)
    page.roster.file_chosen.connect(presenter.roster.take_file)
    page.collect_requested.connect(presenter.collect)
    page.frozen.void_asked.connect(presenter.void.ask)
    page.frozen.void_typed.connect(presenter.void.type)
    page.frozen.void_made.connect(presenter.void.make_void)
    page.try_requested.connect(presenter.try_pack)
    page.cancel_requested.connect(presenter.cancel)
    page.next_requested.connect(presenter.next)
    order = wire_order(page.order, bureau)

    def enter() -> None:
        order.enter()
        presenter.enter()

    pages.add(ISSUE, page, enter)
