"""Reasons for excluded rows, and their remedies, as shown by `ltv explain`."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.read.subscription_reasons import SUBSCRIPTION_REASONS
from ltvcli.results import About

REASONS: dict[str, About] = {
    "no-customer": About(
        label=N_("No customer"),
        definition=N_(
            "The row has no customer: blank, 0, nan, or a word for guest. Its revenue is reported."
        ),
        pitfalls=N_("If another column has the customer, type --map customer=COLUMN."),
    ),
    "other-question": About(
        label=N_("Answer to another question"),
        definition=N_(
            "The row answers another question than whether somebody would recommend, such as "
            "satisfaction (CSAT) or effort (CES), so that its score is no NPS."
        ),
    ),
    "no-arm": About(
        label=N_("No arm"),
        definition=N_("The row has no arm of the experiment."),
    ),
    "no-outcome": About(
        label=N_("No outcome"),
        definition=N_("The row has no outcome: whether the customer left or stayed."),
    ),
    "two-arms": About(
        label=N_("In two arms"),
        definition=N_(
            "The customer was in several arms of the experiment, so no arm can be credited."
        ),
    ),
    "deal-not-won": About(
        label=N_("Deal not won"),
        definition=N_("The stage of the deal is not a won stage."),
        pitfalls=N_("If a stage of another name is won, type --map deal_won=STAGE."),
    ),
    "no-deal": About(
        label=N_("No deal ID"),
        definition=N_("The row of a list of deals has no ID, so duplicates cannot be recognised."),
    ),
    "commission-below-zero": About(
        label=N_("Commission below zero"),
        definition=N_("A negative commission takes pay back and cannot vest."),
    ),
    "duplicate-deal": About(
        label=N_("Same deal again"),
        definition=N_("A later row has the same deal and counts, so the deal is paid once."),
    ),
    "repeated-assignment": About(
        label=N_("Assigned before"),
        definition=N_(
            "An earlier row assigns the same customer to the same arm; the first day counts."
        ),
    ),
    "not-observed": About(
        label=N_("Not observed that long"),
        definition=N_(
            "The orders end before the customer reached the common age since the assignment."
        ),
        pitfalls=N_("Type a shorter age, --age 30d, or read newer orders."),
    ),
    "amount-not-a-number": About(
        label=N_("Amount missing or not a number"),
        definition=N_(
            "The amount is blank or cannot be read as a number, so the order has no known value."
        ),
        pitfalls=N_("See the cells with --rejects FILE."),
    ),
    "date-not-a-date": About(
        label=N_("Date missing or not a date"),
        definition=N_(
            "The date is blank, impossible (30 February), before 1980, or not a date at all."
        ),
        pitfalls=N_("If dates are written in an unusual way, type --date-format."),
    ),
    "future-date": About(
        label=N_("Date in the future"),
        definition=N_("The order is dated after today."),
        pitfalls=N_("Often day and month were swapped; type --date-format."),
    ),
    "after-as-of": About(
        label=N_("After the as-of date"),
        definition=N_("The order is dated after --as-of."),
    ),
    "outside-period": About(
        label=N_("Outside the period"),
        definition=N_("The order lies before --from or after --to."),
    ),
    "cancelled": About(
        label=N_("Cancelled"),
        definition=N_("The export marks the order as cancelled or void."),
    ),
    "unpaid": About(
        label=N_("Unpaid"),
        definition=N_("The export marks the order as not paid, pending or only authorised."),
        pitfalls=N_("Shops paid on delivery may leave paid orders pending; mark them paid first."),
    ),
    "failed": About(
        label=N_("Payment failed"),
        definition=N_("The payment was declined, blocked or failed."),
    ),
    "unfinished": About(
        label=N_("Unfinished checkout"),
        definition=N_("A cart that never became an order."),
    ),
    "returned": About(
        label=N_("Returned"),
        definition=N_(
            "The export marks the order as returned or refunded in full, without an amount."
        ),
    ),
    "test": About(
        label=N_("Test"),
        definition=N_("The export marks the row as a test or a purchase in a sandbox."),
    ),
    "trial": About(
        label=N_("Trial"),
        definition=N_("The export marks the row as an unpaid trial."),
    ),
    "not-spent": About(
        label=N_("Planned, not spent"),
        definition=N_("The row is a budget, a plan or a forecast, not actual spend."),
    ),
    "excluded-by-user": About(
        label=N_("Excluded by --exclude"),
        definition=N_("The row has a value given with --exclude."),
    ),
    "not-a-sale": About(
        label=N_("Not a sale"),
        definition=N_(
            "A transfer of money that is not a sale: a hold, a withdrawal, a currency conversion."
        ),
    ),
    "other-currency": About(
        label=N_("Another currency"),
        definition=N_("The order is in another currency than the one chosen with --currency."),
    ),
    "duplicate-order": About(
        label=N_("Same order in another file"),
        definition=N_(
            "Another file has a later state of the order with this ID, which counts, or the same "
            "refund."
        ),
    ),
    "duplicate-file": About(
        label=N_("File given twice"),
        definition=N_("An earlier file has exactly the same contents; the first one counts."),
    ),
    "refund-folded": About(
        label=N_("Refund folded into its order"),
        definition=N_(
            "A refund that refers to an order: its amount is subtracted from that order."
        ),
    ),
    "refund-without-order": About(
        label=N_("Refund without an order"),
        definition=N_(
            "A refund that refers to no order, of a customer without any counted order: there is "
            "no revenue to subtract it from."
        ),
        pitfalls=N_("The order may lie before the export begins; export a longer period."),
    ),
    "customer-before-new-since": About(
        label=N_("Customer before --new-since"),
        definition=N_("The customer's first counted order is earlier than --new-since."),
    ),
    "customer-before-from": About(
        label=N_("Customer before --from"),
        definition=N_(
            "The customer's first counted order is earlier than --from, so the customer is not new "
            "in the period. First orders are taken from the whole file."
        ),
        pitfalls=N_("--new-since excludes the same customers and their earlier orders."),
    ),
    "ragged": About(
        label=N_("Ragged row"),
        definition=N_("The row has more or fewer cells than the header."),
        pitfalls=N_("Often an unquoted comma in a cell; export again, or repair the line."),
    ),
    "bad-quote": About(
        label=N_("Broken quotes"),
        definition=N_("The quotation marks of the row do not match."),
    ),
    "bad-encoding": About(
        label=N_("Broken characters"),
        definition=N_("The row contains bytes that are not text in the file's encoding."),
        pitfalls=N_("Name the encoding with --encoding."),
    ),
    "line-too-long": About(
        label=N_("Line too long"),
        definition=N_("The row is longer than 2 MB."),
    ),
    # Customers
    "duplicate-customer": About(
        label=N_("Duplicate customer"),
        definition=N_("An earlier row of the customers file has the same customer."),
    ),
    "customer-without-orders": About(
        label=N_("Customer without orders"),
        definition=N_("The customer of the customers file has no counted order."),
        pitfalls=N_(
            "If this applies to most customers, IDs may be written differently from the orders."
        ),
    ),
    # Spend
    "total-row": About(
        label=N_("Total of other rows"),
        definition=N_("The row adds up others (Total, 合計), and would count them again."),
    ),
    "not-reported": About(
        label=N_("Not reported"),
        definition=N_("The report has no amount: the cell is blank or a dash."),
    ),
    # Surveys
    "title-row": About(
        label=N_("Row of titles"),
        definition=N_("The row below the header repeats the column names and is not an answer."),
    ),
    "no-score": About(
        label=N_("Not answered"),
        definition=N_("The cell of the score is blank: asked, but not answered."),
    ),
    "score-not-0-to-10": About(
        label=N_("Score is not 0 to 10"),
        definition=N_("The score is not a whole number from 0 to 10, so it is not an NPS answer."),
    ),
    "customer-unknown": About(
        label=N_("Not among the customers"),
        definition=N_(
            "No customer of the orders or subscriptions has the ID or the e-mail address of the "
            "row."
        ),
        pitfalls=N_("See the rows with --rejects FILE; the other file may use another ID."),
    ),
    "customer-unclear": About(
        label=N_("Several customers with that e-mail address"),
        definition=N_("The e-mail address of the row belongs to several customers."),
        pitfalls=N_("Add the customer ID to the survey."),
    ),
    "earlier-answer": About(
        label=N_("Earlier answer of the wave"),
        definition=N_(
            "The customer answered again in the same month or quarter; the last answer counts."
        ),
    ),
    # Events
    "anonymous": About(
        label=N_("Event without a customer"),
        definition=N_(
            "The row of a log has no customer ID: the visitor had not signed in, or only a browser "
            "or a device is known."
        ),
        pitfalls=N_("If another column names the customer, type --map event_customer=COLUMN."),
    ),
    "no-event": About(
        label=N_("Event without a name"),
        definition=N_("The row of a log does not say what happened."),
    ),
    "duplicate-event": About(
        label=N_("Same event again"),
        definition=N_("An earlier row has the same event ID, as where two exports overlap."),
    ),
    **SUBSCRIPTION_REASONS,
}
