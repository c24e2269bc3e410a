"""Bad units found: each kind by itself, then what becomes of a memory and of a file."""

import pickle
from collections import Counter

import pytest

from tm.checks.mojibake import broken
from tm.cleaning import translation
from tm.cleaning.cues import cues
from tm.cleaning.fault import KINDS
from tm.cleaning.washing import Washable, Washing
from tm.direction import Direction
from tm.errors import OptionError
from tm.model import Annotation, Segment, Unit, Variant
from tm.store import open_store
from tm.work.cleaning import clean_file, clean_memory, write_scores

TO_PORTUGUESE = Direction("fr", "pt-BR")
NOUNS = [
    ("le four", "o forno"),
    ("le pain", "o pão"),
    ("le chat", "o gato"),
    ("le chien", "o cachorro"),
    ("le sel", "o sal"),
    ("le lait", "o leite"),
    ("le livre", "o livro"),
    ("le jardin", "o jardim"),
]
VERBS = [("voit", "vê"), ("cherche", "procura"), ("trouve", "encontra"), ("garde", "guarda")]
SENTENCES = [
    (f"{one} {verb} {other}", f"{um} {verbo} {outro}")
    for one, um in NOUNS
    for verb, verbo in VERBS
    for other, outro in NOUNS
    if one != other
]


def faults(*pairs, only=(), spared=()):
    washing = Washing(TO_PORTUGUESE, only)
    washing.look(
        Washable(number, source, target, is_spared=number in spared)
        for number, (source, target) in enumerate(pairs)
    )
    return washing.faults()


def kind(source, target):
    found = faults((source, target))
    return found[0].kind if found else ""


def unit(source, target, origin=""):
    annotations = (Annotation("prop", origin, "x-origin"),) if origin else ()
    return Unit((Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))), annotations=annotations)


@pytest.mark.parametrize(
    ("expected", "source", "target"),
    [
        ("mojibake", "le café est prêt", "o cafÃ© estÃ¡ pronto"),
        ("mojibake", "le café est prêt", "o caf\ufffd está pronto"),
        ("mojibake", "la maison n’est pas là", "a casa n?o est? l?"),
        ("machine", "un pain", "Segue a tradução: um pão"),
        ("machine", "un pain", "um <unk>"),
        ("machine", "un pain", "FIXME um pão"),
        ("markup", "un pain", "um <i>pão"),
        ("markup", "un pain frais", "um pão &nbsp;fresco"),
        ("untranslated", "Le pain est dans le four.", "Le pain est dans le four."),
        (
            "wrong-language",
            "Le pain est dans le four de la maison.",
            "The bread is in the oven of the house.",
        ),
        ("number", "Le four fut construit en 1987.", "O forno foi construído em 1978."),
    ],
)
def test_a_unit_shows_its_fault_by_itself(expected, source, target):
    assert kind(source, target) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Qui vient ? Personne.", "Quem vem? Ninguém."),
        ("Voir https://exemple.org/?a=b&c=d", "Veja https://exemple.org/?a=b&c=d"),
        ("Le traducteur note : rien.", "O tradutor anota: nada."),
        ("Tapez <nom>.", "Digite <nome>."),
        ("Écrivez ``<b>`` ici", "Escreva ``<b>`` aqui"),
        ("10 000 pains", "10.000 pães"),
        ("Maria Cavalcanti", "Maria Cavalcanti"),
        ("SÃO PAULO", "SÃO PAULO"),
        ("non, non, non et non", "não, não, não e não"),
    ],
)
def test_a_good_unit_has_no_fault(source, target):
    assert faults((source, target)) == {}


def test_what_is_repaired_is_whole():
    assert faults(("un café", "um cafÃ©"))[0].repaired == ("un café", "um café")
    assert faults(("un café", "um caf&#233;"))[0].repaired == ("un café", "um café")
    assert faults(("un café", "▁um ▁café</s>"))[0].repaired == ("un café", "um café")
    assert faults(("un café", "um cafÃ© <unk>"))[0].repaired is None


