"""What the order would be if every expert used the same yardstick: z-scores, a diagnostic only.

Each expert's totals are put at mean 0 and standard deviation 1 over the applications that
expert scored; an application gets the mean of its z-scores.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import sqrt

from reviewer_app.core.messages import _
from reviewer_app.core.tally_normalise import LEAST_APPLICATIONS
from reviewer_app.statistics.totals import Totals, Undefined


def normalised(totals: Totals) -> Mapping[str, float] | Undefined:
    """Return every application's mean z-score; refuses where an expert scored too few."""
    scores: dict[str, list[float]] = {}
    for expert in totals.experts:
        own = {
            number: totals.of(number)[expert]
            for number in totals.applications
            if expert in totals.of(number)
        }
        if len(own) < LEAST_APPLICATIONS:
            return Undefined(
                _(
                    "expert {expert} scored {count} applications, at least {least} are needed"
                ).format(expert=expert, count=len(own), least=LEAST_APPLICATIONS)
            )
        mean = sum(own.values(), Fraction(0)) / len(own)
        variance = sum(((each - mean) ** 2 for each in own.values()), Fraction(0)) / (
            len(own) - 1
        )
        if variance == 0:
            return Undefined(
                _("expert {expert} gave all applications the same total").format(expert=expert)
            )
        for number, total in own.items():
            scores.setdefault(number, []).append(float(total - mean) / sqrt(variance))
    return {number: sum(each) / len(each) for number, each in scores.items()}
