"""The sheets of a scheme's workbook: their columns, and how cells stand for data.

One form serves writing and reading, so that what is exported can be read back unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.core.toml_text import inline_toml, parse_toml


class Kind(Enum):
    """How a cell stands for a value."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"
    TOML = "toml"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column: its key in the data, its header, and the words its cells may hold."""

    key: str
    header: str
    kind: Kind = Kind.TEXT
    words: Mapping[str, str] | None = None
    width: int = 12

    def to_cell(self, value: Any) -> str:  # noqa: ANN401 - any plain value
        """Return the text of the cell for a value of the data; None gives an empty one."""
        if value is None or value is False or value == []:
            return ""
        match self.kind:
            case Kind.FLAG:
                return "是"
            case Kind.LIST:
                return "；".join(value)
            case Kind.TOML:
                return inline_toml(value)
        return self.words.get(value, value) if self.words else str(value)

    def from_cell(self, text: str) -> Any:  # noqa: ANN401 - any plain value
        """Return the value a filled cell stands for; raises InputError without a place."""
        match self.kind:
            case Kind.FLAG:
                return _flag(text)
            case Kind.LIST:
                return [
                    each.strip() for each in text.replace(";", "；").split("；") if each.strip()
                ]
            case Kind.TOML:
                return _toml(text)
        if self.words is None:
            return text
        meanings = {word: value for value, word in self.words.items()}
        if text not in meanings and text not in self.words:
            raise InputError(
                _("“{text}” is none of {choices}").format(
                    text=text[:40], choices="、".join(self.words.values())
                )
            )
        return meanings.get(text, text)


def _flag(text: str) -> bool:
    if text in ("是", "TRUE", "✓"):
        return True
    if text in ("否", "FALSE"):
        return False
    raise InputError(_("“{text}”: write 是 or 否").format(text=text[:40]))


def _toml(text: str) -> Any:  # noqa: ANN401 - any plain value
    try:
        return parse_toml(f"value = {text}")["value"]
    except (ValueError, RecursionError) as error:
        raise InputError(
            _("“{text}” is not written as docs/schemes.md shows").format(text=text[:40])
        ) from error


def _text(key: str, header: str, width: int = 12) -> FormColumn:
    return FormColumn(key, header, width=width)


def _number(key: str, header: str) -> FormColumn:
    return FormColumn(key, header, Kind.NUMBER, width=9)


def _flagged(key: str, header: str) -> FormColumn:
    return FormColumn(key, header, Kind.FLAG, width=8)


def _listed(key: str, header: str, width: int = 18) -> FormColumn:
    return FormColumn(key, header, Kind.LIST, width=width)


_ORIGIN = {"official": "官方", "suggested": "建议"}
_ROLE = {"score": "计分", "bonus": "加分", "penalty": "扣分", "screen": "筛选"}
_PICK = {"all": "全部", "one": "择一", "best": "取优"}
_RELATION = {"qualitative": "定性", "between": "区间", **{sign: sign for sign in "≥>=≤<≈"}}

HEAD = (
    _text("id", "编号", 20),
    _text("title", "名称", 40),
    _text("document", "文件", 40),
    FormColumn("weight_origin", "权重来源", words=_ORIGIN),
    FormColumn("guidance_origin", "评分说明来源", words=_ORIGIN),
    _number("total", "满分"),
    _flagged("may_exceed", "加分后可超过满分"),
    _listed("kinds", "适用环节"),
    _text("note", "备注", 60),
    _text("weight_method", "权重方法", 40),
)
NODES = (
    FormColumn("node", "类别", words={"dimension": "标题", "indicator": "指标"}, width=8),
    _text("parent", "上级代码", 10),
    _text("code", "代码", 10),
    _text("title", "名称", 40),
    _text("source", "出处", 20),
    _flagged("inferred", "推断"),
    FormColumn("role", "作用", words=_ROLE, width=8),
    _number("weight", "权重"),
    _number("of", "分表满分"),
    FormColumn("pick", "取法", words=_PICK, width=8),
    _number("at_most", "封顶"),
    _number("at_least", "保底"),
    _number("minimum", "最低分"),
    _number("maximum", "最高分"),
    _number("step", "步长"),
    _flagged("objective", "客观"),
    _listed("targets", "目标"),
    _listed("specialisms", "专业"),
    FormColumn("method", "计分方式", Kind.TOML, width=40),
    _text("guidance", "评分说明", 60),
)
LEVELS = (
    _text("code", "指标代码", 10),
    _text("name", "档次"),
    _number("low", "下限"),
    _number("high", "上限"),
    _text("when", "对应数值", 12),
    _text("descriptor", "描述", 60),
)
TARGETS = (
    _text("id", "编号"),
    _text("name", "名称", 40),
    FormColumn("relation", "关系", words=_RELATION, width=8),
    _number("value", "数值"),
    _number("high", "上限"),
    _text("unit", "单位"),
    _text("date", "时间"),
    _text("scope", "口径", 16),
    _flagged("threshold", "门槛值"),
    _text("source", "出处", 20),
    _text("quote", "原文", 60),
    _text("note", "备注", 30),
)
INPUTS = (_text("id", "编号"), _text("name", "名称", 40), _text("unit", "单位"))
GATES = (
    _text("code", "代码"),
    _text("title", "名称", 40),
    _text("source", "出处", 20),
    _text("stage", "环节", 16),
    _listed("kinds", "适用环节"),
    _flagged("exception", "可例外"),
    _text("consequence", "后果", 40),
    FormColumn("requirements", "要求", Kind.TOML, width=50),
)
OUTCOMES = (
    _text("name", "结论", 20),
    _listed("all", "全部满足", 40),
    _listed("any", "满足其一", 40),
)
VARIANTS = (_text("category", "类别", 20), _text("code", "代码"), _number("weight", "权重"))
OUTLINE = (
    _text("code", "代码"),
    _text("title", "标题", 40),
    _text("source", "出处", 20),
    _text("quote", "原文", 80),
)


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet: its title, the key of its list in the data, and its columns."""

    title: str
    key: str
    columns: tuple[FormColumn, ...]


SCHEME_FORM = Form("方案", "", HEAD)
NODE_FORM = Form("指标", "dimension", NODES)
LEVEL_FORM = Form("档次", "levels", LEVELS)
VARIANT_FORM = Form("类别权重", "variant", VARIANTS)
PLAIN_FORMS = (
    Form("目标", "target", TARGETS),
    Form("申报数", "input", INPUTS),
    Form("门槛", "gate", GATES),
    Form("结论", "conclusion", OUTCOMES),
    Form("大纲", "outline", OUTLINE),
)
"""Sheets whose rows are the entries of a list, one by one."""
