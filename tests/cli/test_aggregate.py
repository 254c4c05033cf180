"""``aggregate`` as docs/cli.md promises it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reviewer_app.core.scheme import Pick, Scheme
from reviewer_app.core.scheme_data import scheme_to_data
from reviewer_app.core.toml_text import write_toml
from reviewer_app.services import aggregation
from tests.cli.calling import Answer, call
from tests.core.panels import VECTOR_1, leaf, scheme

HEADER = "application,expert,indicator,score"
Capsys = pytest.CaptureFixture[str]


def write(folder: Path, rows: Sequence[Sequence[object]], name: str = "marks.csv") -> Path:
    lines = [HEADER, *(",".join(map(str, row)) for row in rows)]
    path = folder / name
    path.write_text("\n".join(lines), "utf-8")
    return path


def vector(folder: Path, *, leave_out: int = 0) -> Path:
    rows = [
        ("A1", f"E{expert}", code, score)
        for expert, sheet in enumerate(VECTOR_1, start=1)
        for code, score in zip("abc", sheet, strict=True)
        if expert != leave_out
    ]
    return write(folder, rows)


def single(folder: Path, **totals: Sequence[object]) -> Path:
    rows = [
        (number, f"E{expert}", "a", score)
        for number, scores in totals.items()
        for expert, score in enumerate(scores, start=1)
    ]
    return write(folder, rows)


def totals(answer: Answer) -> dict[str, tuple[str, int]]:
    assert answer.status == 0, answer.err
    return {
        each["application"]: (each["total"], each["rank"])
        for each in answer.document["applications"]
    }


@pytest.mark.parametrize(
    ("options", "total", "exact"),
    [
        ((), "83.29", "583/7"),
        (("--method", "trimmed"), "83.00", "83"),
        (("--method", "trimmed", "--level", "indicator"), "83.80", "419/5"),
        (("--method", "median"), "83.00", "83"),
        (("--digits", "0"), "83", "583/7"),
        (("--rounding", "half-even", "--digits", "1"), "83.3", "583/7"),
        (("--method", "trimmed", "--drop-high", "2", "--drop-low", "0"), "81.60", "408/5"),
        (("--drop-high", "2"), "83.29", "583/7"),
    ],
)
def test_vector_one(
    tmp_path: Path, capsys: Capsys, options: tuple[str, ...], total: str, exact: str
) -> None:
    answer = call(capsys, "aggregate", vector(tmp_path), "--sum", *options, "--json")
    [found] = answer.document["applications"]
    assert (found["application"], found["sheets"], found["rank"]) == ("A1", 7, 1)
    assert (found["total"], found["exact"]) == (total, exact)
    assert set(found["by_indicator"]) == {"a", "b", "c"}
    assert answer.err == ""


def test_an_expert_without_rows_leaves_the_denominator(tmp_path: Path, capsys: Capsys) -> None:
    answer = call(capsys, "aggregate", vector(tmp_path, leave_out=3), "--sum", "--json")
    [found] = answer.document["applications"]
    assert (found["sheets"], found["total"], found["exact"]) == (6, "83.33", "250/3")


def test_without_weights_a_total_is_the_mean_of_the_indicators(
    tmp_path: Path, capsys: Capsys
) -> None:
    [found] = call(capsys, "aggregate", vector(tmp_path), "--json").document["applications"]
    assert found["exact"] == str(Fraction(583, 21))
    assert found["by_indicator"] == {"a": "17.00", "b": "26.71", "c": "39.57"}


def test_weights_divide_by_their_sum(tmp_path: Path, capsys: Capsys) -> None:
    weights = tmp_path / "w.csv"
    weights.write_text("indicator,weight\nc,0.5\na,1\nb,2", "utf-8")
    marks = write(tmp_path, [("A", "E", "a", 10), ("A", "E", "b", 20), ("A", "E", "c", 40)])
    [found] = call(capsys, "aggregate", marks, "--weights", weights, "--json").document[
        "applications"
    ]
    assert found["exact"] == "20"
    [found] = call(
        capsys, "aggregate", marks, "--weights", weights, "--sum", "--json"
    ).document["applications"]
    assert found["exact"] == "70"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("indicator,weight\na,1", "there is no weight for b, c"),
        ("indicator,weight\na,1\nb,1\nc,1\nd,1", "weights for d, which nobody scored"),
        ("indicator,weight\na,0", "line 2, column 2: a weight must be above zero"),
        ("indicator,weight\na,1\na,2", "line 3, column 1: indicator a is there twice"),
        ("indicator,weight,note\na,1,x", "unknown column note"),
        ("indicator,weight\na,1e3", "line 2, column 2: “1e3” is not a plain decimal"),
        ("indicator,weight\n", "there is no weight in it"),
    ],
)
def test_weights_that_do_not_fit(
    tmp_path: Path, capsys: Capsys, text: str, sentence: str
) -> None:
    weights = tmp_path / "w.csv"
    weights.write_text(text, "utf-8")
    answer = call(capsys, "aggregate", vector(tmp_path), "--weights", weights)
    assert (answer.status, answer.out) == (1, "")
    assert sentence in answer.err


def test_equal_figures_share_a_place_and_the_next_is_skipped(
    tmp_path: Path, capsys: Capsys
) -> None:
    marks = single(tmp_path, low=[70], one=["80.004"], two=["80.001"])
    answer = call(capsys, "aggregate", marks, "--json")
    assert totals(answer) == {"one": ("80.00", 1), "two": ("80.00", 1), "low": ("70.00", 3)}
    assert [each["application"] for each in answer.document["applications"]] == [
        "one", "two", "low",
    ]  # fmt: skip
    exact = call(capsys, "aggregate", marks, "--rank-basis", "exact", "--json")
    assert totals(exact) == {"one": ("80.00", 1), "two": ("80.00", 2), "low": ("70.00", 3)}


def test_a_rules_file_and_what_the_command_line_changes(tmp_path: Path, capsys: Capsys) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(
        '[aggregation]\nmethod = "median"\n[ranking]\nties = ["high"]\n'
        '[rounding]\nresult_digits = 1\n[decision]\npass_mark = ">80"\n',
        "utf-8",
    )
    marks = single(tmp_path, A=[70, 80, 90], B=[75, 80, 99])
    answer = call(capsys, "aggregate", marks, "--rules", rules, "--json")
    assert totals(answer) == {"B": ("80.0", 1), "A": ("80.0", 2)}
    first = answer.document["applications"][0]
    assert (first["tie_break"], first["passes"], first["median"]) == ("high", False, "80.0")
    assert answer.document["rules"]["ranking"] == {"basis": "published", "ties": ["high"]}
    changed = call(
        capsys,
        "aggregate",
        marks,
        "--rules",
        rules,
        "--method",
        "mean",
        "--digits",
        "2",
        "--json",
    )
    assert totals(changed) == {"B": ("84.67", 1), "A": ("80.00", 2)}
    assert changed.document["applications"][0]["passes"] is True


def test_experts_may_weigh_differently(tmp_path: Path, capsys: Capsys) -> None:
    rules = tmp_path / "rules.toml"
    marks = single(tmp_path, A=[70, 80, 90])
    rules.write_text("[aggregation]\nexpert_weights = { E1 = 2 }\n", "utf-8")
    answer = call(capsys, "aggregate", marks, "--rules", rules, "--json")
    assert totals(answer) == {"A": ("77.50", 1)}
    rules.write_text("[aggregation]\nexpert_weights = { E9 = 2 }\n", "utf-8")
    refused = call(capsys, "aggregate", marks, "--rules", rules)
    assert refused.status == 1
    assert "The rules weigh E9, who scored nothing" in refused.err


def test_a_chain_of_headings_needs_a_scheme(tmp_path: Path, capsys: Capsys) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[ranking]\nties = ["dimension:8"]\n', "utf-8")
    answer = call(capsys, "aggregate", single(tmp_path, A=[70]), "--rules", rules)
    assert answer.status == 1
    assert "dimension:8" in answer.err


def test_too_few_sheets_are_not_trimmed_and_it_is_said(tmp_path: Path, capsys: Capsys) -> None:
    marks = single(tmp_path, A=[60, 70, 80, 99], B=[1, 2, 3, 4, 5])
    answer = call(capsys, "aggregate", marks, "--method", "trimmed", "--json")
    assert totals(answer)["A"] == ("77.25", 1)
    assert answer.document["applications"][0]["trimmed"] is False
    assert answer.err == "Not trimmed: application A has 4 sheets\n"
    lower = call(
        capsys, "aggregate", marks, "--method", "trimmed", "--minimum-sheets", "4", "--json"
    )
    assert totals(lower)["A"] == ("75.00", 1)
    assert lower.err == ""


def test_dropping_more_than_the_minimum_raises_the_minimum(
    tmp_path: Path, capsys: Capsys
) -> None:
    marks = single(tmp_path, A=[1, 2, 3, 4, 5, 6, 99])
    options = ("--method", "trimmed", "--drop-high", "3", "--drop-low", "3")
    answer = call(capsys, "aggregate", marks, *options, "--json")
    assert totals(answer) == {"A": ("4.00", 1)}
    assert answer.document["rules"]["aggregation"]["minimum_sheets"] == 7
    contradiction = call(capsys, "aggregate", marks, *options, "--minimum-sheets", "6")
    assert contradiction.status == 1
    assert "minimum_sheets must be at least 7, found 6" in contradiction.err


def test_a_partly_missing_sheet_is_refused_or_left_out(tmp_path: Path, capsys: Capsys) -> None:
    rows = [
        ("A", "E1", "a", 80),
        ("A", "E1", "b", 90),
        ("A", "E2", "a", 10),
        ("A", "E2", "b", ""),
    ]
    marks = write(tmp_path, rows)
    refused = call(capsys, "aggregate", marks, "--json")
    assert (refused.status, refused.out) == (1, "")
    assert "Application A, expert E2: no score for b" in refused.err
    answer = call(capsys, "aggregate", marks, "--missing", "exclude", "--json")
    assert totals(answer) == {"A": ("85.00", 1)}
    assert answer.document["excluded"] == [
        {"application": "A", "expert": "E2", "missing": ["b"]}
    ]
    assert "Left out: application A, expert E2, no score for b" in answer.err
    absent = write(tmp_path, rows[:3])
    assert "no score for b" in call(capsys, "aggregate", absent).err


def test_not_applicable_and_abstained_are_no_zero(tmp_path: Path, capsys: Capsys) -> None:
    for word in ("NA", "AB"):
        marks = write(tmp_path, [("A", "E1", "a", 80), ("A", "E1", "b", word)])
        assert totals(call(capsys, "aggregate", marks, "--json")) == {"A": ("80.00", 1)}
    nothing = write(tmp_path, [("A", "E1", "a", "NA"), ("B", "E1", "a", "5")])
    [first, last] = call(capsys, "aggregate", nothing, "--json").document["applications"]
    assert (first["application"], last["application"]) == ("B", "A")
    assert (last["total"], last["exact"], last["rank"], last["sheets"]) == (None, None, None, 0)


def test_scores_below_zero_and_above_any_scale(tmp_path: Path, capsys: Capsys) -> None:
    marks = single(tmp_path, A=["-3.5", "-4.5"], B=["123456", "123457"])
    answer = call(capsys, "aggregate", marks, "--json")
    assert totals(answer) == {"B": ("123456.50", 1), "A": ("-4.00", 2)}


def test_a_scheme_gives_scales_headings_and_weights(tmp_path: Path, capsys: Capsys) -> None:
    codes = [
        *(f"6.{n}" for n in range(2, 7)), *(f"7.{n}" for n in range(1, 4)), "8.1", "8.2",
        *(f"9.{n}" for n in range(1, 8)), *(f"10.{n}" for n in range(1, 8)),
    ]  # fmt: skip
    rules = tmp_path / "rules.toml"
    rules.write_text('[ranking]\nties = ["dimension:8"]\n', "utf-8")
    rows = [("A", "E1", code, 80 if code.startswith("8") else 60) for code in codes]
    marks = write(tmp_path, rows)
    options = ("--scheme", "zj-tic", "--rules", rules, "--json")
    assert totals(call(capsys, "aggregate", marks, *options)) == {"A": ("64.80", 1)}
    write(tmp_path, [*rows[:-1], ("A", "E1", "10.7", 101)])
    answer = call(capsys, "aggregate", marks, *options)
    assert answer.status == 1
    assert "Expert E1, application A, 10.7: 101 is outside 0–100" in answer.err
    both = call(capsys, "aggregate", marks, "--scheme", "zj-tic", "--sum")
    assert both.status == 2


def scheme_file(folder: Path, table: Scheme) -> Path:
    path = folder / "scheme.toml"
    path.write_text(write_toml(scheme_to_data(table)), "utf-8")
    return path


def test_a_choice_is_no_gap(tmp_path: Path, capsys: Capsys) -> None:
    choice = replace(scheme([leaf("a", 40), leaf("b", 40)]).dimensions[0], pick=Pick.ONE)
    table = scheme_file(
        tmp_path,
        replace(
            scheme([leaf("c", 60)]),
            dimensions=(
                choice,
                replace(scheme([leaf("c", 60)]).dimensions[0], code="2"),
            ),
        ),
    )
    rows = [("A", "E1", "a", 50), ("A", "E1", "c", 100)]
    answer = call(capsys, "aggregate", write(tmp_path, rows), "--scheme", table, "--json")
    assert totals(answer) == {"A": ("80.00", 1)}
    both = write(tmp_path, [*rows, ("A", "E1", "b", 1)])
    assert "only one" in call(capsys, "aggregate", both, "--scheme", table).err
    gap = call(capsys, "aggregate", write(tmp_path, rows[:1]), "--scheme", table)
    assert "no score for c" in gap.err


def test_a_workbook_gives_what_the_csv_gives(tmp_path: Path, capsys: Capsys) -> None:
    marks = vector(tmp_path)
    book = openpyxl.Workbook()
    for line in marks.read_text("utf-8").splitlines():
        cells: list[Any] = list(line.split(","))
        if cells[3].isdecimal():
            cells[3] = int(cells[3])
        book.active.append(cells)
    book.save(tmp_path / "marks.xlsx")
    for options in ((), ("--method", "trimmed", "--level", "indicator")):
        from_csv = call(capsys, "aggregate", marks, "--sum", *options, "--json")
        from_book = call(
            capsys, "aggregate", tmp_path / "marks.xlsx", "--sum", *options, "--json"
        )
        assert from_csv.document == from_book.document


def test_large_tables_give_the_same_document(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        (f"A{a}", f"E{e}", f"I{i}", "NA" if a == i == 3 else (a * 7 + e * 5 + i * 3) % 21 / 2)
        for a in range(9)
        for e in range(6)
        for i in range(4)
        if (a + e) % 7
    ]
    marks = write(tmp_path, rows)
    options = ("--method", "trimmed", "--level", "indicator", "--json")
    small = call(capsys, "aggregate", marks, *options)
    monkeypatch.setattr(aggregation, "LARGE", 0)
    assert call(capsys, "aggregate", marks, *options).out == small.out


def test_people_read_places_and_rules(tmp_path: Path, capsys: Capsys) -> None:
    answer = call(capsys, "aggregate", single(tmp_path, A=[70, 80], B=["NA", "NA"]))
    lines = answer.out.splitlines()
    assert lines[0].split() == ["1", "75.00", "A", "(2", "sheets)"]
    assert lines[1].split() == ["—", "—", "B", "(0", "sheets)"]
    assert "每位专家的总分取算术平均，不去最高最低" in lines


@pytest.mark.parametrize(
    "options",
    [("--digits", "7"), ("--digits", "x"), ("--drop-high", "-1"), ("--method", "avg"), ()],
)
def test_wrong_usage(tmp_path: Path, capsys: Capsys, options: tuple[str, ...]) -> None:
    marks = [vector(tmp_path)] if options else []
    assert call(capsys, "aggregate", *marks, *options).status == 2


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (f"{HEADER}\nA,E,a,NaN", "line 2: score: “NaN” is not a plain decimal number"),
        (f"{HEADER}\nA,E,a,1e400", "line 2: score: “1e400”"),
        (f"{HEADER}\nA,E,a,1\nA,E,a,1", "line 3: application A, expert E, indicator a"),
        ("application,expert,indicator,mark\nA,E,a,1", "unknown column “mark”"),
        ("", "no header row"),
        (HEADER, "there is no mark in it"),
    ],
)
def test_a_bad_table_is_one_line(
    tmp_path: Path, capsys: Capsys, body: str, sentence: str
) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(body, "utf-8")
    answer = call(capsys, "aggregate", path, "--json")
    assert (answer.status, answer.out) == (1, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1


def test_no_such_file(tmp_path: Path, capsys: Capsys) -> None:
    answer = call(capsys, "aggregate", tmp_path / "none.csv")
    assert answer.status == 1
    assert "none.csv" in answer.err


def test_diving_by_command(fixtures: Path, tmp_path: Path, capsys: Capsys) -> None:
    text = (fixtures / "cases/diving2024.jsonl").read_text("utf-8")
    dives = [json.loads(line) for line in text.splitlines()]
    marks = write(
        tmp_path,
        [
            (number, f"J{judge}", "a", score)
            for number, dive in enumerate(dives)
            for judge, score in enumerate(dive["scores"])
        ],
    )
    options = ("--method", "trimmed", "--drop-high", "2", "--drop-low", "2", "--json")
    found = {
        each["application"]: Fraction(each["exact"])
        for each in call(capsys, "aggregate", marks, *options).document["applications"]
    }
    for number, dive in enumerate(dives):
        points = found[str(number)] * 3 * Fraction(dive["weight"])
        assert points == Fraction(Decimal(dive["expected"]))


def test_experts_are_normalised_where_asked(tmp_path: Path, capsys: Capsys) -> None:
    strict = range(40, 48)
    marks = single(
        tmp_path, **{f"A{n}": (each, 4 * each - 60) for n, each in enumerate(strict)}
    )
    answer = call(capsys, "aggregate", marks, "--normalise", "z-score", "--json")
    assert answer.status == 0, answer.err
    found = answer.document
    assert found["rules"]["aggregation"]["normalise"] == "z-score"
    factors = [each["factor"] for each in found["normalised"]["experts"]]
    assert factors == ["2915475947/1000000000", "728868987/1000000000"]
    said = call(capsys, "aggregate", marks, "--normalise", "z-score").out
    assert "标准化：专家 E1 系数 2.915475947" in said
    assert "normalised" not in call(capsys, "aggregate", marks, "--json").document


@pytest.mark.parametrize(
    ("scores", "why"),
    [
        ([(1, 2)] * 7, "expert E1 scored 7 applications, at least 8 are needed"),
        ([(n, 2) for n in range(8)], "expert E2 gave all applications the same total"),
    ],
)
def test_what_cannot_be_normalised_is_refused(
    scores: list[tuple[int, int]], why: str, tmp_path: Path, capsys: Capsys
) -> None:
    marks = single(tmp_path, **{f"A{n}": each for n, each in enumerate(scores)})
    answer = call(capsys, "aggregate", marks, "--normalise", "z-score")
    assert (answer.status, answer.out) == (1, "")
    assert why in answer.err


def test_groups_are_put_on_one_footing(tmp_path: Path, capsys: Capsys) -> None:
    marks = single(tmp_path, A1=(90, 90), A2=(80, 80), A3=(60, 60), A4=(50, 50))
    rules = tmp_path / "rules.toml"
    rules.write_text(
        "[groups]\ndigits = 4\n[groups.applications]\n"
        '"甲组" = ["A1", "A2"]\n"乙组" = ["A3", "A4"]\n',
        "utf-8",
    )
    answer = call(capsys, "aggregate", marks, "--rules", rules, "--json")
    assert totals(answer) == {
        "A3": ("76.36", 1), "A1": ("74.12", 2), "A2": ("65.88", 3), "A4": ("63.64", 4),
    }  # fmt: skip
    first = answer.document["applications"][0]
    assert (first["group"], first["unadjusted"], first["exact"]) == ("乙组", "60", "38181/500")
    assert answer.document["groups"]["reference"] == "70"
    rules.write_text(
        '[groups]\ndrop_low = 2\n[groups.applications]\n"甲" = ["A1", "A2"]\n'
        '"乙" = ["A3", "A4"]\n',
        "utf-8",
    )
    refused = call(capsys, "aggregate", marks, "--rules", rules)
    assert refused.status == 1
    assert "[groups] 乙: too few results for the drops" in refused.err
