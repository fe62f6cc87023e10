"""What moved when a running week was planned again, in words for a terminal."""

from __future__ import annotations

from datetime import date

from offender_mgmt.aims import published_tasks
from offender_mgmt.calendars import local
from offender_mgmt.due.task import Task
from offender_mgmt.planning import PlanResult
from offender_mgmt.planning.again import Replan
from offender_mgmt.policy import Policy
from offender_mgmt.report.left_out import task_words
from offender_mgmt.report.table import counted_words, wrapped
from offender_mgmt.vocabulary import Aim

Place = tuple[date, frozenset[str]]


def moves_told(result: PlanResult, again: Replan, policy: Policy) -> tuple[str, ...]:
    """What stays, how many published tasks move and what is proven of that, then each of them, most urgent first."""
    now = published_tasks(result.roster, result.due)
    then = published_tasks(again.published, result.due)
    changed = [t for t in result.due.tasks if t.task_id in then and now.get(t.task_id) != then[t.task_id]]
    changed.sort(key=lambda task: (task.band, -task.points, task.task_id))
    gone = [task for task in changed if task.task_id not in now]
    lines = [*wrapped(_what_stays(again)), *wrapped(_how_many(result, policy))]
    lines += ["No longer in the roster:"] * bool(gone)
    lines += [line for task in gone for line in wrapped(f"  {task_words(task)}", indent="    ")]
    lines += ["On another day or with another crew:"] * (len(gone) < len(changed))
    for task in changed:
        if task.task_id in now:
            lines += wrapped(f"  {_move(task, then[task.task_id], now[task.task_id])}", indent="    ")
    return tuple(lines)


def _move(task: Task, then: Place, now: Place) -> str:
    return f"{task.task_id}: {_place(now)}; was {_place(then)}."


def _place(place: Place) -> str:
    """``Fri 04 Dec, P1001 and P1002``."""
    day, crew = place
    return f"{day:%a %d %b}, {' and '.join(sorted(crew))}"


def _what_stays(again: Replan) -> str:
    replanned = again.replanned
    if not replanned.freeze_before:
        return "Nothing is frozen: no moment was given."
    rows = len(replanned.frozen or ())
    verb = "stays" if rows == 1 else "stay"
    return f"{counted_words(rows, 'row')} had begun before {local(replanned.freeze_before):%Y-%m-%d %H:%M} and {verb}."


def _how_many(result: PlanResult, policy: Policy) -> str:
    figures = next(aim for aim in result.aims if aim.aim is Aim.FEWEST_CHANGES)
    verb = "moves or leaves it" if figures.value == 1 else "move or leave it"
    moves = f"{counted_words(figures.value, 'task')} of the published roster {verb}"
    if figures.bound is None:
        return f"{moves}; whether fewer would do is not proven."
    than = "" if figures.bound == figures.value else f" than {figures.bound}"
    band = policy.replan.changes_after_band
    return f"{moves}; of all rosters that do as much up to the band '{band}', none changes fewer{than}."
