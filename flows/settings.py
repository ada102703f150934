"""The settings of a run: flags of the command, else MUSTAWDA_* of the environment, else these defaults."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things lie and what a run may use; relative paths are below the folder of the project."""

    model_config = SettingsConfigDict(env_prefix="MUSTAWDA_", frozen=True, extra="ignore")

    landing: tuple[str, ...] = ("data/landing",)
    warehouse: Path = Path("data/warehouse")
    sources: Path = Path("data/sources.toml")
    batch_bytes: int = Field(default=48_000_000, gt=0, description="bytes of files in one batch")
    memory_limit: str = Field(default="1GB", description="what DuckDB may use while it loads")
    kept_versions: int = Field(default=7, ge=1, description="published versions that stay for a rollback")
