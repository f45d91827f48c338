"""Each page, drawn by Streamlit itself: empty, full, failed, and with nothing English in it."""

import re
from collections.abc import Callable
from importlib import import_module

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element, Expander

from dashboard import page
from dashboard.page import Visit
from monitor.domain.errors import StoreError
from monitor.domain.person import Person, Role, Session
from monitor.domain.scope import EVERYTHING, NOTHING, Scope
from monitor.record.store import Store
from tests.builders import T, a_unit, an_account
from tests.conftest import NOW
from tests.filled import Filled, fill_store

SECOND = int(NOW.timestamp())
PAGES = ("home", "accounts", "health", "collecting", "patrol", "reporting")
LATIN = re.compile(r"[A-Za-z]{3,}")
NAMES = re.compile(r"demo_\w+|sentinel accounts import|hubei-default|gb\d+|Excel|CSV|http\S+|xlsx")
"""What may stand in Latin letters: ids, file kinds, a command to type."""
FORBIDDEN = ("判定", "观测", "豁免", "金丝雀", "熔断", "监控", "舆情")


def a_visit(store: Store, scope: Scope = EVERYTHING, role: Role = Role.EDITOR) -> Visit:
    person = Person(1, "editor", "周某(演示)", frozenset({role}), scope)
    return Visit(Session(1, person, SECOND + 3600, "x"), store, SECOND, "湖北省公安厅", demo=False)


def draw(slug: str, visit: Visit, **query: str) -> AppTest:
    """Run one page's script with an address."""

    def script(render: "Callable[[object], None]", who: object) -> None:
        render(who)

    render = getattr(import_module(f"dashboard.views.{slug}"), slug)
    # What redraws itself asks who is looking again; there is no browser here to answer.
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(page, "arrive", lambda *, working=True: visit)
        return _run(script, render, visit, query)


def _run(
    script: Callable[..., None],
    render: Callable[[Visit], None],
    visit: Visit,
    query: dict[str, str],
) -> AppTest:
    test = AppTest.from_function(script, default_timeout=60, args=(render, visit))
    for key, value in query.items():
        test.query_params[key] = value
    return test.run()


def element(found: Element | Block) -> Element:
    assert isinstance(found, Element)
    return found


def labelled(found: Element | Block) -> Element | Expander:
    assert isinstance(found, Element | Expander)
    return found


def words(test: AppTest) -> str:
    """All a reader reads, without tags and styles."""
    html = " ".join(str(each.proto.body) for each in test.get("html"))
    html = re.sub(r"<style.*?</style>|\.ms-[^}]*}|@media[^{]*{", " ", html, flags=re.S)
    values = ("title", "subheader", "markdown", "code")
    labels = ("button", "selectbox", "text_input", "expander")
    said = [element(each).value for kind in values for each in test.get(kind)]
    said += [labelled(each).label for kind in labels for each in test.get(kind)]
    return " ".join([re.sub(r"<[^>]*>", " ", html), *map(str, said)])


@pytest.fixture
def made(sqlite_store: Store) -> Filled:
    return fill_store(sqlite_store)


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_without_accounts_says_what_to_do(slug: str, sqlite_store: Store) -> None:
    test = draw(slug, a_visit(sqlite_store))
    assert not test.exception
    assert "尚无账号" in words(test)


@pytest.mark.parametrize("slug", PAGES)
def test_a_person_without_a_scope_is_told_whom_to_ask(
    slug: str, sqlite_store: Store, made: Filled
) -> None:
    test = draw(slug, a_visit(sqlite_store, NOTHING))
    assert not test.exception
    assert "尚未划定查看范围" in words(test)
    assert "演示" not in words(test)


@pytest.mark.parametrize("slug", PAGES)
@pytest.mark.parametrize("tab", ["problems", "undecided", "soon"])
def test_a_full_page_speaks_chinese_and_in_the_words_of_the_office(
    slug: str, tab: str, sqlite_store: Store, made: Filled
) -> None:
    test = draw(slug, a_visit(sqlite_store), **({"tab": tab} if slug == "health" else {}))
    assert not test.exception
    said = words(test)
    assert LATIN.findall(NAMES.sub(" ", said)) == []
    assert not [word for word in FORBIDDEN if word in said]
    assert "None" not in said
    assert "nan" not in said


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_whose_store_fails_raises_what_the_frame_tells(
    slug: str, sqlite_store: Store
) -> None:
    with sqlite_store.engine.connect() as conn:
        for name in ("account_day", "account_rev"):
            conn.exec_driver_sql("PRAGMA foreign_keys=OFF")
            conn.exec_driver_sql(f"DROP TABLE {name}")
        conn.commit()
    test = draw(slug, a_visit(sqlite_store))
    assert [each.proto.type.rpartition(".")[2] for each in test.exception] == [StoreError.__name__]
    assert "sentinel setup" in test.exception[0].message


