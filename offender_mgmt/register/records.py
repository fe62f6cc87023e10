"""What we are told: one frozen record type per file of the register folder.

The field descriptions are the column dictionary: ``docs/reference/files.md`` is generated from them.
Names, offences, victims and exact addresses are not needed to schedule and have no column here.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field

from offender_mgmt.register.cells import (
    CellDate,
    CellTime,
    ContractHours,
    Easting,
    Northing,
    OptionalDate,
    OptionalPositiveInt,
    OptionalRef,
    Ref,
    RefList,
    Text,
    VisitingHours,
    YesNo,
    whole_number,
    word,
)
from offender_mgmt.vocabulary import (
    AssessmentKind,
    ChangeField,
    Cohort,
    CommunityStatus,
    EventKind,
    ManagementStatus,
    RiskLevel,
    Role,
    TaskKind,
    TourCode,
    VisitOutcome,
    VisitType,
)


class Record(BaseModel):
    """Base of every row: frozen, no unknown columns, no values in error texts."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    file_name: ClassVar[str] = ""
    key_fields: ClassVar[tuple[str, ...]] = ()
    required_file: ClassVar[bool] = True
    optional_columns: ClassVar[tuple[str, ...]] = ()
    """Columns an older extract does not have; all their cells count as blank then."""

    def replace(self, **changes: object) -> Self:
        """A copy with some fields changed, validated again (``model_copy`` would not)."""
        return type(self).model_validate({**dict(self), **changes})


class Offender(Record):
    """A nominal on the register, as on the extract date."""

    file_name: ClassVar[str] = "offenders.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("offender_ref",)
    optional_columns: ClassVar[tuple[str, ...]] = ("order_end",)

    offender_ref: Ref = Field(description="The nominal's reference; never a name.")
    cohort: Annotated[Cohort, word(Cohort)] = Field(description="Why the nominal is managed.")
    risk_level: Annotated[RiskLevel, word(RiskLevel)] = Field(description="Police risk level; drives the visits.")
    risk_level_set_on: CellDate = Field(description="Day the risk level was set.")
    management_status: Annotated[ManagementStatus, word(ManagementStatus)] = Field(
        description="Active (visited at home) or reactive (monitored)."
    )
    reactive_approved_by: OptionalRef = Field(
        default=None, description="Who approved reactive management; needed when reactive."
    )
    community_status: Annotated[CommunityStatus, word(CommunityStatus)] = Field(
        description="Where the nominal is; all but community pause the visit clock."
    )
    status_since: OptionalDate = Field(default=None, description="Day the community status began.")
    status_until: OptionalDate = Field(
        default=None, description="Last day custody, hospital or absence is expected to last."
    )
    lead_officer: OptionalRef = Field(default=None, description="The offender manager.")
    deputy_officer: OptionalRef = Field(default=None, description="Who stands in for the lead.")
    team: Ref = Field(description="Team that manages the nominal.")
    easting: Easting = Field(default=None, description="National Grid easting in metres; blank if not known.")
    northing: Northing = Field(default=None, description="National Grid northing in metres; blank if not known.")
    locality: Text = Field(default="", description="Town or ward, for people and for travel.csv; no street.")
    registered_on: CellDate = Field(description="Day of first registration, or of transfer in.")
    register_end: OptionalDate = Field(default=None, description="Day the notification duty ends; blank: none.")
    visit_interval_days: OptionalPositiveInt = Field(
        default=None, description="Interval of the risk management plan, in days, where it departs from the tier."
    )
    interval_authorised_by: OptionalRef = Field(
        default=None, description="Who authorised that interval; needed when it is longer than the tier's."
    )
    interval_until: OptionalDate = Field(
        default=None, description="Last day that interval holds; needed when it is longer than the tier's."
    )
    crew_size: OptionalPositiveInt = Field(
        default=None, description="Officers the risk management plan asks for at a visit; blank: as policy."
    )
    constable_required: YesNo = Field(default=False, description="Whether a constable must be in the crew.")
    required_skills: RefList = Field(default=(), description="Skills every officer of the crew must hold.")
    excluded_officers: RefList = Field(default=(), description="Officers with a declared conflict.")
    visiting_hours: VisitingHours = Field(
        default=(), description="When the nominal can be seen, per weekday; blank: policy's visiting hours."
    )
    no_fixed_abode: YesNo = Field(default=False, description="No sole or main residence.")
    notification_due: OptionalDate = Field(default=None, description="Day the next notification is due.")
    markers: RefList = Field(default=(), description="Warning markers, e.g. violent, weapons, dog.")
    order_end: OptionalDate = Field(
        default=None, description="Day a prevention order (SHPO, SRO) ends; blank: none. The column may be left out."
    )


