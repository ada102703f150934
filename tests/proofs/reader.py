"""A client of the warehouse in a process of its own, which knows nothing but DuckDB: reader.py FILE.

Opens the file read-only again and again until its standard input ends, once more behind that, and tells in a line of
JSON how often it saw which version, and what did not fit together. It says «ready» when it has read for the first time.
"""

import json
import sys
import threading

import duckdb

PAUSE = 0.2
"""Seconds between two looks, which leave the machine to the job."""
LAST_LOAD = "select max(load_id) from dim_load"
QUERIES = {
    "the last load": f"{LAST_LOAD} having max(load_id) <> (select max(last_load_id) from fact_delivery)",
    "the load of articles": f"{LAST_LOAD} having max(load_id) <> (select max(load_id) from fact_article)",
    "the load of files": f"{LAST_LOAD} having max(load_id) <> (select max(last_seen_load_id) from dim_file)",
    "articles": "select 1 where (select count(*) from dim_article) <> (select sum(articles_new) from dim_load)",
    "measures": "select 1 where (select count(*) from dim_article) <> (select count(*) from fact_article)",
    "sentences": """
        select 1 where (select sum(sentence_count) from fact_article)
            <> (select count(*) from fact_sentence where sentence_no > 0)""",
    "words": """
        select 1 where (select sum(distinct_word_count) from fact_article) > (select count(*) from fact_word)
            or exists (from fact_word anti join dim_word using (word_id))""",
    "chars": "select 1 where (select sum(length(body)) from dim_article) <> (select sum(char_count) from fact_article)",
}
"""What must give no row in one version."""


def look(file: str) -> tuple[str, list[str]]:
    """(version, what does not fit together) of one connection."""
    with duckdb.connect(file, read_only=True, config={"threads": 1}) as connection:
        version = connection.sql(LAST_LOAD).fetchall()[0][0]
        mixed = [name for name, query in QUERIES.items() if connection.sql(query).fetchall()]
        if connection.sql(LAST_LOAD).fetchall()[0][0] != version:
            mixed.append("the version changed within a connection")
    return version, mixed


def main() -> None:
    """Reads until told to stop."""
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    versions: dict[str, int] = {}
    faults: list[str] = []
    is_last = False
    while True:
        try:
            version, mixed = look(sys.argv[1])
            versions[version] = versions.get(version, 0) + 1
            faults += [f"{version}: {name}" for name in mixed]
        except duckdb.Error as error:
            faults.append(str(error))
        if sum(versions.values()) + len(faults) == 1:
            print("ready", flush=True)
        if is_last:
            break
        is_last = stop.wait(PAUSE)
    print(json.dumps({"versions": versions, "faults": faults}), flush=True)


if __name__ == "__main__":
    main()
