"""Who is who in the invented province: one line per unit, one word per account.

A word reads `platform.role+mark+mark`. The role is the account's rhythm (`rhythms.ROLES`; steady
where none is said). Marks: a fault of the interface (unauthorized, expired, revoked, delay), what
hinders other sources (late: its export is overdue, nosource, noid), what the registry says
(unfiled, renamed, closed, announced, lost, paused, personal, second) and what the account offers
(mute: no way to speak, bare: no service menu).
"""

from typing import Final

PROVINCE: Final = "wechat douyin weibo channels toutiao kuaishou"

REAL: Final = """
荆楚交警 | wechat douyin weibo
湖北禁毒 | wechat weibo
荆楚出入境 | wechat
湖北反诈 | wechat douyin channels
武汉 | wechat douyin weibo channels toutiao kuaishou bilibili+nosource
黄石 | wechat douyin weibo channels
十堰 | wechat douyin weibo toutiao
宜昌 | wechat douyin weibo channels kuaishou
襄阳 | wechat douyin weibo channels toutiao
鄂州 | wechat douyin weibo+nosource
荆门 | wechat douyin weibo
孝感 | wechat douyin weibo channels+late
荆州 | wechat douyin weibo channels toutiao xiaohongshu+nosource
黄冈 | wechat douyin weibo channels kuaishou
咸宁 | wechat douyin weibo.hint
随州 | wechat douyin weibo+late
恩施州 | wechat douyin weibo channels toutiao
仙桃 | wechat.hint douyin
潜江 | wechat douyin weibo+nosource+noid
天门 | wechat douyin
神农架 | wechat+unauthorized douyin.hint
武昌 | wechat douyin weibo
黄陂 | wechat douyin
大冶 | wechat douyin weibo+nosource
丹江口 | wechat douyin.hint channels
远安 | wechat+expired douyin
宜都 | wechat douyin channels
襄州 | wechat douyin weibo
南漳 | wechat.hint douyin toutiao
钟祥 | wechat douyin channels+late
大悟 | wechat douyin weibo+nosource+noid
汉川 | wechat douyin kuaishou
沙市 | wechat douyin weibo
公安县 | wechat douyin channels
江陵 | wechat douyin weibo.hint channels+late
洪湖 | wechat douyin
蕲春 | wechat+revoked douyin kuaishou
麻城 | wechat douyin weibo
嘉鱼 | wechat+delay douyin.hint channels
随县 | douyin channels+nosource
恩施 | douyin weibo toutiao
"""
"""Real departments and divisions: only 正常, 提醒 and 暂不作认定 may ever be said of these."""

INVENTED: Final = """
临江派出所 | wechat.slack douyin.slack weibo.ended
临江交警中队 | douyin channels
临江交警大队 | wechat douyin.hint
城南派出所 | wechat.sleepy+mute douyin.slack channels.never
城南交警中队 | wechat+expired
城南交警大队 | wechat kuaishou.zombie
河西派出所 | wechat weibo.zombie douyin
河西交警中队 | wechat.slack wechat+second
河西交警大队 | wechat douyin+renamed
青云派出所 | wechat.zombie+lost wechat+second
青云交警中队 | douyin.sleepy kuaishou+late
青云交警大队 | wechat+unauthorized douyin
古渡派出所 | wechat douyin channels kuaishou.ended
古渡交警中队 | wechat.quiet+bare
古渡交警大队 | wechat weibo.slack
杨柳派出所 | wechat.never douyin
杨柳交警中队 | wechat.hint douyin.sleepy
杨柳交警大队 | wechat.quiet channels
石桥派出所 | wechat+mute+bare douyin weibo.ended+closed
石桥交警中队 | wechat+unfiled
石桥交警大队 | wechat.sleepy douyin
东岭派出所 | wechat.slack+bare douyin.zombie
东岭交警中队 | douyin kuaishou+unfiled
东岭交警大队 | wechat weibo+nosource
新港派出所 | wechat douyin+renamed channels.slack
新港交警中队 | toutiao.sleepy
新港交警大队 | wechat.ended douyin
云台派出所 | wechat.paused+paused douyin weibo.never
云台交警中队 | douyin.slack kuaishou
云台交警大队 | wechat douyin
桃园派出所 | wechat.sleepy douyin kuaishou.ended+announced
桃园交警中队 | douyin douyin.zombie+second
桃园交警大队 | wechat+revoked
白鹤派出所 | wechat.zombie+mute+bare douyin weibo+personal+nosource
白鹤交警中队 | channels+nosource+noid
白鹤交警大队 | wechat douyin
"""
"""Invented sub-units: what goes wrong, goes wrong here."""


def lines(sheet: str) -> list[tuple[str, list[str]]]:
    """(unit's everyday name, its words) for each line of a sheet."""
    rows = [line.partition("|") for line in sheet.strip().splitlines()]
    return [(name.strip(), words.split()) for name, _, words in rows]
