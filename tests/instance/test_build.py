"""From a register to an instance: every rule of crew and nominal as an index, and nothing but numbers inside."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from typing import Any

import builders as b
import numpy as np
import pytest
from rich_register import rich_register

from offender_mgmt.calendars import moment, week_of
from offender_mgmt.due import due_list
from offender_mgmt.instance import Call, Instance, Names, build_instance
from offender_mgmt.instance.build import own_team
from offender_mgmt.policy.model import ExposureLimit
from offender_mgmt.register import Register
from offender_mgmt.synth import SynthSettings, make_register
from offender_mgmt.travel import Travel
from offender_mgmt.vocabulary import Aim, AssessmentKind, RiskLevel, Role, TaskKind

WEEK = week_of(b.MONDAY)


def built(register: Register, team: str = "north") -> tuple[Instance, Names]:
    due = due_list(register, b.policy(), WEEK)
    return build_instance(register, b.policy(), due, team, Travel(register, b.policy()))


@pytest.fixture(scope="module")
def rich() -> tuple[Instance, Names]:
    return built(rich_register())


def call_of(instance: Instance, names: Names, task_id: str) -> Call:
    """The first call that does a task as its main one."""
    return next(c for c in instance.calls if names.tasks[c.tasks[0]].task_id == task_id)


def ids(names: Names, tasks: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(names.tasks[t].task_id for t in tasks)


def leaves(value: Any) -> list[Any]:
    """Everything inside a dataclass that is not itself a container."""
    if is_dataclass(value):
        return [leaf for f in fields(value) for leaf in leaves(getattr(value, f.name))]
    if isinstance(value, np.ndarray):
        return value.ravel().tolist()
    if isinstance(value, tuple | frozenset | list | dict):
        assert not isinstance(value, dict)
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


@pytest.mark.parametrize("synthetic", [False, True])
def test_only_numbers_inside(synthetic: bool) -> None:
    made = SynthSettings(seed=3, offenders=60, officers=6, teams=1)
    register = make_register(made) if synthetic else rich_register()
    instance, _ = built(register, register.teams[0])
    found = leaves(instance)
    assert len(found) > 300
    assert {type(leaf) for leaf in found} <= {int, bool, type(None), Aim}  # an aim is a word of a closed list


def test_rich_week_holds_what_is_due(rich: tuple[Instance, Names]) -> None:
    """Eleven nominals: 4 in custody, 5 put off, 9 seen by a joint visit, 10 reactive have no call; 3 has two."""
    instance, names = rich
    assert [names.tasks[c.tasks[0]].offender_ref[-1] for c in instance.calls] == ["1", "2", "3", "3", "6", "7", "8"]
    assert [ids(names, (d.task,))[0] for d in instance.desk] == [
        "SUP-RSO-000002",
        "STATUS-RSO-000004",
        "NOTIF-RSO-000010",
    ]
    assert instance.points == tuple(t.points for t in names.tasks)
    assert instance.band == tuple(t.band for t in names.tasks)
    assert (instance.bands, instance.days) == (4, 7)


def test_own_team_only(rich: tuple[Instance, Names]) -> None:
    _, names = rich
    assert names.officers == ("P1", "P2", "P3", "P4", "P5", "P7", "P8", "S1")  # P6 is of team south
    instance, south = built(rich_register(), "south")
    assert south.officers == ("P6",)
    assert (south.tasks, instance.calls, instance.desk) == ((), (), ())
    people = (b.officer(officer_id="P2"), b.officer(team="south"), b.officer(officer_id="P0"))
    register = b.register(officers=people)
    assert [o.officer_id for o in own_team(register, "north")] == ["P0", "P2"]
    assert own_team(register, "west") == ()


def test_nominal_of_another_team_is_not_called_on() -> None:
    register = b.register(offenders=(b.offender(team="south", lead_officer=None),))
    assert built(register)[0].calls == ()
    assert built(register)[1].tasks == ()
    assert built(register, "south")[1].officers == ()


def test_officers_as_numbers(rich: tuple[Instance, Names]) -> None:
    instance, names = rich
    by_id = dict(zip(names.officers, instance.officers, strict=True))
    mosovo = call_of(*rich, "HV-RSO-000001").skills_each
    assert mosovo <= by_id["P1"].skills
    assert by_id["P2"].skills == mosovo
    assert by_id["P8"].skills == frozenset()
    assert [o for o in names.officers if not by_id[o].has_powers] == ["P4"]
    assert [o for o in names.officers if not by_id[o].drives] == ["P4"]
    assert [o for o in names.officers if by_id[o].base != by_id["P1"].base] == ["P5"]
    assert by_id["S1"].role == list(Role).index(Role.SERGEANT)


def test_pairs_that_may_not_be(rich: tuple[Instance, Names]) -> None:
    instance, names = rich
    barred = {names.officers[i]: o.not_paired_with for i, o in enumerate(instance.officers)}
    assert barred.pop("P7") == frozenset({names.officers.index("P1")})
    assert set(barred.values()) == {frozenset()}


def test_a_bar_on_somebody_of_another_team_is_left_out() -> None:
    register = b.register(officers=(b.officer(not_paired_with=("P2",)), b.officer(officer_id="P2", team="south")))
    assert built(register)[0].officers[0].not_paired_with == frozenset()


def test_conflicts_and_powers_as_indices(rich: tuple[Instance, Names]) -> None:
    names = rich[1]
    first, second = call_of(*rich, "HV-RSO-000001"), call_of(*rich, "HV-RSO-000002")
    assert (first.excluded, first.constable_required) == (frozenset({names.officers.index("P5")}), True)
    assert (second.excluded, second.constable_required) == (frozenset(), False)
    assert (first.lead, first.deputy) == (names.officers.index("P1"), -1)


def test_crew_size_and_skills_of_the_plan(rich: tuple[Instance, Names]) -> None:
    plain, special = call_of(*rich, "HV-RSO-000001"), call_of(*rich, "HV-RSO-000006")
    assert (plain.crew_size, len(plain.skills_each)) == (2, 1)
    assert special.crew_size == 3
    assert plain.skills_each < special.skills_each  # MOSOVO, and RIVER that no officer holds
    assert all(not special.skills_each <= o.skills for o in rich[0].officers)


def test_interview_also_makes_the_visit_and_brings_a_write_up(rich: tuple[Instance, Names]) -> None:
    instance, names = rich
    interview, visit = (c for c in instance.calls if names.tasks[c.tasks[0]].offender_ref == "RSO-000003")
    assert ids(names, interview.tasks) == ("ARMSI-RSO-000003", "HV-RSO-000003")
    assert ids(names, visit.tasks) == ("HV-RSO-000003",)
    assert interview.nominal == visit.nominal
    assert (interview.minutes, visit.minutes) == (120, 60)
    assert (interview.write_up, visit.write_up) == (0, -1)
    (write_up,) = instance.write_ups
    assert (ids(names, (write_up.task,)), write_up.minutes) == (("ARMSW-RSO-000003-NEXT",), 240)
    assert write_up.skills == interview.skills_one != frozenset()
    assert visit.skills_one == frozenset()


def test_companions(rich: tuple[Instance, Names]) -> None:
    instance, names = rich
    for call in instance.calls:
        ref = names.tasks[call.tasks[0]].offender_ref
        assert ids(names, (call.check_task, call.entry_task)) == (f"INTEL-{ref}-NEXT", f"ENTRY-{ref}-NEXT")


def test_no_check_where_one_is_still_valid() -> None:
    """A check holds for seven days: of 29 November to 6 December, the last day of the week; of the 28th it does not."""
    for day, needs in ((date(2026, 11, 28), True), (date(2026, 11, 29), False)):
        checked = b.assessment(kind=AssessmentKind.INTELLIGENCE_CHECK, date=day)
        (call,) = built(b.register(assessments=(checked,)))[0].calls
        assert call.needs_check is needs
        assert call.needs_entry


def test_roles_of_desk_work(rich: tuple[Instance, Names]) -> None:
    review, status, notification = rich[0].desk
    assert review.roles == frozenset({list(Role).index(Role.SERGEANT)})
    assert status.roles == notification.roles == frozenset()


def test_desk_work_begins_when_it_may(rich: tuple[Instance, Names]) -> None:
    """The notification check was put off until Monday and may be made on Tuesday, day 1."""
    assert [d.first_day for d in rich[0].desk] == [0, 0, 1]


def test_desk_work_put_off_over_the_week_is_not_there() -> None:
    def review(until: date | None) -> list[int]:
        put_off = b.deferral(task_kind="supervisory_review", until=until)
        return [d.first_day for d in built(b.register(deferrals=(put_off,)))[0].desk]

    assert review(date(2026, 11, 29)) == [0]
    assert review(date(2026, 12, 5)) == [6]
    assert review(date(2026, 12, 6)) == []
    assert review(None) == []


def test_joint_visit_is_given(rich: tuple[Instance, Names]) -> None:
    instance, names = rich
    assert ids(names, instance.given) == ("HV-RSO-000009",)
    assert all(instance.given[0] not in c.tasks for c in instance.calls)


def test_event_takes_its_officers_time(rich: tuple[Instance, Names]) -> None:
    """Court for P2 on Tuesday morning; joint visit of P1 and P2 on Wednesday from 10 to 12."""
    instance, names = rich
    events = {(names.officers[s.officer], s.day): s.events for s in instance.shifts if s.events}
    tuesday, wednesday = date(2026, 12, 1), date(2026, 12, 2)
    court, joint = (
        ((moment(day, start), moment(day, end)),)
        for day, start, end in ((tuesday, time(9), time(12)), (wednesday, time(10), time(12)))
    )
    assert events == {("P2", 1): court, ("P1", 2): joint, ("P2", 2): joint}


def test_rest_and_leave_of_an_officer(rich: tuple[Instance, Names]) -> None:
    """P3 ends at midnight after Wednesday: not before 11:00 on Thursday; on leave on Friday."""
    instance, names = rich
    third = [s for s in instance.shifts if names.officers[s.officer] == "P3"]
    assert [s.day for s in third] == [0, 1, 2, 3]
    assert third[3].span == (moment(date(2026, 12, 3), time(11)), moment(date(2026, 12, 3), time(20)))
    assert third[3].break_minutes == 60  # by the tour's ten hours, not by the nine that are left


def test_no_call_when_the_nominal_cannot_be_seen(rich: tuple[Instance, Names]) -> None:
    sunday = date(2026, 12, 6)
    only = call_of(*rich, "HV-RSO-000007")
    assert only.spans == ((moment(sunday, time(10)), moment(sunday, time(12))),)
    short = b.register(offenders=(b.offender(visiting_hours="Mon 10:00-11:29"),))  # 90 minutes are needed
    assert built(short)[0].calls == ()
    assert len(built(b.register(offenders=(b.offender(visiting_hours="Mon 10:00-11:30"),)))[0].calls) == 1


def test_visit_that_is_put_off_stands_out_of_an_interview() -> None:
    """A supervisor's decision holds also where an interview at the same door would do the visit."""

    def ways(**changes: Any) -> list[tuple[str, ...]]:
        register = b.register(
            offenders=(b.offender(risk_level=RiskLevel.HIGH),),
            visits=(b.visit(date=date(2026, 9, 1)),),
            assessments=(b.assessment(date=date(2025, 12, 3)),),
            **changes,
        )
        instance, names = built(register)
        return [ids(names, c.tasks) for c in instance.calls]

    interview, visit = "ARMSI-RSO-000001", "HV-RSO-000001"
    assert ways() == [(interview, visit), (visit,)]
    assert ways(deferrals=(b.deferral(until=None),)) == [(interview,)]
    assert ways(deferrals=(b.deferral(until=date(2026, 12, 1)),)) == [(interview, visit), (visit,)]


