pragma Singleton
import QtQuick
import Mirror

// Texts that several pages use: language names, notices, kinds of requests, lists.
QtObject {
    readonly property var languageNames: ({
            "en": "English",
            "de": "Deutsch",
            "fr": "Français",
            "es": "Español",
            "it": "Italiano",
            "ja": "日本語",
            "zh": "中文",
            "ar": "العربية"
        })

    //: Puts all garments in the room into the basket. Short.
    readonly property string allOfThem: qsTr("I'd like all of them")

    //: Goes to the page with all garments in the room. Short.
    readonly property string backToPieces: qsTr("Back to the pieces")

    // Puts values into the places %1 to %9 of a text, in one pass: a value that contains "%1" itself stays as it is.
    // Qt's arg() called twice would take such a value for a place.
    function filled(text: string, values: var): string {
        return text.replace(/%([1-9])/g, (place, number) => values[number - 1] ?? place);
    }

    function languageName(code: string): string {
        return languageNames[code] ?? code;
    }

    // Joins short texts in one line. In a right-to-left language each text is wrapped in isolates and the line starts
    // with a right-to-left mark, so that every text keeps its own direction (Unicode Standard Annex 9).
    function joined(texts: list<string>): string {
        const shown = texts.filter(text => text !== "");
        if (shown.length === 0)
            return "";
        return Theme.rightToLeft ? "\u200f" + shown.map(text => "\u2068" + text + "\u2069").join("  ·  ") : shown.join("  ·  ");
    }

    function choice(chosen: bool): string {
        //: At a garment: a touch puts it into the basket; and it is in the basket. Short.
        return chosen ? qsTr("In your basket") : qsTr("I'd like this one");
    }

    // Why a garment in the room cannot be put into the basket; empty where it can.
    function whyNot(reason: string): string {
        switch (reason) {
        case "bought":
            return qsTr("This one is yours.");
        case "sold":
            return qsTr("This one is paid for already.");
        case "unknown":
            return qsTr("We do not know this piece yet. Ask us about it.");
        case "unsure":
            return qsTr("Is this yours?");
        case "no-price":
            return qsTr("Its price is not here yet. We are glad to look it up.");
        default:
            return "";
        }
    }

    function lowestPrice(price: string): string {
        //: Stated where a price is reduced, as the law of the EU asks for it; %1 is that price.
        return price !== "" ? filled(qsTr("Lowest price of the last 30 days: %1"), [price]) : "";
    }

    function priceBefore(price: string): string {
        //: %1 is the price before a sale; it stands beside the present price. Short.
        return price !== "" ? filled(qsTr("before %1"), [price]) : "";
    }

    function others(first: int, last: int, count: int): string {
        //: Shows other garments of a long list; those of the numbers %1 to %2 of %3 are shown. Short.
        return filled(qsTr("Show others (%1 to %2 of %3)"), [first, last, count]);
    }

    // The first garments of an order, and how many more there are.
    function orderOf(pieces: list<string>): string {
        const shown = pieces.length > 5 ? 4 : pieces.length;
        const names = pieces.slice(0, shown).join(listSeparator());
        //: %1 are names of garments; %n more are paid for too.
        return pieces.length > shown ? filled(qsTr("%1 and %n more", "", pieces.length - shown), [names]) : names;
    }

    function listSeparator(): string {
        //: Between the garments of an order.
        return qsTr(", ");
    }

    function notice(kind: string): string {
        switch (kind) {
        case "store-lost":
            //: The shop's computer cannot be reached.
            return qsTr("Just a mirror for a moment. Help still works.");
        case "radio-lost":
            //: The reader that recognises garments is away.
            return qsTr("New pieces are not recognised just now. What is here stays here.");
        case "too-short":
            return qsTr("That was a little short. Hold it there a moment longer.");
        case "payment-card":
            //: A bank card was held to our own reader, which does not read those.
            return qsTr("That is a bank card; it is only read by the terminal. Nothing was taken from it.");
        case "unreadable":
            return qsTr("It could not be read. Once more, please, and lay it flat.");
        case "unknown":
            return qsTr("We do not know this card yet. Everything works without it.");
        case "no-means":
            //: A known ring or member card, laid on the reader to pay; it has no means of payment or cannot prove whose it is.
            return qsTr("This one cannot pay here. A bank card or your phone can.");
        case "not-ours":
            //: A garment's label was scanned that this house does not sell.
            return qsTr("We cannot find this piece in our house. We are glad to help.");
        case "coupon":
            //: The code of a voucher was scanned.
            return qsTr("Your voucher counts in the basket.");
        case "coupon-over":
            //: The code of a voucher was scanned that has ended, or has not begun.
            return qsTr("This voucher does not count just now. We are glad to help.");
        default:
            return "";
        }
    }

    function staffOnDuty(staff: list<string>, minutes: int): string {
        const who = staff[0] ?? "";
        if (who === "")
            return "";
        //: %1 is an associate's first name. %n minutes is how long it usually takes.
        return minutes > 0 ? filled(qsTr("%1 is on the floor, about %n minutes", "", minutes), [who]) : filled(qsTr("%1 is on the floor"), [who]);
    }

    // A service has the shop's own name, if there is one.
    function requestName(kind: string, name: string, size: string): string {
        switch (kind) {
        case "help":
            return name !== "" ? name : qsTr("Someone to help");
        case "alteration":
            return name !== "" ? name : qsTr("An alteration");
        case "drink":
            return name !== "" ? name : qsTr("A drink");
        default:
            //: A garment and the size asked for.
            return size !== "" ? filled(qsTr("%1, %2"), [name, size]) : name;
        }
    }
}
