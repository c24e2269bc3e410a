"""The face for Python: ``import tm``."""

import doctest
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import tm
from tm.direction import Direction
from tm.memory import find
from tm.model import Concept, Pair, Segment, Term, Unit, Variant
from tm.vectors import Plain

DOCS = Path(__file__).parent.parent / "docs"
LONG = "é" * 300
BREAD = [("Le pain est chaud.", "O pão está quente."), ("Le four est froid.", "O forno está frio.")]


@pytest.fixture
def memory():
    with tm.Memory(source_lang="fr", target_lang="pt") as memory:
        memory.add(BREAD)
        yield memory


def test_the_tour_is_true(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(DOCS / "python.md"), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted > 30) == (0, True)


def test_the_python_block_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(DOCS.parent)
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    for block in readme.split("```python\n")[1:]:
        code = block.split("```")[0].replace('"out', f'"{tmp_path / "out"}')
        exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out


def test_the_public_names_are_these():
    assert tm.__all__ == [
        "AlignedPair", "Concept", "Finding", "FormatError", "Match", "Memory", "OptionError", "Pair", "Recogniser",
        "Segment", "StoreError", "TMError", "Term", "Unit", "Variant", "align", "build", "check", "convert", "extract",
        "read", "recognise", "score", "segment", "write",
    ]  # fmt: skip
    assert [name for name in tm.__all__ if getattr(tm, name) is None] == []
    assert set(tm.__all__) <= set(dir(tm))
    with pytest.raises(AttributeError, match="no attribute 'scores'"):
        _ = tm.scores


