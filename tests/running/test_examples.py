"""The examples in deploy/ and the manuals name what there is, and nothing asks the internet."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from streamlit import file_util

from kpicat import language, settings
from kpicat.commands import configured
from kpicat.commands.arguments import parser
from kpicat.doors import headers

ROOT = Path(__file__).parents[2]
DEPLOY = sorted(path for path in (ROOT / "deploy").rglob("*") if path.is_file())
MANUALS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


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


def test_a_windows_service_has_few_rights_whichever_winsw_reads_it():
    service = ElementTree.parse(ROOT / "deploy" / "windows" / "kpicat-service.xml")
    second = [service.findtext(f"serviceaccount/{part}") for part in ("domain", "user")]
    assert "\\".join(second) == service.findtext("serviceaccount/username") == "NT AUTHORITY\\LocalService"


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
