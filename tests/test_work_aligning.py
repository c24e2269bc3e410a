"""Texts and files to pairs of sentences."""

import zipfile

import pytest

from tm.alignment import vocabulary
from tm.direction import UNDECIDED, Direction, decided_for_two
from tm.document import Bead, Text
from tm.errors import FormatError, OptionError, StoreError
from tm.formats import read_units, write_units
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.work.aligning import align, align_files, read_list
from tm.work.alignment_batches import text_size
from tm.work.alignment_lessons import Lessons, Teachers
from tm.work.alignments import Alignment
from tm.work.segmenting import read_paragraphs

FRENCH = "La carte {} est vieille et belle.\nElle fut dessinée en 189{}.\n"
PORTUGUESE = "O mapa {} é velho e bonito.\nFoi desenhado em 189{}.\n"


@pytest.fixture
def texts(tmp_path):
    for number in range(3):
        for folder, text in (("fr", FRENCH), ("pt", PORTUGUESE)):
            path = tmp_path / folder / f"{number}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text.format(number, number), encoding="utf-8")
    return tmp_path


def names(aligned):
    return [(each.source.name[-8:], each.target.name[-8:]) for each in aligned.alignments]


# ------------------------------------------------------------------------------------------- texts in memory


def test_a_text_is_segmented_and_a_list_is_taken_as_segments():
    one = align(FRENCH.format(1, 1), PORTUGUESE.format(1, 1))
    two = align(FRENCH.format(1, 1).splitlines(), tuple(PORTUGUESE.format(1, 1).splitlines()))
    assert one.source.segments == two.source.segments == tuple(FRENCH.format(1, 1).splitlines())
    assert [str(bead)[:7] for bead in one.beads] == [str(bead)[:7] for bead in two.beads]
    assert one.pair_count == 2
    assert 0.9 < one.score <= 1


def test_a_text_without_segments_has_no_pairs():
    assert align("", "").beads == ()
    assert align("Le pont tient.", "").pair_count == 0


def test_units_are_in_the_languages_that_are_detected_or_asked_for():
    aligned = align(FRENCH.format(1, 1), PORTUGUESE.format(1, 1), direction=Direction(target="pt-BR"))
    assert [each.language for each in next(aligned.units()).variants] == ["fr", "pt-BR"]
    assert (
        align(Text(("oui",), language="fr"), ["sim"], direction=Direction("", "pt")).source.language == "fr"
    )


def test_units_of_one_language_are_refused():
    aligned = align("Le pont tient.", "Le pont est vieux.")
    with pytest.raises(OptionError, match="source and target are both in fr; say which is what"):
        aligned.units()


def test_a_confidence_that_is_no_share_is_refused():
    with pytest.raises(OptionError, match="min_confidence is 70; a number from 0 to 1 was expected"):
        align("oui", "sim", min_confidence=70)
    assert align("oui", "sim", min_confidence=1, direction=Direction("fr", "pt")).beads == ()


def test_a_memory_and_a_glossary_must_have_the_languages(tmp_path):
    with open_store(":memory:", create=True) as store:
        assert align(FRENCH, PORTUGUESE, memory=store).pair_count == 2
        store.add([Unit((Variant("fr", Segment("oui")), Variant("de", Segment("ja"))))])
        with pytest.raises(FormatError, match="0 of 1 units are fr → pt"):
            align(FRENCH, PORTUGUESE, memory=store, direction=Direction("fr", "pt"))
    (tmp_path / "terms.csv").write_text("fr,de\npont,Brücke\n", encoding="utf-8")
    with pytest.raises(FormatError, match="found: fr, de"):
        align(FRENCH, PORTUGUESE, glossary=tmp_path / "terms.csv", direction=Direction("fr", "pt"))
    with pytest.raises(StoreError, match="no such memory"):
        align(FRENCH, PORTUGUESE, memory=tmp_path / "absent.tm")


def test_the_units_of_a_memory_teach_the_same_however_many_are_read_at_once(monkeypatch):
    texts = ["Rubo anc.", "Dremi fos.", "Vali cot."], ["Kiteb.", "Osfa lu.", "Nemi.", "Prada so."]
    taught = ("rubo", "kiteb"), ("anc", "osfa"), ("dremi", "nemi"), ("fos", "nemi"), ("vali", "prada")
    with open_store(":memory:", create=True) as store:
        store.add([Unit((Variant("fr", Segment(fr)), Variant("pt", Segment(pt)))) for fr, pt in taught])
        ways = Direction("fr", "pt")
        aligned = align(*texts, memory=store, direction=ways).beads
        monkeypatch.setattr(vocabulary, "AT_ONCE", 2)
        assert (
            align(*texts, memory=store, direction=ways).beads
            == aligned
            != align(*texts, direction=ways).beads
        )


