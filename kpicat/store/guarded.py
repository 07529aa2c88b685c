"""The store as it is handed to somebody: each call is asked for what it needs before it reads or writes anything."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection

from kpicat.access import Act, Role, Who, allowed, require, require_vote
from kpicat.access.records import Entry, Event
from kpicat.errors import Forbidden, NotAllowed, StoreError
from kpicat.language import _
from kpicat.model import Write
from kpicat.store import auditing, authors, balloted, memberships, needs
from kpicat.store.accounts import Accounts
from kpicat.store.approvals import Approvals
from kpicat.store.ballots import Ballots
from kpicat.store.needs import Needs
from kpicat.store.published import Published
from kpicat.store.scenarios import Scenarios
from kpicat.store.store import Store
from kpicat.store.tokens import Tokens

_QUIET = timedelta(minutes=1)
"""How long the same refusal of the same person is not noted again: a page may ask each second."""
_MOST = 1_000

_Class = TypeVar("_Class", bound=type)


class _Door:
    """Knows who is at work, and notes whom it refused."""

    def __init__(self, store: Store, who: Callable[[], Who], now: Callable[[], datetime]) -> None:
        self.store, self.who, self.now = store, who, now
        self._catalogues: dict[str, str] = {}  # of meetings, which never change theirs
        self._noted: dict[tuple[str, str, str], datetime] = {}

    def catalogue_of(self, meeting_id: str) -> str | None:
        if meeting_id not in self._catalogues:
            with self.store._database.peek() as connection:
                for meeting in balloted.meetings(connection, balloted.MEETING.id == meeting_id):
                    self._catalogues[meeting_id] = meeting.catalogue_id
        return self._catalogues.get(meeting_id)

    def note(self, who: Who, act: Act, catalogue_id: str) -> None:
        at, what = self.now(), (who.name, act.value, catalogue_id)
        if what in self._noted and at - self._noted[what] < _QUIET:
            return
        if len(self._noted) >= _MOST:
            self._noted.clear()
        self._noted[what] = at
        with suppress(StoreError):  # what is refused stays refused, noted or not
            self.store.accounts.note(Entry(at, who.name, Event.REFUSED, catalogue_id, act.value, ok=False))


@dataclass(frozen=True, slots=True)
class _Caller:
    """Somebody as of one call."""

    door: _Door
    who: Who

    def anew(self) -> _Caller:
        return _Caller(self.door, self.door.who())

    def may(self, act: Act, catalogue_id: str) -> bool:
        return allowed(self.who, act, catalogue_id)

    def require(self, act: Act, catalogue_id: str | None) -> None:
        try:
            require(self.who, act, catalogue_id)
        except Forbidden:
            self.door.note(self.who, act, catalogue_id or "")
            raise

    def meeting(self, meeting_id: str) -> None:
        if self.who.meeting == meeting_id or (catalogue_id := self.door.catalogue_of(meeting_id)) is None:
            return
        try:
            require_vote(self.who, meeting_id, catalogue_id)
        except Forbidden:
            self.door.note(self.who, Act.VOTE, catalogue_id)
            raise

    def chairs(self, *, key: str = "", meeting_id: str = "") -> None:
        chaired = self.door.store.ballots.chaired(key) if key else None
        catalogue_id = chaired.catalogue_id if chaired else self.door.catalogue_of(meeting_id)
        if catalogue_id is not None:
            self.require(Act.OPEN_BALLOT, catalogue_id)

    def keeps(self, scenario_id: str) -> None:
        if (stands := self.door.store.scenarios.one(scenario_id)) is not None:
            self.require(Act.TRY, stands.catalogue_id)

    def speaks(self, catalogue_id: str, writes: Sequence[Write], undoes: str | None) -> None:
        if not (words := authors.words_of(writes)):
            return
        try:
            with self.door.store._database.peek() as connection:
                authors.insist(connection, catalogue_id, words, self.who.name, undoes=undoes)
        except Forbidden:
            self.door.note(self.who, needs.acts_of(words)[0], catalogue_id)
            raise

    def own(self) -> None:
        raise Forbidden(_("kpicat does this by itself; nobody asks it to."))


def _guarding(rules: Mapping[str, Needs]) -> Callable[[_Class], _Class]:
    """Has every public method of a class ask for what it needs; one without a rule is refused to everybody."""

    def guard(cls: _Class) -> _Class:
        for name, method in public_methods(cls.__mro__[1]).items():
            setattr(cls, name, _asking(method, rules.get(name, needs.OWN)))
        return cls

    return guard


def public_methods(cls: type) -> dict[str, Callable[..., Any]]:
    """What may be called on an object of a class, by name."""
    return {name: method for name, method in inspect.getmembers(cls, inspect.isfunction) if not name.startswith("_")}


def _asking(method: Callable[..., Any], rule: Needs) -> Callable[..., Any]:
    signature = inspect.signature(method)
    writes = {"actor", "at"} <= signature.parameters.keys()

    @functools.wraps(method)
    def asked(self: Any, /, *given: Any, **named: Any) -> Any:
        call = signature.bind(self, *given, **named)
        caller = _Caller(self._door, self._door.who())
        if writes and caller.who.name:
            call.arguments["actor"] = caller.who.name  # the log says who it was, whatever a page says
        if rule.before is not None:
            rule.before(caller, call.arguments)
        try:
            answer = method(*call.args, **call.kwargs)
        except NotAllowed:
            if rule.noted is not None:
                self._door.note(caller.who, rule.noted, "")
            raise
        return answer if rule.after is None else rule.after(caller, answer)

    return asked


@_guarding(needs.ACCOUNTS)
class _Accounts(Accounts):
    def __init__(self, store: Store, door: _Door) -> None:
        super().__init__(store._database)
        self._door = door


@_guarding(needs.APPROVALS)
class _Approvals(Approvals):
    def __init__(self, store: Store, door: _Door) -> None:
        super().__init__(store._database)
        self._door = door


@_guarding(needs.BALLOTS)
class _Ballots(Ballots):
    def __init__(self, store: Store, door: _Door) -> None:
        super().__init__(store._database)
        self._door = door


@_guarding(needs.PUBLISHED)
class _Published(Published):
    def __init__(self, store: Store, door: _Door) -> None:
        super().__init__(store._database)
        self._door = door


@_guarding(needs.TOKENS)
class _Tokens(Tokens):
    def __init__(self, store: Store, door: _Door) -> None:
        super().__init__(store._database)
        self._door = door


@_guarding(needs.SCENARIOS)
class _Scenarios(Scenarios):
    def __init__(self, store: Store, door: _Door) -> None:
        super().__init__(store._database)
        self._door = door


@_guarding(needs.STORE)
class Guarded(Store):
    """A store bound to whoever is at work: what they may not read or write raises Forbidden, and is noted.

    Args:
        store: The plain one.
        who: Asked at every call, so that a role that was taken away is gone at the next gesture; an answer must not
            be kept over a call that creates a catalogue, as that gives a role.
        now: The moment of a refusal.
    """

    def __init__(self, store: Store, who: Callable[[], Who], *, now: Callable[[], datetime]) -> None:
        super().__init__(store._database)
        self._door = door = _Door(store, who, now)
        self.accounts = _Accounts(store, door)
        self.approvals = _Approvals(store, door)
        self.ballots = _Ballots(store, door)
        self.published = _Published(store, door)
        self.scenarios = _Scenarios(store, door)
        self.tokens = _Tokens(store, door)

    def _begun(self, connection: Connection, catalogue_id: str, at: datetime) -> None:
        who = self._door.who()
        if who.account is not None:
            memberships.put(connection, catalogue_id, who.account, Role.CHAIR)
            detail = f"{who.name}: {Role.CHAIR}"
            auditing.note(connection, Entry(at, who.name, Event.GRANT, catalogue_id, detail))
