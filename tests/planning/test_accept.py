"""Which of the rosters told stands, and what is said of those passed over."""

from __future__ import annotations

from itertools import chain, repeat

import builders as b
import pytest
from rich_register import rich_register

from offender_mgmt.calendars import week_after
from offender_mgmt.checks import Violation, check_roster
from offender_mgmt.due import due_list
from offender_mgmt.instance import build_instance
from offender_mgmt.planning.accept import BROKE_A_RULE, OUT_OF_ORDER, Judge
from offender_mgmt.planning.outcome import Ending, Outcome
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import solve
from offender_mgmt.travel import Travel

ORDER, CREW = "priority_order", "crew_size"


@pytest.mark.parametrize(
    ("rules", "ending", "fault"),
    [
        ((), Ending.STOPPED, ""),
        ((ORDER,), Ending.STOPPED, ""),
        ((ORDER,), Ending.TIME, ""),
        ((ORDER,), Ending.FINISHED, OUT_OF_ORDER),
        ((ORDER, CREW), Ending.STOPPED, BROKE_A_RULE),
        ((CREW,), Ending.STOPPED, BROKE_A_RULE),
    ],
)
def test_a_later_band_served_first_is_a_fault_only_of_a_finished_search(
    monkeypatch: pytest.MonkeyPatch, rules: tuple[str, ...], ending: Ending, fault: str
) -> None:
    """The best roster told breaks some rules, the one before it none: that one stands, whatever is said."""
    register, policy = rich_register(), b.policy()
    due = due_list(register, policy, week_after(register.extract_date))
    instance, names = build_instance(register, policy, due, register.teams[0], Travel(register, policy))
    answer = solve(instance, Settings(effort=1))
    found = chain([tuple(Violation(rule, (), "Said here.") for rule in rules)], repeat(()))
    checked = []

    def check(*given, **more):
        checked.append(given[3])
        return (*check_roster(*given, **more), *next(found))

    monkeypatch.setattr("offender_mgmt.planning.accept.check_roster", check)
    judge = Judge(register, policy, due, instance, names)
    accepted = judge.best(Outcome(team=names.team, ending=ending, answers=(answer, answer)))
    assert accepted.fault == fault
    assert len(checked) == (2 if rules else 1)
    assert not accepted.is_nothing
