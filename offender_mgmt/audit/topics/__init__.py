"""The topics of the audit, one file a group; the order here is the order of every table and of the reference page."""

from __future__ import annotations

from offender_mgmt.audit.topic import Topic
from offender_mgmt.audit.topics import (
    assessments,
    capacity,
    caseload,
    clearance,
    contact,
    coverage,
    crewing,
    dates,
    decisions,
    entries,
    outlook,
    overdue,
    planned,
    predictability,
    quality,
    reactive,
    trend,
)

TOPICS: tuple[Topic, ...] = (
    *coverage.TOPICS,
    *overdue.TOPICS,
    *contact.TOPICS,
    *assessments.TOPICS,
    *crewing.TOPICS,
    *predictability.TOPICS,
    *caseload.TOPICS,
    *capacity.TOPICS,
    *dates.TOPICS,
    *reactive.TOPICS,
    *quality.TOPICS,
    *entries.TOPICS,
    *decisions.TOPICS,
    *trend.TOPICS,
    *planned.TOPICS,
    *outlook.TOPICS,
    *clearance.TOPICS,
)
"""Every topic in the order of the groups."""
