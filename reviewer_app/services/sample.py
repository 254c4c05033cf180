"""The sample round: twelve fictional applications with everything a first day needs.

Made by code from ``resources/sample``, the same bytes every day: packages with readable PDFs,
the expert list, rules, votes, opinions, the elected leader, blank lists, a roster change.
"""

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pikepdf

from resources import sample_resource
from reviewer_app.core.atomic import disk_fault, make_folder, write_file
from reviewer_app.core.numbers import plain_text
from reviewer_app.core.round import Change
from reviewer_app.inputs.list_workbooks import LIST_NAMES, blank_list, filled_list
from reviewer_app.services.sample_centers import Center, figures, sample_centers
from reviewer_app.services.sample_documents import attachment_pdf, plan_pdf, responsibility_pdf
from reviewer_app.services.sample_marks import sample_marks_data

ROUND = "ROUND.toml"
VOTES = "VOTES.csv"
OPINIONS = "opinions"
ROSTER = "ROSTER.toml"
PEOPLE = "PEOPLE.toml"
BLANK_LISTS = "空白清单"
PLAN, RESPONSIBILITY = "建设方案.pdf", "责任书.pdf"
ATTACHMENT = "附件1 依托单位与共建协议.pdf"
_CHANGES: Mapping[str, tuple[Change, ...]] = {
    "03": (Change("6.4", "责任书第三条", target=">=1400 人"),),
    "12": (Change("9.6", "责任书第三条", applicable=False),),
}


def make_sample(folder: Path) -> Path:
    """Write the sample round into ``folder`` and return its ROUND.toml for ``load_round``.

    Files of the same names are replaced. Raises StorageError if the disk refuses.
    """
    data = sample_marks_data()
    for center in sample_centers():
        _write_package(folder / "applications" / f"{center.number}-{center.field}", center)
    experts = [(number, *row) for number, row in data["experts"].items()]
    _write(folder / "experts.xlsx", filled_list("专家名册", experts))
    _write(folder / VOTES, _votes_csv().encode("utf-8-sig"))
    for center in sample_centers():
        _write(folder / OPINIONS / f"{center.number}.txt", _opinion(center).encode())
    for name in LIST_NAMES:
        _write(folder / BLANK_LISTS / f"{name}.xlsx", blank_list(name))
    for name in ("rules.toml", ROSTER, PEOPLE, ROUND):
        _write(folder / name, sample_resource(name).read_bytes())
    return folder / ROUND


def _write_package(folder: Path, center: Center) -> None:
    changes = _CHANGES.get(center.number, ())
    plan = plan_pdf(center)
    _write(folder / PLAN, plan)
    _write(folder / RESPONSIBILITY, responsibility_pdf(center, changes))
    _write(folder / ATTACHMENT, attachment_pdf(center))
    text = "\n".join(_description(center, changes, outline_pages(plan)))
    _write(folder / "application.toml", text.encode())


def outline_pages(data: bytes) -> dict[str, int]:
    """Return the page on which each heading of a PDF's outline stands."""
    pages: dict[str, int] = {}
    with pikepdf.open(io.BytesIO(data)) as document:
        numbers: dict[Any, int] = {
            page.objgen: number for number, page in enumerate(document.pages, 1)
        }

        def visit(items: Iterable[pikepdf.OutlineItem]) -> None:
            for item in items:
                pages[item.title] = numbers[_target(item)]
                visit(item.children)

        with document.open_outline() as outline:
            visit(outline.root)
    return pages


def _target(item: pikepdf.OutlineItem) -> tuple[int, int]:
    """Return the id of the page a heading points to."""
    place: Any = item.destination
    page: tuple[int, int] = place[0].objgen
    return page


def _description(
    center: Center, changes: Iterable[Change], pages: Mapping[str, int]
) -> Iterable[str]:
    yield "# 申报材料说明（示例）"
    yield from _table(
        "[application]",
        number=center.number,
        name=center.name,
        short_name=center.field,
        unit=center.unit,
        recommender=center.recommender,
    )
    for file, title, kind in (
        (PLAN, "建设方案", "plan"),
        (RESPONSIBILITY, "责任书", "responsibility"),
        (ATTACHMENT, "附件1 依托单位与共建协议", "evidence"),
    ):
        yield from _table("[[material]]", file=file, title=title, kind=kind)
    for target, value, unit, note, heading in _claims(center):
        source = f"{PLAN}#{pages[heading]}"
        fact = {"target": target, "value": value, "unit": unit, "note": note, "source": source}
        yield from _table("[[fact]]", **{key: text for key, text in fact.items() if text})
    for change in changes:
        told = {"indicator": change.indicator, "reason": change.reason}
        if change.target:
            told["target"] = change.target
        yield from _table("[[change]]", **told)
        if not change.applicable:
            yield "applicable = false"


def _claims(center: Center) -> Iterable[tuple[str, str, str, str, str]]:
    """Yield the claimed figures: target, value, unit, note, and the heading above them."""
    signed = f"其中已签 {center.signed} 个"
    funds, people, life = (
        "表3　投入计划（亿元）",
        "表4　人才队伍分年计划",
        "表6　转化基地建设进度",
    )
    services = "（二）技术服务与创业孵化"
    yield "D3-T03", plain_text(center.funds_total), "亿元", "2026—2029年合计", funds
    yield "D3-T04", str(center.staff[0]), "人", "目前在岗", people
    yield "D3-T05", str(center.teams[0]), "个", "目前", people
    yield "D3-T06", str(center.staff[1]), "人", "建设期满", people
    yield "D3-T07", str(center.teams[1]), "个", "建设期满", people
    yield "D3-T08", str(len(center.bases)), "个", signed, life
    yield "D3-T09", str(center.cooperating), "家", "", services
    yield "D3-T10", str(center.incubated), "家", "", services
    yield "D3-T11", str(center.served), "家", "", services
    yield (
        "D3-T12",
        plain_text(center.funds_ratio),
        "倍",
        "依托单位新增投入与财政经费之比",
        funds,
    )


def _table(head: str, **values: str) -> Iterable[str]:
    """Yield the lines of a TOML table; JSON strings are TOML strings."""
    yield ""
    yield head
    for key, text in values.items():
        yield f"{key} = {json.dumps(text, ensure_ascii=False)}"


def _votes_csv() -> str:
    data = sample_marks_data()
    lines = ["application,expert,vote,reservation"]
    for application, votes in data["votes"].items():
        for place, vote in enumerate(votes.split(), start=1):
            expert = f"{place:02}"
            reservation = data["reservations"].get(f"{application}-{expert}", "")
            if vote != "-":
                lines.append(f"{application},{expert},{vote},{reservation}")
    return "\r\n".join([*lines, ""])


def _opinion(center: Center) -> str:
    unsigned = len(center.bases) - center.signed
    words = {**figures(center), "unsigned": str(unsigned)}
    text = sample_marks_data()["opinions"][center.tier.value]
    parts = (
        ("总体评价", text["overall"]),
        ("存在问题", text["problems"]),
        ("意见建议", text["advice"]),
    )
    return "\n".join(f"{heading}\n{said.format_map(words)}\n" for heading, said in parts)


def _write(path: Path, data: bytes) -> None:
    try:
        make_folder(path.parent)
    except OSError as error:
        raise disk_fault(error, path.parent) from error
    write_file(path, data)
