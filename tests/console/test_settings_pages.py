"""The settings: who sees which tab, passwords, ways, members, keys, checks, the record."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from library_console import People, serve

from api.access import passwords
from api.access.keys import Keys
from api.access.people import People as Members
from api.console.catalogue import Wording
from api.console.settings_page import act_words
from assistant.governance import Governance
from assistant.rulings import Rulings
from assistant.workspace import Workspace

OLD, NEW = "correct horse battery", "four quite plain words"
ADMIN_ONLY = ("/settings/people", "/settings/keys", "/settings/record")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed with the least that argon2 takes."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()


@pytest.fixture
def people(sample: Workspace) -> Iterator[People]:
    with serve(sample) as client:
        yield People(sample, client)


def members(workspace: Workspace) -> dict[str, str]:
    """Login to role."""
    return {m.person.login: str(m.role) for m in Members(workspace.database, workspace.name).members()}


def id_of(workspace: Workspace, login: str) -> str:
    return next(m.person.id for m in Members(workspace.database, workspace.name).members() if m.person.login == login)


def test_everybody_sees_the_tabs_of_their_role(people: People) -> None:
    admin, viewer = people.reader("admin"), people.reader("viewer")
    for address in ("/settings", "/settings/ways", "/settings/checks", "/settings/service"):
        assert viewer.get(address).status_code == 200
    tabs = re.findall(r'<a href="(/settings[^"]*)"', viewer.get("/settings").text)
    assert not set(tabs) & set(ADMIN_ONLY)
    for address in ADMIN_ONLY:
        assert admin.get(address).status_code == 200
        refused = viewer.get(address)
        assert refused.status_code == 403
        assert refused.headers["content-type"].startswith("text/html")
    assert "disabled" in viewer.get("/settings/ways").text
    for address in ("/settings/ways", "/settings/keys", "/settings/people/invite", "/settings/checks/banned_term"):
        assert viewer.post(address, {"name": "x", "role": "admin", "severity": "off", "reason": "x"}).status_code == 403


def test_a_password_is_changed_with_the_old_one_only(people: People) -> None:
    admin = people.reader("admin")
    wrong = admin.post("/settings/password", {"old": "not the password", "new": NEW, "again": NEW})
    assert wrong.status_code == 422
    assert Wording("zh")("settings.old_wrong") in wrong.text
    different = admin.post("/settings/password", {"old": OLD, "new": NEW, "again": f"{NEW}!"})
    assert different.status_code == 422
    assert Wording("zh")("settings.different") in different.text
    short = admin.post("/settings/password", {"old": OLD, "new": "short", "again": "short"})
    assert short.status_code == 422
    assert Wording("zh")("settings.password_rule") in short.text
    assert NEW not in wrong.text + different.text
    done = admin.post("/settings/password", {"old": OLD, "new": NEW, "again": NEW})
    assert (done.status_code, done.headers["location"]) == (303, "/settings")
    assert admin.get("/settings").status_code == 200, "who changes it stays signed in"
    assert admin.post("/settings/password", {"old": OLD, "new": OLD, "again": OLD}).status_code == 422


def test_a_form_that_lacks_a_field_is_answered_with_a_page(people: People) -> None:
    answer = people.reader("admin").post("/settings/password", {"old": OLD})
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.count('class="error-detail"') == 1


def test_ways_are_chosen_whole_or_not_at_all(people: People, sample: Workspace) -> None:
    admin = people.reader("admin")
    wrong = admin.post("/settings/ways", {"four_eyes": "on", "daily_tokens": "a lot", "reason": "audit"})
    assert wrong.status_code == 422
    assert "a lot" in wrong.text
    assert 'value="audit"' in wrong.text
    assert not Governance(sample.database, sample.name).choices().four_eyes
    for typed in ("0", "-3", "1.5", "٣", "99999999999"):
        assert admin.post("/settings/ways", {"per_minute": typed}).status_code == 422
    done = admin.post("/settings/ways", {"four_eyes": "on", "daily_tokens": "20,000", "reason": "audit"})
    assert done.status_code == 303
    choices = Governance(sample.database, sample.name).choices()
    assert (choices.four_eyes, choices.daily_tokens, choices.per_minute) == (True, 20_000, None)
    page = admin.get("/settings/ways").text
    assert "checked" in page
    assert "双人审批：开" in page
    assert "audit" in page
    assert "four_eyes=" not in page


def test_a_link_is_shown_once_and_lets_one_in(people: People, sample: Workspace) -> None:
    admin = people.reader("admin")
    made = admin.post("/settings/people/invite", {"role": "editor", "name": "安娜"})
    link = re.search(r'value="(http://[^"]+/welcome/[^"]+)"', made.text)
    assert link
    assert "安娜" in made.text
    assert "/welcome/" not in admin.get("/settings/people").text
    assert people._client.get(link[1]).status_code == 200
    assert admin.post("/settings/people/invite", {"role": "king"}).status_code == 422


def test_members_get_roles_are_stopped_and_taken_out(people: People, sample: Workspace) -> None:
    admin, author = people.reader("admin"), people.reader("author")
    whom = f"/settings/people/{id_of(sample, 'author-zh')}"
    assert admin.post(f"{whom}/role", {"role": "approver"}).status_code == 303
    assert members(sample)["author-zh"] == "approver"
    assert admin.post(f"{whom}/disable").status_code == 303
    assert author.get("/settings").status_code == 303, "signed out at once"
    assert admin.post(f"{whom}/enable").status_code == 303
    assert "/welcome/" in admin.post(f"{whom}/password").text
    assert admin.post(f"{whom}/paint").status_code == 422
    assert admin.post(f"{whom}/remove").status_code == 303
    assert "author-zh" not in members(sample)


def test_the_last_administrator_stays(people: People, sample: Workspace) -> None:
    admin = people.reader("admin")
    own = f"/settings/people/{id_of(sample, 'admin')}"
    for step, form in (("role", {"role": "viewer"}), ("disable", {}), ("remove", {})):
        answer = admin.post(f"{own}/{step}", form)
        assert answer.status_code == 409
        assert Wording("zh")("settings.last_admin") in answer.text
    assert members(sample) == {"admin": "admin"}


def test_keys_are_made_and_revoked(people: People, sample: Workspace) -> None:
    admin = people.reader("admin")
    wrong = admin.post("/settings/keys", {"name": "网站", "role": "author", "last_day": "tomorrow"})
    assert wrong.status_code == 422
    assert 'value="网站"' in wrong.text
    assert admin.post("/settings/keys", {"name": "old", "role": "viewer", "last_day": "2001-01-01"}).status_code == 422
    made = admin.post("/settings/keys", {"name": "网站", "role": "author", "last_day": "2099-12-31"})
    text = re.search(r'value="(kj_[^"]+)"', made.text)
    assert text
    assert text[1] not in admin.get("/settings/keys").text
    (key,) = Keys(sample.database, sample.name).list()
    assert (key.name, str(key.role)) == ("网站", "author")
    headers = {"Authorization": f"Bearer {text[1]}"}
    people._client.cookies.clear()
    assert people._client.get("/v1/me", headers=headers).status_code == 200
    assert admin.post(f"/settings/keys/{key.id}/revoke").status_code == 303
    people._client.cookies.clear()
    assert people._client.get("/v1/me", headers=headers).status_code == 401
    assert Wording("zh")("settings.revoked") in admin.get("/settings/keys").text
    assert admin.post("/settings/keys/nothing/revoke").status_code == 404


def test_a_check_is_ruled_on_with_a_reason(people: People, sample: Workspace) -> None:
    admin = people.reader("admin")
    bare = admin.post("/settings/checks/banned_term", {"severity": "off", "reason": " "})
    assert bare.status_code == 422
    assert Wording("zh")("settings.reason_needed") in bare.text
    assert not Rulings(sample.database, sample.name).history("banned_term")
    done = admin.post("/settings/checks/banned_term", {"severity": "warning", "reason": "法务逐篇看"})
    assert done.status_code == 303
    page = people.reader("viewer").get("/settings/checks/banned_term").text
    assert "法务逐篇看" in page
    assert "<select" not in page
    assert admin.get("/settings/checks").text.index("banned_term") < 8000, "those with a ruling come first"
    assert admin.get("/settings/checks/no_such_check").status_code == 404


def test_the_record_is_filtered_and_goes_on(people: People) -> None:
    admin = people.reader("admin")
    whole = admin.get("/settings/record")
    older = re.search(r'href="(/settings/record\?[^"]*cursor=[^"]+)"', whole.text)
    assert older
    second = admin.get(older[1].replace("&amp;", "&"))
    rows = [set(re.findall(r"<tr><td.*?</tr>", page.text, re.DOTALL)) for page in (whole, second)]
    assert rows[0]
    assert rows[1]
    only = admin.get("/settings/record?subject=person")
    assert 'href="/library/' not in only.text
    assert "陈立" in only.text
    nobody = admin.get("/settings/record?by=nobody")
    assert Wording("zh")("settings.no_record") in nobody.text
    broken = admin.get("/settings/record?cursor=nonsense")
    assert broken.status_code == 422
    assert broken.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("act", "zh", "en"),
    [
        ("approved", "批准", "approved"),
        ("joined as viewer", "以查看者身份加入", "joined as Viewer"),
        ("role admin", "角色改为管理员", "role changed to Administrator"),
        ("password link", "重置密码的链接", "link for a new password"),
        ("chose per_minute=none", "每分钟请求上限：不限", "Requests a minute: no choice"),
        ("chose daily_tokens=500", "每人每天的词元上限：500", "Tokens a day, each person or key: 500"),
        ("something else", "something else", "something else"),
    ],
)
def test_acts_are_told_in_words(act: str, zh: str, en: str) -> None:
    assert (act_words(act, Wording("zh")), act_words(act, Wording("en"))) == (zh, en)
