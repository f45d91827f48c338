"""Builders of weeks: invented accounts, judged as the test says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from monitor.domain.account import Account
from monitor.domain.finding import UPDATE_RULE, Finding, Judgement, Outcome
from monitor.domain.instants import DAY, HOUR, day_start
from monitor.domain.judged import Judged, Registered
from monitor.domain.rulebook import Rulebook, RuleTerms, UpdateClass
from monitor.domain.unit import Level, Unit
from monitor.domain.week import Collected, Upcoming, Week

MONDAY = date(2026, 11, 16)
AS_OF = day_start(date(2026, 11, 23))
KNOWN_AT = AS_OF * 1_000_000 + 17

OWN_CLASSES = (
    UpdateClass("正常", 0, Outcome.OK, "本厅认定标准", "本厅设定"),
    UpdateClass("提醒", 7 * DAY, Outcome.HINT, "本厅认定标准", "本厅设定"),
    UpdateClass("内容不更新", 14 * DAY, Outcome.FAIL, "国办秘函〔2019〕19号", "国家规定"),
    UpdateClass("睡眠", 30 * DAY, Outcome.FAIL, "参考外省做法,无全国统一天数", "本厅设定"),
    UpdateClass("僵尸", 90 * DAY, Outcome.FAIL, "参考外省做法,无全国统一天数", "本厅设定"),
)

NEVER = UpdateClass("从未更新", 30 * DAY, Outcome.FAIL, "国办秘函〔2019〕19号", "国家规定")


def a_rulebook(name: str = "hubei-default", *, upper: bool = False) -> Rulebook:
    classes = tuple(c for c in OWN_CLASSES if not upper or c.name in ("正常", "内容不更新"))
    return Rulebook(
        name=name,
        version=1,
        title="政务新媒体检查指标" if upper else "本厅认定标准",
        source="国办秘函〔2019〕19号",
        valid_from=date(2019, 4, 1),
        classes=classes,
        never_updated=None if upper else NEVER,
        least_grade=3,
        excused_kinds=frozenset(),
        confirm=False,
        clear_seconds=0,
        terms={"不互动": RuleTerms("不互动", Outcome.FAIL, "国办秘函〔2019〕19号", "国家规定")},
        upper=upper,
    )


OWN = a_rulebook()
UPPER = a_rulebook("gb2019", upper=True)


def a_unit(name: str = "临江派出所", code: str = "421024000101", **more: Any) -> Unit:
    row: dict[str, Any] = {"level": Level.STATION, "region": "421000", "region_name": "荆州市"}
    return Unit(code, name, **(row | {"county_name": "江陵县"} | more))


def class_of(silence: int, rulebook: Rulebook) -> UpdateClass:
    return [each for each in rulebook.classes if silence >= each.over_seconds][-1]


def a_judgement(
    account: int, silence: int | None, rulebook: Rulebook, outcome: Outcome | None = None
) -> Judgement:
    """Silent for `silence` seconds at AS_OF - 2 h; None: nothing could be told."""
    if silence is None or outcome in (Outcome.UNDECIDED, Outcome.NOT_COUNTED):
        word = outcome or Outcome.UNDECIDED
        return Judgement(
            account_id=account, rulebook=rulebook.name, rulebook_version=1, as_of=AS_OF,
            known_at=KNOWN_AT, status=word, status_max=word, outcome=word, cutoff=None,
            last_post_from=None, last_post_until=None, silence_min=None, silence_max=None,
            grade=None, breach_at=None, next_at=None, limit=14 * DAY,
        )  # fmt: skip
    reached = class_of(silence, rulebook)
    last = AS_OF - 2 * HOUR - silence
    fails = reached.outcome is Outcome.FAIL
    sentence = f"截至11月22日22:00,已{silence // DAY}天未更新。"
    found = (Finding(UPDATE_RULE, 1, reached.outcome, {"last": last}, sentence),)
    return Judgement(
        account_id=account, rulebook=rulebook.name, rulebook_version=1, as_of=AS_OF,
        known_at=KNOWN_AT, status=reached.name, status_max=reached.name, outcome=reached.outcome,
        cutoff=AS_OF - 2 * HOUR, last_post_from=last, last_post_until=last, silence_min=silence,
        silence_max=silence, grade=4, breach_at=last + 14 * DAY if fails else None, next_at=None,
        limit=14 * DAY,
        findings=found,
    )  # fmt: skip


def a_judged(
    account: int,
    silence: int | None = DAY,
    *,
    outcome: Outcome | None = None,
    unit: Unit | None = None,
    **more: Any,
) -> Judged:
    """One account; `more` are fields of Judged or of Account."""
    own = a_judgement(account, silence, OWN, outcome)
    upper = a_judgement(account, silence, UPPER, outcome)
    details = {"name": f"临江{account}号(演示)", "platform": "wechat", "uid": f"demo_{account}"}
    known = set(Account.__dataclass_fields__)
    held = Account(unit_code="421024000101", id=account, **(details | _only(more, known)))
    url = f"http://127.0.0.1/p/{account}"
    registered = Registered(held, unit or a_unit(), "团雾出行提示", url, "接口采集", 9)
    rest = {key: value for key, value in more.items() if key not in known}
    return Judged(registered, own, upper, coverage_30d=0.9, **rest)


def _only(values: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key in names}


def with_problem(judged: Judged, rule: str, outcome: Outcome = Outcome.FAIL) -> Judged:
    """The same account with one more finding; its outcome stays that of its silence."""
    found = Finding(rule, 1, outcome, {}, f"{rule}的情形。")
    own = replace(judged.own, findings=(*judged.own.findings, found))
    return replace(judged, own=own)


def a_week(now: Sequence[Judged], before: Sequence[Judged] | None = None, **more: Any) -> Week:
    row: dict[str, Any] = {"monday": MONDAY, "own": OWN, "upper": UPPER}
    row |= {"as_of": AS_OF, "known_at": KNOWN_AT, "now": tuple(now)}
    row["before"] = None if before is None else tuple(before)
    return Week(**(row | more))


PLACES = (
    ("420100", "武汉市"), ("420200", "黄石市"), ("420300", "十堰市"), ("420500", "宜昌市"),
    ("420600", "襄阳市"), ("420700", "鄂州市"), ("420800", "荆门市"), ("420900", "孝感市"),
    ("421000", "荆州市"), ("421100", "黄冈市"), ("421200", "咸宁市"), ("421300", "随州市"),
    ("422800", "恩施州"), ("429004", "仙桃市"), ("429005", "潜江市"), ("429006", "天门市"),
    ("429021", "神农架林区"),
)  # fmt: skip
SUB_UNITS = ("临江", "城南", "河西", "青云", "古渡", "杨柳", "石桥", "东岭", "新港", "云台")


def a_full_week(**more: Any) -> Week:
    """An invented province's week with something in every section."""
    now, before = _accounts()
    row: dict[str, Any] = {
        "collected": (
            Collected("wechat", 2950, 31, (("需重新授权", 22), ("稍后重试", 9))),
            Collected("weibo", 760, 12, (("被平台限制", 12),)),
        ),
        "upcoming": (
            Upcoming(date(2026, 11, 26), "填报截止"),
            Upcoming(date(2026, 12, 2), "全国交通安全日"),
        ),
        "office": "省公安厅宣传处(演示)",
        "demo": True,
    }
    return a_week(now, before, **(row | more))


