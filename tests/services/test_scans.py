"""Which expert's hand-signed paper was not scanned, told from the names of the files."""

import pytest

from reviewer_app.services.scans import experts_without_scan
from tests.services.day import expert

PANEL = {each.number: each.name for each in map(expert, (1, 4, 14))}


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        ((), []),
        (("全部签字页.pdf", "2026-11-14.pdf"), []),
        (("回避声明-01.pdf", "回避声明-14.pdf"), ["04"]),
        (("01.pdf", "专家4喆（示例）.jpg"), ["14"]),
        (("01.pdf", "04.pdf", "14-a.pdf", "14-b.pdf"), []),
    ],
)
def test_the_missing_expert_is_named(names: tuple[str, ...], missing: list[str]) -> None:
    assert experts_without_scan(names, PANEL) == missing
