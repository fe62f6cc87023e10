"""What a solver's process tells, as frames with a digest: a torn or false one is known as such, and ignored.

A pipe adds the length of each frame. Everything in them is a number or a fixed word, but for the words of a fault,
which are our own: no reference, name or place goes in or comes out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter, ValidationError

from offender_mgmt.solver.solve import Answer

DIGEST_BYTES = 32
LARGEST_FRAME_BYTES = 200_000_000


class Kind(StrEnum):
    """What a message is."""

    ALIVE = "alive"
    """The search goes on."""
    BETTER = "better"
    """A roster better than those before."""
    FINAL = "final"
    """The answer; nothing comes after it."""
    FAILED = "failed"
    """The search ended by a fault; what was told before still holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing told.

    Parameters
    ----------
    words
        Of what goes on, or of the fault.
    problem
        The problem an engine failed on, its parts numbered.
    """

    kind: Kind
    answer: Answer | None = None
    words: str = ""
    problem: str = ""


_MESSAGES = TypeAdapter(Message)


def packed(message: Message) -> bytes:
    """The message with its digest before it."""
    text = _MESSAGES.dump_json(message)
    return hashlib.sha256(text).digest() + text


def unpacked(frame: bytes) -> Message | None:
    """The message of a frame; ``None`` if its digest is wrong, or it is no message."""
    digest, text = frame[:DIGEST_BYTES], frame[DIGEST_BYTES:]
    if hashlib.sha256(text).digest() != digest:
        return None
    try:
        message = _MESSAGES.validate_json(text, strict=True)
    except ValidationError:
        return None
    return None if message.answer is None and message.kind in (Kind.BETTER, Kind.FINAL) else message
