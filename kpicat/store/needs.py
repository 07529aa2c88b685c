"""What each public method of the store needs: the act it is, on which catalogue; a test says that none is missing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kpicat.access import Act, Who
from kpicat.approval import Step
from kpicat.model import CATALOGUE, Add, Decide, Edit, Remark, Ruling, Write
from kpicat.store.deciding import only_asks

Said = Mapping[str, Any]
"""A call's arguments by name."""


class Caller(Protocol):
    """What a rule may ask of whoever calls."""

    @property
    def who(self) -> Who:
        """Who is at work, as of this call."""

    def anew(self) -> Caller:
        """The same, with what the call itself has given them."""

    def require(self, act: Act, catalogue_id: str | None) -> None:
        """See that they may."""

    def may(self, act: Act, catalogue_id: str) -> bool:
        """Whether they may."""

    def meeting(self, meeting_id: str) -> None:
        """See that they may follow a meeting."""

    def chairs(self, *, key: str = "", meeting_id: str = "") -> None:
        """See that they may hold a ballot on the catalogue of a meeting; a key or an id of none passes."""

    def keeps(self, scenario_id: str) -> None:
        """See that they may keep scenarios of the catalogue to which one belongs; an id of none passes."""

    def speaks(self, catalogue_id: str, writes: Sequence[Write], undoes: str | None) -> None:
        """See that what is said and decided is in their own name."""

    def own(self) -> None:
        """Refuse: kpicat itself does this, and no person."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a method needs.

    Attributes:
        before: Asked before it is done, with the arguments.
        after: What of its answer is handed out, or a refusal.
        noted: The act that is noted as refused where the method itself says that somebody has not the right.
    """

    before: Callable[[Caller, Said], None] | None = None
    after: Callable[[Caller, Any], Any] | None = None
    noted: Act | None = None


def _on(act: Act, name: str) -> Needs:
    return Needs(lambda caller, said: caller.require(act, said[name]))


def _result(act: Act, attribute: str) -> Callable[[Caller, Any], Any]:
    def after(caller: Caller, answer: Any) -> Any:
        if answer is not None:
            caller.require(act, getattr(answer, attribute))
        return answer

    return after


def _created(caller: Caller, catalogue: Any) -> Any:
    caller.anew().require(Act.READ, catalogue.id)  # it may be another's, that was there already
    return catalogue


def _own_comments(caller: Caller, said: Said) -> None:
    caller.require(Act.READ, said["id"])
    if _folded(said["person"]) != _folded(caller.who.name):
        caller.own()


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _commit(caller: Caller, said: Said) -> None:
    for act in acts_of(said["writes"]):
        caller.require(act, said["id"])
    caller.speaks(said["id"], said["writes"], said.get("undoes"))


def _take(caller: Caller, said: Said) -> None:
    caller.require(STEPS[said["step"]], said["catalogue_id"])


def _put_scenario(caller: Caller, said: Said) -> None:
    wanted = said["wanted"]
    caller.require(Act.TRY, wanted.catalogue_id)
    caller.keeps(wanted.id)  # which may be one of another catalogue
    if {wanted.by, wanted.author if wanted.version == 1 else wanted.by} != {caller.who.name}:
        caller.own()


def _chaired(caller: Caller, meeting: Any) -> Any:
    return meeting if meeting is not None and caller.may(Act.OPEN_BALLOT, meeting.catalogue_id) else None


_WITH_ACCOUNT = Needs(lambda caller, said: caller.require(Act.CREATE, None))
_READ = _on(Act.READ, "id")
_READ_OF = _on(Act.READ, "catalogue_id")
OWN = Needs(lambda caller, said: caller.own())
_IN_MEETING = Needs(lambda caller, said: caller.meeting(said["meeting_id"]))
_CHAIRS = Needs(lambda caller, said: caller.chairs(key=said["key"]))
_BY_SECRET = Needs()
"""The code, or the token, is itself the right: it votes in that meeting, and shows its own votes."""
_TO_VOTE = Needs(noted=Act.VOTE)

