"""The second way's own arithmetic, held against values worked out by hand."""

from __future__ import annotations

import math
from datetime import date

import builders as b
import pytest
from audit.second_way.book import Book
from audit.second_way.plain_figures import bands_of, median, ninetieth

from offender_mgmt.vocabulary import CommunityStatus, VisitOutcome


@pytest.mark.parametrize(
    ("values", "middle", "ninth"),
    [([5], 5, 5), ([1, 2], 1.5, 2), ([3, 1, 2], 2, 3), (list(range(1, 11)), 5.5, 9), (list(range(1, 21)), 10.5, 18)],
)
def test_median_and_ninetieth(values: list[float], middle: float, ninth: float) -> None:
    assert (median(values), ninetieth(values)) == (middle, ninth)


def test_bands_begin_where_the_one_before_ends() -> None:
    assert bands_of((7, 30)) == [("1-7", 1, 7), ("8-30", 8, 30), ("31 and more", 31, math.inf)]


def test_book_of_one_nominal_before_on_and_after_the_due_date() -> None:
    # Medium risk, seen on 1 June 2026: due on 1 December, overdue by one day at the end of it.
    register = b.register(visits=(b.visit(),), extract_date=date(2026, 12, 31))
    for day, overdue in ((date(2026, 11, 30), 0), (date(2026, 12, 1), 1), (date(2026, 12, 2), 2)):
        person = Book(register, b.policy(), day).people[0]
        assert person.days_overdue(person.visit_clock.due) == overdue


def test_book_takes_a_nominal_due_out_of_custody_tomorrow_as_in_custody() -> None:
    away = {"community_status": CommunityStatus.CUSTODY, "status_until": b.EXTRACT_DAY}
    register = b.register(offenders=(b.offender(**away, status_since=date(2026, 1, 1)),))
    book = Book(register, b.policy(), b.EXTRACT_DAY)
    assert book.active == []
    assert "HVI-RSO-000001" in book.people[0].tasks  # but the visit after the release is due this week


def test_eve_of_a_visit_knows_neither_the_visit_nor_what_changed_on_its_day() -> None:
    failed = b.visit(visit_id="V-2", date=date(2026, 11, 2), outcome=VisitOutcome.NO_REPLY)
    register = b.register(visits=(b.visit(), failed), changes=(b.change(),))  # raised on 2 November
    book = Book(register, b.policy(), b.EXTRACT_DAY)
    eve = book.eve_of("RSO-000001", date(2026, 11, 2))
    assert eve is not None
    assert (eve.level, eve.failures, eve.visit_clock.due) == ("medium", [], date(2026, 12, 1))
    assert book.eve_of("RSO-000001", date(2023, 6, 1)) is None  # registered that day
