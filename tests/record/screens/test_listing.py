"""Lists: worst first, paged, filtered, and never accusing what was not seen."""

from monitor.domain.instants import DAY
from monitor.domain.scope import EVERYTHING
from monitor.record.screens.listing import Choices, Group, Listed, Wanted, choices, listing
from monitor.record.store import Store
from tests.builders import a_day, a_unit, an_account
from tests.conftest import NOW
from tests.filled import Filled

SECOND = int(NOW.timestamp())


def found(store: Store, now: int = SECOND, **wanted: object) -> list[Listed]:
    with store.reading() as tx:
        return list(listing(tx, EVERYTHING, now, Wanted(**wanted)).rows)  # type: ignore[arg-type]


def test_problems_come_longest_silence_first_with_their_newest_post(
    store: Store, made: Filled
) -> None:
    rows = found(store, group=Group.PROBLEMS)
    assert [each.status for each in rows] == [
        *("长期停更", "僵尸", "睡眠", "内容不更新", "从未更新"),
        "正常",
    ]
    assert rows[-1].problems == "不互动无服务"
    assert rows[-1].others == ("近180天核查，评论留言、私信均不可用，也没有服务菜单。",)
    assert rows[0].last_title == "身份证到期能异地换吗?一图读懂"
    assert rows[0].last_url.startswith("http")
    assert rows[-2].last_title == ""


def test_proven_failures_stand_before_what_nobody_could_look_at(store: Store, made: Filled) -> None:
    outcomes = [each.outcome for each in found(store)]
    assert outcomes[:5] == ["不合格"] * 5
    assert "不合格" not in outcomes[5:]


def test_pages_together_are_the_list_and_none_is_longer_than_two_hundred(store: Store) -> None:
    with store.writing() as tx:
        unit = a_unit(tx, "省厅", "420000000000")
        for number in range(250):
            a_day(tx, an_account(tx, unit, f"号{number}"), silence_min=number % 7)
    with store.reading() as tx:
        whole = listing(tx, EVERYTHING, SECOND, Wanted(), limit=1000)
        pages = [
            listing(tx, EVERYTHING, SECOND, Wanted(), limit=60, offset=offset).rows
            for offset in range(0, 250, 60)
        ]
    assert (whole.total, len(whole.rows)) == (250, 200)
    ids = [each.account_id for page in pages for each in page]
    assert len(ids) == len(set(ids)) == 250


def test_the_time_left_runs_on_between_two_judgements(store: Store, made: Filled) -> None:
    name = "即将超期示例(演示)"
    (now,) = [each.left_s for each in found(store, text=name)]
    (later,) = [each.left_s for each in found(store, SECOND + DAY, text=name)]
    assert (now, later) == (2 * DAY, DAY)
    assert [each.name for each in found(store, group=Group.SOON)] == [name]
    assert found(store, SECOND + 2 * DAY, group=Group.SOON) == []


def test_filters_narrow_and_a_search_takes_wildcards_literally(store: Store, made: Filled) -> None:
    assert {each.platform for each in found(store, platform="weibo")} == {"weibo"}
    assert {each.region for each in found(store, region="421000")} == {"421000"}
    assert {each.status for each in found(store, status="睡眠")} == {"睡眠"}
    assert {each.unit_name for each in found(store, text=" 交通管理局 ")} == {
        "湖北省公安厅交通管理局"
    }
    assert found(store, text="%") == []
    assert found(store, text="DEMO_WEIBO_睡眠")[0].status == "睡眠"


def test_undecided_accounts_are_grouped_by_what_would_help_most(store: Store, made: Filled) -> None:
    causes = [each.cause for each in found(store, group=Group.UNDECIDED)]
    assert causes == ["微信未授权", "微信未授权", "平台返回异常"]


def test_choices_are_those_of_the_scope(store: Store, made: Filled) -> None:
    with store.reading() as tx:
        seen = choices(tx, EVERYTHING, SECOND)
    assert seen.regions == {"420100": "武汉市", "420500": "宜昌市", "421000": "荆州市"}
    assert seen.platforms == ("douyin", "wechat", "weibo")
    assert isinstance(seen, Choices)
    assert "睡眠" in seen.statuses


def test_an_account_never_judged_is_listed_without_figures(store: Store, made: Filled) -> None:
    (row,) = found(store, text="江陵交警")
    assert (row.status, row.outcome, row.coverage_30d, row.left_s) == (None, None, None, None)
