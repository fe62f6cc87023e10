"""What a task needs: minutes, officers, skills, roles, a constable, and who is excluded."""

from __future__ import annotations

from datetime import date

import pytest
from builders import change, policy, visit
from due.one_nominal import due_of, the

from offender_mgmt.policy import Policy
from offender_mgmt.vocabulary import Role, TaskKind

SEEN = (visit(date=date(2026, 6, 3)),)


def with_crews(**changes) -> Policy:
    values = policy().model_dump()
    values["crews"] |= {"single_crew_authorised_by": "S1", **changes}
    return Policy.model_validate(values)


BY_LEVEL = {"very_high": 2, "high": 2, "medium": 1, "low": 1}
BY_MARKER = {"violent": 2, "weapons": 3, "dog": 1}


@pytest.mark.parametrize(
    ("nominal", "size"),
    [
        ({}, 1),  # medium by policy
        ({"risk_level": "very_high"}, 2),
        ({"markers": ("dog",)}, 1),
        ({"markers": ("violent",)}, 2),
        ({"markers": ("violent", "weapons", "dog")}, 3),
        ({"markers": ("quarrelsome",)}, 1),  # a marker the policy does not know
        ({"crew_size": 2}, 2),
        ({"crew_size": 1, "risk_level": "high"}, 2),  # the plan asks for fewer: the most counts
        ({"crew_size": 4, "markers": ("weapons",), "risk_level": "high"}, 4),
    ],
)
def test_crew_is_the_most_of_level_markers_and_plan(nominal: dict, size: int) -> None:
    rules = with_crews(size=BY_LEVEL, size_by_marker=BY_MARKER)
    due = due_of({"visit_interval_days": 180, **nominal}, visits=SEEN, rules=rules)
    assert the(due, "HV").crew_size == size
    assert the(due, "ARMSI").crew_size == size


def test_desk_work_is_one_officers() -> None:
    due = due_of({"crew_size": 3, "notification_due": date(2026, 12, 1), "markers": ("violent",)}, visits=SEEN)
    sizes = {task.task_id: task.crew_size for task in due.tasks if not task.kind.is_field}
    assert len(sizes) == 6  # SUP, NOTIF, ENTRY and the three that go with the visits
    assert set(sizes.values()) == {1}


def test_crew_size_follows_the_level_in_force_not_the_file() -> None:
    lowered = change(date=date(2026, 7, 1), value_from="high", value_to="low", signed_off_by=None)
    due = due_of({"risk_level": "low"}, visits=SEEN, changes=(lowered,), rules=with_crews(size=BY_LEVEL))
    assert the(due, "HV").crew_size == 2


def test_skills_of_policy_and_plan() -> None:
    due = due_of({"required_skills": ("BSL", "MOSOVO")}, visits=SEEN)
    assert (the(due, "HV").skills_each, the(due, "HV").skills_one) == (("MOSOVO", "BSL"), ())
    assert (the(due, "ARMSI").skills_each, the(due, "ARMSI").skills_one) == (("MOSOVO", "BSL"), ("ARMS",))
    assert (the(due, "ARMSW-NEXT").skills_each, the(due, "ARMSW-NEXT").skills_one) == ((), ("ARMS",))
    assert (the(due, "SUP").skills_each, the(due, "SUP").skills_one) == ((), ())


def test_roles_of_the_policy() -> None:
    due = due_of(visits=SEEN)
    assert the(due, "SUP").roles == (Role.SERGEANT,)
    assert the(due, "HV").roles == ()


def test_constable_is_for_visits_and_exclusion_for_everything() -> None:
    due = due_of({"constable_required": True, "excluded_officers": ("P7", "P8")}, visits=SEEN)
    assert {task.kind for task in due.tasks if task.constable_required} == {
        TaskKind.HOME_VISIT,
        TaskKind.ARMS_INTERVIEW,
    }
    assert {task.excluded_officers for task in due.tasks} == {("P7", "P8")}
    assert not any(task.constable_required for task in due_of(visits=SEEN).tasks)


def test_minutes_team_and_officers() -> None:
    due = due_of({"lead_officer": "P1", "deputy_officer": "P2"}, visits=SEEN)
    # The minutes of the example policy: home visit 60, interview 120, write-up 240, check 20, entry 30, review 30.
    minutes = {"HV": 60, "ARMSI": 120, "ARMSW-NEXT": 240, "INTEL-NEXT": 20, "ENTRY-NEXT": 30, "SUP": 30, "ENTRY": 30}
    assert {code: the(due, code).minutes for code in minutes} == minutes
    assert {(task.team, task.lead_officer, task.deputy_officer) for task in due.tasks} == {("north", "P1", "P2")}
