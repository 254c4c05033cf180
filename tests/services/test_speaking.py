"""The order of speaking: drawn from a seed, again only with a reason, derived by anybody."""

import hashlib
import json
from pathlib import Path

import pytest

from reviewer_app.core.errors import InputError, RoundStateError
from reviewer_app.core.speaking import drawn
from reviewer_app.services.rounds import change_plan, show_round
from reviewer_app.services.speaking import Draw, Wish, draw_order, draws_of
from reviewer_app.services.speaking_paper import order_document, write_order
from reviewer_app.sheets.log import next_line, read_line
from tests.archive.making import Plan, make_archive
from tests.archive.verifying import both, files_of, resealed, rezip
from tests.services.day import NOON, Day, plan


@pytest.fixture
def day(tmp_path: Path) -> Day:
    return Day.start(tmp_path, plan(applications=6))


def draw(day: Day, seed: str = "", by: str = "", reason: str = "") -> Draw:
    return draw_order(day.context.open_bureau, day.round_id, Wish(seed, by, reason), NOON)


def by_hand(seed: str, round_id: str, numbers: list[str]) -> list[str]:
    lots = {
        hashlib.sha256(f"{seed}\n{round_id}\n{each}".encode()).hexdigest(): each
        for each in numbers
    }
    return [lots[lot] for lot in sorted(lots)]


def test_the_order_follows_from_the_seed_alone(day: Day) -> None:
    found = draw(day, " 20261121 ", "监督员 柳（示例）")
    numbers = [f"{n:02d}" for n in range(1, 7)]
    assert list(found.order) == by_hand("20261121", day.round_id, numbers)
    assert list(found.order) == by_hand("20261121", day.round_id, numbers[::-1])
    said = (found.seed, found.by, found.reason, found.number)
    assert said == ("20261121", "监督员 柳（示例）", "", 1)
    assert list(drawn("20261121", day.round_id, numbers[:-1])) == [
        each for each in found.order if each != "06"
    ]


def test_without_a_seed_the_program_draws_one(day: Day) -> None:
    first = draw(day)
    second = draw(day, reason="监督员要求重抽（示例）")
    assert len(first.seed) == 16
    assert first.seed != second.seed
    assert first.by == ""


def test_it_is_drawn_again_only_with_a_reason_and_both_stay(day: Day, tmp_path: Path) -> None:
    draw(day, "一", "监督员")
    with pytest.raises(InputError, match="needs a reason"):
        draw(day, "二", "监督员")
    draw(day, "二", "监督员", "漏了一家（示例）")
    found = draws_of(day.context.open_bureau, day.round_id)
    told = [(each.number, each.seed, each.reason) for each in found]
    assert told == [(1, "一", ""), (2, "二", "漏了一家（示例）")]
    the_plan = show_round(day.context.open_bureau, day.round_id).plan
    said = str(order_document(the_plan, day.round_id, found, NOON))
    for words in ("种子 一", "漏了一家（示例）", "sha256sum", day.round_id):
        assert words in said
    path = tmp_path / "汇报顺序表.pdf"
    write_order(day.context.open_bureau, day.round_id, path, NOON)
    assert path.read_bytes().startswith(b"%PDF")


def test_what_cannot_be_drawn_is_said(day: Day, tmp_path: Path) -> None:
    bureau = day.context.open_bureau
    with pytest.raises(RoundStateError, match="not been drawn"):
        write_order(bureau, day.round_id, tmp_path / "a.pdf", NOON)
    with pytest.raises(InputError, match="Say who gave the seed"):
        draw(day, "20261121")
    with pytest.raises(InputError, match="1 to 100"):
        draw(day, "7" * 101, "监督员")
    draw(day, "1", "监督员")
    before = show_round(bureau, day.round_id).plan
    change_plan(bureau, day.round_id, before, plan(applications=5), NOON)
    with pytest.raises(RoundStateError, match="draw it again"):
        write_order(bureau, day.round_id, tmp_path / "a.pdf", NOON)
    assert len(draw(day, "1", "监督员", "少了一家").order) == 5


@pytest.mark.parametrize("way", ["order", "seed", "reason"])
def test_both_verifiers_draw_again(way: str, tmp_path: Path) -> None:
    files = files_of(make_archive(tmp_path / "a.zip", Plan(seeds=("7", "8"))))
    lines: list[bytes] = []
    for line in files["log.jsonl"].splitlines():
        entry = read_line(line).entry
        details = dict(entry.details)
        if details.get("draw") == 2:
            order = json.loads(str(details["order"]))
            turned = json.dumps(order[::-1], separators=(",", ":"))
            details[way] = {"order": turned, "seed": "9", "reason": ""}[way]
        entry = type(entry)(entry.at, entry.event, details)
        lines.append(next_line(lines[-1] if lines else None, entry))
    log = b"".join(line + b"\n" for line in lines)
    first, second = both(rezip(tmp_path / "b.zip", resealed(files | {"log.jsonl": log})))
    assert "order" in first.failed & second.failed