def test_travel_is_between_the_places_of_the_calls(rich: tuple[Instance, Names]) -> None:
    """Chelmsford to Witham 20, Witham to Braintree 15, each place to itself 5 minutes."""
    instance = rich[0]
    base = instance.officers[0].base
    witham, braintree = call_of(*rich, "HV-RSO-000001").place, call_of(*rich, "HV-RSO-000002").place
    assert instance.travel[base, witham] == instance.travel[witham, base] == 20
    assert instance.travel[witham, braintree] == 15
    assert call_of(*rich, "HV-RSO-000007").place == witham
    assert instance.travel[witham, witham] == 5


def test_last_day_for_the_record_skips_the_weekend(rich: tuple[Instance, Names]) -> None:
    """One working day: Monday's visits by Tuesday, those of Friday to Sunday by the Monday after (day 7)."""
    assert rich[0].entry_by == (1, 2, 3, 4, 7, 7, 7)


def test_policy_numbers_go_over(rich: tuple[Instance, Names]) -> None:
    instance = rich[0]
    assert (instance.check.minutes, instance.entry.minutes) == (20, 30)
    assert (instance.visits_per_day, instance.driver_needed) == (4, True)
    assert (instance.lead_points, instance.deputy_points) == (2, 1)


def test_shifts_are_in_order(rich: tuple[Instance, Names]) -> None:
    keys = [(s.day, s.officer, s.span) for s in rich[0].shifts]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys)) == 32  # eight officers with four tours each


