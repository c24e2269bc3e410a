"""Pages: nothing a file says becomes markup, nothing is loaded, nothing needs JavaScript to be read."""

import base64
import functools
import hashlib
import itertools
import json
import os
import re
import subprocess
import sys
from collections import Counter
from importlib import resources
from typing import get_args

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.direction import Direction
from tm.document import Bead, Text
from tm.model import Concept, Context, Evidence, Status, Term
from tm.pages import alignment_page, glossary_page
from tm.pages.alignment import _section
from tm.pages.glossary import ABBREVIATIONS, WORDS
from tm.pages.marking import findable, marked
from tm.pages.page import language_attributes, percent, visible
from tm.pages.reasons import reasons_for
from tm.terminology import Recogniser
from tm.terminology.glossary import ACCEPTED

NASTY = [
    "</script><img src=x onerror=alert(1)>",
    "</style><script>alert(2)</script>",
    '" onmouseover="alert(3)',
    "' autofocus onfocus='alert(4)",
    "<!-- ]]> {{ 7 * 7 }} {% raw %} &lt;b&gt;",
    "\x00\x1b[31m\x9b\u202etxt\ud800\ufffe\r\n",
]
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(min_size=1),
    st.text(alphabet="<>&\"'/=-!{}% abc\x00\x85\u2028\u202e", min_size=1),
    st.text(alphabet=st.characters(), min_size=1),  # lone surrogates too
)


def concept(text="levain", *, other="fermento natural", place="pain.txt"):
    """A concept with something in every field that a page shows."""
    evidence = Evidence(
        14,
        12,
        11,
        0.934,
        (("bias", -3.0), (other, 1.2), (text, -0.4)),
        (Context(f"Le {text} dort.", f"O {other} dorme.", place, 12),),
    )
    return Concept(
        text,
        (
            Term(text, "fr", "approved", "noun", "masculine", "fullForm", note=other),
            Term(other, "fr", "candidate", text, other, place, note=text),
            Term(other, "pt-BR", "approved", text, other, place, note=text, evidence=evidence),
            Term(text, "pt-BR", "forbidden", "noun", "feminine", "variant", note=place),
        ),
        definition=text,
        subject=other,
        note=place,
    )


def glossary(*concepts, title="Bread"):
    return glossary_page(concepts, direction=Direction("fr", "pt-BR"), title=title)


def texts(text="Il pleut.", *, other="Está chovendo.", place="pluie.txt"):
    source = Text((text, "Il neige."), (0, 1), (1, 3), "fr", place)
    return source, Text((other,), (0,), (1,), "pt-BR", text)


BEADS = (Bead((0,), (0,), 0.72), Bead((1,), (), 0.9))


def alignment(*sides, title="Rain"):
    return alignment_page([(*sides, BEADS), (*texts(), BEADS)], title=title)


@pytest.fixture(scope="module")
def pages():
    return [glossary(*map(concept, NASTY)), *(alignment(*texts(text)) for text in NASTY)]


def parsed(page):
    page.encode()  # could be written to a file
    return lxml.html.document_fromstring(page)


SCRIPT = "//script[not(@type)]/text()"


def data(page):
    """What the script of a glossary reads."""
    (text,) = parsed(page).xpath("//script[@id='data']/text()")
    return json.loads(text)


def elements(page):
    """How many elements of each kind; marked terms apart, since their number depends on the text."""
    return Counter(element.tag for element in parsed(page).iter() if element.tag != "mark")


@functools.cache
def harmless_glossary():
    return elements(glossary(concept("a", other="b", place="c"), title="d"))


@functools.cache
def harmless_alignment():
    return elements(alignment(*texts("a", other="b", place="c"), title="d"))


# ------------------------------------------------------------------------------------------- what may not happen


@given(TEXTS, TEXTS, TEXTS)
def test_no_text_in_a_glossary_becomes_an_element(text, other, place):
    page = glossary(concept(text, other=other, place=place), title=text)
    assert elements(page) == harmless_glossary()


@given(TEXTS, TEXTS, TEXTS)
def test_no_text_in_an_alignment_becomes_an_element(text, other, place):
    page = alignment(*texts(text, other=other, place=place), title=other)
    assert elements(page) == harmless_alignment()


