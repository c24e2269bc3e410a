"""Files of one kind, as several programs write them: what holds for one holds for its siblings."""

import pytest

from tm.direction import Direction
from tm.errors import TMError
from tm.formats import read_concepts, read_document, read_units, states

FR_PT = Direction("fr", "pt")


def written(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def texts(path, **options):
    return [tuple(variant.segment.text for variant in unit.variants) for unit in read_units(path, **options)]


MARTIF = (
    '<martif xml:lang="fr"><text><body><termEntry id="c1"><langSet xml:lang="fr"><tig><term>pont</term></tig></langSet>'
    '<langSet xml:lang="pt"><tig><term>ponte</term>{}</tig></langSet></termEntry></body></text></martif>'
)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ('<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>', "forbidden"),
        ('<termNote type="normativeAuthorization">supersededTerm</termNote>', "forbidden"),
        ('<descripGrp><descrip type="Status">Do not use</descrip></descripGrp>', "forbidden"),
        ('<termNote type="Status">desaconselhado</termNote>', "forbidden"),
        ('<termNote type="administrativeStatus">blurb</termNote>', "candidate"),
        ('<termNote type="processStatus">provisionallyProcessed</termNote>', "candidate"),
        ('<descrip type="reliabilityCode">1</descrip>', "candidate"),
        ('<transacGrp><transac type="transactionType">proposal</transac></transacGrp>', "approved"),
    ],
)
def test_the_status_of_a_term_is_known_whoever_wrote_it(tmp_path, said, status):
    (concept,) = read_concepts(written(tmp_path, "a.tbx", MARTIF.format(said)))
    assert concept.terms[1].status == status


TABLES = {
    "Concept ID,Concept Definition,Term [fr],Part of Speech [fr],Status [fr],Term [pt-BR],Status [pt-BR],Note [pt-BR]\n"
    "1,Bâti,pont,noun,preferred,ponte,preferred,\n1,,,,,pontão,not recommended,não\n": "ponte preferred, pontão forbidden",
    "Entry_ID;French_Def;French;Term_Info;Portuguese_Brazil;Term_Info;Portuguese_Brazil;Term_Info\n"
    '1;;port;CasePermissive;porto;CasePermissive;cais;"CasePermissive;Forbidden"\n': "porto approved, cais forbidden",
    "term;description;casesensitive;translatable;forbidden;tags;fr;pt\nDupont;;yes;no;no;;Dupont;Dupont\n": (
        "Dupont do-not-translate"
    ),
    "Entry UID,Definition,French (fr): Term,French (fr): Variations,Portuguese (Brazil) [pt-BR] Term,DNT\n"
    "u1,,pont,,ponte,\n": "ponte approved",
    '"location","source","target","id","fuzzy","context"\n"","rive","margem","","True",""\n': "margem candidate",
    "Term,Part of Speech,Definition,Usage Example,Translation (pt-BR)\npont,noun,bâti,Le pont.,ponte\n": (
        "ponte approved"
    ),
    "fr,pt,pos,description\npont,ponte,noun,bâti\n": "ponte approved",
    "French,Portuguese (Brazil)\npont,ponte\n": "ponte approved",
    "sep=;\nTerme (français);Terme (portugais);Statut\npont;ponte;interdit\n": "ponte forbidden",
    "E_ID|E_DOMAINS|L_CODE|T_TERM|T_TYPE|T_EVALUATION\n1|eau|fr|pont|Term|Preferred\n1|eau|pt|ponte|Term|Deprecated\n": (
        "ponte forbidden"
    ),
    "source,target,source_language,target_language\npont,ponte,FR,PT\n": "ponte approved",
    "term;description;forbidden;translation_fr;translation_pt\nbridge;;false;pont;ponte\n": "ponte approved",
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_the_export_of_a_program_is_known_by_its_columns(tmp_path, table):
    concepts = read_concepts(written(tmp_path, "a.csv", table), direction=FR_PT)
    said = [f"{term.text} {term.status}" for concept in concepts for term in concept.of("pt")]
    assert ", ".join(said) == TABLES[table]
    assert all(term.text not in ("bridge", "") for concept in concepts for term in concept.of("fr"))


@pytest.mark.parametrize(
    ("rows", "pair"),
    [
        ("sal\tsal\npan\tpão\nmano\tmão\n", "es pt"),
        ("son\tsom\nan\tano\nos\tosso\nne\tnão\n", "fr pt"),
        ("et\tand\nde\tof\nla\tthe\n", "fr en"),
        ("a\tà\nda\tde la\nno\tdans le\n", "pt fr"),
        ("de\tle\nen\tet\nis\test\n", "nl fr"),
    ],
)
def test_short_words_in_a_first_row_head_no_table(tmp_path, rows, pair):
    found = texts(written(tmp_path, "a.tsv", rows), direction=Direction(*pair.split()))
    assert found == [tuple(row.split("\t")) for row in rows.splitlines()]


@pytest.mark.parametrize(
    "table",
    [
        "sep=|\nfr|pt\nlait|leite\n",
        "\ufeffsep=,\r\nfr,pt\r\nlait,leite\r\n",
        '"sep=;"\nfr;pt\nlait;leite\n',
        "SEP=\t\nfr\tpt\nlait\tleite\n",
        b"\xff\xfe" + "sep=;\nfr;pt\nlait;leite\n".encode("utf-16-le"),
        "lait,leite,FR,PT\n",
        "lait;leite;fr;pt;10\n",
        "Francês;Português\nlait;leite\n",
        "français (fr);portugais [pt]\nlait;leite\n",
    ],
)
def test_the_two_columns_of_a_table_are_found(tmp_path, table):
    (unit,) = read_units(written(tmp_path, "a.csv", table))
    assert [(each.language, each.segment.text) for each in unit.variants] == [("fr", "lait"), ("pt", "leite")]


UNIT = '<trans-unit id="1" {}><source>Un.</source><target {}>Um.</target></trans-unit>'


@pytest.mark.parametrize(
    ("of_unit", "of_target", "state"),
    [
        ('mq:status="PartiallyEdited"', "", "draft"),
        ('mq:status="Rejected"', "", "rejected"),
        ('mq:status="Reviewer2Confirmed"', "", "final"),
        ('m:confirmed="1" m:locked="true"', "", "translated"),
        ("", 'state="needs-translation" state-qualifier="leveraged-mt"', "draft"),
        ('approved="no"', 'state="rejected"', "rejected"),
        ('approved="yes"', "", "reviewed"),
        ("", 'state="x-shipped"', "draft"),
    ],
)
def test_the_state_of_a_unit_is_known_whoever_wrote_it(tmp_path, of_unit, of_target, state):
    body = f"<body>{UNIT.format(of_unit, of_target)}</body>"
    head = '<xliff version="1.2" xmlns:mq="q" xmlns:m="m"><file source-language="fr" target-language="pt" original="a">'
    (unit,) = read_units(written(tmp_path, "a.xlf", f"{head}{body}</file></xliff>"))
    assert states.state_of(unit) == state


HEADER = 'msgid ""\nmsgstr "Language: pt\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    ("message", "pairs"),
    [
        ('msgctxt\n"m"\nmsgid\n"a"\nmsgstr\n"b"\n', [("a", "b")]),
        ('msgid "\\a \\x41 \\101"\nmsgstr "\\a y"\n', [("\a A A", "\a y")]),
        ('msgid "a" " \\"b\\""\nmsgstr "c"  "d"\n"e" "f"\n', [('a "b"', "cdef")]),
        ('#| msgid "Old"\n#| msgid_plural "Olds"\n#, fuzzy\nmsgid "New"\nmsgstr "n"\n', [("New", "n")]),
        ('msgid "a"\nmsgstr "b"\n#~ msgctxt "z"\n#~ msgid "c"\n#~ msgstr ""\n#~ "d"\n', [("a", "b")]),
        ('msgctxt "1"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt ""\nmsgid "a"\nmsgstr "d"\n\nmsgid "a"\nmsgstr "e"\n',
         [("a", "b"), ("a", "d"), ("a", "e")]),
        ('msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n# note\nmsgid "e"\nmsgstr "f"\n', [("a", "b"), ("c", "d"), ("e", "f")]),
        ('domain "x"\n\n  msgid\t"a"\n  msgstr  "b"\n', [("a", "b")]),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr [ 0 ] "b"\nmsgstr[1]"bs"\n', [("a", "b")]),
    ],
)  # fmt: skip
def test_what_gettext_reads_is_read(tmp_path, message, pairs):
    assert texts(written(tmp_path, "a.po", HEADER + message)) == pairs