def test_import_alone_loads_nothing_heavy():
    code = (
        "import sys; import tm;"
        "sys.exit(','.join({'numpy', 'lxml', 'sacrebleu', 'rich', 'click', 'langcodes', 'tm.model'} & set(sys.modules)) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


# ------------------------------------------------------------------------------------------- what is taken


@pytest.mark.parametrize(
    "given",
    [
        [("pain", "pão")],
        [["pain", "pão"]],
        [Pair(Segment("pain"), Segment("pão"))],
        [Unit((Variant("fr", Segment("pain")), Variant("pt", Segment("pão"))))],
    ],
    ids=["tuple", "list", "pair", "unit"],
)
def test_a_pair_is_two_strings_or_any_noun_that_holds_two(given, tmp_path):
    with tm.Memory(source_lang="fr", target_lang="pt") as memory:
        assert memory.add(given).added == 1
        assert memory.find("pain")[0].target == "pão"
    assert tm.write(tmp_path / "a.tsv", given, source_lang="fr", target_lang="pt") == 1
    assert tm.check(given, source_lang="fr", target_lang="pt") == []


@pytest.mark.parametrize(
    "given",
    [
        [("four", "forno")],
        [Concept("1", (Term("four", "fr"), Term("forno", "pt")))],
    ],
)
def test_a_glossary_is_pairs_of_strings_concepts_or_a_file(given, tmp_path):
    wrong = [("Le four est froid.", "O fogão está frio.")]
    (finding,) = tm.check(wrong, source_lang="fr", target_lang="pt", glossary=given)
    assert finding.check == "term"
    tm.write(tmp_path / "g.tbx", [Concept("1", (Term("four", "fr"), Term("forno", "pt")))])
    (finding,) = tm.check(wrong, source_lang="fr", target_lang="pt", glossary=tmp_path / "g.tbx")
    assert finding.check == "term"


def test_a_list_of_strings_is_segments_and_a_string_is_a_text():
    assert [
        pair.source for pair in tm.align([french for french, _ in BREAD], [other for _, other in BREAD])
    ] == [french for french, _ in BREAD]
    assert len(tm.align(*(" ".join(side) for side in zip(*BREAD, strict=True)))) == 2


def test_languages_that_are_not_said_are_found(tmp_path):
    path = tmp_path / "bread.tsv"
    assert tm.write(path, BREAD) == 2
    assert [variant.language for variant in tm.read(path)[0].variants] == ["fr", "pt"]
    with tm.Memory(tmp_path / "bread.tm") as memory:
        memory.add(path)
        assert (len(memory), memory.direction) == (2, Direction("fr", "pt"))
        assert [unit.pair("fr", "pt").target.text for unit in memory] == [target for _, target in BREAD]


def texts(concepts):
    return [[term.text for term in concept.terms] for concept in concepts]


def test_files_folders_and_memories_are_taken_where_pairs_are(tmp_path, memory):
    path = tmp_path / "bread.tsv"
    tm.write(path, BREAD, source_lang="fr", target_lang="pt")
    assert tm.check(path) == tm.check(tmp_path) == []
    assert tm.score(path, memory).agreement.segments == 2
    assert memory.analyze(tmp_path).total.bands[2].segments == 2
    assert texts(tm.extract(memory)) == texts(tm.extract(path)) != []


def test_a_read_glossary_is_concepts(tmp_path):
    tm.write(
        tmp_path / "g.tsv",
        [Concept("1", (Term("four", "fr", status="approved"), Term("forno", "pt", status="approved")))],
    )
    assert [type(item) for item in tm.read(tmp_path / "g.tsv")] == [Concept]


@pytest.mark.parametrize(
    ("use", "message"),
    [
        (lambda memory: tm.Memory(LONG), "name too long"),
        (lambda memory: tm.Memory(f"{LONG}/a.tm"), "the folder .* does not exist"),
        (lambda memory: memory.add(LONG), "name too long"),
        (lambda memory: memory.analyze(LONG), "name too long"),
        (lambda memory: memory.export(f"{LONG}.tsv"), "name too long"),
    ],
)
def test_a_name_that_is_too_long_is_an_error_of_ours(use, message):
    with tm.Memory(source_lang="fr", target_lang="pt") as memory, pytest.raises(tm.TMError, match=message):
        use(memory)


@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize(
    ("languages", "message"),
    [
        ({"source_lang": "fr"}, "number 40 in the source, 4 in the translation"),
        ({"target_lang": "pt"}, "number 40 in the source, 4 in the translation"),
        ({"source_lang": "pt"}, "number 4 in the source, 40 in the translation"),
        ({"target_lang": "fr"}, "number 4 in the source, 40 in the translation"),
    ],
)
def test_one_language_is_enough_to_say_which_side_of_units_is_the_source(is_turned, languages, message):
    sides = Variant("fr", Segment("Le four 40.")), Variant("pt-BR", Segment("O forno 4."))
    (finding,) = tm.check([Unit(sides[::-1] if is_turned else sides)], **languages)
    assert finding.message == message


def test_a_memory_closes_and_opens_again_with_its_history(tmp_path):
    with tm.Memory(tmp_path / "a.tm", source_lang="fr", target_lang="pt") as memory:
        memory.add(BREAD, name="bread")
        memory.add([("Le pain est chaud.", "O pão está bem quente.")], on_same="replace")
    with tm.Memory(tmp_path / "a.tm") as memory:
        assert [change.name for change in memory.log()] == ["bread", ""]
        assert memory.undo().added == 1
        assert memory.find("Le pain est chaud.")[0].target == "O pão está quente."


def test_the_history_calls_files_as_they_are_named(tmp_path):
    tm.write(tmp_path / "a.tsv", BREAD, source_lang="fr", target_lang="pt")
    with tm.Memory() as memory:
        memory.add(tmp_path / "a.tsv", name="bread")
        assert [change.name for change in memory.log()] == ["bread"]


def test_the_history_names_who_changes_a_memory(tmp_path):
    tm.write(tmp_path / "a.tsv", BREAD, source_lang="fr", target_lang="pt")
    with tm.Memory(source_lang="fr", target_lang="pt") as memory:
        memory.add([("pain", "pão")], author="ana")
        memory.add(tmp_path / "a.tsv", author="rui")
        memory.remove(1, author="eva")
        memory.undo(author="ivo")
        assert [change.author for change in memory.log()] == ["ana", "rui", "eva", "ivo"]


def test_two_documents_are_aligned_before_they_are_added(tmp_path):
    for name, texts in zip(("a.fr.md", "a.pt.md"), zip(*BREAD, strict=True), strict=True):
        (tmp_path / name).write_text("\n\n".join(texts), encoding="utf-8")
    with tm.Memory() as memory:
        assert memory.add(tmp_path / "a.fr.md", tmp_path / "a.pt.md").added == 2
        assert memory.find("Le four est froid.")[0].target == "O forno está frio."


def test_units_say_their_languages_themselves_when_they_are_written(tmp_path):
    twelve = Unit((Variant("fr", Segment("12")), Variant("pt", Segment("12"))))
    assert tm.write(tmp_path / "a.tmx", [twelve]) == 1
    assert [variant.language for variant in tm.read(tmp_path / "a.tmx")[0].variants] == ["fr", "pt"]


def test_nothing_to_score_is_an_empty_report(memory):
    report = tm.score([], memory)
    assert (report.segments, report.rows) == (0, ())


def test_a_memory_without_units_finds_nothing():
    with tm.Memory() as memory:
        assert (memory.find("pain"), memory.concordance("pain"), memory.pretranslate(["pain"])) == (
            [],
            [],
            [None],
        )
        assert memory.find_meaning("pain") == []
        assert memory.undo() is None


def test_in_a_memory_without_units_nothing_is_found_in_any_way():
    with tm.Memory(source_lang="fr", target_lang="pt") as memory:
        for find in (memory.find, memory.find_inflected, memory.concordance):
            assert find("Le pain est chaud.") == []


# ------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda memory: memory.add([("a", "b")], on_same="Keep"), "keep"),
        (lambda memory: memory.add([("a", "b", "c")]), "two strings, was expected"),
        (lambda memory: memory.add([3]), "3 is no pair"),
        (lambda memory: memory.find("pain", minimum=0.7), "percent from 1 to 100"),
        (lambda memory: memory.find("pain", minimum=170), "percent from 1 to 100"),
        (lambda memory: memory.find("pain", limit=0), "limit is 0"),
        (lambda memory: memory.concordance("pain", limit=0), "limit is 0"),
        (lambda memory: memory.find(3), "3 is no text"),
        (lambda memory: memory.find_meaning("pain", minimum=0.7), "percent from 1 to 100"),
        (lambda memory: memory.find_meaning("pain", vectors=3), "vectors is 3"),
        (lambda memory: memory.find_meaning("pain", where="authr=x", vectors=Plain(len)), "did you mean author"),
        (lambda memory: tm.align("Le pain.", "O pão.", min_confidence=70), "min_confidence is 70"),
        (lambda memory: tm.align(["Le pain.", 3], "O pão."), "segment 2 is 3"),
        (lambda memory: tm.check("pain", "pão"), None),
        (lambda memory: tm.check([("a", "b")], only="numbr", source_lang="fr", target_lang="pt"), "did you mean number"),
        (lambda memory: tm.check(["pain"], source_lang="fr", target_lang="pt"), "is no pair"),
        (lambda memory: tm.extract([("a", "b")], source_lang="fr", target_lang="xx-nothing"), "not a language tag"),
        (lambda memory: tm.extract(memory, min_confidence=2), "min_confidence is 2"),
        (lambda memory: tm.recognise("pain", ["pain"], lang="fr"), "is no term"),
        (lambda memory: tm.Memory(source_lang="fr", target_lang="FR"), "both fr"),
        (lambda memory: tm.Memory(source_lang=None), "None is not a language tag"),
        (lambda memory: tm.Memory(""), "path is ''; a path was expected"),
        (lambda memory: tm.Memory(3), "path is 3; a path was expected"),
        (lambda memory: tm.align(3, "O pão."), "3 is no list; a text or a list of its sentences"),
        (lambda memory: tm.align("Le pain.", "O pão.", glossary=[("pain", "pão")]), "a path was expected"),
        (lambda memory: tm.align("Le pain.", "O pão.", memory=3), "memory is 3"),
        (lambda memory: tm.align("Le pain.", "O pão.", vectors=3), "vectors is 3"),
        (lambda memory: tm.segment(["Le pain."]), "is no text; a string was expected"),
        (lambda memory: tm.segment("Le pain.", srx=3), "srx is 3"),
        (lambda memory: tm.extract(3), "3 is no list; a path or a list of pairs"),
        (lambda memory: tm.extract(BREAD, glossary=None), "a list of terms"),
        (lambda memory: tm.extract([("le pain\ud800", "o pão")]), "U+D800, which is half a character"),
        (lambda memory: tm.check(BREAD, only=3), "a list of names"),
        (lambda memory: tm.check(BREAD, only=[3]), "no check is called 3"),
        (lambda memory: tm.recognise(3, [("four", "forno")], lang="fr"), "3 is no text"),
        (lambda memory: tm.Recogniser(["four"], "fr"), "is no term"),
        (lambda memory: tm.Recogniser([], ""), "a language tag was expected"),
        (lambda memory: tm.Recogniser([], 3), "language is 3"),
        (lambda memory: tm.score(BREAD, None), "memory is None"),
        (lambda memory: tm.read(b"bread.tsv"), "a path was expected"),
        (lambda memory: tm.read("bread\0.tsv"), "a path was expected"),
        (lambda memory: tm.read("\ud800.tsv"), "a path was expected"),
        (lambda memory: memory.export("a.tsv", where=("text=a",)), "where is"),
        (lambda memory: tm.read("bread.tsv", format=3), "format is 3"),
        (lambda memory: tm.write("bread.tsv", "pain"), "'pain' is one string"),
        (lambda memory: tm.convert("bread.tsv", 3), "out is 3"),
        (lambda memory: tm.convert("bread.tsv", "bread.tmx", encoding=8), "encoding is 8"),
        (lambda memory: tm.build(3, "out"), "3 is no list"),
        (lambda memory: tm.build(["bread.txt", 3], "out"), "documents is 3"),
        (lambda memory: memory.add([Unit(())]), "a unit needs one variant"),
        (lambda memory: memory.add(BREAD, origin=3), "origin is 3"),
        (lambda memory: memory.add(None), "a path or a list of pairs"),
        (lambda memory: memory.find("pain", previous=3), "3 is no text"),
        (lambda memory: memory.analyze(["pain"], rates=3), "rates is 3"),
        (lambda memory: memory.pretranslate("Le pain est chaud."), "is one string; a list of texts"),
        (lambda memory: memory.pretranslate_file("bread.tsv", None), "out is None"),
    ],
)  # fmt: skip
def test_a_choice_that_makes_no_sense_is_one_line(memory, call, message):
    with pytest.raises(TypeError if message is None else tm.OptionError) as raised:
        call(memory)
    assert "\n" not in str(raised.value)
    assert message is None or message in str(raised.value)


