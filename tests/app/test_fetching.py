"""What somebody asked for is there when their browser comes for it, whatever others do meanwhile."""

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager, MediaFileMetadata
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from kpicat.ui.beneath import fetching


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only when a test says so; what is changed in Streamlit is put back."""
    passed = [0.0]
    monkeypatch.setattr(fetching.time, "monotonic", lambda: passed[0])
    monkeypatch.setattr(MediaFileMetadata, "mark_for_delete", MediaFileMetadata.mark_for_delete)
    return passed


def asked_for(manager):
    """The id of a file made because somebody pressed the button."""
    placeholder = manager.add_deferred(lambda: b"minutes", "text/plain", "1", "minutes.txt")
    return manager.execute_deferred(placeholder).rpartition("/")[2].partition(".")[0]


def test_a_file_asked_for_stays_while_others_pages_run_and_goes_in_the_end(clock):
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    fetching.give_time()
    file = asked_for(manager)
    for _run in range(9):
        manager.remove_orphaned_files()
    assert manager.read_file(file).content == b"minutes"
    clock[0] = fetching.SECONDS
    for _run in range(2):
        manager.remove_orphaned_files()
    assert manager.read_file(file) is None
