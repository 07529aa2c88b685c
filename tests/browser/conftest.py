"""A real kpicat in a process of its own, and people with real browsers at it."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import re
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import (
    Browser,
    Error,
    Locator,
    Page,
    TimeoutError,
    ViewportSize,
    WebSocketRoute,
    expect,
    sync_playwright,
)

from kpicat.model import Add, Catalogue, Item
from kpicat.services import View
from kpicat.services.removing import remove
from kpicat.store import Store, open_store
from kpicat.ui import grid_view
from kpicat.ui.frame import HOME
from tests.load.server import COMMANDS
from tests.load.server import Server as Process

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
PATIENCE = 30_000  # ms a promise may take on a busy machine
EDITED = ("code", "department", "task", "product", "quantity", "tier", "points", "coefficient")
"""What the grid of the edit page shows."""
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
UNFORESEEN = "The server met what nobody foresaw"
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


# -- kpicat ------------------------------------------------------------------


class Server(Process):
    """``python -m kpicat serve`` on a port and a database of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.database = folder / "kpicat.db"
        self.url_of_database = f"sqlite:///{self.database}"
        environment = {"KPICAT_DATABASE": self.url_of_database, "LANG": "vi_VN.UTF-8"}
        super().__init__(folder, environment, COMMANDS["push"], port)


@pytest.fixture(scope="session")
def port() -> int:
    """Where all servers of a session are, one after the other, so that browsers know their scripts already.

    Of the ports that systems give to nobody unasked.
    """
    for candidate in random.sample(range(20_000, 32_000), 100):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", candidate)):
            return candidate
    raise OSError("none of a hundred ports is free")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Server]:
    """kpicat, running as long as there are tests: each start costs what a test does."""
    running = Server(tmp_path_factory.mktemp("kpicat"), port)
    open_store(running.url_of_database).close()
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="module", autouse=True)
def _nothing_unforeseen(server: Server) -> Iterator[None]:
    """What nobody foresaw fails the file in whose tests the server met it; it is not tried again (Makefile)."""
    before = len(server.tracebacks())
    yield
    assert server.tracebacks()[before:] == [], f"{UNFORESEEN}: {server.log.read_text(encoding='utf-8')[-5000:]}"


@pytest.fixture(scope="session")
def store(server: Server) -> Iterator[Store]:
    """The server's database, looked at from outside."""
    opened = open_store(server.url_of_database)
    yield opened
    opened.close()


