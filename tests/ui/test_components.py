from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gallery import gallery
from tests.ui.hands import CONTROL, click, keys, press, under_test
from ui.components.banner import Banner, Hint
from ui.components.bars import FootBar, TopBar
from ui.components.button import Button
from ui.components.check import TickBox
from ui.components.chip import StateChip
from ui.components.flow import Flow
from ui.components.indicator_row import IndicatorRow
from ui.components.levels import LevelGroup
from ui.components.lines import CitationChip, WordsField
from ui.components.passcode import PasscodeBoxes
from ui.components.places import DropZone, ProgressCard
from ui.components.rail import RailList, RailModel
from ui.components.score_field import SETTLE_MS, ScoreField
from ui.components.segments import Segments
from ui.components.steps import StepBar
from ui.components.strip import DimensionStrip
from ui.components.table import Table
from ui.components.table_model import TableModel
from ui.look import theme
from ui.look.fonts import Role
from ui.views import (
    Cell,
    Column,
    FootView,
    GroupView,
    LevelView,
    Message,
    Progress,
    RailItem,
    RowState,
    RowView,
    Step,
    StepState,
    Tab,
    TableRow,
    state,
)

LEVELS = (LevelView("优", "90–100"), LevelView("良", "75–89"), LevelView("中", "60–74"))


def shown(bot: QtBot, widget: QWidget) -> QWidget:
    bot.addWidget(widget)
    widget.resize(widget.sizeHint().expandedTo(QSize(400, 60)))
    with bot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def test_digit_keys_choose_a_level_only_while_the_group_has_the_keyboard(bot: QtBot) -> None:
    group = LevelGroup()
    group.show_levels(LEVELS, None)
    shown(bot, group)
    group.focus()
    with bot.waitSignal(group.pressed) as chosen:
        press(group.buttons()[0], Qt.Key.Key_2)
    assert chosen.args == [1]
    with bot.assertNotEmitted(group.chosen), bot.waitSignal(group.begun) as begun:
        press(group.buttons()[0], Qt.Key.Key_9)
    assert begun.args == ["9"]


def test_arrows_move_between_levels_and_space_chooses(bot: QtBot) -> None:
    group = LevelGroup()
    group.show_levels(LEVELS, None)
    shown(bot, group)
    group.focus()
    press(group.buttons()[0], Qt.Key.Key_Right)
    assert group.buttons()[1].hasFocus()
    with bot.waitSignal(group.chosen) as chosen:
        press(group.buttons()[1], Qt.Key.Key_Space)
    assert chosen.args == [1]


def test_levels_say_their_range_to_a_screen_reader(bot: QtBot) -> None:
    group = LevelGroup()
    bot.addWidget(group)
    group.show_levels(LEVELS, 1)
    assert [button.accessibleName() for button in group.buttons()][1] == "良 75–89"
    assert [button.isChecked() for button in group.buttons()] == [False, True, False]


def test_a_score_is_a_draft_at_every_key_and_counts_after_a_pause(bot: QtBot) -> None:
    field = ScoreField()
    shown(bot, field)
    typed: list[str] = []
    settled: list[str] = []
    field.typed.connect(typed.append)
    field.settled.connect(settled.append)
    keys(field, "84")
    assert (typed, settled) == (["8", "84"], [])
    bot.wait(SETTLE_MS + 120)
    assert settled == ["84"]


def test_enter_lets_a_score_count_at_once_and_goes_on_to_the_page(bot: QtBot) -> None:
    page = QWidget()
    layout, field = QVBoxLayout(page), ScoreField()
    layout.addWidget(field)
    seen: list[int] = []

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.KeyPress:
                seen.append(1)
            return False

    watch = Watch()
    page.installEventFilter(watch)
    shown(bot, page)
    keys(field, "7")
    with bot.waitSignal(field.settled) as settled:
        press(field, Qt.Key.Key_Return)
    assert settled.args == ["7"]
    assert seen


