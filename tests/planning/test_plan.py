"""The weekly plan end to end: by hand on small registers, by its laws on synthetic ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import cache

import builders as b
import pytest
from rich_register import rich_register

from offender_mgmt.calendars import clock_text, week_after, week_of
from offender_mgmt.checks import check_roster
from offender_mgmt.due.task import DueList
from offender_mgmt.instance import Names
from offender_mgmt.planning import PlanResult, plan
from offender_mgmt.planning.left_out import unassigned_of, without_unproven_reasons
from offender_mgmt.planning.plan import FAST
from offender_mgmt.register import Register
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.roster.roster import Assignment
from offender_mgmt.solver.bands import BandProof
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, SolveStatus
from offender_mgmt.solver.timetable import Timetable
from offender_mgmt.synth import SynthSettings, make_register

WEEK = week_of(b.MONDAY)


def planned(register: Register, workers: int = 1) -> PlanResult:
    return plan(register, b.policy(), WEEK, Settings(effort=1), workers=workers)


@cache
def rich() -> PlanResult:
    return planned(rich_register())


def rows(result: PlanResult) -> dict[str, Assignment]:
    return {a.task_id: a for a in result.roster.assignments}


def reasons(result: PlanResult) -> dict[str, str]:
    return {u.task_id: u.reason for u in result.roster.unassigned}


def test_one_nominal_two_detectives() -> None:
    """An initial visit of 90 minutes, 5 minutes away, on the one day with tours; the review wants a sergeant."""
    result = planned(b.register())
    made = rows(result)
    visit = made["HVI-RSO-000001"]
    assert visit.day == b.MONDAY
    assert visit.end - visit.start == 90
    assert visit.crew == ("P1", "P2")  # the lead first
    assert (visit.outing, visit.position, visit.travel_minutes) == ("north-2026-11-30-1", 1, 5)
    check, entry = made["INTEL-RSO-000001-NEXT"], made["ENTRY-RSO-000001-NEXT"]
    assert (check.start, check.end) == (visit.start - 25, visit.start - 5)
    assert (entry.start, entry.end) == (visit.end + 5, visit.end + 35)
    assert set(made) == {visit.task_id, check.task_id, entry.task_id}
    assert reasons(result) == {"SUP-RSO-000001": "no_qualified_officer"}
    assert result.violations == ()
    assert (result.degraded, result.notes) == (False, ())
    assert result.teams[0].status in (SolveStatus.PROVEN, SolveStatus.FEASIBLE)


def test_lead_sits_first_whatever_the_order_of_ids() -> None:
    result = planned(b.register(offenders=(b.offender(lead_officer="P2", deputy_officer="P1"),)))
    assert rows(result)["HVI-RSO-000001"].crew == ("P2", "P1")


def test_rich_week_is_lawful_and_complete() -> None:
    result = rich()
    assert result.violations == ()
    due = {t.task_id for t in result.due.tasks}
    assert due == (set(rows(result)) | set(reasons(result))) - {"EVENT-E-1", "EVENT-E-2"}


def test_rich_week_reasons() -> None:
    found = reasons(rich())
    assert found["HV-RSO-000005"] == "deferred"
    assert found["HV-RSO-000006"] == "no_qualified_crew"  # nobody holds RIVER
    assert found["HV-RSO-000007"] == "no_crew_when_seen"  # Sundays only
    for ref in ("RSO-000006", "RSO-000007"):
        assert found[f"INTEL-{ref}-NEXT"] == found[f"ENTRY-{ref}-NEXT"] == "goes_with_visit"
    assert len(found) == 7
    words = {u.task_id: u.explanation for u in rich().roster.unassigned}
    assert words["HV-RSO-000005"] == "Put off (until 2026-12-31) by S1, decided 2026-11-20."
    assert words["HV-RSO-000006"] == REASONS["no_qualified_crew"]
    assert words["INTEL-RSO-000007-NEXT"] == "Goes with HV-RSO-000007, which is not in the roster."


def test_rich_week_fixed_events_and_the_visit_they_do() -> None:
    made = rows(rich())
    court, joint, seen = made["EVENT-E-1"], made["EVENT-E-2"], made["HV-RSO-000009"]
    assert (clock_text(court.start), clock_text(court.end), court.crew) == ("09:00", "12:00", ("P2",))
    assert (seen.start, seen.end, seen.crew, seen.done_with) == (joint.start, joint.end, ("P1", "P2"), "EVENT-E-2")
    assert (seen.outing, seen.position) == ("", 0)


def test_rich_week_interview_does_the_visit_too() -> None:
    made = rows(rich())
    interview, visit, write_up = (made[i] for i in ("ARMSI-RSO-000003", "HV-RSO-000003", "ARMSW-RSO-000003-NEXT"))
    assert visit.done_with == interview.task_id
    assert (visit.start, visit.end, visit.crew) == (interview.start, interview.end, interview.crew)
    assert (visit.outing, visit.position) == (interview.outing, interview.position)
    assert interview.crew[0] == "P1"
    assert write_up.crew[0] in interview.crew
    assert write_up.day > interview.day


def test_outings_are_named_by_day_and_positions_count_the_stops() -> None:
    outings: dict[str, list[Assignment]] = {}
    for row in rich().roster.assignments:
        if row.outing and not row.done_with:
            outings.setdefault(row.outing, []).append(row)
    assert outings
    for name, visits in outings.items():
        assert [v.position for v in visits] == list(range(1, len(visits) + 1))
        assert name.startswith(f"north-{visits[0].day}-")
        assert len({frozenset(v.crew) for v in visits}) == 1
    by_day = Counter(name.rsplit("-", 1)[0] for name in outings)
    assert set(outings) == {f"{day}-{n}" for day, count in by_day.items() for n in range(1, count + 1)}


def test_parts_of_one_task_are_numbered() -> None:
    """A write-up of four hours does not fit before or after the break of a tour of eight hours."""
    most = 0
    for seed in range(11, 15):
        parts: dict[str, list[str]] = {}
        for row in synthetic(seed).roster.assignments:
            parts.setdefault(row.task_id, []).append(row.part)
        for found in parts.values():
            count = len(found)
            assert found == ([""] if count == 1 else [f"{n}/{count}" for n in range(1, count + 1)])
            most = max(most, count)
    assert most >= 2


def test_nobody_on_duty() -> None:
    result = planned(b.register(tours=()))
    assert result.roster.assignments == ()
    assert reasons(result) == {
        "HVI-RSO-000001": "no_crew_when_seen",
        "ENTRY-RSO-000001-NEXT": "goes_with_visit",
        "INTEL-RSO-000001-NEXT": "goes_with_visit",
        "SUP-RSO-000001": "no_qualified_officer",
    }
    assert result.violations == ()


def left_out(proofs: tuple[BandProof, ...], found: tuple[tuple[int, str, int], ...], days: int) -> tuple[str, str]:
    """Reason and words for the overdue visit of the rich week, released so many days after the week's last."""
    due = rich().due
    task = due.task("HV-RSO-000001")
    assert task is not None
    task = replace(task, release_date=WEEK.last_day + timedelta(days=days))
    week = DueList(due.horizon, due.bands, (task,))
    answer = Answer(SolveStatus.FEASIBLE, Timetable((), ()), proofs, found)
    (row,) = unassigned_of(Names("north", (task,), ()), week, answer, ())
    return row.reason, row.explanation


