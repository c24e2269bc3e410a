"""The analysis of a job and a file that is filled: which files count, which segments, and what is refused."""

import pytest

from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.model import Segment, Unit, Variant
from tm.work.analysis import analyze, analyze_texts
from tm.work.memories import open_memories
from tm.work.pretranslation import KEPT, UNKNOWN, pretranslate_file


def unit(source, target):
    return Unit((Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))))


@pytest.fixture
def store():
    with open_memories([":memory:"], create=True) as (store,):
        store.add([unit("Le pain est prêt.", "O pão está pronto."), unit("Page 12.", "Página 12.")])
        yield store


XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="menu.html" source-language="fr" target-language="pt-BR" datatype="html"><body>
<trans-unit id="1"><source>Le pain est prêt.</source></trans-unit>
<trans-unit id="2" translate="no"><source>Page 12.</source></trans-unit>
<trans-unit id="3"><source>Page 13.</source><target state="needs-adaptation">Página 13</target></trans-unit>
<trans-unit id="4"><source>Merci.</source><target state="final">Obrigado.</target></trans-unit>
</body></file></xliff>"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "menu.xlf").write_text(XLIFF, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("Le pain est prêt.\nLe pain est prêt.\n", encoding="utf-8")
    (tmp_path / "~$notes.docx").write_text("x")
    return tmp_path


def bands(analysis):
    return {band.band: band.segments for band in analysis.bands if band.segments}


def test_every_file_of_a_folder_counts_and_all_together(store, folder):
    analysis = analyze([folder], store)
    assert [file.path for file in analysis.files] == [str(folder / "menu.xlf"), str(folder / "notes.txt")]
    assert [bands(file) for file in analysis.files] == [{"100": 1, "95–99": 1, "new": 1}, {"100": 2}]
    assert (bands(analysis.total), analysis.total.sizes[0]) == ({"100": 3, "95–99": 1, "new": 1}, 5)
    assert (str(analysis.direction), analysis.left_out, analysis.passed_over) == ("fr → pt-BR", (), ())


def test_files_that_no_format_reads_are_passed_over_and_named(store, folder):
    (folder / "logo.svg").write_text("<svg/>")
    assert analyze([folder], store).passed_over == (str(folder / "logo.svg"),)


def test_what_waits_and_drafts_are_counted_and_what_is_not_to_be_translated_is_no_work(store, folder):
    (file,) = analyze([folder / "menu.xlf"], store).files
    assert file.sizes[0] == 3
    assert (file.unfinished.waiting, file.unfinished.drafts, file.unfinished.total) == (1, 1, 2)


def test_what_is_not_to_be_translated_is_still_context(tmp_path):
    with open_memories([":memory:"], create=True) as (memory,):
        tmx = tmp_path / "memory.tmx"
        tmx.write_text(
            '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"'
            ' adminlang="en" srclang="fr" datatype="plaintext"/><body><tu><prop type="x-previous">Un.</prop>'
            '<tuv xml:lang="fr"><seg>Deux.</seg></tuv><tuv xml:lang="pt"><seg>Dois.</seg></tuv></tu></body></tmx>',
            encoding="utf-8",
        )
        from tm.formats import read_units

        memory.add(read_units(tmx))
        job = tmp_path / "job.xlf"
        body = (
            '<trans-unit id="1" translate="no"><source>Un.</source></trans-unit>'
            '<trans-unit id="2"><source>Deux.</source></trans-unit>'
        )
        job.write_text(XLIFF.split("<body>")[0] + f"<body>{body}</body></file></xliff>", encoding="utf-8")
        assert bands(analyze([job], memory).total) == {"101": 1}


def test_a_broken_file_and_one_in_another_language_are_left_out(store, folder):
    (folder / "broken.xlf").write_text("<xliff", encoding="utf-8")
    (folder / "english.txt").write_text(
        "The bread is on the table and the oven is still warm.", encoding="utf-8"
    )
    analysis = analyze([folder], store)
    assert len(analysis.files) == 2
    assert [str(error).rpartition("/")[2].partition(":")[0] for error in analysis.left_out] == [
        "broken.xlf", "english.txt"
    ]  # fmt: skip
    with pytest.raises(
        FormatError, match=r"english\.txt: 0 of 1 units are in fr; found: en; if that is wrong"
    ):
        analyze([folder / "english.txt"], store)


def test_rates_are_a_text_or_numbers_by_band(store, folder):
    (file,) = analyze([folder / "notes.txt"], store, rates="100=0.5").files
    assert file.weighted_words == 4
    (file,) = analyze([folder / "notes.txt"], store, rates={"100": 0.5}).files
    assert file.weighted_words == 4
    for rates in ({"101%": 1}, {"100": -1}, "new"):
        with pytest.raises(OptionError, match=r"is no band|is no rate"):
            analyze([folder], store, rates=rates)


def test_texts_in_memory_are_a_job_too(store):
    analysis = analyze_texts(["Le pain est prêt.", Segment("Le pain est cru."), "Le pain est cru."], store)
    assert bands(analysis.total) == {"100": 1, "repetitions": 1, "75–84": 1}
    assert analyze_texts([], store).total.sizes == (0, 0, 0)


def test_segments_inside_the_job_are_counted_when_asked_for(store):
    texts = ["Alpha bêta gamma delta", "Alpha bêta gamma epsilon"]
    assert [analyze_texts(texts, store, internal_fuzzy=value).internal for value in (False, True)] == [0, 1]


def test_the_steps_can_be_watched(store, folder):
    lengths = []

    def watched(steps, length):
        lengths.append(length)
        return steps

    analyze([folder], store, progress=watched)
    pretranslate_file(folder / "menu.xlf", folder / "filled.xlf", store, progress=watched)
    assert lengths == [5, 4]


# ------------------------------------------------------------------------------------------------- a file filled


def test_drafts_and_finished_translations_stay_unless_they_are_overwritten(store, folder):
    done = pretranslate_file(folder / "menu.xlf", folder / "out.xlf", store)
    assert done.outcomes == {"100": 1, "95–99": 1, KEPT: 2}
    assert (done.segments, done.filled, str(done.direction)) == (4, 2, "fr → pt-BR")
    (folder / "out.xlf").write_text(XLIFF.replace("needs-adaptation", "translated"), encoding="utf-8")
    assert pretranslate_file(folder / "out.xlf", folder / "b.xlf", store).outcomes[KEPT] == 3
    done = pretranslate_file(folder / "out.xlf", folder / "b.xlf", store, overwrite=True)
    assert done.outcomes == {"100": 1, "95–99": 1, KEPT: 1, UNKNOWN: 1}


@pytest.mark.parametrize("minimum", [0.7, 0, 103, True, "70"])
def test_a_minimum_that_is_no_percent_is_refused_and_nothing_written(store, folder, minimum):
    with pytest.raises(OptionError, match="a percent from 1 to 102 was expected"):
        pretranslate_file(folder / "menu.xlf", folder / "out.xlf", store, minimum=minimum)
    assert not (folder / "out.xlf").exists()


def test_a_pair_that_is_not_there_writes_nothing(store, folder):
    with pytest.raises(FormatError, match="0 of 2 units are fr → de; found: fr, pt-BR"):
        pretranslate_file(folder / "menu.xlf", folder / "out.xlf", store, Direction("fr", "de"))
    assert not (folder / "out.xlf").exists()