def test_a_text_that_is_being_typed_is_not_overwritten(bot: QtBot) -> None:
    field = ScoreField()
    shown(bot, field)
    keys(field, "8")
    field.show_score("55", "error")
    assert field.text() == "8"
    assert field.property("state") == "error"
    field.drop()
    field.show_score("55")
    assert field.text() == "55"


def test_letters_and_second_points_never_enter_a_score(bot: QtBot) -> None:
    field = ScoreField()
    shown(bot, field)
    keys(field, "8a4.5.5")
    assert field.text() == "84.55"


def test_up_and_down_ask_for_a_step(bot: QtBot) -> None:
    field = ScoreField()
    shown(bot, field)
    steps: list[int] = []
    field.stepped.connect(steps.append)
    press(field, Qt.Key.Key_Up)
    press(field, Qt.Key.Key_Down)
    assert steps == [1, -1]


def test_a_passcode_typed_through_fills_four_boxes(bot: QtBot) -> None:
    boxes = PasscodeBoxes()
    shown(bot, boxes)
    boxes.focus_group(0)
    for character in "k7wm24qtx89b2r3hd6f7":
        press(boxes.focusWidget() or boxes, character)
    assert boxes.text() == "K7WM2-4QTX8-9B2R3-HD6F7"


def test_a_pasted_passcode_is_spread_and_backspace_crosses_boxes(bot: QtBot) -> None:
    boxes = PasscodeBoxes()
    shown(bot, boxes)
    first = boxes.boxes()[0]
    first.setFocus()
    QApplication.clipboard().setText("k7wm2 4qtx8-9b2r3 – hd6f7\n")
    press(first, Qt.Key.Key_V, CONTROL)
    assert boxes.text() == "K7WM2-4QTX8-9B2R3-HD6F7"
    last = boxes.boxes()[3]
    for _each in range(6):
        press(boxes.focusWidget() or last, Qt.Key.Key_Backspace)
    assert boxes.text() == "K7WM2-4QTX8-9B2R"


def test_the_wrong_group_alone_is_reddened(bot: QtBot) -> None:
    boxes = PasscodeBoxes()
    bot.addWidget(boxes)
    boxes.show_wrong(2)
    assert [box.property("state") or "" for box in boxes.boxes()] == ["", "", "error", ""]


def item(number: str, **changes: object) -> RailItem:
    values = {
        "number": number,
        "name": f"对象{number}",
        "full_name": f"浙江省对象{number}",
        "unit": "单位",
        "progress": Progress.WORKING,
        "done": 3,
        "total": 24,
        "line": "打分中",
    }
    return RailItem(**{**values, **changes})  # type: ignore[arg-type]


def test_the_rail_model_passes_qts_own_tester(bot: QtBot) -> None:
    assert bot
    model = RailModel()
    assert under_test(model)
    model.show_items([item("01"), item("02")])
    model.show_items([item("01"), item("02", done=4)])
    model.show_items([item("02")])
    assert model.rowCount() == 1


def test_a_changed_application_is_repainted_without_losing_the_current_one(bot: QtBot) -> None:
    rail = RailList("rail")
    shown(bot, rail)
    rail.show_items([item("01"), item("02"), item("03")], "02")
    rail.show_items([item("01", done=9), item("02"), item("03")], "02")
    assert rail.currentIndex().row() == 1
    with bot.waitSignal(rail.chosen) as chosen:
        rect = rail.visualRect(rail.model().index(2, 0))
        click(rail.viewport(), rect.center())
    assert chosen.args == ["03"]


def test_the_rail_tells_full_names_to_tips_and_readers(bot: QtBot) -> None:
    rail = RailList("rail")
    bot.addWidget(rail)
    rail.show_items([item("01")], "01")
    index = rail.model().index(0, 0)
    assert "浙江省对象01" in str(index.data(int(Qt.ItemDataRole.ToolTipRole)))
    assert "打分中" in str(index.data(int(Qt.ItemDataRole.AccessibleTextRole)))


