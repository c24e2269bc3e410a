"""Word documents as a person's would be: bold, links, notes, header, footer, a table."""

import zipfile
from xml.sax.saxutils import escape

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
NAMES = {"document": "document", "footnotes": "footnotes", "header1": "hdr", "footer1": "ftr"}


def runs(text):
    """Text with marks as runs: ``**bold**``, ``[link]``, ``^`` for a note, ``|`` where Word splits a run."""
    made, look, plain = [], "", ""

    def flush():
        nonlocal plain
        if plain:
            made.append(f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(plain)}</w:t></w:r>')
        plain = ""

    for character in text.replace("**", "*"):
        if character not in "*[]^|":
            plain += character
            continue
        flush()
        if character == "*":
            look = "" if look else "<w:b/>"
        elif character == "^":
            made.append('<w:r><w:footnoteReference w:id="2"/></w:r>')
        elif character in "[]":
            made.append('<w:hyperlink r:id="rId9">' if character == "[" else "</w:hyperlink>")
    flush()
    return "".join(made)


def paragraph(text):
    return f"<w:p>{runs(text)}</w:p>"


def table(rows):
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def write_docx(path, paragraphs, rows, note, header, footer):
    parts = {
        "document": f"<w:body>{''.join(map(paragraph, paragraphs))}{table(rows)}</w:body>",
        "footnotes": f'<w:footnote w:id="2">{paragraph(note)}</w:footnote>',
        "header1": paragraph(header),
        "footer1": paragraph(footer),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        for name, content in parts.items():
            root = NAMES[name]
            package.writestr(f"word/{name}.xml", f"<w:{root} {SPACES}>{content}</w:{root}>")
    return path


BREAD = {
    "fr": [
        ["Le guide du **four à pain**", "Le **four** est chauffé au bois. Il atteint 300 °C en deux heures.",
         "La voûte est faite de **briques réfractaires**^. Elle garde la chaleur toute la nuit.",
         "Avant la cuisson, retirez les cendres. Voir [la page sur le bois] pour le choix du combustible.",
         "M. Dupont recommande le **hêtre**, qui brûle **lentement**. D’autres préfèrent le chêne.",
         "**Ne fermez jamais la porte pendant le feu.** La fumée doit sortir librement.",
         "Posez le pain sur la **sole**|, au milieu. Attendez quarante minutes.",
         "Le pain est cuit quand il **sonne creux**^. Laissez-le refroidir sur une grille."],
        [["Pièce", "Matière", "**Masse**"], ["La porte", "Fonte **émaillée**", "12 kg"]],
        "Les briques viennent d’une **tuilerie** de la région.", "Le guide du **four**", "Coopérative des **boulangers**, page 1",
    ],
    "pt-BR": [
        ["O guia do **forno de pão**", "O **forno** é aquecido com lenha. Ele chega a 300 °C em duas horas.",
         "A abóbada é feita de **tijolos refratários**^. Ela guarda o calor a noite toda.",
         "Antes de assar, retire as cinzas. Veja [a página sobre a lenha] para a escolha do combustível.",
         "O Sr. Dupont recomenda a **faia**, que queima **devagar**. Outros preferem o carvalho.",
         "**Nunca feche a porta durante o fogo.** A fumaça deve sair livremente.",
         "Coloque o pão sobre o **lastro**, no meio. Espere quarenta minutos.",
         "O pão está assado quando **soa oco**^. Deixe-o esfriar sobre uma grade."],
        [["Peça", "Material", "**Massa**"], ["A porta", "Ferro fundido **esmaltado**", "12 kg"]],
        "Os tijolos vêm de uma **olaria** da região.", "O guia do **forno**", "Cooperativa dos **padeiros**, página 1",
    ],
}  # fmt: skip
"""A text and its translation: paragraphs, table, note, header, footer."""

MILL = {
    "fr": [
        ["Le **moulin à eau**", "La **roue** tourne grâce à la rivière. Elle entraîne deux meules de pierre.",
         "Le meunier règle l’écart des meules avec **une vis**. Une farine fine demande un écart faible^.",
         "Consultez [le calendrier des visites] avant de venir. Le moulin est fermé le lundi.",
         "Le blé arrive par le **haut** et descend par son poids. La farine tombe dans un coffre en bois.",
         "**Attention :** ne touchez pas aux engrenages. Les enfants restent avec un **adulte**."],
        [["Céréale", "Rendement"], ["Le blé **tendre**", "78 %"], ["Le seigle", "82 %"]],
        "L’écart se mesure avec une **jauge**.", "Le moulin de la **vallée**", "Association des **amis** du moulin",
    ],
    "pt-BR": [
        ["O **moinho de água**", "A **roda** gira graças ao rio. Ela move duas mós de pedra.",
         "O moleiro regula a distância das mós com **um parafuso**. Uma farinha fina exige uma distância pequena^.",
         "Consulte [o calendário de visitas] antes de vir. O moinho fecha na segunda-feira.",
         "O trigo chega por **cima** e desce com seu peso. A farinha cai em um cofre de madeira.",
         "**Atenção:** não toque nas engrenagens. As crianças ficam com um **adulto**."],
        [["Cereal", "Rendimento"], ["O trigo **mole**", "78%"], ["O centeio", "82%"]],
        "A distância se mede com um **calibre**.", "O moinho do **vale**", "Associação dos **amigos** do moinho",
    ],
}  # fmt: skip
