"""A small province with every status, failure and gap in it, for screens to show."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from monitor.domain.instants import DAY, HOUR, day_start, from_second, shanghai_day
from monitor.record.store import Store, Writing
from tests.builders import (
    a_day,
    a_finding,
    a_look,
    a_pass,
    a_post,
    a_route,
    a_rulebook,
    a_unit,
    an_account,
    put,
)
from tests.filled_once import once

PREFECTURES = (
    ("武汉市公安局", "420100", "武汉市", ("武汉市公安局江岸区分局", "武汉市公安局武昌区分局")),
    ("宜昌市公安局", "420500", "宜昌市", ("宜昌市公安局夷陵区分局", "当阳市公安局")),
    ("荆州市公安局", "421000", "荆州市", ("江陵县公安局", "公安县公安局")),
)
SILENT = {
    "内容不更新": 17 * DAY + 5 * HOUR,
    "睡眠": 41 * DAY,
    "僵尸": 130 * DAY,
    "长期停更": 400 * DAY,
}
TITLES = (
    "双11退款电话别急着信,先打96110核实",
    "身份证到期能异地换吗?一图读懂",
    "雾天高速怎么开?记住这六个字",
    "护学岗的早晨:七点二十,准时到",
    "12·2全国交通安全日:一盔一带,你做到了吗",
)


@dataclass
class Filled:
    """Ids of what was made, by name; `paths` of the units, `homes` the paths accounts live at,
    `matters` what waits to be confirmed of each account."""

    units: dict[str, int] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    routes: dict[str, int] = field(default_factory=dict)
    rulebooks: dict[str, int] = field(default_factory=dict)
    matters: dict[int, int] = field(default_factory=dict)


def fill_store(store: Store) -> Filled:
    """The province, its accounts in every state, and what was seen of them."""
    with store.writing() as tx:
        return once(tx, _fill)


def _fill(tx: Writing) -> Filled:
    made = Filled()
    _units(tx, made)
    for key, source in (("wechat/own", "接口采集"), ("weibo/own", "接口采集")):
        made.routes[key] = a_route(tx, key, source)
    made.rulebooks = {name: a_rulebook(tx, name) for name in ("hubei-default", "gb2019")}
    for number, unit in enumerate(sorted(made.units)):
        _lively(tx, made, unit, number)
    _silent(tx, made)
    _unknown(tx, made)
    _aside(tx, made)
    _house(tx, made)
    for account in sorted(made.accounts.values()):
        row = {"matter": "已注销", "value": "", "stated_at": tx.second, "reason": ""}
        row |= {"recorded_at": tx.stamp, "decision": "待确认"}
        made.matters[account] = put(tx, "proposal", account_id=account, **row)
    return made


def _units(tx: Writing, made: Filled) -> None:
    root = _unit(tx, made, "湖北省公安厅", "420000000000", None, level="省厅")
    traffic = {"level": "厅直", "line": "交警"}
    _unit(tx, made, "湖北省公安厅交通管理局", "420000000001", root, **traffic)
    for name, code, region_name, counties in PREFECTURES:
        place = {"region": code, "region_name": region_name}
        above = _unit(tx, made, name, f"{code}000000", root, level="市州局", **place)
        for number, county in enumerate(counties, 1):
            place["county_name"] = county.removeprefix(name).removesuffix("公安局")
            _unit(tx, made, county, f"{code[:4]}{number:02}000000", above, **place)


def _unit(tx: Writing, made: Filled, name: str, code: str, parent: int | None, **more: str) -> int:
    unit = a_unit(tx, name, code, parent, **more)
    above = (
        "/"
        if parent is None
        else next(made.paths[each] for each, known in made.units.items() if known == parent)
    )
    made.units[name] = unit
    made.paths[name] = f"{above}{unit}/"
    return unit


def _account(tx: Writing, made: Filled, unit: str, name: str, platform: str = "wechat") -> int:
    account = an_account(tx, made.units[unit], name, platform)
    made.accounts[name] = account
    made.homes[name] = made.paths[unit]
    return account


def _judged(
    tx: Writing, made: Filled, account: int, status: str, outcome: str, **more: object
) -> None:
    books = made.rulebooks
    keys = {"rulebook_id": books["hubei-default"], "upper_rulebook_id": books["gb2019"]}
    a_day(tx, account, status, outcome, **keys, **more)
    sentence = str(more.get("sentence", ""))
    for book in books.values():
        found: dict[str, Any] = {"status": status, "status_max": status, "sentence": sentence}
        for name in ("cutoff", "silence_min", "silence_max"):
            if name in more:
                found[name] = more[name]
        a_finding(tx, account, book, outcome=outcome, **found)


def _lively(tx: Writing, made: Filled, unit: str, number: int) -> None:
    """A WeChat account that posts, read every day, with numbers and a menu."""
    account = _account(tx, made, unit, f"平安{unit[:4]}{number}(演示)")
    route, today = made.routes["wechat/own"], day_start(shanghai_day(tx.second))
    for back in range(1, 60, 2 + number % 3):
        key = a_post(tx, account, today - back * DAY + 9 * HOUR, TITLES[back % len(TITLES)])
        put(tx, "post_obs", **_post_numbers(key, tx, 300 + 17 * back))
    last = today - DAY + 9 * HOUR
    gap = today - 40 * DAY
    a_look(tx, account, route, today - 200 * DAY, gap)
    a_look(tx, account, route, gap + (number % 4) * DAY, today)
    for back in range(30):
        _day_numbers(tx, account, today - back * DAY - 1, 12_000 - 11 * back)
    a_pass(tx, account, route, tx.second - 3 * HOUR)
    for function, works in (("服务菜单", True), ("评论留言", None if number % 2 else False)):
        _service(tx, account, function, works)
    status = "提醒" if number % 5 == 4 else "正常"
    sentence = f"截至今日零时，最近一次发布距今1天，未超过14天，结论为{status}。"
    _judged(tx, made, account, status, status, last_post_from=last, sentence=sentence)


def _post_numbers(key: int, tx: Writing, reads: int) -> dict[str, object]:
    row = {"key_id": key, "source": "接口采集", "observed_at": tx.second - DAY, "final": True}
    return {**row, "recorded_at": tx.stamp, "reads": reads, "readers": reads - 40, "likes": 0}


def _day_numbers(tx: Writing, account: int, second: int, followers: int) -> None:
    row = {"account_id": account, "source": "接口采集", "final": True, "recorded_at": tx.stamp}
    put(tx, "account_obs", **row, basis="累计", observed_at=second, followers=followers)
    readers = followers // 40 + second // DAY % 7 * 30
    put(tx, "account_obs", **row, basis="单日", observed_at=second, readers=readers)


def _service(tx: Writing, account: int, function: str, works: bool | None) -> None:
    row = {"account_id": account, "function": function, "works": works, "measured": True}
    row |= {"checked_at": tx.second - DAY, "detail": "", "source": "接口采集"}
    put(tx, "service_check", **row, recorded_at=tx.stamp)


def _silent(tx: Writing, made: Filled) -> None:
    """One account for each class of silence, and one that never posted."""
    for (status, silence), unit in zip(SILENT.items(), sorted(made.units), strict=False):
        account = _account(tx, made, unit, f"{status}示例(演示)", "weibo")
        last = tx.second - 2 * HOUR - silence
        a_post(tx, account, last, TITLES[1])
        a_look(tx, account, made.routes["weibo/own"], last - 30 * DAY, tx.second - 2 * HOUR)
        days = silence // DAY
        sentence = f"截至今日22:00已静默{days}天，超过14天，疑似{status}。"
        more = {"last_post_from": last, "problems": status, "sentence": sentence}
        _judged(tx, made, account, status, "不合格", **more, silence_min=silence)
    never = _account(tx, made, "江陵县公安局", "从未更新示例(演示)", "weibo")
    text = "主页未见任何作品，开设已超过30天，疑似从未更新。"
    _judged(tx, made, never, "从未更新", "不合格", problems="从未更新", sentence=text)
    close = _account(tx, made, "当阳市公安局", "即将超期示例(演示)", "weibo")
    last = tx.second - 12 * DAY
    a_post(tx, close, last, TITLES[2])
    _judged(tx, made, close, "提醒", "提醒", last_post_from=last, silence_min=12 * DAY - 2 * HOUR)


def _unknown(tx: Writing, made: Filled) -> None:
    """Accounts nobody could read: no authorisation, and an expired one."""
    causes = (
        ("微信未授权", "账号管理员", "登录公众平台扫码授权，约2分钟", "需重新授权"),
        ("微信未授权", "账号管理员", "登录公众平台扫码授权，约2分钟", "需重新授权"),
        ("平台返回异常", "系统管理员", "等待平台恢复后重新采集", "平台返回异常"),
    )
    today = shanghai_day(tx.second)
    missing = f"{today - timedelta(days=21)}..{today - timedelta(days=1)}"
    for number, (cause, mender, remedy, error) in enumerate(causes):
        name = f"暂不作认定示例{number}(演示)"
        account = _account(tx, made, sorted(made.units)[number], name)
        told = {"cause": cause, "mender": mender, "remedy": remedy, "missing": missing}
        more = {"cutoff": None, "coverage_30d": 0.3, "source": "", "grade": None}
        last = tx.second - 24 * DAY
        a_post(tx, account, last, TITLES[0])
        a_look(tx, account, made.routes["wechat/own"], last - 90 * DAY, last + 3 * DAY)
        more |= {"last_post_from": last, "silence_min": 0, "silence_max": 24 * DAY}
        _judged(tx, made, account, "暂不作认定", "暂不作认定", **told, **more)
        failed = {"outcome": "失败", "error_class": error, "cause": cause, "remedy": remedy}
        a_pass(tx, account, made.routes["wechat/own"], tx.second - 5 * HOUR, **failed)


def _aside(tx: Writing, made: Filled) -> None:
    """One that is closed, one an officer's own, one of a line, one never judged."""
    closed = _account(tx, made, "江陵县公安局", "已关停示例(演示)", "douyin")
    _judged(tx, made, closed, "不纳入", "不纳入", problems="")
    unit = made.units["江陵县公安局"]
    own = an_account(tx, unit, "民警个人示例(演示)", "douyin", kind="民警个人")
    made.accounts["民警个人示例(演示)"] = own
    quiet = _account(tx, made, "公安县公安局", "不互动示例(演示)", "douyin")
    posted = {"last_post_from": tx.second - 2 * DAY, "sentence": "最近一次发布距今2天。"}
    _judged(tx, made, quiet, "正常", "正常", problems="不互动无服务", **posted)
    text = "近180天核查，评论留言、私信均不可用，也没有服务菜单。"
    book = made.rulebooks["hubei-default"]
    a_finding(tx, quiet, book, "不互动无服务", status="不合格", sentence=text)
    line = an_account(tx, unit, "江陵交警(演示)", "douyin", line="交警")
    made.accounts["江陵交警(演示)"] = line
    for name in ("民警个人示例(演示)", "江陵交警(演示)"):
        made.homes[name] = made.paths["江陵县公安局"]


def _house(tx: Writing, made: Filled) -> None:
    """Runs and a job."""
    for back, outcome in ((2, "完成"), (26, "部分完成")):
        began = from_second(tx.second - back * HOUR)
        row = {"known_at": tx.stamp, "scheduled_for": began, "started_at": began, "note": ""}
        ended = began + timedelta(seconds=40)
        row |= {"ended_at": ended, "outcome": outcome, "counts": {"accounts": 12}}
        put(tx, "run", command="collect", arguments={}, **row)
    put(
        tx,
        "job",
        kind="collect",
        arguments={},
        state="进行中",
        progress=40,
        idempotency_key="k1",
        created_at=tx.second - 60,
        result="",
        cancel=False,
        version=0,
    )
