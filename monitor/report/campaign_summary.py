"""The closing report 协同发声总结 of a campaign: speed, completeness, reach, burden, and others."""

from typing import Any, Final

from monitor.domain.campaign import Kind
from monitor.domain.campaign_review import Burden, Effect, Past, Review
from monitor.domain.instants import MINUTE, say_minute, shanghai_day
from monitor.report import wording

NONE: Final = "—"
DRILL: Final = "【演练】"
BASIS: Final = "免发、无法核验的不计入比例"


def values(review: Review, office: str, now: int) -> dict[str, Any]:
    """What stands in the paper, by the names its template uses, at `now` (seconds)."""
    itself = review.itself
    return {
        "标题": f"《{titled(itself)}》协同发声总结",
        "概况": _asked(review, now),
        "速度": speed(review),
        "完成": completeness(review),
        "传播": effects(review),
        "负担": burdened(review.burden),
        "免发": excused(review),
        "比较": [_row(each) for each in (itself, *review.beside)],
        "演练": drills(review),
        "落款": office,
        "日期": str(shanghai_day(now)),
    }


def told(review: Review) -> tuple[tuple[str, str], ...]:
    """The sentences, each under what it is about."""
    return (
        ("发布速度", speed(review)),
        ("完成情况", completeness(review)),
        ("传播情况", effects(review)),
        ("基层负担", burdened(review.burden)),
        ("免发", excused(review)),
    )


def titled(past: Past) -> str:
    """The title; a drill is marked wherever it stands."""
    return f"{DRILL if past.drill else ''}{past.title}"


def _asked(review: Review, now: int) -> str:
    itself = review.itself
    return (
        f"{itself.number},{itself.kind.value},{say_minute(itself.issued_at)}下达,应发账号{itself.asked}个。"
        f"以下数字截至{say_minute(now)}。"
    )


def speed(review: Review) -> str:
    """How long after the first; those who have not published are counted as such."""
    itself = review.itself
    if review.fastest is None:
        return "尚无账号发布。"
    return (
        f"首发后半数账号用时{minutes(itself.median)},九成账号用时{minutes(itself.ninetieth)}"
        f"(未发布的按至今未发布计入);在截止前发布{wording.share(itself.in_time)}。"
    )


def completeness(review: Review) -> str:
    """How many of whom, with what the rate is out of."""
    known = review.itself.asked - review.excused - review.unknown
    return (
        f"已发布{review.published}个,占{wording.share(review.itself.share)}({review.published}/{known},{BASIS});"
        f"未发布{review.missing}个,超时补发{review.late}个,准予免发{review.excused}个,"
        f"无法核验{review.unknown}个(数据不足,不代表没有发布)。"
    )


def effects(review: Review) -> str:
    """Reach and response against the accounts' own normal."""
    if not review.reach.published:
        return "尚无账号发布。"
    return (
        f"阅读播放{_effect(review.reach)};互动{_effect(review.response)}。"
        "每个账号只与自己近90天的中位数比,不同账号不相比;数字取发布满2天后最近一次取得的。"
    )


def _effect(found: Effect) -> str:
    covered = f"可比{found.measured}个/已发布{found.published}个"
    if found.middle is None or found.lower is None or found.upper is None:
        return f"数据不足,暂不比较({covered})"
    half = f"中间一半在{found.lower:.2f}—{found.upper:.2f}倍"
    return f"为各账号平时的{found.middle:.2f}倍(中位;{half},{covered})"


def burdened(burden: Burden) -> str:
    """What it asked of the units."""
    if burden.middle is None:
        return "没有任务。"
    spent = NONE if burden.hours is None else f"{burden.hours:.1f}小时"
    return (
        f"涉及单位{burden.units}个,每单位任务中位{burden.middle:g}项、最多{burden.most}项;"
        f"从轮到发布至最后一项办完,每单位中位{spent}。"
    )


def excused(review: Review) -> str:
    """Why some were excused, the commonest first."""
    told = "、".join(f"{reason}({count}个)" for reason, count in review.excuses)
    return f"准予免发{review.excused}个:{told}。" if told else f"准予免发{review.excused}个。"


def drills(review: Review) -> str:
    """Exercises beside real events; '' where only one sort is there."""
    every = (review.itself, *review.beside)
    sides = [[each for each in every if each.drill], [each for each in every if not each.drill]]
    if not all(sides):
        return "本次没有可以同演练对照的记录。"
    told = [
        f"{name}{len(some)}次,半数用时{minutes(_typical([each.median for each in some]))},"
        f"截止前发布{wording.share(_typical([each.in_time for each in some]))}"
        for name, some in zip(("演练", "实战"), sides, strict=True)
    ]
    return f"{';'.join(told)}(均为各次的中位,没有到半数的不计入)。"


def _typical(found: list[Any]) -> Any:
    """The middle one of those there are, the lower of two; None of nothing."""
    known = sorted(each for each in found if each is not None)
    return known[(len(known) - 1) // 2] if known else None


def minutes(seconds: int | None) -> str:
    """Whole minutes; a dash where it was not seen to come to that."""
    return NONE if seconds is None else f"{seconds // MINUTE}分钟"


COLUMNS: Final = ("协同", "下达", "应发", "已发布", "截止前", "半数用时", "九成用时")


def _row(past: Past) -> dict[str, str]:
    return dict(zip(COLUMNS, cells(past), strict=True))


def cells(past: Past) -> tuple[str, ...]:
    """One campaign as a row of the comparison, under COLUMNS."""
    return (
        titled(past),
        str(shanghai_day(past.issued_at)),
        f"{past.asked}",
        wording.share(past.share),
        wording.share(past.in_time),
        minutes(past.median),
        minutes(past.ninetieth),
    )


SAMPLE: Final = Review(
    Past("协同〔2026〕001号", "某项提示", Kind.WARNING, 0, 2, 0.5, 0.5, 600, None),
    *(0, 1, 0, 0, 1, 0),
    Effect(1, 1, 1.0, 1.0, 1.0),
    Effect(1, 0),
    Burden(1, 1.0, 1, 1.0),
)
"""What a template is tried against."""
