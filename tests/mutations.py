"""Kinds of damage to a roster, each with the rule that must be named.

Each is a function ``(roster, register, policy, due, rng)`` that gives a damaged roster, or ``None`` where the roster
has nothing to damage in this way. They take any valid roster, made by hand or planned.
"""

from dataclasses import replace
from datetime import time, timedelta

from offender_mgmt.calendars import moment
from offender_mgmt.vocabulary import CommunityStatus, TaskKind, TourCode

MUTATIONS = {}
"""By name: the function and the rule."""


def damage(rule):
    """Enter a function as a kind of damage that breaks a rule."""

    def enter(function):
        MUTATIONS[function.__name__] = (function, rule)
        return function

    return enter


def _changed(roster, row, **changes):
    return _instead(roster, row, replace(row, **changes))


def _instead(roster, row, *rows):
    kept = tuple(other for other in roster.assignments if other is not row)
    return replace(roster, assignments=kept + rows)


def _visits(roster):
    return [row for row in roster.assignments if row.kind.is_field and not row.done_with]


def _desk(roster):
    kinds = (TaskKind.FIXED_EVENT,)
    return [r for r in roster.assignments if not r.kind.is_field and r.kind not in kinds and not r.part]


def _of_kind(roster, kind):
    return [row for row in roster.assignments if row.kind is kind and not row.done_with]


def _one(rng, rows):
    return rng.choice(rows) if rows else None


def _moved(row, start):
    return {"start": start, "end": start + row.minutes}


def _tours(register, officer):
    """Tours of duty as moments, in order."""
    spans = []
    for tour in register.tours_of.get(officer, ()):
        if tour.code is TourCode.DUTY:
            last = tour.date if tour.end > tour.start else tour.date + timedelta(days=1)
            spans.append((moment(tour.date, tour.start), moment(last, tour.end)))
    return spans


def _tour_of(register, row):
    return next(t for t in _tours(register, row.lead) if t[0] <= row.start < t[1])


def _recrewed(roster, rng, wanted, seat=1):
    """A visit of which one seat is taken by an officer for whom ``wanted(row, officer id)`` holds."""
    for row in rng.sample(_visits(roster), len(_visits(roster))):
        for officer in wanted(row):
            if officer not in row.crew and len(row.crew) > seat:
                crew = (*row.crew[:seat], officer, *row.crew[seat + 1 :])
                return _changed(roster, row, crew=crew)
    return None


@damage("every_task_accounted_for")
def drop_a_task(roster, register, policy, due, rng):
    row = _one(rng, _desk(roster))
    return row and _instead(roster, row)


@damage("every_task_accounted_for")
def drop_a_left_out_task(roster, register, policy, due, rng):
    row = _one(rng, roster.unassigned)
    return row and replace(roster, unassigned=tuple(u for u in roster.unassigned if u is not row))


