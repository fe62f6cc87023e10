"""Levels of two rosters: which is better, by what, and how far a bound reaches; worked out by hand."""

from dataclasses import replace

import builders as b
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich_roster import at, rich_world

from offender_mgmt.aims import AimFigures
from offender_mgmt.checks import check_roster
from offender_mgmt.report.evaluation import Evaluation, evaluation_json, evaluation_lines, levels_csv, violations_csv
from offender_mgmt.report.levels import Level, Outcome, Scored, deciding, level_lines, levels_of, scored, verdict
from offender_mgmt.report.record import Recorded
from offender_mgmt.report.roster_diff import Comparison, diff_lines
from offender_mgmt.report.roster_diff_files import diff_csv, diff_json
from offender_mgmt.roster.changes import changes_of
from offender_mgmt.roster.roster import Assignment, BandFigures
from offender_mgmt.vocabulary import Aim, RiskLevel, TaskKind

WORLD = rich_world()


def band(value, bound=None, name="first"):
    return BandFigures(name=name, due=10, scheduled=value // 10, value_due=100, value=value, bound=bound)


def levels(before, after, proven=None):
    """Levels of two lists of (values of bands, values of aims)."""
    rosters = []
    for bands, aims in (before, after):
        figures = tuple(band(value, name=f"band {n}") for n, value in enumerate(bands, start=1))
        rosters.append(Scored(WORLD.roster, figures, tuple(AimFigures(aim=a, value=v) for a, v in aims)))
    return levels_of(rosters[0], rosters[1], WORLD.due, WORLD.policy, proven)


def recorded(bands, aims):
    return Recorded(
        week="2026-W49",
        bands=tuple(band(0, bound, f"band {n}") for n, bound in enumerate(bands, start=1)),
        aims=tuple(AimFigures(aim=aim, value=0, bound=bound) for aim, bound in aims),
    )


@pytest.mark.parametrize(
    ("aim", "before", "after", "outcome"),
    [
        (None, 30, 40, Outcome.BETTER),
        (None, 40, 30, Outcome.WORSE),
        (None, 40, 40, Outcome.SAME),
        (Aim.CONTINUITY, 3, 4, Outcome.BETTER),
        (Aim.CONTINUITY, 4, 3, Outcome.WORSE),
        (Aim.TRAVEL, 60, 55, Outcome.BETTER),
        (Aim.TRAVEL, 55, 60, Outcome.WORSE),
        (Aim.TRAVEL, 55, 55, Outcome.SAME),
    ],
)
def test_more_is_better_in_bands_and_continuity_and_worse_in_all_other_aims(aim, before, after, outcome):
    level = Level(number=1, name="x", aim=aim, before=before, after=after, bound=None, before_words="", after_words="")
    assert level.outcome is outcome


def test_the_first_level_that_differs_decides_whatever_comes_after():
    found = levels(([50, 40], [(Aim.TRAVEL, 60)]), ([50, 30], [(Aim.TRAVEL, 5)]))
    assert [level.outcome for level in found] == [Outcome.SAME, Outcome.WORSE, Outcome.BETTER]
    assert deciding(found).number == 2
    assert verdict(found, "ours", "yours") == (
        "Ours is better, by level 2 (band 2): 10 risk points more. It is the first level that differs, so it decides."
    )


def test_the_better_one_is_named_with_what_it_has_more():
    found = levels(([50], []), ([51], []))
    assert verdict(found, "ours", "yours") == "Yours is better, by level 1 (band 1): 1 risk point more."
    by_scores = "By the scores alone yours is better, by level 1 (band 1): 1 risk point more."
    assert verdict(found, "ours", "yours", keeps_rules=False) == by_scores
    back = levels(([51], []), ([50], []))
    assert verdict(back, "ours", "yours", keeps_rules=False).startswith("Ours is better, by level 1")
    same = levels(([50], []), ([50], []))
    assert verdict(same, "ours", "yours") == "Yours and ours reach the same at every level."


def test_a_bound_is_told_as_long_as_the_second_is_not_worse_before():
    """Band 1 is the same and band 2 worse: what is proven of band 2 still holds of the second, but not of band 3."""
    proven = recorded([60, 45, 70], [(Aim.TRAVEL, 10)])
    found = levels(([50, 40, 40], [(Aim.TRAVEL, 60)]), ([50, 30, 40], [(Aim.TRAVEL, 60)]), proven)
    assert [level.bound for level in found] == [60, 45, None, None]
    better = levels(([50, 40, 40], [(Aim.TRAVEL, 60)]), ([50, 41, 40], [(Aim.TRAVEL, 60)]), proven)
    assert [level.bound for level in better] == [60, 45, 70, 10]


def test_bounds_of_aims_end_where_the_aims_of_the_run_are_others():
    """The run counted changes against a published roster between the two aims; here nobody gave that roster."""
    proven = recorded([60], [(Aim.CONTINUITY, 9), (Aim.FEWEST_CHANGES, 0), (Aim.TRAVEL, 10)])
    here = ([50], [(Aim.CONTINUITY, 5), (Aim.TRAVEL, 60)])
    assert [level.bound for level in levels(here, here, proven)] == [60, 9, None]
    other_bands = replace(proven, bands=proven.bands * 2)
    assert [level.bound for level in levels(here, here, other_bands)] == [None, None, None]


@pytest.mark.parametrize(
    ("value", "bound", "told"),
    [
        (40, None, "the same (4 of 10 tasks, 40 of 100 risk points)."),
        (40, 60, "the same (4 of 10 tasks, 40 of 100 risk points). No roster has more than 60 risk points."),
        (40, 40, "the same (4 of 10 tasks, 40 of 100 risk points). No roster does better."),
        (41, 40, "the same (4 of 10 tasks, 41 of 100 risk points). No roster that keeps the rules can have that."),
        (40, 100, "the same (4 of 10 tasks, 40 of 100 risk points)."),
        (100, 100, "the same (all 10 tasks)."),
    ],
)
def test_what_is_proven_of_a_band(value, bound, told):
    found = levels(([value], []), ([value], []), recorded([bound], []))
    assert " ".join(" ".join(level_lines(found, "ours", "yours")).split()) == f"1. band 1: {told}"


@pytest.mark.parametrize(
    ("aim", "before", "after", "bound", "told"),
    [
        (Aim.TRAVEL, 60, 70, 45, "worse, 0:10 hours more. No roster has less than 0:45 hours."),
        (Aim.TRAVEL, 60, 45, 45, "better, 0:15 hours less. No roster does better."),
        (Aim.TRAVEL, 60, 44, 45, "better, 0:16 hours less. No roster that keeps the rules can have that."),
        (Aim.CONTINUITY, 8, 9, 12, "better, 1 point more. No roster has more than 12 points."),
        (Aim.VARIETY, 3, 1, 0, "better, 2 visits less."),
        (Aim.EVEN_LOAD, 600, 643, None, "worse, 43 more in 1,000 hours of duty."),
        (Aim.FEWEST_CHANGES, 2, 1, None, "better, 1 task less."),
    ],
)
def test_an_aim_in_words(aim, before, after, bound, told):
    found = levels(([], [(aim, before)]), ([], [(aim, after)]), recorded([], [(aim, bound)]))
    assert " ".join(" ".join(level_lines(found, "ours", "yours")).split()).startswith(f"1. {aim.words}: {told}")


def test_the_roster_made_by_hand_scored_by_hand():
    """Two visits on Monday, an interview on Tuesday: 20 + 15 + 30 and 25 + 25 minutes on the road make 1:55 hours."""
    found = scored(WORLD.register, WORLD.policy, WORLD.due, WORLD.roster)
    assert found.bands == tuple(replace(figures, bound=None) for figures in WORLD.bands)
    assert next(aim.value for aim in found.aims if aim.aim is Aim.TRAVEL) == 115


TASK_IDS = st.sampled_from([t.task_id for t in WORLD.due.tasks] + ["EVENT-E-1", "HV-NOBODY", ""])
MOMENTS = st.one_of(st.integers(at("00:00") - 2000, at("00:00") + 12_000), st.integers(0, 10**7))
OFFICERS = st.lists(st.sampled_from([o.officer_id for o in WORLD.register.officers] + ["NOBODY", ""]), max_size=4)
ROWS = st.builds(
    Assignment,
    task_id=TASK_IDS,
    kind=st.sampled_from(TaskKind),
    offender_ref=st.sampled_from([o.offender_ref for o in WORLD.register.offenders] + ["NOBODY", ""]),
    start=MOMENTS,
    end=MOMENTS,
    crew=OFFICERS.map(tuple),
    risk_level=st.one_of(st.none(), st.sampled_from(RiskLevel)),
    outing=st.sampled_from(["", "Mon-1", "Tue-1", "x"]),
    position=st.integers(-1, 3),
    part=st.sampled_from(["", "1/2", "odd"]),
    done_with=st.one_of(st.just(""), TASK_IDS),
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(ROWS, min_size=1, max_size=6), st.booleans())
def test_whatever_stands_in_a_roster_it_is_told(rows, is_instead):
    """No exception, no line wider than 80 columns but those that name a file, nothing changed."""
    kept = () if is_instead else WORLD.roster.assignments
    roster = replace(WORLD.roster, assignments=(*kept, *rows))
    before = repr(roster)
    both = [scored(WORLD.register, WORLD.policy, WORLD.due, r) for r in (WORLD.roster, roster)]
    found = levels_of(both[0], both[1], WORLD.due, WORLD.policy)
    evaluation = Evaluation(
        marking="M",
        title="2026-W49, north",
        name="mine.csv",
        other="run",
        violations=check_roster(WORLD.register, WORLD.policy, WORLD.due, roster),
        scores=both[1],
        levels=found,
    )
    comparison = Comparison(
        marking="M",
        title="2026-W49, north",
        names=("run", "mine.csv"),
        before=WORLD.roster,
        after=roster,
        changes=changes_of(WORLD.roster, roster),
        levels=found,
    )
    lines = [*evaluation_lines(evaluation), *diff_lines(comparison)]
    assert max(map(len, lines)) <= 80
    for tell, of in ((evaluation_json, evaluation), (levels_csv, evaluation), (violations_csv, evaluation)):
        assert tell(of)
    assert diff_csv(comparison)
    assert diff_json(comparison)
    assert repr(roster) == before
    assert b.MONDAY in roster.horizon
