"""Both verifiers on one archive, and archives with something changed in them."""

import contextlib
import importlib.util
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from reviewer_app.services.archive_verification import verify_archive
from reviewer_app.sheets.archive import (
    MANIFEST,
    MANIFEST_SIGNATURE,
    ROUND,
    manifest_bytes,
    sign_manifest,
)
from reviewer_app.sheets.round_document import verify_round
from tests.archive.making import BUREAU

VERIFY_PY = Path(__file__).parents[2] / "resources" / "archive" / "verify.py"


def load_verify_py() -> ModuleType:
    spec = importlib.util.spec_from_file_location("archive_verify", VERIFY_PY)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


alone: Any = load_verify_py()


@dataclass(frozen=True)
class Answer:
    """What one verifier says: its verdict, the checks that failed, all it printed."""

    ok: bool
    failed: frozenset[str]
    text: str


def by_itself(path: Path, *options: str) -> Answer:
    """Ask verify.py, in this process."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        status = alone.main([str(path), "--json", *options])
    document = json.loads(output.getvalue())
    assert document["ok"] == (status == 0)
    failed = frozenset(c["check"] for c in document["checks"] if c["state"] == "fail")
    text = json.dumps(document, ensure_ascii=False)
    return Answer(status == 0, failed, text)


def by_program(path: Path, bureau_key: str = "") -> Answer:
    """Ask the program."""
    checklist = verify_archive(path, bureau_key)
    failed = frozenset(check.check for check in checklist.checks if not check.ok)
    lines = [check.detail for check in checklist.checks] + checklist.notes
    return Answer(checklist.ok, failed, "\n".join(lines))


def both(path: Path) -> tuple[Answer, Answer]:
    """Return both answers; they must be the same verdict."""
    first, second = by_itself(path), by_program(path)
    assert first.ok == second.ok, f"verify.py: {first}\n\nprogram: {second}"
    return first, second


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as source:
        return {name: source.read(name) for name in source.namelist()}


def rezip(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return path


def resealed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files with a fresh manifest: what someone with the bureau's key could do."""
    rest = {n: d for n, d in files.items() if n not in (MANIFEST, MANIFEST_SIGNATURE)}
    manifest = manifest_bytes(rest)
    digest = verify_round(rest[ROUND]).digest
    return rest | {
        MANIFEST: manifest,
        MANIFEST_SIGNATURE: sign_manifest(manifest, digest, BUREAU),
    }


def run_alone(path: Path | str, *options: str, **environment: str) -> tuple[int, str, str]:
    """Run verify.py as an archivist does; returns status, output and errors."""
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFY_PY), str(path), *options],
        capture_output=True,
        check=False,
        env={"PYTHONUTF8": "1", **environment} if environment else None,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()
