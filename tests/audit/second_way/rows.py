"""What the second way says of a topic: its members, and the figures made of them, in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from audit.second_way.book import Book, Person

from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.records import Visit
from offender_mgmt.roster.roster import Roster


class Row(NamedTuple):
    """One member: who (nominal, else officer), what, whether it counts, and its numbers."""

    who: str
    item: str
    counted: bool
    value: float = math.nan
    per: float = math.nan
    split: str = ""


@dataclass
class Question:
    """What is asked: the full register, the day, the period, a roster."""

    full: Register
    policy: Policy
    day: date
    period_from: date
    roster: Roster | None = None
    books: dict[date, Book] = field(default_factory=dict)

    def book(self, day: date) -> Book:
        """The book at the end of a day, opened once."""
        if day not in self.books:
            self.books[day] = Book(self.full, self.policy, day)
        return self.books[day]

    @property
    def now(self) -> Book:
        """The book at the end of the audit's day."""
        return self.book(self.day)

    @property
    def active(self) -> list[Person]:
        """Active nominals in the community."""
        return self.now.active

    @property
    def on_register(self) -> list[Person]:
        """Nominals whose register has not ended."""
        return [person for person in self.now.people if not person.ended]

    @cached_property
    def attempts(self) -> list[Visit]:
        """Attempts of the period."""
        return [v for v in self.now.register.visits if self.period_from <= v.date <= self.day]


Members = Callable[[Question], list[Row]]
