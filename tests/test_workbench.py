"""The workbench as people use it: typed and pressed in Chromium, and what is then in the files."""

import runpy
import time
from pathlib import Path

import pytest

from tm.direction import Direction
from tm.formats import read_concepts, write_concepts
from tm.model import Concept, Context, Evidence, Segment, Term, Unit, Variant
from tm.store import open_store
from tm.terminology import merge
from tm.work.alteration import Alteration
from tm.work.deciding import decide_terms
from tm.work.decision_log import read_log
from tm.work.editing import Selection, edit_units
from tm.work.glossary_file import By

pytestmark = pytest.mark.client

HERE = Path(__file__).parent
CHROMIUM = runpy.run_path(str(HERE / "clients" / "chromium.py"))
WORKBENCH = runpy.run_path(str(HERE / "clients" / "workbench.py"))
later, sideways = WORKBENCH["later"], WORKBENCH["sideways"]
FR_PT = Direction("fr", "pt-BR")
PATHS = ["/", "/memory", "/terms", "/alignment", "/job"]

SENTENCES = [
    ("Ouvrez le fichier de configuration.", "Abra o arquivo de configuração."),
    ("Le fichier est vide.", "O arquivo está vazio."),
    ("Fermez la fenêtre avant de quitter.", "Feche a janela antes de sair."),
    ("Un fichier à l’école", "Um arquivo na escola"),
]


def term(number):
    context = Context(f"Voici le mot{number} ici.", f"Eis a palavra{number} aqui.", "texte.txt", number)
    seen = Evidence(3, 3, 3, 0.95 - number / 100, contexts=(context,))
    return Concept(
        f"c-mot{number}",
        (Term(f"mot{number}", "fr"), Term(f"palavra{number}", "pt-BR", evidence=seen)),
    )


WORDS = "four pain sel table porte maison jardin livre route pierre".split()
PALAVRAS = "forno pão sal mesa porta casa jardim livro estrada pedra".split()


def documents(folder, count):
    """Two documents of sentences, a paragraph each."""
    source, target = folder / "texte.fr.txt", folder / "texto.pt.txt"
    for path, words, shape in (
        (source, WORDS, "Voici le {} numéro {}."),
        (target, PALAVRAS, "Eis aqui o {} número {}."),
    ):
        path.write_text(
            "".join(shape.format(words[n % 10], n) + "\n\n" for n in range(count)), encoding="utf-8"
        )
    return source, target


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if not CHROMIUM["PROGRAM"]:
        pytest.skip("no Chromium on this machine")
    with CHROMIUM["chromium"](tmp_path_factory.mktemp("browser")) as tab:
        yield tab


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def address(folder):
    pytest.importorskip("starlette")
    with open_store(folder / "m.tm", create=True) as store:
        store.add(
            [Unit((Variant("fr", Segment(one)), Variant("pt-BR", Segment(two)))) for one, two in SENTENCES]
        )
    write_concepts(folder / "glossary.tsv", list(map(term, range(60))), direction=FR_PT)
    options = ("-m", folder / "m.tm", "--terms", folder / "glossary.tsv", "-s", "fr", "-t", "pt-BR")
    with WORKBENCH["served"](*options) as place:
        yield place


@pytest.fixture
def page(browser, address):
    """Opens a page; in the end nothing went wrong in it."""
    browser.size(1280)
    browser.errors.clear()

    def opened(path):
        browser.open(address + path)
        return browser

    yield opened
    assert [error for error in browser.errors if "exceptionDetails" in error] == []


def texts(tab, selector):
    return tab.run(f"[...document.querySelectorAll({selector!r})].map((one) => one.textContent)")


# ------------------------------------------------------------------------------------------- all pages


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_stands_beside_a_narrow_window(page, path, dark):
    script = WORKBENCH["axe"]()
    tab = page(path)
    tab.size(320, dark=dark)
    assert sideways(tab) == 0
    if not script:
        pytest.skip("no axe-core: AXE_CORE names its axe.min.js")
    assert WORKBENCH["violations"](tab, script) == []
    tab.size(1280, dark=dark)
    assert WORKBENCH["violations"](tab, script) == []


# ------------------------------------------------------------------------------------------- search


