"""Every vector of paper entries and form codes, by the program and by the second reader."""

import pytest

from reviewer_app.core.errors import DocumentError
from reviewer_app.sheets.form_code import form_text, read_form_text
from reviewer_app.sheets.paper_entry import read_entry
from tests.archive.verifying import alone
from tests.sheets.test_vectors import of, the_assignment, the_round
from tests.vectors.vector import Vector, named


@of("entry")
def test_entry(vector: Vector) -> None:
    assignment = the_assignment(vector)
    arguments = vector.body.encode(), the_round(vector), {assignment.digest: assignment}
    if vector.expect != "accepted":
        with pytest.raises(DocumentError):
            read_entry(*arguments)
        return
    found = read_entry(*arguments)
    assert (found.receipt, found.digest.hex()) == (
        vector.more["receipt"],
        vector.more["digest"],
    )


@of("entry")
def test_second_reader_of_entries(vector: Vector) -> None:
    round_ = alone.Round(named(vector.more["round"]).data)
    assignment = alone.Assignment(named(vector.more["assignment"]).data, "a", round_)
    arguments = vector.body.encode(), vector.name, round_, {assignment.digest: assignment}
    if vector.expect != "accepted":
        with pytest.raises(alone.Refused):
            alone.Entry(*arguments)
        return
    found = alone.Entry(*arguments)
    assert (found.receipt, found.digest.hex()) == (
        vector.more["receipt"],
        vector.more["digest"],
    )


def test_both_readers_know_the_same_typings() -> None:
    from reviewer_app.sheets.paper_entry import typed_digests  # noqa: PLC0415 - only here

    vector = named("entry-good")
    assignment = the_assignment(vector)
    data = vector.body.encode()
    first = read_entry(data, the_round(vector), {assignment.digest: assignment})
    round_ = alone.Round(named("round").data)
    own = alone.Assignment(named("assignment").data, "a", round_)
    second = alone.Entry(data, "e", round_, {own.digest: own})
    digests = typed_digests(first.cells, first.provenance)
    assert list(digests) == second.typed
    assert digests[0] != digests[1]


@of("form")
def test_form(vector: Vector) -> None:
    found = read_form_text(vector.body)
    if vector.expect == "accepted":
        assert found is not None
        assert form_text(found) == vector.body
    else:
        assert found is None
