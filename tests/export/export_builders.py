"""Exports of the small team of ``rich_roster``, and the same with a canary or a string in every field."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

from rich_roster import rich_world

from offender_mgmt.aims import AimFigures
from offender_mgmt.due import due_list
from offender_mgmt.export.marks import Approval, marks_of
from offender_mgmt.export.rows import Export
from offender_mgmt.policy.read import example_policy
from offender_mgmt.report.checked import CheckedRun
from offender_mgmt.report.summary import Planned
from offender_mgmt.vocabulary import Aim

DIGEST = "0123456789abcdef" * 4
TOLD_BY_DEFAULT = frozenset(
    ("offender_ref", "officer_id", "team", "lent_to", "base", "locality", "event_id", "barrier")
)
"""Fields of the register that may go out, or hold the register together."""


@cache
def whole_world():
    return rich_world()


def checked(register=None, roster=None, **changes):
    """The run of the small team, read back."""
    world = whole_world()
    planned = Planned(
        register=register or world.register,
        policy_file=example_policy(),
        due=world.due,
        roster=roster or world.roster,
        bands=world.bands,
        aims=(AimFigures(aim=Aim.TRAVEL, value=115, bound=100),),
    )
    values = {"planned": planned, "digest": DIGEST, "violations": (), "changes": ()}
    return CheckedRun(**{**values, **changes})


def export(run=None, *, reason="", approval=None, despite=""):
    """The export of a run, redacted and DRAFT unless said otherwise."""
    run = run or checked()
    return Export(run, marks_of(run, approval=approval, reason=reason, despite=despite))


def approved(version=2, replaces=1):
    return Approval(version, "S1", replaces)


def with_canaries():
    """A run in which every text that must not go out by default is a word that occurs nowhere else."""
    world = whole_world()
    register = world.register
    files = {f.name: getattr(register, f.name) for f in fields(register) if f.name not in ("warnings", "digests")}
    sung = {
        name: tuple(_singing(record, name) for record in records)
        for name, records in files.items()
        if isinstance(records, tuple) and name not in ("rows", "travel")
    }
    assignments = tuple(replace(row, why="CANARY-why", band="CANARY-band") for row in world.roster.assignments)
    unassigned = tuple(
        replace(row, explanation="CANARY-explanation", band="CANARY-band") for row in world.roster.unassigned
    )
    roster = replace(world.roster, assignments=assignments, unassigned=unassigned)
    return checked(replace(register, **sung), roster)


def _singing(record, name):
    """The record with a canary in every field of text, whether or not it would be accepted there."""
    changes = {}
    for field, value in record:
        if field in TOLD_BY_DEFAULT or (name, field) == ("tours", "officer_id"):
            continue
        if type(value) is str or value is None:
            changes[field] = f"CANARY-{name}-{field}" if field not in NO_TEXT else value
        elif isinstance(value, tuple) and field not in ("visiting_hours", "officers"):
            changes[field] = (f"CANARY-{name}-{field}",)
    return record.model_copy(update=changes)


NO_TEXT = frozenset(
    (
        *("start", "end", "easting", "northing", "status_since", "status_until", "register_end", "until"),
        *("visit_interval_days", "interval_until", "crew_size", "notification_due", "order_end", "caseload_limit"),
        "contract_hours",
    )
)
"""Fields that are blank but hold no text."""


AT_ONCE = 3
"""Nominals who are visited on an outing, and so strings that a redacted export can hold."""


def with_texts(texts):
    """A run in which the texts that go out, by default or in full, are these: as many as :data:`AT_ONCE`."""
    world = whole_world()
    offenders = tuple(
        o.model_copy(update={"locality": texts[i % len(texts)]}) for i, o in enumerate(world.register.offenders)
    )
    assignments = tuple(replace(row, why=texts[i % len(texts)]) for i, row in enumerate(world.roster.assignments))
    unassigned = tuple(replace(row, explanation=texts[i % len(texts)]) for i, row in enumerate(world.roster.unassigned))
    roster = replace(world.roster, assignments=assignments, unassigned=unassigned)
    return checked(replace(world.register, offenders=offenders), roster)


def in_parts(strings):
    """Strings, as many at a time as an export can hold."""
    return [strings[i : i + AT_ONCE] for i in range(0, len(strings), AT_ONCE)]


def many(teams):
    """The run of the small team, so many times over: nine officers and ten nominals in each copy."""
    world = whole_world()
    register = world.register
    copies = [_copied(register, number) for number in range(teams)]
    joined = {name: tuple(row for copy in copies for row in copy[name]) for name in copies[0]}
    rows = tuple(_moved(row, number) for number in range(teams) for row in world.roster.assignments)
    left_out = tuple(_moved(row, number) for number in range(teams) for row in world.roster.unassigned)
    whole = replace(register, **joined)
    due = due_list(whole, example_policy().policy, world.due.horizon)
    roster = replace(world.roster, assignments=rows, unassigned=left_out)
    run = checked(whole, roster)
    return replace(run, planned=replace(run.planned, due=due))


def _named(text, number):
    """``RSO-000001`` of copy 3 is ``RSO-030001``; ``P1`` is ``C3.P1``; a task's id holds the nominal's."""
    if "RSO-" in text:
        return text.replace("RSO-00", f"RSO-{number:02}")
    return f"C{number}.{text}"


def _copied(register, number):
    def officers(names):
        return tuple(_named(name, number) for name in names)

    def ref(row):
        return _named(row.offender_ref, number) if row.offender_ref else row.offender_ref

    def one(name):
        return _named(name, number) if name else name

    return {
        "offenders": [
            o.model_copy(
                update={
                    "offender_ref": ref(o),
                    "lead_officer": one(o.lead_officer),
                    "team": one(o.team),
                    "excluded_officers": officers(o.excluded_officers),
                }
            )
            for o in register.offenders
        ],
        "officers": [
            o.model_copy(update={"officer_id": one(o.officer_id), "team": one(o.team)}) for o in register.officers
        ],
        "tours": [t.model_copy(update={"officer_id": one(t.officer_id)}) for t in register.tours],
        "visits": [v.model_copy(update={"offender_ref": ref(v), "visit_id": one(v.visit_id)}) for v in register.visits],
        "assessments": [a.model_copy(update={"offender_ref": ref(a)}) for a in register.assessments],
        "deferrals": [d.model_copy(update={"offender_ref": ref(d)}) for d in register.deferrals],
        "events": [
            e.model_copy(
                update={"event_id": f"{e.event_id}.{number}", "officers": officers(e.officers), "offender_ref": ref(e)}
            )
            for e in register.events
        ],
    }


def _moved(row, number):
    def task(text):
        return f"{text}.{number}" if text.startswith("EVENT") else _named(text, number) if text else text

    changes = {"task_id": task(row.task_id)}
    changes["offender_ref"] = _named(row.offender_ref, number) if row.offender_ref else ""
    if hasattr(row, "crew"):
        changes["crew"] = tuple(_named(name, number) for name in row.crew)
        changes["outing"] = f"{row.outing}.{number}" if row.outing else ""
        changes["done_with"] = task(row.done_with)
    return replace(row, **changes)
