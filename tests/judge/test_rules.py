"""The rules beside 更新: what they need to know before they say anything."""

from dataclasses import replace

import pytest

from monitor.domain.account import State
from monitor.domain.facts import Facts, Peer, Service
from monitor.domain.finding import Finding, Judgement, Outcome
from monitor.domain.instants import DAY
from monitor.domain.rulebook import RuleTerms
from monitor.domain.service import Function
from monitor.judge.evaluate import judge
from monitor.judge.rule import RULES
from tests.judge.evidence import measure, rulebook, standing
from tests.judge.shelf import NOW, book, of, silent

INTERACTION = (Function.COMMENTS, Function.MESSAGES, Function.MENU_ENQUIRY)
SERVICE = (Function.SERVICE_MENU, Function.SERVICE_LINK)


def healthy(**changes: object) -> Facts:
    return replace(measure(silent(DAY), NOW), **changes)  # type: ignore[arg-type]


def answer(
    function: Function, works: bool | None, days: int = 3, *, measured: bool = True
) -> Service:
    return Service(function, works, NOW - days * DAY, measured)


def answers(functions: tuple[Function, ...], works: bool | None) -> tuple[Service, ...]:
    return tuple(answer(each, works) for each in functions)


def own(facts: Facts) -> Judgement:
    return judge(facts, book("hubei-default"))


def outcome(facts: Facts, rule: str) -> str | None:
    found = of(own(facts), rule)
    return None if found is None else found[0]


def test_every_rule_is_found_and_each_shipped_term_has_one() -> None:
    assert set(book("hubei-default").terms) | {"更新"} == set(RULES.names())


def test_nobody_asked_is_unknown_and_nothing_worse() -> None:
    found = own(healthy())
    assert of(found, "不互动") == (
        "暂不作认定",
        "未核查评论留言、私信,互动功能暂不作认定(数据不足)。核查或填报一次即可认定。",
    )
    assert (of(found, "无服务"), of(found, "不互动无服务")) == (None, None)
    assert (found.outcome, found.verdict) == (Outcome.OK, Outcome.OK)


def test_one_way_to_speak_that_works_is_enough() -> None:
    facts = healthy(services=(answer(Function.MESSAGES, True), answer(Function.COMMENTS, False)))
    assert outcome(facts, "不互动") is None


def test_no_interaction_fails_only_when_every_way_was_asked_for() -> None:
    some = healthy(services=(answer(Function.COMMENTS, False),))
    told = healthy(services=(answer(Function.COMMENTS, False), answer(Function.MESSAGES, None)))
    every = healthy(services=answers(INTERACTION[:2], False))
    assert [outcome(each, "不互动") for each in (some, told, every)] == [
        "暂不作认定",
        "暂不作认定",
        "不合格",
    ]
    assert own(every).outcome is Outcome.OK
    assert own(every).verdict is Outcome.FAIL


def test_a_wechat_menu_is_a_way_to_speak() -> None:
    wechat = (standing(platform="wechat"),)
    closed = answers(INTERACTION[:2], False)
    assert outcome(healthy(standings=wechat, services=closed), "不互动") == "暂不作认定"
    menu = (*closed, answer(Function.MENU_ENQUIRY, True))
    assert outcome(healthy(standings=wechat, services=menu), "不互动") is None


def test_an_answer_older_than_half_a_year_says_nothing_and_the_judge_returns_in_time() -> None:
    old = healthy(services=(answer(Function.COMMENTS, True, 181),))
    edge = healthy(services=(answer(Function.COMMENTS, True, 180),))
    assert outcome(old, "不互动") == "暂不作认定"
    assert outcome(edge, "不互动") is None
    assert own(edge).next_at == NOW + 1


def test_no_service_is_a_hint() -> None:
    facts = healthy(services=(*answers(SERVICE, False), answer(Function.COMMENTS, True)))
    found = own(facts)
    assert of(found, "无服务") == (
        "提醒",
        "截至2026年11月23日,服务菜单(2026年11月20日核查)、办事链接(2026年11月20日核查)"
        "均不可用,未提供有效服务功能(本厅设定,国家和省无此单项)。",
    )
    assert found.verdict is Outcome.HINT


def test_what_lacks_both_is_named_once() -> None:
    found = own(healthy(services=answers(INTERACTION[:2] + SERVICE, False)))
    assert [(each.rule, each.outcome.value) for each in found.findings] == [
        ("更新", "正常"),
        ("不互动无服务", "不合格"),
    ]


def test_a_units_word_is_told_apart_from_a_measurement() -> None:
    said = [answer(each, False, measured=False) for each in INTERACTION[:2]]
    found = of(own(healthy(services=tuple(said))), "不互动")
    assert found is not None
    assert "评论留言(2026年11月20日填报)" in found[1]