# ------------------------------------------------------------------------------------------- direction


@pytest.mark.parametrize(
    ("asked", "tags", "expected", "is_turned"),
    [
        (UNDECIDED, ("pt", "fr"), "pt → fr", False),
        (Direction("fr", "pt"), ("fr", "pt"), "fr → pt", False),
        (Direction("fr", "pt-BR"), ("pt", "fr"), "fr → pt-BR", True),
        (Direction("fr", "pt"), ("pt", ""), "fr → pt", True),
        (Direction(target="pt"), ("pt-BR", "fr"), "fr → pt", True),
        (Direction("es"), ("fr", "pt"), "es → pt", False),
        (Direction("pt-BR", "pt-PT"), ("pt", "pt"), "pt-BR → pt-PT", False),
        (UNDECIDED, ("", "pt"), "? → pt", False),
    ],
)
def test_the_order_of_two_texts_says_what_is_the_source_unless_the_flags_turn_it_around(
    asked, tags, expected, is_turned
):
    direction, turned = decided_for_two(asked, *tags)
    assert (str(direction), turned) == (expected, is_turned)


def test_files_are_exchanged_when_the_direction_asked_for_says_so(texts):
    pair = (texts / "pt/1.txt", texts / "fr/1.txt")
    assert names(align_files([pair])) == [("pt/1.txt", "fr/1.txt")]
    turned = align_files([pair], direction=Direction(target="pt-BR"))
    assert (names(turned), str(turned.direction)) == ([("fr/1.txt", "pt/1.txt")], "fr → pt-BR")


def test_an_extension_names_the_language(tmp_path):
    (tmp_path / "test.fr").write_text("12 h 30\n", encoding="utf-8")
    (tmp_path / "hyp.pt_BR").write_text("12:30\n", encoding="utf-8")
    pair = (tmp_path / "test.fr", tmp_path / "hyp.pt_BR")
    assert (
        str(align_files([pair]).direction)
        == str(align_files([pair], segmented=True).direction)
        == "fr → pt-BR"
    )


def test_lines_that_are_segments_are_read_in_the_encoding_that_is_said(tmp_path):
    pair = (tmp_path / "a.fr", tmp_path / "a.pl")
    for path, text in zip(pair, ("Froid", "Płyn"), strict=True):
        path.write_bytes(text.encode("iso-8859-2"))
    aligned = align_files([pair], segmented=True, encoding="iso-8859-2")
    assert aligned.alignments[0].target.segments == ("Płyn",)


# ------------------------------------------------------------------------------------------- files and folders


def test_two_folders_are_paired_and_lock_files_passed_over(texts):
    (texts / "fr/~$1.txt").write_text("x")
    (texts / "pt/2.txt").unlink()
    aligned = align_files([(texts / "fr", texts / "pt")], texts / "out")
    matched = [(source[-8:], target[-8:]) for source, target, _ in aligned.matched]
    assert matched == [("fr/0.txt", "pt/0.txt"), ("fr/1.txt", "pt/1.txt")]
    assert [name[-8:] for name in aligned.alone] == ["fr/2.txt"]
    assert [file.path[-9:] for file in aligned.written] == ["out/0.tsv", "out/1.tsv"]


def test_the_folders_of_a_site_are_kept_and_name_the_languages(tmp_path):
    for name, french, portuguese in (("un", "Bonjour.", "Olá."), ("deux", "Au revoir.", "Adeus.")):
        for language, content in (("fr", french), ("pt-BR", portuguese)):
            (tmp_path / language / name).mkdir(parents=True)
            (tmp_path / language / name / "index.md").write_text(content, encoding="utf-8")
    aligned = align_files([(tmp_path / "fr", tmp_path / "pt-BR")], tmp_path / "out")
    assert str(aligned.direction) == "fr → pt-BR"
    results = sorted(file.path.removeprefix(f"{tmp_path}/out/") for file in aligned.written)
    assert results == ["deux/index.tsv", "un/index.tsv"]


def test_a_table_has_what_was_left_alone_and_other_formats_have_not(tmp_path):
    (tmp_path / "a.fr.txt").write_text("La carte de 1924.\nPublicité\nElle fut dessinée en 1898.\n", "utf-8")
    (tmp_path / "a.pt.txt").write_text("O mapa de 1924.\nFoi desenhado em 1898.\n", "utf-8")
    pair = [(tmp_path / "a.fr.txt", tmp_path / "a.pt.txt")]
    (written,) = align_files(pair, tmp_path / "out.tsv", direction=Direction("fr", "pt")).written
    rows = [line.split("\t")[:2] for line in (tmp_path / "out.tsv").read_text("utf-8").splitlines()]
    assert (rows[2], written.pair_count) == (["Publicité", ""], 2)
    align_files(pair, tmp_path / "out.tmx", direction=Direction("fr", "pt"))
    assert len(list(read_units(tmp_path / "out.tmx"))) == 2


