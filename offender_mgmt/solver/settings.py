"""How hard to try. Effort is counted in deterministic steps, never in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits of a solve.

    Parameters
    ----------
    seed
        Seed of everything that draws lots.
    effort
        Most nodes of the search tree in each integer search; more takes longer and may find more.
    most_routes
        Most partial routes kept on a level of enumeration; beyond it no bound is claimed.
    most_columns
        Most columns an integer solve looks at.
    columns_a_round
        Most columns that column generation adds in a round.
    """

    seed: int = 1
    effort: int = 40
    most_routes: int = 400_000
    most_columns: int = 2_000
    columns_a_round: int = 600
