"""A look on screen: permission as of now, one audit entry, one job, and questions before proof."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor.actions import patrol
from monitor.actions.patrol import Answer, Told
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import DAY, HOUR
from monitor.domain.patrol import Comments, Doubt, Seen
from monitor.domain.person import Person, Role
from monitor.record import looks
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.builders import T, a_post, a_unit, an_account, put
from tests.conftest import NOW

AT = int(NOW.timestamp())
PNG = bytes.fromhex("89504e470d0a1a0a") + b"picture"


@pytest.fixture
def account(store: Store) -> int:
    with store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000")
        city = a_unit(tx, "荆州市公安局", "991000000000", root)
        return an_account(tx, city, "平安荆州(演示)", "douyin")


@pytest.fixture
def editor(enrol: Enrol) -> Person:
    return enrol("editor", Role.EDITOR)


def found(store: Store, statement: str) -> list[tuple[object, ...]]:
    with store.reading() as tx:
        return [tuple(row) for row in tx.conn.execute(text(statement))]


def test_a_look_is_stored_once_audited_once_and_one_job_waits(
    store: Store, editor: Person, account: int
) -> None:
    told = Told(account, AT - 40, newest="3天前", post="反诈提醒", comments=Comments.OPEN)
    looked = patrol.look(store, editor, told, "k")
    assert looked.kept is not None
    assert looked.kept.claim is not None
    assert not looked.kept.already
    again = patrol.look(store, editor, told, "k")
    assert again.kept is not None
    assert again.kept.already
    patrol.look(store, editor, told, "k2")
    assert found(store, "SELECT kind FROM job") == [("judge-due",)]
    assert found(store, "SELECT count(*) FROM look") == [(2,)]
    assert found(store, "SELECT count(*) FROM audit WHERE action = '巡查'") == [(2,)]
    assert found(store, "SELECT looked_from, grade FROM look WHERE id = 1") == [(AT - 40, 3)]


def test_an_answer_that_would_convict_asks_for_the_second_newest_first(
    store: Store, editor: Person, account: int
) -> None:
    told = Told(account, AT, newest="2026-10-01")
    assert patrol.look(store, editor, told, "k").doubt is Doubt.SECOND_WANTED
    assert found(store, "SELECT count(*) FROM look") == [(0,)]
    pinned = replace(told, second="3天前")
    assert patrol.look(store, editor, pinned, "k").doubt is Doubt.PINNED
    looked = patrol.look(store, editor, replace(told, second="2026-09-20"), "k")
    assert looked.kept is not None
    assert looked.kept.claim is not None


@pytest.mark.parametrize("answer", [Answer.GONE, Answer.UNSURE])
def test_a_newer_post_that_is_known_asks_and_the_answer_decides(
    store: Store, editor: Person, account: int, answer: Answer
) -> None:
    with store.writing() as tx:
        a_post(tx, account, AT - DAY)
    told = Told(account, AT, newest="5天前")
    looked = patrol.look(store, editor, told, "k")
    assert looked.doubt is Doubt.NEWER_KNOWN
    assert looked.known is not None
    assert looked.known.when == (AT - DAY, AT - DAY)
    looked = patrol.look(store, editor, replace(told, answer=answer), "k")
    assert looked.kept is not None
    gone = answer is Answer.GONE
    assert (looked.kept.claim is not None) is gone
    deleted = "SELECT count(*) FROM post WHERE deleted_seen_at IS NOT NULL"
    assert found(store, deleted) == [(int(gone),)]


def test_as_before_takes_the_known_post_and_refuses_where_there_is_none(
    store: Store, editor: Person, account: int
) -> None:
    told = Told(account, AT, same=True)
    with pytest.raises(InputError, match="没有上次所见"):
        patrol.look(store, editor, told, "k")
    patrol.look(store, editor, Told(account, AT, empty=True), "first")
    looked = patrol.look(store, editor, told, "second")
    assert looked.look.empty
    with store.writing() as tx:
        a_post(tx, account, AT - 2 * DAY, "新的")
    looked = patrol.look(store, editor, told, "third")
    assert (looked.look.newest, looked.look.title) == ((AT - 2 * DAY, AT - 2 * DAY), "新的")
    assert found(store, "SELECT count(*) FROM post") == [(1,)]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "请填写"),
        ({"newest": "3天前", "empty": True}, "又勾选"),
        ({"newest": "很久以前"}, "读不懂"),
        ({"newest": "2026-12-01"}, "读不懂"),
        ({"newest": "3天前", "second": "？"}, "第二条"),
    ],
)
def test_what_cannot_be_understood_names_the_field(
    store: Store, editor: Person, account: int, values: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        patrol.look(store, editor, Told(account, AT, **values), "k")  # type: ignore[arg-type]
    assert found(store, "SELECT count(*) FROM look") == [(0,)]


def test_a_row_left_open_for_long_was_not_looked_at_all_that_time(
    store: Store, editor: Person, account: int
) -> None:
    looked = patrol.look(store, editor, Told(account, AT - 9 * HOUR, seen=Seen.UNREACHABLE), "k")
    assert looked.look.looked_from == AT - HOUR


def test_a_screenshot_is_a_picture_of_bounded_size(
    store: Store, editor: Person, account: int, tmp_path: Path
) -> None:
    told = Told(account, AT, seen=Seen.DEREGISTERED, photo=PNG)
    patrol.look(store, editor, told, "k", tmp_path)
    (kept,) = tmp_path.rglob("*.png")
    assert found(store, "SELECT photo FROM look") == [(kept.stem,)]
    for bad, said in ((b"<html>", "不是 PNG"), (PNG + bytes(5_000_000), "超过5 MB")):
        with pytest.raises(InputError, match=said):
            patrol.look(store, editor, replace(told, photo=bad), "k2", tmp_path)


def test_who_may_look_and_what_the_word_is_worth(store: Store, enrol: Enrol, account: int) -> None:
    (path,) = found(store, "SELECT path FROM unit_rev WHERE name = '荆州市公安局'")[0]
    told = Told(account, AT, seen=Seen.NOT_FOUND)
    patrol.look(store, enrol("unit", Role.LIAISON, str(path)), told, "k")
    patrol.look(store, enrol("operator", Role.OPERATOR, "/"), told, "k")
    patrol.look(store, enrol("above", Role.LIAISON, "/"), told, "k")
    assert found(store, "SELECT grade FROM look ORDER BY id") == [(1,), (1,), (3,)]
    for outsider in (enrol("viewer", Role.VIEWER), enrol("far", Role.EDITOR, "/99999/")):
        with pytest.raises(Forbidden):
            patrol.look(store, outsider, told, "k9")


def test_the_limit_is_that_of_the_strictest_rulebook_in_use(store: Store) -> None:
    own = Path("data/rulebooks/hubei-default.yaml").read_text("utf-8")
    with store.writing() as tx:
        assert patrol.limit(tx) == 14 * DAY
        row = {"version": 1, "sha256": "0" * 64, "recorded_at": tx.stamp}
        stricter = own.replace("over_days: 14", "over_days: 9")
        put(tx, "rulebook", name="x", document=stricter, **row)
        assert patrol.limit(tx) == 9 * DAY
        broken = T["rulebook"].update().values(document="name: [")
        tx.conn.execute(broken)
        assert patrol.limit(tx) == 14 * DAY
        assert looks.known(tx, "nothing") is None
