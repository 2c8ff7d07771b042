"""A small workspace made once, and a fresh copy of it with a client for every test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.keys import Keys
from assistant.settings import Settings, load_settings
from assistant.workspace import Workspace
from knowledge.importing import ImportOptions
from knowledge.records import Audience, State

LIBRARY = {
    "case-elevator.md": """---
id: case-elevator
title: 电梯厂商预测性维护
kind: case
locale: zh-CN
---
# 电梯厂商预测性维护

## 客户痛点

一家电梯厂商在 12 个城市维护 3,000 台电梯，故障靠人工巡检发现，非计划停机每月 9 次。

## 解决方案

电梯上加装振动传感器和边缘网关，数据进入云平台，由模型提前给出预警。

## 项目效果

上线后，非计划停机由每月 9 次降至每月 2 次，备件库存下降 18%。
""",
    "product-gateway.md": """---
id: product-gateway
title: Edge gateway
kind: product
locale: en
---
# Edge gateway

## What it does

The edge gateway collects vibration data from up to 64 sensors and sends it to the cloud every 5 seconds.
""",
    "company.md": """---
id: company
title: 公司介绍
kind: company
locale: zh-CN
---
# 公司介绍

我们是一家工业物联网公司，成立于 2015 年，为制造企业提供预测性维护。
""",
}

INPUTS = {"case": "case-elevator"}
BRIEF = {"template": "success_story", "inputs": INPUTS, "locale": "zh-CN", "audience": "public"}


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three approved entries and one that is not."""
    home, folder = tmp_path_factory.mktemp("home") / "koujing", tmp_path_factory.mktemp("library")
    for name, text in LIBRARY.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "secret").mkdir()
    unapproved = folder / "secret" / "rumour.md"
    unapproved.write_text("# Rumour\n\nThe edge gateway will cost 99 dollars next spring.\n", encoding="utf-8")
    workspace, _ = Workspace.create(settings_of(home))
    with workspace:
        importer = workspace.library.importer()
        options = ImportOptions(state=State.APPROVED, audience=Audience.PUBLIC)
        report = importer.run([folder / name for name in LIBRARY], options)
        assert not report.failed, report.items
        importer.run([unapproved], ImportOptions(audience=Audience.PUBLIC))
    return home


def settings_of(home: Path, **environ: str) -> Settings:
    """Settings of the workspace in `home`; without a model unless said otherwise."""
    return load_settings(environ={"KOUJING_HOME": str(home), "KOUJING_MODEL": "extractive", **environ})


@pytest.fixture
def home(made_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_home, tmp_path / "koujing"))


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with Workspace.open(settings_of(home)) as opened:
        yield opened


@pytest.fixture
def keys(workspace: Workspace) -> Keys:
    return Keys(workspace.database, workspace.name)


Serve = Callable[..., TestClient]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts the service of a workspace as a client of it: `serve(workspace)`."""
    with ExitStack() as stack:

        def start(workspace: Workspace, *, loopback: bool = True) -> TestClient:
            app = create_app(workspace.settings, workspace, loopback=loopback)
            client = TestClient(app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False)
            return stack.enter_context(client)

        yield start


@pytest.fixture
def client(workspace: Workspace, serve: Serve) -> TestClient:
    """The service on the loopback address, without keys."""
    return serve(workspace)