def test_of_duplicates_the_best_stays():
    found = faults(
        ("LE PAIN.", "O PÃO."), ("Le pain.", "O pão."), ("Le  pain", "O pão"), ("Le pain.", "Pão.")
    )
    assert {number: fault.kind for number, fault in found.items()} == {0: "duplicate", 2: "duplicate"}


def test_a_duplicate_names_the_unit_that_stays():
    found = faults(("LE PAIN.", "O PÃO."), ("LE  PAIN", "O PÃO"), ("Le pain.", "O pão."))
    assert {number: fault.better for number, fault in found.items()} == {0: 2, 1: 2}


def test_what_asks_or_counts_otherwise_is_no_duplicate():
    assert faults(("Prêt.", "Pronto."), ("Prêt ?", "Pronto?"), only=["duplicate"]) == {}
    assert faults(("Version 1.5", "Versão 1.5"), ("Version 15", "Versão 15"), only=["duplicate"]) == {}


def test_a_number_that_stands_there_already_may_be_the_changed_one():
    assert kind("de 12:59 à 13:59", "das 12:59 às 13:12") == "number"
    assert kind("3,50 euros", "3,5 euros") == ""


def test_what_is_repaired_may_be_a_duplicate():
    assert faults(("un café", "um café"), ("un café", "um cafÃ©"))[1].kind == "duplicate"


def test_a_person_s_unit_has_no_fault_and_outranks_its_duplicates():
    assert faults(("un café", "um cafÃ©"), spared={0}) == {}
    assert list(faults(("Le pain.", "O pão."), ("LE PAIN.", "O PÃO."), spared={1})) == [0]
    assert faults(("Le pain.", "O pão."), ("LE PAIN.", "O PÃO."), spared={0, 1}) == {}


def test_words_that_do_not_translate_each_other_are_seen_among_others():
    wrong = [("chien garde jardin", "leite procura sal")]
    found = faults(*SENTENCES, *wrong, only=["misaligned", "truncated", "too-long"])
    assert [(number, fault.kind) for number, fault in found.items()] == [(len(SENTENCES), "misaligned")]


def test_words_are_asked_by_whatever_works_on_them_and_the_faults_are_the_same(monkeypatch):
    monkeypatch.setattr(translation, "AT_ONCE", 50)
    pairs = [*SENTENCES, ("chien garde jardin", "leite procura sal")]
    names = Counter()

    def each(function, things):
        names[function.func.__name__] += len(things)
        return map(function, pickle.loads(pickle.dumps(things)))

    washings = [Washing(TO_PORTUGUESE) for _ in range(2)]
    for washing in washings:
        washing.look(Washable(number, *pair) for number, pair in enumerate(pairs))
    found = [washings[0].faults(), washings[1].faults(each)]
    assert found[0] == found[1] != {}
    assert washings[0].scores == washings[1].scores
    assert names["_learnt"] > 3
    assert names["_scored"] > len(pairs) // 50


def test_of_many_units_a_sample_teaches_in_two_parts_and_what_is_wrong_is_still_seen(monkeypatch):
    monkeypatch.setattr("tm.cleaning.words.FULL", 2500)  # pairs of words; SENTENCES have 25 each
    lessons = []

    def each(function, things):
        things = list(things)
        if function.func.__name__ == "_learnt":
            lessons.append([len(lesson.marks) for lesson in things])
        return map(function, things)

    washing = Washing(TO_PORTUGUESE, ["misaligned"])
    pairs = [*SENTENCES, ("chien garde jardin", "leite procura sal")]
    washing.look(Washable(number, *pair) for number, pair in enumerate(pairs))
    assert [*washing.faults(each)] == [len(SENTENCES)]
    assert {len(parts) for parts in lessons} == {2}
    assert all(70 < units < 130 for parts in lessons for units in parts)


