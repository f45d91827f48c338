"""数据提示: measured of official accounts alone, one that waits an account, and a person's word."""

import pytest
from sqlalchemy import select

from monitor.actions import number_hints as acting
from monitor.domain.errors import Conflict
from monitor.domain.instants import DAY
from monitor.domain.number_hint import Followed, Work
from monitor.domain.scope import EVERYTHING, NOTHING, Scope
from monitor.domain.words import Decision
from monitor.record import facts_numbers, number_hints
from monitor.record.screens import number_hints as screen
from monitor.record.store import Store, Writing
from monitor.runs import number_hints as runs
from monitor.runs.parts import Parts
from tests.builders import T, a_post, a_unit, an_account, put
from tests.conftest import NOW, StandingClock
from tests.service.parts import some_parts

SECOND = int(NOW.timestamp())
TODAY = SECOND - SECOND % DAY
LATEST = 1 << 61


def followers(tx: Writing, account: int, leap: int, source: str = "后台导出") -> None:
    """Sixty days of a few more each, and a third more on one of them."""
    for ago in range(59, -1, -1):
        level = 3000 + (59 - ago) * 3 + ago % 3
        row = {"account_id": account, "source": source, "basis": "累计", "recorded_at": tx.stamp}
        level = level * 4 // 3 if ago <= leap else level
        put(tx, "account_obs", **row, observed_at=TODAY - ago * DAY - 1, followers=level)


def works(tx: Writing, account: int, liked_since: int, title: str = "平安") -> None:
    """A post every other day for seventy days, the last ones liked by a fifth of who saw them."""
    for ago in range(70, 0, -2):
        at = TODAY - ago * DAY + 9 * 3600
        key = a_post(tx, account, at, f"{title}{ago}")
        likes = 200 + ago if ago <= liked_since else 10 + ago % 5
        row = {"key_id": key, "source": "后台导出", "observed_at": TODAY - 1, "final": False}
        put(tx, "post_obs", **row, capped="", plays=1000, likes=likes, recorded_at=tx.stamp)


@pytest.fixture
def accounts(store: Store) -> dict[str, int]:
    with store.writing() as tx:
        unit = a_unit(tx, "荆州市公安局", "421000000000")
        made = {
            name: an_account(tx, unit, name, "douyin", kind=kind)
            for name, kind in (("甲", "官方"), ("乙", "官方"), ("丙", "官方"), ("丁", "民警个人"))
        }
        for name in ("甲", "丁"):
            followers(tx, made[name], 12)
            works(tx, made[name], 13, name)
        followers(tx, made["乙"], 12)
        works(tx, made["乙"], 0, "乙")
        followers(tx, made["丙"], -1)
        works(tx, made["丙"], 0, "丙")
    return made


def looked(parts: Parts) -> dict[str, int]:
    report = runs.run(parts)
    assert report is not None
    return dict(report.counts)


def shown(store: Store, scope: Scope = EVERYTHING) -> list[str]:
    with store.reading() as tx:
        return [each.name for each in screen.waiting(tx, scope, SECOND)]


def test_where_two_signals_agree_an_official_account_is_shown_to_the_department_alone(
    store: Store, clock: StandingClock, accounts: dict[str, int]
) -> None:
    parts = some_parts(store, clock)
    assert looked(parts) == {"比对账号": 3, "提示": 1}
    assert looked(parts) == {"比对账号": 3, "提示": 1}
    assert shown(store) == ["甲"]
    assert shown(store, NOTHING) == []
    assert shown(store, Scope(paths=frozenset({"/1/2/"}))) == []
    with store.reading() as tx:
        [line] = screen.waiting(tx, EVERYTHING, SECOND)
    assert {each.name for each in line.told} == {"涨粉", "互动比例"}
    assert accounts["甲"] == line.account_id


def test_once_a_person_looked_it_is_quiet_for_ninety_days_and_nothing_else_follows(
    store: Store, clock: StandingClock, accounts: dict[str, int]
) -> None:
    parts = some_parts(store, clock)
    looked(parts)
    acting.decide(store, None, accounts["甲"], Decision.NO_MATTER)
    with pytest.raises(Conflict, match="已有人看过"):
        acting.decide(store, None, accounts["甲"], Decision.SEEN)
    assert looked(parts)["提示"] == 0
    assert shown(store) == []
    audit = T["audit"]
    with store.reading() as tx:
        said = tx.conn.execute(select(audit.c.action, audit.c.reason)).all()
        assert [tuple(each) for each in said] == [("数据提示", "不是问题")]
        found = runs.look(parts, SECOND, LATEST)[1]
    clock.move(days=91)
    with store.writing() as tx:
        assert number_hints.keep(tx, SECOND, found) == 1
    assert shown(store) == ["甲"]