def test_a_search_shows_matches_and_lines_while_it_is_typed_and_a_key_copies(page):
    tab = page("/?language=en")
    tab.type("fich")
    later(tab, "document.querySelectorAll('.lines li').length === 3")
    assert set(texts(tab, ".lines .key")) == {"fichier"}
    tab.type("ier est vide")
    later(tab, "document.querySelectorAll('.hits li').length")
    assert texts(tab, ".hits .target-side") == ["O arquivo está vazio."]
    tab.press("ArrowDown")
    tab.run("navigator.clipboard.writeText = async (text) => { window.copied = text; }; 0")
    tab.press("c")
    assert later(tab, "window.copied") == "O arquivo está vazio."


def test_lines_come_in_the_order_of_what_stands_behind(page):
    tab = page("/?q=fichier")
    later(tab, "document.querySelectorAll('.lines li').length === 3")
    tab.run(
        """const order = document.querySelector('[name=order]'); order.value = 'right';
        order.dispatchEvent(new Event('input', { bubbles: true }))"""
    )
    assert texts(tab, ".lines .right") == [" à l’école", " de configuration.", " est vide."]


def test_accents_count_when_that_is_asked_for(page):
    tab = page("/?q=ecole")
    later(tab, "document.querySelectorAll('.lines li').length === 1")
    tab.click("[name=accents]")
    later(tab, "document.querySelector('[data-part=lines]').hidden")


def test_a_text_in_either_language_finds_what_is_near_in_meaning(page):
    tab = page("/?language=en")
    tab.click("[name=meaning]")
    tab.click("[name=query]")
    tab.type("Favor abrir o arquivo de configuração.")
    later(tab, "/result/.test(document.querySelector('output').textContent)")
    assert texts(tab, "[data-part=meanings] .source-side")[0] == SENTENCES[0][0]
    assert texts(tab, "section:not([hidden]) h2") == ["Near in meaning"]
    tab.click("[name=meaning]")
    later(tab, "document.querySelector('[data-part=meanings]').hidden")
    assert tab.run("document.querySelector('[name=phrase]').closest('label').hidden") is False


def test_of_a_sentence_that_nothing_is_like_its_parts_are_shown_and_its_translation_can_be_entered(page):
    tab = page("/?language=en&q=Jamais+le+fichier+est+vide+quand+il+pleut+dehors")
    later(tab, "document.querySelectorAll('[data-part=parts] li').length")
    assert texts(tab, "[data-part=parts] .key") == ["Le fichier est vide"]
    tab.run("document.activeElement.blur()")
    tab.press("n")
    later(tab, "document.querySelector('.fresh [name=source]')?.value.startsWith('Jamais le fichier')")


# ------------------------------------------------------------------------------------------- memory


def unit_texts(folder):
    with open_store(folder / "m.tm") as store:
        return [unit.variants[1].segment.text for unit in store.units()]


def test_a_unit_is_changed_taken_out_and_brought_back_by_keys(page, folder):
    tab = page("/memory?language=en")
    later(tab, "document.querySelectorAll('.units li').length")
    tab.press("/")
    tab.type("fenêtre")
    later(tab, "document.querySelectorAll('.units li').length === 1")
    tab.press("ArrowDown", "e")
    tab.type("Feche a janela.")
    tab.click(".units [type=submit]")
    later(tab, "document.querySelector('.units .target-side')?.textContent === 'Feche a janela.'")
    assert "Feche a janela." in unit_texts(folder)
    tab.press("x")
    later(tab, "document.querySelectorAll('.units li').length === 0")
    assert "Feche a janela." not in unit_texts(folder)
    tab.run("document.activeElement.blur()")
    later(tab, "/taken out/.test(document.querySelector('.history tbody tr').textContent)")
    tab.press("u")
    later(tab, "document.querySelectorAll('.units li').length === 1")
    assert "Feche a janela." in unit_texts(folder)


def test_a_unit_is_entered_by_keys_and_the_newest_stands_first(page, folder):
    tab = page("/memory?language=en")
    later(tab, "document.querySelectorAll('.units li').length")
    tab.press("n")
    tab.type("Une phrase neuve.")
    tab.press("Tab")
    tab.type("Uma frase nova.")
    tab.click(".units [type=submit]")
    later(tab, "/Saved/.test(document.querySelector('.said').textContent)")
    assert unit_texts(folder)[-1] == "Uma frase nova."
    tab = page("/memory?language=en&q=nova+fras")
    later(tab, "document.querySelectorAll('.units li').length")
    assert texts(tab, ".units .target-side") == ["Uma frase nova."]
    tab = page("/memory?language=en")
    later(tab, "document.querySelectorAll('.units li').length > 1")
    assert texts(tab, ".units .target-side")[0] == "Uma frase nova."


