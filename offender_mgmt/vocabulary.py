"""The trade's words as closed lists: every other module speaks in these."""

from __future__ import annotations

from enum import StrEnum


class RiskLevel(StrEnum):
    """Police risk level of a nominal. It drives the visits; it is an input and never computed here."""

    VERY_HIGH = "very_high"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for very high to 3 for low, so that sorting puts the gravest first."""
        return list(RiskLevel).index(self)

    @property
    def words(self) -> str:
        """The level as people write it, e.g. ``very high``."""
        return self.value.replace("_", " ")


class Aim(StrEnum):
    """What a roster is made good at once its priority bands are served; policy says in which order."""

    CONTINUITY = "continuity"
    SECOND_SEAT = "second_seat"
    VARIETY = "variety"
    EVENINGS_AND_WEEKENDS = "evenings_and_weekends"
    EVEN_LOAD = "even_load"
    ONE_ADDRESS_TOGETHER = "one_address_together"
    ONE_ADDRESS_APART = "one_address_apart"
    FEWEST_CHANGES = "fewest_changes"
    TRAVEL = "travel"

    @property
    def more_is_better(self) -> bool:
        """Whether the greater value is the better one."""
        return self in (Aim.CONTINUITY, Aim.ONE_ADDRESS_TOGETHER)

    @property
    def words(self) -> str:
        """The aim as people write it, e.g. ``even load``."""
        return self.value.replace("_", " ")


class ChangeKind(StrEnum):
    """What could be changed so that a task fits that was left out; policy says which comes first."""

    LIFT_DEFERRAL = "lift_deferral"
    WIDER_HOURS = "wider_hours"
    LONGER_TOUR = "longer_tour"
    EXTRA_TOUR = "extra_tour"
    ACCREDITATION = "accreditation"
    SINGLE_CREW = "single_crew"

    @property
    def words(self) -> str:
        """The change as people write it, e.g. ``longer tour``."""
        return self.value.replace("_", " ")


class Cohort(StrEnum):
    """Why the nominal is managed."""

    RSO = "rso"
    PDP = "pdp"
    VIOLENT = "violent"
    IOM = "iom"


class ManagementStatus(StrEnum):
    """Active: visited at home. Reactive: no home visits, monitored, reviewed for eligibility."""

    ACTIVE = "active"
    REACTIVE = "reactive"


class CommunityStatus(StrEnum):
    """Where the nominal is. Everything but ``community`` pauses the visit clock."""

    COMMUNITY = "community"
    CUSTODY = "custody"
    HOSPITAL = "hospital"
    ABROAD = "abroad"
    MISSING = "missing"


class Role(StrEnum):
    """What an officer is; constables' powers come with all but police staff."""

    CONSTABLE = "constable"
    DETECTIVE = "detective"
    SERGEANT = "sergeant"
    POLICE_STAFF = "police_staff"

    @property
    def has_constable_powers(self) -> bool:
        """Whether the role holds a constable's powers (SOA 2003 s.96B needs a constable)."""
        return self is not Role.POLICE_STAFF


class TourCode(StrEnum):
    """What the duty roster says of an officer's day. Only ``duty`` can be planned on."""

    DUTY = "duty"
    REST_DAY = "rest_day"
    LEAVE = "leave"
    BANK_HOLIDAY = "bank_holiday"
    SICK = "sick"
    TRAINING = "training"
    COURT = "court"


class VisitType(StrEnum):
    """What kind of attempt a row of ``visits.csv`` records."""

    HOME_VISIT = "home_visit"
    INITIAL_VISIT = "initial_visit"
    REPEAT_VISIT = "repeat_visit"
    ARMS_INTERVIEW = "arms_interview"
    JOINT_VISIT = "joint_visit"
    SEARCH = "search"


class VisitOutcome(StrEnum):
    """How an attempt ended. Only ``successful`` is a visit; the rest are attempts."""

    SUCCESSFUL = "successful"
    NO_REPLY = "no_reply"
    REFUSED = "refused"
    ABORTED = "aborted"
    ADDRESS_VOID = "address_void"


