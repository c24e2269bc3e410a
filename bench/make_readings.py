"""Makes the files of ``tm/language/readings.py``: what a written word can be.

    python bench/make_readings.py UD_DIR [--languages fr pt es en]

UD_DIR holds ``fr-*-train.tsv.xz`` and ``pt-*-train.tsv.xz``: one token a line, form, lemma and universal
part of speech; of Spanish and English it may hold nothing. What a file has, in this order for each word:

1. the lemma of simplemma's dictionary. It is a verb's if the lemma has as many forms as a verb has
   (English verbs have too few: all its words count as nouns);
2. what the treebanks have it for;
3. verb forms that the dictionary gives to a noun: those that most verbs with such an infinitive have, and
   ``IRREGULAR``;
4. nouns that the dictionary gives to a verb: a form that is itself the lemma of another, and regular plurals.

Beside it, the language's commonest words with their keys, which ``tm/language/forms.py`` asks for.
"""

from __future__ import annotations

import argparse
import json
import lzma
import struct
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from tm.language import forms, lemmas
from tm.language.readings import DICTIONARY, ENCODING, END, LAST, TARGET
from tm.language.text import without_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VERB_FORMS = 12
"""A lemma of so many forms is a verb: nouns and adjectives have four."""

INFINITIVES = {"fr": ("er", "ir", "re"), "pt": ("ar", "er", "ir", "or", "ôr"), "es": ("ar", "er", "ir")}

SURE = {"fr": ("er", "ez")}
"""An infinitive's ending, and a form's that no noun has: a rare verb has few forms in the dictionary."""

OTHERS = ("de",)
"""Languages whose common words have a file, and nothing else: so many look-ups need no dictionary."""

PARTICIPLE = {
    "fr": ("é", "ée", "és", "ées"),
    "pt": ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"),
    "es": ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"),
}
"""Endings of participles, which are adjectives too."""

PLURALS = {
    "fr": (("al", "aux"), ("ail", "aux"), ("au", "aux"), ("eu", "eux"), ("", "s")),
    "pt": (
        ("al", "ais"), ("el", "éis"), ("ol", "óis"), ("ul", "uis"), ("il", "is"), ("il", "eis"),
        ("ão", "ões"),
        ("ão", "ães"), ("ão", "ãos"), ("m", "ns"), ("r", "res"), ("z", "zes"), ("s", "ses"),
        ("ês", "eses"), ("", "s"),
    ),
    "es": (
        ("ón", "ones"), ("án", "anes"), ("ín", "ines"), ("én", "enes"), ("és", "eses"), ("z", "ces"),
        ("l", "les"), ("r", "res"), ("n", "nes"), ("d", "des"), ("s", "ses"), ("", "s"), ("", "es"),
    ),
}  # fmt: skip

