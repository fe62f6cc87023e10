"""What can be asked for, and what cannot."""

from __future__ import annotations

import pytest

from offender_mgmt.errors import UsageError
from offender_mgmt.synth import SynthSettings, make_register


@pytest.mark.parametrize(
    "wrong",
    [
        {"force": "atlantis"},
        {"teams": 0},
        {"offenders": -1},
        {"history_days": 0},
        {"officers": 17, "teams": 6},  # three a team are needed: 18
    ],
)
def test_what_cannot_be_made_is_refused(wrong):
    with pytest.raises(UsageError):
        SynthSettings(**wrong)


def test_the_smallest_teams_are_made():
    register = make_register(SynthSettings(offenders=4, officers=6, teams=2))
    assert (len(register.offenders), len(register.officers), len(register.teams)) == (4, 6, 2)


def test_no_nominals_is_a_register_too():
    register = make_register(SynthSettings(offenders=0, officers=3, teams=1))
    assert register.offenders == register.visits == ()
    assert len(register.officers) == 3


def test_more_teams_than_areas_share_the_areas():
    # Seven teams over six areas: the seventh works the first area again.
    register = make_register(SynthSettings(offenders=70, officers=28, teams=7))
    assert len(register.teams) == 7
    assert {"north-colchester", "north-colchester-2"} <= set(register.teams)
    bases = {officer.team: officer.base for officer in register.officers}
    assert bases["north-colchester-2"] == "Colchester"
    assert len({o.offender_ref for o in register.offenders}) == 70
    assert len({o.officer_id for o in register.officers}) == 28


def test_another_extract_date_moves_everything():
    from datetime import date

    day = date(2028, 2, 29)
    register = make_register(SynthSettings(offenders=20, officers=5, teams=1, extract_date=day, history_days=100))
    assert register.extract_date == day
    assert max(visit.date for visit in register.visits) <= day
    assert min(tour.date for tour in register.tours) < day < max(tour.date for tour in register.tours)
