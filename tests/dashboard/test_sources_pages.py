"""采集, 异常, 授权: empty, full and failed; what a person does there is done."""

from datetime import timedelta

import pytest

from dashboard import page
from monitor.actions import connecting, people
from monitor.actions.connecting import Dial
from monitor.domain.allowance import Allowance, Bucket, Per, Window
from monitor.domain.collecting import CoverageClaim, Harvest, PassOutcome, Route
from monitor.domain.errors import Forbidden
from monitor.domain.incident import IncidentKind
from monitor.domain.instants import DAY
from monitor.domain.numbers import Provenance
from monitor.domain.person import Grant, Role
from monitor.domain.post import SeenPost
from monitor.domain.scope import NOTHING, Scope
from monitor.record import allowances, credentials, harvests, incidents, routes
from monitor.record.incidents import Trouble
from monitor.record.store import Store
from tests.builders import an_account
from tests.conftest import NOW
from tests.dashboard.test_views import FORBIDDEN, SECOND, a_visit, draw, words
from tests.filled import Filled, fill_store


@pytest.fixture
def made(sqlite_store: Store) -> Filled:
    return fill_store(sqlite_store)


def troubled(store: Store, made: Filled) -> None:
    with store.writing() as tx:
        route = made.routes["wechat/own"]
        trouble = Trouble(route, IncidentKind.UNREACHABLE, "平台无应答", "请信息中心查网络", 9)
        incidents.open_one(tx, trouble, None)
        routes.set_ceiling(tx, route, 0, routes.SUSPENDED)


def test_an_incident_and_a_suspended_route_are_settled_by_a_person(
    sqlite_store: Store, made: Filled
) -> None:
    assert "近30天没有平台异常" in words(draw("troubles", a_visit(sqlite_store)))
    troubled(sqlite_store, made)
    test = draw("troubles", a_visit(sqlite_store))
    assert not test.exception
    said = words(test)
    assert "平台无应答" in said
    assert "未解除异常1个" in said
    assert not [word for word in FORBIDDEN if word in said]
    assert {"解除", "复查后恢复"} <= {each.label for each in test.button}


def test_the_canaries_of_each_route_are_shown_with_what_follows(
    sqlite_store: Store, made: Filled
) -> None:
    assert "没有对照账号可看" in words(draw("troubles", a_visit(sqlite_store)))
    weibo = Route("weibo", "own", Provenance.INTERFACE, 4, 26, settle_hours=2)
    for n in range(4):
        with sqlite_store.writing() as tx:
            account = an_account(tx, made.units["荆州市公安局"], f"平安微博{n}", "weibo")
        met = (SeenPost(f"p{n}", SECOND - DAY, SECOND - DAY, SECOND),) if n < 3 else ()
        claim = CoverageClaim(SECOND - 30 * DAY, SECOND - weibo.settle, SECOND)
        whole = PassOutcome.COMPLETE
        seen = Harvest(account, weibo, SECOND, SECOND, whole, pages=1, posts=met, claim=claim)
        harvests.save(sqlite_store, seen, None, proposed=True)
    [row] = [
        each
        for each in words(draw("troubles", a_visit(sqlite_store))).split("<tr>")
        if "3个" in each
    ]
    assert "4个" in row
    assert "正常" in row


def test_who_sees_one_place_is_told_that_the_department_keeps_incidents(
    sqlite_store: Store, made: Filled
) -> None:
    troubled(sqlite_store, made)
    scope = Scope(paths=frozenset({made.paths["荆州市公安局"]}))
    said = words(draw("troubles", a_visit(sqlite_store, scope)))
    assert "平台无应答" not in said
    assert "由省厅核对和解除" in said


def test_authorisations_that_run_out_first_stand_on_top(sqlite_store: Store, made: Filled) -> None:
    assert "尚无授权" in words(draw("authorising", a_visit(sqlite_store)))
    late, soon, gone, *_ = sorted(made.accounts.items())
    with sqlite_store.writing() as tx:
        credentials.put(tx, "weibo", late[1], b"x", SECOND + 30 * DAY)
        credentials.put(tx, "weibo", soon[1], b"x", SECOND + 3 * DAY)
        credentials.put(tx, "weibo", gone[1], b"x", SECOND + 90 * DAY)
        credentials.mark(tx, "weibo", gone[1], "已取消授权")
        credentials.put(tx, "weibo", 0, b"x", None)
    test = draw("authorising", a_visit(sqlite_store))
    assert not test.exception
    said = words(test)
    assert "已失效1项 · 7日内到期1项" in said
    [pasted] = [each.value for each in test.code]
    assert pasted.startswith("【授权到期提醒】1项:")
    assert f"“{soon[0]}”" in pasted
    assert "剩3天;" in pasted
    places = [said.index(name) for name in (gone[0], soon[0], late[0], "应用密钥")]
    assert places == sorted(places)
    assert "重新同意" in said
    assert "尚无授权" in words(draw("authorising", a_visit(sqlite_store, NOTHING)))


def test_a_link_for_an_operator_is_made_on_the_page(
    sqlite_store: Store, made: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_store.writing() as tx:
        weibo = an_account(tx, made.units["荆州市公安局"], "平安微博(演示)", "weibo")
        credentials.put(tx, "weibo", weibo, b"x", SECOND + 3 * DAY)
    dial = Dial({}, lambda: NOW, "https://desk.test", b"k" * 32)
    monkeypatch.setattr(page, "dial", lambda: dial)
    grants = (Grant(Role.EDITOR, "/"),)
    enrolled = people.NewPerson(
        "editor", "周某(演示)", grants, "Quiet-Lake-2026", must_change=False
    )
    assert people.enrol(sqlite_store, None, enrolled)[0] == a_visit(sqlite_store).person.id
    test = draw("authorising", a_visit(sqlite_store))
    next(each for each in test.button if each.label == "生成授权链接").click().run()
    assert not test.exception
    assert not test.error
    told = test.code[-1].value
    assert "请账号管理员7天内打开" in told
    address = told.partition("打开：")[2]
    token = address.removeprefix("https://desk.test/hooks/invited/")
    assert connecting.invited(sqlite_store, dial, token) == "平安微博(演示)"
    later = Dial({}, lambda: NOW + timedelta(days=8), "https://desk.test", b"k" * 32)
    keyless = Dial({}, lambda: NOW, "https://desk.test")
    for other, tried in ((dial, token + "x"), (later, token), (keyless, token)):
        with pytest.raises(Forbidden, match="无效或已过期"):
            connecting.invited(sqlite_store, other, tried)


def test_passes_say_their_window_and_are_narrowed(sqlite_store: Store, made: Filled) -> None:
    bucket = Bucket("weibo", Allowance(Per.APPLICATION, 100, Window.DAY), "app")
    with sqlite_store.writing() as tx:
        allowances.lease(tx, bucket)
    test = draw("collecting", a_visit(sqlite_store))
    assert not test.exception
    said = words(test)
    assert "异常平台" in said
    assert "巡查完成率" in said
    assert "授权7日内到期" in said
    assert "采集额度" in said
    assert "查看时段" in said
    none = words(draw("collecting", a_visit(sqlite_store), named="没有这个账号"))
    assert "没有符合条件的采集轮次" in none