def rows() -> list[TableRow]:
    return [
        TableRow("a", (Cell("03"), Cell("顾思齐", second="东海理工"), Cell("9.5", sort=9.5))),
        TableRow("b", (Cell("01"), Cell("沈知行"), Cell("10.5", sort=10.5))),
        TableRow("line", band="推荐线"),
        TableRow("c", (Cell("02"), Cell("陆喆堃", chip=state("done", "已收")), Cell("—"))),
    ]


COLUMNS = (Column("编号", 60), Column("专家"), Column("分", 80, right=True))


def test_the_table_model_passes_qts_own_tester(bot: QtBot) -> None:
    assert bot
    model = TableModel(COLUMNS)
    assert under_test(model)
    model.show_rows(rows())
    model.show_rows([*rows()[:2]])
    assert model.row_of("b") == 1
    assert model.row_of("zz") == -1


def test_a_table_sorts_figures_as_figures_and_keeps_the_row_by_its_key(bot: QtBot) -> None:
    table = Table("experts", COLUMNS)
    shown(bot, table)
    table.show_rows([row for row in rows() if not row.band][:2])
    table.select("a")
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert table.current() == "a"
    assert table.model().index(0, 2).data() == "10.5"
    table.show_rows([row for row in rows() if not row.band][:2])
    assert table.current() == "a"


def test_a_band_stands_across_the_whole_table(bot: QtBot) -> None:
    table = Table("results", COLUMNS, sortable=False)
    shown(bot, table)
    table.show_rows(rows())
    assert table.columnSpan(2, 0) == 3
    assert table.model().index(2, 0).data() == "推荐线"


def test_a_row_asked_for_by_enter_is_named(bot: QtBot) -> None:
    table = Table("results", COLUMNS)
    shown(bot, table)
    table.show_rows(rows())
    table.select("b")
    with bot.waitSignal(table.opened) as opened:
        press(table, Qt.Key.Key_Return)
    assert opened.args == ["b"]


def test_filtering_keeps_rows_in_which_the_words_occur(bot: QtBot) -> None:
    table = Table("results", COLUMNS)
    bot.addWidget(table)
    table.show_rows([row for row in rows() if not row.band])
    table.filter("沈")
    assert table.model().rowCount() == 1


def test_return_presses_the_button_that_has_the_keyboard(bot: QtBot) -> None:
    button = Button("Go", key="Enter")
    shown(bot, button)
    with bot.waitSignal(button.clicked):
        press(button, Qt.Key.Key_Return)
    assert button.toolTip() == "Enter"


def test_a_button_is_as_wide_as_its_words_icon_and_key(bot: QtBot) -> None:
    plain, full = Button("Next"), Button("Next", icon="check", key="Enter")
    bot.addWidget(plain)
    bot.addWidget(full)
    assert full.sizeHint().width() > plain.sizeHint().width() + 40
    assert plain.sizeHint().height() == 32
    assert Button("x", kind="primary").sizeHint().height() == 40


def test_focus_does_not_move_a_button_by_a_pixel(bot: QtBot) -> None:
    page = QWidget()
    layout = QVBoxLayout(page)
    first, second = Button("One"), Button("Two", kind="primary")
    layout.addWidget(first)
    layout.addWidget(second)
    shown(bot, page)
    before = first.sizeHint(), second.sizeHint()
    second.setFocus()
    first_now = first.sizeHint()
    first.setFocus()
    assert (first_now, second.sizeHint()) == before
    assert first.sizeHint() == before[0]


def test_segments_choose_by_click_and_by_arrow(bot: QtBot) -> None:
    segments = Segments("Colours", [("light", "浅色"), ("dark", "深色")])
    shown(bot, segments)
    segments.choose("light")
    said: list[str] = []
    segments.chosen.connect(said.append)
    click(segments.button("dark"))
    press(segments.button("dark"), Qt.Key.Key_Right)
    assert said == ["dark", "light"]
    assert segments.current() == "light"


