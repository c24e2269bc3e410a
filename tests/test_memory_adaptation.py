"""What is no word in a new text, put into a stored translation: numbers, dates, placeholders, inline codes."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.direction import Direction
from tm.language.number_signs import read_number, signs_of
from tm.memory import find
from tm.memory.adaptation import adapt
from tm.memory.code_placement import place_codes
from tm.memory.similarity import Change, likeness
from tm.model import Code, Pair, Segment, Unit, Variant
from tm.store import open_store


def adapted(source, target, new, *changes, direction="fr pt-BR", kind="number"):
    pair = Pair(Segment(source), Segment(target))
    changed = [Change(kind, *change.split(">")) for change in changes]
    made = adapt(pair, Segment(new), changed, Direction(*direction.split()))
    return made.target.text if not made.unadapted else made.unadapted


@pytest.mark.parametrize(
    ("direction", "source", "target", "change", "expected"),
    [
        ("fr pt-BR", "3 pages", "3 páginas", "3>1 000", "1.000 páginas"),
        ("fr pt-BR", "3 pages", "3 páginas", "3>0,5", "0,5 páginas"),
        ("fr pt-BR", "3 pages", "3 páginas", "3>+3", "+3 páginas"),
        ("fr pt-BR", "Il fait 5 °C", "Faz 5 °C", "5>-5", "Faz -5 °C"),
        ("fr pt-PT", "3 pages", "3 páginas", "3>12 500", "12\u00a0500 páginas"),
        ("fr en", "3 pages", "3 pages", "3>12 500,75", "12,500.75 pages"),
        ("en fr", "3 pages", "3 pages", "3>1,000.5", "1\u202f000,5 pages"),
        ("en de", "3 pages", "3 Seiten", "3>1,234,567", "1.234.567 Seiten"),
        ("en de-CH", "3 pages", "3 Seiten", "3>1,234.5", "1’234.5 Seiten"),
        ("de en", "3 Seiten", "3 pages", "3>1.500", "1,500 pages"),
        ("en de", "3 pages", "3 Seiten", "3>1.500", "1,500 Seiten"),
        ("en es-MX", "3 m", "3 m", "3>2.5", "2.5 m"),
        ("en it", "3 m", "3 m", "3>2.5", "2,5 m"),
        ("fr pt-BR", "en 2018", "em 2018", "2018>2021", "em 2021"),
        ("fr pt-BR", "il y a 10 000 m", "há 10 000 m", "10 000>12 500", "há 12 500 m"),
        ("fr pt-BR", "3,5 m", "3.5 m", "3,5>4,25", "4.25 m"),
        ("fr pt-BR", "version 1.2.3", "versão 1.2.3", "1.2.3>1.3", "versão 1.3"),
        ("fr pt-BR", "à 10:30", "às 10:30", "10:30>9:15", "às 9:15"),
        ("fr tlh", "3 m", "3 m", "3>4", "4 m"),
        ("fr tlh", "3 m", "3 m", "3>4,5", ("numbers",)),
        ("fr pt-BR", "3 m", "três m", "3>4", ("numbers",)),
        ("fr pt-BR", "3 sur 3", "3 de 3", "3>4", ("numbers",)),
    ],
)
def test_a_number_is_written_as_the_target_writes_it(direction, source, target, change, expected):
    old, _, new = change.partition(">")
    assert adapted(source, target, source.replace(old, new, 1), change, direction=direction) == expected


@pytest.mark.parametrize(
    ("direction", "source", "target", "new", "changes", "expected"),
    [
        ("fr pt-BR", "Le 12 mars 2018", "Em 12 de março de 2018", "Le 15 avril 2019", "12>15 2018>2019", "Em 15 de abril de 2019"),
        ("fr pt-BR", "Le 12 mars 2018", "Em 12 de março de 2018", "Le 12 mai 2018", "", "Em 12 de maio de 2018"),
        ("fr pt-BR", "Le 12 mars", "Em 12/03", "Le 12 mai", "", ("dates",)),
        ("fr pt-BR", "Le 12 mars 2018", "Em 12/03/2018", "Le 1er mai 2018", "", "Em 01/05/2018"),
        ("fr pt-BR", "Le 12/03/2018", "Em 12/03/2018", "Le 03/04/2019", "12/03/2018>03/04/2019", "Em 03/04/2019"),
        ("fr en-US", "Le 12/03/2018", "On 03/12/2018", "Le 13/04/2019", "12/03/2018>13/04/2019", "On 04/13/2019"),
        ("fr en", "Le 3 mai 2018", "On May 3, 2018", "Le 1er juin 2019", "2018>2019", "On June 1, 2019"),
        ("fr de", "Le 3 mai 2018", "Am 3. Mai 2018", "Le 4 mars 2018", "3>4", "Am 4. März 2018"),
        ("en es", "On 3 May 2018", "El 3 de mayo de 2018", "On 4 June 2018", "3>4", "El 4 de junio de 2018"),
        ("it fr", "Il 2 maggio", "Le 2 mai", "Il 1 giugno", "2>1", "Le 1er juin"),
        ("fr pt-BR", "Le 3 mai, 3 pages", "Em 3 de maio, 3 páginas", "Le 3 mai, 4 pages", "3>4", "Em 3 de maio, 4 páginas"),
        ("fr pt-BR", "Du 3 mai au 4 mai", "De 3 de maio a 4 de maio", "Du 4 mai au 5 mai", "3>4 4>5", "De 4 de maio a 5 de maio"),
    ],
)  # fmt: skip
def test_a_date_is_written_as_the_old_one_stands_in_the_target(
    direction, source, target, new, changes, expected
):
    assert adapted(source, target, new, *changes.split(), direction=direction) == expected


def test_each_placeholder_goes_where_its_own_stands():
    placeholders = {"kind": "placeholder"}
    assert adapted("%s de {n}", "{n} of %s", "%d de {m}", "%s>%d", "{n}>{m}", **placeholders) == "{m} of %d"
    assert (
        adapted("{a} sur {b}", "{a} de {b}", "{b} sur {a}", "{a}>{b}", "{b}>{a}", **placeholders)
        == "{b} de {a}"
    )
    assert adapted("%s de %s", "%s de %s", "%d de %s", "%s>%d", **placeholders) == ("placeholders",)
    assert adapted("%s pages", "páginas", "%d pages", "%s>%d", **placeholders) == ("placeholders",)


def test_addresses_and_names_in_code_are_copied():
    address = "https://a.org/x>https://b.org/y"
    new = "Voir https://b.org/y."
    assert adapted(
        "Voir https://a.org/x.", "Veja https://a.org/x.", new, address, kind="address"
    ) == new.replace("Voir", "Veja")


def test_a_kind_that_cannot_be_adapted_leaves_the_others():
    pair = Pair(Segment("3 fois %s"), Segment("três vezes %s"))
    changes = (Change("number", "3", "4"), Change("placeholder", "%s", "%d"))
    made = adapt(pair, Segment("4 fois %d"), changes, Direction("fr", "pt"))
    assert (made.target.text, made.adapted, made.unadapted) == (
        "três vezes %d",
        ("placeholders",),
        ("numbers",),
    )


CASES = json.loads((Path(__file__).parent / "cases" / "adaptation.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['direction']} {case['new']}")
def test_a_match_is_adapted_where_it_is_certain(case):
    """``expected`` is null where nobody can tell: then the stored translation is shown, and what lacks is said."""
    source, target = case["direction"].split()
    texts = zip((source, target), case["stored"], strict=True)
    with open_store(":memory:", create=True) as store:
        store.add([Unit(tuple(Variant(tag, Segment(text)) for tag, text in texts))])
        (match,) = find(store, case["new"], Direction(source, target), minimum=50)
    assert match.percent < 100
    assert match.adapted is (case["expected"] is not None)
    assert bool(match.unadapted) is (case["expected"] is None)
    written = match.target.replace("\u00a0", " ").replace("\u202f", " ")
    assert written == (case["expected"] or case["stored"][1])


# --------------------------------------------------------------------------------------------- inline codes


def coded(text):
    """A segment of a text with <1>…</1> for pairs and <x/> for single codes."""
    plain, codes = "", []
    for piece in re.split(r"(</?\w>|<\w/>)", text):
        if piece.startswith("<"):
            kind = "alone" if piece.endswith("/>") else "close" if piece.startswith("</") else "open"
            codes.append(Code(len(plain), kind, piece.strip("</>")))
        else:
            plain += piece
    return Segment(plain, tuple(codes))


def shown(segment):
    """The segment written as ``coded`` reads it."""
    text, upto = "", 0
    for code in segment.codes:
        form = {"alone": f"<{code.name}/>", "open": f"<{code.name}>", "close": f"</{code.name}>"}[code.kind]
        text, upto = text + segment.text[upto : code.position] + form, code.position
    return text + segment.text[upto:]


def placed(source, target, new, direction="fr pt-BR"):
    pair = Pair(coded(source), coded(target))
    segment = coded(new)
    changes = likeness(pair.source, segment, direction.split()[0]).changes
    made = adapt(pair, segment, changes, Direction(*direction.split()))
    return shown(made.target), made.unadapted


@pytest.mark.parametrize(
    ("source", "target", "new", "expected"),
    [
        ("Le pain est prêt.", "O pão está pronto.", "<a>Le pain est prêt.</a>", "<a>O pão está pronto.</a>"),
        ("Le pain est prêt.", "O pão está pronto.", "<a>Le pain est prêt</a>.", "<a>O pão está pronto</a>."),
        ("Le pain est prêt.", "O pão está pronto.", "<x/>Le pain est prêt.", "<x/>O pão está pronto."),
        ("Le pain est prêt.", "O pão está pronto.", "<x/> Le pain est prêt.", "<x/>O pão está pronto."),
        ("Le pain est prêt.", "O pão está pronto.", "Le pain est prêt.<x/>", "O pão está pronto.<x/>"),
        ("Le pain est prêt.", "O pão está pronto.", "<a><b>Le pain est prêt.</b></a><x/>", "<a><b>O pão está pronto.</b></a><x/>"),
        ("Cliquez sur OK.", "Clique em OK.", "Cliquez sur <a>OK</a>.", "Clique em <a>OK</a>."),
        ("Cliquez sur OK.", "Clique em OK.", "<a>Cliquez sur</a> OK.", "<a>Clique em</a> OK."),
        ("Page 12 sur 15", "Página 12 de 15", "Page <a>12</a> sur 15", "Página <a>12</a> de 15"),
        ("Note : le pain", "Nota: o pão", "<a>Note :</a> le pain", "<a>Nota:</a> o pão"),
        ("Note : le pain", "Nota: o pão", "Note : <a>le pain</a>", "Nota: <a>o pão</a>"),
        ("Le pain (chaud) est prêt", "O pão (quente) está pronto", "Le pain (<a>chaud</a>) est prêt", "O pão (<a>quente</a>) está pronto"),
        ("Ouvrez Firefox et Chrome", "Abra Chrome e Firefox", "Ouvrez <a>Firefox</a> et <b>Chrome</b>", "Abra <b>Chrome</b> e <a>Firefox</a>"),
        ("Cliquez sur <a>OK</a>.", "Clique em <a>OK</a>.", "Cliquez sur OK.", "Clique em OK."),
        ("<a>Ouvrir</a> le fichier", "<a>Abrir</a> o arquivo", "<b>Ouvrir</b> le fichier", "<b>Abrir</b> o arquivo"),
        ("<a>Ouvrir</a> ou <b>fermer</b>", "<b>Fechar</b> ou <a>abrir</a>", "<c>Ouvrir</c> ou <d>fermer</d>", "<d>Fechar</d> ou <c>abrir</c>"),
        ("<x/>Un<x/> 1", "<x/>Um<x/> 1", "<x/>Un<x/> 1", "<x/>Um<x/> 1"),
        ("<a>Ouvrir</a> le <b>fichier</b>", "<a>Abrir</a> o <b>arquivo</b>", "<a>Ouvrir</a> le fichier", "<a>Abrir</a> o arquivo"),
    ],
)  # fmt: skip
def test_codes_are_put_where_their_place_is_certain(source, target, new, expected):
    assert placed(source, target, new) == (expected, ())


@pytest.mark.parametrize(
    ("source", "target", "new", "expected"),
    [
        ("Le pain est prêt.", "O pão está pronto.", "Le <a>pain</a> est prêt.", "O pão está pronto."),
        ("Le pain est prêt.", "O pão está pronto.", "Le pain<x/> est prêt.", "O pão está pronto."),
        ("<a>Ouvrir</a> le fichier", "<a>Abrir</a> o arquivo", "Ouvrir le <a>fichier</a>", "Abrir o arquivo"),
        (
            "<a>Ouvrir</a> ou <a>fermer</a>",
            "<a>Fechar</a> ou <a>abrir</a>",
            "<c>Ouvrir</c> ou <d>fermer</d>",
            "Fechar ou abrir",
        ),
        ("OK ou OK", "OK ou OK!", "OK ou <a>OK</a> enfin", "OK ou OK!"),
        ("Il a faim", "Ele a tem fome", "Il <a>a</a> faim", "Ele a tem fome"),
        (
            "Le pain est prêt.",
            "O pão está pronto.",
            "<a>Le <b>pain</b> est prêt.</a>",
            "<a>O pão está pronto.</a>",
        ),
    ],
)
def test_a_code_whose_place_nobody_can_tell_is_left_out_and_said(source, target, new, expected):
    assert placed(source, target, new) == (expected, ("codes",))


def test_single_codes_that_stand_for_tags_are_put_as_the_pairs_they_are():
    start, end = (Code(at, "alone", "x", (("equiv-text", tag),)) for at, tag in ((15, "<b>"), (32, "</b>")))
    new = Segment("Choisissez une adresse de retour.", (start, end))
    stored = Pair(Segment(new.text), Segment("Escolha um endereço de retorno."))
    assert place_codes(new, stored.target, stored, Direction("fr", "pt")).codes == ()


def test_codes_move_with_the_numbers_before_them():
    pair = Pair(Segment("3 mots", (Code(2, "alone", "x"),)), Segment("3 palavras", (Code(2, "alone", "x"),)))
    new = Segment("1 000 mots", (Code(6, "alone", "x"),))
    made = adapt(pair, new, [Change("number", "3", "1 000")], Direction("fr", "pt"))
    assert shown(made.target) == "1.000 <x/>palavras"


# ------------------------------------------------------------------------------------------------- laws

LANGUAGES = st.sampled_from("fr pt-BR pt-PT en de de-CH es es-MX it ru".split())


@given(st.integers(0, 10**9), st.integers(0, 999), st.sampled_from(["", "-", "+"]), LANGUAGES, LANGUAGES)
def test_a_number_written_in_a_language_is_read_back_as_the_same(whole, decimals, sign, source, target):
    signs = signs_of(source)
    text = f"{sign}{whole:,}".replace(",", signs.group) + f"{signs.decimal}{decimals:03}"
    number = read_number(text, source)
    assert number is not None
    written = number.written(signs_of(target))
    assert read_number(written, target).value == number.value
    assert read_number(written, target).written(signs) == text


@given(st.text("ab 12.,<>%s:-/", max_size=20), st.text("ab 12.,<>%s:-/", max_size=20))
def test_adapting_to_the_same_text_changes_nothing(source, target):
    pair = Pair(Segment(source), Segment(target))
    made = adapt(pair, pair.source, likeness(pair.source, pair.source).changes, Direction("fr", "pt"))
    assert (made.target, made.adapted, made.unadapted) == (pair.target, (), ())


PIECES = st.lists(st.sampled_from(["<a>", "</a>", "<x/>", "OK", " ", "pain", ".", "12", ":"]), max_size=10)


@given(PIECES, PIECES, PIECES)
def test_only_codes_of_the_new_text_come_in_each_once_and_the_words_stay(source, target, new):
    old, stored, segment = (coded("".join(pieces)) for pieces in (source, target, new))
    made = adapt(Pair(old, stored), segment, (), Direction("fr", "pt"))
    assert made.target.text == stored.text
    count = sum(name == code.name for name in "ax" for code in made.target.codes)
    assert count <= len(segment.codes)
    assert (count < len(segment.codes)) == ("codes" in made.unadapted)
    assert [c.position for c in made.target.codes] == sorted(c.position for c in made.target.codes)
