#!/bin/sh
# Print the path of a Chromium that starts, for the browser tests: one that is on the
# machine, else Playwright's own, else the system's package. Exit 1 when none can be had.

cd "$(dirname "$0")/.." || exit 1

starts() { [ -n "$1" ] && command -v "$1" >/dev/null 2>&1 && "$1" --version >/dev/null 2>&1; }

# The headless shell comes first: it draws as Chromium does, without what belongs to windows on a screen.
on_this_machine() {
    for name in "$KPICAT_CHROMIUM" chromium-headless-shell chromium google-chrome google-chrome-stable \
        chromium-browser microsoft-edge; do
        starts "$name" && command -v "$name" && return
    done
    return 1
}

of_playwright() {
    path=$(.venv/bin/python - <<'PYTHON' 2>/dev/null
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
PYTHON
    )
    starts "$path" && echo "$path"
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

on_this_machine && exit
of_playwright && exit
.venv/bin/python -m playwright install chromium >&2 && of_playwright && exit
command -v apt-get >/dev/null 2>&1 && {
    as_root apt-get update >&2
    as_root apt-get install --yes --no-install-recommends chromium >&2 && on_this_machine && exit
}
echo "No Chromium was found and none could be installed: the browser tests will fail." \
    "Install chromium, or set KPICAT_CHROMIUM to a browser, or KPICAT_WITHOUT_BROWSER=1 to leave them out." >&2
exit 1
