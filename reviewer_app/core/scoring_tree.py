"""How the points of indicators add up through the headings of a scheme.

Every node has a *share*, its worth in points of the total once unscorable weight has been
handed on, and stands in a *unit*, what one point of its heading is worth before that. Ordinary
indicators fill their share; bonus and penalty count in units and are never inflated by what
others could not score.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from reviewer_app.core.errors import MarkError
from reviewer_app.core.marks import MISSING, Mark, MarkState
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.scheme import Dimension, Indicator, Pick, Role, Scheme

_ZERO = Fraction(0)
_OUT = (MarkState.NOT_APPLICABLE, MarkState.ABSTAINED)
Node = Indicator | Dimension


@dataclass(frozen=True, slots=True)
class Part:
    """What one node gives: its value, and what is to be said of everything under it."""

    value: Fraction | None = None
    points: Mapping[str, Fraction | None] = field(default_factory=dict)
    headings: Mapping[str, Fraction | None] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    weight: Fraction = _ZERO


def add_up(scheme: Scheme, marks: Mapping[str, Mark]) -> Part:
    """Return what the marks give under the scheme; its value is the total.

    Raises MarkError where a choice of one has been answered twice.
    """
    sheet = _Sheet(marks, frozenset(_alive(scheme.dimensions, marks)))
    whole = sheet.add(scheme.dimensions, scheme.full_marks, Fraction(1))
    if not sheet.alive:
        return replace(whole, value=None)
    top = None if scheme.may_exceed else scheme.full_marks
    deducts = any(leaf.role is Role.PENALTY for leaf in scheme.indicators())
    return _capped(whole, "总分", (_ZERO if deducts else None, top), Fraction(1))


def _alive(nodes: Iterable[Node], marks: Mapping[str, Mark]) -> Iterable[str]:
    """Yield the codes of nodes that keep their share: something there is or may be scored."""
    for node in nodes:
        if isinstance(node, Indicator):
            out = marks.get(node.code, MISSING).state in _OUT
            if node.role is Role.SCORE and not out:
                yield node.code
        elif under := list(_alive(node.children, marks)):
            yield node.code
            yield from under


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet's marks for one application, and which nodes keep their share."""

    marks: Mapping[str, Mark]
    alive: frozenset[str]

    def add(self, nodes: Sequence[Node], share: Fraction, unit: Fraction) -> Part:
        """Return the sum of nodes that divide ``share`` among those still alive."""
        living = sum((n.full_weight for n in nodes if n.code in self.alive), _ZERO)
        rate = share / living if living else _ZERO
        return _joined([self.part(node, self._share(node, rate), unit) for node in nodes])

    def _share(self, node: Node, rate: Fraction) -> Fraction:
        if node.code not in self.alive:
            return _ZERO
        return node.full_weight if rate == 1 else node.full_weight * rate

    def part(self, node: Node, share: Fraction, unit: Fraction) -> Part:
        """Return what one node gives out of its share."""
        if isinstance(node, Indicator):
            return self._leaf(node, share, unit)
        inner = unit * node.full_weight / node.full_marks if node.full_marks else unit
        if node.pick is Pick.ALL:
            given = self.add(node.children, share, inner)
        else:
            given = self._picked(node, share, inner)
        scale = share / node.full_marks if share else inner
        limits = (node.at_least, node.at_most)
        capped = _capped(given, f"{node.code} {node.title}", limits, scale)
        return replace(capped, headings={**capped.headings, node.code: capped.value})

    def _leaf(self, leaf: Indicator, share: Fraction, unit: Fraction) -> Part:
        mark = self.marks.get(leaf.code, MISSING)
        if mark.value is None:
            absent = (leaf.code,) if mark.state is MarkState.MISSING else ()
            return Part(points={leaf.code: None}, missing=absent)
        if leaf.role is Role.SCREEN:
            return Part(points={leaf.code: _ZERO})
        worth = share if leaf.role is Role.SCORE else unit * leaf.weight
        value = worth * mark.value / leaf.maximum
        value = -value if leaf.role is Role.PENALTY else value
        return Part(value, points={leaf.code: value}, weight=share)

    def _picked(self, node: Dimension, share: Fraction, unit: Fraction) -> Part:
        """Return the one child that counts, saying which."""
        rate = share / node.full_marks
        parts = [self.part(child, self._share(child, rate), unit) for child in node.children]
        scored = [
            (part.value, each) for each, part in enumerate(parts) if part.value is not None
        ]
        if node.pick is Pick.ONE and len(scored) > 1:
            raise MarkError(
                _("{code} {title}: only one of its indicators may be scored").format(
                    code=node.code, title=node.title
                )
            )
        whole = _joined(parts)
        if not scored:
            return whole
        best = max(scored, key=lambda pair: (pair[0], -pair[1]))[1]
        child, chosen = node.children[best], parts[best]
        return replace(
            chosen,
            points={**dict.fromkeys(whole.points), **chosen.points},
            missing=self._still_missing(node, whole),
            notes=(*chosen.notes, f"{node.code} {node.title}：取 {child.code} {child.title}"),
        )

    def _still_missing(self, node: Dimension, whole: Part) -> tuple[str, ...]:
        """Return what the best must still be compared with; a choice of one is made."""
        judged = {leaf.code for leaf in node.indicators() if not leaf.is_formula}
        best = node.pick is Pick.BEST
        return tuple(code for code in whole.missing if best and code in judged)


def _joined(parts: Sequence[Part]) -> Part:
    return Part(
        value=total_of(part.value for part in parts),
        points={code: value for part in parts for code, value in part.points.items()},
        headings={code: value for part in parts for code, value in part.headings.items()},
        missing=tuple(code for part in parts for code in part.missing),
        notes=tuple(note for part in parts for note in part.notes),
        weight=sum((part.weight for part in parts), _ZERO),
    )


def _capped(
    part: Part,
    name: str,
    limits: tuple[Fraction | None, Fraction | None],
    scale: Fraction,
) -> Part:
    """Return the part between its limits, which are in points of its own scale."""
    low, high = limits
    if part.value is None:
        return part
    value = part.value / scale
    if high is not None and value > high:
        limit, word = high, "封顶"
    elif low is not None and value < low:
        limit, word = low, "保底"
    else:
        return part
    note = f"{name}：{plain_text(value)}分，按{plain_text(limit)}分{word}"
    return replace(part, value=limit * scale, notes=(*part.notes, note))


def total_of(values: Iterable[Fraction | None]) -> Fraction | None:
    """Return the sum of the values that are there, None where there is none."""
    numbers = [value for value in values if value is not None]
    return sum(numbers, _ZERO) if numbers else None
