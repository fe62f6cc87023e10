"""The sign of life while teams are solved: nothing before two seconds, news seldom, that nothing is new more seldom."""

from __future__ import annotations

import pytest

from offender_mgmt.cli.sign_of_life import SignOfLife
from offender_mgmt.planning.watch import AtWork, Standing


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def told():
    return []


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def at(told, clock):
    """See so many tasks placed by north, so many seconds after the beginning; what has been told so far."""
    sign = SignOfLife(told.append, clock)

    def see(seconds, *placed):
        clock.now = 100.0 + seconds
        sign(Standing(0, 2, tuple(AtWork(team, n, 60) for team, n in zip(("north", "south"), placed, strict=False))))
        return told

    return see


def test_nothing_is_told_in_the_first_two_seconds(at):
    assert at(1.9, 5) == []
    assert at(2.0, 5) == ["  2 s: north: 5 of 60 tasks placed so far"]


def test_news_wait_five_seconds_and_sameness_thirty(at, told):
    at(2.0, 5)
    assert len(at(6.9, 8)) == 1
    assert at(7.0, 8)[1:] == ["  7 s: north: 8 of 60 tasks placed so far"]
    assert len(at(36.9, 8)) == 2
    assert at(37.0, 8)[2:] == ["  37 s: north: 8 of 60 tasks placed so far"]


def test_teams_stand_side_by_side_and_one_without_a_roster_has_begun(at):
    assert at(3.0, 12, 0) == ["  3 s: north: 12 of 60 tasks placed so far; south: begun"]


def test_between_two_teams_there_is_nothing_to_tell(at):
    assert at(50.0) == []
