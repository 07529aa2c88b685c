"""``dossier`` writes one and notes that it left; ``verify`` says whether one still is what was made."""

from __future__ import annotations

import zipfile

import pytest

from kpicat.exchange.forms import pdf


@pytest.fixture
def database(catalogue, url, monkeypatch):
    monkeypatch.setenv("KPICAT_DATABASE", url)
    monkeypatch.setattr(pdf, "compiled", lambda *_args, **_more: b"%PDF-")  # a program of its own, for nothing here
    return url


def test_it_is_written_noted_and_verified_packed_unpacked_and_by_its_content(run, store, database, tmp_path):
    target = tmp_path / "ho-so.zip"
    status, out, err = run("dossier", "xa", "-o", target, "--to", "Tỉnh ủy")
    assert (status, err) == (0, "") and str(target) in out
    (entry,) = store.accounts.entries("xa", limit=5, before=None)
    assert (entry.act, entry.who, entry.detail) == ("export", "kpicat", "ho-so.zip")
    folder = tmp_path / "ho-so"
    zipfile.ZipFile(target).extractall(folder)
    (folder / "desktop.ini").write_text("x")
    for source in (target, folder, folder / "08-noi-dung-danh-muc.json"):
        status, out, err = run("verify", source)
        assert (status, err) == (0, "") and "if its hash is the one on the signed paper" in out and "3 items" in out
        assert ("hashes, which can be forged: 00-muc-luc-ho-so.docx" in out) == (source.suffix != ".json")
    status, out, _err = run("verify", target, "--database", database)
    assert (status, out) == (1, "No version approved in the database has this content.\n")
    (folder / "03-danh-muc-quy-doi.pdf").write_bytes(b"%PDF-2")
    status, out, _err = run("verify", folder)
    assert (status, out) == (1, "03-danh-muc-quy-doi.pdf was changed after the dossier was made.\n")


@pytest.mark.usefixtures("database")
def test_what_cannot_be_written_is_said_in_one_sentence(run, write):
    assert run("dossier", "xa", "--number", "2")[::2] == (
        2, "There is no approved version 2 of this catalogue; it has 0.\n",
    )  # fmt: skip
    status, _out, err = run("verify", write("{}", "a.json"))
    assert status == 2 and "is no dossier that kpicat made" in err
