"""``Register.as_at`` rebuilds a past day as an extract of that day, cut by hand, would have been.

What cannot be rebuilt, by either, is left as extracted; the last tests say so with an example each.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

import builders as b
import pytest
from audit.second_way.cutter import cut
from audit.second_way.wild import wild_register

pytestmark = pytest.mark.many_cases

FIELDS = ("extract_date", "offenders", "visits", "assessments", "changes", "deferrals", "officers", "tours", "events")


def random_days(extract: date, number: int, seed: int) -> list[date]:
    """Days of the two and a half years before the extract."""
    rng = random.Random(seed)
    return [extract - timedelta(days=rng.randint(0, 900)) for _ in range(number)]


@pytest.mark.parametrize("seed", range(4))
def test_register_of_a_past_day_equals_the_cut_one(seed: int) -> None:
    register = wild_register(seed)
    for day in random_days(register.extract_date, 50, seed):
        rebuilt, by_hand = register.as_at(day), cut(register, day)
        for field in FIELDS:
            assert getattr(rebuilt, field) == getattr(by_hand, field), (field, day)


def test_duty_roster_events_and_officers_are_as_extracted() -> None:
    register = b.register(events=(b.event(),))
    past = register.as_at(date(2026, 1, 1))
    assert (past.tours, past.events, past.officers) == (register.tours, register.events, register.officers)


def test_dates_that_no_log_covers_are_as_extracted() -> None:
    nominal = b.offender(notification_due=date(2027, 3, 1), interval_until=date(2026, 12, 31), visit_interval_days=30)
    past = b.register(offenders=(nominal,)).as_at(date(2026, 1, 1)).offenders[0]
    assert (past.notification_due, past.interval_until) == (date(2027, 3, 1), date(2026, 12, 31))


def test_a_nominal_whose_row_is_gone_cannot_be_brought_back() -> None:
    register = b.register(offenders=(), visits=(b.visit(),))
    assert register.as_at(date(2026, 6, 30)).visits == ()
