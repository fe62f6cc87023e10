"""The aims in words: what was reached, and what is proven of all other rosters."""

from __future__ import annotations

import pytest
from rich_roster import rich_world

from offender_mgmt.aims import AimFigures
from offender_mgmt.report.aims import aim_lines
from offender_mgmt.vocabulary import Aim


def told(aim: Aim, value: int, bound: int | None = None, **policy: object) -> str:
    world = rich_world().with_policy("aims", **policy)
    figures = (AimFigures(aim=aim, value=value, bound=bound),)
    lines = aim_lines(figures, world.due, world.roster, world.policy)
    assert lines[:2] == ["", "With the bands served so: aims, each strictly before the next"]
    assert all(len(line) <= 80 for line in lines)
    return " ".join(line.strip() for line in lines[3:])


@pytest.mark.parametrize(
    ("aim", "value", "words"),
    [
        (
            Aim.CONTINUITY,
            6,
            "1. continuity: lead officer at 3 of 3 visits, deputy at 0; 6 points with the desk work of lead officers",
        ),
        (
            Aim.SECOND_SEAT,
            3,
            "1. second seat: 3 of 3 visits with a second officer who was at one of the last 2 attempts",
        ),
        (
            Aim.VARIETY,
            1,
            "1. variety: 1 of 3 visits on the weekday and in the part of the day of one of the last 4 attempts",
        ),
        (Aim.EVENINGS_AND_WEEKENDS, 2, "1. evenings and weekends: 2 fewer than the 10% of visits asked for"),
        (
            Aim.EVEN_LOAD,
            1250,
            "1. even load: the highest is 1,250 risk-weighted visits in 1,000 hours of duty, "
            "the 4 weeks before counted in",
        ),
        (
            Aim.ONE_ADDRESS_TOGETHER,
            2,
            "1. one address together: 2 of 3 visits at the address of another visit of the same outing, "
            "the first there not counted",
        ),
        (
            Aim.ONE_ADDRESS_APART,
            1,
            "1. one address apart: 1 of 3 visits at the address of another visit of the same outing, "
            "the first there not counted",
        ),
        (
            Aim.FEWEST_CHANGES,
            2,
            "1. fewest changes: 2 tasks of the published roster are not on their day with their officers",
        ),
        (Aim.TRAVEL, 115, "1. travel: 1:55 hours"),
    ],
)
def test_what_was_reached(aim: Aim, value: int, words: str) -> None:
    assert told(aim, value) == f"{words}. Whether another roster does better is not proven."
    assert told(aim, value, value) == f"{words}; no roster does better."


def test_what_no_roster_betters() -> None:
    assert told(Aim.CONTINUITY, 6, 1007).endswith("; no roster has more than 1,007.")
    assert told(Aim.TRAVEL, 115, 90).endswith("; no roster has less than 1:30 hours.")
    assert told(Aim.EVEN_LOAD, 250, 99).endswith("; no roster has less than 99.")


def test_a_bound_of_nothing_says_nothing() -> None:
    assert told(Aim.VARIETY, 1, 0).endswith(". Whether another roster does better is not proven.")
    assert told(Aim.VARIETY, 0, 0).endswith("; no roster does better.")


def test_numbers_of_the_policy_in_the_words() -> None:
    assert "who was at the last attempt" in told(Aim.SECOND_SEAT, 1, second_seat_last_n=1)
    assert "of duty; no roster" in told(Aim.EVEN_LOAD, 1, 1, load_weeks=0)
    assert "the 50% of visits" in told(Aim.EVENINGS_AND_WEEKENDS, 1, evening_weekend_percent=50)


def test_no_aims_no_lines() -> None:
    world = rich_world()
    assert aim_lines((), world.due, world.roster, world.policy) == []
