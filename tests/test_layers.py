"""The package's imports run one way: read from the source, functions' own imports included."""

from __future__ import annotations

import graphlib

import pytest

from offender_mgmt.docs_pages.import_arrows import (
    BESIDE,
    LAYERS,
    imported_names,
    module_arrows,
    modules,
    part_arrows,
    part_of,
)

LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}
ONLY_IN = {
    "typer": {"cli", "docs_pages"},
    "ortools": {"solver"},
    "pandas": {"report", "audit"},
    "icalendar": {"export"},
    "pyproj": {"export"},
    "xlsxwriter": {"export"},
    "click": set(),
    "rich": set(),
}
"""Libraries that may be imported in these parts only."""


def test_every_part_of_the_package_has_its_layer():
    assert {part_of(name) for name in modules() if name} <= set(LEVEL)


@pytest.mark.parametrize(("part", "targets"), part_arrows().items())
def test_a_part_imports_only_from_below(part, targets):
    upwards = {t for t in targets if LEVEL[t] >= LEVEL[part] and (part, t) not in BESIDE}
    assert upwards == set()


def test_no_module_imports_itself_round_a_corner():
    """Finer than the layers: modules inside one part have no cycle either. A package stands for its own modules."""
    packages = {name for name in modules() if any(other.startswith(f"{name}.") for other in modules())}
    arrows = {name: {t for t in targets if t} for name, targets in module_arrows().items() if name not in packages}
    order = graphlib.TopologicalSorter({name: targets - packages for name, targets in arrows.items()}).static_order()
    assert set(order) >= set(arrows)  # a cycle raises before


def test_the_check_and_the_solver_never_meet():
    """One mistake must not hide in both: neither reaches the other over any way."""
    arrows = part_arrows()

    def reached(part: str) -> set[str]:
        found: set[str] = set()
        waiting = [part]
        while waiting:
            new = arrows.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found

    assert "solver" not in reached("checks")
    assert "instance" not in reached("checks")
    assert "checks" not in reached("solver")


@pytest.mark.parametrize(("library", "parts"), ONLY_IN.items())
def test_a_library_is_imported_only_where_it_belongs(library, parts):
    users = {
        part_of(name)
        for name, path in modules().items()
        if any(imported.split(".")[0] == library for imported in imported_names(path))
    }
    assert users <= parts


def test_the_reader_of_imports_sees_imports_inside_functions(tmp_path):
    """Without this the tests above could pass by seeing nothing."""
    source = tmp_path / "x.py"
    source.write_text("def f():\n    import a.b\n    from c.d import e, g\n", "utf-8")
    assert list(imported_names(source)) == ["a.b", "c.d.e", "c.d.g"]
    assert "policy" in part_arrows()["register"]
