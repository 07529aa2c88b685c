"""Two people write into one cell at once, again and again, while others work: one is asked, nothing is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

from tests.faults.meeting import Meeting, meeting, until
from tests.load.accounts import Typed
from tests.load.people import Editor
from tests.load.protocol import Element

OTHERS, ROUNDS = 5, 8


class Rival:
    """An editor who writes into the cell that another is writing into."""

    def __init__(self, editor: Editor, item: str) -> None:
        self.editor, self.item = editor, item
        self._own, editor._cells = editor._cells, self._words()

    def _words(self) -> Iterator[tuple[str, str, str]]:
        for n in range(ROUNDS):
            yield self.item, "task", f"{self.editor.name} viết lần {n}"

    async def writes(self) -> Typed:
        await self.editor._type_one()
        return self.editor.unanswered[-1]

    def question(self, answer: str) -> Element | None:
        return next(self.editor.session.find("button", f"edit_conflict_0_{answer}"), None)

    def reads(self, words: str) -> bool:
        """Whether the page says so beside its cells."""
        return any(words in element.body.body for element in self.editor.session.find("markdown"))

    def sees(self) -> str:
        frame = self.editor.frame
        assert frame is not None
        return str(frame.cell(frame.place[self.item], "task"))

    async def keeps(self) -> None:
        await self._answers("keep")

    async def gives_up(self, typed: Typed) -> None:
        """Take what the other wrote: what was typed here is nobody's any more."""
        self.editor.unanswered.remove(typed)
        self.editor.accounts.typed.remove(typed)
        await self._answers("take")

    async def _answers(self, answer: str) -> None:
        button = self.question(answer)
        assert button is not None
        self.editor.session.press(button)
        await until(lambda: self.question(answer) is None, "the question was never closed")

    def goes_back_to_own_rows(self) -> None:
        self.editor._cells = self._own


async def rounds(one: Rival, other: Rival) -> list[tuple[str, bool]]:
    """Both write at once, as often as :data:`ROUNDS`; what was written, and whether it was to stand in the log."""
    said = []
    for n in range(ROUNDS):
        typed = dict(zip((one, other), await asyncio.gather(one.writes(), other.writes()), strict=True))
        await until(
            lambda typed=typed: all(mine.acknowledged or who.question("keep") for who, mine in typed.items()),
            "somebody was neither told that it is kept nor asked",
        )
        (asked,) = [who for who in typed if who.question("keep")]
        (first,) = [who for who in typed if who is not asked]
        assert typed[first].acknowledged and not typed[asked].acknowledged
        assert asked.reads(typed[first].value) and asked.reads(typed[asked].value)
        stands = typed[asked if n % 2 else first].value
        await (asked.keeps() if n % 2 else asked.gives_up(typed[asked]))
        await until(lambda stands=stands: one.sees() == other.sees() == stands, "the two see different words")
        said += [(typed[first].value, True), (typed[asked].value, bool(n % 2))]
    return said


async def contend(held: Meeting, server: str, item: str) -> list[tuple[str, bool]]:
    """What two rivals wrote into one cell under the load of the others."""
    one, other, *held.people = everybody = await held.join([server] * (2 + OTHERS))
    rivals = Rival(one, item), Rival(other, item)
    async with held.typing():
        said = await rounds(*rivals)
    for rival in rivals:
        rival.goes_back_to_own_rows()
    held.people = everybody
    await held.judge()
    return said


def test_of_two_who_write_into_one_cell_at_once_one_is_asked_and_what_is_kept_is_in_the_log_once(
    serve, url, store, catalogue
):
    server = serve()
    item = str(store.reading(catalogue.id).items.index[0])  # of the rows of one of the two

    async def go() -> list[tuple[str, bool]]:
        async with meeting(url, catalogue.id) as held:
            return await contend(held, server.url, item)

    said = asyncio.run(go())
    log = Counter(c.new for c in store.changes(catalogue.id) if (c.item_id, c.field) == (item, "task"))
    assert {words: log[words] for words, _kept in said} == {words: int(kept) for words, kept in said}
