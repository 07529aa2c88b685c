"""A member's two gestures: join by the code, and vote."""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timedelta

from kpicat.errors import InputError, NotAllowed
from kpicat.guidance import Guidance
from kpicat.language import _
from kpicat.model.ballots import Question
from kpicat.store import Store
from kpicat.store.admitting import CODE_LENGTH
from kpicat.text.normalise import one_line, tidy

LONGEST_NAME = 60
LONGEST_REASON = 500
WRONG = 20
"""Wrong codes from one address in :data:`WITHIN`, until it has to wait: a hall of people shares one."""
WITHIN = timedelta(minutes=1)
_ADDRESSES = 10_000  # remembered at most


class Tries:
    """Wrong codes of late, by address; safe to share between threads. A guesser gets some 30 000 tries a day."""

    def __init__(self) -> None:
        self._wrong: dict[str, deque[datetime]] = {}
        self._guard = threading.Lock()

    def refuse_many(self, address: str, at: datetime) -> None:
        """Let nobody try who has just tried too often.

        Raises:
            NotAllowed: They have to wait.
        """
        with self._guard:
            wrong = self._wrong.get(address, deque())
            while wrong and wrong[0] <= at - WITHIN:
                wrong.popleft()
            if len(wrong) >= WRONG:
                raise NotAllowed(_("Too many wrong codes came from here; wait a minute, then type it again."))

    def was_wrong(self, address: str, at: datetime) -> None:
        """Remember a wrong code."""
        with self._guard:
            if address not in self._wrong and len(self._wrong) >= _ADDRESSES:
                self._wrong.pop(next(iter(self._wrong)))
            self._wrong.setdefault(address, deque()).append(at)


def code_typed(text: str) -> str:
    """A code as its characters alone, however it was typed or read from a link."""
    return "".join(character for character in text[:60].upper() if character.isalnum())


def join(store: Store, tries: Tries, code: str, name: str, *, address: str, at: datetime) -> str:
    """Let somebody in.

    Args:
        tries: Of this process.
        address: Where they are.

    Returns:
        The token to vote with, which their browser keeps.

    Raises:
        NotAllowed: No meeting has the code, or too many wrong ones came from there.
        InputError: The name is missing, or somebody of it is in already.
    """
    name, code = one_line(name.encode(errors="ignore").decode())[:LONGEST_NAME], code_typed(code)
    if not name:
        raise InputError(_("Say your name first, so that the others know who has voted."))
    tries.refuse_many(address, at)
    if len(code) != CODE_LENGTH:
        raise InputError(_("The code has {n} characters; look at the wall again.").format(n=CODE_LENGTH))
    try:
        return store.ballots.join(code, name, at=at)
    except NotAllowed:
        tries.was_wrong(address, at)
        raise


def vote(
    store: Store, guidance: Guidance, token: str, question: Question, tier: int, *, reason: str, at: datetime
) -> None:
    """Vote in an open round, or vote otherwise than before.

    Args:
        question: As the voter was shown it: its round is the one voted in.

    Raises:
        InputError: The scale has no such tier.
        NotAllowed: The round was closed meanwhile, or the token lets nobody in.
    """
    if guidance.tier(tier) is None:
        raise InputError(_("“{text}” is not a tier of this scale.").format(text=tier))
    said = tidy(reason.encode(errors="ignore").decode())[:LONGEST_REASON]
    store.ballots.cast(token, question.id, question.round, tier, said, at=at)
