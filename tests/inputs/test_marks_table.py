"""A table of marks is taken exactly as it is, or refused with the place."""

import gettext
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.words import catalogue
from reviewer_app.core.errors import InputError, ReviewerError
from reviewer_app.core.marks import ABSTAINED, MISSING, NOT_APPLICABLE, Mark, scored
from reviewer_app.core.messages import install
from reviewer_app.core.numbers import plain_text
from reviewer_app.inputs.marks_table import ONLY_ONE, MarksTable, read_marks

HEADER = "application,expert,indicator,score"


def csv(folder: Path, body: str | bytes, name: str = "marks.csv") -> MarksTable:
    path = folder / name
    path.write_bytes(body if isinstance(body, bytes) else body.encode("utf-8"))
    return read_marks(path)


def workbook(folder: Path, rows: Sequence[Sequence[Any]]) -> MarksTable:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(folder / "marks.xlsx")
    return read_marks(folder / "marks.xlsx")


def score(text: str, folder: Path) -> Any:
    return csv(folder, f"{HEADER}\nA,E,i,{text}").marks["E"]["A"]["i"]


def test_four_states_stay_four(tmp_path: Path) -> None:
    body = f"{HEADER}\nA,E,a,84.5\nA,E,b,\nA,E,c,NA\nA,E,d,AB\nA,E,e,0\n"
    assert csv(tmp_path, body).marks == {
        "E": {
            "A": {
                "a": scored(Fraction(169, 2)),
                "b": MISSING,
                "c": NOT_APPLICABLE,
                "d": ABSTAINED,
                "e": scored(0),
            }
        }
    }


