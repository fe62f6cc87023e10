"""The figures of the aims stated with a roster are compared with those recomputed from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich_roster import rich_world

from offender_mgmt.aims import AimFigures, published_tasks
from offender_mgmt.vocabulary import Aim

BY_HAND = {Aim.CONTINUITY: 6, Aim.SECOND_SEAT: 3, Aim.VARIETY: 1, Aim.EVEN_LOAD: 250, Aim.TRAVEL: 115}
"""Of the roster made by hand; worked out in tests/aims."""


def stated(**bounds: int | None) -> tuple[AimFigures, ...]:
    return tuple(AimFigures(aim=aim, value=value, bound=bounds.get(aim.value)) for aim, value in BY_HAND.items())


def world(aims: tuple[AimFigures, ...]):
    return replace(rich_world(), aims=aims)


def test_the_figures_by_hand_agree():
    assert world(stated()).violations() == ()


@pytest.mark.parametrize("place", range(len(BY_HAND)))
@pytest.mark.parametrize("off", [-1, 1])
def test_a_figure_off_by_one(place, off):
    aims = list(stated())
    aims[place] = replace(aims[place], value=aims[place].value + off)
    assert world(tuple(aims)).rules() == {"aims_agree"}


@pytest.mark.parametrize(
    ("bounds", "broken"),
    [
        ({"continuity": 6}, False),
        ({"continuity": 7}, False),
        ({"continuity": 5}, True),
        ({"travel": 115}, False),
        ({"travel": 114}, False),
        ({"travel": 116}, True),
    ],
)
def test_no_value_is_better_than_its_bound(bounds, broken):
    assert ("aims_agree" in world(stated(**bounds)).rules()) is broken


def test_other_aims():
    assert world(stated()[:-1]).rules() == {"aims_agree"}


def test_nothing_stated_nothing_compared():
    assert replace(rich_world(), aims=None).violations() == ()


def test_changes_are_compared_where_the_published_roster_is_given():
    changes = AimFigures(aim=Aim.FEWEST_CHANGES, value=1)
    told = world((*stated()[:4], changes, stated()[4]))
    assert told.violations() == ()
    published = published_tasks(told.roster, told.due)
    assert [str(v) for v in replace(told, published=published).violations()] == [
        "aims_agree (fewest_changes): The value of fewest changes is 0, not 1."
    ]


def test_the_sentences():
    found = world((*stated()[:4], AimFigures(aim=Aim.TRAVEL, value=115, bound=200))).violations()
    assert [str(v) for v in found] == ["aims_agree (travel): The value 115 of travel is better than its bound 200."]
