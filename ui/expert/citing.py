"""From the comment to the page and back: citations that open, words that are quoted."""

from reviewer_app.core.messages import _
from ui.expert.score_page import ScorePage
from ui.expert.score_presenter import ScorePresenter


class Citing:
    """Connects the form's citations with the materials of the same page."""

    def __init__(self, page: ScorePage, presenter: ScorePresenter) -> None:
        self._page, self._presenter = page, presenter
        page.form.citation_opened.connect(self._open)
        page.materials.quoted.connect(self._quote)

    def _open(self, place: int) -> None:
        cited = self._presenter.view().form.citations[place]
        self._page.show_materials()
        self._page.materials.open_file(cited.file, cited.page)

    def _quote(self, words: str, file: str, page: int) -> None:
        """Put words of a document after the comment of the open indicator; cite their page."""
        self._page.settle()
        before = self._presenter.view().form.comment
        quoted = _("“{words}”").format(words=words)
        self._presenter.write_comment(f"{before} {quoted}".strip())
        self._presenter.cite(file, page)
