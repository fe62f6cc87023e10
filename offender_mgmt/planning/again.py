"""A running week planned again: what of the published roster stays, and what it leaves to each team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from offender_mgmt.aims import Published, aim_figures
from offender_mgmt.due import DueList
from offender_mgmt.due.kept import with_kept
from offender_mgmt.instance.again import Again, FrozenStop, OutingBefore
from offender_mgmt.instance.history import off_hours
from offender_mgmt.instance.model import Span
from offender_mgmt.planning.ahead import ahead, by_outing, way_home
from offender_mgmt.planning.begun import begun
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.disruptions import Told
from offender_mgmt.register.told_texts import DONE
from offender_mgmt.roster.frozen import Replanned, frozen_rows
from offender_mgmt.roster.roster import Assignment, Roster
from offender_mgmt.solver.solve import SolveStatus
from offender_mgmt.travel import Travel
from offender_mgmt.vocabulary import Aim


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """How the published part of a team was reached, and what was proven of it.

    Parameters
    ----------
    bands, aims
        Bound of each band, in order, and of each aim.
    """

    status: SolveStatus
    bands: tuple[int | None, ...]
    aims: Mapping[Aim, int | None]


@dataclass(frozen=True, slots=True)
class Before:
    """From which moment on a week is planned again.

    Parameters
    ----------
    kept
        Ids of tasks that had begun when it was planned again before.
    """

    moment: int
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Replan:
    """What a week is planned again from.

    Parameters
    ----------
    replanned
        What the new roster is held to.
    published
        The roster that people have seen.
    due
        What is due, with all that had begun.
    words
        Sentences about work that had begun by then.
    loud
        Those of them that must not be overlooked.
    away
        Officers who are out for visits that failed, and when.
    copied
        Teams of which nothing has changed: their part stays as published.
    """

    replanned: Replanned
    published: Roster
    due: DueList
    words: tuple[str, ...] = ()
    loud: tuple[str, ...] = ()
    away: tuple[tuple[str, Span], ...] = ()
    copied: Mapping[str, Copied] = field(default_factory=dict)


def replan_of(
    register: Register,
    policy: Policy,
    due: DueList,
    published: Roster,
    before: Before,
    told: Sequence[Told] = (),
    earlier: Iterable[DueList] = (),
) -> Replan:
    """What stays of a published roster at a moment, judged by the register as it is now.

    Parameters
    ----------
    due
        By the register as it is now.
    told
        How work ended.
    earlier
        Due lists by what was known before, the last first: what had begun stays on the list.
    """
    ids = before.kept | {row.task_id for row in frozen_rows(published.assignments, before.moment)}
    ids -= {one.task_id for one in told if one.result != DONE}
    lists = list(earlier) if any(due.task(task_id) is None for task_id in ids) else []
    found = begun(register, policy, with_kept(due, ids, lists), published, before.moment, told, before.kept)
    kept = frozenset(row.task_id for row in found.rows)
    replanned = Replanned(
        freeze_before=before.moment,
        bands_first=policy.bands_before_changes,
        frozen=found.rows,
        kept=kept,
        excused=found.excused,
    )
    return Replan(replanned, published, with_kept(due, kept, lists), found.words, found.loud, found.away)


def again_of(
    register: Register, policy: Policy, due: DueList, travel: Travel, replan: Replan, published: Published
) -> dict[str, Again]:
    """Every team's part of a week that is planned again."""
    replanned = replan.replanned
    rows = replanned.frozen or ()
    brought = aim_figures(register, policy, due, Roster(due.horizon, tuple(rows)), travel)
    by_team: dict[str, list[Assignment]] = defaultdict(list)
    for row in rows:
        task = due.task(row.task_id)
        if task is not None:
            by_team[task.team].append(row)
    frozen = frozenset(row.task_id for row in rows)
    outings, busy = ahead(register, travel, replan.published.assignments, frozen, published)
    found = {}
    for team in register.teams:
        costs = {f.aim: -f.value if f.aim.more_is_better else f.value for f in brought[team]}
        costs = {aim: costs.get(aim, 0) for aim in Aim if aim not in (Aim.EVEN_LOAD, Aim.FEWEST_CHANGES)}
        costs[Aim.EVENINGS_AND_WEEKENDS] = _off_hours_short(policy, due, by_team[team])
        found[team] = _again(register, travel, replan, by_team[team], costs, outings, busy)
    return found


def _off_hours_short(policy: Policy, due: DueList, rows: Iterable[Assignment]) -> int:
    spans = off_hours(policy.aims, due.horizon)
    starts = [row.start for row in rows if row.kind.is_field and not row.done_with]
    inside = sum(any(a <= start < b for a, b in spans) for start in starts)
    return policy.aims.evening_weekend_percent * len(starts) - 100 * inside


def _again(
    register: Register,
    travel: Travel,
    replan: Replan,
    rows: Sequence[Assignment],
    brought: Mapping[Aim, int],
    outings: tuple[OutingBefore, ...],
    still_to_come: Mapping[str, tuple[Span, ...]],
) -> Again:
    busy: dict[str, list[Span]] = defaultdict(list)
    pauses: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    stops = [row for row in rows if row.kind.is_field and not row.done_with]
    for row in rows:
        if not row.kind.is_field:
            busy[row.lead].append((row.start, row.end))
    for outing in by_outing(stops):
        whole = outing[0].start - outing[0].travel_minutes, outing[-1].end + way_home(register, travel, outing[-1])
        for officer in outing[0].crew:
            busy[officer].append(whole)
            pauses[officer] += [((a.end, b.start), b.travel_minutes) for a, b in pairwise(outing)]
    for officer, span in replan.away:
        busy[officer].append(span)
    return Again(
        freeze_before=replan.replanned.freeze_before,
        bands_first=replan.replanned.bands_first,
        frozen=frozenset(row.task_id for row in rows),
        visited=frozenset(row.offender_ref for row in stops),
        stops=tuple(FrozenStop(row.task_id, row.start, frozenset(row.crew)) for row in stops),
        busy={officer: tuple(sorted(spans)) for officer, spans in busy.items()},
        pauses={officer: tuple(gaps) for officer, gaps in pauses.items()},
        brought=brought,
        outings=outings,
        ahead=still_to_come,
        pins=replan.replanned.pins,
    )
