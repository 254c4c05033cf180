"""What the secretary does about a file that was refused."""

from reviewer_app.core.messages import _


def refusal_advice(refusal: str) -> str:
    """Return what to do next, in a sentence; the refusal itself says why."""
    return {
        "other-round": _("Ask the expert to open this round's pack and export again."),
        "other-assignment": _("Ask the expert to open the newest pack and export again."),
        "second-key": _(
            "It was made on another machine. If that is so, accept the new key with a "
            "reason, then take it in again."
        ),
        "bad-signature": _("The file was changed or damaged; copy it from the stick again."),
        "malformed": _("The file was changed or damaged; copy it from the stick again."),
        "unreadable": _("Copy it from the stick again, or scan the paper at 150 dpi or more."),
        "older-revision": _("A newer revision is here already; nothing needs to be done."),
        "after-closing": _("Write why it comes after closing, then take it in again."),
        "expert-withdrawn": _("The expert has left the roster; keep the paper on file."),
    }.get(refusal, _("Ask the expert to export the sheet again."))
