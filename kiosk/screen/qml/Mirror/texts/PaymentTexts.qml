pragma Singleton
import QtQuick

// Texts for each stage of paying: what happens, that nothing is charged twice, and what can be done.
QtObject {
    function title(stage: string, means: string, stored: string, why: string, recognised: bool): string {
        if (recognised)
            return qsTr("One moment");
        switch (stage) {
        case "pricing":
            return qsTr("Adding it up");
        case "ready":
            return qsTr("Shall we?");
        case "confirm":
            //: %1 is how the stored means of payment is named, such as a card's last digits.
            return SharedTexts.filled(qsTr("Pay with %1?"), [stored]);
        case "starting":
            if (why === "moment")
                return qsTr("A moment, please");
            return means === "stored" ? qsTr("One moment") : qsTr("Waking the terminal");
        case "tap":
            if (why === "attended")
                return qsTr("One of us takes your payment");
            return means === "stored" ? qsTr("One moment") : qsTr("Hold your card, phone or ring here");
        case "resolving":
            return qsTr("We are asking the terminal");
        case "paid":
            return qsTr("Thank you");
        case "declined":
            return why === "no-space" ? qsTr("Paying is resting for a moment") : qsTr("That did not go through");
        case "unpriced":
            return why === "no-space" ? qsTr("Paying is resting for a moment") : qsTr("Not to be paid here just now");
        case "parked":
            return qsTr("Let us look at it together");
        case "unwanted":
            return qsTr("You get it back");
        case "reversed":
            return qsTr("It was given back");
        default:
            return qsTr("Not to be paid here just now");
        }
    }

    // What each promotion takes off, a line each: its name is the retailer's.
    function discounts(names: list<string>, amounts: list<string>): string {
        return names.map((name, row) => SharedTexts.joined([name, amounts[row]])).join("\n");
    }

    // The tax of each rate, in lines: contained in the total, or added to the prices, which are `net` then.
    function taxes(rates: list<string>, amounts: list<string>, net: string): string {
        const lines = net !== "" && rates.length > 0 ? [SharedTexts.filled(qsTr("%1 before tax"), [net])] : [];
        for (let row = 0; row < rates.length; row++) {
            //: %1 is the rate, such as 19 %, %2 the amount of the tax.
            lines.push(SharedTexts.filled(net !== "" ? qsTr("plus %1 tax: %2") : qsTr("incl. %1 VAT: %2"), [rates[row], amounts[row]]));
        }
        return lines.join("\n");
    }

    function detail(stage: string, means: string, stored: string, side: string, why: string, recognised: bool): string {
        if (recognised)
            //: A ring or card of the house was laid on the reader to pay; it is being checked.
            return qsTr("Your ring or card was read.");
        switch (stage) {
        case "starting":
            return why === "moment" ? qsTr("The terminal is being made ready for you.") : "";
        case "unwanted":
            return why === "partial" ? qsTr("Only a part of it went through, so it is being given back. There is nothing for you to do.") : qsTr("Your card was charged after it was stopped, so it is being given back. There is nothing for you to do.");
        case "reversed":
            return qsTr("Nothing stays charged. It may take your bank a few days to show it.");
        case "ready":
            if (why === "repriced")
                return qsTr("The price has changed since. This is the total now.");
            return stored !== "" ? SharedTexts.filled(qsTr("Or lay your ring or house card on the reader: that pays with %1."), [stored]) : "";
        case "confirm":
            return why === "repriced" ? qsTr("The price has changed since. This is the total now.") : qsTr("Your ring was recognised.");
        case "tap":
            if (why === "attended")
                return qsTr("With our own terminal. A moment, please: someone is coming to you.");
            return means === "stored" ? "" : side === "left" ? qsTr("to the left of the mirror, at the small light") : side === "below" ? qsTr("below the mirror, at the small light") : qsTr("to the right of the mirror, at the small light");
        case "resolving":
            return qsTr("Its answer did not arrive. You will not be charged twice.");
        case "declined":
            return declineReason(why);
        case "parked":
            return qsTr("We could not learn whether it went through. Nothing is charged twice; we settle it together.");
        case "unpriced":
            return why === "no-space" ? declineReason(why) : qsTr("Your pieces stay as they are. Call us, or pay at the desk.");
        default:
            return "";
        }
    }

    function action(stage: string, total: string, why: string): string {
        switch (stage) {
        case "confirm":
            //: Confirms the payment of %1.
            return SharedTexts.filled(qsTr("Yes, pay %1"), [total]);
        case "declined":
            if (["no-space", "closed", "no-terminal", "below-minimum"].includes(why))
                return qsTr("Call someone");
            // A card or ring beyond its daily spending limit is not tried again: the terminal is next.
            return why === "over-limit" ? qsTr("Pay by card or phone") : qsTr("Try again");
        case "parked":
        case "unpriced":
            return qsTr("Call someone");
        default:
            return qsTr("Pay by card or phone");
        }
    }

    function declineReason(why: string): string {
        switch (why) {
        case "":
            return qsTr("Nothing was charged. Try again, or pay another way.");
        case "timeout":
            return qsTr("No card was held to it, and nothing was charged.");
        case "cancelled":
            return qsTr("Stopped as you wished. Nothing was charged.");
        case "over-limit":
            return qsTr("Above what this ring may pay today. Pay by card, please.");
        case "under-way":
            return qsTr("These pieces are being paid for at the desk.");
        case "busy":
            return qsTr("The terminal is in use, and nothing was charged. Try again in a moment.");
        case "too-late":
        case "dropped":
            return qsTr("That took too long, so nothing was charged. Try again, please.");
        case "sold":
            return qsTr("One of these pieces is paid for already. Nothing was charged.");
        case "closed":
        case "no-terminal":
        case "below-minimum":
        case "no-stored-means":
            return qsTr("Not here just now, and nothing was charged. Pay at the desk, please.");
        case "no-space":
            return qsTr("Nothing was charged, and your pieces stay as they are. Call us, and one of us looks after it with you.");
        case "refused":
        case "taken-back":
            return qsTr("Nothing was charged. Try again, or pay another way.");
        default:
            return qsTr("The card was not accepted and nothing was charged. Another card, or once more?");
        }
    }
}
