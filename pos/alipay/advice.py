"""Advice: every sub_code Alipay may refuse a payment with, whether it is an answer, and what the cashier can do.

Names: ``AlipayTradePayErrorResponseModel`` and ``CommonErrorType`` of Alipay's SDKs (documents of 2024-08 to
2026-09). A sub_code that is not here is no answer: the attempt stays unknown and is looked up.
"""

from enum import StrEnum


class Advice(StrEnum):
    """What helps; the words belong to the screen."""

    NEW_CODE = "new_code"
    """The customer refreshes the code, and it is scanned again."""
    OTHER_FUNDING = "other_funding"
    """The customer chooses another card or balance in Alipay, or pays otherwise."""
    CUSTOMER_SETTINGS = "customer_settings"
    """The customer turns a switch on or completes real-name data in Alipay, then shows a new code."""
    OTHER_ACCOUNT = "other_account"
    """The code belongs to the shop's own account: another person's code."""
    OTHER_TENDER = "other_tender"
    """Alipay will not take this payment from this customer: cash or card."""
    AMOUNT = "amount"
    """The amount is outside what Alipay takes in one payment."""
    SHOP_LIMIT = "shop_limit"
    """The shop's account may receive no more at present: cash or card, and tell the supervisor."""
    CONFIGURATION = "configuration"
    """Account, contract or keys of the shop are wrong: cash or card, and tell the supervisor."""
    CLOCK = "clock"
    """The machine's clock is wrong: set it."""
    TILL_FAULT = "till_fault"
    """The till sent what it must not: cash or card, and tell the supervisor."""
    REFUND_TOO_OLD = "refund_too_old"
    """The contract's time for refunds is over: pay back in cash, with the manager."""
    REFUND_TOO_MUCH = "refund_too_much"
    """More than is left of the payment: look at what went back already."""
    SHOP_PURSE_EMPTY = "shop_purse_empty"
    """The shop's Alipay account has too little at present: the till tries again by itself; tell the supervisor."""
    NOTHING_TO_REFUND = "nothing_to_refund"
    """The payment was never made, or all of it went back."""
    REFUND_OTHERWISE = "refund_otherwise"
    """Alipay will not pay this one back: pay back in cash, with the manager."""
    WAIT = "wait"
    """Nobody knows yet: do not ask the customer again; the till finds out."""


