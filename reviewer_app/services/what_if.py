"""What if (推演): results under another rule, other weights, or with one mark otherwise.

Nothing here is stored, printed or exported, and no paper reads it: what counts is the result
under the rules that were frozen before the first score.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from reviewer_app.core.marks import Mark
from reviewer_app.core.rules import Method
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.stability_weights import reweighted
from reviewer_app.core.tally import Panel, PanelSheet, Tally, tally
from reviewer_app.services.results import Results


@dataclass(frozen=True, slots=True)
class OtherMark:
    """One mark as if the expert had given it."""

    expert: str
    application: str
    indicator: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Trial:
    """What is otherwise; empty, everything is as it was.

    ``weights`` are (dimension, factor), applied in order, the sum of weights kept.
    """

    method: Method | None = None
    drop: int = 1
    """How many highest and lowest are dropped where the method is ``trimmed``."""
    weights: tuple[tuple[str, Fraction], ...] = ()
    without: tuple[str, ...] = ()
    mark: OtherMark | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One application before and in the trial."""

    number: str
    rank: int | None
    then: int | None
    published: str | None
    then_published: str | None
    above: bool | None
    then_above: bool | None


def try_out(results: Results, trial: Trial) -> Tally:
    """Return the tally as it would be; votes are left out, they change no score."""
    rules = results.tally.rules
    if trial.method is not None:
        aggregation = replace(
            rules.aggregation,
            method=trial.method,
            drop_high=trial.drop,
            drop_low=trial.drop,
        )
        rules = replace(rules, aggregation=aggregation)
    return tally(_panel(results.panel, trial), rules)


def moves(results: Results, then: Tally) -> tuple[Move, ...]:
    """Return every application before and after, in the order of the trial's places."""
    found = []
    for result in then.ranked():
        before = results.tally.of(result.number)
        found.append(
            Move(
                result.number,
                before.rank,
                result.rank,
                before.published,
                result.published,
                before.recommended,
                result.recommended,
            )
        )
    return tuple(found)


def _panel(panel: Panel, trial: Trial) -> Panel:
    sheets = tuple(each for each in panel.sheets if each.expert not in trial.without)
    mark = trial.mark
    if mark is not None:
        sheets = tuple(_with_mark(each, mark) for each in sheets)
    if not trial.weights:
        return replace(panel, sheets=sheets)
    schemes = {id(each.scheme): each.scheme for each in panel.applications}
    weighed = {key: _weighed(scheme, trial) for key, scheme in schemes.items()}
    applications = tuple(
        replace(each, scheme=weighed[id(each.scheme)]) for each in panel.applications
    )
    return replace(panel, applications=applications, sheets=sheets)


def _weighed(scheme: Scheme, trial: Trial) -> Scheme:
    for code, factor in trial.weights:
        scheme = reweighted(scheme, code, factor)
    return scheme


def _with_mark(sheet: PanelSheet, mark: OtherMark) -> PanelSheet:
    given = sheet.marks.get(mark.application)
    if sheet.expert != mark.expert or given is None:
        return sheet
    changed = {**given, mark.indicator: mark.mark}
    return replace(sheet, marks={**sheet.marks, mark.application: changed})
