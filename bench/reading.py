"""How fast TBX, XLIFF and PO are read, beside bare loops over lxml and polib: python bench/reading.py [UNITS].

Files of ours with that many units or concepts, of sentences and terms of our own; plain ones, and rich ones with groups,
transactions, notes, plural forms and inline codes. Ours are full units and concepts; the
loops keep of each its languages and texts: lxml's ``iterparse`` with each entry cleared behind, polib's list of entries.
CPU time, the best of three rounds, taken by turns.
"""

import sys
import tempfile
import time
from pathlib import Path

import polib
from lxml import etree

from tm.cli.terminal import table
from tm.formats import read_concepts, read_units

ROUNDS = 3
FRENCH = "Le pont numéro {} relie les deux rives depuis {}, et il tient toujours malgré les crues."
PORTUGUESE = "A ponte número {} liga as duas margens desde {}, e continua firme apesar das cheias."
XLIFF_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
    '<file original="pont.txt" source-language="fr" target-language="pt-BR" datatype="plaintext"><body>\n'
)
TBX_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<martif type="TBX" xml:lang="fr"><martifHeader><fileDesc><sourceDesc>'
    "<p>ours</p></sourceDesc></fileDesc></martifHeader><text><body>\n"
)
XLIFF2_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="2.0" srcLang="fr" trgLang="pt-BR" '
    'xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f">\n'
)
PO_HEAD = 'msgid ""\nmsgstr ""\n"Language: pt_BR\\n"\n"X-Source-Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
WAYS = {
    "xlf": (
        XLIFF_HEAD,
        (
            '<trans-unit id="{n}"><source>{fr}</source><target state="translated">{pt}</target><note>vérifié</note>'
            "</trans-unit>\n"
        ),
        "</body></file></xliff>\n",
    ),
    "xliff2": (
        XLIFF2_HEAD,
        '<unit id="{n}"><segment state="translated"><source>{fr}</source><target>{pt}</target></segment></unit>\n',
        "</file></xliff>\n",
    ),
    "tbx": (
        TBX_HEAD,
        (
            '<termEntry id="c{n}"><descrip type="subjectField">ponts</descrip>'
            '<langSet xml:lang="fr"><tig><term>pont {n}</term><termNote type="partOfSpeech">noun</termNote></tig></langSet>'
            '<langSet xml:lang="pt-BR"><tig><term>ponte {n}</term><termNote type="partOfSpeech">noun</termNote>'
            '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet></termEntry>\n'
        ),
        "</body></text></martif>\n",
    ),
    "po": (PO_HEAD, '#: pont.txt:{n}\nmsgid "{fr}"\nmsgstr "{pt}"\n\n', ""),
}
"""Of each format its beginning, a unit, and its end."""
_CHANGED = (
    '<transacGrp><transac type="transactionType">{what}</transac><transacNote type="responsibility">{who}</transacNote>'
    "<date>20{n:05d}-11-29T10:17:{second:02d}</date></transacGrp>"
)
_CHANGES = _CHANGED.replace("{what}", "origination").replace("{who}", "Ana") + _CHANGED.replace(
    "{what}", "modification"
).replace("{who}", "Rui")
_DEFINED = '<descripGrp><descrip type="definition">{text}</descrip><admin type="source">manuel {year}</admin></descripGrp>'
_NAMED = (
    "<ntig><termGrp><term>{term} {n}</term><termNote type=\"partOfSpeech\">noun</termNote>"
    '<termNote type="grammaticalGender">{gender}</termNote>'
    '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp>' + _CHANGES
    + '<descripGrp><descrip type="context">{context}</descrip><admin type="source">journal, n° {n}</admin></descripGrp></ntig>'
)  # fmt: skip
RICH = {
    "tbx": (
        TBX_HEAD,
        '<termEntry id="c{n}">\n' + _CHANGES + '<descrip type="subjectField">ponts</descrip><admin type="conceptOrigin">Tage</admin>'
        + '\n<langSet xml:lang="fr">' + _DEFINED.replace("{text}", "{fr}")
        + _NAMED.replace("{term}", "pont").replace("{gender}", "masculine").replace("{context}", "{fr}")
        + '</langSet>\n<langSet xml:lang="pt-BR">' + _DEFINED.replace("{text}", "{pt}")
        + _NAMED.replace("{term}", "ponte").replace("{gender}", "feminine").replace("{context}", "{pt}")
        + "</langSet>\n</termEntry>\n",
        "</body></text></martif>\n",
    ),
    "xlf": (
        XLIFF_HEAD,
        ('<trans-unit id="{n}" resname="pont.{n}"><source>{fr_coded}</source><target state="translated">{pt_coded}</target>'
        '<note from="Ana" priority="1">vérifié le {year}</note><note>ligne {n}</note><note>titre</note></trans-unit>\n'),
        "</body></file></xliff>\n",
    ),
    "xliff2": (
        XLIFF2_HEAD,
        '<unit id="{n}"><notes><note id="n1">vérifié le {year}</note><note id="n2">ligne {n}</note></notes>'
        '<segment state="translated"><source>{fr_coded}</source><target>{pt_coded}</target></segment></unit>\n'
        .replace("{fr_coded}", "<pc id=\"1\">Le pont</pc> numéro {n}<ph id=\"2\"/> relie les deux rives depuis {year}.")
        .replace("{pt_coded}", "<pc id=\"1\">A ponte</pc> número {n}<ph id=\"2\"/> liga as duas margens desde {year}."),
        "</file></xliff>\n",
    ),
    "po": (
        PO_HEAD,
        ('# vérifié\n# par Ana\n#. titre {n}\n#. sur deux lignes\n#: pont.txt:{n} rive.txt:{year}\n#, c-format\n'
        'msgctxt "pont {n}"\nmsgid "{fr}"\nmsgid_plural ""\n"Plusieurs : "\n"{fr}"\nmsgstr[0] "{pt}"\nmsgstr[1] "Várias: {pt}"\n\n'),
        "",
    ),
}  # fmt: skip
"""Likewise units of which much is said: groups and transactions, notes, inline codes, plural forms."""
CODED = (
    '<g id="1">Le pont</g> numéro {}<x id="2"/> relie les deux <bpt id="3">&lt;b&gt;</bpt>rives<ept id="3">&lt;/b&gt;</ept> depuis {}.',
    '<g id="1">A ponte</g> número {}<x id="2"/> liga as duas <bpt id="3">&lt;b&gt;</bpt>margens<ept id="3">&lt;/b&gt;</ept> desde {}.',
)


