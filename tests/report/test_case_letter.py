"""Papers of a case: every shipped template knows only names we fill in, and says what it must."""

import re
from dataclasses import replace

import pytest

from monitor.domain.case_letter import Told
from monitor.domain.case_rules import Paper
from monitor.report import case_letter, word_file
from monitor.settings import ROOT
from tests.report.papers import part, texts

FOLDER = ROOT / "data" / "templates"
MATTER = case_letter.SAMPLE
MUST = {
    Paper.NOTICE: (
        "整改〔2026〕018号",
        "某县公安局:",
        "已15天未更新",
        "2026年12月1日前",
        "3个工作日内申请复核",
    ),
    Paper.HINT: ("【工作提示】", "平安某县(演示)", "2026年12月1日前"),
    Paper.INQUIRY: ("疑似内容不更新", "尚未作出结论"),
    Paper.CLOSURE: ("gh_0", "账号名称", "国家系统注销日期"),
    Paper.CORRECTION: ("整改〔2026〕017号文书", "不属实", "现予更正"),
}


@pytest.mark.parametrize("kind", list(Paper))
def test_each_shipped_template_says_what_it_must(kind: Paper) -> None:
    template = (FOLDER / f"{kind}.docx").read_bytes()
    values = case_letter.values(MATTER)
    word_file.check(template, values, kind)
    made = word_file.fill(template, values, kind)
    assert made == word_file.fill(template, values, kind)
    said = "\n".join(texts(made))
    for each in MUST[kind]:
        assert each in said
    assert "{" not in said
    assert "None" not in said


@pytest.mark.parametrize("kind", list(Paper))
def test_the_page_follows_the_standard_of_official_papers(kind: Paper) -> None:
    template = (FOLDER / f"{kind}.docx").read_bytes()
    document = part(template)
    margins = {
        key: int(re.search(rf'w:{key}="(\d+)"', document)[1])
        for key in ("top", "bottom", "left", "right")
    }  # type: ignore[index]
    millimetres = {key: round(value * 25.4 / 1440) for key, value in margins.items()}
    assert millimetres == {"top": 37, "bottom": 35, "left": 28, "right": 26}
    assert "方正小标宋简体" in document
    assert "仿宋_GB2312" in document
    fonts = part(template, "word/fontTable.xml")
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋;' in fonts
    assert "PAGE" in "".join(part(template, name) for name in ("word/footer1.xml",))


def test_several_problems_are_counted_and_an_urgent_one_is_told_in_hours() -> None:
    problem = Told("未备案", "未见备案号", "鄂政办发〔2021〕11号")
    matter = replace(MATTER, problems=(*MATTER.problems, problem), hours=24)
    values = case_letter.values(matter)
    assert [each["序号"] for each in values["问题"]] == ["(一)", "(二)"]
    assert values["期限"] == "收到本通知起24小时内"
    assert values["问题"][1]["情形"] == "未见备案号。"
