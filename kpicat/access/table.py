"""The roles in a catalogue and the one table of what each may do, with the reason for every row.

**Asked by** the guidance, 1a: a named body or person prepares the catalogue and submits it to the competent authority
for approval. So who prepares does not approve, and who approves does not write.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import NamedTuple


class Role(enum.StrEnum):
    """What somebody is in one catalogue; each person is one thing there."""

    VIEWER = "viewer"
    COMMENTER = "commenter"
    EDITOR = "editor"
    CHAIR = "chair"
    APPRAISER = "appraiser"
    APPROVER = "approver"


class Act(enum.StrEnum):
    """What can be done, each on one catalogue but the last two, which are done at an installation."""

    READ = "read"
    EXPORT = "export"
    VOTE = "vote"
    COMMENT = "comment"
    EDIT = "edit"
    TIER = "tier"
    DECIDE = "decide"
    TRY = "try"
    APPRAISE = "appraise"
    CONFIGURE = "configure"
    OPEN_BALLOT = "open_ballot"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    BEGIN = "begin"
    REMOVE = "remove"
    MANAGE_MEMBERS = "manage_members"
    NAME_AUTHORITY = "name_authority"
    CREATE = "create"
    MANAGE_INSTALLATION = "manage_installation"


class Row(NamedTuple):
    """Who may do one act.

    Attributes:
        roles: In the catalogue that it is done on.
        why: The reason, a sentence for whoever reads this table.
        admin: Whether the installation's administrator may, too, without any role in the catalogue.
        account: Whether everybody may who has an account.
    """

    roles: frozenset[Role]
    why: str
    admin: bool = False
    account: bool = False


_ALL = frozenset(Role)
_NONE: frozenset[Role] = frozenset()
_CHAIR = frozenset({Role.CHAIR})
_PREPARE = frozenset({Role.EDITOR, Role.CHAIR})
_JUDGE = frozenset({Role.CHAIR, Role.APPRAISER})
_AUTHORITY = frozenset({Role.APPRAISER, Role.APPROVER})
_APPROVER = frozenset({Role.APPROVER})

TABLE: Mapping[Act, Row] = {
    Act.READ: Row(_ALL, "A role in a catalogue is first of all the right to see it."),
    Act.EXPORT: Row(_ALL, "Who reads can copy by hand; a file that leaves is at least in the audit log."),
    Act.VOTE: Row(_ALL, "The code on the wall says who sits in the room; a role neither adds to that nor takes away."),
    Act.COMMENT: Row(_ALL - {Role.VIEWER}, "Whoever is asked for an opinion may give one, the authority included."),
    Act.EDIT: Row(_PREPARE, "The working group writes the lines; whoever judges them later does not write them."),
    Act.TIER: Row(_PREPARE, "Tiers and points are the working group's proposal, as the lines are."),
    Act.DECIDE: Row(_PREPARE | {Role.APPRAISER}, "Whether two lines are two works is a question of fact."),
    Act.TRY: Row(_PREPARE | {Role.APPRAISER}, "Trying something out changes nothing, and helps to prepare and judge."),
    Act.APPRAISE: Row(_JUDGE, "A finding is let stand by who answers for the catalogue, not by who wrote the line."),
    Act.CONFIGURE: Row(_CHAIR, "The scale, the marks and the name hold for every line at once."),
    Act.OPEN_BALLOT: Row(_CHAIR, "A meeting has one chair, who asks, reveals and adopts."),
    Act.SUBMIT: Row(_CHAIR, "The body submits in the name of its head, and it locks everybody's work."),
    Act.RETURN: Row(_AUTHORITY, "It is given back by those it was submitted to, with what is to be changed."),
    Act.APPROVE: Row(_APPROVER, "Only the competent authority makes it the basis for scoring people."),
    Act.BEGIN: Row(_CHAIR, "A supplement or a new version is begun by the body that will submit it."),
    Act.REMOVE: Row(_CHAIR, "Taking a catalogue off the shelf takes it from everybody."),
    Act.MANAGE_MEMBERS: Row(_CHAIR, "The chair knows the group; the administrator helps where no chair is left.", True),
    Act.NAME_AUTHORITY: Row(_APPROVER, "Nobody names their own judge: not the chair, who submits.", True),
    Act.CREATE: Row(_NONE, "Whoever begins a catalogue is its chair; nobody else sees it until asked in.", False, True),
    Act.MANAGE_INSTALLATION: Row(_NONE, "Accounts and the audit log are the IT officer's, no catalogue is.", True),
}

GIVEN_BY_AUTHORITY = _AUTHORITY
"""Roles that only who may name the authority gives and takes away."""
