"""What an analyst types and what an outlet delivers can't reach beyond the warehouse, and can't break the night."""

import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import pytest

from flows.night import run_night
from flows.warehouse.connection import read
from flows.warehouse.place import Place
from flows.warehouse.queries import BadQuery, answer
from tests.proofs.evidence import a_night, broken_claims, fingerprint, is_tidy
from tests.proofs.landing import land
from transforms.contracts import FAULTS, MAX_BODY_CHARS

COMMAND: Final = Path(sys.executable).with_name("mustawda")
BODY: Final = "قال الوزير إن المشروع بدأ في الصباح."
SECRET: Final = "كلمة السر هي سمسم في هذا الملف."

REFUSED: Final = {
    "read text": "from read_text('{file}')",
    "read csv": "from read_csv('{file}')",
    "read a file as a table": "from '{file}'",
    "read parquet": "from read_parquet('{file}')",
    "read json": "from read_json('{file}')",
    "list files": "from glob('{folder}/*')",
    "write csv": "copy (select 1) to '{folder}/out.csv'",
    "write parquet": "copy dim_article to '{folder}/out.parquet' (format parquet)",
    "export": "export database '{folder}/out'",
    "attach another file": "attach '{folder}/other.duckdb'",
    "attach the published file to write": "attach '{warehouse}' as again (read_write)",
    "install": "install httpfs",
    "load": "load '{folder}/evil.duckdb_extension'",
    "update": "update dim_article set title = ''",
    "insert": "insert into dim_source values ('a', 'b', null, 'UTC')",
    "create": "create table mine as select 1",
    "drop": "drop table fact_word",
    "allow access": "set enable_external_access = true",
    "allow it for all": "set global enable_external_access = true",
    "unlock": "set lock_configuration = false",
    "another setting": "set memory_limit = '100GB'",
    "another time zone": "set timezone = 'Asia/Tokyo'",
    "a pragma": "pragma temp_directory = '{folder}'",
    "reset": "reset lock_configuration",
    "the network": "from read_csv('http://127.0.0.1:9/a.csv')",
    "a secret": "create secret (type s3, key_id 'a', secret 'b')",
    "behind another statement": "select 1; copy (select 1) to '{folder}/out.csv'",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Place:
    root = tmp_path_factory.mktemp("published")
    land(root / "landing", date(2026, 11, 1), 6, seed=1)
    run_night(a_night(root))
    return Place(root / "warehouse")


# What an analyst types


@pytest.mark.parametrize("what", REFUSED)
def test_a_question_reaches_nothing_but_the_warehouse(published, tmp_path, what):
    file = tmp_path / "secret.csv"
    file.write_text(f"a\n{SECRET}\n", encoding="utf-8")
    duckdb.connect(tmp_path / "other.duckdb").close()
    before = sorted(path.name for path in tmp_path.iterdir()), fingerprint(published.published())
    query = REFUSED[what].format(file=file, folder=tmp_path, warehouse=published.published())

    with pytest.raises(BadQuery) as refused:
        answer(published, query)

    assert SECRET not in str(refused.value)
    assert (sorted(path.name for path in tmp_path.iterdir()), fingerprint(published.published())) == before


def test_the_command_refuses_in_one_line_with_the_exit_code_of_bad_sql(published, tmp_path):
    arguments = ["sql", f"copy (select 1) to '{tmp_path}/out.csv'", "--warehouse", str(published.root)]
    done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=120)

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out.csv").exists()


def test_a_parameter_is_a_value_and_never_sql(published):
    evil = "x'); drop table dim_article; --"

    assert answer(published, "select $word as word", {"word": evil}).rows() == [(evil,)]
    assert answer(published, "select count(*) from dim_article").item() == 6


def test_the_settings_of_a_read_connection_are_those_of_a_locked_room(published):
    with read(published.published()) as connection:
        names = "'enable_external_access', 'lock_configuration', 'autoload_known_extensions'"
        told = connection.sql(f"select name, value from duckdb_settings() where name in ({names}) order by name")
        assert told.fetchall() == [
            ("autoload_known_extensions", "false"),
            ("enable_external_access", "false"),
            ("lock_configuration", "true"),
        ]


