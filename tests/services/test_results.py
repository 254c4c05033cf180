import json
from pathlib import Path

from reviewer_app.services import closing, results, transfer
from reviewer_app.services.findings import statistics_json
from tests.services.day import NOON, Day, plan, with_known_conflict

POINTS = {
    "01": {1: 90, 2: 70, 3: 60},
    "02": {1: 80, 2: 75, 3: 60},
    "03": {1: 85, 2: 95, 3: 61},
    "04": {1: 88, 2: 77, 3: 99},
    "05": {1: 70, 2: 80, 3: 62},
}


def closed(day: Day, paths: list[Path]) -> results.Results:
    day.collect(*paths)
    closing.close_round(day.context.open_bureau, day.round_id, NOON, "示例")
    return results.results_of(day.context.open_bureau, day.round_id)


def test_the_mean_is_exact_and_rounded_once(day: Day) -> None:
    found = closed(day, day.sign_all(POINTS))
    document = json.loads(found.text)
    assert [
        (a["application"], a["exact"], a["published"], a["rank"])
        for a in document["applications"]
    ] == [
        ("01", "413/5", "82.60", 1),
        ("02", "397/5", "79.40", 2),
        ("03", "342/5", "68.40", 3),
    ]
    assert [a["recommended"] for a in document["applications"]] == [True, False, False]


def test_a_recused_expert_shrinks_the_denominator(tmp_path: Path) -> None:
    day = Day.start(tmp_path, with_known_conflict(plan(), 1, 2))
    day.issue()
    paths = []
    for number, laptop in day.laptops.items():
        gone = (3,) if number == "04" else ()
        paths.append(laptop.sign(day.folder, laptop.content(POINTS[number], recused=gone)))
    document = json.loads(closed(day, paths).text)
    one, two, three = document["applications"]
    assert (one["sheets"], two["sheets"], three["sheets"]) == (5, 4, 4)
    assert two["exact"] == "327/4"
    assert two["not_scored"] == [{"expert": "01", "why": "not-assigned"}]
    assert three["not_scored"] == [{"expert": "04", "why": "recused"}]
    assert three["exact"] == "243/4"


def test_two_machines_agree_on_the_digest(day: Day, tmp_path: Path) -> None:
    paths = day.sign_all(POINTS)
    transfer.export_round(day.context.open_bureau, day.round_id, tmp_path / "round.export")
    second = Day(tmp_path, day.context.at(tmp_path / "second"))
    second.round_id = transfer.import_round(
        second.context.open_bureau, tmp_path / "round.export", NOON
    )
    first = closed(day, paths)
    other = closed(second, list(reversed(paths)))
    assert first.text == other.text
    assert first.digest == other.digest


def test_statistics_stand_beside_the_digest(day: Day) -> None:
    found = closed(day, day.sign_all(POINTS))
    data = json.loads(statistics_json(found))
    assert 0 <= float(data["agreement"]["kendall_w"]["w"]) <= 1
    assert data["stability"]["recommended"] == ["01"]
    assert b"kendall" not in found.text
