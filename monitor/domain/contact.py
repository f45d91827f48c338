"""Contact 联系方式: a phone or a mail of somebody, shown masked."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.domain.errors import InputError


class ContactKind(StrEnum):
    """What sort of contact it is."""

    MOBILE = "手机"
    OFFICE = "办公电话"
    DUTY = "值班电话"
    MAIL = "邮箱"
    BOUND_PHONE = "绑定手机"
    BOUND_MAIL = "绑定邮箱"


class OwnerKind(StrEnum):
    """Whose contact it is: the kind of row that `Owner.id` numbers."""

    PERSON = "person"
    LIAISON = "liaison"
    DUTY = "duty"
    ACCOUNT = "account"
    UNIT = "unit"
    OFFICER = "officer"
    MESSAGE = "message"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who or what a contact belongs to."""

    kind: OwnerKind
    id: int


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as lists show it: the value itself is sealed in the store."""

    id: int
    owner: Owner
    kind: ContactKind
    masked: str


MAILS: Final = frozenset({ContactKind.MAIL, ContactKind.BOUND_MAIL})
MOBILES: Final = frozenset({ContactKind.MOBILE, ContactKind.BOUND_PHONE})
MOBILE: Final = re.compile(r"1\d{10}")
PHONE: Final = re.compile(r"[+\d][\d-]{2,18}\d")
IN_WORDS: Final = re.compile(
    r"(?<![\dA-Za-z_])"
    r"(?:(?:\+86)?1[3-9](?:[ -]?\d){9}"
    r"|0\d{2,3}[ -]?\d{7,8}"
    r"|(?!20\d\d(?:0[1-9]|1[0-2]))[2-8]\d{7})"
    r"(?![\dA-Za-z])"
)
"""A mobile number, or one of an office, written among other words; a day (20261122) is none."""
ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
LONGEST: Final = 254
SHORT: Final = 6
"""A number of so many digits shows none of them."""
LONG: Final = 9
"""A number longer than this also shows its first three."""


def normalised(kind: ContactKind, text: str) -> str:
    """A contact as it is kept and searched for; InputError, which repeats no digit, where unfit."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if kind in MAILS:
        plain, form, example = plain.lower(), ADDRESS, "例如 name@example.gov.cn"
    elif kind in MOBILES:
        plain = plain.replace("-", "").removeprefix("+86")
        form, example = MOBILE, "应为11位手机号"
    else:
        plain = plain.replace("—", "-").replace("–", "-").replace("(", "").replace(")", "-")
        form, example = PHONE, "例如 027-00000000"
    if len(plain) > LONGEST or not form.fullmatch(plain):
        raise InputError(f"{kind.value}格式不对", "", example)
    return plain


def masked(kind: ContactKind, value: str) -> str:
    """How a normalised contact is shown: `138****0000`, `027-****0000`, `w***@example.gov.cn`."""
    if kind in MAILS:
        name, _, home = value.partition("@")
        return f"{name[:1]}***@{home}"
    area, dash, number = value.rpartition("-")
    if kind in MOBILES or not dash:
        area, dash, number = value[:3] if len(value) > LONG else "", "", value
    return f"{area}{dash}****{number[-4:] if len(number) > SHORT else ''}"


def hidden(text: str) -> str:
    """Words with the numbers among them masked: `王某13800000000` reads `王某138****0000`."""
    return IN_WORDS.sub(lambda found: masked(_sort(found[0]), found[0]), text)


def _sort(number: str) -> ContactKind:
    return ContactKind.OFFICE if number.startswith(tuple("02345678")) else ContactKind.MOBILE
