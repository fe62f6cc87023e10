"""What cannot be true of a register, and what may be true but needs a look: found across rows and files.

Each rule is a function of its own that yields what it finds; the two tuples are the table of contents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from offender_mgmt.errors import Fault
from offender_mgmt.register.consistency import cautions as look
from offender_mgmt.register.consistency import changes, duty, history, keys, nominals
from offender_mgmt.register.extract import Extract

Rule = Callable[[Extract], Iterator[Fault]]

CONTRADICTIONS: tuple[Rule, ...] = (
    keys.key_given_twice,
    keys.unknown_nominal,
    keys.unknown_base,
    keys.unknown_officer_ahead,
    keys.unknown_team,
    nominals.fact_after_extract,
    nominals.ends_before_it_begins,
    nominals.longer_interval_not_authorised,
    nominals.officer_not_paired_with_self,
    history.row_after_extract,
    history.visit_before_registration,
    history.successful_visit_by_nobody,
    history.deferred_until_before_decision,
    history.ends_before_start,
    changes.value_not_a_word,
    changes.chain_is_broken,
    changes.last_change_disagrees,
    duty.times_incomplete,
    duty.time_that_does_not_exist,
    duty.tour_too_long,
    duty.two_tours_in_a_day,
    duty.tours_overlap,
    duty.duty_and_absence,
    duty.event_without_times,
    duty.joint_visit_of_nobody,
)
CAUTIONS: tuple[Rule, ...] = (
    look.possible_duplicate,
    look.possible_duplicate_visit,
    look.lead_not_usable,
    look.officer_unknown,
    look.team_without_officers,
    look.position_doubtful,
    look.base_without_position,
    look.no_fixed_abode,
    look.reactive_not_eligible,
    look.pause_open_or_over,
    look.lowered_without_sign_off,
    look.longer_interval_authorised,
    look.caseload_over_limit,
    look.rest_too_short,
)


def contradictions(extract: Extract) -> list[Fault]:
    """Every contradiction found; one of these and the register is refused."""
    return [fault for rule in CONTRADICTIONS for fault in rule(extract)]


def cautions(extract: Extract) -> list[Fault]:
    """What is accepted but a person should look at."""
    return [fault for rule in CAUTIONS for fault in rule(extract)]
