"""平台申诉函: the shipped template knows only names we fill in, and is made again to the byte."""

from monitor.report import appeal_letter, word_file
from monitor.settings import ROOT
from tests.report.papers import texts

NAME = "平台申诉函.docx"


def test_the_letter_names_the_account_the_unit_and_what_is_asked() -> None:
    template = (ROOT / "data" / "templates" / NAME).read_bytes()
    word_file.check(template, appeal_letter.SAMPLE, NAME)
    made = word_file.fill(template, appeal_letter.SAMPLE, NAME)
    assert made == word_file.fill(template, appeal_letter.SAMPLE, NAME)
    said = "\n".join(texts(made))
    for each in ("抖音平台", "某县公安局", "平安某县(演示)", "990000000000", "协助办理注销"):
        assert each in said
    assert "{" not in said
