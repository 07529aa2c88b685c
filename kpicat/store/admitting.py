"""Who is let into a meeting, and who chairs it: keys, codes and tokens, of which the store keeps digests only."""

from __future__ import annotations

import hashlib
import hmac
import secrets

ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
"""Of codes: none of its characters is taken for another when it is read aloud or from a wall."""
CODE_LENGTH = 6
_WORK = {"n": 2**12, "r": 8, "p": 1}  # some 10 ms a try: all codes would take a month of computing


def new_secret() -> str:
    """A chair's key or a voter's token: nobody guesses it."""
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    """What is kept of a key or a token."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def code_of(key: str) -> str:
    """The code of the meeting that a key chairs, so that the chair can be shown it again and nobody else."""
    number = int.from_bytes(hmac.digest(key.encode(errors="replace"), b"code", "sha256"))
    letters = []
    for _n in range(CODE_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def sealed(code: str) -> str:
    """What is kept of a code: its digest, slow to make, and the salt of that."""
    salt = secrets.token_hex(16)
    return f"{salt}:{_slow(code, salt)}"


def fits(code: str, seal: str) -> bool:
    """Whether that is the code that was sealed; no code fits "" ."""
    salt, _colon, kept = seal.partition(":")
    return bool(kept) and hmac.compare_digest(_slow(code, salt), kept)


def _slow(code: str, salt: str) -> str:
    return hashlib.scrypt(code.upper().encode(errors="replace"), salt=salt.encode(), dklen=32, **_WORK).hex()
