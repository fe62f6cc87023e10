"""Two rosters of one week level by level: every band and every aim after them, which is better and by how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from offender_mgmt import measures
from offender_mgmt.aims import AimFigures, Published, aim_figures, joined
from offender_mgmt.checks.timeline import Week
from offender_mgmt.due.task import DueList
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.report.aims import reached_words
from offender_mgmt.report.record import Recorded
from offender_mgmt.report.table import counted_words, hours, wrapped
from offender_mgmt.roster.roster import BandFigures, Roster
from offender_mgmt.vocabulary import Aim


class Outcome(StrEnum):
    """What the second roster is at a level, against the first."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Scored:
    """A roster with its figures worked out from the register."""

    roster: Roster
    bands: tuple[BandFigures, ...]
    aims: tuple[AimFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of the strict order in two rosters.

    Parameters
    ----------
    name
        The band's, or the aim's in words.
    aim
        Which aim; ``None`` for a band.
    before, after
        Risk points done (a band), the aim's own measure (an aim).
    bound
        What no roster betters that keeps the rules and is not worse at any level before; ``None`` if not known.
    tasks_before, tasks_after, tasks_due, points_due
        Numbers of tasks of a band, and risk points of all that is due in it; 0 for an aim.
    """

    number: int
    name: str
    aim: Aim | None
    before: int
    after: int
    bound: int | None
    before_words: str
    after_words: str
    tasks_before: int = 0
    tasks_after: int = 0
    tasks_due: int = 0
    points_due: int = 0

    @property
    def more_is_better(self) -> bool:
        """Whether the greater value is the better one."""
        return self.aim is None or self.aim.more_is_better

    @property
    def outcome(self) -> Outcome:
        """How the second stands against the first."""
        if self.before == self.after:
            return Outcome.SAME
        return Outcome.BETTER if (self.after > self.before) is self.more_is_better else Outcome.WORSE

    @property
    def beats_bound(self) -> bool:
        """Whether the second has more than is possible within the rules."""
        return self.bound is not None and (self.after > self.bound if self.more_is_better else self.after < self.bound)


def scored(
    register: Register, policy: Policy, due: DueList, roster: Roster, published: Published | None = None
) -> Scored:
    """Any roster with its figures; rows far outside the week count for nothing."""
    week = Week(register, policy, due, roster)
    near = replace(roster, assignments=week.rows)
    teams = aim_figures(register, policy, due, near, week.journeys, published)
    return Scored(roster, measures.band_figures(due, near), joined(teams.values()))


def levels_of(
    before: Scored, after: Scored, due: DueList, policy: Policy, proven: Recorded | None = None
) -> tuple[Level, ...]:
    """Every level, bands first.

    Parameters
    ----------
    proven
        Record of the run whose bounds hold for register and policy as they are; none where no run's do.
    """
    bounds = _bounds(before, proven)
    bands = [
        Level(
            number=number,
            name=was.name,
            aim=None,
            before=was.value,
            after=now.value,
            bound=bound,
            before_words=_band(was),
            after_words=_band(now),
            tasks_before=was.scheduled,
            tasks_after=now.scheduled,
            tasks_due=now.due,
            points_due=now.value_due,
        )
        for number, (was, now, bound) in enumerate(zip(before.bands, after.bands, bounds, strict=False), start=1)
    ]
    aims = [
        Level(
            number=number,
            name=first.aim.words,
            aim=first.aim,
            before=first.value,
            after=second.value,
            bound=bound,
            before_words=reached_words(first, due, before.roster, policy),
            after_words=reached_words(second, due, after.roster, policy),
        )
        for number, (first, second, bound) in enumerate(
            zip(before.aims, after.aims, bounds[len(bands) :], strict=True), start=len(bands) + 1
        )
    ]
    return tuple(_while_as_good([*bands, *aims]))


def _bounds(scores: Scored, proven: Recorded | None) -> list[int | None]:
    """The bounds of a record; none of an aim once its aims are others than those looked at here."""
    bands: list[int | None] = [None] * len(scores.bands)
    aims: list[int | None] = [None] * len(scores.aims)
    if proven is not None and [b.name for b in proven.bands] == [b.name for b in scores.bands]:
        bands = [band.bound for band in proven.bands]
        for index, (told, found) in enumerate(zip(proven.aims or (), scores.aims, strict=False)):
            if told.aim is not found.aim or told.aim is Aim.FEWEST_CHANGES:
                break
            aims[index] = told.bound
    return [*bands, *aims]


def _while_as_good(levels: Sequence[Level]) -> Iterator[Level]:
    """A bound says something of the second roster only as long as that is not worse at a level before."""
    is_as_good = True
    for level in levels:
        yield level if is_as_good else replace(level, bound=None)
        is_as_good = is_as_good and level.outcome is not Outcome.WORSE


def _band(band: BandFigures) -> str:
    if not band.due:
        return "none due"
    if band.scheduled == band.due:
        return "the one task" if band.due == 1 else f"all {band.due:,} tasks"
    return f"{band.scheduled:,} of {band.due:,} tasks, {band.value:,} of {band.value_due:,} risk points"


def deciding(levels: Sequence[Level]) -> Level | None:
    """The first level at which the two differ: it decides, whatever comes after."""
    return next((level for level in levels if level.outcome is not Outcome.SAME), None)


def verdict(levels: Sequence[Level], before: str, after: str, *, keeps_rules: bool = True) -> str:
    """Which of the two is better, and by what, in a sentence or two.

    Parameters
    ----------
    keeps_rules
        Whether the second keeps the rules; if not, it is better by its scores alone.
    """
    level = deciding(levels)
    if level is None:
        return f"{after[0].upper()}{after[1:]} and {before} reach the same at every level."
    is_better = level.outcome is Outcome.BETTER
    better = after if is_better else before
    size = _more(level, level.after > level.before if is_better else level.before > level.after)
    rest = " It is the first level that differs, so it decides." if level is not levels[0] else ""
    if is_better and not keeps_rules:
        better = f"by the scores alone {better}"
    return f"{better[0].upper()}{better[1:]} is better, by level {level.number} ({level.name}): {size}.{rest}"


def level_lines(levels: Sequence[Level], before: str, after: str) -> list[str]:
    """Each level in lines of at most 80 columns; levels that are the same are told in one sentence."""
    width = max(len(before), len(after)) + 1
    return [line for level in levels for line in _level(level, f"{before}:".ljust(width), f"{after}:".ljust(width))]


def _level(level: Level, before: str, after: str) -> Iterator[str]:
    title = f"{level.number}. {level.name}: "
    if level.outcome is Outcome.SAME:
        yield from wrapped(f"{title}the same ({level.after_words}).{_proven(level)}", indent="   ")
        return
    yield from wrapped(
        f"{title}{level.outcome}, {_more(level, level.after > level.before)}.{_proven(level)}", indent="   "
    )
    yield from wrapped(f"   {before} {level.before_words}", indent="     ")
    yield from wrapped(f"   {after} {level.after_words}", indent="     ")


def _more(level: Level, is_more: bool) -> str:
    """By how much the two differ: ``34 risk points less``."""
    size, way = abs(level.after - level.before), "more" if is_more else "less"
    if level.aim is Aim.EVEN_LOAD:
        return f"{size:,} {way} in 1,000 hours of duty"
    return f"{_amount(level.aim, size)} {way}"


UNITS: dict[Aim, str] = {
    Aim.CONTINUITY: "point",
    Aim.SECOND_SEAT: "visit",
    Aim.VARIETY: "visit",
    Aim.EVENINGS_AND_WEEKENDS: "visit",
    Aim.ONE_ADDRESS_TOGETHER: "visit",
    Aim.ONE_ADDRESS_APART: "visit",
    Aim.FEWEST_CHANGES: "task",
}


def _amount(aim: Aim | None, size: int) -> str:
    if aim is None:
        return counted_words(size, "risk point")
    if aim is Aim.TRAVEL:
        return f"{hours(size)} hours"
    if aim is Aim.EVEN_LOAD:
        return f"{size:,} in 1,000 hours of duty"
    return counted_words(size, UNITS[aim])


def _proven(level: Level) -> str:
    """What is proven of all rosters that keep the rules, where that is not plain anyway."""
    if level.bound is None:
        return ""
    if level.beats_bound:
        return " No roster that keeps the rules can have that."
    is_plain = level.bound >= level.points_due if level.aim is None else level.bound == 0
    if is_plain:
        return ""
    if level.bound == level.after:
        return " No roster does better."
    than = "more" if level.more_is_better else "less"
    return f" No roster has {than} than {_amount(level.aim, level.bound)}."