class AssessmentKind(StrEnum):
    """What a row of ``assessments.csv`` completes."""

    ARMS = "arms"
    SUPERVISORY_REVIEW = "supervisory_review"
    REACTIVE_REVIEW = "reactive_review"
    INTELLIGENCE_CHECK = "intelligence_check"
    RECORD_ENTRY = "record_entry"
    NOTIFICATION_CHECK = "notification_check"
    STATUS_CHECK = "status_check"
    NO_REPLY_DECISION = "no_reply_decision"


class ChangeField(StrEnum):
    """Which fact of a nominal a row of ``changes.csv`` changed."""

    RISK_LEVEL = "risk_level"
    MANAGEMENT_STATUS = "management_status"
    COMMUNITY_STATUS = "community_status"
    LEAD_OFFICER = "lead_officer"
    VISIT_INTERVAL_DAYS = "visit_interval_days"


class EventKind(StrEnum):
    """A fixed event: date, time and officers are given and never moved."""

    COURT = "court"
    MAPPA_MEETING = "mappa_meeting"
    JOINT_VISIT = "joint_visit"
    TRAINING = "training"
    OTHER = "other"


class TaskKind(StrEnum):
    """What can be due. Field tasks are done by a crew on an outing, desk tasks by one officer."""

    HOME_VISIT = "home_visit"
    INITIAL_VISIT = "initial_visit"
    REPEAT_VISIT = "repeat_visit"
    ARMS_INTERVIEW = "arms_interview"
    ARMS_WRITE_UP = "arms_write_up"
    SUPERVISORY_REVIEW = "supervisory_review"
    REACTIVE_REVIEW = "reactive_review"
    INTELLIGENCE_CHECK = "intelligence_check"
    RECORD_ENTRY = "record_entry"
    NOTIFICATION_CHECK = "notification_check"
    STATUS_CHECK = "status_check"
    ADDRESS_CHECK = "address_check"
    NO_REPLY_DECISION = "no_reply_decision"
    FIXED_EVENT = "fixed_event"

    @property
    def words(self) -> str:
        """The kind as people say it, e.g. ``home visit`` or ``ARMS interview``."""
        return self.value.replace("_", " ").replace("arms", "ARMS")

    @property
    def is_field(self) -> bool:
        """Whether the task is done at the nominal's door."""
        return self in FIELD_KINDS

    @property
    def code(self) -> str:
        """Short code that starts a task's id."""
        return TASK_CODES[self]


FIELD_KINDS = frozenset({TaskKind.HOME_VISIT, TaskKind.INITIAL_VISIT, TaskKind.REPEAT_VISIT, TaskKind.ARMS_INTERVIEW})

TASK_CODES: dict[TaskKind, str] = {
    TaskKind.HOME_VISIT: "HV",
    TaskKind.INITIAL_VISIT: "HVI",
    TaskKind.REPEAT_VISIT: "HVR",
    TaskKind.ARMS_INTERVIEW: "ARMSI",
    TaskKind.ARMS_WRITE_UP: "ARMSW",
    TaskKind.SUPERVISORY_REVIEW: "SUP",
    TaskKind.REACTIVE_REVIEW: "REACT",
    TaskKind.INTELLIGENCE_CHECK: "INTEL",
    TaskKind.RECORD_ENTRY: "ENTRY",
    TaskKind.NOTIFICATION_CHECK: "NOTIF",
    TaskKind.STATUS_CHECK: "STATUS",
    TaskKind.ADDRESS_CHECK: "ADDR",
    TaskKind.NO_REPLY_DECISION: "NRDEC",
    TaskKind.FIXED_EVENT: "EVENT",
}


class Timing(StrEnum):
    """Where a due date lies against the planned week."""

    OVERDUE = "overdue"
    DUE = "due"
    LOOK_AHEAD = "look_ahead"
