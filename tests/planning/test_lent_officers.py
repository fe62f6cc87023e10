"""Officers lent to another team: by hand on two small teams, by its laws on synthetic ones with loans by chance."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, time
from functools import cache

import builders as b
import pytest

from offender_mgmt.calendars import Horizon, moment, week_after, week_of
from offender_mgmt.due import due_list
from offender_mgmt.instance import Instance, build_instance
from offender_mgmt.planning import PlanResult, plan
from offender_mgmt.policy.model import ExposureLimit
from offender_mgmt.register import Register
from offender_mgmt.register.records import Tour
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.solver.settings import Settings
from offender_mgmt.synth import SynthSettings, make_register
from offender_mgmt.travel import Travel, place_of_base, place_of_offender
from offender_mgmt.vocabulary import RiskLevel, TourCode

pytestmark = pytest.mark.many_cases

WEEK = week_of(b.MONDAY)
TUESDAY = date(2026, 12, 1)
CHELMSFORD, GRAYS = b.base(), b.base(base="Grays", easting=561_500, northing=178_200)
VISIT = "HVI-RSO-000001"


def two_teams(*tours: Tour) -> Register:
    """Team north: P1 and P2 at Chelmsford, nobody to see. Team south: P3 at Grays, and one nominal there."""
    nominal = b.offender(team="south", lead_officer="P3", easting=561_000, northing=178_000, locality="Grays")
    officers = (b.officer(), b.officer(officer_id="P2"), b.officer(officer_id="P3", team="south", base="Grays"))
    return b.register(offenders=(nominal,), officers=officers, bases=(CHELMSFORD, GRAYS), tours=tours)


def both_on_monday_and_tuesday(**of_tuesday: object) -> Register:
    """P2 and P3 are on duty on both days; what P2's tour of Tuesday is besides."""
    days = [b.tour(officer_id=o, date=d) for o in ("P2", "P3") for d in (b.MONDAY, TUESDAY)]
    return two_teams(*(t.replace(**of_tuesday) if (t.officer_id, t.date) == ("P2", TUESDAY) else t for t in days))


def planned(register: Register, horizon: Horizon = WEEK) -> PlanResult:
    result = plan(register, b.policy(), horizon, Settings(effort=1), workers=1)
    assert result.violations == ()
    return result


def visit_of(result: PlanResult) -> Assignment | None:
    return next((row for row in result.roster.assignments if row.task_id == VISIT), None)


def test_without_a_loan_there_is_no_crew() -> None:
    result = planned(both_on_monday_and_tuesday())
    assert visit_of(result) is None
    assert {u.task_id: u.reason for u in result.roster.unassigned}[VISIT] == "no_qualified_crew"


def test_the_visit_is_made_with_the_lent_officer_from_the_borrowers_station() -> None:
    register = both_on_monday_and_tuesday(lent_to="south")
    result = planned(register)
    visit, travel = visit_of(result), Travel(register, b.policy())
    assert visit is not None
    assert (visit.day, visit.crew, visit.outing) == (TUESDAY, ("P3", "P2"), "south-2026-12-01-1")
    door = place_of_offender(register.offenders[0])
    assert visit.travel_minutes == travel.minutes(place_of_base(GRAYS), door)
    assert visit.travel_minutes < travel.minutes(place_of_base(CHELMSFORD), door)
    assert {row.day for row in result.roster.assignments if "P2" in row.crew} == {TUESDAY}


def test_on_another_day_than_the_loan_there_is_a_crew_but_not_when_it_is_on_duty() -> None:
    """P3 is off on Tuesday, when P2 is lent."""
    register = both_on_monday_and_tuesday(lent_to="south")
    register = replace(register, tours=tuple(t for t in register.tours if (t.officer_id, t.date) != ("P3", TUESDAY)))
    result = planned(register)
    assert {u.task_id: u.reason for u in result.roster.unassigned}[VISIT] == "no_crew_when_seen"


@pytest.mark.parametrize(("ends", "first"), [(time(21), "08:00"), (time(22), "09:00")])
def test_eleven_hours_of_rest_count_over_the_teams(ends: time, first: str) -> None:
    """P2 works for north on Monday until 21:00 or 22:00; the lent tour of Tuesday begins at 08:00."""
    register = both_on_monday_and_tuesday(lent_to="south")
    tours = [
        t.replace(start=time(14), end=ends) if (t.officer_id, t.date) == ("P2", b.MONDAY) else t for t in register.tours
    ]
    instance = built(replace(register, tours=tuple(tours)), "south")
    (shift,) = [s for s in instance.shifts if instance_officers(instance)[s.officer] == "P2"]
    assert shift.span == (moment(TUESDAY, time.fromisoformat(first)), moment(TUESDAY, time(16)))


