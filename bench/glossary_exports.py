"""Are the glossaries that other programs export read as they are meant?

    python bench/glossary_exports.py [--varied]

One small French–Portuguese glossary, with short words, words with quotes, commas and semicolons, one forbidden, one
preferred, one draft, one that is not translated, as each program would export it: columns and elements as their
manuals describe them, all texts ours. A flavour is right when each pair is there, in its languages, with its status
as far as the program tells it, and nothing else. ``--varied`` writes each table with other separators, quotes,
encodings, empty columns, and as a workbook too.
"""

import csv
import io
import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from tm.direction import UNDECIDED, Direction
from tm.errors import TMError
from tm.formats import read_concepts

FIELDS = ("number", "fr", "pt", "status", "pos", "definition")
ENTRIES = [
    ("1", "mer", "mar", "approved", "noun", "étendue d'eau salée"),
    ("2", "four à pain", "forno de pão", "preferred", "noun", ""),
    ("3", "pâte", "macarrão", "forbidden", "noun", "ce qu'on pétrit, et ce qui lève"),
    ("4", "levain", "fermento natural", "candidate", "noun", ""),
    ("5", "GitHub", "GitHub", "do-not-translate", "noun", ""),
    ("6", "sel, poivre", "sal; pimenta", "approved", "noun", "ligne un\nligne deux"),
    ("7", 'clé "maîtresse"', 'chave "mestra"', "approved", "noun", ""),
    ("8", "or", "ouro", "approved", "noun", ""),
    ("9", "an", "ano", "approved", "noun", ""),
    ("10", "mettre à jour", "atualizar", "approved", "verb", ""),
]
ASKED = Direction("fr", "pt-BR")
STATUSES = ("approved", "preferred", "forbidden", "candidate")
WORDS = {
    name: dict(zip(STATUSES, words.split("|"), strict=True))
    for name, words in {
        "": "|||",
        "crowdin": "admitted|preferred|not recommended|draft",
        "smartcat": "Approved|Approved|Forbidden|New",
        "xtm": "VALID|VALID|FORBIDDEN|NOT_APPROVED",
        "iate": "Admitted|Preferred|Deprecated|Proposed",
        "tbx": "admittedTerm-admn-sts|preferredTerm-admn-sts|deprecatedTerm-admn-sts|admittedTerm-admn-sts",
        "multiterm": "Approved|Preferred|Obsolete|New",
        "memoq": "CasePermissive;;;|CasePermissive;;;|CasePermissive;Forbidden;;|CasePermissive;;;",
        "french": "validé|à privilégier|à éviter|proposé",
        "portuguese": "aprovado|preferido|proibido|em revisão",
    }.items()
}
"""What programs call the first four statuses; what is not translated is approved there."""


def said_of(entry, words):
    """What may stand in a place of a column or an element."""
    said = dict(zip(FIELDS, entry, strict=True))
    said["word"] = WORDS[words].get(said["status"], WORDS[words]["approved"])
    for status in (*STATUSES, "do-not-translate"):
        said[f"is {status}"] = str(said["status"] == status).upper()
        said[f"not {status}"] = str(said["status"] != status).upper()
    return said


def rows_of(columns, words=""):
    """The rows of a table. Each column has its head and what stands under it: ``Term [fr]={fr}|Note=``."""
    parted = [column.partition("=") for column in columns.replace("\n", "").split("|")]
    return [
        [head for head, _, _ in parted],
        *([text.format(**said_of(entry, words)) for _, _, text in parted] for entry in ENTRIES),
    ]


def headless(columns="={fr}|={pt}"):
    return rows_of(columns)[1:]


def term_rows(columns, words, tags):
    """As ``rows_of``, a row for each term."""
    rows = []
    for entry in ENTRIES:
        for text, tag, status in ((entry[1], tags[0], "approved"), (entry[2], tags[1], entry[3])):
            one = (entry[0], text, tag, status, *entry[4:])
            rows += [[part.partition("=")[2].format(**said_of(one, words)) for part in columns.split("|")]]
    return [[part.partition("=")[0] for part in columns.split("|")], *rows]


