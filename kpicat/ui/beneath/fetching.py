"""A file made when it is asked for stays until its browser has had the time to fetch it, and what makes it until the
browser can no longer ask.

Streamlit (1.67) hands the browser an address and forgets the file at the second end of a run, anybody's; what makes
it, already at the first that ends while this page runs again, though the browser still shows the button of before.
In a meeting somebody's run always ends, and the download failed.
"""

from __future__ import annotations

import logging
import time
from weakref import WeakKeyDictionary

from streamlit.runtime.media_file_manager import MediaFileManager, MediaFileMetadata

_LOG = logging.getLogger(__name__)
SECONDS = 60.0
"""How long a file stays that no page shows: longer than a browser of today waits to begin."""
ASKABLE = 15.0
"""How long what makes a file stays that no page offers any more: longer than a page takes to run, and be drawn."""
_MARK, _REMOVE = "mark_for_delete", "_remove_orphaned_deferred_callables"
_unshown: WeakKeyDictionary[MediaFileMetadata, float] = WeakKeyDictionary()
_unoffered: WeakKeyDictionary[MediaFileManager, dict[str, float]] = WeakKeyDictionary()


def give_time() -> None:
    """Forget a file to be downloaded only when it has long been shown nowhere, and what makes it likewise."""
    mark = getattr(MediaFileMetadata, _MARK, None)
    if mark is None or not hasattr(MediaFileManager, _REMOVE):
        _LOG.log(logging.ERROR, "files are forgotten otherwise; a download may fail while others work")
        return

    def mark_in_time(file: MediaFileMetadata) -> None:
        if time.monotonic() - _unshown.setdefault(file, time.monotonic()) >= SECONDS:
            mark(file)

    setattr(MediaFileMetadata, _MARK, mark_in_time)
    setattr(MediaFileManager, _REMOVE, _remove_in_time)


def _remove_in_time(manager: MediaFileManager) -> None:
    """What no page offers is noted, and removed when it has long been so; who calls holds the lock."""
    offered = {file_id for files in manager._files_by_session_and_coord.values() for file_id in files.values()}
    noted, now = _unoffered.get(manager, {}), time.monotonic()
    since = {file_id: noted.get(file_id, now) for file_id in manager._deferred_callables if file_id not in offered}
    for file_id, moment in since.items():
        if now - moment >= ASKABLE:
            manager._drop_deferred_id(file_id)
    _unoffered[manager] = since
