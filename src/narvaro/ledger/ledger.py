"""The ledger: open it, read a snapshot, take in a delivery, publish a batch.

Order of a commit: every table's files, every table's commit, and last the one row in `batches`
that names the version of every table. Readers open exactly the versions of its newest row;
what a killed writer left is unseen, and put back at the next start.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narvaro.engine import connect
from narvaro.engine.duck import literal
from narvaro.errors import NotFound, WrongKeyFile
from narvaro.ledger import intake, keys, lock, making, published, store, upkeep
from narvaro.ledger.aliases import Alias, hash_of
from narvaro.ledger.arriving import sweep
from narvaro.ledger.numbering import Scopes
from narvaro.ledger.reading import require_whole_files
from narvaro.ledger.rebuild import rebuilt
from narvaro.ledger.run_rows import write_run
from narvaro.ledger.snapshot import Batch, Snapshot
from narvaro.ledger.space import no_space_is_said
from narvaro.ledger.tables import TABLES

if TYPE_CHECKING:
    from narvaro.exchange import Delivery

ZONE = "Europe/Stockholm"
MEMORY_LIMIT = "1200MB"
"""Of the engine during an import; with the rest of the process it stays below 1.5 GiB."""
DISPOSING = "disposing"
"""A file that is there from a disposal's first visible step until its last file is gone."""


@dataclass(frozen=True, slots=True)
class How:
    """How a delivery is to be taken in.

    `source` names where it comes from; its pupils' and lessons' keys hold within `pupil_scope`
    and `lesson_scope` (both the source itself unless it speaks of another's). With
    `keys_as_given` the delivery's pupil keys are pseudonymous already and kept. `pupil_kinds`
    names the scope of single pupil keys that are made of an identifier of another kind.
    """

    source: str = "files"
    arrived_at: datetime | None = None
    authority: str = ""
    keys_as_given: bool = False
    pupil_scope: str = ""
    lesson_scope: str = ""
    zone: str = ZONE
    aliases: Sequence[Alias] = ()
    pupil_kinds: Mapping[str, str] = field(default_factory=dict)


