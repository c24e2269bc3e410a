"""The glossary page as a translator uses it: clicked and typed in by Chromium, its decisions applied."""

import csv
import json
import runpy
from pathlib import Path

import pytest

from tm.direction import Direction
from tm.formats import read_concepts, write_concepts
from tm.model import Concept, Context, Evidence, Term
from tm.pages import glossary_page
from tm.pages.page import visible
from tm.work.applying import apply_decisions
from tm.work.deciding import undo_terms

pytestmark = pytest.mark.client

CHROMIUM = runpy.run_path(str(Path(__file__).parent / "clients" / "chromium.py"))
FR_PT = Direction("fr", "pt-BR")
PAIRS = [
    ("pâte à pain", "massa de pão"),
    ("fours", "forno"),
    ("œuf", "ovo"),
    ("levain", "fermento natural"),
    ("grande quantité", "grande quantidade"),
    ("pelle", "pá"),
    ("pain", "pão"),
]


def concept(source, *targets, confidence=0.9, part_of_speech="noun", document="pain.txt"):
    context = Context(f"Voici : {source}, encore {source}.", f"Eis aqui: {targets[0]}.", document, 7)
    seen = Evidence(3, 3, 3, confidence, (("specificity", 1.0), ("goes on", -0.5)), (context,))
    return Concept(
        f"c-{source}",
        (
            Term(source, "fr", part_of_speech=part_of_speech),
            *(Term(target, "pt-BR", evidence=seen) for target in targets),
        ),
    )