IRREGULAR = {
    "fr": """
        avoir:avions,avait,aura; être:été,est,sommes,suis,étions; vivre:vis,vit
        voir:vit,vu,vue,vus,vues,voie; lire:lit,lis,lu,lut
        dire:dit,dits,dite; faire:fait,faits,faite,faites,font; mettre:met,mets,mis,mise,mises
        sortir:sort,sors
        partir:part,pars,partie,parti,partis,parties; servir:sert,sers; courir:court,cours; plaire:plu,plus
        tuer:tue
        taire:tu,tue; pouvoir:puis,peut; sentir:sens,sent; boire:bois,boit,bu,bus; devoir:dois,doit,dû,due,dus
        recevoir:reçu,reçus,reçue; produire:produit,produits,produite
        conduire:conduit,conduits,conduite,conduites
        écrire:écrit,écrits,écrite; acquérir:acquis; prendre:pris,prise,prises; remettre:remis,remise,remises
        permettre:permis; promettre:promis,promise; entreprendre:entreprise,entreprises,entrepris
        surprendre:surprise,surprises; reprendre:reprise,reprises; couvrir:couvert,couverts,couverte
        découvrir:découvert,découverte,découvertes; offrir:offre,offres; venir:venu,venue,venus,venues
        revenir:revenu,revenus,revient; tenir:tenue,tenues,tiens; contenir:contenu,contenus,contenue
        entretenir:entretiens,entretient; soutenir:soutiens,soutient; maintenir:maintiens
        retenir:retenue,retenues
        plaindre:plainte,plaintes; contraindre:contrainte,contraintes; atteindre:atteinte,atteintes
        teindre:teint,teinte,teintes; étendre:étendue,étendues; rendre:rendu,rendus
        battre:battue,battues,bats,bat
        mourir:mort,morte,morts,mortes; fondre:fond,fonds; croire:crois,croit,cru,crue,crues
        issir:issue,issues
        suivre:suivi,suivis,suivie; extraire:extrait,extraits; interdire:interdit; traire:trait,traits
        saillir:saillie,saillies; sortir:sortie,sorties; entrer:entrée; saisir:saisie,saisies
        choisir:choisi,choisie
        vêtir:vêt; attendre:attendu,attendus; défendre:défend; tendre:tends,tend; pendre:pend; tordre:tord
        devenir:devient; tenir:tient; compromettre:compromis;  asseoir:assise,assises
        ouvrir:ouvert,ouverte,ouvre,ouvres,ouvrons,ouvrez,ouvrent,ouvrant
        couvrir:couvre,couvres,couvrons,couvrez,couvrent,couvrant
        découvrir:découvre,découvres,découvrons,découvrez,découvrent; offrir:offres,offrons,offrez,offrent
    """,
    "pt": """
        ser:são,era,eras,sede,fora,foi; ver:vista,vistas,visto,vistos,via,vias,vir
        fazer:feito,feitos,feita,feitas
        pôr:posto,posta,postos,postas; compor:composto,compostos,composta; impor:imposto,impostos,imposta
        propor:proposta,propostas,proposto; dispor:disposto; supor:suposto; escrever:escrita,escrito,escritos
        descobrir:descoberta,descobertas; abrir:aberto,aberta; cobrir:coberta,cobertas,coberto
        morrer:morto,morta,mortos
        dizer:dito; pedir:peça,peças; medir:meça; sair:saia,saias; rir:ria,rio,rias; cair:caia
        crer:cria,crias
        dar:dado,dados,dada,dadas; ir:ida,idas,vão; ganhar:ganho,ganhos; gastar:gasto,gastos; pagar:pago,pagos
        aceitar:aceite; entregar:entregue; expor:exposto; vir:vinda,vindas,vem; seguir:siga; sentir:sinto
        servir:sirva; vestir:visto,vista; parar:para; partir:parto,parte,partes; ceder:cedo; comer:como,coma
    """,
}

FORMS = {
    "fr": "bail:baux émail:émaux corail:coraux vitrail:vitraux soupirail:soupiraux vantail:vantaux sou:sous",
    "en": "leaf:leaves thief:thieves loaf:loaves half:halves calf:calves life:lives shelf:shelves sheaf:sheaves"
    " hoof:hooves axis:axes basis:bases diagnosis:diagnoses ellipsis:ellipses",
}
"""Plurals that the dictionary has for another noun's."""

NOUNS = {
    "fr": "été est sud bas bois dos cours corps temps procès pouvoir devoir savoir",
    "pt": "pelo como ônibus lápis fora",
}
"""Nouns that the rules do not find, since their plural is like them or another word."""

Ruled = tuple[int, int, str, str]


