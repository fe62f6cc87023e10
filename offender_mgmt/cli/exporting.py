"""What all exports have in common: their options, the check before anything goes out, and what is said at the end."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from offender_mgmt.cli.exit_codes import ExitCode
from offender_mgmt.cli.options import RegisterFolder
from offender_mgmt.cli.reading import load
from offender_mgmt.cli.terminal import note, put
from offender_mgmt.errors import UsageError

if TYPE_CHECKING:
    from offender_mgmt.export.marks import Approval
    from offender_mgmt.export.rows import Export
    from offender_mgmt.report.checked import CheckedRun

SHOWN_VIOLATIONS = 20
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="Folder that plan wrote.", show_default=False)]
Full = Annotated[bool, typer.Option("--full/--redact", help="All that is known, or the least that serves.")]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why all is needed; goes with --full, and onto the export.")]


def common(
    register: RegisterFolder,
    run_folder: RunFolder,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write into.", show_default=False)],
    version: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Version that a supervisor approved; else DRAFT.", show_default=False),
    ] = None,
    approved_by: Annotated[
        str, typer.Option(metavar="REF", help="Who approved it; goes with --version.", show_default=False)
    ] = "",
    replaces: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Version that it makes void; goes with --version.", show_default=False),
    ] = None,
    despite: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="Why it goes out although it breaks rules; stands on it.", show_default=False
        ),
    ] = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files of the same name.")] = False,
) -> None:
    """Nothing but the options that every export has."""


def command(make: Callable[..., Mapping[str, bytes]], *, can_be_full: bool = True) -> Callable[..., int]:
    """A command with the common options and those of its own.

    Parameters
    ----------
    make
        Makes the files of an export by name. Its first argument is the export, the others are options; its docstring
        is the help.
    can_be_full
        Whether there are two forms, one redacted and one with all.
    """
    own = list(inspect.signature(make).parameters.values())[1:]
    hints = {**get_type_hints(common, include_extras=True), **_hints(make)}
    shared = list(inspect.signature(common).parameters.values())
    fullness = (("full", Full, False), ("reason", Reason, "")) if can_be_full else ()
    hints |= {name: hint for name, hint, _ in fullness}
    options = [_keyword(p.name, hints[p.name], p.default) for p in (*shared, *own)]
    options += [_keyword(name, hint, default) for name, hint, default in fullness]

    def run(**given: Any) -> int:
        asked = _Asked(**{name: given[name] for name in _Asked.__slots__ if name in given})
        return _export(asked, lambda export: make(export, **{p.name: given[p.name] for p in own}))

    run.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]  # what typer reads
    run.__annotations__ = {p.name: p.annotation for p in options}
    run.__name__, run.__doc__ = make.__name__, make.__doc__
    return run


def _keyword(name: str, hint: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)


def _hints(make: Callable[..., object]) -> dict[str, Any]:
    """Resolved types of the options; those of the export and the result are known to the type checker only."""
    names = {**getattr(make, "__globals__", {}), "Export": object, "Mapping": Mapping}
    return get_type_hints(make, globalns=names, include_extras=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The options that all exports have."""

    register: Path
    run_folder: Path
    out: Path
    version: int | None
    approved_by: str
    replaces: int | None
    despite: str
    overwrite: bool
    full: bool = False
    reason: str = ""


def _export(asked: _Asked, make: Callable[[Export], Mapping[str, bytes]]) -> int:
    from offender_mgmt.export.marks import marks_of
    from offender_mgmt.export.rows import Export
    from offender_mgmt.export.write import write_files
    from offender_mgmt.report.checked import read_checked
    from offender_mgmt.report.lock import sole_writer

    approval = _approval(asked)
    _refuse_unexplained(asked)
    with sole_writer(asked.out):
        run = read_checked(load(asked.register, told_in_summary=True), asked.run_folder)
        if run.violations and not asked.despite.strip():
            return _refuse(run)
        marks = marks_of(run, approval=approval, reason=asked.reason, despite=asked.despite)
        files = make(Export(run, marks))
        write_files(asked.out, files, overwrite=asked.overwrite)
    for warning in marks.warnings:
        note(f"Note: {warning.removesuffix('.')}.")
    note(f"{marks.marking}. {marks.title}. {marks.status_words}; {marks.detail_words}.")
    for name in files:
        put(str(asked.out / name))
    return ExitCode.DEGRADED if marks.warnings else ExitCode.DONE


def _approval(asked: _Asked) -> Approval | None:
    from offender_mgmt.export.marks import Approval

    if asked.version is not None:
        return Approval(asked.version, asked.approved_by, asked.replaces)
    if asked.approved_by or asked.replaces is not None:
        raise UsageError("--approved-by and --replaces go with --version. Maybe: add --version N.")
    return None


def _refuse_unexplained(asked: _Asked) -> None:
    if asked.full and not asked.reason.strip():
        raise UsageError("--full tells who is visited where and when. Maybe: add --reason, or leave --full out.")
    if asked.reason and not asked.full:
        raise UsageError("--reason goes with --full. Maybe: add --full, or leave the reason out.")


def _refuse(run: CheckedRun) -> ExitCode:
    for violation in run.violations[:SHOWN_VIOLATIONS]:
        note(str(violation))
    note(
        f"The roster breaks rules in {len(run.violations):,} place(s). Nothing was written. "
        "Maybe: mend it, see offender-mgmt check; or say --despite why it must go out as it is."
    )
    for change in run.changes:
        note(f"Note: {change}.")
    return ExitCode.FOUND_WRONG
