"""Making a machine and a real review pack for tests of windows."""

import hashlib
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

import db
from reviewer_app.bootstrap import wire
from reviewer_app.core.round import (
    Application,
    ApplicationNumber,
    Fact,
    Material,
    MaterialKind,
    PackId,
)
from reviewer_app.core.scheme import (
    Dimension,
    Indicator,
    Level,
    Relation,
    Scheme,
    Target,
    WeightOrigin,
)
from reviewer_app.services.ports import BureauUnit
from reviewer_app.sheets.pack import MaterialSource, PackContents, write_pack
from reviewer_app.sheets.passcode import new_passcode
from tests.sheets.making import SECRET, make_assignment, make_round

LEVELS = (
    Level("优", Fraction(90), Fraction(100), "机制完善"),
    Level("良", Fraction(75), Fraction(89), "机制健全"),
    Level("中", Fraction(60), Fraction(74), "有框架"),
    Level("差", Fraction(0), Fraction(59), "机制缺失"),
)
CODES = ("6.1", "6.2", "6.3", "7.1", "7.2", "7.3")


class Machine:
    """One computer: a home, its databases, a clock that stands still until moved."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.now = datetime(2026, 11, 21, 6, 3, 21, tzinfo=UTC)
        program = wire(home)
        self.open_desk, self.close_desk = program.open_desk, program.close_desk
        self.hold_bureau = program.hold_bureau

    def open_bureau(self) -> BureauUnit:
        self.home.mkdir(parents=True, exist_ok=True)
        return db.open_bureau(self.home / "bureau.db", bytes(32))()

    def copy_bureau(self, target: Path, key: bytes) -> None:
        self.open_bureau()
        db.copy_bureau(self.home / "bureau.db", bytes(32), target, key)

    def restore_bureau(self, copy: Path, key: bytes, aside: Path) -> Path | None:
        return db.restore_bureau((copy, key), self.home / "bureau.db", bytes(32), aside)

    def clock(self) -> datetime:
        return self.now


def make_scheme() -> Scheme:
    """Return two dimensions of three indicators, a target on the second."""
    leaves = [
        Indicator(
            code=code,
            title=f"指标{code}" if code != "6.3" else "很长的指标标题" * 6,
            source="第一条",
            weight=Fraction(100, 6),
            minimum=Fraction(0),
            maximum=Fraction(100),
            step=Fraction(1),
            levels=LEVELS,
            guidance="看是否落实",
            targets=("T1",) if code == "6.2" else (),
        )
        for code in CODES
    ]
    return Scheme(
        "ui",
        "测试指标体系",
        "测试文件",
        WeightOrigin.OFFICIAL,
        (
            Dimension("6", "顶尖人才", "一", tuple(leaves[:3])),
            Dimension("7", "战略任务", "二", tuple(leaves[3:])),
        ),
        (Target("T1", "基地", Relation.AT_LEAST, Fraction(5), "个", "不少于5个", "一"),),
    )


def make_pdf(title: str, pages: int = 3) -> bytes:
    """Return a small PDF with an outline and a word to search for on every page."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=A4)
    for page in range(1, pages + 1):
        canvas.bookmarkPage(f"p{page}")
        canvas.addOutlineEntry(f"Chapter {page}", f"p{page}")
        canvas.drawString(72, 760, f"{title} page {page} needle")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def make_application(number: int) -> tuple[Application, dict[str, bytes]]:
    """Return an application and the bytes of its documents by file name."""
    files = {
        "建设方案.pdf": make_pdf(f"plan {number}"),
        "附件.pdf": b"this is no PDF" if number == 2 else make_pdf("annex", 1),
    }
    materials = tuple(
        Material(
            name, name[:-4], MaterialKind.PLAN, len(data), hashlib.sha256(data).hexdigest()
        )
        for name, data in files.items()
    )
    application = Application(
        number=ApplicationNumber(f"{number:02d}"),
        name=f"浙江省第{number}技术创新中心（示例）",
        short_name=f"第{number}中心",
        unit=f"单位{number}（示例）",
        materials=materials,
        facts=(Fact(Fraction(6), "个", target="T1", note="其中已签 4 个"),),
    )
    return application, files


def make_pack(folder: Path, applications: int = 3) -> tuple[Path, str]:
    """Write a pack and return it with its passcode."""
    made = [make_application(number) for number in range(1, applications + 1)]
    round_ = make_round(applications, make_scheme())
    assignment = make_assignment(round_, tuple(application for application, _files in made))
    data = {
        (application.number, name): content
        for application, files in made
        for name, content in files.items()
    }
    sources = []
    for each in assignment.document.materials:
        content = data[each.application, each.material.file]
        sources.append(MaterialSource(each.entry, len(content), lambda c=content: c))  # type: ignore[misc]
    contents = PackContents(
        PackId("ffeeddccbbaa9988"), round_.raw, assignment.raw, SECRET, tuple(sources)
    )
    passcode, path = new_passcode(), folder / "02_评审包.reviewpack"
    write_pack(path, contents, passcode)
    return path, passcode
