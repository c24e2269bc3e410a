"""Units of the memory that were made of the job that is scored: what is left out, and what is not."""

import json

import pytest
from click.testing import CliRunner

from tm.cli import group
from tm.direction import Direction
from tm.model import Annotation, Pair, Segment, Unit, Variant
from tm.scoring import score
from tm.store import open_store

FR_PT = Direction("fr", "pt-BR")
DISHES = (
    "la soupe|la salade|le riz|le poisson|le gâteau|la sauce|le fromage|la tarte|le poulet|la glace".split(
        "|"
    )
)
PRATOS = "a sopa|a salada|o arroz|o peixe|o bolo|o molho|o queijo|a torta|o frango|o sorvete".split("|")
DINNER = list(zip(DISHES, PRATOS, strict=True))
MEMORY = [(f"Goûtez {fr} avant de servir.", f"Prove {pt} antes de servir.") for fr, pt in DINNER]
JOB = [(f"Goûtez {fr} avant de servir.", f"Experimente {pt} e sirva.") for fr, pt in DINNER]


def unit(source, target, document=""):
    properties = (Annotation("prop", document, "x-document"),) if document else ()
    return Unit((Variant("fr", Segment(source)), Variant("pt-BR", Segment(target))), annotations=properties)


def pairs(texts, document="night.tsv"):
    return [Pair(Segment(source), Segment(target), document=document) for source, target in texts]


@pytest.fixture
def store():
    with open_store(":memory:", create=True) as memory:
        memory.add([unit(*texts) for texts in MEMORY], name="recipes.tmx")
        yield memory


def add(store, texts, name, document=""):
    store.add([unit(*each, document) for each in texts], name=name, on_same="both")


def scored(store, job=JOB, **options):
    return score(pairs(job), store, [], FR_PT, files=["night.tsv"], **options)


@pytest.mark.parametrize("name", ["night.tsv", "copy.tmx"])
def test_a_job_that_was_added_is_left_out_by_whatever_name(store, name):
    alone = scored(store)
    add(store, JOB, name)
    report = scored(store)
    assert report.agreement == alone.agreement
    assert (report.passed_over, [each.change for each in report.provenances]) == (10, [2])
    assert report.agreement.identical.value == 0


def test_it_can_be_counted_all_the_same(store):
    add(store, JOB, "copy.tmx")
    report = scored(store, with_own=True)
    assert (report.passed_over, report.agreement.identical.value) == (0, 1)


def test_a_job_that_was_corrected_since_it_was_added_is_left_out_with_what_it_said_before(store):
    add(store, [(JOB[0][0], "Coma a sopa."), *JOB[1:]], "copy.tmx")
    report = scored(store)
    assert report.passed_over == 10
    assert report.rows[0].references == (MEMORY[0][1],)


def test_a_job_that_was_added_only_where_the_memory_knew_nothing_is_left_out(store):
    job = [*JOB[:6], ("Lavez les pommes.", "Lave as maçãs."), ("Salez l'eau.", "Salgue a água.")]
    store.add([unit(*texts) for texts in job], name="copy.tmx")
    report = scored(store, job)
    assert (len(store), report.passed_over) == (12, 2)
    assert [row.band for row in report.rows[6:]] == ["new", "new"]


def test_one_document_of_a_large_import_is_left_out_alone(store):
    day = [(f"Le plat numéro {n} du jour {DISHES[n % 10]}", f"O prato {n}") for n in range(300)]
    units = [unit(*texts, "day.docx") for texts in day] + [unit(*texts, "night.docx") for texts in JOB]
    store.add(units, name="all.tmx", on_same="both")
    report = scored(store)
    assert [(each.document, each.units) for each in report.provenances] == [("night.docx", 10)]


@pytest.mark.parametrize("shared", [1, 5, 8])
def test_another_job_that_shares_translations_is_a_reference(store, shared):
    other = [*JOB[:shared], *((f"Coupez {fr}.", f"Corte {pt}.") for fr, pt in DINNER)]
    add(store, other, "other.tsv")
    report = scored(store)
    assert (report.passed_over, sum(row.identical for row in report.rows)) == (0, shared)


def test_a_few_translations_that_a_longer_job_shares_are_references(store):
    add(store, JOB[:2], "corrections.tsv")
    job = [*JOB[:2], *((f"Coupez {fr}.", f"Corte {pt}.") for fr, pt in DINNER)]
    assert scored(store, job).passed_over == 0


def test_a_file_of_the_same_name_with_other_texts_is_a_reference(store):
    add(store, [*JOB[:3], *((f"Coupez {fr}.", f"Corte {pt}.") for fr, pt in DINNER)], "night.tsv")
    assert scored(store, [*JOB[:3], *pairs_of_nothing(7)]).passed_over == 0


def pairs_of_nothing(count):
    return [(f"Rien de tel, {DISHES[n]} non plus.", f"Nada disso, nem {PRATOS[n]}.") for n in range(count)]


def test_a_memory_that_is_nothing_but_the_job_is_its_reference_and_it_is_said():
    with open_store(":memory:", create=True) as store:
        add(store, JOB, "reference.tmx")
        report = scored(store)
    assert report.agreement.identical.value == 1
    assert "change 1 (reference.tmx) brought 10 units, and 10 segments" in report.warnings[0]
    assert '--where "change!=1"' in report.warnings[0]


def test_the_edition_before_that_the_job_grew_from_is_kept_and_it_is_said(store):
    add(store, JOB[:8], "night-v1.tsv")
    job = [*JOB[:8], *pairs_of_nothing(6)]
    report = scored(store, job)
    assert report.passed_over == 0
    assert "change 2 (night-v1.tsv)" in report.warnings[0]


# ------------------------------------------------------------------------------------------------- the command


def run(*arguments):
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, texts in (("memory.tsv", MEMORY), ("job.tsv", JOB)):
        lines = ["fr\tpt-BR", *("\t".join(each) for each in texts)]
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    run("add", "memory.tsv")
    run("add", "job.tsv", "--on-same", "both")
    run("convert", "job.tsv", "night.tmx")
    run("convert", "job.tsv", "night.xlf")
    return tmp_path


@pytest.mark.parametrize("name", ["job.tsv", "night.tmx", "night.xlf"])
def test_the_command_says_what_it_left_out_whatever_the_format(folder, name):
    shown = run("score", name, "--html", "score.html")
    assert "left out 10 units of the memory that were made of this job:\n  change 2 (job.tsv)" in shown
    assert "identical to the memory: 0 of 10" in shown
    assert "left out 10 units of the memory" in (folder / "score.html").read_text(encoding="utf-8")
    fields = json.loads(run("score", name, "--json"))
    assert (fields["passed_over"], fields["provenances"][0]["change"]) == (10, 2)


def test_the_command_leaves_out_a_change_that_is_named_or_nothing_at_all(folder):
    assert "identical to the memory: 0 of 10" in run("score", "night.tmx", "--where", "change!=2")
    assert "identical to the memory: 10 of 10" in run("score", "night.tmx", "--with-own")
