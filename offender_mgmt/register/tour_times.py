"""When a tour starts and ends; beside the records, so that reading and the register can both ask."""

from __future__ import annotations

from datetime import timedelta

from offender_mgmt.calendars import moment
from offender_mgmt.register.records import Tour


def tour_span(tour: Tour) -> tuple[int, int] | None:
    """Start and end moments of a tour, or ``None`` when it has no times."""
    if tour.start is None or tour.end is None:
        return None
    last_day = tour.date + timedelta(days=1) if tour.end <= tour.start else tour.date
    return moment(tour.date, tour.start), moment(last_day, tour.end)
