"""What the optimiser left out although there is a place for it: put in, so far as everything else stays done.

The optimiser counts some desk work more coarsely than the check does (checks and entries of an odd number of visits,
desk work in whole tasks), and in a running week its search is short. So now and then a place is left. All other work
keeps its day and its officers, as with ``suggest``, and nothing gives way.
"""

from __future__ import annotations

from dataclasses import replace

from offender_mgmt.checks.reasons import is_done_anyway
from offender_mgmt.checks.timeline import Week
from offender_mgmt.due.task import Task
from offender_mgmt.places.find import free_places
from offender_mgmt.places.published import Published
from offender_mgmt.places.spot import urgency
from offender_mgmt.places.suggest import offered, violations_of
from offender_mgmt.roster.roster import Roster

LOOKED_AT = 5
"""Of places that the check refuses so many are tried for a task, the best first."""


def filled(published: Published) -> Roster:
    """The roster with everything that has a free place, the most urgent first; each place is checked.

    Parameters
    ----------
    published
        The week of one team as planned.
    """
    for task in _left_out(published.week):
        if not is_done_anyway(published.week, task):
            roster = _with(published, task)
            published = replace(published, week=replace(published.week, roster=roster))
    return published.week.roster


def _left_out(week: Week) -> list[Task]:
    """What could be put in, the most urgent first; not what goes with a visit or is put off."""
    named = (week.due.task(row.task_id) for row in week.roster.unassigned)
    tasks = [t for t in named if t is not None and not t.is_companion and not t.is_deferred_over(week.horizon)]
    return sorted(tasks, key=lambda task: (urgency(task), task.task_id))


def _with(published: Published, task: Task) -> Roster:
    """The roster with the task at the best place that the check accepts; as it is if there is none."""
    week = published.week
    spots = [spot for spot in free_places(published, task) if not spot.gives_way]
    known = frozenset(violations_of(week, week.roster)) if spots else frozenset()
    for spot in spots[:LOOKED_AT]:
        offer = offered(published, spot, known)
        if offer is not None:
            return offer.roster
    return week.roster
