"""A dossier that is brought in gives each line once, and no paper beside is taken for a catalogue."""

from __future__ import annotations

import io
import zipfile

import pytest

from kpicat.errors import NeedsPointing
from kpicat.exchange import read
from kpicat.exchange.read_many import Sent, read_many
from kpicat.guidance import get
from tests.services.dossier.filed import parts


def test_brought_in_it_gives_each_line_once_and_no_paper_beside_is_taken_for_a_catalogue(whole):
    scale = get("phu_luc_3")
    many = read_many([Sent("ho-so.zip", lambda: whole[1])], scale)
    ((workbook, found),) = [(file.name, file.read) for file in many.files]
    assert (workbook, [item["code"] for item in found.items]) == ("04-danh-muc-quy-doi.xlsx", ["01", "02", "04"])
    assert len(many.left_out) == 9
    for name, held in parts(whole[1]).items():
        if name.endswith(".docx") and not name.startswith("02"):
            with pytest.raises(NeedsPointing):
                read(held, name, scale)


def test_dossiers_that_were_unpacked_to_folders_of_one_zip_lose_no_unit_and_no_file_beside_them():
    own = "Nhiệm vụ,Sản phẩm,Số lượng\nSoạn báo cáo,Báo cáo,12\n".encode()  # what it is, its content says
    beside = {
        "xa-an/06-bien-ban-bieu-quyet-2.docx": b"",
        "xa-an/them.xlsx": own,
        "xa-binh/08-noi-dung-danh-muc.json": b"",
    }
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as packed:
        for unit in ("xa-an", "xa-binh"):
            packed.writestr(f"{unit}/04-danh-muc-quy-doi.xlsx", own)
            packed.writestr(f"{unit}/09-ma-kiem-tra.json", b"{}")
        packed.writestr("xa-cat/04-danh-muc-quy-doi.xlsx", own)
        packed.writestr("xa-dung.xlsx", own)
        for name, held in beside.items():
            packed.writestr(name, held)
    many = read_many([Sent("tinh.zip", zipped.getvalue)], get("phu_luc_3"))
    assert {file.name for file in many.files if file.read} == {
        "xa-an/04-danh-muc-quy-doi.xlsx", "xa-binh/04-danh-muc-quy-doi.xlsx", "xa-cat/04-danh-muc-quy-doi.xlsx",
        "xa-an/them.xlsx", "xa-dung.xlsx",
    }  # fmt: skip
    assert {left.text for left in many.left_out} == {
        "xa-an/06-bien-ban-bieu-quyet-2.docx", "xa-an/09-ma-kiem-tra.json",
        "xa-binh/08-noi-dung-danh-muc.json", "xa-binh/09-ma-kiem-tra.json",
    }  # fmt: skip
