"""One inspection pack of a disturbed register with a roster, cut in every way, for all tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from audit.second_way.wild import wild_register
from audit.second_way.wild_roster import wild_roster

from offender_mgmt.audit.audit import audit
from offender_mgmt.audit.figures import BY
from offender_mgmt.audit.pack.files import pack_files
from offender_mgmt.audit.pack.write import write_pack
from offender_mgmt.audit.told import Told
from offender_mgmt.policy import example_policy
from offender_mgmt.policy.read import example_policy_text

CANARY = "CANARY"
"""Stands in every reason that staff typed."""
POLICY = example_policy_text().encode("utf-8")


@dataclass(frozen=True)
class Pack:
    """A pack on disk, and what it was made from."""

    told: Told
    files: dict[str, bytes]
    folder: Path


def told_of(seed: int) -> Told:
    """What is told of a disturbed register, its last day being a Friday in the middle of a roster's week."""
    register, policy_file = wild_register(seed), example_policy()
    typed = (decision.replace(reason=f"{CANARY} {decision.reason}") for decision in register.deferrals)
    register = replace(register, deferrals=tuple(typed))
    day = register.extract_date
    monday = day - timedelta(days=day.weekday())
    roster = wild_roster(register, policy_file.policy, monday, seed)
    found = audit(register, policy_file.policy, day, day - timedelta(days=83), roster, by=BY)
    digests = (("roster.csv", "ab" * 32),)
    return Told(found, policy_file, warnings=3, teams=register.teams, roster_digests=digests)


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    told = told_of(3)
    files = pack_files(told, POLICY)
    folder = tmp_path_factory.mktemp("packs") / "november"
    write_pack(folder, files)
    return Pack(told, files, folder)
