"""The page of platforms: names, readers, their limits, and what was never confirmed."""

from markdown import table

from monitor.collect.platform import READERS, Reader
from monitor.domain.account import ALIASES, PLATFORMS


def platforms() -> str:
    """Platforms by id and name, the readers there are, and the limits they keep to."""
    rows = []
    for identity, name in PLATFORMS.items():
        others = "、".join(alias for alias, target in ALIASES.items() if target == identity)
        readers = "、".join(f"`{each.name}`" for each in READERS if identity in each.serves)
        rows.append((f"`{identity}`", name, others, readers, "是"))
    return "\n\n".join(
        [
            "# 平台",
            "“接口”是可用的采集接口代码,需要授权;“文件”指后台导出或通用模板,所有平台都可用。",
            table(("代码", "平台", "也可写作", "接口", "文件"), rows),
            "## 采集接口",
            "“账号授权项”逐个账号登记,“共用授权项”整个接口登记一次"
            "(`sentinel credentials set --platform 代码`)。",
            table(
                ("代码", "接口", "适用平台", "账号授权项", "共用授权项", "已知额度"),
                map(_reader, READERS),
            ),
            "## 未在真实平台上核实的内容",
            "各接口只对照公开文档,在本机的替身服务器上试过,都还没有用真实账号核实。以下各点文档没有写明"
            "或说法不一,接通真实平台时请逐条核对:",
            "\n".join(f"- {each.title}:{'；'.join(each.unconfirmed)}。" for each in READERS),
        ]
    )


def _reader(reader: Reader) -> tuple[str, ...]:
    limits = [f"每个{each.per.value}{each.window.value}{each.most}次" for each in reader.allowances]
    served = "、".join(PLATFORMS[each] for each in sorted(reader.serves))
    keys = ("、".join(reader.secret_names), "、".join(reader.shared_names))
    return (f"`{reader.name}`", reader.title, served, *keys, "、".join(limits))