class Ledger:
    """Append-only tables in a folder. Readers never wait; one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._about = making.read_about(folder / "ledger.json")
        self._is_writing = False

    def batches(self) -> list[Batch]:
        """Return every published batch, oldest first."""
        return published.read_batches(self.folder)

    def snapshot(self, batch: int | None = None) -> Snapshot:
        """Open the newest batch, or an earlier one by its number."""
        every = self.batches()
        chosen = every if batch is None else [one for one in every if one.batch == batch]
        if not chosen:
            raise NotFound(
                f"The ledger has no batch {batch}.", remedy="`narvaro ledger batches` lists them."
            )
        return Snapshot(self.folder, chosen[-1])

    def authority_of(self, source: str) -> str:
        """Return the name of the authority that a source's keys are made with."""
        return _authority_of(self.batches(), source)

    def key_maker(self) -> keys.KeyMaker:
        """Read the secret this ledger's keys are made with; another one is refused."""
        path = keys.key_file_of(self.folder)
        made = keys.read_or_make(path, may_make=False)
        if made.fingerprint != self._about["fingerprint"]:
            raise WrongKeyFile(
                f"The key file {path.name} is not the one this ledger was made with.",
                remedy="Name the right one in NARVARO_KEY_FILE, or put it back from its backup.",
            )
        return made

    def key_function(self, how: How) -> Callable[[str, str], str]:
        """What makes the keys of a delivery that comes in so: of an identifier's kind and value."""
        if how.keys_as_given:
            return lambda _kind, value: value
        made, authority = self.key_maker(), how.authority or self.authority_of(how.source)
        return lambda kind, value: made.key(authority, kind, value)

    def ingest(
        self, delivery: Delivery, how: How, *, progress: intake.Progress | None = None
    ) -> Batch:
        """Take in a checked delivery; a re-sent one changes nothing and returns its batch."""
        with self.writing(), no_space_is_said():
            batch = self._ingest(delivery, how, progress or (lambda _what, _done, _of: None))
            if batch.kind == "delivery":
                self._compact(batch, [name for name in TABLES if batch.counts.get(name)])
            else:
                self._compact(self.batches()[-1])
            return batch

    def _ingest(self, delivery: Delivery, how: How, progress: intake.Progress) -> Batch:
        self.key_maker()
        every = self.batches()
        content = f"{how.source}:{delivery.content_hash}{hash_of(how.aliases)}"
        for batch in published.still_told(_since_disposal(every)):
            if batch.content == content:
                return replace(batch, kind="unchanged", counts={})
        authority = how.authority or _authority_of(every, how.source)
        arrived_at = how.arrived_at or datetime.now(UTC)
        snapshot = Snapshot(self.folder, every[-1])
        number = every[-1].batch + 1
        with self.scratch() as scratch:
            con = connect(memory_limit=MEMORY_LIMIT, scratch=scratch)
            gains = intake.take_in(
                intake.Intake(
                    con=con,
                    snapshot=snapshot,
                    folder=delivery.folder,
                    scopes=Scopes(
                        pupils=how.pupil_scope or how.source,
                        lessons=how.lesson_scope or how.source,
                        to_key=self.key_function(replace(how, authority=authority)),
                        kinds=how.pupil_kinds,
                    ),
                    arrived_at=arrived_at,
                    batch=number,
                    zone=how.zone,
                    aliases=how.aliases,
                    progress=progress,
                )
            )
            newest = _newest(con, every[-1].newest_recorded_at)
        if gains.is_empty:
            return replace(every[-1], kind="unchanged", counts=gains.counts)
        return self._publish(
            Batch(
                batch=number,
                kind="delivery",
                source=how.source,
                authority=authority,
                arrived_at=arrived_at,
                newest_recorded_at=newest,
                content=content,
                counts=gains.counts,
                versions=self._commit(gains.files, number, every[-1].versions),
            )
        )

    def compact(self) -> Batch:
        """Rewrite months of more than eight files as one; nothing that is read changes."""
        with self.writing(), no_space_is_said():
            return self._compact(self.batches()[-1])

    def _compact(self, last: Batch, tables: Iterable[str] = TABLES) -> Batch:
        rewrites = upkeep.crowded(Snapshot(self.folder, last), tables)
        upkeep.compact_batches(self.folder / "batches")
        return self._publish_rewrite(last, "compacted", rewrites) if rewrites else last

    def rebuild(self, *, progress: intake.Progress | None = None) -> Batch:
        """Count every counted table again from what was told, in place of what it holds.

        Raises LedgerDamaged when what was told cannot be read to its end.
        """
        with self.writing(), no_space_is_said(), self.scratch() as scratch:
            last = self.batches()[-1]
            snapshot = Snapshot(self.folder, last)
            require_whole_files(snapshot, [name for name in TABLES if name not in upkeep.SUMS])
            said = progress or (lambda _what, _done, _of: None)
            rewrites = rebuilt(snapshot, zone=ZONE, scratch=scratch, progress=said)
            return self._publish_rewrite(last, "rebuilt", rewrites)

    def dispose(self, pupils: Sequence[str], *, rule: str) -> Batch:
        """Remove pupils from every table and every file; what stays is date, rule and counts.

        The one exception to append-only. Older snapshots cannot be read afterwards. Raises
        NotFound for a key the ledger does not hold.
        """
        with self.writing(), no_space_is_said():
            last = self.batches()[-1]
            snapshot = Snapshot(self.folder, last)
            numbers = upkeep.numbers_to_dispose(snapshot, pupils)
            with self.scratch() as scratch:
                rewrites, rows = upkeep.without_pupils(snapshot, numbers, scratch=scratch)
            query = upkeep.disposal_row(rule, len(pupils), rows, last.batch + 1)
            folder = self.folder / "tables" / "disposals"
            written = store.write_files(connect(), query, folder, TABLES["disposals"])
            rewrites["disposals"] = upkeep.Rewrite(written, [])
            (self.folder / DISPOSING).touch()
            batch = self._publish_rewrite(last, "disposed", rewrites)
            self._clear_away()
            return batch

    def _publish_rewrite(
        self, last: Batch, kind: str, rewrites: Mapping[str, upkeep.Rewrite]
    ) -> Batch:
        added = {name: rewrite.added for name, rewrite in rewrites.items()}
        removed = {name: rewrite.removed for name, rewrite in rewrites.items()}
        versions = self._commit(added, last.batch + 1, last.versions, removed)
        return self._publish(
            replace(
                last,
                batch=last.batch + 1,
                kind=kind,
                source="",
                content="",
                arrived_at=datetime.now(UTC),
                counts={name: len(files) for name, files in removed.items() if files},
                versions=versions,
            )
        )

    def append_run(
        self,
        run_row: str,
        values: Sequence[tuple[int, str, str]],
        changes: Sequence[tuple[int, str, str]],
        *,
        run: str,
        version: int,
        at: str,
        programme: str,
    ) -> Batch:
        """Keep a run: its one row (a query), its flags, and what changed since the one before.

        Flags and changes are (pupil number, rule, record as JSON).
        """
        with self.writing(), no_space_is_said():
            last = self.batches()[-1]
            about = (
                f"{literal(run)} AS run, {version} AS version, {literal(programme)} AS programme, "
                f'{literal(at)} AS "at", {last.batch + 1} AS batch'
            )
            files = write_run(self.folder / "tables", run_row, values, changes, about=about)
            return self._publish(
                replace(
                    last,
                    batch=last.batch + 1,
                    kind="run",
                    source="",
                    content="",
                    arrived_at=datetime.now(UTC),
                    counts={name: sum(f.rows for f in written) for name, written in files.items()},
                    versions=self._commit(files, last.batch + 1, last.versions),
                )
            )

    def _commit(
        self,
        files: Mapping[str, Sequence[store.WrittenFile]],
        batch: int,
        versions: Mapping[str, int],
        removed: Mapping[str, Sequence[str]] | None = None,
    ) -> dict[str, int]:
        after = dict(versions)
        for name in TABLES:
            gone = (removed or {}).get(name, ())
            if not files.get(name) and not gone:
                continue
            after[name] = store.commit(
                self.folder / "tables" / name,
                TABLES[name],
                add=files.get(name, ()),
                remove=gone,
                transaction=("ledger", batch),
                version=versions[name],
            )
        return after

    def _publish(self, batch: Batch) -> Batch:
        """Write the one row that makes a batch visible."""
        published.append_batch(self.folder, batch)
        return batch

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock, and first put back what a killed writer left.

        Within such a block the methods that write take part in it.
        """
        if self._is_writing:
            yield
            return
        with lock.writing(self.folder):
            self._recover()
            self._is_writing = True
            try:
                yield
            finally:
                self._is_writing = False

    def _recover(self) -> None:
        """Restore every table that is newer than its pin, and publish where they now are."""
        shutil.rmtree(self.folder / "staging", ignore_errors=True)
        sweep(self.folder)
        last = self.batches()[-1]
        versions = dict(last.versions)
        for name in TABLES:
            folder = self.folder / "tables" / name
            if name not in versions:
                making.add_table(self.folder, name)
                versions[name] = 0
            if store.newest_version(folder) > versions[name]:
                store.open_at(folder, None).restore(versions[name])
                versions[name] = store.newest_version(folder)
        if versions != last.versions:
            self._publish(
                replace(
                    last,
                    batch=last.batch + 1,
                    kind="recovered",
                    content="",
                    counts={},
                    versions=versions,
                )
            )
        if (self.folder / DISPOSING).exists():
            self._clear_away()

    def _clear_away(self) -> None:
        """End a disposal: no file stays that only earlier versions named, or none at all."""
        upkeep.vacuum(self.folder, TABLES)
        (self.folder / DISPOSING).unlink()

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Make a folder for a writer's work, inside the ledger, that goes with the block."""
        staging = self.folder / "staging"
        staging.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=staging) as folder:
            yield Path(folder)


