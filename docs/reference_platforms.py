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
            "## 只能用一次的更新令牌",
            "哔哩哔哩的更新令牌用一次就换新:新令牌先存入数据库,再拿去使用,几个进程之间只有一个去换。仍有一处保不住:"
            "平台已经换出新令牌、本机还没来得及存下就断电或被强行结束,新令牌就此丢失,旧的也已作废。"
            "没有哪个程序能补上,只能由账号管理员重新授权。系统在下一轮采集就会发现:该账号的授权记为“已失效”,排在"
            "「采集-授权」最前面,本轮记为“需重新授权”,已有结论不变;管理员在那里生成授权链接发给账号管理员即可。",
            "## 抖音的应用令牌",
            "抖音的 client_token 只用于不代表某个账号的接口;本系统读取的各项都凭账号授权的令牌,"
            "因此不申请它。",
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
