"""What has happened since the extract was made, applied to the register in memory and never written back to it.

A disruption is one short text, as it stands on the command line and in the record of a run: a word, a space, and what
has happened. Each changed row is validated like any row of the extract.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from offender_mgmt.errors import UsageError
from offender_mgmt.register import told_of_nominals, told_of_officers
from offender_mgmt.register.register import Register
from offender_mgmt.register.told_texts import RESULTS, SHAPES, Word, misread, nominal_of_task, parted, read_date

_APPLIED: Mapping[Word, Callable[[Register, str, str], Register]] = {
    Word.SICK: told_of_officers.sick,
    Word.COURT: told_of_officers.court,
    Word.NO_CAR: told_of_officers.no_car,
    Word.RELEASED: told_of_nominals.released,
    Word.RISK: told_of_nominals.risk,
    Word.ADD: told_of_nominals.add,
    Word.OUTCOME: told_of_nominals.outcome,
    Word.LEND: told_of_officers.lend,
}


@dataclass(frozen=True, slots=True)
class Told:
    """How a piece of work of the running week ended.

    Parameters
    ----------
    result
        One of :data:`offender_mgmt.register.told_texts.RESULTS`.
    day
        The day on which the roster had it; ``None`` where nobody has said so yet.
    """

    task_id: str
    result: str
    day: date | None = None

    @property
    def text(self) -> str:
        """The disruption as a text."""
        return f"{Word.OUTCOME} {self.task_id}:{self.result}" + (f":{self.day}" if self.day else "")


def with_disruptions(register: Register, texts: Iterable[str], faults: Iterable[str] = ()) -> Register:
    """The register with all that has happened.

    Parameters
    ----------
    faults
        Lines about faults found before, to be told together with those found here.

    Raises
    ------
    UsageError
        With a line for each text that cannot be read, names nobody, or changes nothing.
    """
    found = list(faults)
    for text in texts:
        try:
            word, who, what = _parts(text)
            register = _APPLIED[word](register, who, what)
        except UsageError as fault:
            found.append(str(fault))
    if found:
        raise UsageError("\n".join(found))
    return register


def touched(register: Register, texts: Iterable[str]) -> frozenset[str]:
    """Teams whose nominals the texts name, or for which officers work whom they name."""
    names, borrowers = set(), set()
    for text in texts:
        word, who, what = _parts(text)
        names.add(nominal_of_task(who) if word is Word.OUTCOME else who)
        if word is Word.LEND:
            borrowers.add(parted(what)[0])
    of_nominals = (offender.team for offender in register.offenders if offender.offender_ref in names)
    of_officers = (o.team for o in register.officers if o.officer_id in names)
    borrowers |= {t.lent_to for t in register.tours if t.lent_to and t.officer_id in names}  # a sick day's, too
    return frozenset(of_nominals).union(of_officers, borrowers)


def outcomes(texts: Iterable[str]) -> tuple[Told, ...]:
    """How work ended, by the texts that say so.

    Raises
    ------
    UsageError
        For a text that cannot be read.
    """
    found = []
    for text in texts:
        if text.partition(" ")[0] == Word.OUTCOME:
            _, task_id, what = _parts(text)
            result, _, day = what.partition(":")
            if result not in RESULTS:
                raise UsageError(f"--{Word.OUTCOME}: no such result. Maybe: " + ", ".join(RESULTS))
            found.append(Told(task_id, result, read_date(Word.OUTCOME, day) if day else None))
    return tuple(found)


def named(texts: Iterable[str], word: Word) -> tuple[str, ...]:
    """Whom the texts with a word are about, each once."""
    return tuple(dict.fromkeys(who for w, who, _ in map(_parts, texts) if w is word))


def _parts(text: str) -> tuple[Word, str, str]:
    first, _, rest = text.partition(" ")
    if first not in list(Word):
        raise UsageError("A change of the register has an unknown word. Maybe: " + ", ".join(SHAPES))
    word = Word(first)
    who, what = parted(rest)
    if not who or (not what and word is not Word.NO_CAR):
        raise misread(word)
    return word, who, what
