pragma Singleton
import QtQuick

// Texts for the reason of a suggestion: a sentence and a short form.
QtObject {
    function reason(reason: string, about: string, count: int): string {
        switch (reason) {
        case "bought-together":
            //: %1 is a garment of the room.
            return count > 0 ? qsTr("%n have taken it along with the %1", "", count).arg(about) : qsTr("Often taken along with the %1").arg(about);
        case "same-material":
            //: %1 is a material or a garment of that material.
            return qsTr("The same cloth: %1").arg(about);
        case "completes":
            //: %1 is a garment of the room.
            return about !== "" ? qsTr("Completes the %1").arg(about) : qsTr("Completes the look");
        case "stylist":
            //: %1 is a stylist's first name.
            return qsTr("Chosen by %1").arg(about);
        case "new-arrival":
            return qsTr("New this week");
        case "popular":
            return qsTr("Much loved this season");
        case "goes-with":
            //: %1 is a garment of the room.
            return about !== "" ? qsTr("Goes with the %1").arg(about) : qsTr("Goes with your pieces");
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
            return qsTr("chosen by %1").arg(about);
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