# -- browsers ----------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium; each person gets a context of their own."""
    if os.environ.get("KPICAT_WITHOUT_BROWSER") == "1":
        pytest.skip("KPICAT_WITHOUT_BROWSER=1")
    with sync_playwright() as playwright:
        names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
        found = os.environ.get("KPICAT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
        found = found or playwright.chromium.executable_path
        if not Path(found).exists():
            pytest.fail(
                "There is no Chromium: install one, name it in KPICAT_CHROMIUM, run `playwright install chromium`, "
                "or set KPICAT_WITHOUT_BROWSER=1 to leave these tests out."
            )
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


class Person:
    """Somebody at kpicat in a browser of their own."""

    def __init__(self, page: Page, base: str, catalogue: str) -> None:
        self.context, self.page, self.base, self.catalogue = page.context, page, base, catalogue

    def goto(self, path: str) -> None:
        self.page.goto(f"{self.base}/{'' if path == HOME else path}?c={self.catalogue}")
        self.settle()

    def turn_to(self, path: str) -> None:
        """Go from one page of the catalogue to another by the menu, as people do; by its address if it is not there."""
        links = self.page.get_by_test_id("stSidebarNavLink")
        paths = links.evaluate_all("links => links.map(link => new URL(link.href).pathname.slice(1))")
        if path not in paths:
            self.goto(path)
            return
        title = self.page.get_by_test_id("stHeading").first
        before = title.inner_text()
        links.nth(paths.index(path)).evaluate("link => link.click()")
        expect(title).not_to_have_text(before)
        self.settle()

    def settle(self) -> None:
        """Until the page has run and nothing is going on."""
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=60_000)
        expect(self.page.locator('[data-testid="stStatusWidget"]')).to_have_count(0)

    # -- the grid ------------------------------------------------------------

    def at_grid(self, columns: tuple[str, ...] = EDITED, within: str = "body") -> None:
        """Be in front of a grid with these columns, the first within an element of the page."""
        self.grid = self.page.locator(within).locator('[data-testid="stDataFrame"]').first
        widths = [grid_view.TICK_WIDTH, grid_view.ORDER_WIDTH, *(grid_view.width(name) for name in columns)]
        self._edges = [sum(widths[:n]) for n in range(len(widths) + 1)]
        self.columns = {name: n for n, name in enumerate(("✓", "#", *columns, "status"))}
        self.shown(0, "#").wait_for(state="attached")

    def shown(self, row: int, column: str):
        """The cell as screen readers find it."""
        return self.grid.locator(f'[data-testid="glide-cell-{self.columns[column]}-{row}"]')

    def sees(self, row: int, column: str, text: str) -> None:
        """Wait until the cell shows a text."""
        expect(self.shown(row, column)).to_have_text(text)

    def cell(self, row: int, column: str) -> tuple[float, float, float, float]:
        """Where on the unscrolled canvas a cell is: left, top, width, height in pixels."""
        left, right = self._edges[self.columns[column] :][:2]
        return left, grid_view.HEADER + grid_view.ROW * row, right - left, grid_view.ROW

    def point(self, row: int, column: str) -> None:
        """Click a cell."""
        self.page.bring_to_front()
        canvas = self.grid.locator("canvas").first
        until = time.monotonic() + PATIENCE / 1000
        while (box := canvas.bounding_box()) is None:  # the grid is being put up anew
            assert time.monotonic() < until, "the grid never came back"
            self.page.wait_for_timeout(100)
        left, top, width, height = self.cell(row, column)
        self.page.mouse.click(box["x"] + left + width / 2, box["y"] + top + height / 2 - self.scrolled())

    def select(self, row: int, column: str) -> None:
        """Have the cursor on a cell; a click on one that has it already would open it."""
        chosen = expect(self.shown(row, column))
        for patience in (1500, 1500, 3000, PATIENCE):  # a click may fall while the grid is being put up
            self.point(row, "#")
            self.point(row, column)
            with contextlib.suppress(AssertionError if patience < PATIENCE else ()):
                chosen.to_have_attribute("aria-selected", "true", timeout=patience)
                return

    def open(self, row: int, column: str) -> None:
        """Open a cell's own editor."""
        self.select(row, column)
        editor = self.page.locator("#portal :focus")
        with contextlib.suppress(TimeoutError):  # a click opens a cell that had the cursor; Enter would close it
            editor.wait_for(state="attached", timeout=200)
            return
        self.page.keyboard.press("Enter")
        editor.wait_for(state="attached")

    def write(self, text: str) -> None:
        """Put a text in the cell editor in place of what is there; it stays open."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text, delay=30)

    def enter(self) -> None:
        self.page.bring_to_front()
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#portal textarea, #portal input")).to_have_count(0)

    def type(self, row: int, column: str, text: str) -> None:
        """Type into a cell and commit it."""
        self.open(row, column)
        self.write(text)
        self.enter()

    def choose(self, row: int, column: str, words: str) -> None:
        """Choose from a cell's list."""
        self.open(row, column)
        self.page.get_by_role("option", name=words).click()

    def half_typed(self) -> str:
        """What is in the open cell editor."""
        return self.page.locator("#portal textarea, #portal input").first.input_value()

    def paste(self, row: int, column: str, text: str) -> None:
        """Paste what a spreadsheet copies, at a cell."""
        self.select(row, column)
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+V")

    def scrolled(self) -> float:
        return float(self.grid.locator(".dvn-scroller").first.evaluate("it => it.scrollTop"))

    # -- the rest of the page ------------------------------------------------

    def press(self, words: str) -> None:
        self.page.bring_to_front()
        self.page.get_by_role("button", name=words).click()

    def reads(self, words: str) -> None:
        """Wait until the page says so."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def figure(self, label: str, value: str) -> None:
        named = self.page.get_by_test_id("stMetricLabel").get_by_text(label, exact=True)
        metric = self.page.get_by_test_id("stMetric").filter(has=named)
        expect(metric.locator('[data-testid="stMetricValue"]')).to_have_text(value)


def click_in(table: Locator, x: float, y: float) -> None:
    """Click a place in a grid, from its upper left corner: when it stands still, and nothing else lies there.

    A click by coordinates falls, while things above unfold, on whatever comes by below.
    """
    table.get_by_test_id("stDataFrame").first.click(position={"x": x, "y": y})


SITTINGS = 15
"""How many people sit down at a window, one after the other, before it has grown too heavy."""


class Desks:
    """Browsers' windows, kept from test to test because a new one compiles all of Streamlit's scripts again.

    Who sits down at one finds nothing of whoever was there before: no page, cookie, storage or route.
    """

    def __init__(self, chromium: Browser, url: str) -> None:
        self._chromium, self._url = chromium, url
        self._free: dict[str, list[Page]] = {}
        self._sat: WeakKeyDictionary[Page, int] = WeakKeyDictionary()
        self._taken: list[tuple[str, Page]] = []

    def take(self, *, viewport: ViewportSize, **options: object) -> Page:
        """A blank page of a context like ``Browser.new_context`` would make."""
        kind = repr(sorted(options.items()))
        free = self._free.setdefault(kind, [])
        page = free.pop() if free else self._chromium.new_context(viewport=viewport, **options).new_page()
        page.set_viewport_size(viewport)
        self._sat[page] = self._sat.get(page, 0) + 1
        self._taken.append((kind, page))
        return page

    def clear(self) -> None:
        """Everybody leaves."""
        while self._taken:
            kind, page = self._taken.pop()
            with contextlib.suppress(Error):  # a test closed it, or left it in a state that cannot be wiped
                if self._sat[page] < SITTINGS:
                    self._wipe(page)
                    self._free[kind].append(page)
                    continue
            page.context.close()

    def _wipe(self, page: Page) -> None:
        context = page.context
        context.set_offline(False)
        for another in context.pages:
            if another is not page:
                another.close()
        page.unroute_all()
        if page.url.startswith(self._url):
            page.evaluate("sessionStorage.clear()")
        page.goto(f"{self._url}/_stcore/health")  # nowhere, yet at home: elsewhere is a new process that knows nothing
        session = context.new_cdp_session(page)
        kinds = "local_storage,indexeddb,service_workers"
        session.send("Storage.clearDataForOrigin", {"origin": self._url, "storageTypes": kinds})
        session.detach()
        context.clear_cookies()


@pytest.fixture(scope="session")
def desks(chromium: Browser, port: int) -> Desks:
    return Desks(chromium, f"http://127.0.0.1:{port}")


@pytest.fixture
def person(desks: Desks, server: Server, catalogue: Catalogue) -> Iterator[Callable[..., Person]]:
    """Makes somebody with a browser: ``person("Lan")``."""

    def new(name: str, *, width: int = 1700, height: int = 1050, scheme: str = "light", language: str = "vi") -> Person:
        page = desks.take(
            viewport={"width": width, "height": height}, color_scheme=scheme, timezone_id="Asia/Ho_Chi_Minh",
            permissions=["clipboard-read", "clipboard-write"], accept_downloads=True,
            reduced_motion="reduce",  # what moves on its way to its place takes a tenth of all their time
        )  # fmt: skip
        page.context.add_cookies(
            [
                {"name": "kpicat_name", "value": quote(name), "url": server.url},
                {"name": "kpicat_language", "value": language, "url": server.url},
            ]
        )
        return Person(page, server.url, catalogue.id)

    yield new
    desks.clear()


@pytest.fixture
def tap(person: Callable[..., Person]) -> Iterator[Callable[..., None]]:
    """Has a handler on a line of somebody's page: ``tap(lan, "**/live?*", handler)``.

    Playwright cannot take it off again, so nobody sits down at that page afterwards.
    """
    tapped = []

    def put(someone: Person, line: str, handler: Callable[[WebSocketRoute], object]) -> None:
        tapped.append(someone.page)
        someone.page.route_web_socket(line, handler)

    yield put
    for page in tapped:
        page.close()


@pytest.fixture
def editing(person: Callable[..., Person]) -> Callable[..., Person]:
    """Somebody at the grid of the catalogue: ``editing("Lan")``."""

    def at_grid(name: str, **options: object) -> Person:
        someone = person(name, **options)
        someone.goto("edit")
        someone.at_grid()
        return someone

    return at_grid


@pytest.fixture
def three(editing: Callable[..., Person]) -> tuple[Person, Person, Person]:
    """A meeting: Lan, Minh and Hoa at the grid of one catalogue."""
    return editing("Lan"), editing("Minh"), editing("Hoa")


# -- catalogues --------------------------------------------------------------

_NUMBERS = itertools.count(1)


def line(n: int) -> Item:
    """Line n of a catalogue: all of it filled."""
    tier = 1 + n % 4
    return Item(
        f"item-{n}",
        {
            "code": f"VP.{n + 1:02d}", "group": "Văn phòng", "department": "Văn phòng Đảng ủy",
            "duty": "Tham mưu, tổng hợp", "task": f"Việc thứ {n + 1}", "detail": "Soạn, trình, phát hành",
            "product": "Báo cáo", "measure": "Báo cáo", "quantity": Decimal(12), "frequency": "Tháng",
            "deadline": "Ngày 20 hằng tháng", "quality": "Đúng mẫu, đủ số liệu", "position": "Chuyên viên",
            "responsible": "Chuyên viên tổng hợp", "tier": tier, "points": Decimal((100, 120, 150, 200)[tier - 1]),
            "standard_unit": n == 0,
        },
    )  # fmt: skip


@pytest.fixture
def size() -> int:
    """Lines in the test's catalogue."""
    return 30


@pytest.fixture
def lines(size: int) -> list[Item]:
    """What the test's catalogue holds."""
    return [line(n) for n in range(size)]


@pytest.fixture
def catalogue(store: Store, request: pytest.FixtureRequest, lines: list[Item]) -> Iterator[Catalogue]:
    """A catalogue of the test's own, off the list when the test is over."""
    name = re.sub(r"\W+", "-", request.node.name)[:50] + f"-{next(_NUMBERS)}"
    made = store.create(Catalogue(name, "Danh mục thử", body="Đảng ủy xã", period="2026"), actor="founder", at=AT)
    store.commit(made.id, [Add(each) for each in lines], actor="founder", at=AT, label="import")
    yield store.catalogue(made.id)
    remove(store, store.catalogue(made.id), actor="founder", at=AT)


@pytest.fixture
def stored(store: Store, catalogue: Catalogue) -> Callable[[int, str], object]:
    """Reads a cell of line n as the database has it."""

    def read(n: int, field: str) -> object:
        return View(store.reading(catalogue.id)).value(f"item-{n}", field)

    return read


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Waits until something outside the browser is so."""

    def wait(condition: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE / 1000
        while not condition():
            assert time.monotonic() < until, "it never came to be"
            time.sleep(0.05)

    return wait
