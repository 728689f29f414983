"""docs/protocol.md is true: its examples are taken, its numbers are those of the code."""

import base64
import hashlib
import hmac
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.domain import approval, facts
from pos.domain.approval import ByPhone, answer_digits, approval_from, given_facts, tried_facts
from pos.domain.cash import cash_facts, cash_from
from pos.domain.correction import corrected_facts, correction_from
from pos.domain.device import CODE_LIFE_S, EnrolmentCode, hub_proof, till_proof
from pos.domain.entry import GENESIS, MAX_BODY_BYTES, JournalEntry, canonical, parse_utc
from pos.domain.money import Money
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.domain.product import PACK_MAX, TaxCategory
from pos.domain.quantity import Quantity, Unit
from pos.domain.refund import Refund, RefundState
from pos.domain.sale import Sale, SaleLine, Taken, Tender, TenderKind
from pos.domain.shift import Shift, report_from
from pos.domain.signing import CLOCK_TOLERANCE_S, Asked, content_digest, sign_answer, sign_entry, sign_request
from pos.domain.staff import Act, Cashier, Role
from pos.domain.suspended import CART_DISCARDED, CART_RESUMED, CART_SUSPENDED, SuspendedCart, moved_facts
from pos.hub import admission, app, devices, requests, suspended, wire
from pos.hub.projections import fold
from pos.sync import client, exchange, runner
from tests.unit.hub.kit import chain