def test_a_change_that_somebody_else_made_is_taken_back_only_when_it_is_asked_twice(page, folder):
    with open_store(folder / "m.tm") as store:
        store.add(
            [
                Unit((Variant("fr", Segment(f"Ligne {n}")), Variant("pt-BR", Segment(f"Linha {n}"))))
                for n in "ab"
            ],
            name="lines.tmx",
            author="rui",
        )
    tab = page("/memory?language=en")
    later(tab, "/lines.tmx/.test(document.querySelector('.history').textContent)")
    tab.press("u")
    assert "lines.tmx, 2 units, rui" in later(tab, "document.querySelector('.said').textContent")
    assert "Linha a" in unit_texts(folder)
    tab.press("u")
    later(tab, "/Undone/.test(document.querySelector('.said').textContent)")
    assert "Linha a" not in unit_texts(folder)


WATCHED = """window.drawn = false;
new MutationObserver(() => { window.drawn = true; }).observe(
  document.querySelector("[data-total]"), { childList: true }); 0"""
"""Notes when the page draws what it has found."""


def test_an_answer_that_comes_late_takes_neither_the_focus_nor_what_is_typed(page):
    tab = page("/memory?language=en&q=quitter")
    later(tab, "document.querySelectorAll('.units li').length === 1")
    tab.press("/", "ArrowDown", "e")
    tab.type("Feche tudo.")
    search = "document.querySelector('.tools').dispatchEvent(new Event('input')); 0"
    tab.run("document.querySelector('.units').firstChild.remembered = true; 0")
    tab.run(WATCHED)
    tab.run(search)
    later(tab, "window.drawn")
    assert tab.run("document.activeElement.value") == "Feche tudo."
    assert tab.run("[...document.querySelectorAll('.units li')].map((item) => item.remembered)") == [True]
    tab.press("Escape")


def test_of_two_who_change_a_unit_the_second_is_told_and_keeps_what_was_typed(page, folder):
    tab = page("/memory?language=en")
    later(tab, "document.querySelectorAll('.units li').length")
    tab.press("/")
    tab.type("vide")
    later(tab, "document.querySelectorAll('.units li').length === 1")
    tab.press("ArrowDown", "e")
    tab.type("O arquivo não tem nada.")
    with open_store(folder / "m.tm") as store:
        edit_units(store, Selection(source="Le fichier est vide."), Alteration(target="Vazio."), FR_PT)
    tab.click(".units [type=submit]")
    assert "Somebody was quicker" in later(tab, "document.querySelector('.said.alert')?.textContent")
    assert tab.run("document.querySelector('.units [name=target]').value") == "O arquivo não tem nada."
    assert "Vazio." in unit_texts(folder)
    tab.press("Escape")


# ------------------------------------------------------------------------------------------- alignment


def choose(tab, selector, path):
    root = tab.call("DOM.getDocument")["root"]["nodeId"]
    node = tab.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
    tab.call("DOM.setFileInputFiles", nodeId=node, files=[str(path)])


def beads(tab):
    return tab.run(
        """[...document.querySelectorAll(".beads li")].map((item) => [".source .at", ".target .at"].map((side) =>
        [...item.querySelectorAll(side)].map((at) => Number(at.textContent))))"""
    )


CORRECTIONS = {
    "merged with the next": "mj",
    "dropped": "d",
    "its translation moved to the next": "+j",
    "merged and divided again": "msj",
    "confirmed": "a",
}
"""What becomes of a bead, by which keys, and the way to the one after it."""

KEYS_FOR_ONE = 3
"""Keys that one correction may cost, with the way to the next one."""


