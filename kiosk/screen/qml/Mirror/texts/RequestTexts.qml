pragma Singleton
import QtQuick

// Texts for the state of a request and for the answer of an associate.
QtObject {
    function title(state: string, kind: string, by: string, escalated: int): string {
        const comes = kind !== "size" && kind !== "piece";
        switch (state) {
        case "sending":
            return qsTr("Being sent");
        case "unsent":
            return qsTr("Not sent yet");
        case "received":
            return escalated > 0 ? qsTr("We are finding someone") : qsTr("Received");
        case "claimed":
            //: %1 is an associate's first name.
            return comes ? qsTr("%1 is coming").arg(by) : qsTr("%1 is bringing it").arg(by);
        case "at-the-door":
            return comes && by !== "" ? qsTr("%1 is at the door").arg(by) : qsTr("At your door");
        case "done":
            return qsTr("Done");
        case "declined":
            return by !== "" ? qsTr("%1 is sorry").arg(by) : qsTr("We are sorry");
        case "cancelled":
            return qsTr("Taken back");
        default:
            return "";
        }
    }

    function detail(state: string, answer: string, minutes: int, waited: int, escalated: int): string {
        if (state === "unsent")
            return qsTr("The shop cannot be reached; it goes out by itself as soon as it can.");
        if (state === "received" && escalated > 1)
            return qsTr("The manager has been told as well.");
        if (state === "received" && escalated > 0)
            return qsTr("It has gone to the next one of us.");
        if (state === "received")
            return waited >= 60 ? qsTr("Waiting for %n minutes; you are not forgotten.", "", Math.floor(waited / 60)) : qsTr("The team has it and answers by name.");
        if (state === "claimed" && minutes > 0)
            return qsTr("About %n minutes", "", minutes);
        return state === "claimed" || state === "declined" ? reply(answer) : "";
    }

    function reply(answer: string): string {
        switch (answer) {
        case "coming":
            return qsTr("On the way to you");
        case "two-minutes":
            return qsTr("About %n minutes", "", 2);
        case "five-minutes":
            return qsTr("About %n minutes", "", 5);
        case "last-one-sold":
            return qsTr("The last one has just been sold.");
        case "other-colour":
            return qsTr("It is here in another colour.");
        case "please-come-out":
            return qsTr("Come out for a moment, please, and we look together.");
        default:
            return "";
        }
    }
}
