"""Rules of an officer's time: tours, breaks, rest, one place at a time, travel, fixed events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from offender_mgmt.calendars import clock_text, local, local_day
from offender_mgmt.checks.breaks import break_fits, round_of
from offender_mgmt.checks.outing import Work
from offender_mgmt.checks.spans import Span, event_span
from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Finding, Findings
from offender_mgmt.due.task import event_task_id
from offender_mgmt.policy.model import ExposureLimit
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.vocabulary import TaskKind


def within_tour(week: Week) -> Findings:
    """Each outing, from leaving the base to being back, and each row of desk work lies inside one tour of duty.

    Fixed events may lie outside: they are given, and court and training days are no tours of duty.
    """
    for officer, work in _work(week):
        if not _in_a_tour(work.span, week.tours_of.get(officer, ())):
            yield (work.label, officer), f"{officer} has no tour of duty that covers {when(work.span)}."


def break_taken(week: Week) -> Findings:
    """An officer with planned work in a tour has the tour's break free of work, travel and events in its span.

    A tour of length L needs a break only if L is more than ``break_from_minutes`` plus the break; a shorter one is
    over before a break could be. Inside an outing the break may lie between two stops where the gap is travel plus
    break long. A fixed event that covers the whole allowed span counts as containing the break.
    """
    for officer, works in week.work_of.items():
        for tour in week.tours_of.get(officer, ()):
            inside = [work for work in works if work.span.overlap(tour) > 0]
            rounds = [round_of(work.outing) for work in inside if work.outing]
            desk = [work.span for work in inside if not work.outing]
            if inside and not break_fits(tour, week.policy, rounds, desk, week.event_spans(officer)):
                yield (officer,), f"{officer} has no refreshment break in the tour {when(tour)}."


def rest_between_tours(week: Week) -> Findings:
    """Work starts no earlier than the rest after the end of the officer's previous tour of duty, in real minutes."""
    rest = week.policy.duty.rest_between_tours_hours * 60
    for officer, work in _work(week):
        ends = [tour.end for tour in _tours_before(work.span, week.tours_of.get(officer, ()))]
        if ends and work.span.start < max(ends) + rest:
            short = max(ends) + rest - work.span.start
            yield (
                (work.label, officer),
                f"{officer} starts {short} minute(s) before the rest of {rest // 60} h is over.",
            )


def one_place_at_a_time(week: Week) -> Findings:
    """No officer's work overlaps other work or a fixed event of theirs; an outing takes them for its whole span."""
    for officer, works in week.work_of.items():
        for first, second in combinations(works, 2):
            if first.span.overlap(second.span):
                yield (first.label, second.label, officer), f"{officer} does two things at {when(second.span)}."
        for work, task_id in _clashes(works, week.events_of.get(officer, ())):
            yield (work.label, task_id, officer), f"{officer} is at a fixed event during {when(work.span)}."
    for row in week.worked_rows:
        for officer, times in Counter(row.crew).items():
            if times > 1:
                yield (row.task_id, officer), f"{officer} stands in one crew {times} times."


def travel_time_allowed(week: Week) -> Findings:
    """Between stops there is at least the travel; the ways from and to the base fit the tour and the other work."""
    for outing in week.outings:
        for (here, there), travel in zip(pairwise(outing.stops), outing.legs[1:-1], strict=True):
            if there.start - here.end < travel:
                short = travel - (there.start - here.end)
                sentence = f"{short} minute(s) too few to travel from {here.task_id} to {there.task_id}."
                yield (outing.label, here.task_id, there.task_id), sentence
        for officer in outing.crew:
            if _only_the_way_clashes(week, officer, outing.core, outing.span, outing.label):
                yield (outing.label, officer), f"{officer} has no time to travel from or to the base."


def _only_the_way_clashes(week: Week, officer: str, core: Span, span: Span, label: str) -> bool:
    tours = week.tours_of.get(officer, ())
    others = [w.span for w in week.work_of.get(officer, ()) if w.label != label] + list(week.event_spans(officer))
    fits = _in_a_tour(span, tours) and not any(span.overlap(other) for other in others)
    core_fits = _in_a_tour(core, tours) and not any(core.overlap(other) for other in others)
    return core_fits and not fits


