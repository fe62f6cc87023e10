"""What a roster states of its aims after the bands is as recomputed from the register and the roster."""

from __future__ import annotations

from dataclasses import replace

from offender_mgmt.aims import AimFigures, aim_figures, joined
from offender_mgmt.checks.timeline import Week
from offender_mgmt.checks.violation import Findings
from offender_mgmt.vocabulary import Aim


def aims_agree(week: Week) -> Findings:
    """The value of each aim is as recomputed from the roster, and none is better than its bound.

    Changes against a published roster are compared only where that roster is given.
    """
    if week.aims is None:
        return
    stated = {figures.aim: figures for figures in week.aims}
    recomputed = {figures.aim: figures for figures in _recomputed(week)}
    without = {Aim.FEWEST_CHANGES} if week.published is None else set()
    if stated.keys() - without != recomputed.keys() - without:
        yield (), "The aims stated are not the aims of the policy."
    for aim in recomputed:
        if aim in stated:
            yield from _findings(stated[aim], recomputed[aim].value)


def _recomputed(week: Week) -> tuple[AimFigures, ...]:
    near = replace(week.roster, assignments=week.rows)
    teams = aim_figures(week.register, week.policy, week.due, near, week.journeys, week.published)
    return joined(teams.values())


def _findings(stated: AimFigures, value: int) -> Findings:
    name = stated.aim.value
    if stated.value != value:
        yield (name,), f"The value of {stated.aim.words} is {value}, not {stated.value}."
    if replace(stated, value=value).beats_bound:
        yield (name,), f"The value {value} of {stated.aim.words} is better than its bound {stated.bound}."
