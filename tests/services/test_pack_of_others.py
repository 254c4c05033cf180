"""A pack tells nothing of an application that its expert does not get, whatever that holds."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reviewer_app.core.round import (
    Application,
    ExpertNumber,
    Fact,
    Material,
    MaterialKind,
    RoundId,
    RoundPlan,
)
from reviewer_app.services import issuing, packing
from reviewer_app.services.records import MaterialRecord, RoundRecord, RoundState
from reviewer_app.sheets import bureau as documents
from reviewer_app.sheets.keys import SigningKey
from tests.services import day
from tests.services.day import NOON, app

PREPARING = RoundState.PREPARING
KEY = SigningKey.from_bytes(bytes(31) + b"\x01")
RECUSED, OTHER = ExpertNumber("01"), ExpertNumber("02")
PLAN = day.with_known_conflict(day.plan(), 1, 2)
WORDS = st.text("甲乙丙 abc-（）0123456789", min_size=1, max_size=40)
MATERIALS = st.lists(
    st.builds(
        Material,
        file=st.from_regex(r"[a-z甲乙]{1,20}\.pdf", fullmatch=True),
        title=WORDS,
        kind=st.sampled_from(MaterialKind),
        size=st.integers(1, 1 << 30),
        sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    ),
    max_size=5,
    unique_by=lambda each: each.file,
).map(tuple)
FACTS = st.lists(
    st.builds(Fact, value=st.integers(0, 10**9).map(Fraction), unit=WORDS, note=WORDS),
    max_size=4,
).map(tuple)
APPLICATIONS = st.builds(
    Application,
    number=st.just(app(2)),
    name=WORDS,
    short_name=WORDS,
    unit=WORDS,
    recommender=WORDS,
    category=WORDS,
    materials=MATERIALS,
    facts=FACTS,
)


def packed(plan: RoundPlan, expert: ExpertNumber) -> tuple[object, ...]:
    """Return all of a pack that is not drawn at random: signed bytes, documents in order."""
    record = RoundRecord(RoundId("00112233445566aa"), plan.title, PREPARING, NOON, "")
    verified = documents.verify_round(
        documents.sign_round(issuing._round_document(record, plan, KEY), KEY)
    )
    materials = [
        MaterialRecord(each.number, m.file, f"/m/{each.number}/{m.file}", m.sha256, m.size)
        for each in plan.applications
        for m in each.materials
    ]
    who = next(each for each in plan.experts if each.number == expert)
    made = packing.prepare_pack(plan, who, verified, KEY, materials, Path("out"))
    documents_in = [(each.entry, each.size) for each in made.contents.materials]
    return made.contents.round, made.contents.assignment, documents_in


def holding(other: Application) -> RoundPlan:
    """Return the plan with another application in the place that expert 01 does not get."""
    one, _two, three = PLAN.applications
    return replace(PLAN, applications=(one, other, three))


@given(APPLICATIONS)
@settings(max_examples=60, deadline=None)
def test_a_pack_is_the_same_whatever_an_application_its_expert_does_not_get_holds(
    other: Application,
) -> None:
    """Byte for byte; and the pack of an expert who does get it is another."""
    assume(other != PLAN.applications[1])
    changed = holding(other)
    assert packed(changed, RECUSED) == packed(PLAN, RECUSED)
    assert packed(changed, OTHER) != packed(PLAN, OTHER)


@given(st.permutations(range(3)), st.permutations(range(5)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_lists_that_are_not_the_experts_tells_nothing(
    materials: list[int], experts: list[int]
) -> None:
    """Neither the order of the other's documents nor that of the other experts shows."""
    several = tuple(
        Material(f"{n}.pdf", f"{n}", MaterialKind.PLAN, n + 1, f"{n:064x}") for n in range(3)
    )
    other = PLAN.applications[1]
    first = holding(replace(other, materials=several))
    second = holding(replace(other, materials=tuple(several[n] for n in materials)))
    second = replace(second, experts=tuple(PLAN.experts[n] for n in experts))
    assert packed(first, RECUSED) == packed(second, RECUSED)


def test_the_numbers_in_the_order_of_the_day_are_all_a_round_tells() -> None:
    """The order of the day itself is the same for everyone, and in every pack."""
    turned = replace(PLAN, applications=PLAN.applications[::-1])
    assert packed(turned, RECUSED) != packed(PLAN, RECUSED)
