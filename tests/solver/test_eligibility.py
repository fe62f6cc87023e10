"""Who may go: each rule with nothing to ask, just met, just missed."""

from __future__ import annotations

from typing import Any

import pytest
from solver.instances import person, visit

from offender_mgmt.instance.model import DeskTask, OfficerData, SideWork, WriteUp
from offender_mgmt.solver import eligibility as e

CONSTABLE, STAFF = 0, 3


def two(first: dict[str, Any], second: dict[str, Any]) -> tuple[OfficerData, OfficerData]:
    return person(**first), person(**second)


@pytest.mark.parametrize(
    ("crew", "first", "second", "may"),
    [
        ((0, 1), {}, {}, True),
        ((0, 1), {"not_paired_with": frozenset({2})}, {}, True),  # somebody who does not come
        ((0, 1), {"not_paired_with": frozenset({1})}, {}, False),
        ((0, 1), {}, {"not_paired_with": frozenset({0})}, False),  # told by the other side only
        ((0,), {"not_paired_with": frozenset({1})}, {}, True),
    ],
)
def test_officers_may_pair(crew: tuple[int, ...], first: dict[str, Any], second: dict[str, Any], may: bool) -> None:
    assert e.officers_may_pair(crew, two(first, second)) is may


@pytest.mark.parametrize(
    ("bases", "crew", "may"), [((0, 5), (0,), True), ((5, 5), (0, 1), True), ((0, 5), (0, 1), False)]
)
def test_crew_shares_base(bases: tuple[int, int], crew: tuple[int, ...], may: bool) -> None:
    assert e.crew_shares_base(crew, two({"base": bases[0]}, {"base": bases[1]})) is may


@pytest.mark.parametrize(
    ("needed", "drive", "may"),
    [(False, (False, False), True), (True, (False, True), True), (True, (False, False), False)],
)
def test_driver_present(needed: bool, drive: tuple[bool, bool], may: bool) -> None:
    assert e.driver_present((0, 1), two({"drives": drive[0]}, {"drives": drive[1]}), needed) is may


@pytest.mark.parametrize(("size", "crew", "may"), [(1, (0, 1), True), (2, (0, 1), True), (3, (0, 1), False)])
def test_crew_size(size: int, crew: tuple[int, ...], may: bool) -> None:
    assert e.crew_size(visit(0, crew_size=size), crew) is may


@pytest.mark.parametrize(
    ("each", "one", "first", "second", "may"),
    [
        ((), (), (), (), True),
        ((0,), (), (0,), (0, 1), True),
        ((0,), (), (0,), (1,), False),  # one lacks what each must hold
        ((), (1,), (0,), (1,), True),
        ((), (1,), (0,), (0,), False),
        ((), (1, 2), (1,), (2,), True),  # each skill by some officer, not all by one
        ((), (1, 2), (1,), (1,), False),
        ((0,), (1,), (0,), (0, 1), True),
        ((0,), (1,), (0,), (1,), False),
    ],
)
def test_crew_skills(
    each: tuple[int, ...], one: tuple[int, ...], first: tuple[int, ...], second: tuple[int, ...], may: bool
) -> None:
    call = visit(0, skills_each=frozenset(each), skills_one=frozenset(one))
    people = two({"skills": frozenset(first)}, {"skills": frozenset(second)})
    assert e.crew_skills(call, (0, 1), people) is may


@pytest.mark.parametrize(
    ("roles", "may"), [((), True), ((CONSTABLE, STAFF), True), ((CONSTABLE,), False), ((STAFF,), False)]
)
def test_crew_role(roles: tuple[int, ...], may: bool) -> None:
    people = two({"role": CONSTABLE}, {"role": STAFF})
    assert e.crew_role(visit(0, roles=frozenset(roles)), (0, 1), people) is may


@pytest.mark.parametrize(
    ("required", "powers", "may"),
    [(False, (False, False), True), (True, (False, True), True), (True, (False, False), False)],
)
def test_constable_present(required: bool, powers: tuple[bool, bool], may: bool) -> None:
    people = two({"has_powers": powers[0]}, {"has_powers": powers[1]})
    assert e.constable_present(visit(0, constable_required=required), (0, 1), people) is may


@pytest.mark.parametrize(("excluded", "may"), [((), True), ((2,), True), ((1,), False), ((0, 1), False)])
def test_no_declared_conflict(excluded: tuple[int, ...], may: bool) -> None:
    assert e.no_declared_conflict(visit(0, excluded=frozenset(excluded)), (0, 1)) is may


@pytest.mark.parametrize(("asked", "held", "may"), [((), (), True), ((1,), (0, 1), True), ((1,), (0,), False)])
def test_may_write_up(asked: tuple[int, ...], held: tuple[int, ...], may: bool) -> None:
    write_up = WriteUp(task=0, minutes=240, skills=frozenset(asked))
    assert e.may_write_up(write_up, person(skills=frozenset(held))) is may


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ({}, True),
        ({"skills": frozenset({0})}, True),
        ({"skills": frozenset({9})}, False),
        ({"roles": frozenset({CONSTABLE})}, True),
        ({"roles": frozenset({STAFF})}, False),
        ({"excluded": frozenset({1})}, True),
        ({"excluded": frozenset({0})}, False),
    ],
)
def test_may_do_desk(changes: dict[str, Any], may: bool) -> None:
    task = DeskTask(**{"task": 0, "minutes": 30, "first_day": 0, **changes})
    assert e.may_do_desk(task, 0, [person()]) is may


def test_sharers() -> None:
    people = (person(skills=frozenset({1})), person(), person(role=STAFF, skills=frozenset({1})))
    assert e.sharers(SideWork(minutes=20), (0, 1, 2), people) == (0, 1, 2)
    assert e.sharers(SideWork(minutes=20, skills=frozenset({1})), (0, 1, 2), people) == (0, 2)
    assert e.sharers(SideWork(minutes=20, skills=frozenset({1}), roles=frozenset({CONSTABLE})), (0, 1, 2), people) == (
        0,
    )
    assert e.sharers(SideWork(minutes=20, skills=frozenset({9})), (0, 1), people) == ()


@pytest.mark.parametrize(
    ("first", "may"),
    [({}, True), ({"base": 5}, False), ({"not_paired_with": frozenset({1})}, False), ({"drives": False}, True)],
)
def test_crew_may_form_needs_every_rule(first: dict[str, Any], may: bool) -> None:
    assert e.crew_may_form((0, 1), two(first, {}), driver_needed=True) is may


def test_crew_without_a_driver_may_not_form() -> None:
    people = two({"drives": False}, {"drives": False})
    assert not e.crew_may_form((0, 1), people, driver_needed=True)
    assert e.crew_may_form((0, 1), people, driver_needed=False)


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ({}, True),
        ({"crew_size": 3}, False),
        ({"skills_each": frozenset({9})}, False),
        ({"roles": frozenset({STAFF})}, False),
        ({"excluded": frozenset({1})}, False),
    ],
)
def test_crew_may_call_needs_every_rule(changes: dict[str, Any], may: bool) -> None:
    assert e.crew_may_call(visit(0, **changes), (0, 1), two({}, {})) is may


def test_crew_without_powers_may_not_make_a_constables_call() -> None:
    people = two({"has_powers": False}, {"has_powers": False})
    assert not e.crew_may_call(visit(0, constable_required=True), (0, 1), people)
