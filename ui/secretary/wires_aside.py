"""The pages beside the seven steps: a new round, history, the log, what was put away."""

from ui.secretary.aside_pages import LogPage
from ui.secretary.aside_presenters import LogPresenter
from ui.secretary.bureau import Bureau
from ui.secretary.history_page import HistoryPage
from ui.secretary.history_presenter import HistoryPresenter
from ui.secretary.new_page import NewPage
from ui.secretary.new_presenter import NewPresenter
from ui.secretary.pages import Pages
from ui.secretary.removed_page import RemovedPage
from ui.secretary.removed_presenter import RemovedPresenter

NEW, HISTORY, LOG, REMOVED = "new", "history", "log", "removed"


def wire_new(pages: Pages, bureau: Bureau) -> None:
    """Connect the form of a new round."""
    page, presenter = NewPage(), NewPresenter(bureau)
    presenter.changed = lambda: page.show_new(presenter.view())
    presenter.lacking_wanted = page.show_lacking
    presenter.made = pages.show_made
    page.typed.connect(presenter.type)
    page.dropped.connect(presenter.drop)
    page.lists_folder_chosen.connect(presenter.write_lists)
    page.next_requested.connect(presenter.next)
    pages.add(NEW, page, presenter.enter)


def wire_history(pages: Pages, bureau: Bureau) -> None:
    """Connect the results by unit."""
    page, presenter = HistoryPage(), HistoryPresenter(bureau)
    presenter.changed = lambda: page.show_history(presenter.view())
    page.unit_requested.connect(presenter.open)
    page.archives_given.connect(presenter.take_in)
    page.next_requested.connect(bureau.show_round)
    pages.add(HISTORY, page, presenter.enter)


def wire_log(pages: Pages, bureau: Bureau) -> None:
    """Connect the log."""
    page, presenter = LogPage(), LogPresenter(bureau)
    presenter.changed = lambda: page.show_log(presenter.view())
    page.next_requested.connect(bureau.show_round)
    pages.add(LOG, page, presenter.enter)


def wire_removed(pages: Pages, bureau: Bureau) -> None:
    """Connect the rounds that were put away."""
    page, presenter = RemovedPage(), RemovedPresenter(bureau)
    presenter.changed = lambda: page.show_removed(presenter.view())
    presenter.restored = pages.show_made
    page.restore_requested.connect(presenter.restore)
    page.next_requested.connect(bureau.show_round)
    pages.add(REMOVED, page, presenter.enter)
