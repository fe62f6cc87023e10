"""The hard rules of a roster: one name and one sentence each.

The same name stands in the model (:mod:`offender_mgmt.solver.rules`), in the check
(:mod:`offender_mgmt.checks`), in the tests and in ``docs/reference/rules.md``. A rule's numbers come from the
policy; its logic is written twice, once as what the model allows and once as what the check finds wrong.
"""

from __future__ import annotations

HARD_RULES: dict[str, str] = {
    "within_tour": "Officers work only inside their tours of duty; leave, sickness and rest days are free of work.",
    "break_taken": "Every officer with work has the refreshment break of the tour, inside its allowed span.",
    "rest_between_tours": "Nobody starts work before the rest after the previous tour is over.",
    "one_place_at_a_time": "Nobody does two things at once; both officers of a crew are free for the whole outing.",
    "travel_time_allowed": "Between stops, from the base and back to it, there is time to travel.",
    "crew_size": "A visit has as many officers as the most that policy, a marker or the risk management plan asks for.",
    "crew_skills": "Officers hold the skills the task needs of each and of one of them.",
    "crew_role": "Officers have a role that may do the task.",
    "constable_present": "Where a constable is required, one is in the crew.",
    "driver_present": "Where policy asks for it, every outing has a driver.",
    "no_declared_conflict": "No officer visits or works on a nominal with a declared conflict.",
    "officers_may_pair": "Officers who must not be paired are not in one crew.",
    "crew_shares_base": "Officers of a crew start from the same base.",
    "own_team": "Officers work on the nominals of their own team, or of the team that the tour is lent to.",
    "offender_available": "Nobody is visited while in custody, in hospital, abroad or missing.",
    "visiting_hours": "Visits lie inside the nominal's visiting hours.",
    "not_before_release": "No task is done before it may be done.",
    "not_while_deferred": "No task is done while a supervisor's decision puts it off.",
    "not_after_asked": "A visit that somebody asked for by a day is made by then.",
    "fixed_events_kept": "Fixed events stand in the roster as given, and their officers attend.",
    "visits_per_day": "No officer makes more visits in a day than policy allows.",
    "exposure_limits": "No officer makes more visits of a kind, or to a risk level, than policy allows.",
    "one_visit_per_nominal": "A nominal is visited at most once in the planned week.",
    "write_up_follows_interview": "An ARMS interview has its write-up later in the week, by one of its officers.",
    "intelligence_check_before_visit": "A visit that needs an intelligence check has it before the crew leaves.",
    "record_entry_after_visit": "A visit is entered on the record by one of its officers, after it.",
    "full_minutes": "Work has the minutes policy gives it; parts of desk work are one officer's on one day.",
    "pins_kept": "What people pinned of a task (officer, crew, day, time) is so wherever the task is in the roster.",
}

FORM_RULES: dict[str, str] = {
    "known_references": "Every task, officer and event named exists.",
    "within_week": "Everything in the roster lies in the planned week.",
    "each_task_once": "No task is in the roster twice, or both assigned and left out.",
    "every_task_accounted_for": "Every due task is assigned or left out with a reason.",
    "one_crew_per_outing": "The stops of an outing have one crew, and positions 1, 2, 3 in order of time.",
    "figures_agree": "Risk level, band, due date, days overdue and travel are as recomputed.",
    "bands_agree": "Due, scheduled and value of each band are as recomputed, and no value is above its bound.",
    "aims_agree": "The value of each aim after the bands is as recomputed, and none is better than its bound.",
    "reasons_hold": "The reason given for leaving a task out is true.",
    "priority_order": "No visit of a later band has a place that a left-out visit of an earlier band could take.",
    "frozen_kept": "When a week is planned again, what had begun by then stays, and nothing new begins before.",
}
"""What makes a roster a roster at all; checked only, because the model cannot produce anything else."""
