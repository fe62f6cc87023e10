"""The record of a run, ``run.json``: what it was made from, how, and the figures a reader may check."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from offender_mgmt import __version__
from offender_mgmt.aims import AimFigures
from offender_mgmt.errors import UsageError
from offender_mgmt.files import read_bounded, shown
from offender_mgmt.planning import TeamResult
from offender_mgmt.policy import Policy, PolicyFile
from offender_mgmt.register.pins import Pins, pins_of_rows
from offender_mgmt.register.read import LoadedRegister
from offender_mgmt.report import figures
from offender_mgmt.report.summary import Planned
from offender_mgmt.roster.frozen import Mark, Replanned
from offender_mgmt.roster.roster import BandFigures
from offender_mgmt.travel import Travel
from offender_mgmt.vocabulary import Aim

SCHEMA = 1
LARGEST_RECORD_BYTES = 10_000_000
LIBRARIES = ("holidays", "numpy", "ortools", "pydantic", "scipy", "tzdata")


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def policy_digest(policy_file: PolicyFile) -> str:
    """Digest of the policy's values, whatever the spelling of its file."""
    return digest(policy_file.policy.model_dump_json().encode("utf-8"))


def run_record(
    planned: Planned, settings: Mapping[str, object], teams: Sequence[TeamResult], files: Mapping[str, bytes]
) -> dict[str, object]:
    """The record as a mapping; nothing in it changes when the same run is repeated.

    Parameters
    ----------
    settings
        Seed, effort and the like: what must be given again to get the same roster.
    teams
        Per team how its roster was reached.
    files
        The other files of the run by name; their digests are recorded.
    """
    register, roster = planned.register, planned.roster
    travel = Travel(register, planned.policy_file.policy)
    return {
        "schema": SCHEMA,
        "marking": planned.policy_file.policy.register_checks.marking,
        "week": planned.due.horizon.name,
        "extract_date": register.extract_date.isoformat(),
        "inputs": dict(register.digests),
        "policy": _policy(planned.policy_file),
        "versions": versions(),
        "settings": dict(settings),
        "degraded": planned.degraded,
        "teams": [_team(team) for team in teams],
        "notes": list(planned.notes),
        "labels": list(planned.labels),
        "due": len(planned.due.tasks),
        "unassigned": len(roster.unassigned),
        "travel_minutes": figures.total_travel(register, roster, travel),
        "bands": [band_line(band) for band in planned.bands],
        "aims": [aim_line(aim) for aim in planned.aims],
        "files": {name: digest(data) for name, data in files.items()},
    }


def _team(team: TeamResult) -> dict[str, object]:
    bands = [band_line(band) for band in team.bands]
    return {
        "team": team.team,
        "status": team.status.value,
        "ending": team.ending.value,
        "fault": team.fault,
        "bands": bands,
        "aims": [aim_line(aim) for aim in team.aims],
    }


def aim_line(aim: AimFigures) -> dict[str, object]:
    """A claim about an aim, as a record has it."""
    return {"aim": aim.aim.value, "value": aim.value, "bound": aim.bound}


def band_line(band: BandFigures) -> dict[str, object]:
    """A claim about a band, as a record has it."""
    return {
        "name": band.name,
        "due": band.due,
        "scheduled": band.scheduled,
        "value_due": band.value_due,
        "value": band.value,
        "bound": band.bound,
    }


def _policy(policy_file: PolicyFile) -> dict[str, object]:
    return {
        "name": policy_file.policy.name,
        "digest": policy_digest(policy_file),
        "unverified": list(policy_file.unverified),
    }


def versions() -> dict[str, str]:
    """Versions of the program, Python and every library that can change a roster."""
    found = {name: metadata.version(name) for name in LIBRARIES}
    return {"offender-mgmt": __version__, "python": platform.python_version(), **found}


