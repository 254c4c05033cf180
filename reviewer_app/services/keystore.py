"""Where keys rest: the operating system's keyring, or a private file where there is none.

Two kinds of key come from here. The *database key* opens the bureau's file. The *desk key* of
one pack opens an expert's file; it is wrapped under the passcode and under a secret at rest
on this machine, so that neither the slip alone nor the stolen disk alone is enough.
"""

import contextlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import keyring
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringError, PasswordDeleteError

from reviewer_app.core.atomic import create_file, disk_fault, private_folder, write_file
from reviewer_app.core.errors import KeyStoreError, StorageError
from reviewer_app.core.messages import _
from reviewer_app.services.key_wrapping import KEY_BYTES, Stretching, new_stretching, stretch

SERVICE = "reviewer-app"
PASSPHRASE = "REVIEWER_APP_PASSPHRASE"  # noqa: S105 - the variable's name, not a secret
_FOLDER = "keys"
_NOWHERE = "nowhere"
_TRUSTED = 1
"""The priority from which ``keyring`` recommends a backend; plain-text files are below."""


class SecretPlace(Protocol):
    """A place where named secrets rest."""

    @property
    def name(self) -> str:
        """Return what tells this place from the other in a key file."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return the secret, or None where there is none; raises KeyStoreError."""
        ...

    def write(self, name: str, secret: bytes) -> None:
        """Keep the secret; raises KeyStoreError or StorageError."""
        ...

    def remove(self, name: str) -> None:
        """Forget the secret, if it is there."""
        ...


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Secrets as files that only this user may read."""

    folder: Path
    name: ClassVar[str] = "file"

    def read(self, name: str) -> bytes | None:
        """Return the secret, or None where there is none; raises StorageError."""
        path = self._path(name)
        try:
            return path.read_bytes() if path.is_file() else None
        except OSError as error:
            raise disk_fault(error, path) from None

    def write(self, name: str, secret: bytes) -> None:
        """Keep the secret; raises StorageError."""
        write_file(self._path(name), secret)

    def remove(self, name: str) -> None:
        """Forget the secret, if it is there."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.key"


@dataclass(frozen=True, slots=True)
class KeyringPlace:
    """Secrets in the operating system's keyring, apart for every home folder."""

    home_id: str
    name: ClassVar[str] = "keyring"

    def read(self, name: str) -> bytes | None:
        """Return the secret, or None where there is none; raises KeyStoreError."""
        try:
            found = keyring.get_password(SERVICE, self._entry(name))
        except KeyringError as error:
            raise _refused(error) from None
        try:
            return None if found is None else bytes.fromhex(found)
        except ValueError:
            raise KeyStoreError(
                _("The keyring entry “{entry}” was changed by another program").format(
                    entry=self._entry(name)
                )
            ) from None

    def write(self, name: str, secret: bytes) -> None:
        """Keep the secret; raises KeyStoreError."""
        try:
            keyring.set_password(SERVICE, self._entry(name), secret.hex())
        except KeyringError as error:
            raise _refused(error) from None

    def remove(self, name: str) -> None:
        """Forget the secret, if it is there; raises KeyStoreError."""
        try:
            if keyring.get_password(SERVICE, self._entry(name)) is not None:
                keyring.delete_password(SERVICE, self._entry(name))
        except PasswordDeleteError:
            return
        except KeyringError as error:
            raise _refused(error) from None

    def _entry(self, name: str) -> str:
        return f"{self.home_id}/{name}"


def keyring_name() -> str | None:
    """Return the name of the keyring in use on this machine, or None where there is none."""
    backend = keyring.get_keyring()
    if isinstance(backend, ChainerBackend):
        return next((str(each.name) for each in backend.backends), None)
    return str(backend.name) if backend.priority >= _TRUSTED else None


def secret_place(home: Path, name: str | None = None) -> SecretPlace:
    """Return where secrets of ``home`` rest: in the place called ``name``, or the best one."""
    folder = private_folder(home / _FOLDER)
    if name is None:
        name = KeyringPlace.name if keyring_name() else FilePlace.name
    if name == FilePlace.name:
        return FilePlace(folder)
    return KeyringPlace(_home_id(folder))


