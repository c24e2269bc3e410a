"""French.

The table in ``languages.py`` says what a language can bring. What is not in this file:

- abbreviations (``av. Foch``) and other rules of sentences: ``rules.srx``, the list "French";
- its letters, for detection: ``profiles.py``; word rates and lemmas: packages (``lemmas.py``);
- the tagger's weights: ``data/tagger-fr.xz``, trained by ``bench/train_tagger.py``;
- spaces before ``; : ! ?`` and quotation marks: ``tm/checks/french.py``;
- plural forms of PO files: ``tm/formats/plurals.py``.
"""

from tm.language.languages import Language

FRENCH = Language(
    tag="fr",
    elisions=frozenset("l d j m n s t c qu jusqu lorsqu puisqu quoiqu quelqu presqu".split()),
    contractions={"du": ("de", "le"), "des": ("de", "les"), "au": ("à", "le"), "aux": ("à", "les")},
    stop_words=frozenset(
        """
        à afin ai ainsi alors après as assez au aucun aucune auquel aussi autant autre autres aux
        auxquelles auxquels avaient avait avant avec avez avoir avons ayant beaucoup bien c car ce ceci
        cela celle celle-ci celles celui celui-ci cependant certain certaine certaines certains ces cet
        cette ceux ceux-ci chacun chacune chaque chez ci combien comme comment compris contre d dans de
        dehors déjà delà depuis des dès desquelles desquels deux devant doit doivent donc dont du duquel
        durant elle elles en encore enfin ensuite entre es est et étaient était étant été être eu eux
        fait font fut guère hors ici il ils j jamais je jusqu jusque l la là laquelle le lequel les
        lesquelles lesquels leur leurs loin lors lorsqu lorsque lui m ma maintenant mais malgré me même
        mêmes mes mien moi moins mon n ne néanmoins ni non nos notamment notre nous on ont or ou où
        outre par parce parfois parmi pas pendant peu peut peuvent plusieurs pour pourquoi pourtant près
        presque puis puisque qu quand quant que quel quelle quelles quelque quelques quels qui quiconque
        quoi quoique s sa sans sauf se sein selon sera serait seront ses si sien sinon soi soit sommes
        son sont souvent sous suis sur surtout t ta tandis tant te tel telle telles tels tes toi ton
        toujours tous tout toute toutefois toutes très trop tu un une va vers via voici voilà vont vos
        votre vous vu y
        """.split()
    ),
    general_nouns=frozenset(
        """
        aide an année approche après-midi aspect attention autre avantage avis beaucoup besoin bord bout
        but capacité cas catégorie cause centaine chance changement choix chose circonstance condition
        conséquence contexte contraire contraste côté début demi dernier difficulté différence dizaine
        domaine doute douzaine effet effort élément endroit ensemble envie époque erreur espèce état
        étape étendue événement exception exemple façon faculté fait fin fois futur gens genre grandeur
        heure idée importance impression inconvénient individu instant intention jour journée lieu
        limite main majorité manière manque matin maximum mesure milieu millier milliard million minimum
        minorité minute mode moitié moment mois monde mot moyen nature niveau nom nombre nuit objectif
        occasion opposition ordre origine partie passé peine période personne perspective phrase pièce
        place plupart point possibilité pourcentage premier présence présent principe problème propos
        proportion quantité quart question raison reste résultat rôle seconde semaine sens série siècle
        situation soir solution somme sorte souhait suite sujet temps terme tiers titre total tour trait
        trimestre utilisation variété version vie vingtaine trentaine voie volonté vue week-end
        """.split()
    ),
    general_adjectives=frozenset(
        """
        actuel adéquat admirable agréable ancien approprié autre beau bizarre bon brusque célèbre
        certain complet compliqué concerné considérable convenable crucial curieux décisif dernier
        différent difficile divers drôle énorme entier essentiel éventuel évident exact excellent
        exceptionnel extraordinaire facile faible fameux favorable fondamental formidable futur
        gigantesque grand grave heureux horrible identique immédiat immense important impossible
        inattendu indispensable inévitable insuffisant intéressant inutile joli joyeux large magnifique
        majeur malheureux massif mauvais meilleur mineur moindre nécessaire nombreux nouveau particulier
        parfait passé petit pire plein possible potentiel précédent précis précieux premier présent
        principal probable prochain puissant quelconque rare récent remarquable respectif restant riche
        sérieux seul significatif similaire soudain suffisant suivant superbe supposé sûr tardif tel
        terrible triste typique ultime usuel utile vaste véritable vieux vrai
        """.split()
    ),
    articles={
        "le": "masculine",
        "la": "feminine",
        "les": "",
        "l'": "",
        "un": "masculine",
        "une": "feminine",
    },
    participle=r"ée?s? |(?:ie?s?|ites?|its|ues?|us?|[ai]nte?s?|erte?s?) \w+(?:ir|re)$",
    linking=frozenset({"de", "à", "en"}),
    numerals={
        "zéro": 0,
        "un": 1,
        "une": 1,
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
        "six": 6,
        "sept": 7,
        "huit": 8,
        "neuf": 9,
        "dix": 10,
        "onze": 11,
        "douze": 12,
        "treize": 13,
        "quatorze": 14,
        "quinze": 15,
        "seize": 16,
        "dix-sept": 17,
        "dix-huit": 18,
        "dix-neuf": 19,
        "vingt": 20,
        "vingts": 20,
        "trente": 30,
        "quarante": 40,
        "cinquante": 50,
        "soixante": 60,
        "septante": 70,
        "huitante": 80,
        "octante": 80,
        "nonante": 90,
        "cent": 100,
        "cents": 100,
        "premier": 1,
        "première": 1,
        "premiers": 1,
        "premières": 1,
        "second": 2,
        "seconde": 2,
        "deuxième": 2,
        "troisième": 3,
        "quatrième": 4,
        "cinquième": 5,
        "sixième": 6,
        "septième": 7,
        "huitième": 8,
        "neuvième": 9,
        "dixième": 10,
    },
    number_names={
        "paire": 2,
        "paires": 2,
        "couple": 2,
        "couples": 2,
        "triplet": 3,
        "triplets": 3,
        "quadruplet": 4,
        "quintuplet": 5,
        "quintuplets": 5,
        "tierce": 3,
        "tierces": 3,
        "tiers": 3,
        "dizaine": 10,
        "douzaine": 12,
        "quinzaine": 15,
        "vingtaine": 20,
        "trentaine": 30,
        "centaine": 100,
        "centaines": 100,
        "millier": 1000,
        "milliers": 1000,
        "moitié": 2,
        "demi": 2,
        "demie": 2,
        "quart": 4,
        "quarts": 4,
        "onzième": 11,
        "douzième": 12,
        "treizième": 13,
        "quatorzième": 14,
        "quinzième": 15,
        "seizième": 16,
        "unième": 1,
        "vingtième": 20,
        "trentième": 30,
        "quarantième": 40,
        "cinquantième": 50,
        "soixantième": 60,
        "centième": 100,
        "millième": 1000,
    },
    loose_numerals=frozenset(
        """
        demi demie quart quarts
        un une premier première premiers premières second seconde neuf mille paire paires couple couples
        triplet triplets quadruplet quintuplet quintuplets tierce tierces tiers dizaine douzaine quinzaine
        vingtaine trentaine centaine centaines millier milliers moitié
        """.split()
    ),
    numeral_links=frozenset({"et"}),
    scales={
        "mille": 10**3,
        "milles": 10**3,
        "million": 10**6,
        "millions": 10**6,
        "milliard": 10**9,
        "milliards": 10**9,
        "billion": 10**12,
        "billions": 10**12,
    },
    months={
        "janvier": 1,
        "février": 2,
        "mars": 3,
        "avril": 4,
        "mai": 5,
        "juin": 6,
        "juillet": 7,
        "août": 8,
        "septembre": 9,
        "octobre": 10,
        "novembre": 11,
        "décembre": 12,
    },
    doubles=frozenset({"nous", "vous"}),
    pointers=frozenset(
        """
        ci-après ci-contre ci-dessous ci-dessus cité concerné correspondant décrit disponible donné évoqué
        expliqué indiqué mentionné précité présenté susmentionné
        """.split()
    ),
    plural_nouns=frozenset(
        """
        affres aguets alentours annales archives armoiries arrhes catacombes ciseaux condoléances confins
        décombres dépens doléances échecs entrailles environs fiançailles finances floralies frais funérailles
        gens gravats honoraires intempéries lunettes mathématiques matines mœurs moeurs obsèques oreillons
        pénates pierreries pourparlers prémices proches représailles télécommunications ténèbres thermes
        toilettes vacances victuailles vivres
        """.split()
    )
    | {
        "conditions d'utilisation",
        "conditions générales",
        "droits de l'homme",
        "premiers secours",
        "premiers soins",
        "relations publiques",
        "ressources humaines",
        "soins de santé",
        "soins intensifs",
        "soins palliatifs",
        "travaux publics",
    },
    locutions=frozenset(
        {
            "à cause de",
            "à côté de",
            "à défaut de",
            "à force de",
            "à la place de",
            "à la suite de",
            "à part",
            "à peine",
            "à titre de",
            "au bout de",
            "au cours de",
            "au fur et à mesure",
            "au lieu de",
            "au moyen de",
            "au niveau de",
            "au sein de",
            "au sujet de",
            "d'abord",
            "d'ailleurs",
            "dans la mesure où",
            "de façon à",
            "de la part de",
            "de manière à",
            "de peur de",
            "de sorte que",
            "de suite",
            "du coup",
            "en cas de",
            "en cours de",
            "en dépit de",
            "en effet",
            "en face de",
            "en fait",
            "en fin de compte",
            "en fonction de",
            "en général",
            "en raison de",
            "en tant que",
            "en train de",
            "en vue de",
            "faute de",
            "grâce à",
            "le long de",
            "par contre",
            "par exemple",
            "par hasard",
            "par rapport à",
            "par suite de",
            "sans cesse",
            "sans doute",
            "tout à coup",
            "tout à fait",
            "tout droit",
        }
    ),
    spellings={
        "allégement": "allègement",
        "cacahouète": "cacahuète",
        "clef": "clé",
        "crémerie": "crèmerie",
        "cuiller": "cuillère",
        "évènement": "événement",
        "évènementiel": "événementiel",
        "nénufar": "nénuphar",
        "ognon": "oignon",
        "règlementaire": "réglementaire",
        "règlementation": "réglementation",
        "sècheresse": "sécheresse",
        "yogourt": "yaourt",
        "yoghourt": "yaourt",
    },
    negation=(
        r"(?:\b(?:ne\s|n['’])(?:\S+\s){0,4}?(?:pas|jamais|aucune?|rien|nulle\spart)\b|^(?:pas\sd[e'’]|aucune?\s))"
        r"(?!\s(?:seulement|uniquement|simplement|forcément|nécessairement|que)\b)"
    ),
    negatives=frozenset(
        """
        abandon* absen* aucun aucune autre autres autrement contraire contrairement défaut dépourvu* différen*
        difficil* échec* échou* empêch* erron* évit* excepté exclu* faux fausse fausses hors ignor* illégal*
        impossib* incapa* interdi* introuvable* inutil* jamais lieu manqu* mauvais* moins n ne ni non nul nulle nulles nuls omet*
        omis* omission oubli* pas perd* peu personne plutôt rare* refus* rejet* rien sans sauf sinon
        """.split()
    ),
    negative_prefixes=("dés", "dé", "in", "im", "ir", "il", "mal", "mé", "non"),
)
