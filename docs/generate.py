"""Writes docs/reference from the product itself; `--check` only says whether it is current."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from markdown import table
from reference_options import options
from reference_platforms import platforms
from reference_schemes import schema, schemes

from dashboard.page import PAGES, SECTIONS
from monitor.__main__ import app
from monitor.access.permissions import GIVES
from monitor.access.permissions import TABLE as RIGHTS
from monitor.collect import shelf
from monitor.collect.ledger_columns import HEADERS, REQUIRED
from monitor.deliver.channel import CHANNELS
from monitor.domain.account import PLATFORMS
from monitor.domain.person import Permission, Role
from monitor.domain.robot import ROBOTS
from monitor.domain.rulebook import Rulebook
from monitor.judge import rulebook as rulebooks
from monitor.judge.rule import RULES
from monitor.report import places, tables
from monitor.settings import ROOT

FOLDER = ROOT / "docs" / "reference"
DATA = ROOT / "data"
STALE = 1


def _sheets(folder: str) -> list[tuple[str, Mapping[str, Any]]]:
    paths = sorted((DATA / folder).glob("*.yaml"))
    return [(path.name, shelf.read(path).mapping) for path in paths]


def standards() -> str:
    """Rulebooks with their thresholds, sources and ranks; and the rules there are."""
    parts = [
        "# 认定标准",
        "标准是数据,放在 `data/rulebooks/`,每个数值都写明来源和级别。改动数值时把 `version` 加1。",
    ]
    for name, mapping in _sheets("rulebooks"):
        parts.append(_standard(name, rulebooks.parse(mapping)))
    rows = [(rule.name, rule.version, "、".join(sorted(rule.parameters)) or "无") for rule in RULES]
    parts += ["## 全部规则", table(("规则", "版本", "可设参数"), rows)]
    return "\n\n".join(parts)


def _standard(name: str, book: Rulebook) -> str:
    kind = "上级口径" if book.upper else "本厅口径"
    excused = "、".join(sorted(book.excused_kinds)) or "无"
    never = [book.never_updated] if book.never_updated else []
    classes = [
        (each.name, _days(each.over_seconds), each.outcome, each.source, each.rank)
        for each in (*book.classes, *never)
    ]
    rules = [(terms.rule, terms.outcome, terms.source, terms.rank) for terms in book.terms.values()]
    return "\n\n".join(
        [
            f"## {book.title}",
            f"`{name}`,第{book.version}版,{kind},自{book.valid_from}起。来源:{book.source}。",
            f"不计入静默的情形:{excused}。{_grace(book)}",
            table(("分级", "超过(天)", "结论", "来源", "级别"), classes),
            table(("规则", "结论", "来源", "级别"), rules),
            *_variants(book),
        ]
    )


def _variants(book: Rulebook) -> list[str]:
    """What is asked otherwise of some accounts; nothing where the rulebook asks the same of all."""
    if not book.variants:
        return []
    rows = [
        (
            each.title,
            "、".join(PLATFORMS[name] for name in sorted(each.platforms)) or "全部",
            "、".join(sorted(each.levels)) or "全部",
            "、".join(sorted(each.types)) or "全部",
            "、".join(f"{one.name} {_days(one.over_seconds)}" for one in each.book.classes[1:]),
            each.source,
            each.rank,
        )
        for each in book.variants
    ]
    columns = ("分类", "平台", "层级", "账号类型", "超过(天)", "来源", "级别")
    return ["分平台、层级、类型另有期限的(前面的优先):", table(columns, rows)]


def _grace(book: Rulebook) -> str:
    grace = book.grace
    if grace is None:
        return ""
    return f"开设不超过{_days(grace.seconds)}天的账号不纳入({grace.source};{grace.rank})。"


def _days(seconds: int) -> str:
    return f"{seconds / 86400:g}"


def layouts() -> str:
    """Every layout a file may be read by, with its columns."""
    parts = [
        "# 导入版式",
        "版式是数据,放在 `data/layouts/`。“能证明没有发布”指文件按版式含有统计期内的全部作品。",
    ]
    for name, mapping in _sheets("layouts"):
        whole = "能" if mapping.get("complete") else "不能"
        platform = PLATFORMS.get(mapping["platform"], "由“平台”列写明")
        parts.append(
            f"## {mapping['title']}\n\n`{mapping['name']}`(`{name}`),平台:{platform}。"
            f"来源:{mapping.get('source', '未写明')}。能证明没有发布:{whole}。"
        )
        rows = [
            ("、".join(map(str, each["names"])), "是" if each.get("required") else "")
            for each in mapping["columns"]
        ]
        parts.append(table(("列名(任写其一)", "必有"), rows))
    return "\n\n".join(parts)


def columns() -> str:
    """Columns of every file that goes in or out."""
    parts = [
        "# 表格列",
        "CSV 为带 BOM 的 UTF-8,换行为 CRLF,第一行为表头。空白为没有数据,0为零。时间为北京时间。",
        "## 台账(导入、导出)",
        f"必填:{'、'.join(REQUIRED)}。列的顺序不限。",
        "、".join(HEADERS),
    ]
    for title, names in (
        ("问题清单(`export problems`)", tables.PROBLEM_COLUMNS),
        ("暂不作认定(`export undecided`)", tables.UNDECIDED_COLUMNS),
        ("健康(`export health`)", tables.HEALTH_COLUMNS),
        ("分地区情况(`export places`)", places.COLUMNS),
    ):
        parts += [f"## {title}", "、".join(names)]
    return "\n\n".join(parts)


def commands() -> str:
    """Every command with its arguments and options."""
    parts = [
        "# 命令",
        "程序是 `.venv/bin/sentinel`。退出码:0 完成;1 体检、审计核验不通过或有被拒收的行;"
        "2 用法或输入有误;3 无法运行。",
    ]
    for path, command in _walk(("sentinel",), typer.main.get_command(app)):
        rows = [
            (_usage(each), "必填" if each.required else "", getattr(each, "help", "") or "")
            for each in command.params
            if each.name != "help"
        ]
        parts.append(f"## `{' '.join(path)}`\n\n{command.help or ''}")
        if rows:
            parts.append(table(("参数", "", "说明"), rows))
    return "\n\n".join(parts)


def _walk(path: tuple[str, ...], command: Any) -> Iterable[tuple[tuple[str, ...], Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield path, command
        return
    for name, child in children.items():
        if not child.hidden:
            yield from _walk((*path, name), child)


def _usage(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.name.upper()}`"
    return "、".join(f"`{each}`" for each in parameter.opts)


def pages() -> str:
    """The desk's pages, by section."""
    found = sorted(PAGES, key=lambda each: (SECTIONS.index(each.section), each.order))
    rows = [(each.section, each.title, f"`/{each.slug}`", each.permission.value) for each in found]
    return "\n\n".join(["# 页面", table(("栏目", "页面", "地址", "需要的权限"), rows)])


