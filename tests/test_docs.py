"""The docs cannot fall behind the code: generated pages are fresh, every link leads somewhere, examples run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from offender_mgmt.audit.questions import QUESTIONS
from offender_mgmt.audit.topic import Measure
from offender_mgmt.audit.topics import TOPICS
from offender_mgmt.cli.main import COMMANDS, main
from offender_mgmt.docs_pages import PAGES, page_text, stale_pages, write_pages
from offender_mgmt.docs_pages.__main__ import main as docs_command
from offender_mgmt.docs_pages.commands import help_texts
from offender_mgmt.policy.model import Policy
from offender_mgmt.register.fault_rules import FAULT_RULES
from offender_mgmt.register.records import RECORD_TYPES
from offender_mgmt.roster.reasons import REASONS
from offender_mgmt.rules import FORM_RULES, HARD_RULES

ROOT = Path(__file__).resolve().parents[1]
PAGES_BY_HAND = sorted(p for p in (ROOT / "docs").rglob("*.md") if p.name not in PAGES)
ALL_PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_says(name):
    """Stale? Write it again: python3 run.py docs"""
    assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == page_text(name)


def test_stale_pages_are_named_and_written(tmp_path, capsys):
    assert write_pages(tmp_path) == list(PAGES)
    assert docs_command([], tmp_path) == 0
    (tmp_path / "rules.md").write_text("old", "utf-8")
    assert stale_pages(tmp_path) == ["rules.md"]
    assert docs_command([], tmp_path) == 5
    assert docs_command(["--write"], tmp_path) == 0
    assert docs_command(["--write"], tmp_path) == 0
    assert capsys.readouterr().out.splitlines() == [
        "All pages are fresh.",
        "stale: rules.md",
        "written: rules.md",
        "All pages are fresh.",
    ]


def test_every_column_rule_fault_reason_and_setting_is_on_its_page():
    files, rules, faults, policy = (page_text(f"{n}.md") for n in ("files", "rules", "faults", "policy"))
    columns = [info.alias or name for record in RECORD_TYPES for name, info in record.model_fields.items()]
    assert [c for c in columns if f"| `{c}` |" not in files] == []
    assert [name for name in (*HARD_RULES, *FORM_RULES, *REASONS) if f"| `{name}` |" not in rules] == []
    assert [name for name in FAULT_RULES if f"| `{name}` |" not in faults] == []
    sections = [
        i.annotation.model_fields for i in Policy.model_fields.values() if hasattr(i.annotation, "model_fields")
    ]
    assert [key for section in sections for key in section if f"| `{key}` |" not in policy] == []


def test_every_figure_of_the_audit_is_defined_on_its_page():
    """Each topic with its population, what counts and the rest; each measure; each question."""
    page = page_text("audit.md")
    sections = dict(re.findall(r"^`([a-z-]+)`\n\n(.*?)(?=^#|\Z)", page, re.M | re.S))
    assert set(sections) == {topic.name for topic in TOPICS}
    for topic in TOPICS:
        said = sections[topic.name]
        assert f"- Looked at: {topic.population}\n- Counted: {topic.counted}\n" in said
        assert f"- Definition: {topic.definition}\n" in said + "\n"
        assert f"- Figures: {', '.join(topic.measures)}\n" in said
    assert [measure for measure in Measure if f"\n- {measure}: " not in page] == []
    assert [question.name for question in QUESTIONS if f"| {question.name} | {question.text} |" not in page] == []


def test_every_command_is_documented_with_its_help():
    page = page_text("cli.md")
    names = [name for name, _ in help_texts()]
    assert len(names) == len(COMMANDS) + 2  # the program itself and the group export
    assert all(f"## {name}\n" in page for name in names)


@pytest.mark.parametrize("path", ALL_PAGES, ids=name_of)
def test_every_link_between_pages_leads_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", path.read_text("utf-8")):
        if not target.startswith("https://"):
            assert (path.parent / target).exists(), target


def examples() -> list[str]:
    """Every command line that starts with the program's name, on hand-written pages and in the help."""
    texts = [path.read_text("utf-8") for path in (ROOT / "README.md", *PAGES_BY_HAND)]
    texts += [examples for _, _, _, examples in COMMANDS]
    lines = re.findall(r"^[ $]*(?:python3 run\.py )?(offender-mgmt [^\n]*)$", "\n".join(texts), re.MULTILINE)
    return sorted({re.split(r" [|>] ", line)[0] for line in lines})


@pytest.mark.parametrize("line", examples())
def test_every_example_is_a_command_that_exists_with_options_that_exist(line, capsys):
    """With --help at its end a command is parsed up to there but not run; options are looked up in its help."""
    _, *words = shlex.split(line)
    command = words[: 2 if words[0] == "export" else 1]
    assert main([*command, "--help"]) == 0
    known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) | {"--help"}
    assert {word for word in words if word.startswith("--")} <= known


def test_no_page_names_a_machine():
    for path in ALL_PAGES:
        assert not re.search(r"/(root|tmp|work|home)/", path.read_text("utf-8")), path


def test_the_glossary_defines_the_words_it_sets_apart():
    text = (ROOT / "docs" / "explanation" / "concepts.md").read_text("utf-8")
    pairs = ("due date, deadline", "attempt, visit", "unassigned, deferred", "task, assignment", "bound, gap")
    assert [pair for pair in pairs if f"| {pair} |" not in text] == []


def test_the_readme_shows_the_two_commands_of_the_set_up():
    text = (ROOT / "README.md").read_text("utf-8")
    assert "python3 run.py roster" in text
    assert "python3 run.py test" in text
