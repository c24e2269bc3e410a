"""The main job, on the seeds and on what goes wrong."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tm.cli import main
from tm.direction import Direction
from tm.errors import FormatError
from tm.formats import read_concepts, read_units
from tm.store import open_store
from tm.work.building import build
from tm.work.shared_glossary import GLOSSARY

ROOT = Path(__file__).parent.parent
FRENCH = "Le pain repose une heure.\nLa pâte doit doubler de volume avant la cuisson.\nServez avec 20 g de beurre.\n"
PORTUGUESE = "O pão descansa uma hora.\nA massa deve dobrar de volume antes do cozimento.\nSirva com 20 g de manteiga.\n"
OUTPUTS = {
    "memory.tm", "memory.tmx", "glossary.tsv", "glossary.tbx", "glossary.csv", "glossary.utf8", "glossary.html", "alignment.html",
}  # fmt: skip


@pytest.fixture(scope="module")
def seeds_built(tmp_path_factory):
    out = tmp_path_factory.mktemp("seeds") / "out"
    return build([ROOT / "seeds"], out), out


@pytest.fixture
def documents(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "pain.fr.txt").write_text(FRENCH, encoding="utf-8")
    (folder / "pain.pt.txt").write_text(PORTUGUESE, encoding="utf-8")
    return folder


@pytest.fixture
def tm(monkeypatch, capfd):
    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["tm", *map(str, arguments)])
        with pytest.raises(SystemExit) as leaving:
            main()
        out, err = capfd.readouterr()
        return leaving.value.code, out, err

    return run


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_sentence_vectors_take_part_in_the_alignment(documents, tmp_path, tm):
    texts = np.array([*FRENCH.splitlines(), *PORTUGUESE.splitlines()])
    np.savez(tmp_path / "all.npz", segments=texts, vectors=np.eye(3)[[0, 1, 2, 0, 1, 2]])
    np.savez(tmp_path / "few.npz", segments=texts[:2], vectors=np.eye(2))
    code, _, _ = tm("build", documents, "-o", tmp_path / "out", "--vectors", tmp_path / "all.npz")
    assert code == 0
    assert len(list(read_units(tmp_path / "out" / "memory.tmx"))) == 3
    with pytest.raises(FormatError, match=r"few\.npz: has no vector for the segment 'Servez"):
        build([documents], tmp_path / "other", vectors=str(tmp_path / "few.npz"))


def test_a_dictionary_teaches_words_and_it_is_said_how_many_of_the_texts(documents, tmp_path, tm):
    table = tmp_path / "words.tsv"
    table.write_text("pain\tpão\nfour\tforno\n", encoding="utf-8")
    code, _, err = tm("build", documents, "-o", tmp_path / "out", "--dictionary", table)
    assert (code, "stand in words" in err, "of the words of the source" in err) == (0, True, True)
    assert "words: " not in tm("build", documents, "-o", tmp_path / "none", "--dictionary", "none")[2]
    with pytest.raises(FormatError, match="no such file"):
        build([documents], tmp_path / "other", dictionary=tmp_path / "absent.tsv")
    assert build([documents], tmp_path / "out", dictionary=table).coverage.dictionaries == ("words",)


# ------------------------------------------------------------------------------------------------- the seeds


def test_the_seeds_give_nineteen_pairs_and_leave_four_lines(seeds_built):
    built, _ = seeds_built
    (alignment,) = built.alignments
    linked = [bead for bead in alignment.beads if bead.source and bead.target]
    assert built.direction == Direction("fr", "pt-BR")
    assert [(len(bead.source), len(bead.target)) for bead in linked] == [(1, 1)] * 19
    assert len(alignment.beads) == 23


def test_the_seeds_give_their_key_terms(seeds_built):
    built, _ = seeds_built
    found = {
        (term.text.replace("’", "'"), other.text)
        for concept in built.concepts
        for term in concept.of("fr")
        for other in concept.of("pt-BR")
    }
    assert {
        ("apprentissage en profondeur", "aprendizado profundo"),
        ("grand modèle de langage", "modelo de linguagem grande"),
        ("unité de traitement graphique", "unidade de processamento gráfico"),
        ("puissance de calcul", "poder de computação"),
    } <= found


def test_all_outputs_are_there_and_agree(seeds_built):
    built, out = seeds_built
    assert set(contents(out)) == OUTPUTS
    assert len(list(read_units(out / "memory.tmx"))) == built.units == 19
    assert len(read_concepts(out / GLOSSARY)) == len(built.concepts)


def test_the_same_documents_elsewhere_give_the_same_bytes(seeds_built, tmp_path):
    _, out = seeds_built
    shutil.copytree(ROOT / "seeds", tmp_path / "copy" / "of the seeds")
    build([tmp_path / "copy" / "of the seeds"], tmp_path / "other")
    assert contents(tmp_path / "other") == contents(out)


# ------------------------------------------------------------------------------------------------- again


def test_running_twice_changes_no_byte(documents, tmp_path):
    build([documents], tmp_path / "out")
    first = contents(tmp_path / "out")
    again = build([documents], tmp_path / "out")
    assert contents(tmp_path / "out") == first
    assert (again.added.added, again.units) == (0, 3)


def test_two_builds_of_one_folder_at_once_give_what_one_gives(documents, tmp_path):
    both, alone = tmp_path / "both", tmp_path / "alone"
    with ThreadPoolExecutor(2) as pool:
        assert [built.kept for built in pool.map(lambda _: build([documents], both), range(2))] == [(), ()]
    build([documents], alone)
    assert {**contents(both), "memory.tm": b""} == {**contents(alone), "memory.tm": b""}


def test_decisions_survive(documents, tmp_path):
    build([documents], tmp_path / "out")
    file = tmp_path / "out" / GLOSSARY
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if "\tcandidate\t" in line)
    lines[number] = lines[number].replace("\tcandidate\t", "\tapproved\t")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    build([documents], tmp_path / "out")
    kept = file.read_text(encoding="utf-8").splitlines()
    identity = lines[number].split("\t")[1:4]
    assert identity in [line.split("\t")[1:4] for line in kept]


def test_an_edited_output_is_left_and_the_new_one_put_beside_it(documents, tmp_path):
    out = tmp_path / "out"
    build([documents], out)
    (out / "glossary.csv").write_text("mine", encoding="utf-8")
    built = build([documents], out)
    assert (out / "glossary.csv").read_text(encoding="utf-8") == "mine"
    assert built.kept == (out / "glossary.csv",)
    assert (out / "glossary.new.csv").exists()
    (out / "glossary.csv").unlink()
    build([documents], out)
    assert set(contents(out)) == OUTPUTS


def test_a_corrected_document_replaces_what_it_said_before(documents, tmp_path):
    build([documents], tmp_path / "out")
    (documents / "pain.pt.txt").write_text(PORTUGUESE.replace("Sirva", "Servir"), encoding="utf-8")
    built = build([documents], tmp_path / "out")
    targets = [unit.pair("fr", "pt").target.text for unit in read_units(tmp_path / "out" / "memory.tmx")]
    assert sorted(targets) == sorted(PORTUGUESE.replace("Sirva", "Servir").splitlines())
    assert built.units == 3


def test_a_changed_sentence_leaves_nothing_of_itself_behind(documents, tmp_path):
    build([documents], tmp_path / "out")
    (documents / "pain.fr.txt").write_text(FRENCH.replace("doubler", "tripler"), encoding="utf-8")
    built = build([documents], tmp_path / "out")
    sources = [unit.pair("fr", "pt").source.text for unit in read_units(tmp_path / "out" / "memory.tmx")]
    assert sorted(sources) == sorted(FRENCH.replace("doubler", "tripler").splitlines())
    assert built.units == 3


def test_what_a_person_corrected_in_the_memory_stays(documents, tmp_path):
    build([documents], tmp_path / "out")
    tmx = tmp_path / "mine.tmx"
    tmx.write_bytes(
        (tmp_path / "out" / "memory.tmx").read_bytes().replace(b"descansa uma hora", b"descansa por uma hora")
    )
    with open_store(tmp_path / "out" / "memory.tm") as store:
        store.add(read_units(tmx), name="mine.tmx", on_same="replace")
    (documents / "pain.fr.txt").write_text(FRENCH.replace("doubler", "tripler"), encoding="utf-8")
    built = build([documents], tmp_path / "out")
    with open_store(tmp_path / "out" / "memory.tm") as store:
        targets = [unit.pair("fr", "pt").target.text for unit in store.units()]
    assert "O pão descansa por uma hora." in targets
    assert "O pão descansa uma hora." not in targets
    assert built.units == 3


def test_several_pairs_are_one_run(documents, tmp_path):
    (documents / "velo.fr.txt").write_text(
        "La selle est trop basse.\nGonflez le pneu à 6 bars.\n", encoding="utf-8"
    )
    (documents / "velo.pt.txt").write_text(
        "O selim está baixo demais.\nEncha o pneu a 6 bar.\n", encoding="utf-8"
    )
    built = build([documents], tmp_path / "out")
    assert [(a.source.name, a.target.name) for a in built.alignments] == [
        ("pain.fr.txt", "pain.pt.txt"),
        ("velo.fr.txt", "velo.pt.txt"),
    ]
    assert built.units == 5


def test_documents_whose_names_say_nothing_are_paired_by_what_they_say(documents, tmp_path):
    (documents / "pain.fr.txt").rename(documents / "b.txt")
    (documents / "pain.pt.txt").rename(documents / "c.txt")
    bicycle = (
        "La selle est trop basse pour vous.\nGonflez le pneu avant à 6 bars.\nHuilez la chaîne chaque mois.\n"
    )
    (documents / "a.txt").write_text(bicycle, encoding="utf-8")
    built = build([documents], tmp_path / "out")
    assert [(a.source.name, a.target.name) for a in built.alignments] == [("b.txt", "c.txt")]
    assert [document.text.name for document in built.alone] == ["a.txt"]


# ------------------------------------------------------------------------------------------------- what goes wrong


def expect_one_line(result, code, *parts):
    left, _, err = result
    assert left == code
    assert len(err.strip().splitlines()) == 1, err
    assert "Traceback" not in err
    for part in parts:
        assert part in err


def test_a_missing_document_is_named(tm, tmp_path):
    expect_one_line(tm("build", tmp_path / "no.txt", "-o", tmp_path / "out"), 3, "no.txt: no such file")
    assert not (tmp_path / "out").exists()


def test_one_bad_document_among_many_is_left_out_and_named(tm, documents, tmp_path):
    (documents / "seigle.fr.txt").write_bytes(b"\x89PNG\x00\x00")
    (documents / "~$pain.fr.docx").write_bytes(b"a lock file")
    code, out, err = tm("build", documents, "-o", tmp_path / "out")
    assert (code, "paired   pain.fr.txt = pain.pt.txt" in out) == (1, True)
    assert "seigle.fr.txt" in err
    assert "left out: 1 of 3 files" in err
    assert "~$" not in out + err


@pytest.mark.parametrize("names", [("a.txt", "z.txt"), ("z.txt", "a.txt")])
def test_the_direction_does_not_depend_on_the_names_of_files(documents, tmp_path, names):
    for old, new in zip(("pain.fr.txt", "pain.pt.txt"), names, strict=True):
        (documents / old).rename(documents / new)
    assert build([documents], tmp_path / "out").direction == Direction("fr", "pt")


def test_the_direction_of_the_memory_goes_before_that_of_the_product(documents, tmp_path):
    build([documents], tmp_path / "out", direction=Direction("pt", "fr"))
    assert build([documents], tmp_path / "out").direction == Direction("pt", "fr")


def test_a_memory_that_another_build_has_only_just_begun_is_taken_as_new(documents, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "memory.tm").touch()
    assert build([documents], tmp_path / "out").units


def test_one_document_is_not_enough(tm, documents, tmp_path):
    (documents / "pain.pt.txt").unlink()
    expect_one_line(
        tm("build", documents, "-o", tmp_path / "out"), 2, "two documents are needed", "pain.fr.txt"
    )
    assert not (tmp_path / "out").exists()


def test_two_documents_in_one_language_are_refused(tm, documents, tmp_path):
    (documents / "pain.pt.txt").write_text(FRENCH, encoding="utf-8")
    expect_one_line(tm("build", documents, "-o", tmp_path / "out"), 2, "one language", "pain.fr.txt is fr")
    assert not (tmp_path / "out").exists()


def test_a_document_without_partner_is_named_and_the_rest_is_done(tm, documents, tmp_path):
    (documents / "velo.fr.txt").write_text("La selle est trop basse.\nGonflez le pneu.\n", encoding="utf-8")
    result = tm("build", documents, "-o", tmp_path / "out")
    expect_one_line(result, 1, "velo.fr.txt: no partner")
    assert set(contents(tmp_path / "out")) == OUTPUTS


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "empty"), (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0", "binary")]
)
def test_a_file_that_is_no_text_is_refused_and_nothing_written(tm, documents, tmp_path, content, said):
    (documents / "pain.pt.txt").write_bytes(content)
    expect_one_line(tm("build", documents, "-o", tmp_path / "out"), 3, "pain.pt.txt", said)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16"])
def test_another_encoding_is_read_and_said(tm, documents, tmp_path, encoding):
    (documents / "pain.fr.txt").write_text(FRENCH, encoding=encoding)
    code, out, _ = tm("build", documents, "-o", tmp_path / "out")
    assert code == 0
    assert f"decoded from {encoding}" in out
    assert {unit.pair("fr", "pt").source.text for unit in read_units(tmp_path / "out" / "memory.tmx")} == set(
        FRENCH.splitlines()
    )


def test_an_output_folder_that_is_a_file_is_refused(tm, documents, tmp_path):
    (tmp_path / "out").write_text("x")
    expect_one_line(tm("build", documents, "-o", tmp_path / "out"), 3, "out", "folder was expected")


def test_a_file_name_that_is_no_unicode_is_no_hindrance(tm, documents, tmp_path):
    (documents / "pain.fr.txt").rename(documents / "pain\udcff.fr.txt")
    code, _, _ = tm("build", documents, "-o", tmp_path / "out", "-q")
    assert code == 0


def test_languages_that_make_no_sense_are_refused(tm, documents, tmp_path):
    expect_one_line(tm("build", documents, "-o", tmp_path / "out", "-s", "fr", "-t", "fr"), 2, "both fr")
    expect_one_line(
        tm("build", documents, "-o", tmp_path / "out", "-t", "de"),
        3,
        "0 of 2 documents are in de; found: fr, pt",
    )
    (documents / "third.txt").write_text(
        "The bread is ready. The dough must rest for one hour before baking.\n"
    )
    result = tm("build", documents, "-o", tmp_path / "out", "-s", "fr", "-t", "pt-BR")
    expect_one_line(result, 2, "other languages than fr and pt-BR", "third.txt is en")


def test_a_memory_file_that_is_none_is_refused(tm, documents, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "memory.tm").write_text("a shopping list")
    expect_one_line(tm("build", documents, "-o", tmp_path / "out"), 3, "memory.tm: not a memory")
    assert set(contents(tmp_path / "out")) == {"memory.tm"}


def test_an_interruption_leaves_whole_files_only(documents, tmp_path, tm, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("tm.work.kept_terms.terms_of_memory", interrupted)
    code, _, err = tm("build", documents, "-o", tmp_path / "out")
    assert code == 130
    assert len(err.strip().splitlines()) == 1
    monkeypatch.undo()
    assert build([documents], tmp_path / "out").units == 3
    assert set(contents(tmp_path / "out")) == OUTPUTS


def test_what_was_undone_comes_back_with_the_next_run(documents, tmp_path, tm):
    out = tmp_path / "out"
    assert build([documents], out).units == 3
    tm("undo", "-m", out / "memory.tm")
    assert build([documents], out).units == 3


def test_a_broken_row_in_the_glossary_is_told_before_anything_is_written(documents, tmp_path, tm):
    out = tmp_path / "out"
    build([documents], out)
    with (out / GLOSSARY).open("a", encoding="utf-8") as glossary:
        glossary.write("x\twibble\tpain\tpão\n")
    (documents / "pain.fr.txt").write_text(FRENCH.replace("20", "30"), encoding="utf-8")
    before = contents(out)
    code, _, err = tm("build", documents, "-o", out)
    assert code == 3
    assert "status 'wibble' is none of" in err
    assert contents(out) == before


def test_a_run_cut_off_before_its_note_is_not_taken_for_an_edit(documents, tmp_path):
    out = tmp_path / "out"
    build([documents], out)
    with open_store(out / "memory.tm") as store:
        store.set_note("wrote memory.tmx", "")
    built = build([documents], out)
    assert (built.kept, {path.name for path in out.iterdir()}) == ((), OUTPUTS)


def test_the_output_folder_may_be_the_documents_own(documents):
    first = build([documents], documents)
    again = build([documents], documents.resolve())
    assert len(first.documents) == len(again.documents) == 2


def test_japanese_has_terms_without_further_packages(tmp_path):
    (tmp_path / "a.txt").write_text(
        "猫はテーブルの上で寝ています。\n犬は庭で待っています。\n", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text(
        "The cat sleeps on the table.\nThe dog waits in the garden.\n", encoding="utf-8"
    )
    built = build([tmp_path], tmp_path / "out")
    assert (built.direction, built.units) == (Direction("ja", "en"), 2)


def test_two_texts_with_nothing_in_common_are_a_finding(tmp_path, tm):
    (tmp_path / "a.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "b.txt").write_text("bla " * 5000, encoding="utf-8")
    code, _, err = tm("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out", "-s", "fr")
    assert code == 1
    assert "b.txt: nothing in it translates a.txt" in err


def test_a_picture_beside_one_document_is_named(documents, tmp_path, tm):
    (documents / "pain.pt.txt").rename(documents / "pain.png")
    code, _, err = tm("build", documents, "-o", tmp_path / "out")
    assert code == 2
    assert "pain.fr.txt; of no document format: " in err
    assert "pain.png" in err


def test_one_pair_is_told_in_the_singular(tmp_path, tm):
    (tmp_path / "a.txt").write_text("Le pain repose une heure.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("O pão descansa uma hora.\n", encoding="utf-8")
    _, out, _ = tm("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out")
    assert "fr, 1 segment\n" in out
    assert "aligned  1 pair of segments, " in out
    assert "memory   1 unit fr" in out


def test_documents_without_a_term_give_no_tbx_which_knows_no_empty_glossary(tmp_path, tm):
    (tmp_path / "a.fr.txt").write_text("Oui.\n", encoding="utf-8")
    (tmp_path / "a.pt.txt").write_text("Sim.\n", encoding="utf-8")
    code, _, err = tm(
        "build",
        tmp_path / "a.fr.txt",
        tmp_path / "a.pt.txt",
        "-s",
        "fr",
        "-t",
        "pt-BR",
        "-o",
        tmp_path / "out",
    )
    assert (code, (tmp_path / "out/glossary.tbx").exists()) == (0, False)
    assert "glossary.tbx: not written: no concept to publish; TBX wants one at least" in err