def built(register: Register, team: str, *limits: ExposureLimit) -> Instance:
    policy = b.policy()
    policy = policy.model_copy(update={"crews": policy.crews.model_copy(update={"exposure_limits": limits})})
    return build_instance(register, policy, due_list(register, policy, WEEK), team, Travel(register, policy))[0]


def instance_officers(instance: Instance) -> dict[int, str]:
    """Team south has P2, lent, and P3."""
    return dict(enumerate(("P2", "P3"))) if len(instance.officers) == 2 else {}


@pytest.mark.parametrize(
    ("lent", "south", "north"),
    [
        ((False, False, False), None, 0),  # P2 works for north alone
        ((True, False, False), 4, 1),  # a limit of 5 in the week: 1 of 3 tours, rounded down, and the rest
        ((True, True, False), 1, 4),
        ((True, True, True), 0, 0),
    ],
)
def test_a_limit_of_the_week_is_parted_by_tours(lent: tuple[bool, ...], south: int | None, north: int) -> None:
    """``exposed`` is what an officer's other team may use up: with both together nobody passes the limit."""
    limit = ExposureLimit(levels=(RiskLevel.HIGH,), most_a_week=5)
    days = [date(2026, 12, d) for d in (1, 2, 3)]
    tours = [b.tour(officer_id="P2", date=d, lent_to="south" if to else None) for d, to in zip(days, lent, strict=True)]
    register = two_teams(*tours)
    of_south, of_north = built(register, "south", limit), built(register, "north", limit)
    assert of_north.officers[1].exposed == ((north,) if north else ())
    if south is None:
        assert len(of_south.officers) == 1
    else:
        assert of_south.officers[0].exposed == ((south,) if south else ())
    cut = built(register.of_team("south"), "south", limit)
    assert [o.exposed for o in cut.officers] == [o.exposed for o in of_south.officers]


@cache
def with_loans(seed: int) -> tuple[Register, Horizon]:
    """Two synthetic teams; a third of the tours to come is lent to the other one."""
    register = make_register(SynthSettings(offenders=60, officers=8, teams=2, history_days=200, seed=seed))
    dice = random.Random(seed)
    other = dict(zip(register.teams, reversed(register.teams), strict=True))

    def lent(tour: Tour) -> Tour:
        is_lent = tour.code is TourCode.DUTY and tour.date > register.extract_date and dice.random() < 1 / 3
        return tour.replace(lent_to=other[register.officer_by_id[tour.officer_id].team]) if is_lent else tour

    return replace(register, tours=tuple(map(lent, register.tours))), week_after(register.extract_date)


@pytest.mark.parametrize("seed", range(2))
def test_with_loans_by_chance_the_roster_is_lawful_and_a_team_by_itself_is_the_same_problem(seed: int) -> None:
    register, horizon = with_loans(seed)
    whole = planned(register, horizon)
    team_at = {
        (row.task_id, officer): register.lending.officer_at(register.officer_by_id[officer], row.start).team
        for row in whole.roster.assignments
        for officer in row.crew
        if not row.task_id.startswith("EVENT-")
    }
    away = sum(team != register.officer_by_id[officer].team for (_, officer), team in team_at.items())
    assert away > 0
    due = whole.due
    for result in whole.teams:
        cut = register.of_team(result.team)
        alone = planned(cut, horizon)
        assert alone.bands == result.bands
        travel = Travel(register, b.policy())
        one, _ = build_instance(register, b.policy(), due, result.team, travel)
        other, _ = build_instance(cut, b.policy(), due_list(cut, b.policy(), horizon), result.team, travel)
        # Attempts of the weeks before at nominals of the other team are not in the register of one team alone.
        assert (one.travel == other.travel).all()
        same = {"load_before": (), "travel": None}
        assert replace(one, **same) == replace(other, **same)


@pytest.mark.parametrize("seed", range(2))
def test_one_officer_more_never_lowers_what_can_be_done(seed: int) -> None:
    """The bound with the loans to a team is at least what it reaches without them."""
    register, horizon = with_loans(seed)
    home = replace(register, tours=tuple(t.replace(lent_to=None) for t in register.tours))
    for team in register.teams:
        lent_here = [t.replace(lent_to=None) if t.lent_to != team else t for t in register.tours]
        more = planned(replace(register, tours=tuple(lent_here)).of_team(team), horizon)
        less = planned(home.of_team(team), horizon)
        assert more.bands[0].bound is None or more.bands[0].bound >= less.bands[0].value
