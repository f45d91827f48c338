"""The page of 考核方案: what ships, what is measured, how it becomes points, and the indices."""

import json

from markdown import table

from monitor.collect import shelf
from monitor.domain.scheme import Method, Scheme
from monitor.score import schema as json_schema
from monitor.score import scheme as schemes_read
from monitor.score.catalogue import MEASUREMENTS
from monitor.score.index import INDICES
from monitor.settings import ROOT

METHODS = {
    Method.TARGET: "实测值/target,至多满分",
    Method.LINEAR: "low_at 处得 low_points(不写为0),full_at 处满分,其间按直线;可以反向",
    Method.BANDS: "bands 由好到差,写 at_least(越大越好)或 at_most(越小越好)和 points",
    Method.MINMAX: "(实测值-low)/(high-low),上下限固定,不随参评单位变化",
    Method.LOG: "ln(实测值+1)/ln(full_at+1),至多满分",
    Method.PERCENTILE: "在同组中的百分位;同组不足 least_peers(默认5)个的为样本不足",
    Method.RANKED: "points 依次为同组第1名、第2名……的得分,并列取高者",
    Method.EACH: "每个 each 分,至多满分;可用 items 写几样",
    Method.PERCENT: "比率每高于 base 一个百分点得 each 分",
    Method.TASK: "满分减去缺口比例乘 multiple;上期缺口(carried)一并计入任务",
    Method.DEDUCT: "满分减去每个 each 分,扣完为止;可用 items 写几样",
    Method.PLAIN: "实测值乘 weight,没有满分;用于指数",
}


def schemes() -> str:
    """Schemes that ship, measurements, methods and indices."""
    paths = sorted((ROOT / "data" / "schemes").glob("*.yaml"))
    parts = [
        "# 考核方案",
        "方案是数据,放在 `data/schemes/`。怎么照纸面办法写一个方案,见"
        "[写考核方案](../how-to/scheme.md);编辑器可用[JSON Schema](考核方案.schema.json)检查。",
        "协同响应只列出作参考,不得超过10分;不测量、也不得人工填报干警或群众的点赞、转发、跟评。",
    ]
    parts += [_scheme(path.name, schemes_read.parse(shelf.read(path).mapping)) for path in paths]
    measured = [(each.key, each.symbol, each.pool, each.counted) for each in MEASUREMENTS.values()]
    methods = [(each, METHODS[each]) for each in Method]
    indices = [(each.key, each.confidence, each.basis, "、".join(each.inputs)) for each in INDICES]
    parts += [
        "## 测量项目",
        "此外写 `人工` 的由人填写,须有佐证和两名考核人。",
        table(("项目", "单位", "几个账号怎样合成", "计法"), measured),
        "## 计分办法",
        table(("办法", "怎么算"), methods),
        "## 传播指数",
        "可信程度:A 发布者原文或复现其公布数值,B 两个独立实现一致,C 只有一个实现或来源不一致。"
        "没有公开公式的不编。"
        "显示“10万+”的按100001计;周7天、月30天、年365天,其他按实际天数;缺一项数据就没有指数,不按0算。",
        table(("指数", "可信程度", "依据", "用到的数据"), indices),
    ]
    return "\n\n".join(parts)


def _scheme(name: str, found: Scheme) -> str:
    head = f"## {found.title}\n\n`{name}`,第{found.version}版,{found.rank}。来源:{found.source}。"
    rows = [
        (part.name, line.id, line.name, f"{line.max:g}", line.scoring.method)
        for one in (found, *(sub for _, sub in found.subs))
        for part in one.sections
        for line in part.indicators
    ]
    weights = "、".join(f"{sub.title}{weight:g}%" for weight, sub in found.subs)
    said = [head, f"由几个方案组成:{weights}。" if weights else ""]
    said.append(table(("一级指标", "编号", "二级指标", "满分", "计分办法"), rows))
    return "\n\n".join(each for each in said if each)


def schema() -> str:
    """The JSON Schema as it is published."""
    return json.dumps(json_schema.schema(), ensure_ascii=False, indent=1) + "\n"
