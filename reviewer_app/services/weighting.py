"""Weights proposed by a method from a file; the secretary edits and confirms every one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.inputs.matrices import NumberTable, read_matrix
from reviewer_app.statistics.ahp import Hierarchy, hierarchy
from reviewer_app.statistics.text import Stated, decimal_text
from reviewer_app.statistics.weighting import critic_weights, entropy_weights


class Weighting(StrEnum):
    """The methods that can propose weights."""

    AHP = "ahp"
    ENTROPY = "entropy"
    CRITIC = "critic"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Weights by name, summing to 1; ``hierarchy`` tells how consistent comparisons are.

    ``own`` says so of each file alone: a joint matrix smooths what one expert contradicts.
    """

    method: Weighting
    weights: tuple[tuple[str, float], ...]
    hierarchy: Hierarchy | None = None
    own: tuple[tuple[str, Hierarchy], ...] = ()


def propose_weights(method: Weighting, paths: Sequence[Path]) -> Proposal:
    """Return the weights a method makes of a matrix; AHP takes one matrix an expert.

    Raises InputError naming the file for a matrix the method cannot use.
    """
    tables = [read_matrix(path) for path in paths]
    if method is Weighting.AHP:
        return _compared(paths, tables)
    if len(paths) != 1:
        raise InputError(_("{method} takes one matrix").format(method=method.value))
    weigh = entropy_weights if method is Weighting.ENTROPY else critic_weights
    try:
        weights = weigh(tables[0].names, tables[0].rows)
    except InputError as error:
        raise InputError(f"{paths[0].name}: {error}") from None
    return Proposal(method, tuple(zip(tables[0].names, weights, strict=True)))


def _compared(paths: Sequence[Path], tables: Sequence[NumberTable]) -> Proposal:
    names = tables[0].names
    own: list[tuple[str, Hierarchy]] = []
    for path, table in zip(paths, tables, strict=True):
        if table.names != names or table.labels not in {(), names}:
            raise InputError(
                _(
                    "{file}: rows and columns must be the same criteria in the same order"
                ).format(file=path.name)
            )
        try:
            own.append((path.name, hierarchy(names, [table.rows])))
        except InputError as error:
            raise InputError(f"{path.name}: {error}") from None
    found = hierarchy(names, [table.rows for table in tables])
    weights = tuple(zip(found.names, found.weights, strict=True))
    return Proposal(Weighting.AHP, weights, found, tuple(own))


def proposal_data(proposal: Proposal) -> dict[str, Stated]:
    """Return the JSON document: figures as decimal strings."""
    document: dict[str, Stated] = {
        "method": proposal.method.value,
        "weights": {name: decimal_text(weight) for name, weight in proposal.weights},
    }
    found = proposal.hierarchy
    if found is not None:
        document |= {
            "lambda_max": decimal_text(found.lambda_max),
            "ci": decimal_text(found.index),
            "ri": decimal_text(found.random_index),
            "cr": decimal_text(found.ratio),
            "consistent": found.consistent,
            "matrices": [
                {"file": name, "cr": decimal_text(each.ratio), "consistent": each.consistent}
                for name, each in proposal.own
            ],
        }
    return document
