"""Every kind of damage to a valid roster is rejected, and the right rule is named."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from mutations import MUTATIONS
from rich_roster import World, rich_world

from offender_mgmt.calendars import week_after
from offender_mgmt.register.read import read_folder

pytestmark = pytest.mark.many_cases

NEED_MORE_THAN_ONE_TEAM = {
    "pair_officers_who_must_not_be",
    "seat_an_officer_of_another_base",
    "seat_an_officer_of_another_team",
    "seat_an_officer_with_a_conflict",
}
ESSEX_NORTH = Path(__file__).resolve().parents[2] / "data" / "essex-north"


def test_there_are_enough_kinds_of_damage():
    assert len(MUTATIONS) >= 30


@pytest.mark.parametrize("name", sorted(MUTATIONS))
@pytest.mark.parametrize("seed", range(5))
def test_damage_to_the_roster_made_by_hand_is_named(name, seed):
    function, rule = MUTATIONS[name]
    world = rich_world()
    damaged = function(world.roster, world.register, world.policy, world.due, random.Random(seed))
    assert damaged is not None, "the roster made by hand has something to damage in every way"
    assert damaged != world.roster
    assert rule in replace(world, roster=damaged, bands=None).rules()


def test_figures_of_an_objective_off_by_one_are_named():
    world = rich_world()
    for index, figures in enumerate(world.bands):
        bands = (*world.bands[:index], replace(figures, value=figures.value + 1), *world.bands[index + 1 :])
        assert replace(world, bands=bands).rules() == {"bands_agree"}


@pytest.fixture(scope="module")
def essex_north():
    """The register, policy, due list and roster of a quick plan of the example team."""
    planning = pytest.importorskip("offender_mgmt.planning.plan", reason="there is no planner yet")
    settings = pytest.importorskip("offender_mgmt.solver.settings")
    if not ESSEX_NORTH.is_dir():
        pytest.skip("data/essex-north is not there: see data/README.md for the command that makes it")
    loaded = read_folder(ESSEX_NORTH)
    policy, week = loaded.policy_file.policy, week_after(loaded.register.extract_date)
    result = planning.plan(loaded.register, policy, week, settings.Settings(effort=0.2), workers=1)
    return World(loaded.register, policy, result.due, result.roster, result.bands)


@pytest.mark.slow
def test_a_planned_roster_is_accepted(essex_north):
    assert essex_north.violations() == ()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_damage_to_a_planned_roster_is_named(essex_north, name):
    """One team has one base, and nobody of another team: what needs them is tried on the roster made by hand only."""
    function, rule = MUTATIONS[name]
    world = essex_north
    damaged = function(world.roster, world.register, world.policy, world.due, random.Random(name))
    if damaged is None:
        assert name in NEED_MORE_THAN_ONE_TEAM
    else:
        assert rule in replace(world, roster=damaged, bands=None).rules()
