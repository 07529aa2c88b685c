"""A file made when it is asked for stays until its browser has had the time to fetch it.

Streamlit hands the browser an address and forgets the file at the second end of a run, anybody's: in a meeting
somebody's run always ends, and the download failed.
"""

from __future__ import annotations

import time
from weakref import WeakKeyDictionary

from streamlit.runtime.media_file_manager import MediaFileMetadata

SECONDS = 60.0
"""How long a file stays that no page shows: longer than a browser of today waits to begin."""
_unshown: WeakKeyDictionary[MediaFileMetadata, float] = WeakKeyDictionary()


_MARK = "mark_for_delete"


def give_time() -> None:
    """Forget a file to be downloaded only when it has long been shown nowhere."""
    mark = getattr(MediaFileMetadata, _MARK)

    def mark_in_time(file: MediaFileMetadata) -> None:
        if time.monotonic() - _unshown.setdefault(file, time.monotonic()) >= SECONDS:
            mark(file)

    setattr(MediaFileMetadata, _MARK, mark_in_time)
