"""Every sentence of the program stands in the Chinese catalogue, with its placeholders."""

import re

from babel.messages.catalog import Message

from resources import collect
from resources.words import catalogue

_PLACEHOLDER = re.compile(r"{([^{}:!]*)[^{}]*}")


def names(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


def test_no_sentence_is_missing_or_left_over() -> None:
    said = {message.id for message in collect.collected() if message.id}
    kept = {message.id for message in collect.written() if message.id}
    assert said == kept, "run: python -m resources.collect"


def forms(message: Message) -> tuple[list[str], list[str]]:
    """Return the English forms of a sentence and its Chinese ones."""
    said = [message.id] if isinstance(message.id, str) else list(message.id)
    text = message.string or ""
    return said, [text] if isinstance(text, str) else list(text)


def test_every_sentence_is_translated_with_its_placeholders() -> None:
    for message in collect.written():
        if not message.id:
            continue
        said, texts = forms(message)
        assert all(texts), said
        assert names(texts[0]) == names(said[-1]), said


def test_the_catalogue_is_compiled_from_its_source() -> None:
    chinese = catalogue("zh")
    assert chinese.gettext("a sentence nobody says") == "a sentence nobody says"
    assert chinese.gettext("Not applicable") == "不适用"
