"""A catalogue in one state, people of every role, and a database in which every write is tried and taken back."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from kpicat import services
from kpicat.access import Role, Who
from kpicat.approval import Step
from kpicat.model import Catalogue, Edit, Item, Remark
from kpicat.model import Comment as Said
from kpicat.model.approvals import Approval
from kpicat.scenario import Scenario
from kpicat.services import View, access, appraising, approving, balloting, scenarios
from kpicat.services.access.installation import new_account
from kpicat.services.access.names import folded
from kpicat.services.access.signing_in import who_of
from kpicat.store import Guarded, Store, open_store
from kpicat.store.database import Database, in_words

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)

PEOPLE = {
    "v": Role.VIEWER, "c": Role.COMMENTER, "e": Role.EDITOR, "h": Role.CHAIR, "a": Role.APPRAISER, "p": Role.APPROVER,
}  # fmt: skip
"""Letter -> role in the catalogue "xa"; o has none there, d is the administrator, m a voter, n nobody, t trusted."""
EVERYBODY = "vcehapodmnt"
ROWS = {
    "i1": {"code": "01", "task": "Tiếp công dân định kỳ", "product": "Sổ tiếp công dân", "tier": 1,
           "points": Decimal(100), "quantity": Decimal(24), "standard_unit": True, "rationale": "Lặp lại hằng tháng"},
    "i2": {"code": "02", "task": "Soạn nghị quyết chuyên đề", "product": "Nghị quyết", "tier": 3,
           "points": Decimal(150), "quantity": Decimal(2)},
    "i3": {"code": "03", "task": "Tập huấn nghiệp vụ", "product": "Lớp tập huấn", "tier": 2, "points": Decimal(120)},
}  # fmt: skip


def prepare(url: str) -> SimpleNamespace:
    """A draft that could be submitted, with people, a meeting, a scenario and a comment; what opens these."""
    store = open_store(url)
    for id, name in (("xa", "Danh mục năm 2026"), ("other", "Danh mục khác")):
        about = Catalogue(id, name, body="Đảng ủy xã", period="2026")
        store.create(about, actor="Lan", at=AT, items=[Item(item_id, row) for item_id, row in ROWS.items()])
    for letter in "vcehapod":
        account = new_account(f"Người {letter}", "", at=AT, admin=letter == "d")
        store.accounts.add(account, folded(account.name), access.Entry(AT, "", "account"))
        if letter in PEOPLE:
            access.grant(store, access.CONSOLE, "xa", account.name, PEOPLE[letter], at=AT)
        if letter == "o":
            access.grant(store, access.CONSOLE, "other", account.name, Role.CHAIR, at=AT)
    view = View(store.reading("xa"))
    waived = appraising.waive(view, view.open_findings, "Đã báo cáo", actor="Lan", at=AT)
    services.save(store, view, waived, actor="Lan", at=AT, label="decide")
    edited = store.commit("xa", [Edit("i3", "note", "", "xem lại")], actor="Lan", at=AT)
    store.commit("xa", [Remark("i1", None, Said("s1", "i1", "s1", "Xem lại", "Lan", AT))], actor="Lan", at=AT)
    kept = scenarios.begin(store, view, Scenario(tiers={"i2": 2}), name="Thử", actor="Lan", at=AT)
    there = SimpleNamespace(batch=edited.batch, scenario=kept)
    opened = store.ballots.open("xa", actor="Lan", at=AT)
    there.key, there.code, there.meeting = opened.key, opened.code, opened.meeting.id
    balloting.ask(store, view, opened.key, ["i1", "i2"], actor="Lan", at=AT)
    there.token = store.ballots.join(opened.code, "Hoa", at=AT)
    store.close()
    return there


def submit(url: str) -> None:
    """Take the step, as Lan."""
    store = open_store(url)
    assert approving.submit(store, View(store.reading("xa")), actor="Lan", at=AT).batch
    store.close()


def give_back(url: str) -> None:
    """Take the step, as Minh."""
    store = open_store(url)
    assert approving.return_(store, View(store.reading("xa")), "Làm rõ dòng 2", actor="Minh", at=AT).batch
    store.close()


def approve(url: str, number: str = "12-QĐ/ĐU") -> None:
    """Take the step, as Minh."""
    store = open_store(url)
    decision = Approval(number, DAY, DAY, "Minh")
    assert approving.approve(store, View(store.reading("xa")), decision, actor="Minh", at=AT).batch
    store.close()


def supersede(url: str) -> None:
    """Have a new version approved, so that the one before is in force no more."""
    store = open_store(url)
    assert approving.begin(store, View(store.reading("xa")), Step.BEGIN_VERSION, actor="Lan", at=AT).batch
    store.close()
    submit(url)
    approve(url, "12a-QĐ/ĐU")


STATES = {"d": ("", prepare), "s": ("d", submit), "r": ("s", give_back), "a": ("s", approve), "x": ("a", supersede)}
"""Letter -> that of the state before, and how one comes from it: draft, submitted, returned, approved, superseded."""


def all_states(folder: Path) -> tuple[dict[str, str], SimpleNamespace]:
    """Letter of each state -> the address of a database in it, and what opens what is in all of them."""
    addresses = {letter: f"sqlite:///{folder / letter}.db" for letter in STATES}
    for letter, (before, step) in STATES.items():
        if before:
            shutil.copyfile(folder / f"{before}.db", folder / f"{letter}.db")
            step(addresses[letter])
        else:
            there = prepare(addresses[letter])
    return addresses, there


class Held(Database):
    """A database of which :meth:`trying` takes back whatever was written within."""

    @contextmanager
    def trying(self):
        with self.engine.connect() as self._connection, self._connection.begin() as all_of_it:
            yield
            all_of_it.rollback()

    @contextmanager
    def write(self):
        with in_words(), self._connection.begin_nested():
            yield self._connection

    write_passing = write

    @contextmanager
    def read(self):
        with in_words():
            yield self._connection

    peek = read


class Stage:
    """The catalogue "xa" in one state, for whoever is at work."""

    def __init__(self, url: str, there: SimpleNamespace) -> None:
        self.there, self.at = there, AT
        self.database = Held(url)
        self.plain = Store(self.database)
        with self.database.trying():
            self.view = View(self.plain.reading("xa"))
            self.people = {letter: self._person(letter) for letter in EVERYBODY}

    def _person(self, letter: str) -> Who:
        if letter in "mnt":
            others = {"m": Who.voter("Hoa", self.there.meeting), "n": Who.nobody(), "t": Who.anybody("Khách")}
            return others[letter]
        account = self.plain.accounts.by_name(f"người {letter}")
        return who_of(self.plain, account)

    def as_(self, letter: str) -> SimpleNamespace:
        """What a use case is given: the guarded store, the view, and who it is."""
        who = self.people[letter]
        store = Guarded(self.plain, lambda: self._person(letter), now=lambda: AT)
        return SimpleNamespace(store=store, plain=self.plain, view=self.view, who=who, at=AT, **vars(self.there))

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
