"""Every sentence of the program stands in the Chinese catalogue, with its placeholders."""

import re

from resources import collect
from resources.words import catalogue

_PLACEHOLDER = re.compile(r"{([^{}:!]*)[^{}]*}")


def names(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


def test_no_sentence_is_missing_or_left_over() -> None:
    said = {message.id for message in collect.collected() if message.id}
    kept = {message.id for message in collect.written() if message.id}
    assert said == kept, "run: python -m resources.collect"


def test_every_sentence_is_translated_with_its_placeholders() -> None:
    for message in collect.written():
        if not message.id:
            continue
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        assert all(texts), message.id
        assert names(texts[0]) == names(originals[-1]), message.id


def test_the_catalogue_is_compiled_from_its_source() -> None:
    assert catalogue("zh").gettext("a sentence nobody says") == "a sentence nobody says"
    first = next(
        message for message in collect.written() if isinstance(message.id, str) and message.id
    )
    assert catalogue("zh").gettext(first.id) == first.string
