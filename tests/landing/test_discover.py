"""The files of a landing."""

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

import fsspec
import polars as pl
import pytest

from flows.landing import listing
from flows.landing.discover import changed, discover
from flows.landing.faults import Fault
from flows.landing.fetch import fetched
from flows.landing.file import MissingLanding
from transforms.contracts import FILE


def names(*landings: str) -> list[str]:
    return [item.file for item in discover(landings)]


def test_files_of_nested_folders_are_found_in_the_order_of_their_paths(landing):
    place = landing({"b/خبر.txt": "نص", "a/2026/11/17/2.txt": "نص", "a/2026/11/17/1.txt": "نص", "top.txt": "نص"})
    assert names(place) == ["a/2026/11/17/1.txt", "a/2026/11/17/2.txt", "b/خبر.txt", "top.txt"]
    assert names(f"{place}/") == names(place) == names(f"file://{place}")


@pytest.mark.parametrize(
    ("glob", "found"),
    [
        ("*/*.json", ["a/1.json", "b/1.json"]),
        ("a/**", ["1.json", "deep/2.txt"]),
        ("**/*.txt", ["a/deep/2.txt"]),
        ("[ab]/1.json", ["a/1.json", "b/1.json"]),
        ("?/2.json", []),
    ],
)
def test_a_glob_chooses_files_and_paths_begin_behind_its_fixed_part(landing, glob, found):
    place = landing({"a/1.json": "[]", "b/1.json": "[]", "a/deep/2.txt": "نص"})
    assert names(f"{place}/{glob}") == found


ODD = ["a?b", "a#b", "a*b", "[ab]", "a%20b", "a=b", "a'b\"c", "{a}", "~a", "$a;b", "مدخل أخبار", "a\nb", "a\\b", "a::b"]


@pytest.mark.parametrize("name", ODD)
def test_a_landing_may_be_called_like_a_glob(tmp_path: Path, name):
    for file in (f"{name}/o {name}/1.txt", f"{name}/o {name}/{name}.json", "ab/o/2.txt"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("نص")
    assert names(str(tmp_path / name)) == sorted([f"o {name}/1.txt", f"o {name}/{name}.json"])
    assert names(str(tmp_path / name / "*/*.txt")) == [f"o {name}/1.txt"]
    assert names(str(tmp_path / name / "**/*.json")) == [f"o {name}/{name}.json"]
    assert names(str(tmp_path / name / f"o {name}" / "?.txt")) == ["1.txt"]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        (b"caf\xe9.txt", r"caf\xe9.txt"),
        (rb"caf\xe9.txt", r"caf\x5cxe9.txt"),
        (rb"caf\x5cxe9.txt", r"caf\x5cx5cxe9.txt"),
        (rb"x..\windows.txt", r"x..\windows.txt"),
        (b"x.zip!1.txt", r"x.zip\x211.txt"),
        (rb"x.zip\x211.txt", r"x.zip\x5cx211.txt"),
        (b"x.TAR.GZ!y.zip!1.txt", r"x.TAR.GZ\x21y.zip\x211.txt"),
        (b"x.zip!", r"x.zip\x21"),
        (b"a!b.txt", "a!b.txt"),
        (b"!.zip", "!.zip"),
    ],
)
def test_a_name_becomes_text_and_never_that_of_another_file(tmp_path: Path, name, file):
    with open(os.path.join(os.fsencode(tmp_path), name), "wb") as made:  # noqa: PTH118, PTH123  # a path of bytes
        made.write(b"x")
    (item,) = discover([str(tmp_path)])
    assert item.file == file
    assert list(fetched([item])) == [(item, b"x")]


@pytest.mark.parametrize(
    "name", [".hidden.txt", ".git/config", "a/.~lock.txt", "a/1.txt.part", "a/1.tmp", "a/1.crdownload", "a/1.filepart"]
)
def test_hidden_and_unfinished_files_wait(landing, name):
    assert names(landing({name: "نص", "a/parts.txt": "نص", "a/tmp/x.part.txt": "نص"})) == [
        "a/parts.txt",
        "a/tmp/x.part.txt",
    ]


