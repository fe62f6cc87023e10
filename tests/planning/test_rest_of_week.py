"""At whatever moment a week is planned again: what is left of it, as it was published, is where the search begins."""

from __future__ import annotations

from datetime import time
from functools import cache

import builders as b
import pytest
from rich_register import rich_register

from offender_mgmt.aims import published_tasks
from offender_mgmt.calendars import MINUTES_A_DAY, moment, week_after
from offender_mgmt.due import DueList
from offender_mgmt.instance import build_instance
from offender_mgmt.planning import plan
from offender_mgmt.planning.again import Before, again_of, replan_of
from offender_mgmt.register import Register
from offender_mgmt.roster.roster import Roster
from offender_mgmt.solver.bands import chosen_values
from offender_mgmt.solver.changes import changes_level
from offender_mgmt.solver.columns import column_space
from offender_mgmt.solver.repaired import repaired
from offender_mgmt.solver.settings import Settings
from offender_mgmt.synth import SynthSettings, make_register
from offender_mgmt.travel import Travel

pytestmark = pytest.mark.many_cases

STEP = 145
"""Minutes from one moment to the next that is tried: every time of the day comes up."""


@cache
def week(name: str) -> tuple[Register, DueList, Roster]:
    """A register, its due list and a roster planned from it."""
    synthetic = SynthSettings(offenders=70, officers=6, teams=1, history_days=200, seed=4)
    register = rich_register() if name == "rich" else make_register(synthetic)
    horizon = week_after(register.extract_date)
    result = plan(register, b.policy(), horizon, Settings(effort=2), workers=1)
    assert not result.degraded
    return register, result.due, result.roster


@pytest.mark.parametrize("name", ["rich", "synthetic"])
def test_with_nothing_told_the_search_begins_with_all_that_was_published(name: str) -> None:
    """No task moves and every band has what it had, whichever minute cuts a tour, a break or an outing."""
    register, due, published = week(name)
    travel, before = Travel(register, b.policy()), published_tasks(published, due)
    scheduled = {row.task_id for row in published.assignments}
    first = moment(due.horizon.first_day, time(0))
    for now in range(first, first + 8 * MINUTES_A_DAY, STEP):
        replan = replan_of(register, b.policy(), due, published, Before(now))
        assert replan.words == ()
        for team, held in again_of(register, b.policy(), due, travel, replan, before).items():
            instance, names = build_instance(register, b.policy(), due, team, travel, before, held)
            space = column_space(instance, Settings())
            start, level = repaired(space), changes_level(space)
            assert level is not None
            assert level.cost(space, start) == 0, (now - first) / MINUTES_A_DAY
            done = [i for i, task in enumerate(names.tasks) if task.task_id in scheduled]
            assert chosen_values(space, start) >= instance.band_points(done)
