"""Facts of one nominal or officer that contradict each other or the extract date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from offender_mgmt.calendars import add_months
from offender_mgmt.errors import Fault
from offender_mgmt.policy import Policy
from offender_mgmt.register.extract import Extract, fault_at
from offender_mgmt.register.records import Offender, Officer

PAST_DATES = ("risk_level_set_on", "registered_on", "status_since")
SPANS = (("registered_on", "register_end"), ("status_since", "status_until"))


def fact_after_extract(extract: Extract) -> Iterator[Fault]:
    """A fact that is said to have begun after the extract was made."""
    for line in extract.lines(Offender):
        for column in PAST_DATES:
            day = getattr(line.record, column)
            if day is not None and day > extract.extract_date:
                advice = "The day lies after the extract date: mend it, or the extract_date in register.toml."
                yield fault_at(line, column, "date-after-extract", advice)


def ends_before_it_begins(extract: Extract) -> Iterator[Fault]:
    """A register or a status that ends before it begins."""
    for line in extract.lines(Offender):
        for first, last in SPANS:
            begun, ended = getattr(line.record, first), getattr(line.record, last)
            if begun is not None and ended is not None and ended < begun:
                advice = f"The day lies before {first}: mend one of the two."
                yield fault_at(line, last, "ends-before-it-begins", advice)


def longer_interval_not_authorised(extract: Extract) -> Iterator[Fault]:
    """A visit interval longer than the tier's without who authorised it or without its end."""
    for line in extract.lines(Offender):
        if is_longer_than_tier(line.record, extract.policy):
            for column in ("interval_authorised_by", "interval_until"):
                if getattr(line.record, column) is None:
                    advice = "The interval is longer than the tier's: state who authorised it and until when."
                    yield fault_at(line, column, "longer-interval-not-authorised", advice)


def officer_not_paired_with_self(extract: Extract) -> Iterator[Fault]:
    """An officer who must not be crewed with himself or herself: surely another one is meant."""
    for line in extract.lines(Officer):
        if line.record.officer_id in line.record.not_paired_with:
            yield fault_at(line, "not_paired_with", "paired-with-self", "Name the other officer here.")


def is_longer_than_tier(offender: Offender, policy: Policy) -> bool:
    """Whether the risk management plan lets more days pass than the tier ever does."""
    days = offender.visit_interval_days
    return days is not None and days > longest_days(policy.visits.interval_months[offender.risk_level])


def longest_days(months: int) -> int:
    """The most days that so many calendar months can have, e.g. 92 for three."""
    starts = [date(year, month, 1) for year in range(2024, 2028) for month in range(1, 13)]
    return max((add_months(start, months) - start).days for start in starts)
