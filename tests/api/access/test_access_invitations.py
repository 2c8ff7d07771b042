"""One-time links: who they let in, once, and for how long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from access_people import PASSWORD, made
from api_workspace import settings_of
from sqlalchemy import select

from api.access.invitations import Invitations, Purpose, accept, look
from api.access.people import People, Persons
from api.access.sign_ins import SignedOut, SignIns
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError, NotFound, TooMuch
from knowledge.store.schema import InvitationRow


@pytest.fixture
def links(workspace: Workspace) -> Invitations:
    return Invitations(workspace.database, workspace.name)


@pytest.fixture
def persons(workspace: Workspace) -> Persons:
    return Persons(workspace.database)


def test_a_link_makes_a_member_once(workspace: Workspace, links: Invitations, persons: Persons) -> None:
    now = workspace.settings.now()
    token = links.member("editor", "Anna", "bo", now)
    found = look(workspace.database, token, now)
    assert found is not None
    assert (found.purpose, found.role, found.name, found.workspace) == (Purpose.MEMBER, "editor", "Anna", "default")
    person, signed_in = accept(persons, token, "Anna@Koujing.example", "", PASSWORD, now)
    assert (person.login, person.name) == ("anna@koujing.example", "Anna")
    assert SignIns(workspace.database).verify(signed_in, now).role == "editor"
    assert look(workspace.database, token, now) is None
    with pytest.raises(NotFound):
        accept(persons, token, "bo", "Bo", PASSWORD, now)
    events = [(e.act, e.by) for e in links.events("person")]
    assert events == [("invited as editor", "bo"), ("joined as editor", "Anna")]


def test_only_the_hash_of_a_link_is_kept(workspace: Workspace, links: Invitations) -> None:
    token = links.member("viewer", "", "bo", workspace.settings.now())
    with workspace.database.session() as session:
        assert token not in repr(vars(session.scalars(select(InvitationRow)).one()))


def test_of_two_who_use_a_link_at_once_one_is_let_in(
    workspace: Workspace, links: Invitations, persons: Persons
) -> None:
    now = workspace.settings.now()
    token = links.first(now)

    def use(number: int) -> bool:
        try:
            accept(persons, token, f"login-{number}", "Anna", PASSWORD, now)
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(use, range(4))) == 1
    assert len(People(workspace.database, workspace.name).members()) == 1


def test_links_expire(workspace: Workspace, links: Invitations) -> None:
    now = workspace.settings.now()
    first, member = links.first(now), links.member("viewer", "", "bo", now)
    for token, hours in ((first, 2), (member, 24)):
        assert look(workspace.database, token, now + timedelta(hours=hours, seconds=-1)) is not None
        assert look(workspace.database, token, now + timedelta(hours=hours)) is None
    for token in ("", "x", "x" * 43, "x" * 9999):
        assert look(workspace.database, token, now) is None


def test_the_links_of_a_first_start_are_of_no_use_once_there_is_somebody(
    workspace: Workspace, links: Invitations, persons: Persons
) -> None:
    now = workspace.settings.now()
    one, other = links.first(now), links.first(now)
    person, _ = accept(persons, one, "anna", "Anna", PASSWORD, now)
    assert People(workspace.database, workspace.name).member(person.id).role == "admin"
    assert look(workspace.database, other, now) is None
    with pytest.raises(NotFound):
        accept(persons, other, "bo", "Bo", PASSWORD, now)


@pytest.mark.parametrize(
    ("login", "name", "password"),
    [
        ("a", "Anna", PASSWORD),
        ("an na", "Anna", PASSWORD),
        ("<b>", "Anna", PASSWORD),
        ("x" * 201, "Anna", PASSWORD),
        ("anna", "", PASSWORD),
        ("anna", "x" * 81, PASSWORD),
        ("anna", "Anna", "short"),
    ],
)
def test_what_cannot_be_used_leaves_the_link_as_it_was(
    workspace: Workspace, links: Invitations, persons: Persons, login: str, name: str, password: str
) -> None:
    now = workspace.settings.now()
    token = links.member("viewer", "", "bo", now)
    with pytest.raises(InputError):
        accept(persons, token, login, name, password, now)
    assert accept(persons, token, "安娜", "安娜", PASSWORD, now)[0].login == "安娜"


def test_who_has_a_login_already_joins_with_its_password(workspace: Workspace, links: Invitations) -> None:
    now = workspace.settings.now()
    anna, _ = made(workspace, "anna", "viewer")
    other, _ = Workspace.create(settings_of(workspace.settings.home, KOUJING_WORKSPACE="other"))
    with other:
        persons = Persons(workspace.database)
        token = Invitations(other.database, "other").member("approver", "", "bo", now)
        with pytest.raises(Conflict, match="anna"):
            accept(persons, token, "anna", "Eve", "a wrong password", now)
        joined, signed_in = accept(persons, token, "ANNA", "Eve", PASSWORD, now)
        assert (joined.id, joined.name) == (anna.id, "anna")
        assert SignIns(workspace.database).verify(signed_in, now).workspace == "other"
        assert persons.memberships(anna.id) == {"default": "viewer", "other": "approver"}
        again = Invitations(other.database, "other").member("admin", "", "bo", now)
        with pytest.raises(Conflict, match="member"):
            accept(persons, again, "anna", "", PASSWORD, now)
        for _ in range(9):
            with pytest.raises((Conflict, TooMuch)):
                accept(persons, again, "anna", "", "a wrong password", now)
        with pytest.raises(TooMuch):
            accept(persons, again, "anna", "", PASSWORD, now)


def test_a_link_for_a_password_sets_it_and_signs_out_everywhere(
    workspace: Workspace, links: Invitations, persons: Persons
) -> None:
    now = workspace.settings.now()
    anna, elsewhere = made(workspace, "anna", "viewer")
    with pytest.raises(NotFound):
        links.password("p-nobody", "bo", now)
    token = links.password(anna.id, "bo", now)
    found = look(workspace.database, token, now)
    assert found is not None
    assert (found.purpose, found.login) == (Purpose.PASSWORD, "anna")
    assert persons.check("anna", PASSWORD, "", now).id == anna.id
    person, signed_in = accept(persons, token, "ignored", "ignored", "another few words", now)
    assert (person.id, person.name) == (anna.id, "anna")
    assert persons.check("anna", "another few words", "", now).id == anna.id
    assert SignIns(workspace.database).verify(signed_in, now).role == "viewer"
    with pytest.raises(SignedOut):
        SignIns(workspace.database).verify(elsewhere, now)


def test_a_link_of_whoever_is_disabled_is_of_no_use(workspace: Workspace, links: Invitations) -> None:
    now = workspace.settings.now()
    anna, _ = made(workspace, "anna", "viewer")
    token = links.password(anna.id, "bo", now)
    People(workspace.database, workspace.name).disable(anna.id, "bo", now)
    assert look(workspace.database, token, now) is None
