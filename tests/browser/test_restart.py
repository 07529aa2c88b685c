"""The server dies between two edits: what was acknowledged is there, and people go on."""

from kpicat.language import _


def test_every_acknowledged_edit_outlives_a_kill_and_the_page_comes_back(editing, server, stored):
    lan = editing("Lan")
    for n in range(3):
        lan.choose(n, "tier", "4 ·")
        lan.sees(n, "points", "200")  # only the server knows the points: it has answered
    server.kill()
    server.start()
    assert [(stored(n, "tier"), stored(n, "points")) for n in range(3)] == [(4, 200)] * 3
    lan.reads(_("Everything you type is saved at once."))  # as a page says that has just begun
    lan.type(4, "task", "Sau khi khởi động lại")
    lan.sees(4, "#", "5")
    lan.figure(_("Items"), "30")
    lan.choose(5, "tier", "4 ·")
    lan.sees(5, "points", "200")
    assert stored(4, "task") == "Sau khi khởi động lại"
    assert [stored(n, "tier") for n in (0, 1, 2, 5)] == [4] * 4