def test_names_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    table = csv(tmp_path, f"{HEADER}\nB,E2,y,1\nA,E2,x,1\nB,E1,x,1\n")
    assert (table.applications, table.experts, table.indicators) == (
        ("B", "A"), ("E2", "E1"), ("y", "x"),
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    body = end.join([HEADER, "海洋功能材料,专家一,8.1 攻克“卡脖子”技术,84", ""])
    table = csv(tmp_path, body.encode(encoding))
    assert table.applications == ("海洋功能材料",)
    assert table.indicators == ("8.1 攻克“卡脖子”技术",)


def test_columns_in_any_order_and_quoted_cells(tmp_path: Path) -> None:
    table = csv(tmp_path, 'Score,Indicator,Expert,Application\n 7 ,"a,b", E ,"A ""x"""\n\n')
    assert table.marks == {"E": {'A "x"': {"a,b": scored(7)}}}


@pytest.mark.parametrize(
    "header",
    [
        "对象编号,专家编号,指标,分值",
        "申报单位,专家,指标,得分",
        "评审对象, 专家姓名 ,评价指标,分数（分）",
    ],
)
def test_chinese_headers(tmp_path: Path, header: str) -> None:
    table = csv(tmp_path, f"{HEADER}\nA,E,i,7\nA,E,j,NA\nA,E,k,AB")
    assert csv(tmp_path, f"{header}\nA,E,i,7\nA,E,j,不适用\nA,E,k,弃权") == table
    rows = [header.split(","), ("A", "E", "i", 7), ("A", "E", "j", "NA"), ("A", "E", "k", "AB")]
    assert workbook(tmp_path, rows) == table


def test_columns_are_named_in_the_readers_language(tmp_path: Path) -> None:
    install(catalogue("zh"))
    try:
        with pytest.raises(InputError, match="“指标”；表头应为 对象编号,专家编号,指标,分值"):
            csv(tmp_path, "对象,专家,分值\nA,E,1")
        with pytest.raises(InputError, match="“专家编号”"):
            csv(tmp_path, "对象,专家,指标,分值\nA,,i,1")
    finally:
        install(gettext.NullTranslations())


def test_a_single_sheet_needs_no_expert(tmp_path: Path) -> None:
    table = csv(tmp_path, "application,indicator,score\nA,i,7")
    assert table.experts == (ONLY_ONE,)
    assert workbook(tmp_path, [("application", "indicator", "score"), ("A", "i", 7)]) == table
    assert csv(tmp_path, "indicator,score\ni,7").applications == (ONLY_ONE,)


@pytest.mark.parametrize(
    "text",
    [
        "NaN", "nan", "inf", "-Infinity", "1e400", "1e3", "1E3", "0x10", "1_000", "+5", "5.",
        ".5", "-0", "-0.0", "05", "1 000", "1２ ３", "٣", "五", "1.2.3", "--1", "true", "null",
        "None", "n/a", "na", "ab", "1234567890123", "0.1234567890123", "5%", "=1+1", "'5", "⁵",
    ],
)  # fmt: skip
def test_what_is_no_score(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"^marks\.csv line 2: score: “"):
        score(text, tmp_path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"), ("-3.50", "-7/2"), ("100", "100"), ("0.000000000001", "1/1000000000000"),
        ("999999999999.999999999999", "999999999999999999999999/1000000000000"),
    ],
)  # fmt: skip
def test_scores_are_exact(tmp_path: Path, text: str, value: str) -> None:
    assert score(text, tmp_path).value == Fraction(value)


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\ufeff"])
def test_a_code_with_a_hidden_character_is_refused(hidden: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 2: “application” carries hidden .*U\+"):
        csv(tmp_path, f"{HEADER}\nA{hidden}B,E,i,1")


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_another_separator_is_named(mark: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cells are separated by commas"):
        csv(tmp_path, f"{HEADER}\nA,E,i,1".replace(",", mark))


def test_two_sheets_of_marks_are_not_guessed_between(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title in ("一", "二"):
        sheet = book.create_sheet(title)
        sheet.append(HEADER.split(","))
        sheet.append(["A", "E", "i", 5])
    path = tmp_path / "two.xlsx"
    book.save(path)
    with pytest.raises(InputError, match=r"both \[一\] and \[二\] hold such a list"):
        read_marks(path)
    book["一"].sheet_state = "hidden"
    book.save(path)
    assert read_marks(path).applications == ("A",)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("８４．５", scored(Fraction("84.5"))), ("１2", scored(12)), ("ＮＡ", NOT_APPLICABLE)],
)
def test_full_width_digits_are_digits(tmp_path: Path, text: str, mark: Mark) -> None:
    assert score(text, tmp_path) == mark
    rows = [("application", "expert", "indicator", "score"), ("A", "E", "i", text)]
    assert workbook(tmp_path, rows).marks == {"E": {"A": {"i": mark}}}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "there is no header row"),
        ("\n\n", "there is no header row"),
        (HEADER, "there is no mark in it"),
        (
            f"{HEADER},note\nA,E,i,1,x",
            "line 1: unknown column “note”; the header is application",
        ),
        ("application,expert,score\nA,E,1", "line 1: column “indicator” is missing"),
        (
            "application,expert,expert,indicator,score\n",
            "line 1: column “expert” is there twice",
        ),
        ("应用,专家,指标,分数\n", "line 1: unknown column “应用”"),
        (f"{HEADER}\nA,E,i", "line 2: 3 cells, the header has 4"),
        (f"{HEADER}\nA,E,i,1,2", "line 2: 5 cells, the header has 4"),
        (f"{HEADER}\nA,E,i,1,5", "line 2: 5 cells"),
        (f"{HEADER}\n\nA,,i,1", "line 3: “expert” is empty"),
        (f"{HEADER}\n ,E,i,1", "line 2: “application” is empty"),
        (f"{HEADER}\nA,E,,1", "line 2: “indicator” is empty"),
        (
            f"{HEADER}\nA,E,i,1\nB,E,i,1\nA,E,i,2",
            "line 4: application A, expert E, indicator i is there twice",
        ),
        (f"{HEADER}\nA,E,i,\nA,E,i,2", "line 3: application A, expert E, indicator i"),
        (f'{HEADER}\nA,E,"i,1', "is not CSV"),
        (f'{HEADER}\nA,E,"i"x,1', "line 2 is not CSV"),
        (f"{HEADER}\nA\u0007,E,i,1", "line 2, application: U.0007"),
        (f'{HEADER}\n"A\nB",E,i,1', "line 3, application: U.000A"),
        (f"{HEADER}\nA,E,i,1\0", "is not a text file"),
    ],
)
def test_a_bad_file_names_the_place(tmp_path: Path, body: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as caught:
        csv(tmp_path, body)
    assert str(caught.value).startswith("marks.csv")


def test_two_encodings_in_one_file(tmp_path: Path) -> None:
    lines = [HEADER.encode(), "海洋,一,i,1".encode(), "海洋,二,i,1".encode("gb18030")]
    with pytest.raises(InputError, match="line 3: UTF-8 and another encoding are mixed"):
        csv(tmp_path, b"\n".join(lines))
    with pytest.raises(InputError, match="line 3: starts as UTF-8, but is not UTF-8 here"):
        csv(tmp_path, b"\xef\xbb\xbf" + b"\n".join(lines))
    with pytest.raises(InputError, match="line 2: is neither UTF-8 nor GB 18030"):
        csv(tmp_path, HEADER.encode() + b"\nA,E\xff\xff,i,1")
    with pytest.raises(InputError, match="is UTF-16 text; save it as UTF-8"):
        csv(tmp_path, f"{HEADER}\nA,E,i,1".encode("utf-16"))


def test_a_place_that_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a file"):
        read_marks(tmp_path)
    with pytest.raises(InputError, match="does not exist; check the name"):
        read_marks(tmp_path / "none.csv")


class TestWorkbook:
    def test_numbers_and_texts(self, tmp_path: Path) -> None:
        rows = [
            HEADER.split(","),
            ("A", "E", "a", 84.5),
            ("A", "E", "b", "84.5"),
            ("A", "E", "c", "８４．５"),
            ("A", "E", "d", None),
            ("A", "E", "e", " NA "),
            ("A", "E", "f", "ＡＢ"),
        ]
        half = scored(Fraction(169, 2))
        assert workbook(tmp_path, rows).marks["E"]["A"] == {
            "a": half, "b": half, "c": half, "d": MISSING, "e": NOT_APPLICABLE, "f": ABSTAINED,
        }  # fmt: skip

    def test_codes_are_narrowed_and_names_are_not(self, tmp_path: Path) -> None:
        row = ("中心（示例）", "０７", "８．１", 5)
        table = workbook(tmp_path, [HEADER.split(","), row])
        assert table.marks == {"07": {"中心（示例）": {"8.1": scored(5)}}}

    def test_numbers_as_codes(self, tmp_path: Path) -> None:
        assert workbook(tmp_path, [HEADER.split(","), (1, 2, 8.1, 5)]).marks == {
            "2": {"1": {"8.1": scored(5)}}
        }

    @pytest.mark.parametrize(
        ("cell", "sentence"),
        [
            ("=1+1", r"\[Sheet\] D2: it holds a formula"),
            ("#DIV/0!", "D2: it shows the error"),
            ("1e5", r"D2: score: “1e5” is not a plain decimal"),
            (True, "D2: score: “TRUE”"),
        ],
    )
    def test_what_a_score_cannot_be(self, tmp_path: Path, cell: object, sentence: str) -> None:
        with pytest.raises(InputError, match=sentence):
            workbook(tmp_path, [HEADER.split(","), ("A", "E", "a", cell)])

    def test_unknown_columns_and_repeated_rows(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"marks\.xlsx \[Sheet\]: unknown column “note”"):
            workbook(tmp_path, [[*HEADER.split(","), "note"], ("A", "E", "a", 1, "x")])
        with pytest.raises(InputError, match="D3: application A, expert E, indicator a"):
            workbook(tmp_path, [HEADER.split(","), ("A", "E", "a", 1), ("A", "E", "a", 1)])
        with pytest.raises(InputError, match="“expert” is empty"):
            workbook(tmp_path, [HEADER.split(","), ("A", None, "a", 1)])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("ABC"), st.sampled_from("12"), st.sampled_from("xy")),
        st.decimals(-999, 999, places=3, allow_nan=False).map(Fraction),
        min_size=1,
    )
)
def test_what_is_written_is_read(
    tmp_path: Path, marks: dict[tuple[str, str, str], Fraction]
) -> None:
    lines = [f"{a},{e},{i},{plain_text(value)}" for (a, e, i), value in marks.items()]
    table = csv(tmp_path, "\n".join([HEADER, *lines]))
    found = {
        (a, e, i): mark.value
        for e, sheets in table.marks.items()
        for a, given_marks in sheets.items()
        for i, mark in given_marks.items()
    }
    assert found == marks


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200), headed=st.booleans())
def test_garbage_never_crashes(tmp_path: Path, data: bytes, *, headed: bool) -> None:
    start = HEADER.encode() + b"\n" if headed else b""
    with suppress(ReviewerError):
        csv(tmp_path, start + data)
