"""One more thing said in the text of a state file: the rest of it stays as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.apps.state_text import edited_json, edited_yaml
from sopb_rules.source import Source
from sopb_rules.states.edits import Edit, Steps, edited
from sopb_rules.states.files import parse_state
from sopb_rules.states.nodes import Node, from_python

ROOT = Path(__file__).parents[2]

YAML = """\
# The organizations of a district.
as_of: 2026-11-01
organization:
  # the first
  - id: a          # as in the register
    share: 40%
    report: {made: yes,   on: 2026-01-31}   # in time

  # the second
  - id: "b"
    branch:
      approved: yes
      # more of the branch is not known

    # what was judged is below

  - id: c
    changes:
      - kind: merger   # of two

# the end
region:
  - id: r
"""


def tree(text: str, name: str = "state.yaml") -> Node:
    node, mistakes = parse_state(Source(name, text))
    assert not mistakes
    assert node is not None
    return node


def added(text: str, steps: Steps, given: Any) -> list[str]:
    """The lines that an edit adds to YAML; it takes none away."""
    edit = Edit(steps, from_python(given))
    changed = edited_yaml(text, edit)
    assert tree(changed) == edited(tree(text), edit)
    before, after = text.split("\n"), changed.split("\n")
    new = []
    for line in after:
        if before and line == before[0]:
            before.pop(0)
        else:
            new.append(line)
    assert not before, "every line is still there, in its order"
    return new


@pytest.mark.parametrize(
    ("steps", "given", "lines", "above"),
    [
        (("organization", 0, "level"), from_python(3), ["    level: 3"], "in time"),
        (("organization", 1, "branch", "form"), from_python(3), ["      form: 3"], "approved: yes"),
        (("organization", 1, "members"), from_python(3), ["    members: 3"], "approved: yes"),
        (("organization", 2, "branch"), from_python({}), ["    branch: {}"], "merger"),
        (("organization", 2, "reports"), from_python([{}, {}]), ["    reports:", "      - {}", "      - {}"], "merger"),
        (
            ("organization", 2, "judgements", "8.1 (d)"),
            from_python(3),
            ["    judgements:", "      8.1 (d): 3"],
            "merger",
        ),
        (("region", 0, "rural"), from_python(3), ["    rural: 3"], "id: r"),
        (("leader",), from_python([]), ["leader: []"], "id: r"),
        (("organization", 3), from_python({"id": 3}), ["  - id: 3"], "merger"),
        (("region", 1), from_python({"id": 3}), ["  - id: 3"], "id: r"),
    ],
)
def test_an_edit_adds_lines_below_what_they_belong_to(steps: Steps, given: Any, lines: list[str], above: str) -> None:
    assert added(YAML, steps, given) == lines
    changed = edited_yaml(YAML, Edit(steps, from_python(given))).split("\n")
    at = changed.index(lines[0])
    assert above in changed[at - 1]


def test_a_group_that_is_empty_is_filled_line_by_line() -> None:
    text = "organization:\n- id: a\n"
    for steps, said in (
        (("organization", 0, "branch"), {}),
        (("organization", 0, "branch", "reports"), [{}, {}]),
        (("organization", 0, "branch", "reports", 1, "made"), 3),
        (("organization", 0, "branch", "reports", 1, "read"), 4),
        (("organization", 0, "branch", "form"), 5),
    ):
        text = edited_yaml(text, Edit(steps, from_python(said)))
    assert text == (
        "organization:\n- id: a\n  branch:\n    reports:\n    - {}\n    - made: 3\n      read: 4\n    form: 5\n"
    )


def test_what_is_written_on_one_line_stays_on_one_line() -> None:
    text = "organization: [{id: a}]\n"
    assert edited_yaml(text, Edit(("organization", 0, "x"), from_python(3))) == "organization: [{id: a, x: 3}]\n"


def test_a_judgement_takes_one_line() -> None:
    said = from_python({"value": True, "by": "Mo Fei", "on": 3})
    changed = edited_yaml("organization:\n    - id: a\n", Edit(("organization", 0, "sound"), said))
    assert changed == 'organization:\n    - id: a\n      sound: {value: true, by: "Mo Fei", on: 3}\n'


@pytest.mark.parametrize(
    "text",
    [
        "---\nregion:\n  - id: r\n",
        "region:\n- id: r\n  a:\n  - b: 1\n",
        "region:\n    - id: r\n      inner:\n          x: 1\n",
        "region:\n  - id: r\n    a: ''\n    b: \"x\"\n    c: 1.10\n    d: 018\n    e: 0x1F\n    f: yes\n    g: ~\n    h: 1_000\n",
        'region:\n  - id: r\n    a: "a very long text, longer than any line, longer than any line, longer than any line, longer"\n',
        "region:\n  - id: r\n    a: |\n      two\n      lines\n    b: >-\n      folded\n      lines\n",
        "region:\n  - id: r\n    名: 五\n",
    ],
)
def test_the_layout_of_the_rest_stays(text: str) -> None:
    assert len(added(text, ("region", 0, "new"), 3)) == 1


@pytest.mark.parametrize("file", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.name)
def test_an_answer_adds_one_line_to_each_example(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    name = next(key.text for key, _ in tree(text).entries if key.text != "as_of")  # type: ignore[union-attr]
    number = len({key.text: value for key, value in tree(text).entries}[name].items)  # type: ignore[union-attr]
    for index in range(number):
        assert len(added(text, (name, index, "new"), 3)) == 1


# ---- JSON ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ('{"a": [{"id": "x"}]}', '{"a": [{"id": "x", "n": 3}]}'),
        ('{\n  "a": [\n    {"id": "x", "w": 1.50}\n  ]\n}\n', '{\n  "a": [\n    {\n      "id": "x",\n      "w": 1.50,\n      "n": 3\n    }\n  ]\n}\n'),
        ('{\n\t"a": [\n\t\t{\n\t\t\t"id": "é"\n\t\t}\n\t]\n}', '{\n\t"a": [\n\t\t{\n\t\t\t"id": "é",\n\t\t\t"n": 3\n\t\t}\n\t]\n}'),
    ],
)  # fmt: skip
def test_json_keeps_its_indent_and_its_order(text: str, changed: str) -> None:
    assert edited_json(text, tree(text, "state.json"), Edit(("a", 0, "n"), from_python(3))) == changed


names = st.sampled_from(["id", "a", "b c", "8.1 (d)", "é", "yes", "~", "#x"])
scalars = st.one_of(
    st.integers(0, 99),
    st.booleans(),
    st.sampled_from(["x", "a: b", "# no", "yes", "null", "", "3", "“q”", "- x", "a\nb"]),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(names, values, min_size=1, max_size=3), names, values)
def test_any_edit_of_any_text_says_what_it_should_and_nothing_else(data: dict[str, Any], name: str, given: Any) -> None:
    as_json = edited_json("", from_python(data), Edit((), from_python(data)))
    start = tree(as_json, "state.json")
    edit = Edit((name,), from_python(given))
    expected = edited(start, edit)
    assert says(tree(edited_json(as_json, start, edit), "state.json")) == says(expected)
    if not (name == "~" or "~" in str(data)):
        block = edited_yaml("", Edit((), start))
        assert says(tree(edited_yaml(block, edit))) == says(edited(tree(block), edit))


def says(node: Node) -> Any:
    match node:
        case _ if hasattr(node, "entries"):
            return {key.text: says(value) for key, value in node.entries}
        case _ if hasattr(node, "items"):
            return [says(item) for item in node.items]
        case _:
            return node.text  # type: ignore[union-attr]