class Words:
    """The readings of each word of a language, gathered."""

    def __init__(self, language: str, treebanks: Iterable[Path]) -> None:
        self.language = language
        self.lemmas: dict[str, str] = dict(DefaultDictionaryFactory().get_dictionary(language))
        forms = Counter(self.lemmas.values())
        endings = INFINITIVES.get(language, ())
        ending, sure = SURE.get(language, ("", ""))
        self.verbs = {
            lemma
            for lemma, count in forms.items()
            if (count >= VERB_FORMS and lemma.endswith(endings))
            or (
                sure
                and lemma.endswith(ending)
                and self.lemmas.get(lemma.removesuffix(ending) + sure) == lemma
            )
        }
        self.readings: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        seen = self._of_treebanks(treebanks)
        self._of_dictionary(seen)
        self._add_seen(seen)
        self._add_verb_forms()
        self._add_nouns()

    def add(self, form: str, lemma: str, part: str, source: int = 0) -> None:
        self.readings[form].setdefault((lemma, part), source)

    def _of_treebanks(self, files: Iterable[Path]) -> dict[str, Counter[tuple[str, str]]]:
        seen: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for file in files:
            for line in lzma.decompress(file.read_bytes()).decode().splitlines():
                form, lemma, part = line.split("\t") if line else ("", "", "")
                if part and part not in ("PROPN", "PUNCT", "SYM", "X", "NUM") and form.isalpha():
                    part = part.split("+")[0]
                    part, lemma = ("VERB" if part == "AUX" else part), lemma.split("+")[0].lower()
                    misses_accent = form.lower() != lemma and without_accents(
                        form.lower()
                    ) == without_accents(lemma)
                    if _encodes(form.lower()) and _encodes(lemma) and lemma != "_" and not misses_accent:
                        seen[form.lower()][lemma, part] += 1
        for counts in seen.values():
            most = sum(counts.values())
            for key, count in list(counts.items()):
                if count < max(2, most / 200) and most > 2:  # an error of annotation, or too rare to count
                    del counts[key]
        return seen

    def _of_dictionary(self, seen: dict[str, Counter[tuple[str, str]]]) -> None:
        plurals = self.lemmas
        for form, lemma in plurals.items():
            if not (_encodes(form) and _encodes(lemma)):
                continue
            if lemma in self.verbs:
                self.add(form, lemma, "VERB", DICTIONARY)
                if form.endswith(PARTICIPLE.get(self.language, ())):
                    self.add(form, lemma, "ADJ")
                continue
            parts = [
                part for (own, part), _ in seen.get(form, Counter()).most_common() if own == lemma.lower()
            ]
            for part in parts or ["NOUN"]:
                self.add(form, lemma, part, DICTIONARY)
            if "NOUN" not in parts and ("ADJ" in parts or plurals.get(f"{lemma}s") == lemma):
                self.add(form, lemma, "NOUN", DICTIONARY)

    def _add_seen(self, seen: dict[str, Counter[tuple[str, str]]]) -> None:
        for form, counts in seen.items():
            for (lemma, part), _ in counts.most_common():
                self.add(form, lemma, part)

    def _add_verb_forms(self) -> None:
        for length in (2, 3):  # three letters: in Portuguese -car has -que
            by_ending: dict[str, Counter[str]] = defaultdict(Counter)
            total = Counter(verb[-length:] for verb in self.verbs)
            for form, lemma in self.lemmas.items():
                if lemma in self.verbs and form.startswith(lemma[:-length]):
                    by_ending[lemma[-length:]][form[len(lemma) - length :]] += 1
            for verb in sorted(self.verbs):
                for ending, count in by_ending[verb[-length:]].items():
                    form = verb[:-length] + ending
                    if count > 0.5 * total[verb[-length:]] and form in self.lemmas:
                        self.add(form, verb, "VERB")
        for line in IRREGULAR.get(self.language, "").replace("\n", ";").split(";"):
            verb, _, forms = line.strip().partition(":")
            for form in forms.split(",") if forms else ():
                self.add(form, verb, "VERB")

    def _add_nouns(self) -> None:
        for noun in NOUNS.get(self.language, "").split():
            self.add(noun, noun, "NOUN")
        for line in FORMS.get(self.language, "").split():
            noun, _, form = line.partition(":")
            self.add(form, noun, "NOUN")
        nouns = {lemma for lemma in self.lemmas.values() if lemma not in self.verbs}
        nouns |= {
            lemma
            for rs in self.readings.values()
            for lemma, part in rs
            if part == "NOUN" and lemma not in self.verbs
        }
        for noun in sorted(nouns):
            is_word = noun in self.readings and noun.isalpha()
            if not is_word or noun.endswith(PARTICIPLE.get(self.language, ())):
                continue
            if all(part == "VERB" or lemma != noun for lemma, part in self.readings[noun]):
                self.add(noun, noun, "NOUN")
            for ending, plural in PLURALS.get(self.language, ()):
                form = noun.removesuffix(ending) + plural
                if not noun.endswith(ending) or form not in self.readings or noun.endswith("s"):
                    continue
                if all(part == "VERB" for _, part in self.readings[form]):
                    self.add(form, noun, "NOUN")

    def ruled(self) -> Iterator[tuple[bytes, tuple[Ruled, ...]]]:
        """Each word, with its readings as rules for its end."""
        for form, found in self.readings.items():
            rules = [(source, *_rule(form, lemma), part) for (lemma, part), source in found.items()]
            yield form.encode(ENCODING), tuple(sorted(rules, key=lambda rule: -rule[0]))


