"""What programs read is as docs/schemas says: the output of every ``--json``, and the settings file."""

import json
import runpy
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner
from schemas import fits, is_schema

from tm.cli import VERBS, group, settings

DOCS = Path(__file__).parent.parent / "docs"
SCHEMAS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(DOCS.glob("schemas/*.json"))}
PAIRS = """fr\tpt
Le pain au levain demande 2 heures.\tO pão de fermentação natural exige 3 horas.
La boulangère prépare la pâte à pain.\tA padeira prepara a massa de pão.
La pâte à pain repose.\tA massa de pão descansa.
Le four chauffe.\tO forno aquece.
"""
OTHERS = PAIRS.replace("aquece", "esquenta").replace("A padeira", "O padeiro")
GLOSSARY = """concept\tstatus\tfr\tpt
pain\tpreferred\tpain\tpão
pain\tforbidden\tpain\tbroa
"""
OTHER = """fr	pt	status
four	fornalha	approved
levain	massa madre	approved
"""
DECISIONS = """concept\tstatus\tdecision\tfr\tpt\tnew_fr\tnew_pt\tnote
pain\tpreferred\tapproved\tpain\tpão\t\t\t
pain\tapproved\trejected\tpain\tbroa\t\t\t
"""
PROPOSED = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="fr" target-language="pt" datatype="plaintext"><body><trans-unit id="1">
<source>Le four.</source><target>O forno.</target><alt-trans><target>O fogão.</target></alt-trans>
</trans-unit></body></file></xliff>
"""
FILES = {
    "pairs.tsv": PAIRS,
    "others.tsv": OTHERS,
    "glossary.tsv": GLOSSARY,
    "other.tsv": OTHER,
    "decisions.tsv": DECISIONS,
    "proposed.xlf": PROPOSED,
    "fr.txt": "Le four chauffe.\nLe pain repose ici.\n",
    "pt.txt": "O forno aquece.\nO pão descansa aqui.\n",
    "hasty.tsv": "fr\tpt\nIl dit : « oui ».\tEle disse : « sim » .\n",
    "noise.tsv": "fr\tpt\nLe four chauffe.\tO forno aquece.\nLe four.\t\n12\t12\nOui oui\tOui oui\n",
    "broken.tmx": "<tmx><body>",
    "page.html": '<html lang="fr"><body><p>Le four chauffe.</p></body></html>',
    "done.tsv": "fr\tpt\nLe four chauffe.\tO forno aquece.\n",
    "blank.tsv": "fr\tpt\nLe four chauffe.\t\nLe four chauffe bien.\t\n",
    "docs/visite.fr.txt": "Le four chauffe.\nLe pain repose.\n",
    "docs/visite.pt.txt": "O forno aquece.\nO pão descansa.\n",
}
RUNS = """
segment fr.txt
build docs -o out
align fr.txt pt.txt -o aligned.tsv
add pairs.tsv --author ana
add pairs.tsv broken.tmx
find Le_four_chauffe_bien. --terms glossary.tsv
find pâte_à_pain --terms glossary.tsv
find Le_pain_du_soir_et_la_pâte_à_pain_du_matin
analyze blank.tsv fr.txt
pretranslate blank.tsv -o filled.tsv
check pairs.tsv hasty.tsv --terms glossary.tsv
check pairs.tsv --ignore check=number --only number,punctuation
check hasty.tsv --fix --dry-run
score others.tsv --terms glossary.tsv
score others.tsv --compare pairs.tsv --fail-under chrf=100
check -m memory.tm
convert pairs.tsv pairs.tmx
convert fr.txt job.xlf -s fr -t pt
convert --check noise.tsv
convert done.tsv page.pt.html --skeleton page.html
export all.tmx
export glossary.tbx --terms glossary.tsv
stats
stats --where author=ana
stats pairs.tsv others.tsv proposed.xlf
clean noise.tsv -o clean.tsv
clean --dry-run
terms extract pairs.tsv
terms extract fr.txt -s fr
terms list --terms glossary.tsv
terms apply decisions.tsv --terms glossary.tsv
terms add four forno --terms glossary.tsv
terms approve four forno --terms glossary.tsv
terms prefer four fogão --terms glossary.tsv
terms reject four fogão --terms glossary.tsv
terms forbid four fornalha --terms glossary.tsv
terms reset four fogão --terms glossary.tsv
terms note four --note De_pedra. --terms glossary.tsv
terms add fournil padaria --terms glossary.tsv
terms merge four fournil --terms glossary.tsv
terms import other.tsv --terms glossary.tsv
terms undo --terms glossary.tsv
terms undo --terms done.tsv
terms log --terms glossary.tsv
export numbered.tsv --numbers
edit --table numbered.tsv
edit 1 --target O_pão. --author rui
edit --table numbered.tsv --dry-run
remove 2
log
copy memory.tm copy.tm
undo
undo -m copy.tm
undo -m copy.tm
undo -m copy.tm
undo -m copy.tm
"""
"""Runs in order, each on what those before it left; ``_`` stands for a space in a word."""


def _verbs(command, name, context):
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            yield from _verbs(command.get_command(context, sub), f"{name} {sub}".strip(), context)
    elif any("--json" in parameter.opts for parameter in command.params):
        yield name


WITH_JSON = [verb.replace(" ", "-") for verb in _verbs(group, "", click.Context(group))]

CHANGING = ("add", "approve", "forbid", "merge", "note", "prefer", "reject", "reset")
"""The verbs of ``tm terms`` that print the same: what they changed."""


def schema_of(verb):
    """The name of the schema of what a verb prints."""
    return "terms-change" if verb.removeprefix("terms-") in CHANGING and verb != "add" else verb


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What each run printed, by verb."""
    folder, objects = tmp_path_factory.mktemp("runs"), {}
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for run in RUNS.strip().splitlines():
            words = [word.replace("_", " ") for word in run.split()]
            result = CliRunner().invoke(group, [*words, "--json"], prog_name="tm")
            assert isinstance(result.exception, SystemExit | None), (run, result.exception)
            assert result.exit_code in (0, 1), (run, result.stderr)
            verb = "-".join(words[: 1 + (words[0] == "terms")])
            objects.setdefault(verb, []).append(json.loads(result.stdout))
    return objects