def test_fifty_corrections_of_an_alignment_cost_three_keys_each_and_are_in_the_memory(page, folder, tmp_path):
    source, target = documents(tmp_path, 120)
    tab = page("/alignment?language=en")
    choose(tab, "[name=first]", source)
    choose(tab, "[name=second]", target)
    tab.click("[type=submit]")
    later(tab, "document.querySelectorAll('.beads li').length")
    assert beads(tab) == [[[number], [number]] for number in range(1, 121)]
    for number in range(50):
        keys = [*CORRECTIONS.values()][number % len(CORRECTIONS)]
        assert len(keys) <= KEYS_FOR_ONE
        tab.press(*keys)
    now = beads(tab)
    assert now[:6] == [[[1, 2], [1, 2]], [[3], [3]], [[4], []], [[5], [4]], [[6], [5, 6]], [[7, 8], [7, 8]]]
    assert now[50:] == [[[number], [number]] for number in range(61, 121)]
    assert tab.run("document.querySelectorAll('.beads .dropped').length") == 10
    tab.click("[data-do=add]")
    message = later(
        tab,
        "/came into/.test(document.querySelector('.said').textContent) && document.querySelector('.said').textContent",
    )
    paired = [bead for bead in now if all(bead)]
    assert message == f"{len(paired) - 10} units came into the memory."
    with open_store(folder / "m.tm") as store:
        texts = {unit.pair("fr", "pt").source.text for unit in store.units()}
        assert "Voici le four numéro 0. Voici le pain numéro 1." in texts
        assert "Voici le sel numéro 2." not in texts


def test_a_sentence_is_moved_between_beads_and_back(page, tmp_path):
    source, target = documents(tmp_path, 6)
    tab = page("/alignment?language=en")
    choose(tab, "[name=first]", source)
    choose(tab, "[name=second]", target)
    tab.click("[type=submit]")
    later(tab, "document.querySelectorAll('.beads li').length")
    tab.press("ArrowRight", "+")
    assert beads(tab)[:2] == [[[1], []], [[2], [1, 2]]]
    tab.press("j", "-")
    assert beads(tab)[:2] == [[[1], [1]], [[2], [2]]]
    tab.press("u", "u")
    assert beads(tab)[:2] == [[[1], [1]], [[2], [2]]]


# ------------------------------------------------------------------------------------------- job


def work_on(tab, path):
    choose(tab, "[name=first]", path)
    tab.run("save = (name, content) => { window.saved = [name, atob(content)]; }; 0")
    tab.click("[type=submit]")


def ended(tab):
    later(tab, "document.querySelector('.working').hidden && document.querySelector('.said').textContent")
    return tab.run("document.querySelector('.said').textContent")


def test_a_document_is_filled_and_has_the_name_of_its_language(page, tmp_path):
    document = tmp_path / "notice.txt"
    document.write_text("Un fichier à l’école\n\nIl pleut.\n", encoding="utf-8")
    tab = page("/job?language=en")
    work_on(tab, document)
    assert ended(tab) == "Done. A file without translations has no findings and no score."
    assert "1 of 2 segments" in tab.run("document.querySelector('[data-part=pretranslated]').textContent")
    tab.click("[data-part=pretranslated] button")
    assert tab.run("window.saved[0]") == "notice.pt-BR.txt"
    assert tab.run("window.saved[1]").startswith("Um arquivo na escola")


