"""The report as a page for browsers: well-formed, complete, escaped, the same each time, and without any network."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.apps.finding_data import ToldLine
from sopb_rules.apps.html import markup
from sopb_rules.apps.html.finding import explanation
from sopb_rules.apps.html.markup import element, join
from sopb_rules.apps.text.clauses import HOLDS
from sopb_rules.apps.visible import visible
from tests.apps import sample
from tests.apps.conftest import Process, Run
from tests.apps.parsed import Element, parsed
from tests.apps.test_evaluate import DATA, validate

UNKNOWN = "organization: [{id: a}]\n"
EMPTY = "organization: []\n"
NESTED = sample.COMPLIANT.replace("reports: []", "reports: [{made: no}, {made: no}, {made: yes}]")
HOSTILE_NAME = "</script><script>alert('n')</script><img src=x onerror=alert(1)>\u202e\u2066 & \"quoted\" <!-- ]]>"
HOSTILE = json.dumps({
    "as_of": "2026-11-01",
    "organization": [
        {"id": "</script><script>alert('i')</script>", "name": HOSTILE_NAME, "formal_members": 3, "branch": None},
        {"id": "\" onmouseover=\"alert(2)", "name": "'><b>", "sound": {"value": False, "by": "<i>", "on": "2026-01-01"}},
    ],
})  # fmt: skip


def page_of(run: Run, policies: Path, tmp_path: Path, text: str, *options: str) -> str:
    name = "state.json" if text.startswith("{") else "state.yaml"
    state = sample.state(tmp_path, text, name)
    result = run("evaluate", state, "--policies", policies, "--as-of", "2026-11-01", "--html", "-", *options)
    assert result.exit_code in (0, 1), result.output
    return result.stdout_bytes.decode("utf-8")


@pytest.fixture(scope="module")
def opinions(tmp_path_factory: pytest.TempPathFactory) -> Element:
    """The page of three organizations, by the shipped policies."""
    import sopb_rules
    from sopb_rules.apps.html.page import html_page
    from sopb_rules.apps.shown import Shown

    policies = sopb_rules.load_policies()
    report = policies.evaluate(policies.read_state(DATA))
    return parsed(html_page(Shown(policies, report, "as the state says", ("data",))))


def embedded(page: Element) -> Any:
    return json.loads(page.one("script", id="report").text)


# ---- well-formed ----------------------------------------------------------------------------------------------


def check(page: Element) -> None:
    ids = Counter(each.attributes["id"] for each in page.all() if "id" in each.attributes)
    assert [id for id, number in ids.items() if number > 1] == []
    for link in page.all("a"):
        assert link.attributes["href"].removeprefix("#") in ids, link.attributes
    for each in page.all():
        assert each.attributes.get("aria-labelledby", "main") in ids
        assert not any(name.startswith("on") or name == "style" for name in each.attributes)
    levels = [int(each.name[1]) for each in page.all() if re.fullmatch("h[1-6]", each.name)]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels)), levels


@pytest.mark.parametrize("text", [sample.BREACH, sample.COMPLIANT, UNKNOWN, EMPTY, NESTED, HOSTILE])
@pytest.mark.parametrize("only", [(), ("--only", "1.2"), ("--only", "leading_body")])
def test_the_page_is_well_formed(run: Run, policies: Path, tmp_path: Path, text: str, only: tuple[str, ...]) -> None:
    check(parsed(page_of(run, policies, tmp_path, text, *only)))


def test_the_page_of_the_opinions_is_well_formed(opinions: Element) -> None:
    check(opinions)
    assert opinions.one("html").attributes["lang"] == "en"
    assert [each.name for each in opinions.one("body").children if isinstance(each, Element)] == [
        "a", "header", "main", "footer", "script", "script",
    ]  # fmt: skip


# ---- complete -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [sample.BREACH, sample.COMPLIANT, UNKNOWN, EMPTY, NESTED, HOSTILE])
def test_every_finding_is_on_the_page(run: Run, policies: Path, tmp_path: Path, text: str) -> None:
    compare_findings(parsed(page_of(run, policies, tmp_path, text)))


def test_every_finding_on_the_opinions_is_on_the_page(opinions: Element) -> None:
    compare_findings(opinions)


def compare_findings(page: Element) -> None:
    report = embedded(page)
    validate(report)
    expected = Counter((visible(root(each)), each["norm"], each["verdict"]) for each in report["findings"])
    expected += Counter((visible(root(each)), each["decision"], each["verdict"]) for each in report["decisions"])
    shown: Counter[tuple[str, str, str]] = Counter()
    for entity in page.all("section", class_="entity"):
        for each in entity.all("details", class_="finding"):
            attributes = each.attributes
            shown[entity.attributes["data-entity"], attributes["data-norm"], attributes["data-verdict"]] += 1
    assert shown == expected


def root(finding: Any) -> str:
    path: str = finding["subject"]["path"]
    match = re.match(r"\w+\[.*?\](?=\.|$)", path, re.DOTALL)
    assert match is not None
    return match[0]


def test_the_page_holds_the_report_as_json(run: Run, policies: Path, tmp_path: Path) -> None:
    page = parsed(page_of(run, policies, tmp_path, HOSTILE))
    state = tmp_path / "state.json"
    told = run("evaluate", state, "--policies", policies, "--as-of", "2026-11-01", "--format", "json").output
    assert embedded(page) == json.loads(told)


def test_the_groups_are_the_standing(opinions: Element) -> None:
    for standing in embedded(opinions)["standing"]:
        (entity,) = opinions.all("section", data_entity=standing["subject"]["path"])
        key = entity.attributes["id"]
        for group, names in (
            ("breaches", "breaches"), ("shortfalls", "shortfalls"), ("opportunities", "opportunities"),
            ("options", "options"), ("others-must-act", "owed_by_others"),
        ):  # fmt: skip
            shown = [
                each.attributes["data-norm"] for part in entity.all(id=f"{key}.{group}") for each in findings(part)
            ]
            assert sorted(shown) == sorted(each["norm"] for each in standing[names])
        (row,) = [each for each in opinions.all("tr") if each.all("a", href=f"#{key}")]
        assert standing["status"] in row.text


def findings(part: Element) -> list[Element]:
    return part.all("details", class_="finding")


def test_each_sentence_is_quoted_once(opinions: Element) -> None:
    quoted = Counter(
        (each.parent.attributes["id"], each.text.strip()) for each in opinions.all("blockquote") if each.parent
    )
    assert set(quoted.values()) == {1}
    texts = {each["text"] for each in embedded(opinions)["findings"]}
    assert texts <= {text for _, text in quoted}
    assert not any(each.all("blockquote") for each in findings(opinions))


def test_each_article_is_in_the_picture_with_its_numbers(opinions: Element) -> None:
    report = embedded(opinions)
    numbers: dict[str, Counter[str]] = {}
    for each in (*report["findings"], *report["decisions"]):
        numbers.setdefault(str(each["article"]), Counter())[each["verdict"]] += 1
    rows = opinions.one("ol", class_="articles").all("li")
    assert [row.one("b").text for row in rows] == [str(number) for number in range(1, 24)]
    for row in rows:
        found = numbers.get(row.one("b").text, Counter())
        shown = {each.attributes["data-query"].rpartition("=")[2]: each.text for each in row.all("a")}
        assert {verdict: int(text.split()[1]) for verdict, text in shown.items()} == found
        assert len(row.all("rect")) == len(found)
    for entity in opinions.all("section", class_="entity"):
        assert len(entity.one("ol", class_="tiles").all("li")) == 23


def test_a_finding_tells_its_clauses_facts_and_questions(run: Run, policies: Path, tmp_path: Path) -> None:
    page = parsed(page_of(run, policies, tmp_path, sample.BREACH))
    (breach,) = [each for each in findings(page) if each.has("data-norm", "1.1")]
    told = " ".join(breach.text.split())
    assert "✗ unmet 1.1 must — the organization (a) set up a branch" in told
    assert "✗ fails (a) set up a branch" in told
    assert "– not reached (b) with approval" in told
    assert re.search(r"formal_members is 3, needed at least 3 \S*state.yaml:5:21", told)
    assert breach.one("a", href="#n-1.1").text == "Sentence 1.1"
    assert page.one(id="n-1.1").one("blockquote").text.startswith("An organization with three or more")


def test_a_breach_tells_what_would_change_it(run: Run, policies: Path, tmp_path: Path) -> None:
    page = parsed(page_of(run, policies, tmp_path, sample.BREACH))
    (breach,) = [each for each in findings(page) if each.has("data-norm", "1.1")]
    assert "It would come to met with branch: there, now absent the branch; not by acting" in " ".join(
        breach.text.split()
    )
    (done,) = [each for each in findings(page) if each.has("data-norm", "1.3")]
    assert "would come to" not in done.text


def test_an_explanation_is_a_tree() -> None:
    def line(depth: int, text: str, **more: Any) -> ToldLine:
        return ToldLine(depth, text, **more)

    lines = [line(0, "a"), line(1, "b", mark=HOLDS), line(3, "c", note="n"), line(1, "d", quoted=True), line(0, "e")]
    made = explanation(lines)
    assert made is not None
    tree = parsed(made.html)
    assert [each.text.split() for each in tree.children[0].children if isinstance(each, Element)] == [  # type: ignore[union-attr]
        ["a", "✓", "b", "c", "n", "d"], ["e"],
    ]  # fmt: skip
    assert [each.text for each in tree.all("q")] == ["d"]
    assert tree.one("span", role="img").attributes["aria-label"] == "holds"
    deep = explanation([line(2, "a"), line(1, "b"), line(0, "c")])
    assert deep is not None
    assert parsed(deep.html).text.split() == ["a", "b", "c"]
    assert explanation([]) is None


def test_a_decision_tells_its_cases(run: Run, policies: Path, tmp_path: Path) -> None:
    page = parsed(page_of(run, policies, tmp_path, sample.BREACH))
    (decision,) = [each for each in findings(page) if each.has("data-norm", "leading_body")]
    assert "✗ conflict 1 which body leads between the central body (1.6) and the local body (1.7)" in " ".join(
        decision.text.split()
    )
    assert "case 1.6 gives the central body: holds" in decision.text


def test_what_would_settle_it_is_asked_once_for_an_entity(run: Run, policies: Path, tmp_path: Path) -> None:
    page = parsed(page_of(run, policies, tmp_path, UNKNOWN))
    asked = page.one("details", class_="questions").text
    assert "To be judged by the higher level" in asked
    assert "formal members: what is it? 1.1 (possible breach) and 1.5 wait for it — state it as formal_members" in asked
    assert asked.count("formal members: what is it?") == 1


def test_subjects_inside_an_entity_are_told_apart(run: Run, policies: Path, tmp_path: Path) -> None:
    page = parsed(page_of(run, policies, tmp_path, NESTED))
    assert [each.attributes["id"] for each in findings(page) if each.has("data-norm", "1.4")] == [
        "e1-1.4", "e1-1.4-2", "e1-1.4-3",
    ]  # fmt: skip
    assert [each.text for each in page.one(id="n-1.4").all("a")] == ["good: reports[#1]", "good: reports[#2]"]


def test_a_part_says_that_it_is_one(run: Run, policies: Path, tmp_path: Path) -> None:
    norm = parsed(page_of(run, policies, tmp_path, sample.BREACH, "--only", "1.2"))
    assert {each.attributes["data-norm"] for each in findings(norm)} == {"1.2"}
    assert norm.all("section", id="standing") == []  # how it stands with somebody is a matter of all norms
    assert "Only 1.2" in " ".join(norm.one("header").text.split())
    entity = parsed(page_of(run, policies, tmp_path, sample.BREACH, "--only", "bad"))
    assert len(entity.all("section", id="standing")) == 1


def test_measures_are_named(run: Run) -> None:
    measures = Path(__file__).parents[2] / "examples" / "measures" / "riverside"
    page = parsed(run("evaluate", DATA, "--policies", measures, "--html", "-").stdout_bytes.decode())
    assert embedded(page)["policies"]["measures"] in page.one("header").text


# ---- safe -----------------------------------------------------------------------------------------------------


def test_what_a_state_says_stays_text(run: Run, policies: Path, tmp_path: Path) -> None:
    text = page_of(run, policies, tmp_path, HOSTILE)
    page = parsed(text)
    assert len(page.all("script")) == 2
    assert page.all("img") == page.all("i") == []
    assert visible(HOSTILE_NAME) in page.one("main").text
    assert "<i>" in page.one("main").text
    assert not re.search("[\x00-\x09\x0b-\x1f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)


def test_nothing_is_loaded(opinions: Element) -> None:
    loads_nothing(opinions)
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|innerHTML|eval\(", script(opinions).text)


def loads_nothing(page: Element) -> None:
    allowed = {"href", "data-query"}
    for each in page.all():
        for name in ("src", "srcset", "action", "data", "poster", "background"):
            assert name not in each.attributes
        assert all(not re.match("[a-z]+:", value) or name in allowed for name, value in each.attributes.items()
                   if name in ("href", "src"))  # fmt: skip
    assert [each.attributes["href"] for each in page.all("link")] == ["data:,"]
    assert not re.search(r"url\(|@import|@font-face", page.one("style").text)


def script(page: Element) -> Element:
    (found,) = [each for each in page.all("script") if "type" not in each.attributes]
    return found


def test_the_policy_allows_the_own_style_and_script_and_nothing_else(opinions: Element) -> None:
    policy = opinions.one("meta", http_equiv="Content-Security-Policy").attributes["content"]

    def named(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{named(opinions.one('style').text)}'; "
        f"script-src 'sha256-{named(script(opinions).text)}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


@given(st.text())
def test_any_text_stays_text(text: str) -> None:
    made = parsed(element("p", text, element("a", "link", title=text), class_="x").html)
    assert made.one("p").text.rstrip("\n") == f"{visible(text)}link"
    assert made.one("a").attributes["title"] == visible(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_data_is_read_back(data: object) -> None:
    made = parsed(markup.data("report", data).html)
    text = made.one("script").text
    assert json.loads(text) == json.loads(json.dumps(data))
    assert text == visible(text)


def test_attributes() -> None:
    made = element(
        "label", "a", None, ["b", [element("input", disabled=True, hidden=False, name="n", tabindex=-1)]], for_="x"
    )
    assert made.html == '<label for="x">ab<input disabled name="n" tabindex="-1"></label>\n'
    assert join("<", element("b", ">")).html == "&lt;<b>&gt;</b>"


@pytest.mark.parametrize("make", [markup.style, markup.script])
def test_a_style_or_script_cannot_end_its_element(make: Any) -> None:
    with pytest.raises(AssertionError, match="must not end its element"):
        make("</style></script>")


# ---- the same each time -----------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes(process: Process, policies: Path, breach: Path) -> None:
    arguments = ("evaluate", breach, "--policies", policies, "--as-of", "2026-11-01", "--html", "-")
    first, second = (process(*arguments, PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert first == second
    assert first.startswith(b"<!DOCTYPE html>\n")


# ---- the command ------------------------------------------------------------------------------------------------


def test_the_page_is_written_beside_what_is_printed(run: Run, policies: Path, breach: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    arguments = ("evaluate", breach, "--policies", policies, "--as-of", "2026-11-01")
    result = run(*arguments, "--html", file)
    assert result.exit_code == 1
    assert result.output == run(*arguments).output
    assert file.read_bytes() == run(*arguments, "--html", "-").stdout_bytes
    json.loads(run(*arguments, "--html", file, "--format", "json").output)


def test_only_one_page_is_printed(run: Run, policies: Path, breach: Path, tmp_path: Path) -> None:
    result = run("evaluate", breach, "--policies", policies, "--html", "-", "--markdown", "-")
    assert result.exit_code == 2
    assert "only one page can be printed" in result.output
    both = run("evaluate", breach, "--policies", policies, "--html", "-", "--markdown", tmp_path / "report.md")
    assert both.stdout_bytes.startswith(b"<!DOCTYPE html>")
    assert (tmp_path / "report.md").read_text("utf-8").startswith("# A sample\n")


def test_a_file_that_cannot_be_written(run: Run, policies: Path, breach: Path, tmp_path: Path) -> None:
    result = run("evaluate", breach, "--policies", policies, "--html", tmp_path / "none" / "report.html")
    assert result.exit_code == 2
    assert "the system refused" in result.output
    assert run("evaluate", breach, "--policies", policies, "--html", tmp_path).exit_code == 2