@pytest.mark.parametrize("charset", ["punycode", "rot13", "base64", "unicode-escape", "nonsense-8"])
def test_what_is_no_charset_is_refused_in_one_line(tmp_path, charset):
    path = written(tmp_path, "a.po", HEADER.replace("UTF-8", charset) + 'msgid "a"\nmsgstr "été"\n')
    with pytest.raises(TMError, match=f"unknown encoding '{charset}'"):
        list(read_units(path))


@pytest.mark.parametrize(
    "page",
    [
        "<p>Un.</p><![if !IE]><p>Deux.</p><![endif]>",
        "<p>Un. <![CDATA[ x ]]></p><p>Deux.</p>",
        '<p>Un.</p><?php echo "a>b" ?><p>Deux.</p>',
        "<p>Un.</p><!-- x --!><p>Deux.</p>",
        "<p>Un.</p><![<p>x</p>]><p>Deux.</p>",
    ],
)
def test_what_a_browser_takes_for_a_comment_hides_no_text(tmp_path, page):
    paragraphs = read_document(written(tmp_path, "a.html", page)).paragraphs
    assert [each.text.strip() for each in (paragraphs[0], paragraphs[-1])] == ["Un.", "Deux."]


TMX = (
    '<tmx version="1.4"><header srclang="fr"/><body><tu><tuv xml:lang="fr"><seg>{}</seg></tuv></tu>'
    '<tu><tuv xml:lang="fr"><seg>pont</seg></tuv></tu></body></tmx>'
)


@pytest.mark.parametrize(
    "inside",
    [
        '<bpt i="1">a{}</bpt>x<ept i="1"/>',
        "<ph>a<sub>b{}</sub></ph>",
        "<ut>a{}</ut>",
        "a <hi>b {}</hi>",
        "<div>x{}</div>",
    ],
)
def test_a_segment_in_a_segment_is_named_and_gone_past(tmp_path, inside):
    problems = []
    path = written(tmp_path, "a.tmx", TMX.format(inside.format("<seg>c</seg>")))
    assert texts(path, problems=problems) == [("pont",)]
    assert "<seg> inside a <seg>" in str(problems[0])
