"""The reviewed glossary of the seeds is what its exports say, and every term of it is decided."""

from pathlib import Path

import pytest

from tm.formats import read_concepts, write_concepts
from tm.terminology import published

GLOSSARIES = Path(__file__).parent.parent / "glossaries"
REVIEWED = GLOSSARIES / "seeds.fr-pt-BR.tsv"


@pytest.mark.parametrize("ending", [".tbx", ".csv", ".utf8"])
def test_exporting_the_reviewed_glossary_gives_the_files_beside_it(tmp_path, ending):
    concepts = read_concepts(REVIEWED)
    out = tmp_path / f"out{ending}"
    write_concepts(out, published(concepts) if ending == ".tbx" else concepts)
    assert out.read_bytes() == REVIEWED.with_suffix(ending).read_bytes()


def test_every_term_is_decided():
    assert [
        term.text
        for concept in read_concepts(REVIEWED)
        for term in concept.terms
        if term.status == "candidate"
    ] == []


def test_what_was_rejected_is_not_published():
    rejected = {
        term.text
        for concept in published(read_concepts(REVIEWED))
        for term in concept.terms
        if term.status == "rejected"
    }
    assert rejected == set()
