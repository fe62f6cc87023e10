"""Desk work laid out in a tour: what stands stays if it can, all is laid out anew if it must, and the break is kept."""

from offender_mgmt.checks.spans import Span
from offender_mgmt.places.desk import Piece, Ride, lay_out
from offender_mgmt.places.published import Duty

DAY = 30_000_000
"""Some midnight, in minutes since the epoch."""


def at(clock: str) -> int:
    hours, minutes = clock.split(":")
    return DAY + 60 * int(hours) + int(minutes)


def span(text: str) -> Span:
    first, last = text.split("-")
    return Span(at(first), at(last))


def duty(**changes):
    """From 08:00 to 12:00 with half an hour of break between 09:00 and 11:30."""
    tour = span("08:00-12:00")
    values = {"events": (), "pause": 30, "pause_span": span("09:00-11:30"), **changes}
    return Duty("P1", "north", tour, tour, **values)


def piece(minutes: int, within: str = "00:00-23:55", *parts: str) -> Piece:
    limits = span(within)
    return Piece(limits.start, limits.end, minutes, tuple(span(part) for part in parts))


def test_what_stands_stays_to_the_minute_and_the_new_goes_into_the_first_gap():
    """The half hour at 08:10 stays; of the new 20 minutes ten lie before it and ten after."""
    laid = lay_out(duty(), [], [piece(30, "00:00-23:55", "08:10-08:40"), piece(20)])
    assert laid == ((span("08:10-08:40"),), (span("08:00-08:10"), span("08:40-08:50")))


def test_what_stands_in_the_way_of_an_outing_is_laid_out_again():
    """The outing takes 08:00-09:00; the break comes first, at 09:00, then what stood at 08:10."""
    ride = Ride(span("08:00-09:00"), ())
    assert lay_out(duty(), [ride], [piece(30, "00:00-23:55", "08:10-08:40")]) == ((span("09:30-10:00"),),)


def test_the_nearest_deadline_comes_first():
    """A check that must be over at 08:20 goes before the hour that was named first; the break parts that one."""
    laid = lay_out(duty(), [], [piece(60), piece(20, "08:00-08:20")])
    assert laid == ((span("08:20-09:00"), span("09:30-09:50")), (span("08:00-08:20"),))


def test_work_that_leaves_just_the_break_fits_and_a_minute_more_does_not():
    """Four hours less half an hour are 210 minutes."""
    assert lay_out(duty(), [], [piece(210)]) == ((span("08:00-09:00"), span("09:30-12:00")),)
    assert lay_out(duty(), [], [piece(211)]) is None


def test_a_break_on_the_road_counts_where_the_gap_is_travel_and_break_long():
    """Out all the tour: with 40 minutes between two stops, 10 of them travel, there is the break; with 39 not."""
    there = Ride(span("08:00-12:00"), ((span("10:00-10:40"), 10),))
    short = Ride(span("08:00-12:00"), ((span("10:00-10:39"), 10),))
    assert lay_out(duty(), [there], []) == ()
    assert lay_out(duty(), [short], []) is None


def test_nothing_fits_before_its_release_or_after_its_deadline():
    """An entry after 11:50 has ten minutes left."""
    assert lay_out(duty(), [], [piece(10, "11:50-23:55")]) == ((span("11:50-12:00"),),)
    assert lay_out(duty(), [], [piece(11, "11:50-23:55")]) is None
