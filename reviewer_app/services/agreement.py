"""How the experts of a panel agree: every statistic the results page and the command show."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.tally import Panel
from reviewer_app.core.tally_results import Tally
from reviewer_app.core.tally_scorer import Scorer
from reviewer_app.statistics.alpha import alpha
from reviewer_app.statistics.concordance import Concordance, concordance
from reviewer_app.statistics.icc import Correlation, intraclass
from reviewer_app.statistics.leniency import Stance, stances
from reviewer_app.statistics.normalise import normalised
from reviewer_app.statistics.text import Stated, stated
from reviewer_app.statistics.totals import Totals, Undefined


@dataclass(frozen=True, slots=True)
class Agreement:
    """All measures of one panel; each is a figure or says why it is undefined."""

    kendall_w: Concordance | Undefined
    icc: Mapping[str, Correlation | Undefined]
    alpha: Mapping[str, float | Undefined]
    stances: tuple[Stance, ...]
    normalised: Mapping[str, float] | Undefined


def totals_of(tally: Tally) -> Totals:
    """Return the experts' totals of a round; those of specialists cannot be compared."""
    return _totals(
        {
            result.number: {
                sheet.expert: sheet.total for sheet in result.sheets if not sheet.partial
            }
            for result in tally.applications
        }
    )


def totals_of_panel(panel: Panel) -> Totals:
    """Return the experts' totals of a panel of complete sheets."""
    values: dict[str, dict[str, Fraction]] = {}
    scorers: dict[int, Scorer] = {}
    for application in panel.applications:
        scheme = application.scheme
        scorer = scorers.setdefault(id(scheme), Scorer(scheme))
        given = values[application.number] = {}
        for sheet, marks in panel.sheets_for(application.number):
            total = scorer.total(marks).total
            if total is not None:
                given[sheet.expert] = total
    return _totals(values)


def _totals(values: Mapping[str, Mapping[str, Fraction]]) -> Totals:
    experts = dict.fromkeys(expert for given in values.values() for expert in given)
    return Totals(tuple(values), tuple(experts), values)


def agreement(totals: Totals) -> Agreement:
    """Return every measure of agreement between the experts' totals."""
    return Agreement(
        kendall_w=concordance(totals),
        icc=intraclass(totals),
        alpha=alpha(totals),
        stances=tuple(stances(totals)),
        normalised=normalised(totals),
    )


def agreement_data(result: Agreement) -> dict[str, Stated]:
    """Return the JSON document: figures as decimal strings, or ``{"undefined": why}``."""
    return {
        "kendall_w": _concordance_data(result.kendall_w),
        "icc": {name: _correlation_data(form) for name, form in result.icc.items()},
        "krippendorff_alpha": {name: stated(value) for name, value in result.alpha.items()},
        "experts": [
            {
                "expert": stance.expert,
                "applications": stance.applications,
                "leniency": stated(stance.leniency),
                "agreement": stated(stance.agreement),
            }
            for stance in result.stances
        ],
        "leniency": {stance.expert: stated(stance.leniency) for stance in result.stances},
        "normalised": stated(result.normalised)
        if isinstance(result.normalised, Undefined)
        else {number: stated(value) for number, value in result.normalised.items()},
    }


def _concordance_data(found: Concordance | Undefined) -> Stated:
    if isinstance(found, Undefined):
        return stated(found)
    return {
        "w": stated(found.w),
        "w_uncorrected": stated(found.uncorrected),
        "chi2": stated(found.chi_squared),
        "df": found.degrees,
        "p": stated(found.p),
        "tie_corrected": True,
        "applications": found.applications,
        "experts": found.experts,
    }


def _correlation_data(form: Correlation | Undefined) -> Stated:
    if isinstance(form, Undefined):
        return stated(form)
    return {
        "value": stated(form.value),
        "ci95": stated(form.interval)
        if isinstance(form.interval, Undefined)
        else [stated(end) for end in form.interval],
        "f": stated(form.f),
        "df1": form.above,
        "df2": form.below,
        "p": stated(form.p),
    }
