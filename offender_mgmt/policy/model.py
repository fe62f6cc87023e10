"""The policy: every interval, deadline, duration, crew size, weight and limit, as data.

Field descriptions become ``docs/reference/policy.md``. The numbers live in a TOML file in which each
setting also states its unit, its source and whether that source was verified.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from offender_mgmt.vocabulary import Aim, ChangeKind, RiskLevel, Role, TaskKind, Timing, VisitType

Minutes = Annotated[int, Field(gt=0, le=24 * 60)]
Days = Annotated[int, Field(gt=0, le=3660)]
Weeks = Annotated[int, Field(gt=0, le=520)]
Months = Annotated[int, Field(gt=0, le=120)]
Weight = Annotated[int, Field(gt=0, le=1000)]
Crew = Annotated[int, Field(ge=1, le=3)]
CaseWeight = Annotated[float, Field(gt=0, le=100)]
LastN = Annotated[int, Field(ge=1, le=50)]
NOON = time(12)


class Section(BaseModel):
    """Base of every part of the policy: frozen, and a key that is not known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, strict=False)


def _all_levels(value: Mapping[RiskLevel, object]) -> None:
    if set(value) != set(RiskLevel):
        raise ValueError("give one value for each risk level: very_high, high, medium, low")


class VisitPolicy(Section):
    """When a nominal is due to be seen."""

    interval_months: dict[RiskLevel, Months] = Field(
        description="From the last successful visit to the next, by risk level."
    )
    initial_visit_days: dict[RiskLevel, Days] = Field(
        description="From registration, release or transfer in to the first visit."
    )
    repeat_days: dict[RiskLevel, Days] = Field(description="From a failed attempt to the next attempt.")
    failed_attempts_for_decision: Annotated[int, Field(ge=1, le=20)] = Field(
        description="Failed attempts since the last successful visit that call for a decision on a warrant."
    )
    decision_days: Days = Field(description="From that attempt to the decision.")
    resets_clock: tuple[VisitType, ...] = Field(
        description="Types of visit that, when successful, restart the visit clock."
    )
    look_ahead_days: dict[RiskLevel, Days] = Field(
        description="How long before its due date a visit or review may already be planned."
    )
    visits_per_day: Annotated[int, Field(ge=1, le=12)] = Field(description="Most visits an officer makes in a day.")
    hours_from: time = Field(description="Earliest start of a visit where the nominal's own hours are blank.")
    hours_to: time = Field(description="Latest end of a visit where the nominal's own hours are blank.")

    @model_validator(mode="after")
    def _consistent(self) -> VisitPolicy:
        for table in (self.interval_months, self.initial_visit_days, self.repeat_days, self.look_ahead_days):
            _all_levels(table)
        months = [self.interval_months[level] for level in RiskLevel]
        if months != sorted(months):
            raise ValueError("interval_months: a graver risk level must not have a longer interval than a lesser one")
        if self.hours_to <= self.hours_from:
            raise ValueError("hours_from and hours_to: visiting hours must end after they start")
        return self


class AssessmentPolicy(Section):
    """When an assessment, review or check is due."""

    arms_initial_months: Months = Field(description="From the first successful visit to the initial ARMS.")
    arms_review_months: Months = Field(description="From the last ARMS to the next, if actively managed.")
    arms_trigger_days: Days = Field(description="From a rise in risk level to a new ARMS.")
    arms_write_up_days: Days = Field(
        description="From an ARMS interview held before the week to its write-up; one of the week is written up in it."
    )
    supervisory_review_months: dict[RiskLevel, Months] = Field(
        description="From the last supervisory review to the next, by risk level."
    )
    supervisory_review_after_days: Days = Field(
        description="From an ARMS or a change of risk level to the supervisory review of it."
    )
    reactive_review_months: Months = Field(description="From one eligibility review of a reactive case to the next.")
    reactive_after_low_years: Annotated[int, Field(ge=1, le=20)] = Field(
        description="Years at low risk before reactive management may be approved."
    )
    intelligence_check_valid_days: Days = Field(description="How old an intelligence check may be at the visit.")
    record_entry_working_days: Annotated[int, Field(ge=1, le=20)] = Field(
        description="Working days from an attempt to its entry on the record."
    )
    notification_lead_days: Days = Field(description="How long before a notification is due the check may be made.")
    status_check_days: Days = Field(description="Between checks of a pause (custody, hospital, ...) without end date.")
    address_check_days: Days = Field(description="From finding that no position is known to its correction.")

    @model_validator(mode="after")
    def _consistent(self) -> AssessmentPolicy:
        _all_levels(self.supervisory_review_months)
        return self


