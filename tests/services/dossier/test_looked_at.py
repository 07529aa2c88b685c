"""A dossier looked at again: nothing changed goes unnoticed, and nothing hostile is read."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from kpicat.errors import InputError
from kpicat.exchange.dossier import verified
from kpicat.services import approving
from kpicat.services.dossier import approved_as
from tests.services.dossier.filed import parts


def looked(files):
    return verified({name: lambda held=held: held for name, held in files.items()}, "hồ sơ")


def test_a_dossier_is_what_was_made_and_known_as_what_was_approved(whole):
    desk, content = whole
    found = looked(parts(content))
    assert (found.contradictions, found.filled_in, found.items, found.total) == ((), (), 3, "33.30518505")
    assert (found.compared, "03-danh-muc-quy-doi.pdf" in found.listed) == ((WORD, EXCEL), True)
    assert approved_as(desk.store, found) is None
    (first,) = approving.versions(desk.store, "xa")
    alone = looked({"noi-dung.json": desk.store.approvals.content(first).encode()})
    assert approved_as(desk.store, alone) == first and not alone.contradictions


def test_a_letter_that_was_filled_in_is_no_contradiction(whole):
    files = parts(whole[1])
    found = looked(files | {"01-to-trinh.docx": b"Kinh gui"})
    assert (found.contradictions, found.filled_in) == ((), ("01-to-trinh.docx",))


def without(files, name):
    return {each: held for each, held in files.items() if each != name}


def renumbered(files):
    """A content with another quantity in it, and hashes that were made to fit."""
    content = files["08-noi-dung-danh-muc.json"].replace(b'"quantity":30', b'"quantity":90')
    assert content != files["08-noi-dung-danh-muc.json"]
    told = json.loads(files["09-ma-kiem-tra.json"])
    told["hash"] = hashlib.sha256(content).hexdigest()
    for each in told["files"]:
        if each["name"].startswith("08"):
            each["sha256"] = told["hash"]
    return files | {"08-noi-dung-danh-muc.json": content, "09-ma-kiem-tra.json": json.dumps(told).encode()}


def with_list_made_to_fit(files, **more):
    told = json.loads(files["09-ma-kiem-tra.json"])
    told["files"] = [
        {"name": name, "sha256": hashlib.sha256(held).hexdigest()} | more
        for name, held in files.items()
        if not name.startswith("09")
    ]
    return files | {"09-ma-kiem-tra.json": json.dumps(told).encode()}


def forged(name, part, old, new):
    """A dossier in which one part of a paper was changed, and the list of hashes made to fit."""

    def change(files):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            for each, held in parts(files[name]).items():
                assert each != part or old in held
                packed.writestr(each, held.replace(old, new) if each == part else held)
        return with_list_made_to_fit(files | {name: out.getvalue()})

    return change


WORD, EXCEL = "02-danh-muc-quy-doi.docx", "04-danh-muc-quy-doi.xlsx"


def of_the_word(old, new):
    return forged(WORD, "word/document.xml", old.encode(), new.encode())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (of_the_word(">30<", ">90<"), f"{WORD}, row 2: Quantity is “90”, but “30” in the content."),
        (of_the_word("Nghị quyết<", "Báo cáo<"), "Product (output) is “Báo cáo”, but “Nghị quyết” in the content."),
        (of_the_word("33,30518505", "93,30518505"), f"{WORD}: the row of totals says"),
        (forged(EXCEL, "xl/worksheets/sheet1.xml", b"<v>30</v>", b"<v>90</v>"), f"{EXCEL}, row 6: Quantity is “90”"),
        (lambda files: with_list_made_to_fit(files | {WORD: b"PK"}), f"{WORD} cannot be read"),
        (lambda files: with_list_made_to_fit(without(files, WORD)), f"{WORD} is missing"),
        (lambda files: with_list_made_to_fit(files | {"10-khac.docx": b"PK"}), "10-khac.docx was added"),
        (lambda files: with_list_made_to_fit(files, draft=True, sha256=""), f"{WORD} was changed"),
        (lambda files: files | {"04-danh-muc-quy-doi.xlsx": b"PK"}, "04-danh-muc-quy-doi.xlsx was changed"),
        (lambda files: without(files, "05-phat-hien-va-giai-trinh.docx"), "05-phat-hien-va-giai-trinh.docx is missing"),
        (lambda files: files | {"10-khac.docx": b"PK"}, "10-khac.docx was added"),
        (renumbered, "do not follow from its lines"),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_whatever_was_changed_is_named(whole, changed, said):
    found = looked(changed(parts(whole[1])))
    assert any(said in sentence for sentence in found.contradictions)


NONE = (
    {},
    {"a.json": b"{}"},
    {"a.txt": b"\xff"},
    {"a.json": b'{"content":1}'},
    {"a": b"1", "b": b"2"},
    {"a.json": b'{"dossier":1,"files":[],"content":"x"}'},
)


@pytest.mark.parametrize(
    ("sound", "hostile"),
    [
        (b'"quantity":30', b'"quantity":1e999999999'),
        (b'"quantity":30', b'"quantity":NaN'),
        (b'"standard_points":100', b'"standard_points":"1e999999999"'),
    ],
)
def test_a_number_that_would_take_all_memory_is_refused_unread(whole, sound, hostile):
    content = parts(whole[1])["08-noi-dung-danh-muc.json"]
    assert sound in content
    with pytest.raises(InputError):
        looked({"noi-dung.json": content.replace(sound, hostile)})


@pytest.mark.parametrize("files", NONE)
def test_what_is_no_dossier_is_refused_in_a_sentence(files):
    with pytest.raises(InputError):
        looked(files)
