"""``[decision]`` of the review rules: pass mark, bands, quorum and majority, the cut line."""

from itertools import pairwise
from typing import Any

from reviewer_app.core.fields import Fields
from reviewer_app.core.messages import _
from reviewer_app.core.rules import Band, Decision, VoteBase
from reviewer_app.core.rules_values import (
    check_name,
    choices,
    optional,
    or_none,
    refuse,
    share,
    threshold_in,
    whole_in,
)


def decision_from(fields: Fields) -> Decision:
    """Return what the table states; RulesError names its key."""
    default = Decision()
    part = Decision(
        pass_mark=optional(
            fields,
            "pass_mark",
            default.pass_mark,
            lambda value: threshold_in(fields, "pass_mark", value),
        ),
        bands=_bands(fields),
        quorum=share(fields, "quorum", default.quorum),
        majority=share(fields, "majority", default.majority),
        majority_of=fields.choice("majority_of", choices(VoteBase), default.majority_of.value),
        recommend=optional(
            fields,
            "recommend",
            default.recommend,
            lambda value: whole_in(fields, "recommend", value, 1),
        ),
    )
    fields.done()
    return part


def decision_to_data(decision: Decision) -> dict[str, Any]:
    """Return the table with every key."""
    return {
        "pass_mark": or_none(decision.pass_mark, str),
        "bands": [[band.name, str(band.threshold)] for band in decision.bands],
        "quorum": str(decision.quorum),
        "majority": str(decision.majority),
        "majority_of": decision.majority_of.value,
        "recommend": or_none(decision.recommend, int),
    }


def _bands(fields: Fields) -> tuple[Band, ...]:
    if not fields.has("bands"):
        return ()
    bands: list[Band] = []
    for item in fields.items("bands"):
        match item:
            case [str(name), limit] if name.strip():
                check_name(fields, "bands", name)
                bands.append(Band(name, threshold_in(fields, "bands", limit)))
            case _:
                refuse(fields, "bands", _('pairs such as ["优秀", ">=90"]'), item)
    names = [band.name for band in bands]
    for position, band in enumerate(bands):
        if band.name in names[:position]:
            refuse(fields, "bands", _("every name once"), band.name)
        if not _reachable(bands, position):
            fields.refuse(
                _("“bands”: no figure can reach “{name}”, the bands before it take all").format(
                    name=band.name
                )
            )
    return tuple(bands)


def _reachable(bands: list[Band], position: int) -> bool:
    """Tell whether some figure falls into this band and into none before it."""
    limits = sorted({band.threshold.value for band in bands[: position + 1]})
    between = [(low + high) / 2 for low, high in pairwise(limits)]
    return any(
        bands[position].threshold.holds(figure)
        and not any(band.threshold.holds(figure) for band in bands[:position])
        for figure in [limits[0] - 1, *limits, *between, limits[-1] + 1]
    )
