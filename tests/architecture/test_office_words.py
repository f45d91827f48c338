"""The words the office must find in the product: each row of its table, and where it stands."""

from dataclasses import dataclass
from typing import Final

import pytest

from monitor.report import wording
from tests.architecture.sources import ROOT, sources


@dataclass(frozen=True)
class Row:
    """A risk of the office's table, the sentence against it (or what stands for it), and where it
    is said: files with what must be read in them. `later` names the part of the product that is
    not there yet, where the row belongs."""

    risk: str
    sentence: str
    where: tuple[tuple[str, str], ...] = ()
    later: str = ""


ROWS: Final = (
    Row(
        "名称被误读为监控网民",
        "本系统用于公安机关依规备案的官方政务新媒体账号的运行管理。不监测公民个人账号,"
        "不采集公民个人主页,不具备发布、点赞、跟评、转发功能。",
        (
            ("dashboard/forms/frame.html", "不监测公民个人账号"),
            ("dashboard/frame.py", "wording.NOTE_PURPOSE"),
            ("dashboard/views/about.py", "wording.NOTE_PURPOSE"),
        ),
    ),
    Row(
        "协同被看成操纵舆论",
        "本任务仅面向备案官方账号,内容为公开权威信息。严禁要求干警、群众、学生点赞、投票、转发、跟评;"
        "发现请向省厅宣传处反映。",
        (
            ("dashboard/campaign_sheet.py", "wording.NOTE_CAMPAIGN"),
            ("dashboard/campaign_form.py", "wording.NOTE_CAMPAIGN"),
        ),
    ),
    Row(
        "指尖形式主义",
        "能自动取得的不要求填报,同一数据只报一次,不搞打卡签到,"
        "不以点击、在线时长、截图留痕作为评价依据。",
        (
            ("dashboard/burden_meter.py", "wording.NOTE_BURDEN"),
            ("dashboard/views/home.py", "burden_meter.show("),
            ("dashboard/views/burden.py", "wording.NOTE_BURDEN"),
            ("monitor/domain/burden.py", "科室负责人"),
        ),
    ),
    Row(
        "误指",
        "“疑似问题”为系统初步比对结果,未经核实不得作为通报、考核依据。",
        (("dashboard/frame.py", "wording.NOTE_SUSPECTED"),),
    ),
    Row(
        "误指",
        "“暂不作认定”表示数据不足,不代表该账号存在问题。",
        (("dashboard/frame.py", "wording.NOTE_UNDECIDED"),),
    ),
    Row(
        "误指的更正",
        "更正通知",
        (("data/cases.yaml", "更正通知"), ("monitor/domain/case.py", "更正")),
    ),
    Row(
        "单位怕被当鞭子",
        "提前提醒只发给您本人和联络员,按期恢复不计入通报。",
        (("dashboard/views/home.py", "wording.NOTE_EARLY"),),
    ),
    Row(
        "个人信息",
        "查看联系方式将记录查看人、时间和事由。",
        (("dashboard/reveal_box.py", "wording.NOTE_REVEAL"),),
    ),
    Row(
        "个人信息",
        "仅为办理本留言使用,不得截图外传,不得向被反映单位或个人透露反映人信息。",
        later="留言页",
    ),
    Row(
        "导出",
        "本文件含内部数据,请按规定保管",
        (
            ("dashboard/views/exporting.py", "wording.NOTE_KEEP"),
            ("dashboard/views/exporting.py", "PURPOSE"),
            ("dashboard/views/auditing.py", "wording.NOTE_KEEP"),
        ),
    ),
    Row(
        "涉密",
        "本系统为非涉密系统,严禁存储、处理、传输国家秘密和警务工作秘密。",
        (
            ("dashboard/forms/frame.html", "非涉密系统"),
            ("dashboard/forms/receipt.html", "非涉密系统"),
            ("dashboard/forms/acknowledge.html", "非涉密系统"),
            ("dashboard/markup.py", "wording.NOTE_UNCLASSIFIED"),
            ("monitor/actions/sending.py", "refuse_marked("),
        ),
    ),
    Row(
        "条款引用不实",
        "本厅设定,参考贵州、合肥工业大学等做法,无全国统一天数",
        (
            ("data/rulebooks/hubei-default.yaml", "无全国统一天数"),
            ("dashboard/wizard_decisions.py", '"来源", "级别"'),
        ),
    ),
    Row(
        "把得分当真理",
        "本得分依据所列数据和方案计算,参考位次区间内的先后不代表实质差距。",
        later="考核的得分表",
    ),
    Row(
        "地图",
        "示意图,不作为行政区域界线依据",
        (("dashboard/campaign_board.py", "wording.NOTE_MAP"),),
    ),
    Row("排名截图外传", "水印:单位、姓名、时间", later="考核、通报页和大屏"),
    Row(
        "人走钥匙留",
        "离岗清理",
        (
            ("dashboard/views/collecting.py", "离岗清理"),
            ("dashboard/views/people.py", "离岗清理"),
            ("monitor/record/screens/leavers.py", "credential"),
        ),
    ),
    Row("演示被当真", "演示数据 纯属虚构", (("dashboard/frame.py", "演示数据 纯属虚构"),)),
)
AVOIDED: Final = ("舆情监控", "控评", "水军", "刷量", "引导评论")
"""Nowhere on a screen, a paper or a data sheet."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.risk}-{row.sentence[:6]}")
def test_each_row_stands_where_it_is_said_to_stand_or_waits_for_what_is_not_there(row: Row) -> None:
    assert bool(row.where) != bool(row.later), "either it stands somewhere, or its part is to come"
    for name, words in row.where:
        assert words in (ROOT / name).read_text("utf-8"), (name, words)


def test_a_sentence_that_stands_is_the_offices_to_the_letter() -> None:
    """Whatever the wording holds of these rows is word for word; what stands is held there."""
    held = {value for name, value in vars(wording).items() if name.startswith("NOTE_")}
    named = {row.sentence for row in ROWS if any("wording.NOTE_" in each for _, each in row.where)}
    assert named <= held


def test_no_sentence_of_the_wording_is_left_unsaid_but_those_that_wait() -> None:
    said = "".join(each.text for each in (*sources("dashboard"), *sources("monitor")))
    waiting = {row.sentence for row in ROWS if row.later}
    unsaid = {
        name
        for name, value in vars(wording).items()
        if name.startswith("NOTE_") and said.count(name) < 2 and value not in waiting
    }
    assert not unsaid


def test_a_map_would_say_that_it_is_only_a_sketch() -> None:
    drawn = [each for each in sources("dashboard") if "geojson" in each.text]
    assert not [each.name for each in drawn if "NOTE_MAP" not in each.text]


def test_words_to_be_avoided_stand_nowhere() -> None:
    texts = {each.name: each.text for each in (*sources("dashboard"), *sources("monitor/report"))}
    for path in sorted((ROOT / "data").rglob("*.yaml")):
        if path.parent.name != "words":
            texts[path.relative_to(ROOT).as_posix()] = path.read_text("utf-8")
    assert not [(name, word) for name, text in texts.items() for word in AVOIDED if word in text]
