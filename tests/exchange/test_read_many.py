"""Many units' files at once: each read or refused for itself, none losing the others."""

import io
import struct
import unicodedata
import zipfile
import zlib

import pytest

from kpicat import guidance
from kpicat.exchange import Pointed
from kpicat.exchange import read_many as module
from kpicat.exchange.read_many import Sent, read_many
from tests.exchange.other_formats import ods, ods_table, xls, zipped

SCALE = guidance.get("phu_luc_3")
ROWS = [["Mã CV", "Nhiệm vụ", "Sản phẩm"], ["VP.01", "Họp", "Biên bản"], ["VP.02", "Trực", "Sổ"]]
GOOD, OTHER = xls({"DM": ROWS}), ods(ods_table(ROWS[:2]))


def sent(**files):
    return [Sent(name, lambda content=content: content) for name, content in files.items()]


def from_zip(parts):
    return read_many(sent(**{"cac-don-vi.zip": zipped(parts)}), SCALE)


def test_each_file_is_read_or_refused_for_itself():
    many = from_zip(
        {"b.xls": GOOD, "a.ods": OTHER, "hong.xlsx": b"PK\x03\x04xl/", "anh.png": b"\x89PNG\r\n", "trong.csv": b""}
    )
    read = {file.name: len(file.read.items) for file in many.files if file.read}
    refused = {file.name: str(file.refused) for file in many.files if file.refused}
    assert read == {"a.ods": 1, "b.xls": 2}
    assert refused.keys() == {"hong.xlsx", "anh.png", "trong.csv"}
    assert all(name in sentence for name, sentence in refused.items())


def test_files_come_in_the_order_people_count_in():
    many = from_zip({"10. Kinh tế.xls": GOOD, "2. Văn phòng.xls": GOOD, "1. Tổ chức.xls": GOOD})
    assert [file.name[:2] for file in many.files] == ["1.", "2.", "10"]


def test_what_a_computer_keeps_for_itself_is_left_out_and_said():
    junk = ["__MACOSX/a.xls", "~$a.xls", ".DS_Store", "Thumbs.db", "phong/.~lock.a.ods#", "desktop.ini"]
    many = from_zip({"a.xls": GOOD} | dict.fromkeys(junk, b"x"))
    assert [file.name for file in many.files] == ["a.xls"]
    assert {left.text for left in many.left_out} == set(junk)


def test_a_zip_of_nothing_is_refused_and_named():
    (file,) = from_zip({}).files
    assert "cac-don-vi.zip" in str(file.refused)
    assert "không có nội dung" in str(file.refused)


def test_a_zip_within_a_zip_is_refused_and_named():
    many = from_zip({"a.xls": GOOD, "trong.zip": zipped({"b.xls": GOOD})})
    assert [bool(file.read) for file in many.files] == [True, False]
    assert "trong.zip" in str(many.files[1].refused)


def test_a_zip_under_another_name_and_several_of_them_are_opened():
    files = {"a.dat": zipped({"dm.xls": GOOD}), "b.zip": zipped({"dm.xls": OTHER}), "c.xls": GOOD}
    many = read_many(sent(**files), SCALE)
    assert [(file.name, len(file.read.items)) for file in many.files] == [
        ("c.xls", 2),
        ("dm.xls", 2),
        ("dm.xls (2)", 1),
    ]


def test_names_that_lead_out_of_the_folder_are_only_names():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as out:
        for name in ("../../etc/a.xls", "/b.xls", "C:\\x\\c.xls", "d/../e.xls"):
            out.writestr(name, GOOD)
    many = read_many(sent(**{"a.zip": content.getvalue()}), SCALE)
    assert {file.name for file in many.files} == {"etc/a.xls", "b.xls", "x/c.xls", "d/e.xls"}
    assert all(item.source.file == found.report.file for found in many.reads for item in found.items)


NAME = "Phòng Kinh tế.xls"


