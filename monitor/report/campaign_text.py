"""协同发声 as one text: what is approved and signed for, word for word, and texts for a group."""

from collections.abc import Iterator, Mapping
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.campaign import Aim, Content, File
from monitor.domain.instants import say_minute
from monitor.domain.manuscript import Text

DRILL: Final = "【演练】"


def text(content: Content, places: Mapping[str, str]) -> Text:
    """The manuscript of a campaign; `places` are names of regions and units by code."""
    platforms = content.aim.platforms or tuple(platform for platform, _ in content.texts)
    body = "\n".join(_lines(content, places))
    title = f"{marked(content)}{content.title}"
    return Text(content.kind.sort, title, body, tuple(sorted(set(platforms))), content.embargo)


def marked(content: Content) -> str:
    """What stands before the title of a drill, wherever it is shown; '' for anything else."""
    return DRILL if content.kind.value == "演练" else ""


def to_publish(content: Content, platform: str) -> str:
    """What may be published on a platform, and not before when."""
    early = "" if content.embargo is None else f"{say_minute(content.embargo)}前不得发布。\n"
    return f"{early}{dict(content.texts).get(platform) or content.body}"


def aimed(aim: Aim, places: Mapping[str, str]) -> str:
    """The aim in words: each condition, or 全部."""
    said = [
        "、".join(places.get(each, each) or "省级" for each in aim.regions),
        "、".join(aim.levels),
        "、".join(f"{each}条线" for each in aim.lines),
        "、".join(PLATFORMS.get(each, each) for each in aim.platforms),
        "主账号" if aim.main else "",
        "重点账号" if aim.key else "",
        "无疑似问题" if aim.healthy else "",
        f"粉丝不少于{aim.reach:,}人" if aim.reach else "",
    ]
    return ";".join(each for each in said if each) or "全部在用官方账号"


def _lines(content: Content, places: Mapping[str, str]) -> Iterator[str]:
    yield f"类型:{content.kind}    首发方式:{content.order}"
    yield from _optional(
        ("首发单位:", places.get(content.first, content.first)),
        ("批次间隔(省厅、市州、县级依次),分钟:", str(content.gap or "")),
        ("截止:", say_minute(content.due)),
        ("不早于:", "" if content.embargo is None else say_minute(content.embargo)),
        ("发布对象:", aimed(content.aim, places)),
        ("任务说明:", content.brief),
        ("解读文件:", content.document),
        *((f"{name}:", said) for name, said in content.facts.said()),
        ("发布内容:\n", content.body),
        *((f"{PLATFORMS.get(each, each)}文案:\n", said) for each, said in content.texts),
        ("官方链接:", " ".join(content.links)),
        ("附件:", "；".join(map(_file, content.files))),
        ("话题:", " ".join(f"#{each}#" for each in content.tags)),
        ("可改动:", "、".join(content.changes) or "不得改动"),
        ("评论设置:", content.comments.value),
        ("评论设置的理由:", content.comments_why),
        ("联系人:", content.contact),
    )


def _file(file: File) -> str:
    """A file with its hash: what is signed is signed for these very bytes."""
    return f"{file.name}({file.size:,}字节,校验码{file.sha256})"


def _optional(*said: tuple[str, str]) -> Iterator[str]:
    yield from (f"{name}{text}" for name, text in said if text)
