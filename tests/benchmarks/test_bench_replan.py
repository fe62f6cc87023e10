"""The sweep of random news: its judge by hand, its news by their laws, and three of them from end to end."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from benchmarks import compare, replan_kept, replan_runs
from benchmarks.replan_news import KINDS, News, Teller, is_stop, start_of

from offender_mgmt.policy.read import example_policy_text
from offender_mgmt.register.write import write_register
from offender_mgmt.synth import SynthSettings, make_register

pytestmark = pytest.mark.many_cases

NAMES = ("task_id", "offender_ref", "date", "start", "end", "lead", "crew", "outing", "position",
         "travel_minutes_before", "part", "done_with")  # fmt: skip
NOON = datetime(2026, 12, 1, 12)


def row(*cells: str) -> dict[str, str]:
    return dict(zip(NAMES, cells, strict=True))


CHECK = row("INTEL-RSO-1-NEXT", "RSO-1", "2026-12-01", "09:00", "09:20", "P1", "P1", "", "", "", "", "")
VISIT = row("HV-RSO-1", "RSO-1", "2026-12-01", "09:50", "10:50", "P1", "P1;P2", "N-1", "1", "30", "", "")
SECOND = row("HV-RSO-2", "RSO-2", "2026-12-01", "12:20", "13:20", "P1", "P1;P2", "N-1", "2", "15", "", "")
ENTRY = row("ENTRY-RSO-1-NEXT", "RSO-1", "2026-12-02", "09:00", "09:30", "P2", "P2", "", "", "", "", "")
REVIEW = row("SUP-RSO-3", "RSO-3", "2026-12-01", "11:30", "12:30", "S1", "S1", "", "", "", "", "")
LATER = row("SUP-RSO-4", "RSO-4", "2026-12-01", "12:30", "13:30", "S1", "S1", "", "", "", "", "")
WEEK = [CHECK, VISIT, SECOND, ENTRY, REVIEW, LATER]


def faults(
    after: list[dict[str, str]], kind: str = "risk", text: str = "RSO-9:high", moment: datetime = NOON
) -> list[str]:
    return replan_kept.faults(WEEK, after, News(0, "north", kind, "", text, moment))


def without(*rows: dict[str, str]) -> list[dict[str, str]]:
    return [one for one in WEEK if one not in rows]


def test_what_had_begun_must_be_there() -> None:
    assert faults(WEEK) == []
    assert faults(without(LATER)) == []
    for lost in (CHECK, VISIT, SECOND, ENTRY, REVIEW):
        assert faults(without(lost)) == [f"lost {lost['task_id']}"]


def test_to_the_minute_and_with_its_crew() -> None:
    for change in ({"start": "12:21", "end": "13:21"}, {"crew": "P1;P3"}, {"position": "1"}):
        assert faults([*without(SECOND), {**SECOND, **change}]) == ["lost HV-RSO-2"]


def test_an_outing_has_begun_with_its_first_check_and_not_a_minute_earlier() -> None:
    nothing = without(CHECK, VISIT, SECOND, ENTRY)
    assert faults(nothing, moment=NOON.replace(hour=9)) == []
    assert len(faults(nothing, moment=NOON.replace(hour=9, minute=1))) == 4


def test_nothing_new_begins_before_the_moment() -> None:
    new = {**LATER, "task_id": "SUP-RSO-5"}
    assert faults([*WEEK, {**new, "start": "12:00"}]) == []
    assert faults([*WEEK, {**new, "start": "11:59"}]) == ["early SUP-RSO-5"]


def test_a_visit_without_reply_leaves_with_what_goes_with_it_and_nothing_else_does() -> None:
    told = {"kind": "no_reply", "text": "HV-RSO-1:no_reply"}
    alone = {**SECOND, "position": "1", "travel_minutes_before": "35"}
    assert faults([alone, REVIEW, LATER], **told) == []
    assert faults([REVIEW, LATER], **told) == ["lost HV-RSO-2"]
    assert faults([{**alone, "start": "12:25"}, REVIEW, LATER], **told) == ["lost HV-RSO-2"]


def test_before_the_day_of_a_release_only_the_visit_to_that_nominal_may_be_gone() -> None:
    alone = {**SECOND, "position": "1", "travel_minutes_before": "35"}
    assert faults([alone, REVIEW, LATER], kind="released", text="RSO-1:2026-12-02") == []
    assert faults([REVIEW, LATER], kind="released", text="RSO-1:2026-12-02") == ["lost HV-RSO-2"]
    assert len(faults([alone, REVIEW, LATER], kind="released", text="RSO-1:2026-12-01")) == 4


def test_on_a_day_of_sick_leave_an_outing_of_the_officer_may_be_gone() -> None:
    ill = {"kind": "sick", "text": "P2:2026-12-01..2026-12-01"}
    assert faults([REVIEW, LATER], **ill) == []
    assert faults([LATER], **ill) == ["lost SUP-RSO-3"]
    next_day = {"kind": "sick", "text": "P2:2026-12-02..2026-12-03"}
    assert faults(without(ENTRY), **next_day) == []
    assert faults(without(VISIT), **next_day) == ["lost HV-RSO-1"]


@pytest.mark.parametrize(("hours", "lost"), [("08:00-09:00", ["lost ENTRY-RSO-1-NEXT"]), ("09:29-11:00", [])])
def test_at_court_only_the_work_of_these_hours_may_be_gone(hours: str, lost: list[str]) -> None:
    assert faults(without(ENTRY), kind="court", text=f"P2:2026-12-02/{hours}") == lost


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> replan_runs.Sweep:
    """A small team, whose week is planned once."""
    folder = tmp_path_factory.mktemp("sweep")
    register = make_register(SynthSettings(seed=3, offenders=60, officers=5, teams=1))
    write_register(register, folder / "register", example_policy_text())
    return replan_runs.Sweep(
        register=folder / "register", folder=folder / "kept", first=0, last=2, teams=frozenset(), seed=1, effort=1,
        anew_every=2, published_effort=1,
    )  # fmt: skip


def test_three_news_from_end_to_end(sweep: replan_runs.Sweep) -> None:
    runs = list(sweep.runs())
    assert [run.kind for run in runs] == ["sick", "released", "risk"]
    assert [(run.exit, run.check, run.kept) for run in runs] == [(0, 0, [])] * 3, [run.words for run in runs]
    assert all(run.is_right for run in runs)
    assert all(run.cpu > 0 for run in runs)
    assert [run.anew_values is not None for run in runs] == [True, False, True]
    assert list(sweep.runs()) == runs  # read back, not run again
    header, lines = replan_runs.summary(runs)
    assert lines[-1][:3] == ["all", 3, "3"]
    assert all(len(line) == len(header) for line in lines)
    assert [len(run.cells()) for run in runs] == [len(replan_runs.HEADER)] * 3
    header, lines = replan_runs.beside(runs)
    assert [line[0] for line in lines] == [0, 2]


def test_news_of_every_kind_are_of_their_team_and_the_same_again(sweep: replan_runs.Sweep) -> None:
    list(sweep.runs())
    (team,) = (path.name for path in (sweep.folder / "weeks").iterdir())
    teller = Teller(sweep.register, {team: sweep.folder / "weeks" / team / "roster.csv"}, 1)
    news = [teller.news(number) for number in range(70)]
    assert {one.kind for one in news} == set(KINDS)
    assert news == [teller.news(number) for number in range(70)]
    visits = {r["task_id"]: r for r in _rows(sweep.folder / "weeks" / team / "roster.csv") if is_stop(r)}
    for one in news:
        assert teller.monday <= one.moment.date() < teller.monday + timedelta(days=8)
        if one.kind == "no_reply":
            assert start_of(visits[one.text.partition(":")[0]]) < one.moment


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_benchmark_knows_the_sweep() -> None:
    options = compare._options(["--what", "replan", "--from", "6", "--to", "11", "--teams", "north"])
    asked = compare._sweep(options)
    assert (asked.first, asked.last, asked.teams) == (6, 11, frozenset({"north"}))