def test_a_banner_shows_what_and_what_to_do_until_closed(bot: QtBot) -> None:
    banner = Banner("打不开", "请重新读取", "bad", closable=True)
    shown(bot, banner)
    assert banner.accessibleName() == "打不开 请重新读取"
    close = next(b for b in banner.findChildren(Button) if b.accessibleName() == "Close")
    with bot.waitSignal(banner.closed):
        click(close)
    assert not banner.isVisible()


def test_an_empty_hint_takes_no_room(bot: QtBot) -> None:
    page = QWidget()
    layout, hint = QVBoxLayout(page), Hint("advice", "warn", "triangle-alert")
    layout.addWidget(hint)
    shown(bot, page)
    hint.say("")
    assert not hint.isVisible()
    assert hint.text() == ""


def test_the_foot_says_the_next_step_and_why_it_cannot_be_taken(bot: QtBot) -> None:
    foot = FootBar()
    shown(bot, foot)
    foot.show_foot(
        FootView("Sign", "Ctrl Enter", enabled=False, left=Message("Tick first", "2"))
    )
    assert foot.primary.text() == "Sign"
    assert not foot.primary.isEnabled()
    with bot.assertNotEmitted(foot.asked):
        click(foot.primary)
    foot.show_foot(FootView("Sign", "Ctrl Enter", save=Message("Saved", "ok", "hard-drive")))
    with bot.waitSignal(foot.asked):
        click(foot.primary)
    assert foot.save.isVisible()


def test_tabs_use_short_names_where_whole_ones_do_not_fit(bot: QtBot) -> None:
    top = TopBar()
    shown(bot, top)
    top.resize(1300, 48)
    top.show_title("2025年度浙江省技术创新中心建设方案论证会（示例）", "示例市", "专家02")
    tabs = [Tab("a", "1", "承诺与回避", "回避"), Tab("b", "2", "打分", done=True)]
    top.tabs.show_tabs(tabs, "a")
    top.fit()
    whole = top.tabs.tab("a").sizeHint().width()
    top.resize(420, 48)
    top.fit()
    assert top.tabs.tab("a").sizeHint().width() < whole
    assert "done" in top.tabs.tab("b").accessibleName()


def test_steps_can_be_asked_for_even_when_locked(bot: QtBot) -> None:
    bar = StepBar()
    shown(bot, bar)
    steps = [
        Step("prepare", "准备", "已冻结", StepState.DONE),
        Step("collect", "收集", "已收 5／7", StepState.CURRENT),
        Step("seal", "归档", "未到", StepState.LOCKED),
    ]
    bar.show_steps(steps, "collect")
    with bot.waitSignal(bar.chosen) as chosen:
        click(bar.button("seal"))
    assert chosen.args == ["seal"]
    assert bar.button("collect").accessibleName() == "2 收集，已收 5／7"


def test_a_dimension_is_jumped_to_and_its_name_is_never_cut(bot: QtBot) -> None:
    strip = DimensionStrip()
    shown(bot, strip)
    groups = [GroupView(str(n), "标志性成果", "权重 20", 1, 2, ()) for n in range(6, 9)]
    strip.show_groups(groups, 1)
    with bot.waitSignal(strip.chosen) as chosen:
        click(strip._tabs[2])
    assert chosen.args == [2]
    strip.resize(120, 46)
    assert strip._tabs[0]._name(Role.SMALL) in {"6 标志性成果", "标志性成果", "6"}


def test_a_long_title_makes_its_row_higher(bot: QtBot) -> None:
    view = RowView("6.1", "很长的指标标题" * 5, RowState.SCORED, "84", "良")
    line = IndicatorRow(view)
    bot.addWidget(line)
    assert line.heightForWidth(300) > line.heightForWidth(900) >= 36


