"""``offender-mgmt explain``: why this one, why not that one, and what it would take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.exporting import RunFolder
from offender_mgmt.cli.moment import FreezeBefore, parse_moment
from offender_mgmt.cli.options import RegisterFolder
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import put, refuse_two_outputs, sign_of_life, write_or_put
from offender_mgmt.errors import UsageError

if TYPE_CHECKING:
    from offender_mgmt.due.task import Task
    from offender_mgmt.explain.world import World
    from offender_mgmt.report.explained import LeftOut

EXAMPLES = """\b
Examples:
  offender-mgmt explain data/essex-north out/north ARMSI-RSO-000109
  offender-mgmt explain data/essex-north out/north RSO-000293
  offender-mgmt explain data/essex-north out/north P1003
  offender-mgmt explain data/essex-north out/north HV-RSO-000190 --json -
"""


def explain(
    register: RegisterFolder,
    run_folder: RunFolder,
    name: Annotated[str, typer.Argument(metavar="REF|TASK|OFFICER", help="Who or what.", show_default=False)],
    freeze_before: FreezeBefore = None,
    effort: Annotated[
        int, typer.Option(min=1, max=100_000, metavar="N", help="Most changes to try for work that is left out.")
    ] = 600,
    csv: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write causes and changes of one task that is left out as CSV; - is stdout."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all of one task or officer as JSON; - is stdout.")
    ] = None,
) -> None:
    """Say why a visit is planned now, with this crew, at this time; or why it is not, and what it would take.

    Of work that is left out every cause is proved: without it, and those before it, the task fits. The smallest
    change that would fit it was made, the task put in and the roster checked, before it is shown. What could not
    be proven is said. Of an officer: what the week holds and what limits it.
    """
    from offender_mgmt.explain.world import World
    from offender_mgmt.report.team_week import read_team_week

    refuse_two_outputs(csv=csv, json=json)
    week = read_team_week(load(register, told_in_summary=True), run_folder, name)
    moment = parse_moment(freeze_before)
    world = World(week.register, week.policy, week.due, week.roster, moment, week.replanned)
    if name in week.register.officer_by_id:
        _officer(world, name, csv, json)
        return
    tasks = _tasks(world, name)
    if len(tasks) > 1 and (csv or json):
        raise UsageError(f"{name} has several tasks: --csv and --json take one. Maybe: {tasks[0].task_id}.")
    if Path("-") not in (csv, json):
        put(world.policy.register_checks.marking)
    for task in tasks:
        _task(world, task, effort, csv, json)


def _tasks(world: World, name: str) -> list[Task]:
    """The task, or all tasks of the nominal that stand by themselves."""
    one = world.due.task(name)
    if one is not None:
        return [one]
    own = [task for task in world.due.tasks if task.offender_ref == name and not task.is_companion]
    if not own:
        raise UsageError(
            f"Nothing of that name is due in {world.due.horizon.name}. Maybe: look it up with offender-mgmt due."
        )
    return own


def _officer(world: World, name: str, csv: Path | None, json: Path | None) -> None:
    from offender_mgmt.explain.officer import carried
    from offender_mgmt.report import explained

    if csv is not None:
        raise UsageError("--csv is for a task that is left out. Maybe: --json.")
    found = carried(world, name)
    if json is not None:
        write_or_put(json, explained.officer_json(found, world.due, world.policy), f"the week of {name}")
    if str(json) != "-":
        put(world.policy.register_checks.marking)
        for line in explained.officer_lines(found, world.due):
            put(line)


def _task(world: World, task: Task, effort: int, csv: Path | None, json: Path | None) -> None:
    from offender_mgmt.explain.scheduled import scheduled
    from offender_mgmt.report import explained

    found = scheduled(world, task)
    if found is not None:
        if csv is not None:
            raise UsageError("--csv is for a task that is left out; this one is in the roster. Maybe: --json.")
        data, lines = (
            explained.scheduled_json(found, world.due, world.policy),
            explained.scheduled_lines(found, world.due),
        )
    elif elsewhere := _elsewhere(world, task):
        data, lines = b"", [*explained.task_head(task, world.due), f"  {elsewhere}"]
        if csv or json:
            raise UsageError(elsewhere)
    else:
        left_out = _left_out(world, task, effort)
        data, lines = (
            explained.explained_json(left_out, world.due, world.policy),
            explained.left_out_lines(left_out, world.due),
        )
        if csv is not None:
            write_or_put(csv, explained.explained_csv(left_out), f"causes of {task.task_id}")
    if json is not None:
        write_or_put(json, data, f"all of {task.task_id}")
    if Path("-") not in (csv, json):
        for line in (*lines, ""):
            put(line)


def _elsewhere(world: World, task: Task) -> str:
    """Where a task is done, or hangs on, that has no time of its own; empty if it is simply left out."""
    week = world.published.week
    hosts = [row.done_with for row in week.rows_of.get(task.task_id, ()) if row.done_with]
    hosts += [host for host in task.satisfied_by if host in week.stop_ids or host in week.events]
    if hosts:
        return f"It is done in the time of {hosts[0]}. Maybe: explain that."
    if task.is_companion and not any(map(week.visited, task.goes_with)):
        return f"It goes with {' or '.join(task.goes_with)}, which is not in the roster. Maybe: explain that."
    return ""


def _left_out(world: World, task: Task, effort: int) -> LeftOut:
    from offender_mgmt.explain.causes import causes_of
    from offender_mgmt.explain.changes import Tried, smallest_changes
    from offender_mgmt.report.explained import LeftOut

    progress = sign_of_life()
    row = next((row for row in world.roster.unassigned if row.task_id == task.task_id), None)
    causes = causes_of(world, task.task_id)
    nothing = Tried((), 0, all_of_them=True)
    tried = smallest_changes(world, task.task_id, effort, progress) if causes.causes else nothing
    return LeftOut(task, row, causes, tried)
