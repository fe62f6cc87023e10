"""A place for one more task: by whom, when, on which outing, and what it does to the rest of the week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from offender_mgmt.calendars import local_day
from offender_mgmt.due.task import Task
from offender_mgmt.places.driving import Drive
from offender_mgmt.places.published import Job, Trip


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place for a task.

    Parameters
    ----------
    crew
        Officers, as the check needs them; for desk work one.
    start, end
        When the work at the door begins and ends; at the desk the first and the last minute of it.
    drive
        The outing with its new times; ``None`` for desk work.
    trip
        The outing of the roster that takes the visit on; ``None`` for an outing of its own.
    jobs
        All desk work, old and new, of the tours that were laid out again.
    gives_way
        Tasks that leave the roster: first the one whose place is taken, then those that are done in its time.
    displaced
        Those of them that are then not done at all.
    continuity
        Points of policy for the lead or the deputy officer.
    duty_minutes
        Minutes that officers are busy more than before, travel and desk work of the task included.
    travel_minutes
        Minutes of journeys more than before, each journey counted once.
    moved_visits, moved_minutes
        Visits of the same outing that start at another time, and by how many minutes in all.
    """

    task: Task
    crew: tuple[str, ...]
    start: int
    end: int
    drive: Drive | None = None
    trip: Trip | None = None
    jobs: tuple[Job, ...] = ()
    gives_way: tuple[Task, ...] = ()
    displaced: tuple[Task, ...] = ()
    continuity: int = 0
    duty_minutes: int = 0
    travel_minutes: int = 0
    moved_visits: int = 0
    moved_minutes: int = 0

    @property
    def day(self) -> date:
        """Local day of the work."""
        return local_day(self.start)

    @property
    def position(self) -> int:
        """Which stop of the outing it is; 0 for desk work."""
        ids = [stop.task_id for stop in self.drive.stops] if self.drive else []
        return ids.index(self.task.task_id) + 1 if ids else 0

    @property
    def rank(self) -> tuple[object, ...]:
        """The best first: what is lost, continuity, minutes of duty, visits moved, then the earliest."""
        lost = tuple((-task.band, task.points, task.task_id) for task in self.displaced)
        return (
            len(lost) > 0,
            lost,
            len(self.gives_way),
            -self.continuity,
            self.duty_minutes,
            self.moved_minutes,
            self.start,
            self.crew,
            self.trip.name if self.trip else "",
            self.position,
        )


def urgency(task: Task) -> tuple[int, int]:
    """What comes first: the band, then risk points; the smaller the more urgent."""
    return task.band, -task.points
