"""Every kind of damage to a valid roster is rejected, and the right rule is named."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from mutations import MUTATIONS
from rich_roster import rich_world

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
