"""A run read back with its register, and checked again: nothing goes out that was not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from offender_mgmt.calendars import parse_week
from offender_mgmt.checks import Violation, check_roster
from offender_mgmt.files import read_bounded
from offender_mgmt.register.read import LoadedRegister
from offender_mgmt.report.folder import LARGEST_ROSTER_BYTES, RECORD, ROSTER, UNASSIGNED
from offender_mgmt.report.record import digest, read_record
from offender_mgmt.report.summary import Planned
from offender_mgmt.report.told_week import told_week
from offender_mgmt.roster.read import read_roster


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRun:
    """What a run's folder and its register say together.

    Parameters
    ----------
    digest
        SHA-256 of the roster's file.
    violations
        What the check finds wrong with it today.
    changes
        Sentences: what is no longer as it was when the roster was planned.
    """

    planned: Planned
    digest: str
    violations: tuple[Violation, ...]
    changes: tuple[str, ...]


def read_checked(loaded: LoadedRegister, run: Path) -> CheckedRun:
    """Read a run back, with every figure recomputed and every rule checked.

    Raises
    ------
    UsageError, DataError
        When a file is missing or is none of a run, and when the register is of another force.
    """
    told = read_record(run / RECORD)
    assert told.week is not None  # a record that was read has one
    files = {name: read_bounded(run / name, LARGEST_ROSTER_BYTES) for name in (ROSTER, UNASSIGNED)}
    horizon = parse_week(told.week)
    roster = read_roster(files[ROSTER], ROSTER, horizon, (files[UNASSIGNED], UNASSIGNED))
    policy = loaded.policy_file.policy
    week = told_week(loaded.register, policy, horizon, told)
    violations = check_roster(week.register, policy, week.due, roster, told.bands, told.aims, replanned=week.replanned)
    changed = [name for name, data in files.items() if dict(told.files).get(name) != digest(data)]
    changed += _changed_inputs(dict(told.inputs), dict(loaded.register.digests))
    return CheckedRun(
        planned=Planned(
            register=week.register,
            policy_file=loaded.policy_file,
            due=week.due,
            roster=roster,
            bands=told.bands,
            aims=told.aims or (),
            degraded=told.degraded,
            notes=told.notes,
        ),
        digest=digest(files[ROSTER]),
        violations=violations,
        changes=tuple(f"{name} was changed after the roster was planned" for name in changed),
    )


def _changed_inputs(then: dict[str, str], now: dict[str, str]) -> Iterator[str]:
    yield from (name for name in sorted(then.keys() | now.keys()) if then.get(name) != now.get(name))
