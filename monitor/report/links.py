"""Links 链接: addresses of the desk's pages: every number in a letter leads to its items."""


def page(base: str, path: str) -> str:
    """A page of the desk; nothing where the desk's address is not known."""
    return f"{base.rstrip('/')}/{path}" if base else ""


def account(base: str, account_id: int) -> str:
    """The page of one account."""
    return page(base, f"accounts?id={account_id}")


def health(base: str) -> str:
    """疑似问题."""
    return page(base, "health")


def cases(base: str) -> str:
    """The 整改 page."""
    return page(base, "cases")


def undecided(base: str) -> str:
    """暂不作认定."""
    return page(base, "health?tab=undecided")


def collecting(base: str) -> str:
    """采集."""
    return page(base, "collecting")
