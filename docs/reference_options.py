"""The page of settings: every key with its default."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markdown import table

from monitor.settings import ROOT, Settings

NAMED = {"platforms": "platforms.平台代码.", "robots": "robots.机器人种类."}
"""Settings kept by name."""


def options() -> str:
    """Every setting with its default."""
    rows = list(_options(Settings, ""))
    return "\n\n".join(
        [
            "# 设置",
            "写在 `sentinel.toml`,或用环境变量:前面加 `SENTINEL_`,大写,点换成两个下划线。"
            "没有列出的项会被拒绝。写法示例见[部署](../zh/部署.md)。",
            table(("设置项", "默认值"), rows),
        ]
    )


def _options(model: Any, prefix: str) -> Iterable[tuple[str, str]]:
    for name, field in model.model_fields.items():
        part = _model_in(field.annotation)
        if part is None:
            default = "必填" if field.is_required() else _default(field.get_default())
            yield f"`{prefix}{name}`", default
        else:
            inner = NAMED.get(name, f"{prefix}{name}.")
            yield from _options(part, inner)


def _model_in(annotation: Any) -> Any:
    """The settings model inside an annotation such as Mail | None or dict[str, X]."""
    if hasattr(annotation, "model_fields"):
        return annotation
    inner = getattr(annotation, "__args__", ())
    return next((each for each in inner if hasattr(each, "model_fields")), None)


def _default(value: object) -> str:
    if value in (None, "", ()):
        return "(空)"
    if isinstance(value, Path):
        return f"`{value.relative_to(ROOT)}`"
    return f"`{value}`"
