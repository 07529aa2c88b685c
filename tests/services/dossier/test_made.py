"""A dossier of what stands, of what was approved, of what only adds; and who may take it out."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest

from kpicat import services
from kpicat.access import Forbidden, Role, Who
from kpicat.approval import Step
from kpicat.errors import InputError
from kpicat.exchange import NO_DECISION
from kpicat.model import Delete, Form
from kpicat.services import appraising, approving, balloting
from kpicat.services.dossier import dossier
from kpicat.services.dossier.gathering import Wanted, gathered
from kpicat.store import Guarded
from tests.services.dossier.filed import ROWS, cells, parts, words


def test_what_was_submitted_has_the_hash_that_its_approval_freezes(desk):
    desk.submit()
    submitted = json.loads(parts(desk.made())["09-ma-kiem-tra.json"])
    version = desk.approve()
    files = parts(desk.made(version))
    told = json.loads(files["09-ma-kiem-tra.json"])
    assert submitted["hash"] == told["hash"] == version.hash == told["version"]["hash"]
    assert hashlib.sha256(files["08-noi-dung-danh-muc.json"]).hexdigest() == version.hash
    letter, first = words(files["01-cong-van.docx"]), words(files["00-muc-luc-ho-so.docx"])
    assert (
        "Quyết định số 12-QĐ/ĐU ngày 22 tháng 11 năm 2026, có hiệu lực từ 22/11/2026 (người ký: Bí thư Mẫu)" in letter
    )
    assert "TỜ TRÌNH" not in letter and "Số ……-CV/……" in letter
    assert "bản 1, được phê duyệt theo Quyết định số 12-QĐ/ĐU" in first
    assert "Bí thư Mẫu" in words(files["02-danh-muc-quy-doi.docx"])


def test_a_supplement_says_what_it_adds_to_and_that_nothing_is_changed_yet(desk):
    desk.submit()
    desk.approve()
    desk.do(approving.begin, Step.BEGIN_SUPPLEMENT)
    files = parts(desk.made())
    letter, first = words(files["01-to-trinh.docx"]), words(files["00-muc-luc-ho-so.docx"])
    assert "Về việc phê duyệt bổ sung danh mục sản phẩm/công việc quy đổi của Đảng ủy xã Ích năm 2026" in letter
    assert "không dòng nào được thêm, bỏ hoặc sửa" in letter
    assert "Đây là bản bổ sung cho bản 1" in first and "không có gì khác bản 1" in first
    assert not any(name.startswith("07") for name in files)


def test_what_there_is_none_of_is_said_and_no_empty_file_stands_for_it(desk):
    about, rows = desk.view.catalogue, list(ROWS)
    assert about.status == "draft"
    desk.do(services.save, [Delete(item_id, desk.store.head("xa")) for item_id in rows[1:]])
    desk.do(services.save, appraising.waive(desk.view, desk.view.open_findings, "x", actor="Hoa", at=desk.at))
    desk.do(services.save, appraising.withdraw(desk.view.reading.decisions))
    files = parts(desk.made())
    told = {row[1]: row[2:] for row in cells(files["00-muc-luc-ho-so.docx"], 1)}
    assert told["Biên bản biểu quyết"] == ["không có", "kpicat không ghi nhận cuộc biểu quyết nào đã kết thúc"]
    assert told["Thay đổi so với bản trước"] == ["không có", "đây là bản đầu tiên"]
    assert [name[:2] for name in files] == ["00", "01", "02", "03", "04", "05", "08", "09"]
    first = words(files["00-muc-luc-ho-so.docx"])
    assert "dự thảo, chưa trình" in first and "Đây là bản đầu tiên" in words(files["01-to-trinh.docx"])
    with pytest.raises(InputError):
        desk.do(services.save, [Delete("i1", desk.store.head("xa"))])
        desk.made()


def test_a_meeting_that_goes_on_gives_no_minutes_yet_and_lines_without_a_number_are_counted(desk):
    desk.do(services.change_settings, {"form": Form.STATE})
    desk.store.ballots.open("xa", actor="Khanh", at=desk.at)
    files = parts(desk.made())
    letter = words(files["01-to-trinh.docx"])
    assert "1 cuộc họp biểu quyết chưa kết thúc" in letter and "06-bien-ban-bieu-quyet.docx" not in files
    assert "Trong đó 1 dòng chưa có điểm hoặc chưa có số lượng" in letter
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in letter and "ĐẢNG CỘNG SẢN" not in letter
    assert "Số: ……/TTr-……" in letter


def test_a_meeting_that_lasts_over_an_approval_gives_each_dossier_what_led_to_its_version(desk):
    later, opened = timedelta(minutes=1), desk.store.ballots.open("xa", actor="Khanh", at=desk.at)

    def ask_and_vote(item_id):
        balloting.ask(desk.store, desk.view, opened.key, [item_id], actor="Khanh", at=desk.at)
        asked = desk.store.ballots.board(opened.meeting.id).questions[-1]
        balloting.vote(desk.store, desk.view.guidance, token, asked, 2, reason="", at=desk.at)
        desk.store.ballots.reveal(opened.key, {asked.id: 1})

    token = balloting.join(desk.store, balloting.Tries(), opened.code, "Ủy viên", address="họp", at=desk.at)
    ask_and_vote("i1")
    desk.submit()
    version = desk.approve()
    desk.do(approving.begin, Step.BEGIN_VERSION)
    ask_and_vote("i3")
    desk.store.ballots.end(opened.meeting.id, at=desk.at + later)
    made = [
        gathered(desk.store, desk.view, Wanted(of, NO_DECISION, "", "Lan", desk.at)).voted for of in (version, None)
    ]
    said = [[question.item_id for _board, minutes in voted for question, _tallies in minutes.asked] for voted in made]
    assert said == [["i1"], ["i3"]]


def test_whoever_reads_the_catalogue_may_take_it_out_and_nobody_else(whole, no_pdf):
    desk, _content = whole

    def made_by(**roles):
        guarded = Guarded(desk.store, lambda: Who("Thu", account="thu", roles=roles), now=lambda: desk.at)
        return dossier(guarded, desk.view, by="Thu", at=desk.at)

    assert "06-bien-ban-bieu-quyet.docx" in parts(made_by(xa=Role.VIEWER))
    with pytest.raises(Forbidden):
        made_by(khac=Role.CHAIR)
