"""The settings of a run: flags of the command, else MUSTAWDA_* of the environment, else these defaults."""

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _cache(given: dict[str, Any]) -> Path:
    """XDG's folder for what can be made again; below the warehouse where there is no home, as for a job of cron."""
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:
        folder = Path()
    return folder / "mustawda" if folder.is_absolute() else Path(given["warehouse"], ".cache")


class Settings(BaseSettings):
    """Where things lie and what a run may use; relative paths are below the folder of the project."""

    model_config = SettingsConfigDict(env_prefix="MUSTAWDA_", frozen=True, extra="ignore")

    landing: tuple[str, ...] = ("data/landing",)
    warehouse: Path = Path("data/warehouse")
    sources: Path = Path("data/sources.toml")
    cache: Path = Field(default_factory=_cache, description="what a later run need not make again")
    batch_bytes: int = Field(default=16_000_000, gt=0, description="bytes of files in one batch")
    memory_limit: str = Field(default="1GB", description="what DuckDB may use while it loads")
    settle_seconds: int | None = Field(
        default=None, ge=0, description="how long a file must have rested; unset: 5 for sftp:// and http://, else 0"
    )
    kept_versions: int = Field(default=7, ge=1, description="published versions that stay for a rollback")
    log_format: Literal["text", "json"] = Field(default="text", description="lines for people, or a JSON object each")
    cron: str = Field(default="0 2 * * *", description="when a night begins, by the clock of the time zone")
    timezone: str = Field(default="Asia/Riyadh", description="of the schedule, and of the day that a night is named by")
    webhook: SecretStr | None = Field(default=None, description="address that failure notices are posted to")