def rights() -> str:
    """Who may do what: the permission table, and who gives which role."""
    rows = [
        (each.value, *("●" if each in RIGHTS[of] else "" for of in Role)) for each in Permission
    ]
    gives = [(of.value, "、".join(each for each in Role if each in to)) for of, to in GIVES.items()]
    said = "每项权限只在授予它的角色的管理范围内有效。B岗代行期间另加被代者的权限。"
    table_of = table(("权限", *Role), rows)
    given = table(("管理人员", "可授予的角色(范围不超出本人管理范围)"), gives)
    return "\n\n".join(["# 角色与权限", said, table_of, given])


def channels() -> str:
    """The ways a letter leaves the house."""
    said = {
        "email": "按 `[mail]` 的设置用 SMTP 发送",
        "folder": "写到文件夹,供预览和手工转发",
        "webhook": "通用接口:按 `robots.webhook.base_url` 开头的地址,推送签名的 JSON",
        **{name: f"{title}群机器人" for name, title in ROBOTS.items() if name != "webhook"},
    }
    rows = [(f"`{name}`", said.get(name, "")) for name in CHANNELS.names()]
    return "\n\n".join(["# 发送渠道", table(("渠道", "说明"), rows)])


WRITERS: Mapping[str, Callable[[], str]] = {
    "认定标准.md": standards,
    "导入版式.md": layouts,
    "platforms.md": platforms,
    "表格列.md": columns,
    "命令.md": commands,
    "页面.md": pages,
    "角色与权限.md": rights,
    "发送渠道.md": channels,
    "设置.md": options,
    "考核方案.md": schemes,
}
SCHEMA = "考核方案.schema.json"
"""What an editor checks a scheme with; no page, so no note stands in it."""


def written() -> dict[str, str]:
    """The text of every page of the reference, by file name."""
    note = "<!-- 由 docs/generate.py 生成,请勿手工修改;用 make docs 重新生成。 -->"
    pages = {name: f"{note}\n\n{write()}\n" for name, write in WRITERS.items()}
    return {**pages, SCHEMA: schema()}


def stale(folder: Path = FOLDER) -> list[str]:
    """Pages that are missing, differ from what the product says, or belong to nothing."""
    fresh = written()
    found = [*folder.glob("*.md"), *folder.glob("*.json")]
    there = {path.name: path.read_text("utf-8") for path in found}
    return sorted(name for name in fresh | there if fresh.get(name) != there.get(name))


def main(arguments: Sequence[str]) -> int:
    """Write the reference, or with --check say what is out of date."""
    if "--check" in arguments:
        out = stale()
        for name in out:
            sys.stderr.write(f"docs/reference/{name} is not current: run `make docs`\n")
        return STALE if out else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.md"):
        path.unlink()
    for name, text in written().items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
