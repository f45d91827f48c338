"""考核 in a browser, scored by the job: 初评, an objection upheld, settled on paper, out, amended.

With SENTINEL_PICTURES=1 (`make pictures`) its pictures are those that stand in docs/images.
"""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect

from monitor.demo.quarter_story import OBJECTED, SCHEME
from monitor.domain.assessed import Listed
from monitor.domain.assessment import State
from monitor.domain.instants import from_micro, from_second
from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from monitor.runs import assess, assess_kept
from tests.e2e.assessed import Assessed, assessed
from tests.e2e.conftest import enrol, free_port
from tests.e2e.guide import PICTURES, WITHOUT_TOASTS
from tests.e2e.running import KEY, ROOT, Desk, chosen, settled, start
from tests.shipped import shipped

pytestmark = pytest.mark.browser
SCAN = {"name": "签批.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 signed"}
PROOF = {"name": "后台截图.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 proof"}

GRANTED = 6.0


@dataclass
class Walk:
    """A desk on the province, the page of whoever acts, and the machine behind."""

    made: Assessed
    desk: Desk
    page: Page
    folder: Path
    key: int = 0
    unit: Listed | None = None

    def enters(self, login: str, path: str) -> None:
        """Somebody else sits down."""
        self.page.context.clear_cookies()
        self.desk.arrive(self.page, path, login)

    def pressed(self, name: str, then: str) -> None:
        """A button of the page, pressed once it can be; what is said when it went through."""
        main = self.page.get_by_test_id("stMain")
        button = main.get_by_role("button", name=name, exact=True)
        expect(button).to_be_enabled()
        button.click()
        expect(self.page.get_by_text(then).first).to_be_visible()
        settled(self.page)

    def opened(self, name: str) -> None:
        """A fold of the page, once the page stands still."""
        settled(self.page)
        self.page.locator("summary", has_text=name).first.click()

    def attached(self, file: object, name: str) -> None:
        """A file handed in with a form."""
        self.page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
        expect(self.page.get_by_text(name).first).to_be_visible()
        settled(self.page)

    def fetched(self, label: str) -> bytes:
        """A file that comes down."""
        with self.page.expect_download() as made:
            self.page.get_by_role("button", name=label).click()
        return made.value.path().read_bytes()

    def shot(self, name: str) -> None:
        """The picture that stands in the guide."""
        settled(self.page)
        self.page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTo(0, 0)")
        PICTURES.mkdir(exist_ok=True)
        path = PICTURES / f"assess-{name}.png"
        self.page.screenshot(path=path, animations="disabled", style=WITHOUT_TOASTS)

    def by_command(self) -> str:
        """The hash of the same result, made again with the same instants by `sentinel assess`."""
        kept = assess_kept.assessment(self.made.parts, self.key)
        assert kept.as_of is not None
        at = {
            "--as-of": from_second(kept.as_of),
            "--known-at": from_micro(kept.known_at or 0),
            "--reviewed-at": from_micro(kept.reviewed_at or 0),
        }
        asked = [each for name, when in at.items() for each in (name, when.isoformat())]
        command = [sys.executable, "-m", "monitor", "assess", "--scheme", SCHEME]
        told = subprocess.run(
            [*command, "--period", kept.period, *asked, "--format", "json"],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            check=True,
        )
        return str(json.loads(told.stdout)["result_hash"])

    def _environment(self) -> dict[str, str]:
        others = {name: said for name, said in os.environ.items() if "SENTINEL_" not in name}
        address = self.made.parts.store.engine.url.render_as_string(hide_password=False)
        return others | {
            "SENTINEL_DATABASE_URL": address,
            "SENTINEL_DATA_DIR": str(self.folder / "data"),
            "SENTINEL_KEY": KEY,
            "SENTINEL_CONFIG": str(self.folder / "none.toml"),
            "SENTINEL_DEMO": "true",
            "PYTHONUTF8": "1",
        }


@pytest.fixture
def walk(live_store: Store, tmp_path: Path, context: BrowserContext) -> Iterator[Walk]:
    """The small province with its quarter behind it, and a desk on it."""
    data = shipped(tmp_path / "data")
    (data / "local").mkdir()
    with assessed(live_store, data) as made:
        address = live_store.engine.url.render_as_string(hide_password=False)
        more = {"DATA_DIR": str(data), "DEMO_SIZE": "small"}
        desk = start(address, free_port(), tmp_path, **more)
        yield Walk(made, desk, desk.watch(context.new_page()), tmp_path)
        desk.stop()


def begins(walk: Walk) -> None:
    """The office begins, and the machine scores it: the page follows by itself."""
    walk.enters("editor", "/assessing")
    walk.opened("开始考核")
    chosen(walk.page, "考核周期", walk.made.quarter.said)
    walk.pressed("开始考核", "已开始考核")
    walk.key = walk.made.newest().id
    walk.pressed("生成初评", "已排队计算初评")
    walk.made.work()
    expect(walk.page.get_by_text("排名稳定性").first).to_be_visible()
    walk.made.story.marked(walk.key)
    walk.desk.open(walk.page, f"/assessing?id={walk.key}")
    walk.shot("first")
    walk.pressed("反馈各单位", "已反馈各单位")


