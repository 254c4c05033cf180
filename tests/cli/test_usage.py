"""Every command explains itself: a sentence, an example that runs, a word for each argument."""

import argparse
import inspect
import re
import shlex
from collections.abc import Iterator
from typing import cast

import pytest

from resources.words import catalogue
from reviewer_app.__main__ import main
from reviewer_app.cli.app import build_parser, parse
from reviewer_app.cli.argparse_words import SAID

_LATIN_WORD = re.compile(r"\b[a-z]{4,} [a-z]{3,}\b")


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield every parser below this one."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in dict.fromkeys(action.choices.values()):
                yield child
                yield from parsers(child)


def example(parser: argparse.ArgumentParser) -> list[str]:
    [_words, line] = cast("str", parser.epilog).splitlines()
    return shlex.split(line)


def test_every_command_has_a_sentence_and_an_example() -> None:
    found = list(parsers(build_parser()))
    assert len(found) > 40
    for parser in found:
        assert parser.description, parser.prog
        assert parser.epilog, parser.prog
        for action in parser._actions:
            if not isinstance(action, argparse._SubParsersAction):
                assert action.help, f"{parser.prog} {action.dest}"


@pytest.mark.parametrize("parser", list(parsers(build_parser())), ids=lambda p: p.prog)
def test_the_example_is_that_command(parser: argparse.ArgumentParser) -> None:
    program, *words = example(parser)
    assert program == "reviewer-app"
    if "--help" in words:
        return
    assert parse(words).run is not None
    assert f"{program} {' '.join(words)}".startswith(parser.prog)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as stop:
        main([*words, "--language", "zh"])
    said = capsys.readouterr()
    assert stop.value.code == (0 if "--help" in words else 2)
    return said.out + said.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("round", "new"), "还缺 ROUND.toml"),
        (("nope",), "没有 'nope'，可以是 'demo'"),
        (("round", "list", "more"), "不认识 more"),
        (("verify", "a", "--bureau-key"), "后面须有一个值"),
        (("aggregate", "m", "--sum", "--scheme", "x"), "不能与 --sum 同用"),
        (("round", "list", "--json=1"), "是多余的"),
    ],
)
def test_wrong_usage_is_said_in_chinese(
    words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(capsys, *words)
    assert sentence in said
    assert said.startswith("用法：")
    assert "error" not in said


@pytest.mark.parametrize("words", [(), ("round",), ("expert", "recuse"), ("aggregate",)])
def test_help_is_in_chinese(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, *words, "--help")
    told = said.partition("\n\n")[2].partition("\n例：")[0]
    assert not _LATIN_WORD.search(re.sub("“.*?”", "", told)), said


def test_english_is_not_touched(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("LANGUAGE", "zh")
    with pytest.raises(SystemExit):
        main(["round", "new", "--language", "en"])
    assert "the following arguments are required: ROUND.toml" in capsys.readouterr().err


def test_the_sentences_named_are_those_of_argparse() -> None:
    source, chinese = inspect.getsource(argparse), catalogue("zh")
    for sentence in SAID:
        text = repr(sentence)[1:-1].replace("expected %s arguments", "expected %s argument")
        assert text in source, sentence
        translated = chinese.gettext(sentence)
        if sentence.startswith("expected %s"):
            translated = chinese.ngettext("expected %s argument", sentence, 2)
        assert translated != sentence
        fields = re.findall(r"%(?:\(\w+\))?[sr]", sentence)
        assert sorted(re.findall(r"%(?:\(\w+\))?[sr]", translated)) == sorted(fields)
