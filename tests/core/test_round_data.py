import json
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings

from reviewer_app.core.errors import InputError
from reviewer_app.core.round import Application, Expert, RoundPlan
from reviewer_app.core.round_data import (
    application_from_data,
    application_to_data,
    expert_from_data,
    expert_to_data,
    plan_from_data,
    plan_to_data,
    signed_expert_to_data,
)
from tests.core import plans


def through_json(data: dict[str, Any]) -> Any:
    return json.loads(json.dumps(data, ensure_ascii=False))


@given(plans.applications)
def test_an_application_record_is_read_back_without_loss(application: Application) -> None:
    data = application_to_data(application)
    assert application_from_data(through_json(data), "x") == application
    assert application_to_data(application_from_data(data, "x")) == data


@given(plans.applications)
def test_an_application_record_has_one_canonical_form(application: Application) -> None:
    data = application_to_data(application)
    shuffled = dict(reversed(list(data.items())))
    assert rfc8785.dumps(shuffled) == rfc8785.dumps(data)
    assert json.loads(rfc8785.dumps(data)) == data


@settings(max_examples=30)
@given(plans.applications, plans.applications)
def test_different_applications_have_different_records(
    one: Application, other: Application
) -> None:
    assert (one == other) == (application_to_data(one) == application_to_data(other))


@given(plans.experts)
def test_an_expert_is_read_back_without_loss(expert: Expert) -> None:
    assert expert_from_data(through_json(expert_to_data(expert)), "x") == expert


@given(plans.experts)
def test_telephone_and_known_conflicts_stay_out_of_signed_documents(expert: Expert) -> None:
    bare = replace(expert, phone="", recused=frozenset())
    assert signed_expert_to_data(expert) == signed_expert_to_data(bare)
    assert expert_from_data(through_json(signed_expert_to_data(expert)), "x") == bare


@settings(max_examples=20)
@given(plans.plans())
def test_a_plan_is_read_back_without_loss(plan: RoundPlan) -> None:
    assert plan_from_data(through_json(plan_to_data(plan))) == plan


def test_no_number_of_a_plan_travels_as_a_float() -> None:
    plain = plan_to_data(plans.plan())
    json.loads(json.dumps(plain), parse_float=pytest.fail)


@pytest.mark.parametrize("key", sorted(set(plan_to_data(plans.plan())) - {"people"}))
def test_a_plan_without_one_of_its_keys_is_refused(key: str) -> None:
    data = plan_to_data(plans.plan())
    del data[key]
    with pytest.raises(InputError, match=key):
        plan_from_data(data)


@pytest.mark.parametrize("key", sorted(application_to_data(plans.application(1))))
def test_an_application_record_without_one_of_its_keys_is_refused(key: str) -> None:
    data = application_to_data(plans.application(1))
    del data[key]
    with pytest.raises(InputError, match=key):
        application_from_data(data, "assignment")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("kind",), "评比", "kind"),
        (("date",), "21.11.2026", "date"),
        (("applications", 0, "number"), "", r"applications\[1\].*number"),
        (("applications", 0, "extra"), 1, r"applications\[1\]: unknown: “extra”"),
        (("applications", 0, "materials", 0, "sha256"), "00", "sha256"),
        (("applications", 0, "materials", 0, "size"), 7.5, "size"),
        (("applications", 0, "materials", 0, "kind"), "film", "kind"),
        (("experts", 2, "specialism"), "玄学", r"experts\[3\].*玄学"),
        (("experts", 2, "from_bureau"), "否", "from_bureau"),
        (("assignment",), {"01": "03"}, "assignment.*01"),
        (("overrides",), [["panel-odd"]], "override"),
        (("scheme",), "zj-tic", "scheme"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(
    path: tuple[str | int, ...], value: object, said: str
) -> None:
    data: Any = plan_to_data(plans.plan())
    spot = data
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = value
    with pytest.raises(InputError, match=said):
        plan_from_data(data)
