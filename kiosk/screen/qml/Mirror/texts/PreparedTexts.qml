pragma Singleton

import QtQuick

// Texts about the pieces that wait for the shopper's appointment.
QtObject {
    //: Every piece that was prepared for the shopper hangs in her room by now.
    readonly property string allHere: qsTr("Everything is with you.")

    // Heading; `by` is the first name of the associate who prepared it, or empty.
    function title(by: string): string {
        //: Over the pieces that %1, an associate, has chosen for the shopper before she came. Short.
        return by === "" ? qsTr("Waiting for you") : SharedTexts.filled(qsTr("Waiting for you, chosen by %1"), [by]);
    }

    // The look to which a piece belongs; empty for 0.
    function look(number: int): string {
        //: Pieces of one number are to be worn together. Short.
        return number === 0 ? "" : SharedTexts.filled(qsTr("Look %1"), [number]);
    }

    // Where a piece that waits is. `rail`: its rail, or empty.
    function where(place: string, rail: string): string {
        switch (place) {
        case "ready":
            //: An associate has fetched the piece and keeps it near the fitting rooms.
            return qsTr("Here for you");
        case "floor":
            //: The piece hangs on the sales floor. %1 is the name of its rail.
            return rail === "" ? qsTr("On the floor") : SharedTexts.filled(qsTr("Hangs at: %1"), [rail]);
        case "stockroom":
            //: The piece is in the stockroom; an associate brings it.
            return qsTr("We bring it to you");
        default:
            //: The piece that was chosen is not in this shop any more.
            return qsTr("Just gone; ask us");
        }
    }
}
