# make run      start kpicat on http://127.0.0.1:8501 with the sample catalogue ready
# make test     every test but the benchmarks
# make fuzz     the tests that make up their examples, with many more and other ones each time
# make check    format, lint, types, map of imports, translations
# make audit    ask osv.dev, or KPICAT_ADVISORIES, whether a package installed here has a known fault
# make bench    the benchmarks
# make load     100 people at one catalogue for five minutes, measured; LOAD="--people 30 …" asks for another run
# make format   put the code in the format that `make check` asks for
# make messages collect the sentences to translate into kpicat/locale
# make docs     write docs/checks.md and docs/checks.en.md from the checks' own manuals
# make clean    remove what these made; data/var, where catalogues are kept, stays
#
# Needed beforehand: Python 3.11 or later with venv, and make.

HOST := 127.0.0.1
PORT := 8501
# tests at the same time on two processors: those without a browser, of which some wait, and those with
AT_ONCE := 4
BROWSERS := 2
# In a browser a click may fall while a busy machine still moves the page: what failed is tried once more and named at
# the end with what failed. What is broken fails twice; many that fail, or a fault of the server, are not tried again.
AGAIN := --reruns 1 --max-suite-reruns 4 --rerun-except "met what nobody foresaw" --rerun-show-tracebacks
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

BIN := .venv/bin
APP := .venv/app.stamp
DEV := .venv/dev.stamp

.PHONY: run test fuzz check style types audit compiled bench load format messages docs clean

run: $(APP)
	$(BIN)/python -m kpicat demo
	exec $(BIN)/python -m kpicat serve --host $(HOST) --port $(PORT)

# Without a browser its tests fail and say so; KPICAT_WITHOUT_BROWSER=1 leaves them out.
# Browsers come last.
test: $(DEV)
	$(BIN)/python -m pytest --ignore=tests/benchmarks --ignore=tests/browser -n $(AT_ONCE) --dist worksteal
	@if [ -z "$$KPICAT_WITHOUT_BROWSER" ]; then \
		KPICAT_CHROMIUM="$$(tools/browser.sh)"; export KPICAT_CHROMIUM; \
		$(BIN)/python -m pytest tests/browser -n $(BROWSERS) --dist worksteal $(AGAIN); fi

fuzz: $(DEV)
	KPICAT_EXAMPLES=fuzz $(BIN)/python -m pytest --ignore=tests/benchmarks -m "hypothesis and not browser" -n $(AT_ONCE)

check: style types

style: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tools/messages.py check

types: $(DEV)
	$(BIN)/mypy

audit: $(DEV)
	$(BIN)/python tools/audit.py

# All that tests import is compiled once, before several processes come to it at the same time.
compiled: $(DEV)
	$(BIN)/python -m pytest --collect-only -qq > .venv/found || { cat .venv/found; exit 1; }

bench: $(DEV)
	@KPICAT_CHROMIUM="$$(tools/browser.sh)"; export KPICAT_CHROMIUM; \
	$(BIN)/python -m pytest tests/benchmarks

load: $(DEV)
	$(BIN)/python -m tests.load $(LOAD)

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(DEV)
	$(BIN)/python tools/messages.py update

docs: $(DEV)
	$(BIN)/python tools/check_pages.py

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "kpicat needs Python 3.11 or later (python3)." >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

$(APP): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV): requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements-dev.txt
	@touch $(APP) $@
