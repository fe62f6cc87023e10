"""An audit of a story, and its figures by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import builders as b

from offender_mgmt.audit.audit import Audit, audit
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register


@dataclass(frozen=True)
class Told:
    """The figures of an audit, looked up by name."""

    audit: Audit

    def row(self, topic: str, measure: str, by: str = "force", slice_: str = "all", split: str = "") -> Any:
        """The one row of a figure."""
        f = self.audit.figures
        at = (f.topic == topic) & (f.measure == measure) & (f.by == by) & (f.slice == slice_) & (f.split == split)
        rows = f[at]
        assert len(rows) == 1, f"{topic} {measure} {by} {slice_} {split}: {len(rows)} rows"
        return next(rows.itertuples(index=False))

    def value(self, topic: str, measure: str, by: str = "force", slice_: str = "all") -> float:
        """A figure's number."""
        return float(self.row(topic, measure, by, slice_).value)

    def count(self, topic: str, by: str = "force", slice_: str = "all") -> tuple[int, int]:
        """Counted members and all members."""
        row = self.row(topic, "number", by, slice_)
        return int(row.counted), int(row.of)

    def splits(self, topic: str, measure: str = "split") -> dict[str, int]:
        """Counted members by split or band."""
        f = self.audit.figures
        rows = f[(f.topic == topic) & (f.measure == measure) & (f.by == "force") & (f.slice == "all")]
        return {row.split: int(row.counted) for row in rows.itertuples(index=False)}

    def topic(self, name: str) -> list[tuple[Any, ...]]:
        """All figures of a topic, as text for comparison."""
        return [
            tuple(map(str, row)) for row in self.audit.figures[self.audit.figures.topic == name].itertuples(index=False)
        ]


def told(register: Register, day: date = b.EXTRACT_DAY, policy: Policy | None = None) -> Told:
    """Audit the register at the end of its extract date, over the twelve weeks before."""
    return Told(audit(register, policy or b.policy(), day, day - timedelta(days=83)))
