"""Settings from the environment and from `.env`; secrets come from nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.i18n.locale import language_of


def _fits(is_right: Callable[[str], object], right: str) -> AfterValidator:
    """Refuse a value, unquoted as it may be a secret in the wrong place, and say what would be right."""

    def check(value: str) -> str:
        if value and not is_right(value):
            raise PydanticCustomError("unfit", "write {right}", {"right": right})
        return value

    return AfterValidator(check)


def _address(right: str) -> AfterValidator:
    """An address of the same kind as this one."""
    schemes = {"https": ("https", "http"), "wss": ("wss", "ws")}[urlsplit(right).scheme]

    def is_one(value: str) -> bool:
        try:
            parts = urlsplit(value.strip())
            return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
        except ValueError:
            return False

    return _fits(is_one, f"an address as {right}")


def _is_level(name: str) -> bool:
    return name.upper() in logging.getLevelNamesMapping()


class Settings(BaseSettings):
    """Every variable that Chao reads; docs/deploy.md lists them."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8-sig", extra="ignore", frozen=True, env_ignore_empty=True
    )

    database_url: str = Field("", validation_alias="DATABASE_URL")
    knowledge: Path | None = Field(None, validation_alias="CHAO_KNOWLEDGE")
    locale: Annotated[str, _fits(language_of, "es, en or zh")] = Field("", validation_alias="CHAO_LOCALE")
    log_level: Annotated[str, _fits(_is_level, "DEBUG, INFO, WARNING or ERROR")] = Field(
        "WARNING", validation_alias="CHAO_LOG_LEVEL"
    )
    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_client_id: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_SECRET")
    slack_api_url: Annotated[str, _address("https://slack.com/api/")] = Field(
        "https://slack.com/api/", validation_alias="SLACK_API_URL"
    )
    discord_token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")
    discord_api_url: Annotated[str, _address("https://discord.com/api/v10")] = Field(
        "", validation_alias="DISCORD_API_URL"
    )
    discord_gateway_url: Annotated[str, _address("wss://gateway.discord.gg")] = Field(
        "", validation_alias="DISCORD_GATEWAY_URL"
    )
    discord_shard_ids: str = Field("", validation_alias="DISCORD_SHARD_IDS")
    discord_shard_count: int = Field(0, validation_alias="DISCORD_SHARD_COUNT", ge=0)
    secret_key: SecretStr | None = Field(None, validation_alias="CHAO_SECRET_KEY")
    http_host: str = Field("127.0.0.1", validation_alias="CHAO_HTTP_HOST")
    http_port: int | None = Field(None, ge=0, le=65535, validation_alias="CHAO_HTTP_PORT")
    llm_url: str = Field("", validation_alias="CHAO_LLM_URL")
    llm_model: str = Field("", validation_alias="CHAO_LLM_MODEL")
    llm_key: SecretStr | None = Field(None, validation_alias="CHAO_LLM_KEY")
    grace_days: int = Field(0, ge=0, le=365, validation_alias="CHAO_GRACE_DAYS")

    keep_events_days: int = Field(14, ge=2, le=3650, validation_alias="CHAO_KEEP_EVENTS_DAYS")
    keep_threads_days: int = Field(180, ge=1, le=3650, validation_alias="CHAO_KEEP_THREADS_DAYS")
    keep_audit_days: int = Field(365, ge=30, le=36500, validation_alias="CHAO_KEEP_AUDIT_DAYS")
    keep_flags_days: int | None = Field(None, ge=90, le=36500, validation_alias="CHAO_KEEP_FLAGS_DAYS")

    @property
    def data_folder(self) -> Path:
        """The user's own folder for what Chao keeps."""
        return user_data_path("chao", appauthor=False)

    @property
    def data_url(self) -> str:
        """`DATABASE_URL`, or the embedded database in the user's data folder."""
        return self.database_url or f"sqlite:///{self.data_folder / 'chao.db'}"

    def secret(self, name: str) -> str:
        """The text of a secret, by its field; empty when it is not set."""
        value: SecretStr | None = getattr(self, name)
        return value.get_secret_value().strip() if value else ""

    @property
    def has_slack(self) -> bool:
        """Whether any of Slack's secrets is set, be it enough to serve or not."""
        names = ("bot_token", "app_token", "signing_secret", "client_id", "client_secret")
        return any(self.secret(f"slack_{name}") for name in names)

    @property
    def has_discord(self) -> bool:
        """Whether Discord's token is set."""
        return bool(self.secret("discord_token"))

    @property
    def has_platform(self) -> bool:
        """Whether any platform's secret is set."""
        return self.has_slack or self.has_discord
