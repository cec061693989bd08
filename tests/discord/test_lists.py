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


async def test_the_names_of_settings_and_days_are_offered_in_the_language_of_the_answers(world: World) -> None:
    world.people["ana"] = replace(world.person("ana"), locale="es-ES")
    (day,) = await world.completes("ana", "summary", "day", "mi")
    assert (day["name"].casefold(), day["value"]) == ("miércoles", "Wednesday")
    assert [each["value"] for each in await world.completes("ana", "settings", "name", "pa")] == ["country"]
    assert len(await world.completes("ana", "settings", "name", "")) == 9
    await world.slash("ana", "summary", when="weekly", day=day["value"], time="09:00")
    assert "miércoles" in world.fake.visible(world.person("ana").id)[-1].payload["embeds"][0]["description"]
