"""``policy.md``: every setting with its unit, the example's value, its source, and whether that was verified."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from pydantic import BaseModel

from offender_mgmt.docs_pages.markdown import code, table
from offender_mgmt.policy.model import Policy, Provenance
from offender_mgmt.policy.read import example_policy, example_policy_text

INTRODUCTION = """# Policy

Every interval, deadline, duration, crew size, weight and limit comes from `policy.toml` in the register folder; none is
written in the code. Each setting is a table of `value`, `unit`, `source` and `verified`:

```toml
[visits.repeat_days]
value = { very_high = 1, high = 3, medium = 7, low = 14 }
unit = "days"
source = "Force policy 12/2026, section 4"
verified = true
```

An unknown key is a fault, because a misspelt rule would be ignored without a word. The example policy that ships with
the package is **no force's policy**. Settings marked "no" rest on an assumption or on an unverified source: they are
counted on every summary and listed in every `run.json`.

"""


def policy_page() -> str:
    """All sections of the policy."""
    values = tomllib.loads(example_policy_text())
    provenance = example_policy().provenance
    text = INTRODUCTION
    for name, info in Policy.model_fields.items():
        section = info.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            text += f"## {name}\n\n{section.__doc__}\n\n"
            header = ("setting", "meaning", "example", "unit", "source", "verified")
            text += table(header, [_row(name, key, section, values, provenance) for key in section.model_fields])
    return text.rstrip() + "\n"


def _row(
    section: str, key: str, model: type[BaseModel], values: dict[str, Any], provenance: Any
) -> tuple[str, str, str, str, str, str]:
    about: Provenance = provenance[f"{section}.{key}"]
    example = code(_shown(values[section][key]["value"]))
    meaning = model.model_fields[key].description or ""
    return (code(key), meaning, example, about.unit, about.source, "yes" if about.verified else "no")


def _shown(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)
