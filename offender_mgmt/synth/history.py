"""Attempts to see one nominal over the years: by the clocks, with the lateness, no replies and repeats of real life."""

from __future__ import annotations

from datetime import date

from offender_mgmt.calendars import WorkingDays
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Assessment, Visit
from offender_mgmt.synth import shares
from offender_mgmt.synth.course import Course, Past
from offender_mgmt.synth.diary import Attendance, Diary
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.life import Life, days
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.synth.teams import Team
from offender_mgmt.vocabulary import AssessmentKind, Cohort, TaskKind, VisitOutcome, VisitType

MOST_ATTEMPTS = 2_000


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
        self._course = Course(policy, self._first_day)
        self._working_days = WorkingDays()

    def of(self, life: Life) -> Past:
        """Attempts and ARMS of a nominal, oldest first."""
        dice = Dice(self._settings.seed, "history", life.ref)
        past = Past()
        self._before_the_logs(life, past, dice)
        due, kind = self._course.first_due(life, past, dice)
        for _ in range(MOST_ATTEMPTS):
            wanted = self._course.next_day(life, past, due, dice)
            day, kind = self._course.in_the_community(life, past, wanted, kind, dice)
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
        day = self._first_day - days(dice.between(1, min(room - 1, self._course.interval(life, self._first_day))))
        while life.away_on(day) or life.reactive_on(day):
            day -= days(30)
        seen = self._record(life, past, max(day, registered), VisitType.HOME_VISIT, VisitOutcome.SUCCESSFUL, dice)
        past.last_success = seen
        if seen is not None and life.offender.cohort is Cohort.RSO:
            past.arms.append(self._arms(life, max(registered, seen - days(dice.between(0, 300)))))

    def _attempt(self, life: Life, past: Past, day: date, kind: VisitType, dice: Dice) -> date | None:
        """Make the attempt on the day or soon after; when the next is due, ``None`` if the extract came first."""
        kind = self._course.kind(life, past, day, kind, dice)
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
        return day + days(self._course.interval(life, day))

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
        past.visits.append(self._visit(life, day, kind, outcome, booked, dice))
        return day

    def _visit(
        self, life: Life, day: date, kind: VisitType, outcome: VisitOutcome, booked: Attendance, dice: Dice
    ) -> Visit:
        start, end, crew = booked
        authorised = self._team.sergeant if len(crew) == 1 and dice.chance(shares.SINGLE_AUTHORISED) else None
        announced = shares.ANNOUNCED_ARMS if kind is VisitType.ARMS_INTERVIEW else shares.ANNOUNCED_OTHER
        return Visit(
            visit_id=f"V-{life.ref}-{day:%Y%m%d}",  # numbered once all attempts are there
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