@cache
def _accounts() -> tuple[list[Judged], list[Judged]]:
    """Now and a week ago: of forty, one recovered and one went silent."""
    now = [each for place in range(len(PLACES)) for each in _place(place)]
    then = {7: 20 * DAY, 3: DAY}
    before = [
        a_judged(each.own.account_id, then[each.own.account_id % 40])
        if each.own.account_id % 40 in then
        else each
        for each in now
    ]
    return now, before


SILENCES = {3: 15 * DAY, 5: 12 * DAY, 11: 33 * DAY, 17: 95 * DAY, 23: 9 * DAY, 29: None, 31: None}


def _place(place: int) -> list[Judged]:
    region, name = PLACES[place]
    found = []
    for number in range(40 if place else 60):
        account = place * 80 + number
        silence = SILENCES.get(account % 40, (account % 6) * DAY + 5 * HOUR)
        unit = a_unit(
            f"{SUB_UNITS[account % 10]}派出所",
            f"{region}00{number:02d}00",
            region=region,
            region_name=name,
            county_name="",
        )
        cause = ("公众号未授权", "运营者", "由管理员扫码授权") if account % 40 == 29 else ()
        more: dict[str, Any] = dict(zip(("cause", "mender", "remedy"), cause, strict=False))
        title = f"{SUB_UNITS[account % 10]}派出所{account}(演示)"
        found.append(a_judged(account, silence, unit=unit, name=title, **more))
    return found