_BUSINESS = {
    Advice.NEW_CODE: "PAYMENT_AUTH_CODE_INVALID PULL_MOBILE_CASHIER_FAIL PAYMENT_FAIL SMILE_PAY_MERCHANT_NOT_MATCH",
    Advice.OTHER_FUNDING: "BUYER_BALANCE_NOT_ENOUGH BUYER_BANKCARD_BALANCE_NOT_ENOUGH BUYER_BANKCARD_INVALID "
    "BUYER_BANKCARD_DECLINED BUYER_LIMIT_EXCEEDED BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR "
    "BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR NO_PAYMENT_INSTRUMENTS_AVAILABLE NOT_SUPPORT_PAYMENT_INST",
    Advice.CUSTOMER_SETTINGS: "ERROR_BUYER_CERTIFY_LEVEL_LIMIT NOT_CERTIFIED_USER BUYER_NOT_MAINLAND_CERT "
    "ERROR_BALANCE_PAYMENT_DISABLE MOBILE_PAYMENT_SWITCH_OFF USER_FACE_PAYMENT_SWITCH_OFF",
    Advice.OTHER_ACCOUNT: "BUYER_SELLER_EQUAL",
    Advice.OTHER_TENDER: "PAYMENT_REQUEST_HAS_RISK BUYER_ENABLE_STATUS_FORBID BUYER_NOT_EXIST USER_LOGONID_DUP "
    "CARD_USER_NOT_MATCH CARD_TYPE_ERROR CERT_EXPIRED PAYER_UNMATCHED",
    Advice.AMOUNT: "TOTAL_FEE_EXCEED REQUEST_AMOUNT_EXCEED PRODUCT_AMOUNT_LIMIT_ERROR",
    Advice.SHOP_LIMIT: "BEYOND_PAY_RESTRICTION BEYOND_PER_RECEIPT_RESTRICTION BEYOND_PER_RECEIPT_SINGLE_RESTRICTION "
    "BEYOND_PER_RECEIPT_DAY_RESTRICTION MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT MERCHANT_PERM_RECEIPT_SINGLE_LIMIT "
    "MERCHANT_PERM_RECEIPT_DAY_LIMIT RESTRICTED_MERCHANT_INDUSTRY",
    Advice.CONFIGURATION: "ACCESS_FORBIDDEN PARTNER_ERROR SELLER_BEEN_BLOCKED SELLER_NOT_EXIST INVALID_RECEIVE_ACCOUNT "
    "MERCHANT_AGREEMENT_NOT_EXIST MERCHANT_AGREEMENT_INVALID AGREEMENT_NOT_EXIST AGREEMENT_INVALID AGREEMENT_ERROR "
    "AGREEMENT_STATUS_NOT_NORMAL MERCHANT_STATUS_NOT_NORMAL RISK_MERCHANT_IP_NOT_EXIST ROYALTY_ACCOUNT_NOT_EXIST "
    "SECONDARY_MERCHANT_STATUS_ERROR SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID SECONDARY_MERCHANT_ID_INVALID "
    "SECONDARY_MERCHANT_ID_BLANK SECONDARY_MERCHANT_NOT_MATCH SECONDARY_MERCHANT_ISV_PUNISH_INDIRECT "
    "SUB_MERCHANT_CREATE_FAIL SUB_MERCHANT_TYPE_INVALID TRADE_SETTLE_ERROR DEFAULT_SETTLE_RULE_NOT_EXIST "
    "PLATFORM_BUSINESS_ACQUIRE_MODE_MUST_MERCHANT_ID APPLY_PC_MERCHANT_CODE_ERROR INVALID_STORE_ID "
    "AUTH_TOKEN_IS_NOT_EXIST",
    Advice.TILL_FAULT: "INVALID_PARAMETER EXIST_FORBIDDEN_WORD SUB_GOODS_SIZE_MAX_COUNT UN_SUPPORT_TRADE_SCENE "
    "NOW_TIME_AFTER_EXPIRE_TIME_ERROR AMOUNT_OR_CURRENCY_ERROR CURRENCY_NOT_SUPPORT "
    # Products we never ask for:
    "CYCLE_PAY_DATE_NOT_MATCH CYCLE_PAY_SINGLE_FEE_EXCEED CYCLE_PAY_TOTAL_FEE_EXCEED CYCLE_PAY_TOTAL_TIMES_EXCEED "
    "AUTH_NO_ERROR AUTH_AMOUNT_NOT_ENOUGH AUTH_ORDER_NOT_PAID AUTH_ORDER_HAS_FINISHED AUTH_ORDER_HAS_CLOSED "
    "PRE_AUTH_PROD_CODE_INCONSISTENT ZM_AUTH_AMOUNT_EXCEED ZM_CREDIT_AUTH_FAIL ZM_AUTH_RULE_LIMIT "
    "MERCHANT_UNSUPPORT_ADVANCE BUYER_UNSUPPORT_ADVANCE ORDER_UNSUPPORT_ADVANCE OVER_MAX_DEDUCT_COUNT "
    "OVER_MAX_UNDER_WAY_DEDUCT_COUNT OVER_DEDUCT_PERIOD OVER_MERCHANT_DAILY_DEDUCT_AMOUNT",
    # A trade is there already, or nothing is: only a look tells.
    Advice.WAIT: "SYSTEM_ERROR TRADE_HAS_SUCCESS TRADE_HAS_CLOSE CONTEXT_INCONSISTENT TRADE_BUYER_NOT_MATCH "
    "TRADE_STATUS_ERROR",
}
"""Answers of the business behind the gateway, without their ``ACQ.``; but for WAIT no trade was made."""

