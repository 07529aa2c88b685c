"""The catalogue "xa" of three lines, and the steps by which people have it approved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kpicat import services
from kpicat.model import Catalogue, Finding, Item
from kpicat.model.approvals import Approval, Version
from kpicat.services import appraising, approving
from kpicat.store import Store
from tests.services.room import Together

DAY = date(2026, 11, 22)
ROWS = {
    "i1": {"code": "01", "task": "Tiếp công dân định kỳ", "product": "Sổ tiếp công dân", "tier": 1,
           "points": Decimal(100), "quantity": Decimal(24), "standard_unit": True, "rationale": "Lặp lại hằng tháng"},
    "i2": {"code": "02", "task": "Soạn nghị quyết chuyên đề", "product": "Nghị quyết", "tier": 3,
           "points": Decimal(150), "quantity": Decimal(2)},
    "i3": {"code": "03", "task": "Tập huấn nghiệp vụ", "product": "Lớp tập huấn", "tier": 2, "points": Decimal(120)},
}  # fmt: skip


class Desk(Together):
    """What whoever looks after the catalogue does, one gesture after the other."""

    def __init__(self, store: Store, at: datetime, rows: Mapping[str, Any] = ROWS, body: str = "Đảng ủy xã") -> None:
        super().__init__(store, at)
        about = Catalogue("xa", "Danh mục năm 2026", body=body, period="2026")
        store.create(about, actor="Lan", at=at, items=[Item(item_id, row) for item_id, row in rows.items()])

    def do(self, gesture: Callable[..., Any], *args: Any, actor: str = "Lan", **options: Any) -> Any:
        """Do a gesture of the services to the catalogue as it stands."""
        return gesture(self.store, self.view, *args, actor=actor, at=self.at, **options)

    def waive(self, findings: list[Finding] | None = None, by: str = "Lan") -> None:
        """Let findings stand; all that are open where none are named."""
        found = self.view.open_findings if findings is None else findings
        writes = appraising.waive(self.view, found, "Đã báo cáo", actor=by, at=self.at)
        self.do(services.save, writes, label="decide")

    def submit(self) -> Any:
        """Put it before the authority."""
        return self.do(approving.submit)

    def approve(self, number: str = "12-QĐ/ĐU", on: date = DAY, by: str = "Minh") -> Any:
        """Have it approved, in force from a day on."""
        return self.do(approving.approve, Approval(number, DAY, on, by), actor=by)

    def versions(self) -> list[Version]:
        """What was approved."""
        return approving.versions(self.store, "xa")
