"""``weights`` as docs/cli.md promises it."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.calling import call

Capsys = pytest.CaptureFixture[str]
CAR = "成本,安全,外观,容量\n1,3,7,3\n1/3,1,9,1\n1/7,1/9,1,1/7\n1/3,1,7,1\n"
WILD = "a,b,c\n1,9,1/9\n1/9,1,9\n9,1/9,1\n"


def write(folder: Path, text: str, name: str = "m.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_hierarchy(tmp_path: Path, capsys: Capsys) -> None:
    answer = call(capsys, "weights", "ahp", write(tmp_path, CAR), "--json")
    document = answer.document
    assert list(document["weights"]) == ["成本", "安全", "外观", "容量"]
    assert float(document["weights"]["成本"]) == pytest.approx(0.5100750217780862, rel=1e-9)
    assert float(document["lambda_max"]) == pytest.approx(4.199235118131172, rel=1e-12)
    assert float(document["ci"]) == pytest.approx(0.06641170604372408, rel=1e-9)
    assert float(document["ri"]) == 0.9
    assert float(document["cr"]) == pytest.approx(0.07379078449302676, rel=1e-9)
    assert document["consistent"] is True
    assert (answer.status, answer.err) == (0, "")


def test_contradicting_comparisons_warn_only(tmp_path: Path, capsys: Capsys) -> None:
    answer = call(capsys, "weights", "ahp", write(tmp_path, WILD), "--json")
    assert answer.status == 0
    assert answer.document["consistent"] is False
    assert "above 0.1: revise the comparisons" in answer.err


def test_several_experts_meet_at_the_geometric_mean(tmp_path: Path, capsys: Capsys) -> None:
    one = write(tmp_path, "a,b\n1,8\n1/8,1", "1.csv")
    two = write(tmp_path, "a,b\n1,2\n0.5,1", "2.csv")
    document = call(capsys, "weights", "ahp", one, two, "--json").document
    assert float(document["weights"]["a"]) == pytest.approx(0.8)
    assert (document["ri"], document["cr"]) == ("0.0", "0.0")


def test_one_who_contradicts_himself_is_named_though_together_it_fits(
    tmp_path: Path, capsys: Capsys
) -> None:
    calm = "a,b,c\n1,1,1\n1,1,1\n1,1,1\n"
    files = [write(tmp_path, text, f"{n}.csv") for n, text in enumerate([calm] * 9 + [WILD])]
    answer = call(capsys, "weights", "ahp", *files, "--json")
    assert answer.document["consistent"] is True
    assert answer.document["matrices"][9]["consistent"] is False
    assert answer.err.startswith("9.csv: CR ")
    assert answer.err.count("\n") == 1


def test_named_rows_must_be_the_columns(tmp_path: Path, capsys: Capsys) -> None:
    right = write(tmp_path, ",a,b\na,1,2\nb,1/2,1")
    assert call(capsys, "weights", "ahp", right).status == 0
    wrong = write(tmp_path, ",a,b\nb,1,2\na,1/2,1")
    assert "must be the same criteria" in call(capsys, "weights", "ahp", wrong).err


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b\n1,2", "The matrix is not square: 2 criteria"),
        ("a,b\n1,2\n1/3,1", "a against b: not the reciprocal of the opposite"),
        ("a,b\n1,0\n0,1", "a against b: a comparison must be above zero"),
        ("a,b\n2,2\n1/2,1", "a against a: not the reciprocal"),
        ("a,b\n1,x\n1,1", "m.csv line 2, column 2: “x” is neither a decimal nor a fraction"),
        ("a,b\n1,1/0\n1,1", "line 2, column 2: “1/0” is neither"),
        ("a,b\n1,NaN\n1,1", "“NaN” is neither"),
        ("a,b\n1,1,1\n1,1", "line 2, column 3: a value beyond the header"),
        ("a,a\n1,1\n1,1", "the name “a” is there twice"),
        ("a,,b\n1,1,1", "a name is missing in the header"),
        ("a,b", "a header row of names and rows of numbers are expected"),
        (",".join(map(str, range(16))) + "\n" + ("1," * 15 + "1\n") * 16, "at most 15"),
    ],
)
def test_matrices_that_cannot_be_used(
    tmp_path: Path, capsys: Capsys, text: str, sentence: str
) -> None:
    answer = call(capsys, "weights", "ahp", write(tmp_path, text), "--json")
    assert (answer.status, answer.out) == (1, "")
    assert sentence in answer.err
    assert answer.err.startswith("m.csv")


def test_a_reciprocal_within_a_millionth(tmp_path: Path, capsys: Capsys) -> None:
    near = write(tmp_path, "a,b\n1,3\n0.3333333,1")
    assert call(capsys, "weights", "ahp", near).status == 0
    far = write(tmp_path, "a,b\n1,3\n0.333332,1")
    assert call(capsys, "weights", "ahp", far).status == 1


def test_entropy_and_critic(tmp_path: Path, capsys: Capsys) -> None:
    matrix = write(tmp_path, "a,b,c\n1,5,9\n2,5,1\n3,5,5")
    document = call(capsys, "weights", "entropy", matrix, "--json").document
    weights = {name: float(weight) for name, weight in document["weights"].items()}
    assert weights["b"] == 0
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["c"] > weights["a"] > 0
    answer = call(capsys, "weights", "critic", matrix)
    assert "b: is the same for every application" in answer.err
    two = write(tmp_path, "a,c\n1,9\n2,1\n3,5")
    text = call(capsys, "weights", "critic", two).out
    assert text.splitlines()[0] == "0.500000  a"


@pytest.mark.parametrize(
    ("method", "text", "sentence"),
    [
        ("entropy", "a,b\n1,-1\n2,3", "b: entropy needs values from zero up"),
        ("entropy", "a,b\n1,0\n2,0", "b: entropy needs values from zero up"),
        ("entropy", "a,b\n1,2\n1,2", "All criteria are the same"),
        ("entropy", "a,b\n1,2", "At least two applications and two criteria"),
        ("critic", "a,b\n1,2\n2,4", "All criteria move together"),
        ("critic", "a,b\n1\n2,4", "is neither a decimal nor a fraction"),
    ],
)
def test_data_without_information(
    tmp_path: Path, capsys: Capsys, method: str, text: str, sentence: str
) -> None:
    answer = call(capsys, "weights", method, write(tmp_path, text))
    assert answer.status == 1
    assert sentence in answer.err


def test_data_come_in_one_file(tmp_path: Path, capsys: Capsys) -> None:
    matrix = write(tmp_path, "a,b\n1,2\n2,1")
    assert "critic takes one matrix" in call(capsys, "weights", "critic", matrix, matrix).err


def test_a_workbook(tmp_path: Path, capsys: Capsys) -> None:
    book = openpyxl.Workbook()
    for row in (["a", "b"], [1, 4], ["１/４", 1]):
        book.active.append(row)
    book.save(tmp_path / "m.xlsx")
    document = call(capsys, "weights", "ahp", tmp_path / "m.xlsx", "--json").document
    assert float(document["weights"]["a"]) == pytest.approx(0.8)


def test_people_read_weights(tmp_path: Path, capsys: Capsys) -> None:
    lines = call(capsys, "weights", "ahp", write(tmp_path, CAR)).out.splitlines()
    assert lines[0] == "0.510075  成本"
    assert lines[-1].startswith("λmax 4.199235  CI 0.066412  CR 0.0737")
