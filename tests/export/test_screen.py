"""A roster in a terminal: the same words at every width, with and without colours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from export_builders import checked, export, many, with_texts
from rich_register import TUESDAY
from rich_roster import rich_world

from offender_mgmt.errors import UsageError
from offender_mgmt.export.page.view import View
from offender_mgmt.export.screen import day_lines, head, nominal_lines, officer_lines, week_lines
from offender_mgmt.roster.roster import Roster

MONDAY = rich_world().roster.horizon.first_day


def view(run=None):
    return View(export(run, reason="shown"))


def words(lines):
    return ["".join(text for text, _ in line) for line in lines]


def test_the_head_says_what_it_is_and_what_is_wrong_with_it():
    run = checked(changes=("roster.csv was changed after the roster was planned",))
    assert words(head(view(run))) == [
        "OFFICIAL-SENSITIVE",
        "Roster of 2026-W49, 2 teams: DRAFT, a proposal that nobody has approved.",
        "Note: roster.csv was changed after the roster was planned.",
    ]


def test_the_week_word_by_word():
    """A dot is a day on duty without a visit, a dash a day off.

    P1: at doors 4:00, travel 1:05 and 0:50, checks and entries 1:20, the joint visit 2:00.
    """
    assert words(week_lines(view(), 80)) == [
        "",
        "officer  Mon 30  Tue 1  Wed 2  Thu 3  Fri 4  Sat 5  Sun 6  visits  work  on duty",
        "P1            2      1      .      .      -      -      -       3  9:15    32:00",
        "P2            2      .      .      .      -      -      -       2  8:55    32:00",
        "P3            .      1      .      .      -      -      -       1  7:10    34:00",
        "P4            .      .      .      .      -      -      -       0     -    32:00",
        "P5            .      .      .      .      -      -      -       0     -    32:00",
        "P7            .      .      .      .      -      -      -       0  0:20    32:00",
        "P8            .      .      .      .      -      -      -       0  0:30    32:00",
        "S1            .      .      .      .      -      -      -       0  0:30    32:00",
        "P6            .      .      .      .      -      -      -       0     -    32:00",
    ]


def test_a_day_word_by_word():
    """A sign is twenty minutes, so that 16 hours fit; P1 and P2 are out from 08:40 to 11:45."""
    said = words(day_lines(view(), MONDAY, 80))
    assert said[:4] == [
        "",
        "Monday 30 November 2026",
        "                 08    10    12    14    16    18    20    22",
        "P1  08:00-16:00  d.-VVV-VVV-ddbb.........",
    ]
    assert said[12] == "V visit  - on the road  d desk work  e fixed event  b room for break  . on duty"
    assert said[14:] == [
        "crew    visit        kind        nominal     locality   risk level",
        "P1, P2  09:00-10:00  home visit  RSO-000001  Witham     medium",
        "        10:15-11:15  home visit  RSO-000002  Braintree  medium",
    ]


def test_a_day_without_outings_says_so():
    assert words(day_lines(view(), TUESDAY.replace(day=4), 80))[-1] == "No outing."


def test_an_officers_day_word_by_word():
    said = words(officer_lines(view(), "P2", 80, TUESDAY))
    assert said[1] == "P2, Tuesday 1 December 2026"
    assert said[6:] == [
        "time         what                nominal  locality  risk level  with",
        "09:00-12:00  court",
        "12:00-12:45  room for the break",
        "0 outings, 0 visits; events 3:00.",
    ]


def test_a_wide_screen_tells_travel_and_why():
    narrow, wide = (words(officer_lines(view(), "P1", width, MONDAY)) for width in (80, 120))
    assert not any("why now" in line for line in narrow)
    assert any(line.endswith("travel  why now") for line in wide)
    assert any("20 min" in line for line in wide)


def test_an_officers_week_has_every_day_on_the_duty_roster():
    said = words(officer_lines(view(), "P3", 80))
    days = [line for line in said if line.startswith("P3, ")]
    assert len(days) == 5
    assert any("leave" in line for line in said)


def test_a_nominal_word_by_word():
    said = words(nominal_lines(view(), "RSO-000005"))
    assert said[:5] == [
        "",
        "RSO-000005: medium risk, north",
        "Witham, offender manager P1, active",
        "",
        "HV-RSO-000005: home visit, medium risk, due 2026-12-03.",
    ]
    assert any(line.startswith("  Left out (deferred): By hand.") for line in said)


def test_a_paused_nominal_is_not_forgotten():
    said = words(nominal_lines(view(), "RSO-000004"))
    assert any(line.startswith("Paused: ") for line in said)


def test_a_nominal_with_nothing_due_says_so():
    """RSO-000010 has one check due; without the due list's tasks there is none."""
    run = checked(roster=Roster(checked().planned.roster.horizon))
    planned = replace(run.planned, due=replace(run.planned.due, tasks=()))
    assert words(nominal_lines(view(replace(run, planned=planned)), "RSO-000010"))[-1] == "Nothing is due in 2026-W49."


@pytest.mark.parametrize("width", [80, 100, 110, 120, 200])
def test_no_line_is_wider_than_the_screen(width):
    for run in (checked(), many(2), with_texts(["x" * 300, "long locality " * 9, ""])):
        shown = view(run)
        lines = [*head(shown), *week_lines(shown, width)]
        for day in shown.days:
            lines += day_lines(shown, day, width)
        for officer in shown.days_of:
            lines += officer_lines(shown, officer, width)
        assert max(map(len, words(lines))) <= width


@pytest.mark.parametrize(
    "lines",
    [
        lambda shown: day_lines(shown, MONDAY.replace(year=2027), 80),
        lambda shown: officer_lines(shown, "X1", 80),
        lambda shown: nominal_lines(shown, "RSO-999999"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(lines):
    with pytest.raises(UsageError, match=r"Maybe: a "):
        list(lines(view()))
