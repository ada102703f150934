"""Archives in whole nights: members are rows of their own, unchanged archives are not opened again."""

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from flows.due import MissingFiles
from flows.landing import read as reading
from tests.landing.test_archives import GIGABYTE, gzip_of_zeros, tarred, zipped
from tests.remote.conftest import ARTICLE


@pytest.fixture
def deliver(tmp_path: Path):
    """Writes a file into the local landing: deliver("a/x.zip", bytes) -> the landing."""

    def write(file: str, data: bytes) -> str:
        path = tmp_path / "in" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return str(tmp_path / "in")

    return write


@pytest.fixture
def openings(monkeypatch) -> list[str]:
    """The archives that are opened from now on."""
    opened: list[str] = []
    real = reading.members
    monkeypatch.setattr(reading, "members", lambda file, data: opened.append(file) or real(file, data))
    return opened


def texts(*numbers: int) -> dict[str, bytes]:
    return {f"2026-11-17/{number}.txt": ARTICLE.format(number).encode() for number in numbers}


def test_members_are_files_with_rejections_of_their_own(deliver, night_of, ask):
    deliver("o/good.zip", zipped(texts(1, 2) | {"../evil.txt": b"x", "note.jpg": b"\xff\xd8\xff" + bytes(99)}))
    deliver("o/bomb.txt.gz", gzip_of_zeros(GIGABYTE // 4))
    deliver("o/broken.tar", tarred(texts(3, 4))[:1600])  # cut in the second member
    landing = deliver("o/plain.txt", ARTICLE.format(9).encode())

    night = night_of(landing)
    assert night.counts["articles_new"] == 4
    assert ask("select file, archive, form, outcome, article_count from dim_file order by file") == [
        ("o/bomb.txt.gz", None, "gz", "rejected", 0),
        ("o/broken.tar", None, "tar", "opened", 0),
        ("o/broken.tar!2026-11-17/3.txt", "o/broken.tar", "paragraphs", "loaded", 1),
        ("o/good.zip", None, "zip", "opened", 0),
        ("o/good.zip!2026-11-17/1.txt", "o/good.zip", "paragraphs", "loaded", 1),
        ("o/good.zip!2026-11-17/2.txt", "o/good.zip", "paragraphs", "loaded", 1),
        ("o/good.zip!note.jpg", "o/good.zip", None, "rejected", 0),
        ("o/plain.txt", None, "paragraphs", "loaded", 1),
    ]
    assert ask("select file, locator, reason from fact_rejection order by file, locator") == [
        ("o/bomb.txt.gz", "", "refused_archive"),
        ("o/broken.tar", "", "bad_form"),
        ("o/good.zip", "../evil.txt", "refused_archive"),
        ("o/good.zip!note.jpg", "", "not_text"),
    ]
    assert ask("select natural_key, published_on::varchar from dim_article where file like '%1.txt'") == [
        ("good.zip!2026-11-17/1.txt", "2026-11-17")
    ]


def test_an_unchanged_archive_is_not_opened_again_and_its_members_are_seen(deliver, night_of, ask, openings):
    deliver("o/x.zip", zipped(texts(1, 2)))
    landing = deliver("o/1.txt", ARTICLE.format(7).encode())
    night_of(landing)
    assert night_of(landing).outcome == "nothing_new"
    assert openings == ["o/x.zip"]

    deliver("o/2.txt", ARTICLE.format(8).encode())
    assert night_of(landing).counts["files_gone"] == 0
    assert openings == ["o/x.zip"]
    assert ask("select count(distinct last_seen_load_id), count(*) from dim_file") == [(1, 5)]


def test_an_archive_that_changed_is_opened_and_what_it_holds_no_more_is_gone(deliver, night_of, ask):
    landing = deliver("o/x.zip", zipped(texts(1, 2, 3)))
    night_of(landing)
    deliver("o/x.zip", zipped(texts(1, 2) | {"2026-11-17/2.txt": ARTICLE.format(22).encode()} | texts(4)))

    counts = night_of(landing).counts
    assert (counts["articles_new"], counts["articles_changed"], counts["articles_unchanged"]) == (1, 1, 1)
    assert counts["files_gone"] == 1
    assert ask("select outcome, count(*) from dim_file group by all order by all") == [
        ("loaded", 3), ("opened", 1), ("unchanged", 1),
    ]  # fmt: skip


def test_an_archive_that_was_only_touched_changes_nothing(deliver, night_of, ask, tmp_path):
    landing = deliver("o/x.zip", zipped(texts(1, 2)))
    night_of(landing)
    os.utime(tmp_path / "in/o/x.zip", (0, 1_700_000_000))

    assert night_of(landing).counts["articles_unchanged"] == 2
    assert ask("select distinct outcome from dim_file") == [("unchanged",)]
    assert night_of(landing).outcome == "nothing_new"


def test_a_mended_archive_settles_the_rejections_of_its_members(deliver, night_of, ask):
    landing = deliver("o/x.zip", zipped(texts(1) | {"2.txt": b"", "3.txt": b""}))
    night_of(landing)
    assert night_of(landing, task="replay").rejected == {"empty_file": 2}

    deliver("o/x.zip", zipped(texts(1) | {"2.txt": ARTICLE.format(2).encode()}))
    night_of(landing)
    assert ask("select count(*) from fact_rejection where resolved_load_id is null") == [(0,)]


def test_a_rebuild_needs_the_archive_not_its_members(deliver, night_of, tmp_path):
    deliver("o/x.zip", zipped(texts(1, 2)))
    landing = deliver("o/y.zip", zipped(texts(3)))
    night_of(landing)
    assert night_of(landing, task="verify").differing == ()
    assert night_of(landing, task="rebuild").counts["articles_new"] == 3

    (tmp_path / "in/o/x.zip").unlink()
    with pytest.raises(MissingFiles, match=r"^1 files .* e\.g\. o/x\.zip;"):
        night_of(landing, task="rebuild")


def test_a_small_batch_gives_the_same_warehouse(deliver, night_of):
    deliver("o/x.zip", zipped(texts(*range(40))))
    landing = deliver(
        "o/y.tar.gz", tarred({f"{n}.txt": ARTICLE.format(n + 100).encode() for n in range(40)}, mode="w:gz")
    )
    night_of(landing)

    assert night_of(landing, task="verify", batch_bytes=1_000).differing == ()


def test_an_archive_in_a_bucket_is_read_in_place(s3, night_of, ask):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for name, data in texts(*range(50)).items():
            entry = tarfile.TarInfo(f"./{name}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    s3.put("packed", {"o/x.tar.gz": target.getvalue(), "o/1.txt.gz": gzip.compress(ARTICLE.format(99).encode())})

    assert night_of("s3://packed").counts["articles_new"] == 51
    assert s3.asked["GET object"] == 2
    assert night_of("s3://packed").outcome == "nothing_new"
    assert s3.asked["GET object"] == 2
    assert ask("select count(*) from dim_file where archive = 'o/x.tar.gz'") == [(50,)]


def test_a_document_that_is_a_zip_inside_is_no_archive(deliver, night_of, ask):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w:t>نص</w:t>")
    night_of(deliver("o/letter.docx", target.getvalue()))
    assert [file for (file,) in ask("select file from dim_file")] == ["o/letter.docx"]
