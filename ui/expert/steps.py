"""The expert's five steps as tabs: which are done, which can be reached."""

from collections.abc import Collection

from reviewer_app.core.messages import _
from ui.expert.sitting import Sitting
from ui.views import Tab

OPEN, CONFLICTS, SCORE, COMPARE, FINISH = "open", "conflicts", "score", "compare", "finish"
_ORDER = (OPEN, CONFLICTS, SCORE, COMPARE, FINISH)


def step_name(key: str) -> str:
    """Return what a step is called."""
    return {
        OPEN: _("Open"),
        CONFLICTS: _("Pledge and conflicts"),
        SCORE: _("Score"),
        COMPARE: _("Compare"),
        FINISH: _("Hand in"),
    }[key]


def step_tabs(sitting: Sitting, current: str, reached: Collection[str]) -> list[Tab]:
    """Return the five steps as they stand."""
    names = [step_name(key) for key in _ORDER]
    short = (_("Open"), _("Conflicts"), _("Score"), _("Compare"), _("Hand in"))
    done = _done(sitting, current, reached)
    why = _("Comes after the steps before it")
    return [
        Tab(
            key,
            str(place + 1),
            names[place],
            short[place],
            key in done,
            key in reached,
            "" if key in reached else why,
        )
        for place, key in enumerate(_ORDER)
    ]


def _done(sitting: Sitting, current: str, reached: Collection[str]) -> set[str]:
    if sitting.session.opened is None:
        return set()
    done = {OPEN} if current != OPEN or SCORE in reached else set()
    if SCORE in reached:
        done.add(CONFLICTS)
        done |= {SCORE, COMPARE} if sitting.is_complete() else set()
    return done | ({FINISH} if sitting.locked else set())
