"""The seven steps of a round, each with its state in words."""

from reviewer_app.core.messages import _
from reviewer_app.services.records import RoundState
from ui.secretary.outline import RoundOutline
from ui.views import Step, StepState

PREPARE, ISSUE, COLLECT, RESULTS = "prepare", "issue", "collect", "results"
DELIBERATE, MINUTES, SEAL = "deliberate", "minutes", "seal"
STEPS = (PREPARE, ISSUE, COLLECT, RESULTS, DELIBERATE, MINUTES, SEAL)


def step_name(key: str) -> str:
    """Return what a step is called."""
    return {
        PREPARE: _("Prepare"),
        ISSUE: _("Issue"),
        COLLECT: _("Collect"),
        RESULTS: _("Results"),
        DELIBERATE: _("Deliberate"),
        MINUTES: _("Minutes"),
        SEAL: _("Archive"),
    }[key]


def usual_step(outline: RoundOutline) -> str:
    """Return the step at which a round waits for the secretary."""
    if outline.state is RoundState.CLOSED and outline.opinions:
        return DELIBERATE
    return {
        RoundState.PREPARING: PREPARE,
        RoundState.ISSUED: COLLECT,
        RoundState.CLOSED: RESULTS,
        RoundState.SEALED: SEAL,
    }[outline.state]


def round_steps(outline: RoundOutline, current: str) -> tuple[Step, ...]:
    """Return every step as the bar shows it; ``current`` is the one whose page is open."""
    lines = _lines(outline)
    reached = _reached(outline)
    return tuple(
        Step(
            key,
            step_name(key),
            lines[key],
            StepState.CURRENT if key == current else reached[key],
        )
        for key in STEPS
    )


def is_open(outline: RoundOutline, key: str) -> bool:
    """Tell whether a step can be worked on or looked at."""
    return _reached(outline)[key] is not StepState.LOCKED


def round_line(outline_state: RoundState, open_checks: int) -> str:
    """Return a round's state in the rail."""
    if outline_state is RoundState.PREPARING and open_checks:
        return _("Prepare　{count} checks open").format(count=open_checks)
    return {
        RoundState.PREPARING: _("Prepare"),
        RoundState.ISSUED: _("Collect"),
        RoundState.CLOSED: _("Closed, results"),
        RoundState.SEALED: _("Archived"),
    }[outline_state]


def _reached(outline: RoundOutline) -> dict[str, StepState]:
    done, opened, locked = StepState.DONE, StepState.OPEN, StepState.LOCKED
    state, plan = outline.state, outline.view.plan
    if state is RoundState.PREPARING:
        return {
            key: opened if key in (PREPARE, ISSUE) and not outline.open_checks else locked
            for key in STEPS
        } | {PREPARE: opened}
    if state is RoundState.ISSUED:
        later = dict.fromkeys((RESULTS, DELIBERATE, MINUTES, SEAL), locked)
        return {PREPARE: done, ISSUE: done, COLLECT: opened, **later}
    before = dict.fromkeys((PREPARE, ISSUE, COLLECT), done)
    if state is RoundState.SEALED:
        return before | dict.fromkeys((RESULTS, DELIBERATE, MINUTES, SEAL), done)
    agreed = outline.opinions >= len(plan.applications)
    return before | {
        RESULTS: done if not outline.flags else opened,
        DELIBERATE: done if agreed else opened,
        MINUTES: opened,
        SEAL: opened,
    }


def _lines(outline: RoundOutline) -> dict[str, str]:
    state, plan = outline.state, outline.view.plan
    checks = len(outline.view.checks)
    not_yet = dict.fromkeys(STEPS, _("not yet"))
    if state is RoundState.PREPARING:
        met = checks - outline.open_checks
        ready = not outline.open_checks
        return not_yet | {
            PREPARE: _("checks {met}/{count}").format(met=met, count=checks),
            ISSUE: _("ready") if ready else _("not yet"),
        }
    issued = _("{count} issued").format(count=outline.expected)
    frozen = {PREPARE: _("frozen"), ISSUE: issued}
    if state is RoundState.ISSUED:
        counts = {"received": outline.received, "expected": outline.expected}
        return not_yet | {
            **frozen,
            COLLECT: _("{received}/{expected} received").format(**counts),
            RESULTS: _("after closing"),
        }
    applications = len(plan.applications)
    opinions = {"written": outline.opinions, "count": applications}
    return {
        **frozen,
        COLLECT: _("{received}/{expected} closed").format(
            received=outline.received, expected=outline.expected
        ),
        RESULTS: _("{count} to look at").format(count=len(outline.flags))
        if outline.flags
        else _("no finding"),
        DELIBERATE: _("opinions {written}/{count}").format(**opinions),
        MINUTES: _("can be printed"),
        SEAL: _("archived") if state is RoundState.SEALED else _("not archived"),
    }