def csv_of(rows, delimiter=",", quoting=csv.QUOTE_MINIMAL, encoding="utf-8", above="", end="\r\n", empty=0):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows([*row, *[""] * empty] for row in rows)
    return (above + text.getvalue()).encode(encoding)


def tsv_of(rows, encoding="utf-8", above=""):
    """A text with tabs: no quotes, no line breaks in a cell."""
    lines = ("\t".join(cell.replace("\n", " ") for cell in row) + "\r\n" for row in rows)
    return (above + "".join(lines)).encode(encoding)


def workbook_of(*sheets):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([{"TRUE": True, "FALSE": False}.get(cell, cell or None) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xml_of(head, entry, tail, words="tbx", encoding="utf-8"):
    """A file with an element for each entry."""
    parts = [
        entry.format(**{name: text.replace("&", "&amp;") for name, text in said_of(one, words).items()})
        for one in ENTRIES
    ]
    return (head + "\n".join(parts) + tail).encode(encoding)


MARTIF = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n'
    '<martif type="TBX" xml:lang="fr"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc>'
    "</martifHeader><text><body>\n"
)
STATUS = '<termNote type="administrativeStatus">{word}</termNote>'
RELIABLE = f'{STATUS}<descrip type="reliabilityCode">3</descrip>'
DEFINED = '<descripGrp><descrip type="definition">{definition}</descrip></descripGrp>'
FLAGS = (
    '<termNote type="forbidden">{is forbidden}</termNote><termNote type="preferred">{is preferred}</termNote>'
)


def martif(said="", about="", tags=("fr", "pt-BR"), term="<tig>{}</tig>", attribute="xml:lang"):
    """TBX of 2008."""
    pos = '<termNote type="partOfSpeech">{pos}</termNote>'
    sides = [
        f'<langSet {attribute}="{tag}">' + term.format(f"<term>{{{side}}}</term>{more}") + "</langSet>"
        for tag, side, more in zip(tags, ("fr", "pt"), (pos, said), strict=True)
    ]
    entry = f'<termEntry id="c{{number}}">{about}{"".join(sides)}</termEntry>'
    return xml_of(MARTIF, entry, "\n</body></text></martif>\n")


def tbx3(style, source, target, more=""):
    """TBX of 2019."""
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<tbx type="TBX-Basic" style="{style}" xml:lang="fr"{more} '
        'xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc>'
        "</tbxHeader><text><body>\n"
    )
    sides = (
        f'<langSec xml:lang="fr"><termSec><term>{{fr}}</term>{source}</termSec></langSec>'
        f'<langSec xml:lang="pt-BR"><termSec><term>{{pt}}</term>{target}</termSec></langSec>'
    )
    return xml_of(head, f'<conceptEntry id="c{{number}}">{sides}</conceptEntry>', "\n</body></text></tbx>\n")


MULTITERM = (
    '<conceptGrp><concept>{number}</concept><transacGrp><transac type="origination">rui</transac><date>2024-01-01'
    '</date></transacGrp><descripGrp><descrip type="Subject">cuisine</descrip></descripGrp>'
    '<languageGrp><language type="French" lang="FR"/><termGrp><term>{fr}</term></termGrp></languageGrp>'
    '<languageGrp><language type="Portuguese (Brazil)" lang="PT-BR"/><termGrp><term>{pt}</term>'
    '<descripGrp><descrip type="Status">{word}</descrip></descripGrp></termGrp></languageGrp></conceptGrp>'
)


@dataclass
class Flavour:
    """How a program exports a glossary.

    Attributes:
        program: its name, and what is special.
        file: the name of the file.
        content: its bytes, or the rows of a table.
        keeps: the statuses that the program tells.
        asked: the languages that a person has to say.
        source: the language of the terms.
        target: the language of the translations.
        how: how the table is written.
    """

    program: str
    file: str
    content: object
    keeps: tuple = ()
    asked: Direction = UNDECIDED
    source: str = "fr"
    target: str = "pt-BR"
    how: dict = field(default_factory=dict)

    def data(self):
        """The bytes of the file."""
        if isinstance(self.content, bytes):
            return self.content
        if self.file.endswith(".xlsx"):
            return workbook_of((self.how.get("title", "Sheet1"), self.content))
        return (csv_of if self.file.endswith(".csv") else tsv_of)(self.content, **self.how)