def open_ledger(folder: Path) -> Ledger:
    """Open a ledger that is there."""
    if not (folder / "ledger.json").exists():
        raise NotFound(
            f"There is no ledger at {folder}.",
            remedy="`narvaro import` makes one; --ledger or NARVARO_LEDGER says where.",
        )
    return Ledger(folder)


def open_or_make(folder: Path) -> Ledger:
    """Open a ledger, or make an empty one with its key file beside it."""
    if (folder / "ledger.json").exists():
        return Ledger(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with no_space_is_said(), lock.writing(folder, wait=True):
        if not (folder / "ledger.json").exists():
            making.make(folder)
    return Ledger(folder)


def _authority_of(every: Sequence[Batch], source: str) -> str:
    """The authority the source spoke for last, else the only one there is, else a name for it."""
    named = [batch.authority for batch in every if batch.authority]
    own = [batch.authority for batch in every if batch.source == source and batch.authority]
    if own:
        return own[-1]
    return named[-1] if len(set(named)) == 1 else "authority"


def _since_disposal(every: Sequence[Batch]) -> Sequence[Batch]:
    """The batches whose rows are all still there: a delivery from before may have lost pupils."""
    disposed = [place for place, batch in enumerate(every) if batch.kind == "disposed"]
    return every[disposed[-1] :] if disposed else every


def _newest(con: Any, before: datetime) -> datetime:
    parts = " UNION ALL ".join(
        f"SELECT max(recorded_at) AS newest FROM x_{name}"
        for name, table in TABLES.items()
        if table.is_told
    )
    found = con.execute(f"SELECT max(newest) FROM ({parts})").fetchall()[0][0]
    return max(before, found) if found else before
