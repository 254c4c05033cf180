"""Whether the parts of a plan fit each other: rules and panel, applications and scheme."""

from reviewer_app.core.adjust import for_application
from reviewer_app.core.errors import RulesError
from reviewer_app.core.messages import _
from reviewer_app.core.round import Application, RoundPlan, Specialism
from reviewer_app.core.rules import AggregationLevel, Normalise
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_category import for_category
from reviewer_app.core.scoring import choices_of_one
from reviewer_app.core.tally import check_ties
from reviewer_app.core.tally_groups import check_groups
from reviewer_app.core.tally_normalise import LEAST_APPLICATIONS
from reviewer_app.core.tally_panel import Panel, PanelApplication


def fitted_scheme(scheme: Scheme, application: Application) -> Scheme:
    """Return the scheme as it holds for one application: its own changes, its category.

    Raises SchemeError for a change the scheme does not allow and for an unknown category.
    """
    changed = for_application(scheme, application.changes)
    return for_category(changed, application.category)


def rules_misfits(plan: RoundPlan) -> tuple[str, ...]:
    """Return one sentence for each thing the rules name that the plan does not have."""
    sentences: list[str] = []
    try:
        check_ties(Panel((PanelApplication("", plan.scheme),)), plan.rules)
    except RulesError as error:
        sentences.append(str(error))
    known = {str(each.number) for each in plan.experts} | set(Specialism)
    sentences += [
        _("The expert weights name {name}, which is no expert and no specialism").format(
            name=name
        )
        for name, _weight in plan.rules.aggregation.expert_weights
        if name not in known
    ]
    sentences += [
        *_group_misfits(plan),
        *_normalise_misfits(plan),
        *_choice_misfits(plan),
    ]
    return tuple(sentences)


def _group_misfits(plan: RoundPlan) -> list[str]:
    """Return where the rules' groups do not hold exactly the plan's applications."""
    if plan.rules.groups is None:
        return []
    try:
        check_groups(plan.rules.groups, [each.number for each in plan.applications])
    except RulesError as error:
        return [str(error)]
    return []


def _normalise_misfits(plan: RoundPlan) -> list[str]:
    """Return why experts cannot be normalised: no totals to compare, or too few of them."""
    if plan.rules.aggregation.normalise is Normalise.NONE:
        return []
    if any(leaf.specialisms for leaf in plan.scheme.indicators()):
        return [_("normalise works on totals; this panel is combined by indicator")]
    return [
        _("normalise needs {least} applications an expert; expert {expert} has {count}").format(
            least=LEAST_APPLICATIONS, expert=expert, count=len(given)
        )
        for expert, given in plan.assignment.items()
        if len(given) < LEAST_APPLICATIONS
    ]


def _choice_misfits(plan: RoundPlan) -> list[str]:
    """Return the either-or headings that cannot be combined indicator by indicator.

    Two experts may answer different alternatives; their combined marks would answer both.
    """
    leaves = plan.scheme.indicators()
    specialised = any(leaf.specialisms for leaf in leaves)
    if not specialised and plan.rules.aggregation.level is AggregationLevel.TOTAL:
        return []
    return [
        _(
            "{code} {title}: experts may choose differently, so marks cannot be combined by "
            "indicator"
        ).format(code=node.code, title=node.title)
        for node in choices_of_one(plan.scheme)
        if any(not leaf.is_formula for leaf in node.indicators())
    ]
