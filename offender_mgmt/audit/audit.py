"""The recipe: from a register, a policy and a day to the figures and to the members behind each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from offender_mgmt import __version__
from offender_mgmt.audit.context import Context, Progress
from offender_mgmt.audit.figures import BY, figures_of
from offender_mgmt.audit.topic import Topic
from offender_mgmt.audit.topics import TOPICS
from offender_mgmt.errors import UsageError
from offender_mgmt.policy import Policy
from offender_mgmt.register import Register
from offender_mgmt.register.collector import without_collector
from offender_mgmt.roster.roster import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an audit was made of, so that it can be made again.

    Parameters
    ----------
    day
        The audit is as at the end of this day.
    period_from
        First day of the period that ends on ``day``.
    version
        Of the program.
    policy
        Name of the policy.
    settings
        Every value of the policy, by section and key.
    digests
        SHA-256 of every file of the register, by file name.
    roster
        Week of the roster that was audited, empty without one.
    by
        What the figures are cut by beside the force and the tier.
    """

    day: date
    period_from: date
    extract_date: date
    version: str
    policy: str
    settings: Mapping[str, object]
    digests: tuple[tuple[str, str], ...]
    roster: str = ""
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """Figures, and the list behind each of them.

    Parameters
    ----------
    figures
        One row per figure, see :data:`offender_mgmt.audit.figures.FIGURE_COLUMNS`.
    members
        By name of the topic, rows as :data:`offender_mgmt.audit.topic.MEMBER_COLUMNS` has them.
    """

    header: Header
    topics: tuple[Topic, ...]
    figures: pd.DataFrame
    members: Mapping[str, pd.DataFrame]


def audit(
    register: Register,
    policy: Policy,
    day: date,
    period_from: date,
    roster: Roster | None = None,
    *,
    by: Sequence[str] = (),
    topics: Sequence[Topic] = TOPICS,
    progress: Progress | None = None,
) -> Audit:
    """Audit a register as at the end of a day.

    Parameters
    ----------
    register
        As extracted; the day is rebuilt from its logs.
    day
        Records of this day count; not after the extract date: nothing is known of what comes then.
    period_from
        First day of the period that ends on ``day``, see :func:`first_day_of_period`.
    roster
        A roster to be audited before or after it is worked.
    by
        ``team``, ``officer``, ``district``: further cuts beside the force and the tier.
    topics
        What is looked at; all there are if not given.
    progress
        Told the title of each topic as it is begun.

    Returns
    -------
    Audit
        In stable order, whatever the order of the register's rows.

    Raises
    ------
    UsageError
        If the day lies after the extract or before the period, or the cut is not known.
    """
    _check(register, day, period_from, by)
    context = Context(register, policy, day, period_from, roster)
    with without_collector():
        members = _members(context, topics, progress)
    figures = [figures_of(topic, members[topic.name], policy, by) for topic in topics]
    header = _header(context, by)
    return Audit(header, tuple(topics), pd.concat(figures, ignore_index=True), members)


def first_day_of_period(day: date, policy: Policy) -> date:
    """First day of the policy's period of weeks that ends on ``day``."""
    return day - timedelta(days=7 * policy.audit.period_weeks - 1)


def _check(register: Register, day: date, period_from: date, by: Sequence[str]) -> None:
    if day > register.extract_date:
        raise UsageError(
            f"{day} lies after the extract of {register.extract_date}, which knows nothing of it."
            " Maybe: take a later extract."
        )
    if period_from > day:
        raise UsageError(f"The period begins on {period_from}, after its last day {day}: give an earlier first day.")
    if unknown := [name for name in by if name not in BY]:
        raise UsageError(f"Figures cannot be cut by {', '.join(unknown)}: give {', '.join(BY)}.")


def _members(context: Context, topics: Sequence[Topic], progress: Progress | None) -> dict[str, pd.DataFrame]:
    found = {}
    for topic in topics:
        if progress is not None:
            progress(topic.title)
        found[topic.name] = topic.members(context)
    return found


def _header(context: Context, by: Sequence[str]) -> Header:
    return Header(
        day=context.day,
        period_from=context.period_from,
        extract_date=context.full.extract_date,
        version=__version__,
        policy=context.policy.name,
        settings=context.policy.model_dump(mode="json"),
        digests=context.full.digests,
        roster=context.roster.horizon.name if context.roster is not None else "",
        by=tuple(by),
    )