_REFUND = {
    Advice.REFUND_TOO_OLD: "TRADE_HAS_FINISHED",
    Advice.REFUND_TOO_MUCH: "REASON_TRADE_REFUND_FEE_ERR REFUND_FEE_ERROR REFUND_AMT_NOT_EQUAL_TOTAL",
    Advice.SHOP_PURSE_EMPTY: "SELLER_BALANCE_NOT_ENOUGH REFUND_CHARGE_ERROR",
    Advice.NOTHING_TO_REFUND: "TRADE_STATUS_ERROR REASON_TRADE_STATUS_INVALID TRADE_HAS_CLOSE TRADE_NOT_EXIST",
    Advice.REFUND_OTHERWISE: "BUYER_NOT_EXIST BUYER_ENABLE_STATUS_FORBID BUYER_ERROR REFUND_ACCOUNT_NOT_EXIST "
    "TRADE_NOT_ALLOW_REFUND NOT_ALLOW_PARTIAL_REFUND ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND REASON_TRADE_BEEN_FREEZEN "
    "CUSTOMER_VALIDATE_ERROR",
    Advice.TILL_FAULT: "INVALID_PARAMETER DISCORDANT_REPEAT_REQUEST",
}
"""Refusals of alipay.trade.refund, without their ``ACQ.``: this request sent no money back. An earlier one under the
same number may have: DISCORDANT_REPEAT_REQUEST says that one was taken, with another amount."""

_AT_THE_DOOR = {
    Advice.CLOCK: "isv.invalid-timestamp isv.illegal-timestamp",
    Advice.CONFIGURATION: "isv.invalid-signature isv.missing-signature isv.missing-signature-type "
    "isv.missing-default-signature-type isv.missing-signature-key isv.missing-signature-config "
    "isv.invalid-signature-type isv.invalid-signature-type-said-interface isv.unsupported-expired-app-key-sign "
    "isv.app-key-security-risk isv.app-cert-expired isv.app-cert-not-exist isv.alipay-cert-not-exist "
    "isv.missing-app-cert-sn isv.missing-alipay-cert-sn isv.missing-alipay-root-cert-sn "
    "isv.invalid-alipay-root-cert-sn isv.missing-app-id isv.invalid-app-id isv.invalid-app-state "
    "isv.insufficient-isv-permissions isv.insufficient-user-permissions isv.illegal-client-ip isv.app-api-punished "
    "isv.forbidden-api isv.self-invoke-forbidden isv.invalid-auth-token isv.auth-token-time-out "
    "isv.invalid-app-auth-token isv.invalid-app-auth-token-no-api isv.app-auth-token-time-out "
    "isv.not-support-app-auth isv.missing-encrypt-type isv.missing-encrypt-key isv.invalid-encrypt-type "
    "isv.invalid-encrypt isv.decryption-error isv.sevice-not-been-subscribed-to isv.invalid-subscribe-relations "
    "isv.invalid-product isv.no-product-reg-by-partner isv.invalid-partnerid isv.app-unbind-partner",
    Advice.TILL_FAULT: "isv.missing-method isv.invalid-method isv.invalid-app-method isv.invalid-format "
    "isv.missing-timestamp isv.missing-version isv.invalid-version isv.unsupported-version isv.invalid-encoding "
    "isv.invalid-charset isv.invalid-digest-type isv.invalid-digest isv.illegal-json isv.invalid-parameter "
    "isv.invalid-request-data",
}
"""The gateway turned the request away before any trade could be made."""


def _by_name(table: dict[Advice, str]) -> dict[str, Advice]:
    return {name: each for each, names in table.items() for name in names.split()}


_ADVICE = _by_name(_BUSINESS) | _by_name(_AT_THE_DOOR)


_REFUND_ADVICE = _by_name(_REFUND) | _by_name(_AT_THE_DOOR)


def bare(sub_code: str) -> str:
    """Return a business sub_code without its family, which answers write ``ACQ.``, ``AQC.`` or not at all."""
    return sub_code.removeprefix("ACQ.").removeprefix("AQC.")


def advice(sub_code: str) -> Advice:
    """Say what helps after this sub_code; ``WAIT`` for one that says nothing about the money, or is not listed."""
    return _ADVICE.get(bare(sub_code), Advice.WAIT)


def refund_advice(sub_code: str) -> Advice:
    """Say what helps after a refund was answered with this sub_code; ``WAIT`` for one that is not listed."""
    return _REFUND_ADVICE.get(bare(sub_code), Advice.WAIT)


def is_refund_refusal(sub_code: str) -> bool:
    """Whether a refund answered with this sub_code moved nothing."""
    return refund_advice(sub_code) is not Advice.WAIT


def is_refusal(sub_code: str) -> bool:
    """Whether a payment answered with this sub_code made no trade, so that it counts as declined."""
    return advice(sub_code) is not Advice.WAIT
