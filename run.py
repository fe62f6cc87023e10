#!/usr/bin/env python3
"""Everything from a fresh checkout: set up a private environment, then make a roster, run the tests, ...

    python3 run.py roster                 a week's roster of the example force, into out/essex
    python3 run.py test [PYTEST OPTIONS]  the tests, some twenty minutes; e.g. python3 run.py test tests/due for a part
    python3 run.py lint                   ruff and mypy
    python3 run.py bench [OPTIONS]        our solver beside other engines on the same instances (hours; see --help)
    python3 run.py soak                   what is too long for every change: clocks, faults, stops, bounds ... (hours)
    python3 run.py docs                   write the generated pages of docs/reference again
    python3 run.py offender-mgmt ...      any command, e.g. offender-mgmt due data/essex-north

Needs Python 3.11 or newer with venv, nothing else. Packages are taken from the index that pip is configured for, or
from a folder "wheelhouse" beside this file, and only if their hashes are those of the lock file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WHEELHOUSE = ROOT / "wheelhouse"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
BENCH_LOCK = "requirements-bench.lock"  # this and the one above hold everything of the first one too
SOAKED = (
    "tests/due/test_full_sweep.py",
    "tests/audit/as_at",
    "tests/planning/test_faults.py",
    "tests/planning/test_same_roster.py",
    "tests/cli/test_cli_stop.py",
    "tests/places/test_places_brute_force.py",
    "tests/explain/test_explain_proofs.py",
    "tests/solver/test_bound_laws.py",
)
LOCKS = (RUN_LOCK, DEV_LOCK, BENCH_LOCK)
ON_ALL_CORES = ("-n", "auto", "--maxprocesses", "4")


def say(words: str) -> None:
    """Tell the person at the terminal; standard output is left to the command itself."""
    print(words, file=sys.stderr, flush=True)


def fingerprint(lock: str) -> str:
    """What the environment must have been made from for its set-up to be skipped."""
    made_from = hashlib.sha256(f"{sys.version} {ROOT}".encode())
    for name in (lock, "pyproject.toml"):
        made_from.update((ROOT / name).read_bytes())
    return made_from.hexdigest()


def marker(lock: str) -> Path:
    """Where the fingerprint of a finished set-up stands."""
    return VENV / f"{lock}.installed"


def is_installed(lock: str) -> bool:
    """Whether the environment holds this lock file's packages."""
    return PYTHON.exists() and marker(lock).exists() and marker(lock).read_text("ascii") == fingerprint(lock)


def create_environment() -> None:
    """Make a new, empty environment beside this file."""
    try:
        import ensurepip  # noqa: F401  Debian and Ubuntu ship it apart
        import venv
    except ImportError:
        sys.exit("This Python cannot make environments. Maybe: apt install python3-venv")
    say("Making the environment .venv ...")
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=True)
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)}))
    (packages / "offender_mgmt_checkout.pth").write_text(f"{ROOT}\n", "utf-8")


def install(lock: str) -> None:
    """Install the lock file's wheels; pip's own settings (index, proxy, certificates) hold."""
    packages = (ROOT / lock).read_text("utf-8").count("==")
    say(f"Installing {packages} packages of {lock} (once; a minute or two) ...")
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--require-hashes",
        "--no-deps",  # the lock names everything; older pips stumble over extras when a newer release is out
    ]
    command += ["--only-binary", ":all:", "-r", ROOT / lock]
    if WHEELHOUSE.is_dir():
        command += ["--no-index", "--find-links", WHEELHOUSE]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:  # noqa: S603  our own words only
        sys.exit(
            "The packages could not be installed, see above.\n"
            "Maybe: without an index, put the wheels into a folder 'wheelhouse' (docs/how-to/without-an-index.md)."
        )
    marker(lock).write_text(fingerprint(lock), "ascii")


def set_up(lock: str) -> None:
    """Bring the environment to what the lock file says; does nothing when it is there already."""
    if is_installed(lock) or (lock == RUN_LOCK and any(is_installed(other) for other in LOCKS)):
        return
    if not any(is_installed(other) for other in LOCKS):
        create_environment()
    install(lock)


def python(*arguments: str, cwd: Path | None = ROOT) -> int:
    """Run Python of the environment; the exit code is handed on."""
    with subprocess.Popen([PYTHON, *arguments], cwd=cwd) as child:  # noqa: S603  no shell
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        while True:
            try:
                code = child.wait()
                return code if code >= 0 else 128 - code
            except KeyboardInterrupt:  # the child has heard it too, and tidies up
                continue


def roster(_: Sequence[str]) -> int:
    """Plan the week after the extract date of the example force."""
    set_up(RUN_LOCK)
    return python("-m", "offender_mgmt", "plan", "data/essex", "--out", "out/essex", "--overwrite")


def test(arguments: Sequence[str]) -> int:
    """Run the tests, all of them on up to four cores; further arguments go to pytest instead."""
    set_up(DEV_LOCK)
    return python("-m", "pytest", *(arguments or ON_ALL_CORES))


def lint(_: Sequence[str]) -> int:
    """Style, format, types, and that every test can be found."""
    set_up(DEV_LOCK)
    found = ["pytest", "--collect-only", "-qqq"]  # two test files of one name: said here, not after the run
    checks = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], found)
    codes = [python("-m", *check) for check in checks]
    return int(any(codes))


def bench(arguments: Sequence[str]) -> int:
    """Compare engines, tables to standard output; the quick form takes what is installed and says what is not."""
    set_up(RUN_LOCK if "quick" in arguments else BENCH_LOCK)
    return python("-m", "benchmarks.compare", *arguments, cwd=ROOT / "tests")


def soak(arguments: Sequence[str]) -> int:
    """Run the tests that are too long for every change; further arguments go to pytest."""
    set_up(DEV_LOCK)
    os.environ["OFFENDER_MGMT_FULL_SWEEP"] = os.environ["OFFENDER_MGMT_SOAK"] = "1"
    return python("-m", "pytest", *SOAKED, *arguments)


def docs(_: Sequence[str]) -> int:
    """Write the pages that are generated from the code."""
    set_up(RUN_LOCK)
    return python("-m", "offender_mgmt.docs_pages", "--write")


def offender_mgmt(arguments: Sequence[str]) -> int:
    """Any command, in the folder the person stands in."""
    set_up(RUN_LOCK)
    return python("-m", "offender_mgmt", *arguments, cwd=None)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "roster": roster,
    "test": test,
    "lint": lint,
    "bench": bench,
    "soak": soak,
    "docs": docs,
    "offender-mgmt": offender_mgmt,
}


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument names."""
    if sys.version_info < (3, 11):  # noqa: UP036  said in words before anything newer is used
        sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ".")
    if not arguments or arguments[0] not in COMMANDS:
        say(__doc__ or "")
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