def visits_per_day(week: Week) -> Findings:
    """No officer makes more visits on a day than policy allows; a visit done in another's time is not counted."""
    most = week.policy.visits.visits_per_day
    counts = Counter((officer, row.day) for row in week.stops for officer in set(row.crew))
    for (officer, day), count in sorted(counts.items()):
        if count > most:
            yield (officer,), f"{officer} makes {count} visits on {day}; the most is {most}."


def exposure_limits(week: Week) -> Findings:
    """No officer makes more visits that count for a limit than it allows, in a day or in the week."""
    for number, limit in enumerate(week.policy.crews.exposure_limits, start=1):
        stops = [row for row in week.stops if counts_for(week, row, limit)]
        by_day = Counter((officer, row.day) for row in stops for officer in set(row.crew))
        by_week = Counter(officer for row in stops for officer in set(row.crew) if row.day in week.horizon)
        for (officer, day), count in sorted(by_day.items()):
            if limit.most_a_day is not None and count > limit.most_a_day:
                sentence = f"{officer} makes {count} visits of limit {number} on {day}; the most is {limit.most_a_day}."
                yield (officer,), sentence
        for officer, count in sorted(by_week.items()):
            if limit.most_a_week is not None and count > limit.most_a_week:
                sentence = (
                    f"{officer} makes {count} visits of limit {number}; the most in a week is {limit.most_a_week}."
                )
                yield (officer,), sentence


def counts_for(week: Week, row: Assignment, limit: ExposureLimit) -> bool:
    """Whether a visit counts for a limit; a visit done in another's time is not counted."""
    offender = week.offender(row)
    return offender is not None and limit.counts(week.kind(row), offender.risk_level)


def fixed_events_kept(week: Week) -> Findings:
    """Each fixed event of the week stands once in the roster, as given, with its officers, who do nothing else then."""
    given = {event_task_id(event): event for event in week.due.events}
    for task_id, event in {**week.events, **given}.items():
        crew = week.attending(event)
        if event.date in week.horizon and crew:
            yield from _event_findings(week, task_id, event_span(event), crew)
    for officer, works in week.work_of.items():
        for work, task_id in _clashes(works, week.events_of.get(officer, ())):
            yield (task_id, work.label, officer), f"{officer} has other work during a fixed event."


def _event_findings(week: Week, task_id: str, span: Span, crew: tuple[str, ...]) -> Iterator[Finding]:
    rows = week.rows_of.get(task_id, ())
    if len(rows) != 1:
        yield (task_id,), f"The fixed event stands {len(rows)} times in the roster."
    for row in rows:
        if row.kind is not TaskKind.FIXED_EVENT or row.outing or row.done_with:
            yield (task_id,), "The fixed event is entered as something else."
        if (row.start, row.end) != span:
            yield (task_id,), f"The fixed event was moved from {when(span)}."
        if sorted(row.crew) != sorted(crew):
            yield (task_id,), f"The fixed event is attended by {', '.join(crew)}."


def _clashes(works: Sequence[Work], events: Sequence[tuple[Span, str]]) -> Iterator[tuple[Work, str]]:
    for work in works:
        for span, task_id in events:
            if work.span.overlap(span):
                yield work, task_id


def _work(week: Week) -> Iterator[tuple[str, Work]]:
    for officer, works in week.work_of.items():
        for work in works:
            yield officer, work


def _in_a_tour(span: Span, tours: Sequence[Span]) -> bool:
    return any(tour.holds(span) for tour in tours)


def _tours_before(span: Span, tours: Sequence[Span]) -> list[Span]:
    """Tours over before the work starts, or before the tour in which it starts."""
    starts = [tour.start for tour in tours if tour.start <= span.start < tour.end]
    limit = min(starts, default=span.start)
    return [tour for tour in tours if tour.end <= limit]


def when(span: Span) -> str:
    """A span for people: day and local times."""
    end = clock_text(span.end)
    if local_day(span.end) != local_day(span.start):
        end = f"{local(span.end):%Y-%m-%d %H:%M}"
    return f"{local_day(span.start)} {clock_text(span.start)}-{end}"
