"""Changing the sealing key: all of it moves, a crash loses nothing, the old key waits its turn."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, text

from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.errors import CannotRun, InputError
from monitor.record import contacts, credentials, sealed
from monitor.record.contacts import Given
from monitor.record.store import Store
from monitor.record.tables.base import METADATA
from monitor.runs import collect, keyring, keys
from monitor.runs.credentials import put as put_key
from monitor.runs.parts import Parts
from tests.conftest import StandingClock
from tests.service.parts import some_parts

FIRST, SECOND, THIRD = (bytes([n]) * 32 for n in (1, 2, 3))
PEOPLE = 40


@pytest.fixture
def parts(store: Store, clock: StandingClock, tmp_path: Path) -> Parts:
    """A key file, one credential, some contacts, and the secrets of an installation in use."""
    path = tmp_path / "key"
    watched = keyring.watched(path, lambda: FIRST)
    made = some_parts(store, clock, keys=watched, key_file=path)
    put_key(made, "wechat", {"secret": "s3cr3t"}, bytes(12))
    given = [
        Given(Owner(OwnerKind.PERSON, n), ContactKind.MOBILE, f"138000000{n:02d}")
        for n in range(PEOPLE)
    ]
    vault = made.vault()
    with store.writing() as tx:
        contacts.put(tx, vault, given)
    return made


def everything_opens(parts: Parts) -> None:
    with parts.store.reading() as tx:
        (blob,) = credentials.all_sealed(tx, "wechat").values()
        plain = contacts.plain_of(tx, parts.vault(), OwnerKind.PERSON, range(PEOPLE))
        assert contacts.find(tx, parts.vault(), ContactKind.MOBILE, "13800000007")
    assert collect.unseal(parts, "wechat", 0, blob) == {"secret": "s3cr3t"}
    assert plain[7, ContactKind.MOBILE] == "13800000007"
    assert len(plain) == PEOPLE


def test_a_new_key_seals_everything_and_the_old_one_is_set_aside(
    parts: Parts, clock: StandingClock
) -> None:
    path, link_key = parts.key_file, parts.key
    assert path is not None
    report = keys.rotate(parts, SECOND)
    assert report is not None
    assert report.counts["改用新密钥"] == PEOPLE + 1 + 2
    assert parts.keys().keys == (SECOND, FIRST)
    with pytest.raises(CannotRun, match="不满1小时"):
        keys.retire(parts)
    clock.now += timedelta(hours=1)
    (aside,) = keys.retire(parts)
    assert path.read_text().split() == [SECOND.hex()]
    assert aside.read_text().split() == [FIRST.hex()]
    assert {each.stat().st_mode & 0o777 for each in (path, aside)} == {0o600}
    everything_opens(parts)
    fresh = some_parts(parts.store, parts.now, keys=parts.keys, key_file=path)
    assert fresh.key == link_key


def test_a_change_that_was_cut_short_goes_on_where_it_stopped(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "CHUNK", 10)
    begun = sealed.reseal

    def dies(*given: object) -> object:
        for number, done in enumerate(begun(*given)):  # type: ignore[arg-type]
            if number == 3:
                raise KeyboardInterrupt
            yield done

    monkeypatch.setattr(sealed, "reseal", dies)
    with pytest.raises(KeyboardInterrupt):
        keys.rotate(parts, SECOND)
    everything_opens(parts)
    with pytest.raises(CannotRun, match="还有"):
        keys.retire(parts)
    monkeypatch.setattr(sealed, "reseal", begun)
    report = keys.rotate(parts, THIRD)
    assert report is not None
    assert 0 < report.counts["改用新密钥"] < PEOPLE + 4
    assert parts.keys().keys == (SECOND, FIRST)
    everything_opens(parts)


def test_what_no_key_opens_is_named_and_keeps_the_old_key(parts: Parts) -> None:
    with parts.store.writing() as tx:
        tx.conn.execute(text("UPDATE contact SET owner_id = 99 WHERE owner_id = 3"))
    with pytest.raises(CannotRun, match="有1项") as told:
        keys.rotate(parts, SECOND)
    assert "contact:person:99:手机" in str(told.value)
    with pytest.raises(CannotRun, match="联系方式1"):
        keys.retire(parts)


def test_keys_from_the_environment_are_added_there(store: Store, clock: StandingClock) -> None:
    ring = keyring.from_text(f"{SECOND.hex()},{FIRST.hex()}", "SENTINEL_KEY")
    parts = some_parts(store, clock, keys=lambda: ring)
    report = keys.rotate(parts, THIRD)
    assert report is not None
    with pytest.raises(InputError, match="环境变量"):
        keys.retire(parts)


@pytest.mark.parametrize("words", ["", "zz", "00", "5a" * 31])
def test_a_damaged_key_file_is_refused_without_being_shown(words: str, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(words)
    with pytest.raises(CannotRun, match="密钥格式不对") as told:
        keyring.from_file(path, lambda: FIRST)
    assert not words or words not in str(told.value)


def test_every_column_that_holds_something_sealed_is_changed_with_the_rest() -> None:
    known = {kept.table.name for kept in sealed.EVERYTHING}
    found = {
        table.name
        for table in METADATA.tables.values()
        for column in table.columns
        if column.name.startswith("sealed") and isinstance(column.type, LargeBinary)
    }
    assert found == known


def test_the_list_names_keys_and_never_shows_them(parts: Parts) -> None:
    keys.rotate(parts, SECOND)
    told = "\n".join(keys.lines(parts))
    assert all(name in told for name in parts.keys().names)
    assert SECOND.hex() not in told
