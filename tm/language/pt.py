"""Portuguese, both varieties.

The table in ``languages.py`` says what a language can bring. What is not in this file:

- what distinguishes Brazil from Portugal: ``pt_varieties.py``;
- abbreviations (``av. Paulista``) and other rules of sentences: ``rules.srx``, the list "Portuguese";
- its letters, for detection: ``profiles.py``; word rates and lemmas: packages (``lemmas.py``);
- the tagger's weights: ``data/tagger-pt.xz``, trained by ``bench/train_tagger.py``;
- plural forms of PO files: ``tm/formats/plurals.py``.
"""

from tm.language.languages import Language

_ARTICLES = ("o", "a", "os", "as")
_POINTERS = tuple(
    "ele ela eles elas este esta estes estas esse essa esses essas"
    " aquele aquela aqueles aquelas isto isso aquilo".split()
)

_CONTRACTIONS = (
    {
        f"d{word}": ("de", word)
        for word in (*_ARTICLES, *_POINTERS, "um", "uma", "uns", "umas", "aqui", "ali", "onde")
    }
    | {f"n{word}": ("em", word) for word in (*_ARTICLES, *_POINTERS, "um", "uma", "uns", "umas")}
    | {f"pel{word}": ("por", word) for word in _ARTICLES}
    | {"ao": ("a", "o"), "aos": ("a", "os"), "à": ("a", "a"), "às": ("a", "as"), "d'": ("de",)}
    | {f"à{word[1:]}": ("a", word) for word in _POINTERS if word.startswith("aq")}
)