@given(TEXTS)
def test_control_characters_never_reach_a_page(text):
    shown = visible(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert shown.encode().decode() == shown


def test_no_attribute_runs_loads_or_styles(pages):
    for element in itertools.chain.from_iterable(parsed(page).iter() for page in pages):
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("style", "src", "srcset", "action", "formaction", "data", "background")
            assert name != "href" or value.startswith("#")


def test_the_page_names_no_address(pages):
    for page in pages:
        assert "http" not in page.replace('http-equiv="', "")
        assert not re.search(r"url\(|@import|//[a-z]", page.split("</style>")[0])


@pytest.mark.parametrize("made", [lambda: glossary(concept()), lambda: alignment(*texts())])
def test_the_policy_allows_the_page_s_own_style_and_script_only(made):
    root = parsed(made())
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,), (script,) = root.xpath("//style/text()"), root.xpath(SCRIPT)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for rule, text in (("style-src", style), ("script-src", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert {rules[rule] for rule in ("default-src", "base-uri", "form-action")} == {"'none'"}
    head = list(root.find("head"))
    assert head.index(root.xpath("//meta[@http-equiv]")[0]) < head.index(root.xpath("//style")[0])


def test_the_script_writes_text_only():
    (script,) = parsed(glossary()).xpath(SCRIPT)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(|setTimeout|fetch", script
    )


def test_the_same_concepts_give_the_same_bytes_whatever_the_hash_seed():
    code = """
from typing import get_args
from tm.direction import Direction
from tm.model import Concept, Status, Term
from tm.pages import glossary_page
terms = [Term(status, language, status) for status in get_args(Status) for language in ("en", "fa")]
print(ascii(glossary_page([Concept("1", tuple(terms))], direction=Direction("en", "fa"), title="Bread")))
"""
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


# ------------------------------------------------------------------------------------------- what must be there


def found(page, path):
    return ["".join(element.itertext()) for element in parsed(page).cssselect(path)]


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_every_term_can_be_read_without_javascript(terms):
    page = glossary(*(Concept(str(i), (Term(text, "fr"),)) for i, text in enumerate(terms)))
    assert found(page, "noscript .plain td b") == [visible(text) for text in terms]


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_the_script_gets_every_term_as_it_is(terms):
    page = glossary(*(Concept(text, (Term(text, "fr", note=text),)) for text in terms))
    read = [(concept[0], concept[1][0][0], concept[1][0][-1]) for concept in data(page)["concepts"]]
    assert read == [(text, text, text) for text in terms]


def test_contexts_stand_with_their_places_and_their_terms_marked():
    bread = Concept(
        "1",
        (
            Term("pain au levain", "fr"),
            Term("pão de fermentação natural", "pt-BR", "rejected", evidence=Evidence(contexts=(
                Context("\U0001f35e Les pains au levain durent.", "Os pães de fermentação natural duram.", "pain.txt", 7),
            ))),
        ),
    )  # fmt: skip
    page = glossary(bread)
    assert found(page, ".plain mark") == ["pains au levain", "pães de fermentação natural"]
    assert "pain.txt:7" in found(page, ".plain td")
    read = data(page)
    (source, source_marks, target, target_marks, name, line) = read["concepts"][0][3][0]
    assert read["texts"][source].startswith("\U0001f35e")
    assert (source_marks, target_marks) == ([7, 22], [3, 30])  # a script counts the loaf as two
    assert (read["texts"][target], read["texts"][name], line) == (
        "Os pães de fermentação natural duram.",
        "pain.txt",
        7,
    )


def test_a_concept_without_a_term_in_one_language_is_still_there():
    page = glossary(Concept("1", (Term("seigle", "fr"),)), Concept("2", (Term("trigo", "pt-BR"),)))
    assert [cell for cell in found(page, ".plain td") if cell.startswith("no")] == [
        "no term in pt-BR",
        "no term in fr",
    ]


def test_each_text_has_its_language_and_direction():
    bread = Concept("1", (Term("bread", "en"), Term("نان", "fa"), Term("نان سنگک", "fa")))
    root = parsed(glossary_page([bread], direction=Direction("en", "fa"), title="Bread"))
    assert {(b.get("lang"), b.get("dir")) for b in root.cssselect(".plain b")} == {
        ("en", "ltr"),
        ("fa", "rtl"),
    }


def test_names_come_after_the_terms_in_a_section_of_their_own():
    name = Concept("1", (Term("Paris", "fr", part_of_speech="properNoun"), Term("Paris", "pt-BR")))
    page = glossary(name, Concept("2", (Term("four", "fr"), Term("forno", "pt-BR"))))
    assert found(page, "noscript h2") == ["Terms", "Names"]
    assert [concept[0] for concept in data(page)["concepts"]] == ["2", "1"]


def test_a_sentence_in_which_many_terms_stand_is_written_once():
    seen = Evidence(1, 1, 1, contexts=(Context("Le four du fournil chauffe.", "O forno da padaria aquece."),))
    oven, bakery = (
        Concept(source, (Term(source, "fr"), Term(target, "pt-BR", evidence=seen)))
        for source, target in (("four", "forno"), ("fournil", "padaria"))
    )
    assert data(glossary(oven, bakery))["texts"].count("Le four du fournil chauffe.") == 1


def test_a_page_keeps_its_size_whatever_the_contexts_are_and_says_what_it_left_out(monkeypatch):
    monkeypatch.setattr("tm.pages.glossary.ROOM", 230)  # of five hundred concepts

    def long(number):
        contexts = tuple(
            Context(f"{'mot ' * 200}four{number}", f"{'p ' * 400}forno", str(at)) for at in range(5)
        )
        seen = Evidence(5, 5, 5, 0.9, contexts=contexts)
        return Concept(str(number), (Term(f"four{number}", "fr"), Term("forno", "pt-BR", evidence=seen)))

    page = glossary(*map(long, range(60)))
    assert len(page.encode()) <= 115_000
    read = data(page)
    _, _, _, kept, left = read["concepts"][0]
    assert len(kept) + len(left) == 5
    assert left
    assert max(len(text) for text in read["texts"]) <= 420


@pytest.mark.parametrize(
    ("evidence", "reasons", "doubts"),
    [
        (Evidence(), (), ()),
        (Evidence(pair_count=3), ("seen 3 times, always translated the same",), ()),
        (Evidence(2, 9, 2), ("seen twice, always translated the same, though the translation is seen 9 times",), ()),
        (Evidence(9, 7, 6), ("seen 9 times, translated so 6 times",), ()),
        (
            Evidence(1, 1, 1, 0.4, (("bias", -3.0), ("overlap", 1.1), ("length apart", -0.2), ("general", -2.0))),
            ("seen once", "its words translate each other"),
            ("an everyday word", "one side has more words than the other"),
        ),
        (Evidence(reasons=(("moon", 0.5), ("tide", -0.5), ("count", 1.0), ("free", -0.1))), (), ()),
    ],
)  # fmt: skip
def test_a_confidence_says_in_words_what_speaks_for_it_and_what_against(evidence, reasons, doubts):
    assert reasons_for(evidence) == (reasons, doubts)


def test_the_judge_s_reasons_are_said_in_words():
    from tm.model import Pair, Segment
    from tm.terminology import extract

    lines = ("Le cadre en acier vibre peu.", "O quadro de aço vibra pouco."), ("Un four.", "Um forno.")
    pairs = [Pair(Segment(source), Segment(target)) for source, target in lines * 3]
    (evidence, *_) = [
        term.evidence
        for concept in extract(pairs, Direction("fr", "pt-BR"), least=0.0)
        for term in concept.of("pt-BR")
    ]
    reasons, _ = reasons_for(evidence)
    assert reasons[0] == "seen 3 times, always translated the same"
    assert len(reasons) > 1


@st.composite
def partial_alignments(draw):
    """Two texts and beads in order between them that leave some segments out."""
    lengths = draw(st.tuples(st.integers(0, 6), st.integers(0, 6)))
    source, target = (
        Text(tuple(f"{side}{n}" for n in range(length))) for side, length in zip("st", lengths, strict=True)
    )
    beads, at = [], [0, 0]
    while draw(st.booleans()) and (at[0] < lengths[0] or at[1] < lengths[1]):
        sides = []
        for side in (0, 1):
            start = draw(st.integers(at[side], lengths[side]))
            end = draw(st.integers(start, lengths[side]))
            sides.append(tuple(range(start, end)))
            at[side] = end
        if sides != [(), ()]:
            beads.append(Bead(*sides, draw(st.floats(0, 1))))
    return source, target, beads


@given(partial_alignments())
def test_every_segment_is_shown_once_and_in_order(aligned):
    source, target, _ = aligned
    page = alignment_page([aligned], title="All")
    assert found(page, ".beads .source [lang]") == list(source.segments)
    assert found(page, ".beads .target [lang]") == list(target.segments)


def test_doubtful_and_unaligned_beads_say_so_in_words():
    root = parsed(alignment(*texts()))
    assert [item.get("data-state") for item in root.cssselect("[data-item]")] == ["doubtful", "unaligned"] * 2
    assert found(alignment(*texts()), ".verdict .flag") == ["doubtful", "unaligned"] * 2
    assert found(alignment(*texts()), ".type") == ["1–1", "1–0"] * 2
    assert [link.get("href") for link in root.cssselect("nav a")] == [
        f"#{s.get('id')}" for s in root.cssselect("section")
    ]


def test_an_empty_glossary_and_an_empty_alignment_are_pages_too():
    assert found(glossary(), "output") == ["0 concepts"]
    assert found(alignment_page([], title="None"), "output") == ["0 beads"]


# ------------------------------------------------------------------------------------------- how it looks


def palettes():
    style = parsed(glossary()).xpath("//style/text()")[0]
    light, dark, *_ = (
        dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    )
    return {"light": light, "dark": {**light, **dark}}


def luminance(colour):
    """WCAG 2.2, relative luminance."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(scheme):
    colours = palettes()[scheme]
    on = [
        (text, ground)
        for text in ("ink", "muted", "accent", "doubt", "special")
        for ground in ("paper", "raised")
    ]
    on += [(name.removesuffix("-ground"), name) for name in colours if name.endswith("-ground")]
    assert len(on) == 16
    weak = {pair: contrast(*(colours[name] for name in pair)) for pair in on}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


# ------------------------------------------------------------------------------------------- how it works


def driven(page, tmp_path, script):
    """What a script returns that is run in the page by Chromium, after the page's own and without its policy."""
    page = re.sub("<meta http-equiv.*?>", "", page)
    page = page.replace(
        "</body>", f"<script>document.title = JSON.stringify((() => {{{script}}})())</script></body>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1280,900",
         "--dump-dom", (tmp_path / "page.html").as_uri()],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return json.loads(lxml.html.document_fromstring(done.stdout).findtext("head/title"))


DRIVER = """
const form = document.querySelector(".tools");
const shown = () => [...document.querySelectorAll("[data-item]:not([hidden])")].map((item) => item.id || item.className);
const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
"""


@pytest.mark.client
def test_the_alignment_is_filtered_and_its_doubtful_beads_walked_through(tmp_path):
    source, target = Text(tuple("abcd"), language="fr"), Text(tuple("efg"), language="pt")
    beads = [Bead((0,), (0,), 0.99), Bead((1,), (1,), 0.5), Bead((2,), (2,), 0.99), Bead((3,), (), 0.9)]
    answers = driven(
        alignment_page([(source, target, beads), (*texts(), [Bead((0, 1), (0,), 1.0)])], title="Walk"),
        tmp_path,
        DRIVER + """
        const choose = (state) => {
          form.querySelector(`[name=state][value="${state}"]`).click();
          return [shown(), form.querySelector("output").textContent];
        };
        const answers = [choose("doubtful"), document.querySelector("#d2").hidden, choose("")];
        const at = () => document.activeElement.dataset.state;
        for (const key of "jjjk") { press(key); answers.push(at()); }
        return answers;
        """,
    )  # fmt: skip
    assert [len(answers[0][0]), answers[0][1], answers[1], answers[2][1]] == [
        1,
        "1 of 5 beads",
        True,
        "5 beads",
    ]
    assert answers[3:] == ["doubtful", "unaligned", "unaligned", "doubtful"]


# ------------------------------------------------------------------------------------------------- the parts


LEAVEN = Concept("1", (Term("levain", "fr"), Term("fermento", "pt-BR", status="rejected")))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ()),
        ("Rien.", (("Rien.", False),)),
        ("levain", (("levain", True),)),
        ("Le levain", (("Le ", False), ("levain", True))),
        ("levain dur", (("levain", True), (" dur", False))),
        ("levain levains", (("levain", True), (" ", False), ("levains", True))),
    ],
)
def test_a_sentence_is_cut_around_its_terms(text, pieces):
    assert marked(text, Recogniser([LEAVEN], "fr")) == pieces


