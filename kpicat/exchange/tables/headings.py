"""The headings that stand over a row: which are open, and what they say of a line under them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kpicat.exchange.tables import lines

_JOIN = " – "
UNNUMBERED = 90
"""Level of a heading row without a number: under every numbered one, unless such a one comes right under it."""


@dataclass(slots=True)
class _Heading:
    level: float
    field: str
    title: str
    has_parts: bool = False  # a line numbered one deeper has stood under it
    unnumbered: bool = False
    passed: bool = False  # a line has stood under it


@dataclass
class Headings:
    """Those open at one row, the outermost first."""

    _open: list[_Heading] = field(default_factory=list)

    def open(self, level: int, name: str, title: str, *, goes_on: bool = False) -> None:
        """A heading begins, which ends those of its level about the same and all finer ones.

        Args:
            level: How deep its running number is.
            name: The field it speaks of: "group", "department", "duty" …
            title: Its words.
            goes_on: Its number is not the first, so it ends the last of its level whatever that is about:
                "II. TỔ CHỨC" stands beside "I. VĂN PHÒNG", not under it.
        """
        if level == UNNUMBERED:
            self._end_unnumbered(name)
        elif self._open and self._open[-1].level == UNNUMBERED and not self._open[-1].passed:
            self._open[-1].level = level - 0.5  # numbers begin under it
        self._open = [h for h in self._open if h.level <= level]
        if goes_on and self._open and self._open[-1].level == level:
            self._open.pop()
        self._open = [h for h in self._open if h.level < level or h.field != name]
        if lines.names_nothing(title):
            return
        self._open.append(_Heading(level, name, title.rstrip(":").strip(), unnumbered=level == UNNUMBERED))

    def _end_unnumbered(self, name: str) -> None:
        """Another heading without a number ends the last about the same, with all that was numbered under it."""
        place = next((n for n, h in enumerate(self._open) if h.unnumbered and h.field == name), None)
        if place is not None:
            del self._open[place:]

    def pass_line(self, level: int | None) -> None:
        """A line comes; after 1, 1.1, 1.2 a line 2 ends heading 1, while lines 1, 2 under it do not.

        Args:
            level: How deep the line's running number is; None for none.
        """
        for heading in self._open:
            heading.passed = True
        if level is None:
            return
        self._open = [h for h in self._open if not (h.has_parts and level <= h.level)]
        for heading in self._open:
            heading.has_parts |= heading.level < level

    def said(self, *, duty_has_column: bool) -> dict[str, str]:
        """Field -> what the headings say of a line: department, group, finer headings as the duty.

        Args:
            duty_has_column: The table has a column of duties, so finer headings stay with the group.
        """
        titles: dict[str, list[str]] = {}
        for heading in self._open:
            titles.setdefault(heading.field, []).append(heading.title)
        said = {name: own[-1] for name, own in titles.items()}
        groups = titles.get("group", [])
        if len(groups) > 1:
            if duty_has_column:
                said["group"] = _JOIN.join(groups)
            else:
                said |= {"group": groups[0], "duty": _JOIN.join(groups[1:])}
        return said
