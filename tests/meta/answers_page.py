"""`docs/answers.md`: hard questions and the whole answer to each, as the bot gives it.

Run as a module to write it; imported by the test that compares it.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from adapters.console.session import Session
from bot.events import Place, User
from bot.knowledge.schema import Language
from bot.reply import Block, Note, Quote, Reply, Section, block_text
from tests.support import START, Clock, running_bot

PAGE = Path(__file__).parents[2] / "docs" / "answers.md"
INTRO = """# Twelve answers

Hard questions as people type them, and what Chao answers: four in each language, made by the program itself
(`python -m tests.meta.answers_page` writes this page, and a test compares it). Under every answer in a chat there
are buttons: the other tones, e-mail or chat, “More” (the whole playbook), “It is another kind”, and a follow-up. The
small print names the entries of `knowledge/` that the answer is made of; nothing else is ever said.
"""
WHO: dict[Language, str] = {"en": "Anna Reid", "es": "Ana Rivas", "zh": "陈静"}
AGO: dict[Language, str] = {"en": "{} days ago", "es": "Hace {} d", "zh": "{} 天前"}
HEADINGS: dict[Language, str] = {"en": "English", "es": "Español", "zh": "中文"}


@dataclass(frozen=True)
class Story:
    """`hard`: what makes it so; `before`: days ago and what was typed then; `question`: what is typed today."""

    language: Language
    hard: str
    question: str
    before: tuple[tuple[int, str], ...] = ()


STORIES = (
    Story(
        "en",
        "Not a word about money; no client is named.",
        "September, he promised. The tree is up, and he's just sent me the brief for the spring catalogue.",
    ),
    Story(
        "en",
        "A debt and abuse at once, with a history, in the United Kingdom.",
        "/client ask Harbour & Finch: the March invoice still hasn't been paid, and she'll be ringing Marta again",
        (
            (40, "/client settings country GB"),
            (40, '/client flag "Harbour & Finch" mala-paga inv 2041, 5 days late'),
            (12, '/client flag "Harbour & Finch" abusivo swore at Marta on the weekly call'),
            (12, '/client note "Harbour & Finch" contact name: Helen; amount: £4,800; project: rebrand'),
        ),
    ),
    Story(
        "en",
        "The question says nothing; the client's history does.",
        "Northlight again. The new layouts are ready to go out to her.",
        (
            (30, "/client flag Northlight indeciso wants the old logo back"),
            (6, "/client flag Northlight indeciso her sister wasn't sure"),
        ),
    ),
    Story(
        "en",
        "Something new from a client that is known for something else.",
        'Bramble Foods asked for five screens. We\'re on the fourteenth, and each one is "part of the original idea".',
        ((50, '/client flag "Bramble Foods" pichirre half off because it\'s exposure'),),
    ),
    Story(
        "es",
        "Nadie dice “no paga”, y hay país: México.",
        "Quedó en depositar antes de la quincena. Ya van tres quincenas y hoy me mandó el brief de Navidad.",
        ((1, "/client settings country MX"),),
    ),
    Story(
        "es",
        "Dos problemas graves en un mismo cliente, y toca decidir cuál va primero.",
        '/client advice "Grupo Norte"',
        (
            (45, '/client flag "Grupo Norte" mala-paga factura 318, 8 días de retraso'),
            (9, '/client flag "Grupo Norte" mala-paga factura 331'),
            (2, '/client flag "Grupo Norte" abusivo le gritó a Lucía delante de todos'),
            (2, '/client note "Grupo Norte" persona de contacto: Ernesto'),
        ),
    ),
    Story(
        "es",
        "Suena a amistad, y es un proyecto sin contrato.",
        "Que para qué firmar nada, que entre amigos basta la palabra. Arrancamos el lunes con tres personas.",
    ),
    Story(
        "es",
        "Un cambio de idea, con la lista que no se acaba detrás.",
        "Café Olé aprobó el azul el martes, el verde el jueves y hoy pregunta por qué ya no es azul.",
        ((20, '/client flag "Café Olé" insaciable otra pieza más que no estaba'),),
    ),
    Story(
        "zh",
        "没有一个“欠”字，客户有前科，还设了国家。",
        "/client ask 宏达科技说好月底打款，月底说财务休假，现在又发来新项目的需求文档",
        (
            (25, "/client settings country CN"),
            (25, "/client flag 宏达科技 mala-paga 发票 2026-118，逾期20天"),
            (5, "/client flag 宏达科技 mala-paga 又说在走流程"),
            (5, "/client note 宏达科技 联系人: 王经理；金额: 86000元"),
        ),
    ),
    Story("zh", "没提“下班时间”，全是半夜的事。", "凌晨一点连发二十条语音，早上七点又问怎么还没改。"),
    Story(
        "zh",
        "语气客气，其实是外行指挥内行。",
        "甲方老板自己用PPT画了首页，让我们照着做，说他做了三十年生意比我们懂用户。",
    ),
    Story(
        "zh",
        "骂人又压价，先管哪一头？",
        "蓝海在群里骂我们设计师“脑子进水”，骂完又说尾款要再压一压。",
        ((15, "/client flag 蓝海 pichirre 第三次要求打折"),),
    ),
)


async def answer(story: Story) -> Reply:
    """What the bot says today to the story's question."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        async with running_bot(Path(folder) / "chao.db", clock, story.language) as bot:
            user = User("ana", WHO[story.language], story.language, is_manager=True)
            session = Session(bot, user, Place("console:local", "console", "console"))
            for days, line in story.before:
                clock.now = START - timedelta(days=days)
                done = await session.answer(line)
                assert done
                assert not done[0].is_error, line
            clock.now = START
            answered = await session.answer(story.question)
    assert answered
    assert not answered[0].is_error
    return answered[0]


async def page() -> str:
    """The whole page."""
    parts = [INTRO]
    for language, heading in HEADINGS.items():
        parts.append(f"## {heading}\n")
        parts += [await _told(story) for story in STORIES if story.language == language]
    return "\n".join(parts)


async def _told(story: Story) -> str:
    reply = await answer(story)
    before = "\n".join(f"- {AGO[story.language].format(days)}: `{line}`" for days, line in story.before)
    told = [f"### {story.hard}", *([before] if before else [])]
    blocks = "\n\n".join(_markdown(block) for block in reply.blocks)
    return "\n\n".join([*told, f"> {story.question}", f"**{reply.title}**", blocks, "---"]) + "\n"


def _markdown(block: Block) -> str:
    match block:
        case Section(title=title, text=text, items=items, is_ordered=ordered):
            lines = [f"{number}." * ordered or "-" for number in range(1, len(items) + 1)]
            listed = "\n".join(f"{mark} {item}" for mark, item in zip(lines, items, strict=True))
            return "\n\n".join(filter(None, [title and f"**{title}**", text.replace("\n", "  \n"), listed]))
        case Quote(text=text, label=label):
            quoted = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
            return f"**{label}**\n\n{quoted}"
        case Note(text=text):
            return f"<sub>{text}</sub>"
        case _:
            return block_text(block)


def main() -> None:
    """Write the page."""
    PAGE.write_text(asyncio.run(page()), "utf-8")


if __name__ == "__main__":
    main()
