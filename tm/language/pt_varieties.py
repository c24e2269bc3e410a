r"""What distinguishes Brazilian Portuguese from European.

Each line of the table is: weight | Brazilian forms | European forms. A weight is the logarithm of how many
times likelier a form is in its variety:

- 4, fifty times: the other variety does not have the form in this sense (ônibus, autocarro);
- 2, seven times: both know it, but one prefers it or means something else by it (time: in Brazil a team;
  fato: in Brazil a fact, in Portugal a suit);
- 1, three times: a leaning.

Weights are judgements, rounded, not counts. Forms are regular expressions; "_" is white space. The two sides
of a line need not correspond form by form.

``_UNLESS`` has forms that mean something else among certain words. ``_SENSES`` has forms that only show a
variety as the translation of a certain word: French, English or Spanish before the bars, ``!`` before what
must not stand in the source.

>>> [len(variety.marks) > 50 for variety in (BRAZIL, PORTUGAL)], (4.0, "autocarros?") in PORTUGAL.marks
([True, True], True)
"""

from tm.language.varieties import Sense, Variety

_SPELLING = r"""
# Before a nasal that begins a syllable, stressed e and o are closed in Brazil, open in Portugal: econômico,
# económico.
# Only estômago and fêmea are closed in both.
4 | (?!estôm|fêm)\w*[êô][mn][aeiou]\w* | \w*[éó][mn][aeiou]\w*
# The same at the end of some loans: bebê, bebé.
4 | (?:beb|com?it|crach|croch|guich|pur|bid)ês? judô metrô | (?:beb|com?it|crach|croch|guich|pur|bid)és?
# Since 1990 each writes the consonants it pronounces, and Portugal pronounces fewer: aspecto, aspeto;
# but facto, fato.
4 | contatos? | (?:rece|perce|conce|dece)(?:ção|ções) aspetos? perspetivas?
4 | contatar\w* contatou | espetador\w* respetiv\w+ dete(?:ção|tar)
4 |  | factos? contactos? contactar\w* contactou infe(?:ção|ções)
2 | (?:recep|percep|concep|decep)(?:ção|ções) fatos? de_fato |
# Silent consonants, in Portugal before that agreement: acção, óptimo.
4 |  | (?:re|inter|trans|abstr|atr|contr|extr|fr|distr)?acç(?:ão|ões)
4 |  | (?:dir|sel|col|prot|corr|proj|obj|inj|s|insp)ecç(?:ão|ões)
4 |  | actua(?:l|is|lidade|lmente|lizar|lização|r|ção) actos? activ[oa]s? activid\w+
4 |  | activar actores actriz adopt(?:ar|ad[oa]s?|ou)
4 |  | (?:pro|ob)ject(?:os?|ar|ad[oa]s?|iv[oa]s?) direct[oa]s? directamente
4 |  | director(?:a|es|as) correct[oa]s? correctamente
4 |  | exact[oa]s? exactamente efect(?:u|iv)\w+ eléctric[oa]s?
4 |  | electr[óo]nic[oa]s? arquitect[oa]s? arquitectura tectos? afectad[oa]s?
4 |  | óptim[oa]s? baptismo baptizad[oa] egipto excep(?:to|ção|ções) sectores
# Other letters that differ.
4 | úmid[oa]s? umidade sutil | húmid[oa]s? humidade subtil
4 | sutilmente sutis cotidian[oa]s? | subtilmente subtis quotidian[oa]s?
4 | quatorze dezesse(?:is|te) dezenove conosco | dezasse(?:is|te) dezanove connosco
4 | registr(?:os?|ar|ou|ad[oa]s?) planej(?:ar|ad[oa]s?|amentos?) | registos? regist(?:ar|ou|ad[oa]s?|ando)
4 | monitor(?:ar|amento|ad[oa]s?) estoques? rastros? | monitoriz(?:ar|ação|ad[oa]s?) rastos?
4 | câmeras? terremotos? suntuos[oa]s? | terramotos? sumptuos[oa]s? contacte(?:m|mos)?
4 | alugu(?:el|éis) bilheterias? lavanderias? calour[oa]s? | alugue(?:r|res) bilheteiras? lavandarias? caloir[oa]s?
4 |  | dete(?:ta|tam|te|tou|tad[oa]s?|tor|tores) expetativas? expetáve(?:l|is) (?:retro|pro|intro)spetiv[oa]s?
4 |  | actualiz\w+ (?:des|re|in)?activ(?:[oa]s?|ar|ad[oa]s?|ação|amente) seleccion\w+ optimiz\w+ director(?:ia|ias)
4 |  | (?:sub)?directóri[oa]s? colecciona\w+ reflect(?:ir|e|em) contracç(?:ão|ões) projectar
4 | equipes? controles | planea(?:r|d[oa]s?|mentos?) equipas
"""
_WORDS = r"""
# Computers.
4 | usuári[oa]s? acess(?:ar|ou|ando) | utilizador(?:a|es|as)? aceder(?:am|á)?
4 | deletar gerenci(?:ar|a|ad[oa]s?|amento|ador|adores) | acedeu
4 | aplicativos? planilhas? celulares | ficheiros? ecrãs?
4 | baixando banco_de_dados mídias? | folhas?_de_cálculo telemóve(?:l|is) hiperligaç(?:ão|ões)
4 | compartilh(?:ar|a|ou|ad[oa]s?|amento|ando) | partilh(?:ar|a|ou|ad[oa]s?)
4 | cadastr(?:ar|os?|ad[oa]s?) | descarreg(?:a|am|ar|ou|ue|uem|amos|ad[oa]s?|amentos?|ando) palavras?-passe
4 | log(?:ar|ado|ada|ou) | premir premid[oa]s? premindo consolas? sítios?_web
4 |  | (?:botão|ponteiro|cursor|roda|clique)_(?:(?:direito|esquerdo|central)_)?do_rato com_o_rato
2 | aprendizado treinamentos? arquivos? salvar | sítios? predefini(?:d[oa]s?|ção|ções)
2 | senhas? telas? mouse celular sites? | omissão controlo
1 | padrão configurações | ligação definições aprendizagem
# Sport and traffic.
4 | ônibus trens torcidas? | autocarros? comboios? guarda-redes
4 | torcedor(?:es)? goleiros? esportes? esportiv[oa]s? | desportos? desportiv[oa]s? golos?
4 | caminh(?:ão|ões) pedestres? aeromoças? acostamento | cami(?:ão|ões) auto-?estradas? hospedeira_de_bordo
4 | caminhoneir[oa]s? pedágios? caronas? rotatórias? gramados? | camionistas? portage(?:m|ns) boleias? rotundas? relvados?
4 |  | gasóleo travões bermas? (?:[àao]|d[ao]|n[ao]|pel[ao]|uma|numa|sua|nossa|esta|desta|nesta|nova|cada)_equipa
2 | times? trem gols? copa_do_mundo | equipa
# Home, health, money.
4 | geladeiras? banheiros? café_da_manhã | frigoríficos? casas?_de_banho
4 | sorvetes? xícaras? açougues? câncer | pequenos?-almoços? chávenas? cancro
4 | bilh(?:ão|ões) trilh(?:ão|ões) | mil_milhões raparigas?
4 | r\$\s*\d+ aposentadorias? aposentad[oa]s? | miúd[oa]s? se_calhar
4 | abacaxis? lanchonetes? mamadeiras? quadrinhos gibis? | talhos? sandes esparguete biberões biberão candeeiros?
4 | sucos? | (?:sumos?)_de_\w+ banda_desenhada casas?_de_banho fatos?_de_banho rés-do-chão multibanco montras? betão
# Public life.
4 | prefeitos? prefeituras? governo_federal | autarquias? autárquic[oa]s? concelhos? juntas?_de_freguesia
2 | estaduais | câmaras?_municipa(?:l|is) freguesias?
2 | polícia_federal pesquisador(?:a|es|as)? | escudos investigador(?:a|es|as)?
# Names.
4 | moscou vietnã amsterdã | moscovo vietname amesterdão
4 | bagdá tchec[oa]s? nova_york polon(?:ês|esa|eses) | bagdade nova_iorque polac[oa]s?
4 | teerã irã copenhague iugoslávia | teerão copenhaga jugoslávia estugarda palestinian[oa]s?
4 | canadenses? israelenses? oriente_médio | canadian[oa]s? israelitas? médio_oriente
"""
_TURNS = r"""
# To be doing something: a gerund in Brazil, an infinitive in Portugal.
4 | est(?:ou|á|amos|ão|avam?|ive|eve|iveram|ar|ará|aria)_\w+[aei]ndo |
4 |  | est(?:ou|á|amos|ão|avam?|ive|eve|iveram|ar|ará|aria)_a_\w+[aei]r
2 | (?:continu|and|fic)(?:am?|ou|aram|ava)_\w+[aei]ndo | (?:continu|and|fic)(?:am?|ou|aram|ava)_a_\w+[aei]r
# Who is spoken to.
4 |  | podes tens queres deves estás sabes fazes vais
2 | a_gente vocês? | convosco contigo
# Articles before possessives and contractions of em and um can be left out, and in Brazil more often are.
1 | em_uma? (?:em|por|com|para|de)_(?:seus?|suas?) | nu(?:m|ma|ns|mas) dum duma cá
"""

