"""Whatever stands in a roster, the check answers: no exception, a sorted answer, nothing changed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich_roster import at, rich_world

from offender_mgmt.roster.roster import Assignment
from offender_mgmt.rules import FORM_RULES, HARD_RULES
from offender_mgmt.vocabulary import RiskLevel, TaskKind

pytestmark = pytest.mark.many_cases

WORLD = rich_world()
TASK_IDS = st.sampled_from([t.task_id for t in WORLD.due.tasks] + ["EVENT-E-1", "EVENT-E-2", "HV-NOBODY", ""])
MOMENTS = st.one_of(st.integers(at("00:00") - 2000, at("00:00") + 12_000), st.integers())
OFFICERS = st.lists(st.sampled_from([o.officer_id for o in WORLD.register.officers] + ["NOBODY", ""]), max_size=4)
ROWS = st.builds(
    Assignment,
    task_id=TASK_IDS,
    kind=st.sampled_from(TaskKind),
    offender_ref=st.sampled_from([o.offender_ref for o in WORLD.register.offenders] + ["NOBODY", ""]),
    start=MOMENTS,
    end=MOMENTS,
    crew=OFFICERS.map(tuple),
    risk_level=st.one_of(st.none(), st.sampled_from(RiskLevel)),
    band=st.text(max_size=3),
    outing=st.sampled_from(["", "Mon-1", "Tue-1", "x"]),
    position=st.integers(-1, 3),
    part=st.sampled_from(["", "1/2", "2/2", "odd"]),
    done_with=st.one_of(st.just(""), TASK_IDS),
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_rows_of_any_kind_raise_nothing(rows):
    world = replace(WORLD, roster=replace(WORLD.roster, assignments=(*WORLD.roster.assignments, *rows)))
    before = repr(world.roster)
    found = world.violations()
    assert list(found) == sorted(set(found))
    assert {violation.rule for violation in found} <= set(HARD_RULES) | set(FORM_RULES)
    assert found, "a row more than the valid roster is always one too many"
    assert repr(world.roster) == before
