"""What an installation stands on: its settings, its log, and the examples and manuals in which both are named."""

from __future__ import annotations

import asyncio
import gc
import http.server
import io
import json
import logging
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import threading
import tomllib
import warnings
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit import file_util
from streamlit.web.server.starlette import starlette_server

from kpicat import language, logs, settings
from kpicat.commands import configured
from kpicat.commands.arguments import parser
from kpicat.doors import headers
from kpicat.errors import InputError
from kpicat.exchange.archive import parsing
from kpicat.model import Catalogue, Edit
from kpicat.store import rotating, sealing
from kpicat.ui.beneath import stopping
from tools import audit

ROOT = Path(__file__).parent.parent
DEPLOY = sorted(path for path in (ROOT / "deploy").rglob("*") if path.is_file())
MANUALS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PERSONAL = ("Nguyễn Thị Bí Mật", "mật-khẩu-của-tôi", "Việc chưa công bố")


@pytest.fixture(autouse=True)
def _nothing_said(monkeypatch):
    """No settings but those of the test."""
    for name in [*settings.unknown_variables(), *(each.variable for each in settings.KNOWN.values())]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KPICAT_SETTINGS", "")


# -- settings --


def test_the_command_line_comes_before_the_environment_before_the_file(run, write, monkeypatch):
    file = write(
        'port = 1111\nhost = "10.0.0.1"\norigins = ["https://a.vn", "https://b.vn"]\nupload_mb = 30\n', "k.toml"
    )
    monkeypatch.setenv("KPICAT_SETTINGS", str(file))
    monkeypatch.setenv("KPICAT_HOST", "10.0.0.2")
    with settings.typed({"port": "3333"}):
        assert settings.address() == ("10.0.0.2", 3333)
        assert settings.origins() == {"https://a.vn", "https://b.vn"} and settings.upload_limit() == 30 * 2**20
    assert settings.address() == ("10.0.0.2", 1111)  # what was typed is forgotten with its command
    status, out, err = run("settings", "--database", "sqlite:///x.db")
    held = {key: (value, by) for key, value, by in (line.split("\t") for line in out.splitlines())}
    assert (status, err, list(held)) == (0, "", list(settings.KNOWN))
    assert held["database"] == ("sqlite:///x.db", "--database") and held["host"] == ("10.0.0.2", "KPICAT_HOST")
    assert held["port"] == ("1111", str(file)) and held["access"] == ("solo", "default")


REFUSED = {
    "an unknown name": ("# x\n\nacess = 'open'\n", "line 3", "“access” is one"),
    "an unknown part": ("port = 1\n[oidc]\nsecret = 'x'\n", "line 2", "no setting “oidc”"),
    "a secret": ("oidc_secret = 'x'\n", "line 1", "“oidc_secret_file”"),
    "a password in an address": ("\ndatabase = 'postgresql+psycopg://u:geheim@h/d'\n", "line 2", "password"),
    "no TOML": ("port = 1\nport 2\n", "line 2", "TOML"),
    "a value of no kind": ("port = 1.5\n", "line 1", "“port”"),
}


