from itertools import combinations

import pytest

from reviewer_app.core.errors import InputError
from reviewer_app.core.recusal import grounds, join_grounds, split_grounds

KEYS = [ground.key for ground in grounds()]


def test_every_ground_cites_a_rule_and_has_both_languages() -> None:
    for ground in grounds():
        assert ground.key.isascii()
        assert ground.sentence.isascii()
        assert not ground.chinese.isascii()
        assert "条" in ground.rule or "规定" in ground.rule
    assert len(set(KEYS)) == len(KEYS)


def test_any_choice_of_grounds_survives_the_trip_in_the_order_of_the_form() -> None:
    for size in range(1, len(KEYS) + 1):
        for chosen in combinations(KEYS, size):
            text = join_grounds(tuple(reversed(chosen)), "说明")
            assert tuple(ground.key for ground in split_grounds(text)) == chosen


@pytest.mark.parametrize(
    ("keys", "note", "sentence"),
    [
        ([], "", "needs at least one ground"),
        (["friendship"], "", "“friendship” is no ground for stepping back"),
        (["other"], "  ", "needs a note"),
    ],
)
def test_an_incomplete_declaration_is_refused(
    keys: list[str], note: str, sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        join_grounds(keys, note)


@pytest.mark.parametrize("text", ["", "friendship", "office,employment", "office,office"])
def test_only_the_one_form_is_read_back(text: str) -> None:
    with pytest.raises(InputError, match="names no ground"):
        split_grounds(text)
