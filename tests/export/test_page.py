"""What stands on the page: figures that can be computed by hand, outings as a whole unless a reason was given."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from export_builders import checked, export, many

from offender_mgmt.checks.spans import Span
from offender_mgmt.errors import UsageError
from offender_mgmt.export.outlines import read_outlines
from offender_mgmt.export.page import left_out as left_out_part
from offender_mgmt.export.page import sheets, week
from offender_mgmt.export.page.coverage import overdue_by_level
from offender_mgmt.export.page.left_out import left_out
from offender_mgmt.export.page.load import loads
from offender_mgmt.export.page.maps import frame_of
from offender_mgmt.export.page.page import page_bytes
from offender_mgmt.export.page.view import View
from offender_mgmt.export.page.week import hours_shown, merged
from offender_mgmt.register.records import BarrierPoint
from offender_mgmt.report import figures
from offender_mgmt.roster.roster import Roster

REASON = {"reason": "Briefing"}
SQUARE = {"type": "Polygon", "coordinates": [[[0.4, 51.7], [0.9, 51.7], [0.9, 52.0], [0.4, 51.7]]]}


def text(run=None, **asked):
    return page_bytes(export(run, **asked)).decode("utf-8")


def view(run=None, **asked):
    return View(export(run, **asked))


def test_overdue_before_and_after_adds_up():
    """RSO-000001 is overdue on Monday and seen. Visits of five and three desk tasks fall due; see rich_roster.

    Left out are the visits of RSO-000006 and 7 (medium, due 3 December); that of RSO-000005 is put off.
    """
    by_level = {row.name: (row.before, row.falls_due, row.done, row.after) for row in overdue_by_level(view())}
    planned = checked().planned
    counts = {level.level.words: level.counts for level in figures.by_level(planned.due, planned.roster)}
    for name, (before, falls_due, done, after) in by_level.items():
        assert (before + falls_due, done) == (counts[name].due, counts[name].assigned)
        assert after == before + falls_due - done
    assert by_level["very high"] == (0, 0, 0, 0)
    assert by_level["medium"][3] == 2
    assert "Put off by a supervisor over the whole week and not counted here: 1 task." in text()


def test_who_carries_what_agrees_with_the_days():
    """The table counts rows of the roster, the bars and sheets lay out days: both come to the same minutes."""
    shown = view()
    found = {load.carried.officer_id: load for load in loads(shown)}
    assert len(found) == 9
    for officer, days in shown.days_of.items():
        carried = found[officer].carried
        assert carried.visits == sum(len(day.stops) for day in days)
        assert (carried.door, carried.travel) == (sum(d.at_doors for d in days), sum(d.travel for d in days))
        assert (carried.desk, carried.events) == (sum(d.at_desk for d in days), sum(d.at_events for d in days))
        assert carried.duty == sum(day.on_duty for day in days)
    assert {officer: (load.visits, load.grave) for officer, load in found.items() if load.visits} == {
        "P1": (3, 1),
        "P2": (2, 0),
        "P3": (1, 1),
    }


def test_evening_visits_are_counted_from_the_hour_of_the_policy():
    """RSO-000001 is seen at 09:00; ten hours later it is an evening visit of P1 and P2."""
    roster = checked().planned.roster
    rows = tuple(
        replace(row, start=row.start + 600, end=row.end + 600) if row.task_id == "HV-RSO-000001" else row
        for row in roster.assignments
    )
    found = loads(view(checked(roster=replace(roster, assignments=rows))))
    assert {load.carried.officer_id for load in found if load.evenings} == {"P1", "P2"}
    assert {load.evenings for load in found} == {0, 1}


def test_the_columns_of_the_page_are_these_and_no_others():
    """What goes out by default is a list; whoever adds to it changes this test, and says why."""
    assert sheets.HEADER == ("part of day", "outing and stop", "nominal", "locality", "risk level", "with", "done")
    assert (
        *("nominal", "locality", "work", "risk level", "when", "days overdue", "why it is left out"),
    ) == left_out_part.HEADER
    assert week.KEYS == (
        ("tour", "tour of duty"),
        ("outing", "outing, travel included"),
        ("desk", "desk work"),
        ("event", "fixed event"),
        ("break", "room for the break"),
    )


def test_the_figures_of_the_bands_are_those_of_the_run():
    found = dict(re.findall(r'data-figure="([^"]+)">([^<]+)<', text()))
    for number, band in enumerate(checked().planned.bands):
        for name in ("due", "scheduled", "value_due", "value", "bound"):
            assert found[f"bands.{number}.{name}"].replace(",", "") == str(getattr(band, name))
    bands = tuple(replace(band, bound=None) for band in checked().planned.bands)
    run = checked()
    unproven = text(replace(run, planned=replace(run.planned, bands=bands)))
    assert unproven.count(">not proven<") == len(bands)


def test_every_task_that_is_left_out_is_listed_with_its_reason():
    """Seven rows are no companions; one is put off over the week, so that four count."""
    assert [task.offender_ref for task, _ in left_out(view())] == ["RSO-000006", "RSO-000007", "RSO-000008"]
    page = text()
    assert "all who could do it are full with work that comes first." in page
    assert "By hand." not in page  # explanations name officers and dates
    assert "By hand." in text(**REASON)
    nothing = replace(checked().planned.roster, unassigned=())
    assert "No task is left out." in text(checked(roster=nothing))


def test_a_redacted_week_draws_outings_as_a_whole():
    """Monday's outing leaves at 08:40 and is back at 11:45; its visits are not told apart."""
    page = text()
    assert "outing 08:40\N{EN DASH}11:45, 2 visits, P1, P2" in page
    assert 'class="k-visit"' not in page
    full = text(**REASON)
    assert "10:15\N{EN DASH}11:15 home visit, RSO-000002" in full
    assert 'class="k-visit"' in full