@pytest.mark.parametrize(("text", "line", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_a_settings_file_must_not_say_is_refused_with_its_line(run, write, text, line, said):
    status, out, err = run("settings", "--settings", file := write(text, "k.toml"))
    assert (
        (status, err.count("\n")) == (2, 1) and f"{file}, {line}:" in err and said in err and "geheim" not in err + out
    )


def test_a_settings_file_that_is_named_and_not_there_is_not_passed_over(run, tmp_path):
    assert run("settings", "--settings", tmp_path / "none.toml")[0] == 2


def test_the_usual_file_is_read_where_it_is_and_not_passed_over_where_it_may_not_be(run, write, monkeypatch, tmp_path):
    monkeypatch.delenv("KPICAT_SETTINGS")
    monkeypatch.setattr("kpicat.settings.saying.usual_file", lambda: tmp_path / "kpicat.toml")
    assert settings.address()[1] == 8501
    write("port = 1111", "kpicat.toml")
    assert settings.address()[1] == 1111

    class Locked(type(tmp_path)):
        def stat(self, **_how):
            raise PermissionError(13, "for others only")

        def read_text(self, **_how):
            raise PermissionError(13, "for others only")

    monkeypatch.setattr("kpicat.settings.saying.usual_file", lambda: Locked(tmp_path / "locked.toml"))
    status, _out, err = run("settings")
    assert status == 2 and "locked.toml" in err and "no permission" in err


def test_secrets_come_from_their_files_and_are_never_shown(run, write, monkeypatch):
    file = write("geheim\n", "database.password")
    write(f"database = 'postgresql+psycopg://kpicat@127.0.0.1/kpicat'\ndatabase_password_file = '{file}'\n", "k.toml")
    monkeypatch.setenv("KPICAT_SETTINGS", str(file.with_name("k.toml")))
    assert settings.database_url() == "postgresql+psycopg://kpicat:geheim@127.0.0.1/kpicat"
    monkeypatch.setenv("KPICAT_DATABASE_PASSWORD", "an@other")
    assert settings.database_url() == "postgresql+psycopg://kpicat:an%40other@127.0.0.1/kpicat"
    monkeypatch.setenv("KPICAT_DATABASE", "postgresql+psycopg://u:geheim@h/d?password=geheim")
    monkeypatch.setenv("KPICAT_ORIGN", "a slip of the pen")
    status, out, err = run("settings")
    assert status == 0 and "geheim" not in out + err and "an@other" not in out and "KPICAT_ORIGN" in err


def test_a_key_for_backups_that_anybody_could_try_out_is_refused(write, monkeypatch):
    assert settings.backup_key() is None
    for said in ("short", ""):
        monkeypatch.setenv("KPICAT_BACKUP_KEY_FILE", str(write(said, "backup.key")))
        with pytest.raises(InputError, match="16"):
            settings.backup_key()


# -- the log --


@pytest.fixture
def logged(monkeypatch):
    """What is logged in a form, as text: ``logged("json")``."""
    for owner, name in (
        (logging.Handler, "format"), (threading, "excepthook"), (sys, "unraisablehook"), (warnings, "showwarning"),
    ):  # fmt: skip
        monkeypatch.setattr(owner, name, getattr(owner, name))
    logging.captureWarnings(False)  # left on by a test before, whose hook pytest has put back, on again does nothing
    out = io.StringIO()
    handler, root = logging.StreamHandler(out), logging.getLogger()
    root.addHandler(handler)

    def start(form):
        logs.take_over(form)
        return out.getvalue

    yield start
    root.removeHandler(handler)
    logging.captureWarnings(False)
    logging.getLogger("kpicat").setLevel(logging.NOTSET)


async def forget(task, password):
    """A task whose error nobody asks for, and a callback that fails: asyncio logs both."""

    async def fail():
        raise ValueError(task)

    forgotten = asyncio.create_task(fail())
    asyncio.get_running_loop().call_soon(int, password)
    await asyncio.sleep(0)
    del forgotten
    gc.collect()


def stumble(store, at):
    """Errors of every kind, each over something personal."""
    person, password, task = PERSONAL
    try:
        store.create(Catalogue("x" * 3, person), actor=person, at=None)
    except Exception:
        logging.getLogger("kpicat.store").exception("error %s", "A1B2C3")
    try:
        try:
            {}[password]
        except KeyError:
            int(task)
    except ValueError as error:
        logging.getLogger("streamlit.runtime").error("Uncaught app execution", exc_info=error)
    logging.getLogger("elsewhere").warning("cannot read %s of %s", task, person)
    asyncio.run(forget(task, password))
    with pytest.raises(InputError), parsing(f"{person}.xlsx"):
        raise ValueError(task)
    with store._database.write() as connection, pytest.raises(Exception, match="") as sql:
        connection.exec_driver_sql("INSERT INTO batch (id, actor) VALUES (?, ?)", (task, person))
    assert person not in str(sql.value)  # nor where somebody prints it otherwise
    logging.getLogger("kpicat.store").error("sql", exc_info=sql.value)
    thread = threading.Thread(target=int, args=(password,))
    thread.start()
    thread.join()
    warnings.warn(task, UserWarning, stacklevel=1)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.filterwarnings("default")
def test_no_log_holds_what_people_wrote_and_still_says_what_happened_and_where(logged, form, store, at):
    said = logged(form)
    stumble(store, at)
    for words in PERSONAL:
        assert words not in said()
    for words in (
        "error A1B2C3",
        "ValueError",
        "KeyError",
        "IntegrityError",
        "tests/test_running.py",
        "UserWarning",
        "Task exception was never retrieved",
        "Exception in callback int",
    ):
        assert words in said()
    if form == "json":
        lines = [json.loads(line) for line in said().splitlines()]
        assert all({"at", "level", "logger", "message"} <= set(line) for line in lines)
        assert [each["kind"] for each in lines[1]["errors"]] == ["KeyError", "ValueError"]


def test_a_server_that_does_not_start_leaves_the_log_of_its_process_alone(run):
    before = logging.Handler.format, threading.excepthook, warnings.showwarning
    assert run("serve", "--host", "0.0.0.0", "--port", "0")[0] == 2
    assert (logging.Handler.format, threading.excepthook, warnings.showwarning) == before


def test_whoever_looks_for_a_fault_can_have_it_all(logged):
    said = logged("full")
    logging.getLogger("elsewhere").warning("cannot read %s", PERSONAL[0])
    assert PERSONAL[0] in said()


# -- stopping --


def test_a_server_that_stops_waits_for_runs_that_are_under_way_and_no_longer_than_it_may():
    written = threading.Event()
    run = threading.Thread(target=written.wait, name="ScriptRunner.scriptThread", daemon=True)
    run.start()
    assert stopping.let_runs_end(0.01) == 1
    threading.Timer(0.01, written.set).start()
    assert stopping.let_runs_end(30) == 0


def test_streamlit_still_is_what_stopping_takes_it_for():
    assert callable(starlette_server._get_uvicorn_config_kwargs)
    runner = Path(starlette_server.__file__).parents[3] / "runtime" / "scriptrunner" / "script_runner.py"
    assert 'name="ScriptRunner.scriptThread"' in runner.read_text(encoding="utf-8")


# -- examples and manuals --

OF_OTHERS = {  # named in a manual, and no setting: of the tests, of a tool, of somebody else's program
    "KPICAT_WITHOUT_BROWSER", "KPICAT_WITHOUT_POSTGRES", "KPICAT_EXAMPLES", "KPICAT_CHROMIUM", "KPICAT_ADVISORIES",
    "KPICAT_TOKEN",
}  # fmt: skip
COMMAND = re.compile(r"""-m["', ]+kpicat["', ]+([^\n`|;&#<>]*)""")


@pytest.mark.parametrize("path", [*DEPLOY, *MANUALS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_variable_and_every_command_that_is_named_exists(path, capsys):
    text = path.read_text(encoding="utf-8")
    known = {each.variable for each in settings.KNOWN.values()} | OF_OTHERS | {settings.FILE}
    assert set(re.findall(r"\bKPICAT_[A-Z_]*[A-Z]\b", text)) <= known
    if path in DEPLOY or path.name.startswith("running"):
        for typed in COMMAND.findall(text):
            if typed.count('"') % 2:  # it stands in quotes itself
                typed = typed.rpartition('"')[0]
            words = shlex.split(re.split(r"\s{2,}|”|\)", typed)[0].replace("%i", "8501"))
            if words and words[0].islower():
                words[-1] = words[-1].rstrip(".,:")
                parser().parse_args(words)


@pytest.mark.parametrize(("name", "code"), [("running.md", "vi"), ("running.en.md", "en")])
def test_the_manual_lists_each_setting_as_it_is(name, code):
    with language.speaking(code):
        assert configured.table() in (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_each_line_of_the_example_of_a_settings_file_can_be_used(write, monkeypatch):
    lines = re.findall(r"^# (\w+ = .*)$", (ROOT / "deploy" / "kpicat.toml").read_text(encoding="utf-8"), re.MULTILINE)
    shown = {key for line in lines for key in tomllib.loads(line)}
    assert shown == {each.key for each in settings.KNOWN.values() if not each.secret}
    for n, line in enumerate(lines):
        monkeypatch.setenv("KPICAT_SETTINGS", str(write(line, f"{n}.toml")))
        (key,) = tomllib.loads(line)
        assert settings.said(key).by.endswith(f"{n}.toml")
        if not key.endswith("_file"):
            settings.insist()


def test_an_image_takes_all_data_along_but_what_a_computer_keeps_for_itself():
    text = (ROOT / "deploy" / "container" / "Containerfile").read_text(encoding="utf-8")
    taken = set(re.findall(r"^COPY data/(\w+) data/\1$", text, re.MULTILINE))
    assert taken == {path.name for path in (ROOT / "data").iterdir() if path.is_dir()} - {"var"}
    assert "USER 10001" in text and "HEALTHCHECK" in text


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="SYSTEMD IS MISSING: its units were NOT looked at")
def test_systemd_understands_its_units(tmp_path):
    names = {"kpicat@.service": "kpicat@8501.service"}
    for path in (ROOT / "deploy" / "systemd").iterdir():
        text = path.read_text(encoding="utf-8").replace("/opt/kpicat/.venv/bin/python", "/bin/true")
        (tmp_path / names.get(path.name, path.name)).write_text(re.sub("(?m)^Documentation=.*", "", text))
    units = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if str(tmp_path) in line]) == (0, [])


def test_nothing_of_streamlit_is_sent_anywhere():
    told = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert told["browser"]["gatherUsageStats"] is False


def test_no_page_may_fetch_anything_from_elsewhere():
    policy = headers.policy_of_pages((Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8"))
    allowed = {source for directive in policy.split("; ") for source in directive.split()[1:]}
    elsewhere = {source for source in allowed if not source.startswith("'") and source not in ("data:", "blob:")}
    assert not elsewhere and "'self'" in allowed


# -- advisories --


@contextmanager
def answering(results):
    """Somebody who knows of these faults, and what was asked."""
    asked = []

    class Advisories(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"results": results}).encode())

        def log_message(self, *_args):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Advisories) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        serving.join()


def test_a_known_fault_of_a_package_fails_and_is_named(monkeypatch, capsys):
    monkeypatch.setattr(audit, "installed", lambda: {"sound": "1.0", "faulty": "2.0"})
    with answering([{}, {"vulns": [{"id": "PYSEC-1"}]}]) as (address, asked):
        monkeypatch.setenv("KPICAT_ADVISORIES", address)
        assert audit.main() == 1
        assert "faulty 2.0: PYSEC-1" in capsys.readouterr().out
        assert asked[0]["queries"][1] == {"package": {"name": "faulty", "ecosystem": "PyPI"}, "version": "2.0"}
        monkeypatch.setattr(audit, "LET_STAND", {"PYSEC-1": "of a part that kpicat does not call; looked at 2026-11"})
        assert audit.main() == 0


def test_where_nobody_answers_nothing_fails(monkeypatch, capsys):
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as silent:  # serves nobody
        for address in (f"http://127.0.0.1:{silent.server_port}", "http://127.0.0.1:9", "no address"):
            assert audit.known_faults({"sound": "1.0"}, address, 0.05) is None
    monkeypatch.setattr(audit, "known_faults", lambda *_asked: None)
    assert audit.main() == 0 and "not reached" in capsys.readouterr().out


# -- backups, as they are asked for --


@pytest.fixture
def lived_in(store, catalogue, url, monkeypatch, write):
    """An installation whose backups are encrypted, at little cost; the folder they go to."""
    monkeypatch.setattr(sealing, "COST", 8)
    monkeypatch.setenv("KPICAT_DATABASE", url)
    folder = write("mười sáu ký tự trở lên", "backup.key").parent / "backups"
    monkeypatch.setenv("KPICAT_BACKUP_KEY_FILE", str(folder.with_name("backup.key")))
    folder.mkdir()
    for day in range(1, 6):
        rotating.named(folder, datetime(2026, 1, day, tzinfo=UTC), sealed=False).write_text("older")
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_into_a_folder_is_named_encrypted_proved_and_rotated(run, lived_in, store, at):
    status, out, err = run("backup", lived_in, "--keep", "2")
    assert (status, err) == (0, "") and "4 older backups were deleted" in out
    older, made, proof = names(lived_in)
    assert older == "kpicat-20260105T000000Z.db" and made.endswith(".db.sealed") and proof == made + ".sha256"
    store.commit("xa", [Edit("two", "note", "", "sau đó")], actor="Lan", at=at)
    assert (
        run("restore", lived_in / made, "--check")[0] == 0 and store.reading("xa").items.at["two", "note"] == "sau đó"
    )
    assert run("restore", lived_in / made)[0] == 0 and store.reading("xa").items.at["two", "note"] == ""


def test_what_a_restore_replaces_is_kept_and_goes_back(run, lived_in, store, url, at):
    run("backup", lived_in)
    (made,) = lived_in.glob("*.sealed")
    store.commit("xa", [Edit("two", "note", "", "sau đó")], actor="Lan", at=at)
    status, out, err = run("restore", made)
    (kept,) = lived_in.glob("kpicat-before-restore-*.sealed")
    assert (status, err, out.count("\n")) == (0, "", 2) and out.startswith(
        f"What the database held is kept in “{kept}”."
    )
    assert run("restore", kept, "--check")[0] == 0 and store.reading("xa").items.at["two", "note"] == ""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw, raw:
        raw.execute("UPDATE item SET tier = '4' WHERE id = 'two'")
    status, out, _err = run("restore", kept)  # which is what a database that is unsound needs
    assert status == 0 and "unsound" in out and store.reading("xa").items.at["two", "note"] == "sau đó"
    assert run("restore", made, "--database", f"sqlite:///{lived_in / 'new.db'}")[1].count("\n") == 1


def test_nothing_old_is_deleted_where_the_new_backup_could_not_be_taken_back(run, lived_in, url):
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw, raw:
        raw.execute("UPDATE item SET tier = '4' WHERE id = 'two'")
    status, _out, err = run("backup", lived_in, "--keep", "1")
    assert (status, err.count("\n"), len(names(lived_in))) == (2, 1, 7) and "no older one was deleted" in err


def test_a_backup_that_is_not_what_was_written_is_refused_by_its_hash_and_nothing_is_replaced(run, lived_in, store, at):
    run("backup", lived_in)
    (made,) = lived_in.glob("*.sealed")
    store.commit("xa", [Edit("two", "note", "", "sau đó")], actor="Lan", at=at)
    made.write_bytes(made.read_bytes()[:-1])
    for more in ([], ["--check"]):
        status, out, err = run("restore", made, *more)
        assert (status, out, err.count("\n")) == (2, "", 1) and "SHA-256" in err
    assert store.reading("xa").items.at["two", "note"] == "sau đó"


@pytest.mark.parametrize("said", ["0", "7,", "1,2,3,4", "-1", "many"])
def test_what_to_keep_is_said_in_numbers(run, lived_in, capsys, said):
    with pytest.raises(SystemExit) as stopped:
        run("backup", lived_in, f"--keep={said}")
    assert stopped.value.code == 2 and f"“{said}”" in capsys.readouterr().err and len(names(lived_in)) == 5
