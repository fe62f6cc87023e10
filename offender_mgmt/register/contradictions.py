"""What cannot be true of a register: found across rows and files, each rule a function of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from offender_mgmt.errors import Fault
from offender_mgmt.register.extract import Extract

Rule = Callable[[Extract], Iterator[Fault]]

CONTRADICTIONS: tuple[Rule, ...] = ()
CAUTIONS: tuple[Rule, ...] = ()


def contradictions(extract: Extract) -> list[Fault]:
    """Every contradiction found; one of these and the register is refused."""
    return [fault for rule in CONTRADICTIONS for fault in rule(extract)]


def cautions(extract: Extract) -> list[Fault]:
    """What is accepted but a person should look at."""
    return [fault for rule in CAUTIONS for fault in rule(extract)]
