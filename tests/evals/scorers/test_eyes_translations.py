"""What the scorers' own eyes see of a translation: figures, dates and qualifiers that did not arrive."""

from __future__ import annotations

import pytest

from evals.scorers.eyes.translations import changed


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("年均节省法务成本约 230 多万美元，2026年3月上线。", "It saves about US$2.3 million a year, live since March 2026.", "zh en"),
        ("营收超过 1.2 亿元。", "Revenue exceeded RMB 120 million.", "zh en"),
        ("Downtime fell by more than 18% in 2025.", "2025 年停机减少超过 18%。", "en zh"),
        ("It has a $150+ billion valuation.", "估值超过 1500 亿美元。", "en zh"),
        ("最低签约期为 24 个月。", "The minimum contract term is 24 months.", "zh en"),
        ("Call us around the clock.", "我们 24 小时接听。", "en zh"),
        ("备件库存下降 18%。", "予備部品の在庫が18%減少した。", "zh ja"),
        ("It runs in two or three days.", "Es läuft in zwei oder drei Tagen.", "en de"),
        ("Devices of all kinds, x86 among them.", "各类设备，包括 x86设备。", "en zh"),
        ("首次部署后第 30 天复核一次。", "It is reviewed on the 30th day.", "zh en"),
        ("**Step6**：合并数据", "**Step 6**: merge the data", "zh en"),
        ("Revenue grew to 2.5 million euros.", "Der Umsatz stieg auf 2,5 Millionen Euro.", "en de"),
    ],
)  # fmt: skip
def test_what_arrived_is_not_complained_of(source: str, target: str, languages: str) -> None:
    here, there = languages.split()
    assert changed(source, here, target, there) == []


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("节省约 230 万美元。", "It saves about US$230 million.", "lost: 230"),
        ("合同额 1 亿元。", "A contract of RMB 1 billion.", "invented: 1 billion"),
        ("超过 100 家门店。", "100 stores.", "qualifier lost"),
        ("签约期约 24 个月。", "The contract term is 24 months.", "qualifier lost"),
        ("2026年3月上线。", "It went live in May 2026.", "lost: 2026年3月"),
    ],
)
def test_what_changed_is_seen(source: str, target: str, said: str) -> None:
    assert any(line.startswith(said) for line in changed(source, "zh", target, "en"))
