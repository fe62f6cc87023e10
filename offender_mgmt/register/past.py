"""A past day of the register: logs cut off at a day, and facts as they stood before later changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from offender_mgmt.register.collector import without_collector
from offender_mgmt.register.records import Assessment, Change, Deferral, Offender, Visit
from offender_mgmt.vocabulary import ChangeField

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")
L = TypeVar("L", Visit, Assessment, Change, Deferral)


def grouped(rows: Iterable[T], key: str, order: Callable[[T], Any]) -> dict[str, tuple[T, ...]]:
    """Rows by one of their fields, each group in order."""
    groups: dict[str, list[T]] = defaultdict(list)
    name_of = attrgetter(key)
    with without_collector():
        for row in rows:
            groups[name_of(row)].append(row)
        return {name: tuple(sorted(group, key=order)) for name, group in groups.items()}


@dataclass(frozen=True)
class Log(Generic[L]):
    """One log of a register, laid out so that it can be cut off at many days.

    Parameters
    ----------
    rows
        All rows, in order of the file.
    rows_of
        The same by nominal, oldest first.
    day_field
        Which field dates a row.
    """

    rows: Sequence[L]
    rows_of: Mapping[str, tuple[L, ...]]
    day_field: str

    def until(self, day: date, refs: Collection[str]) -> tuple[tuple[L, ...], dict[str, tuple[L, ...]]]:
        """Rows about these nominals dated up to and with ``day``.

        Returns
        -------
        tuple
            The rows in order of the file, and the same by nominal, oldest first.
        """
        import numpy as np  # heavy: only where a past day is asked for

        are_kept = np.fromiter(map(refs.__contains__, self.rows_of), bool, len(self.rows_of))
        chosen = (self._days <= day.toordinal()) & are_kept[self._owners]
        counts = np.bincount(self._owners[chosen], minlength=len(self.rows_of)).tolist()
        groups = {
            ref: rows if count == len(rows) else rows[:count]
            for (ref, rows), count in zip(self.rows_of.items(), counts, strict=True)
            if count
        }
        return tuple(compress(self.rows, chosen.tobytes())), groups  # a byte for each row, 0 or 1

    @cached_property
    def _days(self) -> NDArray[np.int32]:
        """The day of every row as a number."""
        import numpy as np

        days = map(attrgetter(self.day_field), self.rows)
        return np.fromiter(map(date.toordinal, days), np.int32, len(self.rows))

    @cached_property
    def _owners(self) -> NDArray[np.int32]:
        """The place in ``rows_of`` of the nominal of every row."""
        import numpy as np

        places = {ref: place for place, ref in enumerate(self.rows_of)}
        owners = map(places.__getitem__, map(attrgetter("offender_ref"), self.rows))
        return np.fromiter(owners, np.int32, len(self.rows))


def rewound(offender: Offender, changes: Sequence[Change], day: date) -> Offender:
    """A nominal as at the end of ``day``: later changes are undone, newest first.

    Parameters
    ----------
    changes
        All changes of this nominal, oldest first.
    """
    if not changes or changes[-1].date <= day:
        return offender
    later = [c for c in changes if c.date > day]
    values: dict[str, object] = {}
    for change in reversed(later):
        values[change.field.value] = change.value_from
        if change.field is ChangeField.COMMUNITY_STATUS:
            values["status_until"] = None
    if ChangeField.RISK_LEVEL.value in values:
        earlier = [c for c in changes if c.date <= day and c.field is ChangeField.RISK_LEVEL]
        values["risk_level_set_on"] = earlier[-1].date if earlier else offender.registered_on
    if ChangeField.COMMUNITY_STATUS.value in values:
        earlier = [c for c in changes if c.date <= day and c.field is ChangeField.COMMUNITY_STATUS]
        values["status_since"] = earlier[-1].date if earlier else None
    return offender.replace(**values)
