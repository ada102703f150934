"""A press that delivers night after night, and remembers what a warehouse has to know of it."""

import os
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Final

from tests.proofs.landing import FORMS, Article, article, land, revised, write

FIRST_DAY: Final = date(2026, 11, 1)
RECORDS: Final = ("ant", "json", "jsonl", "csv")
_SOURCES: Final = {"ant": "alsharq-ant", "json": "wakalat-nida", "jsonl": "sahel-tunis", "csv": "burj-csv"}
_BAD: Final = {
    "empty": b"",
    "binary": bytes(range(256)) * 9,
    "latin": b"Not a word of it is Arabic.",
    "cut": b'[{"guid": "cut", "text": "' + "نص".encode() * 9,
}

Key = tuple[str, str]
"""(source_id, natural_key)."""
Text = tuple[str, str]
"""(title, body)."""


@dataclass(frozen=True)
class File:
    """A delivered file and what it holds now."""

    form: str
    day: date
    name: str
    articles: tuple[Article, ...]

    @property
    def path(self) -> str:
        return FORMS[self.form][0].format(day=self.day, name=self.name)

    def key(self, one: Article) -> Key:
        if self.form in RECORDS:
            return _SOURCES[self.form], f"https://alsharq.example/{one.key}" if self.form == "ant" else one.key
        outlet, _, path = self.path.partition("/")
        return outlet, path

    def locator(self, number: int) -> int:
        is_one = self.form not in RECORDS or (self.form == "ant" and len(self.articles) == 1)
        return 0 if is_one else number


class Press:
    """Delivers into a landing; the same seed delivers the same."""

    def __init__(self, landing: Path, seed: int) -> None:
        self.landing, self.random, self.night = landing, Random(seed), 0
        self.files: dict[str, File] = {}
        self.texts: dict[tuple[str, str], Article] = {}  # (form, key) -> what was delivered last, by form and id
        self.bad: list[Path] = []
        self._held: dict[Key, dict[tuple[date, str, int, Text], int]] = defaultdict(dict)
        self._put: dict[str, int] = {}
        self._count = 0

    @property
    def today(self) -> date:
        return FIRST_DAY + timedelta(self.night)

    def archive(self, count: int, size: int) -> None:
        """Many articles that nobody touches again, which the press does not remember."""
        land(self.landing, FIRST_DAY - timedelta(1), count, seed=99, size=size)

    def put(self, file: File) -> None:
        write(self.landing, file.form, file.day, file.name, list(file.articles))
        self.files[file.path] = file
        self._put[file.path] = self.night
        for number, one in enumerate(file.articles, 1):
            self.texts[file.form, one.key] = one
            self._held[file.key(one)][file.day, file.path, file.locator(number), one.text] = self.night

    def new(self) -> None:
        """A few articles in a form each, and a file of several records."""
        for form in ("joined", "paragraphs"):
            self.put(File(form, self.today, self._name(), (self._article(),)))
        records = tuple(self._article() for _ in range(self.random.randint(2, 4)))
        self.put(File(self.random.choice(RECORDS), self.today, self._name(), records))

    def change_in_place(self) -> None:
        """Another text in the same file, under the same key; a file of records may grow too."""
        file = self._choose()
        at = self.random.randrange(len(file.articles))
        articles = list(file.articles)
        articles[at] = revised(self.random, articles[at])
        if file.form in RECORDS[1:] and self.random.random() < 0.4:
            articles.append(self._article())
        self.put(File(file.form, file.day, file.name, tuple(articles)))

    def take_back_in_place(self) -> None:
        """A text changed and changed back, in two deliveries of the same file."""
        file = self._choose()
        older = {text for _, path, _, text in self._held[file.key(file.articles[0])] if path == file.path}
        title, body = self.random.choice(sorted(older))
        back = Article(file.articles[0].key, title, tuple(body.split("\n")))
        self.put(File(file.form, file.day, file.name, (back, *file.articles[1:])))

    def revise(self) -> None:
        """Another text of known articles in a new file of today."""
        form, known = self._known()
        self.put(File(form, self.today, self._name(), tuple(revised(self.random, one) for one in known)))

    def revise_twice(self) -> None:
        """Two more texts of one article in one file."""
        form, known = self._known()
        once = revised(self.random, known[0])
        self.put(File(form, self.today, self._name(), (once, revised(self.random, once))))

    def come_late(self) -> None:
        """Another text of known articles in a new file of a day long gone."""
        form, known = self._known()
        day = self.today - timedelta(self.random.randint(1, 12))
        self.put(File(form, day, self._name(), tuple(revised(self.random, one) for one in known)))

    def duplicate(self) -> None:
        """The same text of known articles in a new file."""
        form, known = self._known()
        self.put(File(form, self.today, self._name(), tuple(known)))

    def touch(self) -> None:
        """A file with another time of change and the same bytes."""
        file = self._choose()
        path = self.landing / file.path
        os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))
        self.put_again(file)

    def put_again(self, file: File) -> None:
        """What a file holds is read once more."""
        for number, one in enumerate(file.articles, 1):
            self._held[file.key(one)][file.day, file.path, file.locator(number), one.text] = self.night

    def spoil(self) -> None:
        """A file that can't be used."""
        kind = self.random.choice(sorted(_BAD))
        outlet, ending = ("wakalat-nida", "json") if kind == "cut" else ("almasar", "txt")
        path = self.landing / outlet / str(self.today) / f"{self._name()}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_BAD[kind])
        self.bad.append(path)

    def mend(self) -> None:
        """A bad file is delivered again, whole."""
        if mendable := [path for path in self.bad if path.suffix == ".txt"]:
            path = self.random.choice(mendable)
            self.bad.remove(path)
            self.put(File("joined", date.fromisoformat(path.parent.name), path.stem, (self._article(),)))

    def history(self) -> dict[Key, list[Text]]:
        """The texts of each article in the order of their delivery, each once as long as it stayed."""
        order = {key: sorted(held, key=lambda one: (one[0], one[1], held[one], one[2])) for key, held in self._items()}
        return {key: [text for text, _ in groupby(one[3] for one in ordered)] for key, ordered in order.items()}

    def delivery_count(self) -> int:
        return sum(len(held) for held in self._held.values())

    def _items(self) -> list[tuple[Key, dict[tuple[date, str, int, Text], int]]]:
        return list(self._held.items())

    def _article(self) -> Article:
        self._count += 1
        return article(self.random, f"article-{self._count}", self.random.randint(30, 90))

    def _name(self) -> str:
        self._count += 1
        return f"{self.random.choice('abcxyz')}-{self._count}"

    def _choose(self) -> File:
        """A file of an earlier night: what changes twice in a day is seen once."""
        return self.files[self.random.choice(sorted(path for path, put in self._put.items() if put < self.night))]

    def _known(self) -> tuple[str, list[Article]]:
        """(form, up to three articles that have an id)."""
        form = self.random.choice(sorted({form for form, _ in self.texts if form in RECORDS}))
        keys = sorted(key for of, key in self.texts if of == form)
        chosen = self.random.sample(keys, k=min(len(keys), self.random.randint(1, 3)))
        return form, [self.texts[form, key] for key in chosen]
