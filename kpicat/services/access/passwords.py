"""Passwords: which may be one, and their argon2id hashes."""

from __future__ import annotations

import functools
import secrets
import threading
import unicodedata

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from kpicat import settings
from kpicat.errors import InputError
from kpicat.language import _

SHORTEST, LONGEST = 10, 200
"""Characters of a password: longer ones would only cost time."""
_AT_ONCE = threading.BoundedSemaphore(2)
"""Hashes made at a time: each takes a processor and 64 MB."""


def hashed(password: str) -> str:
    """The hash to keep of a password."""
    with _AT_ONCE:
        return _hasher(settings.hash_cost()).hash(_typed(password))


def fits(password: str, kept: str) -> bool:
    """Whether a password is the one of a hash; no account (``""``) costs as much, and never fits."""
    cost = settings.hash_cost()
    with _AT_ONCE:
        try:
            return _hasher(cost).verify(kept or _of_nobody(cost), _typed(password)) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def is_cheap(kept: str) -> bool:
    """Whether a hash was made at another cost than is asked for now."""
    return _hasher(settings.hash_cost()).check_needs_rehash(kept)


def insist_on_good(password: str, name: str) -> None:
    """See that a password may be one.

    Raises:
        InputError: It is too short, too long, or the name.
    """
    typed = _typed(password)
    if not SHORTEST <= len(typed) <= LONGEST:
        words = _("A password has {least} to {most} characters; a sentence is easy to remember.")
        raise InputError(words.format(least=SHORTEST, most=LONGEST))
    if typed.casefold() == name.casefold() or len(set(typed)) < 4:
        raise InputError(_("This password would be guessed at once; choose another one, a sentence for example."))


def _typed(password: str) -> str:
    """The same however a keyboard composes its letters."""
    return unicodedata.normalize("NFC", password[: 4 * LONGEST]).encode(errors="ignore").decode()


@functools.lru_cache(maxsize=4)
def _hasher(cost: tuple[int, int, int]) -> argon2.PasswordHasher:
    passes, memory, lanes = cost
    return argon2.PasswordHasher(passes, memory, lanes)


@functools.lru_cache(maxsize=4)
def _of_nobody(cost: tuple[int, int, int]) -> str:
    return _hasher(cost).hash(secrets.token_hex())
