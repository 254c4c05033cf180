"""The thirty-two characters people copy by hand: no I, L, O or U."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALUES = {character: value for value, character in enumerate(ALPHABET)}
BITS = 5


def in_groups(text: str, size: int) -> str:
    """Return ``text`` with a dash after every ``size`` characters."""
    return "-".join(text[at : at + size] for at in range(0, len(text), size))
