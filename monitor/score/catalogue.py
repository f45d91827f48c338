"""The catalogue 测量项目: what can be measured of a unit's official accounts, and in what unit.

Nothing in it is about a person, and nothing asks how many were made to like or forward: both are
forbidden by the province's rules. What no machine measures is 人工: evidence and two reviewers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from monitor.domain.scheme import Pool

MANUAL: Final = "人工"
"""The measure of a line that people fill in; its key in the frame is `人工:<id of the line>`."""
UNTAKEN: Final = ("点赞", "转发", "跟评", "评论任务", "集赞", "刷票")
"""Words of what is never asked of anybody: no manual line may be named by them."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One thing that can be measured: its key, the symbol of its unit, how it is counted, and how
    those of several accounts become one."""

    key: str
    symbol: str
    counted: str
    pool: Pool
    lower_is_better: bool = False


def _of(
    symbol: str, pool: Pool, *rows: tuple[str, str], lower: bool = False
) -> Iterator[Measurement]:
    for key, counted in rows:
        yield Measurement(key, symbol, counted, pool, lower)


_POSTS = (
    ("作品数", "统计期内发布、至今可见的作品,同一内容一个单位计一次"),
    ("原创作品数", "作品数中平台标明为原创(微博原发、哔哩哔哩自制)的"),
    ("头条作品数", "微信同次发出的文章中的第一条"),
    ("便民与防范作品数", "按词表归为办事指南、安全防范的作品"),
    ("推送次数", "微信群发次数"),
)
_PEOPLE = (
    ("阅读数", "作品阅读次数,10万+按100001计"),
    ("播放数", "视频播放次数"),
    ("点赞数", "平台公布的点赞次数"),
    ("在看数", "平台公布的在看、推荐次数"),
    ("评论数", "平台公布的评论次数"),
    ("分享数", "平台公布的转发、分享次数"),
    ("收藏数", "平台公布的收藏次数"),
)
_FANS = (("粉丝数", "期末粉丝数"), ("粉丝净增数", "期末减期初,可为负"))
_RATES = (
    ("有发布周率", "有1条以上作品的周数/周数"),
    ("便民与防范周率", "有2条以上便民与防范作品的周数/周数,每周至多计2条"),
    ("原创率", "原创作品数/平台标明是否原创的作品数"),
    ("工作时间外发布率", "非工作时间发布的作品数/作品数"),
    ("解读发布率", "已发布解读数/应解读数"),
    ("来源规范率", "标明文号或原文链接和转载来源的件数/抽查件数"),
    ("受理及时率", "1个工作日内受理或48小时内先行答复件数/应受理件数"),
    ("按期办结率", "按期办结件数/应办结件数,经批准的延期按新期限"),
    ("回复率", "评论中已回复数/收到数;平台不给的,按填报的留言数计并注明自报"),
    ("群众满意率", "满意数/评价数"),
    ("互动功能有效率", "有一种以上有效互动方式的账号数/账号数"),
    ("服务入口有效率", "可用的链接、菜单项/提供的链接、菜单项,主账号"),
    ("协同响应率", "期限内已发布数/(应发-免发-无法核验)"),
    ("整改按期率", "按期销号件数/应销号件数"),
    ("台账真实率", "核对相符的台账项/抽查的台账项"),
    ("健康达标率", "更新和互动达标的账号数/可认定账号数"),
    ("内容不更新账号占比", "已核实内容不更新、无有效互动的账号数/账号数"),
)
_SCORES = (
    ("解读时效得分率", "每件按发布距文件印发的工作日计分后平均,0至1"),
    ("阅读与自身中位数之比", "本季中位阅读(播放)/前四季自身中位数,分平台"),
)
PARTS: Final = "分期得分"
"""The totals of the shorter periods a scheme names under `parts`."""
_TIMES = (
    ("回复用时中位", "评论收到至回复的中位时长,自然小时"),
    ("首次答复用时中位", "评论收到至首次答复的中位时长,自然小时"),
    ("协同响应用时中位", "下达至发布的中位时长,小时"),
)
_RECORD = (
    ("内容不更新账号数", "已核实的内容不更新、无有效互动的账号"),
    ("僵尸未处置账号数", "僵尸、从未更新且期限已过仍未处置的账号"),
    ("安全类否决数", "经核实的严重表述错误、泄密、不良链接、弄虚作假、买粉或强制点赞"),
    ("填报不实数", "经人工认定的不实填报"),
    ("未备案账号数", "未备案、更名未备案的账号"),
    ("多头账号数", "一个单位在同一平台多开的账号"),
    ("整改逾期数", "逾期未销号的整改单"),
    ("留言逾期数", "逾期未办结的留言"),
    ("监测未更新周数", "没有更新的周数"),
)
_GOOD = (("关停合并账号数", "经批准关停、合并的账号"),)
INDICES: Final = (
    ("WCI 2.0", "清博微信传播指数2.0版"),
    ("WCI 11", "清博微信传播指数11版"),
    ("WCI 12", "清博微信传播指数12版"),
    ("WCI 13", "清博微信传播指数13版"),
    ("WCI 14.2 不含转发", "清博微信传播指数14.2版,85/9/6"),
    ("WCI 14.2 含转发", "清博微信传播指数14.2版,70/9/6/15"),
    ("BCI", "清博微博传播指数"),
    ("BCI 简式", "数据知识产权登记的微博传播指数简式"),
    ("DCI 新增89", "清博抖音传播指数,成长项新增粉丝0.89、总粉丝0.11"),
    ("DCI 新增11", "清博抖音传播指数,成长项新增粉丝0.11、总粉丝0.89"),
    ("BVCI", "清博哔哩哔哩传播指数2.0版"),
    ("QSCI", "清博QQ公众号传播指数1.0版"),
    ("NRI", "新榜指数"),
)
_WRONG = {"内容不更新账号占比"}

MEASUREMENTS: Final = {
    each.key: each
    for each in (
        *_of("条", Pool.SUM, *_POSTS),
        *_of("次", Pool.SUM, *_PEOPLE),
        *_of("人", Pool.SUM, *_FANS),
        *(Measurement(key, "%", said, Pool.RATIO, key in _WRONG) for key, said in _RATES),
        *_of("", Pool.MEDIAN, *_SCORES),
        *_of(
            "分",
            Pool.MEAN,
            (PARTS, "各分期(如四个季度)审定的最终得分,取平均;分期写在方案的parts里"),
        ),
        *_of("小时", Pool.MEDIAN, *_TIMES, lower=True),
        *_of("个", Pool.SUM, *_RECORD, lower=True),
        *_of("个", Pool.SUM, *_GOOD),
        *_of("点", Pool.MEAN, *INDICES),
    )
}
"""Every measurement by its key."""
COOPERATION: Final = frozenset({"协同响应率", "协同响应用时中位"})
"""No public rubric gives co-operation a weight: it is shown, scored only if an office says so."""
MOST_FOR_COOPERATION: Final = 10.0


def reviewed(line: str) -> str:
    """The key of the points a line was granted after an objection; they stand for its measure."""
    return f"复核:{line}"


def brought(line: str) -> str:
    """The key of what a line brings over from the last period."""
    return f"结转:{line}"


def manual(line: str) -> str:
    """The key of what people fill in for a line."""
    return f"{MANUAL}:{line}"
