"""The scan of a hand-signed paper form: its code says whose form it is."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.core.errors import InputError
from reviewer_app.core.messages import _
from reviewer_app.services.scans import read_scan
from reviewer_app.sheets.bureau import VerifiedAssignment, VerifiedRound
from reviewer_app.sheets.code_reading import read_codes
from reviewer_app.sheets.form_code import FormCode, read_form_text


@dataclass(frozen=True, slots=True)
class FormScan:
    """A scan with the form codes that could be read in it."""

    name: str
    data: bytes
    codes: frozenset[FormCode]

    @property
    def sha256(self) -> str:
        """Return the digest of the scan, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def require(
        self, round_: VerifiedRound, assignment: VerifiedAssignment, stage: int
    ) -> None:
        """Raise InputError unless every form in the scan is this expert's of this scoring."""
        expert = assignment.document.expert.number
        wanted = FormCode(round_.digest, assignment.digest, expert, stage)
        if not self.codes:
            raise InputError(
                _(
                    "No code of a paper form can be read in “{name}”; scan the signed form at "
                    "150 dpi or more"
                ).format(name=self.name)
            )
        other = next((code for code in self.codes if code != wanted), None)
        if other is None:
            return
        if other.round_digest != round_.digest:
            raise InputError(
                _("“{name}” holds a paper form of another round").format(name=self.name)
            )
        raise InputError(
            _("“{name}” holds the form of expert {other}, scoring {stage}").format(
                name=self.name, other=other.expert, stage=other.stage
            )
        )


def read_form_scan(path: Path) -> FormScan:
    """Return a scan and its codes; raises InputError or CodeError for what is none."""
    data = read_scan(path)
    found = (read_form_text(text) for text in read_codes(path))
    return FormScan(path.name, data, frozenset(code for code in found if code is not None))