def test_two_folders_in_which_nothing_is_paired_are_refused(texts):
    (texts / "de").mkdir()
    (texts / "de/x.txt").write_text("Der Zug ist pünktlich.\n", encoding="utf-8")
    with pytest.raises(OptionError, match="no document is the translation of another"):
        align_files([(texts / "fr", texts / "de")])


def test_an_output_that_is_one_of_the_texts_is_refused(texts):
    pairs = [(texts / "fr/0.txt", texts / "pt/0.txt"), (texts / "fr/1.txt", texts / "pt/1.txt")]
    with pytest.raises(OptionError, match="is read and stays as it is; give the output another name"):
        align_files(pairs, texts / "fr/../pt/1.txt", to_format="tsv")
    assert (texts / "pt/1.txt").read_text(encoding="utf-8").startswith("O mapa")


def test_one_bad_pair_of_many_costs_only_itself(texts):
    pairs = [(texts / f"fr/{number}.txt", texts / f"pt/{number}.txt") for number in range(3)]
    (texts / "pt/1.txt").write_bytes(b"")
    aligned = align_files(pairs, texts / "all.tmx")
    assert aligned.alignments == ()
    assert names(align_files(pairs)) == [("fr/0.txt", "pt/0.txt"), ("fr/2.txt", "pt/2.txt")]
    assert ([str(error)[-45:] for error in aligned.left_out], aligned.count) == (
        ["1.txt:1:1: the file is empty; text was expected"[-45:]],
        3,
    )
    assert len(list(read_units(texts / "all.tmx"))) == 4
    with pytest.raises(FormatError, match="no such file or folder"):
        align_files([("a.txt", "b.txt"), ("c.txt", "d.txt")])


def test_an_output_that_cannot_be_written_is_refused_before_the_work(texts):
    with pytest.raises(OptionError, match=r"did you mean \.tmx"):
        align_files([("absent.txt", "absent.txt")], "out.tmz")
    with pytest.raises(OptionError, match="beads of several pairs"):
        align_files([(texts / "fr", texts / "pt")], texts / "all.beads")
    pairs = [(texts / "fr/0.txt", texts / path) for path in ("pt/0.txt", "pt/1.txt")]
    with pytest.raises(OptionError, match="would both become"):
        align_files(pairs, texts / "out")
    assert not (texts / "out").exists()


def test_a_packed_table_and_a_name_without_extension_are_written(texts):
    pair = [(texts / "fr/1.txt", texts / "pt/1.txt")]
    (written,) = align_files(pair, texts / "out.tsv.gz").written
    assert (written.pair_count, len(list(read_units(written.path)))) == (2, 2)
    align_files(pair, texts / "plain")
    assert len(list(read_units(texts / "plain", format="tsv"))) == 2