@pytest.mark.parametrize(
    "call",
    [len, list, tm.Memory.log, tm.Memory.undo, lambda memory: memory.add(BREAD), lambda memory: memory.find("pain")],
)  # fmt: skip
def test_a_memory_that_is_closed_says_so(memory, call):
    memory.close()
    memory.close()
    with pytest.raises(tm.StoreError, match="the memory is closed; open it again"):
        call(memory)


def test_half_a_character_in_a_unit_is_refused_and_nothing_is_added(memory):
    broken = Unit((Variant("fr", Segment("pain\ud800")), Variant("pt", Segment("pão"))))
    with pytest.raises(tm.StoreError, match=r"U\+D800, which is half a character"):
        memory.add([broken])
    assert len(memory) == 2


def test_files_that_are_left_out_are_named(tmp_path, memory, caplog):
    tm.write(tmp_path / "bread.tsv", BREAD, source_lang="fr", target_lang="pt")
    (tmp_path / "broken.tmx").write_text("<tmx>")
    memory.add(tmp_path / "bread.tsv", tmp_path / "broken.tmx")
    assert tm.check(tmp_path) == []
    assert [("broken.tmx:1:" in line, line.endswith("; left out")) for line in caplog.messages] == [
        (True, True)
    ] * 2


def test_nothing_to_check_or_to_extract_is_no_error():
    assert (tm.check([]), tm.extract([]), tm.align([], [])) == ([], [], [])


