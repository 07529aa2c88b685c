"""What scripts rely on: the commands' answers, exit statuses and one sentence for what goes wrong."""

import csv
import io
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
import streamlit
from PIL import Image
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from kpicat import __version__, checks, commands, convert, guidance, language, server
from kpicat.model import FIELDS
from kpicat.office import Office
from kpicat.services.samples import samples, start_from_sample
from kpicat.store import open_store
from kpicat.ui import frame

ROOT = Path(__file__).parent.parent
REAL = ROOT.parent / "shared" / "real" / "nghia-lam.xlsx"
SOUND = """code,group,department,duty,task,product,measure,quantity,deadline,quality,responsible,points,standard_unit
VP.01,Văn thư,Văn phòng,Quy chế làm việc,Đăng ký văn bản đến,Văn bản đã vào sổ,văn bản,3000,Trong ngày,Đúng,VT,100,x
VP.02,Tổng hợp,Văn phòng,Quy chế làm việc,Soạn nghị quyết chuyên đề,Nghị quyết,nghị quyết,"2,5",30/6,Đúng,Chánh VP,150,
"""


@pytest.fixture(autouse=True)
def outside(monkeypatch, tmp_path, run):
    """A locale and a database of the test's own."""
    monkeypatch.setenv("KPICAT_DATABASE", f"sqlite:///{tmp_path / 'var' / 'kpicat.db'}")


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "danh-muc.csv"
    path.write_text(SOUND, encoding="utf-8")
    return path


def fails_in_one_sentence(answer):
    status, out, err = answer
    return status == 2 and out == "" and err.count("\n") == 1 and "Traceback" not in err


# -- read --


def test_read_gives_every_field_of_every_item_and_where_it_stood(run, sound):
    status, out, err = run("read", sound, "--format", "json")
    answer = json.loads(out)
    first, second = answer["items"]
    assert (status, err) == (0, "")
    assert set(first) == {*FIELDS, "source"}
    assert (first["code"], first["quantity"], first["points"], first["standard_unit"]) == ("VP.01", 3000, 100, True)
    assert first["source"]["row"] == 2
    assert second["quantity"] == 2.5
    assert isinstance(first["quantity"], int)
    assert first["note"] is first["frequency"] is None


def test_read_reports_the_table_its_header_and_its_columns(run, sound):
    report = json.loads(run("read", sound)[1])["report"]
    (table,) = report["tables"]
    assert (table["header_row"], table["rows"]) == (1, 2)
    assert (table["mapping"]["A"], table["mapping"]["L"], table["headers"]["E"]) == ("code", "points", "task")


def test_read_names_every_row_left_out_with_its_reason(run, tmp_path):
    path = tmp_path / "danh-muc.csv"
    path.write_text(SOUND + ",,,,,,,,,,,,\nTổng cộng,,,,,,,3000,,,,,\n", encoding="utf-8")
    left_out = json.loads(run("read", path)[1])["report"]["left_out"]
    assert [entry["row"] for entry in left_out if entry["text"]] == [5]
    assert all(entry["reason"] for entry in left_out)


# -- convert --


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".json"])
def test_what_convert_writes_reads_back_as_the_same_items(run, sound, tmp_path, ending):
    out = tmp_path / f"out{ending}"
    status, summary, err = run("convert", sound, "-o", out)
    assert (status, err) == (0, "")
    assert "2 items from 1 table." in summary
    assert "Standard unit: VP.01 Đăng ký văn bản đến" in summary
    assert "Mean coefficient: 1.25" in summary
    if ending != ".json":
        before, after = (json.loads(run("read", path)[1])["items"] for path in (sound, out))
        told = ("code", "task", "product", "quantity", "points", "standard_unit", "deadline", "responsible")
        assert [[item[name] for name in told] for item in after] == [[item[name] for name in told] for item in before]


