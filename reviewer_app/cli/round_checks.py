"""The checks of a plan, as ``round new``, ``show`` and ``issue`` print them."""

from reviewer_app.cli.output import Output
from reviewer_app.core.messages import _
from reviewer_app.core.panel_checks import PanelCheck
from reviewer_app.services.rounds import RoundView


def show_checks(view: RoundView, out: Output) -> None:
    """Print every check of a plan: ✓ holds, ! set aside with a reason, ✗ keeps it back."""
    for check in view.checks:
        sign = "✓" if check.ok else "✗" if check.blocks else "!"
        reason = f" ({check.reason})" if check.reason else ""
        out.line(f"  {sign} {check.sentence}{reason}{check_name(check)}")


def check_name(check: PanelCheck) -> str:
    """Return the name of a check that is not met, as [[override]] wants it."""
    if check.ok:
        return ""
    words = "  [{name}]" if check.overridable else _("  [{name}: must be met]")
    return words.format(name=check.id)