# What an outlet delivers


def deliver(root: Path, files: dict[str, bytes | str]) -> None:
    for name, content in files.items():
        path = root / "landing" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def told(root: Path, query: str) -> list:
    with duckdb.connect(root / "warehouse/current.duckdb", read_only=True) as connection:
        return connection.sql(query).fetchall()


def test_names_of_files_are_data(tmp_path):
    names = [
        "o'brien/2026-11-01/it's.txt",
        'quote"d/"; drop table dim_article; --.txt',
        "nahr/'); attach 'x' as y; --.txt",
        "nahr/line\nbreak.txt",
        "nahr/tab\tand $variable {brace} %s.txt",
        "nahr/not..hidden..txt",
        "nahr/x..\\..\\windows.txt",
        "nahr/[glob]*?.txt",
        "nahr/batch=0001.parquet.txt",
        "nahr/~root.txt",
        "nahr/-rf.txt",
        "nahr/خبر «عاجل».txt",
        "nahr/a!b.txt",
        "dots../1.txt",
    ]
    deliver(tmp_path, dict.fromkeys(names, f"عنوان\n\n{BODY}\n"))

    assert run_night(a_night(tmp_path)).counts["articles_new"] == len(names)
    assert run_night(a_night(tmp_path)).outcome == "nothing_new"
    assert sorted(told(tmp_path, "select file from dim_article")) == sorted((name,) for name in names)
    assert broken_claims(Place(tmp_path / "warehouse").published()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["landing", "warehouse"]


def test_a_name_that_is_no_text_stops_nothing(tmp_path):
    deliver(tmp_path, {"nahr/1.txt": f"عنوان\n\n{BODY}\n"})
    odd = os.fsencode(tmp_path / "landing/nahr") + b"/caf\xe9.txt"
    with open(odd, "wb") as file:  # noqa: PTH123  # a path of bytes
        file.write(f"عنوان\n\n{BODY}\n".encode())

    assert run_night(a_night(tmp_path)).outcome == "published"
    assert told(tmp_path, "select file from dim_article order by file") == [("nahr/1.txt",), (r"nahr/caf\xe9.txt",)]
    assert run_night(a_night(tmp_path)).outcome == "nothing_new"


def test_a_warehouse_in_a_folder_of_an_odd_name_works(tmp_path):
    root = tmp_path / "it's [a] «odd» fold*r; %20"
    for number in (1, 2):
        deliver(tmp_path, {f"nahr/{number}.txt": f"عنوان {number}\n\n{BODY}\n"})
        assert run_night(a_night(tmp_path, warehouse=root)).counts["articles_new"] == 1

    assert broken_claims(Place(root).published()) == []
    assert is_tidy(Place(root))


def test_names_that_look_alike_are_not_the_same_file(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("1.txt", f"عنوان\n\n{BODY} في الأرشيف\n")
    deliver(tmp_path, {"nahr/x.zip": target.getvalue(), "nahr/x.zip!1.txt": f"عنوان\n\n{BODY}\n"})
    deliver(tmp_path, {r"nahr/caf\xe9.txt": f"عنوان\n\n{BODY} هنا\n"})
    with open(os.fsencode(tmp_path / "landing/nahr") + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123  # a path of bytes
        file.write(f"عنوان\n\n{BODY} هناك\n".encode())

    assert run_night(a_night(tmp_path)).counts["articles_new"] == 4
    assert run_night(a_night(tmp_path)).outcome == "nothing_new"
    assert told(tmp_path, "select file from dim_article order by file") == [
        (r"nahr/caf\x5cxe9.txt",), (r"nahr/caf\xe9.txt",), ("nahr/x.zip!1.txt",), (r"nahr/x.zip\x211.txt",),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a?b", "[ab]*", "a#%20b", 'it\'s "one" أخبار'])
def test_a_landing_in_a_folder_of_an_odd_name_works(tmp_path, name):
    deliver(tmp_path / name, {f"{name}/{name}/1.txt": f"عنوان\n\n{BODY}\n"})
    night = a_night(tmp_path / name, warehouse=tmp_path / "warehouse")

    assert run_night(night).counts["articles_new"] == 1
    assert told(tmp_path, "select source_id, file from dim_article") == [(name, f"{name}/{name}/1.txt")]
    assert run_night(night).outcome == "nothing_new"


def test_members_of_archives_with_any_name_stop_nothing(tmp_path):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", errors="surrogateescape") as archive:
        for name in (b"caf\xe9.txt", b"line\nbreak.txt", "خبر.txt".encode("windows-1256"), b"good.txt"):
            member = tarfile.TarInfo(os.fsdecode(name))
            member.size = len(content := f"عنوان\n\n{BODY} {name!r}\n".encode())
            archive.addfile(member, io.BytesIO(content))
    deliver(tmp_path, {"nahr/x.tar": target.getvalue()})

    assert run_night(a_night(tmp_path)).counts["articles_new"] == 3
    assert told(tmp_path, "select locator, reason from fact_rejection") == [("line\ufffdbreak.txt", "refused_archive")]
    assert run_night(a_night(tmp_path)).outcome == "nothing_new"
    assert broken_claims(Place(tmp_path / "warehouse").published()) == []


def test_columns_and_values_of_records_are_data(tmp_path):
    evil = "x'); drop table dim_article; --"
    record = {"id": evil, "title": f"{evil} {BODY}", "body": f"{BODY} {evil}", evil: evil, "author": evil, "url": evil}
    deliver(tmp_path, {"nahr/1.json": json.dumps([record]), f"nahr/{evil}/2.jsonl": json.dumps(record | {"url": "u"})})

    assert run_night(a_night(tmp_path)).counts["articles_new"] == 2
    assert told(tmp_path, "select distinct author from dim_article") == [(evil,)]
    assert broken_claims(Place(tmp_path / "warehouse").published()) == []


def test_links_pipes_and_devices_of_a_landing_are_not_read(tmp_path):
    deliver(tmp_path, {"nahr/1.txt": f"عنوان\n\n{BODY}\n", "../outside/deep/2.txt": f"عنوان\n\n{SECRET}\n"})
    outside, nahr = tmp_path / "outside", tmp_path / "landing/nahr"
    (nahr / "file.txt").symlink_to(outside / "deep/2.txt")
    (nahr / "relative.txt").symlink_to("../../outside/deep/2.txt")
    (nahr / "folder").symlink_to(outside)
    (tmp_path / "landing/outlet").symlink_to(outside / "deep")
    (nahr / "nowhere.txt").symlink_to(outside / "gone.txt")
    (nahr / "loop").symlink_to(nahr)
    os.mkfifo(nahr / "pipe.txt")
    if os.geteuid() == 0:
        os.mknod(nahr / "zero.txt", 0o20666, os.makedev(1, 5))

    assert run_night(a_night(tmp_path)).counts["articles_new"] == 1
    assert told(tmp_path, "select file from dim_article") == [("nahr/1.txt",)]
    assert told(tmp_path, f"select count(*) from fact_sentence where contains(sentence, '{SECRET[:12]}')") == [(0,)]
    links = ["nahr/file.txt", "nahr/folder", "nahr/loop", "nahr/nowhere.txt", "nahr/relative.txt", "outlet"]
    assert told(tmp_path, "select file, reason from fact_rejection") == [(file, "refused_link") for file in links]
    assert told(tmp_path, "select file from dim_file where outcome = 'rejected' order by file") == [(f,) for f in links]

    (outside / "deep/2.txt").write_text("نص آخر", encoding="utf-8")
    assert run_night(a_night(tmp_path)).outcome == "nothing_new"

    (nahr / "file.txt").unlink()
    deliver(tmp_path, {"nahr/file.txt": f"عنوان\n\n{BODY}\n"})
    assert run_night(a_night(tmp_path)).counts["articles_new"] == 1
    still_open = told(tmp_path, "select file from fact_rejection where resolved_load_id is null order by file")
    assert still_open == [(file,) for file in links[1:]]
    assert broken_claims(Place(tmp_path / "warehouse").published()) == []


BOUNDED: Final = """
import resource, sys
from pathlib import Path
from flows.night import run_night
from tests.proofs.evidence import a_night
assert run_night(a_night(Path(sys.argv[1]))).outcome == "published"
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""
MEMORY: Final = 4 << 30
SECONDS: Final = 120


def bombs() -> dict[str, bytes | str]:
    """Files that are small to deliver and large to read."""
    lols = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
    deep = 100_000
    number = "9" * 100_000
    return {
        "nahr/good.txt": f"عنوان\n\n{BODY}\n",
        "nahr/lol.html": f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol0 "lol">{lols}]><p>{BODY} &lol9;</p>',
        "nahr/lol.txt": f'<!DOCTYPE lolz [<!ENTITY lol0 "lol">{lols}]>\n\n{BODY} &lol9;\n',
        "nahr/external.html": f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>{BODY} &e;</p>',
        "nahr/amp.txt": f"عنوان\n\n{BODY} &{'amp;' * 200_000}lt;\n",
        "nahr/deep.json": "[" * deep + "]" * deep,
        "nahr/deep_object.json": '{"a":' * deep + "1" + "}" * deep,
        "nahr/deep_record.jsonl": '{"title": "ت", "body": ' + "[" * deep + "]" * deep + "}\n",
        "nahr/number.json": f'[{{"title": "ت", "body": "{BODY}", "id": {number}}}]',
        "nahr/float.json": f'[{{"title": "ت", "body": "{BODY}", "id": 1e{number}, "published": 1e308}}]',
        "nahr/date.json": json.dumps([{"id": "d", "title": "ت", "body": BODY, "published": "9" * 5_000}]),
        "nahr/keys.json": json.dumps([{"id": "k", "body": BODY} | {f"key{n}": "" for n in range(100_000)}]),
        "nahr/line.txt": ("قال الوزير إن المشروع بدأ في الصباح وانتهى " * 1_000_000)[: 24 << 20],
        "nahr/line.jsonl": json.dumps({"title": "ت", "body": "ا" * (12 << 20)}),
        "nahr/commas.csv": "title,body\n" + "," * 2_000_000 + "\n",
        "nahr/quote.csv": 'title,body\nا,"' + "ب\n" * 1_000_000,
        "nahr/tags.txt": f"عنوان\n\n{BODY}" + "<a href='" * 300_000,
        "nahr/docs.txt": "<DOC>" * 300_000,
        "nahr/empty_lines.txt": "\n" * 5_000_000,
        "nahr/nothing.jsonl": "{}\n" * 50_000,
    }


@pytest.mark.slow
def test_bombs_are_bounded_and_named_and_the_good_article_is_loaded(tmp_path):
    deliver(tmp_path, bombs())
    command = [sys.executable, "-c", BOUNDED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)

    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) < MEMORY
    assert told(tmp_path, "select count(*) from dim_article where file = 'nahr/good.txt'") == [(1,)]
    rejected = dict(told(tmp_path, "select file, any_value(reason) from fact_rejection group by file"))
    assert set(rejected.values()) <= FAULTS.keys()
    assert rejected["nahr/line.txt"] == rejected["nahr/line.jsonl"] == "too_long"
    assert {"nahr/deep.json", "nahr/deep_object.json", "nahr/deep_record.jsonl"} <= rejected.keys()
    assert told(tmp_path, "select count(*) from dim_article where contains(body, 'root:')") == [(0,)]
    assert told(tmp_path, f"select count(*) from dim_article where length(body) > {MAX_BODY_CHARS}") == [(0,)]
    assert told(tmp_path, "select count(*) from dim_article where contains(body, 'lollollol')") == [(0,)]
    assert broken_claims(Place(tmp_path / "warehouse").published()) == []
