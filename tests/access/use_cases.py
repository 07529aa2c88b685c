"""What people do, one function each, and who may do it in which state; written by hand from what is promised.

Each line: letters of who may (:mod:`tests.access.stage`), letters of the states in which it is then done
(d draft, s submitted, r returned, a approved, x approved anew, so that the version before is superseded), and the
function. Everybody else is refused.
"""

from __future__ import annotations

from kpicat import services
from kpicat.access import Role
from kpicat.approval import Step
from kpicat.model import Add, Decide, Decision, Edit, Item, Remark, Ruling
from kpicat.model import Comment as Said
from kpicat.model.approvals import Approval
from kpicat.scenario import Scenario
from kpicat.services import access, approving, balloting, bulk, capacity, commenting, publishing, removing, scenarios
from tests.access.stage import DAY

MEMBERS = "vcehapt"  # whoever has a role, or is trusted
OPEN = "dr"
APPROVED = "ax"
ALWAYS = "drsax"


def commit(my, *writes, label="edit"):
    return my.store.commit("xa", list(writes), actor="somebody else", at=my.at, label=label)


def step(my, gesture, *args):
    return gesture(my.store, my.view, *args, actor=my.who.name, at=my.at)


def ruling(my, verdict):
    other = "" if verdict is Ruling.WAIVED else "i2"
    new = Decision("i1", "k", "near-duplicate", verdict, "Vì hai việc", my.who.name, my.at, other)
    return commit(my, Decide("i1", "k", None, new), label="decide")


def carry_out(my, proposal):
    return my.store.commit("xa", proposal.writes, actor="x", at=my.at, label="move", whole=True)


def remark(my, item_id="i1"):
    return commit(my, Remark(item_id, None, Said("s2", item_id, "s2", "Đồng ý", my.who.name, my.at)), label="comment")


def vote(my):
    token = my.store.ballots.join(my.code, f"{my.who.name} có mã", at=my.at)
    meeting, _voter = my.store.ballots.seat(token)
    question = my.plain.ballots.board(meeting.id).questions[0]
    balloting.vote(my.store, my.view.guidance, token, question, 2, reason="", at=my.at)
    assert [ballot.tier for ballot in my.store.ballots.own(token)] == [2]


def take_off(my):
    return removing.remove(my.store, my.view.catalogue, actor="x", at=my.at)


def superseded(my):
    first = my.store.approvals.of("xa")[:-1][0]
    assert approving.view_of(my.store, first).catalogue.name == "Danh mục năm 2026"


def new_meeting(my):
    my.plain.ballots.end(my.meeting, at=my.at)
    my.store.ballots.open("xa", actor="x", at=my.at)


def new_catalogue(my):
    about = my.view.catalogue
    made = services.start(
        my.store, name="Mới", body="", period="", form=about.form, edition=about.guidance, actor="x", at=my.at
    )
    if my.who.account:
        assert my.plain.accounts.roles(my.who.account)[made.id] is Role.CHAIR


def next_year(my):
    """As pages do it: the role that a new catalogue gives holds within the gesture."""
    approving.version_in_force(my.store, "xa", DAY)
    about = approving.view_of(my.store, my.store.approvals.of("xa")[-1]).catalogue
    assert about.name == "Danh mục năm 2026"


