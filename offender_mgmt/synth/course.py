"""When somebody goes to see a nominal: near the due date, at times late, again after no reply, anew after custody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from offender_mgmt.calendars import add_months
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Assessment, Visit
from offender_mgmt.synth import shares
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.life import Life, days
from offender_mgmt.vocabulary import Cohort, VisitOutcome, VisitType

ARMS_AHEAD_DAYS = 35


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


class Course:
    """The ordinary course of visits and ARMS, by the policy's clocks.

    Parameters
    ----------
    first_day
        Day the logs begin.
    """

    def __init__(self, policy: Policy, first_day: date) -> None:
        self._policy = policy
        self._first_day = first_day

    def first_due(self, life: Life, past: Past, dice: Dice) -> tuple[date, VisitType]:
        """When the first visit of the logs is due, and what kind it is."""
        if past.last_success is None:
            limit = self._policy.visits.initial_visit_days[life.level_on(life.offender.registered_on)]
            return life.offender.registered_on + days(dice.between(3, limit)), VisitType.INITIAL_VISIT
        due = past.last_success + days(self.interval(life, past.last_success))
        return max(due, self._first_day + days(dice.between(0, 20))), VisitType.HOME_VISIT

    def interval(self, life: Life, day: date) -> int:
        """Days from a visit on ``day`` to the next: the plan's, else the level's."""
        plan = life.offender.visit_interval_days
        if plan and life.plan_since and life.plan_since <= day:
            return plan
        return (add_months(day, self._policy.visits.interval_months[life.level_on(day)]) - day).days

    def next_day(self, life: Life, past: Past, due: date, dice: Dice) -> date:
        """The day of the next attempt: for the visit or the ARMS due, and soon after a rise in level."""
        level = life.level_on(due)
        if past.failed_since:
            return due + days(dice.between(0, shares.REPEAT_WITHIN[level]))
        last = past.last_success or life.offender.registered_on
        day = due + days(_days_off(shares.ATTEMPT_COURSE[level], dice))
        arms_due = self.arms_due(life, past)
        if arms_due is not None:
            day = min(day, arms_due + days(_days_off(shares.ARMS_COURSE, dice)))
        rise = life.rise_after(last)
        if rise is not None and rise < day:
            day = min(day, max(rise, last + days(self.interval(life, rise))) + days(dice.between(0, 5)))
        return max(day, last + days(2))

    def in_the_community(
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

    def kind(self, life: Life, past: Past, day: date, kind: VisitType, dice: Dice) -> VisitType:
        """An ARMS interview where one is due, soon due or was tried before; else as it was."""
        due = self.arms_due(life, past)
        if due is None or due - days(ARMS_AHEAD_DAYS) > day:
            return kind
        share = shares.ARMS_WITH_FIRST_VISIT if kind is VisitType.INITIAL_VISIT else shares.ARMS_WITH_VISIT
        return VisitType.ARMS_INTERVIEW if due <= day or dice.chance(share) else kind

    def arms_due(self, life: Life, past: Past) -> date | None:
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


def _days_off(course: tuple[int, int, float, int], dice: Dice) -> int:
    """Days from the due date to the attempt: early as a rule, late in some cases."""
    earliest, latest, late_share, late_by = course
    return dice.between(1, late_by) if dice.chance(late_share) else dice.between(earliest, latest)
