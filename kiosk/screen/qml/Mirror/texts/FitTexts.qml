pragma Singleton
import QtQuick

// Texts for how a garment fits and where. Write that the garment is tight, never that the shopper is too large.
QtObject {
    function rating(rating: string): string {
        switch (rating) {
        case "just-right":
            //: How a garment feels that was tried on. Short.
            return qsTr("just right");
        case "a-little-tight":
            return qsTr("a little tight");
        case "a-little-loose":
            return qsTr("a little loose");
        default:
            return "";
        }
    }

    function area(area: string): string {
        switch (area) {
        case "shoulder":
            //: Where a garment feels tight or loose. Short.
            return qsTr("shoulders");
        case "chest":
            return qsTr("chest");
        case "waist":
            return qsTr("waist");
        case "hips":
            return qsTr("hips");
        case "sleeve":
            return qsTr("sleeves");
        case "length":
            return qsTr("length");
        case "width":
            //: The width of a shoe.
            return qsTr("width");
        default:
            return "";
        }
    }

    // The country of a size system; the retailer's own sizes are named after the retailer.
    function labelOrigin(system: string, retailer: string): string {
        return system === "" ? retailer : system;
    }
}
