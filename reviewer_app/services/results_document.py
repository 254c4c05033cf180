"""results.json as data (docs/results.md): what decides, and nothing that a machine adds."""

import hashlib
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from reviewer_app.core.recheck import Flag
from reviewer_app.core.rules_data import rules_to_data
from reviewer_app.core.scheme_data import scheme_to_data
from reviewer_app.core.tally import Tally
from reviewer_app.core.tally_results import ApplicationResult, SheetFigure
from reviewer_app.core.votes import count_votes
from reviewer_app.services.deliberating import sheet_votes
from reviewer_app.services.seating import Seating
from reviewer_app.services.second_figures import second_data
from reviewer_app.sheets import json_text
from reviewer_app.sheets.paper_entry import NO_KEY

FORMAT = "reviewer-app/results/1"
PAPER_ENTRY = "paper-entry"
"""Marks a sheet that no key signed: typed in from the hand-signed form (纸质补录)."""


def results_document(seating: Seating, found: Tally, flags: tuple[Flag, ...]) -> dict[str, Any]:
    """Return results.json as data (docs/results.md)."""
    document = seating.round.document
    return {
        "format": FORMAT,
        "round": seating.round.digest.hex(),
        "roster": seating.rosters[-1].digest.hex(),
        "scheme": _digest(scheme_to_data(document.scheme)),
        "rules": _digest(rules_to_data(document.rules)),
        "sheets": _sheets(seating),
        "missing": _missing(seating),
        "applications": [_application(seating, each) for each in found.applications],
        "rechecks": _rechecks(found, flags, seating),
        **footing_data(found),
        **second_data(seating),
    }


def footing_data(found: Tally) -> dict[str, Any]:
    """Return what put experts or groups on one footing, where the rules ask for it."""
    data: dict[str, Any] = {}
    common, groups = found.normalisation, found.groups
    if common is not None:
        data["normalised"] = {
            "mean": str(common.mean),
            "variance": str(common.variance),
            "experts": [
                {
                    "expert": each.expert,
                    "mean": str(each.mean),
                    "variance": str(each.variance),
                    "factor": str(each.factor),
                    "unfit": each.unfit or "",
                }
                for each in common.experts
            ],
        }
    if groups is not None:
        data["groups"] = {
            "reference": str(groups.reference),
            "groups": [
                {
                    "name": name,
                    "mean": _exact(groups.means.get(name)),
                    "factor": _exact(groups.factors.get(name)),
                    "unfit": groups.unfit.get(name, ""),
                }
                for name in sorted({*groups.means, *groups.unfit})
            ],
        }
    return data


def _digest(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json_text.encode(data)).hexdigest()


def _sheets(seating: Seating) -> list[dict[str, Any]]:
    return [
        {
            "expert": expert,
            "stage": sheet.content.stage,
            "revision": sheet.content.revision,
            "digest": sheet.digest.hex(),
            "receipt": sheet.receipt,
            **({"source": PAPER_ENTRY} if sheet.public_key == NO_KEY else {}),
        }
        for expert, sheet in sorted(seating.counted.items())
    ]


def _missing(seating: Seating) -> list[dict[str, str]]:
    """Return who has no sheet; the reason only where it is signed in the roster.

    What was typed at closing stands in the log: two secretaries need not word it alike.
    """
    return [
        {"expert": seat.expert, "reason": seat.withdrawn}
        for seat in sorted(seating.seats, key=lambda seat: seat.expert)
        if seat.expert not in seating.counted
    ]


def _application(seating: Seating, result: ApplicationResult) -> dict[str, Any]:
    return {
        "application": result.number,
        **group_data(result),
        "sheets": len(result.sheets),
        "totals": [_total(figure) for figure in sorted(result.sheets, key=lambda f: f.expert)],
        "not_scored": _not_scored(seating, result),
        "exact": _exact(result.exact),
        "published": result.published,
        "rank": result.rank,
        "tie_break": result.tie_break,
        "band": result.band,
        "passes": result.passes,
        "recommended": result.recommended,
        "trimmed": result.trimmed,
        "conclusion": result.conclusion or "",
        "by_dimension": {code: _exact(value) for code, value in result.by_dimension.items()},
        "by_indicator": {code: _exact(value) for code, value in result.by_indicator.items()},
        "vote": _vote(seating, result),
    }


def group_data(result: ApplicationResult) -> dict[str, Any]:
    """Return an application's group and its result before the factor, if it has a group."""
    if not result.group:
        return {}
    return {"group": result.group, "unadjusted": _exact(result.unadjusted)}


def _total(figure: SheetFigure) -> dict[str, str]:
    return {
        "expert": figure.expert,
        "exact": str(figure.total),
        "counted": str(figure.counted),
        "dropped": figure.dropped,
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _not_scored(seating: Seating, result: ApplicationResult) -> list[dict[str, str]]:
    scored = {figure.expert for figure in result.sheets}
    found = []
    for expert in sorted(seating.counted):
        if expert in scored:
            continue
        if result.number in seating.stepped_back[expert]:
            why = "recused"
        elif result.number in seating.assigned(expert):
            why = "nothing-scorable"
        else:
            why = "not-assigned"
        found.append({"expert": expert, "why": why})
    return found


def _vote(seating: Seating, result: ApplicationResult) -> dict[str, Any] | None:
    vote = result.vote
    if vote is None:
        return None
    signed = [each for each in sheet_votes(seating) if each.application == result.number]
    same = bool(signed) and vote == count_votes(
        signed, vote.entitled, seating.round.document.rules.decision
    )
    return {
        "approve": vote.approve,
        "reject": vote.reject,
        "abstain": vote.abstain,
        "entitled": vote.entitled,
        "needed": vote.needed,
        "quorate": vote.quorate,
        "passed": vote.passed,
        "unanimous": vote.unanimous,
        "reservations": [
            {"expert": expert, "text": text} for expert, text in sorted(vote.reservations)
        ],
        "source": "sheets" if same else "recorded",
    }


def _rechecks(found: Tally, flags: tuple[Flag, ...], seating: Seating) -> list[dict[str, str]]:
    order = {result.number: place for place, result in enumerate(found.applications)}
    codes = [leaf.code for leaf in seating.round.document.scheme.indicators()]
    rows = [
        {
            "kind": flag.kind.value,
            "application": flag.application,
            "expert": flag.expert,
            "indicator": flag.indicator,
            "figure": _exact(flag.figure) or "",
            "limit": _exact(flag.limit) or "",
        }
        for flag in flags
    ]
    return sorted(
        rows,
        key=lambda row: (
            row["kind"],
            order[row["application"]],
            row["expert"],
            codes.index(row["indicator"]) if row["indicator"] in codes else -1,
        ),
    )