def test_rejected_terms_are_marked_in_contexts_and_the_concept_stays_as_it_was():
    assert [term.status for term in findable(LEAVEN).terms] == ["candidate", "candidate"]
    assert LEAVEN.terms[1].status == "rejected"
    decided = Concept("1", (Term("pain", "fr", status="approved"),))
    assert findable(decided) is decided


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0\xa0%"), (0.005, "0\xa0%"), (0.57, "57\xa0%"), (0.9999, "99\xa0%"), (1, "100\xa0%")],
)
def test_a_share_is_rounded_down(share, shown):
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("ar", 'lang="ar" dir="rtl"'),
        ("az-Arab", 'lang="az-Arab" dir="rtl"'),
        ("az", 'lang="az" dir="ltr"'),
        ("no such", 'lang="" dir="auto"'),
    ],
)
def test_a_language_says_in_which_order_it_is_written(tag, attributes):
    assert language_attributes(tag) == attributes


def test_a_bead_is_doubtful_below_eighty_percent_only():
    text = Text(("a", "b", "c"))
    beads = [Bead((0,), (0,), 0.8), Bead((1,), (1,), 0.799), Bead((2,), (2,), 0.81)]
    section = _section(text, text, beads)
    assert [row.doubtful for row in section.rows] == [False, True, False]
    assert (section.doubtful, section.unaligned) == (1, 0)


