"""Whether a text is in a language that we do not read: by its letters, and by the small words of each language.

Names, codes and texts of one or two words give no clue; a text that is mostly in ours is ours.
"""

from __future__ import annotations

from bot.names import fold
from bot.patterns import late_pattern

_READ = 1_000
_LEAST_WORDS, _LEAST_SIGNS, _LEAST_CLUES = 3, 6, 2
_DOUBT = 0.1
_NOISE = late_pattern(r"https?://\S+|\S+@\S+|<[@#!:][^>\s]*>|`[^`]*`|[@#]\w+")
_LETTER = late_pattern(r"[^\W\d_]")
_LATIN_LETTERS, _HAN_LETTERS = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff\uff21-\uff5a", r"\u3400-\u9fff\uf900-\ufaff"
_LATIN, _HAN = late_pattern(f"[{_LATIN_LETTERS}]"), late_pattern(f"[{_HAN_LETTERS}]")
_OTHER = late_pattern(rf"[^\W\d_{_LATIN_LETTERS}{_HAN_LETTERS}]")
_KANA = late_pattern(r"[\u3041-\u30fa]")
_UNSPACED = late_pattern(r"[\u3041-\u30fa\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_WORD = late_pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Letters that neither English nor Spanish has; a name may bring one or two.
_STRANGE = late_pattern(r"[çãõàèêâîôûëïäößœæøåłęąśżźćńčšžřěůőűğışțăæðþ]")
_OURS = frozenset(
    (
        "el la los las un una unos unas de del que y a en por con para no me se le lo te mi su tu ya es esta este "
        "eso son muy pero como cuando quien hay tiene tengo hace mas dice quiere nos si sin al pago paga factura "
        "cliente clienta hoy ayer otra otro vez todo todos nada dos mes meses cada porque desde hasta ahora fue "
        "ha he estoy hago les cosas sus mis donde entre sobre solo bien asi ni yo ella ellos nosotros ese esos "
        "estan era siempre nunca dia dias semana horas hora voy va van puedo puede quiero hacer ser soy somos "
        "gente alguien algo jaja pues luego despues antes tarde noche manana dijo the an of and to in is it that "
        "i we she they you for on with my our his her their this was are be have has had not but what when who "
        "how do does did at by from so hasnt doesnt dont cant wont im its theyre him them us if or as about after "
        "again every still says said wants client all out up there here just get got can will would could should "
        "one two any some yes more than then now been were which your ive thats isnt didnt time day week month "
        "work paid pay need want like think know"
    ).split()
)
_THEIRS = {
    "French": (
        "le les des du et est une dans pour pas ne nous vous ils elle elles je il qui sur avec ce cette ces mais "
        "ou donc mon ma mes notre nos leur leurs son ses au aux plus tout tous toute sont ont ete etait fait "
        "faire encore depuis jamais toujours bien quand comment pourquoi chez sans sous deja jour jours mois "
        "semaine facture client cest jai nest quil na lui aussi on peut veut paye que me de la si refuse signer "
        "contrat trois ca doit argent dit"
    ),
    "Italian": (
        "il lo gli le di del della dei delle dello nel nella che e non per con una uno sono ho hai ha abbiamo "
        "hanno mi ci si ma anche come quando perche questo questa questi quello piu mio mia nostro nostra sempre "
        "ancora da dal dalla al alla ai alle tutto tutti molto mese mesi fattura cliente pagato giorni giorno "
        "ogni sta fare fatto vuole senza mai ora dopo poi gia essere stato cosa chi la a un no se dico contro "
        "tutta squadra tre notte"
    ),
    "Portuguese": (
        "o os um uma uns umas do da dos das no na nos nas ao aos pelo pela em com por para que nao e sao mas mais "
        "muito meu minha nosso nossa seu sua ele ela eles voce voces isso isto esse essa este quando como porque "
        "ja ainda tem temos foi estou esta estao vai fazer faz tudo sempre nunca dia dias mes fatura cliente "
        "pagou ate depois sem so tambem quer quero gente hoje ontem de la a se me assinar equipe reuniao liga "
        "todo toda fim semana pra"
    ),
    "Catalan": (
        "el els les dels amb per que no i es una un aquest aquesta aixo pero quan com sense mes molt ens ha hem "
        "han som vol paga factura client mesos sempre encara tot tots res nostre nostra meu seva dia dies avui "
        "ahir fa fer jo ell ella perque des fins cap ara li em et de la a se en ja altre altres cada truca mai "
        "sap saps mateix meva nosaltres qualsevol"
    ),
    "German": (
        "der die das den dem des ein eine einen einem einer und ist nicht ich wir er sie es ihr uns mir mich mit "
        "auf fur von zu zum zur im bei nach aus aber oder wenn dass wie was wer hat haben habe hatte sind war "
        "wird werden kann nur noch schon immer wieder sehr auch unser unsere mein meine sein seine kein keine "
        "seit tage monate rechnung kunde bezahlt will um uber vor so jetzt heute gestern"
    ),
    "Dutch": (
        "de het een en van is niet ik wij we hij zij ze je jij u ons mij met op voor dat die dit naar uit bij aan "
        "om maar of als er hoe wat wie heeft hebben heb had zijn was wordt worden kan nog al altijd weer zeer ook "
        "onze mijn geen sinds dagen maanden factuur klant betaald wil te over door nu vandaag gisteren elke zo "
        "moet dan"
    ),
    "Scandinavian": (
        "och att det som en ett ar inte jag vi han hon de vara med pa for av till fran men eller om nar hur vad "
        "har hade var kan bara alltid igen mycket ocksa min kunden faktura betalt betalat manader dag og er ikke "
        "jeg hun til fra ogsa maneder vil den sig seg mig meg hver etter efter"
    ),
    "Polish": (
        "i w nie na sie ze to z do jest jak za co ale od po tak dla czy juz przez o mnie mi nam nas on ona oni "
        "klient klienta faktury fakture placi zaplacil miesiecy dwoch zawsze znowu jeszcze bardzo mam ma mamy "
        "chce moze ten ta jego naszego kiedy wszystko teraz dzis tylko"
    ),
    "Turkish": (
        "ve bir bu da de icin ile ne mi cok ama gibi daha var yok ben biz o onlar musteri fatura odemedi odemiyor "
        "ay aydir her zaman hala bize bana bizim benim olarak sonra kadar degil istiyor diyor sey iki nasil neden"
    ),
    "Romanian": (
        "si nu este sunt cu pe la din de ca sa in un o noi el ea ei pentru dar mai care ne imi mi am are avem "
        "clientul factura plateste platit luni doua mereu inca foarte cand cum fara toate acum azi ieri nostru "
        "mea sau fi"
    ),
    "Indonesian": (
        "yang dan di ke dari ini itu tidak saya kami kita dia mereka untuk dengan pada adalah sudah belum akan "
        "bisa ada klien bayar tagihan bulan hari selalu lagi juga tapi atau karena kalau apa bagaimana sangat "
        "minta terus"
    ),
    "Vietnamese": (
        "khach hang khong cua toi la va co cho nhung nay mot cac da duoc trong thi ma voi nguoi chung hai thang "
        "tra tien hoa don luon lai rat nhieu cung khi lam sao anh chi ho"
    ),
}
# What both have says nothing: Catalan and Spanish share half of their small words.
_APART = tuple((words - _OURS, _OURS - words) for words in (frozenset(words.split()) for words in _THEIRS.values()))
_ANY_OF_THEIRS = frozenset[str]().union(*(theirs for theirs, _ in _APART))


def is_foreign(text: str) -> bool:
    """Whether a text is clearly in another language than Spanish, English and Chinese."""
    plain = _NOISE.sub(" ", text[:_READ])
    if not plain.isascii() and _is_in_other_letters(plain, _LETTER.findall(plain), _OTHER.findall(plain)):
        return True
    return not _HAN.search(plain) and _is_in_other_words(_WORD.findall(plain.lower()))


def _is_in_other_letters(text: str, letters: list[str], others: list[str]) -> bool:
    if kana := len(_KANA.findall(text)):
        # Chinese may quote a word in kana; a Japanese sentence has nearly as many kana as Chinese characters.
        return len(letters) >= _LEAST_SIGNS and kana * 3 > len(letters) - len(_LATIN.findall(text)) and kana > 2
    words = [word for word in _WORD.findall(text) if not _LATIN.match(word) and not _HAN.match(word)]
    is_enough = len(words) >= _LEAST_WORDS or (len(others) >= _LEAST_SIGNS and bool(_UNSPACED.search(text)))
    return is_enough and len(others) * 2 > len(letters)


def _is_in_other_words(words: list[str]) -> bool:
    if len(words) < _LEAST_WORDS:
        return False
    strange = len({word for word in words if not word.isascii() and _STRANGE.search(word)})
    bare = {*_bare(" ".join(words)).split()}
    # Few of the words are anybody else's: so each language is soon asked.
    likely = bare & _ANY_OF_THEIRS
    return any(_outweighs(bare, len(likely & theirs) + strange, ours) for theirs, ours in _APART)


def _outweighs(words: set[str], clues: int, ours: frozenset[str]) -> bool:
    return clues >= _LEAST_CLUES and clues > len(words & ours) + len(words) * _DOUBT


def _bare(words: str) -> str:
    return fold(words).replace("'", "").replace("’", "")
