"""The server dies between two edits: what was acknowledged is there, and people go on."""

from kpicat.services import View


def test_every_acknowledged_edit_outlives_a_kill_and_the_page_comes_back(editing, server, store, catalogue, stored):
    lan = editing("Lan")
    for n in range(3):
        lan.type(n, "task", f"Sửa lần {n}")
        lan.sees(n, "task", f"Sửa lần {n}")
        lan.page.locator(".st-key-edit_saved").get_by_text(":").wait_for()
    acknowledged = store.head(catalogue.id)
    server.kill()
    assert store.head(catalogue.id) == acknowledged
    server.start()
    assert [stored(n, "task") for n in range(3)] == [f"Sửa lần {n}" for n in range(3)]
    store.commit  # noqa: B018
    lan.page.wait_for_timeout(8000)
    lan.page.screenshot(path="/tmp/restart.png")
    lan.type(4, "task", "Sau khi khởi động lại")
    lan.sees(4, "task", "Sau khi khởi động lại")
    assert stored(4, "task") == "Sau khi khởi động lại"
    assert [stored(n, "task") for n in range(3)] == [f"Sửa lần {n}" for n in range(3)]


assert View
