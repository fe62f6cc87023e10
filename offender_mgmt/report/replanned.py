"""A running week planned again: from the folder of the published run to the files of the new one, and what moved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offender_mgmt.aims import published_tasks
from offender_mgmt.calendars import local, parse_week
from offender_mgmt.due import due_list
from offender_mgmt.errors import UsageError
from offender_mgmt.files import read_bounded
from offender_mgmt.planning import PlanResult, plan
from offender_mgmt.planning.again import Copied, Replan, replan_of
from offender_mgmt.policy import Policy
from offender_mgmt.register.disruptions import touched, with_disruptions
from offender_mgmt.register.read import LoadedRegister
from offender_mgmt.report import folder, record, summary
from offender_mgmt.report.record import digest
from offender_mgmt.roster.read import read_roster
from offender_mgmt.roster.write import roster_csv, unassigned_csv
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import SolveStatus
from offender_mgmt.vocabulary import Aim


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the moment, what has happened, and how hard to try."""

    freeze_before: int
    changes: tuple[str, ...]
    seed: int
    effort: int
    workers: int


def replanned_files(
    loaded: LoadedRegister, run: Path, asked: Asked
) -> tuple[PlanResult, tuple[str, ...], dict[str, bytes], str]:
    """The result, sentences about what moved, the files of the new run, and its summary.

    Raises
    ------
    UsageError, DataError
        When the folder is none of a run, when a change cannot be, and when ``fewest_changes`` is no aim.
    """
    told = record.read_record(run / folder.RECORD)
    if told.week is None:
        raise UsageError("The run has no week.")
    policy, horizon = loaded.policy_file.policy, parse_week(told.week)
    if Aim.FEWEST_CHANGES not in policy.aims.order:
        raise UsageError("The policy's aims.order leaves fewest_changes out. Maybe: add it, to plan a week again.")
    whole = loaded.register if told.team is None else loaded.register.of_team(told.team)
    changes = (*told.changes, *asked.changes)
    register = with_disruptions(whole, changes)
    files = {name: read_bounded(run / name, folder.LARGEST_ROSTER_BYTES) for name in (folder.ROSTER, folder.UNASSIGNED)}
    published = read_roster(files[folder.ROSTER], folder.ROSTER, horizon, (files[folder.UNASSIGNED], folder.UNASSIGNED))
    before = max(asked.freeze_before, told.freeze_before)
    again = replan_of(
        register, policy, due_list(register, policy, horizon), published, before, policy.bands_before_changes
    )
    same = dict(told.inputs) == dict(loaded.register.digests) and told.policy == record.policy_digest(
        loaded.policy_file
    )
    still = set(register.teams) - touched(register, asked.changes) if same else set()
    again = Replan(again.replanned, published, again.undone, _copied(run, still))
    settings = Settings(seed=asked.seed, effort=asked.effort)
    result = plan(register, policy, horizon, settings, again=again, workers=asked.workers)
    planned = summary.planned(result, register, loaded.policy_file)
    text = summary.summary_text(planned)
    made = {
        folder.ROSTER: roster_csv(result.roster),
        folder.UNASSIGNED: unassigned_csv(result.roster),
        folder.SUMMARY: text.encode("utf-8"),
    }
    recorded: dict[str, object] = {"seed": asked.seed, "effort": asked.effort, "team": told.team, "seconds": None}
    line = record.run_record(planned, recorded, result.teams, made)
    line["replan"] = {
        "freeze_before": before,
        "changes": list(changes),
        "published": digest(files[folder.ROSTER]),
    }
    made[folder.RECORD] = record.record_bytes(line)
    return result, _words(result, again, policy), made, text


def _copied(run: Path, teams: set[str]) -> Mapping[str, Copied]:
    """What was proven of teams whose part stays as published."""
    raw: dict[str, Any] = json.loads(read_bounded(run / folder.RECORD, record.LARGEST_RECORD_BYTES))
    return {
        team["team"]: Copied(
            status=SolveStatus(team["status"]),
            bands=tuple(band["bound"] for band in team["bands"]),
            aims={Aim(aim["aim"]): aim["bound"] for aim in team["aims"]},
        )
        for team in raw["teams"]
        if team["team"] in teams
    }


def _words(result: PlanResult, again: Replan, policy: Policy) -> tuple[str, ...]:
    """What moved, and what is proven about it."""
    now = published_tasks(result.roster, result.due)
    then = published_tasks(again.published, result.due)
    lines = list(again.undone)
    for task_id in sorted(then):
        if task_id not in now:
            lines.append(f"{task_id} is no longer in the roster.")
        elif now[task_id] != then[task_id]:
            day, crew = now[task_id]
            lines.append(f"{task_id} moves to {day:%A} {day}, {' and '.join(sorted(crew))}.")
    figures = next(aim for aim in result.aims if aim.aim is Aim.FEWEST_CHANGES)
    moves = "1 task of the published roster moves" if figures.value == 1 else f"{figures.value} tasks of it move"
    band = policy.replan.changes_after_band
    if figures.bound is None:
        proof = "whether fewer would do is not proven"
    elif figures.bound == figures.value:
        proof = f"no roster that does as much up to the band '{band}' moves fewer"
    else:
        proof = f"no roster that does as much up to the band '{band}' moves fewer than {figures.bound}"
    frozen = len(again.replanned.frozen or ())
    moment = f"{local(again.replanned.freeze_before):%Y-%m-%d %H:%M}" if again.replanned.freeze_before else "any moment"
    return (*lines, f"{frozen} rows had begun before {moment} and stay.", f"{moves}; {proof}.")