class ExposureLimit(Section):
    """Most visits of these kinds to nominals of these risk levels; a list left out matches all."""

    kinds: tuple[TaskKind, ...] = ()
    levels: tuple[RiskLevel, ...] = ()
    most_a_day: Annotated[int, Field(ge=1, le=100)] | None = None
    most_a_week: Annotated[int, Field(ge=1, le=100)] | None = None

    def counts(self, kind: TaskKind, level: RiskLevel) -> bool:
        """Whether a visit counts."""
        return (not self.kinds or kind in self.kinds) and (not self.levels or level in self.levels)


class CrewPolicy(Section):
    """Who may go, and how many."""

    size: dict[RiskLevel, Crew] = Field(description="Officers at a visit, by risk level.")
    size_by_marker: dict[str, Crew] = Field(description="Officers at a visit to a nominal with this marker.")
    single_crew_authorised_by: str = Field(
        default="", description="Who authorised crews of one; needed where a size is 1."
    )
    skills_each: dict[TaskKind, tuple[str, ...]] = Field(description="Skills every officer on the task must hold.")
    skills_one: dict[TaskKind, tuple[str, ...]] = Field(description="Skills at least one officer must hold.")
    roles: dict[TaskKind, tuple[Role, ...]] = Field(description="Roles that may do the task; any role if absent.")
    driver_needed: bool = Field(description="Whether an outing needs a driver in the crew.")
    exposure_limits: tuple[ExposureLimit, ...] = Field(
        description="Most visits of a kind or to a risk level that an officer makes in a day, in a week."
    )

    @model_validator(mode="after")
    def _consistent(self) -> CrewPolicy:
        _all_levels(self.size)
        if any(limit.most_a_day is None and limit.most_a_week is None for limit in self.exposure_limits):
            raise ValueError("exposure_limits: give most_a_day or most_a_week with each limit")
        if not self.single_crew_authorised_by and 1 in (*self.size.values(), *self.size_by_marker.values()):
            raise ValueError("size and single_crew_authorised_by: a crew of one needs a name for who authorised it")
        return self


class DurationPolicy(Section):
    """How long work takes."""

    minutes: dict[TaskKind, Minutes] = Field(description="Minutes of each kind of task, travel not included.")

    @model_validator(mode="after")
    def _consistent(self) -> DurationPolicy:
        missing = sorted(set(TaskKind) - {TaskKind.FIXED_EVENT} - set(self.minutes))
        if missing:
            raise ValueError("minutes: give one value for each kind of task; missing: " + ", ".join(missing))
        return self


class BreakStep(Section):
    """Refreshment break of tours of at least this length."""

    tour_hours_from: Annotated[int, Field(ge=0, le=24)]
    break_minutes: Annotated[int, Field(ge=0, le=120)]


