#!/usr/bin/env python3
"""Everything a developer types: set up, demo, run, test, bench, faults, screenshots, build.

Standard library only, so that it runs on a bare machine. The first call makes ``.venv``,
installs the locked packages and the system libraries they load; later calls install nothing.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / ".installed"

# shared object -> Debian package; asked of the loader, so nothing is installed twice
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
}
# command -> Debian package, for `test`, `faults` and `screenshots` only
TEST_TOOLS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "pdftotext": "poppler-utils",
    "age": "age",
    "openssl": "openssl",
    "dbus-run-session": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
}


def loads(name: str) -> bool:
    """Tell whether the loader finds a library here."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing_libraries() -> list[str]:
    """Return the Debian packages whose libraries the loader cannot find here."""
    if not sys.platform.startswith("linux"):
        return []
    return sorted({package for name, package in LIBRARIES.items() if not loads(name)})


def missing_tools() -> list[str]:
    """Return the Debian packages whose commands the tests call and this machine lacks."""
    if not sys.platform.startswith("linux"):
        return []
    return sorted({package for name, package in TEST_TOOLS.items() if not shutil.which(name)})


def missing_for_build() -> list[str]:
    """Return the Debian packages with which PyInstaller takes the interpreter along."""
    if not sys.platform.startswith("linux"):
        return []
    name = f"libpython{sys.version_info.major}.{sys.version_info.minor}"
    library = [] if loads(f"{name}.so.1.0") else [name]
    return [*library, *([] if shutil.which("objcopy") else ["binutils"])]


def has_venv() -> bool:
    """Tell whether this Python can make a virtual environment with pip in it."""
    try:
        import ensurepip  # noqa: F401, PLC0415
        import venv  # noqa: F401, PLC0415
    except ImportError:
        return False
    return True


def install_system(packages: list[str]) -> None:
    """Install Debian packages as root, or stop with the command that would."""
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit(
            f"missing system packages: {' '.join(packages)}\nrun: sudo {' '.join(command)}"
        )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"installing {' '.join(packages)}", file=sys.stderr, flush=True)
    subprocess.run(["apt-get", "update", "-q"], check=True, env=environment, stdout=sys.stderr)
    subprocess.run(command, check=True, env=environment, stdout=sys.stderr)


def wanted() -> str:
    """Return a fingerprint of what the virtual environment should hold."""
    lock = (ROOT / "requirements.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(lock + sys.version.encode()).hexdigest()


def install_python() -> None:
    """Make the virtual environment and fill it from the lock, unless that is done."""
    if STAMP.exists() and STAMP.read_text("utf-8") == wanted():
        return
    print("setting up .venv", file=sys.stderr, flush=True)
    if not PYTHON.exists() or subprocess.run([PYTHON, "-c", ""], check=False).returncode:
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)
    STAMP.write_text(wanted(), "utf-8")


def set_up(*, tools: bool = False, build: bool = False) -> None:
    """Install whatever is missing; the second call finds nothing to do."""
    if sys.version_info < (3, 11):  # noqa: UP036 - said before anything newer is met
        sys.exit("Python 3.11 or newer is needed")
    venv_package = [] if STAMP.exists() or has_venv() else ["python3-venv"]
    for_task = (missing_tools() if tools else []) + (missing_for_build() if build else [])
    install_system(venv_package + missing_libraries() + for_task)
    install_python()


def in_venv(*arguments: str | Path, **environment: str) -> int:
    """Run the environment's Python and return its exit status."""
    settings = {**os.environ, "PYTHONUTF8": "1", **environment}
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, env=settings, check=False).returncode


def test(arguments: list[str]) -> int:
    """Run every check, or only pytest with the arguments given; return the worst status."""
    if arguments:
        return in_venv("-m", "pytest", *arguments, QT_QPA_PLATFORM="offscreen")
    checks: list[tuple[str, ...]] = [
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "ruff", "check", "."),
        ("-m", "mypy"),
        (
            "-c",
            "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())",
        ),
        ("-m", "pytest", "-n", "auto", "--dist", "loadfile", "--max-worker-restart", "0"),
    ]
    worst = 0
    for check in checks:
        print(f"== {' '.join(check[1:3])}", flush=True)
        worst = max(worst, in_venv(*check, QT_QPA_PLATFORM="offscreen"))
    return worst


def faults(arguments: list[str]) -> int:
    """Make every trial in full; unless some are picked, run the services on a server too."""
    worst = in_venv(
        "-m", "pytest", "tests/faults", "--faults", *arguments, QT_QPA_PLATFORM="offscreen"
    )
    if "-k" in arguments:
        return worst
    suite = ("tests/services", "tests/cli", "-k", "services or round or second")
    return max(worst, in_venv("-m", "pytest", "--server", *suite))


def main() -> int:
    """Run the named task and return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    tasks = ["setup", "demo", "run", "test", "bench", "faults", "screenshots", "build"]
    parser.add_argument("task", choices=tasks)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to the task")
    options = parser.parse_args()
    tools = options.task in {"test", "faults", "screenshots"}
    set_up(tools=tools, build=options.task == "build")
    rest: list[str] = options.arguments
    if options.task == "setup":
        return 0
    if options.task == "test":
        return test(rest)
    if options.task == "faults":
        return faults(rest)
    commands = {
        "demo": ("-m", "reviewer_app", "demo"),
        "run": ("-m", "reviewer_app"),
        "bench": ("-m", "tests.bench"),
        "screenshots": ("-m", "tests.screenshots"),
        "build": ("-m", "PyInstaller", "--noconfirm", "pyinstaller.spec"),
    }
    return in_venv(*commands[options.task], *rest)


if __name__ == "__main__":
    sys.exit(main())
