"""Templates from the office: what they may say, and the escapes that do not work."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.errors import InputError
from monitor.report import sandbox

VALUES = {
    "单位": "某市公安局",
    "数量": 3,
    "备注": None,
    "账号": [{"名称": "平安甲", "天数": 21}, {"名称": "平安乙", "天数": 33}],
}

ESCAPES = {
    "an attribute walk": "{{ 单位.__class__.__mro__[1].__subclasses__() }}",
    "an attribute walk by index": "{{ 单位['__class__']['__mro__'] }}",
    "an attribute walk by filter": "{{ 单位|attr('__class__') }}",
    "a walk from the loop": "{% for a in 账号 %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "a walk from a global": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "a walk from the context": "{{ self.__init__.__globals__ }}",
    "a call": "{{ 单位.upper() }}",
    "a format string": "{{ '{0.__class__.__init__}'.format(单位) }}",
    "a format by filter": "{{ '%s'|format(单位) }}",
    "a map over attributes": "{{ 账号|map(attribute='__class__')|list }}",
    "an attribute to sort by that acts": "{{ 账号|sort(attribute='__class__') }}",
    "a file of the machine": "{% include '/etc/passwd' %}",
    "another template": "{% extends 'digest.html' %}",
    "an import": "{% import 'os' as os %}",
    "a macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a variable that grows": "{% set x = 'a' %}",
    "a namespace": "{% set ns = namespace(x=1) %}",
    "a loop without end": "{% for a in 账号 recursive %}{{ loop(账号) }}{% endfor %}",
    "a range": "{% for a in range(99999999) %}{% endfor %}",
    "a power": "{{ 9 ** 9 ** 9 }}",
    "a text times a number": "{{ 'a' * 999999999 }}",
    "a text of given width": "{{ 单位|center(999999999) }}",
    "a rounding of given width": "{{ 1.5|round(999999999) }}",
    "a number times itself": "{{ 数量 * 999999999 * 999999999 }}",
    "a mark of the raw text": "{% raw %}{{ x }}{% endraw %}{{ lipsum }}",
    "an escape turned off": "{% autoescape false %}{{ 单位 }}{% endautoescape %}",
    "a text declared safe": "{{ 单位|safe }}",
    "a hidden name": "{{ _steps }}",
}


@pytest.mark.parametrize("escape", ESCAPES)
def test_an_escape_is_refused_in_words(escape: str) -> None:
    with pytest.raises(InputError, match="模板") as refused:
        sandbox.fill_text(ESCAPES[escape], VALUES, "通报模板.txt")
    assert "通报模板.txt" in str(refused.value)


SEEN_LATE = {"an attribute to sort by that acts", "a number times itself", "a text times a number"}
"""What only its values show; the sandbox refuses it when it is filled in."""


@pytest.mark.parametrize("escape", sorted(set(ESCAPES) - SEEN_LATE))
def test_an_escape_in_a_branch_nobody_takes_is_refused_when_it_is_handed_in(escape: str) -> None:
    hidden = "{% if 数量 > 99 %}" + ESCAPES[escape] + "{% endif %}"
    with pytest.raises(InputError):
        sandbox.check_text(hidden, VALUES, "通报模板.txt")


def test_names_loops_conditions_and_filters_are_allowed() -> None:
    source = (
        "{{ 单位 }}共{{ 数量 + 1 }}个{{ 备注 }}：{% for each in 账号 if each.天数 > 20 -%}"
        "{{ loop.index }}.{{ each.名称 }}{{ '；' if not loop.last else '。' }}"
        "{%- endfor %}{% if 备注 is none %}无备注{% endif %}{{ 账号|length }}"
    )
    sandbox.check_text(source, VALUES, "x")
    said = sandbox.fill_text(source, VALUES, "x")
    assert said == "某市公安局共4个：1.平安甲；2.平安乙。无备注2"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ 单味 }}", "“单味”（是否指“单位”）"),
        ("{% for a in 账号 %}{{ a.名字 }}{% endfor %}", "“名字”"),
        ("{% for a in 账号 %}{% endfor %}{{ a }}", "“a”"),
        ("{{ (账号|first).天 }}", "“天”"),
        ("{% if 数量 > 5 %}{{ 别的 }}{% endif %}", "“别的”"),
    ],
)
def test_a_name_nobody_fills_in_is_named_when_it_is_handed_in(source: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        sandbox.check_text(source, VALUES, "x")


def test_a_broken_template_is_told_with_its_line() -> None:
    with pytest.raises(InputError, match="第2行"):
        sandbox.fill_text("好\n{% for a in %}", VALUES, "x")


@pytest.mark.parametrize(
    ("source", "items"),
    [
        ("{% for a in x %}" * 3 + "{% endfor %}" * 3, 100),
        ("{% for a in x %}{{ (x|join)|length }}{% endfor %}", 1000),
        ("{% for a in x %}{{ a }}{% endfor %}", sandbox.STEPS + 1),
        ("{% for a in x %}" * 5 + "{% endfor %}" * 5, 1),
    ],
)
def test_loops_are_counted_and_end(source: str, items: int) -> None:
    with pytest.raises(InputError, match="循环"):
        sandbox.fill_text(source, {"x": ["字"] * items}, "x")


def test_what_is_said_is_counted_too() -> None:
    source = "{% for a in x %}" + "字" * 1000 + "{{ y }}{% endfor %}"
    with pytest.raises(InputError, match="超过8,000,000字"):
        sandbox.fill_text(source, {"x": [1] * 900, "y": "字" * 8000}, "x")


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    for source in ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "{{ " + "not " * 9000 + "1 }}"):
        with pytest.raises(InputError):
            sandbox.fill_text(source, {}, "x")


def test_only_plain_values_come_in() -> None:
    with pytest.raises(TypeError):
        sandbox.fill_text("{{ x }}", {"x": object()}, "x")


def test_a_value_is_never_read_as_a_template() -> None:
    assert sandbox.fill_text("{{ x }}", {"x": "{{ 单位 }}{% for %}"}, "x") == "{{ 单位 }}{% for %}"


@given(st.text())
def test_any_text_is_a_template_or_an_input_error(source: str) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(sandbox.fill_text(source, VALUES, "x"), str)


@given(st.text())
def test_no_text_keeps_what_xml_may_not_hold(text: str) -> None:
    said = sandbox.plain(text)
    assert not [char for char in said if ord(char) < 32 and char not in "\t\n"]
    said.encode()
