"""Every vector of a draft, and that a whole file holds the same two lines."""

import pytest

from reviewer_app.core.errors import DraftError
from reviewer_app.sheets import age
from reviewer_app.sheets.draft import open_draft, read_draft_lines, write_draft_lines
from tests.vectors.vector import Vector, all_vectors, named

FORGED = "not made with the passcode"


@pytest.mark.parametrize("vector", all_vectors("draft"), ids=lambda vector: vector.name)
def test_a_draft_is_what_its_vector_says(vector: Vector) -> None:
    plain, identity = vector.body.encode(), vector.more["identity"]
    if vector.expect == "accepted":
        draft = read_draft_lines(plain, identity)
        assert draft.state == vector.more["state"]
        assert write_draft_lines(draft, identity) == plain
        return
    with pytest.raises(DraftError) as caught:
        read_draft_lines(plain, identity)
    assert (FORGED in str(caught.value)) == (vector.expect == "forged")


def test_the_file_is_the_two_lines_encrypted_to_the_identity() -> None:
    vector = named("draft-good")
    identity = vector.more["identity"]
    file = age.encrypt(vector.body.encode(), age.recipient_of(identity))
    assert open_draft(file, identity).state == vector.more["state"]