def make(path, count, ways):
    head, unit, tail = ways[path.suffix[1:]]
    with path.open("w", encoding="utf-8") as stream:
        stream.write(head)
        for n in range(1, count + 1):
            year = 1800 + n % 200
            coded = {
                name: text.format(n, year) for name, text in zip(("fr_coded", "pt_coded"), CODED, strict=True)
            }
            texts = {"fr": FRENCH.format(n, year), "pt": PORTUGUESE.format(n, year)} | coded
            stream.write(unit.format(n=n, year=year, second=n % 60, **texts))
        stream.write(tail)


def by_lxml(path):
    """Languages and texts of each entry."""
    entries = {"xlf": "{*}trans-unit", "xliff2": "{*}unit", "tbx": "termEntry"}
    sides = {"xlf": ("{*}source", "{*}target"), "xliff2": ("{*}source", "{*}target"), "tbx": ("langSet",)}
    kind = path.suffix[1:]
    for _, entry in etree.iterparse(str(path), tag=entries[kind]):
        tuple(
            (element.get("{http://www.w3.org/XML/1998/namespace}lang"), "".join(element.itertext()))
            for element in entry.iter(*sides[kind])
        )
        entry.clear()
        while entry.getprevious() is not None:
            del entry.getparent()[0]


def by_polib(path):
    for entry in polib.pofile(str(path), encoding="utf-8"):
        (entry.msgid, entry.msgstr)  # noqa: B018


def ours(path):
    for _ in (read_concepts if path.suffix == ".tbx" else read_units)(path):
        pass


def seconds(path, *jobs):
    """CPU time of the best round of each."""
    best = [float("inf")] * len(jobs)
    for _ in range(ROUNDS):
        for number, job in enumerate(jobs):
            begin = time.process_time()
            job(path)
            best[number] = min(best[number], time.process_time() - begin)
    return best


def main(count=20_000):
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for which, ways in (("plain", WAYS), ("rich", RICH)):
            for kind in ways:
                path = Path(folder) / f"file.{kind}"
                make(path, count, ways)
                other = by_polib if kind == "po" else by_lxml
                mine, bare = seconds(path, ours, other)
                speeds = (
                    f"{count / mine:.0f}",
                    other.__name__[3:],
                    f"{count / bare:.0f}",
                    f"{bare / mine:.2f}",
                )
                rows.append([f"{kind}, {which}", *speeds])
    print(
        "\n".join(
            table(rows, header=["", "units per CPU-second", "loop", "its", "ours : its"], right=[1, 3, 4])
        )
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
