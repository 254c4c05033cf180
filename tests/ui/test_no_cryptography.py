"""An expert is never shown a word of cryptography, whichever sentence comes."""

import ast
import re
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Message

from resources import collect

ROOT = Path(__file__).resolve().parents[2]
SHOWN = (
    *("ui/expert", "ui/reading", "reviewer_app/cli/expert", "reviewer_app/services/desk"),
    *(
        "reviewer_app/core/pledge",
        "reviewer_app/core/patterns",
        "reviewer_app/papers/score_sheet",
    ),
    *("reviewer_app/sheets/pack", "reviewer_app/sheets/passcode", "reviewer_app/sheets/draft"),
    *("reviewer_app/sheets/age", "ui/components", "ui/start", "ui/help_page", "ui/key_lines"),
)
"""Where the sentences stand that an expert may meet, those of refused packs and drafts too."""
ENGLISH = re.compile(
    r"\b(hash|digest|crypt|encrypt|decrypt|cipher|algorithm|sha-?\d|ecdsa|es256|aes|argon|cose\b"
    r"|cbor|nonce|salted|certificate|(private|public|signing|secret|second) key)",
    re.IGNORECASE,
)
ASKED_FOR = {
    "本人密钥指纹": "the corner of the paper that is compared with the bureau's",
    "显示评审包的 age 私钥（identity）": "a command for whoever opens a pack with age alone",
    "评审包的私钥（identity）不完整": "the same command",
    "这把私钥（identity）属于另一个评审包": "the same command",
}
CHINESE = re.compile("哈希|散列|密钥|加密|解密|私钥|公钥|算法|密码学|证书|数字摘要")


def said() -> set[str]:
    """Return every sentence that stands in those files."""
    paths = [path for each in SHOWN for path in ROOT.glob(f"{each}*") if path.suffix != ".pyc"]
    folders = [path.glob("*.py") for path in paths if path.is_dir()]
    files = [path for path in paths if path.is_file()] + [*chain.from_iterable(folders)]
    calls = (node for file in files for node in ast.walk(ast.parse(file.read_bytes())))
    return {
        argument.value
        for node in calls
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "plural"}
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def texts(message: Message) -> list[str]:
    """Return every form of a sentence, in both languages."""
    found: list[str] = []
    for each in (message.id, message.string):
        found += [each] if isinstance(each, str) else list(each or ())
    return found


def test_no_sentence_an_expert_may_meet_speaks_of_cryptography() -> None:
    chinese = {form: each for each in collect.written() if each.id for form in texts(each)}
    sentences = said()
    assert len(sentences) > 300
    every = sentences | {
        text for each in sentences & chinese.keys() for text in texts(chinese[each])
    }
    bad = [text for text in every if ENGLISH.search(text) or CHINESE.search(text)]
    assert set(bad) <= ASKED_FOR.keys()
    assert any("签名" in text for text in every)


def test_the_words_looked_for_would_be_found() -> None:
    assert ENGLISH.search("The SHA-256 of the file")
    assert ENGLISH.search("Packs are encrypted")
    assert CHINESE.search("更换密钥")
    assert not ENGLISH.search("Press a key; the passcode is on the slip; your signature")
