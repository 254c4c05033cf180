"""The collect page with its presenter."""

from ui.secretary.bureau import Bureau
from ui.secretary.collect_page import CollectPage
from ui.secretary.collect_presenter import CollectPresenter
from ui.secretary.entry_presenter import EntryPresenter
from ui.secretary.pages import Pages
from ui.secretary.paper_window import show_paper
from ui.secretary.steps import COLLECT, ISSUE


def wire_collect(pages: Pages, bureau: Bureau) -> None:
    """Connect the collect page."""
    page, presenter = CollectPage(), CollectPresenter(bureau)
    entry = EntryPresenter(bureau)

    def show() -> None:
        if entry.is_open:
            page.show_entry(entry.view())
        else:
            page.show_collect(presenter.view())

    def forward() -> None:
        opened = entry if entry.is_open else presenter
        opened.next()

    def enter() -> None:
        if entry.round_changed():
            entry.is_open = False
        presenter.enter()

    presenter.changed = entry.changed = show
    _wire_entry(page, entry)
    presenter.progressed = page.progress.show_progress
    presenter.files_wanted, presenter.focus_reason = page.choose_files, page.focus_reason
    presenter.papers.wanted = lambda path: show_paper(path, page)
    page.files_given.connect(presenter.take)
    page.reason_typed.connect(presenter.type_reason)
    page.close_requested.connect(presenter.ask_close)
    page.reminder_requested.connect(presenter.papers.print_reminder)
    page.side.receipts_requested.connect(presenter.papers.print_receipts)
    page.statement_requested.connect(presenter.papers.show_statement)
    page.roster_requested.connect(lambda: bureau.go(ISSUE))
    page.cancel_requested.connect(presenter.cancel)
    page.next_requested.connect(forward)
    page.side.files_given.connect(presenter.take)
    page.side.late_typed.connect(presenter.type_late)
    page.side.key_reason_typed.connect(presenter.type_key_reason)
    page.side.key_accepted.connect(presenter.accept_key)
    page.side.sample_requested.connect(presenter.hand_in_sample)
    pages.add(COLLECT, page, enter)


def _wire_entry(page: CollectPage, entry: EntryPresenter) -> None:
    """Connect the re-entry from paper, which stands in the board's place."""
    pane = page.entry
    entry.paper_wanted = lambda path: show_paper(path, page)
    page.entry_requested.connect(entry.open)
    pane.back_requested.connect(entry.close)
    pane.expert_chosen.connect(entry.choose)
    pane.cell_typed.connect(entry.type_cell)
    pane.typed.connect(entry.type)
    pane.scan_chosen.connect(entry.take_scan)
    pane.said.connect(entry.say)
    pane.print_requested.connect(entry.print_form)
    pane.again_requested.connect(entry.begin_again)
