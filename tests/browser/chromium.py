"""The system's Chromium for the tests of the pages: where it is, how it is started, what a page must hold."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --font-render-hinting=none"
).split()

NARROW, NORMAL, WIDE = (320, 720), (1280, 800), (2560, 1440)
"""The sizes that every page must work at."""


def executable() -> str | None:
    """The path of the first of `NAMES` that is installed."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def screens() -> Path:
    """Where screenshots go: `KOUJING_SCREENSHOTS`, else out/screens, which git ignores."""
    folder = Path(os.environ.get("KOUJING_SCREENSHOTS") or Path(__file__).parents[2] / "out" / "screens")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def serious(page: Page) -> list[str]:
    """What axe-core calls serious or critical on the page as it stands, one line for each place."""
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{violation['id']}: {node['html'][:160]} ({node.get('failureSummary', '')[:200]})"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window: 0 when nothing must be scrolled sideways."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return max(wider, 0)
