import itertools
from typing import Any

import pytest

from reviewer_app.core.errors import Refusal, SheetRefusedError
from reviewer_app.core.marks import scored
from reviewer_app.sheets.chain import Step, check_key, counting, next_step
from reviewer_app.sheets.score_sheet import VerifiedSheet, verify_sheet
from tests.sheets.making import EXPERT, OTHER, Desk, app, make_desk

DESK = make_desk(1, 2)


def sheet(
    previous: VerifiedSheet | None = None, score: int = 70, stage: int = 1, desk: Desk = DESK
) -> VerifiedSheet:
    changes: dict[str, Any] = {
        "marks": {app(1): {"6.1": scored(score), "6.2": scored(80)}},
        "stage": stage,
    }
    if previous is not None:
        changes |= {
            "revision": previous.content.revision + 1,
            "previous": previous.digest,
            "reason": "改分",
        }
    return verify_sheet(desk.seal(**changes), DESK.round, DESK.assignment)


R1 = sheet()
R2 = sheet(R1, 71)
R3 = sheet(R2, 72)
R4 = sheet(R3, 73)
R5 = sheet(R4, 74)
SECOND_KEY = sheet(desk=Desk(DESK.round, DESK.assignment, OTHER))


def refused(accepted: list[VerifiedSheet], new: VerifiedSheet) -> Refusal:
    with pytest.raises(SheetRefusedError) as caught:
        next_step(accepted, new)
    assert new.receipt in str(caught.value)
    return caught.value.refusal


def test_each_revision_supersedes_the_one_before() -> None:
    assert next_step([], R1) is Step.FIRST
    assert next_step([R1], R2) is Step.SUPERSEDES
    assert next_step([R1, R2], R3) is Step.SUPERSEDES
    assert next_step([R2, R1], R3) is Step.SUPERSEDES


def test_the_same_sheet_again_changes_nothing() -> None:
    for known in ([R1], [R1, R2], [R2, R1, R3]):
        for again in known:
            assert next_step(known, again) is Step.DUPLICATE


@pytest.mark.parametrize(("older", "newer"), [*itertools.combinations([R1, R2, R3, R4, R5], 2)])
def test_an_older_revision_is_refused(older: VerifiedSheet, newer: VerifiedSheet) -> None:
    assert refused([newer], older) is Refusal.OLDER_REVISION


def test_a_fork_is_refused() -> None:
    assert refused([R1], sheet(score=60)) is Refusal.FORK
    assert refused([R1, R2], sheet(R1, 60)) is Refusal.FORK
    assert refused([R1], sheet(sheet(score=60), 61)) is Refusal.FORK


def test_a_revision_without_its_predecessor_waits() -> None:
    assert refused([R1], R3) is Refusal.GAP
    assert refused([R1, R2], R5) is Refusal.GAP


def test_the_first_sheet_seen_may_be_of_any_revision() -> None:
    assert next_step([], R3) is Step.FIRST
    assert next_step([R3], R4) is Step.SUPERSEDES


def test_a_second_stage_is_a_chain_of_its_own() -> None:
    second = sheet(stage=2)
    assert next_step([R1, R2], second) is Step.FIRST
    assert next_step([R1, R2, second], R3) is Step.SUPERSEDES
    assert counting([R1, second, R2]) == second


def test_only_the_key_accepted_last_signs() -> None:
    check_key(R1, None)
    check_key(R1, EXPERT.public)
    for new, pinned in ((SECOND_KEY, EXPERT.public), (R1, OTHER.public)):
        with pytest.raises(SheetRefusedError) as caught:
            check_key(new, pinned)
        assert caught.value.refusal is Refusal.SECOND_KEY


def test_an_accepted_second_key_starts_anew_and_supersedes() -> None:
    assert next_step([R1, R2], SECOND_KEY) is Step.SUPERSEDES
    assert counting([R1, R2, SECOND_KEY]) == SECOND_KEY
    assert counting([R1, R2, sheet(stage=2), SECOND_KEY]) == SECOND_KEY


def test_a_second_key_without_a_sheet_leaves_the_first_counting() -> None:
    assert counting([R1, R2]) == R2
    assert counting([]) is None


@pytest.mark.parametrize("order", [*itertools.permutations([R1, R2, R3])])
def test_whatever_the_order_of_arrival_the_last_revision_counts(
    order: tuple[VerifiedSheet, ...],
) -> None:
    accepted: list[VerifiedSheet] = []
    for _round in range(3):
        for each in order:
            try:
                step = next_step(accepted, each)
            except SheetRefusedError:
                continue
            if step is not Step.DUPLICATE:
                accepted.append(each)
    assert counting(accepted) == R3