def test_a_list_names_pairs_of_files(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("a\tb\n\n c \td\r\n", encoding="utf-8")
    assert read_list(path) == [("a", "b"), ("c", "d")]
    for line in ("a b\n", "a\0\tb\n"):
        path.write_text(line, encoding="utf-8")
        with pytest.raises(FormatError, match=r"pairs\.tsv:1: two paths parted by a tab were expected"):
            read_list(path)
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(FormatError, match="names no files"):
        read_list(path)


def test_the_page_of_an_alignment_is_in_the_language_that_is_asked_for(tmp_path):
    pair = [(tmp_path / "a.fr", tmp_path / "a.pt")]
    pair[0][0].write_text("Il pleut.\n", encoding="utf-8")
    pair[0][1].write_text("Chove.\n", encoding="utf-8")
    align_files(pair, tmp_path / "page.html", direction=Direction("fr", "pt"), language="pt-BR")
    assert '<html lang="pt-BR"' in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_text_that_is_much_longer_than_the_other_is_said_to_be(tmp_path, caplog):
    book, note = tmp_path / "book.fr", tmp_path / "note.pt"
    book.write_text("Le bateau quitta le port au matin.\n" * 40, encoding="utf-8")
    note.write_text("O barco deixou o porto.\n", encoding="utf-8")
    align_files([(book, note)])
    assert f"{book} is 59 times as long as {note}, hardly its translation" in caplog.text
    caplog.clear()
    align_files([(book, book)], direction=Direction("fr", "pt"))
    assert not caplog.messages


# ------------------------------------------------------------------------------------------------ batches


@pytest.fixture
def small_batches(monkeypatch):
    """Batches of one pair, which show when each document is read."""
    for room in ("alignment_batches", "aligning_folders"):
        monkeypatch.setattr(f"tm.work.{room}.FIRST", 1)
    monkeypatch.setattr("tm.work.alignment_batches.LARGEST", 1)

    def watch(when_read):
        def reading(path, **how):
            when_read(path)
            return read_paragraphs(path, **how)

        monkeypatch.setattr("tm.work.aligning_shards.read_paragraphs", reading)

    return watch


@pytest.mark.parametrize("given", ["list", "folders"])
def test_the_first_result_is_written_before_the_last_document_is_read(texts, small_batches, given):
    there = {}
    small_batches(lambda path: there.setdefault(path[-8:], sorted(each.name for each in texts.glob("out/*"))))
    pairs = [(texts / f"fr/{number}.txt", texts / f"pt/{number}.txt") for number in range(3)]
    aligned = align_files(pairs if given == "list" else [(texts / "fr", texts / "pt")], texts / "out")
    assert there["pt/1.txt"] == ["0.tsv"]
    assert there["fr/2.txt"] == ["0.tsv", "1.tsv"]
    assert [file.path[-9:] for file in aligned.written] == ["out/0.tsv", "out/1.tsv", "out/2.tsv"]


def test_one_file_for_all_gets_each_batch_before_the_next_is_read(texts, small_batches, monkeypatch):
    taken = []

    def written(path, units, **how):
        write_units(path, (taken.append(unit) or unit for unit in units), **how)

    monkeypatch.setattr("tm.work.alignments.write_units", written)
    there = {}
    small_batches(lambda path: there.setdefault(path[-8:], len(taken)))
    pairs = [(texts / f"fr/{number}.txt", texts / f"pt/{number}.txt") for number in range(3)]
    (file,) = align_files(pairs, texts / "all.tsv").written
    assert there == {"fr/0.txt": 0, "pt/0.txt": 0, "fr/1.txt": 2, "pt/1.txt": 2, "fr/2.txt": 4, "pt/2.txt": 4}
    assert file.pair_count == len(taken) == 6


def test_what_a_batch_shows_and_what_a_memory_has_teach_all_that_follow(monkeypatch):
    monkeypatch.setattr("tm.work.alignment_lessons.SAMPLE", 2)
    teachers = Teachers()
    monkeypatch.setattr(Teachers, "translations", lambda *_: ((str(n), str(n)) for n in range(4)))
    lessons = Lessons(teachers, Direction("fr", "pt"), in_process=True)
    assert len(list(lessons.translations())) == 4
    beads = Bead((0, 1), (0,), 0.95), Bead((2,), (1,), 0.5), Bead((), (2,), 0.99)
    lessons.learn([Alignment(Text(("a", "b", "c")), Text(("d", "e", "f")), beads)])
    assert list(lessons.translations()) == [("0", "0"), ("2", "2"), ("a b", "d")]


def test_batches_of_which_nothing_can_be_read_are_passed_over(texts, small_batches):
    small_batches(lambda _: None)
    pairs = [(texts / f"fr/{number}.txt", texts / f"pt/{number}.txt") for number in range(3)]
    for path in (pairs[0][0], pairs[2][1]):
        path.write_bytes(b"")
    aligned = align_files(pairs, texts / "out")
    assert ([file.path[-5:] for file in aligned.written], len(aligned.left_out)) == (["1.tsv"], 2)
    assert str(aligned.direction) == "fr → pt"
    pairs[1][1].write_bytes(b"")
    with pytest.raises(FormatError, match="the file is empty"):
        align_files(pairs, texts / "none")


def test_documents_without_a_name_in_common_are_read_and_paired_by_what_stands_in_them(texts, small_batches):
    read = []
    small_batches(lambda path: read.append(path[-8:]))
    (texts / "fr/2.txt").rename(texts / "fr/x.txt")
    aligned = align_files([(texts / "fr", texts / "pt")])
    assert ("fr/x.txt", "pt/2.txt") in names(aligned)
    assert read.index("pt/2.txt") < read.index("fr/1.txt")  # which its name pairs


def test_pictures_of_a_packed_document_are_no_text(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "Oui." * 10)
        packed.writestr("word/media/image1.png", "x" * 5000)
    assert (text_size(str(path)), text_size("-"), text_size("absent.txt")) == (40, 0, 0)
    whole = path.read_bytes()
    path.write_bytes(whole[:-30] + whole[-22:])
    assert text_size(str(path)) == len(whole) - 8
