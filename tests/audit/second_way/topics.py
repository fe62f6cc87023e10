"""All topics of the second way by name."""

from __future__ import annotations

from audit.second_way.attempt_topics import ATTEMPT_TOPICS
from audit.second_way.clearance_topics import CLEARANCE_TOPICS
from audit.second_way.decision_topics import DECISION_TOPICS
from audit.second_way.nominal_topics import NOMINAL_TOPICS
from audit.second_way.planned_topics import PLANNED_TOPICS
from audit.second_way.rows import Members
from audit.second_way.work_topics import WORK_TOPICS

SECOND_WAY: dict[str, Members] = {
    **NOMINAL_TOPICS,
    **ATTEMPT_TOPICS,
    **WORK_TOPICS,
    **DECISION_TOPICS,
    **PLANNED_TOPICS,
    **CLEARANCE_TOPICS,
}

NO_SECOND_NUMBER: frozenset[str] = frozenset()
"""Topics with a share in which every member counts in these registers."""