def test_not_released_before_the_week_ends() -> None:
    proofs = (BandProof(1, 1),) * 4
    assert left_out(proofs, (), 1) == ("not_released", "Not before 2026-12-07; the week ends 2026-12-06.")
    assert left_out(proofs, (), 0)[0] == "no_crew_when_seen"


def test_full_crews_say_that_nothing_does_more_only_where_that_is_proven() -> None:
    """The visit is of the second band: its bound and that of the first must be met."""
    proven, open_, unknown = BandProof(5, 5), BandProof(5, 6), BandProof(5, None)
    claims = "2 crews could do it in an empty week; all are full, and no roster does more in this band."
    silent = "2 crews could do it in an empty week; all are full with work placed first."
    full = ((0, "crews_full", 2),)
    assert left_out((proven, proven, open_, open_), full, 0) == ("crews_full", claims)
    assert left_out((proven, open_, proven, proven), full, 0) == ("crews_full", silent)
    assert left_out((unknown, proven, proven, proven), full, 0) == ("crews_full", silent)
    assert left_out((proven, proven), ((0, "crews_full", 1),), 0)[1].startswith("1 crew could do it")


def test_no_nominals_and_no_register_at_all() -> None:
    empty = planned(b.register(offenders=()))
    assert (empty.roster.assignments, empty.roster.unassigned, empty.violations) == ((), (), ())
    nothing = planned(Register(extract_date=b.EXTRACT_DAY))
    assert (nothing.teams, nothing.roster.assignments, nothing.violations) == ((), (), ())