def bakery():
    return [
        *(concept(source, target, confidence=0.95 - place / 10) for place, (source, target) in enumerate(PAIRS)),
        concept("bol", "tigela", "taça", document="bol.txt"),
        concept("Lyon", "Lião", part_of_speech="properNoun"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if not CHROMIUM["PROGRAM"]:
        pytest.skip("no Chromium on this machine")
    with CHROMIUM["chromium"](tmp_path_factory.mktemp("browser")) as tab:
        yield tab


@pytest.fixture
def page(browser, tmp_path):
    """The page of the bakery, open in a tab; it has said nothing to the console in the end."""
    path = tmp_path / "glossary.html"
    path.write_text(glossary_page(bakery(), direction=FR_PT, title="Bread"), encoding="utf-8")
    browser.folder = path.parent
    browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    browser.errors.clear()
    browser.size(1280)
    browser.open(path)
    browser.run("localStorage.clear()")
    browser.open(path)
    yield browser
    assert browser.errors == []


def shown(tab):
    return tab.run("[...document.querySelectorAll('.entry .source .term')].map((term) => term.textContent)")


def text(tab, selector):
    return tab.run(f"document.querySelector({selector!r}).textContent")


def search(tab, words):
    tab.run("document.activeElement.blur()")
    tab.press("/")
    tab.type(words)


def clear(tab):
    tab.press("Escape")
    tab.run("document.activeElement.blur()")


def row(source):
    number = 1 + [concept.terms[0].text for concept in bakery()].index(source)
    return f"#c{number}"


def downloaded(tab):
    tab.click("[data-download]")
    files = []
    while not (files and files[0].stat().st_size):
        tab.wait("true")
        files = list(tab.folder.glob("glossary-decisions-*.tsv"))
    return files[0]


def test_what_is_decided_on_the_page_comes_into_the_glossary(page, tmp_path):
    glossary = tmp_path / "glossary.tsv"
    write_concepts(glossary, bakery(), direction=FR_PT)
    before = glossary.read_bytes()

    search(page, "OEUF")
    assert shown(page) == ["œuf"]
    page.click(f"{row('œuf')} [data-do=approved]")
    clear(page)
    page.click("input[name=decided][value=no]")
    assert "œuf" not in shown(page)
    page.press("j", "a", "e")  # the first, then the one that has the focus after it
    page.run("document.querySelector('form.pair [name=source]').select()")
    page.type("four à bois")
    page.press("Enter")
    page.click(f"{row('pelle')} [data-do=approved]")
    page.click(f"{row('grande quantité')} [data-do='no-term']")
    page.click("[name=author]")
    page.type("Ana")

    page.open(page.folder / "glossary.html")
    assert text(page, "[data-tally]") == "4 undecided, 5 decided here"
    assert text(page, f"{row('fours')} .source del + .term") == "four à bois"
    file = downloaded(page)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert [(row["fr"], row["decision"], row["new_fr"], row["author"]) for row in rows] == [
        ("œuf", "approved", "", "Ana"),
        ("pâte à pain", "approved", "", "Ana"),
        ("fours", "approved", "four à bois", "Ana"),
        ("pelle", "approved", "", "Ana"),
        ("grande quantité", "no-term", "", "Ana"),
    ]

    result = apply_decisions(file, glossary)
    assert (len(result.done), result.conflicts) == (5, ())
    statuses = {term.text: term.status for one in read_concepts(glossary) for term in one.of("fr")}
    assert {name: status for name, status in statuses.items() if status != "candidate"} == {
        "œuf": "approved",
        "pâte à pain": "approved",
        "four à bois": "approved",
        "fours": "rejected",
        "pelle": "approved",
        "grande quantité": "rejected",
    }
    undo_terms(glossary)
    assert glossary.read_bytes() == before


def test_words_are_found_without_accents_and_phrases_as_they_stand(page):
    for query, terms in [
        ("pao", ["pâte à pain", "pain"]),
        ("pate PAO", ["pâte à pain"]),
        ('"pate a pain"', ["pâte à pain"]),
        ('"pain"', ["pâte à pain", "pain"]),
        ('"pai"', []),
        ('"pâte a pain"', []),
        ("eis", []),
    ]:
        search(page, query)
        assert shown(page) == terms, query
        clear(page)
    page.click("[name=deep]")
    search(page, '"voici : levain"')
    assert shown(page) == ["levain"]
    assert page.run("document.querySelectorAll('.entry .more mark').length") == 3
    clear(page)


def test_terms_stand_in_tiers_and_names_in_a_section_of_their_own(page):
    headings = page.run("[...document.querySelectorAll('.tier')].map((tier) => tier.textContent)")
    assert headings == [
        "Sure 80 % and more · 3",
        "Probable 60 to 79 % · 2",
        "Doubtful below 60 % · 3",
        "Names 1",
    ]
    page.click("[data-sort=source]")
    assert (shown(page)[:2], page.run("document.querySelectorAll('.tier').length")) == (["bol", "fours"], 0)
    page.click("[data-sort=source]")
    assert shown(page)[0] == "pelle"


def test_filters_of_one_kind_widen_and_of_two_kinds_narrow(page):
    def choose(name, value):
        page.run(
            f"(() => {{ const field = document.querySelector('[name={name}]'); field.value = {value!r};"
            "field.dispatchEvent(new Event('input', { bubbles: true })) })()"
        )

    choose("document", "bol.txt")
    assert shown(page) == ["bol"]
    choose("document", "")
    choose("grammar", "properNoun")
    assert shown(page) == ["Lyon"]
    choose("confidence", "0 0.6")
    assert (shown(page), text(page, "output")) == ([], "0 of 9 concepts")
    page.click(".nothing button")
    assert len(shown(page)) == 9
    page.click(f"{row('levain')} [data-do=approved]")
    page.click("input[name=status][value=approved]")
    assert shown(page) == ["levain"]
    page.click("input[name=status][value=candidate]")
    assert len(shown(page)) == 9


def test_every_decision_can_be_made_by_keys_and_taken_back(page):
    def status(source):
        return text(page, f"{row(source)} .figures .status")

    def at():
        return page.run("document.activeElement.closest('.entry')?.id ?? ''")

    page.press("j", "j")
    assert f"#{at()}" == row("fours")
    page.press("f")
    assert status("fours") == "forbidden"
    assert text(page, ".said") == "forbidden: fours = forno"
    page.press("p")
    assert status("fours") == "preferred"
    page.press("r")
    assert status("fours") == "rejected"
    assert f"#{at()}" == row("bol")
    page.press("u", "u")
    assert status("fours") == "forbidden"
    page.press("k", "z")
    assert status("fours") == "candidate"
    page.press("n")
    page.type("a gás")
    page.press("Enter")
    page.press("t")
    page.type("fornalha")
    page.press("Enter")
    assert text(page, f"{row('fours')} .target .main .term") == "fornalha"
    assert text(page, f"{row('fours')} .translations .note") == "a gás"
    page.run(f"document.querySelector({row('bol')!r} + ' [data-stop]').focus()")
    page.press("2")
    assert text(page, f"{row('bol')} .target .main .term") == "taça"
    page.press("Enter")
    page.click(f"{row('bol')} [data-term='0'] [data-do=rejected]")
    table = page.run("decisionTable('')").splitlines()
    assert [line.split("\t")[1:9] for line in table[1:]] == [
        ["fours", "forno", "candidate", "", "", "", "", "a gás"],
        ["fours", "", "", "preferred", "", "fornalha", "", ""],
        ["bol", "taça", "candidate", "preferred", "", "", "", ""],
        ["bol", "tigela", "candidate", "rejected", "", "", "", ""],
    ]


def test_a_pair_is_copied(page):
    page.call("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    page.press("j", "c")
    page.wait("document.querySelector('.said').textContent")
    assert text(page, ".said") == "copied: pâte à pain = massa de pão"
    assert page.run("navigator.clipboard.readText()") == "pâte à pain\tmassa de pão"


def test_a_page_made_anew_goes_on_with_what_is_not_settled(page):
    page.press("j", "a", "a")
    anew = bakery()
    anew[0] = Concept(anew[0].id, tuple(Term(term.text, term.language, "approved") for term in anew[0].terms))
    path = page.folder / "glossary.html"
    path.write_text(glossary_page(anew, direction=FR_PT, title="Bread"), encoding="utf-8")
    page.open(path)
    assert text(page, "[data-tally]") == "7 undecided, 1 decided here"
    assert page.run("[...decisions.values()].map((record) => record.source)") == ["fours"]


def test_a_glossary_of_one_language_is_decided_on_too(page, tmp_path):
    words = ("soupape", "pompe à huile", "carter", "huile")
    seen = Evidence(3, 3, 3, 0.9, (), (Context("Le carter de la pompe à huile.", ""),))
    concepts = [Concept(f"c-{word}", (Term(word, "fr", evidence=seen),)) for word in words]
    glossary, path = tmp_path / "one.tsv", tmp_path / "one.html"
    write_concepts(glossary, concepts, direction=Direction("fr", "und"))
    path.write_text(glossary_page(concepts, direction=Direction("fr", "und"), title="One"), encoding="utf-8")
    page.open(path)
    assert page.run("document.querySelectorAll('.none').length") == 0
    page.press("j", "a", "r", "e")
    page.run("document.activeElement.select()")
    page.type("carters")
    page.press("Enter")
    page.press("j", "n")
    page.type("de moteur")
    page.press("Enter")
    assert len(apply_decisions(downloaded(page), glossary).done) == 4
    terms = [(term.text, term.status, each.note) for each in read_concepts(glossary) for term in each.terms]
    assert terms == [
        ("soupape", "approved", ""),
        ("pompe à huile", "rejected", ""),
        ("carters", "approved", ""),
        ("huile", "candidate", "de moteur"),
    ]


def test_the_script_names_invisible_characters_as_the_tables_do(page):
    texts = [chr(code) for code in (*range(0x300), *range(0x2000, 0x2100), 0xD800, 0xDFFF, 0xFFFE, 0x1F35E)]
    assert page.run(f"{json.dumps(texts)}.map(visible)") == [visible(text) for text in texts]


def test_nothing_scrolls_sideways_on_a_phone_and_every_field_and_button_has_a_name(page):
    page.size(320, 700)
    page.press("j", "Enter", "e")
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    nameless = """[...document.querySelectorAll("button, input, select")].filter((element) =>
        !(element.textContent.trim() || element.labels?.length || element.getAttribute("aria-label"))).length"""
    assert page.run(nameless) == 0
    small = """[...document.querySelectorAll(".acts button")].filter((element) =>
        element.getBoundingClientRect().height < 24).length"""
    assert page.run(small) == 0


def test_rows_are_drawn_as_far_as_they_are_looked_at_and_all_are_printed(browser, tmp_path):
    many = [concept(f"mot{number}", f"palavra{number}") for number in range(500)]
    path = tmp_path / "many.html"
    path.write_text(glossary_page(many, direction=FR_PT, title="Many"), encoding="utf-8")
    browser.size(1280)
    browser.open(path)
    assert len(shown(browser)) < 150
    browser.run("scrollTo(0, document.body.scrollHeight)")
    browser.wait("document.querySelectorAll('.entry').length > 100")
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert len(shown(browser)) == 500
