"""Known faults of the packages: asked at every build, and no failure where nobody answers."""

from __future__ import annotations

import http.server
import json
import re
import threading
from contextlib import contextmanager
from pathlib import Path

from tools import audit


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


def test_every_build_asks():
    run = (Path(__file__).parents[2] / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^within \d+ make audit\b", run, re.MULTILINE) and audit.SECONDS <= 5


def test_where_nobody_answers_nothing_fails(monkeypatch, capsys):
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as silent:  # serves nobody
        for address in (f"http://127.0.0.1:{silent.server_port}", "http://127.0.0.1:9", "no address"):
            assert audit.known_faults({"sound": "1.0"}, address, 0.05) is None
    monkeypatch.setattr(audit, "known_faults", lambda *_asked: None)
    assert audit.main() == 0 and "not reached" in capsys.readouterr().out
