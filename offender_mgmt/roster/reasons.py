"""Why a due task is left out: every code with the sentence that explains it."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "deferred": "A supervisor put the task off over the whole week.",
    "not_released": "The task may not be done before the week ends.",
    "goes_with_visit": "The task belongs to a visit that is not in the roster.",
    "no_qualified_crew": "No crew the team can form has the size, skills, powers and freedom from conflict needed.",
    "no_crew_when_seen": "Qualified crews exist, but none is on duty long enough when the nominal can be seen.",
    "no_qualified_officer": "No officer of the team may do this desk work.",
    "no_time_on_duty": "Officers who may do it have no tour long enough this week.",
    "no_time_for_desk_work": "A crew could make the visit, but desk work that goes with it has no room in its tours.",
    "crews_full": "It would fit in an empty week; all who could do it are full with work that comes first.",
    "not_placed": "It was not placed, and no reason was proven.",
}
