"""The terms of a large memory: found block by block, kept beside it, the same as found anew."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from tm.direction import Direction
from tm.formats import read_concepts
from tm.model import Concept, Evidence, Pair, Segment, Term, Unit, Variant
from tm.store import open_store
from tm.terminology import blocks, extract
from tm.work import kept_terms, packed
from tm.work.extracting import extract_terms

FRENCH_PORTUGUESE = Direction("fr", "pt")
NOUNS = ("four", "forno"), ("moulin", "moinho"), ("pétrin", "amassadeira"), ("levain", "fermento")
SENTENCES = [
    (f"Le {french} à grain numéro {number} est vieux.", f"O {portuguese} de grão número {number} é velho.")
    for number in range(5)
    for french, portuguese in NOUNS
]
"""Twenty pairs."""


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(blocks, "WHOLE", 10)
    monkeypatch.setattr(blocks, "SHORTEST", 4)
    monkeypatch.setattr(blocks, "USUAL", 3)
    monkeypatch.setattr(blocks, "LONGEST", 8)


@pytest.fixture
def memory(tmp_path):
    path = tmp_path / "memory.tm"
    with open_store(path, create=True) as store:
        store.add(units(SENTENCES))
    return path


@pytest.fixture
def extracted(monkeypatch):
    """The sizes of the blocks that are extracted."""
    sizes = []

    def counted(pairs, *args, **kwargs):
        sizes.append(len(pairs))
        return extract(pairs, *args, **kwargs)

    monkeypatch.setattr(blocks, "extract", counted)
    return sizes


def units(texts):
    return [Unit((Variant("fr", Segment(fr)), Variant("pt", Segment(pt)))) for fr, pt in texts]


def pairs(texts):
    return [Pair(Segment(source), Segment(target)) for source, target in texts]


def kept_beside(memory):
    return memory.with_name("memory.tm.terms")


def test_what_was_kept_is_the_same_as_what_is_found_anew(memory, extracted):
    first = extract_terms(memory=memory).concepts
    assert len(extracted) > 2
    assert sum(extracted) == len(SENTENCES)
    del extracted[:]
    assert extract_terms(memory=memory).concepts == first
    assert not extracted
    kept_beside(memory).unlink()
    assert extract_terms(memory=memory).concepts == first


def test_units_that_are_added_cost_their_block_only(memory, extracted):
    extract_terms(memory=memory)
    del extracted[:]
    with open_store(memory) as store:
        store.add(units([("Un four à pain neuf.", "Um forno de pão novo.")]))
    again = extract_terms(memory=memory).concepts
    assert len(extracted) <= 2
    kept_beside(memory).unlink()
    assert extract_terms(memory=memory).concepts == again


def test_a_glossary_of_a_memory_that_grew_is_that_of_the_same_memory_made_afresh(memory, tmp_path):
    more = [
        (f"Les fours à pain du moulin {n} brûlent.", f"Os fornos de pão do moinho {n} ardem.")
        for n in range(9)
    ]
    grown, anew, over = (tmp_path / name for name in ("grown.tsv", "anew.tsv", "over.tsv"))
    extract_terms(memory=memory, out=over)
    with open_store(memory) as store:
        store.add(units(more))
    extract_terms(memory=memory, out=grown)
    extract_terms(memory=memory, out=over)
    with open_store(tmp_path / "other.tm", create=True) as store:
        store.add(units(SENTENCES))
        store.add(units(more))
    extract_terms(memory=tmp_path / "other.tm", out=anew)
    assert grown.read_bytes() == anew.read_bytes()
    assert [concept.terms for concept in read_concepts(over)] == [
        concept.terms for concept in read_concepts(anew)
    ]


def test_forms_of_one_term_in_several_blocks_are_one_concept():
    def in_block(block):
        forms = ("four à pain", "forno de pão") if block[0].line == 0 else ("fours à pain", "fornos de pão")
        count = len(block)
        evidence = Evidence(count, count, count, 0.9, forms=((*forms, count),))
        return [Concept("", (Term(forms[0], "fr"), Term(forms[1], "pt", evidence=evidence)))]

    numbered = [replace(pair, line=number) for number, pair in enumerate(pairs(SENTENCES))]
    (concept,) = blocks.extract_in_blocks(numbered, FRENCH_PORTUGUESE, keep=SimpleNamespace(get=in_block))
    evidence = concept.of("pt")[0].evidence
    assert (evidence.source_count, evidence.pair_count) == (20, 20)
    assert {form for form, _, _ in evidence.forms} == {"four à pain", "fours à pain"}


def test_units_that_are_taken_out_or_changed_leave_the_counts(memory, extracted):
    extract_terms(memory=memory)
    before = kept_beside(memory).read_bytes()
    for texts in (
        SENTENCES[:9] + SENTENCES[10:],
        [("Le puits est sec.", "O poço está seco."), *SENTENCES[1:]],
    ):
        memory.unlink()
        with open_store(memory, create=True) as store:
            store.add(units(texts))
        kept_beside(memory).write_bytes(before)
        del extracted[:]
        again = extract_terms(memory=memory).concepts
        assert 0 < sum(extracted) < len(SENTENCES)
        kept_beside(memory).unlink()
        assert extract_terms(memory=memory).concepts == again


def test_an_approved_word_has_the_blocks_extracted_again_that_have_it(memory, extracted):
    block = pairs(SENTENCES[:6])
    without = kept_terms.KeptTerms(memory, FRENCH_PORTUGUESE, 0.3)
    approved = Concept("1", (Term("fours", "fr"), Term("fornos", "pt", status="approved")))
    elsewhere = Concept("2", (Term("puits", "fr"), Term("poço", "pt", status="approved")))
    assert without._key(block) == kept_terms.KeptTerms(memory, FRENCH_PORTUGUESE, 0.3, [elsewhere])._key(
        block
    )
    assert without._key(block) != kept_terms.KeptTerms(memory, FRENCH_PORTUGUESE, 0.3, [approved])._key(block)


@pytest.mark.parametrize("content", [b"no such file", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_a_damaged_file_costs_time_only(memory, content):
    first = extract_terms(memory=memory).concepts
    kept_beside(memory).write_bytes(content)
    assert extract_terms(memory=memory).concepts == first


def test_a_block_that_is_damaged_is_extracted_again_and_no_other(memory, extracted):
    first = extract_terms(memory=memory).concepts
    content = bytearray(kept_beside(memory).read_bytes())
    content[40] ^= 1
    kept_beside(memory).write_bytes(content)
    del extracted[:]
    assert extract_terms(memory=memory).concepts == first
    assert len(extracted) == 1
    del extracted[:]
    assert extract_terms(memory=memory).concepts == first
    assert not extracted


def test_a_small_memory_keeps_nothing(memory, monkeypatch):
    monkeypatch.setattr(blocks, "WHOLE", 4000)
    extract_terms(memory=memory)
    assert not kept_beside(memory).exists()


def test_a_term_of_several_blocks_is_counted_in_all():
    concepts = blocks.extract_in_blocks(pairs(SENTENCES), FRENCH_PORTUGUESE)
    (term,) = (c.of("pt")[0] for c in concepts if c.terms[0].text == "moulin")
    assert term.evidence.pair_count == term.evidence.source_count == 5
    assert len(term.evidence.contexts) == 3


def test_the_units_are_watched_as_they_are_read(memory):
    seen = []

    def watch(steps, length):
        seen.append(length)
        yield from steps

    extract_terms(memory=memory, progress=watch)
    assert seen[0] == len(SENTENCES)


def test_no_more_pairs_are_held_than_a_block_has():
    read, extracted = [], []

    def reading():
        for pair in pairs(SENTENCES * 3):
            read.append(pair)
            yield pair

    def in_block(block):
        extracted.extend(block)
        assert len(read) - len(extracted) <= blocks.WHOLE
        return []

    blocks.extract_in_blocks(reading(), FRENCH_PORTUGUESE, keep=SimpleNamespace(get=in_block))
    assert extracted == pairs(SENTENCES * 3)


def test_units_of_large_files_are_packed(tmp_path, monkeypatch):
    file = tmp_path / "pairs.tsv"
    file.write_text("fr\tpt\n" + "".join(f"{fr}\t{pt}\n" for fr, pt in SENTENCES), encoding="utf-8")
    plain = extract_terms([file])
    monkeypatch.setattr(packed, "BLOCK", 7)
    assert extract_terms([file]) == plain
    assert plain.pair_count == len(SENTENCES)
