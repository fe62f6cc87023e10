"""Rules that ask each distinct value once find the rows that asking every row would find."""

from __future__ import annotations

from datetime import date, time, timedelta

import builders as b
from hypothesis import given
from hypothesis import strategies as st

from offender_mgmt.calendars import local_time_exists
from offender_mgmt.register.consistency.duty import _touches_clock_change
from offender_mgmt.register.extract import Extract
from offender_mgmt.register.records import Assessment, Visit
from offender_mgmt.register.table import Table

DAYS = [date(2026, 3, day) for day in (1, 2, 3)]


def extract_of(refs_and_days: list[tuple[str, date]]) -> Extract:
    visits = tuple(b.visit(visit_id=f"V-{n}", offender_ref=r, date=d) for n, (r, d) in enumerate(refs_and_days))
    table = Table("visits.csv", Visit, records=visits, numbers=range(2, 2 + len(visits)))
    return Extract(b.EXTRACT_DAY, b.policy(), (table,))


rows = st.lists(st.tuples(st.sampled_from(["R1", "R2", "R3"]), st.sampled_from(DAYS)), max_size=8)


@given(rows)
def test_rows_of_an_odd_value_are_found_and_each_value_is_asked_about_once(given_rows: list[tuple[str, date]]) -> None:
    asked: list[date] = []

    def is_second(day: date) -> bool:
        asked.append(day)
        return day == DAYS[1]

    found = [line.number for line in extract_of(given_rows).lines_where(Visit, "date", is_odd=is_second)]
    assert found == [n for n, (_, day) in enumerate(given_rows, start=2) if day == DAYS[1]]
    assert len(asked) == len(set(asked)) == len({day for _, day in given_rows})


@given(rows)
def test_rows_alike_are_those_whose_values_stand_on_another_row(given_rows: list[tuple[str, date]]) -> None:
    found = [line.number for line in extract_of(given_rows).lines_alike(Visit, "offender_ref", "date")]
    assert found == [n for n, row in enumerate(given_rows, start=2) if given_rows.count(row) > 1]


def test_several_columns_are_one_value() -> None:
    extract = extract_of([("R1", DAYS[0]), ("R2", DAYS[0]), ("R1", DAYS[1])])
    lines = extract.lines_where(Visit, "offender_ref", "date", is_odd=lambda value: value == ("R1", DAYS[1]))
    assert [(line.number, line.record.visit_id) for line in lines] == [(4, "V-2")]


def test_file_that_is_not_there_has_no_rows() -> None:
    extract = extract_of([("R1", DAYS[0])])
    assert list(extract.lines_where(Assessment, "date", is_odd=lambda _: True)) == []
    assert list(extract.lines_alike(Assessment, "date")) == []
    assert list(extract.lines(Assessment)) == []


@given(st.dates(date(1970, 1, 1), date(2037, 12, 30)))
def test_day_touches_a_clock_change_when_a_quarter_hour_of_it_or_the_next_is_skipped(day: date) -> None:
    quarters = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]
    skipped = any(not local_time_exists(d, at) for d in (day, day + timedelta(days=1)) for at in quarters)
    assert _touches_clock_change(day) is skipped


def test_both_days_before_and_of_the_spring_change_touch_it() -> None:
    change = date(2026, 3, 29)
    found = [n for n in range(-3, 3) if _touches_clock_change(change + timedelta(days=n))]
    assert found == [-1, 0]
    assert not _touches_clock_change(date(2026, 10, 25))
