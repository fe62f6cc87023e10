"""Readers and scorers of the public instances: small files worked out by hand, then published solutions."""

from __future__ import annotations

import pickle

import pytest
from benchmarks import ours, public_points, public_runs, public_strsp
from benchmarks.public_points import RuleBrokenError
from benchmarks.routing_problem import BoundedRoutes
from benchmarks.routing_repair import repaired

pytestmark = pytest.mark.many_cases

# A depot at the origin, open until 30; a at (3, 4), b at (6, 8), c at (1, 1), which is 1.414... away.
PATIENCE = 600.0
"""Seconds after which our solver is ended; it needs a few."""

TOPTW = """1 1 3 1
0 0
 0 0 0 0 0 0 0 0 30
 1 3 4 2 10 1 1 1 0 10
 2 6 8 2.5 20 1 1 1 12 13
 3 1 1 1 5 1 1 1 0 9
"""
# Two tours, a budget of 5, one visit of the first type. Windows 0-10-20-30-40; a is open first in tours 1 and 3.
MCTOPMTW = """2 2 5 1 9 9 9 9 9 9 9 9 9
1 0 0 0 0 0 50
2 3 4 1 10 0 10 20 30 40 1 3 1 0 0 0 0 0 0 0 0 0
3 6 8 1 20 0 10 20 30 40 0 3 0 0 0 0 0 0 0 0 0 0
"""
TASKS = """Capacity: 1
Customer: 3

CUST NO. XCOORD. YCOORD. DEMAND READY TIME DUE DATE SERVICE TIME cost d11 d12 d21 d22
1 0 0 0 0 100 0 0 0 0 0 0
2 3 4 0 0 10 10 50 2 1 0 0
3 3 0 0 20 90 10 70 0 0 1 1
"""
TECHNICIANS = """Technicians
Number of Technicians: 3
domains: 2
proficiency level: 2


ID domain1 domain2
1 2 0
2 1 0
3 0 2
4 2 2
"""


@pytest.fixture
def folder(shared):
    if not public_runs.FOLDER.is_dir():
        pytest.skip("no folder 'benchmarks' in the shared data beside the checkout")
    return public_runs.FOLDER


@pytest.fixture
def toptw(tmp_path):
    path = tmp_path / "c999.txt"
    path.write_text(TOPTW, "ascii")
    return public_points.read_toptw(path, 2)


@pytest.fixture
def mctopmtw(tmp_path):
    path = tmp_path / "MCTOPMTW-2-c999.txt"
    path.write_text(MCTOPMTW, "ascii")
    return public_points.read_mctopmtw(path)


@pytest.fixture
def technicians(tmp_path):
    (tmp_path / "tasks.txt").write_text(TASKS, "ascii")
    (tmp_path / "technicians.txt").write_text(TECHNICIANS, "ascii")
    return public_strsp.read_technicians(tmp_path / "tasks.txt", tmp_path / "technicians.txt", 2)


@pytest.mark.parametrize(("scale", "cut"), [(10, 14), (100, 141), (1000, 1414)])
def test_distances_are_cut_off_not_rounded(scale, cut):
    """From (0, 0) to (1, 1) it is 1.41421...; to (3, 4) it is 5 on the dot."""
    table = public_points.cut_distances([("0", "0"), ("1", "1"), ("3", "4")], scale)
    assert table[0, 1] == table[1, 0] == cut
    assert table[0, 2] == 5 * scale


def test_a_number_finer_than_the_scale_is_refused():
    assert public_points.whole("12.5", 10) == 125
    with pytest.raises(ValueError, match=r"12\.55"):
        public_points.whole("12.55", 10)


@pytest.mark.parametrize(
    ("families", "names"),
    [(["toptw"], []), (["strsp"], ["strsp"]), (["mctopmtw", "strsp"], ["MCTOPMTW", "strsp"])],
)
def test_families_are_told_apart_by_the_beginning_of_their_names(families, names):
    known = [
        public_runs.Public(name, 1, None, len, None, 1)
        for name in ("MCTOPMTW-1-r103", "strsp C201_5x4_noTeam, 25 tasks")
    ]
    assert [public.name.split("-")[0].split()[0] for public in known if public.is_of(families)] == names


def test_toptw_is_read_in_tenths(toptw):
    assert toptw.travel[0].tolist() == [0, 50, 100, 14]
    assert toptw.minutes == (0, 20, 25, 10)
    assert toptw.windows[2] == (((120, 130),), ((120, 130),))
    assert (toptw.opens, toptw.closes) == (0, 300)


def test_a_visit_may_end_after_its_window_and_waiting_is_allowed(toptw):
    """a from 5 to 7, b reached at 12, there until 14.5, home at 24.5."""
    assert public_points.score(toptw, [[1, 2], []]) == 30
    assert public_points.score(toptw, [[2], [3, 1]]) == 35


@pytest.mark.parametrize(
    ("routes", "why"),
    [
        ([[2, 1], []], "point 1 is reached too late"),  # at 14.5 + 5
        ([[1, 3], []], "point 3 is reached too late"),  # at 7 + 3.6
        ([[1], [1]], "at most once"),
        ([[1]], "each tour once"),
    ],
)
def test_broken_rules_of_toptw(toptw, routes, why):
    with pytest.raises(RuleBrokenError, match=why):
        public_points.score(toptw, routes)


def test_windows_are_open_in_every_other_tour(mctopmtw):
    """``E`` is 1 for a: first and third in tour 1; it is 0 for b: the other way round."""
    assert mctopmtw.windows[1] == (((0, 100), (200, 300)), ((100, 200), (300, 400)))
    assert mctopmtw.windows[2] == (((100, 200), (300, 400)), ((0, 100), (200, 300)))