def bureau_key(home: Path) -> bytes:
    """Return the key of the bureau's file in ``home``, made at the first call.

    Where REVIEWER_APP_PASSPHRASE is set at that first call, the key is stretched from it and
    rests nowhere; otherwise it is random and rests in ``secret_place``. How it was made is
    kept in ``keys/bureau.json``. Raises KeyStoreError when the key cannot be had again.
    """
    note = private_folder(home / _FOLDER) / "bureau.json"
    if not note.exists():
        _make_bureau_key(home, note)
    place, rest = _read_note(note)
    if isinstance(rest, Stretching):
        return stretch(_passphrase(), rest)
    key = secret_place(home, place).read(rest)
    if key is None:
        raise KeyStoreError(
            _(
                "The key of the database in “{home}” is missing from its {place}; "
                "log in as the user who made it, or go back to a backup of the home folder"
            ).format(home=home, place=place)
        )
    return key


def refuse_lost_bureau(home: Path, path: Path) -> None:
    """Raise StorageError where the bureau's file was there once and is empty or gone.

    Going on would begin with another signing key, and no round would be left to miss.
    """
    if not _made(home).exists():
        return
    if not path.exists() or not path.stat().st_size:
        raise StorageError(
            _(
                "“{path}” has lost its content: every round was in it. Restore a backup; only "
                "to begin with nothing, remove “{note}” first"
            ).format(path=path, note=_made(home))
        )


def note_bureau(home: Path) -> None:
    """Remember that the bureau's file was made: from now on an empty one is a loss."""
    if not _made(home).exists():
        with contextlib.suppress(FileExistsError):
            create_file(_made(home), b"")


def _made(home: Path) -> Path:
    return home / _FOLDER / "bureau.made"


def _read_note(note: Path) -> tuple[str, Stretching | str]:
    """Return the place of the key, and its entry there or how it is stretched."""
    try:
        match json.loads(note.read_bytes()):
            case {"place": str(place), "entry": str(entry)}:
                return place, entry
            case {"place": str(place), "stretching": dict(stretching)}:
                return place, Stretching(**stretching)
    except OSError as error:
        raise disk_fault(error, note) from None
    except (TypeError, ValueError):
        pass
    raise KeyStoreError(
        _("The key file “{path}” is missing or damaged; go back to a copy of it").format(
            path=note
        )
    )


def _make_bureau_key(home: Path, note: Path) -> None:
    """Make a key and a note about it; of two programs that start at once, one note stays."""
    if os.environ.get(PASSPHRASE):
        kept = {"place": _NOWHERE, "stretching": new_stretching().as_data()}
        with contextlib.suppress(FileExistsError):
            create_file(note, json.dumps(kept).encode())
        return
    place, entry = secret_place(home), f"bureau-{secrets.token_hex(4)}"
    place.write(entry, secrets.token_bytes(KEY_BYTES))
    try:
        create_file(note, json.dumps({"place": place.name, "entry": entry}).encode())
    except FileExistsError:
        place.remove(entry)


def _passphrase() -> bytes:
    passphrase = os.environ.get(PASSPHRASE, "")
    if not passphrase:
        raise KeyStoreError(
            _("This database is locked with a passphrase; set {variable} to it").format(
                variable=PASSPHRASE
            )
        )
    return passphrase.encode()


def _home_id(folder: Path) -> str:
    """Return the name under which this home's secrets stand in the keyring, made once."""
    path = folder / "home-id"
    if not path.exists():
        with contextlib.suppress(FileExistsError):
            create_file(path, secrets.token_hex(8).encode())
    return path.read_text("ascii")


def _refused(error: KeyringError) -> KeyStoreError:
    return KeyStoreError(
        _("The keyring refuses ({reason}); unlock it, then repeat").format(
            reason=str(error) or type(error).__name__
        )
    )
