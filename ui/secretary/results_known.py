"""What the results page reads in one go, and the page made of it, off the window's thread."""

from dataclasses import dataclass

from reviewer_app.core.messages import _
from reviewer_app.core.recheck import Flag
from reviewer_app.core.round import RoundId
from reviewer_app.core.stability import Stability, VariantKind
from reviewer_app.services.agreement import Agreement, agreement, totals_of
from reviewer_app.services.corrections import Correction, corrections_of
from reviewer_app.services.findings import cut_stability
from reviewer_app.services.result_papers import results_code
from reviewer_app.services.results import Results, load_results
from reviewer_app.statistics.totals import Undefined
from ui.secretary.correction_views import correction_lines
from ui.secretary.outline import OpenUnit
from ui.secretary.results_tables import indicator_matrix
from ui.secretary.results_views import (
    ResultsView,
    StabilityLine,
    dimension_rows,
    open_flags,
    ranking_rows,
    recheck_lines,
    rules_note,
    scale_of,
    short_name,
)
from ui.views import NOTHING, FootView


@dataclass(frozen=True, slots=True)
class Found:
    """Everything the page reads, in one go: results, advice, corrections."""

    results: Results
    stability: Stability | None
    agreement: Agreement
    corrections: tuple[Correction, ...]
    flags: tuple[Flag, ...]
    """The findings to look at."""
    page: ResultsView
    """What the page shows, made in the background; notice, selection and foot come later."""


def read_found(open_bureau: OpenUnit, round_id: RoundId) -> Found:
    """Return the results of a closed round with everything that stands beside them."""
    with open_bureau() as unit:
        results = load_results(unit, round_id)
        corrections = corrections_of(unit, round_id)
    advice = cut_stability(results), agreement(totals_of(results.tally))
    page = _page(results, *advice, corrections)
    return Found(results, *advice, corrections, open_flags(results), page)


def _page(
    results: Results,
    found: Stability | None,
    measured: Agreement,
    corrections: tuple[Correction, ...],
) -> ResultsView:
    """Return the page apart from what changes while it is looked at."""
    scheme = results.seating.round.document.scheme
    return ResultsView(
        rows=ranking_rows(results, list(found.crossing()) if found else []),
        dimension_titles=tuple(f"{d.code} {d.title}" for d in scheme.dimensions),
        dimension_rows=dimension_rows(results),
        matrix=indicator_matrix(results),
        scale=scale_of(results).words,
        selected="",
        rechecks=recheck_lines(results),
        corrections=correction_lines(results, corrections),
        stability_title=stability_title(results, found) if found else "",
        stability=stability_lines(found) if found else (),
        agreement=_agreement_lines(measured),
        agreement_note=_stances(measured),
        rules=rules_note(results),
        digest=results_code(results),
        notice=NOTHING,
        foot=FootView(""),
    )


def _agreement_lines(found: Agreement) -> tuple[tuple[str, str], ...]:
    w, single = found.kendall_w, found.icc.get("ICC2")
    lines = [(_("Kendall's W"), "—" if isinstance(w, Undefined) else f"{w.w:.2f}")]
    if single is not None:
        text = "—" if isinstance(single, Undefined) else f"{single.value:.2f}"
        lines.append(("ICC(2,1)", text))
    return tuple(lines)


def _stances(found: Agreement) -> str:
    known = [
        (stance.leniency, stance.expert)
        for stance in found.stances
        if not isinstance(stance.leniency, Undefined)
    ]
    if not known:
        return ""
    mild, strict = max(known), min(known)
    return _("Mildest {mild} {plus}　strictest {strict} {minus}").format(
        mild=mild[1],
        plus=f"{float(mild[0]):+.1f}".replace("-", "−"),
        strict=strict[1],
        minus=f"{float(strict[0]):+.1f}".replace("-", "−"),
    )


def stability_lines(found: Stability) -> tuple[StabilityLine, ...]:
    """Return how the cut line fares without each expert, with other weights and methods."""
    lines = []
    names = {
        VariantKind.WITHOUT_EXPERT: _("Without any one expert"),
        VariantKind.WEIGHT: _("Any dimension's weight ±10 %"),
        VariantKind.METHOD: _("Another way of averaging"),
    }
    for kind, name in names.items():
        mine = [each for each in found.variants if each.kind is kind]
        changed = [each for each in mine if each.changes]
        if mine:
            words = _("{changed} of {count}").format(changed=len(changed), count=len(mine))
            lines.append(StabilityLine(name, words, bool(changed)))
    return tuple(lines)


def stability_title(results: Results, found: Stability) -> str:
    """Return who may change places at the cut line, in one sentence."""
    crossing = list(found.crossing())
    if not crossing:
        return _("Nobody crosses the line in any variant.")
    names = "、".join(f"{each} {short_name(results, each)}" for each in crossing)
    return _("May cross the line: {names}").format(names=names)
