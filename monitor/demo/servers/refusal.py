"""How a stand-in platform refuses: one of its own codes, and the words beside it."""

from collections.abc import Mapping


class Refusal(Exception):  # noqa: N818  # the platform refuses; nothing is wrong here
    """The platform refuses, with one of its codes; `says` where the code has no fixed words."""

    def __init__(self, code: int, says: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.says = says


def asked_number(asked: Mapping[str, str], name: str, otherwise: int, wrong: Refusal) -> int:
    """A whole number out of a query or form: `otherwise` where it is left out."""
    text = asked.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal()):
        raise wrong
    return int(text)
