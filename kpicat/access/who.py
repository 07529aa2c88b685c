"""Who somebody is, and whether they may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpicat.access.table import GIVEN_BY_AUTHORITY, TABLE, Act, Role
from kpicat.access.words import act_words, role_words
from kpicat.errors import Forbidden
from kpicat.language import _

EVERY = "*"
"""In the place of a catalogue's id: a role in every one that names none of its own, as a ministry's claims give it."""


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody at work.

    Attributes:
        name: As the log calls them.
        account: Its id; None without one.
        admin: Whether they look after the installation.
        roles: Catalogue id (or :data:`EVERY`) -> what they are there.
        meeting: The one meeting on which a code lets them vote; None for none.
        trusted: Whether the address they came by is their whole right, as without sign-in.
    """

    name: str
    account: str | None = None
    admin: bool = False
    roles: Mapping[str, Role] = field(default_factory=dict)
    meeting: str | None = None
    trusted: bool = False

    @classmethod
    def anybody(cls, name: str) -> Who:
        """Somebody where nobody signs in: all is theirs but the installation."""
        return cls(name, trusted=True)

    @classmethod
    def nobody(cls) -> Who:
        """Somebody who has not signed in where people do."""
        return cls("")

    @classmethod
    def voter(cls, name: str, meeting: str) -> Who:
        """Somebody whom a meeting's code let in."""
        return cls(name, meeting=meeting)

    def role_in(self, catalogue_id: str | None) -> Role | None:
        """What they are in a catalogue."""
        if catalogue_id is None:
            return None
        return self.roles.get(catalogue_id) or self.roles.get(EVERY)


def allowed(who: Who, act: Act, catalogue_id: str | None = None) -> bool:
    """Whether somebody may do something, on a catalogue where it is done on one."""
    if who.trusted:
        return act is not Act.MANAGE_INSTALLATION
    if who.account is None:
        return False
    row = TABLE[act]
    return row.account or (row.admin and who.admin) or who.role_in(catalogue_id) in row.roles


def require(who: Who, act: Act, catalogue_id: str | None = None) -> None:
    """See that somebody may do something.

    Raises:
        Forbidden: They may not; the sentence says which role it takes.
    """
    if allowed(who, act, catalogue_id):
        return
    if who.account is None:
        raise Forbidden(_("To {act} one must sign in first.").format(act=act_words(act)))
    row, own = TABLE[act], who.role_in(catalogue_id)
    roles = [role_words(role) for role in Role if role in row.roles]
    needed = _(" or ").join([*roles, _("administrator of the installation")] if row.admin else roles)
    is_now = role_words(own) if own else _("without a role in it")
    words = _("To {act} one must be {needed}; {name} is {own}.")
    raise Forbidden(words.format(act=act_words(act), needed=needed, name=who.name, own=is_now))


def may_vote(who: Who, meeting_id: str, catalogue_id: str) -> bool:
    """Whether somebody may follow a meeting and vote in it, having its code: as a voter of it, or by a role."""
    return who.meeting == meeting_id or allowed(who, Act.VOTE, catalogue_id)


def require_vote(who: Who, meeting_id: str, catalogue_id: str) -> None:
    """See that somebody may follow a meeting.

    Raises:
        Forbidden: The code they have is of another one, or they have none.
    """
    if not may_vote(who, meeting_id, catalogue_id):
        raise Forbidden(_("This needs the code of this very meeting; look at the wall, then join with it."))


def managers_of(role: Role | None) -> Act:
    """The act that giving or taking away a role is."""
    return Act.NAME_AUTHORITY if role in GIVEN_BY_AUTHORITY else Act.MANAGE_MEMBERS
