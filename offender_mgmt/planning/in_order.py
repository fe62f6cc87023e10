"""A roster told in the middle of a search, put in order: visits of earlier bands take the places of later ones.

A search weighs all bands at once, and a roster that was published may have lost an officer: a left-out visit of an
earlier band could then have the place of one of a later band (``priority_order``). By the end of the search none can;
where it is stopped before, the places are given as ``suggest`` would give them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from offender_mgmt.checks import Violation
from offender_mgmt.due.task import Task
from offender_mgmt.places.find import places_of
from offender_mgmt.places.published import Published
from offender_mgmt.places.roster_with import roster_with
from offender_mgmt.places.suggest import violations_of
from offender_mgmt.planning.left_out import REASONS_RULE
from offender_mgmt.roster.roster import Roster

ORDER_RULE = "priority_order"
LOOKED_AT = 5
"""Of places for a visit so many are tried, the best first."""
MOST_SWAPS = 40
"""Somebody waits: 23 took three quarters of a second."""


def put_in_order(published: Published) -> Roster | None:
    """The roster in which no left-out visit could take the place of one of a later band; ``None`` if it is not found.

    Parameters
    ----------
    published
        The week of one team, as it was told.
    """
    for swaps in range(MOST_SWAPS + 1):
        known = violations_of(published.week, published.week.roster)
        task = _passed_over(published, known)
        if task is None:
            return published.week.roster
        roster = _with(published, task, frozenset(known)) if swaps < MOST_SWAPS else None
        if roster is None:
            return None
        published = replace(published, week=replace(published.week, roster=roster))
    return None


def _passed_over(published: Published, known: Iterable[Violation]) -> Task | None:
    """The most urgent visit that could take the place of one of a later band."""
    broken = (violation for violation in known if violation.rule == ORDER_RULE)
    tasks = [task for task in (published.week.due.task(violation.refs[0]) for violation in broken) if task]
    return min(tasks, key=lambda task: (task.band, -task.points, task.task_id), default=None)


def _with(published: Published, task: Task, known: frozenset[Violation]) -> Roster | None:
    """The roster with the visit at the best place that breaks no other rule."""
    for spot in islice(places_of(published, task, enough=LOOKED_AT), LOOKED_AT):
        roster = roster_with(published, spot)
        if {violation.rule for violation in frozenset(violations_of(published.week, roster)) - known} <= {
            ORDER_RULE,
            REASONS_RULE,
        }:
            return roster
    return None
