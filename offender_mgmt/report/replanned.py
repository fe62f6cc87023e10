"""A running week planned again: from the folder of the published run to the files of the new one, and what moved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from offender_mgmt.calendars import Horizon, parse_week
from offender_mgmt.due import due_list
from offender_mgmt.errors import UsageError
from offender_mgmt.files import read_bounded
from offender_mgmt.planning import Planner, PlanResult, plan
from offender_mgmt.planning.again import Before, Copied, Replan, replan_of
from offender_mgmt.planning.pins import not_placed, pins_by_task, pins_of_edit
from offender_mgmt.register import Register
from offender_mgmt.register.disruptions import named, outcomes, touched, with_disruptions
from offender_mgmt.register.pins import Pin, Pins, read_pins
from offender_mgmt.register.read import LoadedRegister
from offender_mgmt.register.told_texts import Word
from offender_mgmt.report import folder, record, summary
from offender_mgmt.report.moves import moves_told
from offender_mgmt.report.news import refuse_visited, with_days
from offender_mgmt.report.record import Recorded, digest
from offender_mgmt.report.told_week import registers_before
from offender_mgmt.roster.frozen import mark_of
from offender_mgmt.roster.read import read_roster
from offender_mgmt.roster.roster import Roster
from offender_mgmt.roster.write import roster_csv, unassigned_csv
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import SolveStatus
from offender_mgmt.vocabulary import Aim


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the moment, what has happened, how hard to try, a file of pins, a roster edited by hand."""

    freeze_before: int
    changes: tuple[str, ...]
    seed: int
    effort: int
    workers: int
    pins: Path | None = None
    edited: Roster | None = None


@dataclass(frozen=True, slots=True)
class RunningWeek:
    """A published week as it stands when it is planned again.

    Parameters
    ----------
    register
        With what has happened, cut to the team if the run is of one.
    changes, news
        All that was told since the extract, and of it what is told now.
    published
        Digest of the published roster.
    """

    loaded: LoadedRegister
    register: Register
    horizon: Horizon
    told: Recorded
    again: Replan
    changes: tuple[str, ...]
    news: tuple[str, ...]
    published: str

    @property
    def to_solve(self) -> int:
        """Teams that something has happened to."""
        return len(self.register.teams) - len(self.again.copied)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it.

    Parameters
    ----------
    words
        Sentences about what moved.
    notes
        Sentences that must not be overlooked; they stand in the summary and the record too.
    files, text
        The files of the new run, and its summary.
    """

    words: tuple[str, ...]
    notes: tuple[str, ...]
    files: dict[str, bytes]
    text: str


def running_week(loaded: LoadedRegister, run: Path, asked: Asked) -> RunningWeek:
    """What there is to plan again, from the folder of the published run.

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
    files = {name: read_bounded(run / name, folder.LARGEST_ROSTER_BYTES) for name in (folder.ROSTER, folder.UNASSIGNED)}
    published = read_roster(files[folder.ROSTER], folder.ROSTER, horizon, (files[folder.UNASSIGNED], folder.UNASSIGNED))
    before = Before(max(asked.freeze_before, told.freeze_before), told.kept)
    news, faults = with_days(asked.changes, published, before)
    changes = (*told.changes, *news)
    whole = loaded.register
    register = _of_team(with_disruptions(whole, changes, faults), told.team)
    earlier = (due_list(_of_team(r, told.team), policy, horizon) for r in registers_before(whole, changes))
    again = replan_of(
        register, policy, due_list(register, policy, horizon), published, before, outcomes(changes), earlier
    )
    refuse_visited(again, news)
    again, pinned = _pinned(again, told.pins, asked)
    still = set(register.teams) - touched(register, news) - pinned if told.is_as_planned(loaded) else set()
    again = replace(again, copied=_copied(run, still))
    return RunningWeek(
        loaded, register, horizon, told, again, changes, tuple(news), published=digest(files[folder.ROSTER])
    )


def planned_again(week: RunningWeek, asked: Asked, planner: Planner = plan) -> PlanResult:
    """The week's checked roster."""
    settings = Settings(seed=asked.seed, effort=asked.effort)
    policy = week.loaded.policy_file.policy
    return planner(week.register, policy, week.horizon, settings, again=week.again, workers=asked.workers)


def replanned_files(week: RunningWeek, asked: Asked, result: PlanResult) -> Made:
    """The files of the week planned again, and what moved, in words."""
    loaded, again = week.loaded, week.again
    planned = summary.planned(result, week.register, loaded.policy_file)
    left_out = not_placed(again.replanned.pins, result.roster)
    planned = replace(planned, notes=(*planned.notes, *again.loud, *left_out))
    text = summary.summary_text(planned)
    made = {
        folder.ROSTER: roster_csv(result.roster),
        folder.UNASSIGNED: unassigned_csv(result.roster),
        folder.SUMMARY: text.encode("utf-8"),
    }
    recorded: dict[str, object] = {"seed": asked.seed, "effort": asked.effort, "team": week.told.team, "seconds": None}
    line = record.run_record(planned, recorded, result.teams, made)
    line["replan"] = {
        "freeze_before": again.replanned.freeze_before,
        "changes": list(week.changes),
        "frozen": sorted(map(mark_of, again.replanned.frozen or ())),
        "pins": [[task, *row] for task, pin in sorted(again.replanned.pins.items()) for row in pin.rows()],
        "excused": sorted([rule, *refs] for rule, refs in again.replanned.excused),
        "published": week.published,
    }
    made[folder.RECORD] = record.record_bytes(line)
    words = (*again.words, *_limits(week.news), *moves_told(result, again, loaded.policy_file.policy))
    return Made(words, planned.notes, made, text)


def _pinned(again: Replan, before: Pins, asked: Asked) -> tuple[Replan, set[str]]:
    """The re-plan with all pins of work that had not begun, earlier ones too, and the teams of those that are new."""
    due = again.due
    new: dict[str, Pin] = {}
    if asked.edited is not None:
        new |= pins_of_edit(again.published, asked.edited, due)
    if asked.pins is not None:
        data = read_bounded(asked.pins, folder.LARGEST_ROSTER_BYTES)
        new |= pins_by_task(read_pins(data, asked.pins.name), due, asked.pins.name)
    begun = {row.task_id for row in again.replanned.frozen or ()}
    pins = {i: pin for i, pin in {**before, **new}.items() if i not in begun and due.task(i) is not None}
    teams = {task.team for i in new if (task := due.task(i)) is not None}
    return replace(again, replanned=replace(again.replanned, pins=pins)), teams


def _of_team(register: Register, team: str | None) -> Register:
    return register if team is None else register.of_team(team)


def _limits(news: Sequence[str]) -> tuple[str, ...]:
    """What of the news the model knows less exactly than it was told."""
    drivers = named(news, Word.NO_CAR)
    return tuple(f"{who} does not drive for the rest of the week: who drives is known by the week." for who in drivers)


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
