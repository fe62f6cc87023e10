"""run.py sets up from a bare checkout, only from hash-locked wheels, once; and says what is missing."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SLOW_TO_STOP = """
import signal, sys, time
def stop(*_):
    time.sleep(1)
    print("tidy", flush=True)
    sys.exit(7)
for which in (signal.SIGINT, signal.SIGTERM):
    signal.signal(which, stop)
print("ready", flush=True)
time.sleep(60)
"""
LOCKS = ("requirements.lock", "requirements-dev.lock")


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(checkout / "run.py"), *arguments]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def wheel(folder: Path) -> str:
    """A wheel of one line of code; returns its SHA-256."""
    folder.mkdir()
    about = "tiny-1.0.dist-info"
    files = {
        "tiny.py": "WORD = 'from the wheelhouse'\n",
        f"{about}/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {n: base64.urlsafe_b64encode(hashlib.sha256(t.encode()).digest()).rstrip(b"=") for n, t in files.items()}
    record = "".join(f"{name},sha256={digests[name].decode()},{len(text)}\n" for name, text in files.items())
    path = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, f"{about}/RECORD": record + f"{about}/RECORD,,\n"}.items():
            archive.writestr(name, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of a tiny program with one dependency, which lies in the wheelhouse."""
    folder = tmp_path / "a checkout"
    (folder / "offender_mgmt").mkdir(parents=True)
    shutil.copy(ROOT / "run.py", folder)
    (folder / "pyproject.toml").write_text("", "utf-8")
    (folder / "offender_mgmt" / "__init__.py").write_text("", "utf-8")
    (folder / "offender_mgmt" / "__main__.py").write_text(
        "import sys, tiny\nprint(tiny.WORD, sys.argv[1:])\nsys.exit(5)\n", "utf-8"
    )
    digest = wheel(folder / "wheelhouse")
    for lock in LOCKS:
        (folder / lock).write_text(f"tiny==1.0 --hash=sha256:{digest}\n", "utf-8")
    return folder


def test_set_up_happens_once_and_the_command_runs_in_the_environment(checkout, monkeypatch):
    """From a wheelhouse, in a folder with a space in its name; the second run installs nothing."""
    monkeypatch.setenv("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    first = run(checkout, "offender-mgmt", "due", "x")
    assert (first.returncode, first.stdout) == (5, "from the wheelhouse ['due', 'x']\n"), first.stderr
    assert "Making the environment" in first.stderr
    assert "Installing 1 packages of requirements.lock" in first.stderr
    second = run(checkout, "offender-mgmt")
    assert (second.returncode, second.stdout, second.stderr) == (5, "from the wheelhouse []\n", "")


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_is_left_to_the_command_to_answer_and_waited_for(checkout, how):
    """The command takes a moment to tidy up, and its own exit code is handed on. Ctrl-C goes to both processes."""
    (checkout / "offender_mgmt" / "__main__.py").write_text(SLOW_TO_STOP, "utf-8")
    command = [sys.executable, str(checkout / "run.py"), "offender-mgmt"]
    with subprocess.Popen(command, cwd=checkout, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        if how is signal.SIGINT:
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)
        assert process.stdout.read() == "tidy\n"
    assert process.returncode == 7


def test_a_wheel_with_another_hash_is_not_installed(checkout):
    for lock in LOCKS:
        (checkout / lock).write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n", "utf-8")
    ended = run(checkout, "roster")
    assert ended.returncode == 1
    assert "DO NOT MATCH THE HASHES" in ended.stderr
    assert "docs/how-to/without-an-index.md" in ended.stderr
    assert not list((checkout / ".venv").glob("*.installed"))


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["rooster"], 2), (["--help"], 0), (["-h"], 0)])
def test_help_and_wrong_words_need_no_set_up(checkout, arguments, code):
    ended = run(checkout, *arguments)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert "python3 run.py roster" in ended.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_without_venv_is_told_what_to_install(checkout):
    """Debian and Ubuntu ship ensurepip apart."""
    code = "import sys, runpy; sys.modules['ensurepip'] = None; sys.argv = ['run.py', 'roster']; "
    code += "runpy.run_path('run.py', run_name='__main__')"
    ended = subprocess.run([sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == "This Python cannot make environments. Maybe: apt install python3-venv\n"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_version_and_hashes_and_no_place(lock):
    """No host, no path, no index: where packages come from is the machine's own setting."""
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"//|--index|--extra|--find|-e |@|\\\\|(^|\s)/|file:", text)
    entries = re.split(r"\n(?=\S)", text.strip())
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_development_lock_holds_every_run_time_package_at_the_same_version():
    run_time, development = ((ROOT / lock).read_text("utf-8") for lock in LOCKS)
    pins = re.findall(r"^(\S+==\S+)", run_time, re.MULTILINE)
    assert len(pins) > 20
    assert set(pins) <= set(re.findall(r"^(\S+==\S+)", development, re.MULTILINE))


def test_every_direct_dependency_is_locked():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [re.match(r"[\w-]+", line)[0] for line in project["dependencies"]]
    wanted_dev = [re.match(r"[\w-]+", line)[0] for line in project["optional-dependencies"]["dev"]]
    locked, locked_dev = (set(re.findall(r"^([\w-]+)==", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS)
    assert set(wanted) <= locked
    assert {*wanted, *wanted_dev} <= locked_dev


def test_the_commands_may_be_started_as_programs():
    assert os.access(ROOT / "run.py", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
