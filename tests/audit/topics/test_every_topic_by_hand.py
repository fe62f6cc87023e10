"""Every topic has tests worked out by hand: each is unpacked by name in a file of this folder, from its own module."""

from __future__ import annotations

import re
from pathlib import Path

from offender_mgmt.audit.topics import TOPICS

HERE = Path(__file__).parent
ALIASES = re.compile(r"^([A-Z0-9_, ]+) = (?:(\w+)\.)?TOPICS$", re.MULTILINE)
IMPORTED = re.compile(r"^from offender_mgmt\.audit\.topics\.(\w+) import .*TOPICS", re.MULTILINE)


def used_by_hand() -> dict[str, set[str]]:
    """By module of topics: names its topics go by in the tests and that some test uses."""
    found: dict[str, set[str]] = {}
    for path in HERE.glob("test_*_topics.py"):
        text = path.read_text("utf-8")
        for names, module in ALIASES.findall(text):
            used = {name for name in names.split(", ") if len(re.findall(rf"\b{name}\b", text)) > 1}
            found[module or IMPORTED.findall(text)[0]] = used
    return found


def test_every_topic_is_used_in_a_test_by_hand() -> None:
    modules = [topic.members.__module__.rpartition(".")[2] for topic in TOPICS]
    by_hand = used_by_hand()
    wanted = {module: modules.count(module) for module in dict.fromkeys(modules)}
    assert {module: len(by_hand.get(module, ())) for module in wanted} == wanted