USE_CASES = {
    # reading
    "open it": (MEMBERS, ALWAYS, lambda my: my.store.reading("xa")),
    "look at its history": (MEMBERS, ALWAYS, lambda my: services.batches(my.store, my.view)),
    "look at what became of a line": (MEMBERS, ALWAYS, lambda my: services.changes_of_item(my.store, my.view, "i1")),
    "hear that it moved": (MEMBERS, ALWAYS, lambda my: my.store.standing("xa")),
    "look at its scenarios": (MEMBERS, ALWAYS, lambda my: scenarios.saved(my.store, my.view)),
    "look at its versions": (MEMBERS, ALWAYS, lambda my: approving.versions(my.store, "xa")),
    "read what was approved": (MEMBERS, APPROVED, next_year),
    "read what was superseded": (MEMBERS, "x", superseded),
    "know a comment as read": (
        MEMBERS, ALWAYS, lambda my: commenting.mark_read(my.store, my.view, my.who.name, ["s1"])),
    "see who are members": ("vcehapdt", ALWAYS, lambda my: access.members(my.plain, my.who, "xa")),
    "take it out as a file": (MEMBERS, ALWAYS, lambda my: access.exported(my.plain, my.who, "xa", "a.xlsx", at=my.at)),
    # saying
    "comment": ("cehapt", ALWAYS, remark),
    # preparing
    "type a cell": ("eht", OPEN, lambda my: commit(my, Edit("i3", "note", "xem lại", "xong"))),
    "add a line": ("eht", OPEN, lambda my: commit(my, Add(Item("i4", {"task": "Việc mới"})))),
    "bring in a line with its tier": ("eht", OPEN, lambda my: commit(my, Add(Item("i5", {"task": "Việc", "tier": 1})))),
    "delete a line": ("eht", OPEN, lambda my: commit(my, *services.delete(my.view, ["i3"]))),
    "move a line": ("eht", OPEN, lambda my: carry_out(my, bulk.move(my.view, ["i3"], bulk.Where.TOP))),
    "give a tier": ("eht", OPEN, lambda my: commit(my, *services.cell_edits(my.view, "i2", "tier", 2))),
    "say what people can carry": (
        "eht", OPEN, lambda my: step(my, capacity.say, [capacity.Wanted("a_month", "20")])),
    "take a gesture back": ("eht", OPEN, lambda my: my.store.undo("xa", my.batch, actor="x", at=my.at)),
    "say that two lines are two works": ("ehat", OPEN, lambda my: ruling(my, Ruling.DIFFERENT)),
    "keep a scenario": (
        "ehat", ALWAYS, lambda my: step(my, lambda store, view, **by: scenarios.begin(
            store, view, Scenario(tiers={"i1": 2}), name="Khác", **by))),
    "throw a scenario away": ("ehat", ALWAYS, lambda my: scenarios.remove(my.store, my.scenario)),
    # answering for it
    "let a finding stand": ("hat", OPEN, lambda my: ruling(my, Ruling.WAIVED)),
    "change its name": ("ht", OPEN, lambda my: services.change_settings(
        my.store, my.view, {"name": "Tên khác"}, actor="x", at=my.at)),
    "hold a ballot": ("ht", ALWAYS, new_meeting),
    "put a line to the vote": ("ht", ALWAYS, lambda my: step(my, lambda store, view, **by: balloting.ask(
        store, view, my.key, ["i3"], **by))),
    "end the meeting": ("ht", ALWAYS, lambda my: my.store.ballots.end(my.meeting, at=my.at)),
    "take it off the shelf": ("ht", ALWAYS, take_off),
    "submit it": ("ht", OPEN, lambda my: step(my, approving.submit)),
    "begin a supplement": ("ht", APPROVED, lambda my: step(my, approving.begin, Step.BEGIN_SUPPLEMENT)),
    "begin a new version": ("ht", APPROVED, lambda my: step(my, approving.begin, Step.BEGIN_VERSION)),
    # the authority
    "return it": ("apt", "s", lambda my: step(my, approving.return_, "Làm rõ dòng 2")),
    "approve it": ("pt", "s", lambda my: step(my, approving.approve, Approval("13-QĐ/ĐU", DAY, DAY, "Minh"))),
    # meetings
    "follow the meeting": ("vcehapmt", ALWAYS, lambda my: my.store.ballots.board(my.meeting)),
    "vote with the code": ("vcehapodmnt", ALWAYS, vote),
    # members
    "make somebody a viewer": ("hdt", ALWAYS, lambda my: access.grant(
        my.plain, my.who, "xa", "Người o", Role.VIEWER, at=my.at)),
    "make somebody the approver": ("pdt", ALWAYS, lambda my: access.grant(
        my.plain, my.who, "xa", "Người o", Role.APPROVER, at=my.at)),
    "make the appraiser a viewer": ("dt", ALWAYS, lambda my: access.grant(
        my.plain, my.who, "xa", "Người a", Role.VIEWER, at=my.at)),
    "take the editor's role away": ("hdt", ALWAYS, lambda my: access.revoke(
        my.plain, my.who, "xa", "Người e", at=my.at)),
    "take the appraiser's role away": ("pdt", ALWAYS, lambda my: access.revoke(
        my.plain, my.who, "xa", "Người a", at=my.at)),
    "invite an editor": ("hd", ALWAYS, lambda my: access.invite(my.plain, my.who, {"xa": Role.EDITOR}, at=my.at)),
    "invite an approver": ("pd", ALWAYS, lambda my: access.invite(my.plain, my.who, {"xa": Role.APPROVER}, at=my.at)),
    "invite to an account": ("d", ALWAYS, lambda my: access.invite(my.plain, my.who, {}, at=my.at)),
    "read its audit log": ("hdt", ALWAYS, lambda my: access.audit(my.plain, my.who, "xa")),
    # the installation
    "begin a catalogue": ("vcehapodt", ALWAYS, new_catalogue),
    "have a file's columns remembered": ("vcehapodt", ALWAYS, lambda my: my.store.remember("columns", "{}")),
    "read the whole audit log": ("d", ALWAYS, lambda my: access.audit(my.plain, my.who)),
    "see all accounts": ("d", ALWAYS, lambda my: access.accounts(my.plain, my.who)),
    "make a token": ("d", ALWAYS, lambda my: publishing.make_token(my.plain, my.who, "KPI", at=my.at)),
    "disable an account": ("d", ALWAYS, lambda my: access.set_disabled(my.plain, my.who, "Người v", True, at=my.at)),
}  # fmt: skip
