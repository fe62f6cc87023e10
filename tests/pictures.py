"""Takes the pictures of docs/pictures from the plan in out/north: python tests/pictures.py

Needs Chromium; for the workbook also LibreOffice and poppler, without which that one picture is left as it is.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from browser import chromium, opened

ROOT = Path(__file__).resolve().parents[1]
TO = ROOT / "docs" / "pictures"
REGISTER, RUN = ROOT / "data" / "essex-north", ROOT / "out" / "north"
FULL = ("--full", "--reason", "Briefing of team north-colchester")
DAY, OFFICER = "2026-12-03", "P1001"
COLOURS = {
    "30": "#111",
    "31": "#f08a78",
    "35": "#d8a0e0",
    "33": "#e5b567",
    "34": "#6fb0e8",
    "36": "#7ad1c8",
    "97": "#fff",
}
GROUNDS = {"44": "#17548b", "45": "#8c2740", "47": "#9aa5b1"}


def export(form: str, folder: Path, *options: str) -> Path:
    """Where an export of the plan stands."""
    command = [sys.executable, "-m", "offender_mgmt", "export", form, str(REGISTER), str(RUN), "--out", str(folder)]
    subprocess.run([*command, "--overwrite", *options], cwd=ROOT, check=False, capture_output=True)
    return next(folder.glob(f"*.{form}"))


def page_pictures(browser, folder: Path) -> None:
    """The page wide and narrow, light and dark, a day of it, and a sheet on paper."""
    page, full = export("html", folder / "page"), export("html", folder / "full", *FULL)
    for name, width, scheme in (("desk", 1200, "light"), ("telephone", 360, "light"), ("dark", 1200, "dark")):
        with opened(browser, page, width=width, scheme=scheme) as seen:
            seen.page.set_viewport_size({"width": width, "height": 760})
            seen.page.locator("#coverage" if name == "dark" else "h1").scroll_into_view_if_needed()
            seen.page.screenshot(path=TO / f"page-{name}.png")
    with opened(browser, full, width=1200) as seen:
        seen.page.select_option("select[name=day]", DAY)
        seen.page.evaluate("document.getElementById('filters').style.position = 'static'")
        for part in ("week", "maps"):
            seen.page.locator(f"#{part}").screenshot(path=TO / f"page-{part}.png")
        seen.page.select_option("select[name=officer]", OFFICER)
        seen.page.evaluate("document.documentElement.classList.add('sheets-only')")
        seen.page.pdf(path=folder / "sheet.pdf", prefer_css_page_size=True)
    to_png(folder / "sheet.pdf", TO / "sheet", "75")


def to_png(pdf: Path, target: Path, dots: str, number: str = "1") -> None:
    """One page of a PDF as a picture."""
    command = ["pdftoppm", "-png", "-r", dots, "-f", number, "-l", number, "-singlefile", str(pdf), str(target)]
    subprocess.run(command, check=True)


def workbook_picture(folder: Path) -> None:
    """An officer's sheet as LibreOffice prints it."""
    if shutil.which("soffice") is None:
        print("No LibreOffice: the picture of the workbook is left as it is.")
        return
    book = export("xlsx", folder / "book", "--dates", "uk")
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True)
    to_png(folder / book.with_suffix(".pdf").name, TO / "workbook", "75", "2")


def terminal_picture(browser, folder: Path) -> None:
    """What show says of a day, in the colours of a terminal."""
    said = subprocess.run(
        [sys.executable, "-c", SHOW.format(arguments=["show", str(REGISTER), str(RUN), "--day", DAY])],
        cwd=ROOT, check=True, capture_output=True, text=True, env={**os.environ, "COLUMNS": "110", "TERM": "xterm"},
    ).stdout  # fmt: skip
    page = folder / "terminal.html"
    page.write_text(TERMINAL.format("".join(map(coloured, re.split(r"(\x1b\[[0-9;]*m)", said)))), "utf-8")
    with opened(browser, page, width=980) as seen:
        seen.page.locator("pre").screenshot(path=TO / "terminal.png")


SHOW = """
import sys
sys.stdout.isatty = lambda: True
from offender_mgmt.cli.main import main
main({arguments!r})
"""
TERMINAL = (
    '<!DOCTYPE html><meta charset="utf-8"><style>pre {{ background: #12171d; color: #d5dae0; padding: 16px; margin: 0;'
    ' font: 13px/1.35 "Liberation Mono", monospace }}</style><pre><span>{}</span></pre>'
)


def coloured(part: str) -> str:
    """A style of the terminal as one of the page; text as it is."""
    match = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
    if not match:
        return html.escape(part)
    codes = match[1].split(";")
    styles = [f"color: {COLOURS[c]}" for c in codes if c in COLOURS] + [
        f"background: {GROUNDS[c]}" for c in codes if c in GROUNDS
    ]
    styles += ["font-weight: bold"] * ("1" in codes) + ["opacity: 0.65"] * ("2" in codes)
    return f'</span><span style="{"; ".join(styles)}">'


def main() -> None:
    TO.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, chromium() as browser:
        page_pictures(browser, Path(temporary))
        terminal_picture(browser, Path(temporary))
        workbook_picture(Path(temporary))


if __name__ == "__main__":
    main()
