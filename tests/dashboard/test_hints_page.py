"""词语提示: what waits, with the post one click away, and no word of a verdict."""

from monitor.domain.scope import NOTHING
from monitor.record.store import Store
from monitor.runs import words
from tests.builders import a_post
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
