"""Which risk level is in force, and when it last changed and rose, walked from the log of changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from offender_mgmt.register.records import Change
from offender_mgmt.vocabulary import RiskLevel

_LEVELS = {level.value: level for level in RiskLevel}
_RANKS = {level: level.rank for level in RiskLevel}


@dataclass(frozen=True, slots=True)
class LevelHistory:
    """A nominal's risk level as the clocks see it.

    Parameters
    ----------
    in_force
        A lowering counts only once signed off.
    changed_on
        Day of the last change of risk level, in force or not; ``None`` without one.
    raised_on, before_rise
        Day of the last change to a graver level, and the level before it.
    lowering_unsigned
        Whether the last change is a lowering that nobody signed off.
    """

    in_force: RiskLevel
    changed_on: date | None = None
    raised_on: date | None = None
    before_rise: RiskLevel | None = None
    lowering_unsigned: bool = False


@dataclass(frozen=True, slots=True)
class LevelStep:
    """One change of risk level, and the level in force before it."""

    change: Change
    before: RiskLevel
    to: RiskLevel

    @property
    def is_lowering(self) -> bool:
        """Whether the change is to a lesser level, signed off or not."""
        return _RANKS[self.to] > _RANKS[self.before]


def level_named(text: str) -> RiskLevel | None:
    """The level a change names, written as in ``offenders.csv``; ``None`` for anything else."""
    return _LEVELS.get(text.strip().lower().replace(" ", "_").replace("-", "_"))


def level_history(in_file: RiskLevel, changes: Iterable[Change]) -> LevelHistory:
    """Walk the changes of risk level, oldest first; without any, the level in the file is in force."""
    steps = _steps(changes)
    if not steps:
        return LevelHistory(in_file)
    first, to = steps[0]
    history = LevelHistory(level_named(first.value_from) or to)
    for change, to in steps:
        history = _after(history, change, to)
    return history


def last_step(changes: Iterable[Change]) -> LevelStep | None:
    """The last of the changes of risk level, oldest first; ``None`` if none of them names a level."""
    steps = _steps(changes)
    if not steps:
        return None
    (first, first_to), (last, to) = steps[0], steps[-1]
    start = level_named(first.value_from) or first_to
    return LevelStep(last, level_history(start, (change for change, _ in steps[:-1])).in_force, to)


def _steps(changes: Iterable[Change]) -> list[tuple[Change, RiskLevel]]:
    return [(change, level) for change in changes if (level := level_named(change.value_to)) is not None]


def _after(before: LevelHistory, change: Change, to: RiskLevel) -> LevelHistory:
    old = before.in_force
    if _RANKS[to] < _RANKS[old]:
        return LevelHistory(to, change.date, change.date, old)
    unsigned = to is not old and change.signed_off_by is None
    in_force = old if unsigned else to
    return LevelHistory(in_force, change.date, before.raised_on, before.before_rise, unsigned)
