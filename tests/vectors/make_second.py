"""Vectors of a second scoring: figures, signed feedback; and of the order of speaking."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reviewer_app.core.feedback import Middle, PanelFigures, middle_of
from reviewer_app.core.speaking import drawn
from reviewer_app.sheets import cbor, cose, json_text
from reviewer_app.sheets.feedback import (
    TYPE,
    FeedbackDocument,
    figures_to_data,
    sign_feedback,
)
from reviewer_app.sheets.times import to_seconds
from tests.sheets.making import BUREAU, NOON, OTHER, ROUND_ID, make_desk
from tests.vectors.vector import Vector, of_bytes

DESK = make_desk()
FIVE = [Fraction(n) for n in (70, 75, 80, 84, 90)]
FIGURES = tuple(
    PanelFigures(number, middle_of(FIVE), (("6.1", middle_of(FIVE[:4])), ("6.2", Middle(0))))
    for number in ("01", "02")
)
DOCUMENT = FeedbackDocument(
    DESK.round.digest,
    DESK.assignment.digest,
    2,
    hashlib.sha256(b"first").digest(),
    FIGURES,
    NOON,
)


def feedback_vectors() -> Iterator[Vector]:
    """Yield signed feedback, and some that has to be refused."""
    good = sign_feedback(DOCUMENT, BUREAU)
    yield _signed("good", "accepted", "feedback on two applications", good)
    yield _signed(
        "other-key", "bad-signature", "by another key", sign_feedback(DOCUMENT, OTHER)
    )
    for name, what, change in (
        ("first-stage", "that opens the first scoring", {"stage": 1}),
        ("other-round", "of another round", {"round_digest": bytes(32)}),
        ("other-expert", "for another expert", {"assignment_digest": bytes(32)}),
        ("short", "whose first sheet is named by half a digest", {"first": bytes(16)}),
        ("stranger", "on an application that is not in the pack",
         {"figures": (replace(FIGURES[0], application="99"),)}),
    ):  # fmt: skip
        document = replace(DOCUMENT, **change)
        yield _signed(name, "malformed", f"feedback {what}", sign_feedback(document, BUREAU))
    rows = figures_to_data(FIGURES)
    rows[0]["median"] = "80.0"
    payload: dict[int, cbor.Plain] = {
        0: TYPE,
        1: DOCUMENT.round_digest,
        2: DOCUMENT.assignment_digest,
        3: DOCUMENT.stage,
        4: DOCUMENT.first,
        5: json_text.encode(rows).decode(),
        6: to_seconds(NOON),
    }
    loose = cose.sign(cbor.encode(payload), BUREAU)
    yield _signed("loose", "malformed", "feedback with a figure spelled loosely", loose)


def middle_vectors() -> Iterator[Vector]:
    """Yield figures with the two that are told of them."""
    for name, what, texts in (
        ("five", "five marks", "90 70 84 75 80"),
        ("six", "six marks, between two", "90 70 84 75 80 81.5"),
        ("seven", "totals that are fractions", "583/7 80 81 79 250/3 84 86"),
        ("four", "four are too few to tell", "90 70 84 75"),
        ("none", "nobody scored it", ""),
    ):
        found = middle_of([Fraction(each) for each in texts.split()])
        told = f"{found.count} {found.median} {found.width}"
        yield Vector(f"middle-{name}", "middle", told, what, texts)


def order_vectors() -> Iterator[Vector]:
    """Yield a seed and the order of speaking that follows."""
    numbers = [f"{number:02d}" for number in range(1, 13)]
    for name, what, seed in (
        ("digits", "a seed of digits", "20261121"),
        ("chinese", "a seed in Chinese", "监督员 柳 7"),
    ):
        order = " ".join(drawn(seed, ROUND_ID, numbers))
        more = {"seed": seed, "round-id": ROUND_ID}
        yield Vector(f"order-{name}", "order", order, what, " ".join(numbers), more)


def _signed(name: str, expect: str, what: str, data: bytes) -> Vector:
    made = of_bytes(f"feedback-{name}", "feedback", expect, what, data)
    return replace(made, more={"round": "round", "assignment": "assignment"})