class DutyPolicy(Section):
    """What an officer's tour allows."""

    breaks: tuple[BreakStep, ...] = Field(description="Length of the refreshment break by length of tour.")
    break_from_minutes: Annotated[int, Field(ge=0, le=24 * 60)] = Field(
        description="Earliest start of the break, after the start of the tour."
    )
    break_to_minutes: Minutes = Field(description="Latest end of the break, after the start of the tour.")
    rest_between_tours_hours: Annotated[int, Field(ge=0, le=24)] = Field(
        description="Rest between the end of a tour and the first work of the next."
    )
    longest_tour_hours: Annotated[int, Field(ge=1, le=24)] = Field(description="A longer tour is refused as a slip.")
    extra_bank_holidays: tuple[date, ...] = Field(description="Proclaimed bank holidays the calendar does not know.")
    removed_bank_holidays: tuple[date, ...] = Field(description="Bank holidays of the calendar that were moved away.")

    @model_validator(mode="after")
    def _consistent(self) -> DutyPolicy:
        hours = [step.tour_hours_from for step in self.breaks]
        if not hours or hours[0] != 0 or hours != sorted(set(hours)):
            raise ValueError("breaks: start at 0 hours and give each length of tour once, in rising order")
        longest = max(step.break_minutes for step in self.breaks)
        if self.break_to_minutes - self.break_from_minutes < longest:
            raise ValueError("break_from_minutes and break_to_minutes: the longest break does not fit between them")
        return self

    def break_minutes(self, tour_minutes: int) -> int:
        """Break that belongs to a tour of this length, in minutes."""
        fitting = [s.break_minutes for s in self.breaks if s.tour_hours_from * 60 <= tour_minutes]
        return fitting[-1] if fitting else 0


class SpeedStep(Section):
    """Mean speed of journeys up to this length."""

    up_to_km: Annotated[int, Field(gt=0, le=1000)]
    km_per_hour: Annotated[int, Field(gt=0, le=120)]


class TravelPolicy(Section):
    """How minutes of travel are estimated where travel.csv gives none."""

    road_factor_percent: Annotated[int, Field(ge=100, le=300)] = Field(
        description="Road length as a percentage of the straight line (round barriers)."
    )
    speeds: tuple[SpeedStep, ...] = Field(description="Mean speed by length of the journey on the road.")
    park_minutes: Annotated[int, Field(ge=0, le=60)] = Field(description="To park and walk, at every arrival.")
    unknown_minutes: Minutes = Field(description="Taken where a position is not known: the worst case.")
    round_up_to_minutes: Annotated[int, Field(ge=1, le=30)] = Field(description="Estimates are rounded up to this.")

    @model_validator(mode="after")
    def _consistent(self) -> TravelPolicy:
        lengths = [step.up_to_km for step in self.speeds]
        if not lengths or lengths != sorted(set(lengths)):
            raise ValueError("speeds: give at least one step, each length once, in rising order")
        return self


class BandMatch(Section):
    """Tasks of these kinds, risk levels and timings; a list left out matches all."""

    kinds: tuple[TaskKind, ...] = ()
    levels: tuple[RiskLevel, ...] = ()
    timings: tuple[Timing, ...] = ()

    def matches(self, kind: TaskKind, level: RiskLevel, timing: Timing) -> bool:
        """Whether a task falls under this line."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.levels or level in self.levels)
            and (not self.timings or timing in self.timings)
        )


class Band(Section):
    """A priority band: served strictly before the bands after it."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    any_of: tuple[BandMatch, ...] = ()

    def matches(self, kind: TaskKind, level: RiskLevel, timing: Timing) -> bool:
        """Whether a task falls into this band (if into none before it)."""
        return not self.any_of or any(m.matches(kind, level, timing) for m in self.any_of)