CROWDIN = """Concept ID={number}|Concept Subject=|Concept Definition={definition}|
Concept Translatable={not do-not-translate}|Concept Note=|Concept URL=|Term [fr]={fr}|Description [fr]={definition}|
Part of Speech [fr]={pos}|Status [fr]=|Type [fr]=|Gender [fr]=|Note [fr]=|Term [pt-BR]={pt}|Description [pt-BR]=|
Part of Speech [pt-BR]={pos}|Status [pt-BR]={word}|Type [pt-BR]=full form|Gender [pt-BR]=|Note [pt-BR]=|Term [en]="""
LOKALISE = """term={fr}|description={definition}|casesensitive=no|translatable={not do-not-translate}|
forbidden={is forbidden}|tags=|fr={fr}|fr_description=|pt_BR={pt}|pt_BR_description="""
MEMOQ = """Entry_ID={number}|Entry_Subject=|Entry_Domain=|Entry_ClientID=|Entry_Created=|Entry_Modifier=rui|Entry_Note=|
French_France_Def={definition}|French_France={fr}|Term_Info=CasePermissive;;1;;|Term_Example=|
Portuguese_Brazil_Def=|Portuguese_Brazil={pt}|Term_Info={word}|Term_Example="""
WEBLATE = """location=|source={fr}|target={pt}|id=|fuzzy={is candidate}|context=|translator_comments=|
developer_comments={definition}"""
PHRASE = """term={fr}|case_sensitive=false|translatable={not do-not-translate}|description={definition}|
fr={fr}|pt-BR={pt}"""
MEMSOURCE = """CID={number}|concept_domain=|concept_url=|concept_definition={definition}|concept_note=|TID=f{number}|
fr={fr}|case=FALSE|exact=FALSE|forbidden=FALSE|preferred=FALSE|status=Approved|note=|TID=p{number}|
pt_br={pt}|case=FALSE|exact=FALSE|forbidden={is forbidden}|preferred={is preferred}|status={word}|note="""
SMARTLING = """Entry UID=u{number}|Definition={definition}|Part of Speech={pos}|Labels=cuisine|
fr-FR Term={fr}|fr-FR Variations=|fr-FR Notes=|fr-FR Case Sensitive=FALSE|fr-FR Do Not Translate=FALSE|
pt-BR Term={pt}|pt-BR Variations=|pt-BR Notes=|pt-BR Case Sensitive=FALSE|pt-BR Do Not Translate={is do-not-translate}"""
XTM = """Concept ID={number}|Domain=|Definition={definition}|Term ID=f{number}|fr_FR={fr}|Status=VALID|Context=|
Term ID=p{number}|pt_BR={pt}|Status={word}|Context="""
TRANSIFEX = """term={fr}|pos={pos}|comment={definition}|case_sensitive=no|do_not_translate={is do-not-translate}|
translation_pt_BR={pt}|comment_pt_BR=|translation_de=|comment_de="""
MATECAT = """Forbidden={is forbidden}|Domain=cuisine|Subdomain=|Definition={definition}|fr-FR={fr}|Notes=dit {fr}|
Example of use=|pt-BR={pt}|Notes=|Example of use=com {pt}"""
SMARTCAT = """Concept ID={number}|Topic=|Definition={definition}|Comment=|French (fr)={fr}|French (fr): Comment=|
French (fr): Term status=Approved|Portuguese (Brazil) (pt-BR)={pt}|Portuguese (Brazil) (pt-BR): Comment=|
Portuguese (Brazil) (pt-BR): Term status={word}"""
ACROSS = """Entry GUID=F19-{number}|ConceptDefinition(FR)={definition}|Term(FR)={fr}|TermDefinition(FR)=|
Term(PT-BR)={pt}|Status(PT-BR)={word}"""
GLOSSARY_CONVERTER = """Entry_ID={number}|Entry_Subject=|French={fr}|French_Status=Approved|
French_Definition={definition}|Portuguese (Brazil)={pt}|Portuguese (Brazil)_Status={word}"""
IATE = "E_ID={number}|E_DOMAINS=cuisine, pain|L_CODE={pt}|T_TERM={fr}|T_TYPE=Term|T_RELIABILITY=3|T_EVALUATION={word}"
TERMWEB = "Concept ID={number}|Language={pt}|Term={fr}|Usage status={word}|Part of speech={pos}"
WORDFAST = "Source term={fr}|Target term={pt}|Comments={definition}|Blacklisted={is forbidden}"
PORTAL = "Source Term={fr}|Translation={pt}|Definition={definition}|Product=Pain"
GOOGLE = "en=|fr={fr}|pt-BR={pt}|pos={pos}|description={definition}"
FRENCH = "Français={fr}|Português (Brasil)={pt}|Statut={word}|Définition={definition}"
COVER = [["Glossaire de la boulangerie"], ["Version", "3"], ["Contact", "rui@example.org"]]


