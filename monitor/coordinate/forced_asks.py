"""不得要求的事: a task that asks people for likes, votes, forwards, comments, told by its words."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from monitor.domain.campaign_rules import Forbidden
from monitor.domain.errors import InputError

ENDS: Final = re.compile(r"[。!?;\n]")
HIDDEN: Final = frozenset({"Cf", "Cc", "Mn", "Me", "Zs", "Zl", "Zp"})
FORBIDDEN: Final = ("who", "what", "not_what", "always", "unless", "not_unless")
SAME_AS: Final = str.maketrans("點贊讚轉發評論投票擴散幹", "点赞赞转发评论投票扩散干")


def asked(text: str, rules: Forbidden) -> str:
    """What a text asks that may not be asked, in the sheet's own words; '' where nothing.

    Spaces, full-width signs, invisible signs and signs put between the characters hide nothing.
    """
    laid = _laid(rules)
    hits = (_in_sentence(_bare(each), laid) for each in ENDS.split(_flat(text)))
    return next((each for each in hits if each), "")


def refuse(said: Mapping[str, str], rules: Forbidden) -> None:
    """Go on only where no text asks it; `said` are texts by the name of their field. InputError
    names the field, the words and the rule."""
    for name, text in said.items():
        found = asked(text, rules)
        if found:
            raise InputError(
                f"不能下达“{found}”这样的要求,未保存", name, f"依据:{rules.rule}。请删去后再保存"
            )


@lru_cache(maxsize=4)
def _laid(rules: Forbidden) -> Forbidden:
    """The sheet's words written as sentences are."""
    bare = {name: tuple(map(_bare, getattr(rules, name))) for name in FORBIDDEN}
    return Forbidden(rule=rules.rule, **bare)


def _in_sentence(sentence: str, rules: Forbidden) -> str:
    if _forbids(sentence, rules):
        return ""
    always = next((each for each in rules.always if each in sentence), "")
    if always:
        return always
    rest = _without(sentence, rules.not_what)
    who = next((each for each in rules.who if each in rest), "")
    what = next((each for each in rules.what if each in rest), "")
    return f"{who}{what}" if who and what else ""


def _forbids(sentence: str, rules: Forbidden) -> bool:
    """Whether the sentence itself says that it must not be done."""
    rest = _without(sentence, rules.not_unless)
    return any(each in rest for each in rules.unless)


def _without(sentence: str, words: Iterable[str]) -> str:
    for each in words:
        sentence = sentence.replace(each, "/")
    return sentence


def _flat(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _bare(sentence: str) -> str:
    """Letters and figures alone: what stands between them does not part a word."""
    kept = (
        sign
        for sign in sentence
        if unicodedata.category(sign) not in HIDDEN and unicodedata.category(sign)[0] in "LN"
    )
    return "".join(kept).translate(SAME_AS)
