"""Pages in a real Chromium, the system's own: what they fetch, what the console says, what axe finds, how they look.

The fixture ``browser`` (conftest.py) hands out one browser for each test file; :func:`opened` opens a page in it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
PAPER_DOTS = 50
"""Dots per inch of the pictures of printed sheets."""
WIDTHS = (320, 768, 1280)
"""Telephone, tablet, desk."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window; it cannot reach any host, whatever a page asks for."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing("Chromium")
    with sync_playwright() as driver:
        options = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"]
        launched = driver.chromium.launch(executable_path=path, args=options)
        try:
            yield launched
        finally:
            launched.close()


def missing(what: str) -> None:
    """Skip the test, or fail it where the CI has said that it must not be skipped."""
    why = f"no {what}: apt-get install chromium fonts-liberation poppler-utils, or see .ci/run"
    (pytest.fail if os.environ.get("OFFENDER_MGMT_BROWSER_TESTS") == "required" else pytest.skip)(why)


class Watched:
    """A page that is open, and everything it did since.

    Parameters
    ----------
    requests
        Addresses asked for beside the page itself; data inside the page is none.
    console
        Errors and warnings on the console, breaches of the page's own content security policy among them.
    """

    def __init__(self, page: Page, path: Path) -> None:
        self.page, self.path = page, path
        self.requests: list[str] = []
        self.console: list[str] = []
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self._said("error", str(error)))

    def _asked(self, address: str) -> None:
        if address.split("#")[0] != self.path.as_uri() and not address.startswith(("data:", "blob:")):
            self.requests.append(address)

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.console.append(text)

    def barriers(self) -> list[str]:
        """What axe finds wrong, one line for each element."""
        found: list[dict[str, Any]] = Axe().run(self.page).response["violations"]
        return [f"{rule['id']}: {node['target'][-1]}: {rule['help']}" for rule in found for node in rule["nodes"]]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window, so that it has to be moved sideways."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def picture(self, path: Path) -> Path:
        """The whole page as a PNG."""
        self.page.screenshot(path=path, full_page=True)
        return path

    def printed(self, pdf: Path) -> list[npt.NDArray[np.uint8]]:
        """Each sheet as it comes out of a printer, as grey dots by row and column: 0 black, 255 white."""
        self.page.pdf(path=pdf, prefer_css_page_size=True)
        return sheets(pdf)


@contextmanager
def opened(
    browser: Browser, path: Path, *, width: int = 1280, scheme: str = "light", script: bool = True
) -> Iterator[Watched]:
    """A file opened in a new, empty window.

    Parameters
    ----------
    width
        Of the window, in pixels.
    scheme
        Which colours the reader prefers: ``light`` or ``dark``.
    script
        Whether the reader allows scripts.
    """
    colours: Any = scheme
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=colours, java_script_enabled=script, offline=True
    )
    try:
        watched = Watched(context.new_page(), path)
        watched.page.goto(path.as_uri())
        watched.page.wait_for_load_state("networkidle")
        yield watched
    finally:
        context.close()


def sheets(pdf: Path) -> list[npt.NDArray[np.uint8]]:
    """A PDF as pictures, with poppler's pdftoppm."""
    if shutil.which("pdftoppm") is None:
        missing("pdftoppm")
    to = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-gray", "-r", str(PAPER_DOTS), str(pdf), str(to)], check=True)
    return [_grey(path.read_bytes()) for path in sorted(to.parent.glob(f"{to.name}-*.pgm"))]


def _grey(data: bytes) -> npt.NDArray[np.uint8]:
    """A binary PGM: magic number, width, height, largest value, dots."""
    head = data.split(maxsplit=4)[:4]
    width, height = int(head[1]), int(head[2])
    return np.frombuffer(data[-width * height :], np.uint8).reshape(height, width)