class PriorityPolicy(Section):
    """What comes first."""

    bands: tuple[Band, ...] = Field(description="Priority bands, strictly in this order; the last takes all the rest.")
    level_weights: dict[RiskLevel, Weight] = Field(description="Risk points per day of lateness, by risk level.")
    base_days: Days = Field(description="Days of lateness a task that is not late counts with.")
    lateness_cap_days: Days = Field(description="Days overdue beyond which points no longer rise.")
    lead_points: Weight = Field(
        description="Continuity: of a visit with the lead officer in the crew, of desk work that the lead officer does."
    )
    deputy_points: Weight = Field(description="Continuity of a visit with the deputy, but not the lead, in the crew.")

    @model_validator(mode="after")
    def _consistent(self) -> PriorityPolicy:
        _all_levels(self.level_weights)
        if self.deputy_points > self.lead_points:
            raise ValueError("lead_points and deputy_points: the deputy must not count more than the lead")
        if not self.bands or self.bands[-1].any_of:
            raise ValueError("bands: the last band must match everything (leave any_of out)")
        if any(not band.any_of for band in self.bands[:-1]):
            raise ValueError("bands: only the last band may match everything")
        names = [band.name for band in self.bands]
        if len(set(names)) < len(names):
            raise ValueError("bands: give each band a name of its own")
        return self


class ReplanPolicy(Section):
    """How a running week is planned again."""

    changes_after_band: Annotated[str, Field(min_length=1, max_length=80)] = Field(
        description="Name of the priority band after which the fewest changes have their turn, before the other bands."
    )
    asked_for_band: Annotated[str, Field(min_length=1, max_length=80)] = Field(
        description="Name of the priority band of a visit that somebody asked for (`replan --add`)."
    )


class AimPolicy(Section):
    """What a roster is made good at once the priority bands are served."""

    order: tuple[Aim, ...] = Field(description="Aims after the bands, strictly in this order; what is left out is off.")
    second_seat_last_n: LastN = Field(
        description="The officer in the second seat should not have been at this many last attempts at the nominal."
    )
    vary_last_n: LastN = Field(
        description="A visit should not have weekday and part of the day of one of this many last attempts."
    )
    parts_of_day: tuple[time, ...] = Field(
        description="Starts of the parts of the day after the first; the last one is the evening."
    )
    evening_weekend_percent: Annotated[int, Field(ge=0, le=100)] = Field(
        description="Visits in a hundred that should start in the evening or at the weekend, where that is an aim."
    )
    load_weeks: Annotated[int, Field(ge=0, le=52)] = Field(
        description="Weeks before the planned one whose visits count in an officer's load."
    )

    @model_validator(mode="after")
    def _consistent(self) -> AimPolicy:
        if len(set(self.order)) < len(self.order):
            raise ValueError("order: name each aim once")
        if {Aim.ONE_ADDRESS_TOGETHER, Aim.ONE_ADDRESS_APART} <= set(self.order):
            raise ValueError("order: name one_address_together or one_address_apart, not both")
        parts = self.parts_of_day
        if not parts or list(parts) != sorted(set(parts)) or parts[0] == time.min:
            raise ValueError("parts_of_day: give at least one start after midnight, each once, in rising order")
        return self


class ChangePolicy(Section):
    """What ``explain`` may propose for work that was left out; a person decides."""

    order: tuple[ChangeKind, ...] = Field(
        description="Changes that are tried, the smallest first; what is left out is never proposed."
    )
    more_minutes: tuple[Minutes, ...] = Field(
        description="By how much a tour or visiting hours are made longer, the smallest first."
    )

    @model_validator(mode="after")
    def _consistent(self) -> ChangePolicy:
        if len(set(self.order)) < len(self.order):
            raise ValueError("order: name each change once")
        if not self.more_minutes or list(self.more_minutes) != sorted(set(self.more_minutes)):
            raise ValueError("more_minutes: give at least one number, each once, in rising order")
        return self


class RegisterPolicy(Section):
    """What is accepted as a register."""

    extract_spread_days: Annotated[int, Field(ge=0, le=60)] = Field(
        description="Most days between the extract dates of the files of one register."
    )
    accepted_fall_percent: Annotated[int, Field(ge=0, le=100)] = Field(
        description="Fall in rows against the previous extract that is accepted without being confirmed."
    )
    force_area: tuple[int, int, int, int] = Field(
        description="West, south, east, north of the area in National Grid metres; positions outside are flagged."
    )
    caseload_limit: Annotated[int, Field(ge=1, le=1000)] = Field(
        description="Nominals an officer leads at most where officers.csv is blank; more is flagged."
    )
    marking: str = Field(description="Protective marking on every export.")


