"""Whether the parts of a plan fit each other: rules and panel, applications and scheme."""

from reviewer_app.core.adjust import for_application
from reviewer_app.core.errors import RulesError
from reviewer_app.core.messages import _
from reviewer_app.core.round import Application, RoundPlan, Specialism
from reviewer_app.core.scheme import Scheme
from reviewer_app.core.scheme_category import for_category
from reviewer_app.core.tally import check_ties
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
    return tuple(sentences)
