"""Bech32 (BIP 173), the writing of age identities: only the direction we need."""

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_CHARACTERS = 6
_BITS = 5


def encode_bech32(prefix: str, data: bytes) -> str:
    """Return ``data`` as Bech32 text with the human-readable ``prefix``, in lower case."""
    values = _five_bit_groups(data)
    head = [ord(character) >> _BITS for character in prefix]
    tail = [ord(character) & 31 for character in prefix]
    check = _polymod([*head, 0, *tail, *values, *[0] * _CHECK_CHARACTERS]) ^ 1
    places = reversed(range(_CHECK_CHARACTERS))
    values += [check >> place * _BITS & 31 for place in places]
    return f"{prefix}1" + "".join(_ALPHABET[value] for value in values)


def _five_bit_groups(data: bytes) -> list[int]:
    count = -(-len(data) * 8 // _BITS)
    bits = int.from_bytes(data) << (count * _BITS - len(data) * 8)
    return [bits >> place * _BITS & 31 for place in reversed(range(count))]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << _BITS ^ value
        for place, generator in enumerate(_GENERATORS):
            if top >> place & 1:
                check ^= generator
    return check
