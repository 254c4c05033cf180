"""Where keys rest, with real files and, where it is installed, a real Secret Service."""

import json
import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from reviewer_app.core.errors import KeyStoreError
from reviewer_app.services.key_wrapping import (
    Stretching,
    derive,
    new_stretching,
    seal,
    stretch,
    unseal,
)
from reviewer_app.services.keystore import (
    PASSPHRASE,
    bureau_key,
    keyring_name,
    secret_place,
)
from tests.services.laptop import bytes_under


class MemoryKeyring(KeyringBackend):
    """A keyring that works, for as long as it is unlocked."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring leaves it untyped
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("locked")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked("locked")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.entries:
            raise PasswordDeleteError("not there")
        del self.entries[service, username]


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    backend = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(keyring, name, getattr(backend, name))
    return backend


def test_without_a_keyring_a_key_rests_in_a_private_file(tmp_path: Path) -> None:
    assert keyring_name() is None
    key = bureau_key(tmp_path / "home")
    assert len(key) == 32
    assert bureau_key(tmp_path / "home") == key
    assert secret_place(tmp_path / "home").name == "file"
    if os.name != "nt":
        for path in (tmp_path / "home").rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_every_home_has_a_key_of_its_own(tmp_path: Path) -> None:
    assert bureau_key(tmp_path / "a") != bureau_key(tmp_path / "b")


def test_with_a_keyring_no_file_holds_the_key(tmp_path: Path, memory: MemoryKeyring) -> None:
    key = bureau_key(tmp_path)
    assert bureau_key(tmp_path) == key
    assert keyring_name() == memory.name
    assert list(memory.entries.values()) == [key.hex()]
    written = bytes_under(tmp_path)
    assert key not in written
    assert key.hex().encode() not in written


def test_homes_do_not_share_entries_of_one_keyring(
    tmp_path: Path, memory: MemoryKeyring
) -> None:
    assert bureau_key(tmp_path / "a") != bureau_key(tmp_path / "b")
    assert len(memory.entries) == 2


def test_a_keyring_that_appears_later_changes_nothing(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    key = bureau_key(tmp_path)
    request.getfixturevalue("memory")
    assert bureau_key(tmp_path) == key


def test_a_locked_keyring_is_said(tmp_path: Path, memory: MemoryKeyring) -> None:
    bureau_key(tmp_path)
    memory.locked = True
    with pytest.raises(KeyStoreError, match=r"The keyring refuses .*unlock it"):
        bureau_key(tmp_path)
    with pytest.raises(KeyStoreError, match="The keyring refuses"):
        bureau_key(tmp_path / "new")
    assert not (tmp_path / "new" / "keys" / "bureau.json").exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"place": 1}', b"\xff"])
def test_a_damaged_note_is_said(tmp_path: Path, content: bytes) -> None:
    bureau_key(tmp_path)
    (tmp_path / "keys" / "bureau.json").write_bytes(content)
    with pytest.raises(KeyStoreError, match="missing or damaged"):
        bureau_key(tmp_path)


def test_an_entry_that_another_program_changed_is_said(
    tmp_path: Path, memory: MemoryKeyring
) -> None:
    bureau_key(tmp_path)
    for place in memory.entries:
        memory.entries[place] = "not hexadecimal"
    with pytest.raises(KeyStoreError, match="changed by another program"):
        bureau_key(tmp_path)


def test_a_key_that_vanished_is_never_made_anew(tmp_path: Path, memory: MemoryKeyring) -> None:
    bureau_key(tmp_path)
    memory.entries.clear()
    with pytest.raises(KeyStoreError, match="is missing from its keyring"):
        bureau_key(tmp_path)


def test_removing_what_is_not_there_is_no_error(tmp_path: Path, memory: MemoryKeyring) -> None:
    place = secret_place(tmp_path)
    place.write("a", b"\x01\x02")
    assert place.read("a") == b"\x01\x02"
    place.remove("a")
    place.remove("a")
    assert place.read("a") is None
    assert memory.entries == {}


def test_a_passphrase_gives_the_key_and_rests_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE, "正确的马电池订书钉")
    key = bureau_key(tmp_path)
    assert bureau_key(tmp_path) == key
    written = bytes_under(tmp_path)
    for secret in (key, key.hex().encode(), "正确的马".encode()):
        assert secret not in written
    monkeypatch.setenv(PASSPHRASE, "another")
    assert bureau_key(tmp_path) != key
    monkeypatch.delenv(PASSPHRASE)
    with pytest.raises(KeyStoreError, match="set REVIEWER_APP_PASSPHRASE"):
        bureau_key(tmp_path)


def test_two_first_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    start = threading.Barrier(8)
    keys: list[bytes] = []

    def first_start() -> None:
        start.wait()
        keys.append(bureau_key(tmp_path))

    threads = [threading.Thread(target=first_start) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert len(list((tmp_path / "keys").glob("bureau-*.key"))) == 1


def test_a_sealed_secret_opens_only_under_its_key_and_purpose() -> None:
    key, sealed = bytes(32), seal(bytes(32), b"secret", "a purpose")
    assert unseal(key, sealed, "a purpose") == b"secret"
    assert seal(key, b"secret", "a purpose") != sealed
    assert b"secret" not in sealed
    for other, text, purpose in (
        (b"\x01" * 32, sealed, "a purpose"),
        (key, sealed, "another purpose"),
        (key, sealed[:-1] + bytes([sealed[-1] ^ 1]), "a purpose"),
        (key, b"", "a purpose"),
    ):
        with pytest.raises(KeyStoreError, match="does not open"):
            unseal(other, text, purpose)


def test_purposes_have_keys_that_tell_nothing_of_each_other() -> None:
    assert derive(bytes(32), "a") != derive(bytes(32), "b")
    assert len(derive(bytes(32), "a")) == 32


def test_stretching_depends_on_secret_and_salt() -> None:
    cheap = Stretching("00" * 16, 64, 1, 1)
    other = Stretching("01" * 16, 64, 1, 1)
    keys = {stretch(b"a", cheap), stretch(b"b", cheap), stretch(b"a", other)}
    assert len(keys) == 3
    today = new_stretching()
    assert (today.memory_kib, today.passes) == (128 * 1024, 3)
    assert Stretching(**json.loads(json.dumps(today.as_data()))) == today


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"), [(1 << 30, 3, 4), (64, 0, 1), (64, 10**9, 1), (8, 1, 4)]
)
def test_a_forged_cost_is_refused_at_once(memory_kib: int, passes: int, lanes: int) -> None:
    with pytest.raises(KeyStoreError, match="impossible amount of work"):
        stretch(b"a", Stretching("00" * 16, memory_kib, passes, lanes))


ON_A_DESKTOP = """
import sys
from pathlib import Path
from reviewer_app.services.keystore import bureau_key, keyring_name, secret_place
home = Path(sys.argv[1])
key = bureau_key(home)
assert bureau_key(home) == key
assert secret_place(home).name == "keyring", secret_place(home)
place = secret_place(home)
place.write("desk-x", bytes(range(32)))
assert place.read("desk-x") == bytes(range(32))
place.remove("desk-x")
assert place.read("desk-x") is None
files = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
assert key not in files and key.hex().encode() not in files
print(keyring_name())
"""


def test_a_real_secret_service_keeps_the_keys(tmp_path: Path) -> None:
    if not shutil.which("dbus-run-session") or not shutil.which("gnome-keyring-daemon"):
        pytest.skip("no Secret Service is installed")
    script = tmp_path / "desktop.py"
    script.write_text(ON_A_DESKTOP, "utf-8")
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"
    } | {
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    session = (
        'printf x | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "$@"'
    )
    command = [sys.executable, str(script), str(tmp_path / "home")]
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", session, "sh", *command],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "Secret" in done.stdout
