"""What the doors say and ask."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from kpicat.doors import cookies
from kpicat.doors.pages import Field, Page
from kpicat.language import _

Said = Mapping[str, str]
"""What a form, or a link, says by the names of its fields."""


def sign_in(back: str, name: str) -> Page:
    """Name and password, and where to go then."""
    return Page(
        _("Sign in"),
        button=_("Sign in"),
        fields=[
            Field("name", _("Account name"), fills="username", value=name),
            Field("password", _("Password"), "password", "current-password"),
        ],
        kept={"next": back},
        links=[(_("Vote with a meeting's code"), "/vote")],
    )


def password(name: str) -> Page:
    """Another password for who is signed in."""
    return Page(
        _("Change my password"),
        [_("Signed in as {name}. Your other windows and devices have to sign in again.").format(name=name)],
        button=_("Change the password"),
        fields=[Field("old", _("Present password"), "password", "current-password"), *_new()],
        links=[(_("Back to kpicat"), "/")],
    )


def password_changed() -> Page:
    """It was done."""
    return Page(_("Your password was changed"), links=[(_("Back to kpicat"), "/")])


def new_account(token: str, name: str) -> Page:
    """Take an invitation up with an account of one's own."""
    return Page(
        _("You are invited to kpicat"),
        [_("Choose the name you are known by at work: it stands beside what you change.")],
        button=_("Begin"),
        fields=[Field("name", _("Account name"), fills="username", value=name), *_new()],
        kept={"token": token},
        links=[(_("I have an account already"), cookies.sign_in(f"/invitation?token={quote(token)}"))],
    )


def take_up(token: str, name: str) -> Page:
    """Take an invitation up with the account that is signed in."""
    return Page(
        _("You are invited to kpicat"),
        [_("Signed in as {name}.").format(name=name)],
        button=_("Take the invitation up"),
        kept={"token": token},
        links=[(_("Back to kpicat"), "/")],
    )


def no_invitation() -> Page:
    """The link leads to nothing."""
    line = _("It was used already, or is too old; ask whoever sent it for another.")
    return Page(_("This invitation is no more"), [line], links=[(_("Sign in"), "/sign-in")])


def _new() -> list[Field]:
    return [
        Field("new", _("New password"), "password", "new-password"),
        Field("again", _("New password once more"), "password", "new-password"),
    ]
