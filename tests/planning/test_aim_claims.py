"""What the solver claims of every aim is what the roster and the register say, worked out without the solver."""

from __future__ import annotations

from dataclasses import replace

import builders as b
import pytest
from rich_register import rich_register

from offender_mgmt.aims import aim_figures, published_tasks
from offender_mgmt.calendars import week_after
from offender_mgmt.due import due_list
from offender_mgmt.instance import build_instance
from offender_mgmt.planning import plan
from offender_mgmt.planning.decode import decode
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.roster.roster import Roster
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import solve, solve_greedily
from offender_mgmt.synth import SynthSettings, make_register
from offender_mgmt.travel import Travel
from offender_mgmt.vocabulary import Aim

pytestmark = pytest.mark.many_cases

QUICK = Settings(effort=2)


def policy() -> Policy:
    """The example policy with every aim asked for."""
    return b.policy().model_copy(update={"aims": b.policy().aims.model_copy(update={"order": tuple(Aim)})})


def synthetic(seed: int) -> Register:
    return make_register(SynthSettings(seed=seed, offenders=60, officers=5, teams=1))


@pytest.mark.parametrize("register", [rich_register(), *map(synthetic, range(1, 4))], ids=["rich", "1", "2", "3"])
def test_claims_are_what_is_recomputed(register: Register) -> None:
    horizon, team = week_after(register.extract_date), register.teams[0]
    due, travel = due_list(register, policy(), horizon), Travel(register, policy())
    published = None
    # The first roster is greedy; the second is planned against it as if it were published.
    for solver in (solve_greedily, solve):
        instance, names = build_instance(register, policy(), due, team, travel, published)
        answer = solver(instance, QUICK)
        part = decode(instance, names, due, answer)
        roster = Roster(horizon, part.assignments, part.unassigned)
        figures = aim_figures(register, policy(), due, roster, travel, published)[team]
        assert [(p.aim, p.value) for p in answer.aims] == [(f.aim, f.value) for f in figures]
        assert roster.assignments
        published = published_tasks(roster, due)
    assert len(answer.aims) == len(Aim)
    assert all(proof.bound is not None for proof in answer.aims)


def test_a_plan_carries_them_over_all_teams() -> None:
    result = plan(rich_register(), b.policy(), week_after(b.EXTRACT_DAY), QUICK, workers=1)
    assert [f.aim for f in result.aims] == [aim for aim in b.policy().aims.order if aim is not Aim.FEWEST_CHANGES]
    assert [team.team for team in result.teams] == ["north", "south"]
    travel = [team.aims[-1].value for team in result.teams]
    assert result.aims[-1].value == sum(travel) > 0
    assert result.violations == ()


def test_planned_against_itself_little_changes() -> None:
    """A roster planned against itself keeps all its tasks where they are: fewest changes is the first aim."""
    first = replace_order((Aim.FEWEST_CHANGES,))
    horizon = week_after(b.EXTRACT_DAY)
    before = plan(rich_register(), b.policy(), horizon, QUICK, workers=1)
    after = plan(rich_register(), first, horizon, QUICK, published=before.roster, workers=1)
    assert [(f.aim, f.value, f.bound) for f in after.aims] == [(Aim.FEWEST_CHANGES, 0, 0)]
    assert after.violations == ()


def replace_order(order: tuple[Aim, ...]) -> Policy:
    """The example policy with these aims."""
    return b.policy().model_copy(update={"aims": b.policy().aims.model_copy(update={"order": order})})


def test_who_left_the_team_keeps_nothing() -> None:
    """A published crew with an officer who is gone cannot stay: it is a change, and never a fault."""
    horizon, register = week_after(b.EXTRACT_DAY), rich_register()
    before = plan(register, b.policy(), horizon, QUICK, workers=1)
    published = published_tasks(before.roster, before.due)
    gone = tuple(o for o in register.officers if o.officer_id != "P1")
    tours = tuple(t for t in register.tours if t.officer_id != "P1")
    after = plan(
        replace(register, officers=gone, tours=tours),
        replace_order((Aim.FEWEST_CHANGES,)),
        horizon,
        QUICK,
        published=before.roster,
        workers=1,
    )
    held_by_p1 = sum("P1" in crew for _, crew in published.values())
    assert after.aims[0].value >= held_by_p1 > 0
    assert after.violations == ()
