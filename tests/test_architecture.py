"""The map of the house holds: who may import whom, and what pages do not do."""

import ast
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "pages").glob("**/*.py"))
EDGE = {"__main__", "api", "commands", "server", "push", "doors", "office", "ui", "settings"}
CORE = sorted(
    p
    for p in (ROOT / "kpicat").glob("**/*.py")
    if p.relative_to(ROOT / "kpicat").parts[0].removesuffix(".py") not in EDGE
)
COMPUTING = {"pandas", "numpy", "sqlalchemy", "plotly", "alembic", "psycopg", "sqlite3"}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter"}

each_page = pytest.mark.parametrize("path", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"), path.name)


def imported(path):
    """The top name of everything a file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_imports_go_in_one_direction(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    status = lint_imports(no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


def test_a_page_file_lies_one_folder_down():
    """Directly in pages/ it would open without app.py after a restart."""
    depths = {
        page.relative_to(ROOT / "pages").as_posix(): len(page.relative_to(ROOT / "pages").parts) for page in PAGES
    }
    assert all(depth == 2 for depth in depths.values()), depths


@each_page
def test_a_page_computes_nothing(path):
    assert not COMPUTING & set(imported(path))


@each_page
def test_a_page_catches_nothing(path):
    assert not [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Try)]


@pytest.mark.parametrize("path", [page for page in PAGES if page.name != "vote.py"], ids=lambda p: p.stem)
def test_a_page_reads_its_desk_first(path):
    """Or is a body that :func:`kpicat.ui.live.page` gives its desk to. A member who votes has none."""
    code = path.read_text(encoding="utf-8")
    assert "frame.enter(" in code or code.rstrip().splitlines()[-1].startswith("live.page(")


def test_the_frame_is_short():
    app = ROOT / "app.py"
    assert len(app.read_text(encoding="utf-8").splitlines()) <= 60
    assert not COMPUTING & set(imported(app))


@pytest.mark.parametrize("path", CORE, ids=lambda p: p.relative_to(ROOT / "kpicat").as_posix())
def test_the_core_looks_at_no_clock_and_no_environment(path):
    looks = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and ((node.value.id in {"datetime", "date", "time"} and node.attr in CLOCKS) or node.value.id == "os")
        and not (node.value.id == "os" and node.attr not in {"environ", "getenv"})
    ]
    assert not looks


def test_a_module_holds_one_idea():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "kpicat").glob("**/*.py")
    }
    assert {path: length for path, length in lengths.items() if length > 300} == {}
