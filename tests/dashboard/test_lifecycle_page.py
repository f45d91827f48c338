"""账号办理 drawn by Streamlit: empty, and with an application, a clock and a letter."""

from dataclasses import replace

import pytest

from dashboard import excuse_sheet
from dashboard.page import Visit
from monitor.actions import people
from monitor.domain.instants import DAY
from monitor.domain.lifecycle import Life, Move
from monitor.domain.person import Grant, Role
from monitor.record import lives
from monitor.record.store import Store
from tests.builders import VAULT, a_unit, an_account
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


def as_role(store: Store, role: Role) -> Visit:
    """Somebody enrolled over the house."""
    new = people.NewPerson(role.name.lower(), "某人", (Grant(role, "/"),), must_change=False)
    people.enrol(store, None, new)
    person = people.person_called(store, new.login, SECOND)
    visit = a_visit(store)
    return replace(visit, session=replace(visit.session, person=person))


def test_agreed_silence_is_entered_by_the_level_above_and_told_to_everybody(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_store.writing() as tx:
        city = a_unit(tx, "某市公安局", "991000000000", a_unit(tx, "某厅", "990000000000"))
        account = an_account(tx, city, "平安甲(演示)", "weibo")
    monkeypatch.setattr(excuse_sheet, "vault", lambda: VAULT)
    clerk = as_role(sqlite_store, Role.EDITOR)
    test = draw("accounts", clerk, id=str(account))
    assert "没有登记过同意停更" in words(test)
    form = f"excuse-{account}"
    for label, typed in (("批准文号", "某文1号"), ("理由", "系统改造期间停更")):
        next(each for each in test.text_input if each.label == label).set_value(typed)
    test.button(key=f"{form}-go").click().run()
    assert not test.exception
    said = words(test)
    for expected in ("某文1号", "停更中", "不纳入(已说明)", "上级口径照常计算"):
        assert expected in said
    below = as_role(sqlite_store, Role.UNIT_LIAISON)
    seen = draw("accounts", below, id=str(account))
    assert "某文1号" in words(seen)
    assert not [each for each in seen.button if each.key == f"{form}-go"]
