"""Settings from the environment and from `.env`; secrets come from nowhere else."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every variable that Chao reads; docs/deploy.md lists them."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, env_ignore_empty=True
    )

    database_url: str = Field("", validation_alias="DATABASE_URL")
    knowledge: Path | None = Field(None, validation_alias="CHAO_KNOWLEDGE")
    locale: str = Field("", validation_alias="CHAO_LOCALE")
    log_level: str = Field("WARNING", validation_alias="CHAO_LOG_LEVEL")
    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_client_id: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_SECRET")
    slack_api_url: str = Field("https://slack.com/api/", validation_alias="SLACK_API_URL")
    discord_token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")
    discord_api_url: str = Field("", validation_alias="DISCORD_API_URL")
    discord_gateway_url: str = Field("", validation_alias="DISCORD_GATEWAY_URL")
    discord_shard_ids: str = Field("", validation_alias="DISCORD_SHARD_IDS")
    discord_shard_count: int = Field(0, validation_alias="DISCORD_SHARD_COUNT", ge=0)
    secret_key: SecretStr | None = Field(None, validation_alias="CHAO_SECRET_KEY")
    http_host: str = Field("127.0.0.1", validation_alias="CHAO_HTTP_HOST")
    http_port: int | None = Field(None, validation_alias="CHAO_HTTP_PORT")
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
    def has_platform(self) -> bool:
        """Whether any platform's token is set."""
        tokens = (self.slack_bot_token, self.slack_signing_secret, self.slack_client_id, self.discord_token)
        return any(token is not None and token.get_secret_value() for token in tokens)
