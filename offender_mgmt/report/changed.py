"""The folder of a roster that was changed after it was planned: checked as a whole, and labelled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from offender_mgmt import measures
from offender_mgmt.aims import aim_figures, joined
from offender_mgmt.checks import check_roster
from offender_mgmt.errors import UsageError
from offender_mgmt.files import read_bounded
from offender_mgmt.register.read import LoadedRegister
from offender_mgmt.report import folder
from offender_mgmt.report.record import (
    LARGEST_RECORD_BYTES,
    aim_line,
    band_line,
    digest,
    read_record,
    record_bytes,
    versions,
)
from offender_mgmt.report.summary import Planned, summary_text
from offender_mgmt.report.team_week import TeamWeek, is_of_team
from offender_mgmt.report.told_week import told_week
from offender_mgmt.roster.roster import Roster
from offender_mgmt.roster.write import roster_csv, unassigned_csv
from offender_mgmt.travel import Travel

LABEL = "changed after it was planned"


def changed_run(
    loaded: LoadedRegister, run: Path, week: TeamWeek, roster: Roster, words: str
) -> tuple[dict[str, bytes], str]:
    """The files of the changed run, and its summary.

    Bounds of the plan are kept where register and policy are those it was made from; those of the aims are not.

    Parameters
    ----------
    roster
        The team's part with the change.
    words
        What was changed, in a sentence.

    Raises
    ------
    UsageError
        When the whole roster breaks a rule.
    """
    old = json.loads(read_bounded(run / folder.RECORD, LARGEST_RECORD_BYTES))
    told = read_record(run / folder.RECORD)
    policy = loaded.policy_file.policy
    known = told_week(loaded.register, policy, week.due.horizon, told)
    register, due = known.register, known.due
    whole = _joined(week, roster)
    is_same = told.bounds_all(loaded)
    bands = measures.band_figures(due, whole, [b.bound if is_same else None for b in told.bands] or None)
    aims = joined(aim_figures(register, policy, due, whole, Travel(register, policy)).values())
    violations = check_roster(register, policy, due, whole, bands, aims, replanned=known.replanned)
    if violations:
        raise UsageError(
            f"The changed roster breaks {len(violations):,} rule(s), first {violations[0].rule}; it was not written. "
            "Maybe: see offender-mgmt check of the roster as published."
        )
    planned = Planned(
        register=register,
        policy_file=loaded.policy_file,
        due=due,
        roster=whole,
        bands=bands,
        aims=aims,
        degraded=told.degraded,
        notes=(*told.notes, words),
        labels=(*map(str, old.get("labels", ())), LABEL),
    )
    text = summary_text(planned)
    files = {
        folder.ROSTER: roster_csv(whole),
        folder.UNASSIGNED: unassigned_csv(whole),
        folder.SUMMARY: text.encode("utf-8"),
    }
    files[folder.RECORD] = record_bytes(_record(old, planned, files))
    return files, text


def _joined(week: TeamWeek, roster: Roster) -> Roster:
    """The roster of all teams with the changed part of one."""
    register = week.register
    others = [row for row in week.whole.assignments if not is_of_team(register, row)]
    left_out = [row for row in week.whole.unassigned if not is_of_team(register, row)]
    order = {name: number for number, name in enumerate(week.due.bands)}
    unassigned = sorted([*left_out, *roster.unassigned], key=lambda row: order.get(row.band, len(order)))
    return Roster(week.whole.horizon, (*others, *roster.assignments), tuple(unassigned))


def _record(old: Mapping[str, object], planned: Planned, files: Mapping[str, bytes]) -> dict[str, object]:
    """The record of the run with what is different now; how each team's part was reached no longer holds."""
    register, roster = planned.register, planned.roster
    return {
        **old,
        "inputs": dict(register.digests),
        "versions": versions(),
        "teams": [],
        "notes": list(planned.notes),
        "labels": list(planned.labels),
        "due": len(planned.due.tasks),
        "unassigned": len(roster.unassigned),
        "bands": [band_line(band) for band in planned.bands],
        "aims": [{**aim_line(aim), "bound": None} for aim in planned.aims],
        "files": {name: digest(data) for name, data in files.items()},
    }
