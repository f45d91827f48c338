"""提示: what waits, with what it is about one click away, and no word of a verdict."""

from monitor.actions import people
from monitor.domain.person import Grant, Role
from monitor.domain.scope import NOTHING, Scope
from monitor.record.store import Store
from monitor.runs import words
from tests.builders import a_post, put
from tests.conftest import StandingClock
from tests.dashboard.test_views import FORBIDDEN, a_visit, draw
from tests.dashboard.test_views import words as said_by
from tests.filled import fill_store
from tests.service.parts import some_parts


def test_a_hint_is_shown_with_its_post_and_decided_on(
    sqlite_store: Store, clock: StandingClock
) -> None:
    made = fill_store(sqlite_store)
    assert "没有待看的提示" in said_by(draw("hints", a_visit(sqlite_store)))
    with sqlite_store.writing() as tx:
        key = made.accounts["睡眠示例(演示)"]
        a_post(tx, key, int(clock.now.timestamp()) - 9000, "【内部资料】", url="https://a.test/1")
    words.run(some_parts(sqlite_store, clock))
    test = draw("hints", a_visit(sqlite_store))
    assert not test.exception
    assert "https://a.test/1" in " ".join(str(each.proto.body) for each in test.get("html"))
    said = said_by(test)
    assert "睡眠示例(演示)" in said
    assert "不代表有问题" in said
    assert not [word for word in FORBIDDEN if word in said]
    assert {"已看过", "不是问题"} <= {each.label for each in test.button}
    assert "尚未划定查看范围" in said_by(draw("hints", a_visit(sqlite_store, NOTHING)))


def test_numbers_to_look_at_are_shown_to_the_department_alone_and_decided_on(
    sqlite_store: Store,
) -> None:
    made = fill_store(sqlite_store)
    assert "没有待看的数据提示" in said_by(draw("hints", a_visit(sqlite_store)))
    told = [["涨粉", "11月10日粉丝数由2,214变为2,952"], ["互动比例", "中位数19.5%"]]
    with sqlite_store.writing() as tx:
        key = made.accounts["睡眠示例(演示)"]
        row = {"account_id": key, "as_of": tx.second, "rate": 0.01, "found_at": tx.second}
        put(tx, "number_hint", **row, told=told, decision="")
    place = Scope(paths=frozenset({made.paths["荆州市公安局"]}))
    assert "数据提示" not in said_by(draw("hints", a_visit(sqlite_store, place)))
    test = draw("hints", a_visit(sqlite_store))
    said = said_by(test)
    assert "2,214变为2,952" in said
    assert "只有省厅看得到" in said
    assert not [word for word in FORBIDDEN if word in said]
    grants = (Grant(Role.EDITOR, "/"),)
    enrolled = people.NewPerson(
        "editor", "周某(演示)", grants, "Quiet-Lake-2026", must_change=False
    )
    assert people.enrol(sqlite_store, None, enrolled)[0] == a_visit(sqlite_store).person.id
    next(each for each in test.button if each.label == "已看过").click().run()
    assert "没有待看的数据提示" in said_by(test)
