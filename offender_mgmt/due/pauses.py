"""Nominals whose clocks stand still, with a note that says why."""

from __future__ import annotations

from offender_mgmt.due.facts import Facts
from offender_mgmt.due.task import Pause


def pause_of(facts: Facts) -> Pause | None:
    """The pause of a nominal who is away or whose register has ended; ``None`` for all others."""
    offender = facts.offender
    if facts.has_ended:
        note = "The register has ended."
        end = offender.register_end
        return Pause(
            offender_ref=offender.offender_ref,
            team=offender.team,
            risk_level=facts.level,
            status=None,
            since=end,
            until=None,
            note=note,
        )
    if not facts.is_paused:
        return None
    return Pause(
        offender_ref=offender.offender_ref,
        team=offender.team,
        risk_level=facts.level,
        status=offender.community_status,
        since=offender.status_since,
        until=offender.status_until,
        note=_note(facts),
    )


def _note(facts: Facts) -> str:
    until = facts.offender.status_until
    if until is None:
        return "No end is known: the status is checked at intervals."
    if until < facts.horizon.first_day:
        return "The expected end has passed: check the status."
    return "Paused until the expected end."
