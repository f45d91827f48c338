"""The command line keeps its promises to scripts: exit codes, JSON alone, Chinese trouble."""

import json
from pathlib import Path

import pytest

from tests.service.conftest import LEDGER, Sentinel, written

POSTS = (
    "平台,账号名称,账号ID,作品ID,作品链接,标题,体裁,发布时间,统计日期,阅读播放,点赞\n"
    "微博,甲(演示),demo_a,p1,,一,图文,2026-11-01 09:00:00,2026-11-20,1.2万,-\n"
    "微博,甲(演示),demo_a,p2,,二,图文,2026-11-10 09:00:00,2026-11-20,300,5\n"
)


def test_setup_makes_a_database_and_names_the_first_person_once(sentinel: Sentinel) -> None:
    first = sentinel("setup")
    assert first.exit_code == 0
    assert "初始口令" in first.stdout
    second = sentinel("setup")
    assert second.exit_code == 0
    assert "初始口令" not in second.stdout


def test_a_ledger_is_shown_before_it_is_saved_and_then_changes_nothing_twice(
    sentinel: Sentinel, home: Path
) -> None:
    sentinel("setup")
    path = written(home, "台账.csv", LEDGER)
    assert "新增 1" in sentinel("accounts", "import", path, "--dry-run").stdout
    assert "新增 1" in sentinel("accounts", "import", path).stdout
    assert "新增 0  变更 0  无变化 1" in sentinel("accounts", "import", path).stdout
    assert "平安临江(演示)" in sentinel("accounts", "list").stdout


def test_a_bad_row_is_named_and_nothing_is_saved(sentinel: Sentinel, home: Path) -> None:
    sentinel("setup")
    path = written(home, "台账.csv", LEDGER + "某平台,乙,demo_2,荆州市公安局,\n")
    refused = sentinel("accounts", "import", path)
    assert refused.exit_code == 2
    assert "第3行" in refused.stdout
    assert "某平台" in refused.stdout
    assert sentinel("accounts", "list").stdout == ""
    assert sentinel("accounts", "import", path, "--skip-bad-rows").exit_code == 1
    assert "平安临江(演示)" in sentinel("accounts", "list").stdout


def test_accounts_outside_the_registry_are_refused_by_name_or_registered(
    sentinel: Sentinel, home: Path
) -> None:
    path = written(home, "数据.csv", POSTS)
    refused = sentinel("load", path)
    assert refused.exit_code == 2
    assert "甲(演示)" in refused.stderr
    taken = sentinel("load", path, "--register", "--covers", "2026-10-01..2026-11-20")
    assert taken.exit_code == 0
    assert "新作品 2" in taken.stdout
    assert "先前已导入" in sentinel("load", path, "--register").stdout


def test_refused_rows_are_named_and_the_exit_code_says_so(sentinel: Sentinel, home: Path) -> None:
    path = written(
        home, "数据.csv", POSTS + "微博,甲(演示),demo_a,p3,,三,图文,不知道,2026-11-20,1,1\n"
    )
    taken = sentinel("load", path, "--register")
    assert taken.exit_code == 1
    assert "第4行“发布时间”列:“不知道”" in taken.stdout
    assert "新作品 2" in taken.stdout


def test_json_is_one_document_and_nothing_else(sentinel: Sentinel, home: Path) -> None:
    path = written(home, "数据.csv", POSTS)
    sentinel("load", path, "--register", "--covers", "2026-10-01..2026-11-20")
    asked = ("judge", "--as-of", "2026-11-19T09:00", "--rulebook", "gb2019", "--format", "json")
    document = json.loads(sentinel(*asked).stdout)
    assert document["rulebook"].startswith("gb2019@")
    (account,) = document["accounts"]
    assert account["silence_min_seconds"] == account["silence_max_seconds"] == 9 * 86400
    assert account["outcome"] == "正常"
    assert (account["coverage"], account["missing"]) == (1.0, [])
    assert account["findings"][0]["sentence"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["load", "没有这个文件.csv"], "找不到文件"),
        (["load", "."], "文件夹"),
        (["judge", "--as-of", "昨天"], "读不懂"),
        (["judge", "--rulebook", "不存在"], "没有名为"),
        (["digest"], "--preview"),
        (["digest", "--week", "第47周", "--preview", "p"], "2026-W47"),
        (["export", "health", "--out", "x.doc"], ".csv 或 .xlsx"),
        (["export", "health", "--out", "没有/x.csv"], "写不进去"),
        (["collect", "--platform", "某平台"], "不认识的平台"),
        (["people", "reset", "nobody"], "没有这个登录名"),
    ],
)
def test_bad_input_gets_exit_code_two_and_a_chinese_sentence(
    sentinel: Sentinel, arguments: list[str], said: str
) -> None:
    result = sentinel(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "编号" in result.stderr
    assert "Traceback" not in result.output


def test_a_read_only_database_gets_exit_code_three(sentinel: Sentinel, home: Path) -> None:
    (home / "store.db").write_bytes(b"not a database at all, but long enough to be read as one" * 9)
    result = sentinel("setup")
    assert result.exit_code == 3
    assert "不是数据库" in result.stderr


def test_keys_are_kept_sealed_and_never_shown(sentinel: Sentinel, home: Path) -> None:
    sentinel("setup")
    sentinel("accounts", "import", written(home, "台账.csv", LEDGER))
    secret = "s3cret-value"
    done = sentinel(
        "credentials", "set", "--platform", "微信", "--account", "demo_1", "appid=wx1",
        f"secret={secret}",
    )  # fmt: skip
    assert done.exit_code == 0
    listed = sentinel("credentials", "list")
    assert "平安临江(演示)" in listed.stdout
    assert secret not in listed.output
    assert secret.encode() not in (home / "store.db").read_bytes()
    assert (
        sentinel("credentials", "remove", "--platform", "微信", "--account", "demo_1").exit_code
        == 0
    )
    assert sentinel("credentials", "list").stdout == ""


def test_a_backup_put_back_is_the_same_store(sentinel: Sentinel, home: Path) -> None:
    sentinel("setup")
    sentinel("accounts", "import", written(home, "台账.csv", LEDGER))
    assert sentinel("backup", str(home / "copy.db")).exit_code == 0
    assert sentinel("backup", str(home / "copy.db")).exit_code == 2
    sentinel("load", written(home, "数据.csv", POSTS), "--register")
    assert "甲(演示)" in sentinel("accounts", "list").stdout
    assert sentinel("restore", str(home / "copy.db")).exit_code == 0
    assert "甲(演示)" not in sentinel("accounts", "list").stdout
    assert "平安临江(演示)" in sentinel("accounts", "list").stdout


def test_the_audit_chain_is_verified_and_the_examination_passes(sentinel: Sentinel) -> None:
    sentinel("setup")
    assert sentinel("audit", "verify").exit_code == 0
    ill = sentinel("doctor", "--format", "json")
    document = json.loads(ill.stdout)
    named = {each["where"] for each in document["checks"] if each["level"] == "注意"}
    assert (ill.exit_code, document["sound"], "备份" in named) == (1, False, True)
    assert sentinel("backup").exit_code == 0
    again = sentinel("doctor")
    assert not [line for line in again.stdout.splitlines() if line.startswith("注意  备份")]
    assert again.exit_code == (1 if "注意  " in again.stdout else 0)
