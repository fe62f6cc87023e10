"""The value of each aim, worked out by hand over the roster made by hand.

It has three stops: HV-RSO-000001 and HV-RSO-000002 by P1 and P2 on Monday at 09:00 and 10:15, ARMSI-RSO-000003 by P3
and P1 on Tuesday at 10:00. P1 leads every nominal; P1 and P2 made every last visit, at 10:00, months ago.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import builders as b
import pytest
from rich_register import TUESDAY
from rich_roster import World, at, rich_world

from offender_mgmt.aims import AimFigures, aim_figures, joined, published_tasks, with_bounds
from offender_mgmt.travel import Travel
from offender_mgmt.vocabulary import Aim


def values(world: World, team: str = "north") -> dict[Aim, int]:
    travel = Travel(world.register, world.policy)
    figures = aim_figures(world.register, world.policy, world.due, world.roster, travel, world.published)
    return {one.aim: one.value for one in figures[team]}


def with_visits(world: World, *visits: object) -> World:
    return world.with_register(visits=(*world.register.visits, *visits))


def test_all_aims_by_hand() -> None:
    """Lead at three doors and at no desk: 6. P2, P2 and P1 were there before: 3.

    RSO-000003 was seen last on Tuesday 1 September at 10:00: 1. P1 carries 2 + 2 + 4 in four tours of eight hours:
    8 in 32 hours, 250 in 1,000. Chelmsford, Witham, Braintree and back 65 minutes, Maldon and back 50.
    """
    assert values(rich_world()) == {
        Aim.CONTINUITY: 6,
        Aim.SECOND_SEAT: 3,
        Aim.VARIETY: 1,
        Aim.EVEN_LOAD: 250,
        Aim.TRAVEL: 115,
    }


def test_a_team_with_no_work_has_nothing_to_show() -> None:
    assert set(values(rich_world(), "south").values()) == {0}


def test_the_aims_are_those_of_the_policy_in_its_order() -> None:
    world = rich_world().with_policy("aims", order=(Aim.TRAVEL, Aim.EVENINGS_AND_WEEKENDS, Aim.CONTINUITY))
    assert list(values(world)) == [Aim.TRAVEL, Aim.EVENINGS_AND_WEEKENDS, Aim.CONTINUITY]
    nobody_asks = world.with_policy("aims", evening_weekend_percent=0)
    assert list(values(nobody_asks)) == [Aim.TRAVEL, Aim.CONTINUITY]


class TestContinuity:
    def test_the_deputy_counts_only_where_the_lead_is_not(self):
        world = rich_world().with_task("HV-RSO-000001", deputy_officer="P2")
        assert values(world)[Aim.CONTINUITY] == 6
        assert values(world.with_task("HV-RSO-000001", lead_officer="P3", deputy_officer="P2"))[Aim.CONTINUITY] == 5

    def test_desk_work_of_the_lead_counts_once_whatever_its_parts(self):
        world = rich_world().with_task("STATUS-RSO-000004", lead_officer="P7")
        row = world.row("STATUS-RSO-000004")
        parts = (replace(row, end=row.start + 10, part="1/2"), replace(row, start=row.start + 10, part="2/2"))
        assert values(world)[Aim.CONTINUITY] == 8
        assert values(world.instead(row, *parts))[Aim.CONTINUITY] == 8


class TestSecondSeat:
    def test_only_the_last_attempts_count(self):
        """With two newer attempts by others, P2 is new to RSO-000001 again; with one, not yet."""
        newer = b.visit(visit_id="V-new", date=date(2026, 10, 1), officers=("P3", "P4"))
        newest = b.visit(visit_id="V-newest", date=date(2026, 10, 2), officers=("P3", "P4"), outcome="no_reply")
        assert values(with_visits(rich_world(), newer))[Aim.SECOND_SEAT] == 3
        assert values(with_visits(rich_world(), newer, newest))[Aim.SECOND_SEAT] == 2

    def test_the_first_seat_may_be_the_same(self):
        assert values(rich_world().but("HV-RSO-000001", crew=("P2", "P3")))[Aim.SECOND_SEAT] == 2


class TestVariety:
    @pytest.mark.parametrize(
        ("start", "alike"), [("11:59", 1), ("12:00", 0), ("00:00", 1)], ids=["same", "afternoon", "midnight"]
    )
    def test_the_part_of_the_day(self, start, alike):
        world = rich_world()
        moved = world.but("ARMSI-RSO-000003", start=at(start, TUESDAY), end=at(start, TUESDAY) + 120)
        assert values(moved)[Aim.VARIETY] == alike

    def test_another_weekday(self):
        assert values(rich_world().but("ARMSI-RSO-000003", start=at("10:00"), end=at("12:00")))[Aim.VARIETY] == 0

    def test_an_attempt_without_a_start_is_like_nothing(self):
        world = rich_world()
        silent = tuple(v.replace(start=None, end=None) for v in world.register.visits)
        assert values(world.with_register(visits=silent))[Aim.VARIETY] == 0

    def test_failed_attempts_count_and_old_ones_do_not(self):
        """A no-reply on a Monday morning makes RSO-000001 predictable; four later ones make it forgotten."""
        monday = b.visit(visit_id="V-m", date=date(2026, 6, 1), start=time(9), outcome="no_reply")
        later = [b.visit(visit_id=f"V-{n}", date=date(2026, 6, 3 + 7 * n)) for n in range(4)]  # Wednesdays
        assert values(with_visits(rich_world(), monday))[Aim.VARIETY] == 2
        assert values(with_visits(rich_world(), monday, *later))[Aim.VARIETY] == 1


class TestEvenings:
    def test_short_of_the_share(self):
        """A third of three visits is one: none in the evening is one short; of 34 per cent, 1.02, two short."""
        world = rich_world().with_policy("aims", order=(Aim.EVENINGS_AND_WEEKENDS,), evening_weekend_percent=33)
        assert values(world) == {Aim.EVENINGS_AND_WEEKENDS: 1}
        more = world.with_policy("aims", evening_weekend_percent=34)
        assert values(more) == {Aim.EVENINGS_AND_WEEKENDS: 2}
        assert values(more.but("HV-RSO-000001", start=at("18:00"))) == {Aim.EVENINGS_AND_WEEKENDS: 1}
        assert values(more.but("HV-RSO-000001", start=at("17:59"))) == {Aim.EVENINGS_AND_WEEKENDS: 2}
        saturday = world.but("HV-RSO-000001", start=at("10:00", date(2026, 12, 5)))
        assert values(saturday) == {Aim.EVENINGS_AND_WEEKENDS: 0}


class TestEvenLoad:
    def test_the_last_weeks_count_on_days_on_duty(self):
        """A visit to a high-risk nominal on Thursday 26 November: 4 more for P1, in one tour of eight hours more.

        (8 + 4) in 40 hours is 300 in 1,000. Without that tour, neither the visit nor the hours count.
        """
        visit = b.visit(visit_id="V-x", offender_ref="RSO-000003", date=date(2026, 11, 26), officers=("P1",))
        world = with_visits(rich_world(), visit)
        assert values(world)[Aim.EVEN_LOAD] == 250
        assert values(world.with_tours(b.tour(date=date(2026, 11, 26))))[Aim.EVEN_LOAD] == 300

    def test_the_first_day_that_counts(self):
        """Four weeks before Monday 30 November is Monday 2 November."""
        for day, load in ((date(2026, 11, 2), 300), (date(2026, 11, 1), 250)):
            visit = b.visit(visit_id="V-x", offender_ref="RSO-000003", date=day, officers=("P1",))
            world = with_visits(rich_world(), visit).with_tours(b.tour(date=day))
            assert values(world)[Aim.EVEN_LOAD] == load

    def test_who_is_not_on_duty_in_the_week_is_left_aside(self):
        """P1 without tours: P2 with 4 in 32 hours is the highest, 125, beside P3."""
        world = rich_world()
        tours = tuple(t for t in world.register.tours if t.officer_id != "P1")
        assert values(world.with_register(tours=tours))[Aim.EVEN_LOAD] == 125

    def test_half_a_point_rounds_up(self):
        """With one hour more, 8 in 33 hours: 242.4, shown as 243."""
        world = rich_world().with_tours(b.tour(date=date(2026, 12, 4), start=time(8), end=time(9)))
        assert values(world)[Aim.EVEN_LOAD] == 243


class TestOneAddress:
    """RSO-000001 and RSO-000002 have the same position and are seen in one outing, RSO-000003 in another."""

    @pytest.mark.parametrize("aim", [Aim.ONE_ADDRESS_TOGETHER, Aim.ONE_ADDRESS_APART])
    @pytest.mark.parametrize(("easting", "again"), [(571_000, 1), (571_001, 0), (None, 0)])
    def test_visits_beyond_the_first_at_an_address_of_an_outing(self, aim, easting, again):
        world = rich_world().with_policy("aims", order=(aim,))
        moved = tuple(
            o.replace(easting=easting) if o.offender_ref == "RSO-000002" else o for o in world.register.offenders
        )
        assert values(world.with_register(offenders=moved)) == {aim: again}

    def test_nobody_of_no_fixed_abode_shares_an_address(self):
        world = rich_world().with_policy("aims", order=(Aim.ONE_ADDRESS_APART,))
        nowhere = tuple(o.replace(no_fixed_abode=True) for o in world.register.offenders)
        assert values(world.with_register(offenders=nowhere)) == {Aim.ONE_ADDRESS_APART: 0}


class TestFewestChanges:
    def test_nothing_changed_and_each_change_counts_once(self):
        """Six tasks: three stops and three pieces of desk work; what goes with them and fixed events do not count."""
        world = rich_world()
        world = replace(world, published=published_tasks(world.roster, world.due))
        assert len(world.published) == 6
        assert values(world)[Aim.FEWEST_CHANGES] == 0
        assert values(world.but("HV-RSO-000001", crew=("P2", "P1")))[Aim.FEWEST_CHANGES] == 0
        assert values(world.shifted("HV-RSO-000001", 60))[Aim.FEWEST_CHANGES] == 0
        assert values(world.but("HV-RSO-000001", crew=("P1", "P3")))[Aim.FEWEST_CHANGES] == 1
        assert values(world.shifted("HV-RSO-000001", 1440))[Aim.FEWEST_CHANGES] == 1
        assert values(world.without("HV-RSO-000001", "STATUS-RSO-000004"))[Aim.FEWEST_CHANGES] == 2

    def test_work_that_is_new_is_no_change(self):
        world = rich_world()
        before = published_tasks(world.without("HV-RSO-000001").roster, world.due)
        assert values(replace(world, published=before))[Aim.FEWEST_CHANGES] == 0


def test_over_teams_values_add_up_and_the_highest_load_is_taken() -> None:
    def team(load: int, travel: int, bound: int | None) -> tuple[AimFigures, ...]:
        return (
            AimFigures(aim=Aim.EVEN_LOAD, value=load, bound=load - 1),
            AimFigures(aim=Aim.TRAVEL, value=travel, bound=bound),
        )

    both = joined([team(10, 60, 50), team(30, 40, 40)])
    assert [(f.value, f.bound) for f in both] == [(30, 29), (100, 90)]
    assert joined([team(10, 60, 50), team(30, 40, None)])[1].bound is None
    assert joined([]) == ()


def test_bounds_go_to_their_aims() -> None:
    figures = (AimFigures(aim=Aim.VARIETY, value=3), AimFigures(aim=Aim.TRAVEL, value=60))
    assert [f.bound for f in with_bounds(figures, {Aim.TRAVEL: 50, Aim.CONTINUITY: 1})] == [None, 50]