def test_every_segment_has_a_row_in_its_place():
    source, target = Text(("a", "b", "c")), Text(("x", "y", "z", "w"))
    section = _section(source, target, [Bead((1,), (2,), 0.9)])
    sides = [
        ([sentence.text for sentence in row.source], [sentence.text for sentence in row.target])
        for row in section.rows
    ]
    assert sides == [(["a"], []), ([], ["x"]), ([], ["y"]), (["b"], ["z"]), (["c"], []), ([], ["w"])]
    assert [row.states for row in section.rows] == [
        *["doubtful unaligned"] * 3,
        "",
        *["doubtful unaligned"] * 2,
    ]
    assert section.unaligned == 5


def test_a_row_opens_a_paragraph_where_its_source_does():
    source = Text(("a", "b", "c"), paragraphs=(0, 0, 1), lines=(1, 1, 4))
    target = Text(("x", "y", "z"))
    rows = _section(source, target, [Bead((number,), (number,), 1.0) for number in range(3)]).rows
    assert [row.opens for row in rows] == [True, False, True]
    assert [(row.source[0].number, row.source[0].line, row.target[0].line) for row in rows] == [
        (1, 1, 0),
        (2, 1, 0),
        (3, 4, 0),
    ]
    assert [row.type for row in rows] == ["1–1"] * 3


def test_the_script_of_the_glossary_page_has_the_same_statuses_and_words():
    script = resources.files("tm.pages").joinpath("glossary_model.js").read_text(encoding="utf-8")

    def named(name):
        body = re.search(rf"^const {name} = (\[.*?\]|\{{.*?\}});", script, re.DOTALL | re.MULTILINE)[1]
        body = re.sub(r't\((".*?")\)', r"\1", body)
        quoted = re.sub(r"^ *([A-Za-z]+):", r'"\1":', body, flags=re.MULTILINE)
        return json.loads(re.sub(r",\s*([\]}])", r"\1", quoted))

    assert named("STATUSES") == list(get_args(Status))
    assert set(named("ACCEPTED")) == set(ACCEPTED)
    words = {value: word for value, word in named("WORDS").items() if word != value}
    assert words == {**WORDS, "no-term": "no term"}
    assert named("ABBREVIATIONS") == ABBREVIATIONS
