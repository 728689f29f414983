"""Headless commands: ``./till admin hub|enrol|office|sandbox|alipay|doctor|journal|rebuild|backup|retire|report …``."""

import argparse
import getpass
import json
import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pos.domain.errors import PosError
from pos.domain.staff import Act, By, Cashier, Role
from pos.manager_commands import add_commands, business_day

if TYPE_CHECKING:
    from pos.till.till import Till


PORT_MAX = 65_535


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 found something wrong, 2 could not be done."""
    options = _parser().parse_args(arguments)
    if getattr(options, "with_parent", False):
        threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        return int(options.run(options) or 0)
    except PosError as error:
        print(f"{error}", file=sys.stderr)
        return 2


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="till admin", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    hub = commands.add_parser("hub", help="serve the head office on this machine")
    hub.add_argument("--database", default="sqlite:///hub.db", help="sqlite:///FILE or postgresql+psycopg://…")
    hub.add_argument("--port", type=_port, default=8600)
    hub.add_argument("--reproject", action="store_true", help="fold all entries again, say how many, and end")
    hub.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    hub.add_argument("--key", type=Path, help="the hub's own key; hub.key beside an SQLite database when not told")
    hub.set_defaults(run=_hub)
    _add_devices(hub)
    sandbox = commands.add_parser("sandbox", help="serve an Alipay gateway simulator")
    sandbox.add_argument("--dir", type=Path, required=True, help="where its keys and trades are kept")
    sandbox.add_argument("--port", type=_port, default=8700)
    sandbox.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    sandbox.set_defaults(run=_sandbox)
    codes = commands.add_parser("codes", help="print fresh payment codes of the simulator's customers")
    codes.add_argument("address", help="where the simulator listens, such as http://127.0.0.1:8700")
    codes.add_argument("--count", type=int, default=1)
    codes.add_argument("--kind", default="normal", help="normal, password, cancel, never, decline_balance, …")
    codes.set_defaults(run=_codes)
    _add_alipay(commands.add_parser("alipay", help="the simulator's conformance; payments of a till that is gone"))
    enrol = commands.add_parser("enrol", help="enrol this till at the hub by the code its operator made")
    enrol.add_argument("code", help="such as 7KQ2-M9XD-4FTA")
    enrol.add_argument("--settings", type=Path, required=True)
    enrol.set_defaults(run=_enrol)
    _add_office(commands.add_parser("office", help="ask the hub as the head office: prices, totals, what is parked"))
    doctor = commands.add_parser("doctor", help="say what is well with this machine and what is not")
    doctor.add_argument("--settings", type=Path)
    doctor.add_argument("--json", action="store_true", help="for programs")
    doctor.set_defaults(run=_doctor)
    staff = commands.add_parser("staff", help="add a person, or give them a new PIN, which is asked for")
    staff.add_argument("--settings", type=Path, required=True)
    staff.add_argument("--number", required=True)
    staff.add_argument("--name", required=True)
    staff.add_argument("--role", choices=[role.value for role in Role], required=True)
    staff.add_argument("--by", default="", help="the manager who orders it; needed once the till has one")
    staff.set_defaults(run=_staff)
    _add_proofs(commands)
    _add_custody(commands)
    _add_scan(commands)
    report = commands.add_parser("report", help="print a day's figures as JSON")
    report.add_argument("--settings", type=Path, required=True)
    report.add_argument("--day", type=business_day)
    report.add_argument("--by", required=True, help="the manager who asks; the PIN is asked for")
    report.set_defaults(run=_report)
    add_commands(commands, _manager)
    return parser


def _add_proofs(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    badge = commands.add_parser("badge", help="give a person a new badge: print the text of its code, once")
    phone = commands.add_parser("phone-key", help="let a person say yes over the telephone, with the key in a file")
    for parser, run in ((badge, _badge), (phone, _phone_key)):
        parser.add_argument("--settings", type=Path, required=True)
        parser.add_argument("--number", required=True, help="the person's")
        parser.add_argument("--by", required=True, help="the manager who orders it; the PIN is asked for")
        parser.set_defaults(run=run)
    phone.add_argument("--key", type=Path, required=True, help="made when there is none; the same file for every till")
    approve = commands.add_parser("approve", help="reckon the six digits that say yes over the telephone")
    approve.add_argument("challenge", help="the eight digits that were read out")
    approve.add_argument("--till", required=True, type=_device_name, help="such as 0017-03")
    approve.add_argument("--act", choices=[act.value for act in Act], required=True)
    approve.add_argument("--amount", default="0", help="in yuan, as it was read out; left out when there was none")
    approve.add_argument("--key", type=Path, required=True)
    approve.set_defaults(run=_approve)


def _add_scan(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    scan = commands.add_parser(
        "scan", help="read codes off pictures, videos or a camera, or measure how well that works"
    )
    scan.add_argument("what", nargs="*", help="files, folders, or the number of a camera; a line of JSON for each")
    scan.add_argument("--manifest", type=Path, help="a CSV with file, symbology and expected: print rates and times")
    scan.add_argument("--root", type=Path, help="where the manifest's files are; its own folder when not told")
    scan.add_argument("--json", action="store_true", help="the measurement for programs")
    scan.set_defaults(run=_scan)


def _add_custody(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    journal = commands.add_parser("journal", help="verify the till's journal against every copy")
    journal.add_argument("what", choices=["verify"])
    journal.add_argument("--receipt", default="", help="with verify: the number on a receipt in somebody's hand …")
    journal.add_argument("--witness", default="", help="… and the six characters printed on it")
    rebuild = commands.add_parser("rebuild", help="make the till's database again from the hub and the second copy")
    rebuild.add_argument("--from", dest="backup", type=Path, metavar="FILE", help="a backup or an older file as well")
    rebuild.add_argument("--without-second-copy", action="store_true", help="the other volume cannot be had")
    backup = commands.add_parser("backup", help="copy the till's sales, also while it sells, and check the copy")
    backup.add_argument("to", type=Path, help="the file to make; it must not exist yet")
    retire = commands.add_parser("retire", help="set the till's sales aside for good; refused while anything is unsent")
    for name, parser in (("journal", journal), ("rebuild", rebuild), ("backup", backup), ("retire", retire)):
        parser.add_argument("--settings", type=Path, required=True)
        parser.set_defaults(run=_custody, name=name)
    for parser in (journal, rebuild):
        parser.add_argument("--without-hub", action="store_true", help="do not ask the hub")


def _add_alipay(alipay: argparse.ArgumentParser) -> None:
    what = alipay.add_subparsers(required=True, metavar="what")
    conformance = what.add_parser("conformance", help="does the simulator speak Alipay's protocol?")
    conformance.add_argument("--probes", action="store_true", help="print what was asked and answered, too")
    conformance.set_defaults(run=_conformance)
    orphans = what.add_parser("orphans", help="list, and give back, what a till that is gone left open")
    orphans.add_argument("--settings", type=Path, required=True, help="of the till that asks")
    orphans.add_argument("--till", required=True, help="the till that will not come back, such as 0017-04")
    orphans.add_argument("--give-back", metavar="NUMBER", help="close or pay back this one")
    orphans.add_argument("--ordered-by", default="", help="the manager's number; the PIN is asked for")
    orphans.set_defaults(run=_orphans)


def _add_devices(hub: argparse.ArgumentParser) -> None:
    what = hub.add_subparsers(metavar="enrol|revoke|devices")
    for name, run, words in (("enrol", _hub_enrol, "make one-time codes for tills such as 0017-03, or office"),
                             ("revoke", _hub_revoke, "let these speak no more")):  # fmt: skip
        command = what.add_parser(name, help=words)
        command.add_argument("names", nargs="+", type=_device_name)
        command.set_defaults(run=run)
    what.add_parser("devices", help="list who may speak, and who might").set_defaults(run=_hub_devices)
    address = what.add_parser("address", help="print whom a store without a line seals its parcels to")
    address.set_defaults(run=_hub_address)
    parcel = what.add_parser("import", help="take parcels that came on a stick; each entry once")
    parcel.add_argument("files", nargs="+", type=Path)
    parcel.set_defaults(run=_hub_import)


def _add_office(office: argparse.ArgumentParser) -> None:
    office.add_argument("--hub", required=True, help="its address")
    office.add_argument("--key", type=Path, default=Path("office.key"), help="this desk's own key")
    what = office.add_subparsers(required=True, metavar="enrol|get|post|rules")
    enrol = what.add_parser("enrol", help="enrol this desk by the code the hub's operator made")
    enrol.add_argument("code")
    enrol.add_argument("--name", type=_device_name, default="office")
    enrol.set_defaults(run=_office_enrol)
    get = what.add_parser("get", help="print an answer, such as of /v1/totals?day=2026-11-23")
    get.add_argument("path")
    get.set_defaults(run=_office_ask)
    rules = what.add_parser("rules", help="give the stores a rule document: promotions, scale labels, tiles and so on")
    rules.add_argument("file", type=Path, nargs="?", help="JSON; left out, the store's own is taken away")
    rules.add_argument("--store", default="", help="such as 0017; all that have none of their own when not told")
    rules.set_defaults(run=_office_rules)
    post = what.add_parser("post", help="send a file, such as products to /v1/catalogue, and print the answer")
    post.add_argument("path")
    post.add_argument("file", type=Path)
    post.set_defaults(run=_office_ask)


def _device_name(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z]{1,16}-[0-9A-Za-z]{1,16}|office([.][0-9a-z]{1,16})?", text, re.ASCII):
        raise argparse.ArgumentTypeError("a till such as 0017-03, or office, or office.name")
    return text


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= PORT_MAX:
        raise argparse.ArgumentTypeError(f"a port is 0..{PORT_MAX}")
    return port


def _hub(options: argparse.Namespace) -> None:
    from pos.clock import SystemClock  # noqa: PLC0415  (each command loads only what it needs)
    from pos.domain.entry import utc_text  # noqa: PLC0415
    from pos.hub.app import key_beside, serve  # noqa: PLC0415
    from pos.hub.database import open_engine  # noqa: PLC0415
    from pos.hub.projections import reproject  # noqa: PLC0415

    if options.reproject:
        print(reproject(open_engine(options.database), utc_text(SystemClock().now())))
        return
    serve(options.database, options.port, options.key or key_beside(options.database))


def _hub_enrol(options: argparse.Namespace) -> None:
    from pos.clock import SystemClock  # noqa: PLC0415
    from pos.hub.database import open_engine  # noqa: PLC0415
    from pos.hub.devices import make_code  # noqa: PLC0415

    engine = open_engine(options.database)
    for name in options.names:
        print(f"{make_code(engine, name, SystemClock().now())}  enrols {name}, once, within half an hour")


def _hub_revoke(options: argparse.Namespace) -> int:
    from pos.clock import SystemClock  # noqa: PLC0415
    from pos.hub.database import open_engine  # noqa: PLC0415
    from pos.hub.devices import revoke  # noqa: PLC0415

    engine = open_engine(options.database)
    gone = {name: revoke(engine, name, SystemClock().now()) for name in options.names}
    print(*[f"{name}: {'may speak no more' if count else 'had no key'}" for name, count in gone.items()], sep="\n")
    return 0 if all(gone.values()) else 1


def _hub_devices(options: argparse.Namespace) -> None:
    from pos.hub.database import open_engine  # noqa: PLC0415
    from pos.hub.devices import list_devices  # noqa: PLC0415

    for each in list_devices(open_engine(options.database)):
        print(f"{each.name}  {each.id}  since {each.enrolled_at}"
              f"{f', revoked {each.revoked_at}' if each.revoked_at else ''}")  # fmt: skip


def _hub_address(options: argparse.Namespace) -> None:
    from pos.hub.app import key_beside  # noqa: PLC0415
    from pos.hub.parcels import address  # noqa: PLC0415

    print(address(options.key or key_beside(options.database)))


def _hub_import(options: argparse.Namespace) -> int:
    from pos.hub.app import key_beside  # noqa: PLC0415
    from pos.hub.parcels import import_all  # noqa: PLC0415

    found = import_all(options.database, options.key or key_beside(options.database), options.files)
    print(*found, sep="\n")
    return 0 if all(each.is_whole for each in found) else 1


def _enrol(options: argparse.Namespace) -> None:
    from pos.settings import load_settings  # noqa: PLC0415
    from pos.sync.enrolment import enrol_till  # noqa: PLC0415

    device, signed = enrol_till(load_settings(options.settings), options.code)
    print(f"{device.name} is enrolled; {signed} entries were signed")


def _office_enrol(options: argparse.Namespace) -> None:
    from pos.sync.enrolment import enrol_office  # noqa: PLC0415

    print(f"{enrol_office(options.hub, options.name, options.code, options.key).name} is enrolled")


def _office_ask(options: argparse.Namespace) -> None:
    from pos.keyfile import find_device  # noqa: PLC0415
    from pos.sync.client import HubClient  # noqa: PLC0415

    with HubClient(options.hub, find_device(options.key)) as hub:
        body = json.loads(options.file.read_bytes()) if "file" in options else None
        told = hub.get(options.path, dict, params={}) if body is None else hub.post(options.path, body)
    print(json.dumps(told, ensure_ascii=False))


def _office_rules(options: argparse.Namespace) -> None:
    from pos.keyfile import find_device  # noqa: PLC0415
    from pos.sync.client import HubClient  # noqa: PLC0415

    rules = {"rules": json.loads(options.file.read_bytes())} if options.file else {}
    with HubClient(options.hub, find_device(options.key)) as hub:
        told = hub.post("/v1/rules", {"store": options.store} | rules)
    print(json.dumps(told, ensure_ascii=False))


def _sandbox(options: argparse.Namespace) -> None:
    from pos.sandbox.gateway import serve  # noqa: PLC0415

    serve(options.dir, options.port)


def _codes(options: argparse.Namespace) -> None:
    from pos.sandbox.gateway import fresh_codes  # noqa: PLC0415

    print("\n".join(fresh_codes(options.address, options.count, kind=options.kind)))


def _conformance(options: argparse.Namespace) -> int:
    from pos.sandbox.conformance import examine_all  # noqa: PLC0415

    failed = 0
    for row in examine_all():
        print(row, flush=True)
        for each in row.shown if options.probes else ():
            print(f"     {each}")
        failed += bool(row.failure)
    print(f"{failed} FAILED" if failed else "all passed")
    return 1 if failed else 0


def _doctor(options: argparse.Namespace) -> int:
    from pos.doctor import examine  # noqa: PLC0415
    from pos.settings import load_settings  # noqa: PLC0415

    findings = examine(load_settings(options.settings) if options.settings else None)
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    for finding in findings if not options.json else ():
        print(f"{'ok ' if finding.is_good else 'BAD'} {finding.name}: {finding.words_zh} / {finding.words_en}")
    return 0 if all(finding.is_good for finding in findings) else 1


def _staff(options: argparse.Namespace) -> None:
    from pos.domain.pin import UNLOCK_DIGITS  # noqa: PLC0415
    from pos.settings import load_settings  # noqa: PLC0415
    from pos.till.sign_in import by_unlock_code, put_staff, sign_in  # noqa: PLC0415
    from pos.till.till import open_till  # noqa: PLC0415

    with closing(open_till(load_settings(options.settings))) as till:
        by = None
        if options.by:
            proof = _secret(f"PIN or unlock code of {options.by}: ")
            prove = by_unlock_code if len(proof) == UNLOCK_DIGITS else sign_in
            by = prove(till, options.by, proof)
        cashier = Cashier(options.number, options.name, Role(options.role))
        code = put_staff(till, cashier, _secret(f"new PIN of {options.number}: "), by=By(by) if by else None)
    print(f"{options.number} {options.name} may sign in")
    if code:
        print(f"unlock code: {' '.join(code[at : at + 4] for at in range(0, len(code), 4))}\n"
              "It lets this manager sign in at once when somebody typed too many wrong PINs. It is shown only now:\n"
              "write it down and keep it where cashiers cannot read it.")  # fmt: skip


def _badge(options: argparse.Namespace) -> None:
    from pos.settings import load_settings  # noqa: PLC0415
    from pos.till.proofs import give_badge  # noqa: PLC0415
    from pos.till.sign_in import sign_in  # noqa: PLC0415
    from pos.till.till import open_till  # noqa: PLC0415

    with closing(open_till(load_settings(options.settings))) as till:
        manager = sign_in(till, options.by, _secret(f"PIN of {options.by}: "))
        text = give_badge(till, options.number, by=By(manager))
    print(f"{text}\nPrint it as a QR code or Code 128 on the badge of {options.number}. It is shown only now; the "
          "badge before it is nobody's any more. Whoever holds it is that person at this till.")  # fmt: skip


def _phone_key(options: argparse.Namespace) -> None:
    from pos.keyfile import open_phone_key  # noqa: PLC0415
    from pos.settings import load_settings  # noqa: PLC0415
    from pos.till.proofs import give_phone_key  # noqa: PLC0415
    from pos.till.sign_in import sign_in  # noqa: PLC0415
    from pos.till.till import open_till  # noqa: PLC0415

    with closing(open_till(load_settings(options.settings))) as till:
        manager = sign_in(till, options.by, _secret(f"PIN of {options.by}: "))
        give_phone_key(till, options.number, open_phone_key(options.key), by=By(manager))
    print(f"{options.number} may say yes to {till.identity.name} over the telephone, with {options.key}")


def _approve(options: argparse.Namespace) -> None:
    from pos.domain.approval import answer_digits  # noqa: PLC0415
    from pos.domain.money import Money  # noqa: PLC0415
    from pos.keyfile import find_phone_key  # noqa: PLC0415

    challenge, amount = options.challenge.replace(" ", ""), Money.parse(options.amount)
    print(answer_digits(find_phone_key(options.key), options.till, Act(options.act), amount, challenge))


def _secret(words: str) -> str:
    return getpass.getpass(words) if sys.stdin.isatty() else sys.stdin.readline().strip()


def _custody(options: argparse.Namespace) -> int:
    from pos.custody import ANSWERS  # noqa: PLC0415

    status, lines = ANSWERS[options.name](options)
    for line in lines:
        print(line)
    return int(status)


def _scan(options: argparse.Namespace) -> int:
    from pos.scan.measure import measure  # noqa: PLC0415
    from pos.scan.show import show, write_until_enough  # noqa: PLC0415

    if options.manifest:
        figures = measure(options.manifest, options.root or options.manifest.parent, _tell_progress)
        print(json.dumps(figures.as_json(), ensure_ascii=False, indent=1) if options.json else figures.as_table())
        return 0
    if not options.what:
        print("Say what to read: files, a folder, the number of a camera, or --manifest FILE.", file=sys.stderr)
        return 2
    write_until_enough(show(options.what, lambda missing: print(missing, file=sys.stderr)), sys.stdout)
    return 0


def _tell_progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {of}", end="" if done < of else "\n", file=sys.stderr, flush=True)


def _orphans(options: argparse.Namespace) -> int:
    from pos.alipay.gateway import AlipayGateway  # noqa: PLC0415
    from pos.clock import SystemClock  # noqa: PLC0415
    from pos.settings import load_settings  # noqa: PLC0415
    from pos.sync.client import HubClient  # noqa: PLC0415
    from pos.sync.copies import HubCopies  # noqa: PLC0415
    from pos.till import orphans  # noqa: PLC0415
    from pos.till.sign_in import sign_in  # noqa: PLC0415
    from pos.till.till import open_till, usable_device  # noqa: PLC0415

    settings = load_settings(options.settings)
    gateway = AlipayGateway(settings.alipay, SystemClock())
    hub = HubClient(settings.hub.url, usable_device(settings))
    with hub, closing(gateway), closing(open_till(settings, gateway)) as till:
        left = {each.request_no or each.out_trade_no: each for each in HubCopies(hub).orphans(options.till)}
        if not options.give_back:
            for number, each in left.items():
                print(f"{number}  {each.amount}  {each.started_at:%Y-%m-%d %H:%M}Z  {each.state}  "
                      f"Alipay: {orphans.look(till, each)}")  # fmt: skip
            print(f"{len(left)} left open by {options.till}")
            return 0
        if options.give_back not in left or not options.ordered_by:
            print("--give-back takes a number of the list, and --ordered-by the manager's", file=sys.stderr)
            return 2
        manager = sign_in(till, options.ordered_by, _secret(f"PIN of {options.ordered_by}: "))
        print(orphans.give_back(till, left[options.give_back], by=By(manager)))
    return 0


def _report(options: argparse.Namespace) -> None:
    from pos.till import report  # noqa: PLC0415
    from pos.till.figures.today import today  # noqa: PLC0415

    by = _proven(options)
    with _till_to_read(options.settings) as till:
        net = today(till, options.day or report.shop_today(till), by=by).now.net
        day = report.today(till, options.day or report.shop_today(till))
    tenders = {kind.value: {"count": total.count, "fen": total.amount.fen} for kind, total in day.tenders.items()}
    print(json.dumps({"business_day": day.business_day.isoformat(), "sales": day.sales, "net_fen": net.fen,
                      "tax_fen": day.tax.fen, "tenders": tenders, "unsent": day.unsent.count}))  # fmt: skip


def _manager(options: argparse.Namespace) -> None:
    from pos.manager import ANSWERS  # noqa: PLC0415

    by = _proven(options)
    with _till_to_read(options.settings) as till:
        for line in ANSWERS[options.command](till, options, by):
            print(line)


def _proven(options: argparse.Namespace) -> By:
    """Return who asks, by the PIN they type; what they may do, each verb asks for itself."""
    from pos.settings import load_settings  # noqa: PLC0415
    from pos.till.sign_in import sign_in  # noqa: PLC0415
    from pos.till.till import open_till  # noqa: PLC0415

    with _till_to_read(options.settings):
        pass  # which makes no till where there is none
    with closing(open_till(load_settings(options.settings))) as till:
        return By(sign_in(till, options.by, _secret(f"PIN of {options.by}: ")))


@contextmanager
def _till_to_read(settings_file: Path) -> Iterator["Till"]:
    from pos.settings import load_settings  # noqa: PLC0415
    from pos.storage.database import told_as_ours  # noqa: PLC0415
    from pos.till.till import open_reading_till, till_file  # noqa: PLC0415

    settings = load_settings(settings_file)
    with closing(open_reading_till(settings)) as till, told_as_ours(till_file(settings)):
        yield till


if __name__ == "__main__":
    sys.exit(main())
