"""What distinguishes languages in writing: their script, their letters, and for some their function words.

Word rates come from wordfreq. The word lists here are for languages that it lacks: the commonest function
words, the commonest first, so that by Zipf's law the rank of a word gives its rate.

>>> croatian = next(profile for profile in PROFILES if profile.tag == "hr")
>>> croatian.script, croatian.list, "vreme" in croatian.excluded, "vrijeme" in croatian.excluded
('Latin', 'sh', True, False)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """How a language looks in writing.

    Attributes:
        tag: BCP 47.
        script: as Unicode names it.
        letters: its small letters beyond the script's BASIC ones.
        words: function words, the commonest first; "" where wordfreq has the language.
        list: wordfreq's code for the language.
        kin: languages with largely the same words; they are asked for words that its own list lacks.
        endings: an expression for the ends of its longer words, where there is neither list nor kin.
        letter_by_letter: from the letters in which its list is written to its own.
        excluded: words of its list that belong to another language, which shares the list.
    """

    tag: str
    script: str
    letters: str = ""
    words: str = ""
    list: str = ""
    kin: tuple[str, ...] = ()
    endings: str = ""
    letter_by_letter: Mapping[str, str] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()


BASIC = {
    "Latin": "abcdefghijklmnopqrstuvwxyz",
    "Cyrillic": "абвгдежзклмнопрстуфхцчш",
}
"""Letters that need no mention in a profile, by script."""

FIRST = frozenset({"fr", "pt", "gl", "es", "ca", "it", "ro", "en"})
"""Tried before all others: the languages of most users, and those that could be mistaken for them."""

_LATIN = {
    "fr": "àâæçéèêëîïôœùûüÿ",
    "pt": "áâãàçéêíóôõúü",
    "es": "áéíñóúü",
    "it": "àèéìíîòóùú",
    "ca": "àçèéíïòóúü",
    "ro": "ăâîșțşţ",
    "en": "",
    "de": "äöüß",
    "nl": "áèéëïíóöü",
    "sv": "åäöé",
    "da": "æøåé",
    "nb": "æøåéòôó",
    "fi": "äöå",
    "is": "áéíóúýþæöð",
    "hu": "áéíóöőúüű",
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "tr": "çğıöşüâîû",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "id": "",
    "ms": "",
    "fil": "ñ",
}
_GALICIAN = """
    de a e o que en do da un unha os para as no por na con se non dos ao é como máis das á foi é ou son
    seu súa pola polo nos nas tamén entre ser está este esta pero dun dunha moi ten cando aos ata hai
    era foron só todo onde onde nunha nun sobre estes estas outros outras cada despois ademais porque
    desde sen isto coa co cos coas eu ti el ela nós vós eles elas lle lles me che nos vos meu miña noso
    nosa teu túa mesmo mesma xa aínda sempre nunca agora hoxe onte mañá aquí alí ben mal tan tanto moito
    moita moitos moitas pouco algún algunha ningún ningunha pode poden debe ten teñen fai fan xente
    xeral xunto galego lingua ano anos día días segundo durante mentres así entón logo mellor dende
    deste desta deses destas neste nesta naquel aquel aquela ese esa iso aquilo quen cal cales cuxo cuxa
    todos todas tódolos tódalas
    """
_ESTONIAN = """
    ja on ei et see ta oli ka mis kui oma aga mida ma seda selle või siis nii ning nad kes me olid tema
    välja veel mitte aasta pärast kuid üle minu tuleb nende ole oma ainult sest juba enam kõik olema
    peab väga kus saab kuidas iga pole nagu sellest sama teda eesti vaid kuni kas mul palju ega olla ole
    oleks üks kaks mees inimesed küll võib meie teie seal siin nüüd praegu enne juures vahel poolt jaoks
    eest peale alla ette tagasi ise igal uue faili ühe
    """
_BASQUE = """
    eta da du ez bat dira zen izan dute ere egin den baina dituen duen zuen hau hori dela dago edo beste
    egiten baino bere batean guztiak zuten ziren dio gure bezala lehen izango honetan horren baten
    horrek diren nahi behar oso hau honek bi hain orain bai zer nola non noiz nor zein euskal urte arte
    dutela gabe batek nik zuk hark guk zuek haiek naiz zara gara zarete daude zegoen ditu dizu diot zion
    eginda arabera bidez buruz ondoren aurretik artean
    """
_ALBANIAN = """
    të e në dhe i për me një që nga se është nuk më si ka u do ai por kjo kanë ky ishte janë ajo këtë
    ose kur duke edhe pas mund tij saj tyre ata ato ne ju unë ti jam jemi jeni kishte ndaj para deri mes
    pa po jo shumë vetëm gjithë çdo tjetër tjera vit viti sipas kështu këto atë tek te prej sot tani ku
    çfarë kush pse qenë bërë veçanërisht ndërsa
    """
_ESPERANTO = """
    la de kaj en estas al ne por ke mi kun vi por el li ĝi pri tio oni kiu sed pli ĉi ili kiel ankaŭ da
    estis unu se ĝis ni ŝi nur kio tiu tiuj kiuj havas povas devas ĉiuj ĉiu inter post antaŭ dum sur per
    aŭ tre jam nun tie kie kiam ĉar mia via lia ŝia ilia nia sia ties esti havi povi fari iu ia io iam
    ĉio nenio neniu plej sen sub super tra trans
    """
_AFRIKAANS = """
    die van en in is het nie wat te om dat met vir op sy hy aan was ek ook word as deur hulle by kan sal
    maar ons haar tot hierdie uit jy so nog oor meer moet na hom dit wees een baie kon wou toe want daar
    hier jou my julle self geen elke ander tussen voor ná sonder omdat terwyl waar hoe wie waarom nou
    dan al net eers weer eintlik mense jaar sê gesê
    """
_IRISH = """
    an na agus a i ar ag is le do go bhí sé tá de sin ó atá mar ní nach sa é as ach faoi leis mé siad sí
    bheith san ann seo chun gur iad aon raibh ina den don air tú muid sibh mo ár bhfuil nuair idir roimh
    tar éis gach eile féin níl cad cá cén conas áit lá bliain duine daoine gaeilge bhur dom duit dó di
    dúinn daoibh dóibh agam agat aige aici againn
    """
_WELSH = """
    y yn a i o ar yr mae gan ei am wedi ac oedd bod hefyd fel ond hyn eu ni un mewn ein na nid roedd
    ddim fod yw gyda oes sydd i'r o'r a'r wrth hi ef nhw chi fi ti pan lle beth pwy pam sut bydd byddai
    cael gwneud mynd dod rhai pob llawer iawn nawr yma yno cymru cymraeg blwyddyn pobl rhwng dros dan
    trwy cyn ar ôl oherwydd felly neu os
    """
_BELARUSIAN = """
    і у на не з што ў да як я ён за гэта па а яго для але ад яна так мы вы яны быў была было былі гэты
    гэтая толькі калі ці таксама ёсць яшчэ бо пра пры каб усе ўсё усіх іх яму ёй ім мне мяне цябе вас
    нас мой твой наш ваш свой іншыя можа трэба вельмі тут там дзе хто чаму потым цяпер сёння беларусі
    год гады людзі паміж пасля перад праз над пад
    """
_SERBIAN = {
    "lj": "љ",
    "nj": "њ",
    "dž": "џ",
    **dict(zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True)),
}
"""Serbian in Latin letters, as wordfreq lists it, to Cyrillic; two letters for one come first."""

_EKAVIAN = """
    gde ovde negde svugde ponegde posle pre uvek vreme reč reči reka reke dete deca mesto mesta mesec
    meseci nedelja nedelje svet sveta svetu cela celo celu ceo cele deo dela delu dve dvema obe lepo
    lepa lep videti video htela hteo želeo voleo razumeti razumeo verovati verujem mera mere meri primer
    primera vrednost vrednosti promena promene promeni rešenje uspeh uspešno sledeći sledeća sledeće
    sledećem prethodni smer smeru dodeljeno brisanje neko ko šta tačka tačno saradnja hiljada opšti
    opšte takođe evropa evropske uopšte bezbednost sopstveni fajl
    """
_IJEKAVIAN = """
    gdje ovdje negdje svugdje ponegdje poslije prije uvijek vrijeme vremenu riječ riječi rijeka rijeke
    dijete djeca mjesto mjesta mjesec mjeseci nedjelja nedjelje svijet svijeta svijetu cijela cijelo
    cijelu cijeli cijele dio dijela dijelu dvije objema obje lijepo lijepa lijep vidjeti vidio htjela
    htio želio volio razumjeti razumio vjerovati vjerujem mjera mjere primjer primjera vrijednost
    vrijednosti promjena promjene promijeni rješenje uspjeh uspješno sljedeći sljedeća sljedeće
    slijedeće smjer smjeru dodijeljeno netko tko što točka točno suradnja tisuća opći opće također
    europa europske uopće vlastiti sustav
    """
PROFILES = (
    *(Profile(tag, "Latin", letters, list=tag) for tag, letters in _LATIN.items()),
    Profile("hr", "Latin", "čćđšž", list="sh", excluded=frozenset(_EKAVIAN.split())),
    Profile("sr-Latn", "Latin", "čćđšž", list="sh", excluded=frozenset(_IJEKAVIAN.split())),
    Profile(
        "gl",
        "Latin",
        "áéíñóúüï",
        _GALICIAN,
        kin=("pt", "es"),
        endings="(?:cións|sións|óns|iño|iña|iños|iñas|eiro|eiros|xe|xes|xente|xen)",
    ),
    Profile(
        "et",
        "Latin",
        "äõöüšž",
        _ESTONIAN,
        endings="(?:ud|nud|tud|takse|vad|mine|mise|mist|dega|tele|dele|ides|isse|sest|lt|ks)",
    ),
    Profile(
        "eu",
        "Latin",
        "ñ",
        _BASQUE,
        endings="(?:ak|ek|ik|tzen|tzeko|ten|tik|tan|etan|ean|aren|eren|eko|ko|rako|tasun|zio|dun|gabe)",
    ),
    Profile(
        "sq",
        "Latin",
        "çë",
        _ALBANIAN,
        endings="(?:shme|shëm|ë|ën|ësh|ve|uar|it|imi|imit|ore|isht|esë|eve|ave|inë|uara|ohet|ojnë)",
    ),
    Profile(
        "eo",
        "Latin",
        "ĉĝĥĵŝŭ",
        _ESPERANTO,
        endings="(?:oj|ojn|on|aj|ajn|an|as|is|os|us|igi|iĝas|ita|ata|anta|ante|ado|eco|ejo|ilo|ujo)",
    ),
    Profile("af", "Latin", "áêëéèôöûïî", _AFRIKAANS, kin=("nl",)),
    Profile(
        "ga",
        "Latin",
        "áéíóú",
        _IRISH,
        endings="(?:adh|aidh|acht|anna|aí|íonn|ann|ach|úil|eadh|igh|ithe|tha|óir|íocht|eann)",
    ),
    Profile(
        "cy",
        "Latin",
        "âêîôûŵŷ",
        _WELSH,
        endings="(?:wyd|odd|iad|aeth|wr|wyr|au|ion|ydd|edd|eth|igrwydd|iaeth|aidd|asant|wch|ych|io)",
    ),
    Profile("ru", "Cyrillic", "ийщъыьэюяё", list="ru"),
    Profile("uk", "Cyrillic", "ийщьюяґєії", list="uk"),
    Profile("bg", "Cyrillic", "ийщъьюя", list="bg"),
    Profile("mk", "Cyrillic", "иѓѕјљњќџѐѝ", list="mk"),
    Profile(
        "be",
        "Cyrillic",
        "йыьэюяёіў",
        _BELARUSIAN,
        endings="(?:цца|ць|амі|ямі|ымі|ага|яга|ыя|ія|ай|асць|нне|не)",
    ),
    Profile("sr", "Cyrillic", "иђјљњћџ", list="sh", letter_by_letter=_SERBIAN),
    Profile("ar", "Arabic", list="ar"),
    Profile("fa", "Arabic", list="fa"),
    Profile("ur", "Arabic", list="ur"),
    Profile("el", "Greek"),
    Profile("he", "Hebrew"),
    Profile("hi", "Devanagari"),
    Profile("bn", "Bengali"),
    Profile("ta", "Tamil"),
    Profile("te", "Telugu"),
    Profile("kn", "Kannada"),
    Profile("ml", "Malayalam"),
    Profile("gu", "Gujarati"),
    Profile("pa", "Gurmukhi"),
    Profile("si", "Sinhala"),
    Profile("th", "Thai"),
    Profile("lo", "Lao"),
    Profile("km", "Khmer"),
    Profile("my", "Myanmar"),
    Profile("ka", "Georgian"),
    Profile("hy", "Armenian"),
    Profile("am", "Ethiopic"),
    Profile("ko", "Hangul"),
    Profile("ja", "Kana"),
    Profile("zh", "Han"),
)
"""Each language that can be detected. Where several share a script, their words decide."""
