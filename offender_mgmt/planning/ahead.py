"""What of a published roster had not begun: its outings, and when they keep whom busy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from offender_mgmt.aims import Published
from offender_mgmt.instance.again import OutingBefore
from offender_mgmt.instance.model import Span
from offender_mgmt.register import Register
from offender_mgmt.roster.frozen import goes_with_visit
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.travel import Travel, place_of_base, place_of_offender
from offender_mgmt.vocabulary import TaskKind

Spans = dict[str, list[Span]]


def ahead(
    register: Register, travel: Travel, rows: Sequence[Assignment], frozen: Collection[str], published: Published
) -> tuple[tuple[OutingBefore, ...], Mapping[str, tuple[Span, ...]]]:
    """Outings that may still be made, and by officer when they and what goes with them on the day take time."""
    companions: dict[str, list[Assignment]] = defaultdict(list)
    for row in rows:
        if goes_with_visit(row):
            companions[row.offender_ref].append(row)
    open_rows = [row for row in rows if row.task_id in published and row.task_id not in frozen]
    found: list[OutingBefore] = []
    busy: Spans = defaultdict(list)
    for stops in by_outing(row for row in open_rows if row.kind.is_field and not row.done_with):
        if all(officer in register.officer_by_id for officer in stops[0].crew):
            with_it = [row for stop in stops for row in companions[stop.offender_ref]]
            found.append(_outing(register, travel, stops, with_it, busy))
    return tuple(found), {officer: tuple(sorted(spans)) for officer, spans in busy.items()}


def by_outing(stops: Iterable[Assignment]) -> list[list[Assignment]]:
    """Visits by outing, each in order of its stops."""
    groups: dict[tuple[object, ...], list[Assignment]] = defaultdict(list)
    for row in sorted(stops, key=lambda row: (row.start, row.position)):
        groups[row.day, row.outing, frozenset(row.crew)].append(row)
    return list(groups.values())


def way_home(register: Register, travel: Travel, last: Assignment) -> int:
    """Minutes from the last stop of an outing to the base."""
    base = place_of_base(register.station_of(last.lead, last.start))
    return travel.minutes(place_of_offender(register.offender_by_ref[last.offender_ref]), base)


def _outing(
    register: Register, travel: Travel, stops: Sequence[Assignment], with_it: Sequence[Assignment], busy: Spans
) -> OutingBefore:
    day = stops[0].day
    entered, written_up = None, {}
    spans = [(stops[0].start - stops[0].travel_minutes, stops[-1].end + way_home(register, travel, stops[-1]))]
    for row in with_it:
        if row.kind is TaskKind.ARMS_WRITE_UP:
            written_up[row.task_id] = row.day, row.lead
        elif row.day == day:
            spans.append((row.start, row.end))
        elif row.kind is TaskKind.RECORD_ENTRY:
            entered = row.day, row.lead
    whole = min(start for start, _ in spans), max(end for _, end in spans)
    for officer in stops[0].crew:
        busy[officer].append(whole)
    return OutingBefore(tasks=tuple(row.task_id for row in stops), span=whole, entered=entered, written_up=written_up)