class ExportPolicy(Section):
    """What may leave the program, and how exactly."""

    calendars: bool = Field(description="Whether calendar files may be written; they are often synced to phones.")
    coarse_metres: Annotated[int, Field(ge=100, le=20_000)] = Field(
        description="Side of the squares to which positions are coarsened on maps, where not all is told."
    )


class AuditPolicy(Section):
    """What the audit compares against, and how it counts. It sets no clock."""

    period_weeks: Weeks = Field(description="Length of the period the audit looks back on, where none is given.")
    trend_weeks: Weeks = Field(description="Week ends that the trend shows.")
    overdue_band_days: tuple[Days, ...] = Field(description="Last day of each band of days overdue but the last.")
    caseload_per_fte: Annotated[int, Field(ge=1, le=1000)] = Field(
        description="Nominals per full-time officer that are taken as reasonable; more is counted."
    )
    caseload_weights: dict[RiskLevel, CaseWeight] = Field(
        description="What a nominal weighs in the risk-weighted caseload, by risk level."
    )
    reactive_weight: CaseWeight = Field(description="What a nominal under eligible reactive management weighs there.")
    full_time_hours: Annotated[int, Field(ge=1, le=80)] = Field(description="Hours a week of a full-time officer.")
    vary_last_visits: Annotated[int, Field(ge=2, le=50)] = Field(
        description="Last successful visits to a nominal that must not all be on one weekday and part of the day."
    )
    evening_from: time = Field(description="Visits that start from this time on are evening visits.")
    no_reply_percent: Annotated[int, Field(ge=0, le=99)] = Field(
        description="Attempts in a hundred that are expected to find nobody."
    )
    ending_within_months: Months = Field(description="How long ahead ends of registers and orders are listed.")
    clear_in_weeks: Weeks = Field(description="In how many weeks the backlog is to be cleared.")
    unseen_days: Days = Field(description="A nominal not seen for longer than this is long unseen.")

    @model_validator(mode="after")
    def _consistent(self) -> AuditPolicy:
        _all_levels(self.caseload_weights)
        if not self.overdue_band_days or list(self.overdue_band_days) != sorted(set(self.overdue_band_days)):
            raise ValueError("overdue_band_days: give at least one band, each day once, in rising order")
        if self.evening_from <= NOON:
            raise ValueError("evening_from: the evening must start after noon")
        return self


class Policy(Section):
    """The whole policy of a force."""

    name: str = Field(description="What this policy is called on reports.")
    visits: VisitPolicy
    assessments: AssessmentPolicy
    crews: CrewPolicy
    durations: DurationPolicy
    duty: DutyPolicy
    travel: TravelPolicy
    priorities: PriorityPolicy
    replan: ReplanPolicy
    aims: AimPolicy
    changes: ChangePolicy
    register_checks: RegisterPolicy
    exports: ExportPolicy
    audit: AuditPolicy

    @model_validator(mode="after")
    def _names_agree(self) -> Policy:
        if self.replan.changes_after_band not in [band.name for band in self.priorities.bands]:
            raise ValueError("changes_after_band: name one of the priority bands")
        if self.replan.asked_for_band not in [band.name for band in self.priorities.bands]:
            raise ValueError("asked_for_band: name one of the priority bands")
        return self

    @property
    def band_asked_for(self) -> int:
        """Index of the priority band of a visit that somebody asked for."""
        return [band.name for band in self.priorities.bands].index(self.replan.asked_for_band)

    @property
    def bands_before_changes(self) -> int:
        """Priority bands that come before the fewest changes when a week is planned again."""
        return [band.name for band in self.priorities.bands].index(self.replan.changes_after_band) + 1


class Provenance(Section):
    """Unit and source of one setting, and whether the source was checked."""

    unit: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    verified: bool
