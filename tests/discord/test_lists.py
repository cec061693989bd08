"""What is offered under a field that is being filled in."""

from __future__ import annotations

from dataclasses import replace

from tests.discord.world import World


async def test_lists_are_in_the_language_of_the_answers(world: World) -> None:
    world.locale = "es-ES"
    world.people["fred"] = replace(world.person("fred"), locale="fr")
    shown = await world.completes("fred", "flag", "archetype", "mala-paga")
    assert [choice["name"] for choice in shown] == ["Patrón de pagos fuera de plazo (mala-paga)"]
    await world.slash("ana", "settings", name="language", value="zh")
    shown = await world.completes("fred", "flag", "archetype", "mala-paga")
    assert "(mala-paga)" not in shown[0]["name"]
    assert "mala-paga" in shown[0]["name"]


async def test_a_chinese_client_is_found_by_any_part_of_its_name(world: World) -> None:
    await world.slash("ana", "flag", client="上海宏达科技", archetype="mala-paga")
    for begun in ("上海", "宏达", "科技"):
        assert [choice["value"] for choice in await world.completes("ana", "show", "client", begun)] == ["上海宏达科技"]
