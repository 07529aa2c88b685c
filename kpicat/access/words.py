"""Roles and acts as people call them."""

from __future__ import annotations

from kpicat.access.table import Act, Role
from kpicat.language import _


def role_words(role: Role) -> str:
    """A role, as in "one must be …"."""
    return {
        Role.VIEWER: _("viewer"),
        Role.COMMENTER: _("commenter"),
        Role.EDITOR: _("editor"),
        Role.CHAIR: _("chair"),
        Role.APPRAISER: _("appraiser"),
        Role.APPROVER: _("approver"),
    }[role]


def act_words(act: Act) -> str:
    """An act, as in "to …"."""
    return {
        Act.READ: _("open this catalogue"),
        Act.EXPORT: _("take this catalogue out as a file"),
        Act.VOTE: _("vote on this catalogue"),
        Act.COMMENT: _("comment on this catalogue"),
        Act.EDIT: _("change lines of this catalogue"),
        Act.TIER: _("set tiers and points in this catalogue"),
        Act.DECIDE: _("decide that two lines of this catalogue are two works"),
        Act.TRY: _("keep scenarios of this catalogue"),
        Act.APPRAISE: _("let a finding of this catalogue stand"),
        Act.CONFIGURE: _("change the settings of this catalogue"),
        Act.OPEN_BALLOT: _("hold a ballot on this catalogue"),
        Act.SUBMIT: _("submit this catalogue for approval"),
        Act.RETURN: _("return this catalogue with remarks"),
        Act.APPROVE: _("approve this catalogue"),
        Act.BEGIN: _("begin the next version of this catalogue"),
        Act.REMOVE: _("take this catalogue off the list or put it back"),
        Act.MANAGE_MEMBERS: _("say who works on this catalogue"),
        Act.NAME_AUTHORITY: _("name who appraises and approves this catalogue"),
        Act.CREATE: _("begin a catalogue"),
        Act.MANAGE_INSTALLATION: _("look after the installation"),
    }[act]
