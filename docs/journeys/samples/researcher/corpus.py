"""Writes 200 pairs of short reports, French and Portuguese, into the folder ``reports``: what a researcher has lying about.

The sentences are ours, drawn with a fixed seed; in some reports a sentence is missing on one side, in some two are one.
"""

import random
from pathlib import Path

PLACES = "Arles Braga Cahors Lisboa Nantes Olinda Porto Quimper Recife Santos".split()
SENTENCES = [
    (
        "La station de {place} a mesuré {n} millimètres de pluie.",
        "A estação de {place} mediu {n} milímetros de chuva.",
    ),
    ("Le niveau de la rivière est monté de {n} centimètres.", "O nível do rio subiu {n} centímetros."),
    ("Les capteurs ont été remplacés au printemps.", "Os sensores foram trocados na primavera."),
    (
        "Une panne de courant a interrompu les mesures pendant {n} heures.",
        "Uma queda de energia interrompeu as medições por {n} horas.",
    ),
    ("L’équipe de {place} a nettoyé le pluviomètre.", "A equipe de {place} limpou o pluviômetro."),
    ("La température de l’eau reste stable.", "A temperatura da água continua estável."),
    ("Le vent a soufflé à {n} kilomètres à l’heure.", "O vento soprou a {n} quilômetros por hora."),
    (
        "Deux élèves du lycée de {place} ont visité la station.",
        "Dois alunos do colégio de {place} visitaram a estação.",
    ),
    (
        "Les données manquantes seront complétées le mois prochain.",
        "Os dados que faltam serão completados no mês que vem.",
    ),
    ("Le rapport suivant paraîtra dans {n} semaines.", "O próximo relatório sai em {n} semanas."),
]


def main() -> None:
    """Write the reports."""
    random.seed(20)
    for language in ("fr", "pt"):
        Path("reports", language).mkdir(parents=True, exist_ok=True)
    for number in range(200):
        french, portuguese = [], []
        for source, target in random.sample(SENTENCES, 8):
            values = {"place": random.choice(PLACES), "n": random.randint(2, 98)}
            french.append(source.format(**values))
            portuguese.append(target.format(**values))
        if number % 5 == 0:
            del portuguese[random.randrange(8)]
        for language, sentences in (("fr", french), ("pt", portuguese)):
            path = Path("reports", language, f"{number:03}.txt")
            path.write_text(" ".join(sentences) + "\n", encoding="utf-8")


main()
