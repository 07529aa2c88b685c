"""What somebody asked for is there when their browser comes for it, whatever others do meanwhile."""

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager, MediaFileMetadata
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from kpicat.ui.beneath import fetching


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only when a test says so; what is changed in Streamlit is put back."""
    passed = [0.0]
    monkeypatch.setattr(fetching.time, "monotonic", lambda: passed[0])
    for kind, name in (
        (MediaFileMetadata, "mark_for_delete"),
        (MediaFileManager, "_remove_orphaned_deferred_callables"),
    ):
        monkeypatch.setattr(kind, name, getattr(kind, name))
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


def test_a_button_pressed_while_its_page_runs_again_and_anothers_run_ends_hands_over_its_file(clock):
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    fetching.give_time()
    before = manager.add_deferred(lambda: b"minutes", "text/plain", "1", "minutes.txt")
    manager.clear_session_refs()  # the page begins to run again; the browser shows the button of before
    manager.remove_orphaned_files()  # another's run ends
    assert manager.read_file(manager.execute_deferred(before).rpartition("/")[2].partition(".")[0])
    clock[0] = fetching.ASKABLE
    manager.remove_orphaned_files()
    with pytest.raises(MediaFileStorageError):
        manager.execute_deferred(before)


def test_what_a_page_offers_is_kept_however_long_and_what_it_takes_back_is_gone_at_once(clock):
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    fetching.give_time()
    offered = manager.add_deferred(lambda: b"minutes", "text/plain", "1", "minutes.txt")
    clock[0] = 100 * fetching.ASKABLE
    manager.remove_orphaned_files()
    assert manager.execute_deferred(offered)
    manager.remove_deferred("1")  # the button is drawn disabled
    with pytest.raises(MediaFileStorageError):
        manager.execute_deferred(offered)
