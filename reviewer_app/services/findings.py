"""What stands beside the results: agreement, stability of the cut line, flags in words.

None of it changes a score; the figures are floats and stay out of the results digest.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from reviewer_app.core.errors import RulesError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import Rounding, publish
from reviewer_app.core.recheck import Flag, FlagKind
from reviewer_app.core.stability import Stability, stability
from reviewer_app.services.agreement import agreement, agreement_data, totals_of
from reviewer_app.services.results import Results
from reviewer_app.sheets import json_text


def statistics_data(results: Results) -> dict[str, Any]:
    """Return statistics.json as data: advisory, never derived anew by a verifier."""
    return {
        "format": "reviewer-app/statistics/1",
        "note": "advisory; not re-derived; no part of the results digest",
        "agreement": agreement_data(agreement(totals_of(results.tally))),
        "stability": _stability_data(results),
    }


def statistics_json(results: Results) -> bytes:
    """Return the bytes of statistics.json."""
    return json_text.encode(statistics_data(results))


@lru_cache(maxsize=4)
def cut_stability(results: Results) -> Stability | None:
    """Return how the cut line fares in every variant; None where the rules have no line."""
    if results.tally.rules.decision.recommend is None:
        return None
    return stability(results.panel, results.tally.rules)


def in_words(results: Results) -> Iterator[str]:
    """Yield the statistics as sentences for a person."""
    data = agreement_data(agreement(totals_of(results.tally)))
    w = data["kendall_w"]
    if isinstance(w, dict) and "w" in w:
        yield _("Agreement (Kendall's W): {w}, p = {p}").format(
            w=str(w["w"])[:6], p=str(w["p"])[:8]
        )
    elif isinstance(w, dict):
        yield _("Agreement (Kendall's W): undefined, {why}").format(why=w["undefined"])
    found = cut_stability(results)
    if found is not None:
        crossing = ", ".join(f"{number}×{count}" for number, count in found.crossing().items())
        yield _("Cut line: {count} variants tried; crossing it: {list}").format(
            count=len(found.variants), list=crossing or _("none")
        )


def flag_sentence(flag: Flag) -> str:
    """Return a re-check's finding in one line; it only points, it corrects nothing."""
    return {
        FlagKind.SUM: _("{application}, expert {expert}: the stated total does not add up"),
        FlagKind.OUT_OF_RANGE: _(
            "{application}, expert {expert}: {indicator} outside its scale"
        ),
        FlagKind.OBJECTIVE: _("{application}: objective {indicator} scored differently"),
        FlagKind.DEVIATION_REASON: _(
            "{application}, expert {expert}: {figure} from the others; a reason is required"
        ),
        FlagKind.DEVIATION_WARN: _("{application}, expert {expert}: {figure} from the others"),
        FlagKind.LOW_MARK: _("{application}, expert {expert}: low mark on {indicator}"),
    }[flag.kind].format(
        application=flag.application,
        expert=flag.expert,
        indicator=flag.indicator,
        figure=_percent(flag),
    )


def _percent(flag: Flag) -> str:
    if flag.figure is None:
        return ""
    text = publish(flag.figure * 100, 1, Rounding.HALF_UP)
    return f"{text} %" if text.startswith("-") else f"+{text} %"


def _stability_data(results: Results) -> dict[str, Any]:
    try:
        found = stability(results.panel, results.tally.rules)
    except RulesError as error:
        return {"undefined": str(error)}
    return {
        "recommended": list(found.recommended),
        "variants": [
            {
                "kind": variant.kind.value,
                "what": variant.what,
                "entered": list(variant.entered),
                "left": list(variant.left),
            }
            for variant in found.variants
        ],
    }
