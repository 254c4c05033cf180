from pathlib import Path
from typing import Any, cast

import pytest

from reviewer_app.core.errors import ArchiveError, RoundStateError
from reviewer_app.services import rounds, transfer
from reviewer_app.sheets import cbor
from tests.services.day import NOON, Day


def exported(day: Day, folder: Path) -> Path:
    path = folder / "round.export"
    transfer.export_round(day.context.open_bureau, day.round_id, path)
    return path


def test_a_round_is_taken_in_once(day: Day, tmp_path: Path) -> None:
    path = exported(day, tmp_path)
    with pytest.raises(RoundStateError, match="already"):
        transfer.import_round(day.context.open_bureau, path, NOON)


@pytest.mark.parametrize("lost", [{3: 1}, {2: 1}, {2: 1, 3: 5}], ids=str)
def test_an_export_that_lost_seats_or_rosters_is_refused_and_leaves_nothing(
    day: Day, tmp_path: Path, lost: dict[int, int]
) -> None:
    path = exported(day, tmp_path)
    fields = cast("dict[int, Any]", cbor.decode(path.read_bytes()))
    left = {key: fields[key][count:] for key, count in lost.items()}
    path.write_bytes(cbor.encode({**fields, **left}))
    other = day.context.at(tmp_path / "other")
    with pytest.raises(ArchiveError, match="not an intact round"):
        transfer.import_round(other.open_bureau, path, NOON)
    assert rounds.list_rounds(other.open_bureau) == []
