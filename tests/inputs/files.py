"""Files that tests feed the readers: small real PDFs, workbooks, packages and rounds."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import openpyxl
import pikepdf

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
DESCRIPTION = """
[application]
number = "03"
name = "浙江省海洋功能材料技术创新中心（示例）"
unit = "东海材料研究所（示例）"
recommender = "示例市科学技术局"
class = "研发+转化"
[[material]]
file = "建设方案.pdf"
title = "建设方案"
kind = "plan"
[[fact]]
target = "D3-T08"
value = "6"
unit = "个"
note = "其中已签 4 个"
source = "建设方案.pdf#47"
[[change]]
indicator = "6.4"
target = ">=1500 人"
reason = "责任书第 3 条"
"""


@cache
def pdf(pages: int = 1) -> bytes:
    """Return a PDF of blank pages."""
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page()
    out = io.BytesIO()
    document.save(out, static_id=True)
    return out.getvalue()


def package(folder: Path, description: str | None = DESCRIPTION, **files: bytes) -> Path:
    """Write a package with a plan and an attachment; ``files`` are added by stem as PDFs."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, data in {"建设方案": pdf(), "附件1_依托单位": pdf(2), **files}.items():
        (folder / f"{stem}.pdf").write_bytes(data)
    if description is not None:
        (folder / "application.toml").write_text(description, "utf-8")
    return folder


def zipped(path: Path, members: Mapping[str, bytes]) -> Path:
    """Write a ZIP with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def xlsx(path: Path, *rows: Sequence[object], title: str = "Sheet") -> Path:
    """Write a workbook of one sheet; a text that begins with = becomes a formula."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def patched_xlsx(source: Path, path: Path, parts: Mapping[str, bytes]) -> Path:
    """Write a copy of a workbook with some of its parts exchanged or added."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(path, {**members, **parts})


def csv(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """Write lines as CSV in some encoding."""
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path
