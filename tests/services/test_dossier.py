"""The dossier: every part opens and says the same numbers, what is missing is said, nothing changed goes unnoticed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn

from kpicat import services
from kpicat.access import Forbidden, Role, Who
from kpicat.approval import Step
from kpicat.errors import InputError, NeedsPointing
from kpicat.exchange import NO_DECISION, read
from kpicat.exchange.dossier import verified
from kpicat.exchange.forms import pdf
from kpicat.exchange.forms.decision import Decision
from kpicat.exchange.forms.numerals import number
from kpicat.exchange.read_many import Sent, read_many
from kpicat.guidance import get
from kpicat.model import Add, Catalogue, Delete, Edit, Form, Item
from kpicat.model.approvals import Approval
from kpicat.services import View, appraising, approving, balloting
from kpicat.services.dossier import approved_as, dossier, dossier_name
from kpicat.services.dossier.gathering import Wanted, gathered
from kpicat.store import Guarded, open_store
from tests.conftest import AT

DAY = date(2026, 11, 22)
ROWS = {
    "i1": {"code": "01", "task": "Tiếp công dân định kỳ", "product": "Sổ tiếp công dân", "tier": 1,
           "points": Decimal(100), "quantity": Decimal(24), "standard_unit": True},
    "i2": {"code": "02", "task": "=2+5 <w:p> {{ 7*7 }}", "product": "Nghị quyết", "tier": 3,
           "points": Decimal(150), "quantity": Decimal("2.1234567")},
    "i3": {"code": "03", "task": "Tập huấn nghiệp vụ", "product": "Lớp tập huấn", "tier": 2, "points": Decimal(120)},
}  # fmt: skip


class Desk:
    """The catalogue "xa", and the dossier of it as it stands or of a version."""

    def __init__(self, store, at):
        self.store, self.at = store, at
        about = Catalogue("xa", "Danh mục năm 2026", body="Đảng ủy xã Ích", period="2026")
        store.create(about, actor="Lan", at=at, items=[Item(item_id, row) for item_id, row in ROWS.items()])

    @property
    def view(self):
        return View(self.store.reading("xa"))

    def do(self, gesture, *args, **options):
        self.at += timedelta(minutes=1)
        return gesture(self.store, self.view, *args, actor="Lan", at=self.at, **options)

    def submit(self):
        errors = [each for each in self.view.open_findings if each.level.value == "error"]
        self.do(
            services.save, appraising.waive(self.view, errors, "Đã báo cáo", actor="Hoa", at=self.at), label="decide"
        )
        self.do(approving.submit)

    def approve(self, n):
        self.do(approving.approve, Approval(f"{n}-QĐ/ĐU", DAY, DAY, "Bí thư Mẫu"))
        return approving.versions(self.store, "xa")[-1]

    def vote(self):
        opened = self.store.ballots.open("xa", actor="Khanh", at=self.at)
        balloting.ask(self.store, self.view, opened.key, ["i2"], actor="Khanh", at=self.at)
        (asked,) = self.store.ballots.board(opened.meeting.id).questions
        token = balloting.join(self.store, balloting.Tries(), opened.code, "Ủy viên", address="họp", at=self.at)
        balloting.vote(self.store, self.view.guidance, token, asked, 2, reason="", at=self.at)
        self.store.ballots.reveal(opened.key, {asked.id: 1})
        self.store.ballots.end(opened.meeting.id, at=self.at)

    def change(self):
        self.do(approving.begin, Step.BEGIN_VERSION)
        edits = [Edit("i1", "quantity", Decimal(24), Decimal(30)), Edit("i1", "deadline", "", "Ngày 5 hằng tháng")]
        new = Add(Item("i4", {"code": "04", "task": "@Họp giao ban", "tier": 2, "points": Decimal(120),
                              "quantity": Decimal("0.1")}))  # fmt: skip
        self.do(services.save, [*edits, new, Delete("i3", self.store.head("xa"))])

    def made(self, version=None, **options):
        view = approving.view_of(self.store, version) if version else self.view
        return dossier(self.store, view, version, by="Lan", at=self.at, **options)


@pytest.fixture
def no_pdf(monkeypatch):
    """Without the program that lays it out; the one of "whole" is read."""
    monkeypatch.setattr(pdf, "compiled", lambda *_args, **_more: b"%PDF-")


@pytest.fixture
def desk(store, at, no_pdf):
    return Desk(store, at)


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def words(content):
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def cells(content, n):
    return [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(content)).tables[n].rows]


@pytest.fixture(scope="module")
def whole(tmp_path_factory, blank):
    """The second version as it was submitted: voted on, changed since the first, with findings let stand."""
    file = tmp_path_factory.mktemp("dossier") / "kpicat.db"
    file.write_bytes(blank)
    store = open_store(f"sqlite:///{file}")
    desk = Desk(store, AT)
    desk.submit()
    desk.approve(12)
    desk.change()
    desk.vote()
    desk.submit()
    yield desk, desk.made(to="Ban Thường vụ <b>", head=Decision(place="Ích", office="Bí thư"))
    store.close()


def test_its_files_are_ordered_and_named_so_that_every_program_shows_them(whole):
    names = list(parts(whole[1]))
    assert names == sorted(names) == [
        "00-muc-luc-ho-so.docx", "01-to-trinh.docx", "02-danh-muc-quy-doi.docx", "03-danh-muc-quy-doi.pdf",
        "04-danh-muc-quy-doi.xlsx", "05-phat-hien-va-giai-trinh.docx", "06-bien-ban-bieu-quyet.docx",
        "07-thay-doi-so-voi-ban-truoc.docx", "08-noi-dung-danh-muc.json", "09-ma-kiem-tra.json",
    ]  # fmt: skip
    desk, _content = whole
    assert dossier_name(desk.view) == "ho-so-trinh-danh-muc-nam-2026-2026.zip"


def test_every_total_is_the_one_of_the_workbook_to_the_last_digit(whole):
    desk, content = whole
    files = parts(content)
    book = openpyxl.load_workbook(io.BytesIO(files["04-danh-muc-quy-doi.xlsx"]), data_only=True)
    (total,) = [Decimal(str(row[4])) for row in book["Theo mức"].iter_rows(values_only=True) if row[0] == "Tổng cộng"]
    assert total == desk.view.figures.converted_total == Decimal("33.30518505")
    written = number(total)
    content_of = json.loads(files["08-noi-dung-danh-muc.json"], parse_float=Decimal, parse_int=Decimal)
    assert sum(each["converted"].get("converted_quantity", 0) for each in content_of["items"]) == total
    told = json.loads(files["09-ma-kiem-tra.json"])
    assert (Decimal(told["converted_total"]), told["items"]) == (total, 3)
    pdf = pypdfium2.PdfDocument(files["03-danh-muc-quy-doi.pdf"])
    assert written in "".join(page.get_textpage().get_text_bounded() for page in pdf)
    for name in ("00-muc-luc-ho-so", "01-to-trinh", "02-danh-muc-quy-doi", "07-thay-doi-so-voi-ban-truoc"):
        assert written in words(files[f"{name}.docx"]), name
    tiers = next(rows for rows in (cells(files["01-to-trinh.docx"], n) for n in range(3)) if rows[0][0] == "Mức")
    assert tiers[-1][-2:] == ["3", written]


def test_nothing_that_people_typed_is_a_formula_or_markup(whole):
    files = parts(whole[1])
    book = openpyxl.load_workbook(io.BytesIO(files["04-danh-muc-quy-doi.xlsx"]))
    typed = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "2+5" in str(cell.value)]
    assert typed and not [cell for cell in typed if cell.data_type == "f"]
    for name in ("02-danh-muc-quy-doi", "05-phat-hien-va-giai-trinh", "06-bien-ban-bieu-quyet"):
        assert "=2+5 <w:p> {{ 7*7 }}" in words(files[f"{name}.docx"]), name
    assert "Kính gửi: Ban Thường vụ <b>" in words(files["01-to-trinh.docx"])


def test_the_letter_says_what_is_known_and_dots_what_is_not(whole):
    letter = words(parts(whole[1])["01-to-trinh.docx"])
    for said in ("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY XÃ ÍCH", "Số ……-TTr/……", "Ích, ngày … tháng … năm ……", "TỜ TRÌNH",
                 "Căn cứ Phụ lục 3: gợi ý", "Căn cứ …………;", "PL3 §2 bước 3", "BÍ THƯ",
                 "So với bản 1 (Quyết định số 12-QĐ/ĐU ngày 22 tháng 11 năm 2026): thêm 1 dòng, bỏ 1 dòng, sửa 1 dòng",
                 "1 cuộc họp, 1 nội dung được biểu quyết"):  # fmt: skip
        assert said in letter, said
    assert "CỘNG HÒA" not in letter and "{" not in letter.replace("{{ 7*7 }}", "") and "None" not in letter


def test_the_list_of_contents_says_where_it_stands_and_how_to_check_it(whole):
    files = parts(whole[1])
    first = words(files["00-muc-luc-ho-so.docx"])
    assert "đã trình phê duyệt lúc" in first and "người trình: Lan" in first
    hashed = hashlib.sha256(files["08-noi-dung-danh-muc.json"]).hexdigest()
    assert hashed in first and hashed in words(files["01-to-trinh.docx"])
    assert "certutil -hashfile 08-noi-dung-danh-muc.json SHA256" in first
    assert all(name in first for name in files)


def test_each_change_since_the_last_version_is_said_cell_by_cell(whole):
    rows = cells(parts(whole[1])["07-thay-doi-so-voi-ban-truoc.docx"], 1)
    told = {row[1]: row[3:] for row in rows[1:4]}
    assert told["01"] == [
        "sửa", "Thời hạn hoàn thành: – → Ngày 5 hằng tháng\nSố lượng: 24 → 30", "24", "30", "+6",
    ]  # fmt: skip
    assert (told["04"][0], told["04"][2:]) == ("thêm", ["", "0,12", "+0,12"])
    assert (told["03"][0], told["03"][2:]) == ("bỏ", ["", "", "0"])
    assert rows[4][5:] == ["27,18518505", "33,30518505", "+6,12"]


def test_findings_are_told_with_the_reasons_for_letting_them_stand(whole):
    desk, content = whole
    files = parts(content)
    told = words(files["05-phat-hien-va-giai-trinh.docx"])
    assert told.count("Đã báo cáo") == len(appraising.settled(desk.view)) > 0 and "Hoa" in told
    assert "còn 0 phát hiện phải sửa" in told
    assert "Ủy viên" in words(files["06-bien-ban-bieu-quyet.docx"])


def test_the_same_state_and_moment_make_the_same_bytes(whole):
    desk, content = whole
    assert desk.made(to="Ban Thường vụ <b>", head=Decision(place="Ích", office="Bí thư")) == content


def test_what_was_submitted_has_the_hash_that_its_approval_freezes(desk):
    desk.submit()
    submitted = json.loads(parts(desk.made())["09-ma-kiem-tra.json"])
    version = desk.approve(12)
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
    desk.approve(12)
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
    version = desk.approve(12)
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


# -- looking at one again --------------------------------------------------------


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
