"""Fixed events inside officers' tours: court, MAPPA meetings, joint visits, a training day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from offender_mgmt.calendars import week_after
from offender_mgmt.register.records import Event, Offender, Officer
from offender_mgmt.synth.dice import Dice
from offender_mgmt.synth.settings import SynthSettings
from offender_mgmt.synth.teams import Team
from offender_mgmt.synth.tours import Duties
from offender_mgmt.vocabulary import CommunityStatus, EventKind, ManagementStatus, RiskLevel

COURT = (time(9, 30), time(12, 30))
MAPPA = (time(10, 0), time(12, 0))
JOINT = (time(10, 30), time(12, 30))
WEEKS_OF_EVENTS = 4
GRAVE = (RiskLevel.VERY_HIGH, RiskLevel.HIGH)


def make_events(team: Team, nominals: tuple[Offender, ...], duties: Duties, settings: SynthSettings) -> list[Event]:
    """The fixed events of a team in the weeks after the extract; an officer has at most one a day."""
    monday = week_after(settings.extract_date).first_day
    return [
        event
        for week in range(WEEKS_OF_EVENTS)
        for event in _week(team, nominals, duties, monday + timedelta(weeks=week), settings.seed)
    ]


def _week(team: Team, nominals: tuple[Offender, ...], duties: Duties, monday: date, seed: int) -> Iterator[Event]:
    """Court, a MAPPA meeting and a joint visit, on days of their own, as far as officers are on duty for them."""
    dice = Dice(seed, "events", team.name, monday.isoformat())
    weekdays = dice.shuffled(range(5))[:3]
    wanted = ((EventKind.COURT, COURT), (EventKind.MAPPA_MEETING, MAPPA), (EventKind.JOINT_VISIT, JOINT))
    for weekday, (kind, times) in zip(weekdays, wanted, strict=True):
        day = monday + timedelta(days=weekday)
        here = [o for o in team.visitors if _covers(duties, o.officer_id, day, *times)]
        nominal = _seen_jointly(nominals, dice) if kind is EventKind.JOINT_VISIT else None
        if nominal is not None:
            here = _paired(here, nominal)
        need = 2 if kind is EventKind.JOINT_VISIT else 1
        if len(here) >= need and (need == 1 or nominal is not None):
            officers = tuple(o.officer_id for o in dice.shuffled(here)[:need])
            yield _event(f"E-{team.name}-{day:%Y%m%d}", kind, day, officers, nominal)


def _event(event_id: str, kind: EventKind, day: date, officers: tuple[str, ...], nominal: Offender | None) -> Event:
    start, end, place = {
        EventKind.COURT: (*COURT, "court"),
        EventKind.MAPPA_MEETING: (*MAPPA, "probation office"),
        EventKind.JOINT_VISIT: (*JOINT, nominal.locality if nominal else ""),
    }[kind]
    return Event(
        event_id=event_id,
        kind=kind,
        date=day,
        start=start,
        end=end,
        officers=officers,
        place=place,
        offender_ref=nominal.offender_ref if nominal else None,
    )


def _covers(duties: Duties, officer: str, day: date, start: time, end: time) -> bool:
    tour = duties.get((officer, day))
    return tour is not None and tour[0] <= start and end <= tour[1]


def _seen_jointly(nominals: tuple[Offender, ...], dice: Dice) -> Offender | None:
    """A grave case at home, with no hours of its own and no special crew."""
    at_home = [
        o
        for o in nominals
        if o.risk_level in GRAVE
        and o.community_status is CommunityStatus.COMMUNITY
        and o.management_status is ManagementStatus.ACTIVE
        and not o.visiting_hours
        and not o.no_fixed_abode
        and o.crew_size is None
    ]
    return dice.pick(at_home) if at_home else None


def _paired(here: list[Officer], nominal: Offender) -> list[Officer]:
    """Officers who may go together: with a constable's powers, no declared conflict, nobody not to be paired with."""
    return [
        o
        for o in here
        if o.role.has_constable_powers and not o.not_paired_with and o.officer_id not in nominal.excluded_officers
    ]