def test_without_a_name_the_result_lies_beside_the_file(run, sound):
    run("convert", sound)
    assert sound.with_name("danh-muc-quy-doi.xlsx").exists()


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".xls", ""])
def test_an_ending_not_written_yet_is_said_before_anything_is_read(run, tmp_path, ending):
    assert fails_in_one_sentence(run("convert", tmp_path / "missing.csv", "-o", tmp_path / f"out{ending}"))


def test_a_file_is_never_written_over_itself(run, sound):
    assert fails_in_one_sentence(run("convert", sound, "-o", sound))
    assert sound.read_text(encoding="utf-8") == SOUND


def test_nothing_is_left_behind_where_the_result_cannot_be_put(run, sound, tmp_path):
    assert fails_in_one_sentence(run("convert", sound, "-o", tmp_path / "no" / "such" / "out.csv"))
    (tmp_path / "folder.csv").mkdir()
    assert fails_in_one_sentence(run("convert", sound, "-o", tmp_path / "folder.csv"))
    assert not list(tmp_path.glob(".kpicat-*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_a_written_file_may_be_read_by_whoever_may_read_new_files(run, sound, tmp_path):
    out = tmp_path / "out.csv"
    before = os.umask(0o027)
    try:
        run("convert", sound, "-o", out)
    finally:
        os.umask(before)
    assert out.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("asked", "heading"), [([], "ĐẢNG CỘNG SẢN VIỆT NAM"), (["--form", "state"], "CỘNG HÒA XÃ HỘI")]
)
def test_convert_writes_the_paper_that_is_asked_for(run, sound, tmp_path, asked, heading):
    out = tmp_path / "out.docx"
    assert run("convert", sound, "-o", out, *asked)[0] == 0
    with zipfile.ZipFile(out) as parts:
        text = parts.read("word/document.xml").decode()
    assert heading in text and "Soạn nghị quyết chuyên đề" in text
    assert run("convert", sound, "-o", tmp_path / "out.pdf", *asked)[0] == 0
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(not REAL.exists(), reason="the real workbook is not at hand")
def test_a_real_commune_catalogue_is_converted_whole(run, tmp_path):
    out = tmp_path / "out.xlsx"
    status, summary, _err = run("convert", REAL, "-o", out, "--guidance", "khung_xa")
    assert status == 0
    assert "371 items from 3 tables." in summary
    assert "Standard unit: DC.01" in summary
    assert "Left out: “PL I - Tieu chi chung”" in summary
    before, after = (json.loads(run("read", path, "--guidance", "khung_xa")[1])["items"] for path in (REAL, out))
    edition = guidance.get("khung_xa")
    for item in before:
        ours = convert.coefficient(Decimal(str(item["points"])), edition)
        assert ours == Decimal(str(item["coefficient"])), item["code"]
    told = ("code", "department", "task", "detail", "product", "tier", "points", "standard_unit", "note")
    assert [[item[name] for name in told] for item in after] == [[item[name] for name in told] for item in before]


# -- check --


def test_a_sound_catalogue_has_no_finding_at_error_level(run, sound):
    status, out, err = run("check", sound, "--format", "json")
    assert (status, err) == (0, "")
    assert "error" not in {json.loads(line)["level"] for line in out.splitlines()}


def test_check_gives_one_finding_a_line_with_its_row_and_source(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(SOUND.replace("30/6", ""), encoding="utf-8")
    status, out, _err = run("check", path, "--format", "json")
    findings = [json.loads(line) for line in out.splitlines()]
    (late,) = [f for f in findings if f["check"] == "missing-deadline"]
    assert status == 1
    assert list(late) == ["check", "level", "item", "field", "message", "source", "suggestion"]
    assert (late["level"], late["field"], late["source"]) == ("error", "deadline", "PL3 lưu ý (3)")
    assert (late["item"]["code"], late["item"]["row"]) == ("VP.02", 3)


def test_a_finding_about_the_whole_catalogue_names_no_item(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(SOUND.replace(",x\n", ",\n"), encoding="utf-8")
    findings = [json.loads(line) for line in run("check", path, "--format", "json")[1].splitlines()]
    assert [f["item"] for f in findings if f["check"] == "no-standard-unit"] == [None]


def test_the_three_forms_of_check_tell_the_same_findings(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(SOUND.replace("30/6", "").replace(",x\n", ",\n"), encoding="utf-8")
    json_lines, text, table = (run("check", path, "--format", form)[1] for form in ("json", "text", "csv"))
    ids = [json.loads(line)["check"] for line in json_lines.splitlines()]
    assert ids == [row["check"] for row in csv.DictReader(io.StringIO(table))]
    assert ids == [re.search(r"\[([\w-]+);", line)[1] for line in text.splitlines()]


def test_what_every_line_lacks_is_told_people_once_and_scripts_of_each_line(run, tmp_path):
    path = tmp_path / "x.csv"
    head, *rows = SOUND.replace("30/6", "").replace("Trong ngày", "").splitlines()
    lines = [row.replace("VP.0", f"VP.{n}") for n in range(6) for row in rows]
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    json_lines, text = (run("check", path, "--format", form)[1].splitlines() for form in ("json", "text"))
    late = [json.loads(line) for line in json_lines if '"missing-deadline"' in line]
    assert len(late) == len(lines) == len({one["item"]["row"] for one in late})
    (told,) = [line for line in text if "[missing-deadline;" in line]
    assert f"each of the {len(lines)} lines: error: Write the time of completion. [" in told
    assert {json.loads(line)["check"] for line in json_lines} == {re.search(r"\[([\w-]+);", line)[1] for line in text}


def test_a_cell_that_looks_like_a_formula_is_no_formula_in_the_findings(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(SOUND.replace("VP.02", '"=HYPERLINK(""http://x"")"').replace("30/6", ""), encoding="utf-8")
    rows = csv.DictReader(io.StringIO(run("check", path, "--format", "csv")[1]))
    assert not [value for row in rows for value in row.values() if value.startswith("=")]


def test_findings_in_many_files_name_their_file_and_a_file_that_cannot_be_taken_is_told(run, sound, tmp_path):
    folder = tmp_path / "xa"
    folder.mkdir()
    for name in ("Văn phòng.csv", "Ban Xây dựng Đảng.csv"):
        (folder / name).write_text(SOUND.replace("30/6", "").replace("VP.", name[:2].upper()), encoding="utf-8")
    (folder / "ảnh.csv").write_bytes(bytes(range(256)))
    status, out, err = run("check", folder, "--format", "json")
    late = [one["item"] for one in map(json.loads, out.splitlines()) if one["check"] == "missing-deadline"]
    assert (status, [(item["file"], item["row"]) for item in late]) == (
        1, [("Ban Xây dựng Đảng.csv", 3), ("Văn phòng.csv", 3)],
    )  # fmt: skip
    assert err.count("\n") == 1 and "ảnh.csv" in err
    rows = list(csv.DictReader(io.StringIO(run("check", folder, "--format", "csv")[1])))
    assert {row["file"] for row in rows if row["check"] == "missing-deadline"} == {item["file"] for item in late}
    assert "Văn phòng.csv › " in run("check", folder, "--format", "text")[1]
    assert "file" not in csv.DictReader(io.StringIO(run("check", sound, "--format", "csv")[1])).fieldnames


def test_a_scan_is_said_to_be_one(run, tmp_path):
    Image.new("RGB", (60, 80), "white").save(tmp_path / "scan.pdf")
    answer = run("check", tmp_path / "scan.pdf")
    assert fails_in_one_sentence(answer) and "scan" in answer[2]


# -- explain --


def test_explain_gives_the_manual_of_a_check_with_lines_that_keep_and_break_it(run):
    status, out, err = run("explain", "composite")
    assert (status, err) == (0, "")
    assert out.startswith("## composite\n\n*warning · PL3 lưu ý (1)*\n\nOne line is one work with one product.")
    assert re.findall(r"^\*\*(.*?)\*\*", out, re.MULTILINE) == ["Asked by", "Why", "To put right"]
    keep, broken = out.split("\n\nLines that break it:\n")
    assert "Task/Work: “Kiểm tra, giám sát chi bộ”; Product (output): “Kết luận kiểm tra, giám sát”" in keep
    assert "Product (output): “Kế hoạch; giấy mời; tài liệu hội nghị; hồ sơ thanh toán”" in broken
    assert "a) Giấy mời b) Kịch bản" in broken  # a case is one line whatever its cell holds


def test_explain_speaks_the_readers_language(run, monkeypatch):
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    out = run("explain", "missing_deadline")[1]
    assert "**Cách sửa**" in out and "Thời hạn hoàn thành: (trống)" in out
    assert not re.search(r"\b(?:Lines|Why|error|empty)\b", out)


def test_explain_alone_lists_every_check_with_its_principle(run):
    status, out, err = run("explain")
    listed = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert (status, err) == (0, "")
    assert listed == {check: checks.principle(check) for check in checks.ids()}


def test_a_check_that_is_not_there_is_answered_with_those_most_like_it(run):
    for typed, meant in (("compositte", "composite"), ("deadline", "vague-deadline"), ("no-unit", "no-standard-unit")):
        answer = run("explain", typed)
        assert fails_in_one_sentence(answer)
        assert f"“{typed}”" in answer[2] and meant in answer[2] and "paper-share" not in answer[2]
    answer = run("explain", "xyzzy")
    assert fails_in_one_sentence(answer) and "“explain” alone" in answer[2]


# -- what cannot be done --


@pytest.mark.parametrize("command", ["convert", "read", "check"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.xlsx", None),
        ("text.xlsx", b"not a workbook"),
        ("empty.xlsx", b""),
        ("empty.csv", b""),
        ("noise.csv", bytes(range(256))),
        ("prose.csv", "Kính gửi các đồng chí\n".encode()),
        ("letter.docx", b"PK"),
        ("no_ending", b"a,b\n"),
    ],
)
def test_an_unreadable_file_is_one_sentence_and_no_traceback(run, tmp_path, command, name, content):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert fails_in_one_sentence(run(command, path))


def test_a_folder_is_no_file(run, tmp_path):
    assert fails_in_one_sentence(run("read", tmp_path))


def test_a_file_over_the_limit_is_not_read(run, sound, monkeypatch):
    monkeypatch.setattr("kpicat.settings.upload_limit", lambda: 10)
    assert fails_in_one_sentence(run("read", sound))


def test_an_unknown_guidance_is_answered_with_those_there_are(run, sound):
    answer = run("convert", sound, "--guidance", "phu_luc_9")
    assert fails_in_one_sentence(answer)
    assert "khung_xa" in answer[2]


@pytest.mark.parametrize("arguments", [(), ("conjure",), ("read",), ("check", "x.csv", "--format", "xml")])
def test_a_mistyped_command_is_explained(run, capsys, arguments):
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2
    assert "usage: python -m kpicat" in capsys.readouterr().err


# -- the language of the locale --


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "vi"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "fr_FR.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi_VN", "LC_ALL": "en_US"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale_else_vietnamese(environment, spoken):
    assert commands.spoken_in(environment) == spoken


def test_a_server_that_cannot_begin_says_so_in_the_language_of_the_locale(run, monkeypatch):
    serve = server.serve

    def as_in_a_new_process(*address):
        language.resolve_with(frame._session_language)  # as the pages do once they are imported
        serve(*address)

    monkeypatch.setattr(server, "serve", as_in_a_new_process)
    monkeypatch.delenv("KPICAT_ACCESS", raising=False)
    assert run("serve", "--host", "0.0.0.0")[2].startswith("Without KPICAT_ACCESS")
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert run("serve", "--host", "0.0.0.0")[2].startswith("Khi chưa đặt KPICAT_ACCESS")


@pytest.mark.parametrize(("locale", "words"), [("vi_VN.UTF-8", "cách dùng:"), ("en_US.UTF-8", "usage:")])
def test_help_is_in_the_language_of_the_locale(run, capsys, monkeypatch, locale, words):
    monkeypatch.setenv("LANG", locale)
    with pytest.raises(SystemExit) as stopped:
        run("--help")
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith(words)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("convert",),
        ("read",),
        ("check",),
        ("explain",),
        ("similar",),
        ("serve",),
        ("demo",),
        ("migrate",),
        ("backup",),
        ("restore",),
        ("fsck",),
        ("upgrade",),
        ("settings",),
        ("versions",),
        ("dossier",),
        ("verify",),
        ("accounts",),
        ("accounts", "add"),
        ("accounts", "grant"),
        ("api-tokens",),
        ("api-tokens", "add"),
    ],
)
def test_no_word_of_the_help_is_left_in_english(run, capsys, monkeypatch, arguments):
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    with pytest.raises(SystemExit):
        run(*arguments, "--help")
    words = re.findall(r"\b(?:show|exit|version|usage|options?|arguments?|default|the)\b", capsys.readouterr().out)
    assert [word for word in words if word != "version"] == []  # --version itself is an option's name


@pytest.mark.parametrize("port", ["abc", "-1", "70000", "80.5"])
def test_a_port_that_is_none_is_said_so(run, capsys, monkeypatch, port):
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    with pytest.raises(SystemExit) as stopped:
        run("serve", f"--port={port}")
    err = capsys.readouterr().err
    assert stopped.value.code == 2
    assert f"“{port}”" in err and "int" not in err


def test_help_does_not_wait_for_what_it_does_not_need():
    code = (
        "import sys; from kpicat import commands\ntry: commands.main(['convert', '--help'])\nexcept SystemExit: pass\n"
    )
    code += "print([m for m in ('pandas', 'streamlit', 'sqlalchemy', 'openpyxl', 'plotly') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_file_is_read_without_what_only_a_database_needs():
    code = "import sys; from kpicat.services import files\n"
    code += "print([m for m in ('sqlalchemy', 'alembic', 'psycopg') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_reader_that_has_had_enough_is_no_error(sound):
    code = f"import sys; from kpicat import commands; sys.exit(commands.main(['read', {str(sound)!r}]))"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as command:
        command.stdout.close()
        err = command.stderr.read()
    assert (command.returncode, err) == (commands.NOT_READ_OUT, b"")


def test_an_upload_limit_that_is_no_number_is_said_so(run, sound, monkeypatch):
    for said in ("abc", "0", "-1", "1.5"):
        monkeypatch.setenv("KPICAT_UPLOAD_MB", said)
        answer = run("check", sound)
        assert fails_in_one_sentence(answer) and said in answer[2]


# -- an installation --


def test_demo_fills_an_empty_database_once_and_again_only_when_asked(run):
    assert run("demo")[0] == 0
    with_samples = [catalogue.name for catalogue in catalogues()]
    assert with_samples == [sample.name for sample in samples()]
    assert "nothing was added" in run("demo")[1]
    assert len(catalogues()) == len(with_samples)
    run("demo", "--fresh")
    assert len(catalogues()) == 2 * len(with_samples)


def test_demo_writes_nothing_when_one_of_the_samples_cannot_be_read(run, monkeypatch, tmp_path):
    for name in ("samples.toml", "xa_mau.csv"):  # the second sample is missing
        (tmp_path / name).write_bytes((ROOT / "data" / "samples" / name).read_bytes())
    monkeypatch.setattr(sys.modules["kpicat.services.samples"], "FOLDER", tmp_path)
    with pytest.raises(FileNotFoundError):
        run("demo")
    assert not catalogues()


def catalogues():
    store = open_store(os.environ["KPICAT_DATABASE"])
    try:
        return store.catalogues()
    finally:
        store.close()


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.entry["file"])
def test_a_sample_comes_whole_in_one_batch(store, sample, at):
    with (ROOT / "data" / "samples" / sample.entry["file"]).open(encoding="utf-8", newline="") as file:
        written = [" ".join(row["task"].split()) for row in csv.DictReader(file)]
    catalogue = start_from_sample(store, sample, actor="tester", at=at)
    assert list(store.reading(catalogue.id).items["task"]) == written
    (batch,) = [batch for batch in store.batches(catalogue.id) if batch.label == "import"]
    assert (batch.size, batch.actor) == (len(written), "tester")
    assert sample.name and sample.body and sample.description


def test_a_backup_goes_back_into_an_emptied_database(run, tmp_path):
    run("demo")
    before = {catalogue.id for catalogue in catalogues()}
    assert run("backup", tmp_path / "copy.db")[0] == 0
    run("demo", "--fresh")
    assert run("restore", tmp_path / "copy.db")[0] == 0
    assert {catalogue.id for catalogue in catalogues()} == before


def test_restoring_what_is_no_backup_is_one_sentence(run, tmp_path, sound):
    assert fails_in_one_sentence(run("restore", tmp_path / "missing.db"))
    assert fails_in_one_sentence(run("restore", sound))


def test_fsck_says_sound_or_every_contradiction_a_line_or_that_there_is_no_database(run):
    assert fails_in_one_sentence(run("fsck"))
    run("demo")
    assert run("fsck") == (0, "The database is sound: every table is where the log of changes leads.\n", "")
    file = os.environ["KPICAT_DATABASE"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE item SET task = 'x', place = 'y' WHERE rank = 2")
    status, out, err = run("fsck")
    assert (status, len(out.splitlines()), err.count("\n")) == (1, 4, 1)  # two samples, two columns
    assert err.startswith("4 contradictions")


def test_the_database_of_the_command_line_wins(run, tmp_path):
    elsewhere = tmp_path / "elsewhere" / "k.db"
    assert run("migrate", "--database", f"sqlite:///{elsewhere}")[0] == 0
    assert elsewhere.exists()
    assert fails_in_one_sentence(run("migrate", "--database", "mysql://x"))


@pytest.mark.parametrize(
    ("stop", "log"), [(signal.SIGTERM, "text"), (signal.SIGINT, "json")], ids=["terminated", "ctrl-c"]
)
def test_serve_says_where_answers_how_it_is_tells_its_pages_that_it_stops_and_stops(
    run, monkeypatch, store, url, stop, log
):
    monkeypatch.setenv("KPICAT_DATABASE", url)
    monkeypatch.setenv("KPICAT_STOP_SECONDS", "1")
    ticket = Office(store).ticket("xa", "Lan", "page")
    command = [sys.executable, "-m", "kpicat", "serve", "--port", "0", "--log", log]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            at = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
            with urlopen(f"{at}/healthz", timeout=10) as answer:
                health = json.load(answer)
            with urlopen(at, timeout=10) as page:
                assert page.status == 200
            taken = run("serve", "--port", at.rpartition(":")[2])
            news = f"ws{at.removeprefix('http')}/live?ticket={ticket}"
            with connect(news, open_timeout=10) as line, unread(at):
                server.send_signal(stop)
                with pytest.raises(ConnectionClosed) as told:
                    while line.recv(10):
                        pass
                rest = server.stdout.read()  # until it has ended, though one browser never reads on
        finally:
            server.kill()
    assert health == {"status": "ok", "version": __version__}
    assert fails_in_one_sentence(taken)
    assert told.value.rcvd.code == 1012  # it restarts: come again
    assert server.returncode == 0
    assert "configured" in {line.act for line in store.accounts.entries(None, limit=9, before=None)}
    cut_off = "Cancel %s running task(s), timeout graceful shutdown exceeded"  # what nobody read
    if log == "json":
        said = [json.loads(line)["message"] for line in rest.splitlines()]
        assert said[0] == cut_off and "stopped" in said
    else:
        assert cut_off in rest.splitlines()[0]


@contextmanager
def unread(at):
    """A browser that asked for more than the line holds, and reads none of it, as when its lid was shut."""
    large = max((Path(streamlit.__file__).parent / "static/static/js").iterdir(), key=lambda file: file.stat().st_size)
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect((urlsplit(at).hostname, urlsplit(at).port))
        line.sendall(f"GET /static/js/{large.name} HTTP/1.1\r\nHost: {urlsplit(at).netloc}\r\n\r\n".encode() * 20)
        assert line.recv(12) == b"HTTP/1.1 200"
        yield


# -- many units' files --


@pytest.fixture
def units(tmp_path):
    """A folder of two units' files, one that cannot be read, and what a computer keeps for itself."""
    folder = tmp_path / "Các đơn vị"
    (folder / "Văn phòng").mkdir(parents=True)
    (folder / "Phòng Kinh tế.csv").write_text("Mã CV,Nhiệm vụ,Sản phẩm,Điểm\nKT.01,Họp,Biên bản,100\n")
    (folder / "Văn phòng" / "danh-muc.csv").write_text("Mã CV,Nhiệm vụ,Sản phẩm,Điểm\nVP.01,Trực,Sổ,120\n")
    (folder / "hong.xlsx").write_bytes(b"PK\x03\x04xl/")
    (folder / "~$danh-muc.xlsx").write_bytes(b"x")
    return folder


@pytest.fixture
def zipped(units):
    """The same as a .zip."""
    path = units.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as out:
        for file in sorted(units.rglob("*.*")):
            out.write(file, file.relative_to(units))
    return path


@pytest.mark.parametrize("kind", ["units", "zipped"])
def test_read_tells_of_each_file_of_a_folder_or_a_zip(run, request, kind):
    status, out, err = run("read", request.getfixturevalue(kind), "--format", "json")
    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert [(item["code"], item["source"]) for item in answer["items"]] == [
        ("KT.01", {"file": "Phòng Kinh tế.csv", "sheet": "Phòng Kinh tế", "row": 2}),
        ("VP.01", {"file": "Văn phòng/danh-muc.csv", "sheet": "danh-muc", "row": 2}),
    ]
    assert [report["file"] for report in answer["reports"]] == ["Phòng Kinh tế.csv", "Văn phòng/danh-muc.csv"]
    assert [refused["file"] for refused in answer["refused"]] == ["hong.xlsx"]
    assert [left["file"] for left in answer["left_out"]] == ["~$danh-muc.xlsx"]


@pytest.mark.parametrize("kind", ["units", "zipped"])
def test_convert_makes_one_catalogue_of_many_files_each_item_in_its_unit(run, request, tmp_path, kind):
    out = tmp_path / "chung.json"
    status, said, _err = run("convert", request.getfixturevalue(kind), "-o", out)
    assert status == 0
    items = json.loads(out.read_text())["items"]
    assert [(item["department"], item["source"]["file"], item["source"]["row"]) for item in items] == [
        ("Phòng Kinh tế", "Phòng Kinh tế.csv", 2),
        ("Văn phòng", "Văn phòng/danh-muc.csv", 2),
    ]
    assert "hong.xlsx" in said


def test_convert_of_a_folder_writes_beside_it(run, units):
    assert run("convert", units)[0] == 0
    assert units.with_name("Các đơn vị-quy-doi.xlsx").exists()


def test_a_folder_without_any_file_that_can_be_read_fails_in_one_sentence(run, tmp_path):
    empty = tmp_path / "rỗng"
    empty.mkdir()
    assert fails_in_one_sentence(run("check", empty))
    (empty / "a.xlsx").write_bytes(b"PK\x03\x04xl/")
    assert "a.xlsx" in run("read", empty)[2]
