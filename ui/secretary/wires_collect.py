"""The collect page with its presenter."""

from ui.secretary.bureau import Bureau
from ui.secretary.collect_page import CollectPage
from ui.secretary.collect_presenter import CollectPresenter
from ui.secretary.pages import Pages
from ui.secretary.paper_window import show_paper
from ui.secretary.steps import COLLECT


def wire_collect(pages: Pages, bureau: Bureau) -> None:
    """Connect the collect page."""
    page, presenter = CollectPage(), CollectPresenter(bureau)
    presenter.changed = lambda: page.show_collect(presenter.view())
    presenter.progressed = page.progress.show_progress
    presenter.files_wanted, presenter.focus_reason = page.choose_files, page.focus_reason
    presenter.statement_wanted = lambda path: show_paper(path, page)
    page.files_given.connect(presenter.take)
    page.reason_typed.connect(presenter.type_reason)
    page.close_requested.connect(presenter.ask_close)
    page.statement_requested.connect(presenter.show_statement)
    page.roster_chosen.connect(presenter.change_roster)
    page.cancel_requested.connect(presenter.cancel)
    page.next_requested.connect(presenter.next)
    page.side.files_given.connect(presenter.take)
    page.side.late_typed.connect(presenter.type_late)
    page.side.key_reason_typed.connect(presenter.type_key_reason)
    page.side.key_accepted.connect(presenter.accept_key)
    page.side.sample_requested.connect(presenter.hand_in_sample)
    pages.add(COLLECT, page, presenter.enter)
