"""What is known of a team's week when its processes are over: the rosters told, the best last, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from offender_mgmt.instance.model import Instance
from offender_mgmt.planning.running import Running
from offender_mgmt.solver.bands import BandProof
from offender_mgmt.solver.solve import Answer, SolveStatus, rank

WORSE = "the optimiser's roster was worse than the one it began with"


class Ending(StrEnum):
    """How the search for a team's roster came to its end; of several courses the last of these counts."""

    FINISHED = "finished"
    """By itself, within its effort: the same again with the same input, seed and version."""
    TIME = "time"
    """The time given was over."""
    STOPPED = "stopped"
    """A person or the system stopped it."""
    FAULT = "fault"
    """The solver failed; the rosters it had told before stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is known of a team's week in the end.

    Parameters
    ----------
    answers
        All that was told, the best last; empty if there was no time for any.
    fault
        What went wrong, in words; empty if nothing did.
    problem
        The problem that an engine failed on, in numbers.
    last_told
        Of several courses each one's last answer, the best first: if one course is rotten, another may be sound.
    """

    team: str
    ending: Ending
    answers: tuple[Answer, ...]
    fault: str = ""
    problem: str = ""
    last_told: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """One course of a team's search that is over."""

    running: Running
    ending: Ending


def outcome_of(
    team: str,
    instance: Instance,
    drafts: tuple[Answer, ...],
    ended: Sequence[Ended],
    cut_by: Ending = Ending.FINISHED,
) -> Outcome:
    """The rosters of all courses, with whatever went wrong in any of them.

    Parameters
    ----------
    ended
        The courses that began, in whatever order they ended.
    cut_by
        What ended those that never began; ``FINISHED`` where all did.
    """
    courses = sorted(ended, key=partial(_how_good, instance))  # equal ones: the later is better
    told = [answer for course in courses for answer in course.running.answers]
    answers = sorted((*drafts, *told), key=partial(rank, instance))
    endings, faults = {cut_by}, []
    for course in courses:
        ending, fault = course.ending, course.running.why_it_ended() if course.ending is Ending.FAULT else ""
        if ending is Ending.FINISHED and _is_worse(instance, course.running.answers, drafts):
            ending, fault = Ending.FAULT, WORSE
        endings.add(ending)
        faults += [fault] if fault else []
    last = [c.running.answers[-1] for c in courses if c.running.answers] if len(courses) > 1 else []
    if last and instance.bands_first is None:
        answers[-1] = with_bounds_of(answers[-1], last)
    return Outcome(
        team=team,
        ending=max(endings, key=list(Ending).index),
        answers=tuple(answers),
        fault=", ".join(dict.fromkeys(faults)),
        problem=next((course.running.problem for course in courses if course.running.problem), ""),
        last_told=tuple(last[::-1]),
    )


def _how_good(instance: Instance, course: Ended) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """What decides which course gives the roster: its last answer's bands, then its aims; of equal ones the first."""
    last = course.running.answers[-1] if course.running.answers else None
    bands = rank(instance, last) if last else ()
    aims = tuple(a.value if a.aim.more_is_better else -a.value for a in last.aims) if last else ()
    return bands, aims, -course.running.course


def _is_worse(instance: Instance, answers: Sequence[Answer], drafts: Sequence[Answer]) -> bool:
    """Whether the last answer is worse than any before it."""
    return max(rank(instance, answer) for answer in (*drafts, *answers)) > rank(instance, answers[-1])


def with_bounds_of(answer: Answer, others: Sequence[Answer]) -> Answer:
    """The answer with the closest bounds that any course has proven and that hold of it.

    A bound of a band is that of all rosters that do as much in the bands before as the roster it was proven with; so
    it holds for one that does as much there, or more.
    """
    proofs = []
    for band, proof in enumerate(answer.proofs):
        hold = [other for other in (answer, *others) if _does_as_much(answer, other, band)]
        bounds = [bound for bound in (other.proofs[band].bound for other in hold) if bound is not None]
        proofs.append(BandProof(proof.value, min(bounds, default=None)))
    if answer.status is SolveStatus.FALLBACK:
        return answer
    proven = all(proof.value == proof.bound for proof in proofs)
    return replace(answer, proofs=tuple(proofs), status=SolveStatus.PROVEN if proven else SolveStatus.FEASIBLE)


def _does_as_much(answer: Answer, other: Answer, bands: int) -> bool:
    """Whether it does in each of the first bands as much as another one."""
    pairs = zip(answer.proofs[:bands], other.proofs[:bands], strict=True)
    return all(own.value >= proof.value for own, proof in pairs)