def test_an_axis_holds_every_tour():
    """Tours from 08:00; P3's late tour ends at midnight."""
    assert hours_shown(view()) == (8, 24)
    empty = replace(checked().planned.register, tours=(), events=())
    roster = Roster(checked().planned.roster.horizon)
    assert hours_shown(view(checked(empty, roster))) == (8, 16)


def test_desk_work_without_a_gap_is_one_block():
    assert merged([Span(5, 6), Span(0, 3), Span(3, 4), Span(1, 2)]) == [Span(0, 4), Span(5, 6)]
    assert merged([]) == []


def test_warnings_stand_at_the_top():
    run = checked(changes=("roster.csv was changed after the roster was planned",))
    assert re.search(r'class="status">DRAFT.*</p><ul class="warnings"><li>roster\.csv was changed', text(run))


def test_teams_can_be_chosen_where_there_are_several():
    assert 'name="team"' in text()
    register = checked().planned.register.of_team("north")
    assert 'name="team"' not in text(checked(register))


def test_a_map_is_never_of_one_street():
    frame = frame_of([(600_000, 220_000)])
    assert frame.metres > 12_000
    assert frame.at((600_000, 220_000)) == pytest.approx((230, 230 * frame.ratio))
    assert frame_of([]).metres > 12_000


def test_symbols_at_one_place_lie_side_by_side():
    """All nominals of a copy have one position: 34 copies, and no two symbols of a day at one place."""
    page = text(many(12))
    for day_map in re.findall(r'<svg [^>]*class="day-map">.*?</svg>', page):
        places = re.findall(r"translate\(([^)]+)\)", day_map)
        assert len(places) == len(set(places)) > 0


@pytest.mark.parametrize(
    "shape",
    [
        SQUARE,
        {"type": "Feature", "properties": {}, "geometry": SQUARE},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": SQUARE}]},
        {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]},
        {"type": "GeometryCollection", "geometries": [SQUARE]},
        {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "geometry": None}, {"type": "Feature", "geometry": SQUARE}],
        },
    ],
)
def test_outlines_of_any_kind_are_drawn_with_their_credit(tmp_path, shape):
    path = tmp_path / "districts.geojson"
    path.write_text(json.dumps(shape), "utf-8")
    outlines = read_outlines(path, "Made up,  by hand")
    assert [len(ring) for ring in outlines.rings] == [4]
    page = page_bytes(export(), outlines).decode("utf-8")
    assert re.search(r'<path d="M[-0-9 L]+Z" class="land"/>', page)
    assert "Made up, by hand" in page


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{}",
        "[]",
        '{"type": "Polygon"}',
        '{"type": "Point", "coordinates": [0, 51]}',
        '{"type": "Polygon", "coordinates": [[[530000, 180000]]]}',
        '{"type": "Polygon", "coordinates": [[["x", 51]]]}',
        '{"type": "Polygon", "coordinates": [[[0]]]}',
        '{"type":"FeatureCollection","features":' * 2000,
    ],
)
def test_what_is_no_outline_is_refused(tmp_path, data):
    path = tmp_path / "districts.geojson"
    path.write_text(data, "utf-8")
    with pytest.raises(UsageError, match=r"is no GeoJSON of polygons|holds no polygon"):
        read_outlines(path, "x")


def test_waters_of_the_register_are_drawn_in_their_order():
    """A line of three points, given in another order; a point without a position is passed over."""
    rows = [(2, 571_000, 212_000), (1, 571_000, 207_000), (3, 577_000, 212_000), (4, None, None)]
    barriers = tuple(BarrierPoint(barrier="Brook", point=n, easting=x, northing=y) for n, x, y in rows)
    page = text(checked(replace(checked().planned.register, barriers=barriers)))
    (path,) = re.findall(r'<path d="([^"]+)" class="water"/>', page)
    (x1, y1), (x2, y2), (x3, y3) = (tuple(map(int, point.split())) for point in path.removeprefix("M").split("L"))
    assert x1 == x2 < x3
    assert y1 > y2 == y3


def test_an_outline_smaller_than_a_dot_is_left_out(tmp_path):
    path = tmp_path / "districts.geojson"
    ring = [[0.4, 51.7], [0.4, 51.7], [0.4, 51.7]]
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), "utf-8")
    assert '<path d="" class="land"/>' in page_bytes(export(), read_outlines(path, "x")).decode()


def test_a_week_without_anybody_on_duty_is_a_page_too():
    register = replace(checked().planned.register, tours=(), events=(), officers=())
    page = text(checked(register, Roster(checked().planned.roster.horizon)))
    assert "Nobody is on duty." in page
    assert "No outing is planned." in page
    assert "No officer has any work." in page


def test_nobody_goes_without_thanks(tmp_path):
    with pytest.raises(UsageError, match="--outlines needs --credit"):
        read_outlines(tmp_path / "none", " ")


def test_the_outlines_of_essex_are_drawn(shared):
    path = shared / "geodata" / "essex_districts_simplified.geojson"
    outlines = read_outlines(path, "Contains National Statistics data")
    page = page_bytes(export(), outlines).decode("utf-8")
    assert len(outlines.rings) > 14
    assert 'class="land"' in page
