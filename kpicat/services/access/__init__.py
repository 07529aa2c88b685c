"""Signing in, and who is a member of which catalogue.

Signatures, for whoever builds on them (``at`` is the aware moment, ``origin`` the client's address as text)::

    sign_in(store, name, password, *, at, origin) -> Signed          # Signed(token, who); raises SignInRefused
    whose(store, token, *, at) -> Who | None                         # None: no such session (any more)
    seated(store, voting_token) -> Who                               # Who.voter(...) or Who.nobody()
    sign_out(store, token, *, at) -> None
    sign_out_everywhere(store, who, *, at) -> None
    change_password(store, who, old, new, *, token, at, origin) -> None   # ends all sessions but that of token
    invite(store, who, roles: Mapping[catalogue_id, Role], *, at, admin=False) -> str   # the token of the link
    invitation(store, token, *, at) -> Invited | None                # what the link offers; None: expired, used, none
    accept(store, token, name, password, *, at, origin) -> Signed    # makes the account
    accept_as(store, who, token, *, at) -> None                      # for who has an account already
    members(store, who, catalogue_id) -> list[Member]                # Member(account, name, role)
    grant(store, who, catalogue_id, name, role, *, at) -> None       # raises Forbidden, InputError
    revoke(store, who, catalogue_id, name, *, at) -> None            # never the last chair
    audit(store, who, catalogue_id=None, *, limit=100, before=None) -> list[Entry]
    exported(store, who, catalogue_id, what, *, at) -> None          # requires EXPORT, writes the audit log
    who_of_claims(store, claims, *, at) -> Who | None                # None: the account is disabled

Pages get ``kpicat.store.Guarded(store, who)``, ``who`` being called at each gesture, from the plain store of the office.
"""
