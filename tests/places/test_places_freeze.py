"""In a running week, what has begun stays to the minute, and nothing new begins before the moment given."""

from __future__ import annotations

import random

import pytest
from places.random_weeks import random_week

from offender_mgmt.calendars import moment
from offender_mgmt.places.find import places_of
from offender_mgmt.places.roster_with import roster_with
from offender_mgmt.roster.frozen import frozen_rows

SEEDS = range(20, 28)


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_that_have_begun_are_the_same(seed):
    week, task = random_week(seed, offenders=40, tries=12)
    rng = random.Random(seed)
    days = list(week.due.horizon.days())
    now = moment(days[rng.randrange(4)], week.policy.visits.hours_from) + 60 * rng.randrange(8)
    published = week.published(now)
    begun = {trip.name for trip in published.trips if trip.span.start < now}
    for spot in list(places_of(published, task))[:10]:
        roster = roster_with(published, spot)
        kept = [row for row in week.roster.assignments if row.start < now or row.outing in begun - {""}]
        kept += frozen_rows(week.roster.assignments, now)  # what goes with the visits of these outings, too
        assert [row for row in kept if row not in roster.assignments] == []
        new = set(roster.assignments) - set(week.roster.assignments)
        assert all(row.start >= now for row in new)
