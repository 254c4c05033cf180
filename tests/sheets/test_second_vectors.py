"""Every vector of feedback, of its figures, and of the order of speaking; verify.py agrees."""

from fractions import Fraction
from typing import Any

import pytest

from reviewer_app.core.errors import DocumentError, SignatureError
from reviewer_app.core.feedback import middle_of
from reviewer_app.core.speaking import drawn
from reviewer_app.sheets.bureau import verify_assignment, verify_round
from reviewer_app.sheets.feedback import sign_feedback, verify_feedback
from tests.archive.verifying import load_verify_py
from tests.sheets.making import BUREAU
from tests.vectors.vector import Vector, all_vectors, named

alone: Any = load_verify_py()


@pytest.mark.parametrize("vector", all_vectors("feedback"), ids=lambda vector: vector.name)
def test_feedback_is_what_its_vector_says(vector: Vector) -> None:
    round_ = verify_round(named(vector.more["round"]).data)
    assignment = verify_assignment(named(vector.more["assignment"]).data, round_)
    if vector.expect == "accepted":
        found = verify_feedback(vector.data, round_, assignment)
        assert sign_feedback(found.document, BUREAU) == vector.data
        return
    with pytest.raises(DocumentError) as caught:
        verify_feedback(vector.data, round_, assignment)
    assert isinstance(caught.value, SignatureError) == (vector.expect == "bad-signature")


@pytest.mark.parametrize("vector", all_vectors("middle"), ids=lambda vector: vector.name)
def test_figures_lie_as_their_vector_says(vector: Vector) -> None:
    figures = [Fraction(each) for each in vector.body.split()]
    found = middle_of(figures)
    assert f"{found.count} {found.median} {found.width}" == vector.expect
    told = alone.middle_of(figures)
    assert f"{told['count']} {told['median']} {told['width']}" == vector.expect


@pytest.mark.parametrize("vector", all_vectors("order"), ids=lambda vector: vector.name)
def test_the_order_is_what_its_vector_says(vector: Vector) -> None:
    order = drawn(vector.more["seed"], vector.more["round-id"], vector.body.split())
    assert " ".join(order) == vector.expect
