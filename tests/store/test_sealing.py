"""An encrypted backup opens with its key alone, whole alone, and otherwise nothing is replaced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import make_url

from kpicat.errors import InputError
from kpicat.model import Edit
from kpicat.store import backup, restore, sealing

KEY = "mười sáu ký tự trở lên"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """A try at the key costs a millisecond."""
    monkeypatch.setattr(sealing, "COST", 8)


@pytest.fixture
def sealed(store, catalogue, url, tmp_path) -> Path:
    """A sealed backup of a catalogue in which something has been typed since."""
    file = tmp_path / "backups" / "kpicat.db.sealed"
    backup(url, file, KEY)
    return file


@pytest.mark.parametrize("length", [0, 1, sealing._CHUNK - 1, sealing._CHUNK, sealing._CHUNK + 1, 3 * sealing._CHUNK])
def test_what_was_sealed_comes_out_as_it_was_and_twice_is_not_the_same(tmp_path, length):
    plain, once, again, out = (tmp_path / name for name in ("plain", "once", "again", "out"))
    plain.write_bytes(os.urandom(length))
    sealing.seal(plain, once, KEY)
    sealing.seal(plain, again, KEY)
    sealing.unseal(once, out, KEY)
    assert out.read_bytes() == plain.read_bytes()
    assert once.read_bytes() != again.read_bytes()


@pytest.fixture
def three_chunks(tmp_path, monkeypatch) -> bytes:
    """A sealed file of three small chunks, the last the smallest."""
    monkeypatch.setattr(sealing, "_CHUNK", SMALL)
    (tmp_path / "plain").write_bytes(b"x" * (2 * SMALL + 5))
    sealing.seal(tmp_path / "plain", tmp_path / "sealed", KEY)
    return (tmp_path / "sealed").read_bytes()


HEAD = sealing._HEAD + sealing._TAG
SMALL = 1000
CHUNK = SMALL + sealing._TAG
SPOILED = {
    "nothing but its name": lambda c: c[: len(sealing._MAGIC)],
    "cut in its head": lambda c: c[: HEAD - 1],
    "cut after its head": lambda c: c[:HEAD],
    "cut in a chunk": lambda c: c[: HEAD + 7],
    "cut between two chunks": lambda c: c[: HEAD + CHUNK],
    "without its last byte": lambda c: c[:-1],
    "with a byte more": lambda c: c + b"x",
    "a chunk left out": lambda c: c[: HEAD] + c[HEAD + CHUNK :],
    "two chunks exchanged": lambda c: c[:HEAD] + c[HEAD + CHUNK : HEAD + 2 * CHUNK] + c[HEAD : HEAD + CHUNK]
    + c[HEAD + 2 * CHUNK :],
    "a bit turned": lambda c: c[:-9] + bytes([c[-9] ^ 1]) + c[-8:],
    "asking for more memory than there is": lambda c: c[: len(sealing._MAGIC)] + b"\x3f" + c[len(sealing._MAGIC) + 1 :],
}  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_a_sealed_file_that_is_not_whole_is_refused(spoil, three_chunks, tmp_path):
    (tmp_path / "spoiled").write_bytes(spoil(three_chunks))
    with pytest.raises(InputError, match="“spoiled”"):
        sealing.unseal(tmp_path / "spoiled", tmp_path / "out", KEY)


def test_a_sealed_backup_holds_nothing_readable_and_leaves_nothing_readable_beside(sealed):
    assert [file.name for file in sealed.parent.iterdir()] == [sealed.name]
    content = sealed.read_bytes()
    assert b"SQLite" not in content and "Báo cáo tháng".encode() not in content


def test_a_sealed_backup_comes_back_with_its_key(sealed, store, catalogue, url, at):
    store.commit("xa", [Edit("two", "note", "", "sau đó")], actor="Lan", at=at)
    restore(url, sealed, KEY)
    assert store.head("xa") == catalogue.head and store.reading("xa").items.at["two", "note"] == ""


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize(
    ("key", "said"), [(None, "is encrypted"), (KEY + "?", "another key")], ids=["no key", "another key"]
)
def test_without_its_key_nothing_is_replaced(key, said, sealed, url, store, in_english):
    before = Path(make_url(url).database).read_bytes()
    with pytest.raises(InputError, match=said):
        restore(url, sealed, key)
    assert Path(make_url(url).database).read_bytes() == before
