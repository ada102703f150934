"""A landing of invented articles in the forms of data/landing, from a seed: as many as a proof needs."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

DATA: Final = Path(__file__).parents[2] / "data"
SOURCES: Final = DATA / "sources.toml"
_WORD: Final = re.compile(r"(?<![\w\u0640])[\u0621-\u063a\u0641-\u064a]{2,12}(?![\w\u0640])")


@dataclass(frozen=True)
class Article:
    """What an outlet delivers: `key` is its id, where its form has one."""

    key: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> tuple[str, str]:
        """(title, body) as the warehouse holds them."""
        return self.title, "\n".join(self.paragraphs)


@cache
def words() -> tuple[str, ...]:
    """The Arabic words of the sample: real ones, so that the lexicon has its work."""
    texts = (file.read_text(encoding="utf-8", errors="ignore") for file in sorted((DATA / "landing").rglob("*.*")))
    return tuple(sorted({word for text in texts for word in _WORD.findall(text)}))


def article(random: Random, key: str, size: int = 120) -> Article:
    """An invented article of about so many words."""
    sentences = [_sentence(random) for _ in range(max(size // 12, 1))]
    breaks = sorted(random.sample(range(1, len(sentences)), k=min(random.randint(1, 3), len(sentences) - 1)))
    paragraphs = [sentences[a:b] for a, b in zip([0, *breaks], [*breaks, len(sentences)], strict=True)]
    title = " ".join(random.choices(words(), k=random.randint(4, 8)))
    return Article(key, title, tuple(" ".join(paragraph) for paragraph in paragraphs))


def revised(random: Random, old: Article) -> Article:
    """The article with a sentence more, and now and then another title."""
    title = old.title if random.random() < 0.7 else f"{old.title} {random.choice(words())}"
    return Article(old.key, title, (*old.paragraphs[:-1], f"{old.paragraphs[-1]} {_sentence(random)}"))


def _sentence(random: Random) -> str:
    return f"وقال {' '.join(random.choices(words(), k=random.randint(7, 13)))} في {random.choice(words())}."


def _joined(articles: list[Article]) -> str:
    (one,) = articles
    return f"{one.title}\n\n{', '.join(one.paragraphs)}\n"


def _paragraphs(articles: list[Article]) -> str:
    (one,) = articles
    return "\n\n".join([one.title, *one.paragraphs]) + "\n"


def _ant(articles: list[Article]) -> str:
    body = "\n".join
    return "\n".join(
        f"<DOC>\n<DOCNO>{one.key}</DOCNO>\n<URL>https://alsharq.example/{one.key}</URL>\n<SRC>alsharq</SRC>\n"
        f"<TITLE>{one.title}</TITLE>\n<TIME>2026-11-01</TIME>\n<TEXT>\n{body(one.paragraphs)}\n</TEXT>\n</DOC>"
        for one in articles
    )


def _json(articles: list[Article]) -> str:
    records = [
        {"guid": one.key, "headline": one.title, "text": "\n\n".join(one.paragraphs), "published": "2026-11-01"}
        for one in articles
    ]
    return json.dumps(records, ensure_ascii=False, indent=1)


def _jsonl(articles: list[Article]) -> str:
    records = [
        {"source": "sahel-tunis", "id": one.key, "title": one.title, "content": "\n".join(one.paragraphs)}
        for one in articles
    ]
    return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)


def _csv(articles: list[Article]) -> str:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["article_id", "posted", "heading", "story", "writer"])
    rows.writerows([one.key, "01/11/2026 14:05", one.title, "\n".join(one.paragraphs), ""] for one in articles)
    return out.getvalue()


FORMS: Final[dict[str, tuple[str, Callable[[list[Article]], str]]]] = {
    "joined": ("almasar/{day}/{name}.txt", _joined),
    "paragraphs": ("alufuq/{day}/{name}.txt", _paragraphs),
    "ant": ("alsharq-ant/{day}/{name}.txt", _ant),
    "json": ("wakalat-nida/{day}/{name}.json", _json),
    "jsonl": ("sahel-feed/{day}/{name}.jsonl", _jsonl),
    "csv": ("burj-csv/{day}/{name}.csv", _csv),
}
"""Form -> (where its outlet puts a file, the file of some articles). The first two hold one article a file."""


def write(landing: Path, form: str, day: date, name: str, articles: list[Article]) -> str:
    """Writes a file of one outlet; returns its path below the landing."""
    pattern, render = FORMS[form]
    file = pattern.format(day=day, name=name)
    path = landing / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(articles), encoding="utf-8")
    return file


def land(landing: Path, day: date, count: int, seed: int, size: int = 120) -> list[str]:
    """Delivers so many new articles of a day in every form; returns the files."""
    random = Random(seed)
    articles = [article(random, f"{day}-{seed}-{number}", size) for number in range(count)]
    alone, together = articles[: count * 2 // 3], articles[count * 2 // 3 :]
    files = [write(landing, random.choice(["joined", "joined", "paragraphs"]), day, one.key, [one]) for one in alone]
    records = ["ant", "json", "jsonl", "csv"]
    return files + [
        write(landing, form, day, f"records-{seed}", part)
        for form, at in zip(records, range(4), strict=True)
        if (part := together[at::4])
    ]
