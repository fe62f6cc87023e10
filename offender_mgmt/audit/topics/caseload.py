"""Who leads how many nominals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import fsum

import pandas as pd

from offender_mgmt.audit.context import Context
from offender_mgmt.audit.places import officer_members, on_register
from offender_mgmt.audit.topic import Group, Measure, Topic
from offender_mgmt.audit.workload import full_time_share
from offender_mgmt.due.facts import Facts

OVER, WITHIN = "over", "within"


def _led(context: Context) -> Mapping[str, list[Facts]]:
    """Nominals on the register by the officer who leads them, officers in order."""
    found: dict[str, list[Facts]] = defaultdict(list)
    for facts in on_register(context.now):
        if facts.offender.lead_officer:
            found[facts.offender.lead_officer].append(facts)
    return dict(sorted(found.items()))


def _shares(context: Context, officers: Mapping[str, object]) -> list[float]:
    return [full_time_share(context.now.register, officer, context.policy) for officer in officers]


def _ratios(context: Context, led: Mapping[str, list[Facts]]) -> list[float]:
    return [len(people) / share for people, share in zip(led.values(), _shares(context, led), strict=True)]


def _said(ratios: list[float]) -> list[str]:
    return [f"{ratio:.1f} nominals per full-time officer." for ratio in ratios]


def _caseload(context: Context) -> pd.DataFrame:
    led = _led(context)
    ratios, limit = _ratios(context, led), context.policy.audit.caseload_per_fte
    return officer_members(
        context.now,
        list(led),
        value=[float(len(people)) for people in led.values()],
        per=_shares(context, led),
        split=[OVER if ratio > limit else WITHIN for ratio in ratios],
        detail=_said(ratios),
    )


def _over(context: Context) -> pd.DataFrame:
    led = _led(context)
    ratios, limit = _ratios(context, led), context.policy.audit.caseload_per_fte
    return officer_members(
        context.now, list(led), counted=[ratio > limit for ratio in ratios], value=ratios, detail=_said(ratios)
    )


def _of_officers(context: Context) -> pd.DataFrame:
    led = _led(context)
    ratios = _ratios(context, led)
    return officer_members(context.now, list(led), value=ratios, detail=_said(ratios))


def _weighted(context: Context) -> pd.DataFrame:
    led, numbers = _led(context), context.policy.audit

    def weight(facts: Facts) -> float:
        return numbers.reactive_weight if facts.is_eligible_reactive else numbers.caseload_weights[facts.level]

    weights = [fsum(map(weight, people)) for people in led.values()]
    return officer_members(context.now, list(led), value=weights, per=_shares(context, led))


_LEADS = "officers who lead at least one nominal on the register"
_FTE = (
    "Every nominal whose register has not ended counts for the lead officer as at the day, also in custody and under"
    " reactive management; who has no lead stands in no-lead-officer. Full-time equivalent: contract_hours of"
    " officers.csv as extracted by audit.full_time_hours; an officer without contract_hours or not in officers.csv"
    " counts as full time."
)

TOPICS = (
    Topic(
        name="caseload-per-fte",
        group=Group.CASELOAD,
        title="Nominals per full-time officer",
        population=_LEADS,
        counted="all",
        measures=(Measure.NUMBER, Measure.RATIO, Measure.SPLIT),
        value="nominals led",
        per="full-time equivalent of the officer",
        unit="nominals",
        ratio_unit="nominals per full-time officer",
        split="whether the officer's own caseload per full-time equivalent is over audit.caseload_per_fte",
        splits=(OVER, WITHIN),
        definition=_FTE,
        members=_caseload,
    ),
    Topic(
        name="caseload-over",
        group=Group.CASELOAD,
        title="Officers with more nominals than is reasonable",
        population=_LEADS,
        counted="the caseload per full-time equivalent is more than audit.caseload_per_fte",
        measures=(Measure.NUMBER, Measure.SHARE, Measure.MOST),
        value="caseload per full-time equivalent",
        unit="nominals",
        definition=_FTE,
        members=_over,
    ),
    Topic(
        name="caseload-of-officers",
        group=Group.CASELOAD,
        title="Caseload of each officer per full-time equivalent",
        population=_LEADS,
        counted="all",
        measures=(Measure.MEDIAN, Measure.MOST),
        value="caseload per full-time equivalent",
        unit="nominals",
        definition=_FTE,
        members=_of_officers,
    ),
    Topic(
        name="weighted-caseload-per-fte",
        group=Group.CASELOAD,
        title="Risk-weighted caseload per full-time officer",
        population=_LEADS,
        counted="all",
        measures=(Measure.RATIO,),
        value="sum of the weights of the nominals led",
        per="full-time equivalent of the officer",
        unit="weighted nominals",
        ratio_unit="weighted nominals per full-time officer",
        definition="A nominal weighs audit.reactive_weight under eligible reactive management, else what"
        " audit.caseload_weights says of the risk level in force. " + _FTE,
        members=_weighted,
    ),
)
