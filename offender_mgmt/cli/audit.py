"""``offender-mgmt audit``: coverage that an inspector can trust."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offender_mgmt.cli.options import RegisterFolder, Team, refuse_unknown_team
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import note, put, refuse_two_outputs, sign_of_life, write_or_put
from offender_mgmt.errors import UsageError

if TYPE_CHECKING:
    from offender_mgmt.audit.told import Told
    from offender_mgmt.register import Register
    from offender_mgmt.register.read import LoadedRegister
    from offender_mgmt.roster.roster import Roster

EXAMPLES = """\b
Examples:
  offender-mgmt audit data/essex-north
  offender-mgmt audit data/essex --as-at 2026-10-04 --by team --full
  offender-mgmt audit data/essex --from 2026-09-01 --to 2026-09-30
  offender-mgmt audit data/essex-north --roster out/north
  offender-mgmt audit data/essex --by team --by officer --pack out/inspection
  offender-mgmt audit data/essex-north --csv - | head
"""
ALWAYS = "tier"
"""What figures are always cut by; taken where it is asked for."""


def audit(
    register: RegisterFolder,
    as_at: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="At the end of this day; by default the extract date.", show_default=False),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="First day of the period looked back on.", show_default=False),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Last day of the period: the day of the audit, as --as-at.", show_default=False
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            help="Cut the figures by team, officer or district too; may be repeated. By tier is always done.",
            show_default=False,
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            metavar="RUN",
            help="Folder that plan wrote: what coverage will be, or what was done of it.",
            show_default=False,
        ),
    ] = None,
    team: Team = None,
    full: Annotated[bool, typer.Option("--full", help="Every figure of every group, as tables.")] = False,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all figures as CSV; - is standard output.")
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write figures and lists as JSON, for compare; - is standard output."),
    ] = None,
    pack: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the inspection pack into this new folder.", show_default=False),
    ] = None,
) -> None:
    """Say how many are overdue, by how much, who is the worst, and whether it gets better.

    Any day can be looked back at: it is rebuilt from the logs. Every figure is defined in the pack and in
    docs/reference/audit.md, and the pack holds the list behind each. Work that was put off or cancelled
    stays overdue; nobody due is "none due", not 100 %.
    """
    refuse_two_outputs(csv=csv, json=json)
    if pack is not None:
        from offender_mgmt.audit.pack.write import refuse_taken

        refuse_taken(pack)
    loaded = load(register, told_in_summary=True)
    asked = _Asked(as_at=as_at, first=from_, last=to, by=by or [], roster=roster, team=team)
    told = _told(loaded, asked)
    if pack is not None:
        _write_pack(pack, told, _policy_bytes(register, loaded))
    if json is not None:
        from offender_mgmt.audit.saved import audit_json

        write_or_put(json, audit_json(told), f"{len(told.audit.members):,} lists and all figures")
    if csv is not None:
        from offender_mgmt.audit.frames import frame_csv

        write_or_put(csv, frame_csv(told.audit.figures), f"{len(told.audit.figures):,} figures")
    if Path("-") not in (csv, json):
        _put_words(told, full=full)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The options that say what is audited."""

    as_at: str | None
    first: str | None
    last: str | None
    by: list[str]
    roster: Path | None
    team: str | None


def _told(loaded: LoadedRegister, asked: _Asked) -> Told:
    from offender_mgmt.audit.audit import audit as audit_register
    from offender_mgmt.audit.audit import first_day_of_period
    from offender_mgmt.audit.told import Told

    whole, policy_file = _with_told(loaded.register, asked.roster), loaded.policy_file
    refuse_unknown_team(whole, asked.team)
    register = whole.own_of_team(asked.team) if asked.team else whole
    day = _last_day(asked) or register.extract_date
    first = _day(asked.first, "--from") or first_day_of_period(day, policy_file.policy)
    by = list(dict.fromkeys(name for name in asked.by if name != ALWAYS))
    roster, digests = _roster(asked.roster) if asked.roster else (None, ())
    return Told(
        audit=audit_register(register, policy_file.policy, day, first, roster, by=by, progress=sign_of_life()),
        policy_file=policy_file,
        warnings=len(loaded.register.warnings),
        teams=(asked.team,) if asked.team else register.teams,
        roster_digests=digests,
    )


def _last_day(asked: _Asked) -> date | None:
    day, last = _day(asked.as_at, "--as-at"), _day(asked.last, "--to")
    if day and last and day != last:
        raise UsageError("The period ends on the day of the audit. Maybe: give --to or --as-at, not both.")
    return day or last


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option}: not a date. Maybe: write it as 2026-11-22.") from None


def _with_told(register: Register, run: Path | None) -> Register:
    """The register with what has happened by the record of the run."""
    from offender_mgmt.register.disruptions import with_disruptions
    from offender_mgmt.report import folder, record

    return with_disruptions(register, record.read_record(run / folder.RECORD).changes) if run else register


def _roster(run: Path) -> tuple[Roster, tuple[tuple[str, str], ...]]:
    """The roster of a run, and the digests of its files."""
    from offender_mgmt.calendars import parse_week
    from offender_mgmt.files import read_bounded
    from offender_mgmt.report import folder, record

    week = parse_week(record.read_record(run / folder.RECORD).week or "")
    digests = tuple(
        (name, record.digest(read_bounded(run / name, folder.LARGEST_ROSTER_BYTES)))
        for name in (folder.ROSTER, folder.UNASSIGNED, folder.RECORD)
    )
    return folder.read_run(run, week), digests


def _policy_bytes(folder: Path, loaded: LoadedRegister) -> bytes:
    """The policy file as it was read; a file changed since then is refused."""
    from offender_mgmt.files import read_bounded
    from offender_mgmt.policy.read import example_policy_text
    from offender_mgmt.register.folder import POLICY_FILE
    from offender_mgmt.report.record import digest
    from offender_mgmt.toml_text import LARGEST_BYTES

    if loaded.policy_is_example:
        return example_policy_text().encode("utf-8")
    data = read_bounded(folder / POLICY_FILE, LARGEST_BYTES)
    if digest(data) != dict(loaded.register.digests).get(POLICY_FILE):
        raise UsageError(f"{POLICY_FILE} was changed while it was read. Maybe: run it again.")
    return data


def _write_pack(folder: Path, told: Told, policy: bytes) -> None:
    from offender_mgmt.audit.pack import files, write

    written = files.pack_files(told, policy)
    write.write_pack(folder, written)
    note(f"{len(written):,} files in {folder}:")
    for name, words in files.WHAT_FOR.items():
        note(f"  {name:<16}{words}")


def _put_words(told: Told, *, full: bool) -> None:
    from offender_mgmt.audit.full import full_lines
    from offender_mgmt.audit.summary import summary_lines

    for line in summary_lines(told):
        put(line)
    for line in full_lines(told) if full else ():
        put(line)
