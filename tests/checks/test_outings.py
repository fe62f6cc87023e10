"""Outings of a hand-typed roster: a crew's visits of a day are parted where it was at its base in between.

P1 and P2 visit Witham 09:00-10:00, 20 minutes from the base, and then Braintree for 60 minutes, 30 from the base and
15 from Witham. Back from Witham they are at 10:20.
"""

from dataclasses import replace
from datetime import time

import builders as b
import pytest
from rich_roster import at, small_world

from offender_mgmt.checks.timeline import Week

BLANK = {"outing": "", "position": 0, "travel_minutes": 0}


def _world(second, entry, positions=(0, 0), travel=(0, 0)):
    """The small world with the second visit and the entry of the first, by P1, at other times; other entry at 14:00."""
    world = small_world()
    times = {"start": at(second), "end": at(second) + 60}
    world = world.but("HV-RSO-000001", **BLANK | {"position": positions[0], "travel_minutes": travel[0]})
    world = world.but("HV-RSO-000002", **BLANK | times | {"position": positions[1], "travel_minutes": travel[1]})
    world = world.but("ENTRY-RSO-000001-NEXT", start=at(entry), end=at(entry) + 30)
    return world.but("ENTRY-RSO-000002-NEXT", start=at("14:30"), end=at("15:00"))


def _outings(world):
    week = Week(world.register, world.policy, world.due, world.roster)
    return [[stop.task_id for stop in outing.stops] for outing in week.outings]


TOGETHER = [["HV-RSO-000001", "HV-RSO-000002"]]
APART = [["HV-RSO-000001"], ["HV-RSO-000002"]]


@pytest.mark.parametrize(
    ("second", "entry", "outings", "rules"),
    [
        ("11:20", "14:30", TOGETHER, set()),  # nothing to do at the base
        ("11:20", "10:20", APART, set()),  # entry 10:20-10:50, out again at 10:50
        ("11:15", "10:20", APART, {"one_place_at_a_time", "travel_time_allowed"}),  # out again at 10:45
        ("10:50", "10:20", TOGETHER, {"one_place_at_a_time"}),  # no minute at the base
    ],
)
def test_work_at_the_base_parts_outings(second, entry, outings, rules):
    world = _world(second, entry)
    assert _outings(world) == outings
    assert world.rules() == rules


def test_work_of_others_parts_outings_only_if_it_is_on_the_nominals():
    """The check for the second visit, made by the sergeant while the crew is at the base, is over before it leaves."""
    world = _world("11:20", "14:30")
    check = {"start": at("10:25"), "end": at("10:45"), "crew": ("S1",)}
    assert _outings(world.but("INTEL-RSO-000002-NEXT", **check)) == APART
    other = replace(world.row("INTEL-RSO-000002-NEXT"), task_id="X", offender_ref="RSO-000009", **check)
    assert _outings(world.with_rows(other)) == TOGETHER


def test_a_fixed_event_of_the_crew_parts_outings():
    event = b.event(date=b.MONDAY, start=time(10, 20), end=time(10, 50), officers=("P2",))
    assert _outings(_world("11:20", "14:30").with_register(events=(event,))) == APART
    elsewhere = event.replace(officers=("P1",), start=time(14, 30), end=time(15))
    assert _outings(_world("11:20", "14:30").with_register(events=(elsewhere,))) == TOGETHER


@pytest.mark.parametrize(
    ("second", "positions", "travel", "outings", "rules"),
    [
        ("10:50", (1, 2), (20, 15), TOGETHER, set()),
        ("10:50", (1, 1), (20, 30), APART, set()),  # back at 10:20 and out again at once
        ("10:45", (1, 1), (20, 30), TOGETHER, {"figures_agree"}),  # no time to have been back
    ],
)
def test_position_one_again_starts_another_outing(second, positions, travel, outings, rules):
    world = _world(second, "14:00", positions, travel)
    assert _outings(world) == outings
    assert world.rules() == rules


def test_position_two_goes_on_with_the_outing_whatever_is_done_meanwhile():
    world = _world("11:20", "10:20", (1, 2), (20, 15))
    assert _outings(world) == TOGETHER
    assert world.rules() == {"one_place_at_a_time"}


def test_outings_of_one_day_have_labels_of_their_own():
    week = Week(*(getattr(_world("11:20", "10:20"), name) for name in ("register", "policy", "due", "roster")))
    assert [outing.label for outing in week.outings] == ["P1+P2 on 2026-11-30", "P1+P2 on 2026-11-30 (2)"]