@cache
def synthetic(seed: int) -> PlanResult:
    register = make_register(SynthSettings(offenders=40, officers=4, teams=1, history_days=200, seed=seed))
    return plan(register, b.policy(), week_after(register.extract_date), Settings(effort=1), workers=1)


@pytest.mark.parametrize("seed", range(15))
def test_all_that_is_due_is_assigned_or_left_out_once(seed: int) -> None:
    result = synthetic(seed)
    due = [t.task_id for t in result.due.tasks]
    assigned = {a.task_id for a in result.roster.assignments if not a.task_id.startswith("EVENT-")}
    left = [u.task_id for u in result.roster.unassigned]
    assert Counter(due) == Counter([*assigned, *left])
    assert set(reasons(result).values()) <= set(REASONS)
    assert result.violations == ()
    assert not result.degraded, result.notes


def test_several_teams_and_workers() -> None:
    register = make_register(SynthSettings(offenders=60, officers=8, teams=2, history_days=200, seed=1))
    one, two = (
        plan(register, b.policy(), week_after(register.extract_date), Settings(effort=1), workers=n) for n in (1, 2)
    )
    assert (one.roster, one.bands, one.teams) == (two.roster, two.bands, two.teams)
    assert len(one.teams) == 2
    assert one.violations == ()
    for total, *parts in zip(one.bands, *(t.bands for t in one.teams), strict=True):
        known = [p.bound for p in parts]
        assert total.bound == (sum(known) if None not in known else None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fast", "workers", "labels"),
    [(True, 3, ()), (True, 4, (FAST,)), (False, 4, ())],
    ids=("none to spare", "two each", "no"),
)
def test_fast_is_labelled_only_where_a_team_had_more_than_one_worker(
    fast: bool, workers: int, labels: tuple[str, ...]
) -> None:
    result = plan(rich_register(), b.policy(), WEEK, Settings(effort=1), workers=workers, fast=fast)
    assert len(result.teams) == 2
    assert (result.labels, result.fast) == (labels, bool(labels))
    assert result.violations == ()


def test_fast_and_out_of_time_have_a_label_each() -> None:
    result = plan(rich_register(), b.policy(), WEEK, workers=4, fast=True, seconds=0.01)
    assert result.labels == (FAST, "time-limited: may differ if run again")
    assert result.violations == ()


def test_reasons_that_the_check_cannot_prove_claim_nothing() -> None:
    result = planned(b.register())
    assert without_unproven_reasons(result.roster, ()) == result.roster
    wrong = tuple(replace(u, reason="no_time_on_duty") for u in result.roster.unassigned)
    roster = replace(result.roster, unassigned=wrong)
    violations = check_roster(b.register(), b.policy(), result.due, roster)
    assert {v.rule for v in violations} == {"reasons_hold"}
    (row,) = without_unproven_reasons(roster, violations).unassigned
    assert (row.reason, row.explanation) == ("not_placed", REASONS["not_placed"])
