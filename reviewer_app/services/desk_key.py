"""The key of one desk: random, wrapped under the passcode and a secret of this machine.

Both are needed. The passcode enters as the pack's identity, which Argon2id stretched from it;
the secret rests in the keyring or, where there is none, in a private file (``keystore``).
"""

import json
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from reviewer_app.core.atomic import create_file, write_file
from reviewer_app.core.errors import KeyStoreError
from reviewer_app.core.messages import _
from reviewer_app.core.round import PackId
from reviewer_app.services.key_wrapping import KEY_BYTES, derive, seal, unseal
from reviewer_app.services.keystore import secret_place

FILE = "desk.json"
_VERSION = 1
_DATABASE = "desk database"
_PURPOSE = "desk key of pack {pack}"


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """What stands in ``desk.json``; it opens nothing without the passcode and the secret.

    ``ready`` says that the desk's file was once filled: from then on an empty one is a loss.
    """

    pack: PackId
    place: str
    entry: str
    wrapped: str
    ready: bool = False
    version: int = _VERSION


def make_desk_key(home: Path, folder: Path, pack: PackId, identity: str) -> bytes:
    """Return the key of a desk, made and wrapped at the first call, unwrapped at later ones."""
    path = folder / FILE
    if not path.exists():
        place, entry = secret_place(home), f"desk-{pack}-{secrets.token_hex(4)}"
        secret, key = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)
        place.write(entry, secret)
        sealed = seal(_wrapping(identity, secret), key, _PURPOSE.format(pack=pack))
        note = WrappedKey(pack, place.name, entry, sealed.hex())
        try:
            create_file(path, json.dumps(asdict(note)).encode())
        except FileExistsError:
            place.remove(entry)
    return desk_key(home, folder, identity)


def desk_key(home: Path, folder: Path, identity: str) -> bytes:
    """Return the key of a desk; raises KeyStoreError if the secret or the note is lost."""
    note = read_note(folder)
    secret = secret_place(home, note.place).read(note.entry)
    if secret is None:
        raise KeyStoreError(
            _(
                "This machine no longer has its half of the key of pack {pack} ({place}); "
                "log in as the user who opened the pack, or open it anew after a wipe"
            ).format(pack=note.pack, place=note.place)
        )
    sealed = bytes.fromhex(note.wrapped)
    return unseal(_wrapping(identity, secret), sealed, _PURPOSE.format(pack=note.pack))


def database_key(key: bytes) -> bytes:
    """Return the key of the desk's encrypted file."""
    return derive(key, _DATABASE)


def mark_ready(folder: Path) -> None:
    """Note that the desk's file has been filled."""
    note = read_note(folder)
    if not note.ready:
        write_file(folder / FILE, json.dumps(asdict(replace(note, ready=True))).encode())


def forget_secret(home: Path, folder: Path) -> str:
    """Remove this machine's half of the key, and return the name of the place it lay in.

    What the desk holds cannot be decrypted from then on, wherever copies of it are.
    """
    note = read_note(folder)
    secret_place(home, note.place).remove(note.entry)
    return note.place


def read_note(folder: Path) -> WrappedKey:
    """Return ``desk.json``; raises KeyStoreError if it is damaged."""
    path = folder / FILE
    try:
        note = WrappedKey(**json.loads(path.read_bytes()))
        whole = note.version == _VERSION and bytes.fromhex(note.wrapped)
    except (OSError, TypeError, ValueError):
        whole = b""
    if not whole:
        raise KeyStoreError(
            _("The key file “{path}” is missing or damaged; go back to a copy of it").format(
                path=path
            )
        )
    return note


def _wrapping(identity: str, secret: bytes) -> bytes:
    return identity.encode() + secret
