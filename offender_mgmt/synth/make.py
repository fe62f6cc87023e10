"""From settings to a whole synthetic register, the same every time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from offender_mgmt.policy.read import example_policy, example_policy_text
from offender_mgmt.register.records import Assessment, Change, Deferral, Event, Offender, Tour, Visit
from offender_mgmt.register.register import Register
from offender_mgmt.synth.allocate import allocate
from offender_mgmt.synth.diary import Diary
from offender_mgmt.synth.events import make_events
from offender_mgmt.synth.history import VisitHistory
from offender_mgmt.synth.nominals import make_lives
from offender_mgmt.synth.places import Gazetteer, barrier_points
from offender_mgmt.synth.postponed import make_deferral
from offender_mgmt.synth.reviews import DeskHistory
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.synth.teams import Team, make_bases, make_teams
from offender_mgmt.synth.tours import duties, make_tours, tour_days


@dataclass(frozen=True, slots=True)
class TeamRows:
    """All rows of one team."""

    tours: tuple[Tour, ...]
    offenders: tuple[Offender, ...]
    visits: tuple[Visit, ...]
    assessments: tuple[Assessment, ...]
    changes: tuple[Change, ...]
    deferrals: tuple[Deferral, ...]
    events: tuple[Event, ...]


def make_register(settings: SynthSettings) -> Register:
    """A plainly synthetic register: real places and shares, no real person.

    Each nominal and officer has a stream of chance of its own; only the booking of officers' time for past attempts
    depends on who is booked first, which is the order of the references.
    """
    teams = make_teams(settings)
    gazetteer = Gazetteer()
    rows: list[TeamRows] = []
    first_number = 1
    for team in teams:
        rows.append(_team_rows(team, first_number, settings, gazetteer))
        first_number += team.nominals
    used = {team.area.base for team in teams}
    return Register(
        extract_date=settings.extract_date,
        offenders=tuple(o for r in rows for o in r.offenders),
        officers=tuple(o for team in teams for o in team.officers),
        bases=tuple(b for b in make_bases() if b.base in used),
        tours=tuple(t for r in rows for t in r.tours),
        visits=_numbered(v for r in rows for v in r.visits),
        assessments=tuple(
            sorted((a for r in rows for a in r.assessments), key=lambda a: (a.date, a.offender_ref, a.kind))
        ),
        changes=tuple(sorted((c for r in rows for c in r.changes), key=lambda c: (c.date, c.offender_ref, c.field))),
        deferrals=tuple(d for r in rows for d in r.deferrals),
        events=tuple(e for r in rows for e in r.events),
        barriers=barrier_points(),
    )


def write_example(folder: Path, settings: SynthSettings) -> None:
    """Make a register and write its folder, with the example policy.

    Raises
    ------
    UsageError
        When the folder cannot be written.
    """
    from offender_mgmt.register.write import write_register

    write_register(make_register(settings), folder, example_policy_text())


def _team_rows(team: Team, first_number: int, settings: SynthSettings, gazetteer: Gazetteer) -> TeamRows:
    policy = example_policy().policy
    tours = make_tours(team, settings)
    on_duty = duties(tours)
    lives = allocate(make_lives(team, first_number, settings, gazetteer), team, settings)
    visit_history = VisitHistory(team, policy, settings, Diary(team, on_duty, tour_days(settings)[0]))
    desk_history = DeskHistory(team.sergeant, policy, settings)
    pasts = [(life, visit_history.of(life)) for life in lives]
    nominals = tuple(life.offender for life in lives)
    since = min((life.offender.registered_on for life in lives), default=settings.extract_date)
    deferrals = (make_deferral(team, life, past, settings, policy) for life, past in pasts)
    return TeamRows(
        tours=tours,
        offenders=nominals,
        visits=tuple(visit for _, past in pasts for visit in past.visits),
        assessments=tuple(row for life, past in pasts for row in desk_history.of(life, past)),
        changes=tuple(row for life in lives for row in life.changes(team.sergeant, since)),
        deferrals=tuple(d for d in deferrals if d is not None),
        events=tuple(make_events(team, nominals, on_duty, settings)),
    )


def _numbered(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Attempts in order of time, numbered."""
    ordered = sorted(visits, key=lambda v: (v.date, v.start or time(0), v.offender_ref))
    return tuple(visit.replace(visit_id=f"V-{number:06d}") for number, visit in enumerate(ordered, start=1))
