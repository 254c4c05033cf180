"""Makes the fixture files of a release: ``python -m tests.db.make_released 0.2.0``.

Run once before tagging; the files are never made again, so that every later version is held
to opening them.
"""

import sys
from pathlib import Path

import db
from tests.db.conftest import KEY
from tests.db.examples import fill_bureau, fill_desk

if __name__ == "__main__":
    folder = Path(__file__).parent / "released"
    desk = db.open_desk(folder / f"desk-{sys.argv[1]}.db", KEY)
    with desk() as desk_unit:
        fill_desk(desk_unit)
        desk_unit.commit()
    desk.close()
    bureau = db.open_bureau(folder / f"bureau-{sys.argv[1]}.db", KEY)
    with bureau() as bureau_unit:
        fill_bureau(bureau_unit)
        bureau_unit.commit()
    bureau.close()
