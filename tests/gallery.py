"""Every component in its states on one page, for tests and the pictures of ``screenshots``."""

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from ui.components.banner import Banner, Hint
from ui.components.bars import SaveLine
from ui.components.button import Button
from ui.components.card import Card, Ground
from ui.components.chip import StateChip
from ui.components.flow import Flow
from ui.components.indicator_form import IndicatorForm
from ui.components.indicator_row import IndicatorRow
from ui.components.matrix import MatrixDelegate
from ui.components.matrix_model import MatrixModel
from ui.components.rail import RailList, RecusedLine
from ui.components.text import label
from ui.look.scaling import column, fix, row
from ui.look.theme import look
from ui.matrix_views import MatrixCell, MatrixHead, MatrixView
from ui.views import (
    FormView,
    LevelView,
    Message,
    Progress,
    RailItem,
    RowState,
    RowView,
    StripPart,
    state,
)

_LEVELS = (
    LevelView("优", "90–100", "机制完善，全部基地已签协议并运行。"),
    LevelView("良", "75–89", "机制健全，主要基地已签协议，期满目标可完成。"),
    LevelView("中", "60–74", "有机制框架，落实依据不足，期满目标存在不确定性。"),
    LevelView("差", "0–59", "机制缺失或仅有意向，期满目标难以完成。"),
)
_STRIP = (
    StripPart("目标（期满）", "≥ 5 个基地"),
    StripPart("申报", "6 个，其中已签 4 个"),
    StripPart("对照", "达到 120%", "circle-check", "ok"),
)


def _rail() -> QWidget:
    rail = RailList("评审对象")
    working, done = Progress.WORKING, Progress.DONE
    items = [
        RailItem("06", "功率半导体封测", "", "", Progress.NOT_BEGUN, 0, 24, "未开始"),
        RailItem("05", "磁性元器件", "", "", working, 3, 24, "打分中　还差 21 项"),
        RailItem(
            "04",
            "合成生物制造",
            "",
            "钱塘生物科技公司（示例）",
            working,
            18,
            24,
            "打分中　还差 6 项",
        ),
        RailItem("02", "精密传动装备", "", "", done, 24, 24, "已完成　79.25", flagged=True),
        RailItem("09", "高性能纤维", "", "", working, 22, 24, "缺理由 2 项", attention=True),
    ]
    rail.show_items(items, "04")
    fix(rail, height=272)
    recused = RecusedLine()
    recused.say("已回避 1 项，不再显示")
    card = Card(rail, recused, margins=(1, 1, 1, 1), gap=0)
    fix(card, width=260)
    return card


def _rows() -> QWidget:
    views = [
        RowView("10.1", "建立关键核心技术攻关机制", RowState.SCORED, "78", "良"),
        RowView("10.2", "建立创新成果转化机制", RowState.MISSING, "—", word="未打"),
        RowView(
            "10.3", "建立市场化技术创新服务机制", RowState.SCORED, "0", "差", commented=True
        ),
        RowView(
            "10.4",
            "建立创新创业孵化服务机制",
            RowState.SCORED,
            "52",
            "差",
            reason_missing="缺理由",
        ),
        RowView("6.6", "非研发类专职人员", RowState.NOT_APPLICABLE, "／", word="不适用"),
        RowView(
            "8.2",
            "抢占前沿技术制高点，在若干领域率先实现领跑",
            RowState.ABSTAINED,
            "／",
            word="弃权",
        ),
        RowView(
            "6.4",
            "专职科研人员（包括以上各类高层次人才比重）",
            RowState.FORMULA,
            "87",
            word="按公式",
        ),
    ]
    return Card(*(IndicatorRow(view) for view in views), margins=(1, 1, 1, 1), gap=0)


def _form(  # noqa: PLR0913 - one drawing of a form in many states
    guidance: str = "",
    chosen: int | None = None,
    score: str = "",
    bounds: str = "0–100，步长 1",
    message: Message = Message(),  # noqa: B008 - frozen
    *,
    field_state: str = "",
    reason: bool = False,
) -> IndicatorForm:
    form = IndicatorForm()
    form.show_form(
        FormView(
            place="10.2",
            code="10.2",
            title="建立创新成果转化机制",
            weight="权重 4",
            guidance=guidance,
            strip=_STRIP,
            levels=_LEVELS,
            state=RowState.SCORED if score else RowState.MISSING,
            chosen=chosen,
            score=score,
            bounds=bounds,
            hint="" if score else "先选等次（按 1–4），或直接输入分值，等次随之确定。",
            message=message,
            field_state=field_state,
            reason_needed=reason,
            reason_required=reason,
            reason_words="低分理由（必填，随评分表提交）" if reason else "",
        )
    )
    form.comment.hide()
    return form


def _chips() -> QWidget:
    holder = QWidget()
    names = [
        ("not-begun", "未开始"),
        ("working", "打分中"),
        ("done", "已完成"),
        ("signed", "已签名"),
        ("awaited", "未收到"),
        ("refused", "拒收"),
        ("superseded", "已被第2版替代"),
        ("attention", "偏低 1"),
        ("recused", "回避"),
        ("paper", "纸质补录"),
        ("absent", "缺席"),
    ]
    holder.setLayout(Flow(*(StateChip(state(name, word)) for name, word in names)))
    return holder


def _buttons() -> QWidget:
    holder = QWidget()
    off = Button("不可用", icon="lock")
    off.setEnabled(False)
    holder.setLayout(
        Flow(
            Button("下一项 10.3", kind="primary", key="Enter"),
            Button("与其他对象比较", key="F3", size="tall"),
            Button("普通"),
            off,
            Button("安静", kind="quiet"),
            Button("作废第1版", kind="danger", icon="trash-2"),
            Button("四档说明 F2", kind="link"),
        )
    )
    return holder


