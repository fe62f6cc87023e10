"""The summary a sergeant can read aloud: due, assigned, left out, worst case, who carries what."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from offender_mgmt import measures
from offender_mgmt.due.task import DueList, Task
from offender_mgmt.planning import PlanResult
from offender_mgmt.policy import PolicyFile
from offender_mgmt.register.register import Register
from offender_mgmt.report import figures
from offender_mgmt.report.table import WIDTH, heading, table
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.roster.roster import BandFigures, Roster
from offender_mgmt.travel import Travel
from offender_mgmt.vocabulary import Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """All that a summary tells about one roster.

    Parameters
    ----------
    degraded
        Whether some team has the fallback roster.
    notes
        Sentences about how the plan was reached; shown first when degraded.
    """

    register: Register
    policy_file: PolicyFile
    due: DueList
    roster: Roster
    bands: tuple[BandFigures, ...] = ()
    degraded: bool = False
    notes: tuple[str, ...] = ()


def planned(result: PlanResult, register: Register, policy_file: PolicyFile) -> Planned:
    """What a plan came to, cut to the teams that were planned."""
    teams = [team.team for team in result.teams]
    return Planned(
        register=register.of_team(teams[0]) if len(teams) == 1 else register,
        policy_file=policy_file,
        due=result.due,
        roster=result.roster,
        bands=result.bands,
        degraded=result.degraded,
        notes=result.notes,
    )


def summary_text(planned: Planned) -> str:
    """The summary as lines of at most 80 columns, ending in a line feed."""
    parts = (_head(planned), _levels(planned), _bands(planned), _reasons(planned), _officers(planned), _rest(planned))
    return "".join(f"{line}\n" for part in parts for line in part)


def _head(planned: Planned) -> list[str]:
    policy, horizon = planned.policy_file.policy, planned.due.horizon
    first = f"{horizon.first_day.day} {horizon.first_day:%B %Y}"
    last = f"{horizon.last_day.day} {horizon.last_day:%B %Y}"
    unverified, settings = len(planned.policy_file.unverified), len(planned.policy_file.provenance)
    return [
        f"{policy.register_checks.marking}",
        f"Roster of {horizon.name}: {first} to {last}",
        *_wrapped(f"Policy: {policy.name}; {unverified} of {settings} settings rest on unverified sources."),
        *(["", "WARNING: NOT EVERY TEAM HAS A FULL PLAN, SEE HERE:"] if planned.degraded else []),
        *[line for note in planned.notes for line in _wrapped(note)],
    ]


def _levels(planned: Planned) -> list[str]:
    levels = figures.by_level(planned.due, planned.roster)
    due, assigned = sum(x.due for x in levels), sum(x.assigned for x in levels)
    if not due:
        return [*heading("Due work"), "Nothing is due: no task, and so no share of tasks done."]
    rows = [(x.level.words, f"{x.due:,}", f"{x.assigned:,}", f"{x.left_out:,}", _worst_words(x.worst)) for x in levels]
    total = ("all", f"{due:,}", f"{assigned:,}", f"{due - assigned:,}", "")
    header = ("risk level", "due", "assigned", "left out", "worst left out")
    return [
        *heading("Due work"),
        *table(header, [*rows, total], right=(1, 2, 3)),
        *_worst_case(levels),
        *_not_yet(planned),
    ]


def _not_yet(planned: Planned) -> list[str]:
    """How much of the work is not due before the week ends, and how much that is is left out."""
    counted = [task for task in planned.due.tasks if measures.is_counted(task, planned.due)]
    ahead = sum(task.timing is Timing.LOOK_AHEAD for task in counted)
    left = figures.due_left_out(planned.due, planned.roster)
    return _wrapped(f"Of all, {ahead:,} are look-ahead, due after this week. Of the rest, {left:,} are left out.")


def _worst_words(task: Task | None) -> str:
    return "" if task is None else f"{task.task_id}, {task.days_overdue} days overdue"


def _worst_case(levels: tuple[figures.LevelFigures, ...]) -> list[str]:
    late = [x.worst for x in levels if x.worst is not None]
    if not late:
        return ["No overdue task is left out."]
    worst = max(late, key=lambda t: t.points)
    return _wrapped(f"Worst case left out: {worst.task_id} ({worst.risk_level.words} risk). {worst.why}")


def _bands(planned: Planned) -> list[str]:
    if not planned.bands:
        return []
    lines = heading("Priority bands, each served strictly before the next")
    for number, band in enumerate(planned.bands, 1):
        lines += _wrapped(f"{number}. {band.name}: {band_words(band)}", indent="   ")
    return lines


def band_words(band: BandFigures) -> str:
    """What was done in a band and how much better any roster could be."""
    if not band.due:
        return "none due."
    done = f"{band.scheduled:,} of {band.due:,} tasks, {band.value:,} of {band.value_due:,} risk points; "
    if band.bound is None:
        return done + "how much more is possible is not proven."
    if band.bound == band.value:
        return done + "proven: no roster does more."
    return done + f"no roster does more than {band.bound:,} points."


def _reasons(planned: Planned) -> list[str]:
    counts = figures.reasons(planned.due, planned.roster)
    if not counts:
        return [*heading("Left out, by reason"), "Nothing is left out."]
    lines = heading("Left out, by reason")
    for reason, count in counts:
        lines += _wrapped(f"{count:>6,}  {reason}: {REASONS.get(reason, '')}", indent="        ")
    return lines


def _officers(planned: Planned) -> list[str]:
    travel = Travel(planned.register, planned.policy_file.policy)
    rows = [
        (o.officer_id, *(f"{n:,}" for n in (o.visits, o.door, o.desk, o.events, o.travel, o.total, o.duty)))
        for o in figures.by_officer(planned.register, planned.roster, travel)
    ]
    header = ("officer", "visits", "at doors", "desk", "events", "travel", "all", "on duty")
    return [*heading("Who carries what, in minutes"), *table(header, rows, right=range(1, 8))]


def _rest(planned: Planned) -> list[str]:
    register, roster, due = planned.register, planned.roster, planned.due
    travel = Travel(register, planned.policy_file.policy)
    lead = measures.lead_present(due, roster)
    share = f"{lead.count} of {lead.of} visits ({lead.percent}%)" if lead.of else "no visits"
    road = figures.total_travel(register, roster, travel)
    paused = figures.counted(p.status.value if p.status else "register ended" for p in due.paused)
    flags = figures.counted(f.rule for f in due.flags)
    companions = sum(task.is_companion for task in due.tasks)
    return [
        *heading("Also"),
        f"Put off by a supervisor over the whole week: {measures.deferred_count(due):,} tasks.",
        *_wrapped(f"Tasks that exist only with a visit (checks, entries): {companions:,}, not counted above."),
        f"Own offender manager present: {share}.",
        f"On the road: {road:,} minutes over {len(figures.outings(roster)):,} outings.",
        *_wrapped(travel.method),
        *_wrapped(f"Paused and to be looked at every week: {len(due.paused)} nominals ({paused or 'none'})."),
        *_wrapped(f"Flags for a person to look at: {len(due.flags)} ({flags or 'none'}); list them with: due --flags."),
    ]


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
