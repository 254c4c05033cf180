"""Starts a private PostgreSQL as an ordinary user, reachable by a socket in its own folder."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


def find_server() -> Path | None:
    """Return the folder of PostgreSQL's programs, newest first, or None where it is absent."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        places.append(Path(on_path).resolve().parent)
    return next((place for place in places if (place / "pg_ctl").exists()), None)


@contextlib.contextmanager
def running_server(programs: Path) -> Iterator[str]:
    """Yield the address of a new, empty server; stop it and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path must be short
    user = _ordinary_user()
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    settings += " -c max_connections=400"  # each bureau of the tests keeps a few
    try:
        _run([str(programs / "initdb"), "-D", str(data), "-U", "bureau", "-E", "UTF8"], user)
        _run([*control, "-o", settings, "-l", str(folder / "log"), "start"], user)
        try:
            yield f"postgresql://bureau@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder)


def _ordinary_user() -> str | None:
    """Return whom to become: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(command: list[str], user: str | None) -> None:
    subprocess.run(
        command,
        check=True,
        user=user,
        cwd="/",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