def test_nobody_on_duty_and_nothing_due() -> None:
    instance, _ = built(b.register(tours=()))
    assert (instance.shifts, len(instance.calls)) == ((), 1)
    empty, names = built(b.register(offenders=()))
    assert (empty.calls, empty.desk, empty.points, names.tasks) == ((), (), (), ())
    assert len(empty.shifts) == 2


def test_limits_on_exposure_count_calls_by_kind_and_risk_level() -> None:
    """RSO-000003 is high, RSO-000008 low, the others medium; the ARMS interview counts as such, not as a home visit."""
    limits = (
        ExposureLimit(levels=(RiskLevel.HIGH,), most_a_week=2),
        ExposureLimit(kinds=(TaskKind.HOME_VISIT,), levels=(RiskLevel.HIGH, RiskLevel.LOW), most_a_day=1),
    )
    crews = b.policy().crews.model_copy(update={"exposure_limits": limits})
    policy = b.policy().model_copy(update={"crews": crews})
    register = rich_register()
    instance, names = build_instance(
        register, policy, due_list(register, policy, WEEK), "north", Travel(register, policy)
    )
    counted = [{names.tasks[instance.calls[c].tasks[0]].task_id for c in e.calls} for e in instance.exposure]
    assert counted == [{"HV-RSO-000003", "ARMSI-RSO-000003"}, {"HV-RSO-000003", "HV-RSO-000008"}]
    assert [(e.most_a_day, e.most_a_week) for e in instance.exposure] == [(None, 2), (1, None)]


def test_calls_at_one_position_have_one_address() -> None:
    """All nominals of the rich register have one position; one who moves has another, one without has none."""
    register = rich_register()
    moved = {"RSO-000002": {"easting": 571_001}, "RSO-000003": {"no_fixed_abode": True}}
    changed = [o.replace(**moved.get(o.offender_ref, {})) for o in register.offenders]
    instance, names = built(replace(register, offenders=tuple(changed)))
    address = {names.tasks[c.tasks[0]].offender_ref: c.address for c in instance.calls}
    assert address["RSO-000003"] == -1
    assert address["RSO-000001"] == address["RSO-000007"] != address["RSO-000002"] >= 0