@pytest.mark.parametrize("verb", WITH_JSON)
def test_what_a_verb_prints_is_as_its_schema_says(printed, verb):
    for fields in printed[verb]:
        fits(fields, SCHEMAS[schema_of(verb)])


def test_files_that_are_left_out_are_named_in_the_object_too(printed):
    assert [len(fields["left_out_files"]) for fields in printed["add"]] == [0, 1]
    assert printed["add"][1]["left_out_files"][0].startswith("broken.tmx:1:")


def test_every_field_at_the_top_of_a_schema_is_printed_by_some_run(printed):
    names = {}
    for verb, objects in printed.items():
        names.setdefault(schema_of(verb), set()).update(name for fields in objects for name in fields)
    for schema, found in names.items():
        shapes = SCHEMAS[schema].get("oneOf", [SCHEMAS[schema]])
        assert {name for shape in shapes for name in shape["properties"]} == found, schema


def test_verbs_with_json_and_schemas_are_the_same():
    assert {*SCHEMAS} == {*map(schema_of, WITH_JSON), "tm-toml"}


def _objects(schema):
    if isinstance(schema, dict):
        if "properties" in schema and schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from _objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _objects(part)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_admits_no_field_that_it_does_not_name(name):
    is_schema(SCHEMAS[name])
    assert all(each["additionalProperties"] is False for each in _objects(SCHEMAS[name]))


def test_the_page_names_every_schema():
    page = (DOCS / "json.md").read_text("utf-8")
    assert [name for name in SCHEMAS if f"schemas/{name}.json" not in page] == []


# ------------------------------------------------------------------------------------------ settings


def test_the_schema_of_settings_is_what_the_options_say():
    page = runpy.run_path(str(DOCS / "make_settings.py"))["page"]()
    written = (DOCS / "schemas" / "tm-toml.json").read_text("utf-8")
    assert written == page, "run: python docs/make_settings.py"


def _example(schema):
    """A value that a setting may have."""
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") in ("integer", "number"):
        return schema.get("minimum", 1)
    return True if schema.get("type") == "boolean" else "x"


def test_a_file_with_every_setting_is_read_and_validates(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    schema = SCHEMAS["tm-toml"]
    content = {
        name: {option: _example(each) for option, each in part["properties"].items()}
        if "properties" in part
        else _example(part)
        for name, part in schema["properties"].items()
    }
    fits(content, SCHEMAS["tm-toml"])
    top = [f"{name} = {json.dumps(value)}" for name, value in content.items() if not isinstance(value, dict)]
    tables = {name: value for name, value in content.items() if isinstance(value, dict)}
    for verb, table in tables.items():
        top += [f"[{verb}]", *(f"{name} = {json.dumps(value)}" for name, value in table.items())]
    (tmp_path / "tm.toml").write_text("\n".join(top), "utf-8")
    for verb, table in tables.items():
        command = group.get_command(click.Context(group), verb)
        known = settings.defaults(command, click.Context(command), [], list(VERBS))
        assert len(known) == len(table), verb


@pytest.mark.parametrize(
    "content",
    [{"sorce-lang": "fr"}, {"find": {"mni": 1}}, {"find": {"min": "much"}}, {"check": {"ignore": [{}]}}],
)
def test_what_is_no_setting_does_not_validate(content):
    with pytest.raises(jsonschema.ValidationError):
        fits(content, SCHEMAS["tm-toml"])
