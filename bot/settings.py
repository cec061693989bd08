"""Settings from the environment and from `.env`; secrets come from nowhere else."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every variable that Chao reads; README lists them by use."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: str = Field("", validation_alias="DATABASE_URL")
    knowledge: Path | None = Field(None, validation_alias="CHAO_KNOWLEDGE")
    locale: str = Field("", validation_alias="CHAO_LOCALE")
    log_level: str = Field("WARNING", validation_alias="CHAO_LOG_LEVEL")
    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_client_id: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_ID")
    discord_token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")
    discord_api_url: str = Field("", validation_alias="DISCORD_API_URL")
    discord_gateway_url: str = Field("", validation_alias="DISCORD_GATEWAY_URL")
    discord_shard_ids: str = Field("", validation_alias="DISCORD_SHARD_IDS")
    discord_shard_count: int = Field(0, validation_alias="DISCORD_SHARD_COUNT", ge=0)

    @property
    def sqlite_path(self) -> Path | None:
        """The embedded database's file; None when `DATABASE_URL` names another kind."""
        if not self.database_url:
            return user_data_path("chao", appauthor=False) / "chao.db"
        scheme, _, path = self.database_url.partition("://")
        return Path(path.removeprefix("/")).expanduser() if scheme == "sqlite" else None

    @property
    def has_platform(self) -> bool:
        """Whether any platform's token is set."""
        tokens = (self.slack_bot_token, self.slack_signing_secret, self.slack_client_id, self.discord_token)
        return any(token is not None and token.get_secret_value() for token in tokens)