RFC_KEY = Ed25519PrivateKey.from_private_bytes(  # RFC 9421, B.1.4
    base64.urlsafe_b64decode("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU=")
)
PAGE = (Path(__file__).parents[3] / "docs" / "protocol.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"```(?:text|json) (\S+)\n(.*?)\n```", PAGE, re.DOTALL))


def example(name: str) -> Any:  # noqa: ANN401  (JSON)
    return json.loads(BLOCKS[name])


def test_the_worked_example_is_worked_right() -> None:
    body = BLOCKS["body"].encode()
    assert len(body) == 177
    assert hashlib.sha256(body).hexdigest() == BLOCKS["body_sha256"]
    assert example("hashed")["body_sha256"] == BLOCKS["body_sha256"]
    assert hashlib.sha256(BLOCKS["hashed"].encode()).hexdigest() == BLOCKS["hash"]


def test_the_code_makes_the_same_entry() -> None:
    hashed = example("hashed")
    entry = JournalEntry.make(
        till=hashed["till"], epoch=hashed["epoch"], seq=hashed["seq"], id=hashed["id"], at=parse_utc(hashed["at"]),
        kind=hashed["kind"], version=hashed["version"], body=example("body"), prev=GENESIS,
    )  # fmt: skip
    assert entry.body == BLOCKS["body"].encode()
    assert entry.hash == BLOCKS["hash"]


def headers_as_written(name: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in BLOCKS[name].splitlines())


def test_a_request_is_signed_as_written() -> None:
    asked = Asked("GET", "/v1/tills/0017-03/head", "?epoch=1", content_digest(b""))
    headers = sign_request(asked, RFC_KEY, 1_795_393_800, "00112233445566778899aabbccddeeff")
    assert headers == headers_as_written("request_headers")
    signature = base64.b64decode(headers["signature"].removeprefix("till=").strip(":"))
    RFC_KEY.public_key().verify(signature, BLOCKS["request_base"].encode())


def test_an_answer_is_signed_as_written() -> None:
    hub_key, body = Ed25519PrivateKey.from_private_bytes(bytes(range(32))), BLOCKS["answer"].encode()
    request = headers_as_written("request_headers")["signature"].removeprefix("till=")
    headers = sign_answer(200, body, request, hub_key, 1_795_393_800)
    assert headers == headers_as_written("answer_headers")
    signature = base64.b64decode(headers["signature"].removeprefix("hub=").strip(":"))
    hub_key.public_key().verify(signature, BLOCKS["answer_base"].encode())


def test_an_entry_is_signed_as_written() -> None:
    assert sign_entry(RFC_KEY, BLOCKS["hash"]) == BLOCKS["entry_signature"]
    key, _, text = BLOCKS["entry_signature"].partition(".")
    assert key == hashlib.sha256(RFC_KEY.public_key().public_bytes_raw()).hexdigest()[:16]
    signed = b"guitai journal entry 1\n" + BLOCKS["hash"].encode()
    RFC_KEY.public_key().verify(base64.urlsafe_b64decode(text + "=="), signed)


def test_a_till_is_enrolled_as_written() -> None:
    asked, told, stretched = example("enrol"), example("enrolled"), bytes.fromhex(BLOCKS["stretched"])
    assert EnrolmentCode.read("7KQ2-M9XD-01TA").stretched("0017-03") == stretched
    for said, proof in (
        (["till", asked["name"], asked["public_key"], asked["nonce"]], asked["proof"]),
        (["hub", asked["nonce"], told["hub_key"], *told["keys"]], told["proof"]),
    ):
        text = json.dumps(["guitai enrolment 1", *said], separators=(",", ":")).encode()
        assert base64.b64encode(hmac.digest(stretched, text, "sha256")).decode() == proof
    assert till_proof(stretched, asked["name"], asked["public_key"], asked["nonce"]) == asked["proof"]
    assert hub_proof(stretched, asked["nonce"], told["hub_key"], told["keys"]) == told["proof"]


def test_the_hub_answers_the_request_as_written(hub: httpx.Client) -> None:
    headers = {"content-type": "application/json"}
    answer = hub.post("/v1/tills/0017-03/entries", content=BLOCKS["request"].encode(), headers=headers)
    assert (answer.status_code, answer.text) == (200, BLOCKS["answer"])


def test_the_feed_looks_as_written(hub: httpx.Client) -> None:
    page = example("feed")
    product = page["items"][0]["product"]
    other = product | {"sku": "100002", "barcodes": [], "packs": []}
    hub.post("/v1/catalogue", json={"products": [product, other]})
    hub.post("/v1/catalogue", json={"removed": ["100002"]})
    given = hub.get("/v1/catalogue").json()
    assert [sorted(item) for item in given["items"]] == [sorted(item) for item in page["items"]]
    assert (given["items"][0]["product"], given["items"][1]["removed"]) == (product, "100002")
    assert sorted(given) == sorted(page)


def test_the_rules_look_as_written(hub: httpx.Client) -> None:
    told = example("rules")
    for number in range(7):
        hub.post("/v1/rules", json={"rules": {"codes": {}} if number % 2 else {}})
    assert hub.get("/v1/rules?store=0017").json() == told
    assert hub.get("/v1/rules", params={"store": "0017", "after": told["version"]}).json() == {
        "version": told["version"]
    }


def test_the_sales_as_written_add_up() -> None:
    rows = fold(chain([("sale.completed@2", example("sale.completed"))])[0])
    assert sum(len(each) for each in rows.values()) == 1 + 2 + 1 + 2 + 2
    rows = fold(chain([("sale.completed", example("sale.completed@1"))])[0])
    assert sum(len(each) for each in rows.values()) == 1 + 2 + 2 + 2


def test_the_till_writes_a_sale_as_written() -> None:
    told = example("sale.completed")
    lines = tuple(
        SaleLine(
            each["line_no"], each["sku"], each["barcode"], each["name"], Quantity(each["quantity"], Unit(each["unit"])),
            Money(each["price_fen"]), Money(each["amount_fen"]), TaxCategory(each["tax_code"], each["tax_permille"]),
            Money(each["list_price_fen"]),
            tuple(Taken(one["rule"], one["kind"], one["name"], Money(one["amount_fen"])) for one in each["reductions"]),
            each["tare_g"], each["lot"], date.fromisoformat(each["expires_on"]) if each["expires_on"] else None,
        )
        for each in told["lines"]
    )  # fmt: skip
    tenders = tuple(
        Tender(TenderKind(each["kind"]), Money(each["amount_fen"]), Money(each["handed_over_fen"]), each["attempt_id"],
               each["out_trade_no"], each["trade_no"])
        for each in told["tenders"]
    )  # fmt: skip
    sale = Sale(
        told["sale_id"], told["receipt_no"], told["counter"], date.fromisoformat(told["business_day"]),
        told["shift_id"], told["cashier"], parse_utc(told["completed_at"]), lines, tenders,
        Money(told["rounding_fen"]), told["rules_version"], told["member"], told["member_level"],
        tuple(told["coupons"]),
    )  # fmt: skip
    assert facts.sale_facts(sale) == told


def test_the_till_writes_the_bodies_as_written() -> None:
    opened, closed, paid = example("shift.opened"), example("shift.closed"), example("payment.settled")
    day, start, end = (
        date.fromisoformat(opened["business_day"]),
        parse_utc(opened["opened_at"]),
        parse_utc(closed["closed_at"]),
    )
    float_, counted, expected = Money(opened["float_fen"]), Money(closed["counted_fen"]), Money(closed["expected_fen"])
    shift = Shift(opened["shift_id"], opened["cashier"], day, start, float_, end, counted, expected, 1, closed["z_no"])
    report = report_from(shift, closed)
    attempt = PaymentAttempt(
        paid["attempt_id"], paid["sale_id"], Money(paid["amount_fen"]), AttemptState(paid["state"]),
        parse_utc(paid["started_at"]), parse_utc(paid["changed_at"]), paid["reason"], paid["trade_no"],
    )  # fmt: skip
    assert facts.opened_facts(shift) == opened
    assert facts.closed_facts(report, closed["closed_by"]) == closed
    assert facts.attempt_facts(attempt) == paid


def test_the_till_writes_a_refund_as_written() -> None:
    told = example("refund.done")
    refund = Refund(
        told["refund_id"], told["sale_id"], told["receipt_no"], told["out_trade_no"], Money(told["amount_fen"]),
        RefundState(told["state"]), date.fromisoformat(told["business_day"]), told["shift_id"], told["cashier"],
        told["reason"], parse_utc(told["started_at"]), parse_utc(told["changed_at"]), approver=told["approver"],
    )  # fmt: skip
    assert facts.refund_facts(refund) == told
    assert fold(chain([("refund.done", told)])[0])


def test_the_till_writes_what_moves_in_a_drawer_as_written() -> None:
    out, corrected = example("cash.out"), example("tender.corrected")
    assert cash_facts(cash_from(out | {"kind": "cash.out"})) == out
    assert corrected_facts(correction_from(corrected)) == corrected
    for kind, body in (("cash.out", out), ("cash.opened", out), ("tender.corrected", corrected)):
        assert len(fold(chain([(kind, body)])[0])) == 1
    assert len(fold(chain([("shift.closed@2", example("shift.closed"))])[0])) == 1


def test_the_till_writes_who_said_yes_as_written() -> None:
    told = example("approval.given")
    assert given_facts(approval_from(told), told["shift_id"], told["business_day"]) == told
    assert len(fold(chain([("approval.given", told)])[0])) == 1
    lin = Cashier("1001", "林小雨", Role.CASHIER)
    asked = approval.Asked(Act(told["act"]), lin, Money(225), told["sale_id"], told["reason"], 50)
    tried = tried_facts(asked, ByPhone("9001", "25794282", "000000"), told["shift_id"])
    assert tried == example("approval.tried")
    assert tried | {"why": "P-121"} == example("approval.refused")


def test_six_digits_over_the_telephone_are_made_as_written() -> None:
    told = example("yes_told")
    answer = answer_digits(
        bytes(range(20)), told["till"], Act(told["act"]), Money(told["amount_fen"]), told["challenge"]
    )
    assert answer == BLOCKS["yes_answer"]


def test_the_till_writes_a_suspended_cart_as_written() -> None:
    told = example("cart.suspended")
    held = SuspendedCart(
        told["sale_id"], told["hold_id"], told["till"], "1002", "", parse_utc("2026-11-23T00:40:00.000Z"),
        told["lines"], Money(told["total_fen"]), "", {},
    )  # fmt: skip
    assert moved_facts(held, told["cashier"], told["approver"]) == told
    for kind in (CART_SUSPENDED, CART_RESUMED, CART_DISCARDED):
        assert fold(chain([(kind, told)])[0]) == {}


def test_the_till_writes_voids_as_written() -> None:
    told, opened = example("cart.voided"), example("shift.opened")
    day = date.fromisoformat(opened["business_day"])
    shift = Shift(opened["shift_id"], opened["cashier"], day, parse_utc(opened["opened_at"]), Money(0))
    assert facts.voided_facts(told["sale_id"], 1, Money(350), shift, told["cashier"]) == told
    for kind in ("cart.voided", "day.closed"):
        assert fold(chain([(kind, example(kind))])[0]) == {}


@pytest.mark.parametrize("name", re.findall(r"^```json ([a-z]+\.[a-z]+)$", PAGE, re.MULTILINE))
def test_bodies_as_written_can_be_journalled(name: str) -> None:
    assert json.loads(canonical(example(name))) == example(name)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("request body as it travels | {} bytes", wire.RAW_MAX_BYTES),
        ("request body after gunzip | {} bytes", wire.PLAIN_MAX_BYTES),
        ("time for the body to arrive | {} s", requests.BODY_TIMEOUT_S),
        ("entries in a batch | {} ", wire.ENTRIES_MAX),
        ("text, 2 … {} bytes", MAX_BODY_BYTES),
        ("at {} KiB of bodies", exchange.BATCH_MAX_BYTES // 1024),
        ("products in an import | {} ", wire.PRODUCTS_MAX),
        ("500 when not asked, {} at most", wire.FEED_MAX),
        ("pieces (1 … {})", PACK_MAX),
        ("or over {} bytes", wire.RULES_MAX_BYTES),
        ("parked or forked entries | {} ", app.LIST_MAX),
        ("suspended carts of a store that wait | {} ", suspended.STORE_MAX),
        ("for {} days. **409** `taken`", suspended.FORGOTTEN_AFTER.days),
        ("sales served at once | {} ", app.IN_FLIGHT_MAX),
        ("is a batch of | {} bytes", admission.SALE_MAX_BYTES),
        ("(1 … {}) is a turn", admission.RETRY_MAX_S),
        ("at most {} s are believed", client.RETRY_AFTER_MAX_S),
        ("within {} s of its own clock", CLOCK_TOLERANCE_S),
        ("good for {} minutes", CODE_LIFE_S // 60),
        ("for {} wrong tries", devices.WRONG_TRIES_MAX),
        ("(every {:.0f} s)", runner.FORK_S),
        ("nothing to send asks every {:.0f} s", runner.HEARTBEAT_S),
        ("then every {:.0f} s.\nA cursor", runner.PULL_S),
        ("starts at {} s", runner.BACKOFF_FIRST_S),
        ("up to {:.0f} s. After a success", runner.BACKOFF_LAST_S),
    ],
)
def test_a_limit_as_written_is_the_limit(words: str, number: float) -> None:
    assert words.replace("{}", "{:,}").format(number) in PAGE


def test_every_code_the_hub_gives_is_explained() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(app.__file__).parent.glob("*.py"))
    codes = set(re.findall(r'Refused\("([a-z_]+)"', source)) | {"no_such_call", "wrong_method"}
    assert len(codes) >= 15
    assert {code for code in codes if f"`{code}`" not in PAGE and f'"{code}"' not in PAGE} == set()


def test_every_call_the_hub_serves_is_explained(hub: httpx.Client) -> None:
    for path, methods in hub.get("/openapi.json").json()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in PAGE