def test_texts_in_no_known_language_say_which_parameters_would_help():
    with pytest.raises(tm.FormatError, match="say source_lang and target_lang"):
        tm.check([("", "")])


def test_a_score_is_in_the_languages_that_the_memory_was_opened_with():
    with tm.Memory(source_lang="fr", target_lang="pt") as memory:
        report = tm.score([("Oh la la", "Hm")], memory)
    assert (report.source, report.target) == ("fr", "pt")


def test_units_are_found_by_their_meaning_with_a_model_that_is_made_ready_once(memory, tmp_path):
    asked = []

    def by_letters(texts):
        asked.extend(texts)
        return [[text.count(letter) for letter in "pr"] for text in texts]

    model = Plain(by_letters)
    best = [memory.find_meaning(text, vectors=model, limit=1)[0].target for text in ("pp", "rr")]
    assert best == [target for _, target in BREAD]
    assert sorted(asked) == sorted([*(source for source, _ in BREAD), "pp", "rr"])
    assert memory.find_meaning("pp", vectors=model, where="text=four") == []
    np.savez(
        tmp_path / "x.npz",
        segments=["Um pão", *(source for source, _ in BREAD)],
        vectors=np.eye(3)[[1, 1, 2]],
    )
    assert [match.percent for match in memory.find_meaning("Um pão", vectors=f"{tmp_path}/x.npz")] == [100]


