"""kpicat by a clock that somebody sets: ``wrong_clock.py FILE ARGUMENTS…``, FILE holding the seconds it is off by."""

from __future__ import annotations

import datetime
import sys
import time
from pathlib import Path

off = Path(sys.argv.pop(1))
right, right_now = time.time, datetime.datetime.now


def wrong() -> float:
    """Seconds since the epoch, as the clock on the wall has it."""
    return right() + float(off.read_text() or 0)


class Wrong(datetime.datetime):
    """A datetime whose ``now`` reads the clock on the wall; what it gives is an ordinary one."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:  # type: ignore[override]
        return right_now(tz) + datetime.timedelta(seconds=wrong() - right())


time.time = wrong
sys.path.insert(0, str(Path(__file__).parents[2]))

import kpicat.commands  # noqa: E402
import kpicat.server  # noqa: E402

for name, module in list(sys.modules.items()):
    if name.startswith("kpicat.") and getattr(module, "datetime", None) is datetime.datetime:
        module.datetime = Wrong  # type: ignore[attr-defined]

sys.exit(kpicat.commands.main(sys.argv[1:]))
