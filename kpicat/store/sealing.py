"""Backups that nobody reads without the key, and nobody changes or shortens without its being noticed.

A sealed file is a head and chunks. The head says how the key comes from the words somebody keeps (scrypt, with a salt
of this file's own), and ends with a proof of the key, so that a wrong one is told from a damaged file. Each chunk is
sealed by AES-256-GCM under a number of its own that also says whether it is the last: chunks that are changed, left
out, put elsewhere or missing at the end open no more. One chunk is in memory at a time.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from kpicat.errors import InputError
from kpicat.language import _

COST = 17
"""Of scrypt, as a power of two: 128 MiB and a third of a second for each try at the key."""
_MAGIC = b"kpicat sealed 1\n"
_COSTS = range(8, 21)  # a file that asks for more than a gigabyte is none of ours
_SALT, _TAG = 16, 16
_HEAD = len(_MAGIC) + 1 + _SALT
_CHUNK = 256 * 1024
_PROOF = b"\xff" * 12  # a number that no chunk has


def is_sealed(file: Path) -> bool:
    """Whether a file begins as sealed ones do."""
    with file.open("rb") as opened:
        return opened.read(len(_MAGIC)) == _MAGIC


def seal(source: Path, target: Path, key: str) -> None:
    """Write ``source`` sealed into ``target``, and put it on the disk for good."""
    head = _MAGIC + bytes([COST]) + os.urandom(_SALT)
    cipher = _cipher(head, key)
    with source.open("rb") as plain, target.open("wb") as sealed:
        sealed.write(head + cipher.encrypt(_PROOF, b"", head))
        chunk, number, is_last = plain.read(_CHUNK), 0, False
        while not is_last:
            following = plain.read(_CHUNK)
            is_last = not following
            sealed.write(cipher.encrypt(_number(number, is_last), chunk, head))
            chunk, number = following, number + 1
        sealed.flush()
        os.fsync(sealed.fileno())


def unseal(source: Path, target: Path, key: str | None) -> None:
    """Write what ``source`` holds into ``target``.

    Raises:
        InputError: There is no key, it is another one, or the file is cut or changed.
    """
    if key is None:
        words = _("“{name}” is encrypted: say by KPICAT_BACKUP_KEY_FILE, or --backup-key-file, where its key is.")
        raise InputError(words.format(name=source.name))
    with source.open("rb") as sealed, target.open("wb") as plain:
        head, proof = sealed.read(_HEAD), sealed.read(_TAG)
        if len(head) < _HEAD or head[len(_MAGIC)] not in _COSTS or len(proof) < _TAG:
            raise _damaged(source)
        cipher = _cipher(head, key)
        try:
            cipher.decrypt(_PROOF, proof, head)
        except InvalidTag:
            words = _(
                "“{name}” was encrypted with another key, so nothing was replaced; give the one it was made with."
            )
            raise InputError(words.format(name=source.name)) from None
        try:
            _open_chunks(cipher, head, sealed, plain)
        except InvalidTag:
            raise _damaged(source) from None


def _open_chunks(cipher: AESGCM, head: bytes, sealed: BinaryIO, plain: BinaryIO) -> None:
    chunk, number, is_last = sealed.read(_CHUNK + _TAG), 0, False
    while not is_last:
        following = sealed.read(_CHUNK + _TAG)
        is_last = not following
        plain.write(cipher.decrypt(_number(number, is_last), chunk, head))
        chunk, number = following, number + 1


def _cipher(head: bytes, key: str) -> AESGCM:
    return AESGCM(Scrypt(salt=head[-_SALT:], length=32, n=2 ** head[len(_MAGIC)], r=8, p=1).derive(key.encode()))


def _number(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])


def _damaged(source: Path) -> InputError:
    words = _("“{name}” was cut off or changed since it was made, so nothing was replaced; choose another backup.")
    return InputError(words.format(name=source.name))
