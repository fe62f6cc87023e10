"""Attempts to see one nominal over the years: by the clocks, with the lateness, no replies and repeats of real life."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from offender_mgmt.calendars import WorkingDays, add_months
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Assessment, Visit
from offender_mgmt.synth import shares
from offender_mgmt.synth.diary import Diary
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.life import Life, days
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.synth.teams import Team
from offender_mgmt.vocabulary import AssessmentKind, Cohort, TaskKind, VisitOutcome, VisitType

ARMS_AHEAD_DAYS = 35
MOST_ATTEMPTS = 2_000


@dataclass
class Past:
    """What has happened so far: filled as the years are walked through."""

    visits: list[Visit] = field(default_factory=list)
    arms: list[Assessment] = field(default_factory=list)
    last_success: date | None = None
    failed_since: int = 0

    @property
    def last_arms(self) -> date | None:
        """Day of the last ARMS."""
        return self.arms[-1].date if self.arms else None


class VisitHistory:
    """Walks through one nominal's past.

    Parameters
    ----------
    diary
        The team's bookings: shared by all its nominals.
    """

    def __init__(self, team: Team, policy: Policy, settings: SynthSettings, diary: Diary) -> None:
        self._team = team
        self._policy = policy
        self._settings = settings
        self._diary = diary
        self._first_day = settings.extract_date - days(settings.history_days)
        self._working_days = WorkingDays()

    def of(self, life: Life) -> Past:
        """Attempts and ARMS of a nominal, oldest first."""
        dice = Dice(self._settings.seed, "history", life.ref)
        past = Past()
        self._before_the_logs(life, past, dice)
        due, kind = self._first_due(life, past, dice)
        for _ in range(MOST_ATTEMPTS):
            wanted = self._next_day(life, past, due, dice)
            day, kind = self._in_the_community(life, past, wanted, kind, dice)
            if day is None or day > self._settings.extract_date or life.reactive_on(day):
                break
            next_due = self._attempt(life, past, day, kind, dice)
            if next_due is None:
                break
            due = next_due
            kind = VisitType.REPEAT_VISIT if past.failed_since else VisitType.HOME_VISIT
        return past

    def _before_the_logs(self, life: Life, past: Past, dice: Dice) -> None:
        """The last visit and ARMS before the logs begin, so that every clock has a start."""
        registered = life.offender.registered_on
        room = (self._first_day - registered).days
        if room < 30:
            return
        day = self._first_day - days(dice.between(1, min(room - 1, self._interval(life, self._first_day))))
        while life.away_on(day) or life.reactive_on(day):
            day -= days(30)
        seen = self._record(life, past, max(day, registered), VisitType.HOME_VISIT, VisitOutcome.SUCCESSFUL, dice)
        past.last_success = seen
        if seen is not None and life.offender.cohort is Cohort.RSO:
            past.arms.append(self._arms(life, max(registered, seen - days(dice.between(0, 300)))))

    def _first_due(self, life: Life, past: Past, dice: Dice) -> tuple[date, VisitType]:
        if past.last_success is None:
            limit = self._policy.visits.initial_visit_days[life.level_on(life.offender.registered_on)]
            return life.offender.registered_on + days(dice.between(3, limit)), VisitType.INITIAL_VISIT
        due = past.last_success + days(self._interval(life, past.last_success))
        return max(due, self._first_day + days(dice.between(0, 20))), VisitType.HOME_VISIT

    def _interval(self, life: Life, day: date) -> int:
        plan = life.offender.visit_interval_days
        if plan and life.plan_since and life.plan_since <= day:
            return plan
        return (add_months(day, self._policy.visits.interval_months[life.level_on(day)]) - day).days

    def _next_day(self, life: Life, past: Past, due: date, dice: Dice) -> date:
        """The day of the next attempt: for the visit or the ARMS due, and soon after a rise in level."""
        level = life.level_on(due)
        if past.failed_since:
            return due + days(dice.between(0, shares.REPEAT_WITHIN[level]))
        last = past.last_success or life.offender.registered_on
        day = due + days(_course(shares.ATTEMPT_COURSE[level], dice))
        arms_due = self._arms_due(life, past)
        if arms_due is not None:
            day = min(day, arms_due + days(_course(shares.ARMS_COURSE, dice)))
        rise = life.rise_after(last)
        if rise is not None and rise < day:
            day = min(day, max(rise, last + days(self._interval(life, rise))) + days(dice.between(0, 5)))
        return max(day, last + days(2))

    def _in_the_community(
        self, life: Life, past: Past, day: date, kind: VisitType, dice: Dice
    ) -> tuple[date | None, VisitType]:
        """The day moved behind an absence, where it is a first visit again; ``None`` if the absence lasts."""
        away = life.away_on(day)
        returned = life.back_between(past.last_success or life.offender.registered_on, day)
        if away is None and returned is None:
            return day, kind
        back = away.back if away else returned
        if back is None:
            return None, kind
        limit = self._policy.visits.initial_visit_days[life.level_on(back)]
        wanted = back + days(dice.between(2, limit) if dice.chance(92) else limit + dice.between(1, 12))
        if away or (past.visits and past.visits[-1].date < back):
            return wanted, VisitType.INITIAL_VISIT
        return day, kind

    def _attempt(self, life: Life, past: Past, day: date, kind: VisitType, dice: Dice) -> date | None:
        """Make the attempt on the day or soon after; when the next is due, ``None`` if the extract came first."""
        kind = self._kind(life, past, day, kind, dice)
        outcome = dice.weighted(shares.OUTCOMES)
        made_on = self._record(life, past, day, kind, outcome, dice)
        if made_on is None:
            return None
        day = made_on
        if outcome is not VisitOutcome.SUCCESSFUL:
            past.failed_since += 1
            return day + days(self._policy.visits.repeat_days[life.level_on(day)])
        past.failed_since, past.last_success = 0, day
        if kind is VisitType.ARMS_INTERVIEW:
            late = dice.chance(shares.ARMS_WRITTEN_LATE)
            written = day + days(dice.between(15, 45) if late else dice.between(1, 13))
            written = day if life.away_on(written) else written
            if written <= self._settings.extract_date:
                past.arms.append(self._arms(life, written))
        return day + days(self._interval(life, day))

    def _kind(self, life: Life, past: Past, day: date, kind: VisitType, dice: Dice) -> VisitType:
        """An ARMS interview where one is due, soon due or was tried before; else as it was."""
        due = self._arms_due(life, past)
        if due is None or due - days(ARMS_AHEAD_DAYS) > day:
            return kind
        share = shares.ARMS_WITH_FIRST_VISIT if kind is VisitType.INITIAL_VISIT else shares.ARMS_WITH_VISIT
        return VisitType.ARMS_INTERVIEW if due <= day or dice.chance(share) else kind

    def _arms_due(self, life: Life, past: Past) -> date | None:
        """When an ARMS is due; ``None`` if it never is, or not before the first visit."""
        rules = self._policy.assessments
        seen = next((v.date for v in past.visits if v.outcome is VisitOutcome.SUCCESSFUL), None)
        if life.offender.cohort is not Cohort.RSO or seen is None:
            return None
        due = add_months(seen, rules.arms_initial_months)
        if past.last_arms is not None:
            due = add_months(past.last_arms, rules.arms_review_months)
        rise = life.rise_after(past.last_arms or seen)
        known = rise is not None and past.last_success is not None and rise <= past.last_success + days(400)
        return min(due, rise + days(rules.arms_trigger_days)) if known and rise is not None else due

    def _record(
        self, life: Life, past: Past, day: date, kind: VisitType, outcome: VisitOutcome, dice: Dice
    ) -> date | None:
        """Write down an attempt on the first day from ``day`` on which a crew can go, if that is before the extract."""
        length = self._policy.durations.minutes[TaskKind(kind.value)]
        length = length if outcome is VisitOutcome.SUCCESSFUL else 15
        day, booked = self._possible_day(life, day, dice), None
        while day <= self._settings.extract_date:
            booked = self._diary.book(life.offender, life.lead_on(day), day, length, dice)
            if booked is not None:
                break
            day = self._possible_day(life, day + days(1), dice)
        if booked is None:
            return None
        start, end, crew = booked
        authorised = self._team.sergeant if len(crew) == 1 and dice.chance(shares.SINGLE_AUTHORISED) else None
        announced = shares.ANNOUNCED_ARMS if kind is VisitType.ARMS_INTERVIEW else shares.ANNOUNCED_OTHER
        past.visits.append(
            Visit(
                visit_id=f"V-{life.ref}-{len(past.visits) + 1}",
                offender_ref=life.ref,
                date=day,
                start=start,
                end=end,
                type=kind,
                announced=dice.chance(announced),
                outcome=outcome,
                officers=crew,
                single_crew_authorised_by=authorised,
            )
        )
        return day

    def _possible_day(self, life: Life, day: date, dice: Dice) -> date:
        """The first day from ``day`` when the nominal is at home and the team goes out; past the extract, any."""
        keep = {5: shares.SATURDAY_KEPT, 6: shares.SUNDAY_KEPT}
        while day <= self._settings.extract_date and (
            life.away_on(day)
            or self._working_days.is_bank_holiday(day)
            or not dice.chance(keep.get(day.weekday(), 100))
        ):
            day += days(1)
        return day

    def _arms(self, life: Life, day: date) -> Assessment:
        return Assessment(kind=AssessmentKind.ARMS, offender_ref=life.ref, date=day, officer=life.lead_on(day))


def _course(course: tuple[int, int, float, int], dice: Dice) -> int:
    """Days from the due date to the attempt: early as a rule, late in some cases."""
    earliest, latest, late_share, late_by = course
    return dice.between(1, late_by) if dice.chance(late_share) else dice.between(earliest, latest)
