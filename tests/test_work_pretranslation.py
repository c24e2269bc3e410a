"""Files filled from memories: into which language, what is put there, and what is said about it."""

import shutil
import subprocess

import pytest

from tm.direction import UNDECIDED, Direction
from tm.errors import FormatError
from tm.memory import find
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.work.adding import add_files
from tm.work.pretranslation import pretranslate_file

XLIFF_1 = (
    '<xliff version="1.2"><file original="a" source-language="{source}" target-language="{target}"><body>'
    "{units}</body></file></xliff>"
)
XLIFF_2 = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="{source}" trgLang="{target}">'
    '<file id="f">{units}</file></xliff>'
)
PO = 'msgid ""\nmsgstr ""\n"Language: {target}\\n"\n"X-Source-Language: {source}\\n"\n\n{units}'


def xliff_1(*sources):
    units = (f'<trans-unit id="{n}"><source>{text}</source></trans-unit>' for n, text in enumerate(sources))
    return "a.xlf", XLIFF_1, "".join(units)


def xliff_2(*sources):
    segments = (
        f'<unit id="{n}"><segment><source>{text}</source></segment></unit>' for n, text in enumerate(sources)
    )
    return "a.xlf", XLIFF_2, "".join(segments)


def po(*sources):
    return "a.po", PO, "\n".join(f'msgid "{text}"\nmsgstr ""\n' for text in sources)


def csv(*sources):
    return "a.csv", "{source},{target}\n{units}", "".join(f'"{text}",\n' for text in sources)


FORMATS = (xliff_1, xliff_2, po, csv)


@pytest.fixture
def fill(tmp_path):
    """Fills a file of these sources from a memory of these pairs; gives the filled text and the outcomes."""

    def filled(form, sources, pairs, source="fr", target="pt-BR", memory="pt-BR", asked=UNDECIDED):
        name, frame, units = form(*sources)
        path = tmp_path / name
        path.write_text(frame.format(source=source, target=target, units=units), encoding="utf-8")
        with open_store(":memory:", create=True) as store:
            store.add(
                [
                    Unit((Variant(source, Segment(text)), Variant(memory, Segment(translation))))
                    for text, translation in pairs
                ],
                on_same="both",
            )
            done = pretranslate_file(path, tmp_path / f"out-{name}", store, asked)
        return (tmp_path / f"out-{name}").read_text(encoding="utf-8"), done

    return filled


@pytest.mark.parametrize("form", FORMATS)
def test_another_variety_than_the_file_says_is_never_final(form, fill):
    pairs = [("Ouvrir le fichier", "Abrir o ficheiro")]
    text, done = fill(form, ["Ouvrir le fichier"], pairs, memory="pt-PT")
    assert (str(done.direction), done.outcomes) == ("fr → pt-BR", {"95–99": 1})
    assert "Abrir o ficheiro" in text
    assert "translated" not in text
    assert "98" in text
    text, done = fill(form, ["Ouvrir le fichier"], pairs, target="pt", memory="pt-PT")
    assert done.outcomes == {"100": 1}


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_not_filled_with_another_language_than_it_says(form, fill):
    with pytest.raises(FormatError, match="translated into de; no memory has fr → de; say -t pt-BR if that"):
        fill(form, ["Oui"], [("Oui", "Sim")], target="de")
    text, _ = fill(form, ["Oui"], [("Oui", "Sim")], target="de", asked=Direction("", "pt-BR"))
    assert "Sim" in text or form is csv


def aligned_table(*rows, state="state"):
    lines = ["fr\tpt-BR\torigin\tconfidence\t" + state]
    return "\n".join(
        [*lines, *(f"{source}\t{target}\taligned\t0.9\t{word}" for source, target, word in rows)]
    )


@pytest.mark.parametrize(
    ("word", "percent"),
    [("reviewed", 100), ("final", 100), ("signed-off", 100), ("translated", 99), ("", 99)],
)
@pytest.mark.parametrize("is_there", [True, False])
def test_an_aligned_pair_that_a_person_has_checked_is_100(tmp_path, word, percent, is_there):
    path = tmp_path / "pairs.tsv"
    row = ("Ouvrez le four.", "Abra o forno.")
    with open_store(":memory:", create=True) as store:
        if is_there:
            path.write_text(aligned_table((*row, "")), encoding="utf-8")
            add_files(store, [path])
        path.write_text(aligned_table((*row, word)), encoding="utf-8")
        add_files(store, [path])
        path.write_text(aligned_table((*row, "")), encoding="utf-8")
        add_files(store, [path])
        (match,) = find(store, row[0], Direction("fr", "pt-BR"))
        assert (match.percent, len(store)) == (percent, 1)


