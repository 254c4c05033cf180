"""What the columns of every table of marks and votes may be called, in English and Chinese."""

from collections.abc import Mapping, Sequence

from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, Mark
from reviewer_app.core.messages import Language, language

APPLICATION = (
    *("application", "对象编号", "对象", "评审对象", "评审对象编号", "申报单位", "申报编号"),
    *("序号", "项目", "项目编号"),
)
EXPERT = ("expert", "专家编号", "专家", "专家姓名", "评审专家")
INDICATOR = ("indicator", "指标", "指标编号", "评价指标")
SCORE = ("score", "分值", "分数", "得分", "评分")
WEIGHT = ("weight", "权重")

STATES: Mapping[str, Mark] = {
    "": MISSING,
    "NA": NOT_APPLICABLE,
    "不适用": NOT_APPLICABLE,
    "AB": ABSTAINED,
    "弃权": ABSTAINED,
}
"""What a score may be besides a number."""


def shown_name(names: Sequence[str]) -> str:
    """Return what a column is called to the reader, of the names it may carry."""
    chinese = (name for name in names if not name.isascii())
    return next(chinese, names[0]) if language() is Language.CHINESE else names[0]
