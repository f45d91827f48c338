"""`sentinel people import`: a slip for each, once; one bad row and nobody is entered."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.service.conftest import Sentinel, kept, refused, written

HEAD = "登录名,姓名,角色,机构代码\n"
GOOD = HEAD + "jingzhou.wang,王某(演示),市州联络员,421000000000\nhead,赵某(演示),科室负责人,\n"


def test_everybody_of_a_file_gets_a_slip_once(registered: Sentinel, home: Path) -> None:
    path = written(home, "人员.csv", GOOD)
    done = registered("people", "import", path)
    assert done.exit_code == 0
    first, second = done.stdout.splitlines()
    assert first.startswith("荆州市公安局\t王某(演示)\t市州联络员\t登录名 jingzhou.wang  初始口令 ")
    assert second.startswith("全省\t赵某(演示)\t科室负责人\t登录名 head  初始口令 ")
    password = first.rpartition(" ")[2]
    assert len(password) == 13
    assert password not in second
    assert password not in str(kept(home))
    assert "已新增 2 人" in done.stderr
    again = registered("people", "import", path)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "登录名已存在,未改动:jingzhou.wang、head" in again.stderr


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nobody,周某(演示),处长,\n", "第4行“角色”列"),
        ("lost,吴某(演示),账号运维员,999999000000\n", "第4行“机构代码”列"),
        ("bad one,李某(演示),查阅人员,\n", "第4行“登录名”列:“bad one”有误"),
        ("head,李某(演示),科室负责人,\n", "第4行“登录名”列:“head”有误,应为不重复的登录名"),
        (",李某(演示),科室负责人,\n", "第4行“登录名”列"),
    ],
)
def test_a_bad_row_is_named_and_nobody_is_entered(
    registered: Sentinel, home: Path, row: str, said: str
) -> None:
    path = written(home, "人员.csv", GOOD + row)
    before = kept(home)
    result = registered("people", "import", path)
    refused(result, 2, "未保存任何内容")
    assert said in result.stdout
    assert "初始口令" not in result.output
    looked = registered("people", "import", path, "--dry-run")
    assert looked.exit_code == 1
    assert said in looked.stdout
    assert kept(home) == before


def test_a_dry_run_of_a_good_file_enters_nobody(registered: Sentinel, home: Path) -> None:
    before = kept(home)
    looked = registered("people", "import", written(home, "人员.csv", GOOD), "--dry-run")
    assert looked.exit_code == 0
    assert "2 人" in looked.stderr
    assert kept(home) == before


def test_a_file_that_is_no_table_of_people_is_refused(registered: Sentinel, home: Path) -> None:
    refused(registered("people", "import", str(home / "没有.csv")), 2, "找不到文件")
    other = written(home, "别的.csv", "甲,乙\n1,2\n")
    refused(registered("people", "import", other), 2, "没有找到人员表头")


def test_entering_people_is_on_record(registered: Sentinel, home: Path) -> None:
    registered("people", "import", written(home, "人员.csv", GOOD))
    with closing(sqlite3.connect(home / "store.db")) as conn:
        found = conn.execute(
            "SELECT action, reason FROM audit ORDER BY seq DESC LIMIT 3"
        ).fetchall()
    assert found == [("导入人员", "新增2"), ("新增人员", ""), ("新增人员", "")]
    assert registered("audit", "verify").exit_code == 0
