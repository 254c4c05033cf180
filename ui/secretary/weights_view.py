"""The weights as they are being typed: every indicator, the sums, whether they fit."""

from dataclasses import dataclass
from fractions import Fraction

from reviewer_app.core.errors import NumberError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, parse_decimal, plain_text, publish
from reviewer_app.core.round import RoundPlan
from reviewer_app.core.scheme import Dimension, Indicator, Relation, Target, WeightOrigin
from ui.views import Message


@dataclass(frozen=True, slots=True)
class WeightLine:
    """An indicator with its weight as typed, or (``group``) the heading above some."""

    code: str
    title: str
    nature: str = ""
    target: str = ""
    weight: str = ""
    state: str = ""
    group: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A dimension's share of the total, as a bar."""

    name: str
    figure: str
    share: float


@dataclass(frozen=True, slots=True)
class WeightsView:
    """The weights part."""

    lines: tuple[WeightLine, ...]
    shares: tuple[Share, ...]
    total: str
    full: str
    fits: bool
    suggested: bool
    confirmed_by: str
    source: str
    trouble: Message


def weights_view(
    plan: RoundPlan, drafts: dict[str, str], confirmed_by: str, trouble: Message
) -> WeightsView:
    """Return the weights as they are being typed, with their sums."""
    scheme = plan.scheme
    shares, lines, sums = [], [], {}
    for dimension in scheme.dimensions:
        leaves = list(dimension.indicators())
        sums[dimension.code] = _sum(leaves, drafts)
        lines.append(_heading(dimension, sums[dimension.code]))
        lines += [_line(plan, leaf, drafts) for leaf in leaves]
    total = sum(sums.values(), Fraction(0))
    most = max([*sums.values(), Fraction(1)])
    for dimension in scheme.dimensions:
        figure = sums[dimension.code]
        name = f"{dimension.code} {dimension.title}".strip()
        shares.append(Share(name, plain_text(figure), float(figure / most)))
    return WeightsView(
        lines=tuple(lines),
        shares=tuple(shares),
        total=_short(total),
        full=_short(scheme.full_marks),
        fits=total == scheme.full_marks and all(line.state != "error" for line in lines),
        suggested=scheme.weight_origin is WeightOrigin.SUGGESTED,
        confirmed_by=confirmed_by,
        source="\n".join(filter(None, (f"{scheme.title}", scheme.document, scheme.note))),
        trouble=trouble,
    )


def weight_of(text: str) -> Fraction | None:
    """Return a typed weight, None where it is no number above zero."""
    try:
        weight = parse_decimal(text.strip())
    except NumberError:
        return None
    return weight if weight > 0 else None


def _heading(dimension: Dimension, figure: Fraction) -> WeightLine:
    note = _("title inferred, printed with a footnote") if dimension.inferred else ""
    text = _short(figure)
    return WeightLine(dimension.code, dimension.title, weight=text, group=True, note=note)


def _line(plan: RoundPlan, leaf: Indicator, drafts: dict[str, str]) -> WeightLine:
    text = drafts.get(leaf.code, plain_text(leaf.weight))
    target = ""
    if leaf.targets:
        target = target_words(plan.scheme.target(leaf.targets[0]))
    return WeightLine(
        leaf.code,
        leaf.title,
        _("objective") if leaf.objective else _("judged"),
        target or "—",
        text,
        "error" if leaf.code in drafts and weight_of(text) is None else "",
    )


def _sum(leaves: list[Indicator], drafts: dict[str, str]) -> Fraction:
    total = Fraction(0)
    for leaf in leaves:
        weight = weight_of(drafts[leaf.code]) if leaf.code in drafts else leaf.full_weight
        total += weight or 0
    return total


def _short(value: Fraction) -> str:
    text = plain_text(value)
    return text if "/" not in text else publish(value, 2, Rounding.HALF_UP)


def target_words(target: Target) -> str:
    """Return a target as it stands beside its indicator."""
    if target.value is None:
        return _("in words")
    value = plain_text(target.value)
    if target.relation is Relation.BETWEEN and target.high is not None:
        return f"{value}–{plain_text(target.high)} {target.unit}"
    return f"{target.relation.value} {value} {target.unit}"
