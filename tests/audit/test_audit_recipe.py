"""The audit as a whole: what it refuses, what it says of itself, and that figures stand on their members."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date, timedelta

import builders as b
import pandas as pd
import pytest
from audit.second_way.wild import wild_register

from offender_mgmt import __version__
from offender_mgmt.audit.audit import Audit, audit, first_day_of_period
from offender_mgmt.audit.figures import FIGURE_COLUMNS
from offender_mgmt.audit.topic import MEMBER_COLUMNS, Measure
from offender_mgmt.audit.topics import TOPICS
from offender_mgmt.calendars import week_of
from offender_mgmt.errors import UsageError
from offender_mgmt.register import Register
from offender_mgmt.roster.roster import Roster

DAY = b.EXTRACT_DAY
SINCE = DAY - timedelta(days=83)
POLICY = b.policy()


@pytest.fixture(scope="module")
def wild() -> Audit:
    register = wild_register(4)
    return audit(register, POLICY, register.extract_date, SINCE, by=("team", "officer", "district"))


def test_default_period_is_twelve_weeks_that_end_on_the_day() -> None:
    # Saturday 5 September to Friday 27 November: 84 days.
    assert first_day_of_period(DAY, POLICY) == date(2026, 9, 5) == SINCE


@pytest.mark.parametrize("roster", [None, Roster(week_of(b.MONDAY))])
def test_day_after_the_extract_is_refused(roster: Roster | None) -> None:
    """Also with a roster: what was planned for a day of which nothing is known is neither done nor left undone."""
    words = "2026-11-28 lies after the extract of 2026-11-27, which knows nothing of it. Maybe: take a later extract."
    with pytest.raises(UsageError, match=re.escape(words)):
        audit(b.register(), POLICY, DAY + timedelta(days=1), SINCE, roster)
    assert audit(b.register(), POLICY, DAY, SINCE, roster).header.roster == (roster.horizon.name if roster else "")


def test_period_that_begins_after_its_end_is_refused() -> None:
    with pytest.raises(UsageError, match="give an earlier first day"):
        audit(b.register(), POLICY, DAY, DAY + timedelta(days=1))
    assert audit(b.register(), POLICY, DAY, DAY).header.period_from == DAY


def test_unknown_cut_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be cut by station: give team, officer, district"):
        audit(b.register(), POLICY, DAY, SINCE, by=("team", "station"))


def test_header_says_what_it_was_made_of() -> None:
    register = b.register(digests=(("visits.csv", "ab12"),))
    header = audit(register, POLICY, DAY - timedelta(days=9), SINCE, by=("team",)).header
    assert (header.day, header.extract_date, header.version) == (date(2026, 11, 18), DAY, __version__)
    assert (header.digests, header.roster, header.by) == ((("visits.csv", "ab12"),), "", ("team",))
    assert header.policy == POLICY.name
    assert header.settings == POLICY.model_dump(mode="json")


def test_progress_is_told_every_topic_in_order() -> None:
    titles: list[str] = []
    audit(b.register(), POLICY, DAY, SINCE, progress=titles.append)
    assert titles == [topic.title for topic in TOPICS]


def test_empty_register_has_figures_and_no_share() -> None:
    found = audit(Register(extract_date=DAY), POLICY, DAY, SINCE)
    shares = found.figures[found.figures["measure"] == Measure.SHARE.value]
    assert set(shares["words"]) == {"none due"}
    assert shares["value"].isna().all()


def test_tables_have_their_columns(wild: Audit) -> None:
    assert tuple(wild.figures.columns) == FIGURE_COLUMNS
    assert list(wild.members) == [topic.name for topic in TOPICS]
    for members in wild.members.values():
        assert tuple(members.columns) == MEMBER_COLUMNS


def test_every_figure_is_there_once(wild: Audit) -> None:
    assert not wild.figures.duplicated(["topic", "measure", "by", "slice", "split"]).any()


@pytest.mark.parametrize("by", ["tier", "team", "officer", "district"])
def test_slices_add_up_to_the_force(wild: Audit, by: str) -> None:
    f = wild.figures[wild.figures["measure"].isin(["number", "bands", "split", "parts"])]
    key = ["topic", "measure", "split"]
    force = f[f["by"] == "force"].set_index(key)["counted"]
    cut = f[f["by"] == by].groupby(key)["counted"].sum()
    assert len(cut)
    assert (cut == force.loc[cut.index]).all()


def test_order_of_the_rows_makes_no_difference() -> None:
    register, rng = wild_register(4), random.Random(1)
    names = ("offenders", "officers", "visits", "assessments", "changes", "deferrals", "tours", "events")
    shuffled = {name: tuple(rng.sample(getattr(register, name), len(getattr(register, name)))) for name in names}
    day = register.extract_date - timedelta(days=20)
    first, second = (audit(r, POLICY, day, SINCE) for r in (register, replace(register, **shuffled)))
    pd.testing.assert_frame_equal(first.figures, second.figures)
    for name, members in first.members.items():
        pd.testing.assert_frame_equal(members, second.members[name], obj=name)


def test_topic_names_are_unique_and_every_definition_is_written() -> None:
    names = [topic.name for topic in TOPICS]
    assert len(set(names)) == len(names)
    assert all(topic.definition.endswith(".") and topic.measures for topic in TOPICS)
