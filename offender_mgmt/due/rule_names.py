"""The names of the clock rules and flags, as they stand in ``docs/reference/clocks.md`` and in every export."""

from __future__ import annotations

from typing import Final

INITIAL_VISIT: Final = "initial-visit"
RELEASED: Final = "released"
RELEASE_EXPECTED: Final = "release-expected"
VISIT_INTERVAL: Final = "visit-interval"
PLAN_INTERVAL: Final = "plan-interval"
REPEAT_ATTEMPT: Final = "repeat-attempt"
ASKED_FOR: Final = "asked-for"
ARMS_INITIAL: Final = "arms-initial"
ARMS_REVIEW: Final = "arms-review"
ARMS_TRIGGER: Final = "arms-trigger"
ARMS_WRITE_UP: Final = "arms-write-up"
SUPERVISORY_INTERVAL: Final = "supervisory-interval"
SUPERVISORY_AFTER_ARMS: Final = "supervisory-after-arms"
SUPERVISORY_AFTER_CHANGE: Final = "supervisory-after-change"
RESTARTED: Final = "restarted"
REACTIVE_REVIEW: Final = "reactive-review"
NOTIFICATION: Final = "notification"
NO_REPLY_DECISION: Final = "no-reply-decision"
STATUS_ENDED: Final = "status-ended"
STATUS_CHECK: Final = "status-check"
ADDRESS_CHECK: Final = "address-check"
RECORD_OUTSTANDING: Final = "record-outstanding"
INTELLIGENCE_BEFORE_VISIT: Final = "intelligence-before-visit"
RECORD_AFTER_VISIT: Final = "record-after-visit"
WRITE_UP_AFTER_INTERVIEW: Final = "write-up-after-interview"

CLOCK_RULES: Final = (
    INITIAL_VISIT,
    RELEASED,
    RELEASE_EXPECTED,
    VISIT_INTERVAL,
    PLAN_INTERVAL,
    REPEAT_ATTEMPT,
    ASKED_FOR,
    ARMS_INITIAL,
    ARMS_REVIEW,
    ARMS_TRIGGER,
    ARMS_WRITE_UP,
    SUPERVISORY_INTERVAL,
    SUPERVISORY_AFTER_ARMS,
    SUPERVISORY_AFTER_CHANGE,
    RESTARTED,
    REACTIVE_REVIEW,
    NOTIFICATION,
    NO_REPLY_DECISION,
    STATUS_ENDED,
    STATUS_CHECK,
    ADDRESS_CHECK,
    RECORD_OUTSTANDING,
    INTELLIGENCE_BEFORE_VISIT,
    RECORD_AFTER_VISIT,
    WRITE_UP_AFTER_INTERVIEW,
)
"""Every rule by which a task can be due."""

LOWERED_WITHOUT_SIGN_OFF: Final = "lowered-without-sign-off"
REACTIVE_NOT_ELIGIBLE: Final = "reactive-not-eligible"
NO_LEAD_OFFICER: Final = "no-lead-officer"
LEAD_NOT_IN_TEAM: Final = "lead-not-in-team"
PAUSED_WITHOUT_END: Final = "paused-without-end"
PAUSE_ENDED: Final = "pause-ended"
TWO_FAILED_ATTEMPTS: Final = "two-failed-attempts"

FLAG_RULES: Final = (
    LOWERED_WITHOUT_SIGN_OFF,
    REACTIVE_NOT_ELIGIBLE,
    NO_LEAD_OFFICER,
    LEAD_NOT_IN_TEAM,
    PAUSED_WITHOUT_END,
    PAUSE_ENDED,
    TWO_FAILED_ATTEMPTS,
)
"""Every flag, in the order in which a nominal's flags are listed."""
