"""A catalogue of which dossiers are made, and what is read in one."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from decimal import Decimal

import docx
from docx.oxml.ns import qn

from kpicat import services
from kpicat.approval import Step
from kpicat.model import Add, Delete, Edit, Item
from kpicat.services import approving, balloting
from kpicat.services.dossier import dossier
from tests.services.desk import Desk

ROWS = {
    "i1": {"code": "01", "task": "Tiếp công dân định kỳ", "product": "Sổ tiếp công dân", "tier": 1,
           "points": Decimal(100), "quantity": Decimal(24), "standard_unit": True},
    "i2": {"code": "02", "task": "=2+5 <w:p> {{ 7*7 }}", "product": "Nghị quyết", "tier": 3,
           "points": Decimal(150), "quantity": Decimal("2.1234567")},
    "i3": {"code": "03", "task": "Tập huấn nghiệp vụ", "product": "Lớp tập huấn", "tier": 2, "points": Decimal(120)},
}  # fmt: skip


class Filing(Desk):
    """The catalogue "xa", and the dossier of it as it stands or of a version; a minute goes by with each gesture."""

    def __init__(self, store, at):
        super().__init__(store, at, ROWS, "Đảng ủy xã Ích")

    def do(self, gesture, *args, **options):
        self.at += timedelta(minutes=1)
        return super().do(gesture, *args, **options)

    def submit(self):
        self.waive([each for each in self.view.open_findings if each.level.value == "error"], by="Hoa")
        return super().submit()

    def approve(self):
        super().approve(by="Bí thư Mẫu")
        return self.versions()[-1]

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


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def words(content):
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def cells(content, n):
    return [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(content)).tables[n].rows]