def test_a_landing_below_a_hidden_folder_is_read(tmp_path: Path):
    (tmp_path / ".spool/a").mkdir(parents=True)
    (tmp_path / ".spool/a/1.txt").write_text("نص")
    assert names(str(tmp_path / ".spool")) == ["a/1.txt"]


@pytest.mark.parametrize("below", ["nowhere", "nowhere/*.txt"])
def test_a_missing_landing_is_told_in_a_sentence(tmp_path: Path, below):
    place = str(tmp_path / below)
    with pytest.raises(MissingLanding, match=r"the landing .* does not exist; create it or name another") as missing:
        discover([place])
    assert place in str(missing.value)


def test_a_folder_that_may_not_be_listed_hides_nothing_but_itself(landing, monkeypatch, caplog):
    place = landing({"a/1.txt": "نص", "b/2.txt": "نص"})
    scandir = os.scandir

    def refused(path):
        if str(path) == refused.path:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    refused.path = f"{place}/a"
    with caplog.at_level("WARNING", "mustawda"):
        assert names(place) == ["b/2.txt"]
    assert [record.getMessage() for record in caplog.records] == [
        f"the folder {place}/a of the landing can't be listed: PermissionError: Permission denied"
    ]
    refused.path = place
    with pytest.raises(MissingLanding, match="can't be listed: PermissionError: Permission denied"):
        discover([place])


def test_a_link_is_listed_and_never_followed(landing, tmp_path: Path):
    place = landing({"a/1.txt": "نص", "../outside/deep/2.txt": "نص"})
    for name, target in {"a/file.txt": "outside/deep/2.txt", "a/folder": "outside", "b": "outside/deep"}.items():
        (tmp_path / "landing" / name).symlink_to(tmp_path / target)
    (tmp_path / "landing/a/nowhere").symlink_to("nowhere")
    (tmp_path / "landing/a/loop").symlink_to(".")
    (tmp_path / "landing/a/.hidden").symlink_to("1.txt")

    found = {item.file: item.is_link for item in discover([place])}
    links = ["a/file.txt", "a/folder", "a/loop", "a/nowhere", "b"]
    assert found == {"a/1.txt": False} | dict.fromkeys(links, True)
    assert names(f"{place}/**/*.txt") == ["a/1.txt", "a/file.txt"]


def test_a_local_folder_tells_what_fsspec_tells(landing, tmp_path: Path):
    place = landing({"a/1.txt": "نص", "a/b/2.txt": "نص"})
    (tmp_path / "landing/a/link").symlink_to("1.txt")
    (tmp_path / "landing/a/folder").symlink_to("b")
    os.mkfifo(tmp_path / "landing/a/pipe")
    local = fsspec.filesystem("file")
    theirs = {told["name"]: told for told in local.ls(f"{place}/a", detail=True)}
    ours = {told["name"]: told for told in listing._held(local, f"{place}/a", is_base=True)}
    assert ours.keys() == theirs.keys()
    for name, told in ours.items():
        same = told.keys() - ({"size"} if told["islink"] else set())  # theirs is that of what a link leads to
        assert {key: told[key] for key in same} == {key: theirs[name][key] for key in same}


def test_a_file_that_goes_while_its_folder_is_listed_is_none(landing, monkeypatch):
    place = landing({"a/1.txt": "نص", "a/2.txt": "نص"})
    scandir = os.scandir

    def late(path):
        entries = list(scandir(path))
        Path(place, "a/1.txt").unlink(missing_ok=True)
        return contextlib.nullcontext(entries)

    monkeypatch.setattr(os, "scandir", late)
    assert names(place) == ["a/2.txt"]


