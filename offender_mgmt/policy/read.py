"""From a policy file to a :class:`Policy`; every fault at once, an unknown key is a fault."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from offender_mgmt.errors import DataError, Fault
from offender_mgmt.files import UnreadableFileError, read_bounded, shown
from offender_mgmt.policy.model import Policy, Provenance
from offender_mgmt.toml_text import LARGEST_BYTES, parse_toml


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy with where each of its numbers comes from.

    Parameters
    ----------
    provenance
        By dotted key, e.g. ``visits.interval_months``.
    """

    policy: Policy
    provenance: Mapping[str, Provenance]

    @property
    def unverified(self) -> tuple[str, ...]:
        """Keys of settings whose source nobody has verified, sorted."""
        return tuple(sorted(key for key, p in self.provenance.items() if not p.verified))


def example_policy_text() -> str:
    """The example policy that ships with the package."""
    return resources.files("offender_mgmt.policy").joinpath("example.toml").read_text(encoding="utf-8")


def example_policy() -> PolicyFile:
    """The example policy, parsed."""
    return parse_policy(example_policy_text(), "example.toml")


def read_policy(path: Path) -> PolicyFile:
    """Read a policy file.

    Raises
    ------
    DataError
        With every fault found: not TOML, unknown or missing keys, values out of range or at odds.
    """
    try:
        data = read_bounded(path, LARGEST_BYTES)
    except UnreadableFileError as error:
        raise DataError([_fault(path.name, "", "unreadable-file", f"It {error.reason}.")]) from None
    return parse_policy_bytes(data, path.name)


def parse_policy(text: str, name: str) -> PolicyFile:
    """Parse the text of a policy file called ``name``; raises as :func:`read_policy`."""
    return parse_policy_bytes(text.encode("utf-8"), name)


def parse_policy_bytes(data: bytes, name: str) -> PolicyFile:
    """Parse the bytes of a policy file called ``name``; raises as :func:`read_policy`."""
    try:
        return _validated(parse_toml(name, data), name)
    except RecursionError:
        raise DataError([_fault(name, "", "nested-too-deep", "No setting has such nesting.")]) from None


def _validated(raw: Mapping[str, Any], name: str) -> PolicyFile:
    faults: list[Fault] = []
    provenance: dict[str, Provenance] = {}
    values = _split(raw, "", name, provenance, faults)
    policy: Policy | None = None
    try:
        # Through JSON, because only there strict means what it should: no "1", 1.0 or true for a number,
        # while words and lists are still taken for the closed lists and tuples they stand for.
        policy = Policy.model_validate_json(json.dumps(values, default=_iso), strict=True)
    except ValidationError as error:
        faults += _policy_faults(error, name)
    if faults or policy is None:
        raise DataError(faults)
    return PolicyFile(policy, MappingProxyType(provenance))


def _iso(value: date | time) -> str:
    return value.isoformat()


def _split(
    node: Mapping[str, Any], path: str, name: str, provenance: dict[str, Provenance], faults: list[Fault]
) -> dict[str, Any]:
    """Part values from their unit and source; a table with the key ``value`` is a setting."""
    values: dict[str, Any] = {}
    for key, child in node.items():
        here = f"{path}.{key}" if path else key
        if isinstance(child, dict) and "value" in child:
            values[key] = child["value"]
            about = {k: v for k, v in child.items() if k != "value"}
            try:
                provenance[here] = Provenance.model_validate(about, strict=True)
            except ValidationError as error:
                faults += _policy_faults(error, name, here)
        elif isinstance(child, dict):
            values[key] = _split(child, here, name, provenance, faults)
        elif path:
            faults.append(
                _fault(name, here, "no-source", "Write the setting as a table of value, unit, source, verified.")
            )
        else:
            values[key] = child
    return values


def _policy_faults(error: ValidationError, name: str, path: str = "") -> list[Fault]:
    faults = []
    for item in error.errors(include_input=False, include_url=False, include_context=False):
        where = ".".join(str(part) for part in (path, *item["loc"]) if part != "")
        rule, advice = _RULES.get(item["type"], ("bad-setting", item["msg"] + "."))
        if rule == "unknown-setting":
            near = difflib.get_close_matches(where, _KNOWN_SETTINGS, n=1)
            advice = f"Did you mean {near[0]}?" if near else advice
        elif rule == "settings-at-odds":
            advice = item["msg"].removeprefix("Value error, ") + "."
        faults.append(_fault(name, where, rule, advice))
    return faults


_RULES = {
    "extra_forbidden": ("unknown-setting", "This key is not known: see docs/reference/policy.md."),
    "missing": ("missing-setting", "This setting is missing: take it from the example policy."),
    "value_error": ("settings-at-odds", ""),
    "json_invalid": ("nested-too-deep", "No setting has such nesting."),
}
_KNOWN_SETTINGS = tuple(
    f"{section}.{setting}"
    for section, info in Policy.model_fields.items()
    if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel)
    for setting in info.annotation.model_fields
)


def _fault(name: str, key: str, rule: str, advice: str) -> Fault:
    return Fault(name, 0, shown(key), rule, advice)