def test_limits_hold_over_all_tours(mctopmtw):
    """Each fits alone; together they cost 6 of a budget of 5."""
    assert mctopmtw.limits[:2] == (5, 1)
    assert public_points.score(mctopmtw, [[1], []]) == 10
    assert public_points.score(mctopmtw, [[2], []]) == 20
    with pytest.raises(RuleBrokenError, match="limit 0"):
        public_points.score(mctopmtw, [[1, 2], []])


def test_what_passes_a_limit_is_dropped_and_counted(mctopmtw):
    """a is worth less, so it goes."""
    problem = public_points.routing_problem(mctopmtw)
    assert repaired(problem, [[0, 1], []]) == ([[1], []], 1)
    assert repaired(problem, [[1], []]) == ([[1], []], 0)


def test_needs_are_people_with_at_least_a_level(technicians):
    """Task 2 needs two of level 1 or more in the first domain, one of them of level 2. The fourth is not counted."""
    assert technicians.levels == ((2, 0), (1, 0), (0, 2))
    assert technicians.serves((0, 1), 1)
    assert not technicians.serves((0,), 1)
    assert not technicians.serves((0, 2), 1)
    assert technicians.serves((2,), 2)


def test_length_plus_the_price_of_what_is_left_out(technicians):
    """There and back is 10; the other task costs 70. With both: another 6."""
    assert public_strsp.score(technicians, [(0, 1)], [[1]]) == pytest.approx(80)
    assert public_strsp.score(technicians, [(0, 1), (2,)], [[1], [2]]) == pytest.approx(16)
    assert public_strsp.score(technicians, [], []) == 120


@pytest.mark.parametrize(
    ("teams", "routes", "why"),
    [
        ([(0,)], [[1]], "lacks"),
        ([(0, 1), (1, 2)], [[1], [2]], "in one team"),
        ([(0, 1, 2)], [[2, 1]], "too late"),  # at task 2 only after 30 + 4
    ],
)
def test_broken_rules_of_technicians(technicians, teams, routes, why):
    with pytest.raises(RuleBrokenError, match=why):
        public_strsp.score(technicians, teams, routes)


def test_every_checked_solution_has_the_score_stated(folder):
    found = list(public_points.checked_solutions(folder / "toptw"))
    assert len(found) > 20
    for instance, stated, routes in found:
        assert public_points.score(instance, routes) == stated, instance.name


def test_the_published_technician_solution_costs_what_is_stated(folder):
    strsp = folder / "strsp_kovacs"
    people = strsp / "techniciansReduced_Team" / "C2" / "technicians_6x6_Team_short.txt"
    instance = public_strsp.read_technicians(strsp / "tasks_Team" / "C201_6x6_Team.txt", people, 50)
    (solution,) = (strsp / "example_solutions").iterdir()
    assert public_strsp.score(instance, *public_strsp.read_solution(solution)) == pytest.approx(468.732465)


def test_best_known_values_are_those_to_measure_against(folder):
    """The file has an older value of the same instance as well."""
    assert public_runs.best_known(folder / "toptw")["c104", "m=1"] == 420
    assert public_runs.best_known(folder / "mctopmtw")["MCTOPMTW-1-pr05", "m=1"] == 595


def test_every_instance_of_the_page_can_be_read(folder):
    chosen = list(public_runs.chosen(folder))
    assert all(public.problem.jobs and public.problem.vehicles for public in chosen)
    assert all(public.best for public in chosen if public.sense > 0)
    assert chosen[-1].best == pytest.approx(468.732465)


def test_the_page_has_each_set_of_solomon_once_for_each_number_of_tours(folder):
    """Of the five of c1 that lie there all but the third."""
    found = list(public_runs.spread(folder))
    assert [base for base, _ in found if base.startswith("c1")] == ["c104", "c105", "c108", "c109"]
    assert sorted((base[:-2], tours) for base, tours in found) == sorted(
        (name, tours) for name in public_runs.SOLOMON_SETS for tours in (1, 2, 3, 4)
    )


def test_every_base_has_a_best_known_value_for_one_to_four_tours(folder):
    known = public_runs.best_known(folder / "toptw")
    bases = {path.stem for path in (folder / "toptw" / "instances").glob("*.txt")}
    assert set(known) == {(base, f"m={tours}") for base in bases for tours in (1, 2, 3, 4)}


def test_our_solver_solves_a_small_public_instance_through_its_seam(toptw):
    """a and b in one tour, c in the other, is all there is."""
    problem = public_points.routing_problem(toptw)
    answer = ours.solve_public(problem, PATIENCE, 1)
    assert public_points.score(toptw, public_points.points_of(answer)) == 35
    assert answer.bound == 35 * public_points.prize_of(toptw)


def test_what_is_proven_outlives_the_way_from_a_child_process_and_is_told_as_value(toptw):
    routes = BoundedRoutes([[0, 1], [2]])
    routes.bound = 35 * public_points.prize_of(toptw)
    received = pickle.loads(pickle.dumps(routes))
    (public,) = [public_runs._points("toptw c999", toptw, 35.0)]
    assert received == routes
    assert (public.bound(received), public.bound([[0, 1], [2]])) == ("35", "-")


def test_an_optimum_of_the_literature_is_proven(folder):
    """``rc101`` for one tour: 219 by the completed run of an exact method."""
    instance = public_points.read_toptw(folder / "toptw" / "instances" / "rc101.txt", 1)
    answer = ours.solve_public(public_points.routing_problem(instance), PATIENCE, 1)
    assert public_points.score(instance, public_points.points_of(answer)) == 219
    assert answer.bound == 219 * public_points.prize_of(instance)
