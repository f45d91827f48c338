"""The ledger leaves with people's numbers only for who may, with a purpose; else with none."""

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.access import permissions
from monitor.actions import exporting, people
from monitor.actions.exporting import Wanted
from monitor.actions.sending import Sent
from monitor.domain.duty import Liaison, Phones
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.person import Grant, Permission, Role
from monitor.domain.running import JobState
from monitor.record import reasons, rosters
from monitor.runs import export, registry
from monitor.runs.parts import Parts
from tests.builders import T
from tests.filled import Filled
from tests.runs.test_export_asked import audited, done, enrol, made, parts, text

__all__ = ["made", "parts"]
MOBILE, TYPED, OFFICE = "13900005678", "13700004321", "0716-00001234"
PLAIN = Wanted("accounts", ".csv", "11月核对联络员")
CALLED = replace(PLAIN, phones=True)
CITY = "421000000000"
SAID = {"联络员": "王某", "运维员A": f"李某{TYPED}", "备注": f"值班 {OFFICE}"}


@pytest.fixture
def named(parts: Parts, made: Filled) -> Filled:
    """An account whose ledger names two people: one is in the roster, one has a number beside."""
    vault = parts.vault()
    with parts.store.writing() as tx:
        row = T["account_rev"]
        account = made.accounts["江陵交警(演示)"]
        tx.conn.execute(row.update().where(row.c.account_id == account).values(details=SAID))
        wang = Liaison(CITY, "王某", since="2026-01-01")
        rosters.keep_liaison(tx, vault, wang, Phones(mobile=MOBILE))
    return made


def ask(parts: Parts, login: str, wanted: Wanted, role: Role = Role.EDITOR) -> int:
    actor = enrol(parts, login, role, "/")
    return exporting.export_now(parts.store, actor, parts.vault(), wanted, Sent("export", "k"))


def test_with_the_right_and_a_purpose_the_numbers_come_along_and_it_is_audited(
    parts: Parts, named: Filled
) -> None:
    job = ask(parts, "head", CALLED)
    state, result = done(parts, job)
    assert state is JobState.DONE, result
    (line,) = [each for each in text(parts, job).splitlines() if MOBILE in each]
    assert "江陵交警(演示)" in line
    assert TYPED in line
    ((_, what, told),) = audited(parts)
    assert (what, "联系电话:含" in told, MOBILE in told) == ("accounts", True, False)
    with parts.store.reading() as tx:
        assert "11月核对联络员" in reasons.told(tx, parts.vault(), [told])[0]
        kept = tx.conn.execute(T["job"].select()).mappings().all()
    assert "11月核对联络员" not in str([dict(each) for each in kept])


def test_without_it_the_same_table_has_no_number_at_all(parts: Parts, named: Filled) -> None:
    job = ask(parts, "head", PLAIN)
    assert done(parts, job)[0] is JobState.DONE
    whole = text(parts, job)
    assert "李某137****4321" in whole
    assert "值班 0716-****1234" in whole
    assert not any(number in whole for number in (MOBILE, TYPED, OFFICE))
    assert "电话" not in whole.splitlines()[0]


@pytest.mark.parametrize(
    "role",
    [
        role
        for role in Role
        if Permission.EXPORT in permissions.TABLE[role]
        and Permission.EXPORT_SENSITIVE not in permissions.TABLE[role]
    ],
)
def test_who_may_export_but_not_that_gets_the_table_without(
    parts: Parts, named: Filled, role: Role
) -> None:
    actor = enrol(parts, "some", role, "/")
    with pytest.raises(Forbidden, match="敏感导出"):
        exporting.export_now(parts.store, actor, parts.vault(), CALLED, Sent("export", "k"))
    exporting.export_now(parts.store, actor, parts.vault(), PLAIN, Sent("export", "k"))


def test_a_right_taken_away_before_it_is_made_exports_nothing(parts: Parts, named: Filled) -> None:
    job = ask(parts, "head", CALLED)
    now = int(parts.now().timestamp())
    editor = people.person_called(parts.store, "head", now)
    people.set_grants(parts.store, None, editor.id, (Grant(Role.LIAISON, "/"),))
    state, result = done(parts, job)
    assert (state, "敏感导出" in result) == (JobState.FAILED, True)
    assert (text(parts, job), audited(parts)) == ("", [])


def test_only_the_ledger_has_numbers_and_the_command_line_gives_none(
    parts: Parts, named: Filled, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="只有台账"):
        ask(parts, "head", replace(CALLED, what="health"))
    with pytest.raises(Forbidden, match="命令行不导出联系电话"):
        export.run(parts, export.Request("accounts", phones=True), tmp_path / "x.csv")
    export.run(parts, export.Request("accounts"), tmp_path / "y.csv")
    whole = (tmp_path / "y.csv").read_text("utf-8-sig")
    assert not any(number in whole for number in (MOBILE, TYPED, OFFICE))
    assert not (tmp_path / "x.csv").exists()


def test_nobody_gets_the_number_of_a_namesake_or_of_who_has_left(
    parts: Parts, named: Filled
) -> None:
    vault = parts.vault()
    with parts.store.writing() as tx:
        gone = Liaison(CITY, "王某", since="2026-01-01", until="2026-11-01")
        rosters.keep_liaison(tx, vault, gone, Phones())
    job = ask(parts, "head", CALLED)
    done(parts, job)
    assert MOBILE not in text(parts, job)


def test_two_of_one_name_in_a_unit_are_not_taken_for_each_other(
    parts: Parts, named: Filled
) -> None:
    vault = parts.vault()
    with parts.store.writing() as tx:
        twin = Liaison(CITY, "王某", since="2026-02-01")
        rosters.keep_liaison(tx, vault, twin, Phones(mobile="13600001111"))
    job = ask(parts, "head", CALLED)
    done(parts, job)
    assert not any(number in text(parts, job) for number in (MOBILE, "13600001111"))


def test_a_ledger_handed_back_keeps_the_numbers_it_hid(
    parts: Parts, named: Filled, tmp_path: Path
) -> None:
    path = tmp_path / "台账.csv"
    export.run(parts, export.Request("accounts"), path)
    assert TYPED not in path.read_text("utf-8-sig")
    diff = registry.compare(parts, path.read_bytes(), path.name)
    assert not {each.column for _, altered in diff.changed for each in altered} & set(SAID)
