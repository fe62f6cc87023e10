"""The topics of the audit, one file a group; the order here is the order of every table and of the reference page."""

from __future__ import annotations

from offender_mgmt.audit.topic import Topic

TOPICS: tuple[Topic, ...] = ()