class Officer(Record):
    """An officer of an offender-management team."""

    file_name: ClassVar[str] = "officers.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("officer_id",)
    optional_columns: ClassVar[tuple[str, ...]] = ("contract_hours",)

    officer_id: Ref = Field(description="Collar number or pseudonym; text, leading zeros kept.")
    role: Annotated[Role, word(Role)] = Field(description="Constable, detective, sergeant or police staff.")
    skills: RefList = Field(default=(), description="Accreditations held, e.g. MOSOVO, ARMS.")
    team: Ref = Field(description="Team the officer belongs to.")
    base: Ref = Field(description="Station the officer starts and ends the tour at.")
    driver: YesNo = Field(default=True, description="Whether the officer may drive a police car.")
    caseload_limit: OptionalPositiveInt = Field(default=None, description="Most nominals to lead; blank: policy.")
    not_paired_with: RefList = Field(default=(), description="Officers not to be crewed with.")
    contract_hours: ContractHours = Field(
        default=None, description="Contracted hours a week; blank: full time. The column may be left out."
    )


class Base(Record):
    """A police station that outings leave from."""

    file_name: ClassVar[str] = "bases.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("base",)

    base: Ref = Field(description="Name of the station.")
    easting: Easting = Field(description="National Grid easting in metres.")
    northing: Northing = Field(description="National Grid northing in metres.")


class Tour(Record):
    """One officer's day on the published duty roster; an input, never redesigned."""

    file_name: ClassVar[str] = "tours.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("officer_id", "date", "start")
    optional_columns: ClassVar[tuple[str, ...]] = ("lent_to",)

    officer_id: Ref = Field(description="Officer on the duty roster.")
    date: CellDate = Field(description="Day the tour starts.")
    start: CellTime = Field(default=None, description="Local start time; blank on a day without duty.")
    end: CellTime = Field(default=None, description="Local end time; not after the start means the next day.")
    code: Annotated[TourCode, word(TourCode)] = Field(description="Duty, or why there is none.")
    lent_to: OptionalRef = Field(
        default=None,
        description="Team the officer works for in this tour, from that team's station; blank: the own team. "
        "The column may be left out.",
    )


class Visit(Record):
    """One attempt to see a nominal at home, successful or not."""

    file_name: ClassVar[str] = "visits.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("visit_id",)

    visit_id: Ref = Field(description="Reference of the attempt.")
    offender_ref: Ref = Field(description="Nominal.")
    date: CellDate = Field(description="Day of the attempt.")
    start: CellTime = Field(default=None, description="Local start time, if recorded.")
    end: CellTime = Field(default=None, description="Local end time, if recorded.")
    type: Annotated[VisitType, word(VisitType)] = Field(description="What the attempt was for.")
    announced: YesNo = Field(default=False, description="Whether the nominal knew of it.")
    outcome: Annotated[VisitOutcome, word(VisitOutcome)] = Field(description="Only successful resets the visit clock.")
    officers: RefList = Field(default=(), description="Officers who attended, lead first.")
    single_crew_authorised_by: OptionalRef = Field(default=None, description="Who authorised a visit by one officer.")


