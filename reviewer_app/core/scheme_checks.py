"""What a scheme must not contradict: scales, weights, codes, references between its parts.

Each function returns nothing or raises SchemeError whose text begins with ``where``.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NoReturn

from reviewer_app.core.errors import NotFoundError, SchemeError
from reviewer_app.core.mechanics import RatioToTarget, figure_ids, formulas, measures
from reviewer_app.core.mechanics_checks import check_levels, check_method
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.round import RoundKind, Specialism
from reviewer_app.core.scheme import Dimension, Indicator, Pick, Role, Scheme
from reviewer_app.core.scheme_category import for_category

_SPECIALISMS = tuple(each.value for each in Specialism)
_KINDS = tuple(each.value for each in RoundKind)


def check_indicator(indicator: Indicator, where: str) -> None:
    """Refuse an impossible scale, broken levels, or a method with values left out."""
    here = f"{where} ({indicator.code})"
    if indicator.step <= 0 or indicator.maximum <= 0 or indicator.minimum > indicator.maximum:
        _refuse(here, _("the scale must rise in positive steps to a positive maximum"))
    if (indicator.maximum - indicator.minimum) % indicator.step:
        _refuse(
            here,
            _("“maximum”: {maximum} is off the step {step}").format(
                maximum=plain_text(indicator.maximum), step=plain_text(indicator.step)
            ),
        )
    _check_weight(indicator, here)
    for name in indicator.specialisms:
        if name not in _SPECIALISMS:
            _refuse(
                here,
                _("“specialisms”: {name} is none of {names}").format(
                    name=name, names=" | ".join(_SPECIALISMS)
                ),
            )
    try:
        check_levels(indicator)
    except SchemeError as error:
        _refuse(f"{here} “levels”", str(error))
    try:
        check_method(indicator)
    except SchemeError as error:
        _refuse(f"{here} “method”", str(error))


def _check_weight(indicator: Indicator, where: str) -> None:
    if indicator.role is Role.SCREEN:
        scale = [indicator.minimum, indicator.maximum, indicator.step]
        if indicator.weight or scale != [0, 1, 1]:
            _refuse(where, _("a screening box has no weight and is 0 or 1"))
    elif indicator.weight <= 0:
        _refuse(where, _("“weight” must be above zero"))


def check_dimension(dimension: Dimension, of: Fraction | None, where: str) -> None:
    """Refuse a heading whose children do not sum to what it states.

    ``of`` is the sum of a sub-table that counts for ``weight`` only (分项折算).
    """
    here = f"{where} ({dimension.code})"
    if not dimension.children:
        _refuse(here, _("there is no indicator under this heading"))
    if of is not None and dimension.weight is None:
        _refuse(here, _("“of” needs “weight”: what the sub-table counts for"))
    chooses = dimension.pick is not Pick.ALL
    if of is not None and chooses:
        _refuse(here, _("“of” cannot stand under a heading with a choice"))
    stated = dimension.weight if of is None else of
    found = replace(dimension, weight=None).full_marks
    if stated is not None and stated != found:
        _refuse(
            here,
            _("“weight”: {stated} is stated, the indicators under it come to {found}").format(
                stated=plain_text(stated), found=plain_text(found)
            ),
        )
    if chooses and any(_is_extra(child) for child in dimension.children):
        _refuse(here, _("a heading with a choice holds ordinary indicators only"))
    low, high = dimension.at_least, dimension.at_most
    if low is not None and high is not None and low > high:
        _refuse(here, _("“at_least” is above “at_most”"))


def _is_extra(node: Indicator | Dimension) -> bool:
    return isinstance(node, Indicator) and node.role is not Role.SCORE


def check_scheme(scheme: Scheme, where: str) -> None:
    """Refuse repeated codes, unknown references, and weights that miss the stated total."""
    if not scheme.full_marks:
        _refuse(where, _("there is no indicator with a weight"))
    _check_names(scheme, where)
    if scheme.maximum is not None and scheme.full_marks != scheme.maximum:
        _refuse(
            where,
            _("“total”: {stated} is stated, the weights sum to {found}").format(
                stated=plain_text(scheme.maximum), found=plain_text(scheme.full_marks)
            ),
        )
    for indicator in scheme.indicators():
        _check_references(scheme, indicator, f"{where} ({indicator.code})")
    _check_gates(scheme, where)
    _check_outcomes(scheme, where)
    _check_variants(scheme, where)


def _check_names(scheme: Scheme, where: str) -> None:
    codes = [node.code for node in nodes(scheme)]
    _refuse_repeated(codes, where, _("the code {name} is given twice"))
    ids = [each.id for each in scheme.targets] + [each.id for each in scheme.inputs]
    _refuse_repeated(ids, where, _("the target or input {name} is given twice"))
    _refuse_repeated(
        (gate.code for gate in scheme.gates), where, _("the gate {name} is given twice")
    )
    for kind in scheme.kinds:
        if kind not in _KINDS:
            _refuse(
                where,
                _("“kinds”: {kind} is none of {kinds}").format(
                    kind=kind, kinds=" | ".join(_KINDS)
                ),
            )


def nodes(scheme: Scheme) -> Iterator[Indicator | Dimension]:
    """Yield every heading and indicator in printed order."""

    def walk(node: Indicator | Dimension) -> Iterator[Indicator | Dimension]:
        yield node
        if isinstance(node, Dimension):
            for child in node.children:
                yield from walk(child)

    for dimension in scheme.dimensions:
        yield from walk(dimension)


def _check_references(scheme: Scheme, indicator: Indicator, where: str) -> None:
    targets = {target.id: target for target in scheme.targets}
    for target in indicator.targets:
        if target not in targets:
            _refuse(where, _("“targets”: there is no target {target}").format(target=target))
    known = known_figures(scheme)
    for measure in measures(indicator.method):
        for name in figure_ids(measure):
            if name not in known:
                _refuse(where, _("“method”: there is no input {name}").format(name=name))
    for formula in formulas(indicator.method):
        if not isinstance(formula, RatioToTarget):
            continue
        goal = targets.get(formula.target) if formula.target else None
        if formula.target and (goal is None or not goal.value):
            _refuse(
                where,
                _("“method”: {target} is no target with a figure").format(
                    target=formula.target
                ),
            )
        if formula.cap > 1 and not scheme.may_exceed:
            _refuse(where, _("“method”: “cap” above 1 needs may_exceed = true"))


def known_figures(scheme: Scheme) -> frozenset[str]:
    """Return the ids under which figures can be claimed: inputs, targets, indicators."""
    return frozenset(
        (
            *(each.id for each in scheme.inputs),
            *(each.id for each in scheme.targets),
            *(leaf.code for leaf in scheme.indicators()),
        )
    )


def _check_gates(scheme: Scheme, where: str) -> None:
    known = known_figures(scheme)
    targets = {target.id: target for target in scheme.targets}
    for number, gate in enumerate(scheme.gates, start=1):
        here = f"{where} gate[{number}] ({gate.code}) “requirements”"
        for name in gate.figure_ids():
            if name not in known:
                _refuse(here, _("there is no input or target {name}").format(name=name))
        for requirement in gate.requirements:
            goal = requirement.target
            if goal is not None and (goal not in targets or targets[goal].value is None):
                _refuse(here, _("{target} is no target with a figure").format(target=goal))
        for kind in gate.kinds:
            if kind not in _KINDS:
                _refuse(here, _("the occasion {kind} is unknown").format(kind=kind))


def _check_outcomes(scheme: Scheme, where: str) -> None:
    codes = {
        "total": {""},
        "dimension": {dimension.code for dimension in scheme.dimensions},
        "indicator": {leaf.code for leaf in scheme.indicators()},
        "screen": {leaf.code for leaf in scheme.indicators() if leaf.role is Role.SCREEN},
    }
    for number, outcome in enumerate(scheme.outcomes, start=1):
        here = f"{where} conclusion[{number}] ({outcome.name})"
        for condition in (*outcome.every, *outcome.some):
            if condition.code not in codes[condition.subject]:
                _refuse(here, _("“{condition}”: no such node").format(condition=condition))
        if not (outcome.every or outcome.some) and number < len(scheme.outcomes):
            _refuse(here, _("without a condition it hides the conclusions after it"))


def _check_variants(scheme: Scheme, where: str) -> None:
    _refuse_repeated(
        (variant.category for variant in scheme.variants),
        where,
        _("there are two variants {name}"),
    )
    for number, variant in enumerate(scheme.variants, start=1):
        try:
            for_category(scheme, variant.category)
        except (SchemeError, NotFoundError) as error:
            _refuse(f"{where} variant[{number}] ({variant.category})", str(error))


def _refuse_repeated(names: Iterable[str], where: str, sentence: str) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            _refuse(where, sentence.format(name=name))


def _refuse(where: str, sentence: str) -> NoReturn:
    raise SchemeError(f"{where}: {sentence}")