def _encodes(text: str) -> bool:
    try:
        return END not in text.encode(ENCODING)
    except UnicodeEncodeError:
        return False


def _rule(form: str, lemma: str) -> tuple[int, str]:
    """How many letters to take off the form's end, and what to put there, to get the lemma."""
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


class Builder:
    """A minimal graph of sorted words (Daciuk et al. 2000, "Incremental construction of minimal acyclic
    finite-state automata"): a node's edges are known once a word that no longer passes it comes, and it is
    then taken for any node with the same edges."""

    def __init__(self) -> None:
        self.known: dict[tuple[tuple[int, int], ...], int] = {}
        self.nodes: list[tuple[tuple[int, int], ...]] = []
        self._path: list[list[tuple[int, int]]] = [[]]
        self._word = b""

    def add(self, word: bytes) -> None:
        same = 0
        while same < min(len(word), len(self._word)) and word[same] == self._word[same]:
            same += 1
        self._close(same)
        self._path += [[] for _ in word[same:]]
        self._word = word

    def _close(self, depth: int) -> None:
        while len(self._path) > depth + 1:
            edges = tuple(self._path.pop())
            if edges not in self.known:
                self.known[edges] = len(self.nodes)
                self.nodes.append(edges)
            self._path[-1].append((self._word[len(self._path) - 1], self.known[edges]))

    def edges(self) -> bytes:
        """All edges; the root's come first, those of the node without any are one that is never followed."""
        self._close(0)
        order = [tuple(self._path[0]), *self.nodes]
        starts, at = [], 0
        for edges in order:
            starts.append(at)
            at += len(edges)
        packed = [
            letter | (LAST if last == len(edges) - 1 else 0) | starts[target + 1] << TARGET
            for edges in order
            for last, (letter, target) in enumerate(edges)
        ]
        return struct.pack(f"<{len(packed)}I", *packed)


def content(words: Words) -> bytes:
    """A file's content."""
    ruled = dict(words.ruled())
    common = [rules for rules, _ in Counter(ruled.values()).most_common()]
    assert len(common) < 1 << 16
    number = {rules: at for at, rules in enumerate(common)}
    builder = Builder()
    for word in sorted(word + bytes([END, *divmod(number[rules], 256)]) for word, rules in ruled.items()):
        builder.add(word)
    sets = json.dumps(common, ensure_ascii=False, separators=(",", ":"))
    return sets.encode() + b"\n" + builder.edges()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ud", type=Path)
    parser.add_argument("--languages", nargs="+", default=["fr", "pt", "es", "en"])
    parser.add_argument("--to", type=Path, default=Path("tm/language/data"))
    arguments = parser.parse_args()
    for language in arguments.languages:
        words = Words(language, sorted(arguments.ud.glob(f"{language}-*-train.tsv.xz")))
        file = content(words)
        (arguments.to / f"readings-{language}.bin").write_bytes(file)
        print(f"{language}: {len(words.readings):,} words, {len(file):,} bytes")
    for language in [*arguments.languages, *OTHERS]:
        words_in_use = lemmas.commonest(language, forms.COMMON)
        file_of_words = arguments.to / f"common-{language}.txt"
        if not file_of_words.exists():  # the keys ask which words are common
            file_of_words.write_text("".join(f"{word} {word}\n" for word in words_in_use), encoding="utf-8")
        common = "".join(f"{word} {forms.form_key(word, language)}\n" for word in words_in_use)
        file_of_words.write_text(common, encoding="utf-8")


if __name__ == "__main__":
    main()
