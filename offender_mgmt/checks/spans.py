"""Spans of time in whole minutes since the epoch, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

from offender_mgmt.calendars import moment
from offender_mgmt.register.records import Event


class Span(NamedTuple):
    """From a moment up to, and not including, another."""

    start: int
    end: int

    def overlap(self, other: Span) -> int:
        """Minutes that both cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def holds(self, other: Span) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


def day_span(day: date, start: time, end: time) -> Span:
    """Moments of a local span; an end that is not after the start lies on the next day."""
    last = day if end > start else day + timedelta(days=1)
    return Span(moment(day, start), moment(last, end))


def event_span(event: Event) -> Span:
    """Moments of a fixed event; one without times takes the whole day."""
    return day_span(event.date, event.start or time(0), event.end or time(0))


def free_spans(whole: Span, busy: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span when the busy ones are taken out."""
    start = whole.start
    for span in sorted(busy):
        if start < min(span.start, whole.end):
            yield Span(start, min(span.start, whole.end))
        start = max(start, span.end)
    if start < whole.end:
        yield Span(start, whole.end)
