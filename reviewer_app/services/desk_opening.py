"""Open a pack: the first time it is taken in, each later time the passcode is asked again."""

import shutil
from datetime import datetime
from pathlib import Path

from reviewer_app.core.atomic import private_folder, replacing
from reviewer_app.core.errors import PackError, StorageError
from reviewer_app.core.messages import _
from reviewer_app.services.desk import (
    DESK_FILE,
    OPENED,
    PACK_FILE,
    PACKS,
    PLEDGE,
    SIGNING_KEY,
    SIGNING_PURPOSE,
    Desk,
    StartDesk,
    desk_folder,
)
from reviewer_app.services.desk_hold import hold_desk
from reviewer_app.services.desk_key import desk_key, make_desk_key, mark_ready, read_note
from reviewer_app.services.key_wrapping import seal
from reviewer_app.sheets.keys import SigningKey
from reviewer_app.sheets.pack import OpenPack, read_pack


def open_pack(home: Path, source: Path, passcode: str, start: StartDesk, now: datetime) -> Desk:
    """Return the desk of a pack file, copied into ``home`` and set up at the first opening.

    Opening the same file again goes on where the expert stopped. Raises PasscodeError,
    PackError, KeyStoreError, StorageError; the last also where another program has the pack.
    """
    sealed = read_pack(source)
    opened = sealed.unlock(passcode)
    folder = private_folder(home / PACKS / opened.pack_id)
    hold = hold_desk(folder)
    if not (folder / PACK_FILE).exists():
        _copy(source, folder / PACK_FILE)
    kept = read_pack(folder / PACK_FILE)
    if kept.header != sealed.header:
        raise PackError(
            _("“{file}” is not the pack that was opened under this number before").format(
                file=source.name
            )
        )
    key = make_desk_key(home, folder, opened.pack_id, opened.identity)
    desk = Desk(kept.unlock_with(opened.identity), folder, key, start, hold)
    _set_up(desk, now)
    return desk


def open_again(home: Path, pack_id: str, passcode: str, start: StartDesk) -> Desk:
    """Return the desk of a pack opened before on this machine.

    Raises NotFoundError, PasscodeError, KeyStoreError, StorageError.
    """
    folder = desk_folder(home, pack_id)
    opened = read_pack(folder / PACK_FILE).unlock(passcode)
    hold = hold_desk(folder)
    desk = Desk(opened, folder, desk_key(home, folder, opened.identity), start, hold)
    _check_filled(desk)
    return desk


def unlock(home: Path, pack: Path, passcode: str) -> OpenPack:
    """Return a pack, by file or by the id of an opened one, without touching any desk."""
    path = pack if pack.exists() else desk_folder(home, str(pack)) / PACK_FILE
    return read_pack(path).unlock(passcode)


def accept_pledge(desk: Desk, now: datetime) -> datetime:
    """Keep the moment at which the expert accepted the pledge; the first one stays."""
    with desk.unit() as unit:
        unit.lock()
        accepted = unit.setting(PLEDGE)
        if accepted is None:
            accepted = now.isoformat().encode()
            unit.set_setting(PLEDGE, accepted)
            unit.commit()
    return datetime.fromisoformat(accepted.decode())


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as stream, replacing(target) as copy:
        shutil.copyfileobj(stream, copy, 1 << 20)


def _set_up(desk: Desk, now: datetime) -> None:
    """Make the expert's key, once; a crash on the way is made good at the next opening."""
    if read_note(desk.folder).ready:
        _check_filled(desk)
        return
    with desk.unit() as unit:
        unit.lock()
        if unit.setting(OPENED) is None:
            sealed = seal(desk.key, SigningKey.generate().to_bytes(), SIGNING_PURPOSE)
            unit.set_setting(SIGNING_KEY, sealed)
            unit.set_setting(OPENED, now.isoformat().encode())
            unit.commit()
    mark_ready(desk.folder)


def _check_filled(desk: Desk) -> None:
    """Refuse a desk file that has lost its content: going on would begin with another key."""
    with desk.unit() as unit:
        if unit.setting(OPENED) is None:
            raise StorageError(
                _("“{path}” has lost its content; go back to a copy of it").format(
                    path=desk.folder / DESK_FILE
                )
            )