PORTUGUESE = Language(
    tag="pt",
    elisions=frozenset({"d"}),
    contractions=_CONTRACTIONS,
    stop_words=frozenset(
        """
        a à acerca agora aí ainda além algo alguém algum alguma algumas alguns ali ambas ambos ante
        antes ao aonde aos apenas apesar após aquela aquelas aquele aqueles aqui aquilo as às assim até
        atrás bastante bem cada cá cerca certa certas certo certos cima com como comigo conforme conosco
        contra contudo cuja cujas cujo cujos d da daquela daquele daquilo das de dela delas dele deles
        demais dentro depois desde dessa dessas desse desses desta destas deste destes deve devem diante
        disso disto do dois dos duas durante e é ela elas ele eles em embora enquanto entanto entre
        então era eram essa essas esse esses esta está estão estas estava estavam este estes eu exceto
        fez foi foram for fora haja havia há isso isto já jamais junto lá lhe lhes logo longe mais mas
        me mediante meu meus minha minhas muita muitas muito muitos na nada não naquela naquele nas nela
        nele nem nenhum nenhuma nessa nesse nesta neste ninguém no nos nós nossa nossas nosso nossos num
        numa nunca o onde ora os ou outra outras outro outros para pela pelas pelo pelos per perante
        pode podem pois por porém porquanto porque portanto porventura pouca poucas pouco poucos próprio
        qual quais quaisquer qualquer quando quanta quantas quanto quantos quase que quem quer são se
        seja sejam sem sempre senão ser será serão seu seus si sido sob sobre sua suas tal talvez também
        tampouco tanta tantas tanto tantos tão te tem têm tendo tenha ter teu tinha toda todas todavia
        todo todos tua tudo um uma umas uns várias vários você vocês
        """.split()
    ),
    general_nouns=frozenset(
        """
        abordagem acordo ajuda altura ano aspecto atenção caminho capacidade caso categoria causa
        centena chance circunstância coisa começo condição conjunto consequência contexto contraste
        contrário década desejo desvantagem dezena dia diferença dificuldade domínio dúvida dúzia efeito
        elemento época erro escolha esforço espécie estado etapa evento exceção exemplo extensão
        faculdade falta fato fim final frase frente fundo futuro gente hora ideia importância impressão
        indivíduo início instante intenção item jeito lado limite local lugar manhã maioria maneira
        máximo medida meio mês metade mil milhar milhão bilhão mínimo minoria minuto modo momento
        mudança mundo natureza necessidade nível noite nome número objetivo ocasião oportunidade ordem
        origem palavra parte partir passado peça período perspectiva pessoa ponto porcentagem
        possibilidade posição presença presente princípio problema propósito proporção quantidade quarto
        questão razão resto resultado semana segundo sentido série século situação solução soma sorte
        tarde tema tempo terço termo tipo título total trimestre turno uso utilização vantagem variedade
        versão vez vida vista vontade
        """.split()
    ),
    general_adjectives=frozenset(
        """
        adequado amplo antigo apropriado atual belo bom brusco certo completo complicado considerável
        conveniente crucial curioso decisivo diferente difícil diverso enorme essencial estranho
        eventual evidente exato excelente excepcional extraordinário fácil famoso favorável fundamental
        futuro gigantesco grande grave horrível idêntico imediato imenso importante impossível
        inesperado indispensável inevitável insuficiente interessante inteiro inútil largo lindo
        magnífico maior massivo mau melhor menor necessário notável novo numeroso outro particular
        passado pequeno perfeito pior pleno poderoso possível potencial preciso precioso presente
        primeiro principal provável próximo qualquer raro recente respectivo restante rico sério
        significativo semelhante similar só suficiente seguinte suposto tal tardio terrível triste
        típico último usual útil vasto velho verdadeiro
        """.split()
    ),
    articles={
        "o": "masculine",
        "os": "masculine",
        "a": "feminine",
        "as": "feminine",
        "um": "masculine",
        "uns": "masculine",
        "uma": "feminine",
        "umas": "feminine",
    },
    participle=r"(?:[ai]d|ert|eit|crit|post)[oa]s? ",
    linking=frozenset({"de", "a"}),
    numerals={
        "zero": 0,
        "um": 1,
        "uma": 1,
        "dois": 2,
        "duas": 2,
        "três": 3,
        "quatro": 4,
        "cinco": 5,
        "seis": 6,
        "sete": 7,
        "oito": 8,
        "nove": 9,
        "dez": 10,
        "onze": 11,
        "doze": 12,
        "treze": 13,
        "catorze": 14,
        "quatorze": 14,
        "quinze": 15,
        "dezesseis": 16,
        "dezasseis": 16,
        "dezessete": 17,
        "dezassete": 17,
        "dezoito": 18,
        "dezenove": 19,
        "dezanove": 19,
        "vinte": 20,
        "trinta": 30,
        "quarenta": 40,
        "cinquenta": 50,
        "sessenta": 60,
        "setenta": 70,
        "oitenta": 80,
        "noventa": 90,
        "cem": 100,
        "cento": 100,
        "duzentos": 200,
        "duzentas": 200,
        "trezentos": 300,
        "trezentas": 300,
        "quatrocentos": 400,
        "quatrocentas": 400,
        "quinhentos": 500,
        "quinhentas": 500,
        "seiscentos": 600,
        "seiscentas": 600,
        "setecentos": 700,
        "setecentas": 700,
        "oitocentos": 800,
        "oitocentas": 800,
        "novecentos": 900,
        "novecentas": 900,
        "primeiro": 1,
        "primeira": 1,
        "primeiros": 1,
        "primeiras": 1,
        "segundo": 2,
        "segunda": 2,
        "terceiro": 3,
        "terceira": 3,
        "quarto": 4,
        "quarta": 4,
        "quinto": 5,
        "quinta": 5,
        "sexto": 6,
        "sexta": 6,
        "sétimo": 7,
        "sétima": 7,
        "oitavo": 8,
        "oitava": 8,
        "nono": 9,
        "nona": 9,
        "décimo": 10,
        "décima": 10,
    },
    number_names={
        "par": 2,
        "pares": 2,
        "dupla": 2,
        "duplas": 2,
        "ambos": 2,
        "ambas": 2,
        "dobro": 2,
        "triplo": 3,
        "trio": 3,
        "terceiros": 3,
        "terceiras": 3,
        "terço": 3,
        "terços": 3,
        "dezena": 10,
        "dezenas": 10,
        "dúzia": 12,
        "dúzias": 12,
        "quinzena": 15,
        "centena": 100,
        "centenas": 100,
        "milhar": 1000,
        "milhares": 1000,
        "metade": 2,
        "meio": 2,
        "meia": 2,
        "quartos": 4,
        "vigésimo": 20,
        "vigésima": 20,
        "trigésimo": 30,
        "trigésima": 30,
        "quadragésimo": 40,
        "quadragésima": 40,
        "quinquagésimo": 50,
        "quinquagésima": 50,
        "sexagésimo": 60,
        "sexagésima": 60,
        "septuagésimo": 70,
        "septuagésima": 70,
        "octogésimo": 80,
        "octogésima": 80,
        "nonagésimo": 90,
        "nonagésima": 90,
        "centésimo": 100,
        "centésima": 100,
        "milésimo": 1000,
        "milésima": 1000,
    },
    loose_numerals=frozenset(
        """
        meio meia quartos
        um uma primeiro primeira primeiros primeiras segundo segunda terceiro terceira quarto quarta quinto
        quinta sexto sexta nono nona par pares dupla duplas ambos ambas dobro triplo trio terço terços
        dezena dezenas dúzia dúzias quinzena centena centenas milhar milhares metade terceiros terceiras
        """.split()
    ),
    numeral_links=frozenset({"e"}),
    scales={
        "mil": 10**3,
        "milhão": 10**6,
        "milhões": 10**6,
        "bilhão": 10**9,
        "bilhões": 10**9,
        "bilião": 10**12,
        "biliões": 10**12,
        "trilhão": 10**12,
        "trilhões": 10**12,
    },
    months={
        "janeiro": 1,
        "fevereiro": 2,
        "março": 3,
        "abril": 4,
        "maio": 5,
        "junho": 6,
        "julho": 7,
        "agosto": 8,
        "setembro": 9,
        "outubro": 10,
        "novembro": 11,
        "dezembro": 12,
    },
    doubles=frozenset({"se"}),
    pointers=frozenset(
        """
        abaixo acima apresentado citado correspondente descrito determinado disponível explicado indicado mencionado
        referido supracitado
        """.split()
    ),
    plural_nouns=frozenset(
        """
        afazeres anais arredores bodas calças cócegas condolências confins costas cuidados custas escombros
        exéquias fezes férias finanças honorários núpcias óculos olheiras parabéns pêsames primícias reticências
        suspensórios telecomunicações trevas víveres
        """.split()
    )
    | {
        "condições de uso",
        "condições gerais",
        "direitos humanos",
        "obras públicas",
        "primeiros socorros",
        "recursos humanos",
        "relações públicas",
        "termos de uso",
        "termos de utilização",
    },
    locutions=frozenset(
        {
            "a fim de",
            "a partir de",
            "a respeito de",
            "à custa de",
            "à medida que",
            "ao lado de",
            "ao longo de",
            "apesar de",
            "com relação a",
            "de acordo com",
            "de fato",
            "de facto",
            "de forma que",
            "de maneira que",
            "de modo que",
            "de repente",
            "em caso de",
            "em face de",
            "em função de",
            "em geral",
            "em lugar de",
            "em razão de",
            "em relação a",
            "em termos de",
            "em torno de",
            "em vez de",
            "em virtude de",
            "em vista de",
            "graças a",
            "na medida em que",
            "no caso de",
            "por causa de",
            "por conta de",
            "por exemplo",
            "por falta de",
            "por fim",
            "por meio de",
            "por parte de",
            "por sinal",
            "sem dúvida",
        }
    ),
    negation=r"(?<!\bou\s)(?<!\bse\s)\bnão\b(?!\s(?:só|somente|apenas|obstante|necessariamente)\b)(?=\s*\w)",
    negatives=frozenset(
        """
        abst* ausên* ausente* caso contrário* deix* desprovid* diferen* dificuldade* difícil difíceis errad* err*
        esque* evit* exce* exclu* falh* fals* falt* fora ignor* ilega* imped* impeç* impossibili* impossív* incapaz*
        invés jamais lugar menos nada nem nenhum* ninguém nunca não omit* omiss* outra* outro* perd* pouc* proib*
        rara* raro* recus* rejeit* salvo sem senão sequer tampouco vez
        """.split()
    ),
    negative_prefixes=("des", "in", "im", "ir", "i", "mal", "não", "anti"),
)
