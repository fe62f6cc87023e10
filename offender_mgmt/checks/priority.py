"""Whether a left-out visit of an earlier band could take the place of a visit of a later one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from offender_mgmt.checks.breaks import Round, allowed_span, break_fits, break_minutes, round_of
from offender_mgmt.checks.companions import companion_id, is_still_valid
from offender_mgmt.checks.duty import counts_for
from offender_mgmt.checks.needs import is_qualified, needs_of
from offender_mgmt.checks.nominals import deferral_of, is_available, is_put_off, may_be_done, visiting_spans
from offender_mgmt.checks.outing import Outing
from offender_mgmt.checks.reasons import is_done_anyway
from offender_mgmt.checks.spans import Span
from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Findings
from offender_mgmt.due.task import Task
from offender_mgmt.register.records import Offender
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.vocabulary import TaskKind


@dataclass(frozen=True, slots=True)
class Place:
    """One stop of an outing, and the first band of all that is done there."""

    outing: Outing
    index: int
    band: int

    @property
    def stop(self) -> Assignment:
        """The visit that has the place now."""
        return self.outing.stops[self.index]


def priority_order(week: Week) -> Findings:
    """No left-out visit of an earlier band could be made by the same crew in the place of a visit of a later band.

    The crew is qualified for it; the nominal may be seen that day; with its minutes and travel it fits between the
    neighbours without the crew leaving earlier or coming back later, inside the visiting hours, and the breaks stay;
    it is an ARMS interview only if the other is one (the write-up has a place then), and needs an intelligence check
    only if the other has one that would do. When a week was planned again, what had begun stays, and what stands as
    published stays before a visit of a band that comes after the fewest changes.
    """
    places = list(_places(week))
    for task in _left_out_visits(week):
        offender = week.register.offender_by_ref.get(task.offender_ref)
        for place in places:
            if (
                offender
                and task.band < place.band
                and not _stays(week, place, task)
                and _could_take(week, place, task, offender)
            ):
                refs = (task.task_id, place.stop.task_id, place.outing.label)
                yield refs, f"{task.task_id}, of an earlier band, could take the place of {place.stop.task_id}."


def _stays(week: Week, place: Place, task: Task) -> bool:
    """Whether the stop has its place as published, and the left-out task comes only after the fewest changes."""
    if week.replanned is None:
        return False
    stop = place.stop
    published = week.published
    kept = published is None or published.get(stop.task_id) == (stop.day, frozenset(stop.crew))
    pins = week.replanned.pins
    if stop.task_id in pins or task.task_id in pins:
        return True  # people fixed who goes where
    return id(stop) in week.begun or (kept and task.band >= week.replanned.bands_first)


def _places(week: Week) -> Iterator[Place]:
    for outing in week.outings:
        for index, stop in enumerate(outing.stops):
            ids = {stop.task_id} | week.guests_of.get(stop.task_id, frozenset())
            bands = [task.band for task in map(week.due.task, ids) if task]
            if bands:
                yield Place(outing, index, min(bands))


def _left_out_visits(week: Week) -> Iterator[Task]:
    for task in week.left_out:
        decision = deferral_of(week, task)
        put_off = decision is not None and is_put_off(decision, week.horizon.last_day)
        if task.kind.is_field and task.points > 0 and not put_off and not is_done_anyway(week, task):
            yield task


def _could_take(week: Week, place: Place, task: Task, offender: Offender) -> bool:
    day, crew = place.outing.day, week.officers_of(place.outing)
    others = [row for row in week.stops if row is not place.stop]
    return (
        may_be_done(week, task, day)
        and is_available(offender, day)
        and (task.kind is not TaskKind.ARMS_INTERVIEW or week.kind(place.stop) is TaskKind.ARMS_INTERVIEW)
        and len(crew) == len(place.outing.crew)
        and is_qualified(week, crew, needs_of(week, task.kind, offender), offender.team)
        and not any(week.offender(row) is offender for row in others)
        and not _is_too_much(week, place, task, others)
        and _has_check(week, place, task, offender)
        and _fits(week, place, task, offender)
    )


def _is_too_much(week: Week, place: Place, task: Task, others: list[Assignment]) -> bool:
    """Whether the crew has as many visits already as a limit allows that the task would count for."""
    for limit in week.policy.crews.exposure_limits:
        if limit.counts(task.kind, task.risk_level):
            for officer in place.outing.crew:
                counted = [row for row in others if officer in row.crew and counts_for(week, row, limit)]
                today = sum(row.day == place.outing.day for row in counted)
                if limit.most_a_week is not None and len(counted) >= limit.most_a_week:
                    return True
                if limit.most_a_day is not None and today >= limit.most_a_day:
                    return True
    return False


def _has_check(week: Week, place: Place, task: Task, offender: Offender) -> bool:
    """Whether no intelligence check is due with the task, or that of the other visit could be for this one instead."""
    needed = week.companions(task.task_id, TaskKind.INTELLIGENCE_CHECK)
    now = week.offender(place.stop)
    rows = week.rows_of.get(companion_id(TaskKind.INTELLIGENCE_CHECK, now), ()) if now else ()
    if not needed:
        return True
    return bool(rows) and all(
        row.day >= needed[0].release_date
        and not set(row.crew) & set(offender.excluded_officers)
        and is_still_valid(week, row.day, place.outing.day)
        for row in rows
    )


def _fits(week: Week, place: Place, task: Task, offender: Offender) -> bool:
    outing, index = place.outing, place.index
    here = week.place(offender)
    way = (outing.base, *outing.places, outing.base)
    out, back = week.travel(way[index], here), week.travel(here, way[index + 2])
    minutes = week.policy.durations.minutes[task.kind]
    ready = outing.stops[index - 1].end if index else outing.span.start
    needed = outing.stops[index + 1].start if index + 1 < len(outing.stops) else outing.span.end
    for hours in visiting_spans(week, offender, outing.day):
        window = Span(max(ready + out, hours.start), min(needed - back, hours.end) - minutes)
        if window.start <= window.end and _breaks_stay(week, place, window, (out, minutes, back)):
            return True
    return False


def _breaks_stay(week: Week, place: Place, window: Span, lengths: tuple[int, int, int]) -> bool:
    """Whether some start in the window leaves every officer a break; only starts where one just fits need be tried."""
    starts = {window.start, window.end} | set(_critical_starts(week, place, lengths))
    rounds = [_changed_round(place.outing, place.index, s, lengths) for s in starts if window.start <= s <= window.end]
    return any(all(_has_break(week, place, officer, trip) for officer in place.outing.crew) for trip in rounds)


def _critical_starts(week: Week, place: Place, lengths: tuple[int, int, int]) -> Iterator[int]:
    out, minutes, back = lengths
    for officer in place.outing.crew:
        busy = [work.span for work in week.work_of[officer]] + list(week.event_spans(officer))
        busy += [Span(stop.start, stop.end) for stop in place.outing.stops]
        for tour in week.tours_of.get(officer, ()):
            if not tour.overlap(place.outing.span):
                continue
            pause, allowed = break_minutes(tour, week.policy), allowed_span(tour, week.policy)
            for begin in (allowed.start, *(span.end for span in busy)):
                yield from (begin + pause, begin + pause + out)
            for end in (allowed.end, *(span.start for span in busy)):
                yield from (end - pause - minutes, end - pause - minutes - back)


def _changed_round(outing: Outing, index: int, start: int, lengths: tuple[int, int, int]) -> Round:
    """The outing with another visit in the place of one stop."""
    out, minutes, back = lengths
    visits = [Span(stop.start, stop.end) for stop in outing.stops]
    visits[index] = Span(start, start + minutes)
    legs = [*outing.legs[:index], out, back, *outing.legs[index + 2 :]]
    gaps = zip(pairwise(visits), legs[1:-1], strict=True)
    whole = Span(visits[0].start - legs[0], visits[-1].end + legs[-1])
    return Round(whole, tuple((Span(here.end, there.start), travel) for (here, there), travel in gaps))


def _has_break(week: Week, place: Place, officer: str, trip: Round) -> bool:
    """Whether an officer still has the break of the tour when the outing is changed."""
    for tour in week.tours_of.get(officer, ()):
        inside = [work for work in week.work_of[officer] if work.span.overlap(tour)]
        if not trip.span.overlap(tour):
            continue
        rounds = [trip] + [round_of(work.outing) for work in inside if work.outing and work.outing != place.outing]
        desk = [work.span for work in inside if not work.outing]
        if not break_fits(tour, week.policy, rounds, desk, week.event_spans(officer)):
            return False
    return True
