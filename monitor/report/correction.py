"""通报更正: what was wrong in an issued bulletin, beside which it stands."""

from collections.abc import Mapping, Sequence
from typing import Any


def values(original: Mapping[str, Any], number: str, said: Sequence[str]) -> dict[str, Any]:
    """The correction of a bulletin `number`; `said` are what is corrected, and whom to call."""
    return {
        "标题": f"关于更正《{original['标题']}》部分内容的通报",
        "主送": original["主送"],
        "原文号": number,
        "更正": said[0],
        "联系人": said[1],
        "落款": original["落款"],
        "印发范围": original["印发范围"],
        "文号": "",
        "日期": "",
    }


def text(values: Mapping[str, Any]) -> str:
    """The whole paper as text: what an approval signs."""
    lines = [values["主送"], f"{values['原文号']}通报的下列内容有误,现予更正:", values["更正"]]
    return "\n".join([*lines, f"联系人及电话:{values['联系人']}"])