def test_the_first_page_gives_every_figure_with_its_base_and_its_list(
    sqlite_store: Store, made: Filled
) -> None:
    test = draw("home", a_visit(sqlite_store))
    html = " ".join(str(each.proto.body) for each in test.get("html"))
    said = words(test)
    assert "备案账号23个，纳入监测21个，可认定18个(数据完整度85.7%)，合格率72.2%" in said
    assert "能自动取得的不要求填报,同一数据只报一次" in said
    assert "即将超期示例(演示)" in said
    for address in (
        "/health?group=fresh",
        "/health?group=over",
        "/health?tab=soon",
        "/health?tab=undecided",
        "/accounts?group=upper",
        "/accounts?group=kept",
    ):
        assert f'href="{address}"' in html


def test_accounts_that_were_never_judged_are_not_called_anything(sqlite_store: Store) -> None:
    with sqlite_store.writing() as tx:
        an_account(tx, a_unit(tx, "省厅", "420000000000"), "新来的(演示)")
    assert "尚未作过比对" in words(draw("home", a_visit(sqlite_store)))
    said = words(draw("accounts", a_visit(sqlite_store)))
    assert "尚未比对" in said
    assert "正常" not in said


def test_an_account_nobody_looked_at_is_not_said_to_be_over_the_limit(
    sqlite_store: Store, made: Filled
) -> None:
    said = words(draw("accounts", a_visit(sqlite_store), group="undecided"))
    assert "暂不作认定示例0(演示)" in said
    assert not re.search(r"已超\d", said)
    assert "已到期限，待查看" in said


def test_the_address_narrows_the_list_and_its_mistakes_do_no_harm(
    sqlite_store: Store, made: Filled
) -> None:
    visit = a_visit(sqlite_store)
    assert "共1个" in words(draw("accounts", visit, status="睡眠"))
    assert "共23个" in words(draw("accounts", visit, region="999999", page="-7", group="nonsense"))
    assert "共23个" in words(draw("accounts", visit, page="99999999999999"))


def test_one_account_shows_both_standards_and_what_is_missing(
    sqlite_store: Store, made: Filled
) -> None:
    account = made.accounts["暂不作认定示例0(演示)"]
    said = words(draw("accounts", a_visit(sqlite_store), id=str(account)))
    for expected in ("本厅口径", "上级口径", "谁能补", "账号管理员", "11月2日至11月22日", "作认定"):
        assert expected in said
    assert "没有来源提供过该数据，不等于0" in said


def test_an_account_out_of_scope_reads_as_one_that_does_not_exist(
    sqlite_store: Store, made: Filled
) -> None:
    scope = Scope(frozenset({made.paths["武汉市公安局"]}))
    foreign = made.accounts["从未更新示例(演示)"]
    there = words(draw("accounts", a_visit(sqlite_store, scope), id=str(foreign)))
    nowhere = words(draw("accounts", a_visit(sqlite_store, scope), id="99999"))
    assert there == nowhere
    assert "不在您的查看范围内" in there


def test_the_group_text_names_each_account_and_is_short(sqlite_store: Store, made: Filled) -> None:
    test = draw("health", a_visit(sqlite_store), tab="undecided")
    text = str(element(test.get("code")[0]).value)
    assert len(text) <= 450
    assert text.count("微信未授权") == 2
    assert "不影响评价" in text


def test_a_prefecture_sees_no_run_log_and_no_buttons(sqlite_store: Store, made: Filled) -> None:
    scope = Scope(frozenset({made.paths["荆州市公安局"]}))
    test = draw("collecting", a_visit(sqlite_store, scope))
    assert "运行记录" not in words(test)
    assert not [each for each in test.button if each.label == "立即采集"]
    whole = draw("collecting", a_visit(sqlite_store))
    assert "运行记录" in words(whole)
    assert [each.label for each in whole.button][:2] == ["立即采集", "重新计算"]


def test_a_hostile_title_is_text_and_its_address_leads_nowhere(
    sqlite_store: Store, made: Filled
) -> None:
    account = made.accounts["睡眠示例(演示)"]
    with sqlite_store.writing() as tx:
        hostile = {"title": "<script>alert(1)</script>", "url": "javascript:alert(1)"}
        key = T["post_key"]
        tx.conn.execute(key.update().where(key.c.account_id == account).values(**hostile))
    for slug, query in (("accounts", {"id": str(account)}), ("health", {})):
        test = draw(slug, a_visit(sqlite_store), **query)
        html = " ".join(str(each.proto.body) for each in test.get("html"))
        assert "<script>" not in html
        assert "javascript:" not in html
