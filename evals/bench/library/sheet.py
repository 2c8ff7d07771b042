"""A case sheet of 5,000 rows through the command line: how long, how much memory, and each bad row told by itself."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.bench import Bench
from evals.bench.scratch import environment
from evals.bench.table import Row
from knowledge.records import Customer

ROWS = 5_000
BAD = 25
CUSTOMERS = 200
_SEED = 7
_FIRST_ROW = 3
"""Of the data: a title stands in row 1, the headings in row 2."""

HEADINGS = ("行业", "客户名称", "负责销售", "项目经理", "项目名称", "客户痛点", "项目价值提炼", "项目效果", "有效期至")
"""Those of the case library (DOMAIN.md, libraries), and a date."""

_INDUSTRIES = "电梯维保 空压机 城市供水 风电运维 纺织 冷链物流 集中供热 汽车零部件 矿山输送 包装 机床 化工".split()
_PLACES = "苏州 宁波 佛山 青岛 长沙 成都 西安 沈阳 合肥 南通 无锡 厦门".split()
_ASSETS = "电梯 空压机 泵站 风机 织机 冷库 换热站 压力机 皮带机 包装线".split()
_PEOPLE = "陈砺 吴桐 黎文俊 贺川 蒋一帆 孟青 许静 赵恺".split()
_NUMBER = re.compile(r"\brow (\d+)\b")


def sheet(bench: Bench) -> Iterator[Row]:
    """The figures of one import, embeddings and both indexes included, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="koujing-sheet-") as folder:
        path, customers = Path(folder) / "cases.xlsx", Path(folder) / "customers.csv"
        planted = write_sheet(path)
        write_customers_sheet(customers)
        home = Path(folder) / "home"
        _run(home, "init")
        _run(home, "library", "customer", "import", str(customers))
        code, out, seconds, memory = _run(home, "library", "import", str(path), "--kind", "case", "--json")
        try:
            report = json.loads(out)
        except json.JSONDecodeError:
            yield Row("import of a case sheet", None, note=f"failed: exit {code}: {out[:200]}")
            return
    yield from _rows(report, planted, seconds, memory)


def _rows(report: Mapping[str, Any], planted: Mapping[int, str], seconds: float, memory: float) -> Iterator[Row]:
    characters = sum(len(cell) for row in sheet_rows()[0] for cell in row)
    told = [item["message"] for item in report["items"] if item["status"] == "failed"]
    named = [int(found[1]) for message in told if (found := _NUMBER.search(message))]
    wrong = sum(named.count(row) != 1 for row in planted) + sum(row not in planted for row in named)
    imported = sum(item["status"] == "new" for item in report["items"])
    yield Row(f"import of a {ROWS:,}-row case sheet, embedding included", seconds, "s", goal="≤ 60", n=ROWS,
              baseline=f"{report['passages']} passages, {characters / ROWS:.0f} characters a row")  # fmt: skip
    yield Row("its peak resident memory", memory, "MB", goal="≤ 1024")
    yield Row("bad rows not told, told twice, or good rows told", wrong, goal="≤ 0", n=BAD)
    yield Row("good rows that are in the library", imported / (ROWS - BAD), "share", goal="≥ 1", n=ROWS - BAD)


def write_sheet(path: Path) -> dict[int, str]:
    """The sheet, the same each time; the rows that are bad, with what is wrong."""
    from openpyxl import Workbook

    rows, planted = sheet_rows()
    book = Workbook(write_only=True)
    page = book.create_sheet("案例")
    page.append(["成功案例汇总（评测用，全部虚构）"])
    page.append(list(HEADINGS))
    for row in rows:
        page.append(row)
    book.save(path)
    return planted


def sheet_rows() -> tuple[list[list[str]], dict[int, str]]:
    """`ROWS` rows, and of those that are bad the number in the sheet with what is wrong. One fixed sequence."""
    chance = random.Random(_SEED)  # noqa: S311  # a fixed sequence, not a secret
    rows = [_row(number, chance) for number in range(ROWS)]
    spoilers = {
        "unknown customer": (1, "查无此客户公司"),
        "date that does not exist": (8, "2027/13/1"),
        "formula": (7, "=SUM(A1:A3)"),
        "no pain": (5, ""),
        "error": (7, "#N/A"),
    }
    planted: dict[int, str] = {}
    for number, index in enumerate(sorted(chance.sample(range(ROWS), BAD))):
        what, (column, value) = list(spoilers.items())[number % len(spoilers)]
        rows[index][column] = value
        planted[index + _FIRST_ROW] = what
    return rows, planted


def _row(number: int, chance: random.Random) -> list[str]:
    asset, place, count = chance.choice(_ASSETS), chance.choice(_PLACES), chance.randrange(20, 2000)
    before, after, months = chance.randrange(40, 120), chance.randrange(5, 39), chance.randrange(2, 12)
    fee = chance.randrange(100, 900)
    return [
        chance.choice(_INDUSTRIES),
        customer_name(chance.randrange(CUSTOMERS)),
        chance.choice(_PEOPLE),
        chance.choice(_PEOPLE),
        f"{place}{asset}联网项目 {number + 1}",
        f"{place}的 {count} 台{asset}靠人工巡检，平均每月故障停机 {before} 小时，发现晚、派单慢",
        f"同样的人手管住更多{asset}，小毛病停不了整条线",
        f"上线{months}个月后，故障停机由每月 {before} 小时降至 {after} 小时，年维修费由 {fee} 万元降至 {fee // 2} 万元",
        f"2027-{months:02}-{chance.randrange(1, 28):02}",
    ]


def customer_name(number: int) -> str:
    """An invented name, the same for the same number."""
    firsts, seconds = "澄曜峦汀砚棠桉翎澜珩", "舟岚磐野霁榆钧湛峤昀"
    return f"{firsts[number % 10]}{seconds[number // 10 % 10]}{'甲乙'[number // 100]}设备有限公司"


def write_customers_sheet(path: Path) -> None:
    """The customers whom the rows name."""
    from knowledge.sheets import write_customers

    write_customers([Customer(f"c{n}", {"zh-CN": customer_name(n)}) for n in range(CUSTOMERS)], path)


def _run(home: Path, *arguments: str) -> tuple[int, str, float, float]:
    """Exit code, output, seconds and the process's own peak of resident memory in MB."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant.cli", *arguments],
            env=environment(home, "extractive"),
            stdout=out,
            stderr=subprocess.STDOUT if arguments[-1] != "--json" else subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begun
        out.seek(0)
        text = out.read().decode("utf-8", "replace")
    return process.returncode, text, seconds, usage.ru_maxrss / 1024
