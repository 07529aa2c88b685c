"""Write ``docs/checks.md`` and ``docs/checks.en.md`` from the docstrings of the checks: ``make docs``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kpicat import checks, language  # noqa: E402 - kpicat is run from its folder, not installed
from kpicat.commands.explain import manual  # noqa: E402

PAGES = {"vi": ROOT / "docs" / "checks.md", "en": ROOT / "docs" / "checks.en.md"}
_HEADS = {
    "vi": (
        "Các kiểm tra",
        "*[English](checks.en.md)*",
        "Mỗi kiểm tra soát một nguyên tắc của hướng dẫn. Trang này được tạo từ chính các kiểm tra (`make docs`); "
        "`python -m kpicat explain MÃ` in ra từng mục.",
    ),
    "en": (
        "Checks",
        "*[Tiếng Việt](checks.md)*",
        "Each check holds a catalogue to one principle of the guidance. This page is made from the checks themselves "
        "(`make docs`); `python -m kpicat explain ID` prints each part of it.",
    ),
}


def page(code: str) -> str:
    """The page in that language: every check with its principle, then the manual of each."""
    language.resolve_with(lambda: code)
    try:
        title, other, about = _HEADS[code]
        listed = "\n".join(f"- [{check_id}](#{check_id}) – {checks.principle(check_id)}" for check_id in checks.ids())
        manuals = "\n\n".join(map(manual, checks.ids()))
        return f"# {title}\n\n{other}\n\n{about}\n\n{listed}\n\n{manuals}\n"
    finally:
        language.resolve_with(lambda: None)


if __name__ == "__main__":
    for code, path in PAGES.items():
        path.write_text(page(code), encoding="utf-8")
