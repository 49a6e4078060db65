pragma Singleton
import QtQuick

// Texts of the page on which a technician connects the mirror with its store.
QtObject {
    function reason(need: string): string {
        switch (need) {
        case "unpaired":
            return qsTr("This mirror does not know its store yet.");
        case "refused":
            return qsTr("The store does not know this mirror any more: its access was ended, or another mirror has this room.");
        case "untrusted":
            return qsTr("What answers at the store's address cannot prove that it is your store, so this mirror sends nothing to it. If the store was not set up anew, call your technician: somebody may be on the network.");
        default:
            return "";
        }
    }

    function advice(room: string): string {
        //: %1 is the name of the fitting room. “Devices” is the name of the tab on the associates' page.
        return SharedTexts.filled(qsTr("On the team's page, a manager opens “Devices”, chooses room %1 and shows a code. Enter it here within two minutes."), [room]);
    }

    function status(step: string, problem: string, room: string): string {
        if (step === "asking")
            return qsTr("One moment …");
        if (step === "done")
            return qsTr("Connected.");
        switch (problem) {
        case "wrong-code":
            return qsTr("This code is not right, or somebody is between mirror and store. Show a new one and try once more.");
        case "no-code":
            return SharedTexts.filled(qsTr("No code is open for room %1. Show a new one."), [room]);
        case "unreached":
            return qsTr("The store does not answer. Is it running, and is this mirror on its network?");
        case "refused":
            return qsTr("The store did not accept this. Show a new code and try again.");
        case "not-saved":
            return qsTr("This computer could not save it. Call your technician.");
        default:
            return "";
        }
    }
}
