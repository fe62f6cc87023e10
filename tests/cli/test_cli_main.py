"""The way in: help, usage errors, exit codes; a light start; nothing that steers a terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from offender_mgmt.cli import ending
from offender_mgmt.cli.exit_codes import EPILOG, MEANING, ExitCode
from offender_mgmt.cli.main import COMMANDS, export_app
from offender_mgmt.errors import DataError, Fault, UsageError

ROOT = Path(__file__).resolve().parents[2]


def test_help_lists_every_command_and_every_exit_code(cli):
    ended = cli("--help")
    assert ended.code == 0
    assert ended.err == ""
    for name in ("synth", "validate", "due", "plan", "check", "export"):
        assert f"\n  {name} " in ended.out
    for code, words in MEANING.items():
        assert f"{code.value}  {words}" in ended.out


def test_no_arguments_show_the_help_and_end_as_bad_usage(cli):
    ended = cli()
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("Usage: offender-mgmt [OPTIONS] COMMAND")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["plam"], "Error: No such command 'plam'. Did you mean 'plan', 'replan'? Maybe: add --help.\n"),
        (["due"], "Error: Missing argument 'REGISTER'. Maybe: add --help.\n"),
        (["plan", "x"], "Error: Missing option '--out'. Maybe: add --help.\n"),
        (
            ["plan", "x", "--ou", "y"],
            "Error: No such option: --ou (Possible options: --courses, --out) Maybe: add --help.\n",
        ),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(cli, arguments, said):
    ended = cli(*arguments)
    assert (ended.code, ended.out, ended.err) == (2, "", said)


def test_a_number_that_is_none_is_refused(cli):
    ended = cli("plan", "x", "--out", "y", "--seed", "many")
    assert ended.code == 2
    assert ended.err.startswith("Error: Invalid value for '--seed'")


def test_the_version_is_one_line(cli):
    assert cli("--version").out == "offender-mgmt 0.1.0\n"


def test_every_command_has_examples_and_a_sentence():
    for group, name, command, examples in COMMANDS:
        assert f"offender-mgmt {'export ' if group is export_app else ''}{name}" in examples
        assert (command.__doc__ or "").splitlines()[0].endswith(".")


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--help"], ("ortools", "pandas", "scipy", "numpy", "pydantic", "holidays", "rich")),
        (["plan", "--help"], ("ortools", "pandas", "scipy", "numpy", "holidays", "rich")),  # typer brings pydantic
        (["due", "no-such-folder"], ("ortools", "pandas", "scipy")),
    ],
)
def test_commands_start_without_the_libraries_they_do_not_need(arguments, heavy):
    """`--help` must answer in 0.3 s; importing any of these would cost more than that."""
    code = f"import sys; from offender_mgmt.cli.main import main; main({arguments!r}); "
    code += f"print('loaded', [name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "loaded []"


def test_a_pipe_that_closes_early_is_no_traceback(folder):
    command = f'"{sys.executable}" -m offender_mgmt due "{folder}" --csv - | true; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["--help"], ["due", "REGISTER"], ["due", "REGISTER", "--csv", "-"]])
def test_a_full_disk_is_told_and_not_taken_for_success(folder, program, arguments):
    arguments = [str(folder) if word == "REGISTER" else word for word in arguments]
    with open("/dev/full", "w") as full:
        done = program(*arguments, stdout=full)
    assert done.returncode == 1
    assert done.stderr.endswith(b"Error: the output could not be written: No space left on device.\n")
    assert b"Traceback" not in done.stderr


def test_output_has_no_colour_codes_and_needs_no_unicode_terminal(folder, program):
    environment = {"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "ascii", "FORCE_COLOR": "1", "LC_ALL": "C"}
    done = program("due", folder, env=environment)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout + done.stderr


def end(error: BaseException) -> int:
    def command() -> int:
        raise error

    return ending.end_of(command)


def test_each_kind_of_end_has_its_exit_code(capsys):
    fault = Fault("officers.csv", 3, "role", "unknown-role", "Use one of: constable.", "P1")
    assert end(KeyboardInterrupt()) == 130
    assert end(DataError([fault])) == 2
    assert end(UsageError("Give a week.")) == 2
    assert end(PermissionError(13, "Permission denied", "x.csv")) == 2
    assert end(OSError(28, "No space left on device")) == 1
    assert end(ZeroDivisionError()) == 1
    assert end(typer.Abort()) == 130
    assert end(BrokenPipeError(32, "Broken pipe")) == 1
    assert [ending.end_of(lambda code=code: code) for code in (None, 0, 3, 5)] == [0, 0, 3, 5]
    said = capsys.readouterr()
    assert said.out == ""
    assert "officers.csv:3 [role] (P1) unknown-role: Use one of: constable.\n" in said.err
    assert "Error: Give a week.\n" in said.err
    assert "Error: x.csv: Permission denied.\n" in said.err


def test_the_exit_codes_are_those_of_the_contract():
    assert [code.value for code in ExitCode] == [0, 1, 2, 3, 4, 5, 130]
    assert list(MEANING) == list(ExitCode)
    assert EPILOG.count("\n") == 8


def test_our_own_fault_is_one_line_and_a_private_file_without_values(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert end(ValueError("CANARY")) == 1
    said = capsys.readouterr().err
    (report,) = tmp_path.iterdir()
    assert said.startswith("Error ")
    assert "nothing was changed" in said
    assert str(report) in said
    text = report.read_text("utf-8")
    assert "ValueError" in text
    assert "test_cli_main.py" in text
    assert "CANARY" not in said + text
    assert report.stat().st_mode & 0o777 == 0o600


def test_many_faults_are_counted_by_kind_and_all_stand_in_a_private_file(capsys, tmp_path, monkeypatch):
    """51 faults: one more than are shown."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    faults = [Fault("visits.csv", line, "date", "bad-date", "Write the date.") for line in range(2, 52)]
    assert end(DataError([*faults, Fault("bases.csv", 2, "base", "missing-value", "Fill in the cell.")])) == 2
    said = capsys.readouterr().err
    (report,) = tmp_path.iterdir()
    assert "     50  bad-date\n      1  missing-value\n" in said
    assert "Refused: 51 fault(s)." in said
    assert said.count("bad-date: ") == 49  # the first of the 50 shown is of bases.csv
    assert len(report.read_text("utf-8").splitlines()) == 51
    assert report.stat().st_mode & 0o777 == 0o600


def test_fifty_faults_are_all_shown_without_a_file(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert end(DataError([Fault("visits.csv", n, "date", "bad-date", "Write it.") for n in range(2, 52)])) == 2
    assert capsys.readouterr().err.count("bad-date: ") == 50
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_cannot_be_written_does_not_hide_the_fault(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert end(ZeroDivisionError()) == 1
    said = capsys.readouterr().err
    assert "inside the program; nothing was changed" in said
    assert "(no file: No such file or directory)" in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_notes_that_cannot_be_written_do_not_stop_the_answer(folder, program):
    with open("/dev/full", "w") as full:
        done = program("due", folder, stderr=full)
    assert done.returncode == 0
    assert done.stdout.startswith(b"task ")
