"""What argparse itself says on wrong usage, named here so that the catalogue has it in Chinese.

``argparse`` looks these sentences up through ``gettext`` (see ``resources.words.lent``); the
texts are those of its source, of every Python from 3.11 on.
"""

from reviewer_app.core.messages import _, ngettext

SAID = (
    _("usage: "),
    _("positional arguments"),
    _("options"),
    _("show this help message and exit"),
    _("%(prog)s: error: %(message)s\n"),
    _("argument %(argument_name)s: %(message)s"),
    _("the following arguments are required: %s"),
    _("one of the arguments %s is required"),
    _("not allowed with argument %s"),
    _("unrecognized arguments: %s"),
    _("invalid choice: %(value)r (choose from %(choices)s)"),
    _("invalid %(type)s value: %(value)r"),
    _("expected one argument"),
    _("expected at most one argument"),
    _("expected at least one argument"),
    ngettext("expected %s argument", "expected %s arguments", 2),
    _("ambiguous option: %(option)s could match %(matches)s"),
    _("ignored explicit argument %r"),
)
"""The English of each sentence a person can meet."""