def test_a_link_is_the_same_whatever_becomes_of_what_it_leads_to(landing, tmp_path: Path):
    place = landing({"a/1.txt": "نص", "../outside.txt": "نص"})
    (tmp_path / "landing/a/link.txt").symlink_to("../../outside.txt")
    before = discover([place])
    landing({"../outside.txt": "نص أطول"})
    assert discover([place]) == before
    (tmp_path / "outside.txt").unlink()
    assert discover([place]) == before


def test_a_landing_that_is_itself_a_link_is_read(landing, tmp_path: Path):
    (tmp_path / "link").symlink_to(landing({"a/1.txt": "نص"}))
    assert names(str(tmp_path / "link")) == ["a/1.txt"]


def test_a_file_is_no_landing(landing):
    place = landing({"a/1.txt": "نص"})
    with pytest.raises(MissingLanding, match=r"1\.txt is a file; name the folder"):
        discover([f"{place}/a/1.txt"])


def test_an_empty_landing_holds_no_files(tmp_path: Path):
    assert discover([str(tmp_path)]) == []


def test_two_landings_make_one_list(tmp_path: Path):
    for folder, name in (("x", "b/1.txt"), ("y", "a/1.txt")):
        (tmp_path / folder / name).parent.mkdir(parents=True)
        (tmp_path / folder / name).write_text("نص")
    assert names(str(tmp_path / "x"), str(tmp_path / "y")) == ["a/1.txt", "b/1.txt"]


def test_two_landings_with_a_file_of_the_same_path_are_refused(tmp_path: Path):
    for folder in ("x", "y"):
        (tmp_path / folder / "a").mkdir(parents=True)
        (tmp_path / folder / "a/1.txt").write_text("نص")
    with pytest.raises(MissingLanding, match=r"the same file a/1\.txt: .*/x/a/1\.txt and .*/y/a/1\.txt"):
        discover([str(tmp_path / "x"), str(tmp_path / "y")])


def test_a_file_has_its_size_and_time_of_change_in_utc(landing):
    place = landing({"a/1.txt": "نص"})
    moment = datetime(2026, 11, 17, 22, 30, 15, 250_000, tzinfo=UTC)
    os.utime(f"{place}/a/1.txt", (0, moment.timestamp()))
    (item,) = discover([place])
    assert (item.size, item.modified_at) == (4, datetime(2026, 11, 17, 22, 30, 15, 250_000))


def test_a_landing_in_another_file_system_is_read():
    fsspec.filesystem("memory").pipe("/press/a/1.txt", "نص".encode())
    (item,) = discover(["memory://press"])
    assert (item.file, item.size) == ("a/1.txt", 4)
    assert [content for _, content in fetched([item])] == ["نص".encode()]


@pytest.mark.parametrize("swap", [lambda path: path.symlink_to("/etc/hostname"), os.mkfifo])
def test_what_took_the_place_of_a_file_is_not_followed(landing, swap):
    (item,) = discover([landing({"a/1.txt": "نص"})])
    Path(item.path).unlink()
    swap(Path(item.path))
    ((_, content),) = fetched([item])
    assert isinstance(content, Fault)
    assert content.reason == "unreadable"


def test_a_file_is_new_where_its_path_size_or_time_differs(landing):
    place = landing({"a/same.txt": "نص", "a/longer.txt": "نص", "a/touched.txt": "نص", "a/new.txt": "نص"})
    known = pl.DataFrame(
        [(item.file, item.size, item.modified_at, None) for item in discover([place]) if item.file != "a/new.txt"],
        schema={name: FILE[name] for name in ("file", "size", "modified_at", "fingerprint")},
        orient="row",
    )
    landing({"a/longer.txt": "نص أطول"})
    os.utime(f"{place}/a/touched.txt", (0, 0))
    assert [item.file for item in changed(discover([place]), known)] == ["a/longer.txt", "a/new.txt", "a/touched.txt"]
    assert len(changed(discover([place]), known.clear())) == 4
