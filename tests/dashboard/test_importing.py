"""数据导入 drawn by Streamlit: files in the box, what is asked of them, the press that saves."""

from pathlib import Path
from shutil import copytree

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import page
from dashboard.page import Visit
from monitor.actions import people
from monitor.domain.person import Grant, Role, Session
from monitor.record.store import Store
from tests.builders import T, a_unit, an_account
from tests.conftest import NOW

DATA = Path(__file__).parents[2] / "data"
SECOND = int(NOW.timestamp())
WORKS = (
    "作品名称,发布时间,体裁,审核状态,播放量,完播率\n"
    "一,2026-11-01 08:00:01,图文,已通过,5,-\n"
    "二,无此时间,图文,已通过,6,-\n"
).encode()


@pytest.fixture
def visit(store: Store, tmp_path: Path) -> Visit:
    copytree(DATA / "layouts", tmp_path / "layouts")
    new = people.NewPerson("li", "李某(演示)", (Grant(Role.EDITOR, "/"),), "Quiet-Lake-2026", False)
    people.enrol(store, None, new)
    person = people.person_called(store, "li", SECOND)
    with store.writing() as tx:
        unit = a_unit(tx, "江城市公安局", "420100000000")
        an_account(tx, unit, "平安江城", "douyin")
        an_account(tx, unit, "江城反诈", "douyin")
    session = Session(1, person, SECOND + 3600, "x")
    return Visit(session, store, SECOND, "某省公安厅", demo=False, data_dir=tmp_path)


def drawn(visit: Visit) -> AppTest:
    def script(who: object) -> None:
        from dashboard.views import importing  # runs in Streamlit's own script

        importing.importing(who)  # type: ignore[arg-type]

    return AppTest.from_function(script, default_timeout=60, args=(visit,))


def html(test: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in test.get("html"))


def test_a_file_without_a_name_is_picked_for_and_saved_by_a_job(
    visit: Visit, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "arrive", lambda *, working=True: visit)
    test = drawn(visit).run()
    assert "尚未选择文件" in html(test)
    test.file_uploader[0].set_value([("作品列表.csv", WORKS, "text/csv")]).run()
    assert not test.exception
    assert "请在下方选定账号" in html(test)
    assert "无此时间" in html(test)
    test.selectbox[0].select("江城反诈").run()
    assert not test.exception
    assert "江城反诈" in html(test)
    test.button[0].click().run()
    assert not test.exception
    with store.reading() as tx:
        [job] = tx.conn.execute(T["job"].select()).mappings().all()
    assert job["kind"] == "load"
    assert job["arguments"]["account"] == "#2"


def test_an_unknown_table_is_mapped_on_the_page(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "arrive", lambda *, working=True: visit)
    test = drawn(visit).run()
    table = "标题,发布时间,播放次数\n一,2026-11-01 08:00:01,5\n".encode()
    test.file_uploader[0].set_value([("平安江城.csv", table, "text/csv")]).run()
    assert not test.exception
    assert "认不出" in html(test)
    test.text_input[0].set_value("抖音自建")
    [platform] = [each for each in test.selectbox if each.label == "平台"]
    platform.select("douyin")
    [make] = [each for each in test.button if each.label == "建立版式"]
    make.click().run()
    assert not test.exception
    assert "抖音自建" in html(test)
    assert "平安江城" in html(test)
