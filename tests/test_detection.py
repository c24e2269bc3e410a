"""Languages and varieties told from the text alone. The sentences are ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm import bcp47
from tm.language import detect
from tm.language.detection import Detection
from tm.language.profiles import PROFILES
from tm.language.varieties import Variety, variety

SENTENCES = {
    "fr": "Où est la gare ?|Merci beaucoup pour votre aide.|Le fichier est introuvable.|Je n’ai pas compris.|Voir aussi",
    "pt": "Onde fica a estação?|Muito obrigado pela ajuda.|Não entendi.|A reunião começa às dez horas.|Veja também",
    "es": "¿Dónde está la estación?|Muchas gracias por su ayuda.|No lo entiendo.|La reunión empieza a las diez.",
    "it": "Dov'è la stazione?|Grazie mille per l'aiuto.|Non ho capito.|La riunione comincia alle dieci.|Vedi anche",
    "ca": "On és l'estació?|Moltes gràcies per l'ajuda.|No ho he entès.|La reunió comença a les deu.|Vegeu també",
    "gl": "Onde está a estación?|Moitas grazas pola súa axuda.|Non se atopou o ficheiro.|A reunión comeza ás dez.",
    "ro": "Unde este gara?|Mulțumesc mult pentru ajutor.|Nu am înțeles.|Ședința începe la ora zece.|Vezi și",
    "en": "Where is the station?|Thank you very much for your help.|I did not understand.|The meeting starts at ten.",
    "de": "Wo ist der Bahnhof?|Vielen Dank für Ihre Hilfe.|Die Sitzung beginnt um zehn Uhr.|Siehe auch",
    "nl": "Waar is het station?|De vergadering begint om tien uur.|Dat heb ik niet begrepen.",
    "sv": "Var finns järnvägsstationen?|Mötet börjar klockan tio.|Det förstod jag inte.",
    "da": "Hvor ligger stationen?|Jeg har ikke forstået det, og vi rejser i morgen tidlig.",
    "nb": "Jeg har ikke forstått det, og vi reiser i morgen tidlig fra stasjonen.",
    "fi": "Missä on rautatieasema?|Kokous alkaa kello kymmenen.",
    "is": "Hvar er lestarstöðin?|Fundurinn byrjar klukkan tíu.",
    "hu": "Hol van az állomás?|Az értekezlet tíz órakor kezdődik.",
    "pl": "Gdzie jest dworzec?|Zebranie zaczyna się o dziesiątej.",
    "cs": "Kde je nádraží?|Schůze začíná v deset hodin a potrvá dvě hodiny.",
    "sk": "Kde je stanica?|Schôdza sa začína o desiatej a potrvá dve hodiny.",
    "sl": "Kje je železniška postaja?|Sestanek se začne ob desetih.",
    "hr": "Gdje je kolodvor?|Sastanak počinje u deset sati, a poslije idemo kući.",
    "sr-Latn": "Gde je stanica?|Sastanak počinje u deset sati, a posle idemo kući.",
    "lt": "Kur yra stotis?|Susirinkimas prasideda dešimtą valandą.",
    "lv": "Kur ir stacija?|Sapulce sākas desmitos no rīta.",
    "et": "Kus on jaam?|Koosolek algab kell kümme ja ma ei saanud sellest aru.",
    "tr": "İstasyon nerede?|Toplantı saat onda başlıyor.",
    "eu": "Non dago geltokia?|Bilera hamarretan hasiko da eta ez dut ulertu.",
    "sq": "Ku është stacioni?|Mbledhja fillon në orën dhjetë dhe nuk e kuptova.",
    "ru": "Где находится вокзал?|Собрание начинается в десять часов.",
    "uk": "Де знаходиться вокзал?|Збори починаються о десятій годині.",
    "be": "Дзе знаходзіцца вакзал?|Сход пачынаецца а дзясятай гадзіне.",
    "bg": "Къде е гарата?|Събранието започва в десет часа.",
    "mk": "Каде е железничката станица?|Состанокот почнува во десет часот.",
    "sr": "Где је железничка станица?|Састанак почиње у десет сати.",
    "el": "Πού είναι ο σταθμός;",
    "ar": "أين المحطة؟|يبدأ الاجتماع في الساعة العاشرة.",
    "fa": "ایستگاه کجاست؟|جلسه ساعت ده شروع می‌شود.",
    "he": "איפה התחנה?",
    "hi": "स्टेशन कहाँ है?",
    "ja": "駅はどこですか。|東京都千代田区にある会社",
    "zh": "车站在哪里？",
    "ko": "역이 어디입니까?",
    "vi": "Nhà ga ở đâu?|Cuộc họp bắt đầu lúc mười giờ.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_enough(language):
    sentences = SENTENCES[language].split("|")
    found = {sentence: detect(sentence).language for sentence in sentences}
    assert {s: f for s, f in found.items() if f not in (language, f"{language}-BR", f"{language}-PT")} == {}


def test_every_profile_has_a_tag_and_the_commonest_are_tried():
    assert all(bcp47.is_tag(profile.tag) for profile in PROFILES)
    assert len({profile.tag for profile in PROFILES}) == len(PROFILES)
    assert len([profile for profile in PROFILES if profile.script in ("Latin", "Cyrillic", "Greek")]) > 40


@pytest.mark.parametrize("text", ["", " ", "12:30", "…", "https://example.org/le/chat", "1 234,5 %"])
def test_a_text_without_words_is_in_no_language(text):
    assert detect(text) == Detection("", 0.0)


@given(st.text(max_size=60))
def test_any_text_has_an_answer_with_a_probability(text):
    found = detect(text)
    assert 0 <= found.confidence <= 1
    assert found == detect(text)
    assert not found.language or bcp47.is_tag(found.language)


def test_names_and_addresses_of_other_scripts_do_not_sway():
    assert detect("Откройте файл https://example.org/help.html в Firefox.").language == "ru"
    assert detect("Firefox で開いてください。").language == "ja"


@pytest.mark.parametrize("piece", ["a", "雨が降る。", "le chat dort ", "a@", "été/"])
def test_a_book_takes_no_longer_than_a_chapter(piece):
    chapter, book = (detect(piece * (size // len(piece))) for size in (20_000, 2_000_000))
    assert book == chapter


def test_case_and_composition_make_no_difference():
    assert detect("OÙ EST LA GARE ?").language == "fr"
    assert detect("Ou\u0300 est la gare ?") == detect("Où est la gare ?")


def test_a_word_of_several_languages_is_not_sure():
    assert detect("Final").confidence < 0.9 < detect("Le chat dort sur le canapé.").confidence


def test_the_evidence_names_the_words():
    evidence = detect("Le chat dort sur le canapé avec nous.").evidence
    assert evidence[0].startswith("fr rather than ")
    assert "avec" in evidence[0]


# ------------------------------------------------------------------------------------------------- varieties


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("O usuário salvou o arquivo no celular.", "pt-BR"),
        ("O utilizador guardou o ficheiro no telemóvel.", "pt-PT"),
        ("A equipe está planejando o próximo projeto.", "pt-BR"),
        ("A equipa está a planear o próximo projeto.", "pt-PT"),
        ("O acadêmico registrou o fenômeno.", "pt-BR"),
        ("O académico registou o fenómeno.", "pt-PT"),
        ("A direcção tomou a decisão óptima, de facto.", "pt-PT"),
        ("O aprendizado de máquina ajuda os pesquisadores: você verá.", "pt-BR"),
        ("A prefeitura gastou R$ 300 com o trem.", "pt-BR"),
        ("O comboio para Moscovo custa mil milhões de euros.", "pt-PT"),
        ("A casa é grande e tem um jardim.", "pt"),
        ("As fêmeas têm o estômago maior, não é?", "pt"),
        ("O usuário abriu o ficheiro e o utilizador salvou a equipe.", "pt"),
    ],
)
def test_portuguese_is_of_brazil_or_of_portugal_or_just_portuguese(text, language):
    assert detect(text).language == language


def test_the_evidence_shows_both_sides():
    evidence = detect("Os usuários estão esperando o autocarro, mas o ônibus não vem.").evidence
    assert evidence[-2:] == ("pt-BR: usuários, estão esperando, ônibus", "pt-PT: autocarro")


def test_a_mark_counts_once_however_often_it_stands():
    assert (
        variety("pt", "Pesquisa: pesquisador. " * 50)[0] == variety("pt", "Pesquisa: pesquisador.")[0] == "pt"
    )


def test_a_language_without_varieties_is_itself():
    assert variety("fr", "Le courriel est arrivé.") == ("fr", ())


def test_marks_are_whole_words_in_any_case():
    brazil = Variety("xx-BR", ((4.0, r"trens?"), (2.0, "time")))
    assert brazil.marks_in("O TREM, os Trens; contratrens, times") == {"trens": 4.0}
