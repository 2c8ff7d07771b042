"""What the tests of the service share: a small library, a brief for it, and its settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from assistant.settings import Settings, load_settings

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

SECRET = "a secret of tests, of more than 32 characters"

Serve = Callable[..., TestClient]
"""`serve(workspace, loopback=True)`: a client of the workspace's service (fixture `serve`)."""


def settings_of(home: Path, **environ: str) -> Settings:
    """Settings of the workspace in `home`; without a model unless said otherwise."""
    return load_settings(environ={"KOUJING_HOME": str(home), "KOUJING_MODEL": "extractive", **environ})
