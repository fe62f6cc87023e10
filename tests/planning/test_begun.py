"""What of a published week had begun: by hand on small rows, and whole re-plans judged by the check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import cache

import builders as b
import pytest
from rich_register import TUESDAY, WEDNESDAY, rich_register
from rich_roster import rich_world

from offender_mgmt.calendars import moment, week_of
from offender_mgmt.checks import check_roster
from offender_mgmt.due import due_list
from offender_mgmt.planning import PlanResult, plan
from offender_mgmt.planning.again import Before, Replan, replan_of
from offender_mgmt.register.disruptions import outcomes, with_disruptions
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.solver.settings import Settings
from offender_mgmt.vocabulary import Aim, TaskKind

WEEK = week_of(b.MONDAY)
AFTER = moment(date(2026, 12, 7), time(0))
TUESDAY_NOON = moment(TUESDAY, time(12))


@cache
def published() -> PlanResult:
    return plan(rich_register(), b.policy(), WEEK, Settings(effort=1), workers=1)


def rows(result: PlanResult) -> dict[str, Assignment]:
    return {row.task_id: row for row in result.roster.assignments}


def again(moment_: int, *texts: str) -> Replan:
    """What stays at a moment after what was told."""
    register = with_disruptions(rich_register(), texts)
    due = due_list(register, b.policy(), WEEK)
    earlier = [due_list(rich_register(), b.policy(), WEEK)]
    return replan_of(register, b.policy(), due, published().roster, Before(moment_), outcomes(texts), earlier)


def replanned(moment_: int, *texts: str) -> PlanResult:
    register = with_disruptions(rich_register(), texts)
    return plan(register, b.policy(), WEEK, Settings(effort=1), again=again(moment_, *texts), workers=1)


def stays(found: Replan) -> set[str]:
    return {row.task_id for row in found.replanned.frozen or ()}


def first_visit() -> Assignment:
    return next(r for r in published().roster.assignments if r.kind is TaskKind.HOME_VISIT and not r.done_with)


def test_all_stays_when_nothing_was_told() -> None:
    found = again(AFTER)
    assert found.replanned.excused == frozenset()
    assert (found.words, found.loud) == ((), ())
    events = {"EVENT-E-1", "EVENT-E-2"}
    by_event = {r.task_id for r in published().roster.assignments if r.done_with.startswith("EVENT-")}
    assert stays(found) == set(rows(published())) - events - by_event


@pytest.mark.parametrize("result", ["no_reply", "refused", "not_done"])
def test_a_visit_that_failed_leaves_the_roster_with_what_goes_with_it(result: str) -> None:
    visit = first_visit()
    ref = visit.offender_ref
    found = again(AFTER, f"outcome {visit.task_id}:{result}:{visit.day}")
    gone = {visit.task_id, f"INTEL-{ref}-NEXT", f"ENTRY-{ref}-NEXT"} & set(rows(published()))
    assert stays(found) == stays(again(AFTER)) - gone
    assert f"{visit.task_id}: {result.replace('_', ' ')}." in found.words


def test_the_crew_is_out_for_a_visit_that_failed() -> None:
    visit = first_visit()
    found = again(AFTER, f"outcome {visit.task_id}:no_reply:{visit.day}")
    assert {officer for officer, _ in found.away} == set(visit.crew)
    assert all(start < visit.start and visit.end < end for _, (start, end) in found.away)
    alone = again(AFTER, f"outcome {visit.task_id}:not_done:{visit.day}")
    mates = [r for r in rows(published()).values() if r.outing == visit.outing and r.task_id != visit.task_id]
    assert bool(alone.away) is bool(mates)


def test_stops_that_are_left_are_counted_anew() -> None:
    """Monday's outing of the roster made by hand goes to RSO-000001, then to RSO-000002."""
    world = rich_world()
    stops = [r for r in world.roster.assignments if r.outing == "Mon-1" and not r.done_with]
    first, *others = sorted(stops, key=lambda row: row.position)
    told = outcomes([f"outcome {first.task_id}:not_done:{first.day}"])
    found = replan_of(world.register, world.policy, world.due, world.roster, Before(AFTER), told)
    left = [r for r in found.replanned.frozen or () if r.outing == "Mon-1" and not r.done_with]
    assert [r.position for r in left] == list(range(1, len(others) + 1))
    assert [(r.task_id, r.start, r.crew) for r in left] == [(r.task_id, r.start, r.crew) for r in others]
    assert left[0].travel_minutes == 30  # from Chelmsford to Braintree, no longer by way of Witham
    alone = replace(world.roster, assignments=found.replanned.frozen or ())
    broken = {v.rule for v in check_roster(world.register, world.policy, world.due, alone)}
    assert not broken & {"one_crew_per_outing", "figures_agree"}


def test_on_a_day_of_sick_leave_nothing_took_place_that_is_not_told() -> None:
    mine = [r for r in rows(published()).values() if "P1" in r.crew and r.day == b.MONDAY]
    assert mine, "P1 has work on Monday"
    found = again(TUESDAY_NOON, f"sick P1:{b.MONDAY}")
    assert not {r.task_id for r in mine} & stays(found)
    refs = {r.offender_ref for r in mine}
    others = {i for i in stays(again(TUESDAY_NOON)) if "P1" not in rows(published())[i].crew}
    assert {i for i in others if rows(published())[i].offender_ref not in refs} <= stays(found)


