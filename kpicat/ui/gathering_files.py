"""The files that units sent: whose each is, what was found in it, and one of them at a time to be put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pandas as pd
import streamlit as st

from kpicat.errors import NeedsPointing
from kpicat.exchange.read_many import FileRead, Many
from kpicat.language import _, ngettext, number
from kpicat.model import Item
from kpicat.services.gathering import Gathering
from kpicat.text.normalise import one_line
from kpicat.ui import frame, mapping, tables_found
from kpicat.ui.gathering import Parts
from kpicat.ui.remarks import notes

Place = tuple[str, str]
"""A file and one of its sheets."""
_FIGURES = ("items", "new", "changed", "same", "gone")
_MOST_ROWS = 12
"""Of the table, in sight without scrolling in it."""


def found(many: Many) -> None:
    """How many items in how many files; and each file that gives none, with the sentence why."""
    items, giving = sum(len(read.items) for read in many.reads), sum(bool(read.items) for read in many.reads)
    if items:
        sentence = ngettext("{items} item found in {files}.", "{items} items found in {files}.", items)
        files = ngettext("{n} file", "{n} files", giving).format(n=number(giving))
        st.success(sentence.format(items=number(items), files=files), icon=":material/task_alt:")
    whys = [(file.name, str(file.refused) if file.refused else _nothing()) for file in many.files if not _items(file)]
    if whys:
        title = ngettext("{n} file gives no line", "{n} files give no line", len(whys)).format(n=number(len(whys)))
        with st.expander(title, icon=":material/error:", expanded=True, key="gathering_refused"):
            said = (f"**{frame.plain_text(name)}**  \n  {frame.plain_text(why)}" for name, why in whys)
            st.markdown("\n".join(f"- {why}" for why in said))
            if items:
                st.caption(_("The others still come in; these can be brought in by themselves later."))
    elif not many.files:
        st.warning(_("There is no file of a unit in it; choose the units' files."), icon=":material/folder_off:")


def _items(file: FileRead) -> list[Item]:
    return file.read.items if file.read else []


def _nothing() -> str:
    return _("No item was found; open this file below and choose what its columns are taken for.")


# -- the table of files ------------------------------------------------------


def table(desk: frame.Desk, held: Parts, many: Many, gathered: Gathering) -> None:
    """One row for each sheet with items, and for each file without; the unit can be put right in its cell."""
    rows = list(_rows(held, many, gathered, held.whose(desk.view, many)))
    if not rows:
        return
    places = [place for place, _cells in rows]
    key = f"gathering_files_{frame.fingerprint((held.id, places))}"
    if key not in st.session_state:  # what is typed into the table lies over what stood there when it was put up
        held.stood = {place: str(cells["unit"]) for place, cells in rows}
    shown = pd.DataFrame([cells | {"unit": held.stood.get(place, "")} for place, cells in rows])
    numbers = {name: st.column_config.TextColumn(title, width=84) for name, title in _titles().items()}
    st.data_editor(
        shown,
        key=key,
        on_change=_whose,
        args=(held, places, key),
        num_rows="fixed",
        hide_index=True,
        height="content" if len(rows) <= _MOST_ROWS else 460,
        disabled=[name for name in shown.columns if name != "unit"],
        column_order=["file", "unit", *_FIGURES, "said"],
        column_config={
            "file": st.column_config.TextColumn(_("File"), width=190),
            "unit": st.column_config.TextColumn(
                _("Unit (can be changed)"),
                width=170,
                help=_("Whose lines these are. A line that names its own department keeps it."),
            ),
            "said": st.column_config.TextColumn(_("What to know"), width=420),
            **numbers,
        },
        alt=_("The files, whose each is and what it holds"),
    )


def _titles() -> dict[str, str]:
    return dict(zip(_FIGURES, (_("Lines"), _("New"), _("Changed"), _("Unchanged"), _("Gone")), strict=True))


def _rows(
    held: Parts, many: Many, gathered: Gathering, units: dict[Place, str]
) -> Iterator[tuple[Place, dict[str, str]]]:
    parts = {part.file: part for part in gathered.files}
    for file in many.files:
        if file.read is None:
            yield (
                (file.name, ""),
                {"file": file.name, "unit": "", "said": str(file.refused)} | dict.fromkeys(_FIGURES, ""),
            )
            continue
        part = parts[file.name]
        counts = [_by_sheet(lines) for lines in (file.read.items, part.added, part.changed, part.same)]
        sheets = list(counts[0]) or [""]
        for n, sheet in enumerate(sheets):
            figures = [*(count[sheet] for count in counts), 0 if n else len(part.gone)]
            yield (
                (file.name, sheet),
                {
                    "file": file.name if len(sheets) == 1 else f"{file.name} › {sheet}",
                    "unit": units.get((file.name, sheet), ""),
                    **{name: number(figure) for name, figure in zip(_FIGURES, figures, strict=True)},
                    "said": _said(file, sheet, first=not n),
                },
            )


def _by_sheet(items: Iterable[Item]) -> Counter[str]:
    return Counter(item.source.sheet for item in items)


def _said(file: FileRead, sheet: str, *, first: bool) -> str:
    """What to know of a sheet: of the whole file beside its first."""
    assert file.read
    report, words = file.read.report, []
    if not file.read.items:
        return _nothing()
    own = {str(item["department"]) for item in file.read.items if item.source.sheet == sheet and item["department"]}
    if len(own) > 1:
        words.append(
            ngettext("{n} unit named in its lines", "{n} units named in its lines", len(own)).format(n=number(len(own)))
        )
    if first:
        for n, said in (
            (len(report.tables), ngettext("{n} table", "{n} tables", len(report.tables))),
            (len(report.left_out), ngettext("{n} row left out", "{n} rows left out", len(report.left_out))),
            (len(report.remarks), ngettext("{n} thing to check", "{n} things to check", len(report.remarks))),
        ):
            words += [said.format(n=number(n))] if n else []
    return " · ".join(words)


def _whose(held: Parts, places: list[Place], key: str) -> None:
    """A person says whose part a sheet is."""
    for row, cells in st.session_state[key]["edited_rows"].items():
        if "unit" in cells:
            held.units[places[int(row)]] = one_line(str(cells["unit"] or ""))


# -- one file ----------------------------------------------------------------


def one(held: Parts, many: Many) -> None:
    """A file that the person wants to look into, as if it came alone."""
    files = {file.name: file for file in many.files if file.read or isinstance(file.refused, NeedsPointing)}
    chosen = st.selectbox(
        _("Look into one file"),
        list(files),
        index=None,
        placeholder=_("Choose a file to see its tables and correct how its columns are taken"),
        key=f"gathering_one_{held.id}",
    )
    if chosen is None:
        return
    file, said = files[chosen], held.of(chosen)
    with st.container(border=True, key="gathering_file"):
        if isinstance(file.refused, NeedsPointing):
            tables_found.point(said, file.refused)
        if file.read is None:
            return
        for position, found_table in enumerate(file.read.report.tables):
            tables_found.show(said, found_table, position)
        name = f"gathering_{said.digest}"
        notes(_("Left out"), file.read.report.left_out, f"{name}_left_out", ":material/block:")
        notes(_("Taken, but please check"), file.read.report.remarks, f"{name}_remarks", ":material/visibility:")
        if file.read.items:
            mapping.preview(file.read.items, name)
