"""Findings: what is not as it was written, each in one sentence of what and one of what to do."""

from dataclasses import dataclass
from enum import StrEnum

_REBUILD = "请保留文件，运行 ./till admin rebuild", "keep the files and run ./till admin rebuild"
_LOOK = "请保留文件，请店长和技术人员核对", "keep the files and have the manager look into it"
_START = "插好备份盘并打开柜台，会自动补上", "start the till with the volume in place; it catches up by itself"
_ONLINE = "联网打开柜台会重新上传", "start the till where it reaches the hub; it sends again"


class Word(StrEnum):
    """What may be found."""

    MISSING = "missing"
    CHANGED = "changed"
    NOT_BEGUN_AFTER = "not begun after"
    NOT_AS_ACKNOWLEDGED = "not as acknowledged"
    TABLE_DIFFERS = "table differs"
    NOT_FOLDABLE = "not foldable"
    COPY_UNREADABLE = "copy unreadable"
    COPY_DAMAGED = "copy damaged"
    COPY_LACKS = "copy lacks"
    DIFFERS = "differs"
    ONLY_THERE = "only there"
    CLONE = "clone"
    FORGED_ACK = "forged acknowledgement"
    FORK = "fork"
    HUB_CHANGED = "hub changed"
    HUB_MISSING = "hub missing"
    HUB_HEAD = "hub head"
    HUB_SILENT = "hub silent"
    NOT_SIGNED = "not signed"
    WRONGLY_SIGNED = "wrongly signed"
    RECEIPT_UNKNOWN = "receipt unknown"
    RECEIPT_DIFFERS = "receipt differs"


_WORDS: dict[Word, tuple[str, str, tuple[str, str]]] = {
    Word.MISSING: ("这一条不见了", "is missing", _REBUILD),
    Word.CHANGED: ("这一条被改动过，或换了位置", "was changed or moved", _REBUILD),
    Word.NOT_BEGUN_AFTER: ("不是第 {epoch} 期开始时的那一条", "is not the one epoch {epoch} began after", _REBUILD),
    Word.NOT_AS_ACKNOWLEDGED: (
        "总部确认过这一条，账目里没有，或换成了别的",
        "is acknowledged by the hub and not in the journal as it was",
        _REBUILD,
    ),
    Word.TABLE_DIFFERS: ("与账目不符", "is not what the journal says", _REBUILD),
    Word.NOT_FOLDABLE: ("账目折算不出表格（{reason}）", "the journal does not fold ({reason})", _REBUILD),
    Word.COPY_UNREADABLE: ("第二份账读不到（{reason}）", "cannot be read ({reason})", _START),
    Word.COPY_DAMAGED: ("第二份账的这一行坏了", "is damaged", _START),
    Word.COPY_LACKS: ("第二份账还少 {count} 条", "lacks {count} entries", _START),
    Word.DIFFERS: ("与{zh}的不同", "is not the one that {en} has", _LOOK),
    Word.ONLY_THERE: (
        "第 {first}..{last} 条{zh}有，这里没有：账目被截短，或换回了旧的",
        "and up to {last} are in {en} and not here: the journal was cut short, or an old copy was put back",
        _REBUILD,
    ),
    Word.CLONE: (
        "另一台机器已用本柜台的名字开始了这一期：这里是旧的或复制的",
        "was begun by another machine under this till's name: this is a clone or an old copy",
        _REBUILD,
    ),
    Word.FORGED_ACK: (
        "第 {first}..{last} 条记为已上传，总部却没有：确认是伪造的，或总部恢复过旧备份",
        "and up to {last} are noted as sent and not at the hub: a forged acknowledgement, or the hub was restored",
        _ONLINE,
    ),
    Word.FORK: (
        "总部收到过两个不同的这一条：有两台机器同名，或恢复过旧备份",
        "has come to the hub in two versions: two machines share this name, or an old copy was put back",
        _REBUILD,
    ),
    Word.HUB_CHANGED: ("总部的这一条被改动过", "was changed at the hub", _LOOK),
    Word.HUB_MISSING: ("总部少了第 {first}..{last} 条", "and up to {last} are missing at the hub", _LOOK),
    Word.HUB_HEAD: ("总部的末尾标记与这一条不符", "is not the head that the hub tells", _LOOK),
    Word.HUB_SILENT: ("没有问到总部（{reason}）", "was not asked ({reason})", _ONLINE),
    Word.NOT_SIGNED: ("有 {count} 条还没有本机签名", "{count} entries are not signed yet", _ONLINE),
    Word.WRONGLY_SIGNED: ("这一条的签名不对（{reason}）", "does not bear this till's signature ({reason})", _LOOK),
    Word.RECEIPT_UNKNOWN: ("账目里没有这一单", "is not in the journal", _REBUILD),
    Word.RECEIPT_DIFFERS: (
        "与小票 {receipt} 的验证码不符：打印以后被改过",
        "is not what receipt {receipt} was printed for",
        _LOOK,
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written, or is worth knowing.

    Attributes:
        what: ``entry 1/17`` (epoch and seq), ``table sales …``, ``spool FILE:LINE``, ``hub entry 1/17``.
        is_harm: False for what needs nobody.
    """

    what: str
    word: Word
    zh: str
    en: str
    is_harm: bool = True

    def __str__(self) -> str:
        return f"{'BAD' if self.is_harm else 'note'} {self.what}: {self.zh} / {self.en}"


def finding(what: str, word: Word, *, is_harm: bool = True, **facts: object) -> Finding:
    """Return a finding in words, with what to do."""
    zh, en, (do_zh, do_en) = _WORDS[word]
    return Finding(what, word, f"{zh.format(**facts)}；{do_zh}", f"{en.format(**facts)}; {do_en}", is_harm)