def test_a_look_up_takes_a_string_and_no_limit_below_one(memory):
    assert [match.percent for match in find(memory.store, BREAD[0][0], Direction("fr", "pt"))] == [100]
    with pytest.raises(tm.OptionError, match="limit is -1"):
        find(memory.store, BREAD[0][0], Direction("fr", "pt"), limit=-1)


def test_a_generator_serves_where_a_list_does(memory):
    assert texts(tm.extract((pair for pair in BREAD), source_lang="fr", target_lang="pt")) != []
    assert tm.score((pair for pair in BREAD), memory).agreement.segments == 2


def test_a_recogniser_takes_what_recognise_takes(tmp_path):
    tm.write(tmp_path / "g.tbx", [Concept("1", (Term("four", "fr"), Term("forno", "pt")))])
    for glossary in ([("four", "forno")], tmp_path / "g.tbx"):
        recogniser = tm.Recogniser(glossary, "fr")
        assert [occurrence.start for occurrence in recogniser.recognise("Le four, deux fours.")] == [3, 14]


def test_a_direction_that_the_memory_lacks_is_named_with_those_it_has(tmp_path):
    with tm.Memory(tmp_path / "a.tm", source_lang="fr", target_lang="pt") as memory:
        memory.add(BREAD)
    lacking = pytest.raises(tm.FormatError, match=r"a\.tm: 0 of 2 units are fr → de; found: fr, pt")
    with tm.Memory(tmp_path / "a.tm", source_lang="fr", target_lang="de") as memory, lacking:
        memory.find("Le pain est chaud.")
    with pytest.raises(tm.StoreError, match="no such"):
        tm.score(BREAD, tmp_path / os.devnull.replace("/", "-"))


# ------------------------------------------------------------------------------------------- single units


def test_units_are_chosen_changed_and_taken_out(memory, tmp_path):
    assert [unit.number for unit in memory.stored()] == [1, 2]
    assert memory.edit(where="text=pain", note="vu").changes[0].number == 3
    assert [unit.number for unit in memory.stored(3, 1, where="text=pain")] == [3]
    assert memory.find("Le pain est chaud.", where="number=2", minimum=90) == []
    assert memory.find_inflected("Les pains sont chauds.", where="number=2") == []
    assert [passage.number for passage in memory.concordance("est", where="number=3")] == [3]
    assert memory.export(tmp_path / "some.tsv", where="text=four", numbers=True) == 1
    assert [change.before.number for change in memory.remove(2, 3).changes] == [2, 3]
    assert (len(memory), memory.undo().action, len(memory)) == (0, "remove", 2)


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda memory: memory.remove(), "which units?"),
        (
            lambda memory: memory.remove("1"),
            "'1' is no number of a unit; a whole number such as 12 was expected",
        ),
        (lambda memory: memory.remove(source=5), "source is 5; a string was expected"),
        (lambda memory: memory.edit(1, target=5), "target is 5; a string was expected"),
        (lambda memory: memory.edit(1), "nothing to change"),
        (lambda memory: memory.edit(9, target="x"), "9 is the number of no unit"),
        (lambda memory: memory.find("pain", where="authr=x"), "did you mean author"),
        (lambda memory: memory.stored(where=None), "where is None; a string was expected"),
    ],
)
def test_a_choice_of_units_that_makes_no_sense_is_refused(memory, act, message):
    with pytest.raises(tm.OptionError) as raised:
        act(memory)
    assert message in str(raised.value)
    assert len(memory.log()) == 1
