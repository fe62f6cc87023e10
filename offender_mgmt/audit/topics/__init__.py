"""The topics of the audit, one file a group; the order here is the order of every table and of the reference page."""

from __future__ import annotations

from offender_mgmt.audit.topic import Topic
from offender_mgmt.audit.topics import assessments, contact, coverage, overdue, reactive, trend

TOPICS: tuple[Topic, ...] = (
    *coverage.TOPICS,
    *overdue.TOPICS,
    *contact.TOPICS,
    *assessments.TOPICS,
    *reactive.TOPICS,
    *trend.TOPICS,
)
"""Every topic in the order of the groups."""
