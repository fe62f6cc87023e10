"""Reading a register for a command, and saying loudly what its answer rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from offender_mgmt.cli.terminal import leave_if_stopped, note

if TYPE_CHECKING:
    from offender_mgmt.register.read import LoadedRegister


def load(folder: Path, *, allow_empty: bool = False, told_in_summary: bool = False) -> LoadedRegister:
    """The register and its policy; what is unverified (unless a summary tells it) and warnings are told loudly."""
    from offender_mgmt.register.read import read_folder

    leave_if_stopped()
    loaded = read_folder(folder, allow_empty=allow_empty)
    leave_if_stopped()
    unverified, settings = len(loaded.policy_file.unverified), len(loaded.policy_file.provenance)
    if (unverified or loaded.policy_is_example) and not told_in_summary:
        note(f"{loaded.policy_file.policy.name}: {unverified} of its {settings} settings are unverified.")
    if loaded.register.warnings:
        note(f"Warnings in the register: {len(loaded.register.warnings):,}; list them with: validate --all")
    return loaded
