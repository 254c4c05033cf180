"""A new computer takes in the archives of earlier years: verified, once, with their source."""

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.core.errors import ArchiveError, ConflictError, StorageError
from reviewer_app.services.history import history_of, known_units
from reviewer_app.services.history_import import take_in_archive
from reviewer_app.services.ports import OpenBureau
from reviewer_app.sheets.keys import fingerprint
from tests.archive import making
from tests.db import bureaus
from tests.services.years import FAILED, UNIT, sealed_year, sealed_years, title

KEY = fingerprint(making.BUREAU.public)


@pytest.fixture
def bureau(tmp_path: Path) -> OpenBureau:
    return bureaus.at(tmp_path / "home").open_bureau


def test_two_archived_failures_propose_with_their_archives_named(
    bureau: OpenBureau, tmp_path: Path
) -> None:
    paths = sealed_years(tmp_path, (2025, 2024))
    for path in paths:
        taken = take_in_archive(bureau, path, KEY)
        assert (taken.new, taken.bureau_key) == (True, KEY)
        assert taken.archive == hashlib.sha256(path.read_bytes()).hexdigest()
    found = history_of(bureau, UNIT)
    assert [each.round_title for each in found.results] == [title(2024), title(2025)]
    assert {each.band for each in found.results} == {FAILED}
    (proposal,) = found.proposals
    assert proposal.proposal == "摘牌"
    for evidence, each in zip(proposal.evidence, found.results, strict=True):
        assert each.round_title in evidence
        assert each.archive[:16].upper() in evidence.replace(" ", "")
        assert KEY in evidence
    assert UNIT in known_units(bureau)


def test_the_same_archive_again_changes_nothing(bureau: OpenBureau, tmp_path: Path) -> None:
    path = sealed_year(tmp_path, 2024)
    assert take_in_archive(bureau, path).new
    before = history_of(bureau, UNIT)
    again = take_in_archive(bureau, path)
    assert (again.new, again.results) == (False, len(known_units(bureau)))
    assert history_of(bureau, UNIT) == before


def test_other_results_of_the_same_round_are_refused(
    bureau: OpenBureau, tmp_path: Path
) -> None:
    path = sealed_year(tmp_path, 2024)
    take_in_archive(bureau, path)
    kept = history_of(bureau, UNIT).results
    with bureau() as unit:
        unit.put_history([replace(each, published="99.00") for each in kept])
        unit.commit()
    with pytest.raises(ConflictError, match="kept here already"):
        take_in_archive(bureau, path)


@pytest.mark.parametrize("name", ["results.json", "round.cose", "log.jsonl", "manifest.cose"])
def test_an_altered_archive_is_refused_in_one_line(
    bureau: OpenBureau, tmp_path: Path, name: str
) -> None:
    path, altered = sealed_year(tmp_path, 2024), tmp_path / "altered.zip"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(altered, "w") as other:
        for entry in whole.infolist():
            data = whole.read(entry)
            other.writestr(entry, data[:-1] + b"\0" if entry.filename == name else data)
    with pytest.raises(ArchiveError, match=r"altered\.zip.* was not taken in") as refused:
        take_in_archive(bureau, altered)
    assert len(str(refused.value).splitlines()) == 1
    assert known_units(bureau) == []


def test_another_key_a_folder_and_nothing_are_refused(
    bureau: OpenBureau, tmp_path: Path
) -> None:
    path = sealed_year(tmp_path, 2024)
    with pytest.raises(ArchiveError, match="not with the one given"):
        take_in_archive(bureau, path, "00" * 8)
    with pytest.raises(ArchiveError, match="is a folder"):
        take_in_archive(bureau, tmp_path)
    with pytest.raises(StorageError, match="does not exist"):
        take_in_archive(bureau, tmp_path / "none.zip")
    assert known_units(bureau) == []
