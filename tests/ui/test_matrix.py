from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.hands import press, under_test
from ui.components.matrix import MatrixTable
from ui.components.matrix_model import MatrixModel
from ui.matrix_views import MatrixCell, MatrixHead, MatrixView


def view(first: str = "84") -> MatrixView:
    rows = tuple(
        MatrixHead(c, c, f"指标{c}", "5", begins_group=c == "7.1") for c in ("6.1", "7.1")
    )
    columns = tuple(MatrixHead(n, n, f"对象{n}", "80.00") for n in ("01", "02"))
    cells = (
        (MatrixCell(first, 1), MatrixCell("未打", missing=True)),
        (MatrixCell("弃权", word=True), MatrixCell("52", 3, reason_missing=True)),
    )
    return MatrixView(rows, columns, cells, "指标", "总分（有未打的不算）")


def table(bot: QtBot) -> MatrixTable:
    result = MatrixTable("marks")
    bot.addWidget(result)
    result.show_matrix(view())
    result.resize(700, 300)
    with bot.waitActive(result):
        result.show()
        result.activateWindow()
    result.setFocus()
    return result


def test_the_matrix_model_passes_qts_own_tester(bot: QtBot) -> None:
    assert bot
    model = MatrixModel()
    model.show_matrix(view())
    assert under_test(model)
    model.show_matrix(view("90"))
    assert model.index(0, 0).data() == "90"


def test_typing_edits_the_cell_and_enter_goes_down(bot: QtBot) -> None:
    matrix = table(bot)
    matrix.select("6.1", "01")
    with bot.waitSignal(matrix.matrix.edited) as edited:
        press(matrix, "9")
        editor = QApplication.focusWidget()
        assert editor is not None
        press(editor, "1")
        press(editor, Qt.Key.Key_Return)
    assert edited.args == ["6.1", "01", "91"]
    assert matrix.currentIndex().row() == 1


def test_tab_goes_right_and_f5_opens_the_item(bot: QtBot) -> None:
    matrix = table(bot)
    matrix.select("6.1", "01")
    press(matrix, Qt.Key.Key_Tab)
    assert matrix.currentIndex().column() == 1
    with bot.waitSignal(matrix.opened) as opened:
        press(matrix, Qt.Key.Key_F5)
    assert opened.args == ["6.1", "02"]


def test_a_cell_is_spoken_with_its_row_and_column(bot: QtBot) -> None:
    matrix = table(bot)
    spoken = matrix.matrix.index(0, 1).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "6.1 指标6.1，02 对象02，未打"


def test_escape_leaves_the_mark_as_it_was(bot: QtBot) -> None:
    matrix = table(bot)
    matrix.select("6.1", "01")
    with bot.assertNotEmitted(matrix.matrix.edited):
        press(matrix, "9")
        editor = QApplication.focusWidget()
        assert editor is not None
        press(editor, Qt.Key.Key_Escape)
    assert matrix.matrix.index(0, 0).data() == "84"


def test_names_of_rows_give_way_where_it_is_narrow(bot: QtBot) -> None:
    matrix = table(bot)
    wide = matrix.verticalHeader().width()
    matrix.set_narrow(narrow=True)
    assert matrix.verticalHeader().sizeHint().width() < wide
    assert not matrix.grab().isNull()
