"""账号申请表: what the application says stands filled in, what is signed by hand stays blank."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.account import Account
from monitor.domain.lifecycle import Field, Move
from monitor.report import application_form, word_file
from monitor.settings import ROOT
from tests.report.papers import texts

ACCOUNT = Account(
    "douyin",
    "平安某县(演示)",
    "990000000000",
    None,
    details={"功能定位": "办事指南", "运维员A": "某某"},
)
SAID = {
    Move.APPLY_OPEN: ({Field.PURPOSE: "防范提示"}, ("990000000000", "防范提示", "某某")),
    Move.APPLY_CHANGE: (
        {Field.WHAT: "账号名称", Field.VALUE: "某县公安(演示)", Field.WHY: "名称规范"},
        ("账号名称", "平安某县(演示)", "某县公安(演示)", "名称规范"),
    ),
    Move.APPLY_CLOSE: ({Field.WHY: "无力维护"}, ("关停申请表", "无力维护", "待补", "并入账号")),
}


@pytest.mark.parametrize("move", list(SAID))
def test_a_form_says_what_was_applied_for_and_leaves_the_opinions_blank(move: Move) -> None:
    wanted, expected = SAID[move]
    name = application_form.TEMPLATES[move]
    template = (ROOT / "data" / "templates" / name).read_bytes()
    word_file.check(template, application_form.SAMPLE, name)
    told = application_form.values(
        ACCOUNT, "某县公安局", wanted, "某某,027-00000000", date(2026, 11, 26)
    )
    made = word_file.fill(template, told, name)
    assert made == word_file.fill(template, told, name)
    said = texts(made)
    for each in (*expected, "某县公安局", "抖音", "平安某县(演示)"):
        assert any(each in line for line in said)
    assert "{" not in "".join(said)
    assert said[said.index("市州意见") + 1] == ""


def test_what_is_changed_stands_beside_what_the_ledger_says_now() -> None:
    def before(what: str, account: Account = ACCOUNT) -> str:
        asked = {Field.WHAT: what}
        day = date(2026, 11, 26)
        return application_form.values(account, "某县公安局", asked, "某某", day)["变更前"]

    assert before("主办单位") == "某县公安局"
    assert before("功能定位") == "办事指南"
    assert before("服务商") == ""
    assert before("账号名称", replace(ACCOUNT, name="旧名(演示)")) == "旧名(演示)"
