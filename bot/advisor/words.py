"""Words by which a sentence is checked, in each language: figures, "not", law and money, and what links a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.knowledge.schema import Language


def _any(words: str) -> re.Pattern[str]:
    """One of these words, of which each may go on as its `\\w*` says."""
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b")


NUMBERS: Mapping[Language, re.Pattern[str]] = {
    "en": _any(
        "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety "
        "hundred thousand million half third quarter twice double triple dozen"
    ),
    "es": _any(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cuarenta cincuenta sesenta "
        "noventa cien ciento mil millón millones mitad medio media tercio cuarto doble triple docena quincena"
    ),
    "zh": re.compile("[二两三四五六七八九十百千万亿半]+"),
}
NEGATIONS: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:not|never|no|none|nor|nothing|nobody|avoid|without|stop|refuse|rather than|cannot)\b|n['’]t\b"
    ),
    "es": re.compile(r"\b(?:no|nunca|jamás|ni|nada|nadie|ningun\w*|ningún|sin|evit\w+|deja de|dejes|tampoco)\b"),
    "zh": re.compile("[不别勿莫未没無无]|避免|禁止|停止|切忌"),
}
# What must never be made up: law, courts, interest, money given or taken, secrets. Compared without accents.
WEIGHTY: Mapping[Language, re.Pattern[str]] = {
    "en": _any(
        r"law laws lawful\w* illegal\w* legal\w* statut\w* court\w* sue sued suing lawsuit\w* litigat\w* lawyer\w* "
        r"attorney\w* solicitor\w* directive\w* regulation\w* tribunal\w* judge\w* police\w* interest penalt\w* fine "
        r"fines refund\w* discount\w* free compensat\w* damages bank\w* wire transfer\w* password\w* crypto\w* gift\w* "
        r"delete\w* forget\w* fire fired dismiss\w*"
    ),
    "es": _any(
        r"ley leyes legal\w* ilegal\w* juicio\w* juzgado\w* tribunal\w* juez\w* abogad\w* demand\w* denunci\w* policia "
        r"decreto\w* directiva\w* reglamento\w* interes intereses multa\w* penaliza\w* reembols\w* devol\w* "
        r"descuento\w* gratis indemniz\w* banco\w* bancari\w* transfer\w* contrasena\w* cripto\w* regal\w* borra\w* "
        r"olvida\w* despid\w* despedir\w*"
    ),
    "zh": re.compile(
        "法律|法院|法规|法条|民法|合同法|违法|合法|依法|律师|起诉|诉讼|仲裁|条例|公安|报警|判决|利息|滞纳金|违约金|赔偿|罚款|"
        "退款|折扣|打折|免费|赠送|银行|转账|汇款|密码|删除|忘记|开除|辞退|《[^》]*》"
    ),
}
LINKING: Mapping[Language, frozenset[str]] = {
    "en": frozenset(
        (
            "because since before while until once when whenever then than that this these those there here today "
            "tomorrow first next also instead only even each every any some most more much many same such very with "
            "without within into onto over under between about after against their theirs your yours ours them they "
            "what which whose where whom should would could must will shall might have having been being does doing "
            "keep kept make makes made take takes give gives ask asks tell tells say says send sends write writes "
            "client clients team case message"
        ).split()
    ),
    "es": frozenset(
        (
            "porque como antes después mientras hasta cuando entonces esto estos estas esos esas aquí allí hoy mañana "
            "primero luego también solo sólo incluso cada algún alguna algunos mismo misma tanto muy con entre sobre "
            "contra hacia según quien cuyo donde debe debes deben puede puedes pueden haber sido estar tener haz hacer "
            "pide pedir dile decir envía enviar escribe escribir cliente clientes equipo caso mensaje aunque ustedes "
            "vuestro vuestra vosotros nosotros ellos ellas"
        ).split()
    ),
    "zh": frozenset(),
}
