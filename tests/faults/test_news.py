"""What others do reaches every screen, and costs those who look on no run where cells are all there is to it."""

from __future__ import annotations

import asyncio

from kpicat.model import Add, Item
from kpicat.services import View
from tests.faults.meeting import meeting, until
from tests.load.components import data

CELLS = 12


def runs(person) -> int:
    session = person.session
    return session.runs_begun + session.fragment_runs_begun


def standing(person) -> str:
    return data(person.listener._element)["standing"]


def test_cells_of_others_are_shown_without_a_run(serve, url, store, catalogue):
    server = serve()

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            lan, minh, hoa = await held.join([server.url] * 3)
            await held.every_screen_shows_the_table()
            await asyncio.sleep(1)  # what opening a page brings with it has come
            before = {person.name: runs(person) for person in (minh, hoa)}
            for _n in range(CELLS):
                await lan._type_one()
            await held.every_screen_shows_the_table()
            await until(
                lambda: len({standing(person) for person in held.people}) == 1, "a page knows not what it shows"
            )
            assert standing(minh) == str(store.standing(catalogue.id))
            assert {person.name: runs(person) for person in (minh, hoa)} == before
            figures = [[metric.body.body for metric in person.session.find("metric")] for person in held.people]
            assert figures[0] == figures[1] == figures[2]
            assert len(figures[0]) == 4

    asyncio.run(go())


def test_a_row_of_others_runs_the_page_which_says_so(serve, url, store, catalogue, at):
    server = serve()

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            (minh,) = await held.join([server.url])
            await held.every_screen_shows_the_table()
            before = runs(minh)
            store.commit(catalogue.id, [Add(Item("mới", {"task": "Việc mới"}))], actor="Lan", at=at)
            await until(lambda: runs(minh) > before, "the page did not run")
            await until(
                lambda: any("1 dòng mới" in said.body.body for said in minh.session.find("markdown")), "nothing is said"
            )

    asyncio.run(go())


def test_who_types_while_others_cells_arrive_loses_nothing_and_sees_everything(serve, url, catalogue):
    server = serve()

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            await held.join([server.url] * 4)
            async with held.typing():
                await asyncio.sleep(6)
            await held.judge()

    asyncio.run(go())


def test_a_row_of_others_that_comes_with_my_own_edit_is_said_too(serve, url, store, catalogue, at):
    server = serve()

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            (lan,) = await held.join([server.url])
            await held.every_screen_shows_the_table()
            await lan._type_one()
            lan._report.cancel()
            store.commit(catalogue.id, [Add(Item("mới", {"task": "Việc mới"}))], actor="Minh", at=at)
            lan._report_now()  # my edit is saved on top of the row that came meanwhile
            await until(
                lambda: any("1 dòng mới" in said.body.body for said in lan.session.find("markdown")), "nothing is said"
            )

    asyncio.run(go())


def test_an_edit_costs_its_author_one_run_and_what_is_typed_again_is_saved_again(serve, url, store, catalogue):
    """The editor lets go of "A" without a run; what another wrote then is not to be taken for still being "A"."""
    server = serve()

    async def go() -> None:
        async with meeting(url, catalogue.id) as held:
            lan, minh = await held.join([server.url] * 2)
            await held.every_screen_shows_the_table()
            await asyncio.sleep(1)
            item = lan.frame.rows[0]
            await lan.type(item, "product", "Lan viết lần đầu")  # the page offers to undo from now on: it runs
            await until(lambda: all(typed.acknowledged for typed in held.accounts.typed), "it was not saved")
            await asyncio.sleep(1)
            begun = runs(lan)
            for author, text in [(lan, "A"), (minh, "B"), (lan, "A")]:
                await author.type(item, "product", text)
                await until(lambda: all(typed.acknowledged for typed in held.accounts.typed), "it was not saved")
                await held.every_screen_shows_the_table()
                await asyncio.sleep(0.5)  # what has reached a screen is let go of
                assert not any(lan._held.values())
            assert View(store.reading(catalogue.id)).value(item, "product") == "A"
            assert runs(lan) == begun + 3  # one for each of hers, one to say that Minh changed what she wrote

    asyncio.run(go())