_UNLESS = (
    (
        "descarreg",
        r"bateri|pilha|acumulador|condensador|capacitor|energia|armas?\b|fuzil|buffer|navio|carga|raiva|tensão|caminhão",
    ),
)
"""Forms that prove nothing in a text with such a word."""

_SENSES = r"""
# European first: what the source has, then the form.
connexions? connections? conexión conexiones | ligaç(?:ão|ões)
liens? links? !liaison !connect | ligaç(?:ão|ões)
configurations? réglages? paramètres? settings? !défini !defin | definiç(?:ão|ões)
enregistre(?:[rzs]|ments?)? sauvegarde[rzs]? save[ds]? saving guardar !gard !keep !kept !stor !conserv | guard(?:ar|e|ou|a|ad[oa]s?)
supprime[rz]? effacer delete[ds]? !élimin !eliminat | elimin(?:ar|e|ou|a|ad[oa]s?)
gérer gérez gère manag(?:e|es|ed|ing) | gerir gere gerid[oa]s?
souris mouse survol\w* hover\w* | ratos?
équipes? teams? equipos? | equipas?
appuye[rz] press pulse !cousin | prima
onglets? tabs? pestañas? !séparat !separat | separador(?:es)?
défaut defaults? | predefini(?:d[oa]s?|ção|ções) omissão
nom_de_famille surname last_name | apelidos?
télécharg\w* download\w* descarg\w* baix\w* | descarreg\w+
costumes? suits? | fatos?
retraites? retirement | reformas?
glaces? ice_cream | gelados?
jus juices? | sumos?
----
# Brazilian.
fichiers? files? ficheros? !archiv | arquivos?
équipes? teams? !time !temps !fois | times?
trains? | tre(?:m|ns)
souris mouse | mouse
enregistre[rz] sauvegarde[rz] save[ds]? !sauve[rzs]?\b !rescu | salv(?:ar|e|o|a|ou)
costumes? suits? | ternos?
"""


def _senses(part: int) -> tuple[Sense, ...]:
    rows = [line.split(" | ") for line in _SENSES.split("----")[part].splitlines() if " | " in line]
    return tuple(Sense.of(*row) for row in rows)


def _marks(column: int) -> tuple[tuple[float, str], ...]:
    lines = (_SPELLING + _WORDS + _TURNS).splitlines()
    rows = [line.split(" |") for line in lines if line and not line.startswith("#")]
    return tuple((float(row[0]), form.replace("_", r"\s+")) for row in rows for form in row[column].split())


BRAZIL = Variety("pt-BR", _marks(1), senses=_senses(1))
PORTUGAL = Variety("pt-PT", _marks(2), _UNLESS, _senses(0))
