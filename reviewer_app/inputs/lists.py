"""The secretary's lists: 申报清单 applications, 专家名册 experts, 申报数据 claimed figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import InputError, NumberError
from reviewer_app.core.messages import _
from reviewer_app.core.numbers import parse_decimal
from reviewer_app.core.round import (
    Application,
    ApplicationNumber,
    Expert,
    ExpertNumber,
    Fact,
    Specialism,
)
from reviewer_app.core.scheme import Scheme
from reviewer_app.inputs.numbering import Numbering, checked_number, padded, refuse_repeated
from reviewer_app.inputs.tables import Column, Row, Table, narrow, read_table

APPLICATION_COLUMNS = (
    Column("number", ("序号", "编号", "number"), required=True, filled=True, code=True),
    Column("name", ("名称", "申报名称", "项目名称", "name"), required=True, filled=True),
    Column("short_name", ("简称", "short_name")),
    Column("unit", ("依托单位", "牵头单位", "申报单位", "unit"), required=True, filled=True),
    Column("recommender", ("推荐单位", "recommender")),
    Column("class", ("分类", "类别", "class")),
    Column("folder", ("材料文件夹", "材料", "folder"), required=True, filled=True),
)
EXPERT_COLUMNS = (
    Column("number", ("编号", "序号", "number"), required=True, filled=True, code=True),
    Column("name", ("姓名", "name"), required=True, filled=True),
    Column("employer", ("工作单位", "单位", "employer"), required=True, filled=True),
    Column("title", ("职称", "职称职务", "职务职称", "职称/职务", "职务/职称", "title")),
    Column("specialism", ("专业类别", "specialism"), code=True),
    Column("from_bureau", ("是否主管部门", "是否主管部门人员", "from_bureau"), code=True),
    Column("phone", ("手机", "手机号", "手机号码", "联系电话", "phone"), code=True),
    # A head that speaks of 回避 is never passed over: what is no number in it is refused.
    Column("recused", ("回避对象", "回避", "回避单位", "回避项目", "recused"), code=True),
)
FACT_COLUMNS = (
    Column("number", ("序号", "编号", "number"), required=True, filled=True, code=True),
    Column("about", ("指标或目标", "指标", "目标"), required=True, filled=True, code=True),
    Column("value", ("数值", "value"), required=True, filled=True, code=True),
    Column("unit", ("单位", "计量单位", "unit")),
    Column("note", ("备注", "note"), lines=True),
    Column("source", ("出处", "source")),
)
_YES = {"是", "y", "yes", "true", "1", "✓", "✔", "√"}
_NO = {"", "否", "n", "no", "false", "0", "-", "—", "✗", "✘"}


@dataclass(frozen=True, slots=True)
class ListedApplication:
    """One row of the list of applications; ``folder`` is relative to the list's own folder."""

    application: Application
    folder: str
    where: str


def read_applications(path: Path) -> tuple[tuple[ListedApplication, ...], tuple[str, ...]]:
    """Return the rows of the 申报清单, and sentences about columns that were not used."""
    table = read_table(path, APPLICATION_COLUMNS)
    numbers = _numbers(table)
    listed = tuple(
        ListedApplication(
            application_of(row, ApplicationNumber(number)),
            folder=row["folder"],
            where=row.where("folder"),
        )
        for number, row in zip(numbers, table.rows, strict=True)
    )
    return listed, unused(table)


def read_experts(
    path: Path, applications: Numbering
) -> tuple[tuple[Expert, ...], tuple[str, ...]]:
    """Return the experts of the 专家名册, and sentences about columns that were not used."""
    table = read_table(path, EXPERT_COLUMNS)
    numbers = _numbers(table)
    experts = tuple(
        expert_of(row, ExpertNumber(number), applications)
        for number, row in zip(numbers, table.rows, strict=True)
    )
    return experts, unused(table)


def read_facts(
    path: Path, applications: Numbering, scheme: Scheme
) -> tuple[Mapping[ApplicationNumber, tuple[Fact, ...]], tuple[str, ...]]:
    """Return the claimed figures of the 申报数据 by application, and what was not used."""
    table = read_table(path, FACT_COLUMNS)
    facts: dict[ApplicationNumber, tuple[Fact, ...]] = {}
    for row in table.rows:
        number = ApplicationNumber(applications.find(row["number"], row.where("number")))
        facts[number] = (*facts.get(number, ()), fact_of(row, scheme))
    return facts, unused(table)


def yes(text: str) -> bool | None:
    """Return what 是/否, ✓ or nothing mean; None for anything unclear."""
    plain = narrow(text).casefold()
    return True if plain in _YES else False if plain in _NO else None


def unused(table: Table) -> tuple[str, ...]:
    """Return one sentence about the columns nobody asked for, or none."""
    if not table.unknown:
        return ()
    columns = " · ".join(f"“{each[:40]}”" for each in table.unknown)
    return (
        _("{file}: these columns were not used: {columns}").format(
            file=table.grid.name, columns=columns
        ),
    )


def _numbers(table: Table) -> Sequence[str]:
    if not table.rows:
        raise InputError(_("{file} lists nothing").format(file=table.grid.name))
    places = [row.where("number") for row in table.rows]
    plain = [
        checked_number(row["number"], where)
        for row, where in zip(table.rows, places, strict=True)
    ]
    refuse_repeated(zip(plain, places, strict=True))
    return padded(plain)


def application_of(row: Row, number: ApplicationNumber) -> Application:
    """Return the application of one row; its materials are read elsewhere."""
    return Application(
        number=number,
        name=row["name"],
        short_name=row["short_name"],
        unit=row["unit"],
        recommender=row["recommender"],
        category=row["class"],
    )


def expert_of(row: Row, number: ExpertNumber, applications: Numbering) -> Expert:
    """Return the expert of one row; raises InputError naming the cell at fault."""
    from_bureau = yes(row["from_bureau"])
    if from_bureau is None:
        row.refuse("from_bureau", _("write 是 or 否"))
    recused = applications.find_all(row["recused"], row.where("recused"))
    return Expert(
        number=number,
        name=row["name"],
        employer=row["employer"],
        title=row["title"],
        specialism=_specialism(row),
        from_bureau=from_bureau,
        phone=row["phone"],
        recused=frozenset(ApplicationNumber(each) for each in recused),
    )


def _specialism(row: Row) -> Specialism | None:
    text = row["specialism"].removesuffix("专家").removesuffix("类")
    if not text:
        return None
    if text not in set(Specialism):
        row.refuse(
            "specialism",
            _("“{text}” is none of {choices}").format(
                text=text[:40], choices=" ".join(Specialism)
            ),
        )
    return Specialism(text)


def fact_of(row: Row, scheme: Scheme) -> Fact:
    """Return the claimed figure of one row; raises InputError naming the cell at fault."""
    about = row["about"]
    figures = {each.id for each in scheme.targets} | {each.id for each in scheme.inputs}
    target = about if about in figures else None
    if target is None and all(each.code != about for each in scheme.indicators()):
        row.refuse(
            "about",
            _("“{text}” is neither an indicator nor a target of {scheme}").format(
                text=about[:40], scheme=scheme.id
            ),
        )
    try:
        value = parse_decimal(row["value"])
    except NumberError as error:
        row.refuse("value", str(error))
    return Fact(
        value=value,
        unit=row["unit"],
        target=target,
        indicator=None if target else about,
        note=row["note"],
        source=row["source"],
    )