def of_machine_translation():
    """Those of translation engines: two columns mostly, and no statuses."""
    codes = headless("={fr}|={pt}|=FR|=PT-BR")
    generated = headless("={fr}|={pt}|=FR|=PT-BR|=0.9")
    quoted, mark, line = {"quoting": csv.QUOTE_ALL}, {"encoding": "utf-8-sig"}, {"end": "\n"}
    yield Flavour("DeepL, two columns", "deepl.csv", headless(), asked=ASKED)
    yield Flavour("DeepL, tabs", "deepl.tsv", headless(), asked=ASKED, how=mark)
    yield Flavour("DeepL, with codes", "deepl-codes.csv", codes, how=mark)
    yield Flavour("DeepL, made by its generator", "deepl-generated.csv", generated, how=line)
    yield Flavour("Google, one direction", "google.csv", headless(), asked=ASKED, how=quoted)
    yield Flavour("Google, one direction, tabs", "google.tsv", headless(), asked=ASKED)
    yield Flavour("Google, equivalent sets", "google-sets.csv", rows_of(GOOGLE), asked=ASKED)
    yield Flavour(
        "Microsoft Translator", "microsoft.tsv", headless(), asked=ASKED, how={"encoding": "utf-16"}
    )
    yield Flavour("Microsoft, language portal", "portal.csv", rows_of(PORTAL), asked=ASKED)
    ntig = "<ntig><termGrp>{}</termGrp></ntig>"
    collection = martif('<termNote type="partOfSpeech">Noun</termNote>', DEFINED, ("fr-FR", "pt-BR"), ntig)
    yield Flavour("Microsoft Terminology Collection", "collection.tbx", collection, source="fr-FR")
    yield Flavour("Amazon Translate", "amazon.csv", rows_of("fr={fr}|pt-BR={pt}"), how=line)


def of_localisation():
    """Those of platforms for software."""
    fixed, hard = ("do-not-translate",), ("preferred", "forbidden")
    crowdin = rows_of(CROWDIN, "crowdin")
    for name in ("crowdin.csv", "crowdin.xlsx"):
        yield Flavour(name, name, crowdin, (*STATUSES, *fixed), ASKED)
    yield Flavour("Crowdin, TBX", "crowdin.tbx", martif(STATUS), hard)
    lokalise = {"delimiter": ";", "encoding": "utf-8-sig"}
    yield Flavour("Lokalise", "lokalise.csv", rows_of(LOKALISE), ("forbidden", *fixed), how=lokalise)
    for program, french in (("Smartling", "fr-FR"), ("Smartling, names", "French (France) [fr-FR]")):
        smartling = rows_of(SMARTLING.replace("fr-FR", french))
        yield Flavour(program, "smartling.csv", smartling, fixed, source="fr-FR")
    for name in ("weblate.csv", "weblate.xlsx"):
        yield Flavour(name, name, rows_of(WEBLATE), ("candidate",), ASKED)
    yield Flavour("Weblate, TBX", "weblate.tbx", martif(STATUS), hard)
    pontoon = tbx3("dca", '<termNote type="partOfSpeech">{pos}</termNote>', "")
    yield Flavour("Pontoon, TBX 3", "pontoon.tbx", pontoon)
    yield Flavour("Phrase Strings", "phrase.csv", rows_of(PHRASE), fixed)
    yield Flavour("Transifex", "transifex.csv", rows_of(TRANSIFEX), fixed, ASKED)


