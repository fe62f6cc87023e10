"""Who went: alone or not, with whose authority, with which accreditation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import pandas as pd

from offender_mgmt.audit.context import Context
from offender_mgmt.audit.places import attempt_members
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.policy import Policy
from offender_mgmt.register.records import Officer, Visit
from offender_mgmt.vocabulary import TaskKind, VisitType

AUTHORISED, NOT_AUTHORISED = "authorised", "not authorised"
SKILL_MISSING, NOT_ON_FILE, NOBODY_SKILLED = "skill missing", "officer not on file", "nobody with a skill needed"


def _with_officers(context: Context) -> list[Visit]:
    return [v for v in context.attempts if v.officers]


def _authority(attempt: Visit, policy: Policy) -> str:
    return attempt.single_crew_authorised_by or policy.crews.single_crew_authorised_by


def _single_crewed(context: Context) -> pd.DataFrame:
    attempts = _with_officers(context)
    alone = [len(v.officers) == 1 for v in attempts]
    authorities = [_authority(v, context.policy) for v in attempts]
    return attempt_members(
        context,
        attempts,
        counted=alone,
        split=[
            (AUTHORISED if by else NOT_AUTHORISED) if one else "" for one, by in zip(alone, authorities, strict=True)
        ],
        detail=[
            f"{v.officers[0]} alone, {f'authorised by {by}' if by else NOT_AUTHORISED}." if one else ""
            for v, one, by in zip(attempts, alone, authorities, strict=True)
        ],
    )


def _not_authorised(context: Context) -> pd.DataFrame:
    attempts = _with_officers(context)
    counted = [len(v.officers) == 1 and not _authority(v, context.policy) for v in attempts]
    detail = [f"{v.officers[0]} alone." if one else "" for v, one in zip(attempts, counted, strict=True)]
    return attempt_members(context, attempts, counted=counted, detail=detail)


def _unaccredited(context: Context) -> pd.DataFrame:
    verdict = _verdicts(context.policy, context.now.register.officer_by_id)
    found = [verdict(v.type, v.officers) for v in context.attempts]
    return attempt_members(
        context,
        context.attempts,
        counted=[bool(split) for split, _ in found],
        split=[split for split, _ in found],
        detail=[detail for _, detail in found],
    )


def _verdicts(
    policy: Policy, on_file: Mapping[str, Officer]
) -> Callable[[VisitType, tuple[str, ...]], tuple[str, str]]:
    """What is wrong with a crew at a kind of visit, and who it is about; each question answered once."""

    @cache
    def verdict(kind: VisitType, crew: tuple[str, ...]) -> tuple[str, str]:
        task = _as_task(kind)
        each, one = set(policy.crews.skills_each.get(task, ())), policy.crews.skills_one.get(task, ())
        lacking = [officer for officer in crew if officer in on_file and each - set(on_file[officer].skills)]
        if lacking:
            return SKILL_MISSING, f"Without {' '.join(sorted(each))}: {' '.join(lacking)}."
        unknown = [officer for officer in crew if officer not in on_file]
        if unknown:
            return NOT_ON_FILE, f"Not in officers.csv: {' '.join(unknown)}."
        held = {skill for officer in crew for skill in on_file[officer].skills}
        without = [skill for skill in one if skill not in held]
        return (NOBODY_SKILLED, f"Nobody with {' '.join(without)}.") if crew and without else ("", "")

    return verdict


def _as_task(kind: VisitType) -> TaskKind:
    return TaskKind.HOME_VISIT if kind in (VisitType.JOINT_VISIT, VisitType.SEARCH) else TaskKind(kind.value)


def _not_recorded(context: Context) -> pd.DataFrame:
    return attempt_members(context, context.attempts, counted=[not v.officers for v in context.attempts])


_ATTEMPTS = "Attempts dated in the period, whatever their outcome. "

TOPICS = (
    Topic(
        name="single-crewed",
        group=Group.CREWING,
        title="Visits by one officer",
        population="attempts in the period with officers recorded",
        counted="one officer went",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.SPLIT),
        split="whether it was authorised",
        splits=(AUTHORISED, NOT_AUTHORISED),
        definition=_ATTEMPTS + "Authorised: single_crew_authorised_by is filled in visits.csv, or the policy names who"
        " authorises crews of one (crews.single_crew_authorised_by). Uniform or plain clothes is in no column: it is"
        " not measured.",
        members=_single_crewed,
    ),
    Topic(
        name="single-crewed-not-authorised",
        group=Group.CREWING,
        title="Visits by one officer without authority",
        population="attempts in the period with officers recorded",
        counted="one officer went and nobody is named who authorised it, neither on the visit nor in the policy",
        measures=(Measure.NUMBER, Measure.SHARE),
        definition=_ATTEMPTS + "See single-crewed.",
        members=_not_authorised,
    ),
    Topic(
        name="unaccredited",
        group=Group.CREWING,
        title="Visits without the accreditation asked for",
        population="attempts in the period",
        counted="an officer lacks a skill the policy asks of each, is not on file, or nobody holds one it asks of one",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.SPLIT),
        split="what is missing; the first that applies",
        splits=(SKILL_MISSING, NOT_ON_FILE, NOBODY_SKILLED),
        definition=_ATTEMPTS + "Skills are those of officers.csv as extracted: no log tells since when they are held."
        " What is asked is crews.skills_each and crews.skills_one for the kind of visit; a joint visit and a search"
        " ask for what a home visit asks. First: an officer on file lacks a skill each must hold; next: an officer is"
        " not in officers.csv; last: nobody holds a skill one must hold. An attempt without officers recorded is a"
        " member and not counted: see officers-not-recorded.",
        members=_unaccredited,
    ),
    Topic(
        name="officers-not-recorded",
        group=Group.CREWING,
        title="Visits without officers recorded",
        population="attempts in the period",
        counted="no officer is recorded",
        measures=(Measure.NUMBER, Measure.SHARE),
        definition=_ATTEMPTS + "Whether these were single-crewed or accredited cannot be known.",
        members=_not_recorded,
    ),
)
