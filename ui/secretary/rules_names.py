"""What the fields of the rules are called, what they offer, the sentences they stand in."""

from reviewer_app.core.messages import _
from ui.secretary.rules_view import BANDS, DIGITS, TIES


def field_names() -> dict[str, str]:
    """Return what a screen reader says of every field."""
    return {
        "aggregation.method": _("How sheets are combined"),
        "aggregation.level": _("What is combined"),
        "aggregation.drop_high": _("Highest to drop"),
        "aggregation.drop_low": _("Lowest to drop"),
        "aggregation.minimum_sheets": _("Least sheets for dropping"),
        "aggregation.normalise": _("One yardstick for all experts"),
        "aggregation.expert_weights": _("Weights of experts"),
        "aggregation.machines": _("Second machine"),
        "rounding.mode": _("How figures are rounded"),
        "rounding.result_digits": _("Decimals of the result"),
        "rounding.sheet_digits": _("Rounding of each total"),
        "ranking.basis": _("What is ranked by"),
        TIES: _("What is compared among equals"),
        "recheck.deviation_warn": _("Deviation that is pointed out"),
        "recheck.deviation_reason": _("Deviation that needs a reason"),
        "recheck.low_mark_reason": _("Share below which a mark needs a reason"),
        "decision.pass_mark": _("Pass mark"),
        BANDS: _("Bands"),
        "decision.quorum": _("Share that must be present"),
        "decision.majority": _("Share that must approve"),
        "decision.majority_of": _("Of whom the majority is taken"),
        "decision.recommend": _("How many are recommended"),
        "groups.factor": _("Factor between groups"),
        "groups.applications": _("Applications of each group"),
        "groups.drop_high": _("Highest results left out of a group's mean"),
        "groups.drop_low": _("Lowest results left out of a group's mean"),
        "groups.digits": _("Decimals of means and factors"),
        "second.counts": _("Whose marks count after a second scoring"),
        "second.reasons": _("Reasons for marks changed in the second scoring"),
        "panel.minimum": _("Least number of experts"),
        "panel.odd": _("Whether the number must be odd"),
        "panel.bureau_share": _("Share of bureau staff"),
        "panel.same_employer": _("Experts from one employer"),
        "panel.attendance": _("Arrival and leaving"),
    }


def choice_lists() -> dict[str, list[tuple[str, str]]]:
    """Return what each field offers that is chosen from a list."""
    return {**_choices_of_figures(), **_choices_of_the_panel()}


def _choices_of_figures() -> dict[str, list[tuple[str, str]]]:
    rounded = _("rounded to {digits} decimals first")
    return {
        "aggregation.method": [
            ("mean", _("Arithmetic mean")),
            ("trimmed", _("Mean without extremes")),
            ("median", _("Median")),
        ],
        "aggregation.level": [
            ("total", _("each expert's total")),
            ("indicator", _("each indicator's marks")),
        ],
        "aggregation.normalise": [
            ("none", _("marks stay as they are")),
            ("z-score", _("totals standardised by expert")),
        ],
        "aggregation.machines": [
            ("1", _("one machine is enough")),
            ("2", _("a second machine has to agree")),
        ],
        "rounding.mode": [
            ("half-up", _("half up")),
            ("half-even", _("half to even")),
            ("truncate", _("cut off")),
        ],
        "rounding.sheet_digits": [
            ("exact", _("kept exact")),
            *((str(digits), rounded.format(digits=digits)) for digits in DIGITS),
        ],
        "ranking.basis": [
            ("published", _("the published figure")),
            ("exact", _("the exact figure")),
        ],
    }


def _choices_of_the_panel() -> dict[str, list[tuple[str, str]]]:
    rounded = _("rounded to {digits} decimals first")
    return {
        "decision.majority_of": [
            ("present", _("those present")),
            ("entitled", _("all who may vote")),
        ],
        "groups.factor": [
            ("none", _("no factor between groups")),
            ("all", _("mean of everybody ÷ mean of the group")),
            ("means", _("mean of the groups' means ÷ mean of the group")),
        ],
        "groups.digits": [
            ("exact", _("kept exact")),
            *((str(digits), rounded.format(digits=digits)) for digits in DIGITS),
        ],
        "second.counts": [
            ("none", _("not foreseen")),
            ("second", _("who scores again counts with the new sheet")),
            ("first", _("the first sheet decides, the second stays on record")),
        ],
        "second.reasons": [
            ("none", _("changed marks need no reason")),
            ("changed", _("every changed mark needs a reason")),
        ],
        "panel.odd": [("yes", _("an odd number")), ("no", _("odd or even"))],
        "panel.attendance": [("no", _("not recorded")), ("yes", _("recorded"))],
    }


def rule_sentences() -> list[tuple[str, str]]:
    """Return every rule: its name, and its sentence with fields in braces."""
    return [*_how_figures_are_made(), *_what_follows_from_them(), *_how_the_panel_decides()]


def _how_figures_are_made() -> list[tuple[str, str]]:
    return [
        (_("Combining"), _("{aggregation.method} of {aggregation.level}")),
        (
            _("Dropped"),
            _("{aggregation.drop_high} highest and {aggregation.drop_low} lowest"),
        ),
        (
            _("Too few"),
            _("with fewer than {aggregation.minimum_sheets} sheets nothing is dropped"),
        ),
        (_("Yardstick"), _("{aggregation.normalise} before they are combined")),
        (
            _("Weights of experts"),
            _("{aggregation.expert_weights} by number or specialism, others 1; empty: equal"),
        ),
        (
            _("Rounding"),
            _(
                "{rounding.mode} to {rounding.result_digits} decimals; each total "
                "{rounding.sheet_digits}"
            ),
        ),
        (_("Ranking"), _("by {ranking.basis}, among equals by {ranking.ties}")),
    ]


def _what_follows_from_them() -> list[tuple[str, str]]:
    return [
        (
            _("Re-check"),
            _(
                "more than {recheck.deviation_warn} from the mean of the others is pointed "
                "out, more than {recheck.deviation_reason} needs a reason"
            ),
        ),
        (
            _("Low marks"),
            _("below {recheck.low_mark_reason} of the maximum needs a reason; empty: never"),
        ),
        (_("Pass mark"), "{decision.pass_mark}"),
        (_("Bands"), "{decision.bands}"),
    ]


def _how_the_panel_decides() -> list[tuple[str, str]]:
    return [
        (
            _("Votes"),
            _(
                "{decision.quorum} present make it valid, {decision.majority} of "
                "{decision.majority_of} pass"
            ),
        ),
        (
            _("Cut line"),
            _("the first {decision.recommend} are recommended; empty: no cut line"),
        ),
        (_("Machines"), _("{aggregation.machines} before papers are made")),
        (
            _("Groups"),
            _(
                "{groups.factor}, as “A 01、02；B 03、04”: {groups.applications} means "
                "without {groups.drop_high} highest and {groups.drop_low} lowest, "
                "{groups.digits}"
            ),
        ),
        (_("Second scoring"), "{second.counts} {second.reasons}"),
        (
            _("Panel"),
            _(
                "at least {panel.minimum} experts, {panel.odd}, bureau staff at most "
                "{panel.bureau_share}, from one employer at most {panel.same_employer}"
            ),
        ),
        (_("Attendance"), _("arrival and leaving of each expert are {panel.attendance}")),
    ]
