"""Who may go, with whom, on what: one small function per rule, under the rule's name."""

from __future__ import annotations

from collections.abc import Sequence

from offender_mgmt.instance.model import Call, DeskTask, OfficerData, SideWork, WriteUp

Crew = tuple[int, ...]
"""Officer indices, ascending."""


def officers_may_pair(crew: Crew, officers: Sequence[OfficerData]) -> bool:
    """No two of the crew are declared not to be paired."""
    return not any(b in officers[a].not_paired_with for a in crew for b in crew)


def crew_shares_base(crew: Crew, officers: Sequence[OfficerData]) -> bool:
    """All of the crew start from one base."""
    return len({officers[o].base for o in crew}) == 1


def driver_present(crew: Crew, officers: Sequence[OfficerData], needed: bool) -> bool:
    """Someone in the crew drives, where policy asks for it."""
    return not needed or any(officers[o].drives for o in crew)


def crew_size(call: Call, crew: Crew) -> bool:
    """The crew is as large as the call asks for."""
    return len(crew) >= call.crew_size


def crew_skills(call: Call, crew: Crew, officers: Sequence[OfficerData]) -> bool:
    """Each officer holds the skills asked of each, someone those asked of one."""
    held_by_one = all(any(skill in officers[o].skills for o in crew) for skill in call.skills_one)
    return held_by_one and all(call.skills_each <= officers[o].skills for o in crew)


def crew_role(call: Call, crew: Crew, officers: Sequence[OfficerData]) -> bool:
    """Every officer has a role that may do the call."""
    return not call.roles or all(officers[o].role in call.roles for o in crew)


def constable_present(call: Call, crew: Crew, officers: Sequence[OfficerData]) -> bool:
    """A constable is in the crew where one is required."""
    return not call.constable_required or any(officers[o].has_powers for o in crew)


def no_declared_conflict(call: Call, crew: Crew) -> bool:
    """Nobody in the crew has a declared conflict with the nominal."""
    return not call.excluded & set(crew)


def pins_kept(call: Call, crew: Crew) -> bool:
    """Whoever was pinned to the call is in the crew; who must not be, stands among the excluded."""
    return call.pinned <= set(crew)


def may_write_up(write_up: WriteUp, officer: OfficerData) -> bool:
    """Whether an officer may write an interview up."""
    return write_up.skills <= officer.skills


def may_do_desk(task: DeskTask, officer: int, officers: Sequence[OfficerData]) -> bool:
    """Whether an officer may do a desk task: skills, role, no conflict."""
    data = officers[officer]
    return task.skills <= data.skills and (not task.roles or data.role in task.roles) and officer not in task.excluded


def sharers(work: SideWork, crew: Crew, officers: Sequence[OfficerData]) -> Crew:
    """Officers of the crew who may do the work that goes with a visit; they share it."""
    return tuple(
        o for o in crew if work.skills <= officers[o].skills and (not work.roles or officers[o].role in work.roles)
    )


def crew_may_form(crew: Crew, officers: Sequence[OfficerData], driver_needed: bool) -> bool:
    """Whether these officers may go out together at all."""
    return (
        officers_may_pair(crew, officers)
        and crew_shares_base(crew, officers)
        and driver_present(crew, officers, driver_needed)
    )


def crew_may_call(call: Call, crew: Crew, officers: Sequence[OfficerData]) -> bool:
    """Whether a crew that may form may make a call."""
    return (
        crew_size(call, crew)
        and crew_skills(call, crew, officers)
        and crew_role(call, crew, officers)
        and constable_present(call, crew, officers)
        and no_declared_conflict(call, crew)
        and pins_kept(call, crew)
    )
