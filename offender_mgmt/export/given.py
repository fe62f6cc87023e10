"""A roster as people give it: the folder of a run, a roster file, or a full sheet edited in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from offender_mgmt.calendars import Horizon, parse_week
from offender_mgmt.errors import UsageError
from offender_mgmt.export.edited_sheet import edited_as_roster
from offender_mgmt.files import read_bounded, shown
from offender_mgmt.register import Register
from offender_mgmt.register.read import LoadedRegister
from offender_mgmt.report.folder import LARGEST_ROSTER_BYTES, RECORD, UNASSIGNED, read_run
from offender_mgmt.report.record import NOTHING_RECORDED, Recorded, read_record
from offender_mgmt.roster.read import read_roster
from offender_mgmt.roster.roster import Roster, Unassigned


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRoster:
    """A roster, and how it came to us.

    Parameters
    ----------
    name
        What to call it: the path that was given.
    record
        What its run recorded; nothing for a file.
    tells_left_out
        Whether it says what is left out.
    """

    name: str
    roster: Roster
    record: Recorded = NOTHING_RECORDED
    tells_left_out: bool = True

    @property
    def is_run(self) -> bool:
        """Whether it is the folder of a run."""
        return self.record.week is not None


def recorded_of(path: Path) -> Recorded:
    """What the run in a folder recorded; nothing for a file.

    Raises
    ------
    UsageError
        When the folder is none of a run.
    """
    return read_record(path / RECORD) if path.is_dir() else NOTHING_RECORDED


def read_given(
    path: Path, horizon: Horizon, unassigned: Path | None = None, otherwise: Sequence[Unassigned] | None = None
) -> GivenRoster:
    """Read a roster for a week.

    What a file leaves out, and why, stands in ``unassigned``; else in the file of that name beside it; else it is
    ``otherwise``. Of the last two only what the roster does not do counts: who puts a task in need not strike it off.

    Raises
    ------
    UsageError, DataError
        When a file is missing or is no roster, and when the roster is of another week.
    """
    record = recorded_of(path)
    if record.week is not None:
        _refuse_week(path, parse_week(record.week), horizon)
        return GivenRoster(name=shown(path), roster=read_run(path, horizon), record=record)
    beside = path.parent / UNASSIGNED
    source = unassigned or (beside if beside.is_file() else None)
    data = edited_as_roster(read_bounded(path, LARGEST_ROSTER_BYTES))
    other = (read_bounded(source, LARGEST_ROSTER_BYTES), source.name) if source else None
    roster = read_roster(data, path.name, horizon, other)
    if roster.assignments and not any(row.day in horizon for row in roster.assignments):
        raise UsageError(f"No row of {shown(path)} lies in {horizon.name}. Maybe: give --week.")
    if unassigned is None:
        roster = _reconciled(roster, roster.unassigned if source else tuple(otherwise or ()))
    told = source is not None or otherwise is not None
    return GivenRoster(name=shown(path), roster=roster, tells_left_out=told)


def _reconciled(roster: Roster, left_out: tuple[Unassigned, ...]) -> Roster:
    done = {row.task_id for row in roster.assignments}
    return replace(roster, unassigned=tuple(row for row in left_out if row.task_id not in done))


def _refuse_week(path: Path, found: Horizon, asked: Horizon) -> None:
    if found != asked:
        raise UsageError(
            f"{shown(path)} is of {found.name}, not of {asked.name}: only rosters of one week can be compared."
        )


def refuse_another_register(given: GivenRoster, register: Register, digests: Sequence[tuple[str, str]]) -> None:
    """Stop where a roster is none of this register: no file is as when it was planned, or nobody it names is known.

    A register that has moved on since the roster was planned is no other one.

    Raises
    ------
    UsageError
        In one line, with what to do.
    """
    rows = given.roster.assignments
    is_known = any(
        row.offender_ref in register.offender_by_ref or set(row.crew) & register.officer_by_id.keys() for row in rows
    )
    is_moved_on = not given.is_run or set(given.record.inputs) & set(digests)
    if (rows and not is_known) or not is_moved_on:
        raise UsageError(f"{given.name} was made from another register. Maybe: give the register it was made from.")


def bounds_all(given: GivenRoster, loaded: LoadedRegister) -> bool:
    """Whether a roster comes with bounds that hold of every roster."""
    return given.is_run and given.record.bounds_all(loaded)


def moved_on_notes(pairs: Sequence[tuple[GivenRoster, str]], loaded: LoadedRegister) -> tuple[str, ...]:
    """What has to be known before rosters are held against each other; each comes with what to call it."""
    notes = []
    for given, which in pairs:
        then, now = dict(given.record.inputs), dict(loaded.register.digests)
        changed = [name for name in sorted(then.keys() | now.keys()) if then.get(name) != now.get(name)]
        if given.is_run and changed:
            notes.append(
                f"Note: the register has changed since {which} was planned ({', '.join(changed)}); "
                "scores are by the one given."
            )
        if not given.tells_left_out:
            notes.append(f"Note: {which} does not tell what it leaves out; reasons are not compared.")
    return tuple(notes)
