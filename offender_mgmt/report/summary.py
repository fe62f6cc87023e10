"""The summary a sergeant can read aloud: due, assigned, left out, worst case, who carries what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from offender_mgmt import measures
from offender_mgmt.aims import AimFigures
from offender_mgmt.due.task import DueList
from offender_mgmt.planning import PlanResult
from offender_mgmt.policy import PolicyFile
from offender_mgmt.register.register import Register
from offender_mgmt.report import figures, left_out
from offender_mgmt.report.aims import aim_lines
from offender_mgmt.report.bands import band_lines
from offender_mgmt.report.table import counted_words, heading, hours, table, wrapped
from offender_mgmt.roster.roster import BandFigures, Roster
from offender_mgmt.travel import Travel

FALLBACK = "Every roster here breaks no rule, but one that is not finished leaves more out than it must."
COUNTED = ("due", "assigned", "left out", "due later", "assigned", "left out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """All that a summary tells about one roster.

    Parameters
    ----------
    degraded
        Whether some team has the fallback roster.
    notes
        Sentences about how the plan was reached; shown first when degraded.
    labels
        Why the same run need not give the same roster again.
    """

    register: Register
    policy_file: PolicyFile
    due: DueList
    roster: Roster
    bands: tuple[BandFigures, ...] = ()
    aims: tuple[AimFigures, ...] = ()
    degraded: bool = False
    notes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def planned(result: PlanResult, register: Register, policy_file: PolicyFile) -> Planned:
    """What a plan came to, cut to the teams that were planned."""
    teams = [team.team for team in result.teams]
    return Planned(
        register=register.of_team(teams[0]) if len(teams) == 1 else register,
        policy_file=policy_file,
        due=result.due,
        roster=result.roster,
        bands=result.bands,
        aims=result.aims,
        degraded=result.degraded,
        notes=result.notes,
        labels=result.labels,
    )


def summary_text(planned: Planned) -> str:
    """The summary as lines of at most 80 columns, ending in a line feed."""
    due, roster = planned.due, planned.roster
    parts = (
        _head(planned),
        _levels(planned),
        left_out.worst_lines(due, roster),
        left_out.reason_lines(due, roster),
        band_lines(planned.bands),
        aim_lines(planned.aims, planned.due, planned.roster, planned.policy_file.policy),
        _officers(planned),
        _travel(planned),
        _people(planned),
    )
    return "".join(f"{line}\n" for part in parts for line in part)


def _head(planned: Planned) -> list[str]:
    policy, horizon, register = planned.policy_file.policy, planned.due.horizon, planned.register
    unverified, settings = len(planned.policy_file.unverified), len(planned.policy_file.provenance)
    return [
        policy.register_checks.marking,
        f"Roster of {horizon.name}, {register.teams_in_words}: {_day(horizon.first_day)} to {_day(horizon.last_day)}",
        *(line for label in planned.labels for line in wrapped(f"{label[0].upper()}{label[1:]}.", indent="")),
        *wrapped(f"A proposal for a supervisor to decide on, from the register of {_day(register.extract_date)}."),
        *wrapped(f"{policy.name}: {unverified} of its {settings} settings are unverified."),
        *_warning(planned),
    ]


def _warning(planned: Planned) -> list[str]:
    if not planned.degraded:
        return [line for note in planned.notes for line in wrapped(note)]
    notes = [line for note in planned.notes for line in wrapped(f"  {note}", indent="    ")]
    return ["", "WARNING: NOT EVERY TEAM HAS A FULL PLAN", *notes, *wrapped(f"  {FALLBACK}")]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _levels(planned: Planned) -> list[str]:
    levels = figures.by_level(planned.due, planned.roster)
    total = figures.sum_of(levels)
    if not total.due and not total.ahead:
        return [*heading("Due work"), "Nothing is due: no task, and so no share of tasks done."]
    rows = [(x.level.words, *_counts(x.counts)) for x in levels]
    return [
        *heading("Due work: what is due this week or overdue, and what falls due later"),
        *table(("risk level", *COUNTED), [*rows, ("all", *_counts(total))], right=range(1, 7)),
        "",
        *_aloud(total),
        *_teams(planned),
    ]


def _teams(planned: Planned) -> list[str]:
    """The same by team, if there is more than one."""
    teams = figures.by_team(planned.due, planned.roster)
    rows = [(team, *_counts(counts)) for team, counts in teams]
    return ["", *table(("team", *COUNTED), rows, right=range(1, 7))] if len(teams) > 1 else []


def _counts(counts: figures.Counts) -> tuple[str, ...]:
    numbers = (counts.due, counts.assigned, counts.left_out, counts.ahead, counts.ahead_assigned, counts.ahead_left_out)
    return tuple(f"{number:,}" for number in numbers)


def _aloud(total: figures.Counts) -> list[str]:
    """The table in two sentences."""
    if not total.due:
        first = "Nothing is due this week or overdue."
    elif total.assigned == total.due == 1:
        first = "The one task that is due this week or overdue is in the roster."
    elif not total.left_out:
        first = f"All {total.due:,} tasks that are due this week or overdue are in the roster."
    else:
        first = f"{total.assigned:,} of {total.due:,} tasks that are due this week or overdue are in the roster."
    later = f"{total.ahead_assigned:,} of {total.ahead:,} that fall due later are done ahead." if total.ahead else ""
    return wrapped(f"{first} {later}".strip(), indent="")


def _officers(planned: Planned) -> list[str]:
    travel = Travel(planned.register, planned.policy_file.policy)
    carried = figures.by_officer(planned.register, planned.roster, travel)
    at_work = [o for o in carried if o.duty or o.total]
    rows = [
        (o.officer_id, f"{o.visits:,}", *(hours(n) for n in (o.door, o.travel, o.desk, o.events, o.total, o.duty)))
        for o in at_work
    ]
    header = ("officer", "visits", "at doors", "travel", "desk", "events", "all", "on duty")
    absent = ", ".join(o.officer_id for o in carried if o not in at_work)
    return [
        *heading("Who carries what, in hours and minutes"),
        *table(header, rows, right=range(1, 8)),
        *(wrapped(f"Not on duty this week: {absent}.") if absent else []),
        *_lent(planned),
    ]


def _lent(planned: Planned) -> list[str]:
    """Who works for another team, and when."""
    tours = [t for of_one in planned.register.lending.lent.values() for t in of_one if t.date in planned.due.horizon]
    days: dict[tuple[str, str], list[str]] = defaultdict(list)
    for tour in sorted(tours, key=lambda tour: (tour.officer_id, tour.date)):
        days[tour.officer_id, tour.lent_to or ""].append(f"{tour.date:%a} {tour.date.day} {tour.date:%b}")
    words = (f"Lent: {who} works for {team} on {', '.join(on)}." for (who, team), on in days.items())
    return [line for sentence in words for line in wrapped(sentence)]


def _travel(planned: Planned) -> list[str]:
    roster, travel = planned.roster, Travel(planned.register, planned.policy_file.policy)
    lead = measures.lead_present(planned.due, roster)
    share = f"{lead.count} of {lead.of} visits ({lead.percent}%)" if lead.of else "no visits"
    road = hours(figures.total_travel(planned.register, roster, travel))
    return [
        *heading("On the road"),
        f"{counted_words(len(figures.outings(roster)), 'outing')}, {road} hours of travel, each crew counted once.",
        f"Own offender manager present: {share}.",
        *wrapped(travel.method, indent=""),
    ]


def _people(planned: Planned) -> list[str]:
    """Whom nobody may forget: put off, paused, flagged."""
    due = planned.due
    paused = figures.counted(p.status.value if p.status else "register ended" for p in due.paused)
    flags = figures.counted(f.rule for f in due.flags)
    return [
        *heading("For a person to look at"),
        *left_out.deferred_lines(due),
        *wrapped(f"Paused, looked at every week: {counted_words(len(due.paused), 'nominal')} ({paused or 'none'})."),
        *wrapped(f"Flags: {len(due.flags):,} ({flags or 'none'})."),
        "List both one by one with: offender-mgmt due REGISTER --flags",
    ]
