"""What a ledger attests of an account's functions, and on which day."""

import pytest

from monitor.collect import ledger
from monitor.domain.account import Account
from monitor.domain.service import Function, SeenService
from tests.collect.test_ledger import at


def test_functions_are_attested_as_the_ledger_names_them_on_the_day_they_were_checked() -> None:
    account = Account(
        "wechat",
        "x",
        "1",
        details={"互动功能": "评论留言,私信", "服务功能": "无", "最近核对日期": "2026-11-01"},
    )
    day = at("2026-11-01T23:59:59")
    assert ledger.attested(account, at("2026-11-22")) == (
        SeenService(Function.COMMENTS, True, day, measured=False, detail="评论留言,私信"),
        SeenService(Function.MESSAGES, True, day, measured=False, detail="评论留言,私信"),
        SeenService(Function.SERVICE_MENU, False, day, measured=False, detail="无"),
        SeenService(Function.SERVICE_LINK, False, day, measured=False, detail="无"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有", {Function.COMMENTS: True}),
        ("菜单咨询;自动回复", {Function.MENU_ENQUIRY: True, Function.AUTO_REPLY: True}),
        ("无私信、可评论", {Function.MESSAGES: False, Function.COMMENTS: True}),
        ("", {}),
        ("—", {}),
        ("待了解", {}),
    ],
)
def test_what_is_not_named_is_not_attested(text: str, expected: dict[Function, bool]) -> None:
    account = Account("wechat", "x", "1", details={"互动功能": text})
    found = ledger.attested(account, 5)
    assert {each.function: each.works for each in found} == expected
    assert all(each.checked_at == 5 and not each.measured for each in found)