def record_bytes(record: Mapping[str, object]) -> bytes:
    """The record as JSON, keys sorted."""
    return (json.dumps(record, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a reader needs of a record.

    Parameters
    ----------
    week, team
        Week, and team if it was of one.
    bands, aims
        The claim for each band and for each aim after them.
    degraded, notes
        Whether some team has the fallback roster, and what had to be said loudly.
    inputs, files
        Digests of the register's files it was made from, and of the other files of the run, by name.
    policy
        Digest of the policy's values.
    is_replanned, freeze_before, changes
        Whether the running week was planned again, from which moment on, and what was told beside the register: whom
        the plan lends to another team, and what had happened since the extract.
    frozen, excused
        Task and mark of each row that had begun by then, and rule and references of each breach that is no fault of
        the plan.
    pins
        What people fixed, by task.
    """

    week: str | None = None
    team: str | None = None
    bands: tuple[BandFigures, ...] = ()
    aims: tuple[AimFigures, ...] | None = None
    degraded: bool = False
    notes: tuple[str, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    policy: str = ""
    is_replanned: bool = False
    freeze_before: int = 0
    changes: tuple[str, ...] = ()
    frozen: frozenset[Mark] = frozenset()
    excused: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
    pins: Pins = field(default_factory=dict)

    @property
    def kept(self) -> frozenset[str]:
        """Ids of the tasks that had begun."""
        return frozenset(task_id for task_id, _ in self.frozen)

    def is_as_planned(self, loaded: LoadedRegister) -> bool:
        """Whether register and policy are those the run was made from."""
        made_from = dict(self.inputs), self.policy
        return made_from == (dict(loaded.register.digests), policy_digest(loaded.policy_file))

    def bounds_all(self, loaded: LoadedRegister) -> bool:
        """Whether the recorded bounds hold of every roster; those of a week planned again hold of its rest only."""
        return self.is_as_planned(loaded) and not self.is_replanned

    def held_to(self, policy: Policy) -> Replanned | None:
        """What the roster is held to, if its week was planned again."""
        if not self.is_replanned:
            return None
        return Replanned(
            freeze_before=self.freeze_before,
            bands_first=policy.bands_before_changes,
            marks=self.frozen,
            kept=self.kept,
            excused=self.excused,
            pins=self.pins,
        )


NOTHING_RECORDED = Recorded()


def read_record(path: Path) -> Recorded:
    """Read a ``run.json`` back.

    Raises
    ------
    UsageError
        When the file is not the record of a run.
    """
    try:
        raw = json.loads(read_bounded(path, LARGEST_RECORD_BYTES))
        bands = tuple(_band(line) for line in raw["bands"])
        team = raw["settings"]["team"]
        return Recorded(
            week=str(raw["week"]),
            team=None if team is None else str(team),
            bands=bands,
            aims=tuple(_aim(line) for line in raw["aims"]),
            degraded=raw["degraded"] is True,
            notes=tuple(map(str, raw["notes"])),
            inputs=_texts(raw["inputs"]),
            files=_texts(raw["files"]),
            policy=str(raw["policy"]["digest"]),
            is_replanned="replan" in raw,
            freeze_before=_number(raw.get("replan", {}).get("freeze_before", 0)),
            changes=tuple(map(str, raw["replan"].get("changes", ()) if "replan" in raw else raw.get("lent", ()))),
            frozen=frozenset((str(task), str(mark)) for task, mark in raw.get("replan", {}).get("frozen", ())),
            pins=pins_of_rows((str(t), str(w), str(v)) for t, w, v in raw.get("replan", {}).get("pins", ())),
            excused=frozenset(
                (str(rule), tuple(map(str, refs))) for rule, *refs in raw.get("replan", {}).get("excused", ())
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{shown(path)} is not the run.json of a plan.") from None


def _texts(mapping: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((str(key), str(value)) for key, value in mapping.items())


def _band(line: Mapping[str, object]) -> BandFigures:
    numbers = {key: _number(line[key]) for key in ("due", "scheduled", "value_due", "value")}
    bound = None if line["bound"] is None else _number(line["bound"])
    return BandFigures(name=str(line["name"]), bound=bound, **numbers)


def _aim(line: Mapping[str, object]) -> AimFigures:
    bound = None if line["bound"] is None else _number(line["bound"])
    return AimFigures(aim=Aim(str(line["aim"])), value=_number(line["value"]), bound=bound)


def _number(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError("not a whole number")