class _Cells(QWidget):
    """A strip of matrix cells."""

    def __init__(self, cells: tuple[MatrixCell, ...]) -> None:
        super().__init__()
        self._model = MatrixModel()
        heads = tuple(MatrixHead(str(i), "", "") for i in range(len(cells)))
        self._model.show_matrix(MatrixView((MatrixHead("r", "", ""),), heads, (cells,), "", ""))
        fix(self, width=70 * len(cells), height=24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the cells."""
        painter, delegate = QPainter(self), MatrixDelegate(self)
        for place in range(self._model.columnCount()):
            option = QStyleOptionViewItem()
            option.rect = QRect(look().px(70 * place), 0, look().px(62), look().px(22))
            delegate.paint(painter, option, self._model.index(0, place))


def _cells() -> QWidget:
    holder = QWidget()
    first = (
        MatrixCell("94", 0),
        MatrixCell("83", 1),
        MatrixCell("68", 2),
        MatrixCell("56", 3, reason_missing=True),
        MatrixCell("0", 3),
    )
    second = (
        MatrixCell("未打", missing=True),
        MatrixCell("不适用", word=True),
        MatrixCell("弃权", word=True),
    )
    holder.setLayout(column(_Cells(first), _Cells(second), None, gap=8))
    return holder


def _fields() -> QWidget:
    holder = QWidget()
    body = column(gap=8)
    for text, kind, hint in (
        ("", "", Hint("空", "2", "circle-dashed")),
        ("52", "warn", Hint("须写理由", "warn", "triangle-alert")),
        ("104", "error", Hint("超出 0–100", "bad", "circle-x")),
        ("1,742 人", "locked", Hint("申报值，只读", "2", "lock")),
    ):
        field = QLineEdit(text)
        field.setPlaceholderText("0–100")
        field.setReadOnly(kind == "locked")
        field.setProperty("state", kind if kind != "locked" else "")
        fix(field, width=120)
        body.put(row(field, hint, gap=8))
    holder.setLayout(body)
    return holder


def _banners() -> QWidget:
    holder = QWidget()
    body = column(gap=8)
    for text, tone in (
        ("等次已随分值改为“中”（60–74）。", ""),
        ("已写入 E:\\ 并回读一致。", "ok"),
        ("低于满分的 60%，按规则须写理由。", "warn"),
        ("U盘已满，差 1.2 MB。换一个U盘再试，评分表没有丢。", "bad"),
    ):
        body.put(Banner(text, tone=tone))
    holder.setLayout(body)
    return holder


def _saves() -> QWidget:
    holder = QWidget()
    body = column(gap=8)
    for message in (
        Message("已保存 14:03:21", "ok", "hard-drive"),
        Message("正在保存", "accent", "loader"),
        Message("分值已保存，理由未写", "warn", "triangle-alert"),
        Message("存不下去：磁盘已满。腾出 50 MB 后自动重试", "bad", "circle-x"),
    ):
        line = SaveLine()
        line.say(message)
        body.put(line)
    body.addStretch(1)
    holder.setLayout(body)
    return holder


def _level_follows() -> QWidget:
    said = Message("等次已随分值改为“中”（60–74）。", "2", "info")
    return _form("", 2, "68", "60–74，步长 1", said)


def _low() -> QWidget:
    said = Message(
        "低于满分的 60%，按规则须写理由。写好理由才算完成。", "warn", "triangle-alert"
    )
    return _form("", 3, "52", "0–59，步长 1", said, field_state="warn", reason=True)


def _outside() -> QWidget:
    said = Message(
        "未保存：104 超出 0–100。请改为 100 或以下；原分 84 仍有效。", "bad", "circle-x"
    )
    return _form("", 1, "104", "75–89，步长 1", said, field_state="error")


def _unscored() -> QWidget:
    return _form(
        "看转化通道、专职队伍、收益分配是否成文并已运行；承接技术转移转化和产业化的基地是否落实到协议。"
    )


_PARTS: tuple[tuple[tuple[str, Callable[[], QWidget]], ...], ...] = (
    (
        ("左栏条目；回避只留一行", _rail),
        ("指标行（收起）：已打，未打，零分，缺理由，不适用，弃权，公式锁定", _rows),
        ("指标（展开，未打）：焦点在等次", _unscored),
    ),
    (
        ("改分值后等次自动跟随", _level_follows),
        ("低分须写理由", _low),
        ("越界拒绝，原分保留", _outside),
    ),
    (
        ("状态签：图形加文字，不单靠颜色", _chips),
        ("按钮", _buttons),
        ("比较表单元格", _cells),
    ),
    (
        ("输入框", _fields),
        ("原地提示（没有弹出条）", _banners),
        ("保存状态", _saves),
    ),
)


def gallery() -> QWidget:
    """Return the whole picture as one widget, 1366 wide."""
    page = Ground("window")
    lines = column(margins=(24, 20, 4, 8), gap=14)
    for parts in _PARTS:
        line = row(gap=24)
        for title, make in parts:
            made = make()
            holder = QWidget()
            holder.setLayout(column(label(title, "small", "2"), made, None, gap=4))
            fix(holder, width=430)
            line.addWidget(holder, 0)
        line.addStretch(1)
        lines.addLayout(line)
    lines.addStretch(1)
    page.body.addLayout(lines)
    return page
