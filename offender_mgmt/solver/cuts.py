"""Cuts: inequalities that every roster satisfies and fractions of rosters break; they lower the bound.

Each follows from rows of the master by rounding, so it is valid for every feasible column, generated or not, and its
coefficient can be told for any column from its window and its route. So column generation goes on pricing
every route of every window after cuts were added, and its value stays a bound.
"""

from __future__ import annotations

from dataclasses import dataclass

Session = tuple[int, int]
"""Shift, number of the session."""


@dataclass(frozen=True, slots=True, order=True)
class HalfCut:
    """Half the sum of an odd number of packing rows, rounded down.

    Of an odd number of sessions (each taken up once at most) and nominals (each called on once at most), outings
    that use two of them each can use at most half, rounded down. With sessions alone it says that
    of three officers one is left over when two go out (Edmonds' odd sets); with nominals alone it is a subset row.
    """

    sessions: tuple[Session, ...] = ()
    nominals: tuple[int, ...] = ()

    @property
    def upper(self) -> int:
        """Most that the left side can be."""
        return (len(self.sessions) + len(self.nominals)) // 2


@dataclass(frozen=True, slots=True, order=True)
class FullShiftCut:
    """What fits beside what in the free minutes of a shift.

    Work of ``w`` minutes in a shift of ``C`` free minutes counts as ``f(w)``, where ``f`` is a dual-feasible function:
    pieces that fit into the shift together never count more than ``parts`` (Fekete and Schepers' ``u(k)``, scaled).
    For ``k`` = 1 it says that of work longer than half the shift there is at most one piece.

    Parameters
    ----------
    parts
        ``k``: the count of a piece is how many ``(k + 1)``-ths of the shift it exceeds; exact ones count their share.
    """

    shift: int
    minutes: int
    parts: int

    @property
    def upper(self) -> int:
        """Most that the left side can be."""
        return self.parts

    def count(self, work: int) -> float:
        """What a piece of work counts."""
        scaled = (self.parts + 1) * work
        whole, rest = divmod(scaled, self.minutes)
        return self.parts * work / self.minutes if rest == 0 else float(min(whole, self.parts))


@dataclass(frozen=True, slots=True, order=True)
class StepShiftCut:
    """The free minutes of a shift in whole steps, as desk work takes them.

    Desk work comes in whole steps (ten minutes, say), outings take any number of minutes: of the step that an outing
    begins, desk work can use nothing, unless the free minutes are a broken number of steps, too. The minutes divided
    by the step are rounded as in Gomory's mixed integer cuts: with ``r`` the rest of the free minutes, work counts its
    whole steps, and of its own rest what lies above ``r``, as a share of what can (Nemhauser and Wolsey).

    Parameters
    ----------
    step
        Minutes; the cut is valid for any number of them.
    """

    shift: int
    minutes: int
    step: int

    @property
    def upper(self) -> int:
        """Most that the left side can be."""
        return self.minutes // self.step

    @property
    def rest(self) -> int:
        """Minutes of the shift beyond whole steps."""
        return self.minutes % self.step

    def count(self, work: int) -> float:
        """What a piece of work counts; never less than ``(work - rest) / step``, never more than ``work / step``."""
        whole, rest = divmod(work, self.step)
        return whole + max(0, rest - self.rest) / (self.step - self.rest)


ShiftCut = FullShiftCut | StepShiftCut
Cut = HalfCut | ShiftCut