def test_a_filling_says_what_a_comparison_of_the_texts_does_not(fill):
    pairs = [("Ouvrir", "Abrir"), ("Ouvrir", "Aberto"), ("Menu 3", "Menu três")]
    text, done = fill(xliff_1, ["Ouvrir", "Menu 4"], pairs)
    assert done.remarks == {"several translations": 1, "numbers not adapted": 1}
    assert "<target>Aberto</target><note>several translations</note></alt-trans>" in text
    text, _ = fill(po, ["Ouvrir", "Menu 4"], pairs)
    assert "# 99 % :memory:, several translations\n" in text
    assert "# 98 % :memory:, numbers not adapted\n" in text


def test_the_origin_is_the_memory_that_the_match_is_from(tmp_path):
    job = tmp_path / "job.csv"
    job.write_text("fr,pt-BR\nOui,\nNon,\n", encoding="utf-8")
    with (
        open_store(tmp_path / "a.tm", create=True) as first,
        open_store(tmp_path / "b.tm", create=True) as second,
    ):
        for store, source, target in ((first, "Oui", "Sim"), (second, "Non", "Não")):
            store.add([Unit((Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))))])
        pretranslate_file(job, job, [first, second])
    assert job.read_text(encoding="utf-8").splitlines()[1:] == ["Oui,Sim,100,a.tm", "Non,Não,100,b.tm"]


BREAD = ("Cliquez sur OK.", "Clique em OK."), ("Le pain est prêt.", "O pão está pronto.")


@pytest.mark.parametrize(
    ("form", "source", "target"),
    [
        (xliff_1, 'Cliquez sur <g id="1">OK</g>.', 'Clique em <g id="1">OK</g>.'),
        (xliff_1, '<g id="1">Le pain est prêt.</g>', '<g id="1">O pão está pronto.</g>'),
        (xliff_1, '<x id="1"/>Le pain est prêt.', '<x id="1"/>O pão está pronto.'),
        (xliff_1, 'Le pain est prêt.<x id="1"/>', 'O pão está pronto.<x id="1"/>'),
        (xliff_1, '<bpt id="1">&lt;b&gt;</bpt>Le pain est prêt<ept id="1">&lt;/b&gt;</ept>.', '<bpt id="1">&lt;b&gt;</bpt>O pão está pronto<ept id="1">&lt;/b&gt;</ept>.'),
        (xliff_2, 'Cliquez sur <pc id="1">OK</pc>.', 'Clique em <pc id="1">OK</pc>.'),
        (xliff_2, '<ph id="1"/>Le pain est prêt.', '<ph id="1"/>O pão está pronto.'),
        (xliff_2, 'Cliquez sur <sc id="1"/>OK<ec startRef="1"/>.', 'Clique em <sc id="1"/>OK<ec startRef="1"/>.'),
        (xliff_1, 'Le <g id="1">pain</g> est prêt.', "O pão está pronto."),
    ],
)  # fmt: skip
def test_codes_of_the_file_stand_in_its_translations(form, source, target, fill):
    text, done = fill(form, [source], BREAD)
    assert done.outcomes == {"95–99": 1}
    assert f">{target}</target>" in text
    assert done.remarks == ({} if "<" in target else {"codes not adapted": 1})
    assert 'state="translated"' not in text


FIELDS = '"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
PLURALS = """#, python-format
msgid "%(count)d file was deleted by %(user)s"
msgid_plural "%(count)d files were deleted by %(user)s"
msgstr[0] "{0[0]}"
msgstr[1] "{0[1]}"

#, c-format
msgid "one page"
msgid_plural "%d pages"
msgstr[0] "{1[0]}"
msgstr[1] "{1[1]}"
"""
GERMAN = (
    ["%(user)s hat %(count)d Datei gelöscht", "%(user)s hat %(count)d Dateien gelöscht"],
    ["eine Seite", "%d Seiten"],
)


def test_forms_of_a_plural_get_the_placeholders_of_their_own_file(tmp_path):
    header = PO.format(source="en", target="de", units="").replace('msgstr ""\n', f'msgstr ""\n{FIELDS}')
    known, job = tmp_path / "known.po", tmp_path / "job.po"
    known.write_text(header + PLURALS.format(*GERMAN), encoding="utf-8")
    text = header + PLURALS.format(["", ""], ["", ""])
    renamed = {"%(count)d": "%(n)d", "%(user)s": "%(name)s", "%d": "%u"}
    for old, new in renamed.items():
        text = text.replace(old, new)
    job.write_text(text, encoding="utf-8")
    with open_store(":memory:", create=True) as store:
        add_files(store, [known])
        pretranslate_file(job, job, store)
    filled = job.read_text(encoding="utf-8")
    for form in (*GERMAN[0], *GERMAN[1]):
        for old, new in renamed.items():
            form = form.replace(old, new)
        assert f'"{form}"' in filled
    job.write_text(filled.replace("fuzzy, ", ""), encoding="utf-8")
    if shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "-c", "-o", "/dev/null", job], check=True)
