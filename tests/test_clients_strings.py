"""Other programs read the strings of software as we do, and what we write: translate-toolkit, xmllint."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tm.direction import Direction
from tm.formats import Filling, fill, read_units
from tm.model import Segment

pytestmark = pytest.mark.client

TOOLKIT = Path(os.environ.get("TRANSLATE_TOOLKIT", ""))
# Without a list of strings, which the toolkit does not read.
ANDROID = """<?xml version="1.0" encoding="utf-8"?>
<!-- the shop -->
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">
  <string name="hello">L\\'ami <b>cher</b>, %1$s &amp; <xliff:g id="n" example="3">%2$d</xliff:g></string>
  <string name="html"><![CDATA[<i>neuf</i>]]></string>
  <plurals name="loaves">
    <item quantity="one">%d pain</item>
    <item quantity="other">%d pains</item>
  </plurals>
</resources>
"""
FILES = {
    "values-fr/strings.xml": ("aresource.AndroidResourceFile", ANDROID),
    "fr.json": ("jsonl10n.JsonNestedFile", '{"menu": {"open": "Ouvrir", "days": ["lundi", "mardi"]}, "n": "un \\"mot\\""}'),
    "_locales/fr/messages.json": (
        "jsonl10n.WebExtensionJsonFile",
        '{"hi": {"message": "Bonjour $NAME$", "description": "greets", "placeholders": {"name": {"content": "$1"}}}}',
    ),
    "app_fr.arb": ("jsonl10n.ARBJsonFile", '{"@@locale": "fr", "hi": "Bonjour {name}", "@hi": {"description": "x"}, "b": "Non"}'),
    "app_fr.properties": (
        "properties.javafile",
        "# greets\nhi = Bonjour {0} \\u00e9t\\u00e9,\\\n     ami\n\n! no\nempty=\nb\\ c: deux\\nlignes\nkey value\n",
    ),
    "fr/app.ftl": (
        "fluent.FluentFile",
        "### app\n# greets\nhi = Bonjour { $name }\n    et bienvenue\nopen =\n    .title = Titre\n-brand = Ponte\n",
    ),
    "fr.lproj/a.strings": ("properties.stringsutf8file", '/* greets */\n"hi" = "Bonjour \\"%@\\"";\n\n// no\nbare = "oui";\n'),
    "fr.lproj/a.stringsdict": (
        "stringsdict.StringsDictFile",
        ('<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n  <key>days</key>\n  <dict>\n'
        "    <key>NSStringLocalizedFormatKey</key>\n    <string>%#@n@ encore</string>\n    <key>n</key>\n    <dict>\n"
        "      <key>NSStringFormatSpecTypeKey</key>\n      <string>NSStringPluralRuleType</string>\n"
        "      <key>NSStringFormatValueTypeKey</key>\n      <string>d</string>\n      <key>one</key>\n"
        "      <string>un jour</string>\n      <key>other</key>\n      <string>%d jours</string>\n    </dict>\n"
        "  </dict>\n</dict>\n</plist>\n"),
    ),
}  # fmt: skip


def written(folder, name):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FILES[name][1], encoding="utf-8")
    return path


def toolkit_texts(*files):
    """The texts that the toolkit finds in each of these files of a format."""
    folder = TOOLKIT if os.environ.get("TRANSLATE_TOOLKIT") else Path(shutil.which("pretranslate")).parent
    script = Path(__file__).parent / "clients" / "toolkit_texts.py"
    arguments = [f"{path}={kind}" for path, kind in files]
    done = subprocess.run(
        [folder / "python3", script, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_translate_toolkit_finds_as_many_texts_as_we_and_reads_what_we_fill(tmp_path):
    paths = {name: written(tmp_path, name) for name in FILES}
    counts, files = {}, []
    for name, path in paths.items():
        units = list(read_units(path))
        filled = written(tmp_path / "out", name)
        fill(path, filled, [Filling(Segment(f"é{number}"), 100) for number, _ in enumerate(units)])
        counts[name] = len(units)
        files += [(path, FILES[name][0]), (filled, FILES[name][0])]
    found = toolkit_texts(*files)
    assert dict(zip(paths, map(len, found[::2]), strict=True)) == counts
    assert [sum("é" in text for text in texts) for texts in found[1::2]] == list(counts.values())


def test_android_is_clean_by_xmllint(tmp_path):
    path, out = written(tmp_path, "values-fr/strings.xml"), tmp_path / "strings.xml"
    hello, *rest = read_units(path)
    others = [Filling(Segment("a < b & \"c\" 'd' @ ?\n\u00a0 e"), 100) for _ in rest]
    fillings = [Filling(hello.variants[0].segment, 100), *others]
    fill(path, out, fillings, direction=Direction("fr", "ru"))
    done = subprocess.run(
        ["xmllint", "--noout", "--pedantic", out], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_text(encoding="utf-8").count("<item quantity=") == 4