def test_two_accounts_on_one_platform_are_pointed_out() -> None:
    found = of(own(healthy(peers=(Peer(9, "古渡派出所的日常(演示)"),))), "多头")
    assert found == (
        "提醒",
        "截至2026年11月23日,本单位在同一平台还有在用账号“古渡派出所的日常(演示)”"
        "(鄂政办发〔2019〕5号,省级规定)。",
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("订阅号", "服务号", "提醒"),
        ("订阅号", "", "提醒"),
        ("", "", "提醒"),
        ("订阅号", "订阅号", "不合格"),
        ("订阅号", "企业号", "不合格"),
    ],
)
def test_a_subscription_and_a_service_account_are_a_hint_even_where_duplicates_fail(
    mine: str, theirs: str, expected: str
) -> None:
    terms = {"多头": RuleTerms("多头", Outcome.FAIL, "鄂政办发5号", "省级规定")}
    facts = healthy(
        standings=(standing(platform="wechat", account_type=mine),),
        peers=(Peer(9, "城南(演示)", theirs),),
    )
    found = of(judge(facts, rulebook(terms=terms)), "多头")
    assert found is not None
    assert found[0] == expected


def test_an_account_about_to_close_is_no_duplicate() -> None:
    facts = healthy(standings=(standing(state=State.CLOSING),), peers=(Peer(9, "城南(演示)"),))
    assert outcome(facts, "多头") is None


@pytest.mark.parametrize(("filed", "expected"), [(True, None), (None, None), (False, "提醒")])
def test_only_a_ledger_that_denies_a_filing_says_unfiled(
    filed: bool | None, expected: str | None
) -> None:
    assert outcome(healthy(standings=(standing(filed=filed),)), "未备案") == expected


def test_a_silent_ledger_is_undecided_where_unfiled_fails() -> None:
    terms = {"未备案": RuleTerms("未备案", Outcome.FAIL, "咸宁", "外地做法")}
    facts = healthy(standings=(standing(filed=None),))
    found = judge(facts, rulebook(terms=terms))
    assert of(found, "未备案") == (
        "暂不作认定",
        "台账未写明是否备案,暂不作认定。请在台账中补填。",
    )


@pytest.mark.parametrize(("days", "expected"), [(7, None), (8, "提醒")])
def test_a_new_account_has_a_week_to_be_filed(days: int, expected: str | None) -> None:
    opened = NOW - days * DAY
    facts = healthy(
        standings=(standing(filed=False),), opened_from=opened - DAY, opened_until=opened
    )
    assert outcome(facts, "未备案") == expected
    if expected is None:
        assert own(facts).next_at == NOW + 1


def test_a_new_name_nobody_filed_is_pointed_out() -> None:
    same = standing(name="荆楚交管(演示)", filed_name=" 荆楚交管(演示)")
    other = standing(name="荆楚交管(演示)", filed_name="荆楚交警(演示)")
    assert outcome(healthy(standings=(same,)), "更名未备案") is None
    found = of(own(healthy(standings=(other,))), "更名未备案")
    assert found is not None
    assert "现用名“荆楚交管(演示)”与备案名称“荆楚交警(演示)”不一致" in found[1]


def test_an_account_that_is_not_counted_is_asked_nothing_else() -> None:
    gone = standing(state=State.CLOSED, filed=False)
    facts = healthy(standings=(gone,), peers=(Peer(9, "x"),))
    assert [each.rule for each in own(facts).findings] == ["更新"]


def test_a_rule_that_raises_is_not_swallowed_and_names_the_account() -> None:
    without_its_parameters = {"不互动": RuleTerms("不互动", Outcome.FAIL, "试", "试")}
    with pytest.raises(KeyError) as raised:
        judge(healthy(), rulebook(terms=without_its_parameters))
    assert raised.value.__notes__ == ["rule 不互动 v2, account 7"]


@pytest.mark.parametrize("name", ["gb2019", "hubei-default"])
def test_evidence_holds_plain_values_only(name: str) -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(type(key) is str and plain(each) for key, each in value.items())
        if isinstance(value, list):
            return all(plain(each) for each in value)
        return value is None or type(value) in {str, int, bool, float}

    found: list[Finding] = []
    services = answers(INTERACTION[:2] + SERVICE, False)
    for days in (1, 9, 20, 40):
        facts = replace(measure(silent(days * DAY), NOW), services=services)
        for each in (facts, replace(facts, coverage=()), replace(facts, services=services[:1])):
            found += judge(each, book(name)).findings
    assert all(plain(each.evidence) and each.sentence.endswith("。") for each in found)


def test_a_lost_account_is_told_although_it_is_not_counted() -> None:
    since = NOW - 40 * DAY
    stood = standing(valid_until=since), standing(state=State.LOST, valid_from=since)
    found = of(own(healthy(standings=stood)), "失管")
    assert found is not None
    assert found[0] == "提醒"
    assert "自2026年10月14日起已40天,不能发布也不能注销" in found[1]
    assert of(own(healthy()), "失管") is None
    unknown = of(own(healthy(standings=(standing(state=State.LOST),))), "失管")
    assert unknown is not None
    assert "失管待找回,不能发布" in unknown[1]
