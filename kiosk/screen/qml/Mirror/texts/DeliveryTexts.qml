pragma Singleton
import QtQuick
import Mirror

// Texts about how the shopper gets what she buys, when, and for what.
QtObject {
    //: Title of the page on which she chooses how she gets her garments.
    readonly property string title: qsTr("How would you like it?")

    //: Below the ways, which count for all garments; below it they are listed.
    readonly property string eachPiece: qsTr("Or each piece its own way: touch it.")

    readonly property string unknown: qsTr("We cannot say just now. Take it with you, or ask us.")

    //: She has chosen to have something sent. The address is not typed on the mirror.
    readonly property string address: qsTr("One of us takes down your address before you leave.")

    // In the basket; `later`: how many pieces she does not take with her.
    function link(later: int): string {
        //: Opens the page on which she chooses how she gets her garments. Short.
        return later > 0 ? qsTr("%n sent or kept for you", "", later) : qsTr("Have it sent or kept for you");
    }

    function way(name: string): string {
        switch (name) {
        case "bag":
            //: The garments wait in a bag at the shop's desk. Short.
            return qsTr("In a bag at the desk");
        case "collect":
            //: She collects the garments on another day. Short.
            return qsTr("I collect it another day");
        case "send":
            //: The garments are sent to her address. Short.
            return qsTr("Sent home");
        default:
            //: She takes the garments along now. Short.
            return qsTr("With me now");
        }
    }

    // When it is there: on that day for members, from that day on for guests. `ahead`: days from today.
    function when(language: string, ahead: int, weekday: int, day: int, month: int, guaranteed: bool): string {
        if (ahead < 0)
            return "";
        if (ahead === 0)
            return guaranteed ? qsTr("Today") : qsTr("From today");
        if (ahead === 1)
            return guaranteed ? qsTr("Tomorrow") : qsTr("From tomorrow");
        const named = dayName(language, weekday, day, month);
        //: %1 is a day, such as Thursday, 3 Dec: on this one, and from this one on.
        return SharedTexts.filled(guaranteed ? qsTr("On %1") : qsTr("From %1"), [named]);
    }

    // Japanese and Chinese have the date in numbers.
    function dayName(language: string, weekday: int, day: int, month: int): string {
        if (["ja", "zh"].includes(language))
            return `${month}/${day}`;
        const locale = Qt.locale(language);
        const named = language === "ar" ? String(month) : locale.standaloneMonthName(month - 1, Locale.ShortFormat);
        //: %1 is the day of the week, %2 the day of the month, %3 the month: its short name, or its number in Arabic.
        return SharedTexts.filled(qsTr("%1, %2 %3"), [locale.standaloneDayName((weekday + 1) % 7, Locale.LongFormat), String(day), named]);
    }

    function fee(amount: string): string {
        //: %1 is what it costs.
        return amount !== "" ? SharedTexts.filled(qsTr("plus %1"), [amount]) : qsTr("at no charge");
    }

    // Until when the day is promised; empty without a limit.
    function orderWithin(minutes: int): string {
        if (minutes <= 0)
            return "";
        const hours = Math.floor(minutes / 60);
        //: %1 hours and %2 minutes are left in which this day can be promised.
        return hours > 0 ? SharedTexts.filled(qsTr("if you order within %1 h %2 min"), [String(hours), String(minutes % 60)]) : SharedTexts.filled(qsTr("if you order within %1 min"), [String(minutes)]);
    }
}
