"""How soon findings, decisions and compliance follow one edit of 1 000 items: within 30 ms."""

from itertools import count

from kpicat.model import FIELDS, Catalogue, Edit, Item, Ruling
from kpicat.services import appraising
from kpicat.services.views import Views
from tests.benchmarks.test_checks import large

WRITTEN = [name for name, field in FIELDS.items() if name not in ("tier", "quantity", "standard_unit")]


def test_all_of_it_follows_one_edit(benchmark, store, at):
    rows = large(1_000)
    items = [
        Item(i, {name: rows.at[i, name] for name in WRITTEN} | {"tier": int(rows.at[i, "tier"])}) for i in rows.index
    ]
    store.create(Catalogue("c", "C"), actor="An", at=at, items=items)
    views, turns = Views(store), count()
    view = views.newest("c")
    pair = appraising.Pair("i1", "i2", "near-duplicate", None, ())
    decided = [
        *appraising.waive(view, view.findings[::10], "Theo quy chế", actor="An", at=at),
        *appraising.decide(view, pair, Ruling.DIFFERENT, actor="An", at=at),
    ]
    store.commit("c", decided, actor="An", at=at)
    appraising.compliance(views.newest("c"))

    def edited():
        seen = str(views.newest("c").items.at["i7", "deadline"])
        store.commit("c", [Edit("i7", "deadline", seen, f"Kịp thời {next(turns)}")], actor="An", at=at)

    def shown():
        view = views.newest("c")
        return view.findings_by_item(), appraising.compliance(view)

    benchmark.pedantic(shown, setup=edited, rounds=30, warmup_rounds=3)
    assert len(appraising.waived(views.newest("c"))) > 300
    assert benchmark.stats.stats.median <= 0.03