def test_only_the_kinds_that_are_asked_for_are_looked_for():
    pairs = ("un café", "um cafÃ©"), ("en 1987", "em 1978")
    assert [fault.kind for fault in faults(*pairs, only=["number"]).values()] == ["number"]


def test_a_kind_that_is_none_is_refused():
    with pytest.raises(OptionError, match="kind is 'numbers'"):
        Washing(TO_PORTUGUESE, ["numbers"])


def test_no_unit_is_no_fault():
    assert faults() == {}


def test_each_kind_is_a_line_of_help_and_of_the_page(pytestconfig):
    page = (pytestconfig.rootpath / "docs" / "cleaning.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in KINDS)


def test_one_undo_takes_back_removals_and_repairs():
    units = [unit("un café", "um cafÃ©"), unit("en 1987", "em 1978"), unit("un pain", "um pão")]
    with open_store(":memory:", create=True) as store:
        store.add(units)
        cleaning = clean_memory(store)
        assert (cleaning.judged, cleaning.removed, len(cleaning.changes)) == (3, 1, 2)
        assert [each.variants[1].segment.text for each in store.units()] == ["um pão", "um café"]
        assert clean_memory(store).changes == ()
        store.undo()
        assert list(store.units()) == units


def test_a_repair_keeps_the_origin_and_an_approved_unit_stays():
    with open_store(":memory:", create=True) as store:
        store.add([unit("un café", "um cafÃ©", "machine"), unit("un thé", "um chÃ¡", "reviewed")])
        cleaning = clean_memory(store)
        assert (cleaning.spared, len(cleaning.changes)) == (1, 1)
        assert sorted(each.property("x-origin") for each in store.units()) == ["machine", "reviewed"]


def test_a_dry_run_leaves_the_memory_as_it_is():
    with open_store(":memory:", create=True) as store:
        store.add([unit("un café", "um cafÃ©")])
        assert clean_memory(store, dry_run=True).changes == clean_memory(store, dry_run=True).changes != ()
        assert [each.variants[1].segment.text for each in store.units()] == ["um cafÃ©"]
        assert len(store.log()) == 1


def test_a_language_without_its_region_is_one_of_the_file(tmp_path):
    table = tmp_path / "in.tsv"
    table.write_text("pt-BR\tfr\num cafÃ©\tun café\n", encoding="utf-8")
    cleaning = clean_file(table, None, Direction(target="pt"))
    assert (str(cleaning.direction), cleaning.judged, len(cleaning.changes)) == ("fr → pt", 1, 1)


def test_a_file_is_written_without_its_bad_units(tmp_path):
    table = tmp_path / "in.tsv"
    table.write_text("fr\tpt-BR\nun café\tum cafÃ©\nen 1987\tem 1978\nun pain\tum pão\n", encoding="utf-8")
    cleaning = clean_file(table, tmp_path / "out.tsv")
    assert [(each.number, each.kind) for each in cleaning.changes] == [(2, "mojibake"), (3, "number")]
    written = (tmp_path / "out.tsv").read_text(encoding="utf-8")
    assert written == "fr\tpt-BR\nun café\tum café\nun pain\tum pão\n"
    assert clean_file(tmp_path / "out.tsv", None).changes == ()


def test_the_scores_of_units_are_written_by_their_lines(tmp_path):
    table = tmp_path / "pairs.tsv"
    table.write_text("fr\tpt\nun pain\tum pão\nun bon pain noir\tum bom pão preto\n", encoding="utf-8")
    write_scores(tmp_path / "scores.tsv", clean_file(table, None))
    head, *rows = (tmp_path / "scores.tsv").read_text().splitlines()
    assert head.split("\t") == ["number", "misaligned", "truncated", "too-long", "fault"]
    assert [row.split("\t")[0] for row in rows] == ["2", "3"]
    assert [row.split("\t")[1] == "" for row in rows] == [True, False]
    assert [row.split("\t")[-1] for row in rows] == ["", ""]


def test_each_unit_that_is_judged_has_a_row_of_scores(tmp_path):
    table = tmp_path / "pairs.tsv"
    table.write_text("fr\tpt\nen 1987\tem 1978\nun bon pain noir\tum bom pão preto\n", encoding="utf-8")
    write_scores(tmp_path / "scores.tsv", clean_file(table, None))
    assert (tmp_path / "scores.tsv").read_text().splitlines()[1] == "2\t\t\t\tnumber"


def test_units_of_one_line_are_told_by_their_places(tmp_path):
    units = "".join(
        f'<tu><tuv xml:lang="fr"><seg>{one}</seg></tuv><tuv xml:lang="pt"><seg>{other}</seg></tuv></tu>'
        for one, other in (("un pain", "um pão"), ("en 1987", "em 1978"))
    )
    (tmp_path / "in.tmx").write_text(f'<tmx version="1.4"><header srclang="fr"/><body>{units}</body></tmx>')
    cleaning = clean_file(tmp_path / "in.tmx", None)
    assert [each.number for each in cleaning.changes] == [2]
    assert list(cleaning.scores) == [1, 2]


def test_a_file_is_not_written_over_itself(tmp_path):
    table = tmp_path / "pairs.tsv"
    table.write_text("fr\tpt\nen 1987\tem 1978\n", encoding="utf-8")
    with pytest.raises(OptionError, match="is the file that is read"):
        clean_file(table, tmp_path / "." / "pairs.tsv")
    assert table.read_text() == "fr\tpt\nen 1987\tem 1978\n"


XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="fr" target-language="pt-BR" datatype="plaintext"><body>
<trans-unit id="1" approved="yes"><source>en 1987</source><target state="final">em 1978</target></trans-unit>
<trans-unit id="2"><source>Le <g id="1">café</g> est prêt.</source>
<target state="translated">O <g id="1">cafÃ©</g> estÃ¡ pronto.</target><note>à table</note></trans-unit>
<trans-unit id="3"><source>en 1887</source><target>em 1878</target></trans-unit>
</body></file></xliff>
"""

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: pt_BR\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

#: a.c:1
#, c-format
msgid "%d file is gone."
msgid_plural "%d files are gone."
msgstr[0] "%d arquivo se foi."
msgstr[1] "%d arquivos se foram."

msgid "Built in 1987"
msgstr "Construído em 1978"
"""


def test_xliff_keeps_codes_states_notes_and_what_is_approved(tmp_path):
    (tmp_path / "in.xlf").write_text(XLIFF, encoding="utf-8")
    cleaning = clean_file(tmp_path / "in.xlf", tmp_path / "out.xlf")
    assert [each.kind for each in cleaning.changes] == ["mojibake", "number"]
    written = (tmp_path / "out.xlf").read_text(encoding="utf-8")
    assert '<target state="final">em 1978</target>' in written
    assert '<target state="translated">O <g id="1">café</g> está pronto.</target>' in written
    assert "<note>à table</note>" in written
    assert 'id="3"' not in written


def test_po_keeps_plurals_flags_and_places(tmp_path):
    (tmp_path / "in.po").write_text(PO, encoding="utf-8")
    clean_file(tmp_path / "in.po", tmp_path / "out.po")
    written = (tmp_path / "out.po").read_text(encoding="utf-8")
    kept = PO[PO.index("#: a.c:1") : PO.index('\nmsgid "Built')]
    assert kept.strip() in written
    assert "Built" not in written


def test_stdin_cannot_be_cleaned():
    with pytest.raises(OptionError, match="stdin cannot be read twice"):
        clean_file("-", "out.tsv")


@pytest.mark.parametrize(
    "text", ["a" * 80_000, "?!" * 40_000, "a" * 80_000 + "?"], ids=["word", "marks", "question"]
)
def test_a_text_without_spaces_is_looked_at_once(text):
    """With the square of its length this takes minutes."""
    assert cues(text, text) == 0
    assert broken(text) == ""
