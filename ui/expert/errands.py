"""What the expert's pages have others do: read a document, look for sticks, print, choose."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer_app.core.errors import ReviewerError
from reviewer_app.core.messages import _
from ui.drives import drives
from ui.expert.finish_places import Place, place_of
from ui.expert.finish_presenter import FinishPresenter
from ui.expert.session import Session
from ui.printing import print_pdf


def fetch(
    session: Session,
    entry: str,
    done: Callable[[bytes], None],
    failed: Callable[[ReviewerError], None],
) -> None:
    """Read a document of the open pack in the background."""
    pack = session.desk.pack
    session.tasks.run(lambda: pack.material(entry), done=done, failed=failed)


def places(session: Session) -> list[Place]:
    """Return where a sheet can be written: the sticks that are plugged in."""
    source = session.source if isinstance(session.source, Path) else None
    return [
        place_of(d.root, d.name, d.free, read_only=d.read_only, source=source) for d in drives()
    ]


def print_paper(finishing: FinishPresenter, parent: QWidget) -> None:
    """Print the signed sheet's paper; a printer's fault is said on the page."""
    paper = finishing.paper()
    if paper is None:
        return
    try:
        print_pdf(paper, parent)
    except ReviewerError as error:
        finishing.say(str(error))


def choose_pack(parent: QWidget) -> Path | None:
    """Ask for a pack file; None where the person thinks better of it."""
    kinds = _("Review packs (*.reviewpack);;All files (*)")
    name, _kind = QFileDialog.getOpenFileName(parent, _("Open review pack"), "", kinds)
    return Path(name) if name else None
