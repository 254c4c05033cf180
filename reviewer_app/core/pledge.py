"""The pledge of confidentiality and integrity that an expert accepts before any material."""

from dataclasses import dataclass

from reviewer_app.core.messages import _

TITLE = "保密与诚信承诺"


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise: its sentence for the screen, and as papers print it."""

    sentence: str
    """In the language of the moment."""
    chinese: str


def clauses() -> tuple[Clause, ...]:
    """Return the promises in order."""
    return (
        Clause(
            _("I review independently, objectively and fairly, and let nobody interfere."),
            "独立、客观、公正评审，不受任何单位和个人干预。",
        ),
        Clause(
            _(
                "During the review I do not contact applicants or interested persons and take "
                "no requests; should one be made, I tell the supervisor at once."
            ),
            "评审期间不与申报单位及利害关系人联系，不接受请托；遇有请托，当场告知监督员。",
        ),
        Clause(
            _("I disclose no materials, no names of experts, no discussion and no scores."),
            "不泄露评审对象的材料、专家名单、讨论内容和评分。",
        ),
        Clause(
            _(
                "I do not copy, photograph or take away materials, and return sticks and "
                "papers before I leave."
            ),
            "不复制、不拍照、不带走评审材料；离场前交回U盘和纸质材料。",
        ),
        Clause(
            _("I declare every conflict of interest truthfully and answer for what I conceal."),
            "如实申报回避。隐瞒利害关系的，愿承担相应责任。",
        ),
        Clause(
            _("I know that with my signature I answer for my own opinion."),
            "知晓签字表明对自己的评审意见负责。",
        ),
    )