@damage("each_task_once")
def double_a_visit(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    return row and replace(roster, assignments=(*roster.assignments, row))


@damage("each_task_once")
def double_desk_work(roster, register, policy, due, rng):
    row = _one(rng, _desk(roster))
    return row and replace(roster, assignments=(*roster.assignments, row))


@damage("each_task_once")
def assign_and_leave_out(roster, register, policy, due, rng):
    row, left = _one(rng, _visits(roster)), _one(rng, roster.unassigned)
    if not row or not left:
        return None
    return replace(roster, unassigned=(*roster.unassigned, replace(left, task_id=row.task_id)))


@damage("within_tour")
def move_to_a_day_off(roster, register, policy, due, rng):
    for row in rng.sample(_desk(roster), len(_desk(roster))):
        busy = {moment(t.date, time(0)) for t in register.tours_of[row.lead] if t.code is TourCode.DUTY}
        for day in roster.horizon.days():
            if not {moment(day - timedelta(days=back), time(0)) for back in (0, 1)} & busy:
                return _changed(roster, row, **_moved(row, moment(day, time(12))))
    return None


@damage("within_tour")
def start_a_minute_before_the_tour(roster, register, policy, due, rng):
    row = _one(rng, _desk(roster))
    return row and _changed(roster, row, **_moved(row, _tour_of(register, row)[0] - 1))


@damage("within_tour")
def end_a_minute_after_the_tour(roster, register, policy, due, rng):
    row = _one(rng, _desk(roster))
    return row and _changed(roster, row, **_moved(row, _tour_of(register, row)[1] + 1 - row.minutes))


@damage("within_tour")
def leave_the_base_before_the_tour(roster, register, policy, due, rng):
    row = _one(rng, [row for row in _visits(roster) if row.position == 1])
    return row and _changed(roster, row, **_moved(row, _tour_of(register, row)[0] + row.travel_minutes - 1))


@damage("break_taken")
def work_through_the_break(roster, register, policy, due, rng):
    row = _one(rng, [r for r in _desk(roster) if _has_break(register, policy, r)])
    if row is None:
        return None
    start = _tour_of(register, row)[0]
    end = min(start + policy.duty.break_to_minutes, _tour_of(register, row)[1])
    return _changed(roster, row, start=start + policy.duty.break_from_minutes, end=end)


def _has_break(register, policy, row):
    start, end = _tour_of(register, row)
    return end - start > policy.duty.break_from_minutes + policy.duty.break_minutes(end - start)


@damage("rest_between_tours")
def rest_a_minute_less(roster, register, policy, due, rng):
    rest = policy.duty.rest_between_tours_hours * 60
    first = moment(roster.horizon.first_day, time(0))
    for row in rng.sample(_desk(roster), len(_desk(roster))):
        for _, end in _tours(register, row.lead):
            start = end + rest - 1
            if start >= first and not any(s < start <= e for s, e in _tours(register, row.lead)):
                return _changed(roster, row, **_moved(row, start))
    return None


@damage("one_place_at_a_time")
def overlap_by_a_minute(roster, register, policy, due, rng):
    for row in rng.sample(_desk(roster), len(_desk(roster))):
        others = [r for r in _desk(roster) if r.lead == row.lead and r is not row]
        if others:
            return _changed(roster, row, **_moved(row, rng.choice(others).end - 1))
    return None


@damage("one_place_at_a_time")
def put_an_officer_in_two_places(roster, register, policy, due, rng):
    for row in rng.sample(_desk(roster), len(_desk(roster))):
        for visit in _visits(roster):
            if visit.start < row.end and row.start < visit.end and row.lead not in visit.crew:
                return _changed(roster, row, crew=visit.crew[:1])
    return None


@damage("one_place_at_a_time")
def name_an_officer_twice(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    return row and _changed(roster, row, crew=row.crew[:1] * 2)


@damage("travel_time_allowed")
def cut_the_travel_by_a_minute(roster, register, policy, due, rng):
    later = [row for row in _visits(roster) if row.position > 1]
    row = _one(rng, later)
    if row is None:
        return None
    before = next(r for r in _visits(roster) if r.outing == row.outing and r.position == row.position - 1)
    return _changed(roster, row, **_moved(row, before.end + row.travel_minutes - 1))


@damage("crew_size")
def send_one_officer_alone(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    return row and _changed(roster, row, crew=row.crew[:1])


@damage("crew_size")
def put_two_officers_on_desk_work(roster, register, policy, due, rng):
    row = _one(rng, _desk(roster))
    other = next(o.officer_id for o in register.officers if row and o.officer_id not in row.crew)
    return row and _changed(roster, row, crew=(*row.crew, other))


@damage("crew_skills")
def seat_an_unaccredited_officer(roster, register, policy, due, rng):
    def wanted(row):
        needed = set(policy.crews.skills_each.get(row.kind, ()))
        return [o.officer_id for o in register.officers if needed - set(o.skills)]

    return _recrewed(roster, rng, wanted)


@damage("crew_role")
def give_a_review_to_a_detective(roster, register, policy, due, rng):
    for row in _desk(roster):
        roles = policy.crews.roles.get(row.kind, ())
        others = [o.officer_id for o in register.officers if roles and o.role not in roles]
        if others:
            return _changed(roster, row, crew=(rng.choice(others),))
    return None


@damage("constable_present")
def send_staff_where_a_constable_is_needed(roster, register, policy, due, rng):
    staff = [o.officer_id for o in register.officers if not o.role.has_constable_powers]
    for row in _visits(roster):
        if staff and register.offender_by_ref[row.offender_ref].constable_required:
            return _changed(roster, row, crew=tuple(staff[:2]))
    return None


@damage("driver_present")
def send_nobody_who_drives(roster, register, policy, due, rng):
    row, walkers = _one(rng, _visits(roster)), [o.officer_id for o in register.officers if not o.driver]
    if not (row and walkers and policy.crews.driver_needed):
        return None
    return _changed(roster, row, crew=tuple(walkers[:2]))


@damage("no_declared_conflict")
def seat_an_officer_with_a_conflict(roster, register, policy, due, rng):
    known = register.officer_by_id

    def wanted(row):
        return [o for o in register.offender_by_ref[row.offender_ref].excluded_officers if o in known]

    return _recrewed(roster, rng, wanted)


@damage("officers_may_pair")
def pair_officers_who_must_not_be(roster, register, policy, due, rng):
    for officer in register.officers:
        for other in officer.not_paired_with:
            if other in register.officer_by_id:
                return _changed(roster, _visits(roster)[0], crew=(officer.officer_id, other))
    return None


@damage("crew_shares_base")
def seat_an_officer_of_another_base(roster, register, policy, due, rng):
    def wanted(row):
        base = register.officer_by_id[row.lead].base
        return [o.officer_id for o in register.officers if o.base != base]

    return _recrewed(roster, rng, wanted)


@damage("own_team")
def seat_an_officer_of_another_team(roster, register, policy, due, rng):
    def wanted(row):
        team = register.officer_by_id[row.lead].team
        return [o.officer_id for o in register.officers if o.team != team]

    return _recrewed(roster, rng, wanted)


@damage("offender_available")
def visit_a_nominal_in_custody(roster, register, policy, due, rng):
    away = [o for o in register.offenders if o.community_status is not CommunityStatus.COMMUNITY]
    ref = next((o.offender_ref for o in away if o.status_until is None), None)
    row = _one(rng, _of_kind(roster, TaskKind.HOME_VISIT))
    return ref and row and _changed(roster, row, task_id=f"HV-{ref}", offender_ref=ref)


@damage("visiting_hours")
def visit_a_minute_too_late(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    if row is None:
        return None
    hours = register.offender_by_ref[row.offender_ref].visiting_hours
    ends = [end for weekday, _, end in hours if weekday == row.day.weekday()] or [policy.visits.hours_to]
    return _changed(roster, row, **_moved(row, moment(row.day, max(ends)) + 1 - row.minutes))


@damage("not_before_release")
def work_the_day_before_the_release(roster, register, policy, due, rng):
    for row in roster.assignments:
        task = due.task(row.task_id)
        if task and task.release_date > roster.horizon.first_day and not row.done_with:
            back = timedelta(days=(row.day - task.release_date).days + 1)
            return _changed(roster, row, **_moved(row, row.start - back // timedelta(minutes=1)))
    return None


@damage("not_while_deferred")
def do_what_was_put_off(roster, register, policy, due, rng):
    row = next((u for u in roster.unassigned if u.reason == "deferred"), None)
    host = _one(rng, _visits(roster))
    if row is None or host is None:
        return None
    figures = {"risk_level": row.risk_level, "band": row.band, "due_date": row.due_date}
    task = {"task_id": row.task_id, "kind": row.kind, "offender_ref": row.offender_ref}
    done = replace(host, days_overdue=row.days_overdue, **figures, **task)
    kept = tuple(u for u in roster.unassigned if u is not row)
    return replace(_instead(roster, host, done), unassigned=kept)


@damage("fixed_events_kept")
def move_a_fixed_event(roster, register, policy, due, rng):
    row = _one(rng, _of_kind(roster, TaskKind.FIXED_EVENT))
    return row and _changed(roster, row, start=row.start + 1, end=row.end + 1)


@damage("fixed_events_kept")
def drop_a_fixed_event(roster, register, policy, due, rng):
    row = _one(rng, _of_kind(roster, TaskKind.FIXED_EVENT))
    return row and _instead(roster, row)


@damage("fixed_events_kept")
def miss_a_fixed_event(roster, register, policy, due, rng):
    row = _one(rng, _of_kind(roster, TaskKind.FIXED_EVENT))
    return row and _changed(roster, row, crew=row.crew[1:])


@damage("visits_per_day")
def make_one_visit_too_many(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    most = policy.visits.visits_per_day
    return row and replace(roster, assignments=(*roster.assignments, *[replace(row, part=str(n)) for n in range(most)]))


@damage("one_visit_per_nominal")
def visit_a_nominal_twice(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    again = row and replace(row, **_moved(row, row.start + 90), outing="again", position=1)
    return row and replace(roster, assignments=(*roster.assignments, again))


@damage("write_up_follows_interview")
def forget_the_write_up(roster, register, policy, due, rng):
    part = _one(rng, [r for r in _of_kind(roster, TaskKind.ARMS_WRITE_UP) if r.task_id.endswith("-NEXT")])
    kept = tuple(row for row in roster.assignments if part and row.task_id != part.task_id)
    return part and replace(roster, assignments=kept)


@damage("write_up_follows_interview")
def write_up_before_the_interview(roster, register, policy, due, rng):
    interview = _one(rng, _of_kind(roster, TaskKind.ARMS_INTERVIEW))
    parts = [r for r in roster.assignments if interview and r.task_id == f"ARMSW-{interview.offender_ref}-NEXT"]
    return _changed(roster, parts[0], **_moved(parts[0], interview.start)) if parts else None


@damage("intelligence_check_before_visit")
def check_after_the_crew_left(roster, register, policy, due, rng):
    for visit in rng.sample(_visits(roster), len(_visits(roster))):
        for row in roster.assignments:
            if row.task_id == f"INTEL-{visit.offender_ref}-NEXT":
                return _changed(roster, row, **_moved(row, visit.start - visit.travel_minutes + 1 - row.minutes))
    return None


@damage("intelligence_check_before_visit")
def forget_the_check(roster, register, policy, due, rng):
    row = _one(rng, [r for r in _of_kind(roster, TaskKind.INTELLIGENCE_CHECK) if r.task_id.endswith("-NEXT")])
    return row and _instead(roster, row)


@damage("record_entry_after_visit")
def enter_before_the_visit_is_over(roster, register, policy, due, rng):
    for visit in rng.sample(_visits(roster), len(_visits(roster))):
        for row in roster.assignments:
            if row.task_id == f"ENTRY-{visit.offender_ref}-NEXT":
                return _changed(roster, row, **_moved(row, visit.end - 1))
    return None


@damage("record_entry_after_visit")
def enter_by_somebody_else(roster, register, policy, due, rng):
    for visit in rng.sample(_visits(roster), len(_visits(roster))):
        for row in roster.assignments:
            if row.task_id == f"ENTRY-{visit.offender_ref}-NEXT":
                other = next(o.officer_id for o in register.officers if o.officer_id not in visit.crew)
                return _changed(roster, row, crew=(other,))
    return None


@damage("full_minutes")
def cut_a_visit_by_a_minute(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    return row and _changed(roster, row, end=row.end - 1)


@damage("full_minutes")
def cut_desk_work_by_a_minute(roster, register, policy, due, rng):
    row = _one(rng, _desk(roster))
    return row and _changed(roster, row, start=row.start + 1)


@damage("full_minutes")
def give_a_part_to_somebody_else(roster, register, policy, due, rng):
    row = _one(rng, [row for row in roster.assignments if row.part])
    other = next(o.officer_id for o in register.officers if row is None or o.officer_id not in row.crew)
    return row and _changed(roster, row, crew=(other,))


@damage("full_minutes")
def pretend_a_visit_is_done_by_another(roster, register, policy, due, rng):
    rows = _visits(roster)
    return _changed(roster, rows[0], done_with=rows[1].task_id) if len(rows) > 1 else None


@damage("known_references")
def name_an_unknown_officer(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    return row and _changed(roster, row, crew=(*row.crew[:-1], "NOBODY"))


@damage("known_references")
def name_an_unknown_task(roster, register, policy, due, rng):
    row = _one(rng, _desk(roster))
    return row and _changed(roster, row, task_id=f"{row.kind.code}-NOBODY")


@damage("known_references")
def name_an_unknown_nominal(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    return row and _changed(roster, row, offender_ref="NOBODY")


@damage("within_week")
def move_to_the_next_week(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    return row and _changed(roster, row, **_moved(row, row.start + 7 * 24 * 60))


@damage("one_crew_per_outing")
def change_the_crew_on_the_way(roster, register, policy, due, rng):
    row = _one(rng, [row for row in _visits(roster) if row.position > 1])
    other = next(o.officer_id for o in register.officers if row is None or o.officer_id not in row.crew)
    return row and _changed(roster, row, crew=(*row.crew[:-1], other))


@damage("one_crew_per_outing")
def count_the_stops_wrongly(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    return row and _changed(roster, row, position=row.position + 1)


@damage("figures_agree")
def state_a_later_due_date(roster, register, policy, due, rng):
    row = _one(rng, _visits(roster))
    return row and _changed(roster, row, due_date=row.due_date + timedelta(days=1))


@damage("figures_agree")
def state_a_day_less_overdue(roster, register, policy, due, rng):
    row = _one(rng, roster.unassigned)
    rows = tuple(replace(u, days_overdue=u.days_overdue - 1) if u is row else u for u in roster.unassigned)
    return row and replace(roster, unassigned=rows)


@damage("figures_agree")
def state_less_travel(roster, register, policy, due, rng):
    row = _one(rng, [row for row in _visits(roster) if row.travel_minutes])
    return row and _changed(roster, row, travel_minutes=row.travel_minutes - 1)


@damage("reasons_hold")
def give_a_false_reason(roster, register, policy, due, rng):
    row = _one(rng, [u for u in roster.unassigned if u.reason == "crews_full"])
    rows = tuple(replace(u, reason="no_qualified_crew") if u is row else u for u in roster.unassigned)
    return row and replace(roster, unassigned=rows)


@damage("reasons_hold")
def give_no_reason(roster, register, policy, due, rng):
    row = _one(rng, roster.unassigned)
    rows = tuple(replace(u, reason="") if u is row else u for u in roster.unassigned)
    return row and replace(roster, unassigned=rows)


@damage("priority_order")
def swap_a_visit_with_one_of_a_later_band(roster, register, policy, due, rng):
    """With all that goes with it; the later visit may be the farther one, then the earlier one fits all the more."""
    hosts = {row.done_with for row in roster.assignments}
    later = [u for u in roster.unassigned if u.kind is TaskKind.HOME_VISIT and u.reason == "crews_full"]
    for row in rng.sample(_visits(roster), len(_visits(roster))):
        for left in later:
            if row.kind is TaskKind.HOME_VISIT and row.task_id not in hosts and _is_later(register, due, row, left):
                return _swapped(roster, due, row.offender_ref, left.offender_ref)
    return None


def _is_later(register, due, row, left):
    """Whether the left-out visit is of a later band and the same team, and farther from the crew's base."""
    near, far = register.offender_by_ref[row.offender_ref], register.offender_by_ref[left.offender_ref]
    base = register.base_by_name[register.officer_by_id[row.lead].base]

    def distance(nominal):
        if nominal.easting is None or nominal.northing is None:
            return -1
        return (nominal.easting - base.easting) ** 2 + (nominal.northing - base.northing) ** 2

    alone = near.team == far.team and distance(far) >= distance(near) >= 0
    needs = due.task(f"INTEL-{near.offender_ref}-NEXT") is None or due.task(f"INTEL-{far.offender_ref}-NEXT")
    return alone and needs and due.task(left.task_id).band > due.task(row.task_id).band


def _swapped(roster, due, earlier, later):
    """The visit to one nominal and what goes with it left out, that to the other made in its place."""
    swap = {f"{code}{earlier}{end}": f"{code}{later}{end}" for code, end in _PREFIXES}
    left = {u.task_id: u for u in roster.unassigned}
    rows, freed = [], []
    for row in roster.assignments:
        other = left.get(swap.get(row.task_id, ""))
        if other is None:
            rows.append(row)
            continue
        names = ("task_id", "offender_ref", "risk_level", "band", "due_date", "days_overdue")
        rows.append(replace(row, **{name: getattr(other, name) for name in names}))
        freed.append(replace(other, **{name: getattr(row, name) for name in names}))
    taken = {row.task_id for row in rows}
    unassigned = tuple(u for u in roster.unassigned if u.task_id not in taken) + tuple(freed)
    return replace(roster, assignments=tuple(rows), unassigned=unassigned)


_PREFIXES = (("HV-", ""), ("INTEL-", "-NEXT"), ("ENTRY-", "-NEXT"))
