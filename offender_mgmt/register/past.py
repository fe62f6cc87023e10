"""A past day of the register: logs cut off at a day, and facts as they stood before later changes."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property, partial
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from offender_mgmt.register.collector import without_collector
from offender_mgmt.register.records import Assessment, Change, Deferral, Offender, Visit
from offender_mgmt.vocabulary import ChangeField

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")
_MIDNIGHT = time(0, 0)
_DATE = attrgetter("date")
L = TypeVar("L", Visit, Assessment, Change, Deferral)


def grouped(rows: Iterable[T], key: str, in_order: Callable[[list[T]], list[T]]) -> dict[str, tuple[T, ...]]:
    """Rows by one of their fields, each group in order."""
    groups: dict[str, list[T]] = defaultdict(list)
    name_of = attrgetter(key)
    with without_collector():
        for row in rows:
            groups[name_of(row)].append(row)
        return {name: tuple(in_order(group)) for name, group in groups.items()}


def by_fields(*fields: str) -> Callable[[list[T]], list[T]]:
    """Sorting by the values of these fields."""
    return partial(sorted, key=attrgetter(*fields))


def in_order_of_time(visits: Sequence[Visit]) -> list[Visit]:
    """Attempts, oldest first; one without a start counts as of midnight."""
    try:
        return sorted(visits, key=attrgetter("date", "start", "visit_id"))
    except TypeError:  # two of one day, of which one has no start: rare, and four times as long
        return sorted(visits, key=lambda v: (v.date, v.start or _MIDNIGHT, v.visit_id))


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


class Rewinder:
    """Nominals as at the end of any past day; each state that changes led to is made once for all days it lasted."""

    def __init__(self, changes_of: Mapping[str, tuple[Change, ...]]) -> None:
        self._changes_of = changes_of
        self._made: dict[tuple[Offender, int], Offender] = {}

    def rewound(self, offender: Offender, day: date) -> Offender:
        """The nominal as extracted, with the changes after ``day`` undone."""
        changes = self._changes_of.get(offender.offender_ref)
        if not changes or changes[-1].date <= day:
            return offender
        done = bisect_right(changes, day, key=_DATE)
        state = (offender, done)
        if state not in self._made:
            self._made[state] = _undone(offender, changes[:done], changes[done:])
        return self._made[state]


def _undone(offender: Offender, earlier: Sequence[Change], later: Sequence[Change]) -> Offender:
    """The nominal before the later changes; both oldest first."""
    values: dict[str, object] = {}
    for change in reversed(later):
        values[change.field.value] = change.value_from
    last = {change.field: change.date for change in earlier}
    if ChangeField.RISK_LEVEL.value in values:
        values["risk_level_set_on"] = last.get(ChangeField.RISK_LEVEL, offender.registered_on)
    if ChangeField.COMMUNITY_STATUS.value in values:
        values.update(status_since=last.get(ChangeField.COMMUNITY_STATUS), status_until=None)
    return offender.replace(**values)
