"""Signing in, and who is a member of which catalogue.

``store`` is the plain one of the office: these functions are given who is at work, and ask themselves whether they may.
Pages get :class:`kpicat.store.Guarded`, bound to :func:`whose` (``accounts``) or :func:`who_of_claims` (``oidc``); in
``solo`` and ``open`` the plain store. ``at`` is the moment, ``origin`` the client's address.
"""

from kpicat.access.records import Account, Entry, Event, Invited, Member
from kpicat.services.access.claims import who_of_claims, word
from kpicat.services.access.configuring import configured
from kpicat.services.access.installation import (
    CONSOLE,
    accounts,
    add_account,
    audit,
    every_catalogue,
    exported,
    reset_password,
    restored,
    set_admin,
    set_disabled,
    without_chair,
)
from kpicat.services.access.inviting import accept, accept_as, invitation, invite
from kpicat.services.access.people import grant, members, revoke
from kpicat.services.access.signing_in import (
    Signed,
    change_password,
    seated,
    sign_in,
    sign_out,
    sign_out_everywhere,
    whose,
)

__all__ = [
    "CONSOLE",
    "Account",
    "Entry",
    "Event",
    "Invited",
    "Member",
    "Signed",
    "accept",
    "accept_as",
    "accounts",
    "add_account",
    "audit",
    "change_password",
    "configured",
    "every_catalogue",
    "exported",
    "grant",
    "invitation",
    "invite",
    "members",
    "reset_password",
    "restored",
    "revoke",
    "seated",
    "set_admin",
    "set_disabled",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "who_of_claims",
    "whose",
    "without_chair",
    "word",
]
