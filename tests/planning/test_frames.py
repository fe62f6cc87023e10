"""Frames: what is told is read back as it was; a torn, changed or senseless one is nothing."""

from __future__ import annotations

import hashlib

import pytest
from solver.instances import random_instance

from offender_mgmt.planning.child import tell
from offender_mgmt.planning.frames import Kind, Message, packed, unpacked
from offender_mgmt.solver.settings import Settings
from offender_mgmt.solver.solve import solve

SETTINGS = Settings(effort=2)
WEEK = random_instance(4, officers=4, calls=8, days=2, desk=3)


def told(only_draft: bool = False) -> list[Message]:
    messages: list[Message] = []
    tell(WEEK, SETTINGS, messages.append, only_draft=only_draft)
    return messages


def test_every_message_is_read_back_as_it_was() -> None:
    for message in (*told(), Message(kind=Kind.FAILED, words="it failed", problem="NAME\n")):
        assert unpacked(packed(message)) == message


def test_what_a_process_tells_and_in_which_order() -> None:
    messages = told()
    kinds = [message.kind for message in messages]
    assert kinds[0] is Kind.BETTER
    assert kinds[-1] is Kind.FINAL
    assert Kind.ALIVE in kinds
    assert messages[-1].answer == solve(WEEK, SETTINGS)
    assert [message.kind for message in told(only_draft=True)] == [Kind.FINAL]


def test_numbers_and_fixed_words_only() -> None:
    """No reference, no name, no place: they are not in the instance either."""
    for message in told():
        text = packed(message)[32:].decode()
        words = {word for word in text.replace('"', " ").split() if word.isalpha()}
        assert "RSO" not in text
        assert all(word == word.lower() for word in words)


@pytest.mark.parametrize("cut", [0, 1, 31, 32, 33, -1])
def test_a_torn_frame_is_nothing(cut: int) -> None:
    assert unpacked(packed(told()[-1])[:cut]) is None


def test_a_frame_with_any_one_bit_changed_is_nothing() -> None:
    frame = packed(Message(kind=Kind.BETTER, answer=told()[0].answer))
    for place in range(0, len(frame), 7):
        changed = bytearray(frame)
        changed[place] ^= 1 << place % 8
        assert unpacked(bytes(changed)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"kind": "final"}',
        '{"kind": "better", "answer": null}',
        '{"kind": "rumour"}',
        '{"kind": "final", "answer": {"status": "proven"}}',
        '{"kind": "final", "answer": {"status": "proven", "timetable": {"outings": [], "desk": []}, "proofs": '
        '[{"value": "1", "bound": null}], "reasons": []}}',
        "[" * 100_000,
    ],
)
def test_a_sound_digest_makes_no_sense_of_nonsense(text: str) -> None:
    assert unpacked(hashlib.sha256(text.encode()).digest() + text.encode()) is None


def test_nobody_listens_any_more() -> None:
    told: list[Message] = []

    def gone(message: Message) -> None:
        told.append(message)
        raise BrokenPipeError

    tell(WEEK, SETTINGS, gone)
    assert len(told) == 1
