"""The list of hard rules and where the model keeps each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from offender_mgmt.instance import build, calls, shifts
from offender_mgmt.solver import eligibility, timetable
from offender_mgmt.solver.class_clock import travel_time_allowed
from offender_mgmt.solver.rows import Rows

HARD: dict[str, Callable[..., Any]] = {
    "within_tour": shifts.within_tour,
    "break_taken": shifts.break_taken,
    "rest_between_tours": shifts.rest_between_tours,
    "one_place_at_a_time": Rows.one_place_at_a_time,
    "travel_time_allowed": travel_time_allowed,
    "crew_size": eligibility.crew_size,
    "crew_skills": eligibility.crew_skills,
    "crew_role": eligibility.crew_role,
    "constable_present": eligibility.constable_present,
    "driver_present": eligibility.driver_present,
    "no_declared_conflict": eligibility.no_declared_conflict,
    "officers_may_pair": eligibility.officers_may_pair,
    "crew_shares_base": eligibility.crew_shares_base,
    "own_team": build.own_team,
    "offender_available": calls.offender_available,
    "visiting_hours": calls.visiting_hours,
    "not_before_release": calls.not_before_release,
    "not_while_deferred": calls.not_while_deferred,
    "not_after_asked": calls.not_after_asked,
    "fixed_events_kept": shifts.fixed_events_kept,
    "visits_per_day": Rows.visits_per_day,
    "exposure_limits": Rows.exposure_limits,
    "one_visit_per_nominal": Rows.one_visit_per_nominal,
    "write_up_follows_interview": Rows.write_up_follows_interview,
    "intelligence_check_before_visit": timetable.intelligence_check_before_visit,
    "record_entry_after_visit": timetable.record_entry_after_visit,
    "full_minutes": Rows.full_minutes,
    "pins_kept": eligibility.pins_kept,
}
