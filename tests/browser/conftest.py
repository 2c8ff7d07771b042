"""The real service on a free port of this machine, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from chromium import ARGS, NORMAL, executable, screens
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from walked_service import Service, Shot

from api.access.people import Persons
from api.access.sign_ins import COOKIE
from api.app import create_app
from assistant.settings import load_settings
from assistant.workspace import Workspace

# What a page must come to, not how fast: the machine may be busy with other tests.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for a file. Where it must be there (`CI` is set), its absence is a failure.

    Not for the whole run: as long as Playwright is open, an event loop runs in this thread, and every test that starts
    one of its own fails or hangs.
    """
    path = executable()
    if path is None:
        reason = "there is no Chromium here; `apt-get install chromium fonts-noto-cjk` installs it"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def browser_home(sample_home: Path, tmp_path: Path) -> Path:
    """The home that the service runs on: a copy of the sample's. A test may override it."""
    return Path(shutil.copytree(sample_home, tmp_path / "browser-home"))


@pytest.fixture
def service(browser_home: Path) -> Iterator[Service]:
    """The service, answering."""
    settings = load_settings({**os.environ, "KOUJING_HOME": str(browser_home), "KOUJING_MODEL": "extractive"})
    with Workspace.open(settings) as workspace, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = create_app(settings, workspace, loopback=True)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, lifespan="on", ws="none", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = threading.Event()
        while not server.started and thread.is_alive():
            until.wait(0.02)
        assert server.started, "the service did not start"
        yield Service(f"http://127.0.0.1:{listening.getsockname()[1]}", workspace, Persons(workspace.database))
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def open_page(chromium: Browser, service: Service) -> Iterator[Callable[..., Page]]:
    """`open_page(role="admin", language="zh", size=…, scheme="light", **context)`: a new window of a person signed in;
    role None: nobody. What the page's scripts throw, and what its policy refuses, fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(
        role: str | None = "admin",
        language: str = "zh",
        size: tuple[int, int] = NORMAL,
        scheme: str = "light",
        **more: Any,
    ) -> Page:
        context = chromium.new_context(
            base_url=service.url,
            locale="zh-CN" if language == "zh" else "en-GB",
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,  # type: ignore[arg-type]  # a plain string is enough for a test
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        if role is not None:
            context.add_cookies([{"name": COOKIE, "value": service.sign_in(role), "url": service.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def page_zh(open_page: Callable[..., Page]) -> Page:
    """A Chinese page of the administrator."""
    return open_page(language="zh")


@pytest.fixture
def page_en(open_page: Callable[..., Page]) -> Page:
    """An English page of the administrator."""
    return open_page(language="en")


@pytest.fixture
def shot() -> Shot:
    """`shot(page, "name")` keeps a picture of the whole page."""

    def take(page: Page, name: str) -> Path:
        path = screens() / f"{name}.png"
        page.evaluate("document.fonts.ready")
        page.screenshot(path=path, full_page=True, animations="disabled")
        return path

    return take