def test_what_is_told_as_done_took_place_on_a_day_of_sick_leave() -> None:
    visit = next(r for r in rows(published()).values() if "P1" in r.crew and r.day == b.MONDAY and r.outing)
    texts = f"outcome {visit.task_id}:done:{visit.day}", f"sick P1:{b.MONDAY}"
    found = again(TUESDAY_NOON, *texts)
    assert visit.task_id in stays(found)
    assert ("within_tour", (visit.outing, "P1")) in found.replanned.excused
    result = replanned(TUESDAY_NOON, *texts)
    assert result.violations == ()
    assert rows(result)[visit.task_id].start == visit.start


def test_an_entry_whose_writer_falls_ill_goes_to_the_other_of_the_crew_or_is_owed() -> None:
    """Whoever of the crew has a tour until the next working day is over; with all of them ill nobody has."""
    visit = first_visit()
    entry = rows(published())[f"ENTRY-{visit.offender_ref}-NEXT"]
    late = visit.end
    found = again(late, f"outcome {entry.task_id}:not_done:{entry.day}") if entry.start < late else again(late)
    assert entry.task_id in stays(found)
    days = f"{visit.day}..2026-12-06"
    done = f"outcome {visit.task_id}:done:{visit.day}"
    ill = again(late, done, *(f"sick {officer}:{days}" for officer in visit.crew))
    assert entry.task_id not in stays(ill)
    assert ("record_entry_after_visit", (visit.task_id,)) in ill.replanned.excused
    assert any(words.startswith(f"{entry.task_id} is owed") for words in ill.loud)


def test_what_is_owed_is_told_and_does_not_stop_the_plan() -> None:
    visit = first_visit()
    days = f"{visit.day}..2026-12-06"
    texts = [f"outcome {visit.task_id}:done:{visit.day}", *(f"sick {officer}:{days}" for officer in visit.crew)]
    result = replanned(visit.end, *texts)
    assert result.violations == ()
    left = {row.task_id: row for row in result.roster.unassigned}[f"ENTRY-{visit.offender_ref}-NEXT"]
    assert left.reason == "not_placed"
    assert "owed" in left.explanation


def test_what_is_owed_stays_owed_and_is_made_once_somebody_is_back() -> None:
    """The roster planned again has no entry; planned once more it is owed still, or made by who is on duty again."""
    visit = first_visit()
    entry = f"ENTRY-{visit.offender_ref}-NEXT"
    without = replace(
        published().roster, assignments=tuple(r for r in published().roster.assignments if r.task_id != entry)
    )
    told = [f"outcome {visit.task_id}:done:{visit.day}"]
    ill = [f"sick {officer}:{visit.day}..2026-12-06" for officer in visit.crew]
    for texts, is_owed in (((*told, *ill), True), (told, False)):
        register = with_disruptions(rich_register(), texts)
        due = due_list(register, b.policy(), WEEK)
        found = replan_of(register, b.policy(), due, without, Before(visit.end), outcomes(texts))
        assert (entry not in stays(found)) is is_owed
        assert any(words.startswith(f"{entry} is owed") for words in found.loud) is is_owed


def test_a_driver_whose_car_fails_on_tuesday_did_drive_on_monday() -> None:
    """Who drives is known by the week: what had begun stays, and is excused."""
    drivers = [o.officer_id for o in rich_register().officers if o.driver and o.team == "north"]
    texts = [f"no-car {officer}" for officer in drivers]
    found = again(TUESDAY_NOON, *texts)
    assert stays(found) == stays(again(TUESDAY_NOON))
    assert {rule for rule, _ in found.replanned.excused} <= {"driver_present"}
    result = replanned(TUESDAY_NOON, *texts)
    assert result.violations == ()
    assert not [
        r for r in rows(result).values() if r.outing and r.start > TUESDAY_NOON and r.task_id not in stays(found)
    ]


def test_work_that_is_no_longer_due_stays_if_it_had_begun() -> None:
    visit = first_visit()
    register = rich_register()
    seen = b.visit(visit_id="V-new", offender_ref=visit.offender_ref, date=date(2026, 11, 29))
    now = replace(register, visits=(*register.visits, seen))
    due = due_list(now, b.policy(), WEEK)
    assert due.task(visit.task_id) is None
    found = replan_of(
        now, b.policy(), due, published().roster, Before(AFTER), (), [due_list(register, b.policy(), WEEK)]
    )
    assert visit.task_id in stays(found)
    assert found.due.task(visit.task_id) is not None


@pytest.mark.parametrize(
    "text",
    [
        f"court P1:{WEDNESDAY}/13:00-15:00",
        "no-car P1",
        "risk RSO-000001:very_high",
        "add RSO-000008:2026-12-03",
        f"sick P3:{TUESDAY}..{WEDNESDAY}",
    ],
)
def test_after_any_news_the_roster_is_lawful_and_what_had_begun_is_kept(text: str) -> None:
    at = TUESDAY_NOON
    result = replanned(at, text)
    assert result.violations == ()
    assert not result.degraded
    frozen = {(r.task_id, r.start, r.crew) for r in again(at).replanned.frozen or ()}
    if text.startswith("sick"):
        frozen = {row for row in frozen if "P3" not in row[2]}
    assert frozen <= {(r.task_id, r.start, r.crew) for r in result.roster.assignments}
    changes = next(f for f in result.aims if f.aim is Aim.FEWEST_CHANGES)
    assert changes.bound is None or changes.bound <= changes.value


def test_an_urgent_visit_is_made_by_its_day_or_not_at_all() -> None:
    result = replanned(0, "add RSO-000008:2026-12-01")
    row = rows(result).get("HV-RSO-000008")
    assert row is None or row.day <= TUESDAY
    assert result.violations == ()
