pragma Singleton
import QtQuick

// Texts for the reason of a suggestion: a sentence and a short form.
QtObject {
    function reason(reason: string, about: string, count: int): string {
        switch (reason) {
        case "bought-together":
            //: %1 is a garment of the room.
            return count > 0 ? SharedTexts.filled(qsTr("%n have taken it along with the %1", "", count), [about]) : SharedTexts.filled(qsTr("Often taken along with the %1"), [about]);
        case "same-material":
            //: %1 is a material or a garment of that material.
            return SharedTexts.filled(qsTr("The same cloth: %1"), [about]);
        case "completes":
            //: %1 is a garment of the room.
            return about !== "" ? SharedTexts.filled(qsTr("Completes the %1"), [about]) : qsTr("Completes the look");
        case "stylist":
            //: %1 is a stylist's first name.
            return SharedTexts.filled(qsTr("Chosen by %1"), [about]);
        case "new-arrival":
            return qsTr("New this week");
        case "popular":
            return qsTr("Much loved this season");
        case "goes-with":
            //: %1 is a garment of the room.
            return about !== "" ? SharedTexts.filled(qsTr("Goes with the %1"), [about]) : qsTr("Goes with your pieces");
        default:
            return "";
        }
    }

    function reasonShort(reason: string, about: string): string {
        switch (reason) {
        case "bought-together":
            //: Two pieces that others have often taken together. Short.
            return qsTr("often together");
        case "same-material":
            return qsTr("the same cloth");
        case "completes":
            return qsTr("completes the look");
        case "stylist":
            return SharedTexts.filled(qsTr("chosen by %1"), [about]);
        case "new-arrival":
            return qsTr("new this week");
        case "popular":
            return qsTr("much loved");
        case "goes-with":
            return qsTr("goes along");
        default:
            return "";
        }
    }
}
