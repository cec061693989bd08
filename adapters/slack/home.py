"""App Home: the core's front page, drawn anew when somebody opens it."""

from __future__ import annotations

from adapters.slack import parse, views
from adapters.slack.office import Office
from bot.events import Action


class Home:
    """Publishes the front page."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def opened(self, body: parse.Payload, token: str | None) -> None:
        """Somebody opened the bot's page; the other tabs are conversations."""
        if body["event"].get("tab") == "home":
            self._office.background.start(self._publish(body, token), "home")

    async def _publish(self, body: parse.Payload, token: str | None) -> None:
        office = self._office
        team, enterprise, _ = parse.installed(body)
        source = parse.Source(team, enterprise, body["event"]["user"])
        asker = await office.asker(source, token)
        reply = await office.router.dispatch(Action("", asker.user, asker.place, "home"))
        if reply:
            view = views.home_view(reply, office.speech(reply), parse.Origin(team=source.team).as_metadata())
            await office.api(token).call("views.publish", {"user_id": source.user, "view": view}, is_safe=True)
