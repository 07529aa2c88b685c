"""What may be set: the command line before the environment before a file, refused with its line, secrets unseen."""

from __future__ import annotations

import pytest

from kpicat import settings
from kpicat.errors import InputError


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


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        ("KPICAT_ORIGINS", "https://xa.vn/kpicat", "has a path"),
        ("KPICAT_ORIGINS", "kpi.xa.vn", "no address that people open"),
        ("KPICAT_HASH_COST", "cheap", "set it to passes"),
        ("KPICAT_IDLE_MINUTES", "0", "whole number of minutes"),
    ],
)
def test_no_server_begins_with_a_setting_that_would_fail_its_people_later(run, monkeypatch, name, said, words):
    began = []
    monkeypatch.setattr("kpicat.server._insist_on_free", lambda *address: began.append(address))
    monkeypatch.setattr("kpicat.server.served.open_office", None)
    monkeypatch.setenv(name, said)
    monkeypatch.setenv("KPICAT_ACCESS", "accounts")
    status, out, err = run("serve", "--port", "0")
    assert (status, out, err.count("\n"), began) == (2, "", 1, []) and said in err and words in err


def test_addresses_that_people_open_are_taken_as_browsers_say_them(monkeypatch):
    monkeypatch.setenv("KPICAT_ORIGINS", "https://KPI.xa-mau.gov.vn/, http://10.0.0.5:8501")
    assert settings.origins() == {"https://kpi.xa-mau.gov.vn", "http://10.0.0.5:8501"}


def test_a_key_for_backups_that_anybody_could_try_out_is_refused(write, monkeypatch):
    assert settings.backup_key() is None
    for said in ("short", ""):
        monkeypatch.setenv("KPICAT_BACKUP_KEY_FILE", str(write(said, "backup.key")))
        with pytest.raises(InputError, match="16"):
            settings.backup_key()


@pytest.mark.parametrize("address", ["postgresql+psycopg://u@h:port/d", "postgresql+psycopg://u@[::1/d"])
@pytest.mark.parametrize("password", ["", "geheim"])
def test_an_address_that_is_none_is_refused_in_one_sentence(run, monkeypatch, address, password):
    monkeypatch.setenv("KPICAT_DATABASE_PASSWORD", password)
    status, out, err = run("demo", "--database", address)
    assert (status, out, err.count("\n")) == (2, "", 1) and "postgresql+psycopg://" in err
