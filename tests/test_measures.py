"""Figures of a roster, worked out by hand over the small team of the check's tests."""

import pytest
from rich_roster import rich_world, small_world

from offender_mgmt import measures
from offender_mgmt.measures import Share, WorstCase
from offender_mgmt.roster.roster import Roster
from offender_mgmt.vocabulary import RiskLevel, TaskKind


def _nothing_done(world):
    return Roster(world.due.horizon)


def test_bands_count_tasks_with_points_that_are_not_put_off():
    """Band 1: the review of RSO-000002 (145 days late: 2 x 152 = 304) and the visit of RSO-000001 (2 x 17 = 34)."""
    world = rich_world()
    band = measures.band_figures(world.due, world.roster, [0, 400, 200, 7])[1]
    assert (band.due, band.scheduled, band.value_due, band.value, band.bound) == (2, 2, 338, 338, 400)


def test_bands_of_an_empty_roster():
    world = rich_world()
    figures = measures.band_figures(world.due, _nothing_done(world))
    assert [(f.due, f.scheduled, f.value) for f in figures] == [(0, 0, 0), (2, 0, 0), (8, 0, 0), (1, 0, 0)]
    assert [f.bound for f in figures] == [None] * 4


def test_parts_of_a_task_count_once():
    """The write-up has two rows."""
    world = rich_world()
    counts = measures.counts_by_kind(world.roster)
    assert counts[TaskKind.ARMS_WRITE_UP] == 1
    assert counts[TaskKind.HOME_VISIT] == 4
    assert TaskKind.REACTIVE_REVIEW not in counts


def test_deferred_work_is_counted_apart():
    """The visit of RSO-000005 until 31 December; that until Monday does not cover the week."""
    assert measures.deferred_count(rich_world().due) == 1
    assert measures.deferred_count(small_world().due) == 0


def test_travel_is_counted_once_for_the_crew():
    """Mon-1: 20 + 15 and 30 back; Tue-1: 25 and 25 back. The visit done in the interview's time travels no more."""
    assert measures.travel_minutes(rich_world().roster, {"Mon-1": 30, "Tue-1": 25}) == 115
    assert measures.travel_minutes(_nothing_done(rich_world()), {}) == 0


def test_work_minutes_of_each_officer():
    """P1: check 20, visits 120, entry 30, interview 120, entry 30, joint visit 120. The sergeant: one review."""
    minutes = measures.work_minutes(rich_world().roster)
    assert minutes["P1"] == 440
    assert minutes["S1"] == 30
    assert list(minutes) == sorted(minutes)


def test_left_out_by_level():
    """Medium: RSO-000006 and -7; low: RSO-000008. What is put off or goes with a visit is not counted."""
    left_out = measures.left_out_by_level(rich_world().due, rich_world().roster)
    assert left_out == {
        RiskLevel.VERY_HIGH: 0,
        RiskLevel.HIGH: 0,
        RiskLevel.MEDIUM: 2,
        RiskLevel.LOW: 1,
    }


def test_no_worst_case_where_nothing_overdue_is_left_out():
    assert measures.worst_case(rich_world().due, rich_world().roster) is None


def test_the_worst_case_is_the_one_most_days_overdue():
    """The review of RSO-000002, due 8 July: 145 days before 30 November."""
    world = rich_world()
    expected = WorstCase("SUP-RSO-000002", RiskLevel.MEDIUM, 145)
    assert measures.worst_case(world.due, _nothing_done(world)) == expected


def test_on_a_tie_the_graver_level_is_the_worst_case():
    world = rich_world().with_task("HV-RSO-000001", days_overdue=145, risk_level=RiskLevel.HIGH)
    found = measures.worst_case(world.due, _nothing_done(world))
    assert found == WorstCase("HV-RSO-000001", RiskLevel.HIGH, 145)


@pytest.mark.parametrize(("crew", "present"), [(("P1", "P2"), 3), (("P3", "P2"), 2)])
def test_the_lead_is_present(crew, present):
    """P1 leads all; the three calls are HV-RSO-000001, HV-RSO-000002 and the interview."""
    world = rich_world().but("HV-RSO-000001", crew=crew)
    assert measures.lead_present(world.due, world.roster) == Share(present, 3)


def test_a_nominal_without_a_lead_is_not_counted():
    world = rich_world().with_task("HV-RSO-000001", lead_officer=None)
    assert measures.lead_present(world.due, world.roster) == Share(2, 2)


def test_shares_in_whole_per_cent():
    assert Share(2, 3).percent == 66
    assert Share(0, 0).percent == 100


def test_a_visit_in_anothers_time_is_no_stop():
    rows = measures.outing_rows(rich_world().roster)
    assert [row.task_id for row in rows] == ["HV-RSO-000001", "HV-RSO-000002", "ARMSI-RSO-000003"]


def test_a_bound_may_be_unproven_in_one_band_only():
    world = rich_world()
    bounds = [figures.bound for figures in measures.band_figures(world.due, world.roster, [0, None, 5, None])]
    assert bounds == [0, None, 5, None]
