"""How common things are in the made-up register. Shares in per cent, times in days; sources in the domain notes' terms.

These are assumptions about a force, not policy: nothing here decides what is due.
"""

from __future__ import annotations

from datetime import time

from offender_mgmt.vocabulary import Cohort, CommunityStatus, RiskLevel, VisitOutcome

VH, H, M, L = RiskLevel

LEVELS = ((VH, 2.0), (H, 18.0), (M, 30.0), (L, 50.0))
COHORTS = ((Cohort.RSO, 96.0), (Cohort.VIOLENT, 2.5), (Cohort.PDP, 1.5))
REACTIVE_OF_ALL = 31.0
REGISTERED_IN_A_YEAR = 7.0
REGISTERED_LONGEST_YEARS = 15

AWAY = (
    (CommunityStatus.COMMUNITY, 78.5),
    (CommunityStatus.CUSTODY, 20.0),
    (CommunityStatus.HOSPITAL, 0.6),
    (CommunityStatus.ABROAD, 0.4),
    (CommunityStatus.MISSING, 0.5),
)
CUSTODY_END_KNOWN, CUSTODY_END_PASSED, CUSTODY_END_NEXT_WEEK = 55.0, 4.0, 3.0
PAST_CUSTODY, RECENT_RELEASE = 7.0, 1.5

LEVEL_CHANGED, LOWERED_WITHOUT_SIGN_OFF = 14.0, 3.0
LEAD_CHANGED, LEAD_MISSING = 12.0, 0.3
PLAN_INTERVAL = 6.0
NO_FIXED_ABODE, POSITION_UNKNOWN = 3.0, 0.3
CONSTABLE_REQUIRED, OFFICER_EXCLUDED, CREW_OF_THREE, ARMS_TRAINED_ONLY = 3.0, 3.0, 0.06, 0.5
REGISTER_ENDS, NOTIFICATION_LATE, ORDER_ENDS = 60.0, 1.0, 35.0
MARKERS = (("violent", 10.0), ("weapons", 3.0), ("dog", 8.0), ("infection", 2.0))

Hours = tuple[tuple[int, time, time], ...]


def _daily(days: range | tuple[int, ...], start: int, end: int) -> Hours:
    return tuple((day, time(start), time(end)) for day in days)


VISITING_HOURS: tuple[tuple[Hours, float], ...] = (
    ((), 65.0),
    (_daily(range(5), 17, 21) + _daily((5,), 9, 17), 12.0),  # at work in the day
    (_daily(range(5), 14, 20) + _daily((5, 6), 10, 16), 9.0),  # early shift
    (_daily(range(5), 9, 13), 6.0),  # night shift or afternoons away
    (_daily((0, 2, 4), 9, 17) + _daily((1, 3), 17, 20), 5.0),  # part-time work
    (_daily(range(7), 18, 21), 3.0),  # home for curfew
)

OUTCOMES = (
    (VisitOutcome.SUCCESSFUL, 67.5),
    (VisitOutcome.NO_REPLY, 30.0),
    (VisitOutcome.REFUSED, 1.2),
    (VisitOutcome.ABORTED, 0.9),
    (VisitOutcome.ADDRESS_VOID, 0.4),
)
SINGLE_CREWED, SINGLE_AUTHORISED = 3.0, 50.0
SATURDAY_KEPT, SUNDAY_KEPT, EVENING_START = 55.0, 20.0, 8.0
ANNOUNCED_ARMS, ANNOUNCED_OTHER = 35.0, 2.0

# First attempt against the due date: earliest and latest in the ordinary course; share late, by how much at most.
ATTEMPT_COURSE = {
    VH: (-6, -1, 2.0, 9),
    H: (-12, -1, 3.0, 30),
    M: (-22, 1, 6.0, 110),
    L: (-22, 2, 9.0, 200),
}
REPEAT_WITHIN = {VH: 1, H: 3, M: 7, L: 10}
ARMS_COURSE = (-25, 0, 10.0, 60)
ARMS_WITH_VISIT, ARMS_WITH_FIRST_VISIT, ARMS_WRITTEN_LATE = 85.0, 60.0, 4.0
SUPERVISION_LATE = {VH: 2.0, H: 5.0, M: 9.0, L: 10.0}
INTELLIGENCE_CHECKED, DECISION_MADE, NOTIFICATION_CHECKED = 92.0, 88.0, 99.0
RECORD_ENTRY_AFTER = ((0, 55.0), (1, 38.0), (2, 5.0), (4, 1.0), (10, 1.0))  # working days
REACTIVE_REVIEW_LATE, STATUS_CHECK_LATE = 6.0, 8.0
