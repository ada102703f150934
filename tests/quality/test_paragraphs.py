"""Paragraphs of Al Arabiya articles against the true ones."""

import json
import re
import tarfile
import unicodedata
from pathlib import Path

import pytest

from flows.landing.discover import discover
from flows.landing.read import read
from flows.landing.sources import Source, Sources
from transforms.cleaning import INVISIBLE, clean


@pytest.fixture(scope="module")
def alarabiya(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alarabiya")
    with tarfile.open(shared / "data" / "alarabiya-2018.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return folder / "alarabiya-2018"


@pytest.mark.parametrize(("form", "floor"), [("joined", 99.4), (None, 99.0)], ids=["stated", "by evidence"])
def test_articles_have_exactly_their_true_paragraphs(alarabiya: Path, measured, form: str | None, floor: float) -> None:
    gold = {row["file"]: row["paragraphs"] for row in map(json.loads, (alarabiya / "gold.jsonl").open())}
    source = Source(id="alarabiya", match="articles/**", form=form)
    files = [item for item in discover([str(alarabiya)]) if item.file.startswith("articles/")]
    raw = read(files, Sources(source=(source,))).raw.with_row_index("row")
    texts, _ = clean(raw)
    bodies = dict(zip(raw["path"], texts["body"], strict=True))
    exact = sum(_plain(gold[file]) == _plain(body.split("\n")) for file, body in bodies.items())
    assert len(bodies) == len(gold)
    measured("paragraphs exact, % of articles", f"alarabiya, {form or 'by evidence'}", 100 * exact / len(gold), floor)


def _plain(paragraphs: list[str]) -> list[str]:
    """Paragraphs compared after NFKC, invisible characters and white space aside."""
    visible = (re.sub(f"[{INVISIBLE}]", "", unicodedata.normalize("NFKC", text)) for text in paragraphs)
    return [plain for text in visible if (plain := " ".join(text.split()))]