def objects(walk: Walk) -> None:
    """A county sees its own result and nobody else's, and says with a proof what is missing."""
    walk.unit, line = walk.made.story.lacking(walk.key)
    assert line.most == GRANTED
    enrol(walk.made.parts.store, "county", "钱某(演示)", Grant(Role.UNIT_LIAISON, walk.unit.path))
    walk.enters("county", f"/assessing?id={walk.key}")
    link = walk.page.get_by_role("link", name=walk.unit.name, exact=True)
    expect(link).to_be_visible()
    expect(walk.page.get_by_role("link", name="市公安局", exact=False)).to_have_count(
        int("市公安局" in walk.unit.name)
    )
    link.click()
    expect(walk.page.get_by_role("heading", name="最能提高得分的事项")).to_be_visible()
    walk.shot("unit")
    walk.opened("提出异议")
    chosen(walk.page, "指标", OBJECTED)
    walk.page.get_by_label("异议内容").fill("有一周的作品没有计入")
    walk.page.get_by_label("应得分").fill(f"{GRANTED:g}")
    walk.page.get_by_label("应得分").press("Tab")
    settled(walk.page)
    walk.attached(PROOF, "后台截图.pdf")
    walk.pressed("提出异议", "异议已提出")


def reviews(walk: Walk) -> None:
    """The office upholds it; the result is scored again, and put up to be settled."""
    assert walk.unit is not None
    walk.made.days_later(walk.key)
    walk.enters("editor", f"/assessing?id={walk.key}&part=pleas")
    expect(walk.page.get_by_text("1个文件").first).to_be_visible()
    walk.pressed("转入复核", "已办理")
    walk.opened(f"答复：{walk.unit.name}")
    walk.page.get_by_label("答复说明").fill("链接属实")
    walk.page.get_by_label("答复说明").press("Tab")
    settled(walk.page)
    walk.shot("pleas")
    before = walk.made.newest().result_hash
    walk.pressed("采纳", "已采纳")
    walk.made.work()
    after = walk.made.newest()
    assert after.result_hash != before
    line = walk.made.line(walk.key, walk.unit.unit, OBJECTED)
    assert (line.share or 0) * line.most == pytest.approx(GRANTED)
    walk.desk.open(walk.page, f"/assessing?id={walk.key}")
    walk.pressed("提请审定", "已办理")


def settles(walk: Walk) -> None:
    """Another person registers what was signed on paper."""
    walk.enters("settler", f"/assessing?id={walk.key}")
    walk.page.get_by_label("签批人").fill("王某(演示)")
    walk.page.get_by_label("签批人").press("Tab")
    settled(walk.page)
    walk.attached(SCAN, "签批.pdf")
    walk.pressed("审定", "已按签批件审定")


def goes_out(walk: Walk) -> None:
    """Numbered, and its files say what the page and the record say."""
    walk.enters("editor", f"/assessing?id={walk.key}")
    walk.pressed("印发", "已编号印发")
    walk.shot("issued")
    found = _table(walk.fetched("下载单位考核结果"), "最终得分")
    roster, kept, _ = assess_kept.result(walk.made.parts, walk.key)
    scored = next(each for each in roster if found[each.name] is not None)
    walk.desk.open(walk.page, f"/assessing?id={walk.key}&unit={scored.unit}")
    points = walk.page.get_by_test_id("stMain").get_by_text(f"{found[scored.name]:g}")
    expect(points.first).to_be_visible()
    walk.desk.open(walk.page, f"/assessing?id={walk.key}")
    text = walk.fetched("下载评分明细").decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == len(kept)
    assert set(found) == {each.name for each in roster}
    paper = Document(io.BytesIO(walk.fetched("下载考核结果通报")))
    said = "\n".join(each.text for each in paper.paragraphs)
    assert walk.made.quarter.said in said


def _table(book: bytes, column: str) -> dict[object, object]:
    """A column of the sheet that has it, by unit."""
    for sheet in load_workbook(io.BytesIO(book)).worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        if column in head:
            return {row[head.index("单位")]: row[head.index(column)] for row in rows}
    raise AssertionError(f"no sheet has {column}")


def amended(walk: Walk) -> None:
    """Late data make another result beside the settled one, which is made again by command."""
    settled_hash = walk.made.newest().result_hash
    late = walk.made.late_file(walk.key)
    assert assess.made_again(walk.made.parts, walk.key) == settled_hash
    assert walk.by_command() == settled_hash
    walk.opened("更正单")
    walk.page.get_by_label("理由").fill("后补迟交的数据")
    walk.page.get_by_label("理由").press("Tab")
    settled(walk.page)
    walk.pressed("更正单", "已另开更正单")
    walk.made.work()
    correction = walk.made.newest()
    assert (correction.amends_id, correction.state) == (walk.key, State.FIRST)
    walk.desk.open(walk.page, f"/assessing?id={correction.id}")
    expect(walk.page.get_by_role("link", name="原结果（不再改动）")).to_be_visible()
    before = walk.made.line(walk.key, late.unit, "C2")
    after = walk.made.line(correction.id, late.unit, "C2")
    assert (before.share, after.share is None) == (None, False)
    walk.key = correction.id
    assert walk.by_command() == correction.result_hash != settled_hash


STEPS: tuple[Callable[[Walk], None], ...] = (begins, objects, reviews, settles, goes_out, amended)


def test_last_quarter_is_assessed_objected_to_settled_on_paper_announced_and_amended(
    walk: Walk,
) -> None:
    enrol(walk.made.parts.store, "settler", "吴某(演示)", Grant(Role.HEAD, "/"))
    for step in STEPS:
        step(walk)
    for path in ("/assessing", "/schemes", "/schemes?tab=weights"):
        walk.desk.open(walk.page, path)
        expect(walk.page.get_by_role("heading", level=1).first).to_be_visible()
    assert not walk.desk.outside
    assert not walk.desk.console
    walk.page.close()
