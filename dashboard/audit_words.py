"""How 审计 names what was acted upon: entries keep kinds and ids, the screen says them in words."""

from collections.abc import Mapping
from typing import Final

from dashboard import say, wizard
from monitor.actions import exporting

KINDS: Final[Mapping[str, str]] = {
    "account": "账号",
    "approval": "审批",
    "ask_letter": "催补函",
    "assessment": "考核",
    "assessment_manual": "考核评分",
    "assessment_objection": "考核异议",
    "bulletin": "通报",
    "bundle": "数据包",
    "burden_allowance": "基层负担",
    "campaign": "协同发声",
    "campaign_file": "协同附件",
    "campaign_invitation": "自愿参与",
    "campaign_letter": "协同告知",
    "campaign_stop": "紧急停发",
    "campaign_task": "协同任务",
    "case": "整改单",
    "clearing": "清理排查",
    "contact": "联系方式",
    "data_hold": "留存",
    "deputy": "B岗",
    "duty": "值班安排",
    "excuse": "同意停更",
    "form": "表格回收",
    "form_round": "表格分发",
    "incident": "异常",
    "interpretation_list": "政策解读清单",
    "job": "后台任务",
    "key": "密钥",
    "layout": "导入版式",
    "ledger": "台账",
    "liaison": "联络员",
    "manuscript": "稿件",
    "message": "留言",
    "number_hint": "数据提示",
    "objection": "考核异议",
    "officer": "民警",
    "pass": "采集轮次",
    "person": "人员",
    "purge_receipt": "清理凭据",
    "receipt_link": "签收链接",
    "report_task": "填报任务",
    "report_week": "填报",
    "robot": "群机器人",
    "roster": "名册",
    "route": "采集方式",
    "rule_fallback": "规则停用",
    "rulebook_draft": "认定标准",
    "rulebook_term": "认定标准生效",
    "scheme_revision": "考核方案",
    "setting": "设置",
    "table": "表格",
    "unit": "单位",
    "word_hint": "词语提示",
    "word_list": "词表",
}
TABLES: Final[Mapping[str, str]] = {
    **exporting.TABLES,
    "accounts": "账号台账",
    "audit": "审计记录",
    "patrol": "巡查表",
}


def matter(kind: str, key: str, name: str) -> str:
    """What an entry is about: its kind, and its name of today or its number."""
    if not kind:
        return say.NONE
    words: Mapping[str, str] = TABLES if kind == "table" else {}
    if kind == "setting":
        words = {step.value: title for step, title in wizard.TITLES.items()}
    return f"{KINDS.get(kind, '其他')} {name or words.get(key, key)}".strip()
