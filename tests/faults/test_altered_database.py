"""A8: a secretary with the database's key alters any table and column after closing.

``SAME`` is the list of what may change without a trace: none of it feeds a signed document, a
result or an archive. Everything else is refused by the program before it shows a figure, or
reported by both verifiers of the archive.
"""

import pytest

from tests.faults.altering import Bureau, Outcome, whole_day
from tests.faults.conftest import Trials
from tests.services.day import Day

SAME = {
    "attachment.added": "when a scan was attached; its bytes are in the log",
    "attachment.id": "order of arrival",
    "history.application": "earlier results, shown on the history page alone",
    "history.archive": "earlier results: the archive itself is the proof",
    "history.band": "earlier results",
    "history.bureau_key": "earlier results",
    "history.date": "earlier results",
    "history.kind": "earlier results",
    "history.name": "earlier results",
    "history.published": "earlier results",
    "history.rank": "earlier results",
    "history.round_id": "earlier results",
    "history.round_title": "earlier results",
    "history.scheme": "earlier results",
    "history.unit": "earlier results",
    "material.application": "where files lie, needed until issue",
    "material.file": "where files lie",
    "material.path": "where files lie",
    "material.round_id": "where files lie",
    "material.sha256": "where files lie; the signed assignment has its own",
    "material.size": "where files lie",
    "refusal.at": "refused files, shown on the collection page alone",
    "refusal.data": "refused files",
    "refusal.id": "refused files",
    "refusal.name": "refused files; the log has the first telling",
    "refusal.refusal": "refused files",
    "refusal.round_id": "refused files",
    "refusal.sentence": "refused files",
    "refusal.sha256": "refused files",
    "round.created": "order in the list of rounds",
    "round.title": "the list of rounds; papers take the signed title",
    "seat.enrolment": "used at collection only",
    "seat.id": "order of issue",
    "seat.pack_id": "the name of a pack file",
    "seat.pinned_key": "used at collection only; the sheet names its key",
    "sheet.id": "order of arrival",
    "sheet.late_reason": "the log has it",
    "sheet.received": "the log has it",
    "sheet.revision": "derived from the signed bytes",
    "sheet.source": "printed on the closing statement, before ink",
    "sheet.stage": "derived from the signed bytes",
}
SAME |= {
    f"typing.{column}": "typed by one person, counts for nothing; the log has its digest"
    for column in (
        *("at", "by", "cells", "expert", "id", "reason", "round_id"),
        *("salt", "scan_file", "scan_sha256", "stage"),
    )
}
DEEDS = [
    "DELETE FROM sheet WHERE source = 're-entered'",
    "UPDATE sheet SET source = 'file' WHERE source = 're-entered'",
    (
        "UPDATE sheet SET sheet = CAST(replace(sheet, '84', '99') AS BLOB) "
        "WHERE source = 're-entered'"
    ),
    (
        "UPDATE sheet SET sheet = CAST(replace(sheet, '张一', '赵四') AS BLOB) "
        "WHERE source = 're-entered'"
    ),
    "UPDATE sheet SET digest = zeroblob(32) WHERE source = 're-entered'",
    "DELETE FROM sheet WHERE expert = '03'",
    "DELETE FROM sheet WHERE expert = '01' AND revision = 2",
    "DELETE FROM sheet",
    "UPDATE sheet SET expert = '04' WHERE expert = '03'",
    "UPDATE sheet SET sheet = (SELECT sheet FROM sheet LIMIT 1) WHERE expert = '03'",
    "DELETE FROM log WHERE sequence = 2",
    "DELETE FROM log WHERE sequence = 1",
    "DELETE FROM log",
    "DELETE FROM log WHERE line LIKE '%sheet-received%'",
    "DELETE FROM seat WHERE expert = '03'",
    "UPDATE seat SET withdrawn = '有事' WHERE expert = '05'",
    "UPDATE seat SET withdrawn = '' WHERE expert = '07'",
    "DELETE FROM roster WHERE version = 2",
    "DELETE FROM roster",
    "DELETE FROM closing",
    "DELETE FROM vote",
    "DELETE FROM vote WHERE expert = '02'",
    "UPDATE vote SET approve = 0, reject = 1 WHERE expert = '01'",
    "UPDATE vote SET application = '03' WHERE application = '02'",
    "DELETE FROM opinion",
    "DELETE FROM attachment",
    "UPDATE round SET document = NULL",
    """UPDATE round SET plan = json_set(plan, '$.overrides[0]', json('["odd","x"]'))""",
]


@pytest.fixture(scope="module")
def bureau(issued: Day, tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    return Bureau.of(whole_day(issued.copy(tmp_path_factory.mktemp("finished"))))


def test_an_unaltered_round_passes(bureau: Bureau) -> None:
    assert bureau.after().outcome is Outcome.SAME


def test_every_column_is_noticed_or_named(bureau: Bureau, trials: Trials) -> None:
    columns = bureau.columns()
    assert len(columns) > 75
    step = trials.step(6)
    found: dict[str, str] = {}
    for table, column in sorted(columns)[::step]:
        altered = bureau.after(columns[table, column])
        found[f"{table}.{column}"] = f"{altered.outcome}: {altered.checks}"
        if altered.outcome is Outcome.REFUSED:
            assert "\n" not in altered.checks
    unnoticed = {name for name, told in found.items() if told.startswith(Outcome.SAME)}
    assert unnoticed == SAME.keys() & found.keys(), found
    assert not [name for name, told in found.items() if told.startswith(Outcome.CHANGED)]
    trials.survived("A8 columns", len(found))


def test_rows_cannot_be_dropped_swapped_or_moved(bureau: Bureau, trials: Trials) -> None:
    """A8, A9: also a sheet dropped after it was merged."""
    deeds = DEEDS[:: trials.step(4)]
    for deed in deeds:
        altered = bureau.after(deed)
        assert altered.outcome in {Outcome.REFUSED, Outcome.REPORTED}, (deed, altered)
        assert "\n" not in altered.checks
    trials.survived("A8 rows", len(deeds))
