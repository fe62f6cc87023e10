"""The difference of two rosters: applied it gives the other one, turned round the first one, of itself it is empty."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import MUTATIONS
from rich_roster import at, rich_world
from valid_weeks import valid_rosters

from offender_mgmt.calendars import week_after
from offender_mgmt.errors import UsageError
from offender_mgmt.roster.changes import changes_of
from offender_mgmt.roster.diff import RosterDiff, apply, diff
from offender_mgmt.roster.roster import Assignment, Roster, Unassigned
from offender_mgmt.vocabulary import RiskLevel, TaskKind

WORLD = rich_world()
ROSTER = WORLD.roster
TASK_IDS = st.sampled_from([*[t.task_id for t in WORLD.due.tasks][:6], "EVENT-E-1", "HV-NOBODY"])
MOMENTS = st.integers(at("08:00"), at("08:00") + 3000)
ROWS = st.builds(
    Assignment,
    task_id=TASK_IDS,
    kind=st.sampled_from(TaskKind),
    offender_ref=st.sampled_from(["RSO-000001", ""]),
    start=MOMENTS,
    end=MOMENTS,
    crew=st.lists(st.sampled_from(["P1", "P2", "P3"]), max_size=3).map(tuple),
    outing=st.sampled_from(["", "Mon-1", "Tue-1"]),
    position=st.integers(0, 2),
    part=st.sampled_from(["", "1/2"]),
    done_with=st.sampled_from(["", "HV-RSO-000001"]),
)
LEFT_OUT = st.builds(
    Unassigned,
    task_id=TASK_IDS,
    kind=st.just(TaskKind.HOME_VISIT),
    offender_ref=st.just("RSO-000001"),
    risk_level=st.just(RiskLevel.LOW),
    band=st.just(""),
    due_date=st.just(ROSTER.unassigned[0].due_date),
    days_overdue=st.integers(0, 1),
    reason=st.sampled_from(["crews_full", "deferred"]),
    explanation=st.sampled_from(["", "Full."]),
)


@st.composite
def damaged_rosters(draw):
    """The roster made by hand after some kinds of damage, some rows made up, some lost, in any order."""
    roster = ROSTER
    for name in draw(st.lists(st.sampled_from(sorted(MUTATIONS)), max_size=3)):
        function, _ = MUTATIONS[name]
        damaged = function(roster, WORLD.register, WORLD.policy, WORLD.due, random.Random(draw(st.integers(0, 9))))
        roster = damaged or roster
    rows = list(roster.assignments)[draw(st.integers(0, 4)) :] + draw(st.lists(ROWS, max_size=4))
    left_out = list(roster.unassigned)[draw(st.integers(0, 4)) :] + draw(st.lists(LEFT_OUT, max_size=3))
    if draw(st.booleans()):
        rows, left_out = draw(st.permutations(rows)), draw(st.permutations(left_out))
    return Roster(roster.horizon, tuple(rows), tuple(left_out))


ANY = st.one_of(valid_rosters(), damaged_rosters())


@settings(max_examples=300, deadline=None, derandomize=True)
@given(ANY, ANY)
def test_applied_it_gives_the_other_and_turned_round_the_first(before, after):
    found = diff(before, after)
    assert apply(before, found) == after
    assert apply(after, found.reversed()) == before
    assert apply(after, diff(after, before)) == before
    assert found.reversed().reversed() == found


@settings(max_examples=100, deadline=None, derandomize=True)
@given(ANY)
def test_of_a_roster_and_itself_it_is_empty(roster):
    assert diff(roster, roster) == RosterDiff()
    assert diff(roster, roster).is_empty
    assert changes_of(roster, roster) == ()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ANY, ANY)
def test_whatever_differs_but_the_order_of_the_rows_is_told_once_as_a_change(before, after):
    """Counted the plain way: the rows of every task, as a bag, in both rosters."""
    told = [change.task_id for change in changes_of(before, after)]
    assert len(told) == len(set(told))
    assert set(told) == {task_id for task_id in ids(before) | ids(after) if bag(before, task_id) != bag(after, task_id)}


def ids(roster):
    return {row.task_id for row in (*roster.assignments, *roster.unassigned)}


def bag(roster, task_id):
    return sorted(repr(row) for row in (*roster.assignments, *roster.unassigned) if row.task_id == task_id)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(ANY, ANY)
def test_the_way_back_tells_the_same_tasks(before, after):
    back = {change.task_id: change for change in changes_of(after, before)}
    for change in changes_of(before, after):
        assert (back[change.task_id].before, back[change.task_id].after) == (change.after, change.before)


def test_rosters_that_valid_rosters_draws_are_valid():
    """Without this the laws could hold of damaged rosters only."""
    rosters = [ROSTER]

    @settings(max_examples=20, deadline=None, derandomize=True, database=None)
    @given(valid_rosters())
    def collect(roster):
        rosters.append(roster)

    collect()
    assert all(replace(WORLD, roster=roster, bands=None).violations() == () for roster in rosters)
    assert len(set(map(repr, rosters))) > 3


def test_one_row_that_is_other_is_one_row_taken_and_one_put():
    after = WORLD.but("HV-RSO-000002", position=3).roster
    found = diff(ROSTER, after)
    assert [row.task_id for _, row in found.assignments.taken] == ["HV-RSO-000002"]
    assert [row.position for _, row in found.assignments.put] == [3]
    assert found.unassigned.is_empty


def test_rosters_of_different_weeks_are_refused_in_one_line():
    later = Roster(week_after(ROSTER.horizon.first_day))
    with pytest.raises(UsageError) as refused:
        diff(ROSTER, later)
    assert str(refused.value) == (
        "The rosters are of different weeks, 2026-W49 and 2026-W50: "
        "only rosters of one week can be held against each other."
    )


def test_a_difference_is_not_applied_to_a_roster_it_does_not_start_from():
    found = diff(ROSTER, WORLD.without("HV-RSO-000001").roster)
    for other in (
        WORLD.without("HV-RSO-000001").roster,
        Roster(ROSTER.horizon),
        WORLD.shifted("HV-RSO-000001", 1).roster,
    ):
        with pytest.raises(UsageError, match=r"^The difference is of another roster than this one\.$"):
            apply(other, found)
    added = diff(Roster(ROSTER.horizon), ROSTER)
    assert apply(Roster(ROSTER.horizon), added) == ROSTER
    last = replace(added, assignments=replace(added.assignments, put=added.assignments.put[-1:]))
    with pytest.raises(UsageError):
        apply(Roster(ROSTER.horizon), last)


def test_rows_in_another_order_are_a_difference_and_no_change():
    turned = replace(ROSTER, assignments=tuple(reversed(ROSTER.assignments)))
    assert not diff(ROSTER, turned).is_empty
    assert changes_of(ROSTER, turned) == ()
    assert apply(ROSTER, diff(ROSTER, turned)) == turned


def test_places_of_rows_are_in_order():
    found = diff(ROSTER, WORLD.shifted("HV-RSO-000001", 5).roster)
    for rows in (found.assignments.taken, found.assignments.put):
        assert all(one < other for (one, _), (other, _) in pairwise(rows))
