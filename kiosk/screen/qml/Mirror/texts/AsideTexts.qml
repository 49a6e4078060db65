pragma Singleton
import QtQuick

// Texts about a piece that is put aside for the shopper.
QtObject {
    //: Asks the shop to keep a garment for the shopper until a day; she fetches it at the desk. Short.
    readonly property string offer: qsTr("Put it aside for me")

    //: Opens the list of garments that the shop keeps for her. Short.
    readonly property string list: qsTr("Put aside for you")

    function title(state: string, by: string): string {
        switch (state) {
        case "sending":
            return RequestTexts.title("sending", true, "", false, "");
        case "asked":
            return qsTr("We are putting it aside");
        case "taken":
            //: %1 is an associate's first name.
            return SharedTexts.filled(qsTr("%1 has put it aside for you"), [by]);
        case "refused":
            return qsTr("This one cannot be put aside. Ask us about it.");
        default:
            return qsTr("No longer put aside");
        }
    }

    // Latin scripts have the month's short name, the others its number.
    function until(language: string, day: int, month: int, time: string): string {
        const numbered = ["ja", "zh", "ar"].includes(language);
        const named = numbered ? String(month) : Qt.locale(language).standaloneMonthName(month - 1, Locale.ShortFormat);
        //: %1 is a day of the month, %2 the month: its short name, or its number in Japanese, Chinese and Arabic.
        const date = SharedTexts.filled(qsTr("%1 %2"), [day, named]);
        //: Until when a garment is kept. %1 is a date, %2 a time of day.
        return SharedTexts.filled(qsTr("Until %1, %2"), [date, time]);
    }
}
