"""The recipe of ``suggest``: the best places for one task, each put into the roster and checked before it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from offender_mgmt.aims import Published as PublishedTasks
from offender_mgmt.checks import Violation, check_roster
from offender_mgmt.checks.reasons import is_done_anyway
from offender_mgmt.checks.timeline import Week
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.errors import UsageError
from offender_mgmt.measures import band_figures
from offender_mgmt.places.find import places_of
from offender_mgmt.places.published import Published
from offender_mgmt.places.roster_with import roster_with
from offender_mgmt.places.spot import Spot
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.roster.frozen import Replanned
from offender_mgmt.roster.roster import BandFigures, Roster


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that the check accepts, with the roster it gives and what is then done in each band."""

    spot: Spot
    roster: Roster
    bands: tuple[BandFigures, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What can be said of one task.

    Parameters
    ----------
    offers
        The best places, best first.
    count
        How many places there are in the week as it stands; ``None`` where something must give way.
    refused
        Places that the check did not accept; none of them is offered.
    bands
        What the published roster does in each band.
    """

    task: Task
    offers: tuple[Offer, ...]
    count: int | None
    refused: int
    bands: tuple[BandFigures, ...]


def published_week(
    register: Register,
    policy: Policy,
    due: DueList,
    roster: Roster,
    not_before: int = 0,
    replanned: Replanned | None = None,
    published: PublishedTasks | None = None,
) -> Published:
    """The week as one more task finds it.

    Parameters
    ----------
    not_before
        Moment before which nothing changes; never earlier than the one from which the week was planned again.
    replanned
        What the roster is held to, if its week was planned again.
    published
        The tasks as published before, by team, if it was.
    """
    if replanned is not None:
        not_before = max(not_before, replanned.freeze_before)
    return Published(Week(register, policy, due, roster, published=published, replanned=replanned), not_before)


def open_task(published: Published, name: str) -> Task:
    """The task of that id, or the most urgent of a nominal that is not in the roster.

    Raises
    ------
    UsageError
        When there is no such task, or it is in the roster already.
    """
    due, week = published.week.due, published.week
    done = {row.task_id for row in week.rows}
    if (task := due.task(name)) is not None:
        if task.is_companion:
            raise UsageError("It goes with a visit and has no place of its own. Maybe: ask for the visit.")
        if name in done or is_done_anyway(week, task):
            raise UsageError(f"{name} is in the roster already. Maybe: offender-mgmt explain says when and why.")
        return task
    own = [task for task in due.tasks if task.offender_ref == name and not task.is_companion]
    missing = [task for task in own if task.task_id not in done and not is_done_anyway(week, task)]
    if missing:
        return missing[0]
    if own:
        raise UsageError(f"All that is due of {name} is in the roster already.")
    raise UsageError(f"Nothing of that name is due in {due.horizon.name}. Maybe: look it up with offender-mgmt due.")


def suggest(published: Published, task: Task, count: int) -> Suggestion:
    """The best places for a task that is not in the roster.

    Parameters
    ----------
    count
        How many to offer at the most.
    """
    before = frozenset(violations_of(published.week, published.week.roster))
    offers: list[Offer] = []
    refused = 0
    spots = list(places_of(published, task, enough=count))
    for spot in spots:
        offer = offered(published, spot, before)
        if offer is None:
            refused += 1
        elif len(offers) < count:
            offers.append(offer)
        if len(offers) == count:
            break
    free = [spot for spot in spots if not spot.displaced]
    bands = band_figures(published.week.due, published.week.roster)
    return Suggestion(task, tuple(offers), len(free) if free else None, refused, bands)


def offered(published: Published, spot: Spot, before: frozenset[Violation]) -> Offer | None:
    """The place with its roster, if that breaks no rule that the published one keeps."""
    roster = roster_with(published, spot)
    if frozenset(violations_of(published.week, roster)) - before:
        return None
    return Offer(spot, roster, band_figures(published.week.due, roster))


def violations_of(week: Week, roster: Roster) -> tuple[Violation, ...]:
    """All that the check finds in a roster of the week, held to the same as the published one."""
    return check_roster(
        week.register, week.policy, week.due, roster, published=week.published, replanned=week.replanned
    )
