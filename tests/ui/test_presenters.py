import subprocess
import sys
from pathlib import Path

import ui

_PROGRAM = """
import sys
from importlib import import_module
for name in sys.argv[1:]:
    import_module(name)
    assert not any(module.startswith("PySide6") for module in sys.modules), name
"""


def test_no_presenter_of_the_expert_or_the_start_page_knows_qt() -> None:
    root = Path(ui.__file__).parent
    files = [*root.glob("*_presenter.py"), *root.glob("expert/*_presenter.py")]
    files += [root / "views.py", *(root / "expert").glob("*_views.py")]
    files += [root / "expert" / "session.py", root / "expert" / "sitting.py"]
    names = [".".join(file.relative_to(root.parent).with_suffix("").parts) for file in files]
    assert len(names) >= 10
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *names],
        capture_output=True,
        text=True,
        check=False,
        cwd=root.parent,
    )
    assert done.returncode == 0, done.stderr
