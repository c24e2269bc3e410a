"""Terms extracted from files and memories, and a glossary's life, as library calls."""

import pytest

from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.formats import read_concepts, read_units, write_concepts
from tm.model import Concept, Term
from tm.store import open_store
from tm.work.deciding import decide_terms, undo_terms
from tm.work.extracting import extract_terms
from tm.work.glossary import list_terms
from tm.work.glossary_file import glossary_beside
from tm.work.importing import import_terms

FRENCH_PORTUGUESE = Direction("fr", "pt-BR")

PAIRS = """fr\tpt-BR
La chaudière murale chauffe vite.\tA caldeira mural aquece depressa.
Une chaudière murale coûte cher.\tUma caldeira mural custa caro.
Le robinet fuit.\tA torneira vaza.
Fermez le robinet.\tFeche a torneira.
"""

GLOSSARY = "concept\tstatus\tfr\tpt-BR\n1\tapproved\tchaudière\tcaldeira\n2\tcandidate\trobinet\ttorneira\n"


@pytest.fixture
def pairs(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text(PAIRS, encoding="utf-8")
    return path


@pytest.fixture
def glossary(tmp_path):
    path = tmp_path / "glossary.tsv"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


def texts(terms):
    return [(term.text, translation.text) for term, translation in terms]


def statuses(path):
    return {term.text: term.status for concept in read_concepts(path) for term in concept.of("pt-BR")}


# ------------------------------------------------------------------------------------------- extraction


def test_terms_come_from_files_the_likeliest_first(pairs):
    extracted = extract_terms([pairs])
    confidences = [translation.evidence.confidence for _, translation in extracted.terms]
    assert (extracted.direction, extracted.pair_count) == (FRENCH_PORTUGUESE, 4)
    assert ("chaudière murale", "caldeira mural") in texts(extracted.terms)
    assert confidences == sorted(confidences, reverse=True)
    assert extracted.written is None


def test_the_asked_direction_may_be_the_other_way(pairs):
    extracted = extract_terms([pairs], asked=Direction(target="fr"))
    assert extracted.direction == Direction("pt-BR", "fr")
    assert ("torneira", "robinet") in texts(extracted.terms)


def test_a_folder_gives_the_terms_of_all_its_files(pairs, tmp_path):
    lines = PAIRS.splitlines(keepends=True)
    folder = tmp_path / "loc"
    folder.mkdir()
    (folder / "a.tsv").write_text("".join(lines[:3]), encoding="utf-8")
    (folder / "b.tsv").write_text(lines[0] + "".join(lines[3:]), encoding="utf-8")
    (folder / "notes.txt").write_text("Rien.\n", encoding="utf-8")
    extracted = extract_terms([folder])
    assert extracted.files == 2
    assert extracted.concepts == extract_terms([pairs]).concepts


def test_one_bad_file_among_many_is_left_out(pairs, tmp_path):
    bad = tmp_path / "bad.tmx"
    bad.write_text("<tmx", encoding="utf-8")
    extracted = extract_terms([bad, pairs])
    assert (extracted.files, extracted.pair_count) == (2, 4)
    assert [error.path for error in extracted.left_out] == [str(bad)]
    with pytest.raises(FormatError, match=r"bad\.tmx"):
        extract_terms([bad])


@pytest.mark.parametrize("memory", ["", ".", "/"])
def test_beside_what_is_no_name_of_a_memory_is_no_glossary(memory):
    with pytest.raises(OptionError, match="no memory is named"):
        glossary_beside(memory)


def test_a_memory_gives_the_same_terms_and_heeds_the_glossary_beside_it(pairs, tmp_path):
    memory = tmp_path / "heating.tm"
    with open_store(memory, create=True) as store:
        store.add(read_units(pairs))
    assert extract_terms((), memory).terms == extract_terms([pairs]).terms
    glossary_beside(memory).write_text("fr\tpt-BR\tstatus\nrobinet\ttorneira\trejected\n", encoding="utf-8")
    assert "robinet" not in dict(texts(extract_terms((), memory).terms))
    assert "robinet" in dict(texts(extract_terms([pairs]).terms))


def test_languages_that_are_not_there_are_one_error_of_files_and_of_a_memory(pairs, tmp_path):
    memory = tmp_path / "heating.tm"
    with open_store(memory, create=True) as store:
        store.add(read_units(pairs))
    asked = Direction("fr", "de")
    with pytest.raises(FormatError, match=r"pairs\.tsv: 0 of 4 units are fr → de; found: fr, pt-BR$"):
        extract_terms([pairs], asked=asked)
    with pytest.raises(FormatError, match=r"heating\.tm: 0 of 4 units are fr → de; found: fr, pt-BR$"):
        extract_terms((), memory, asked=asked)


def test_terms_are_extracted_from_two_texts_with_a_segment_a_line(tmp_path):
    sides = zip(*(line.split("\t") for line in PAIRS.splitlines()[1:]), strict=True)
    files = [tmp_path / "test.fr", tmp_path / "hyp.pt"]
    for file, lines in zip(files, sides, strict=True):
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    both = [extract_terms(files), extract_terms([tmp_path])]
    assert [("robinet", "torneira") in texts(each.terms) for each in both] == [True, True]
    assert [str(each.direction) for each in both] == ["fr → pt"] * 2


def test_what_was_decided_outlives_the_next_extraction(pairs, tmp_path):
    out = tmp_path / "out.tsv"
    assert extract_terms([pairs], out=out).written == len(read_concepts(out))
    first = out.read_bytes()
    extract_terms([pairs], out=out)
    assert out.read_bytes() == first
    decide_terms(out, "rejected", "robinet", "torneira")
    decide_terms(out, "approved", "chaudières murales")
    extract_terms([pairs], out=out)
    assert (statuses(out)["torneira"], statuses(out)["caldeira mural"]) == ("rejected", "approved")


def test_the_decisions_of_a_named_glossary_count(pairs, glossary):
    decide_terms(glossary, "rejected", "robinet")
    extracted = extract_terms([pairs], glossary=glossary)
    assert "robinet" not in dict(texts(extracted.terms))
    assert "1" in [concept.id for concept in extracted.concepts]


def test_a_list_of_terms_that_are_none_needs_no_translations(pairs, tmp_path):
    unwanted = tmp_path / "unwanted.tsv"
    unwanted.write_text("fr\tpt-BR\tstatus\nrobinet\t\trejected\n", encoding="utf-8")
    concepts = extract_terms([pairs], glossary=unwanted).concepts
    assert "rejected" in [term.status for concept in concepts for term in concept.of("fr")]


def test_a_glossary_in_other_languages_is_refused(pairs, tmp_path):
    table, tbx = tmp_path / "german.tsv", tmp_path / "german.tbx"
    table.write_text("fr\tde\nrobinet\tHahn\n", encoding="utf-8")
    write_concepts(tbx, read_concepts(table))
    with pytest.raises(FormatError, match=r"german\.tsv: 0 of 1 terms are fr → pt-BR; found: fr, de$"):
        extract_terms([pairs], glossary=table)
    with pytest.raises(FormatError, match=r"german\.tbx: 0 of 1 concepts are fr → pt-BR; found: fr, de$"):
        extract_terms([pairs], glossary=tbx)


def test_a_limit_holds_for_what_is_listed_and_for_what_is_written(pairs, tmp_path):
    extracted = extract_terms([pairs], limit=1, out=tmp_path / "best.tbx")
    assert (len(extracted.terms), len(extracted.concepts), extracted.written) == (1, 1, 1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"min_confidence": 40}, "min_confidence is 40; a number from 0 to 1 was expected"),
        ({"limit": 0}, "limit is 0; a whole number of 1 or more was expected"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_before_any_work(options, message):
    with pytest.raises(OptionError, match=message):
        extract_terms(["none.tsv"], **options)


# ------------------------------------------------------------------------------------------- the glossary file


def test_a_glossary_is_listed_by_status_and_up_to_a_limit(glossary):
    assert texts(list_terms(glossary).terms) == [("chaudière", "caldeira"), ("robinet", "torneira")]
    assert texts(list_terms(glossary, status="candidate").terms) == [("robinet", "torneira")]
    assert texts(list_terms(glossary, limit=1).terms) == [("chaudière", "caldeira")]
    assert list_terms(glossary, asked=Direction("pt")).direction == Direction("pt-BR", "fr")
    with pytest.raises(OptionError, match="did you mean approved"):
        list_terms(glossary, status="aproved")
    with pytest.raises(OptionError, match="limit"):
        list_terms(glossary, limit=-1)


def test_an_empty_glossary_has_no_terms_and_takes_no_decision_without_languages(tmp_path):
    path = tmp_path / "empty.tsv"
    path.write_text("fr\tpt-BR\tstatus\n", encoding="utf-8")
    assert list_terms(path).terms == ()
    with pytest.raises(FormatError, match=r"empty\.tsv: holds no concepts"):
        decide_terms(path, "approved", "four", "forno")
    assert decide_terms(path, "approved", "four", "forno", asked=Direction("fr", "pt"))


def test_a_pair_that_is_not_there_is_added_and_approved(glossary):
    assert decide_terms(glossary, "approved", "pâte à pain", "massa de pão").is_larger
    assert not decide_terms(glossary, "approved", "robinet").is_larger
    assert set(statuses(glossary).values()) == {"approved"}


def test_a_decision_keeps_the_languages_as_the_glossary_writes_them(glossary):
    decide_terms(glossary, "forbidden", "robinet", "bica", asked=Direction("fr", "pt"))
    assert glossary.read_text(encoding="utf-8").startswith("concept\tstatus\tfr\tpt-BR\t")
    assert statuses(glossary)["bica"] == "forbidden"


def test_an_exact_look_up_unpacks_no_dictionary(glossary, monkeypatch):
    monkeypatch.setattr("tm.terminology.sentences.term_key", lambda *_: pytest.fail("a dictionary is read"))
    decide_terms(glossary, "approved", "robinet", "torneira")
    assert statuses(glossary)["torneira"] == "approved"


def test_a_wrong_decision_leaves_the_glossary_as_it_was(glossary):
    with pytest.raises(OptionError, match="did you mean rejected"):
        decide_terms(glossary, "reject", "robinet")
    with pytest.raises(OptionError, match="no term 'robine'"):
        decide_terms(glossary, "rejected", "robine")
    with pytest.raises(FormatError, match=r"0 of 2 terms are in de; found: fr, pt-BR$"):
        decide_terms(glossary, "approved", "robinet", "Hahn", asked=Direction(target="de"))
    assert glossary.read_text(encoding="utf-8") == GLOSSARY


def test_an_imported_decision_holds(glossary, tmp_path):
    client = tmp_path / "client.csv"
    client.write_text(
        "fr,pt-BR,status\nrobinet,torneira,preferred\nvanne,válvula,approved\n", encoding="utf-8"
    )
    assert import_terms(client, glossary).count == 2
    assert statuses(glossary) == {"caldeira": "approved", "torneira": "preferred", "válvula": "approved"}


def test_a_glossary_is_made_by_the_first_import(tmp_path):
    client, into = tmp_path / "client.tbx", tmp_path / "glossary.tsv"
    write_concepts(
        client, [Concept("1", (Term("vanne", "fr", "approved"), Term("válvula", "pt", "approved")))]
    )
    assert import_terms(client, into, format="tbx").count == 1
    assert texts(list_terms(into, asked=Direction("fr", "pt")).terms) == [("vanne", "válvula")]


def test_a_glossary_of_other_languages_is_not_imported(glossary, tmp_path):
    german = tmp_path / "german.tbx"
    write_concepts(german, [Concept("1", (Term("vanne", "fr"), Term("Ventil", "de")))])
    with pytest.raises(FormatError, match=r"german\.tbx: 0 of 1 concepts are fr → pt-BR; found: fr, de$"):
        import_terms(german, glossary)
    assert glossary.read_text(encoding="utf-8") == GLOSSARY


CONFLICTING = "fr,pt-BR\nfour,fogão\ngrande quantité,grande quantidade\n"
DECIDED = (
    "concept\tstatus\tfr\tpt-BR\tnote\nc-four\tapproved\tfour\tforno\tnote du client\n"
    "c-x\trejected\tgrande quantité\tgrande quantidade\tpas un terme\n"
)


@pytest.fixture
def conflicting(tmp_path):
    client, into = tmp_path / "client.csv", tmp_path / "decided.tsv"
    client.write_text(CONFLICTING, encoding="utf-8")
    into.write_text(DECIDED, encoding="utf-8")
    return client, into


def decisions(path):
    return [
        (concept.id, term.text, term.status, term.note)
        for concept in read_concepts(path)
        for term in concept.of("pt-BR")
    ]


def test_an_import_replaces_no_id_no_note_and_no_decision(conflicting):
    client, into = conflicting
    assert [conflict.imported for conflict in import_terms(client, into).conflicts] == [
        "fogão (approved)",
        "grande quantidade (approved)",
    ]
    assert into.read_text(encoding="utf-8") == DECIDED


def test_the_other_decision_holds_when_that_is_wanted_and_notes_stay(conflicting):
    client, into = conflicting
    import_terms(client, into, on_conflict="theirs")
    assert sorted(decisions(into)) == [
        ("c-four", "fogão", "approved", ""),
        ("c-four", "forno", "candidate", "note du client"),
        ("c-x", "grande quantidade", "approved", "pas un terme"),
    ]


def test_each_conflict_is_decided_by_itself_after_a_dry_run_that_writes_nothing(conflicting):
    client, into = conflicting
    before = decisions(into)
    foreseen = import_terms(client, into, dry_run=True)
    assert decisions(into) == before
    first, *others = foreseen.conflicts
    done = import_terms(client, into, choices={first: "theirs"}, mark="here")
    assert done.conflicts == foreseen.conflicts
    assert import_terms(client, into, name="again", dry_run=True).conflicts == tuple(others)
    undo_terms(into, mark="here")
    assert decisions(into) == before


def test_both_translations_stand_when_that_is_wanted(conflicting):
    client, into = conflicting
    import_terms(client, into, on_conflict="both")
    assert decisions(into) == [
        ("c-four", "forno", "approved", "note du client"),
        ("c-four", "fogão", "approved", ""),
        ("c-x", "grande quantidade", "rejected", "pas un terme"),
    ]


def test_what_was_imported_before_and_decided_anew_since_is_no_conflict(glossary, tmp_path):
    client = tmp_path / "client.csv"
    client.write_text("fr,pt-BR\nrobinet,torneira\n", encoding="utf-8")
    import_terms(client, glossary)
    decide_terms(glossary, "forbidden", "robinet", "torneira")
    assert import_terms(client, glossary).conflicts == ()
    assert statuses(glossary)["torneira"] == "forbidden"


def test_homonyms_of_the_other_glossary_stay_two_concepts(tmp_path):
    client, into = tmp_path / "client.tbx", tmp_path / "glossary.tsv"
    into.write_text("concept\tstatus\tfr\tpt-BR\nc-b\tapproved\tbureau\tmesa\n", encoding="utf-8")
    homonyms = [Concept(word, (Term("bureau", "fr"), Term(word, "pt-BR"))) for word in ("mesa", "escritório")]
    write_concepts(client, homonyms)
    assert import_terms(client, into).conflicts == ()
    assert [decision[:2] for decision in decisions(into)] == [("c-b", "mesa"), ("cescrit_rio", "escritório")]
