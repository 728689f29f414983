"""Print jobs: what is to be printed and what was; no sale depends on it."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from pos.domain.entry import canonical, parse_utc, utc_text
from pos.domain.print_job import OPEN, JobKind, JobState, PrintJob
from pos.domain.slip_json import slip_from, slip_json

_OPEN = ",".join(f"'{each.value}'" for each in sorted(OPEN))
KEPT = 500
"""Jobs that are over and kept all the same, so that people can look back."""


def add_job(db: Database, job: PrintJob) -> None:
    """Keep a job; only inside a transaction."""
    assert db.conn.in_transaction
    db.table("print_jobs").insert(
        {
            "number": job.number,
            "kind": job.kind.value,
            "about": job.about,
            "copy": job.copy,
            "slip": canonical(slip_json(job.slip)).decode(),
            "business_day": job.business_day.isoformat(),
            "asked_at": utc_text(job.asked_at),
            "kicks": int(job.kicks),
            "state": job.state.value,
            "changed_at": utc_text(job.asked_at),
            "reason": job.reason,
        }
    )


def next_number(db: Database) -> int:
    """Return the number that the next job gets."""
    return 1 + int(db.execute("SELECT coalesce(max(number), 0) FROM print_jobs").fetchone()[0])


def next_copy(db: Database, kind: JobKind, about: str) -> int:
    """Return which paper of something the next one is; 0 for the first."""
    query = "SELECT coalesce(max(copy) + 1, 0) FROM print_jobs WHERE kind = ? AND about = ?"
    return int(db.execute(query, [kind.value, about]).fetchone()[0])


def move_job(db: Database, number: int, state: JobState, at: datetime, reason: str = "") -> None:
    """Say where a job stands now; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute(
        "UPDATE print_jobs SET state = ?, changed_at = ?, reason = ? WHERE number = ?",
        [state.value, utc_text(at), reason, number],
    )


def renew_job(db: Database, number: int, day: date, at: datetime) -> None:
    """Let a job wait again as if it had been asked for now, without its drawer; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute(
        "UPDATE print_jobs SET state = ?, business_day = ?, asked_at = ?, changed_at = ?, kicks = 0, reason = ''"
        " WHERE number = ?",
        [JobState.WAITING.value, day.isoformat(), utc_text(at), utc_text(at), number],
    )


def forget_kick(db: Database, number: int) -> None:
    """Note that the drawer was opened for a job; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute("UPDATE print_jobs SET kicks = 0 WHERE number = ?", [number])


def find_job(db: Database, number: int) -> PrintJob | None:
    """Return a job by its number."""
    return next(_jobs(db, "WHERE number = ?", [number]), None)


def list_open(db: Database) -> list[PrintJob]:
    """Return the jobs that are not over, in the order in which they were asked for."""
    return list(_jobs(db, f"WHERE state IN ({_OPEN}) ORDER BY number"))


def list_last(db: Database, limit: int) -> list[PrintJob]:
    """Return the last jobs, latest first."""
    return list(_jobs(db, "ORDER BY number DESC LIMIT ?", [limit]))


def forget_old(db: Database) -> None:
    """Forget what was over long ago, but never how many papers of a thing there are; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute(
        f"UPDATE print_jobs SET slip = '[]' WHERE state NOT IN ({_OPEN}) AND slip <> '[]' AND number <= ?",  # noqa: S608
        [next_number(db) - 1 - KEPT],
    )


def _jobs(db: Database, rest: str, values: list[Any] | None = None) -> Iterator[PrintJob]:
    for row in db.query(f"SELECT * FROM print_jobs {rest}", values or []):  # noqa: S608  (constants of this module)
        yield PrintJob(
            number=row["number"],
            kind=JobKind(row["kind"]),
            about=row["about"],
            copy=row["copy"],
            slip=slip_from(json.loads(row["slip"])),
            business_day=date.fromisoformat(row["business_day"]),
            asked_at=parse_utc(row["asked_at"]),
            kicks=bool(row["kicks"]),
            state=JobState(row["state"]),
            reason=row["reason"],
        )
