"""Several courses of one team: the best roster stands, with the bounds that hold of it, and whatever failed is said."""

from __future__ import annotations

import queue
from typing import Any

import pytest
from solver.instances import random_instance, shift, small, visit

from offender_mgmt.planning.outcome import WORSE, Ended, Ending, outcome_of
from offender_mgmt.planning.running import NO_ANSWER, Running
from offender_mgmt.solver.aims import AimProof
from offender_mgmt.solver.bands import BandProof
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import Answer, SolveStatus, rank, solve
from offender_mgmt.solver.timetable import Timetable
from offender_mgmt.vocabulary import Aim

pytestmark = pytest.mark.many_cases

INSTANCE = small([visit(0)], (shift(0, 0, 480, 960), shift(1, 0, 480, 960)), 2)


def answer(*bands: tuple[int, int | None], status: SolveStatus = SolveStatus.FEASIBLE, **aims: int) -> Answer:
    proofs = tuple(BandProof(value, bound) for value, bound in bands)
    reached = tuple(AimProof(Aim(name), value, None) for name, value in aims.items())
    return Answer(status, Timetable((), ()), proofs, (), reached)


def course(number: int, *answers: Answer, ending: Ending = Ending.FINISHED, fault: str = "") -> Ended:
    running = Running("north", INSTANCE, Settings().with_other_lots(number), queue.SimpleQueue(), course=number)
    running.answers, running.final, running.fault = list(answers), ending is Ending.FINISHED, fault
    return Ended(running, ending)


def best(*courses: Ended, drafts: tuple[Answer, ...] = (), **options: Any) -> Answer:
    return outcome_of("north", INSTANCE, drafts, courses, **options).answers[-1]


def values(found: Answer) -> list[tuple[int, int | None]]:
    return [(proof.value, proof.bound) for proof in found.proofs]


def test_one_course_alone_stands_as_it_was_told() -> None:
    first, last = answer((3, None), (9, None)), answer((5, 5), (1, 2))
    found = outcome_of("north", INSTANCE, (), [course(0, first, last)])
    assert (found.answers, found.ending, found.fault) == ((first, last), Ending.FINISHED, "")


def test_the_better_course_gives_the_roster_in_order_of_the_bands() -> None:
    more_of_the_first, more_of_the_last = answer((5, 8), (1, 9)), answer((4, 8), (9, 9))
    for order in ((more_of_the_first, more_of_the_last), (more_of_the_last, more_of_the_first)):
        assert values(best(course(0, order[0]), course(1, order[1])))[0][0] == 5


@pytest.mark.parametrize(
    ("others_second", "bound"),
    [(2, 6), (3, 6), (4, 9)],
    ids=["less in the band before: it holds", "as much: it holds", "more: it does not"],
)
def test_a_bound_holds_of_a_roster_that_does_as_much_in_the_bands_before(others_second: int, bound: int) -> None:
    """The roster's own bound of the third band is 9, the other course's 6; of the first two both say 7 and 8."""
    own, other = answer((5, 7), (3, 8), (1, 9)), answer((4, 7), (others_second, 8), (1, 6))
    assert values(best(course(0, own), course(1, other))) == [(5, 7), (3, 8), (1, bound)]


def test_the_first_band_has_the_least_bound_of_all() -> None:
    assert values(best(course(0, answer((5, 9))), course(1, answer((4, 6))))) == [(5, 6)]


@pytest.mark.parametrize(("bound", "status"), [(5, SolveStatus.PROVEN), (6, SolveStatus.FEASIBLE)])
def test_a_roster_may_be_proven_by_another_course(bound: int, status: SolveStatus) -> None:
    assert best(course(0, answer((5, 7))), course(1, answer((3, bound)))).status is status


def test_a_greedy_roster_stays_one_without_bounds() -> None:
    greedy = answer((5, None), status=SolveStatus.FALLBACK)
    found = best(course(0, greedy, ending=Ending.FAULT), course(1, answer((3, 5)), ending=Ending.FAULT))
    assert found == greedy


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [
        ({"continuity": 3}, {"continuity": 4}, 1),
        ({"travel": 3}, {"travel": 4}, 0),
        ({"continuity": 3, "travel": 9}, {"continuity": 3, "travel": 8}, 1),
        ({"continuity": 3}, {"continuity": 3}, 0),
    ],
    ids=["more continuity", "less travel", "the first aim that differs", "alike: the first course"],
)
def test_of_equal_bands_the_aims_decide(first: dict[str, int], second: dict[str, int], winner: int) -> None:
    pair = answer((5, 5), **first), answer((5, 5), **second)
    for ends in ((0, 1), (1, 0)):
        assert best(*(course(number, pair[number]) for number in ends)).aims == pair[winner].aims


def test_what_failed_in_any_course_is_said_once_and_the_other_stands() -> None:
    lost = [course(n, ending=Ending.FAULT) for n in (1, 2)]
    found = outcome_of("north", INSTANCE, (), [course(0, answer((5, 5))), *lost])
    assert (found.ending, found.fault, len(found.answers)) == (Ending.FAULT, NO_ANSWER, 1)


def test_a_course_worse_than_what_it_began_with_is_a_fault() -> None:
    found = outcome_of("north", INSTANCE, (answer((4, None)),), [course(0, answer((5, 5))), course(1, answer((3, 5)))])
    assert (found.ending, found.fault) == (Ending.FAULT, WORSE)
    assert found.answers[-1].proofs == (BandProof(5, 5),)


@pytest.mark.parametrize("cut_by", [Ending.TIME, Ending.STOPPED])
def test_a_course_that_never_began_was_cut(cut_by: Ending) -> None:
    found = outcome_of("north", INSTANCE, (), [course(0, answer((5, 5)))], cut_by)
    assert (found.ending, found.fault) == (cut_by, "")


def test_the_last_answer_of_each_course_is_kept_if_there_are_several() -> None:
    """The best course may be rotten through and through; then another one's best is worth trying."""
    rotten, sound = [answer((9, None))] * 8, answer((5, 5))
    found = outcome_of("north", INSTANCE, (), [course(0, *rotten), course(1, sound)])
    assert found.last_told[1] is sound
    assert outcome_of("north", INSTANCE, (), [course(0, sound)]).last_told == ()


def test_the_greatest_seed_has_courses_too() -> None:
    assert [Settings(seed=2**31 - 1).with_other_lots(number).seed for number in range(3)] == [2**31 - 1, 0, 1]


def test_nothing_at_all() -> None:
    assert outcome_of("north", INSTANCE, (), [], Ending.TIME).answers == ()


@pytest.mark.parametrize("seed", [0, 4, 6])
def test_no_roster_passes_the_bounds_of_several_courses_together(seed: int) -> None:
    """Poor courses that end apart; a good search bears witness, as each of them does against the one that stands."""
    week = random_instance(seed, officers=4, calls=12, days=3, desk=8)
    poor = Settings(effort=1, nodes=1, exact_columns=0, cut_rounds=0)
    courses = [solve(week, poor.with_other_lots(number)) for number in range(3)]
    assert len({rank(week, last) for last in courses}) > 1  # else there is nothing to see here
    told = [course(number, last) for number, last in enumerate(courses)]
    stands = outcome_of("north", week, (), told).answers[-1]
    for other in (*courses, solve(week, Settings(effort=10))):
        for band, (own, proof) in enumerate(zip(stands.proofs, other.proofs, strict=True)):
            if any(o.value < p.value for o, p in zip(other.proofs[:band], stands.proofs[:band], strict=True)):
                break  # it does less in a band before: the bounds from here on say nothing of it
            assert own.bound is not None
            assert proof.value <= own.bound