def test_every_state_of_a_row_can_be_painted(bot: QtBot) -> None:
    for kind in RowState:
        line = IndicatorRow(
            RowView(
                "6.1", "指标", kind, "—", word="未打", commented=True, reason_missing="缺理由"
            )
        )
        shown(bot, line)
        line.resize(430, 36)
        assert not line.grab().isNull()


def test_words_grow_the_box_up_to_five_lines_and_tab_leaves_it(bot: QtBot) -> None:
    field = WordsField("Comment")
    shown(bot, field)
    field.resize(300, field.sizeHint().height())
    one = field.sizeHint().height()
    field.setPlainText("\n".join("abcdefgh"))
    assert one < field.sizeHint().height() < 6 * one
    with bot.assertNotEmitted(field.typed):
        field.show_words("set by the program")
    with bot.waitSignal(field.typed):
        keys(field, "x")
    assert field.tabChangesFocus()


def test_a_cited_page_opens_by_click_and_goes_by_its_cross_or_delete(bot: QtBot) -> None:
    chip = CitationChip("plan p. 47")
    shown(bot, chip)
    with bot.waitSignal(chip.clicked):
        click(chip)
    right = chip.rect().center()
    right.setX(chip.width() - 6)
    with bot.waitSignal(chip.removed):
        click(chip, right)
    with bot.waitSignal(chip.removed):
        press(chip, Qt.Key.Key_Delete)


def test_a_tick_box_wraps_and_is_ticked_by_space(bot: QtBot) -> None:
    box = TickBox("与其负责人有夫妻、直系血亲、三代以内旁系血亲或近姻亲关系")
    shown(bot, box)
    assert box.heightForWidth(200) > box.heightForWidth(900)
    press(box, Qt.Key.Key_Space)
    assert box.isChecked()


def drop(zone: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(zone.rect().center()), copy, data, left, none)
    QApplication.sendEvent(zone, enter)
    place = QPointF(zone.rect().center())
    QApplication.sendEvent(zone, QDropEvent(place, copy, data, left, none))


def test_files_can_be_dropped_anywhere_on_a_page(bot: QtBot, tmp_path: Path) -> None:
    page = QWidget()
    layout = QVBoxLayout(page)
    zone = DropZone("Drop here", "*.scoresheet", Button("Choose"))
    zone.watch(page)
    layout.addWidget(zone)
    shown(bot, page)
    with bot.waitSignal(zone.dropped) as dropped:
        drop(page, tmp_path / "a b.scoresheet", tmp_path / "c")
    assert dropped.args == [[tmp_path / "a b.scoresheet", tmp_path / "c"]]
    assert zone.property("state") == ""


def test_progress_foretells_the_end_only_after_three_seconds(bot: QtBot) -> None:
    now = [0.0]
    card = ProgressCard(lambda: now[0])
    shown(bot, card)
    card.begin("Exporting", "34 files stay")
    now[0] = 2.0
    card.show_progress(10, 40, "files")
    assert "to go" not in card.accessibleName()
    now[0] = 4.0
    card.show_progress(10, 40, "files")
    assert "0:04 so far, about 0:12 to go" in card.accessibleName()
    with bot.waitSignal(card.cancelled):
        click(card.cancel)


def test_small_things_flow_into_the_next_line(bot: QtBot) -> None:
    page = QWidget()
    flow = Flow(*(StateChip(state("done", "已完成")) for _each in range(6)))
    page.setLayout(flow)
    shown(bot, page)
    assert flow.heightForWidth(120) > flow.heightForWidth(900)


@pytest.mark.parametrize("size", [100, 175])
def test_the_gallery_draws_every_component(bot: QtBot, app: QApplication, size: int) -> None:
    theme.apply(app, theme.Mode.DARK if size > 100 else theme.Mode.LIGHT, size)
    page = gallery()
    shown(bot, page)
    assert page.grab().width() >= 1300
