"""The singular of words: regular, irregular, invariable and plural only, in compounds, of words no source has."""

import pytest

from tm.language.singular import is_plural, singular

FRENCH = """
    travaux:travail noyaux:noyau normalisées:normalisée virus yeux:œil mégaoctets:mégaoctet généreux
    jeux:jeu bijoux:bijou génératives:générative distribués:distribué timbres-poste:timbre-poste
    porte-avions procès-verbaux:procès-verbal cours fils temps prix taux lunettes nouvelles:nouvelle pays os
    frais pods:pod tweets:tweet cieux:ciel métadonnées:métadonnée vitraux:vitrail eaux:eau émaux:émail
    fiançailles sous-titres:sous-titre arcs-en-ciel:arc-en-ciel réseaux:réseau locaux:local données:donnée
    requis inclus bus canvas gaz mises:mise sujettes:sujette connectés:connecté GPUs:GPU Modèles:Modèle
    coronavirus Kubernetes croix voix choix époux doux roux fonctionnelles:fonctionnelle vaisseaux:vaisseau
    orthogonaux:orthogonal développeurs:développeur micro-services:micro-service microservices:microservice
    sous-réseaux:sous-réseau bas-reliefs:bas-relief chefs-d'œuvre:chef-d'œuvre pixels:pixel logs:log corps
    bois poids procès discours parcours succès accès excès index Linux Windows processus radius
    francs-tireurs:franc-tireur essuie-glaces pare-brise multi-spectrales:multi-spectrale
    multi-bandes:multi-bande pseudo-couleurs:pseudo-couleur raies:raie pneus:pneu landaus:landau bals:bal
    festivals:festival carnavals:carnaval cristaux:cristal journaux:journal bocaux:bocal soupiraux:soupirail
    baux:bail coraux:corail verrous:verrou genoux:genou cailloux:caillou essieux:essieu moyeux:moyeu
    aïeux:aïeul vœux:vœu nœuds:nœud clés:clé clefs:clef grains:grain
"""
"""A form with its singular; alone, a word without a plural of its own, or one that is plural only."""

PORTUGUESE = """
    papéis:papel fáceis:fácil canções:canção pães:pão mãos:mão animais:animal meses:mês gases:gás
    países:país bases:base árvores:árvore livres:livre generativas:generativa alemãs:alemã
    couves-flores:couve-flor palavras-chave:palavra-chave porta-aviões distribuídos:distribuído
    possíveis:possível barris:barril civis:civil fósseis:fóssil lençóis:lençol azuis:azul homens:homem
    vezes:vez redes:rede ônibus férias óculos lápis vírus costas metadados:metadado atlas ciprestes:cipreste
    males:mal flores:flor processadores:processador reais:real níveis:nível túneis:túnel GPUs:GPU chips:chip
    microsserviços:microsserviço contêineres:contêiner VMs:VM multi-espectrais:multi-espectral
    multibandas:multibanda pseudocores:pseudocor sub-redes:sub-rede guarda-chuvas:guarda-chuva saca-rolhas
    tênis cães:cão capitães:capitão irmãos:irmão cidadãos:cidadão corações:coração anzóis:anzol faróis:farol
    fuzis:fuzil projéteis:projétil répteis:réptil túmulos:túmulo cartazes:cartaz juízes:juiz raízes:raiz
    matrizes:matriz fregueses:freguês ingleses:inglês inglesas:inglesa portugueses:português deuses:deus
    jardins:jardim álbuns:álbum bens:bem pólens:pólen hífens:hífen caracteres:caractere clusters:cluster
    pods:pod softwares:software dosagens:dosagem segundas-feiras:segunda-feira obras-primas:obra-prima
    mãos-de-obra:mão-de-obra pés-de-cabra:pé-de-cabra vaga-lumes:vaga-lume abaixo-assinados:abaixo-assinado
    beija-flores:beija-flor decretos-lei:decreto-lei louva-a-deus pontes:ponte fases:fase classes:classe
    análises:análise teses:tese crises:crise oásis pires cais status bônus campus ruins:ruim comuns:comum
    polilinhas:polilinha tubarões:tubarão pneus:pneu museus:museu europeus:europeu europeias:europeia
    gentis:gentil úteis:útil móveis:móvel imóveis:imóvel solúveis:solúvel aguardentes:aguardente
    chapéus:chapéu degraus:degrau navios:navio rios:rio pais:pai
"""


CASES = [
    (language, *(case.split(":") * 2)[:2])
    for language, cases in (("fr", FRENCH), ("pt-BR", PORTUGUESE))
    for case in cases.split()
]


@pytest.mark.parametrize(("language", "form", "one"), CASES)
def test_a_word_has_its_singular(language, form, one):
    assert singular(form, language) == one


@pytest.mark.parametrize(("language", "form", "one"), CASES)
def test_a_singular_stays_as_it_is(language, form, one):
    assert singular(one, language) == one
    assert is_plural(form, language) == (form != one)


def test_capitals_stay_and_other_languages_have_no_table():
    assert singular("Données", "fr") == "Donnée"
    assert singular("DONNÉES", "fr") == "DONNÉE"
    assert singular("ONGs", "fr") == "ONG"
    assert singular("PaaS", "fr") == "PaaS"
    assert singular("SARS-CoV-2", "fr") == "SARS-CoV-2"
    assert singular("sous-échantillonnages", "fr") == "sous-échantillonnage"
    assert singular("sous-jacente", "fr") == "sous-jacente"
    assert singular("Häuser", "de") == "Häuser"
    assert singular("", "fr") == ""


@pytest.mark.parametrize(
    ("word", "language"), [("plus", "fr"), ("ailleurs", "fr"), ("jamais", "pt"), ("ademais", "pt")]
)
def test_what_is_never_a_noun_has_no_singular(word, language):
    assert singular(word, language) == word
