"""A random roster of a week: some of what was due placed on some day, the rest left out; nobody checks it here."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from audit.second_way.book import Book, Person

from offender_mgmt.calendars import Horizon
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.roster.roster import Assignment, Roster, Unassigned
from offender_mgmt.vocabulary import RiskLevel, TaskKind

LONDON = ZoneInfo("Europe/London")


def wild_roster(register: Register, policy: Policy, monday: date, seed: int) -> Roster:
    """A roster for the week from a Monday, made of what was due on the Sunday before."""
    rng = random.Random(seed)
    book = Book(register, policy, monday - timedelta(days=1))
    assigned: list[Assignment] = []
    left_out: list[Unassigned] = []
    for person in book.people:
        for task_id, (kind, _, due) in person.tasks.items():
            if rng.random() < 0.6:
                assigned.append(_assignment(rng, person, task_id, (kind, due), monday))
            else:
                left_out.append(_left_out(rng, person, task_id, kind, due))
    return Roster(Horizon(monday, monday + timedelta(days=6)), tuple(assigned), tuple(left_out))


def _assignment(rng: random.Random, person: Person, task_id: str, what: tuple[str, date], monday: date) -> Assignment:
    kind, due = what
    day = monday + timedelta(days=rng.randint(0, 6))
    start = int(datetime(day.year, day.month, day.day, rng.randint(8, 18), tzinfo=LONDON).timestamp()) // 60
    return Assignment(
        task_id=task_id,
        kind=TaskKind(kind),
        offender_ref=person.ref,
        start=start,
        end=start + 30,
        crew=("P1",),
        risk_level=RiskLevel(person.level),
        band="other",
        due_date=due if rng.random() < 0.8 else None,
    )


def _left_out(rng: random.Random, person: Person, task_id: str, kind: str, due: date) -> Unassigned:
    reason = rng.choice(list(REASONS))
    return Unassigned(
        task_id=task_id,
        kind=TaskKind(kind),
        offender_ref=person.ref,
        risk_level=RiskLevel(person.level),
        band="other",
        due_date=due,
        days_overdue=max(0, person.days_overdue(due)),
        reason=reason,
        explanation=REASONS[reason],
    )
