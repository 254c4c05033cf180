"""The whole dossier of 300 applications × 15 experts: ``python -m tests.bench.dossier``.

A round with an opinion on every application, a correction and a recusal is built once into a
folder (``--keep FOLDER`` uses it again), then every paper is written; seconds by the clock and
of the processor, all processes together.
"""

import argparse
import multiprocessing
import os
import random
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from resources import scheme_path
from reviewer_app.bootstrap import wire
from reviewer_app.core.marks import Mark, scored
from reviewer_app.core.people import Election, RoundPeople
from reviewer_app.core.round import ApplicationNumber, RoundPlan
from reviewer_app.core.rules import Decision, PanelRules, ReviewRules
from reviewer_app.core.scheme_data import load_scheme
from reviewer_app.core.votes import Ballots
from reviewer_app.services import closing, deliberating, dossier, people, rounds
from reviewer_app.services.records import OpinionRecord
from reviewer_app.sheets.score_sheet import Recusal, SheetContent
from tests.services.day import NOON, Day, Laptop, plan
from tests.sheets.making import make_application

APPLICATIONS, EXPERTS, RECOMMENDED = 300, 15, 20
GOAL = 30.0
PEOPLE = RoundPeople(
    host="温以宁（示例）",
    supervisor="柳清（示例）",
    secretary="方珺（示例）",
    checker="祝镕（示例）",
    election=Election("02", "到会专家举手推选", (("02", 15),)),
)


def main() -> None:
    """Build the round if it is not there, write its dossier, say what that took."""
    parser = argparse.ArgumentParser(prog="dossier", description=__doc__)
    parser.add_argument("--keep", type=Path, help="build the round here, or use it again")
    kept = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as name:
        folder = kept or Path(name)
        if not (folder / "home").is_dir():
            build(folder)
        measure(folder, Path(name) / "papers")


def build(folder: Path) -> None:
    """Hold the round in ``folder`` up to the opinions."""
    folder.mkdir(parents=True, exist_ok=True)
    day = Day.start(folder, big_plan())
    day.issue()
    bureau = day.context.open_bureau
    people.record_people(bureau, day.round_id, PEOPLE, NOON)
    die = random.Random(1)  # noqa: S311  # invented marks
    signed = [
        laptop.sign(folder, content(laptop, die, gone=number == "03"))
        for number, laptop in day.laptops.items()
    ]
    day.collect(*signed, second_revision(folder, day.laptops["01"]))
    closing.close_round(bureau, day.round_id, NOON)
    every = [each.number for each in big_plan().applications]
    votes = [Ballots(number, 13, 1, 0) for number in every]
    deliberating.record_votes(bureau, day.round_id, votes, NOON)
    for number in every:
        opinion = OpinionRecord(
            day.round_id,
            number,
            "提供的材料齐全，符合论证要求。\n目标定位清晰，依托单位中试条件较好。",
            "专职科研人员低于期满目标。",
            "一年内补齐人才引进计划。",
            "",
        )
        deliberating.record_opinion(bureau, opinion, NOON)


def second_revision(folder: Path, laptop: Laptop) -> Path:
    """Sign the sheet anew with three marks changed."""
    first = laptop.signed[0]
    marks = {number: dict(row) for number, row in first.content.marks.items()}
    for number in list(marks)[:3]:
        marks[number]["6.4"] = scored(Fraction(90))
    content = laptop.content(dict.fromkeys(range(1, APPLICATIONS + 1), 0))
    return laptop.sign(folder, replace(content, marks=marks))


def big_plan() -> RoundPlan:
    """Return the plan: everybody scores everything, by the 24 indicators of ZJ-TIC."""
    rules = ReviewRules(
        decision=Decision(recommend=RECOMMENDED), panel=PanelRules(minimum=3, odd=False)
    )
    small = plan(3, EXPERTS, rules)
    applications = tuple(
        replace(
            make_application(number),
            number=ApplicationNumber(f"{number:03d}"),
            name=f"浙江省第{number}号技术创新中心（示例）",
            short_name=f"第{number}号",
        )
        for number in range(1, APPLICATIONS + 1)
    )
    every = tuple(each.number for each in applications)
    return replace(
        small,
        scheme=load_scheme(scheme_path("zj-tic")),
        applications=applications,
        assignment={each.number: every for each in small.experts},
    )


def content(laptop: Laptop, die: random.Random, *, gone: bool) -> SheetContent:
    """Return a sheet of invented marks; ``gone`` steps back from application 5."""
    made = laptop.content(
        {number: 66 + number * 7 % 24 for number in range(1, APPLICATIONS + 1)}
    )
    left = {ApplicationNumber("005"): Recusal("employment")} if gone else {}
    marks = {
        number: {code: scored(_near(mark, die)) for code, mark in row.items()}
        for number, row in made.marks.items()
        if number not in left
    }
    return replace(made, marks=marks, recusals=left)


def _near(mark: Mark, die: random.Random) -> Fraction:
    return min(Fraction(100), (mark.value or Fraction(0)) + die.randint(-5, 5))


def measure(folder: Path, out: Path) -> None:
    """Write the dossier and print what every kind of paper took."""
    context = wire(folder / "home")
    round_id = rounds.list_rounds(context.open_bureau)[0].id
    took: dict[str, float] = defaultdict(float)
    last = begun = time.perf_counter()
    own, others = _processor()
    widest = 0.0

    def progress(_done: int, _total: int, what: str) -> None:
        nonlocal last, widest
        now = time.perf_counter()
        took[what[:2]] += now - last
        widest, last = max(widest, now - last), now

    paths = dossier.write_dossier(context.open_bureau, round_id, out, NOON, progress)
    wall = time.perf_counter() - begun
    for helper in multiprocessing.active_children():
        helper.join()
    for kind, seconds in sorted(took.items()):
        name = next(path.name for path in paths if path.name.startswith(kind))
        print(f"  {name.split('.')[0][:24]:<28}{seconds:8.2f} s")
    spent, helpers = _processor()
    spent, helpers = spent - own, helpers - others
    print(
        f"{len(paths)} papers: {wall:.1f} s by the clock (goal {GOAL:.0f}), "
        f"{spent + helpers:.1f} s of the processor ({spent:.1f} s in the program, "
        f"{helpers:.1f} s in its helpers), {widest:.1f} s the longest between two reports"
    )


def _processor() -> tuple[float, float]:
    """Return seconds of the processor used by this process, and by those that have ended."""
    spent = os.times()
    return spent.user + spent.system, spent.children_user + spent.children_system


if __name__ == "__main__":
    main()
