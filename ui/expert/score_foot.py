"""The foot of the scoring page: live total, how many are done, saving, the next step."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from reviewer_app.core.messages import _
from ui.components.bars import FootBar
from ui.components.button import Button
from ui.components.text import label, post
from ui.expert.score_views import ScoreView
from ui.look.scaling import fix


class ScoreFoot(FootBar):
    """The foot bar with the weighted total so far, a flag for oneself, the way to compare."""

    flag_requested = Signal()
    compare_requested = Signal()

    def __init__(self) -> None:
        self._total = label("", "total")
        self._total.setAccessibleName(_("Weighted total"))
        self._total_name = label(_("Weighted total"), "small", "2")
        self._weight = label("", "small", "2")
        self._done = label("", "strong")
        self._done_name = label(_("Done"), "small", "2")
        self._gap = post(30)
        super().__init__(
            self._total_name, self._total, self._weight, self._gap, self._done_name, self._done
        )
        self._bar = QProgressBar()
        self._bar.setProperty("kind", "thin")
        self._bar.setTextVisible(False)
        fix(self._bar, width=120, height=6)
        self.insert(self._bar)
        self._flag = Button("", kind="quiet", icon="flag")
        self._flag.setCheckable(True)
        self._flag.setAccessibleName(_("Flag this application for yourself"))
        self._flag.setToolTip(_("Flag this application for yourself"))
        self._flag.clicked.connect(self.flag_requested)
        self._compare = Button(_("Compare with others"), icon="table-2", key="F3", size="tall")
        self._compare.clicked.connect(self.compare_requested)
        self.add_button(self._flag)
        self.add_button(self._compare)

    def show_score(self, view: ScoreView) -> None:
        """Show total, counts, saving and the next step."""
        self._total.setText(view.total)
        self._weight.setText(view.weight)
        self._done.setText(f"{view.done}／{view.of}")
        self._bar.setRange(0, max(1, view.of))
        self._bar.setValue(view.done)
        self._flag.setChecked(view.flagged)
        self.show_foot(view.foot)

    def shorten(self, *, snug: bool, narrow: bool, tight: bool) -> None:
        """Leave out words where there is little room, in three steps."""
        self._bar.setVisible(not snug)
        self._weight.setVisible(not narrow)
        for part in (self._total_name, self._done_name, self._gap):
            part.setVisible(not tight)
        words = _("Compare") if tight else _("Compare with others")
        self._compare.show_words(words, icon="" if tight else "table-2")
