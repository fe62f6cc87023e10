"""What a person may wish and see while teams are solved: to end early, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass


class Stop:
    """A wish to end early, with the best rosters so far.

    Attributes
    ----------
    wished
        Whether to end now.
    pays
        Whether there is any roster yet that would be kept; before that, nothing is lost by leaving at once.
    """

    def __init__(self) -> None:
        self.wished = False
        self.pays = False


@dataclass(frozen=True, slots=True)
class AtWork:
    """A team that is being solved: tasks placed so far, of all that may be."""

    team: str
    placed: int
    tasks: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far it is."""

    done: int
    teams: int
    at_work: tuple[AtWork, ...]