def test_a_hint_the_numbers_no_longer_show_waits_no_longer(
    store: Store, clock: StandingClock, accounts: dict[str, int]
) -> None:
    parts = some_parts(store, clock)
    looked(parts)
    with store.writing() as tx:
        tx.conn.execute(T["account_obs"].delete())
    assert looked(parts)["提示"] == 0
    assert shown(store) == []
    with pytest.raises(Conflict, match="不再出现"):
        acting.decide(store, None, accounts["甲"], Decision.SEEN)


def test_of_two_sources_the_one_that_told_more_is_measured_and_an_old_known_at_repeats(
    store: Store,
) -> None:
    with store.writing() as tx:
        unit = a_unit(tx, "甲局", "420100000000")
        key = an_account(tx, unit, "一", "douyin")
        row = {"account_id": key, "basis": "累计"}
        for at, source, level, known in (
            (10 * DAY, "接口采集", 7, 100),
            (11 * DAY, "后台导出", 8, 100),
            (12 * DAY, "后台导出", 9, 300),
            (13 * DAY, "接口采集", 5, 300),
            (14 * DAY, "接口采集", 6, 300),
            (99 * DAY, "接口采集", 1, 100),
        ):
            put(
                tx,
                "account_obs",
                **row,
                source=source,
                observed_at=at,
                followers=level,
                recorded_at=known,
            )
        put(
            tx,
            "account_obs",
            **(row | {"basis": "单日"}),
            source="接口采集",
            observed_at=9 * DAY,
            followers=1,
            recorded_at=100,
        )
        post = a_post(tx, key, 12 * DAY, recorded_at=100)
        for at, views, likes, known in (
            (13 * DAY, 50, 3, 100),
            (15 * DAY, 60, 4, 300),
            (98 * DAY, 1, 1, 100),
        ):
            put(
                tx,
                "post_obs",
                key_id=post,
                source="接口采集",
                observed_at=at,
                final=False,
                capped="",
                reads=views,
                likes=likes,
                recorded_at=known,
            )
    with store.reading() as tx:
        [now] = facts_numbers.measure(tx, 20 * DAY, LATEST, [key])
        [then] = facts_numbers.measure(tx, 20 * DAY, 200, [key])
    assert now.followers == (Followed(10 * DAY, 7), Followed(13 * DAY, 5), Followed(14 * DAY, 6))
    assert now.works == (Work(12 * DAY, 60, 4),)
    assert now.posts == (12 * DAY,)
    assert [each.level for each in then.followers] in ([7], [8])
    assert then.works == (Work(12 * DAY, 50, 3),)


def test_a_title_counts_as_copied_only_where_another_unit_had_it_shortly_before(
    store: Store,
) -> None:
    with store.writing() as tx:
        one, two = (a_unit(tx, name, f"42010000000{n}") for n, name in enumerate(("甲局", "乙局")))
        mine, twin = an_account(tx, one, "一"), an_account(tx, one, "二", "weibo")
        other = an_account(tx, two, "三")
        for at, account, title in (
            (50 * DAY, mine, "甲"),
            (49 * DAY, other, "甲"),
            (51 * DAY, mine, "乙"),
            (52 * DAY, other, "乙"),
            (53 * DAY, mine, "丙"),
            (52 * DAY, twin, "丙"),
            (54 * DAY, mine, "丁"),
            (23 * DAY, other, "丁"),
            (55 * DAY, mine, ""),
        ):
            a_post(tx, account, at, title, recorded_at=100)
    with store.reading() as tx:
        measured = facts_numbers.measure(tx, 60 * DAY, LATEST, [mine])
        [found] = facts_numbers.with_copies(tx, measured, LATEST)
        assert facts_numbers.with_copies(tx, [], LATEST) == []
    assert measured[0].copied is None
    days = [(50, True), (51, False), (53, False), (54, False)]
    assert found.copied == tuple((each * DAY, copied) for each, copied in days)
