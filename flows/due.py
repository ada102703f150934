"""Which files of the landing a run loads."""

from flows.code_version import code_version
from flows.landing.discover import LandingFile, changed
from flows.landing.sources import Sources
from flows.logs import log
from flows.terms import FRESH, Night
from flows.trouble import Trouble
from flows.warehouse import known
from flows.warehouse.place import Place


class MissingFiles(Trouble):
    """A rebuild would lose the articles of files that the landing no longer has."""


def due_files(night: Night, place: Place, files: list[LandingFile], sources: Sources) -> list[LandingFile]:
    """The files that this run loads: the new and changed ones, with those to replay, or all for a rebuild."""
    files_known = known.files(place)
    if night.task in FRESH:
        gone = set(files_known["file"]) - {item.file for item in files}
        if gone and not night.drop_missing:
            raise MissingFiles(
                f"{len(gone)} files that the warehouse knows are no longer in the landing, e.g. {min(gone)}; a rebuild "
                "would lose their articles: bring them back, or say --drop-missing"
            )
        return files
    if stale := known.stale(place, code_version(), sources.sha256):
        log.warning("%s changed since the last load: «mustawda rebuild» reads older articles anew", stale)
    rejected = known.rejected_files(place) if night.task == "replay" else set()
    due = {item.file for item in changed(files, files_known)} | rejected
    return [item for item in files if item.file in due]