def test_names_are_shown_as_they_were_typed_whatever_the_code_page():
    marks = unicodedata.normalize("NFD", NAME)
    spelled = "".join(mark for mark in marks).encode("cp1258", errors="ignore")
    raws = {
        "utf-8": NAME.encode(),
        "cp437": "Bézier.xls".encode("cp437"),
        "cp1258": b"Ph\xf2ng".replace(b"\xf2", b"o\xcc"),
    }
    shown = {}
    for encoding, raw in raws.items():
        info = zipfile.ZipInfo(raw.decode("cp437"))
        shown[encoding] = module.member_name(info)
    assert shown == {"utf-8": NAME, "cp437": "Bézier.xls", "cp1258": "Phòng"}
    assert spelled


def test_a_name_that_stands_in_a_field_of_its_own_is_taken_while_it_is_this_files():
    info = zipfile.ZipInfo("Ph?ng.xls")
    said = b"\x01" + struct.pack("<I", zlib.crc32(b"Ph?ng.xls")) + NAME.encode()
    info.extra = struct.pack("<HH", 0x7075, len(said)) + said
    assert module.member_name(info) == NAME
    info.orig_filename = "khac.xls"
    assert module.member_name(info) == "khac.xls"


def test_no_more_files_and_bytes_are_read_than_are_for_memory(monkeypatch):
    monkeypatch.setattr(module, "MOST_FILES", 2)
    many = from_zip({f"{n}.xls": GOOD for n in range(4)})
    assert [bool(file.read) for file in many.files] == [True, True, False, False]
    monkeypatch.setattr(module, "MOST_FILES", 9)
    monkeypatch.setattr(module, "MOST_BYTES", len(GOOD) + 1)
    assert [bool(file.read) for file in from_zip({f"{n}.xls": GOOD for n in range(4)}).files] == [
        True,
        True,
        False,
        False,
    ]


def test_a_password_or_a_bomb_is_said_of_the_zip_and_other_files_are_read():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("a.csv", bytes(50_000_000))
    many = read_many(sent(**{"bom.zip": bomb.getvalue(), "a.xls": GOOD}), SCALE)
    assert {file.name: bool(file.read) for file in many.files} == {"bom.zip": False, "a.xls": True}


def test_a_file_whose_header_must_be_pointed_at_is_read_when_it_has_been():
    rows = zipped({"a.csv": "x,y\nHọp,Biên bản\n".encode()})
    many = read_many(sent(**{"a.zip": rows}), SCALE)
    assert many.files[0].refused.previews == {"a": [["x", "y"], ["Họp", "Biên bản"]]}
    pointed = {"a.csv": {"a": Pointed(1, {0: "task", 1: "product"})}}
    assert len(read_many(sent(**{"a.zip": rows}), SCALE, pointed=pointed).reads[0].items) == 1


def test_together_they_are_one_reading_in_which_each_line_knows_its_file():
    read = from_zip({"b.xls": GOOD, "a.ods": OTHER}).together("cac-don-vi.zip")
    assert [item.id for item in read.items] == ["1", "2", "3"]
    assert [item.source.file for item in read.items] == ["a.ods", "b.xls", "b.xls"]
    assert len(read.report.tables) == 2


def test_progress_goes_from_nothing_to_all():
    heard = []
    read_many(sent(a=GOOD, b=GOOD), SCALE, progress=lambda share, doing: heard.append(share))
    assert heard == sorted(heard)
    assert (heard[0], heard[-1]) == (0.0, 1.0)


def test_what_throws_at_progress_ends_the_reading_also_within_a_file():
    class Enough(BaseException):
        pass

    def once_within_the_second(share, doing):
        if share > 0.5:
            raise Enough

    with pytest.raises(Enough):
        read_many(sent(a=GOOD, b=GOOD), SCALE, progress=once_within_the_second)


def test_a_file_that_is_known_is_not_read_again():
    before = read_many(sent(a=GOOD, b=OTHER), SCALE)
    files = [Sent("b", lambda: GOOD), Sent("c", lambda: OTHER)]
    many = read_many(files, SCALE, known={"b": before.files[1]})
    assert [(file.name, len(file.read.items)) for file in many.files] == [("b", 1), ("c", 1)]


@pytest.mark.parametrize("content", [b"", zipped({})])
def test_nothing_in_it_is_no_file(content):
    assert not read_many(sent(**{"a.zip": content}), SCALE).reads
