"""`koujing library`: sheets, folders, customers, permissions and glossary in and out."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

CASES = """行业,客户名称,项目名称,客户痛点,项目价值提炼,项目效果
供水,济澜水务,二期泵站联网,夜班靠人巡检,少跑夜班,上线六个月后，夜间巡检由每月 62 次降至 11 次
电梯,不认识的公司,试点,痛点,价值,效果 12%
冷链,霜桥冷链,三仓温控,温度记录靠手抄,手抄改为自动,记录缺失由 3.1% 降至 0.2%
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(CASES, encoding="gb18030")
    return path


def test_a_preview_imports_nothing(run: Run, with_sample: Path, sheet: Path) -> None:
    preview = run("library", "import", sheet, "--kind", "case", "--preview", "--json")
    assert preview.status == 1
    [plan] = preview.document["previews"]
    assert {column["column"]: column["field"] for column in plan["mapping"]}["客户痛点"] == "pain"
    assert plan["counts"]["new"] == 2
    assert run("library", "list", "--kind", "case", "--state", "draft", "--json").document["entries"] == []
    assert "不认识的公司" in run("library", "import", sheet, "--kind", "case", "--preview").out


def test_good_rows_come_in_and_bad_ones_are_told_one_by_one(run: Run, with_sample: Path, sheet: Path) -> None:
    done = run("library", "import", sheet, "--kind", "case", "--json")
    assert done.status == 1
    assert [item["status"] for item in done.document["items"]] == ["new", "failed", "new"]
    assert done.document["items"][1]["source"] == "cases.csv row 3"
    again = run("library", "import", sheet, "--kind", "case", "--json").document
    assert [item["status"] for item in again["items"]] == ["unchanged", "failed", "unchanged"]


def test_strict_imports_nothing_while_a_row_is_bad(run: Run, with_sample: Path, sheet: Path) -> None:
    refused = run("library", "import", sheet, "--kind", "case", "--strict", "--json")
    assert refused.status == 1
    assert run("library", "list", "--kind", "case", "--state", "draft", "--json").document["entries"] == []


def test_a_preview_without_a_kind_says_what_to_give(run: Run, with_sample: Path, sheet: Path) -> None:
    refused = run("library", "import", sheet, "--preview")
    assert refused.status == 2
    assert "--kind" in refused.err


def test_the_whole_library_through_a_folder_and_back(
    run: Run, with_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("library", "export", tmp_path / "one").status == 0
    listed = run("library", "list", "--json").document
    monkeypatch.setenv("KOUJING_HOME", str(tmp_path / "other"))
    run("init")
    back = run("library", "import", tmp_path / "one", "--trust", "--json")
    assert back.status == 0
    assert run("library", "list", "--json").document == listed
    assert run("library", "export", tmp_path / "two").status == 0
    one, two = tmp_path / "one", tmp_path / "two"
    files = {path.relative_to(one): path.read_bytes() for path in one.rglob("*") if path.is_file()}
    assert files == {path.relative_to(two): path.read_bytes() for path in two.rglob("*") if path.is_file()}


def test_a_folder_cannot_approve_itself(
    run: Run, with_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("library", "export", tmp_path / "one")
    monkeypatch.setenv("KOUJING_HOME", str(tmp_path / "other"))
    run("init")
    back = run("library", "import", tmp_path / "one")
    assert "--trust" in back.err
    entries = run("library", "list", "--json").document["entries"]
    assert entries
    assert {(entry["state"], entry["audience"]) for entry in entries} == {("draft", "internal")}


def test_cases_through_a_workbook(run: Run, with_sample: Path, tmp_path: Path) -> None:
    assert run("library", "export", tmp_path / "cases.xlsx").status == 0
    back = run("library", "import", tmp_path / "cases.xlsx", "--kind", "case", "--json").document
    assert {item["status"] for item in back["items"]} == {"unchanged"}


def test_a_customer_and_what_it_permits(run: Run, empty: Path, tmp_path: Path) -> None:
    refused = run("library", "customer", "set", "acme", "--alias", "en=a maker")
    assert refused.status == 2
    assert "--name" in refused.err
    assert run("library", "customer", "set", "acme", "--name", "en=Acme Ltd", "--alias", "en=a maker").status == 0
    run("library", "customer", "set", "acme", "--other", "ACM")
    permit = ["library", "permission", "set", "acme", "--use", "name", "--level", "public", "--by", "J. Smit"]
    assert run(*permit, "--market", "EU", "--until", "2099-12-31", "--evidence", "consent.pdf").status == 0
    assert "already" in run(*permit, "--market", "EU", "--until", "2099-12-31", "--evidence", "consent.pdf").err
    uses = {u["use"]: u for u in run("library", "permission", "show", "acme", "-m", "EU", "--json").document["uses"]}
    assert uses["name"]["level"] == "public"
    assert uses["figures"]["ground"] == "none"
    elsewhere = run("library", "permission", "show", "acme", "-m", "CN", "--json").document["uses"][0]
    assert elsewhere["ground"] == "other_market"
    assert run("library", "permission", "withdraw", "acme", "--reason", "letter").out.startswith(
        "1 permissions withdrawn"
    )
    assert run("library", "permission", "list", "--json").document["permissions"] == []
    [kept] = run("library", "permission", "list", "--all", "--json").document["permissions"]
    assert kept["reason"] == "letter"
    assert "withdrew all" in run("library", "customer", "show", "acme").out


@pytest.mark.parametrize("ending", ["yaml", "xlsx", "csv"])
def test_customers_go_out_and_come_in(run: Run, with_sample: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"customers.{ending}"
    before = run("library", "customer", "list", "--json").document
    assert run("library", "customer", "export", path).status == 0
    assert run("library", "customer", "import", path).status == 0
    assert run("library", "customer", "list", "--json").document == before


def test_permissions_go_out_and_come_in(run: Run, with_sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "permissions.xlsx"
    assert run("library", "permission", "export", path).status == 0
    back = run("library", "permission", "import", path, "--json")
    assert back.status == 0
    assert back.document["permitted"] == {}
    unknown = tmp_path / "unknown.csv"
    unknown.write_text("客户,用途,级别,同意人\n无此公司,具名,公开,王\n", encoding="utf-8")
    refused = run("library", "permission", "import", unknown)
    assert refused.status == 1
    assert "无此公司" in refused.out


def test_a_term_is_set_shown_and_taken_out(run: Run, empty: Path, tmp_path: Path) -> None:
    set_ = ["library", "glossary", "set", "边缘网关", "-l", "zh-CN"]
    assert run(*set_, "-t", "en=edge gateway", "-f", "边缘盒子", "--case", "exact").status == 0
    run(*set_, "--note", "product class")
    [term] = run("library", "glossary", "show", "边缘网关", "--json").document["terms"]
    assert (term["translations"], term["forbidden"]) == ({"en": "edge gateway"}, ["边缘盒子"])
    assert (term["case_rule"], term["note"]) == ("exact", "product class")
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"terms.{ending}"
        assert run("library", "glossary", "export", path).status == 0
        assert run("library", "glossary", "import", path).status == 0
    assert run("library", "glossary", "list", "--json").document["terms"] == [term]
    assert run("library", "glossary", "withdraw", "边缘网关", "-l", "zh-CN").status == 0
    assert run("library", "glossary", "show", "边缘网关").status == 2


def test_a_wrong_pair_is_one_line(run: Run, empty: Path) -> None:
    refused = run("library", "customer", "set", "acme", "--name", "Acme")
    assert refused.status == 2
    assert "LOCALE=TEXT" in refused.err
