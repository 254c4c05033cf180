"""Sealed archives of earlier years, quickly: every applicant failed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from unittest.mock import patch

from reviewer_app.core.round import RoundId, RoundKind
from reviewer_app.core.rules import Band, Decision, Threshold
from reviewer_app.sheets.bureau import VerifiedRound, sign_round, verify_round
from tests.archive import making

FAILED = "不合格"
UNIT = "单位1"
_BANDS = (
    Band("合格", Threshold(">=", Fraction(100))),
    Band(FAILED, Threshold(">=", Fraction(0))),
)


def title(year: int) -> str:
    """Return what a year's round is called."""
    return f"{year}年度绩效评价会（示例）"


def sealed_year(folder: Path, year: int) -> Path:
    """Write the archive of one year's evaluation by the Zhejiang rules."""
    as_made, round_id = making.make_round, RoundId(f"{year:016x}")
    usual = making.Plan()
    plan = replace(
        usual,
        scheme=replace(usual.scheme, id="zj-tic-annual"),
        rules=replace(usual.rules, decision=Decision(bands=_BANDS)),
    )

    def of_year(given: making.Plan) -> VerifiedRound:
        document = replace(
            as_made(given).document,
            round_id=round_id,
            title=title(year),
            kind=RoundKind.ANNUAL,
            date=date(year, 11, 21),
        )
        return verify_round(sign_round(document, making.BUREAU))

    with (
        patch.object(making, "make_round", of_year),
        patch.object(making, "ROUND_ID", round_id),
    ):
        return making.make_archive(folder / f"{year}.zip", plan)


def sealed_years(folder: Path, years: Iterable[int]) -> list[Path]:
    """Write the archives of several years."""
    return [sealed_year(folder, year) for year in years]