def test_suggestions_are_taken_and_what_is_left_is_shown(page, tmp_path):
    rows = ("fr\tpt-BR", "Il a 3 pains.\tEle tem 3  pães.", "Il a 4 pains.\tEle tem 5 pães.")
    (tmp_path / "job.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    tab = page("/job?language=en")
    work_on(tab, tmp_path / "job.tsv")
    assert ended(tab) == "Done."
    before = tab.run("document.querySelectorAll('.findings li').length")
    tab.click(".taking button")
    later(tab, "window.saved")
    assert tab.run("window.saved[0]") == "job.corrected.tsv"
    assert "Ele tem 3 p" in tab.run("window.saved[1]")
    later(tab, f"document.querySelectorAll('.findings li').length < {before}")
    assert any("number" in text for text in texts(tab, ".findings li"))


def test_long_work_is_stopped_by_a_key(page, tmp_path):
    source, _ = documents(tmp_path, 900)
    tab = page("/job?language=en")
    work_on(tab, source)
    later(tab, "!document.querySelector('.working').hidden")
    tab.press("Escape")
    assert ended(tab) == "Cancelled; what was done stands here."
    while tab.run("fetch('/api/v1/jobs').then((answer) => answer.json())")["jobs"]:
        time.sleep(0.05)  # the server is told beside


# ------------------------------------------------------------------------------------------- terms


def test_fifty_decisions_by_one_key_each_are_in_the_glossary_and_stay_at_a_new_extraction(page, folder):
    tab = page("/terms?language=en")
    later(tab, "document.querySelectorAll('.entry').length")
    tab.press("j", *("ar" * 25))
    later(tab, "decisions.size === 0 && done.length === 50")
    statuses = [concept.terms[1].status for concept in read_concepts(folder / "glossary.tsv")]
    assert statuses == ["approved", "rejected"] * 25 + ["candidate"] * 10
    anew = merge(list(map(term, range(60))), list(read_concepts(folder / "glossary.tsv")))
    assert [concept.of("pt-BR")[0].status for concept in anew][:50] == ["approved", "rejected"] * 25
    tab.press("u", "u")
    later(tab, "done.length === 48")
    statuses = [concept.terms[1].status for concept in read_concepts(folder / "glossary.tsv")]
    assert statuses[48:50] == ["candidate", "candidate"]


def test_who_comes_second_is_told_and_nothing_is_lost(page, folder):
    glossary = folder / "glossary.tsv"
    tab = page("/terms?language=en")
    later(tab, "document.querySelectorAll('.entry').length")
    decide_terms(glossary, "forbidden", "mot58", by=By("rui"))
    tab.type("/")
    tab.type("mot58")
    tab.press("ArrowDown", "a")
    message = later(tab, "document.querySelector('.said.alert')?.textContent")
    assert "palavra58 is forbidden now" in message
    assert texts(tab, ".entry .figures .status") == ["forbidden"]
    assert read_log(glossary)[-1].author == "rui"
    tab.press("a")
    later(tab, "done.length === 1")
    assert {one.terms[1].status for one in read_concepts(glossary) if one.id == "c-mot58"} == {"approved"}


def after_loading(tab, expression):
    """Until an expression holds in the page, which is loaded anew meanwhile: nothing in it can be waited for."""
    while not tab.run(expression):
        time.sleep(0.05)


def test_conflicts_of_an_import_are_decided_one_by_one_and_a_key_takes_the_import_back(
    page, folder, tmp_path
):
    glossary = folder / "glossary.tsv"
    rows = ["fr\tpt-BR\tstatus"]
    for number in (56, 57):
        decide_terms(glossary, "approved", f"mot{number}", by=By("rui"))
        rows.append(f"mot{number}\toutra{number}\tapproved")
    (tmp_path / "client.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    tab = page("/terms?language=en")
    choose(tab, "[data-import]", tmp_path / "client.tsv")
    later(tab, "document.querySelectorAll('.conflicts li').length === 2")
    assert texts(tab, ".conflicts legend") == ["mot56", "mot57"]
    tab.click(".conflicts li:last-child [value=theirs]")
    tab.click(".importing [type=submit]")
    after_loading(tab, "/2 concepts were imported/.test(document.querySelector('.said')?.textContent)")
    said = {term.text: term.status for one in read_concepts(glossary) for term in one.of("pt-BR")}
    assert (said["palavra56"], said["palavra57"], said["outra57"]) == ("approved", "candidate", "approved")
    assert "outra56" not in said
    tab.press("u")
    after_loading(tab, "document.querySelector('.said')?.textContent === ''")
    assert not any("outra57" in term.text for one in read_concepts(glossary) for term in one.of("pt-BR"))


def test_a_term_shows_its_contexts_when_it_is_opened(page):
    tab = page("/terms?language=en")
    later(tab, "document.querySelectorAll('.entry').length")
    tab.press("j", "Enter")
    later(tab, "document.querySelectorAll('.entry figure mark').length")
    assert texts(tab, ".entry figure mark") == ["mot0", "palavra0"]


def test_a_page_speaks_the_language_that_was_chosen(page):
    tab = page("/terms?language=pt-BR")
    assert tab.run("document.documentElement.lang") == "pt-BR"
    assert (
        tab.run('reasonText("seen 1,200 times, translated so once")')
        == "visto 1.200 vezes, traduzido assim uma vez"
    )
    assert tab.run('reasonText("several words")') == "várias palavras"
    tab = page("/")
    assert texts(tab, "h1") == ["Pesquisar"]
    page("/?language=en")
