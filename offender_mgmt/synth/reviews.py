"""Desk work of the past: reviews, checks, entries and decisions that go with one nominal's life and visits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from offender_mgmt.calendars import WorkingDays, add_months
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Assessment
from offender_mgmt.synth import shares
from offender_mgmt.synth.course import Past
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.life import Life, days
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.vocabulary import AssessmentKind, CommunityStatus, VisitOutcome

WEEKLY_NOTIFICATIONS_KEPT = 12


@dataclass(frozen=True)
class DeskHistory:
    """Writes the desk work of the past.

    Parameters
    ----------
    sergeant
        Who reviews and decides.
    """

    sergeant: str
    policy: Policy
    settings: SynthSettings

    def of(self, life: Life, past: Past) -> list[Assessment]:
        """All desk work of a nominal up to the extract, once per kind and day."""
        dice = Dice(self.settings.seed, "desk", life.ref)
        rows = [
            *past.arms,
            *self._with_visits(life, past, dice),
            *self._supervision(life, past, dice),
            *self._reactive_reviews(life, dice),
            *self._decisions(life, past, dice),
            *self._notifications(life, dice),
            *self._status_checks(life, dice),
        ]
        kept = {(row.kind, row.date): row for row in rows if row.date <= self.settings.extract_date}
        return [kept[key] for key in sorted(kept)]

    @property
    def _first_day(self) -> date:
        return self.settings.extract_date - days(self.settings.history_days)

    def _row(self, kind: AssessmentKind, life: Life, day: date, officer: str | None = None) -> Assessment:
        return Assessment(kind=kind, offender_ref=life.ref, date=day, officer=officer or life.lead_on(day))

    def _with_visits(self, life: Life, past: Past, dice: Dice) -> Iterator[Assessment]:
        """Intelligence check before, record entry after each attempt."""
        working = WorkingDays()
        for visit in past.visits:
            checked = visit.date - days(dice.between(0, self.policy.assessments.intelligence_check_valid_days - 1))
            if dice.chance(shares.INTELLIGENCE_CHECKED) and checked >= life.offender.registered_on:
                yield self._row(AssessmentKind.INTELLIGENCE_CHECK, life, checked)
            entered = working.add(visit.date, dice.weighted(shares.RECORD_ENTRY_AFTER))
            yield self._row(AssessmentKind.RECORD_ENTRY, life, entered, visit.officers[0])

    def _supervision(self, life: Life, past: Past, dice: Dice) -> Iterator[Assessment]:
        """Supervisory reviews: by the level's interval, and after an ARMS or a change of level."""
        registered = life.offender.registered_on
        months = self.policy.assessments.supervisory_review_months
        last = registered
        if registered < self._first_day:
            interval = months[life.level_on(self._first_day)] * 30
            last = max(registered, self._first_day - days(dice.between(1, interval)))
            yield self._row(AssessmentKind.SUPERVISORY_REVIEW, life, last, self.sergeant)
        while True:
            due = min([add_months(last, months[life.level_on(last)]), *self._causes(life, past, last)])
            late = dice.chance(shares.SUPERVISION_LATE[life.level_on(due)])
            last = max(last + days(1), due + days(dice.between(1, 70) if late else dice.between(-6, 1)))
            away = life.away_on(last)
            if away is not None and away.back is not None:
                last = away.back + days(dice.between(2, 9))
            if (away is not None and away.back is None) or self._is_over(life, last):
                return
            yield self._row(AssessmentKind.SUPERVISORY_REVIEW, life, last, self.sergeant)

    def _is_over(self, life: Life, day: date) -> bool:
        return day > self.settings.extract_date or life.reactive_on(day)

    def _causes(self, life: Life, past: Past, last: date) -> list[date]:
        """When a review is due for an ARMS or a change of level after the last review."""
        causes = [arms.date for arms in past.arms if arms.date > last]
        if life.level_change and life.level_change[0] > last:
            causes.append(life.level_change[0])
        return [day + days(self.policy.assessments.supervisory_review_after_days) for day in causes]

    def _reactive_reviews(self, life: Life, dice: Dice) -> Iterator[Assessment]:
        last = life.reactive_since
        while last is not None:
            due = add_months(last, self.policy.assessments.reactive_review_months)
            late = dice.chance(shares.REACTIVE_REVIEW_LATE)
            last = due + days(dice.between(5, 80) if late else dice.between(-24, 0))
            if last > self.settings.extract_date:
                return
            if last >= self._first_day - days(366):
                yield self._row(AssessmentKind.REACTIVE_REVIEW, life, last, self.sergeant)

    def _decisions(self, life: Life, past: Past, dice: Dice) -> Iterator[Assessment]:
        """A decision each time failed attempts in a row reach the policy's number."""
        failed = 0
        for visit in past.visits:
            if visit.outcome is VisitOutcome.SUCCESSFUL:
                failed = 0
            elif visit.outcome in (VisitOutcome.NO_REPLY, VisitOutcome.REFUSED):
                failed += 1
                reached = failed == self.policy.visits.failed_attempts_for_decision
                if reached and dice.chance(shares.DECISION_MADE):
                    decided = visit.date + days(dice.between(0, self.policy.visits.decision_days))
                    yield self._row(AssessmentKind.NO_REPLY_DECISION, life, decided, self.sergeant)

    def _notifications(self, life: Life, dice: Dice) -> Iterator[Assessment]:
        """Checks of the yearly notification, and of the weekly ones of a nominal of no fixed abode."""
        due = life.offender.notification_due
        step, oldest = 12, self._first_day
        if due is None:
            return
        if life.offender.no_fixed_abode:
            for week in range(WEEKLY_NOTIFICATIONS_KEPT):
                day = self.settings.extract_date - days(7 * week + dice.between(0, 2))
                if day > life.offender.registered_on and not life.away_on(day):
                    yield self._row(AssessmentKind.NOTIFICATION_CHECK, life, day)
            return
        while due > max(oldest, life.offender.registered_on):
            done = due - days(dice.between(0, self.policy.assessments.notification_lead_days - 1))
            made = due >= self.settings.extract_date or dice.chance(shares.NOTIFICATION_CHECKED)
            late_now = due == life.offender.notification_due and due < self.settings.extract_date
            if made and not late_now and done > life.offender.registered_on and not life.away_on(done):
                yield self._row(AssessmentKind.NOTIFICATION_CHECK, life, done)
            due = add_months(due, -step)

    def _status_checks(self, life: Life, dice: Dice) -> Iterator[Assessment]:
        """Checks of an absence without a known end."""
        for spell in life.spells:
            last = max(spell.start, self._first_day)
            unknown_end = spell.back is None and life.offender.status_until is None
            while unknown_end and spell.status is not CommunityStatus.COMMUNITY:
                late = dice.chance(shares.STATUS_CHECK_LATE)
                by = dice.between(3, 30) if late else dice.between(-5, 0)
                last += days(self.policy.assessments.status_check_days + by)
                if last > self.settings.extract_date:
                    break
                yield self._row(AssessmentKind.STATUS_CHECK, life, last)
