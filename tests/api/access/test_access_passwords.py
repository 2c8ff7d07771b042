"""Passwords: hashed, long enough, and slow to guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from access_people import PASSWORD, made
from argon2 import PasswordHasher

from api.access import passwords
from api.access.passwords import FREE_TRIES, FREE_TRIES_OF_ADDRESS, LONGEST_WAIT, Tries, fits, hashed
from api.access.people import Persons
from api.access.sign_ins import SignIns
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotAuthorised, SetupError, TooMuch
from knowledge.store.schema import PersonRow

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def test_only_an_argon2id_hash_is_kept(workspace: Workspace) -> None:
    person, _ = made(workspace, "anna@koujing.example")
    with workspace.database.session() as session:
        kept = session.get_one(PersonRow, person.id).password_hash
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
    assert fits(PASSWORD, kept)
    assert not fits(PASSWORD + "s", kept)


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 1001])
def test_a_password_that_is_too_short_or_too_long_is_refused(password: str) -> None:
    with pytest.raises(InputError, match="12"):
        hashed(password)


def test_the_same_characters_typed_otherwise_fit() -> None:
    assert fits("cafe\u0301 au lait noir", hashed("café au lait noir"))


def test_a_login_that_nobody_has_takes_a_hash_too(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is such a login cannot be told from the time that the answer takes."""
    made(workspace, "anna@koujing.example")
    persons, hasher = Persons(workspace.database), Mock(wraps=passwords._hasher)
    monkeypatch.setattr(passwords, "_hasher", hasher)
    told = set()
    for login in ("anna@koujing.example", "nobody@koujing.example"):
        with pytest.raises(NotAuthorised) as caught:
            persons.check(login, "a wrong password", "203.0.113.9", NOW)
        told.add(str(caught.value))
    assert hasher.verify.call_count == 2
    assert len(told) == 1


def test_a_hash_of_other_parameters_is_made_anew(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    person, _ = made(workspace, "anna@koujing.example")
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    Persons(workspace.database).check("Anna@Koujing.example ", PASSWORD, "", NOW)
    with workspace.database.session() as session:
        assert "t=2" in session.get_one(PersonRow, person.id).password_hash


def test_wrong_tries_under_a_login_must_wait_longer_and_longer() -> None:
    tries, now, waits = Tries(), NOW, []
    for _ in range(FREE_TRIES):
        tries.begin("anna", "203.0.113.9", now)
    for _ in range(12):
        with pytest.raises(TooMuch) as caught:
            tries.begin("anna", "203.0.113.9", now)
        waits.append(caught.value.retry_after)
        now += timedelta(seconds=caught.value.retry_after)
        tries.begin("anna", "203.0.113.9", now)
    assert waits[:3] == [2, 4, 8]
    assert max(waits) == LONGEST_WAIT.total_seconds()
    tries.begin("bo", "203.0.113.8", now)
    tries.right("anna", "203.0.113.9")
    tries.begin("anna", "203.0.113.7", now)


def test_one_address_that_tries_many_logins_must_wait() -> None:
    tries = Tries()
    for number in range(FREE_TRIES_OF_ADDRESS):
        tries.begin(f"login-{number}", "203.0.113.9", NOW)
    with pytest.raises(TooMuch):
        tries.begin("another", "203.0.113.9", NOW)
    tries.begin("another", "203.0.113.8", NOW)
    for number in range(2 * FREE_TRIES_OF_ADDRESS):
        tries.begin(f"login-{number}", "127.0.0.1", NOW + timedelta(days=1))


def test_the_right_password_is_refused_while_it_is_too_early(workspace: Workspace) -> None:
    made(workspace, "anna@koujing.example")
    persons = Persons(workspace.database)
    for _ in range(FREE_TRIES):
        with pytest.raises(NotAuthorised):
            persons.check("anna@koujing.example", "a wrong password", "", NOW)
    with pytest.raises(TooMuch):
        persons.check("anna@koujing.example", PASSWORD, "", NOW)
    assert persons.check("anna@koujing.example", PASSWORD, "", NOW + timedelta(seconds=3)).login


def test_a_new_password_signs_out_every_other_browser(workspace: Workspace) -> None:
    person, here = made(workspace, "anna@koujing.example")
    now = workspace.settings.now()
    sign_ins, persons = SignIns(workspace.database), Persons(workspace.database)
    elsewhere = sign_ins.begin(person.id, now)
    with pytest.raises(InputError, match="old password"):
        persons.change_password(person.id, "a wrong password", "another few words", now, token=here, address="")
    assert sign_ins.verify(elsewhere, now).person_id == person.id
    persons.change_password(person.id, PASSWORD, "another few words", now, token=here, address="")
    assert sign_ins.verify(here, now).person_id == person.id
    with pytest.raises(SetupError):
        sign_ins.verify(elsewhere, now)
    assert persons.check("anna@koujing.example", "another few words", "", now).id == person.id
