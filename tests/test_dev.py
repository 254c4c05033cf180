import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_needs_the_standard_library_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "dev.py"), "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "demo" in done.stdout


def test_a_library_that_cannot_be_loaded_names_its_package(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("system libraries are looked for on Linux only")
    monkeypatch.setattr(
        dev, "LIBRARIES", {"libnothing-here.so.9": "libnothing9", "libc.so.6": "libc6"}
    )
    assert dev.missing_libraries() == ["libnothing9"]


def test_without_root_it_names_packages_and_the_command(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hasattr(os, "geteuid"):
        pytest.skip("no root on this system")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        dev.install_system(["libgl1", "python3-venv"])
    text = str(stopped.value)
    assert "libgl1" in text
    assert "sudo apt-get install -y --no-install-recommends libgl1 python3-venv" in text


def test_nothing_missing_installs_nothing(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        dev.subprocess, "run", lambda *_a, **_k: pytest.fail("it ran something")
    )
    dev.install_system([])


def test_an_installed_environment_is_left_alone(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text(dev.wanted(), "utf-8")
    monkeypatch.setattr(dev, "STAMP", stamp)
    monkeypatch.setattr(
        dev.subprocess, "run", lambda *_a, **_k: pytest.fail("it ran something")
    )
    dev.install_python()


def test_the_readme_names_both_commands_and_ci_calls_the_second() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "python3 dev.py demo" in readme
    assert "python3 dev.py test" in readme
    assert "python3 dev.py test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_every_link_of_the_readme_leads_somewhere() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    targets = re.findall(r"\]\(([^)#]+)", text)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_dependency_has_its_line() -> None:
    named = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [re.split(r"[\[~>=<]", each)[0] for each in project["dependencies"]]
    assert wanted
    assert [name for name in wanted if name.lower() not in named] == []