STORE: Mapping[str, Needs] = {
    **dict.fromkeys(("catalogue", "head", "standing", "reading", "changes", "batches", "batch"), _READ),
    **dict.fromkeys(("last_set_by", "inverse"), _READ),
    "undo": _READ,  # which commits
    "catalogues": Needs(after=lambda caller, found: [each for each in found if caller.may(Act.READ, each.id)]),
    "counts": Needs(after=lambda caller, found: {id: n for id, n in found.items() if caller.may(Act.READ, id)}),
    "heads": Needs(after=lambda caller, found: {id: at for id, at in found.items() if caller.may(Act.READ, id)}),
    "presence": Needs(after=lambda caller, found: [one for one in found if caller.may(Act.READ, one.catalogue_id)]),
    "create": Needs(_WITH_ACCOUNT.before, after=_created),
    "commit": Needs(_commit),
    "read_comments": Needs(_own_comments),
    "mark_read": Needs(_own_comments),
    **dict.fromkeys(("remembered", "remember"), _WITH_ACCOUNT),
    **dict.fromkeys(("present", "secret", "watch", "close"), OWN),
}
ACCOUNTS: Mapping[str, Needs] = dict.fromkeys(
    (
        *("by_name", "by_id", "by_subject", "all", "add", "set_password", "set_flags", "claim", "let_in", "forgive"),
        *("session", "used", "sign_out", "roles", "members", "chaired", "set_role", "invite", "invitation", "accept"),
        *("note", "entries", "configured"),
    ),
    OWN,
)
"""Pages come to accounts by :mod:`kpicat.services.access` alone, which asks who they are of."""
APPROVALS: Mapping[str, Needs] = {
    "of": _READ_OF,
    "steps": _READ_OF,
    "content": Needs(lambda caller, said: caller.require(Act.READ, said["version"].catalogue_id)),
    "take": Needs(_take),
    "approve": _on(Act.APPROVE, "catalogue_id"),
}
PUBLISHED: Mapping[str, Needs] = dict.fromkeys(("marks", "about", "feed"), OWN)
TOKENS: Mapping[str, Needs] = dict.fromkeys(("add", "all", "by_id", "revoke", "used", "claim"), OWN)
"""Other software comes by :mod:`kpicat.services.publishing`, which asks for its token."""
BALLOTS: Mapping[str, Needs] = {
    "meetings": _READ_OF,
    "pulse": _IN_MEETING,
    "board": _IN_MEETING,
    "chaired": Needs(after=_chaired),
    "insist_chaired": _CHAIRS,
    **dict.fromkeys(("seat", "own"), _BY_SECRET),
    **dict.fromkeys(("join", "cast"), _TO_VOTE),
    "open": _on(Act.OPEN_BALLOT, "catalogue_id"),
    "end": Needs(lambda caller, said: caller.chairs(meeting_id=said["meeting_id"])),
    **dict.fromkeys(("ask", "reveal", "again", "adopt", "withdraw", "let_out"), _CHAIRS),
}
SCENARIOS: Mapping[str, Needs] = {
    "of": _READ_OF,
    "versions": _READ_OF,
    "one": Needs(after=_result(Act.READ, "catalogue_id")),
    "put": Needs(_put_scenario),
    "remove": Needs(lambda caller, said: caller.keeps(said["id"])),
}

STEPS: Mapping[Step, Act] = {
    Step.SUBMIT: Act.SUBMIT,
    Step.RETURN: Act.RETURN,
    Step.APPROVE: Act.APPROVE,
    Step.BEGIN_SUPPLEMENT: Act.BEGIN,
    Step.BEGIN_VERSION: Act.BEGIN,
}

_TIERED = frozenset({"tier", "points", "coefficient", "rationale", "standard_unit", "criteria"})
_OF_PEOPLE = frozenset({"capacity"})  # what people can carry is typed as lines are


def acts_of(writes: Iterable[Write]) -> list[Act]:
    """The acts that writes are, each once; what only says what was seen is reading, as no writing at all is."""
    return sorted({act for write in writes for act in _acts(write)} or {Act.READ})


def _acts(write: Write) -> set[Act]:
    if only_asks(write):
        return {Act.READ}
    match write:
        case Remark():
            return {Act.COMMENT}
        case Decide(seen=seen, new=new):
            waived = any(each is not None and each.verdict is Ruling.WAIVED for each in (seen, new))
            return {Act.APPRAISE if waived else Act.DECIDE}
        case Edit(item_id=item_id, field=field) if item_id == CATALOGUE and field not in _OF_PEOPLE:
            return {Act.REMOVE if field == "removed" else Act.CONFIGURE}
        case Edit(field=field) if field in _TIERED:
            return {Act.TIER}
        case Add(item=item) if _TIERED.intersection(item.values):
            return {Act.EDIT, Act.TIER}
        case _:
            return {Act.EDIT}
