"""账号办理 drawn by Streamlit: empty, and with an application, a clock and a letter."""

from monitor.domain.instants import DAY
from monitor.domain.lifecycle import Life, Move
from monitor.record import lives
from monitor.record.store import Store
from tests.builders import a_unit, an_account
from tests.dashboard.test_views import LATIN, SECOND, a_visit, draw, words


def test_an_empty_page_says_what_would_stand_there(sqlite_store: Store) -> None:
    test = draw("lifecycle", a_visit(sqlite_store))
    assert not test.exception
    for expected in ("没有待办理的事项", "没有失管待找回的账号", "没有关停合并建议"):
        assert expected in words(test)


def test_what_waits_what_is_overdue_and_what_is_lost_are_listed(sqlite_store: Store) -> None:
    with sqlite_store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000")
        first = an_account(tx, root, "平安甲(演示)", "weibo", state="拟关停")
        an_account(tx, root, "平安乙(演示)", "weibo", state="失管待找回")
        life = Life(None, Move.APPLY_CLOSE, 1, {"情况说明": "无力维护"})
        lives.keep(tx, first, 0, life)
        due = {"clock": "开设备案", "due_at": SECOND - 8 * DAY}
        lives.made(tx, lives.Made(first, Move.OPENED, "已批准待开通", "在用", 1, **due))
    test = draw("lifecycle", a_visit(sqlite_store))
    said = words(test)
    assert not test.exception
    assert LATIN.findall(said) == []
    for expected in ("待批准的申请 1项", "无力维护", "逾期", "工作日", "平安乙(演示)", "待核验"):
        assert expected in said
    assert "申请关停，待批准" in words(draw("accounts", a_visit(sqlite_store), id=str(first)))