def of_translators():
    """Those of translators' programs and termbases."""
    kept, hard, wide = (
        ("preferred", "forbidden", "candidate"),
        ("preferred", "forbidden"),
        {"encoding": "utf-16"},
    )
    memoq = rows_of(MEMOQ, "memoq")
    yield Flavour("memoQ", "memoq.csv", memoq, ("forbidden",), source="fr-FR", how={"delimiter": ";"} | wide)
    yield Flavour("memoQ, workbook", "memoq.xlsx", memoq, ("forbidden",), source="fr-FR")
    yield Flavour("Phrase TMS (Memsource)", "memsource.xlsx", rows_of(MEMSOURCE, "smartcat"), kept)
    yield Flavour("Phrase TMS, TBX", "memsource.tbx", martif(FLAGS, tags=("fr", "pt_br")), hard)
    mtf = ('<?xml version="1.0" encoding="UTF-16"?>\n<mtf>\n', MULTITERM, "\n</mtf>\n", "multiterm", "utf-16")
    yield Flavour("Trados MultiTerm (SDL XML)", "multiterm.xml", xml_of(*mtf), kept)
    converted = rows_of(GLOSSARY_CONVERTER, "multiterm")
    yield Flavour("Trados MultiTerm, workbook", "multiterm.xlsx", converted, kept)
    yield Flavour("Trados MultiTerm, tabs", "multiterm.txt", converted, kept, how=wide)
    yield Flavour(
        "Wordfast Classic", "w.txt", headless("={fr}|={pt}|={definition}|=|="), asked=ASKED, how=wide
    )
    yield Flavour("Wordfast Pro", "wordfast-pro.txt", rows_of(WORDFAST), ("forbidden",), ASKED)
    omegat = headless("={fr}|={pt}|={definition}")
    yield Flavour("OmegaT", "omegat.txt", omegat, asked=ASKED, how={"above": "# notre glossaire\n"})
    yield Flavour("OmegaT, CSV", "omegat.csv", omegat, asked=ASKED, how={"quoting": csv.QUOTE_ALL})
    yield Flavour("XTM", "xtm.xlsx", rows_of(XTM, "xtm"), ("forbidden", "candidate"), source="fr-FR")
    for name in ("matecat.csv", "matecat.xlsx"):
        yield Flavour(name, name, rows_of(MATECAT), ("forbidden",), source="fr-FR")
    yield Flavour("Smartcat", "smartcat.xlsx", rows_of(SMARTCAT, "smartcat"), ("forbidden", "candidate"))
    iate = term_rows(IATE, "iate", ("fr", "pt"))
    yield Flavour("IATE", "iate.csv", iate, kept, target="pt", how={"delimiter": "|"})
    yield Flavour("IATE, TBX", "iate.tbx", martif(RELIABLE, tags=("fr", "pt")), hard, target="pt")
    yield Flavour(
        "TermWeb", "termweb.xlsx", term_rows(TERMWEB, "iate", ("French", "Portuguese (Brazil)")), kept
    )
    old = martif(tags=("fr-FR", "pt-BR"), attribute="lang")
    yield Flavour("Heartsome, TBX", "heartsome.tbx", old, source="fr-FR")
    modules = "<min:administrativeStatus>{word}</min:administrativeStatus>"
    declared = ' xmlns:min="http://www.tbxinfo.net/ns/min"'
    yield Flavour("TBX 3 with modules", "modules.tbx", tbx3("dct", "", modules, declared), hard)
    yield Flavour("Across", "across.csv", rows_of(ACROSS, "multiterm"), kept, how={"delimiter": ";"})


