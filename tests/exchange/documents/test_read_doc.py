"""Older documents come in through LibreOffice; without it one sentence says what to do."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kpicat import guidance
from kpicat.errors import InputError
from kpicat.exchange import read
from kpicat.exchange.documents import libreoffice
from tests.exchange import office

HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Điểm"]
LINES = [["1", "Tiếp công dân", "Sổ", "100"], ["2", "Họp giao ban", "Biên bản", "120"]]
SCALE = guidance.get("phu_luc_3")
installed = pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed")


def nothing():
    pass


def all_older():
    """A small catalogue as a file of each older kind."""
    rows = ("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in [HEAD, *LINES])
    page = f'<meta charset="utf-8"><p>DANH MỤC</p><table border="1">{"".join(rows)}</table>'
    (text,) = office.converted([(page.encode(), ".html")], "odt")
    return {"odt": text} | {kind: office.converted([(text, ".odt")], kind)[0] for kind in ("doc", "rtf")}


@installed
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_an_older_document_gives_the_items_of_the_newer(once, taken, kind):
    found = taken(once(all_older)[kind], f"danh-muc.{kind}")
    assert [(i["task"], i["product"], i["points"]) for i in found.items] == [
        ("Tiếp công dân", "Sổ", 100),
        ("Họp giao ban", "Biên bản", 120),
    ]
    assert [i.source.file for i in found.items] == [f"danh-muc.{kind}"] * 2


@pytest.mark.parametrize("kind", [".doc", ".rtf"])
def test_without_libreoffice_a_sentence_says_what_to_do(monkeypatch, kind):
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    stream = "WordDocument".encode("utf-16-le").ljust(64, b"\0") + b"\x1a\x00"
    content = rb"{\rtf1 x}" if kind == ".rtf" else ole + stream
    with pytest.raises(InputError, match=rf"“a\{kind}” is a \{kind} file; open it in Word, save it as \.docx"):
        read(content, f"a{kind}", SCALE)


def test_a_document_with_a_password_is_called_protected():
    ole = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").ljust(512, b"\0")
    main = b"\xec\xa5\xc1\x00" + bytes(6) + (0x0100).to_bytes(2, "little")
    stream = "WordDocument".encode("utf-16-le").ljust(64, b"\0") + b"\x1a\x00"
    with pytest.raises(InputError, match="password"):
        read(ole + main + stream, "a.doc", SCALE)


@installed
def test_whoever_listens_may_stop_the_conversion():
    class Stopped(Exception):
        pass

    def stop(_share, doing):
        if "LibreOffice" in doing:
            raise Stopped

    with pytest.raises(Stopped):
        read(rb"{\rtf1 x}", "a.rtf", SCALE, progress=stop)
    assert libreoffice._ONE.acquire(timeout=1)  # the next one may begin
    libreoffice._ONE.release()


@installed
def test_a_conversion_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(libreoffice, "LONGEST", libreoffice._STEP)
    with pytest.raises(InputError, match="took LibreOffice more than"):
        read(rb"{\rtf1 x}", "a.rtf", SCALE)


@installed
def test_nothing_a_document_links_to_is_fetched():
    asked = []

    class Heard(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_args):
            pass

    with HTTPServer(("127.0.0.1", 0), Heard) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        link = f"http://127.0.0.1:{server.server_port}/x.png"
        page = rb"{\rtf1 {\field{\*\fldinst INCLUDEPICTURE \"" + link.encode() + rb"\" \\d}{\fldrslt }}x}"
        libreoffice.converted(page, ".rtf", nothing)
        server.shutdown()
    assert asked == []
