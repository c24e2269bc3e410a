"""Syntaxes of placeholders and markup: what each takes for its own, and what a translation must keep."""

import itertools

import pytest

from tm.checks import run_checks
from tm.direction import Direction
from tm.errors import OptionError
from tm.language.syntaxes import Sides, faults, parts, syntaxes
from tm.model import Annotation, Code, Pair, Segment, Unit, Variant

CHECKS = ["placeholder", "markup", "accelerator", "escape", "name", "code"]


def found(source, target, *chosen, into="pt-BR"):
    return [fault for _, fault in faults(Sides(source, target, "en", into, frozenset(chosen)))]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("100 % sûr", "100% certo"),
        ("20 %environ et 5 %de plus", "cerca de 20 % e mais 5 %"),
        ("a & b, R&D", "a e b, P&D"),
        ("Q&R", "Perguntas e respostas"),
        ("snake_case", "snake_case"),
        ("50:50 :ok", "50:50 :certo"),
        ("Voir user@host ou [1]", "Veja user@host ou [1]"),
        ("Tapez <nom> puis <process ID>", "Digite <nome> e depois <ID do processo>"),
        ("[vide]", "[vazio]"),
        ("Downloads: %d of %d", "Baixando de %d de %d"),
        ("From {a} to {b}", "De {b} a {a}"),
        ("3 * 4 et 2*3*4", "3 * 4 e 2*3*4"),
        ("un :ref:`pont <pont>` et ``x``", "uma :ref:`ponte <pont>` e ``x``"),
        ("Taille : %s (%.1f MP)", "Tamanho: %s (%.1fMP)"),
        ("le pont --vieux-- et 5 km/h", "a ponte --velha-- e 5 km/h"),
        ("%a %b %e %H:%M", "%A %d %B, %H:%M"),
        ("file `%s' not found", "arquivo “%s” não encontrado"),
        ("%s has %d", "%2$d em %1$s"),
        (
            "  -W  ask for a password\n",
            "  -W  pede uma senha para o novo superusuário deste servidor, que a\n      aceita\n",
        ),
    ],
)
def test_prose_and_right_translations_have_no_fault(source, target):
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Show %1 of %2", "Mostrar 1% de %2"),
        ("%s", "% s"),
        ("%(name)s", "%(name) s"),
        ("{{x}}", "{x}"),
        ("Use `make --all` in /etc/x", "Use `fazer --todos` em /etc/x"),
        ("{n, plural, one {# of {a}} other {# of {a}}}", "{n, plural, one {# de {b}} other {# de {b}}}"),
        ("Read <0>the terms</0>.", "Leia <1>os termos</1>."),
        ("Run `make {name}`.", "Execute `make {nome}`."),
        ('<a href="/x" class="y">a</a>', '<a href="/z" class="w">a</a>'),
        ("**Yes** and *no*", "**Sim* e *não*"),
    ],
)
def test_a_mistake_is_one_finding(source, target):
    assert len(found(source, target)) == 1


def test_each_place_belongs_to_one_syntax():
    text = "%(a)s %{b} {{ c }} ${d} {e} %1$s %2 @:f $t(g) %h% {i, number}"
    claimed = parts(text)
    assert [text[part.start : part.end] for _, part in claimed] == [
        *("%(a)s", "%{b}", "{{ c }}", "${d}", "{e}", "%1$s", "%2", "@:f", "$t(g)", "%h%", "{i, number}"),
    ]
    assert all(one.end <= other.start for (_, one), (_, other) in itertools.pairwise(claimed))


def test_every_syntax_has_a_name_of_its_own_and_something_to_compare():
    names = [syntax.name for syntax in syntaxes()]
    assert len(set(names)) == len(names)
    assert all(syntax.parts or syntax.rules or syntax.pieces for syntax in syntaxes())


def test_a_plural_has_the_categories_of_the_language_it_is_translated_into():
    english = "{n, plural, one {# file} other {# files}}"
    assert found(english, "{n, plural, one {# файл} other {# файлов}}", into="ru")[0].severity == "warning"
    assert found(english, "{n, plural, other {# 件}}", into="ja") == []
    russian = "{n, plural, one {# файл} few {# файла} many {# файлов} other {# файла}}"
    assert found(english, russian, into="ru") == []


def test_an_apostrophe_hides_a_placeholder_only_where_the_file_says_so():
    texts = "You have {0} files", "Vous avez l'ensemble de {0} fichiers"
    assert found(*texts) == []
    assert [fault.severity for fault in found(*texts, "java-format")] == ["warning"]
    assert found(texts[0], "Vous avez l''ensemble de {0} fichiers", "java-format") == []


def test_the_places_of_a_fault_inside_a_branch_are_those_of_the_whole_text():
    source, target = "{n, plural, other {# of {a}}}", "{n, plural, other {# de {b}}}"
    (fault,) = found(source, target)
    assert [source[start:end] for start, end in fault.source] == ["{a}"]
    assert [target[start:end] for start, end in fault.target] == ["{b}"]


def test_a_flag_of_po_turns_a_syntax_off_or_makes_its_faults_errors():
    assert found("Use :name", "Use :nome")[0].severity == "warning"
    assert found("Use :name", "Use :nome", "laravel-format")[0].severity == "error"
    assert found("50%d", "50 dias", "no-c-format") == []
    flags = (Annotation("prop", "drupal-format", "x-po-flags"),)
    variants = (Variant("en", Segment("By @name")), Variant("pt", Segment("De @nome")))
    pair = Pair(variants[0].segment, variants[1].segment, unit=Unit(variants, annotations=flags))
    assert [finding.severity for finding in run_checks([pair], Direction("en", "pt"), only=CHECKS)] == [
        "error"
    ]


def test_a_syntax_is_chosen_by_option_and_a_misspelt_one_is_answered_with_the_nearest():
    pairs = [Pair(Segment("You have {0} files"), Segment("Vous avez l'ensemble de {0} fichiers"))]
    assert run_checks(pairs, Direction("en", "fr"), only=CHECKS) == []
    (finding,) = run_checks(pairs, Direction("en", "fr"), only=CHECKS, syntaxes=["icu"])
    assert finding.severity == "warning"
    with pytest.raises(OptionError, match="did you mean laravel"):
        run_checks(pairs, Direction("en", "fr"), syntaxes=["larvel"])


def test_plural_forms_between_pipes_are_counted_where_they_are_said_to_be_such():
    texts = "one file | {n} files", "{n} Dateien"
    assert found("a | b", "a, b") == []
    assert [fault.severity for fault in found(*texts, "vue")] == ["error"]


def test_a_code_that_became_text_is_reported_once():
    code = Code(0, "alone", "ph", content=Segment("%s"))
    pair = Pair(Segment(" files", (code,)), Segment("%s arquivos"))
    findings = run_checks([pair], Direction("en", "pt"), only=CHECKS)
    assert [finding.check for finding in findings] == ["code"]


@pytest.mark.parametrize(
    ("source", "target"), [("{name} is here", "{nome está aqui"), ("Read <1>it</1>", "Leia <2>isso</2>")]
)
def test_what_a_broken_placeholder_is_made_of_is_no_second_finding(source, target):
    assert len(run_checks([Pair(Segment(source), Segment(target))], Direction("en", "pt-BR"))) == 1