def of_spreadsheets():
    """Those that people keep."""
    kept, french = ("preferred", "forbidden", "candidate"), rows_of(FRENCH, "french")
    separated = {"delimiter": ";", "encoding": "windows-1252", "above": "sep=;\r\n"}
    yield Flavour("Excel, sep=", "excel.csv", french, kept, how=separated)
    portuguese = rows_of("Francês={fr}|Português do Brasil={pt}|Situação={word}", "portuguese")
    unicode = csv_of(portuguese, "\t", encoding="utf-16", empty=3)
    yield Flavour("Excel, Unicode text", "excel.txt", unicode, kept)
    titled = [["Glossaire de la boulangerie"], [], *french]
    yield Flavour("Excel, a title above", "titled.xlsx", titled, kept)
    cover = workbook_of(("Lisez-moi", COVER), ("A–M", french[:6]), ("N–Z", [*french[:1], *french[6:]]))
    yield Flavour("Excel, a cover and two sheets", "cover.xlsx", cover, kept)
    yield Flavour("Excel, languages in its name", "named.xlsx", headless(), how={"title": "FR-PT_BR"})
    empty = {"quoting": csv.QUOTE_ALL, "empty": 4}
    yield Flavour("LibreOffice, empty columns", "libre.csv", french, kept, how=empty)


def flavours():
    """All of them."""
    for kind in (of_machine_translation, of_localisation, of_translators, of_spreadsheets):
        yield from kind()


def varied(flavour):
    """The table written otherwise."""
    if isinstance(flavour.content, bytes):
        return
    for suffix, how in (
        (".csv", {}),
        (".csv", {"delimiter": ";", "quoting": csv.QUOTE_ALL, "encoding": "utf-8-sig"}),
        (".csv", {"delimiter": "\t", "encoding": "utf-16"}),
        (".csv", {"empty": 3, "end": "\n"}),
        (".csv", {"delimiter": ";", "encoding": "windows-1252"}),
        (".tsv", {"encoding": "utf-16"}),
        (".txt", {}),
        (".xlsx", {}),
    ):
        name = f"{flavour.program}, varied: {suffix} {how}"
        is_named = bool(flavour.how.get("title"))  # a language that only the name of the sheet says
        asked = ASKED if is_named else flavour.asked
        if not how.get("empty") or "=" in flavour.content[0] or all(flavour.content[0]):
            yield replace(flavour, program=name, file=f"varied{suffix}", how=how, asked=asked)


def outcome(flavour, folder):
    """What is wrong with the flavour; "" when nothing is."""
    path = Path(folder, flavour.file)
    path.write_bytes(flavour.data())
    try:
        concepts = list(read_concepts(path, direction=flavour.asked))
    except TMError as error:
        return str(error)
    found = {
        (one.text, other.text): (one.language, other.language, other.status)
        for concept in concepts
        for one in concept.terms
        for other in concept.terms
        if one is not other and one.language.startswith("fr")
    }
    wanted = {
        (fr, pt): (flavour.source, flavour.target, status if status in flavour.keeps else "approved")
        for _, fr, pt, status, _, _ in ENTRIES
    }
    for pair, said in wanted.items():
        if found.get(pair) != said:
            return f"{' = '.join(pair)} is {found.get(pair, 'lost')}, not {said}"
    more = found.keys() - wanted.keys()
    return f"there is {min(more)} too" if more else ""


def main(arguments):
    right, number = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for flavour in flavours():
            for each in [flavour, *(varied(flavour) if "--varied" in arguments else ())]:
                number += 1
                wrong = outcome(each, folder)
                right += not wrong
                if wrong:
                    print(f"{each.program}: {wrong}")
    print(f"{right} of {number} flavours right")
    return int(right != number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