class Assessment(Record):
    """A completed assessment, review, check or decision."""

    file_name: ClassVar[str] = "assessments.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("kind", "offender_ref", "date")

    kind: Annotated[AssessmentKind, word(AssessmentKind)] = Field(description="What was completed.")
    offender_ref: Ref = Field(description="Nominal.")
    date: CellDate = Field(description="Day of completion.")
    officer: OptionalRef = Field(default=None, description="Who completed it.")


class Change(Record):
    """A dated change of one fact, so that any past day can be rebuilt."""

    file_name: ClassVar[str] = "changes.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("offender_ref", "date", "field")

    offender_ref: Ref = Field(description="Nominal.")
    date: CellDate = Field(description="First day the new value holds.")
    field: Annotated[ChangeField, word(ChangeField)] = Field(description="Which fact changed.")
    value_from: Text = Field(default="", description="Value before.", alias="from")
    value_to: Text = Field(default="", description="Value after.", alias="to")
    signed_off_by: OptionalRef = Field(
        default=None, description="Supervisor; a lower risk level counts only when signed off."
    )

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_by_name=True, validate_by_alias=True
    )


class Deferral(Record):
    """Work put off or cancelled: it never vanishes from the figures."""

    file_name: ClassVar[str] = "deferrals.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("task_kind", "offender_ref", "decided_on")
    required_file: ClassVar[bool] = False

    task_kind: Annotated[TaskKind, word(TaskKind)] = Field(description="Kind of task put off.")
    offender_ref: Ref = Field(description="Nominal.")
    decided_on: CellDate = Field(description="Day of the decision.")
    until: OptionalDate = Field(default=None, description="Last day it is put off; blank: cancelled.")
    reason: Text = Field(description="Why.", min_length=1)
    authoriser: Ref = Field(description="Who decided.")


class Event(Record):
    """A fixed event of one or more officers: court, MAPPA meeting, joint visit, training."""

    file_name: ClassVar[str] = "events.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("event_id",)
    required_file: ClassVar[bool] = False

    event_id: Ref = Field(description="Reference of the event.")
    kind: Annotated[EventKind, word(EventKind)] = Field(description="What it is.")
    date: CellDate = Field(description="Day.")
    start: CellTime = Field(description="Local start time, travel to the place included.")
    end: CellTime = Field(description="Local end time, travel back included.")
    officers: RefList = Field(description="Officers who attend, lead first.", min_length=1)
    place: Text = Field(default="", description="Where; for people only.")
    offender_ref: OptionalRef = Field(default=None, description="Nominal of a joint visit.")


class TravelRow(Record):
    """Measured minutes between two named places; both directions unless the other is given too."""

    file_name: ClassVar[str] = "travel.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("from_place", "to_place")
    required_file: ClassVar[bool] = False

    from_place: Text = Field(description="Base or locality.", min_length=1)
    to_place: Text = Field(description="Base or locality.", min_length=1)
    minutes: Annotated[int, whole_number(0, 600)] = Field(description="Door to door, whole minutes.")


class BarrierPoint(Record):
    """A point of a line that roads do not cross, e.g. a tidal river; used when travel is estimated."""

    file_name: ClassVar[str] = "barriers.csv"
    key_fields: ClassVar[tuple[str, ...]] = ("barrier", "point")
    required_file: ClassVar[bool] = False

    barrier: Text = Field(description="Name of the water.", min_length=1)
    point: Annotated[int, whole_number(0, 10_000)] = Field(description="Order along the line.")
    easting: Easting = Field(description="National Grid easting in metres.")
    northing: Northing = Field(description="National Grid northing in metres.")
    way_round: YesNo = Field(default=False, description="Whether roads lead round or across here.")


RECORD_TYPES: tuple[type[Record], ...] = (
    Offender,
    Officer,
    Base,
    Tour,
    Visit,
    Assessment,
    Change,
    Deferral,
    Event,
    TravelRow,
    BarrierPoint,
)

__all__ = [
    "RECORD_TYPES",
    "Assessment",
    "BarrierPoint",
    "Base",
    "Change",
    "Deferral",
    "Event",
    "Offender",
    "Officer",
    "Record",
    "Tour",
    "TravelRow",
    "Visit",
]
