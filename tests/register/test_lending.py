"""Officers lent to another team: which team and station when, and the register of one team alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import builders as b
import pytest
from folders import faults_in, folder_of, places, spotless
from hypothesis import given
from hypothesis import strategies as st

from offender_mgmt.calendars import moment
from offender_mgmt.errors import UsageError
from offender_mgmt.register import Register
from offender_mgmt.register.disruptions import touched, with_disruptions
from offender_mgmt.register.read import read_folder
from offender_mgmt.register.records import Tour
from offender_mgmt.register.write import table_bytes
from offender_mgmt.vocabulary import TourCode

TUESDAY, WEDNESDAY = date(2026, 12, 1), date(2026, 12, 2)
BASES = (b.base(), b.base(base="Grays"), b.base(base="Southend"))


def people(*of_south: str) -> tuple[object, ...]:
    """P1 and P2 of team north at Chelmsford; of team south P3, P4, ... at the stations given."""
    south = (b.officer(officer_id=f"P{n}", team="south", base=base) for n, base in enumerate(of_south, 3))
    return (b.officer(), b.officer(officer_id="P2"), *south)


def lent_register(*of_south: str, tours: tuple[Tour, ...] | None = None) -> Register:
    """P2 works for south on Tuesday, 12:00 to 20:00, and for north on Monday and Wednesday."""
    of_p2 = (
        b.tour(officer_id="P2"),
        b.tour(officer_id="P2", date=TUESDAY, start=time(12), end=time(20), lent_to="south"),
        b.tour(officer_id="P2", date=WEDNESDAY),
    )
    return b.register(officers=people(*of_south), bases=BASES, tours=of_p2 if tours is None else tours)


def ids(register: Register, team: str) -> list[tuple[str, str]]:
    return [(o.officer_id, o.base) for o in register.lending.officers_of(team)]


def test_nobody_is_lent() -> None:
    register = b.register()
    assert register.lending.lent == {}
    assert register.lending.officers_of("north") == register.officers
    assert register.lending.officers_of("south") == ()
    assert register.lending.officer_at(register.officers[0], moment(b.MONDAY, time(9))) is register.officers[0]


@pytest.mark.parametrize(
    "changes", [{"lent_to": None}, {"lent_to": "north"}, {"lent_to": "south", "code": TourCode.TRAINING}]
)
def test_a_tour_for_the_own_team_or_without_duty_is_not_lent(changes: dict[str, object]) -> None:
    register = lent_register("Grays", tours=(b.tour(officer_id="P2", **changes),))
    assert register.lending.lent == {}
    assert ids(register, "south") == [("P3", "Grays")]


def test_who_is_lent_counts_as_one_of_the_team_from_its_station() -> None:
    register = lent_register("Grays")
    assert ids(register, "south") == [("P2", "Grays"), ("P3", "Grays")]
    assert ids(register, "north") == [("P1", "Chelmsford"), ("P2", "Chelmsford")]
    assert {o.team for o in register.lending.officers_of("south")} == {"south"}


@pytest.mark.parametrize(
    ("stations", "station"),
    [
        (("Southend", "Grays", "Southend"), "Southend"),
        (("Southend", "Grays"), "Grays"),  # as many at each: the first by name
        ((), "Chelmsford"),  # nobody to go by: the officer's own
    ],
)
def test_the_station_is_where_most_of_the_teams_own_officers_are(stations: tuple[str, ...], station: str) -> None:
    assert dict(ids(lent_register(*stations), "south"))["P2"] == station


@pytest.mark.parametrize(
    ("day", "clock", "team"),
    [
        (TUESDAY, "11:59", "north"),
        (TUESDAY, "12:00", "south"),
        (TUESDAY, "19:59", "south"),
        (TUESDAY, "20:00", "north"),
        (b.MONDAY, "12:00", "north"),
        (WEDNESDAY, "12:00", "north"),
    ],
)
def test_the_tour_says_for_whom(day: date, clock: str, team: str) -> None:
    register = lent_register("Grays")
    there = register.lending.officer_at(register.officers[1], moment(day, time.fromisoformat(clock)))
    assert there.team == team
    assert there.base == ("Grays" if team == "south" else "Chelmsford")
    assert register.station_of("P2", moment(day, time.fromisoformat(clock))).base == there.base


def test_a_tour_over_midnight_is_lent_until_its_end() -> None:
    night = b.tour(officer_id="P2", date=TUESDAY, start=time(20), end=time(4), lent_to="south")
    register = lent_register("Grays", tours=(night,))
    teams = [register.lending.officer_at(register.officers[1], moment(WEDNESDAY, time(h))).team for h in (3, 4)]
    assert teams == ["south", "north"]


def test_a_station_that_nobody_knows() -> None:
    register = lent_register("Grays")
    assert register.station_at("P9", 0) is None
    assert replace(register, bases=()).station_at("P1", 0) is None


def test_the_register_of_the_borrower_has_the_officer_as_its_own() -> None:
    whole = lent_register("Grays")
    south = whole.of_team("south")
    assert [(o.officer_id, o.team, o.base) for o in south.officers] == [
        ("P2", "south", "Grays"),
        ("P3", "south", "Grays"),
    ]
    assert [(t.date, t.lent_to) for t in south.tours] == [
        (b.MONDAY, "north"),
        (TUESDAY, None),
        (WEDNESDAY, "north"),
    ]
    assert south.teams == ("south",)


def test_the_register_of_the_lender_still_says_that_the_tour_is_lent() -> None:
    north = lent_register("Grays").of_team("north")
    assert [(t.date, t.lent_to) for t in north.tours] == [(b.MONDAY, None), (TUESDAY, "south"), (WEDNESDAY, None)]
    assert north.teams == ("north",)


def test_for_an_audit_a_team_has_its_own_officers_and_the_lent_tours() -> None:
    south = lent_register("Grays").own_of_team("south")
    assert [o.officer_id for o in south.officers] == ["P3"]
    assert [(t.officer_id, t.date, t.lent_to) for t in south.tours] == [("P2", TUESDAY, "south")]


DAYS = [b.MONDAY + timedelta(days=n) for n in range(5)]
LOANS = st.lists(st.sampled_from([None, "north", "south", "west"]), min_size=15, max_size=15)


@given(LOANS)
def test_cut_to_a_team_everybody_works_for_it_at_the_same_times(loans: list[str | None]) -> None:
    officers = (*people("Grays")[:2], b.officer(officer_id="P3", team="south", base="Grays"))
    slots = [(f"P{n}", day) for n in (1, 2, 3) for day in DAYS]
    tours = tuple(b.tour(officer_id=o, date=d, lent_to=team) for (o, d), team in zip(slots, loans, strict=True))
    whole = b.register(officers=officers, bases=BASES, tours=tours)
    for team in ("north", "south", "west"):
        cut = whole.of_team(team)
        assert cut.lending.officers_of(team) == whole.lending.officers_of(team)
        assert cut.of_team(team) == cut
        for officer in cut.officers:
            for day in DAYS:
                at = moment(day, time(9))
                here = whole.lending.officer_at(whole.officer_by_id[officer.officer_id], at).team == team
                assert (cut.lending.officer_at(officer, at).team == team) is here


def test_the_column_is_written_only_where_somebody_is_lent_and_reads_back(tmp_path: Path) -> None:
    plain, lent = b.tour(), b.tour(officer_id="P2", lent_to="north")
    assert table_bytes(Tour, [plain]).splitlines()[0] == b"officer_id,date,start,end,code"
    assert table_bytes(Tour, [plain, lent]).decode().splitlines() == [
        "officer_id,date,start,end,code,lent_to",
        "P1,2026-11-30,08:00,16:00,duty,",
        "P2,2026-11-30,08:00,16:00,duty,north",
    ]
    folder = folder_of(tmp_path, spotless(tours=(plain, lent)))
    assert read_folder(folder).register.tours == (plain, lent)


@pytest.mark.parametrize(("team", "is_known"), [(None, True), ("north", True), ("nowhere", False)])
def test_a_tour_is_lent_to_a_team_there_is(tmp_path: Path, team: str | None, is_known: bool) -> None:
    faults = faults_in(folder_of(tmp_path, spotless(tours=(b.tour(lent_to=team),))))
    assert places(faults) == ([] if is_known else [("tours.csv", 2, "lent_to", "unknown-team")])
    assert not any("nowhere" in str(fault) for fault in faults)


def test_told_an_officer_is_lent_for_some_days_and_comes_back() -> None:
    register = lent_register("Grays", tours=tuple(b.tour(date=day) for day in DAYS))
    lent = with_disruptions(register, [f"lend P1:south:{TUESDAY}..{WEDNESDAY}"])
    assert [tour.lent_to for tour in lent.tours] == [None, "south", "south", None, None]
    back = with_disruptions(lent, [f"lend P1:north:{WEDNESDAY}"])
    assert [tour.lent_to for tour in back.tours] == [None, "south", None, None, None]
    assert with_disruptions(back, [f"lend P1:south:{TUESDAY}"]) == back


def test_told_what_cannot_be_lent_is_refused_all_at_once() -> None:
    texts = [
        f"lend P9:south:{TUESDAY}",
        f"lend P2:nowhere:{TUESDAY}",
        "lend P2:south:2026-12-31",
        "lend P2:south",
        "lend P2:south:tomorrow",
    ]
    with pytest.raises(UsageError) as caught:
        with_disruptions(lent_register("Grays"), texts)
    written = "--lend: cannot be read. Maybe: write it as OFFICER:TEAM:DATE or OFFICER:TEAM:DATE..DATE, dates as "
    assert str(caught.value).splitlines() == [
        "--lend: the register has no such officer.",
        "--lend: the register has no such team. Maybe: north, south",
        "--lend: the officer has no tour of duty on these days.",
        f"{written}2026-12-02.",
        f"{written}2026-12-02.",
    ]


def test_both_teams_are_touched_by_what_happens_to_a_lent_officer() -> None:
    register = lent_register("Grays")
    assert touched(register, [f"sick P2:{TUESDAY}"]) == {"north", "south"}
    assert touched(register, ["no-car P1"]) == {"north"}
    assert touched(b.register(), [f"lend P1:south:{TUESDAY}"]) == {"north", "south"}
