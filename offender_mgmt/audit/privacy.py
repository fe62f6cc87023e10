"""What of an audit is for the file only: words that staff typed are not for screens and reports."""

from __future__ import annotations

from offender_mgmt.audit.topic import Topic

TYPED = frozenset({"put-off-by-reason"})
"""Topics whose split is free text."""
TYPED_DETAIL = TYPED | {"put-off-or-cancelled", "put-off-by-authoriser", "overdue-but-put-off"}
"""Topics whose detail holds free text."""


def shows_splits(topic: Topic) -> bool:
    """Whether the splits of a topic may stand on a screen or in a report."""
    return topic.name not in TYPED


def shows_detail(topic: Topic) -> bool:
    """Whether the sentence beside each member of a topic may."""
    return topic.name not in TYPED_DETAIL
