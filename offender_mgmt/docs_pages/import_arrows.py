"""``imports.md``: who imports whom in the package, read from the source; one direction, no cycle."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import offender_mgmt
from offender_mgmt.docs_pages.markdown import block

PACKAGE = "offender_mgmt"
ROOT = Path(offender_mgmt.__file__).parent

LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors", "vocabulary", "rules"),
    ("calendars", "files", "pages", "toml_text"),
    ("policy", "register"),
    ("barriers", "due"),
    ("travel", "synth"),
    ("instance",),
    ("roster",),
    ("measures",),
    ("aims",),
    ("checks", "solver"),
    ("places",),
    ("planning",),
    ("explain",),
    ("report", "export"),
    ("audit",),
    ("cli",),
    ("__main__", "docs_pages"),
)
"""From the ground up: a part imports from parts below it, and from nothing beside or above it."""

BESIDE: tuple[tuple[str, str], ...] = (("register", "policy"), ("export", "report"))
"""The only arrows inside a layer: the first imports the second."""


def modules() -> dict[str, Path]:
    """Source file of every module by dotted name inside the package."""
    return {_dotted(path): path for path in sorted(ROOT.rglob("*.py"))}


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(path: Path) -> Iterator[str]:
    """Dotted names of everything a file imports, inside functions too; relative imports are not used here."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or '.'}.{alias.name}" for alias in node.names)


def module_arrows() -> dict[str, set[str]]:
    """For each module of the package, the modules of the package it imports."""
    known = modules()
    return {name: set(_inside(path, known)) - {name} for name, path in known.items()}


def _inside(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    for imported in imported_names(path):
        inside = imported.removeprefix(PACKAGE).lstrip(".") if imported.split(".")[0] == PACKAGE else ""
        target = inside if inside in known else inside.rpartition(".")[0]
        if target in known and target:
            yield target


def part_of(module: str) -> str:
    """Folder or file directly under the package that a module belongs to."""
    return module.split(".")[0]


def part_arrows() -> dict[str, set[str]]:
    """For each part of the package, the other parts it imports."""
    arrows: dict[str, set[str]] = defaultdict(set)
    for module, targets in module_arrows().items():
        if module:
            arrows[part_of(module)] |= {part_of(target) for target in targets} - {part_of(module)}
    return dict(sorted(arrows.items()))


def imports_page() -> str:
    """A drawing of the layers, and the arrows between the parts."""
    present = part_arrows()
    layers = [[part for part in layer if part in present] for layer in reversed(LAYERS)]
    drawing = "\n    |\n    v\n".join("  ".join(layer) for layer in layers if layer)
    arrows = "\n".join(f"{part} -> {', '.join(sorted(targets))}" for part, targets in present.items() if targets)
    return (
        "# The package's imports\n\nA part imports from parts below it only; the few arrows inside a line are "
        + "; ".join(f"{first} -> {second}" for first, second in BESIDE)
        + ". A test reads the source and keeps it so. `checks` and `solver` never meet.\n\n"
        + block(drawing)
        + "Every arrow:\n\n"
        + block(arrows)
    ).rstrip() + "\n"
